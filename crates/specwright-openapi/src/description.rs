//! A description with typed objects and resolved references.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, Callback, Components, Header, OpenAPI, Parameter,
    ParameterData, PathItem, ReferenceOr, RequestBody, Response, Schema, SchemaKind,
    SecurityRequirement, SecurityScheme, Server, Type,
};
use specwright_diagnostics::{Diagnostic, FileId, Pointer, Severity};

use crate::origins::Origins;

/// An OpenAPI description in the 3.0-shaped normal form.
///
/// References are kept where they stand and can be resolved; every one leads into the Components Object.
#[derive(Debug)]
pub struct Description {
    document: OpenAPI,
    origins: Origins,
    webhooks: IndexMap<String, PathItem>,
    /// By path and method: operations for which `openapiv3` has no field.
    further: IndexMap<String, IndexMap<String, openapiv3::Operation>>,
    /// References that lead to nothing usable: where they stand in their files, and why.
    broken: Vec<(FileId, Pointer, String)>,
}

/// One operation with its surroundings.
#[derive(Debug, Clone)]
pub struct OperationRef<'a> {
    /// The path template, for example `/users/{id}`.
    pub path: &'a str,
    /// The method as it is sent, for example `GET`.
    pub method: &'a str,
    /// The Path Item Object that holds the operation.
    pub item: &'a PathItem,
    /// The Operation Object.
    pub operation: &'a openapiv3::Operation,
    /// Where the operation stands in the normal form.
    pub pointer: Pointer,
}

/// How many references may follow each other.
const LONGEST_CHAIN: usize = 64;

/// The schemas that a search has been at, which may be composed of each other or of themselves.
#[derive(Default)]
struct Visited(BTreeSet<*const Schema>);

impl Visited {
    fn first_visit(&mut self, schema: &Schema) -> bool {
        self.0.insert(std::ptr::from_ref(schema))
    }
}

/// Something in the Components Object that references can lead to.
pub trait Component: Sized {
    /// The name of the section, for example `schemas`.
    const SECTION: &'static str;

    /// The entry `name` of the section, with the name as the section holds it.
    fn find<'a>(components: &'a Components, name: &str)
    -> Option<(&'a str, &'a ReferenceOr<Self>)>;
}

macro_rules! component {
    ($($object:ident in $field:ident, $section:literal;)*) => {$(
        impl Component for $object {
            const SECTION: &'static str = $section;

            fn find<'a>(components: &'a Components, name: &str) -> Option<(&'a str, &'a ReferenceOr<Self>)> {
                let (name, node) = components.$field.get_key_value(name)?;
                Some((name, node))
            }
        }
    )*};
}

component! {
    Schema in schemas, "schemas";
    Response in responses, "responses";
    Parameter in parameters, "parameters";
    RequestBody in request_bodies, "requestBodies";
    Header in headers, "headers";
    SecurityScheme in security_schemes, "securitySchemes";
    Callback in callbacks, "callbacks";
}

/// An object at the end of a chain of references.
#[derive(Debug, Clone, Copy)]
pub struct Resolved<'a, T> {
    /// The object.
    pub object: &'a T,
    /// The name of the component that it is, if a reference led to it.
    pub name: Option<&'a str>,
}

impl Description {
    pub(crate) fn new(document: OpenAPI, origins: Origins) -> Self {
        Self {
            document,
            origins,
            webhooks: IndexMap::new(),
            further: IndexMap::new(),
            broken: Vec::new(),
        }
    }

    /// Remembers the references that errors were found at.
    pub(crate) fn remember_broken(&mut self, diagnostics: &[Diagnostic]) {
        let errors = diagnostics
            .iter()
            .filter(|it| it.severity == Severity::Error && it.rule.name.starts_with("reference/"));
        let broken =
            errors.filter_map(|it| Some((it.file?, it.pointer.clone(), it.message.clone())));
        self.broken = broken.collect();
    }

    /// Why references below `pointer` of the normal form lead to nothing usable, so that what they stand for is missing.
    pub fn broken_references(&self, pointer: &Pointer) -> impl Iterator<Item = &str> {
        let place = (!self.broken.is_empty()).then(|| self.origin(pointer));
        let broken = self.broken.iter();
        broken.filter_map(move |(file, at, message)| {
            let (of, origin) = place.as_ref()?;
            (of == file && at.strip_prefix(origin).is_some()).then_some(message.as_str())
        })
    }

    pub(crate) fn with_webhooks(self, webhooks: IndexMap<String, PathItem>) -> Self {
        Self { webhooks, ..self }
    }

    pub(crate) fn with_further_operations(
        self,
        further: IndexMap<String, IndexMap<String, openapiv3::Operation>>,
    ) -> Self {
        Self { further, ..self }
    }

    /// The webhooks by name (from 3.1 on): what the API sends to its users.
    pub fn webhooks(&self) -> impl Iterator<Item = (&str, &PathItem)> {
        self.webhooks
            .iter()
            .map(|(name, item)| (name.as_str(), item))
    }

    /// The whole normal form.
    #[must_use]
    pub fn document(&self) -> &OpenAPI {
        &self.document
    }

    /// The file and the pointer in it from which the object at `pointer` of the normal form was read.
    #[must_use]
    pub fn origin(&self, pointer: &Pointer) -> (FileId, Pointer) {
        self.origins.of(pointer)
    }

    /// Every operation, in the order of the paths and, within one, of the methods in the specification.
    pub fn operations(&self) -> impl Iterator<Item = OperationRef<'_>> {
        let paths = self.document.paths.paths.iter();
        paths.flat_map(|(path, item)| self.operations_of(path, item))
    }

    /// The operation of this path template and method, found without going through all of them.
    #[must_use]
    pub fn operation_at(&self, path: &str, method: &str) -> Option<OperationRef<'_>> {
        let (path, item) = self.document.paths.paths.get_key_value(path)?;
        self.operations_of(path, item)
            .find(|it| it.method == method)
    }

    fn operations_of<'a>(
        &'a self,
        path: &'a str,
        item: &'a ReferenceOr<PathItem>,
    ) -> impl Iterator<Item = OperationRef<'a>> {
        let item = match item {
            ReferenceOr::Item(item) => Some(item),
            ReferenceOr::Reference { .. } => None,
        };
        let further = self.further.get(path);
        item.into_iter()
            .flat_map(move |item| operations_of(path, item, further))
    }

    /// Follows a reference to its end; `None` if it leads nowhere or in a circle, which loading has reported.
    #[must_use]
    pub fn resolve<'a, T: Component>(
        &'a self,
        node: &'a ReferenceOr<T>,
    ) -> Option<Resolved<'a, T>> {
        match node {
            ReferenceOr::Item(object) => Some(Resolved { object, name: None }),
            ReferenceOr::Reference { reference } => self.component(reference),
        }
    }

    /// Like [`Description::resolve`] for the boxed schemas of properties and items.
    #[must_use]
    pub fn resolve_boxed<'a>(
        &'a self,
        node: &'a ReferenceOr<Box<Schema>>,
    ) -> Option<Resolved<'a, Schema>> {
        match node {
            ReferenceOr::Item(object) => Some(Resolved { object, name: None }),
            ReferenceOr::Reference { reference } => self.component(reference),
        }
    }

    /// The component that a reference such as `#/components/schemas/User` leads to, through further references.
    ///
    /// The name is that of the first component: it is what the author calls the object at this place.
    #[must_use]
    pub fn component<'a, T: Component>(&'a self, reference: &'a str) -> Option<Resolved<'a, T>> {
        let components = self.document.components.as_ref()?;
        let (name, mut node) = T::find(components, &component_name(reference, T::SECTION)?)?;
        for _ in 0..LONGEST_CHAIN {
            match node {
                ReferenceOr::Item(object) => {
                    let name = Some(name);
                    return Some(Resolved { object, name });
                }
                ReferenceOr::Reference { reference } => {
                    node = T::find(components, &component_name(reference, T::SECTION)?)?.1;
                }
            }
        }
        None
    }

    /// The parameters of an operation: those of its path item, unless it has one of the same name and place itself.
    ///
    /// Each with the pointer at which it (or the reference to it) stands.
    #[must_use]
    pub fn parameters<'a>(&'a self, operation: &OperationRef<'a>) -> Vec<(&'a Parameter, Pointer)> {
        let item = Pointer::root().join("paths").join(operation.path);
        let own = self.resolve_all(&operation.operation.parameters, &operation.pointer);
        let inherited = self.resolve_all(&operation.item.parameters, &item);
        let mut parameters: Vec<_> = inherited
            .into_iter()
            .filter(|(parameter, _)| {
                !own.iter()
                    .any(|(it, _)| parameter_key(it) == parameter_key(parameter))
            })
            .collect();
        parameters.extend(own);
        parameters
    }

    fn resolve_all<'a>(
        &'a self,
        nodes: &'a [ReferenceOr<Parameter>],
        below: &Pointer,
    ) -> Vec<(&'a Parameter, Pointer)> {
        let list = below.join("parameters");
        let resolved = nodes.iter().enumerate().filter_map(|(index, node)| {
            let found = self.resolve(node)?;
            Some((found.object, list.index(index)))
        });
        resolved.collect()
    }

    /// The callbacks of an operation by name, those that it refers to included.
    #[must_use]
    pub fn callbacks<'a>(&'a self, operation: &OperationRef<'a>) -> Vec<(&'a str, &'a Callback)> {
        let own = operation.operation.callbacks.iter();
        let mut callbacks: Vec<_> = own
            .map(|(name, callback)| (name.as_str(), callback))
            .collect();
        let carried = operation.operation.extensions.get(crate::typed::CALLBACKS);
        let references = carried
            .and_then(serde_json::Value::as_object)
            .into_iter()
            .flatten();
        callbacks.extend(references.filter_map(|(name, reference)| {
            let found = self.component(reference.as_str()?)?;
            Some((name.as_str(), found.object))
        }));
        callbacks
    }

    /// The servers of an operation: its own, or its path item's, or the document's (OAS 3.0.3, Server Object).
    #[must_use]
    pub fn servers<'a>(&'a self, operation: &OperationRef<'a>) -> &'a [Server] {
        let candidates = [
            &operation.operation.servers,
            &operation.item.servers,
            &self.document.servers,
        ];
        candidates
            .into_iter()
            .find(|list| !list.is_empty())
            .map_or(&[], Vec::as_slice)
    }

    /// The security requirements of an operation: its own, or the document's; empty if it is open to all.
    #[must_use]
    pub fn security<'a>(&'a self, operation: &OperationRef<'a>) -> &'a [SecurityRequirement] {
        let own = operation.operation.security.as_ref();
        own.or(self.document.security.as_ref())
            .map_or(&[], Vec::as_slice)
    }

    /// The schema of the JSON body of the response that a successful call gives, with its media type.
    #[must_use]
    pub fn success_schema<'a>(
        &'a self,
        operation: &OperationRef<'a>,
    ) -> Option<&'a ReferenceOr<Schema>> {
        let responses = &operation.operation.responses.responses;
        let mut successes: Vec<_> = responses
            .iter()
            .filter(|(status, _)| is_success(status))
            .collect();
        successes.sort_by_key(|(status, _)| status_rank(status));
        successes.into_iter().find_map(|(_, response)| {
            let response = self.resolve(response)?.object;
            let media = response.content.iter().find(|(name, _)| is_json(name))?.1;
            media.schema.as_ref()
        })
    }

    /// The schema at a JSON pointer into instances of `schema`, through references, `allOf` and nullable wrappers.
    ///
    /// Numeric segments step into arrays.
    #[must_use]
    pub fn schema_at<'a>(
        &'a self,
        schema: &'a ReferenceOr<Schema>,
        pointer: &Pointer,
    ) -> Option<&'a Schema> {
        let mut at = self.resolve(schema)?.object;
        for segment in pointer.segments() {
            at = self.step_into(at, &segment)?;
        }
        Some(at)
    }

    /// The schema one step into instances of `schema`, as [`Description::schema_at`] goes.
    pub(crate) fn step_into<'a>(&'a self, schema: &'a Schema, segment: &str) -> Option<&'a Schema> {
        self.step(schema, segment, &mut Visited::default())
    }

    fn step<'a>(
        &'a self,
        schema: &'a Schema,
        segment: &str,
        visited: &mut Visited,
    ) -> Option<&'a Schema> {
        visited.first_visit(schema).then_some(())?;
        let mut below = |parts: &'a [ReferenceOr<Schema>]| {
            parts
                .iter()
                .filter_map(|part| self.resolve(part))
                .find_map(|part| self.step(part.object, segment, visited))
        };
        match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => match object.properties.get(segment) {
                Some(property) => self.resolve_boxed(property).map(|it| it.object),
                None => self.additional(object.additional_properties.as_ref()),
            },
            SchemaKind::Type(Type::Array(array)) => {
                segment.parse::<usize>().ok()?;
                self.resolve_boxed(array.items.as_ref()?)
                    .map(|it| it.object)
            }
            SchemaKind::Any(any) => self.step_any(any, segment).or_else(|| below(&any.all_of)),
            SchemaKind::AllOf { all_of: parts }
            | SchemaKind::OneOf { one_of: parts }
            | SchemaKind::AnyOf { any_of: parts } => below(parts),
            SchemaKind::Type(_) | SchemaKind::Not { .. } => None,
        }
    }

    fn step_any<'a>(&'a self, any: &'a AnySchema, segment: &str) -> Option<&'a Schema> {
        let child = any.properties.get(segment).or_else(|| {
            segment.parse::<usize>().ok()?;
            any.items.as_ref()
        });
        match child {
            Some(child) => self.resolve_boxed(child).map(|it| it.object),
            None => self.additional(any.additional_properties.as_ref()),
        }
    }

    fn additional<'a>(
        &'a self,
        additional: Option<&'a AdditionalProperties>,
    ) -> Option<&'a Schema> {
        match additional? {
            AdditionalProperties::Schema(schema) => self.resolve(schema).map(|it| it.object),
            AdditionalProperties::Any(_) => None,
        }
    }

    /// Whether instances of the schema are arrays, through references and `allOf`.
    #[must_use]
    pub fn is_array(&self, schema: &Schema) -> bool {
        self.items(schema).is_some()
            || matches!(&schema.schema_kind, SchemaKind::Type(Type::Array(_)))
    }

    /// The schema of the elements of an array schema, through `allOf` and nullable wrappers.
    #[must_use]
    pub fn items<'a>(&'a self, schema: &'a Schema) -> Option<&'a ReferenceOr<Box<Schema>>> {
        self.items_below(schema, &mut Visited::default())
    }

    fn items_below<'a>(
        &'a self,
        schema: &'a Schema,
        visited: &mut Visited,
    ) -> Option<&'a ReferenceOr<Box<Schema>>> {
        visited.first_visit(schema).then_some(())?;
        let mut below = |parts: &'a [ReferenceOr<Schema>]| {
            parts
                .iter()
                .filter_map(|part| self.resolve(part))
                .find_map(|part| self.items_below(part.object, visited))
        };
        match &schema.schema_kind {
            SchemaKind::Type(Type::Array(array)) => array.items.as_ref(),
            SchemaKind::Any(any) => any.items.as_ref().or_else(|| below(&any.all_of)),
            SchemaKind::AllOf { all_of: parts }
            | SchemaKind::OneOf { one_of: parts }
            | SchemaKind::AnyOf { any_of: parts } => below(parts),
            SchemaKind::Type(_) | SchemaKind::Not { .. } => None,
        }
    }
}

/// The XML Object of a schema (OAS 3.0.3, XML Object), if it has one.
#[must_use]
pub fn xml_of(schema: &Schema) -> Option<&serde_json::Value> {
    schema.schema_data.extensions.get(crate::typed::XML)
}

impl<'a> OperationRef<'a> {
    /// The `operationId`, or the method and path where there is none: `GET /users`.
    #[must_use]
    pub fn id(&self) -> String {
        let id = self.operation.operation_id.clone();
        id.unwrap_or_else(|| format!("{} {}", self.method, self.path))
    }
}

/// The name and place that tell parameters apart (OAS 3.0.3, Parameter Object).
#[must_use]
pub fn parameter_key(parameter: &Parameter) -> (&str, &'static str) {
    let place = match parameter {
        Parameter::Query { .. } => "query",
        Parameter::Header { .. } => "header",
        Parameter::Path { .. } => "path",
        Parameter::Cookie { .. } => "cookie",
    };
    (parameter_data(parameter).name.as_str(), place)
}

/// What parameters of all places have in common.
#[must_use]
pub fn parameter_data(parameter: &Parameter) -> &ParameterData {
    parameter.parameter_data_ref()
}

/// Whether a media type is JSON: `application/json`, `text/json` or anything `+json` (RFC 6839), with parameters.
#[must_use]
pub fn is_json(media_type: &str) -> bool {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    matches!(essence.as_str(), "application/json" | "text/json") || essence.ends_with("+json")
}

fn operations_of<'a>(
    path: &'a str,
    item: &'a PathItem,
    further: Option<&'a IndexMap<String, openapiv3::Operation>>,
) -> impl Iterator<Item = OperationRef<'a>> {
    let methods = [
        ("get", "GET", &item.get),
        ("put", "PUT", &item.put),
        ("post", "POST", &item.post),
        ("delete", "DELETE", &item.delete),
        ("options", "OPTIONS", &item.options),
        ("head", "HEAD", &item.head),
        ("patch", "PATCH", &item.patch),
        ("trace", "TRACE", &item.trace),
    ];
    let own = Pointer::root().join("paths").join(path);
    let carried = own.join("x-specwright-operations");
    let named = methods
        .into_iter()
        .filter_map(move |(key, method, operation)| {
            Some((method, operation.as_ref()?, own.join(key)))
        });
    let further = further.into_iter().flatten();
    let further =
        further.map(move |(method, operation)| (method.as_str(), operation, carried.join(method)));
    named
        .chain(further)
        .map(move |(method, operation, pointer)| OperationRef {
            path,
            method,
            item,
            operation,
            pointer,
        })
}

pub(crate) fn is_success(status: &openapiv3::StatusCode) -> bool {
    match status {
        openapiv3::StatusCode::Code(code) => (200..300).contains(code),
        openapiv3::StatusCode::Range(digit) => *digit == 2,
    }
}

pub(crate) fn status_rank(status: &openapiv3::StatusCode) -> (u8, u16) {
    match status {
        openapiv3::StatusCode::Code(code) => (0, *code),
        openapiv3::StatusCode::Range(digit) => (1, *digit),
    }
}

/// `User` of `#/components/schemas/User`.
fn component_name(reference: &str, section: &str) -> Option<String> {
    let pointer = Pointer::parse(reference.strip_prefix('#')?)?;
    let segments: Vec<String> = pointer.segments().collect();
    match segments.as_slice() {
        [components, of, name] if components == "components" && of == section => Some(name.clone()),
        _ => None,
    }
}
