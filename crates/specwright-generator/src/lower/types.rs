//! Schemas → types.

use specwright_openapi::{
    diagnostics::Pointer,
    openapiv3::{
        AdditionalProperties, AnySchema, IntegerFormat, ObjectType, ReferenceOr, Schema,
        SchemaKind, StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
    },
};

use super::{Loss, Lowerer, usage};
use crate::ir::{
    Additional, EnumShape, Field, ObjectShape, Operation, Shape, TypeDef, TypeId, TypeRef,
};

/// What a component turned out to be.
#[derive(Debug, Clone)]
pub(super) enum Slot {
    /// It is being looked at further up.
    Open,
    Done(Use),
}

/// A use of a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Use {
    pub(super) ty: TypeRef,
    pub(super) nullable: bool,
}

/// Where a schema stands among the names of the API.
#[derive(Debug, Clone, Default)]
pub(super) struct Hint {
    pub(super) words: Vec<String>,
    pub(super) component: Option<String>,
    pub(super) parent: Option<TypeId>,
}

impl Hint {
    pub(super) fn new(words: &[&str]) -> Self {
        Self {
            words: words.iter().map(|&word| word.to_owned()).collect(),
            ..Self::default()
        }
    }

    /// The hint for something inside.
    fn inside(&self, word: &str, parent: Option<TypeId>) -> Self {
        let mut words = self.words.clone();
        words.push(word.to_owned());
        Self {
            words,
            component: None,
            parent: parent.or(self.parent),
        }
    }
}

impl From<TypeRef> for Use {
    fn from(ty: TypeRef) -> Self {
        Self {
            ty,
            nullable: false,
        }
    }
}

/// The properties that `allOf` and the like come down to.
#[derive(Default)]
struct Merged<'a> {
    properties: Vec<(&'a str, &'a ReferenceOr<Box<Schema>>, Pointer)>,
    required: Vec<&'a str>,
    additional: Option<&'a AdditionalProperties>,
}

impl<'a> Lowerer<'a> {
    /// The type of a schema or of the component that it refers to.
    pub(super) fn schema(
        &mut self,
        node: &'a ReferenceOr<Schema>,
        hint: &Hint,
        pointer: &Pointer,
    ) -> Use {
        match node {
            ReferenceOr::Item(schema) => self.inline(schema, hint, pointer),
            ReferenceOr::Reference { reference } => self.component(reference, pointer),
        }
    }

    fn boxed(&mut self, node: &'a ReferenceOr<Box<Schema>>, hint: &Hint, pointer: &Pointer) -> Use {
        match node {
            ReferenceOr::Item(schema) => self.inline(schema, hint, pointer),
            ReferenceOr::Reference { reference } => self.component(reference, pointer),
        }
    }

    fn component(&mut self, reference: &'a str, pointer: &Pointer) -> Use {
        let description = self.description;
        let Some(found) = description.component::<Schema>(reference) else {
            return self.any_json(pointer, &format!("`{reference}` leads to no schema"));
        };
        let name = found.name.unwrap_or_default();
        match self.slots.get(name) {
            Some(Slot::Done(known)) => return known.clone(),
            Some(Slot::Open) => {
                return self.any_json(
                    pointer,
                    &format!("`{name}` contains itself without an object in between"),
                );
            }
            None => {}
        }
        self.slots.insert(name.to_owned(), Slot::Open);
        let hint = Hint {
            component: Some(name.to_owned()),
            ..Hint::new(&[name])
        };
        let at = Pointer::root()
            .join("components")
            .join("schemas")
            .join(name);
        let lowered = self.inline(found.object, &hint, &at);
        self.slots
            .insert(name.to_owned(), Slot::Done(lowered.clone()));
        lowered
    }

    fn inline(&mut self, schema: &'a Schema, hint: &Hint, pointer: &Pointer) -> Use {
        let mut lowered = self.kind(schema, hint, pointer);
        lowered.nullable |= schema.schema_data.nullable;
        lowered
    }

    fn kind(&mut self, schema: &'a Schema, hint: &Hint, pointer: &Pointer) -> Use {
        match &schema.schema_kind {
            SchemaKind::Type(Type::String(string)) => self.string(schema, string, hint, pointer),
            SchemaKind::Type(Type::Number(_)) => TypeRef::Number.into(),
            SchemaKind::Type(Type::Integer(integer)) => match &integer.format {
                VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => TypeRef::Int32.into(),
                _ => TypeRef::Int64.into(),
            },
            SchemaKind::Type(Type::Boolean(_)) => TypeRef::Boolean.into(),
            SchemaKind::Type(Type::Array(array)) => {
                let items = array.items.as_ref();
                self.list(items, hint, pointer)
            }
            SchemaKind::Type(Type::Object(object)) => self.object(schema, object, hint, pointer),
            SchemaKind::AllOf { all_of } => self.all_of(schema, all_of, hint, pointer),
            SchemaKind::OneOf { one_of: members } => {
                self.one_of(schema, members, "oneOf", hint, pointer)
            }
            SchemaKind::AnyOf { any_of: members } => {
                self.one_of(schema, members, "anyOf", hint, pointer)
            }
            SchemaKind::Not { .. } => self.any_json(pointer, "`not` is not checked"),
            SchemaKind::Any(any) => self.any(schema, any, hint, pointer),
        }
    }

    fn string(
        &mut self,
        schema: &'a Schema,
        string: &StringType,
        hint: &Hint,
        pointer: &Pointer,
    ) -> Use {
        if !string.enumeration.is_empty() {
            let nullable = string.enumeration.contains(&None);
            let values = string.enumeration.iter().flatten().cloned().collect();
            let ty = self.enumeration(schema, values, false, hint, pointer);
            return Use { ty, nullable };
        }
        match &string.format {
            VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => TypeRef::DateTime.into(),
            VariantOrUnknownOrEmpty::Unknown(format) if format == "local-date-time" => {
                TypeRef::DateTime.into()
            }
            _ => TypeRef::String.into(),
        }
    }

    fn list(
        &mut self,
        items: Option<&'a ReferenceOr<Box<Schema>>>,
        hint: &Hint,
        pointer: &Pointer,
    ) -> Use {
        let item = match items {
            Some(items) => {
                self.boxed(items, &hint.inside("item", None), &pointer.join("items"))
                    .ty
            }
            None => TypeRef::Json,
        };
        TypeRef::List(Box::new(item)).into()
    }

    fn object(
        &mut self,
        schema: &'a Schema,
        object: &'a ObjectType,
        hint: &Hint,
        pointer: &Pointer,
    ) -> Use {
        let mut merged = Merged::default();
        merged.add(
            &object.properties,
            &object.required,
            object.additional_properties.as_ref(),
            pointer,
        );
        self.merged(schema, &merged, hint, pointer)
    }

    /// An object type, or a map if no property is known.
    fn merged(
        &mut self,
        schema: &'a Schema,
        merged: &Merged<'a>,
        hint: &Hint,
        pointer: &Pointer,
    ) -> Use {
        if merged.properties.is_empty() {
            let values = match merged.additional {
                Some(AdditionalProperties::Schema(values)) => {
                    self.schema(
                        values,
                        &hint.inside("value", None),
                        &pointer.join("additionalProperties"),
                    )
                    .ty
                }
                Some(AdditionalProperties::Any(_)) | None => TypeRef::Json,
            };
            return TypeRef::Map(Box::new(values)).into();
        }
        let id = self.define(schema, Shape::Object(ObjectShape::default()), hint, pointer);
        let fields = merged
            .properties
            .iter()
            .map(|(name, property, at)| {
                self.field(name, property, merged, &hint.inside(name, Some(id)), at)
            })
            .collect();
        let additional = match merged.additional {
            Some(AdditionalProperties::Any(true)) => Additional::Allowed(TypeRef::Json),
            Some(AdditionalProperties::Schema(values)) => {
                let at = pointer.join("additionalProperties");
                Additional::Allowed(self.schema(values, &hint.inside("value", Some(id)), &at).ty)
            }
            Some(AdditionalProperties::Any(false)) | None => Additional::Unspoken,
        };
        if let Some(definition) = self.types.get_mut(id.0) {
            definition.shape = Shape::Object(ObjectShape { fields, additional });
        }
        TypeRef::Named(id).into()
    }

    fn field(
        &mut self,
        name: &str,
        property: &'a ReferenceOr<Box<Schema>>,
        merged: &Merged<'a>,
        hint: &Hint,
        pointer: &Pointer,
    ) -> Field {
        let lowered = self.boxed(property, hint, pointer);
        let own = match property {
            ReferenceOr::Item(schema) => Some(&schema.schema_data),
            ReferenceOr::Reference { .. } => None,
        };
        let resolved = self
            .description
            .resolve_boxed(property)
            .map(|it| &it.object.schema_data);
        let described = own.and_then(|it| it.description.clone());
        Field {
            name: name.to_owned(),
            ty: lowered.ty,
            required: merged.required.contains(&name),
            nullable: lowered.nullable,
            description: described.or_else(|| self.description_below(property)),
            deprecated: resolved.is_some_and(|it| it.deprecated),
        }
    }

    /// The description of the schema that a property refers to, also through a nullable wrapper.
    fn description_below(&self, property: &ReferenceOr<Box<Schema>>) -> Option<String> {
        let schema = self.description.resolve_boxed(property)?.object;
        let own = schema.schema_data.description.clone();
        own.or_else(|| match &schema.schema_kind {
            SchemaKind::AllOf { all_of } => {
                let [only] = all_of.as_slice() else {
                    return None;
                };
                self.description
                    .resolve(only)?
                    .object
                    .schema_data
                    .description
                    .clone()
            }
            _ => None,
        })
    }

    fn all_of(
        &mut self,
        schema: &'a Schema,
        parts: &'a [ReferenceOr<Schema>],
        hint: &Hint,
        pointer: &Pointer,
    ) -> Use {
        if let [only] = parts {
            return self.schema(only, hint, &pointer.join("allOf").index(0));
        }
        let mut merged = Merged::default();
        if merged.add_all(self, parts, pointer, 0) {
            return self.merged(schema, &merged, hint, pointer);
        }
        self.any_json(
            pointer,
            "`allOf` of schemas that are not all objects is read as any JSON",
        )
    }

    fn one_of(
        &mut self,
        schema: &'a Schema,
        members: &'a [ReferenceOr<Schema>],
        keyword: &str,
        hint: &Hint,
        pointer: &Pointer,
    ) -> Use {
        if let [only] = members {
            return self.schema(only, hint, &pointer.join(keyword).index(0));
        }
        if let Some(values) = self.open_enumeration(members) {
            return self.enumeration(schema, values, true, hint, pointer).into();
        }
        self.any_json(
            pointer,
            &format!("`{keyword}` of several schemas is read as any JSON"),
        )
    }

    /// The values of an enum beside which any text is allowed: `anyOf: [{enum: […]}, {type: string}]`.
    fn open_enumeration(&self, members: &'a [ReferenceOr<Schema>]) -> Option<Vec<String>> {
        let mut values = Vec::new();
        let mut open = false;
        for member in members {
            let schema = self.description.resolve(member)?.object;
            let SchemaKind::Type(Type::String(string)) = &schema.schema_kind else {
                return None;
            };
            let plain =
                string.pattern.is_none() && matches!(string.format, VariantOrUnknownOrEmpty::Empty);
            open |= plain && string.enumeration.is_empty();
            values.extend(string.enumeration.iter().flatten().cloned());
        }
        (open && !values.is_empty()).then_some(values)
    }

    fn any(
        &mut self,
        schema: &'a Schema,
        any: &'a AnySchema,
        hint: &Hint,
        pointer: &Pointer,
    ) -> Use {
        let objects_only = any.one_of.is_empty()
            && any.any_of.is_empty()
            && any.not.is_none()
            && any.items.is_none();
        let is_object = any.typ.as_deref().is_none_or(|it| it == "object");
        if objects_only && is_object && (!any.all_of.is_empty() || !any.properties.is_empty()) {
            let mut merged = Merged::default();
            merged.add(
                &any.properties,
                &any.required,
                any.additional_properties.as_ref(),
                pointer,
            );
            if merged.add_all(self, &any.all_of, pointer, 0) {
                return self.merged(schema, &merged, hint, pointer);
            }
        }
        if *any == AnySchema::default() {
            return TypeRef::Json.into();
        }
        let members = [(&any.any_of, "anyOf"), (&any.one_of, "oneOf")];
        if any.properties.is_empty()
            && any.all_of.is_empty()
            && let Some((members, keyword)) = members.into_iter().find(|(it, _)| !it.is_empty())
        {
            return self.one_of(schema, members, keyword, hint, pointer);
        }
        match any.typ.as_deref() {
            Some("array") if any.items.is_some() => self.list(any.items.as_ref(), hint, pointer),
            Some("integer") => TypeRef::Int64.into(),
            Some("number") => TypeRef::Number.into(),
            Some("string") => TypeRef::String.into(),
            Some("boolean") => TypeRef::Boolean.into(),
            _ => self.any_json(
                pointer,
                "a combination of keywords that is read as any JSON",
            ),
        }
    }

    fn enumeration(
        &mut self,
        schema: &'a Schema,
        mut values: Vec<String>,
        open: bool,
        hint: &Hint,
        pointer: &Pointer,
    ) -> TypeRef {
        let mut seen = std::collections::BTreeSet::new();
        values.retain(|value| seen.insert(value.clone()));
        let id = self.define(
            schema,
            Shape::Enum(EnumShape { values, open }),
            hint,
            pointer,
        );
        TypeRef::Named(id)
    }

    /// Adds a type; a component is known from now on, so that it may contain itself.
    fn define(&mut self, schema: &Schema, shape: Shape, hint: &Hint, pointer: &Pointer) -> TypeId {
        let id = TypeId(self.types.len());
        self.types.push(TypeDef {
            component: hint.component.clone(),
            words: hint.words.clone(),
            parent: hint.parent,
            description: schema.schema_data.description.clone(),
            deprecated: schema.schema_data.deprecated,
            shape,
            received: false,
            sent: false,
            pointer: pointer.clone(),
        });
        if let Some(name) = &hint.component {
            let known = Use {
                ty: TypeRef::Named(id),
                nullable: schema.schema_data.nullable,
            };
            self.slots.insert(name.clone(), Slot::Done(known));
        }
        id
    }

    fn any_json(&mut self, pointer: &Pointer, reason: &str) -> Use {
        let loss = Loss {
            pointer: pointer.clone(),
            reason: reason.to_owned(),
        };
        let owner = self.types.len().checked_sub(1);
        self.losses.push((owner, loss.clone()));
        self.current.push(loss);
        TypeRef::Json.into()
    }

    /// What the types of an operation lost when they were met before.
    pub(super) fn losses_of(&self, operation: &Operation) -> Vec<Loss> {
        let roots = usage::roots(operation).filter_map(|(_, ty)| ty.named());
        let reached = usage::closure(&self.types, roots);
        let lost = self.losses.iter().filter(|(owner, loss)| {
            let known = owner.is_some_and(|index| reached.contains(&TypeId(index)));
            known && !self.current.contains(loss)
        });
        lost.map(|(_, loss)| loss.clone()).collect()
    }
}

impl<'a> Merged<'a> {
    fn add(
        &mut self,
        properties: impl IntoIterator<Item = (&'a String, &'a ReferenceOr<Box<Schema>>)>,
        required: &'a [String],
        additional: Option<&'a AdditionalProperties>,
        pointer: &Pointer,
    ) {
        for (name, property) in properties {
            let at = pointer.join("properties").join(name);
            match self.properties.iter_mut().find(|(known, ..)| known == name) {
                Some(known) => *known = (name, property, at),
                None => self.properties.push((name, property, at)),
            }
        }
        self.required.extend(required.iter().map(String::as_str));
        self.additional = additional.or(self.additional);
    }

    /// Adds the parts of an `allOf`; whether all of them are objects.
    fn add_all(
        &mut self,
        lowerer: &Lowerer<'a>,
        parts: &'a [ReferenceOr<Schema>],
        pointer: &Pointer,
        depth: usize,
    ) -> bool {
        depth < 32
            && parts.iter().enumerate().all(|(index, part)| {
                let Some(found) = lowerer.description.resolve(part) else {
                    return false;
                };
                let at = match found.name {
                    Some(name) => Pointer::root()
                        .join("components")
                        .join("schemas")
                        .join(name),
                    None => pointer.join("allOf").index(index),
                };
                match &found.object.schema_kind {
                    SchemaKind::Type(Type::Object(it)) => {
                        self.add(
                            &it.properties,
                            &it.required,
                            it.additional_properties.as_ref(),
                            &at,
                        );
                        true
                    }
                    SchemaKind::AllOf { all_of } => self.add_all(lowerer, all_of, &at, depth + 1),
                    SchemaKind::Any(it)
                        if it.one_of.is_empty() && it.any_of.is_empty() && it.items.is_none() =>
                    {
                        self.add(
                            &it.properties,
                            &it.required,
                            it.additional_properties.as_ref(),
                            &at,
                        );
                        self.add_all(lowerer, &it.all_of, &at, depth + 1)
                    }
                    _ => false,
                }
            })
    }
}
