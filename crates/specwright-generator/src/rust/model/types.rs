//! Types and their fields.

use std::collections::BTreeSet;

use super::{EnumVariant, Names, RustType, StructField, TypeItem, TypeShape, names};
use crate::{
    Recipe,
    ir::{Additional, Api, EnumShape, ObjectShape, Shape, TypeId, TypeRef},
};

pub(super) fn items(api: &Api, recipe: &Recipe, names: &Names) -> Vec<TypeItem> {
    let mut items: Vec<TypeItem> = api
        .types
        .iter()
        .enumerate()
        .map(|(index, definition)| {
            let id = TypeId(index);
            TypeItem {
                name: names.of(id),
                module: names::module_name(&names.of(outermost(api, id))),
                description: definition.description.clone(),
                deprecated: definition.deprecated,
                received: definition.received,
                shape: match &definition.shape {
                    Shape::Object(object) => structure(id, object, recipe, names),
                    Shape::Enum(it) => enumeration(it),
                },
            }
        })
        .collect();
    items.sort_by(|left, right| (&left.module, &left.name).cmp(&(&right.module, &right.name)));
    items
}

/// The type in whose file a type is: types of inline schemas stand with the type around them.
fn outermost(api: &Api, mut id: TypeId) -> TypeId {
    for _ in 0..api.types.len() {
        match api.type_def(id).and_then(|it| it.parent) {
            Some(parent) => id = parent,
            None => break,
        }
    }
    id
}

fn structure(id: TypeId, object: &ObjectShape, recipe: &Recipe, names: &Names) -> TypeShape {
    let fields = object
        .fields
        .iter()
        .map(|field| {
            let ty = names.rust_type(&field.ty);
            let boxed = names.boxed.contains(&(id, field.name.clone()));
            StructField {
                name: names.field(id, &field.name),
                key: field.name.clone(),
                ty: if boxed {
                    RustType::Box(Box::new(ty))
                } else {
                    ty
                },
                optional: !field.required || field.nullable,
                lenient: recipe.lenient.empty_array_as_map && matches!(field.ty, TypeRef::Map(_)),
                description: field.description.clone(),
                deprecated: field.deprecated,
            }
        })
        .collect();
    let additional = match &object.additional {
        Additional::Unspoken => None,
        Additional::Allowed(ty) => {
            let name = names.additional.get(&id).cloned().unwrap_or_default();
            Some((name, names.rust_type(ty)))
        }
    };
    TypeShape::Struct { fields, additional }
}

fn enumeration(shape: &EnumShape) -> TypeShape {
    let mut taken = BTreeSet::new();
    let variants = shape
        .values
        .iter()
        .map(|text| EnumVariant {
            name: names::unique(names::variant_name(text), &mut taken),
            text: text.clone(),
        })
        .collect();
    let other = shape
        .open
        .then(|| names::unique("Other".to_owned(), &mut taken));
    TypeShape::Enum { variants, other }
}
