//! Which types are received and which are sent.

use std::collections::BTreeSet;

use crate::ir::{Api, TypeDef, TypeId, TypeRef};

/// Sets `received` and `sent` on every type.
pub(super) fn mark(api: &mut Api) {
    let messages = api.messages.iter().map(|it| &it.body);
    let received = closure(
        &api.types,
        api.operations
            .iter()
            .flat_map(|it| it.received())
            .chain(messages)
            .flat_map(TypeRef::named),
    );
    let sent = closure(
        &api.types,
        api.operations
            .iter()
            .flat_map(|it| it.sent())
            .flat_map(TypeRef::named),
    );
    for (index, definition) in api.types.iter_mut().enumerate() {
        definition.received = received.contains(&TypeId(index));
        definition.sent = sent.contains(&TypeId(index));
    }
}

/// Everything that can be reached from `roots`.
pub(super) fn closure(types: &[TypeDef], roots: impl Iterator<Item = TypeId>) -> BTreeSet<TypeId> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<TypeId> = roots.collect();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        if let Some(definition) = types.get(id.0) {
            open.extend(
                definition
                    .shape
                    .types()
                    .into_iter()
                    .flat_map(TypeRef::named),
            );
        }
    }
    seen
}
