//! What an operation shows of itself to those who look for pages: inputs, and what its success says.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::{
    Header, Link, MediaType, Parameter, ParameterData, ParameterSchemaOrContent, ReferenceOr,
    Response, Schema, SchemaKind, Type,
};
use serde_json::Value;
use specwright_diagnostics::Pointer;

use super::{infer, plan::RequestPlace};
use crate::{Description, OperationRef, is_json, parameter_data};

/// A schema and where it stands in the normal form.
#[derive(Debug, Clone)]
pub(super) struct Located<'a> {
    pub(super) schema: &'a Schema,
    pub(super) at: Pointer,
}

/// Something that a request can carry.
#[derive(Debug)]
pub(super) struct Input<'a> {
    pub(super) place: RequestPlace,
    /// The last part of the place's name.
    pub(super) name: String,
    pub(super) at: Pointer,
    pub(super) schema: Option<Located<'a>>,
    pub(super) description: Option<&'a str>,
    /// The extensions of a parameter.
    pub(super) extensions: Option<&'a IndexMap<String, Value>>,
}

/// What a successful call gives.
#[derive(Debug)]
pub(super) struct Success<'a> {
    /// The schema of the JSON body.
    pub(super) body: Option<Located<'a>>,
    /// The media type of the body and where it stands.
    pub(super) media: Option<(&'a MediaType, Pointer)>,
    /// The declared headers and where they stand.
    pub(super) headers: Vec<(&'a str, Pointer, Option<&'a Header>)>,
}

/// The kinds of values that matter here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Number,
    Boolean,
    Array,
    Object,
    /// Nothing is said, or more than one thing.
    Open,
}

/// Schemas that a search has been at.
type Visited = BTreeSet<*const Schema>;

/// How deep composed schemas are looked into.
const DEEPEST: usize = 8;

/// How deep members of a request body are inputs: at its top, and in objects whose names speak of pages.
const BODY_DEPTH: usize = 2;

pub(super) fn inputs<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
) -> Vec<Input<'a>> {
    let parameters = description.parameters(operation).into_iter();
    let mut inputs: Vec<_> = parameters
        .filter_map(|(parameter, at)| {
            let data = parameter_data(parameter);
            let place = match parameter {
                Parameter::Query { .. } => RequestPlace::Query(data.name.clone()),
                Parameter::Header { .. } => RequestPlace::Header(data.name.clone()),
                Parameter::Path { .. } | Parameter::Cookie { .. } => return None,
            };
            Some(Input {
                place,
                name: data.name.clone(),
                schema: parameter_schema(description, data, &at),
                at,
                description: data.description.as_deref(),
                extensions: Some(&data.extensions),
            })
        })
        .collect();
    if let Some(body) = request_body(description, operation) {
        members(
            description,
            &body,
            &Pointer::root(),
            BODY_DEPTH,
            &mut inputs,
        );
    }
    inputs
}

/// The schema of the JSON body of the request.
pub(super) fn request_body<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
) -> Option<Located<'a>> {
    let node = operation.operation.request_body.as_ref()?;
    let at = target(node, operation.pointer.join("requestBody"));
    let content = &description.resolve(node)?.object.content;
    let (name, media) = content.iter().find(|(name, _)| is_json(name))?;
    media_schema(description, media, &at.join("content").join(name))
}

fn members<'a>(
    description: &'a Description,
    object: &Located<'a>,
    above: &Pointer,
    depth: usize,
    inputs: &mut Vec<Input<'a>>,
) {
    for (name, member) in properties(description, object) {
        let pointer = above.join(&name);
        let may_group = depth > 1 && (infer::speaks_of_pages(&name) || name == "options");
        if may_group && kind(description, member.schema) == Kind::Object {
            members(description, &member, &pointer, depth - 1, inputs);
        }
        inputs.push(Input {
            place: RequestPlace::Body(pointer),
            name,
            at: member.at.clone(),
            description: member.schema.schema_data.description.as_deref(),
            schema: Some(member),
            extensions: None,
        });
    }
}

fn parameter_schema<'a>(
    description: &'a Description,
    data: &'a ParameterData,
    at: &Pointer,
) -> Option<Located<'a>> {
    match &data.format {
        ParameterSchemaOrContent::Schema(schema) => locate(description, schema, at.join("schema")),
        ParameterSchemaOrContent::Content(_) => None,
    }
}

/// The first success that has a JSON body, else the first of all.
pub(super) fn success<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
) -> Option<Success<'a>> {
    let responses = &operation.operation.responses.responses;
    let above = operation.pointer.join("responses");
    let mut all: Vec<_> = responses
        .iter()
        .filter(|(status, _)| crate::description::is_success(status))
        .collect();
    all.sort_by_key(|(status, _)| crate::description::status_rank(status));
    let mut all: Vec<_> = all
        .into_iter()
        .map(|(status, node)| (status.to_string(), node))
        .collect();
    // Without a documented success, `default` is that of everything (OAS 3.0.3, Responses Object).
    if all.is_empty() {
        let default = operation.operation.responses.default.as_ref();
        all.extend(default.map(|node| ("default".to_owned(), node)));
    }
    let mut all: Vec<Success<'a>> = all
        .into_iter()
        .filter_map(|(status, node)| {
            let at = target(node, above.join(&status));
            let response = description.resolve(node)?.object;
            Some(one_success(description, response, &at))
        })
        .collect();
    let with_body = all.iter().position(|it| it.body.is_some()).unwrap_or(0);
    (with_body < all.len()).then(|| all.swap_remove(with_body))
}

/// The links of successful responses that are written in place, and where they stand.
pub(super) fn links<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
) -> Vec<(&'a Link, Pointer)> {
    let responses = &operation.operation.responses.responses;
    let above = operation.pointer.join("responses");
    let successes = responses
        .iter()
        .filter(|(status, _)| crate::description::is_success(status));
    let links = successes.flat_map(|(status, node)| {
        let at = target(node, above.join(&status.to_string())).join("links");
        let response = description.resolve(node).map(|it| it.object);
        let links = response.into_iter().flat_map(|it| &it.links);
        links.filter_map(move |(name, node)| match node {
            ReferenceOr::Item(link) => Some((link, at.join(name))),
            ReferenceOr::Reference { .. } => None,
        })
    });
    links.collect()
}

fn one_success<'a>(
    description: &'a Description,
    response: &'a Response,
    at: &Pointer,
) -> Success<'a> {
    let located = |name: &str, media: &'a MediaType| {
        let at = at.join("content").join(name);
        let body = media_schema(description, media, &at)?;
        Some((body, (media, at)))
    };
    let found = response
        .content
        .iter()
        .find(|(name, _)| is_json(name))
        .and_then(|(name, media)| located(name, media))
        .or_else(|| {
            // `*/*` with a schema that is no text or file: JSON is the one thing that can carry it.
            let (body, media) = located("*/*", response.content.get("*/*")?)?;
            let kind = kind(description, body.schema);
            matches!(kind, Kind::Object | Kind::Array).then_some((body, media))
        });
    let (body, media) = found.unzip();
    let headers = response.headers.iter().map(|(name, node)| {
        let header = description.resolve(node).map(|it| it.object);
        (name.as_str(), at.join("headers").join(name), header)
    });
    Success {
        body,
        media,
        headers: headers.collect(),
    }
}

fn media_schema<'a>(
    description: &'a Description,
    media: &'a MediaType,
    at: &Pointer,
) -> Option<Located<'a>> {
    locate(description, media.schema.as_ref()?, at.join("schema"))
}

pub(super) fn locate<'a>(
    description: &'a Description,
    node: &'a ReferenceOr<Schema>,
    at: Pointer,
) -> Option<Located<'a>> {
    let schema = description.resolve(node)?.object;
    Some(Located {
        schema,
        at: target(node, at),
    })
}

/// Where the object of a node stands: there, or where its reference leads.
pub(super) fn target<T>(node: &ReferenceOr<T>, at: Pointer) -> Pointer {
    match node {
        ReferenceOr::Item(_) => at,
        ReferenceOr::Reference { reference } => reference
            .strip_prefix('#')
            .and_then(Pointer::parse)
            .unwrap_or(at),
    }
}

/// The properties of an object schema by name, those of its parts and alternatives included; the first of a name
/// counts.
pub(super) fn properties<'a>(
    description: &'a Description,
    object: &Located<'a>,
) -> Vec<(String, Located<'a>)> {
    let mut found = Vec::new();
    gather(
        description,
        object,
        &mut Visited::new(),
        &mut BTreeSet::new(),
        &mut found,
        DEEPEST,
    );
    found
}

fn gather<'a>(
    description: &'a Description,
    object: &Located<'a>,
    visited: &mut Visited,
    names: &mut BTreeSet<&'a str>,
    found: &mut Vec<(String, Located<'a>)>,
    depth: usize,
) {
    if depth == 0 || !visited.insert(std::ptr::from_ref(object.schema)) {
        return;
    }
    let own = match &object.schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => Some(&object.properties),
        SchemaKind::Any(any) => Some(&any.properties),
        _ => None,
    };
    for (name, node) in own.into_iter().flatten() {
        let at = object.at.join("properties").join(name);
        let property = description.resolve_boxed(node);
        if let Some(property) = property.filter(|_| names.insert(name)) {
            let schema = property.object;
            let at = target(node, at);
            found.push((name.clone(), Located { schema, at }));
        }
    }
    for part in parts(description, object) {
        gather(description, &part, visited, names, found, depth - 1);
    }
}

/// The schemas that a schema is composed of.
pub(super) fn parts<'a>(description: &'a Description, of: &Located<'a>) -> Vec<Located<'a>> {
    let lists: Vec<(&str, &'a Vec<ReferenceOr<Schema>>)> = match &of.schema.schema_kind {
        SchemaKind::AllOf { all_of } => vec![("allOf", all_of)],
        SchemaKind::OneOf { one_of } => vec![("oneOf", one_of)],
        SchemaKind::AnyOf { any_of } => vec![("anyOf", any_of)],
        SchemaKind::Any(any) => vec![
            ("allOf", &any.all_of),
            ("oneOf", &any.one_of),
            ("anyOf", &any.any_of),
        ],
        SchemaKind::Type(_) | SchemaKind::Not { .. } => Vec::new(),
    };
    let nodes = lists.into_iter().flat_map(|(keyword, list)| {
        let above = of.at.join(keyword);
        list.iter()
            .enumerate()
            .map(move |(index, node)| (node, above.index(index)))
    });
    nodes
        .filter_map(|(node, at)| locate(description, node, at))
        .collect()
}

/// The schema of the elements of an array, through parts and alternatives.
pub(super) fn elements<'a>(
    description: &'a Description,
    array: &Located<'a>,
) -> Option<Located<'a>> {
    let of = description.items(array.schema)?;
    let at = target(of, array.at.join("items"));
    let schema = description.resolve_boxed(of)?.object;
    Some(Located { schema, at })
}

/// The kind of a schema's instances; null aside.
pub(super) fn kind(description: &Description, schema: &Schema) -> Kind {
    kind_below(description, schema, &mut Visited::new(), DEEPEST)
}

fn kind_below(
    description: &Description,
    schema: &Schema,
    visited: &mut Visited,
    depth: usize,
) -> Kind {
    if depth == 0 || !visited.insert(std::ptr::from_ref(schema)) {
        return Kind::Open;
    }
    let mut of_parts = |parts: &[ReferenceOr<Schema>]| {
        let mut kinds = parts
            .iter()
            .filter_map(|part| description.resolve(part))
            .map(|part| kind_below(description, part.object, visited, depth - 1))
            .filter(|kind| *kind != Kind::Open);
        let first = kinds.next()?;
        let (mut all, mut text) = (true, first == Kind::Text);
        for kind in kinds {
            all &= kind == first;
            text |= kind == Kind::Text;
        }
        // What may be a text or a number is read as a text.
        Some(match (all, text) {
            (true, _) => first,
            (false, true) => Kind::Text,
            (false, false) => Kind::Open,
        })
    };
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(_)) => Kind::Text,
        SchemaKind::Type(Type::Integer(_)) => Kind::Integer,
        SchemaKind::Type(Type::Number(_)) => Kind::Number,
        SchemaKind::Type(Type::Boolean(_)) => Kind::Boolean,
        SchemaKind::Type(Type::Array(_)) => Kind::Array,
        SchemaKind::Type(Type::Object(_)) => Kind::Object,
        SchemaKind::AllOf { all_of: parts }
        | SchemaKind::OneOf { one_of: parts }
        | SchemaKind::AnyOf { any_of: parts } => of_parts(parts).unwrap_or(Kind::Open),
        SchemaKind::Any(any) => match any.typ.as_deref() {
            Some("string") => Kind::Text,
            Some("integer") => Kind::Integer,
            Some("number") => Kind::Number,
            Some("boolean") => Kind::Boolean,
            Some("array") => Kind::Array,
            Some("object") => Kind::Object,
            _ if any.items.is_some() => Kind::Array,
            _ if !any.properties.is_empty() => Kind::Object,
            _ => of_parts(&any.all_of)
                .or_else(|| of_parts(&any.one_of))
                .or_else(|| of_parts(&any.any_of))
                .unwrap_or(Kind::Open),
        },
        SchemaKind::Not { .. } => Kind::Open,
    }
}

impl Located<'_> {
    /// The documented default, if it is a whole number that is not negative; in a text too.
    pub(super) fn default_number(&self) -> Option<u64> {
        number(self.schema.schema_data.default.as_ref()?)
    }

    /// The smallest and largest whole numbers that are allowed.
    pub(super) fn bounds(&self) -> (Option<u64>, Option<u64>) {
        let whole = |number: i64| u64::try_from(number).ok();
        match &self.schema.schema_kind {
            SchemaKind::Type(Type::Integer(integer)) => (
                integer
                    .minimum
                    .and_then(|it| whole(it.saturating_add(i64::from(integer.exclusive_minimum)))),
                integer
                    .maximum
                    .and_then(|it| whole(it.saturating_sub(i64::from(integer.exclusive_maximum)))),
            ),
            SchemaKind::Type(Type::Number(number)) => (
                number.minimum.and_then(floored),
                number.maximum.and_then(floored),
            ),
            SchemaKind::Any(any) => (any.minimum.and_then(floored), any.maximum.and_then(floored)),
            _ => (None, None),
        }
    }

    /// The format of a text, such as `date-time` or `uri`.
    pub(super) fn format(&self) -> Option<String> {
        use openapiv3::{StringFormat, VariantOrUnknownOrEmpty as V};
        match &self.schema.schema_kind {
            SchemaKind::Type(Type::String(text)) => match &text.format {
                V::Item(StringFormat::Date) => Some("date".to_owned()),
                V::Item(StringFormat::DateTime) => Some("date-time".to_owned()),
                V::Unknown(format) => Some(format.clone()),
                V::Item(_) | V::Empty => None,
            },
            SchemaKind::Any(any) => any.format.clone(),
            _ => None,
        }
    }

    /// The example or default, if it is a text.
    pub(super) fn example(&self) -> Option<&str> {
        let data = &self.schema.schema_data;
        let texts = [data.example.as_ref(), data.default.as_ref()];
        texts.into_iter().flatten().find_map(Value::as_str)
    }

    pub(super) fn description(&self) -> &str {
        self.schema
            .schema_data
            .description
            .as_deref()
            .unwrap_or_default()
    }
}

fn number(value: &Value) -> Option<u64> {
    value
        .as_u64()
        .or_else(|| floored(value.as_f64()?))
        .or_else(|| value.as_str()?.trim().parse().ok())
}

/// Bounds in documents may be written with a fraction.
fn floored(number: f64) -> Option<u64> {
    // Beyond 2⁵³ a double is no exact count of items.
    let is_count = (0.0..=9_007_199_254_740_992.0).contains(&number);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range was checked"
    )]
    is_count.then_some(number as u64)
}

/// The schema at a pointer into instances of `from`.
pub(super) fn descend<'a>(
    description: &'a Description,
    from: &Located<'a>,
    pointer: &Pointer,
) -> Option<Located<'a>> {
    let mut at = from.clone();
    for segment in pointer.segments() {
        let property = properties(description, &at)
            .into_iter()
            .find(|(name, _)| *name == segment);
        at = match property {
            Some((_, property)) => property,
            None => {
                let schema = description.step_into(at.schema, &segment)?;
                Located { schema, at: at.at }
            }
        };
    }
    Some(at)
}
