//! Only what was asked for.

use std::collections::BTreeMap;

use crate::ir::{Api, OperationKey, TypeId};

/// Whether an operation is to be generated.
pub(crate) fn wanted(key: &OperationKey, only: &[String]) -> bool {
    only.is_empty() || only.iter().any(|selector| key.is_selected_by(selector))
}

/// Removes types that nothing reaches and renumbers the others.
pub(super) fn prune(api: &mut Api) {
    let mut moved = BTreeMap::new();
    let mut kept = Vec::new();
    for (index, definition) in std::mem::take(&mut api.types).into_iter().enumerate() {
        if definition.received || definition.sent {
            moved.insert(TypeId(index), TypeId(kept.len()));
            kept.push(definition);
        }
    }
    api.types = kept;
    let new = |id: TypeId| moved.get(&id).copied().unwrap_or(id);
    renumber(api, &new);
}

/// Puts other ids in place of those of types.
pub(super) fn renumber(api: &mut Api, new: &dyn Fn(TypeId) -> TypeId) {
    for definition in &mut api.types {
        for ty in definition.shape.types_mut() {
            ty.renumber(new);
        }
    }
    for message in &mut api.messages {
        message.body.renumber(new);
    }
    for operation in &mut api.operations {
        for ty in operation.types_mut() {
            ty.renumber(new);
        }
        if let Some(paging) = &mut operation.paging {
            paging.page.renumber(new);
            paging.item.renumber(new);
            let ways = paging.signals.iter_mut();
            let ways = ways.filter_map(|(_, place)| place.way_mut());
            for way in ways.chain([&mut paging.items]) {
                way.ty.renumber(new);
                for step in &mut way.steps {
                    step.owner = new(step.owner);
                }
            }
        }
    }
}
