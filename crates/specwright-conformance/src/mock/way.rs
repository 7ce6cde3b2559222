//! How a list is asked for and what bounds its pages, as far as the plan alone does not say it.

use serde_json::Value;
use specwright_openapi::{
    Description, OperationRef,
    openapiv3::{Parameter, Schema},
    pagination::{EXTENSION, PagePlan, RequestPlace, ResponsePlace, Style},
    parameter_data,
};

use super::{
    request::{header_schema, parameter_schema, schema_of, schemas_at, success_schema},
    value::{Kind, Shape},
};

/// What a parameter says of cursors that cannot be read.
const UNREADABLE: &str = "x-specwright-unreadable";

/// Names of query parameters that take the position where a plan leads by URLs and names none.
const POSITIONS: [&str; 12] = [
    "cursor",
    "page_token",
    "pageToken",
    "PageToken",
    "next_token",
    "nextToken",
    "page_cursor",
    "pageCursor",
    "continuation_token",
    "continuationToken",
    "$skiptoken",
    "after",
];

/// The same for page numbers.
const PAGES: [&str; 5] = ["page", "page_number", "pageNumber", "Page", "p"];

/// The same for offsets.
const OFFSETS: [&str; 5] = ["offset", "skip", "start", "startIndex", "$skip"];

/// What the declared plan says of page sizes above the maximum, itself or by the name of a shared one.
pub(super) fn clamps(description: &Description, operation: &OperationRef<'_>) -> Option<bool> {
    let declared = operation.operation.extensions.get(EXTENSION)?;
    let own = |plan: &Value| plan.pointer("/size/clamps").and_then(Value::as_bool);
    let shared = || {
        let named = declared.get("use").and_then(Value::as_str);
        let name = declared.as_str().or(named)?;
        let schemes = description.document().extensions.get(EXTENSION)?;
        own(schemes.get(name)?)
    };
    own(declared).or_else(shared)
}

/// Whether the document says that a cursor that cannot be read gives the first page: `x-specwright-unreadable:
/// first-page` at the parameter that takes it.
pub(super) fn is_lenient(
    description: &Description,
    operation: &OperationRef<'_>,
    plan: &PagePlan,
) -> bool {
    let Some(name) = plan.position_parameter() else {
        return false;
    };
    let parameters = description.parameters(operation);
    parameters.iter().any(|(parameter, _)| {
        let data = parameter_data(parameter);
        let said = data.extensions.get(UNREADABLE).and_then(Value::as_str);
        matches!(parameter, Parameter::Query { .. })
            && data.name == name
            && said == Some("first-page")
    })
}

/// The plan by which requests are read: URLs carry a cursor, or a number where the operation has a parameter for one.
pub(super) fn way(
    description: &Description,
    operation: &OperationRef<'_>,
    plan: &PagePlan,
) -> PagePlan {
    let mut way = plan.clone();
    if !matches!(plan.style, Style::NextUrl | Style::Link) {
        return way;
    }
    let parameters = description.parameters(operation);
    let find = |names: &[&str], takes_text: bool| {
        let query = parameters
            .iter()
            .filter(|(it, _)| matches!(it, Parameter::Query { .. }));
        let mut known = query.filter(|(it, _)| names.contains(&parameter_data(it).name.as_str()));
        known.find_map(|(parameter, _)| {
            let schema = parameter_schema(description, parameter);
            let schemas: Vec<&Schema> = schema.into_iter().collect();
            let shape = Shape::first(description, &schemas);
            let default = schema.and_then(|it| it.schema_data.default.as_ref()?.as_u64());
            let fits = match shape.kind {
                Some(Kind::Integer | Kind::Number) => !takes_text,
                Some(Kind::String) => takes_text,
                _ => true,
            };
            fits.then(|| (parameter_data(parameter).name.clone(), default))
        })
    };
    let own = plan.position_parameter().map(str::to_owned);
    let own_names: Vec<&str> = own.as_deref().into_iter().collect();
    let is_own = |names: &[&str]| own.as_deref().is_none_or(|own| names.contains(&own));
    let pages = find(&PAGES, false).filter(|_| is_own(&PAGES));
    let offsets = find(&OFFSETS, false).filter(|_| is_own(&OFFSETS));
    let cursors = find(&own_names, true).or_else(|| find(&POSITIONS, true));
    let position = match (cursors, pages, offsets) {
        (Some((name, _)), ..) => name,
        (None, Some((name, default)), _) => {
            way.style = Style::Page;
            way.first = plan.first.or(default.filter(|it| *it == 0));
            name
        }
        (None, None, Some((name, _))) => {
            way.style = Style::Offset;
            name
        }
        (None, None, None) => own.unwrap_or_else(|| "cursor".to_owned()),
    };
    way.request.position = Some(RequestPlace::Query(position));
    way
}

/// Everything that is said of cursors.
pub(super) fn cursor_schemas<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
    way: &PagePlan,
    plan: &PagePlan,
) -> Vec<&'a Schema> {
    let by_url = matches!(plan.style, Style::NextUrl | Style::Link);
    let response = match &plan.response.next {
        _ if by_url => None,
        Some(ResponsePlace::Body(pointer)) => success_schema(description, operation)
            .and_then(|body| schemas_at(description, &[body], pointer)),
        Some(ResponsePlace::Header(name)) => header_schema(description, operation, name)
            .flatten()
            .map(|it| vec![it]),
        _ => None,
    };
    let position = way.request.position.as_ref();
    let request = position.and_then(|place| schema_of(description, operation, place));
    response.into_iter().flatten().chain(request).collect()
}

/// The most items that the total may count.
pub(super) fn most_items(
    description: &Description,
    operation: &OperationRef<'_>,
    plan: &PagePlan,
) -> usize {
    let Some(ResponsePlace::Body(pointer)) = &plan.response.total else {
        return usize::MAX;
    };
    let schemas = success_schema(description, operation)
        .and_then(|body| schemas_at(description, &[body], pointer));
    let most = schemas.and_then(|it| Shape::first(description, &it).range.most);
    most.and_then(|most| usize::try_from(most).ok())
        .unwrap_or(usize::MAX)
}

/// The smallest of the page sizes that the description lists.
pub(super) fn usual_size(
    description: &Description,
    operation: &OperationRef<'_>,
    plan: &PagePlan,
) -> Option<usize> {
    let place = plan.request.size.as_ref()?;
    let schema = schema_of(description, operation, place)?;
    let members = Shape::first(description, &[schema]).members?;
    let numbers = members.iter().filter_map(|it| {
        let number = it.as_u64().or_else(|| it.as_str()?.parse().ok())?;
        usize::try_from(number).ok()
    });
    numbers.filter(|it| *it > 0).min()
}
