//! Which members of types need a `Box`.
//!
//! Three reasons: a type that contains itself would have no size; values of many nested types would be moved around by
//! the kilobyte; and the compiler gives up on chains of several hundred types.

use std::collections::BTreeSet;

use crate::ir::{Additional, Api, EnumKind, Shape, TypeId, TypeRef};

/// The members, each by its type and place, through which a type would contain itself or grow too large.
pub(super) type Boxed = BTreeSet<(TypeId, usize)>;

/// Larger members of unions are boxed, because every value of the union is as large as the largest.
const LARGE_VARIANT: usize = 512;

/// Larger fields are boxed.
const LARGE_FIELD: usize = 2048;

/// Longer chains of types are cut.
const LONGEST_CHAIN: usize = 48;

/// What is being looked at, further up.
struct Frame {
    id: TypeId,
    edges: Vec<(usize, TypeId)>,
    next: usize,
}

/// What is known of a type that was looked at.
#[derive(Clone, Copy, Default)]
struct Extent {
    size: usize,
    depth: usize,
}

/// Looks at all types from the outside in, so that a type's members are known before it.
pub(super) fn boxed(api: &Api) -> Boxed {
    let mut boxed = Boxed::new();
    let mut extents: Vec<Option<Extent>> = vec![None; api.types.len()];
    let mut open = vec![false; api.types.len()];
    for root in order(api) {
        if extents.get(root.0).is_some_and(Option::is_some) {
            continue;
        }
        let mut stack = vec![frame(api, root)];
        set(&mut open, root, true);
        while let Some(top) = stack.last_mut() {
            let Some(&(place, target)) = top.edges.get(top.next) else {
                let id = top.id;
                let extent = measure(api, id, &extents, &mut boxed);
                set(&mut extents, id, Some(extent));
                set(&mut open, id, false);
                stack.pop();
                continue;
            };
            top.next += 1;
            if open.get(target.0).copied().unwrap_or_default() {
                boxed.insert((top.id, place));
            } else if extents.get(target.0).is_some_and(Option::is_none) {
                set(&mut open, target, true);
                stack.push(frame(api, target));
            }
        }
    }
    boxed
}

fn set<T>(values: &mut [T], id: TypeId, value: T) {
    if let Some(slot) = values.get_mut(id.0) {
        *slot = value;
    }
}

/// The types in an order that does not depend on the order of the document.
fn order(api: &Api) -> Vec<TypeId> {
    let mut order: Vec<TypeId> = (0..api.types.len()).map(TypeId).collect();
    order.sort_by_key(|id| {
        api.type_def(*id)
            .map(|it| (it.component.is_none(), it.words.clone()))
    });
    order
}

fn frame(api: &Api, id: TypeId) -> Frame {
    let mut edges: Vec<(String, usize, TypeId)> = Vec::new();
    for (place, (name, ty)) in members(api, id).into_iter().enumerate() {
        in_place(ty, &mut |target| {
            edges.push((name.to_owned(), place, target))
        });
    }
    edges.sort();
    Frame {
        id,
        edges: edges
            .into_iter()
            .map(|(_, place, target)| (place, target))
            .collect(),
        next: 0,
    }
}

/// What a type holds, each with its name; the places are those of the fields or variants.
fn members(api: &Api, id: TypeId) -> Vec<(&str, &TypeRef)> {
    match api.type_def(id).map(|it| &it.shape) {
        Some(Shape::Object(object)) => object
            .fields
            .iter()
            .map(|it| (it.name.as_str(), &it.ty))
            .collect(),
        Some(Shape::Union(union)) => union
            .variants
            .iter()
            .map(|it| (it.words.as_str(), &it.ty))
            .collect(),
        Some(Shape::Parts(parts)) => parts
            .iter()
            .map(|it| (it.field.name.as_str(), &it.field.ty))
            .collect(),
        Some(Shape::Enum(_)) | None => Vec::new(),
    }
}

/// The named types whose values lie within values of the type: not those in lists and maps.
fn in_place(ty: &TypeRef, visit: &mut impl FnMut(TypeId)) {
    match ty {
        TypeRef::Named(id) => visit(*id),
        TypeRef::Nullable(inner) => in_place(inner, visit),
        TypeRef::Tuple(elements) => elements.iter().for_each(|it| in_place(it, visit)),
        _ => {}
    }
}

/// The extent of a type all of whose members are known, boxing those that are too large or too deep.
fn measure(api: &Api, id: TypeId, extents: &[Option<Extent>], boxed: &mut Boxed) -> Extent {
    let union = matches!(api.type_def(id).map(|it| &it.shape), Some(Shape::Union(_)));
    let limit = if union { LARGE_VARIANT } else { LARGE_FIELD };
    let mut whole = Extent::default();
    for (place, (_, ty)) in members(api, id).into_iter().enumerate() {
        let mut extent = extent_of(ty, api, extents);
        let named = matches!(ty, TypeRef::Named(_));
        if named && (extent.size > limit || extent.depth > LONGEST_CHAIN) {
            boxed.insert((id, place));
        }
        if boxed.contains(&(id, place)) {
            extent = Extent { size: 8, depth: 0 };
        }
        whole.size = if union {
            whole.size.max(extent.size)
        } else {
            whole.size.saturating_add(extent.size)
        };
        whole.depth = whole.depth.max(extent.depth + 1);
    }
    if let Some(Shape::Object(object)) = api.type_def(id).map(|it| &it.shape)
        && object.additional != Additional::Unspoken
    {
        whole.size = whole.size.saturating_add(72);
    }
    whole
}

/// About how many bytes values take, and how many types lie within each other.
fn extent_of(ty: &TypeRef, api: &Api, extents: &[Option<Extent>]) -> Extent {
    let size = match ty {
        TypeRef::Integer(_) | TypeRef::Number | TypeRef::Boolean => 16,
        TypeRef::Json => 32,
        TypeRef::Map(_) => 72,
        TypeRef::File => 120,
        TypeRef::Nullable(inner) => return extent_of(inner, api, extents),
        TypeRef::Tuple(elements) => {
            return elements.iter().map(|it| extent_of(it, api, extents)).fold(
                Extent::default(),
                |sum, it| Extent {
                    size: sum.size.saturating_add(it.size),
                    depth: sum.depth.max(it.depth),
                },
            );
        }
        TypeRef::Named(id) => match api.type_def(*id).map(|it| &it.shape) {
            Some(Shape::Enum(shape)) if shape.kind == EnumKind::Text => 24,
            Some(Shape::Enum(_)) => 16,
            _ => {
                return extents
                    .get(id.0)
                    .copied()
                    .flatten()
                    .unwrap_or(Extent { size: 8, depth: 0 });
            }
        },
        _ => 24,
    };
    Extent { size, depth: 0 }
}
