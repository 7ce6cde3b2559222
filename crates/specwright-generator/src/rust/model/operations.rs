//! Resources and their operations.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Argument, ErrorEnum, ErrorVariant, Names, Operation, Paging, Resource, RustType, Way, names,
};
use crate::{
    Recipe,
    ir::{self, Api, ParameterPlace, Statuses},
};

/// Methods that every request type has.
const REQUEST_METHODS: &[&str] = &["items", "pages", "send_raw", "into_future", "clone"];

pub(super) fn resources(api: &Api, recipe: &Recipe, names: &Names) -> Vec<Resource> {
    let mut grouped: BTreeMap<String, Vec<&ir::Operation>> = BTreeMap::new();
    for operation in &api.operations {
        grouped
            .entry(resource_of(operation, recipe))
            .or_default()
            .push(operation);
    }
    // A resource's module names its struct, its request types and the types of the API side by side.
    let mut structs: BTreeSet<String> = names.types.values().cloned().collect();
    let mut accessors: BTreeSet<String> = ["builder", "clone"]
        .into_iter()
        .map(str::to_owned)
        .collect();
    let mut modules: BTreeSet<String> = ["client", "types", "lib"]
        .into_iter()
        .map(str::to_owned)
        .collect();
    let requests: BTreeSet<String> = api
        .operations
        .iter()
        .map(|it| names::type_name(&it.key.id))
        .collect();
    let mut resources = Vec::new();
    for (name, operations) in grouped {
        let tag = api
            .tags
            .iter()
            .find(|tag| names::module_name(&tag.name) == names::module_name(&name));
        let mut methods = BTreeSet::new();
        resources.push(Resource {
            module: names::unique(names::module_name(&name), &mut modules),
            accessor: names::unique(names::value_name(&name), &mut accessors),
            name: resource_name(&name, &requests, &mut structs),
            description: tag
                .and_then(|tag| tag.description.clone())
                .unwrap_or_else(|| format!("Operations of `{name}`.")),
            operations: operations
                .into_iter()
                .map(|it| operation(it, &name, recipe, names, &mut methods, &mut structs))
                .collect(),
        });
    }
    resources
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

/// The recipe's resource, the first tag, or the first plain segment of the path.
fn resource_of(operation: &ir::Operation, recipe: &Recipe) -> String {
    let knob = knobs(operation, recipe).and_then(|it| it.resource.clone());
    knob.or_else(|| operation.key.tags.first().cloned())
        .unwrap_or_else(|| {
            let mut segments = operation
                .path
                .split('/')
                .filter(|it| !it.is_empty() && !it.starts_with('{'));
            segments.next().unwrap_or("root").to_owned()
        })
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
    requests: &mut BTreeSet<String>,
) -> Operation {
    let knobs = knobs(from, recipe).cloned().unwrap_or_default();
    let method = knobs.name.unwrap_or_else(|| method_name(from, resource));
    let request = knobs
        .type_name
        .unwrap_or_else(|| names::type_name(&from.key.id));
    let request = names::unique(request, requests);
    let mut arguments_taken = BTreeSet::new();
    let mut setters_taken: BTreeSet<String> =
        REQUEST_METHODS.iter().map(|&it| it.to_owned()).collect();
    let (required, optional): (Vec<_>, Vec<_>) = from.parameters.iter().partition(|it| it.required);
    let constant = names::static_name(&request);
    let error = error_enum(from, &request, names, requests);
    Operation {
        id: from.key.id.clone(),
        method_name: names::unique(names::value_name(&method), methods),
        http_method: from.method.clone(),
        path: from.path.clone(),
        summary: from.summary.clone(),
        description: from.description.clone(),
        external_docs: from.external_docs.clone(),
        deprecated: from.deprecated,
        arguments: required
            .into_iter()
            .map(|it| argument(it, names, &mut arguments_taken))
            .collect(),
        setters: optional
            .into_iter()
            .map(|it| argument(it, names, &mut setters_taken))
            .collect(),
        security: from.security.clone(),
        success: from.success.as_ref().map(|ty| names.rust_type(ty)),
        error,
        paging: from.paging.as_ref().map(|it| paging(it, &constant, names)),
        constant,
        request,
    }
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
        in_path: from.place == ParameterPlace::Path,
        into: matches!(
            ty,
            RustType::String | RustType::DateTime | RustType::Enum(_, true)
        ),
        docs: argument_docs(from),
        deprecated: from.deprecated,
        example: from.example.clone().unwrap_or_else(|| from.name.clone()),
        ty,
    }
}

fn argument_docs(from: &ir::Parameter) -> Vec<String> {
    let mut docs: Vec<String> = from.description.iter().cloned().collect();
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
            name: names::unique(status_name(error.status), &mut variants_taken),
            status: error.status,
            body: names.rust_type(&error.body),
            description: error.description.clone(),
        })
        .collect();
    Some(ErrorEnum {
        name: names::unique(format!("{request}Error"), taken),
        variants,
    })
}

/// The reason phrase (RFC 9110 §15) as a variant.
fn status_name(status: Statuses) -> String {
    let name = match status {
        Statuses::Default => "Default",
        Statuses::Range(4) => "ClientError",
        Statuses::Range(5) => "ServerError",
        Statuses::Range(digit) => return format!("Status{digit}xx"),
        Statuses::Code(400) => "BadRequest",
        Statuses::Code(401) => "Unauthorized",
        Statuses::Code(402) => "PaymentRequired",
        Statuses::Code(403) => "Forbidden",
        Statuses::Code(404) => "NotFound",
        Statuses::Code(405) => "MethodNotAllowed",
        Statuses::Code(406) => "NotAcceptable",
        Statuses::Code(408) => "RequestTimeout",
        Statuses::Code(409) => "Conflict",
        Statuses::Code(410) => "Gone",
        Statuses::Code(412) => "PreconditionFailed",
        Statuses::Code(413) => "ContentTooLarge",
        Statuses::Code(415) => "UnsupportedMediaType",
        Statuses::Code(422) => "UnprocessableContent",
        Statuses::Code(423) => "Locked",
        Statuses::Code(429) => "TooManyRequests",
        Statuses::Code(500) => "InternalServerError",
        Statuses::Code(501) => "NotImplemented",
        Statuses::Code(502) => "BadGateway",
        Statuses::Code(503) => "ServiceUnavailable",
        Statuses::Code(504) => "GatewayTimeout",
        Statuses::Code(code) => return format!("Status{code}"),
    };
    name.to_owned()
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
        item,
        item_name,
        items: way(&from.items, names),
        signals: from
            .signals
            .iter()
            .map(|(signal, it)| (*signal, way(it, names)))
            .collect(),
    }
}

fn way(from: &ir::FieldPath, names: &Names) -> Way {
    Way {
        steps: from
            .steps
            .iter()
            .map(|step| (names.field(step.owner, &step.field), step.optional))
            .collect(),
        ty: names.rust_type(&from.ty),
    }
}
