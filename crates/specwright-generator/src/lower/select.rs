//! Only what was asked for.

use std::collections::BTreeMap;

use crate::ir::{Additional, Api, OperationKey, Shape, TypeId, TypeRef};

/// Whether an operation is to be generated.
pub(super) fn wanted(key: &OperationKey, only: &[String]) -> bool {
    only.is_empty() || only.iter().any(|selector| key.is_selected_by(selector))
}

/// Removes types that no operation reaches and renumbers the others.
pub(super) fn prune(api: &mut Api) {
    let used = super::usage::reached(api, |_| true);
    let mut moved = BTreeMap::new();
    let mut kept = Vec::new();
    for (index, definition) in std::mem::take(&mut api.types).into_iter().enumerate() {
        if used.contains(&TypeId(index)) {
            moved.insert(TypeId(index), TypeId(kept.len()));
            kept.push(definition);
        }
    }
    api.types = kept;
    for definition in &mut api.types {
        definition.parent = definition.parent.and_then(|id| moved.get(&id).copied());
        if let Shape::Object(object) = &mut definition.shape {
            for field in &mut object.fields {
                renumber(&mut field.ty, &moved);
            }
            if let Additional::Allowed(ty) = &mut object.additional {
                renumber(ty, &moved);
            }
        }
    }
    for operation in &mut api.operations {
        let parameters = operation.parameters.iter_mut().map(|it| &mut it.ty);
        let errors = operation.errors.iter_mut().map(|it| &mut it.body);
        for ty in parameters.chain(errors).chain(&mut operation.success) {
            renumber(ty, &moved);
        }
        if let Some(paging) = &mut operation.paging {
            renumber(&mut paging.item, &moved);
            let ways = paging.signals.iter_mut().map(|(_, way)| way);
            for way in ways.chain([&mut paging.items]) {
                renumber(&mut way.ty, &moved);
                for step in &mut way.steps {
                    step.owner = moved.get(&step.owner).copied().unwrap_or(step.owner);
                }
            }
        }
    }
}

fn renumber(ty: &mut TypeRef, moved: &BTreeMap<TypeId, TypeId>) {
    match ty {
        TypeRef::Named(id) => *id = moved.get(id).copied().unwrap_or(*id),
        TypeRef::List(inner) | TypeRef::Map(inner) => renumber(inner, moved),
        _ => {}
    }
}
