//! Which fields of recursive types need a `Box`.

use std::collections::BTreeSet;

use crate::ir::{Api, Shape, TypeId, TypeRef};

/// The fields through which a type contains itself without a list or map in between.
pub(super) fn boxed_fields(api: &Api) -> BTreeSet<(TypeId, String)> {
    let mut boxed = BTreeSet::new();
    for (index, definition) in api.types.iter().enumerate() {
        let Shape::Object(object) = &definition.shape else {
            continue;
        };
        for field in &object.fields {
            if let TypeRef::Named(target) = field.ty
                && contains(api, target, TypeId(index), &boxed)
            {
                boxed.insert((TypeId(index), field.name.clone()));
            }
        }
    }
    boxed
}

/// Whether values of `from` hold values of `wanted` in place, over fields that are not boxed yet.
fn contains(api: &Api, from: TypeId, wanted: TypeId, boxed: &BTreeSet<(TypeId, String)>) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(id) = open.pop() {
        if id == wanted {
            return true;
        }
        if !seen.insert(id) {
            continue;
        }
        let Some(Shape::Object(object)) = api.type_def(id).map(|it| &it.shape) else {
            continue;
        };
        open.extend(object.fields.iter().filter_map(|field| match field.ty {
            TypeRef::Named(next) if !boxed.contains(&(id, field.name.clone())) => Some(next),
            _ => None,
        }));
    }
    false
}
