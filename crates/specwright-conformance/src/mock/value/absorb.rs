//! How a schema becomes part of a shape.

use indexmap::IndexMap;
use serde_json::Value;
use specwright_openapi::{
    Description,
    openapiv3::{
        AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaData, SchemaKind, Type,
    },
};

use super::{
    number::plain_number,
    shape::{Additional, Choose, Closing, Kind, Shape, patterns, prefix},
};

/// How deep schemas may be composed of each other.
const DEEPEST: usize = 64;

/// How many schemas one may be composed of; further ones are ignored.
const MOST_PARTS: usize = 500;

impl<'a> Shape<'a> {
    /// Adds a schema; tells whether it permits `null`.
    pub(super) fn absorb(
        &mut self,
        description: &'a Description,
        schema: &'a Schema,
        choose: Choose<'a, '_>,
        depth: usize,
    ) -> bool {
        let this = std::ptr::from_ref(schema);
        if depth > DEEPEST || self.seen.len() > MOST_PARTS || self.seen.contains(&this) {
            return true;
        }
        self.seen.push(this);
        let data = &schema.schema_data;
        let own = data.nullable
            && !forbids_null(schema)
            && !data.extensions.contains_key("x-specwright-lenient-null");
        self.names
            .extend(data.extensions.get("x-specwright-property-names"));
        self.text.add_samples(&schema.schema_data);
        let before = self.tags.len();
        let mut parts = Vec::new();
        let mut variants = |shape: &mut Self, of: &'a [ReferenceOr<Schema>], one: bool| {
            let open = open_enum(description, of).filter(|_| !one);
            let chosen = open.unwrap_or_else(|| choose(of));
            if let Some(variant) = of.get(chosen) {
                shape.tags.extend(tag(schema, variant));
                parts.push(variant);
            }
            shape.is_composed |= !of.is_empty();
        };
        match &schema.schema_kind {
            SchemaKind::Type(kind) => self.absorb_type(description, kind, &schema.schema_data),
            SchemaKind::OneOf { one_of } => variants(self, one_of, true),
            SchemaKind::AnyOf { any_of } => variants(self, any_of, false),
            SchemaKind::AllOf { all_of } => {
                self.is_composed |= all_of.len() > 1;
                parts.extend(all_of);
            }
            SchemaKind::Not { .. } => self.is_composed = true,
            SchemaKind::Any(any) => {
                variants(self, &any.one_of, true);
                variants(self, &any.any_of, false);
                parts.extend(&any.all_of);
                self.is_composed |= !any.all_of.is_empty() || any.not.is_some();
                self.absorb_any(description, any, &schema.schema_data);
            }
        }
        let mut inner = !parts.is_empty() && self.kind.is_none();
        let mut all = true;
        if before == self.tags.len() && depth == 0 {
            self.tags.extend(own_tag(description, schema, &parts));
        }
        for part in parts {
            let permits = match description.resolve(part) {
                Some(part) => self.absorb(description, part.object, choose, depth + 1),
                None => true,
            };
            inner &= permits;
            all &= permits;
        }
        // `null` beside a type says nothing of what the parts permit; without one it is about all of them.
        let typed = matches!(&schema.schema_kind, SchemaKind::Any(any) if any.typ.is_some());
        own && (all || !typed) || inner
    }

    fn absorb_type(&mut self, description: &'a Description, kind: &'a Type, data: &'a SchemaData) {
        match kind {
            Type::String(string) => {
                self.be(Kind::String);
                self.text.add_string(string);
                self.only(
                    string
                        .enumeration
                        .iter()
                        .map(|it| it.as_deref().map(Value::from)),
                );
            }
            Type::Number(number) => {
                self.be(Kind::Number);
                self.range.add_number(number);
                self.only(number.enumeration.iter().map(|it| it.map(plain_number)));
            }
            Type::Integer(integer) => {
                self.be(Kind::Integer);
                self.range.add_integer(integer);
                self.only(integer.enumeration.iter().map(|it| it.map(Value::from)));
            }
            Type::Boolean(boolean) => {
                self.be(Kind::Boolean);
                self.only(boolean.enumeration.iter().map(|it| it.map(Value::from)));
            }
            Type::Array(array) => {
                self.be(Kind::Array);
                self.count(array.min_items, array.max_items);
                self.unique |= array.unique_items;
                self.element(description, array.items.as_ref(), data);
            }
            Type::Object(object) => {
                self.be(Kind::Object);
                self.count(object.min_properties, object.max_properties);
                self.members_of(description, &object.properties, &object.required);
                self.close(
                    &object.properties,
                    object.additional_properties.as_ref(),
                    data,
                );
                self.undeclared(description, object.additional_properties.as_ref());
            }
        }
    }

    fn absorb_any(
        &mut self,
        description: &'a Description,
        any: &'a AnySchema,
        data: &'a SchemaData,
    ) {
        let kind = match any.typ.as_deref() {
            Some("string") => Some(Kind::String),
            Some("integer") => Some(Kind::Integer),
            Some("number") => Some(Kind::Number),
            Some("boolean") => Some(Kind::Boolean),
            Some("array") => Some(Kind::Array),
            Some("object") => Some(Kind::Object),
            _ => None,
        };
        if let Some(kind) = kind {
            self.be(kind);
        }
        let says_text =
            any.pattern.is_some() || any.min_length.is_some() || any.max_length.is_some();
        let says_number =
            any.minimum.is_some() || any.maximum.is_some() || any.multiple_of.is_some();
        let implied = [
            (
                !any.properties.is_empty() || any.additional_properties.is_some(),
                Kind::Object,
            ),
            (any.items.is_some(), Kind::Array),
            (says_text, Kind::String),
            (says_number, Kind::Number),
        ];
        let implied = implied
            .into_iter()
            .find(|(says, _)| *says)
            .map(|(_, kind)| kind);
        self.implied = self.implied.or(implied);
        self.text.add_any(any);
        self.range.add_any(any);
        self.only(any.enumeration.iter().cloned().map(Some));
        self.count(any.min_items, any.max_items);
        self.count(any.min_properties, any.max_properties);
        self.unique |= any.unique_items.unwrap_or_default();
        self.element(description, any.items.as_ref(), data);
        self.members_of(description, &any.properties, &any.required);
        self.close(&any.properties, any.additional_properties.as_ref(), data);
        self.undeclared(description, any.additional_properties.as_ref());
    }

    fn close(
        &mut self,
        declared: &'a IndexMap<String, ReferenceOr<Box<Schema>>>,
        additional: Option<&'a AdditionalProperties>,
        data: &'a SchemaData,
    ) {
        self.closings.extend(additional.map(|additional| Closing {
            declared,
            patterns: patterns(data).collect(),
            additional,
        }));
    }

    /// Of two types the first stays, but an integer is a number.
    fn be(&mut self, kind: Kind) {
        self.kind = match (self.kind, kind) {
            (Some(Kind::Number), Kind::Integer) => Some(kind),
            (known, _) => known.or(Some(kind)),
        };
    }

    /// Of two enumerations what they share stays, or the first if that is nothing. One of `null` alone leaves nothing.
    fn only(&mut self, members: impl Iterator<Item = Option<Value>>) {
        let all: Vec<_> = members.collect();
        if all.is_empty() {
            return;
        }
        let members: Vec<Value> = all
            .into_iter()
            .flatten()
            .filter(|it| !it.is_null())
            .collect();
        self.members = Some(match self.members.take() {
            None => members,
            Some(known) => {
                let shared: Vec<_> = known
                    .iter()
                    .filter(|it| members.contains(it))
                    .cloned()
                    .collect();
                if shared.is_empty() { known } else { shared }
            }
        });
    }

    fn count(&mut self, least: Option<usize>, most: Option<usize>) {
        self.least = self.least.max(least.unwrap_or_default());
        self.most = match (self.most, most) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }

    fn element(
        &mut self,
        description: &'a Description,
        items: Option<&'a ReferenceOr<Box<Schema>>>,
        data: &'a SchemaData,
    ) {
        let Some(items) = items else { return };
        let resolve = |node| description.resolve(node).map(|it| it.object);
        match prefix(description, data, items) {
            None => self
                .items
                .extend(description.resolve_boxed(items).map(|it| it.object)),
            Some(members) => {
                let length = data.extensions.get("x-specwright-tuple");
                let length = length.and_then(Value::as_u64).unwrap_or_default();
                let length = usize::try_from(length).unwrap_or_default();
                let (first, rest) = members.split_at_checked(length).unwrap_or((members, &[]));
                for (index, node) in first.iter().enumerate() {
                    match self.prefix.get_mut(index) {
                        Some(said) => said.extend(resolve(node)),
                        None => self.prefix.push(resolve(node).into_iter().collect()),
                    }
                }
                self.items.extend(rest.iter().filter_map(resolve));
            }
        }
    }

    fn members_of(
        &mut self,
        description: &'a Description,
        properties: &'a IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &'a [String],
    ) {
        for (name, node) in properties {
            let said = self.properties.entry(name).or_default();
            said.extend(description.resolve_boxed(node).map(|it| it.object));
        }
        self.required.extend(required.iter().map(String::as_str));
    }

    fn undeclared(
        &mut self,
        description: &'a Description,
        additional: Option<&'a AdditionalProperties>,
    ) {
        match additional {
            None => {}
            Some(AdditionalProperties::Any(false)) => self.additional = Additional::Forbidden,
            Some(AdditionalProperties::Any(true)) => self.said_of_undeclared(None),
            Some(AdditionalProperties::Schema(node)) => {
                self.said_of_undeclared(description.resolve(node).map(|it| it.object));
            }
        }
    }

    fn said_of_undeclared(&mut self, schema: Option<&'a Schema>) {
        match &mut self.additional {
            Additional::Forbidden => {}
            Additional::Declared(schemas) => schemas.extend(schema),
            Additional::Unsaid => {
                self.additional = Additional::Declared(schema.into_iter().collect())
            }
        }
    }
}

/// The enumeration of a union of texts of which some are enumerated and others are free.
fn open_enum(description: &Description, variants: &[ReferenceOr<Schema>]) -> Option<usize> {
    let enumerated =
        |node: &ReferenceOr<Schema>| match &description.resolve(node)?.object.schema_kind {
            SchemaKind::Type(Type::String(string)) => Some(!string.enumeration.is_empty()),
            _ => None,
        };
    let texts: Option<Vec<bool>> = variants.iter().map(enumerated).collect();
    texts?.iter().position(|it| *it)
}

/// Whether an enumeration of the schema itself lacks `null` (OAS 3.0.3: `nullable` does not add to `enum`).
fn forbids_null(schema: &Schema) -> bool {
    fn lacks<T>(members: &[Option<T>]) -> bool {
        !members.is_empty() && members.iter().all(Option::is_some)
    }
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(it)) => lacks(&it.enumeration),
        SchemaKind::Type(Type::Number(it)) => lacks(&it.enumeration),
        SchemaKind::Type(Type::Integer(it)) => lacks(&it.enumeration),
        SchemaKind::Type(Type::Boolean(it)) => lacks(&it.enumeration),
        SchemaKind::Any(any) => {
            !any.enumeration.is_empty() && !any.enumeration.contains(&Value::Null)
        }
        _ => false,
    }
}

/// The property and value by which readers know the variant (OAS 3.0.3, Discriminator Object).
fn tag<'a>(schema: &'a Schema, variant: &'a ReferenceOr<Schema>) -> Option<(&'a str, String)> {
    let discriminator = schema.schema_data.discriminator.as_ref()?;
    let ReferenceOr::Reference { reference } = variant else {
        return None;
    };
    let name = reference.rsplit('/').next()?;
    let mapped = discriminator
        .mapping
        .iter()
        .find(|(_, to)| *to == reference || *to == name);
    let value = mapped.map_or(name, |(value, _)| value);
    Some((&discriminator.property_name, value.to_owned()))
}

/// The tag of a schema that is told from its siblings by the discriminator of what they share in `allOf`.
fn own_tag<'a>(
    description: &'a Description,
    schema: &Schema,
    parts: &[&'a ReferenceOr<Schema>],
) -> Option<(&'a str, String)> {
    let base = parts.iter().find_map(|part| {
        let resolved = description.resolve(part)?.object;
        resolved.schema_data.discriminator.as_ref()
    })?;
    let schemas = &description.document().components.as_ref()?.schemas;
    let (name, _) = schemas
        .iter()
        .find(|(_, node)| matches!(node, ReferenceOr::Item(item) if std::ptr::eq(item, schema)))?;
    let reference = format!("#/components/schemas/{name}");
    let mapped = base
        .mapping
        .iter()
        .find(|(_, to)| **to == reference || *to == name);
    let value = mapped.map_or(name, |(value, _)| value);
    Some((&base.property_name, value.clone()))
}
