//! Which types are received.

use std::collections::BTreeSet;

use crate::ir::{Additional, Api, Operation, Shape, TypeDef, TypeId, TypeRef};

/// What an operation holds of types.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Parameter,
    Response,
}

/// Sets `received` on every type that a response can hold.
pub(super) fn mark(api: &mut Api) {
    let received = reached(api, |role| role == Role::Response);
    for (index, definition) in api.types.iter_mut().enumerate() {
        definition.received = received.contains(&TypeId(index));
    }
}

/// The types that operations reach in the given roles.
pub(super) fn reached(api: &Api, role: impl Fn(Role) -> bool) -> BTreeSet<TypeId> {
    let roots = api
        .operations
        .iter()
        .flat_map(roots)
        .filter(|(of, _)| role(*of));
    closure(&api.types, roots.filter_map(|(_, ty)| ty.named()))
}

/// The types that an operation names.
pub(super) fn roots(operation: &Operation) -> impl Iterator<Item = (Role, &TypeRef)> {
    let parameters = operation
        .parameters
        .iter()
        .map(|it| (Role::Parameter, &it.ty));
    let errors = operation.errors.iter().map(|it| (Role::Response, &it.body));
    let success = operation.success.iter().map(|it| (Role::Response, it));
    parameters.chain(errors).chain(success)
}

/// Everything that can be reached from `roots` through fields.
pub(super) fn closure(types: &[TypeDef], roots: impl Iterator<Item = TypeId>) -> BTreeSet<TypeId> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<TypeId> = roots.collect();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        if let Some(Shape::Object(object)) = types.get(id.0).map(|it| &it.shape) {
            open.extend(object.fields.iter().filter_map(|field| field.ty.named()));
            if let Additional::Allowed(ty) = &object.additional {
                open.extend(ty.named());
            }
        }
    }
    seen
}
