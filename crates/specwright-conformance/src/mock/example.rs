//! Documented examples of bodies.

use indexmap::IndexMap;
use serde_json::Value;
use specwright_openapi::{
    Description,
    diagnostics::Pointer,
    openapiv3::{Example, MediaType, ReferenceOr, Schema},
};

use super::value::{Additional, Kind, Shape};

/// How deep an example is looked into.
const DEEPEST: usize = 12;

/// How many variants of `oneOf` and `anyOf` are tried.
const MOST_VARIANTS: usize = 16;

/// The example to answer with: that of the media type, the first of its examples that is inline, or the example or the
/// default of the schema; the first of them that fits the schema.
pub(crate) fn fitting<'a>(description: &'a Description, media: &'a MediaType) -> Option<&'a Value> {
    let schema = media.schema.as_ref();
    let schema = schema.and_then(|node| description.resolve(node));
    let schema = schema.map(|it| it.object);
    let mut candidates = all(description, media, schema);
    candidates.find(|value| schema.is_none_or(|schema| fits(description, schema, value)))
}

/// The first example, whether it fits the schema or not.
pub(crate) fn any<'a>(description: &'a Description, media: &'a MediaType) -> Option<&'a Value> {
    let schema = media.schema.as_ref();
    let schema = schema.and_then(|node| description.resolve(node));
    all(description, media, schema.map(|it| it.object)).next()
}

/// The example of this name.
pub(crate) fn named<'a>(
    description: &'a Description,
    media: &'a MediaType,
    name: &str,
) -> Option<&'a Value> {
    let (_, node) = inline(description, &media.examples).find(|(known, _)| *known == name)?;
    Some(node)
}

/// The names of the examples that are inline.
pub(crate) fn names<'a>(
    description: &'a Description,
    media: &'a MediaType,
) -> impl Iterator<Item = &'a str> {
    inline(description, &media.examples).map(|(name, _)| name)
}

/// The first of the examples that is inline.
pub(crate) fn first<'a>(
    description: &'a Description,
    examples: &'a IndexMap<String, ReferenceOr<Example>>,
) -> Option<&'a Value> {
    inline(description, examples).next().map(|(_, value)| value)
}

fn all<'a>(
    description: &'a Description,
    media: &'a MediaType,
    schema: Option<&'a Schema>,
) -> impl Iterator<Item = &'a Value> {
    let data = schema.map(|it| &it.schema_data);
    let of_media = media.example.iter();
    let of_media = of_media.chain(inline(description, &media.examples).map(|(_, value)| value));
    let of_schema = data
        .into_iter()
        .flat_map(|it| it.example.iter().chain(&it.default));
    of_media.chain(of_schema)
}

fn inline<'a>(
    description: &'a Description,
    examples: &'a IndexMap<String, ReferenceOr<Example>>,
) -> impl Iterator<Item = (&'a str, &'a Value)> {
    examples.iter().filter_map(|(name, node)| {
        let value = resolved(description, node)?.value.as_ref()?;
        Some((name.as_str(), value))
    })
}

/// Follows references to `#/components/examples/…`.
fn resolved<'a>(
    description: &'a Description,
    mut node: &'a ReferenceOr<Example>,
) -> Option<&'a Example> {
    let examples = description
        .document()
        .components
        .as_ref()
        .map(|it| &it.examples);
    for _ in 0..DEEPEST {
        match node {
            ReferenceOr::Item(example) => return Some(example),
            ReferenceOr::Reference { reference } => {
                let pointer = Pointer::parse(reference.strip_prefix('#')?)?;
                let section = pointer.parent()?;
                (section.as_str() == "/components/examples").then_some(())?;
                node = examples?.get(&pointer.last()?)?;
            }
        }
    }
    None
}

/// Whether a value fits a schema as far as the generator can tell: types, enumerations and required properties, all
/// the way down. Texts and numbers are not measured.
pub(crate) fn fits(description: &Description, schema: &Schema, value: &Value) -> bool {
    fits_all(description, &[schema], value, 0)
}

fn fits_all(description: &Description, schemas: &[&Schema], value: &Value, depth: usize) -> bool {
    if depth > DEEPEST {
        return true;
    }
    let mut variants = 1;
    let mut variant = 0;
    while variant < variants.min(MOST_VARIANTS) {
        let shape = Shape::of(description, schemas, &mut |all| {
            variants = variants.max(all.len());
            variant.min(all.len().saturating_sub(1))
        });
        if fits_shape(description, &shape, value, depth) {
            return true;
        }
        variant += 1;
    }
    false
}

fn fits_shape(description: &Description, shape: &Shape<'_>, value: &Value, depth: usize) -> bool {
    if value.is_null() {
        return shape.nullable || shape.kind.is_none();
    }
    if let Some(members) = &shape.members {
        return members.contains(value);
    }
    let below = |schemas: &[&Schema], value: &Value| {
        schemas.is_empty() || fits_all(description, schemas, value, depth + 1)
    };
    match (shape.kind, value) {
        (None, _)
        | (Some(Kind::String), Value::String(_))
        | (Some(Kind::Number), Value::Number(_))
        | (Some(Kind::Boolean), Value::Bool(_)) => true,
        (Some(Kind::Integer), Value::Number(number)) => {
            number.is_i64()
                || number.is_u64()
                || number.as_f64().is_some_and(|it| it.fract() == 0.0)
        }
        (Some(Kind::Array), Value::Array(elements)) => {
            elements.len() >= shape.least
                && shape.most.is_none_or(|most| elements.len() <= most)
                && elements.iter().all(|it| below(&shape.items, it))
        }
        (Some(Kind::Object), Value::Object(members)) => {
            shape.required.iter().all(|name| {
                members.contains_key(*name)
                    || shape
                        .properties
                        .get(name)
                        .is_some_and(|schemas| schemas.iter().any(|it| it.schema_data.write_only))
            }) && members.iter().all(|(name, value)| {
                match (shape.properties.get(name.as_str()), &shape.additional) {
                    (Some(schemas), _) => below(schemas, value),
                    (None, Additional::Forbidden) => false,
                    (None, Additional::Unsaid) => true,
                    (None, Additional::Declared(schemas)) => below(schemas, value),
                }
            })
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use specwright_openapi::{MemoryLoader, load};

    use super::*;

    fn check(schema: &str, value: &Value) -> bool {
        let text = format!(
            "{{openapi: 3.0.3, info: {{title: T, version: '1'}}, paths: {{}}, components: {{schemas: {{S: {schema}}}}}}}"
        );
        let loaded = load("api.yaml", &MemoryLoader::default().with("api.yaml", text)).unwrap();
        let description = loaded.description.unwrap();
        let schema = description
            .component::<Schema>("#/components/schemas/S")
            .unwrap();
        fits(&description, schema.object, value)
    }

    #[test]
    fn examples_of_another_type_do_not_fit() {
        let object = "{type: object, required: [a], properties: {a: {type: integer}, b: {type: array, items: {type: string, enum: [x]}}}}";
        for (value, expected) in [
            (json!({ "a": 1 }), true),
            (json!({ "a": 1.0, "b": ["x"], "c": null }), true),
            (json!({ "a": "1" }), false),
            (json!({ "b": [] }), false),
            (json!({ "a": 1, "b": ["y"] }), false),
            (json!([]), false),
            (json!(null), false),
        ] {
            assert_eq!(check(object, &value), expected, "{value}");
        }
    }

    #[test]
    fn one_variant_that_fits_is_enough() {
        let either = "{oneOf: [{type: string}, {type: object, additionalProperties: false, properties: {a: {type: boolean}}}]}";
        for (value, expected) in [
            (json!("x"), true),
            (json!({ "a": true }), true),
            (json!({ "b": true }), false),
            (json!(1), false),
        ] {
            assert_eq!(check(either, &value), expected, "{value}");
        }
    }
}
