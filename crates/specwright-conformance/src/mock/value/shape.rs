//! What several schemas permit together.
//!
//! Values are generated from a [`Shape`]: references followed, `allOf` merged, and one variant of every `oneOf` and
//! `anyOf` chosen.

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;
use specwright_openapi::{
    Description,
    openapiv3::{ReferenceOr, Schema},
};

use super::limits::{Limits, Range};

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
    /// The property that tells the chosen variant, and its value.
    pub(crate) tag: Option<(&'a str, String)>,
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
            assert_eq!(shape.tag, Some(("kind", "pet".to_owned())))
        });
    }
}
