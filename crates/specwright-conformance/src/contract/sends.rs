//! The request that a call makes.

use hyper::{HeaderMap, header::HeaderName, header::HeaderValue};
use serde_json::Value;
use specwright_diagnostics::Rule;
use specwright_openapi::openapiv3::SecurityScheme;
use specwright_runtime::{Error, RawResponse};

use super::{
    Broken, Operation,
    given::Given,
    same::{difference, short},
};
use crate::{
    Recorded,
    exchange::{Part, Readings, Request, rules},
};

impl Operation {
    /// Sends a request and holds it against the document and against what was given: nothing in it departs from the
    /// document, and what it says is what was given, no more and no less.
    ///
    /// `given` is JSON: `{"path": {…}, "query": {…}, "header": {…}, "cookie": {…}, "querystring": …, "body": …}`, each
    /// by name and where it is given. A form is an object of its fields, a file a text.
    ///
    /// # Errors
    /// Everything that is not so.
    pub async fn sends(
        &self,
        given: &str,
        call: impl Future<Output = Result<RawResponse, Error>>,
    ) -> Result<(), Broken> {
        let given = Given::read(given)?;
        let before = self.server.requests().len();
        if let Err(error) = call.await {
            return self.verdict(vec![format!("the call fails: {error}")]);
        }
        let requests = self.server.requests();
        let Some(request) = requests.get(before) else {
            return self.verdict(vec!["nothing arrived at the mock".to_owned()]);
        };
        self.verdict(self.problems(&given, request))
    }

    /// The names under which requests carry credentials, also where parameters have them.
    fn credentials(&self) -> Vec<String> {
        let components = self.description.document().components.as_ref();
        let schemes = components
            .into_iter()
            .flat_map(|it| it.security_schemes.values());
        let keys = schemes.filter_map(|node| match self.description.resolve(node)?.object {
            SecurityScheme::APIKey { name, .. } => Some(name.clone()),
            _ => None,
        });
        keys.chain(["authorization".to_owned()]).collect()
    }

    fn problems(&self, given: &Given, recorded: &Recorded) -> Vec<String> {
        if recorded.operation.as_deref() != Some(&self.id) {
            let (method, path) = (&recorded.method, &recorded.path);
            return vec![format!("the request went to `{method} {path}`")];
        }
        let headers = headers(recorded);
        let request = Request {
            method: &recorded.method,
            path: &recorded.path,
            raw_query: &recorded.raw_query,
            headers: &headers,
            body: Some(&recorded.body),
        };
        let verdict = self.exchanges.request(&request);
        let Some(readings) = self.exchanges.readings(&request) else {
            return vec!["the request belongs to no operation".to_owned()];
        };
        let problems = compared(given, &readings, &self.credentials());
        // A value that is what was given says nothing about the client, whether it fits or not.
        let is_of_values = |rule: &Rule| {
            [&rules::INVALID_BODY, &rules::INVALID_PARAMETER]
                .iter()
                .any(|it| it.name == rule.name)
        };
        let violations = verdict.violations();
        let own = violations.filter(|it| !problems.is_empty() || !is_of_values(it.rule));
        own.map(ToString::to_string)
            .chain(problems.iter().cloned())
            .collect()
    }
}

/// What was given and is not said, and what is said and was not given.
fn compared(given: &Given, readings: &Readings, credentials: &[String]) -> Vec<String> {
    let mut problems = Vec::new();
    for place in ["path", "query", "header", "cookie"] {
        for (name, value) in given.named(place) {
            let said = readings
                .parameters
                .iter()
                .find(|(part, _)| is(part, place, name));
            let said = said
                .map(|(_, values)| values.as_slice())
                .unwrap_or_default();
            problems.extend(lost(&format!("{place} `{name}`"), value, said));
        }
    }
    for (part, values) in &readings.parameters {
        let known = match (part, place_of(part)) {
            (Part::QueryString, _) => given.whole("querystring").is_some(),
            (_, Some((place, name))) => {
                let is_credential = credentials.iter().any(|it| it.eq_ignore_ascii_case(name));
                is_credential || given.named(place).any(|(own, _)| is(part, place, own))
            }
            _ => true,
        };
        if !known {
            let value = values.first().map(short).unwrap_or_default();
            problems.push(format!("{part} is {value} and was not given"));
        }
    }
    if let Some(value) = given.whole("querystring") {
        let said = readings
            .parameters
            .iter()
            .find(|(part, _)| *part == Part::QueryString);
        let said = said
            .map(|(_, values)| values.as_slice())
            .unwrap_or_default();
        problems.extend(lost("the query", value, said));
    }
    match given.whole("body") {
        Some(value) => problems.extend(lost("the body", value, &readings.body)),
        None if readings.body.is_empty() => {}
        None => problems.push("there is a body, which was not given".to_owned()),
    }
    problems
}

fn lost(what: &str, given: &Value, said: &[Value]) -> Option<String> {
    if said.is_empty() {
        return Some(format!(
            "{what} was given as {} and is not there",
            short(given)
        ));
    }
    if said.iter().any(|it| difference(given, it).is_none()) {
        return None;
    }
    let nearest = said.iter().find_map(|it| difference(given, it));
    nearest.map(|it| format!("{what} {it}"))
}

fn place_of(part: &Part) -> Option<(&'static str, &str)> {
    match part {
        Part::Path(name) => Some(("path", name)),
        Part::Query(name) => Some(("query", name)),
        Part::Header(name) => Some(("header", name)),
        Part::Cookie(name) => Some(("cookie", name)),
        _ => None,
    }
}

/// Names of header fields do not depend on case (RFC 9110 §5.1).
fn is(part: &Part, place: &str, name: &str) -> bool {
    place_of(part).is_some_and(|(own_place, own)| {
        own_place == place && (own == name || (place == "header" && own.eq_ignore_ascii_case(name)))
    })
}

fn headers(recorded: &Recorded) -> HeaderMap {
    let fields = recorded.headers.iter().filter_map(|(name, value)| {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        Some((name, HeaderValue::from_bytes(value.as_bytes()).ok()?))
    });
    let mut headers = HeaderMap::new();
    for (name, value) in fields {
        headers.append(name, value);
    }
    headers
}
