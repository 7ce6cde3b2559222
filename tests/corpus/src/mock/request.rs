//! The request for a page, as the description and the plan ask for it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};
use specwright_conformance::value::{Presence, Values};
use specwright_openapi::{
    Description, OperationRef, is_json,
    openapiv3::{APIKeyLocation, Parameter, ReferenceOr, SecurityScheme},
    pagination::{PagePlan, RequestPlace},
    parameter_data,
};

/// What may stand in a query or path as it is (RFC 3986 §2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A request, before position and size are put in.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    query: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    body: Option<Value>,
}

impl Request {
    /// The request for the start of a list; `base` is the path of the server. Parameters that filter are left out.
    pub(crate) fn new(
        description: &Description,
        operation: &OperationRef<'_>,
        plan: &PagePlan,
        base: &str,
        filters: &[String],
    ) -> Self {
        let values = Values::new(description).presence(Presence::Minimal);
        let mut request = Self {
            method: operation.method.to_owned(),
            path: format!(
                "{}{}",
                own_base(description, operation).unwrap_or(base.to_owned()),
                operation.path
            ),
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
        };
        let of_plan: Vec<String> = plan
            .request
            .places()
            .into_iter()
            .filter_map(|(_, place)| match place? {
                RequestPlace::Query(name) | RequestPlace::Header(name) => Some(name.clone()),
                RequestPlace::Body(_) => None,
            })
            .collect();
        for (parameter, _) in description.parameters(operation) {
            let data = parameter_data(parameter);
            let value = values.parameter(operation, parameter);
            let text = value.as_ref().and_then(text);
            match parameter {
                Parameter::Path { .. } => {
                    let text = text.filter(|it| !it.is_empty()).unwrap_or("x".to_owned());
                    let text = utf8_percent_encode(&text, RESERVED).to_string();
                    let slot = format!("{{{}}}", data.name);
                    request.path = request.path.replace(&slot, &text);
                }
                _ if !data.required || of_plan.contains(&data.name) => {}
                Parameter::Query { .. } if !filters.contains(&data.name) => {
                    request.query.extend(text.map(|it| (data.name.clone(), it)));
                }
                Parameter::Header { .. } => {
                    let text = text.filter(|it| it.is_ascii());
                    request
                        .headers
                        .extend(text.map(|it| (data.name.clone(), it)));
                }
                _ => {}
            }
        }
        request.credentials(description, operation);
        let takes_body = plan
            .request
            .places()
            .iter()
            .any(|(_, place)| matches!(place, Some(RequestPlace::Body(_))));
        let node = operation.operation.request_body.as_ref();
        let content = node
            .and_then(|it| description.resolve(it))
            .map(|it| &it.object.content);
        let media = content.and_then(|it| it.keys().find(|name| is_json(name)));
        request.body = media.and_then(|media| values.request(operation, media));
        if takes_body && !request.body.as_ref().is_some_and(Value::is_object) {
            request.body = Some(Value::Object(Map::new()));
        }
        for (_, place) in plan.request.places() {
            place.into_iter().for_each(|place| request.clear(place));
        }
        request
    }

    /// Something for every scheme of the first requirement.
    fn credentials(&mut self, description: &Description, operation: &OperationRef<'_>) {
        let Some(requirement) = description.security(operation).first() else {
            return;
        };
        let schemes = description
            .document()
            .components
            .as_ref()
            .map(|it| &it.security_schemes);
        for name in requirement.keys() {
            let scheme: Option<&ReferenceOr<SecurityScheme>> = schemes.and_then(|it| it.get(name));
            let scheme = scheme
                .and_then(|it| description.resolve(it))
                .map(|it| it.object);
            match scheme {
                Some(SecurityScheme::APIKey { location, name, .. }) => match location {
                    APIKeyLocation::Query => self.query.push((name.clone(), "any".to_owned())),
                    APIKeyLocation::Header => self.headers.push((name.clone(), "any".to_owned())),
                    APIKeyLocation::Cookie => {
                        self.headers
                            .push(("cookie".to_owned(), format!("{name}=any")));
                    }
                },
                Some(SecurityScheme::HTTP { scheme, .. })
                    if scheme.eq_ignore_ascii_case("basic") =>
                {
                    self.headers
                        .push(("authorization".to_owned(), "Basic YTpi".to_owned()));
                }
                Some(SecurityScheme::HTTP { scheme, .. })
                    if !scheme.eq_ignore_ascii_case("bearer") =>
                {
                    self.headers
                        .push(("authorization".to_owned(), format!("{scheme} any")));
                }
                _ => self
                    .headers
                    .push(("authorization".to_owned(), "Bearer any".to_owned())),
            }
        }
    }

    /// Puts a text where the plan has it. A number stays one in a body.
    pub(crate) fn put(&mut self, place: &RequestPlace, text: &str, is_number: bool) {
        match place {
            RequestPlace::Query(name) => {
                self.query.retain(|(key, _)| key != name);
                self.query.push((name.clone(), text.to_owned()));
            }
            RequestPlace::Header(name) => {
                self.headers
                    .retain(|(key, _)| !key.eq_ignore_ascii_case(name));
                self.headers.push((name.clone(), text.to_owned()));
            }
            RequestPlace::Body(pointer) => {
                let number = text.parse::<i64>().ok().filter(|_| is_number);
                let value = number.map_or(Value::from(text), Value::from);
                let segments: Vec<String> = pointer.segments().collect();
                if let Some(body) = &mut self.body {
                    set(body, &segments, value);
                }
            }
        }
    }

    /// Takes out what stands at the place of a body; what is elsewhere has not been put there.
    fn clear(&mut self, place: &RequestPlace) {
        let (RequestPlace::Body(pointer), Some(body)) = (place, &mut self.body) else {
            return;
        };
        let (Some(parent), Some(name)) = (pointer.parent(), pointer.last()) else {
            return;
        };
        if let Some(Value::Object(object)) = body.pointer_mut(parent.as_str()) {
            object.shift_remove(&name);
        }
    }

    /// The path and query.
    pub(crate) fn target(&self) -> String {
        let pairs: Vec<String> = self
            .query
            .iter()
            .map(|(name, value)| {
                let encode = |text: &str| utf8_percent_encode(text, RESERVED).to_string();
                format!("{}={}", encode(name), encode(value))
            })
            .collect();
        if pairs.is_empty() {
            return self.path.clone();
        }
        // Some documents have a query in their paths.
        let mark = if self.path.contains('?') { '&' } else { '?' };
        format!("{}{mark}{}", self.path, pairs.join("&"))
    }

    pub(crate) fn body(&self) -> Option<Vec<u8>> {
        self.body.as_ref().map(|it| it.to_string().into_bytes())
    }
}

/// The path of the server that the operation or its path item has for itself.
fn own_base(description: &Description, operation: &OperationRef<'_>) -> Option<String> {
    let own = description.servers(operation);
    if own == description.document().servers.as_slice() {
        return None;
    }
    let server = own.first()?;
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let path = rest
        .find('/')
        .and_then(|at| rest.get(at..))
        .unwrap_or_default();
    Some(path.trim_end_matches('/').to_owned())
}

fn set(at: &mut Value, segments: &[String], value: Value) {
    let Some((name, rest)) = segments.split_first() else {
        *at = value;
        return;
    };
    if !at.is_object() {
        *at = Value::Object(Map::new());
    }
    if let Value::Object(object) = at {
        set(
            object.entry(name.clone()).or_insert(Value::Null),
            rest,
            value,
        );
    }
}

/// A scalar as text; a list by its elements.
pub(crate) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Array(elements) => {
            let parts: Option<Vec<String>> = elements.iter().map(text).collect();
            parts.map(|it| it.join(","))
        }
        Value::Null | Value::Object(_) => None,
    }
}
