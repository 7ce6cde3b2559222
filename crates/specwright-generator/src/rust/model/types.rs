//! Types and their members.

use std::collections::BTreeSet;

use super::{
    EnumVariant, FieldForm, Names, PartField, RustType, StructField, TypeItem, TypeShape,
    UnionVariant, names,
};
use crate::{
    Recipe,
    ir::{
        Additional, Api, EnumShape, EnumValue, Field, ObjectShape, Part, Shape, TypeDef, TypeId,
        TypeRef, UnionShape,
    },
};

pub(super) fn items(api: &Api, recipe: &Recipe, names: &Names) -> Vec<TypeItem> {
    let mut items: Vec<TypeItem> = api
        .types
        .iter()
        .enumerate()
        .map(|(index, definition)| {
            let id = TypeId(index);
            TypeItem {
                name: names.of(id).to_owned(),
                module: names.module_of(definition),
                description: definition.description.clone(),
                deprecated: definition.deprecated,
                received: definition.received,
                sent: definition.sent,
                shape: shape(id, definition, recipe, names),
            }
        })
        .collect();
    items.sort_by(|left, right| (&left.module, &left.name).cmp(&(&right.module, &right.name)));
    items
}

fn shape(id: TypeId, definition: &TypeDef, recipe: &Recipe, names: &Names) -> TypeShape {
    match &definition.shape {
        Shape::Object(object) => structure(id, definition, object, recipe, names),
        Shape::Enum(it) => enumeration(definition, it),
        Shape::Union(union) => union_shape(id, union, names),
        Shape::Parts(parts) => TypeShape::Parts(
            parts
                .iter()
                .enumerate()
                .map(|(place, it)| part(id, place, it, names))
                .collect(),
        ),
    }
}

fn structure(
    id: TypeId,
    definition: &TypeDef,
    object: &ObjectShape,
    recipe: &Recipe,
    names: &Names,
) -> TypeShape {
    let fields = object
        .fields
        .iter()
        .enumerate()
        .map(|(place, field)| StructField {
            name: names.field(id, place),
            key: field.name.clone(),
            ty: names.member_type(id, place, &field.ty),
            form: form(definition, field),
            lenient: recipe.lenient.empty_array_as_map && matches!(field.ty, TypeRef::Map(_)),
            constant: field.constant.clone(),
            docs: field_docs(field),
            deprecated: field.deprecated,
        })
        .collect();
    let additional = match &object.additional {
        Additional::Unspoken => None,
        Additional::Allowed(ty) => Some((names.additional(id), names.rust_type(ty))),
    };
    TypeShape::Struct { fields, additional }
}

/// How a field tells of its absence.
pub(super) fn form(definition: &TypeDef, field: &Field) -> FieldForm {
    // One type serves requests and responses: what only one of them has may be absent.
    let one_sided =
        (field.read_only && definition.sent) || (field.write_only && definition.received);
    match (
        field.required && !one_sided,
        field.nullable && field.ty != TypeRef::Json,
    ) {
        (true, false) => FieldForm::Required,
        (true, true) => FieldForm::Nullable,
        (false, true) if definition.sent && !field.read_only => FieldForm::Patch,
        (false, _) => FieldForm::Optional,
    }
}

fn field_docs(field: &Field) -> Vec<String> {
    let mut docs: Vec<String> = field
        .description
        .iter()
        .filter(|it| !it.trim().is_empty())
        .cloned()
        .collect();
    let mut notes = Vec::new();
    if let Some(default) = field
        .default
        .as_ref()
        .filter(|it| !it.is_empty() && it.len() < 60 && !it.contains(['`', '\n']))
    {
        notes.push(format!("The default is `{default}`."));
    }
    if let Some(constant) = &field.constant {
        notes.push(format!("Always {}.", names::code_span(constant)));
    }
    if field.read_only {
        notes.push("Read-only.".to_owned());
    }
    if field.write_only {
        notes.push("Write-only.".to_owned());
    }
    if !notes.is_empty() {
        docs.push(notes.join(" "));
    }
    if docs.is_empty() {
        docs.push(format!("The property {}.", names::code_span(&field.name)));
    }
    docs
}

fn enumeration(definition: &TypeDef, shape: &EnumShape) -> TypeShape {
    let mut taken = BTreeSet::new();
    let variants = shape
        .values
        .iter()
        .map(|value| EnumVariant {
            name: variant_name(value, &mut taken),
            text: value.text.clone(),
            description: value.description.clone(),
        })
        .collect();
    let other = is_open(definition, shape).then(|| names::unique("Other".to_owned(), &mut taken));
    TypeShape::Enum {
        variants,
        other,
        kind: shape.kind,
    }
}

/// Responses may bring values that the document does not know yet; requests should not.
pub(super) fn is_open(definition: &TypeDef, shape: &EnumShape) -> bool {
    shape.open || definition.received
}

fn variant_name(value: &EnumValue, taken: &mut BTreeSet<String>) -> String {
    names::unique(
        names::variant_name(value.name.as_ref().unwrap_or(&value.text)),
        taken,
    )
}

fn union_shape(id: TypeId, union: &UnionShape, names: &Names) -> TypeShape {
    let mut taken = BTreeSet::new();
    let variants: Vec<UnionVariant> = union
        .variants
        .iter()
        .enumerate()
        .map(|(place, variant)| UnionVariant {
            name: names::unique(names::variant_name(&variant.words), &mut taken),
            ty: names.member_type(id, place, &variant.ty),
            tags: variant.tags.clone(),
            holds_tag: variant.holds_tag,
            kind: variant.kind,
            required: variant.required.clone(),
            known: names.count_of_keys(&variant.ty),
        })
        .collect();
    let other = names::unique("Other".to_owned(), &mut taken);
    TypeShape::Union {
        variants,
        tag: union.tag.clone(),
        other,
    }
}

fn part(id: TypeId, place: usize, part: &Part, names: &Names) -> PartField {
    let field = &part.field;
    PartField {
        name: names.field(id, place),
        key: field.name.clone(),
        ty: names.member_type(id, place, &field.ty),
        optional: !field.required || field.nullable,
        content_type: part
            .content_type
            .clone()
            .filter(|it| !it.contains(['*', ','])),
        docs: field_docs(field),
        deprecated: field.deprecated,
    }
}

impl RustType {
    /// Whether it is a file or a list of files.
    pub(crate) fn is_file(&self) -> bool {
        match self {
            Self::File => true,
            Self::Vec(inner) => inner.is_file(),
            _ => false,
        }
    }
}
