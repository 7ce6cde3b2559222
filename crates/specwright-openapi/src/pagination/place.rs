//! What a description says about the values that a plan names, for those who judge documents.

use std::collections::BTreeSet;

use openapiv3::{Example, ParameterSchemaOrContent, ReferenceOr, Schema, SchemaKind, Type};
use serde_json::Value;
use specwright_diagnostics::Pointer;

use super::{
    infer,
    plan::{RequestPlace, ResponsePlace},
    surface::{self, Kind, Located},
};
use crate::{Description, OperationRef, parameter_data};

/// What is said about a value that a request or a response carries.
#[derive(Debug, Clone)]
pub struct PlaceSchema<'a> {
    /// The schema, references followed; `None` if a parameter or header has none.
    pub schema: Option<&'a Schema>,
    /// Where the schema stands in the normal form.
    pub pointer: Pointer,
    /// Where the parameter, header or property stands in the normal form.
    pub holder: Pointer,
    /// The type of the value in the words of JSON Schema; `None` if nothing or more than one thing is said.
    pub kind: Option<&'static str>,
    /// Whether every request or response has it, the objects around it included.
    pub is_required: bool,
    /// Whether the object that holds it requires other members.
    pub has_required_neighbours: bool,
    /// Whether it, or an object around it, may be `null`.
    pub may_be_null: bool,
    /// The description of the parameter, and that of the schema.
    pub descriptions: [Option<&'a str>; 2],
    /// The default, if it is a whole number that is not negative.
    pub default: Option<u64>,
    /// The smallest number that is allowed.
    pub minimum: Option<u64>,
    /// The largest number that is allowed.
    pub maximum: Option<u64>,
    /// Whether the allowed values are listed.
    pub has_enum: bool,
}

/// How deep composed schemas are looked into.
const DEEPEST: usize = 8;

/// The same where all alternatives have to agree.
const DEEPEST_PARTS: usize = 4;

type Visited = BTreeSet<*const Schema>;

/// What is said about the value that a request carries at a place; `None` if there is no such place.
#[must_use]
pub fn request_schema<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
    place: &RequestPlace,
) -> Option<PlaceSchema<'a>> {
    let (of, name) = match place {
        RequestPlace::Body(pointer) => {
            let body = surface::request_body(description, operation)?;
            return descend(description, body, pointer);
        }
        RequestPlace::Query(name) => ("query", name),
        RequestPlace::Header(name) => ("header", name),
    };
    let parameters = description.parameters(operation).into_iter();
    let mut named = parameters.filter(|(parameter, _)| {
        let (found, at) = crate::parameter_key(parameter);
        at == of && (found == name || at == "header" && found.eq_ignore_ascii_case(name))
    });
    let (parameter, holder) = named.next()?;
    let data = parameter_data(parameter);
    let schema = match &data.format {
        ParameterSchemaOrContent::Schema(node) => Some(node),
        ParameterSchemaOrContent::Content(_) => None,
    };
    let mut found = of_node(description, schema, holder);
    found.is_required = data.required;
    let [about, _] = &mut found.descriptions;
    *about = data.description.as_deref();
    Some(found)
}

/// What is said about the value that a successful response has at a place; `None` if there is no such place.
#[must_use]
pub fn response_schema<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
    items: &Pointer,
    place: &ResponsePlace,
) -> Option<PlaceSchema<'a>> {
    let success = surface::success(description, operation)?;
    match place {
        ResponsePlace::Body(pointer) => descend(description, success.body?, pointer),
        ResponsePlace::LastItem(field) | ResponsePlace::FirstItem(field) => {
            let items = surface::descend(description, &success.body?, items)?;
            descend(description, surface::elements(description, &items)?, field)
        }
        ResponsePlace::Header(name) => {
            let mut headers = success.headers.into_iter();
            let (_, holder, header) = headers.find(|(it, ..)| it.eq_ignore_ascii_case(name))?;
            let header = header?;
            let schema = match &header.format {
                ParameterSchemaOrContent::Schema(node) => Some(node),
                ParameterSchemaOrContent::Content(_) => None,
            };
            let mut found = of_node(description, schema, holder);
            found.is_required = header.required;
            let [about, _] = &mut found.descriptions;
            *about = header.description.as_deref();
            Some(found)
        }
    }
}

/// The names of the members that the body of a successful response may have: its own, and those of objects in it.
#[must_use]
pub fn response_members(description: &Description, operation: &OperationRef<'_>) -> Vec<String> {
    let body = surface::success(description, operation).and_then(|it| it.body);
    let Some(body) = body else { return Vec::new() };
    let mut names = Vec::new();
    for (name, member) in surface::properties(description, &body) {
        names.push(name);
        if surface::kind(description, member.schema) == Kind::Object {
            let below = surface::properties(description, &member);
            names.extend(below.into_iter().map(|(name, _)| name));
        }
    }
    names
}

/// The names of the headers that a successful response declares.
#[must_use]
pub fn response_headers<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
) -> Vec<&'a str> {
    let success = surface::success(description, operation);
    let headers = success.into_iter().flat_map(|it| it.headers);
    headers.map(|(name, ..)| name).collect()
}

/// The examples of the body of a successful response, each with its place in the normal form.
#[must_use]
pub fn response_examples<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
) -> Vec<(&'a Value, Pointer)> {
    let Some(success) = surface::success(description, operation) else {
        return Vec::new();
    };
    let mut examples = Vec::new();
    if let Some((media, at)) = success.media {
        examples.extend(media.example.as_ref().map(|it| (it, at.join("example"))));
        for (name, node) in &media.examples {
            let found = match node {
                ReferenceOr::Item(example) => Some((example, at.join("examples").join(name))),
                ReferenceOr::Reference { reference } => component(description, reference),
            };
            let value = found.and_then(|(it, at)| Some((it.value.as_ref()?, at.join("value"))));
            examples.extend(value);
        }
    }
    // An example of the media type overrides that of the schema (OAS 3.0.4, Media Type Object).
    if let (true, Some(body)) = (examples.is_empty(), success.body) {
        let own = body.schema.schema_data.example.as_ref();
        examples.extend(own.map(|it| (it, body.at.join("example"))));
    }
    examples
}

/// The one array of objects that a successful response holds at its top or one level below; `None` if the response is a
/// single thing, or could hold its items in several places, or bounds how many there are.
#[must_use]
pub fn unpaged_items<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
) -> Option<PlaceSchema<'a>> {
    let body = surface::success(description, operation)?.body?;
    let array = descend(description, body.clone(), &only_array(description, &body)?)?;
    let located = Located {
        schema: array.schema?,
        at: array.pointer.clone(),
    };
    let is_bounded = match &located.schema.schema_kind {
        SchemaKind::Type(Type::Array(array)) => array.max_items.is_some(),
        SchemaKind::Any(any) => any.max_items.is_some(),
        _ => false,
    };
    let element = surface::elements(description, &located)?;
    let of_objects = surface::kind(description, element.schema) == Kind::Object;
    (of_objects && !is_bounded).then_some(array)
}

fn only_array(description: &Description, body: &Located<'_>) -> Option<Pointer> {
    let kind = |of: &Located<'_>| surface::kind(description, of.schema);
    if kind(body) == Kind::Array {
        return Some(Pointer::root());
    }
    let mut arrays = Vec::new();
    for (name, member) in surface::properties(description, body) {
        let at = Pointer::root().join(&name);
        match kind(&member) {
            // What has an identity is one thing.
            Kind::Text | Kind::Integer if matches!(name.as_str(), "id" | "uuid") => return None,
            Kind::Array => arrays.push(at),
            Kind::Object => {
                let below = surface::properties(description, &member);
                let below = below.iter().filter(|(_, it)| kind(it) == Kind::Array);
                arrays.extend(below.map(|(name, _)| at.join(name)));
            }
            _ => {}
        }
    }
    match arrays.as_slice() {
        [array] => Some(array.clone()),
        _ => None,
    }
}

/// Whether an input of this name usually takes a page size.
#[must_use]
pub fn is_size_name(name: &str) -> bool {
    infer::is_size_name(name)
}

/// Whether an input of this name may take a position.
#[must_use]
pub fn is_position_name(name: &str) -> bool {
    infer::is_position_name(name)
}

fn component<'a>(description: &'a Description, reference: &str) -> Option<(&'a Example, Pointer)> {
    let name = reference.strip_prefix("#/components/examples/")?;
    let components = description.document().components.as_ref()?;
    match components.examples.get(name)? {
        ReferenceOr::Item(example) => {
            let at = Pointer::root().join("components").join("examples");
            Some((example, at.join(name)))
        }
        ReferenceOr::Reference { .. } => None,
    }
}

fn of_node<'a>(
    description: &'a Description,
    node: Option<&'a ReferenceOr<Schema>>,
    holder: Pointer,
) -> PlaceSchema<'a> {
    let located = node.and_then(|it| surface::locate(description, it, holder.join("schema")));
    match located {
        Some(located) => of_schema(description, &located, holder),
        None => PlaceSchema {
            schema: None,
            pointer: holder.clone(),
            holder,
            kind: None,
            is_required: false,
            has_required_neighbours: false,
            may_be_null: false,
            descriptions: [None, None],
            default: None,
            minimum: None,
            maximum: None,
            has_enum: false,
        },
    }
}

fn of_schema<'a>(
    description: &'a Description,
    located: &Located<'a>,
    holder: Pointer,
) -> PlaceSchema<'a> {
    let mut found = PlaceSchema {
        schema: Some(located.schema),
        pointer: located.at.clone(),
        holder,
        kind: kind(description, located.schema),
        is_required: false,
        has_required_neighbours: false,
        may_be_null: false,
        descriptions: [None, located.schema.schema_data.description.as_deref()],
        default: None,
        minimum: None,
        maximum: None,
        has_enum: false,
    };
    gather(
        description,
        located,
        &mut found,
        &mut Visited::new(),
        DEEPEST,
    );
    found
}

/// What a schema and its parts say of bounds and `null`.
fn gather<'a>(
    description: &'a Description,
    located: &Located<'a>,
    into: &mut PlaceSchema<'a>,
    visited: &mut Visited,
    depth: usize,
) {
    if depth == 0 || !visited.insert(std::ptr::from_ref(located.schema)) {
        return;
    }
    let (minimum, maximum) = located.bounds();
    into.default = into.default.or(located.default_number());
    into.minimum = into.minimum.or(minimum);
    into.maximum = into.maximum.or(maximum);
    into.may_be_null |= located.schema.schema_data.nullable;
    into.has_enum |= has_enum(located.schema);
    for part in surface::parts(description, located) {
        gather(description, &part, into, visited, depth - 1);
    }
}

fn has_enum(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Integer(it)) => !it.enumeration.is_empty(),
        SchemaKind::Type(Type::Number(it)) => !it.enumeration.is_empty(),
        SchemaKind::Type(Type::String(it)) => !it.enumeration.is_empty(),
        SchemaKind::Any(any) => !any.enumeration.is_empty(),
        _ => false,
    }
}

/// The type, unless there are alternatives.
fn kind(description: &Description, schema: &Schema) -> Option<&'static str> {
    let has_alternatives = match &schema.schema_kind {
        SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } => true,
        SchemaKind::Any(any) => !any.one_of.is_empty() || !any.any_of.is_empty(),
        _ => false,
    };
    if has_alternatives {
        return None;
    }
    match surface::kind(description, schema) {
        Kind::Text => Some("string"),
        Kind::Integer => Some("integer"),
        Kind::Number => Some("number"),
        Kind::Boolean => Some("boolean"),
        Kind::Array => Some("array"),
        Kind::Object => Some("object"),
        Kind::Open => None,
    }
}

/// What is said of the value at a pointer into instances of `from`.
fn descend<'a>(
    description: &'a Description,
    from: Located<'a>,
    pointer: &Pointer,
) -> Option<PlaceSchema<'a>> {
    let mut at = from;
    let (mut is_required, mut may_be_null) = (true, false);
    let mut has_required_neighbours = false;
    let mut holder = at.at.clone();
    for segment in pointer.segments() {
        may_be_null |= of_schema(description, &at, holder).may_be_null;
        is_required &= requires(description, at.schema, &|it| it == segment, DEEPEST_PARTS);
        has_required_neighbours =
            requires(description, at.schema, &|it| it != segment, DEEPEST_PARTS);
        (at, holder) = property(description, &at, &segment, &mut Visited::new(), DEEPEST)?;
    }
    let mut found = of_schema(description, &at, holder);
    found.is_required = is_required;
    found.has_required_neighbours = has_required_neighbours;
    found.may_be_null |= may_be_null;
    Some(found)
}

/// A property of an object schema or of its parts: its schema, and where the property itself stands.
fn property<'a>(
    description: &'a Description,
    object: &Located<'a>,
    name: &str,
    visited: &mut Visited,
    depth: usize,
) -> Option<(Located<'a>, Pointer)> {
    if depth == 0 || !visited.insert(std::ptr::from_ref(object.schema)) {
        return None;
    }
    let own = match &object.schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => object.properties.get(name),
        SchemaKind::Any(any) => any.properties.get(name),
        _ => None,
    };
    if let Some(node) = own {
        let holder = object.at.join("properties").join(name);
        let schema = description.resolve_boxed(node)?.object;
        let at = surface::target(node, holder.clone());
        return Some((Located { schema, at }, holder));
    }
    let mut parts = surface::parts(description, object).into_iter();
    parts.find_map(|part| property(description, &part, name, visited, depth - 1))
}

/// Whether every instance has a member whose name is wanted: the schema or an `allOf` part says so, or all alternatives
/// do.
fn requires(
    description: &Description,
    schema: &Schema,
    wanted: &dyn Fn(&str) -> bool,
    depth: usize,
) -> bool {
    type Nodes<'a> = &'a [ReferenceOr<Schema>];
    let none: Nodes<'_> = &[];
    let (own, all_of, one_of, any_of): (&[String], Nodes<'_>, Nodes<'_>, Nodes<'_>) =
        match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => (&object.required, none, none, none),
            SchemaKind::Any(any) => (&any.required, &any.all_of, &any.one_of, &any.any_of),
            SchemaKind::AllOf { all_of } => (&[], all_of, none, none),
            SchemaKind::OneOf { one_of } => (&[], none, one_of, none),
            SchemaKind::AnyOf { any_of } => (&[], none, none, any_of),
            SchemaKind::Type(_) | SchemaKind::Not { .. } => return false,
        };
    let says = |node: &ReferenceOr<Schema>| {
        let part = description.resolve(node);
        depth > 0 && part.is_some_and(|it| requires(description, it.object, wanted, depth - 1))
    };
    own.iter().any(|it| wanted(it))
        || all_of.iter().any(says)
        || !one_of.is_empty() && one_of.iter().all(says)
        || !any_of.is_empty() && any_of.iter().all(says)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{MemoryLoader, load};

    const TEXT: &str = "
openapi: 3.0.4
info: {title: A, version: '1'}
paths:
  /cats:
    get:
      parameters:
        - {name: limit, in: query, required: true, schema: {allOf: [{$ref: '#/components/schemas/Size'}], default: 5}}
      responses:
        '200':
          description: Cats.
          headers: {X-Total: {required: true, schema: {type: integer}}}
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Page'}
              examples:
                one: {value: {cats: []}}
                two: {$ref: '#/components/examples/Two'}
components:
  examples:
    Two: {value: {cats: [{}]}}
  schemas:
    Size: {type: integer, minimum: 1, maximum: 9}
    Base: {type: object, required: [meta], properties: {meta: {$ref: '#/components/schemas/Meta'}}}
    Meta: {type: object, nullable: true, properties: {next: {type: string}, page: {type: integer}}, required: [page]}
    Page:
      oneOf:
        - allOf: [{$ref: '#/components/schemas/Base'}]
        - allOf: [{$ref: '#/components/schemas/Base'}]
          properties: {cats: {type: array, items: {type: object}}}
";

    fn with(test: impl Fn(&Description, &OperationRef<'_>)) {
        let loaded = load("a.yaml", &MemoryLoader::default().with("a.yaml", TEXT)).unwrap();
        let description = loaded.description.unwrap();
        let operation = description.operations().next().unwrap();
        test(&description, &operation);
    }

    #[test]
    fn a_parameter_says_what_its_parts_say() {
        with(|description, operation| {
            let place = RequestPlace::Query("limit".to_owned());
            let limit = request_schema(description, operation, &place).unwrap();
            assert_eq!(limit.kind, Some("integer"));
            assert_eq!(
                (limit.minimum, limit.maximum, limit.default),
                (Some(1), Some(9), Some(5))
            );
            assert!(limit.is_required && !limit.may_be_null && !limit.has_enum);
            assert_eq!(limit.holder.as_str(), "/paths/~1cats/get/parameters/0");
        });
    }

    #[test]
    fn what_all_alternatives_require_is_required_unless_something_around_it_may_be_null() {
        with(|description, operation| {
            let at = |text: &str| {
                let place = ResponsePlace::parse(text).unwrap();
                response_schema(description, operation, &Pointer::root(), &place).unwrap()
            };
            let (meta, page, next) = (at("/meta"), at("/meta/page"), at("/meta/next"));
            assert!(meta.is_required && meta.may_be_null);
            assert_eq!(
                meta.holder.as_str(),
                "/components/schemas/Base/properties/meta"
            );
            assert_eq!(meta.pointer.as_str(), "/components/schemas/Meta");
            assert!(page.is_required && page.may_be_null && !page.has_required_neighbours);
            assert!(!next.is_required && next.has_required_neighbours);
            assert!(at("header:x-total").is_required);
            assert!(!at("/cats").is_required);
        });
    }

    #[test]
    fn examples_are_followed() {
        with(|description, operation| {
            let examples = response_examples(description, operation);
            let places: Vec<&str> = examples.iter().map(|(_, at)| at.as_str()).collect();
            let own =
                "/paths/~1cats/get/responses/200/content/application~1json/examples/one/value";
            assert_eq!(places, [own, "/components/examples/Two/value"]);
        });
    }
}
