//! What several schemas permit together.
//!
//! Values are generated from a [`Shape`]: references followed, `allOf` merged, and one variant of every `oneOf` and
//! `anyOf` chosen.

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;
use specwright_openapi::{
    Description,
    openapiv3::{AdditionalProperties, ReferenceOr, Schema, SchemaData, SchemaKind},
};

use super::{
    fits::split,
    limits::{Limits, Range},
    pattern, text,
};
use crate::{mock::random::Random, schema::Direction};

/// The types of JSON, with integers apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    String,
    Integer,
    Number,
    Boolean,
    Array,
    Object,
}

impl Kind {
    /// Every type.
    pub(super) const ALL: [Self; 6] = [
        Self::String,
        Self::Integer,
        Self::Number,
        Self::Boolean,
        Self::Array,
        Self::Object,
    ];
}

/// The members of an object that are not declared by name.
#[derive(Debug, Default)]
pub(crate) enum Additional<'a> {
    /// Nothing is said: any are permitted.
    #[default]
    Unsaid,
    /// There are none.
    Forbidden,
    /// Their values follow these schemas; any value if there are none.
    Declared(Vec<&'a Schema>),
}

/// What one schema says of the properties that it does not declare.
#[derive(Debug)]
pub(super) struct Closing<'a> {
    /// The properties that it declares.
    pub(super) declared: &'a IndexMap<String, ReferenceOr<Box<Schema>>>,
    /// The patterns of names that it says something of (`x-specwright-pattern-properties`).
    pub(super) patterns: Vec<&'a str>,
    /// What it says of the rest.
    pub(super) additional: &'a AdditionalProperties,
}

/// What several schemas permit together.
#[derive(Debug, Default)]
pub(crate) struct Shape<'a> {
    /// The type; `None` if any is permitted.
    pub(crate) kind: Option<Kind>,
    /// Whether `null` is permitted beside the type.
    pub(crate) nullable: bool,
    /// The only values that are permitted, without `null`.
    pub(crate) members: Option<Vec<Value>>,
    /// What is said of texts.
    pub(crate) text: Limits<'a>,
    /// What is said of numbers.
    pub(crate) range: Range,
    /// The declared properties, each with everything that is said of it.
    pub(crate) properties: IndexMap<&'a str, Vec<&'a Schema>>,
    /// The names of properties that must be present.
    pub(crate) required: IndexSet<&'a str>,
    /// The properties that are not declared.
    pub(crate) additional: Additional<'a>,
    /// The least number of properties or elements.
    pub(crate) least: usize,
    /// The greatest number of properties or elements.
    pub(crate) most: Option<usize>,
    /// What is said of every element.
    pub(crate) items: Vec<&'a Schema>,
    /// Whether no two elements are equal.
    pub(crate) unique: bool,
    /// The properties that tell the chosen variants, and their values.
    pub(crate) tags: Vec<(&'a str, String)>,
    /// What is said of the first elements of an array, each.
    pub(crate) prefix: Vec<Vec<&'a Schema>>,
    /// What is said of the names of properties (`x-specwright-property-names`), as JSON Schema.
    pub(super) names: Vec<&'a Value>,
    /// Whether the schemas are composed of others, so that a value of the shape may still not fit all of them.
    pub(crate) is_composed: bool,
    /// What each schema says of the properties that it does not declare.
    pub(super) closings: Vec<Closing<'a>>,
    /// The schemas that have been added.
    pub(super) seen: Vec<*const Schema>,
    /// The type that keywords imply where none is named.
    pub(super) implied: Option<Kind>,
}

/// Chooses one of the variants of a `oneOf` or `anyOf` by its index.
pub(crate) type Choose<'a, 'c> = &'c mut dyn FnMut(&'a [ReferenceOr<Schema>]) -> usize;

impl<'a> Shape<'a> {
    /// What all of `schemas` permit.
    pub(crate) fn of(
        description: &'a Description,
        schemas: &[&'a Schema],
        choose: Choose<'a, '_>,
    ) -> Self {
        let mut shape = Self::default();
        let mut nullable = !schemas.is_empty();
        for schema in schemas {
            nullable &= shape.absorb(description, schema, choose, 0);
        }
        shape.nullable = nullable;
        shape.kind = shape.kind.or(shape.implied);
        shape
    }

    /// The shape with the first variant of everything.
    pub(crate) fn first(description: &'a Description, schemas: &[&'a Schema]) -> Self {
        Self::of(description, schemas, &mut |_| 0)
    }

    /// The names of properties that must be present but are not declared.
    pub(crate) fn required_undeclared(&self) -> Vec<&'a str> {
        self.required
            .iter()
            .copied()
            .filter(|name| !self.properties.contains_key(name))
            .collect()
    }
}

impl<'a> Shape<'a> {
    /// Everything that is said of the property, also by schemas that do not declare it; `None` if one of them forbids it.
    pub(super) fn of_property(
        &self,
        description: &'a Description,
        name: &str,
    ) -> Option<Vec<&'a Schema>> {
        let mut schemas = self.properties.get(name).cloned().unwrap_or_default();
        if schemas.iter().any(|it| is_never(it)) {
            return None;
        }
        for closing in &self.closings {
            schemas.extend(closing.says(description, name)?);
        }
        Some(schemas)
    }

    /// Names that are permitted for a property: those enumerated, or one that is made from a pattern; `None` if nothing
    /// is said.
    pub(super) fn permitted_names(
        &self,
        description: &'a Description,
        random: &mut Random,
    ) -> Option<Vec<String>> {
        let said = self.names.iter().find_map(|names| {
            let reference = names.get("$ref").and_then(Value::as_str);
            let Some(reference) = reference else {
                return said_of_names(names, random);
            };
            let schema = description.component::<Schema>(reference)?.object;
            let shape = Shape::first(description, &[schema]);
            let members = shape.members.as_ref();
            let members = members.map(|it| it.iter().filter_map(Value::as_str).map(str::to_owned));
            let made = shape.text.patterns().next();
            let made = made.and_then(|it| pattern::generate(it, &shape.text, random));
            members.map(Iterator::collect).or(made.map(|it| vec![it]))
        });
        said.filter(|names| !names.is_empty())
    }

    /// The patterns of names that some schema says something of.
    pub(super) fn patterns(&self) -> impl Iterator<Item = &'a str> {
        self.closings
            .iter()
            .flat_map(|it| it.patterns.iter().copied())
    }
}

impl<'a> Closing<'a> {
    /// What is said of a property of this name beside its declaration; `None` if it is forbidden.
    fn says(&self, description: &'a Description, name: &str) -> Option<Vec<&'a Schema>> {
        let declared = self.declared.contains_key(name);
        let schema = match self.additional {
            AdditionalProperties::Any(permitted) => {
                return (*permitted || declared).then(Vec::new);
            }
            AdditionalProperties::Schema(schema) => &**schema,
        };
        let resolve = |node: &'a ReferenceOr<Schema>| description.resolve(node).map(|it| it.object);
        if self.patterns.is_empty() {
            let said = (!declared).then(|| resolve(schema)).flatten();
            return (!said.is_some_and(is_never)).then(|| said.into_iter().collect());
        }
        let (of_patterns, rest) = split(schema, self.patterns.len());
        let matching = self.patterns.iter().zip(of_patterns);
        let mut said: Vec<&'a Schema> = matching
            .filter(|(pattern, _)| super::check::matches(name, pattern) == Some(true))
            .filter_map(|(_, node)| resolve(node))
            .collect();
        if said.is_empty() && !declared {
            said.extend(rest.and_then(resolve));
        }
        (!said.iter().any(|it| is_never(it))).then_some(said)
    }
}

fn said_of_names(names: &Value, random: &mut Random) -> Option<Vec<String>> {
    let listed = names.get("enum").and_then(Value::as_array);
    let constant = names.get("const").and_then(Value::as_str);
    let size = |key: &str| names.get(key).and_then(Value::as_u64);
    let size = |key: &str| size(key).and_then(|it| usize::try_from(it).ok());
    let limits = Limits {
        least: size("minLength").unwrap_or_default(),
        most: size("maxLength"),
        ..Limits::default()
    };
    let of_pattern = |pattern: &str, random| pattern::generate(pattern, &limits, random);
    if let Some(listed) = listed {
        return Some(
            listed
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
        );
    }
    if let Some(constant) = constant {
        return Some(vec![constant.to_owned()]);
    }
    let text = match names.get("pattern").and_then(Value::as_str) {
        Some(pattern) => of_pattern(pattern, random)?,
        None => {
            let limits = Limits {
                format: names.get("format").and_then(Value::as_str),
                ..limits
            };
            text::text(&limits, "", random)
        }
    };
    Some(vec![text])
}

/// Whether nothing fits the schema: `false` in JSON Schema, `not: {}` in the normal form.
pub(super) fn is_never(schema: &Schema) -> bool {
    let SchemaKind::Not { not } = &schema.schema_kind else {
        return false;
    };
    matches!(&**not, ReferenceOr::Item(Schema { schema_kind: SchemaKind::Any(any), .. })
        if *any == specwright_openapi::openapiv3::AnySchema::default())
}

/// Whether a property of this schema is not sent in the direction (OAS 3.0.3, Schema Object: `readOnly`, `writeOnly`).
pub(super) fn is_hidden(schema: &Schema, direction: Direction) -> bool {
    match direction {
        Direction::Request => schema.schema_data.read_only,
        Direction::Response => schema.schema_data.write_only,
        Direction::Either => schema.schema_data.read_only || schema.schema_data.write_only,
    }
}

/// The patterns of names of properties (`x-specwright-pattern-properties`).
pub(super) fn patterns(data: &SchemaData) -> impl Iterator<Item = &str> {
    let carried = data.extensions.get("x-specwright-pattern-properties");
    let names = carried.and_then(Value::as_array).into_iter().flatten();
    names.filter_map(Value::as_str)
}

/// The schemas of the first elements and, last, that of the rest, if the array is a tuple (`x-specwright-tuple`).
pub(super) fn prefix<'s>(
    description: &'s Description,
    data: &SchemaData,
    items: &'s ReferenceOr<Box<Schema>>,
) -> Option<&'s [ReferenceOr<Schema>]> {
    data.extensions.get("x-specwright-tuple")?;
    match &description.resolve_boxed(items)?.object.schema_kind {
        SchemaKind::AnyOf { any_of } => Some(any_of),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use specwright_openapi::{MemoryLoader, load};

    use super::*;

    fn description(schema: &str) -> Description {
        let text = format!(
            "{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{}}, components: {{schemas: {{S: {schema},
               Text: {{type: string}}, Null: {{type: string, nullable: true}}, Pet: {{type: object}}}}}}}}"
        );
        let loaded = load("api.yaml", &MemoryLoader::default().with("api.yaml", text)).unwrap();
        loaded.description.unwrap()
    }

    fn with_shape(schema: &str, check: impl FnOnce(Shape<'_>)) {
        let description = description(schema);
        let schema = description
            .component::<Schema>("#/components/schemas/S")
            .unwrap();
        check(Shape::first(&description, &[schema.object]));
    }

    #[test]
    fn null_is_permitted_where_every_reading_of_the_specification_permits_it() {
        let cases = [
            ("{type: string, nullable: true}", true),
            ("{type: string}", false),
            ("{}", false),
            ("{type: string, nullable: true, enum: [a]}", false),
            ("{type: string, nullable: true, enum: [a, null]}", true),
            ("{type: string, enum: [a, null]}", false),
            (
                "{nullable: true, allOf: [{$ref: '#/components/schemas/Text'}]}",
                true,
            ),
            ("{allOf: [{$ref: '#/components/schemas/Null'}]}", true),
            (
                "{allOf: [{$ref: '#/components/schemas/Null'}, {$ref: '#/components/schemas/Text'}]}",
                false,
            ),
            (
                "{type: string, allOf: [{$ref: '#/components/schemas/Null'}]}",
                false,
            ),
            ("{oneOf: [{$ref: '#/components/schemas/Null'}]}", true),
        ];
        for (schema, nullable) in cases {
            with_shape(schema, |shape| {
                assert_eq!(shape.nullable, nullable, "{schema}")
            });
        }
    }

    #[test]
    fn the_type_is_named_or_implied() {
        let cases = [
            ("{properties: {a: {}}}", Some(Kind::Object)),
            ("{items: {}}", Some(Kind::Array)),
            ("{maxLength: 3}", Some(Kind::String)),
            ("{minimum: 3}", Some(Kind::Number)),
            (
                "{allOf: [{type: number}, {type: integer}]}",
                Some(Kind::Integer),
            ),
            ("{description: Anything.}", None),
        ];
        for (schema, kind) in cases {
            with_shape(schema, |shape| assert_eq!(shape.kind, kind, "{schema}"));
        }
    }

    #[test]
    fn what_several_schemas_say_is_kept_together() {
        let schema = "{required: [a], properties: {a: {type: string}}, allOf: [
            {type: object, required: [b], properties: {a: {maxLength: 3}, b: {}}, minProperties: 2},
            {type: object, maxProperties: 5, additionalProperties: false}]}";
        with_shape(schema, |shape| {
            assert_eq!(shape.properties.keys().collect::<Vec<_>>(), [&"a", &"b"]);
            assert_eq!(shape.properties["a"].len(), 2);
            assert_eq!(shape.required.iter().collect::<Vec<_>>(), [&"a", &"b"]);
            assert_eq!((shape.least, shape.most), (2, Some(5)));
            assert!(matches!(shape.additional, Additional::Forbidden));
        });
        let members = "{allOf: [{type: string, enum: [a, b, c]}, {type: string, enum: [b, c, d]}]}";
        with_shape(members, |shape| {
            assert_eq!(shape.members, Some(vec!["b".into(), "c".into()]))
        });
    }

    #[test]
    fn an_open_enumeration_gives_its_members_and_a_variant_its_tag() {
        let open = "{anyOf: [{type: string}, {type: string, enum: [a, b]}]}";
        with_shape(open, |shape| {
            assert_eq!(shape.members, Some(vec!["a".into(), "b".into()]))
        });
        let tagged = "{oneOf: [{$ref: '#/components/schemas/Pet'}], discriminator: {propertyName: kind, mapping: {pet: Pet}}}";
        with_shape(tagged, |shape| {
            assert_eq!(shape.tags, [("kind", "pet".to_owned())])
        });
    }
}
