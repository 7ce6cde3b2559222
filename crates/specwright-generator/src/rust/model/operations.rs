//! Resources and their operations.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Argument, ArgumentKind, BodyEnum, BodyKind, ErrorEnum, ErrorVariant, HeaderField, HeaderStruct,
    NamedKind, Names, Operation, OutcomeBody, OutcomeEnum, OutcomeVariant, Output, Paging,
    Resource, RustType, SignalPlace, Stream, Way, names,
};
use crate::{
    Recipe,
    ir::{self, Api, Content},
};

/// Methods that every request type has.
const REQUEST_METHODS: &[&str] = &[
    "items",
    "pages",
    "send_raw",
    "into_future",
    "clone",
    "stream",
    "with_head",
    "configure",
];

pub(super) fn resources(
    api: &Api,
    recipe: &Recipe,
    names: &Names,
    structs: &mut BTreeSet<String>,
) -> Vec<Resource> {
    let mut grouped: BTreeMap<String, Vec<&ir::Operation>> = BTreeMap::new();
    let mut spellings: BTreeMap<String, String> = BTreeMap::new();
    for operation in &api.operations {
        // Tags that differ only in spelling are one resource.
        let name = resource_of(operation, recipe);
        let key = names::module_name(&name);
        let known = spellings.entry(key.clone()).or_insert_with(|| name.clone());
        if name < *known {
            *known = name;
        }
        grouped.entry(key).or_default().push(operation);
    }
    let mut accessors: BTreeSet<String> = ["builder", "clone", "runtime"]
        .into_iter()
        .map(str::to_owned)
        .collect();
    let mut modules: BTreeSet<String> = ["client", "types", "lib", "mod", "webhooks", "runtime"]
        .into_iter()
        .map(str::to_owned)
        .collect();
    let requests: BTreeSet<String> = api
        .operations
        .iter()
        .map(|it| names::type_name(&it.key.id))
        .collect();
    let mut resources = Vec::new();
    for (key, operations) in grouped {
        let name = spellings.get(&key).cloned().unwrap_or_default();
        let tag = api
            .tags
            .iter()
            .find(|tag| names::module_name(&tag.name) == key);
        resources.push(Resource {
            module: names::unique(key, &mut modules),
            accessor: names::unique(names::value_name(&name), &mut accessors),
            name: resource_name(&name, &requests, structs),
            description: tag
                .and_then(|tag| tag.description.clone())
                .filter(|it| !it.trim().is_empty())
                .unwrap_or_else(|| format!("Operations of {}.", names::code_span(&name))),
            feature: None,
            operations: named(operations, &name, recipe, names, structs),
        });
    }
    resources
}

/// The operations of a resource; names are given in the order of paths and methods, whatever the document's order.
fn named(
    operations: Vec<&ir::Operation>,
    resource: &str,
    recipe: &Recipe,
    names: &Names,
    structs: &mut BTreeSet<String>,
) -> Vec<Operation> {
    let mut methods: BTreeSet<String> = ["new", "clone"].into_iter().map(str::to_owned).collect();
    let mut order: Vec<(usize, &ir::Operation)> = operations.into_iter().enumerate().collect();
    order.sort_by(|(_, left), (_, right)| {
        (&left.path, &left.method).cmp(&(&right.path, &right.method))
    });
    let mut named: Vec<(usize, Operation)> = order
        .into_iter()
        .map(|(index, it)| {
            (
                index,
                operation(it, resource, recipe, names, &mut methods, structs),
            )
        })
        .collect();
    named.sort_by_key(|(index, _)| *index);
    named.into_iter().map(|(_, it)| it).collect()
}

/// `Users`, or `UsersOperations` if a type or a request has that name.
fn resource_name(name: &str, requests: &BTreeSet<String>, taken: &mut BTreeSet<String>) -> String {
    let plain = names::type_name(name);
    let wished = if taken.contains(&plain) || requests.contains(&plain) {
        format!("{plain}Operations")
    } else {
        plain
    };
    names::unique(wished, taken)
}

/// The recipe's resource, the first tag, or the first telling segment of the path.
fn resource_of(operation: &ir::Operation, recipe: &Recipe) -> String {
    let knob = knobs(operation, recipe).and_then(|it| it.resource.clone());
    let tag = operation
        .key
        .tags
        .iter()
        .find(|it| !it.trim().is_empty())
        .cloned();
    knob.or(tag).unwrap_or_else(|| {
        let path = operation.path.split(['?', '#']).next().unwrap_or_default();
        let segments: Vec<&str> = path
            .split('/')
            .filter(|it| !it.is_empty() && !it.starts_with('{'))
            .collect();
        let telling = segments
            .iter()
            .find(|it| !is_prefix(it))
            .or_else(|| segments.last());
        telling.map_or_else(|| "root".to_owned(), |it| (*it).to_owned())
    })
}

/// Segments that stand before resources: `api`, `rest`, `v2`, `2024-01`.
fn is_prefix(segment: &str) -> bool {
    let version = segment.strip_prefix(['v', 'V']).unwrap_or(segment);
    matches!(segment, "api" | "rest" | "public")
        || (version.starts_with(|it: char| it.is_ascii_digit())
            && version
                .chars()
                .all(|it| it.is_ascii_digit() || matches!(it, '.' | '-' | '_')))
}

fn knobs<'a>(
    operation: &ir::Operation,
    recipe: &'a Recipe,
) -> Option<&'a crate::recipe::OperationKnobs> {
    recipe
        .operations
        .get(&operation.key.id)
        .or_else(|| recipe.operations.get(&operation.key.place))
}

fn operation(
    from: &ir::Operation,
    resource: &str,
    recipe: &Recipe,
    names: &Names,
    methods: &mut BTreeSet<String>,
    taken: &mut BTreeSet<String>,
) -> Operation {
    let knobs = knobs(from, recipe).cloned().unwrap_or_default();
    let method = knobs.name.unwrap_or_else(|| method_name(from, resource));
    let wished = knobs
        .type_name
        .unwrap_or_else(|| names::type_name(&from.key.id));
    // A type of the API has the better right to the name.
    let wished = if taken.contains(&wished) {
        format!("{wished}Request")
    } else {
        wished
    };
    let request = names::unique(wished, taken);
    let mut arguments_taken = BTreeSet::new();
    let mut setters_taken: BTreeSet<String> =
        REQUEST_METHODS.iter().map(|&it| it.to_owned()).collect();
    let (mut required, optional): (Vec<_>, Vec<_>) =
        from.parameters.iter().partition(|it| it.required);
    // Those of the path first, in its order.
    required.sort_by_key(|it| (it.place, from.path.find(&format!("{{{}}}", it.name))));
    let constant = names::static_name(&request);
    let error = error_enum(from, &request, names, taken);
    let mut arguments: Vec<Argument> = required
        .into_iter()
        .map(|it| argument(it, names, &mut arguments_taken))
        .collect();
    let mut setters: Vec<Argument> = optional
        .into_iter()
        .map(|it| argument(it, names, &mut setters_taken))
        .collect();
    let body = from
        .body
        .as_ref()
        .and_then(|it| body_enum(it, &request, names, taken));
    if let Some(from) = &from.body {
        let place = if from.required {
            &mut arguments
        } else {
            &mut setters
        };
        let names_taken = if from.required {
            &mut arguments_taken
        } else {
            &mut setters_taken
        };
        place.extend(body_argument(from, body.as_ref(), names, names_taken));
    }
    Operation {
        id: from.key.id.clone(),
        method_name: names::unique(names::value_name(&method), methods),
        http_method: from.method.clone(),
        path: from.path.clone(),
        summary: from.summary.clone(),
        description: from.description.clone(),
        external_docs: from.external_docs.clone(),
        deprecated: from.deprecated,
        server: from.server.clone(),
        accept: accept(from),
        arguments,
        setters,
        body,
        security: from.security.clone(),
        output: output(from, &request, names, taken),
        stream: from.stream.as_ref().and_then(|it| stream(it, names)),
        headers: headers(from, &request, names, taken),
        error,
        paging: from.paging.as_ref().map(|it| paging(it, &constant, names)),
        constant,
        request,
    }
}

/// The media types of the successes that can be read.
fn accept(from: &ir::Operation) -> String {
    let mut accepted: Vec<&str> = Vec::new();
    for (media, _) in from.success.iter().filter_map(|it| it.content.as_ref()) {
        if !accepted.contains(&media.as_str()) {
            accepted.push(media);
        }
    }
    if accepted.is_empty() {
        "*/*".to_owned()
    } else {
        accepted.join(", ")
    }
}

fn output(
    from: &ir::Operation,
    request: &str,
    names: &Names,
    taken: &mut BTreeSet<String>,
) -> Output {
    let contents: Vec<Option<&Content>> = from
        .success
        .iter()
        .map(|it| it.content.as_ref().map(|(_, it)| it))
        .collect();
    match contents.as_slice() {
        [] | [None] => Output::Unit,
        [Some(only)] => match only {
            Content::Json(ty) => Output::Json(names.rust_type(ty)),
            Content::Text => Output::Text,
            other => match stream(other, names) {
                Some(stream) => Output::Stream(stream),
                None => Output::Binary,
            },
        },
        [Some(Content::Json(ty)), None] | [None, Some(Content::Json(ty))] => {
            Output::OptionalJson(names.rust_type(ty))
        }
        _ => Output::Cases(outcomes(from, request, names, taken)),
    }
}

fn outcomes(
    from: &ir::Operation,
    request: &str,
    names: &Names,
    taken: &mut BTreeSet<String>,
) -> OutcomeEnum {
    let mut variants_taken = BTreeSet::new();
    let variants = from.success.iter().map(|response| OutcomeVariant {
        name: names::unique(
            names::variant_name(&response.status.words()),
            &mut variants_taken,
        ),
        status: response.status,
        body: match response.content.as_ref().map(|(_, it)| it) {
            None => OutcomeBody::None,
            Some(Content::Json(ty)) => OutcomeBody::Json(names.rust_type(ty)),
            Some(Content::Text | Content::Events(_) | Content::JsonLines(_)) => OutcomeBody::Text,
            Some(_) => OutcomeBody::Binary,
        },
        description: response.description.clone(),
    });
    let variants = variants.collect();
    OutcomeEnum {
        name: names::unique(format!("{request}Outcome"), taken),
        variants,
    }
}

fn stream(content: &Content, names: &Names) -> Option<Stream> {
    Some(match content {
        Content::Events(ir::TypeRef::String) => Stream::TextEvents,
        Content::Events(ty) => Stream::Events(names.rust_type(ty)),
        Content::JsonLines(ty) => Stream::JsonLines(names.rust_type(ty)),
        _ => return None,
    })
}

fn headers(
    from: &ir::Operation,
    request: &str,
    names: &Names,
    taken: &mut BTreeSet<String>,
) -> Option<HeaderStruct> {
    if from.headers.is_empty() {
        return None;
    }
    let mut fields_taken = BTreeSet::new();
    let mut order: Vec<&ir::Field> = from.headers.iter().collect();
    order.sort_by(|left, right| left.name.cmp(&right.name));
    let fields = order.into_iter().map(|header| {
        let ty = names.rust_type(&header.ty);
        let simple = match &ty {
            RustType::Vec(item) => is_scalar(item),
            ty => is_scalar(ty),
        };
        HeaderField {
            name: names::unique(names::value_name(&header.name), &mut fields_taken),
            header: header.name.to_ascii_lowercase(),
            ty: if simple {
                header_type(ty)
            } else {
                RustType::String
            },
            required: header.required,
            docs: match &header.description {
                Some(text) if !text.trim().is_empty() => vec![text.clone()],
                _ => vec![format!("The header {}.", names::code_span(&header.name))],
            },
        }
    });
    let fields = fields.collect();
    Some(HeaderStruct {
        name: names::unique(format!("{request}Headers"), taken),
        fields,
    })
}

/// Enums of headers are read as their texts.
fn header_type(ty: RustType) -> RustType {
    match ty {
        RustType::Vec(item) => RustType::Vec(Box::new(header_type(*item))),
        RustType::Named(..) => RustType::String,
        ty => ty,
    }
}

fn is_scalar(ty: &RustType) -> bool {
    matches!(
        ty,
        RustType::String
            | RustType::Text(_)
            | RustType::Integer(_)
            | RustType::F64
            | RustType::Decimal
            | RustType::Bool
            | RustType::Named(_, NamedKind::OpenEnum | NamedKind::ClosedEnum)
    )
}

fn body_kind(media: &str, content: &Content, names: &Names) -> BodyKind {
    let media = media.to_owned();
    match content {
        Content::Json(ty) => BodyKind::Json {
            media,
            ty: names.rust_type(ty),
        },
        Content::Form(ty, encodings) => BodyKind::Form {
            ty: names.rust_type(ty),
            encodings: encodings.clone(),
        },
        Content::Multipart(ty) => BodyKind::Multipart {
            media,
            ty: names.rust_type(ty),
        },
        Content::Text => BodyKind::Text { media },
        Content::Binary | Content::Events(_) | Content::JsonLines(_) => BodyKind::Binary { media },
    }
}

/// The enum of an operation that takes several kinds of bodies.
fn body_enum(
    from: &ir::RequestBody,
    request: &str,
    names: &Names,
    taken: &mut BTreeSet<String>,
) -> Option<BodyEnum> {
    if from.contents.len() < 2 {
        return None;
    }
    let mut variants_taken = BTreeSet::new();
    let variants = from.contents.iter().map(|(media, content)| {
        let kind = body_kind(media, content, names);
        let name = match &kind {
            BodyKind::Json { .. } => "Json",
            BodyKind::Form { .. } => "Form",
            BodyKind::Multipart { .. } => "Multipart",
            BodyKind::Text { .. } => "Text",
            BodyKind::Binary { .. } => "Binary",
        };
        (names::unique(name.to_owned(), &mut variants_taken), kind)
    });
    let variants = variants.collect();
    Some(BodyEnum {
        name: names::unique(format!("{request}Body"), taken),
        variants,
    })
}

fn body_argument(
    from: &ir::RequestBody,
    choice: Option<&BodyEnum>,
    names: &Names,
    taken: &mut BTreeSet<String>,
) -> Option<Argument> {
    let kind = match choice {
        Some(choice) => ArgumentKind::BodyChoice(choice.name.clone()),
        None => {
            let (media, content) = from.contents.first()?;
            ArgumentKind::Body(body_kind(media, content, names))
        }
    };
    Some(Argument {
        name: names::unique("body".to_owned(), taken),
        wire: "body".to_owned(),
        kind,
        docs: from
            .description
            .iter()
            .filter(|it| !it.trim().is_empty())
            .cloned()
            .collect(),
        deprecated: false,
        example: String::new(),
    })
}

/// `list` for `listConversations` of the resource `conversations`.
fn method_name(operation: &ir::Operation, resource: &str) -> String {
    let Some(id) = &operation.id else {
        return format!("{} {}", operation.method.to_lowercase(), operation.path);
    };
    let words = names::value_name(id);
    let singular = |word: &str| word.trim_end_matches('s').to_owned();
    let of_resource: BTreeSet<String> = names::value_name(resource)
        .split('_')
        .map(singular)
        .collect();
    let kept: Vec<&str> = words
        .split('_')
        .filter(|word| !of_resource.contains(&singular(word)))
        .collect();
    if kept.is_empty() {
        id.clone()
    } else {
        kept.join("_")
    }
}

fn argument(from: &ir::Parameter, names: &Names, taken: &mut BTreeSet<String>) -> Argument {
    let ty = names.rust_type(&from.ty);
    let mut name = names::value_name(&from.name);
    if REQUEST_METHODS.contains(&name.as_str()) {
        name.push_str("_parameter");
    }
    Argument {
        name: names::unique(name, taken),
        wire: from.name.clone(),
        docs: argument_docs(from),
        deprecated: from.deprecated,
        example: from.example.clone().unwrap_or_else(|| from.name.clone()),
        kind: ArgumentKind::Parameter {
            place: from.place,
            style: from.style,
            ty,
        },
    }
}

fn argument_docs(from: &ir::Parameter) -> Vec<String> {
    let mut docs: Vec<String> = from
        .description
        .iter()
        .filter(|it| !it.trim().is_empty())
        .cloned()
        .collect();
    let mut notes = Vec::new();
    if let Some(default) = &from.default {
        notes.push(format!("The default is `{default}`."));
    }
    match from.range {
        (Some(low), Some(high)) => notes.push(format!("Documented range: {low} to {high}.")),
        (Some(low), None) => notes.push(format!("Documented minimum: {low}.")),
        (None, Some(high)) => notes.push(format!("Documented maximum: {high}.")),
        (None, None) => {}
    }
    if !notes.is_empty() {
        docs.push(notes.join(" "));
    }
    docs
}

fn error_enum(
    from: &ir::Operation,
    request: &str,
    names: &Names,
    taken: &mut BTreeSet<String>,
) -> Option<ErrorEnum> {
    if from.errors.is_empty() {
        return None;
    }
    let mut variants_taken = BTreeSet::new();
    let variants = from
        .errors
        .iter()
        .map(|error| ErrorVariant {
            name: names::unique(
                names::variant_name(&error.status.words()),
                &mut variants_taken,
            ),
            status: error.status,
            body: error.body.ty().map(|ty| names.rust_type(ty)),
            description: error.description.clone(),
        })
        .collect();
    Some(ErrorEnum {
        name: names::unique(format!("{request}Error"), taken),
        variants,
    })
}

fn paging(from: &ir::Paging, constant: &str, names: &Names) -> Paging {
    let item = names.rust_type(&from.item);
    let item_name = match item.named() {
        Some(name) => names::value_name(name),
        None => "item".to_owned(),
    };
    Paging {
        constant: format!("{constant}_PAGES"),
        plan: from.plan.clone(),
        is_number: from.is_number,
        page: names.rust_type(&from.page),
        item,
        item_name,
        items: way(&from.items, names),
        signals: from
            .signals
            .iter()
            .map(|(signal, it)| (*signal, signal_place(it, names)))
            .collect(),
    }
}

fn signal_place(from: &ir::SignalPlace, names: &Names) -> SignalPlace {
    match from {
        ir::SignalPlace::Field(it) => SignalPlace::Field(way(it, names)),
        ir::SignalPlace::LastItem(it) => SignalPlace::LastItem(way(it, names)),
        ir::SignalPlace::FirstItem(it) => SignalPlace::FirstItem(way(it, names)),
        ir::SignalPlace::LastItemPointer(pointer) => SignalPlace::LastItemPointer(pointer.clone()),
        ir::SignalPlace::FirstItemPointer(pointer) => {
            SignalPlace::FirstItemPointer(pointer.clone())
        }
        ir::SignalPlace::Pointer(pointer) => SignalPlace::Pointer(pointer.clone()),
        ir::SignalPlace::Header(name) => SignalPlace::Header(name.clone()),
    }
}

fn way(from: &ir::FieldPath, names: &Names) -> Way {
    Way {
        steps: from
            .steps
            .iter()
            .map(|step| names.field_of_key(step.owner, &step.field))
            .collect(),
        ty: names.rust_type(&from.ty),
    }
}
