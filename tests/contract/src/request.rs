//! Whether a request says what its arguments say, told by the description.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use crate::{Argument, Document, Level, Operation, Received, instances::list, validator};

/// Headers that are not set by parameters.
const IGNORED: &[&str] = &["accept", "content-type", "authorization"];

/// Everything about a request that is not as the description and the arguments have it.
#[must_use]
pub fn problems_of_request(
    document: &Document,
    operation: &Operation,
    level: Level,
    given: &[Argument],
    received: &Received,
) -> Vec<String> {
    let mut check = Check {
        document,
        level,
        given: given.to_vec(),
        problems: Vec::new(),
        query: raw_pairs(received.url.query().unwrap_or_default(), '&'),
    };
    check.operation(operation, received);
    check.problems
}

struct Check<'a> {
    document: &'a Document,
    level: Level,
    /// Arguments that were not found yet.
    given: Vec<Argument>,
    problems: Vec<String>,
    /// Pairs of the query that belong to nothing yet.
    query: Vec<(String, String)>,
}

impl Check<'_> {
    fn operation(&mut self, operation: &Operation, received: &Received) {
        let (method, template) = operation.place.split_once(' ').unwrap();
        if received.method.as_str() != method {
            self.problems.push(format!("method {}", received.method));
        }
        let path = received.url.path();
        let path = match received.url.host_str() {
            Some("contract.example") => path.strip_prefix("/base").unwrap_or(path),
            _ => path,
        };
        self.security(operation, received);
        let Some(in_path) = variables(template, path) else {
            self.problems.push(format!("path {path}"));
            return;
        };
        for parameter in &operation.parameters {
            self.parameter(parameter, &in_path, received);
        }
        for (name, raw) in &in_path {
            // A variable of which no parameter tells is a text.
            if let Some(argument) = self.take(name, true)
                && argument.value != json!(decoded(raw))
            {
                self.problems.push(format!("`{name}` is {raw}"));
            }
        }
        self.body(operation, received);
        for left in std::mem::take(&mut self.given) {
            self.problems
                .push(format!("nothing carries `{}`", left.name));
        }
        for (name, value) in std::mem::take(&mut self.query) {
            self.problems.push(format!("nobody gave {name}={value}"));
        }
    }

    /// The argument for a name of the document.
    fn take(&mut self, name: &str, required: bool) -> Option<Argument> {
        let plain = |text: &str| -> String {
            let text = text.to_lowercase();
            text.chars().filter(|it| it.is_alphanumeric()).collect()
        };
        let wished = plain(name);
        let fits = |it: &Argument| {
            let own = plain(&it.name);
            it.required == required && (own == wished || own == format!("{wished}parameter"))
        };
        let place = self.given.iter().position(fits)?;
        Some(self.given.remove(place))
    }

    fn parameter(&mut self, parameter: &Value, in_path: &[(String, String)], received: &Received) {
        let text = |key: &str| {
            parameter
                .get(key)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let (name, place) = (text("name"), text("in"));
        if place == "header" && IGNORED.contains(&name.to_ascii_lowercase().as_str()) {
            return;
        }
        let required = parameter.get("required") == Some(&json!(true)) || place == "path";
        let argument = self.take(name, required);
        if argument.is_none() && (required || self.level != Level::Least) {
            self.problems.push(format!("no argument for `{name}`"));
            return;
        }
        let style = match (text("style"), place) {
            ("", "query" | "cookie") => "form",
            ("", _) => "simple",
            (style, _) => style,
        };
        let explode = parameter
            .get("explode")
            .and_then(Value::as_bool)
            .unwrap_or(style == "form" || style == "deepObject");
        let json_schema = parameter
            .get("content")
            .and_then(Value::as_object)
            .and_then(|it| it.iter().next());
        let is_json = json_schema.is_some_and(|(media, _)| media.contains("json"));
        let schema =
            json_schema.map_or_else(|| parameter.get("schema"), |(_, it)| it.get("schema"));
        let any = json!({});
        let schema = schema.unwrap_or(&any);
        let raw = match place {
            "path" => in_path
                .iter()
                .find(|it| it.0 == name)
                .map(|it| it.1.clone()),
            "header" => received
                .headers
                .get(name)
                .map(|it| it.to_str().unwrap().to_owned()),
            _ => None,
        };
        let expected = argument.map(|it| it.value).filter(|it| !it.is_null());
        let query_string = parameter.get("x-specwright-querystring").is_some();
        let found = if query_string {
            let all = std::mem::take(&mut self.query);
            match is_json {
                true => all.first().map(|(text, _)| parsed(text)),
                false => Some(members(&all)),
            }
        } else if place == "query" || place == "cookie" {
            let cookies = received
                .headers
                .get("cookie")
                .map(|it| it.to_str().unwrap().to_owned());
            let mut pairs = match place {
                "query" => std::mem::take(&mut self.query),
                _ => raw_pairs(&cookies.unwrap_or_default().replace("; ", ";"), ';'),
            };
            let found = from_pairs(&mut pairs, name, style, explode, is_json, expected.as_ref());
            if place == "query" {
                self.query = pairs;
            }
            found
        } else {
            raw.map(|raw| match is_json {
                true => parsed(&raw),
                false => from_text(
                    &raw,
                    name,
                    style,
                    explode,
                    expected.as_ref(),
                    place == "path",
                ),
            })
        };
        self.compare(name, schema, expected.as_ref(), found.as_ref(), is_json);
    }

    fn compare(
        &mut self,
        name: &str,
        schema: &Value,
        expected: Option<&Value>,
        found: Option<&Value>,
        is_json: bool,
    ) {
        let plain =
            |value: Option<&Value>| value.map(|it| if is_json { it.clone() } else { texts(it) });
        let empty = |it: &Value| *it == json!([]) || *it == json!({});
        let left_out = found.is_none() && expected.is_some_and(empty);
        if !left_out && plain(expected) != plain(found) {
            self.problems
                .push(format!("`{name}` is {found:?}, given was {expected:?}"));
        }
        if let Some(expected) = expected {
            self.valid(name, schema, expected);
        }
    }

    fn valid(&mut self, name: &str, schema: &Value, value: &Value) {
        let validator = validator(self.document, schema);
        for error in validator.iter_errors(value) {
            // The values know types and not bounds.
            let text = error.to_string();
            let bounds = [
                "is less than",
                "is greater than",
                "shorter than",
                "longer than",
                "does not match",
                // Constants are texts that `new` fills in, and maps have a key.
                "is not one of",
                "False schema",
            ];
            if !bounds.iter().any(|it| text.contains(it)) {
                self.problems
                    .push(format!("`{name}`{}: {text}", error.instance_path()));
            }
        }
        self.keys(name, schema, value);
    }

    /// Keys are those of the document.
    fn keys(&mut self, name: &str, schema: &Value, value: &Value) {
        let schema = self.document.resolve(schema).clone();
        let composed = ["allOf", "oneOf", "anyOf"]
            .iter()
            .any(|it| schema.get(*it).is_some());
        if let (Some(elements), Some(items)) = (value.as_array(), schema.get("items")) {
            elements.iter().for_each(|it| self.keys(name, items, it));
        }
        let (Some(properties), Some(object), false) = (
            schema.get("properties").and_then(Value::as_object),
            value.as_object(),
            composed,
        ) else {
            return;
        };
        let open = schema
            .get("additionalProperties")
            .is_some_and(|it| *it != json!(false));
        for (key, value) in object {
            match properties.get(key) {
                Some(property) => self.keys(name, property, value),
                None if open => {}
                None => self
                    .problems
                    .push(format!("`{name}` has an undocumented `{key}`")),
            }
        }
    }

    fn security(&mut self, operation: &Operation, received: &Received) {
        let all = self
            .document
            .components
            .get("securitySchemes")
            .cloned()
            .unwrap_or_default();
        if operation.security.is_empty() || operation.security.iter().any(Vec::is_empty) {
            self.query.retain(|(name, _)| {
                !all.as_object()
                    .into_iter()
                    .flatten()
                    .any(|(_, it)| it.get("name") == Some(&json!(name)))
            });
            return;
        }
        let header = |name: &str| {
            received
                .headers
                .get(name)
                .and_then(|it| it.to_str().ok())
                .unwrap_or_default()
                .to_owned()
        };
        let mut used: Vec<String> = Vec::new();
        let query = &self.query;
        let mut has = |scheme: &str| {
            let scheme = &all[scheme];
            let name = scheme["name"].as_str().unwrap_or_default();
            match (scheme["type"].as_str(), scheme["in"].as_str()) {
                (Some("apiKey"), Some("header")) => header(name) == "secret",
                (Some("apiKey"), Some("cookie")) => {
                    header("cookie").contains(&format!("{name}=secret"))
                }
                (Some("apiKey"), _) => {
                    used.push(name.to_owned());
                    query.iter().any(|it| it.0 == name && it.1 == "secret")
                }
                _ => {
                    let scheme = scheme["scheme"].as_str().unwrap_or("bearer").to_lowercase();
                    header("authorization")
                        .to_lowercase()
                        .starts_with(&format!("{scheme} "))
                }
            }
        };
        if !operation
            .security
            .iter()
            .any(|all| all.iter().all(|it| has(it)))
        {
            self.problems
                .push("no requirement of `security` is met".to_owned());
        }
        self.query.retain(|(name, _)| !used.contains(name));
    }

    fn body(&mut self, operation: &Operation, received: &Received) {
        let Some(documented) = operation.object.get("requestBody") else {
            if received.body.as_ref().is_some_and(|it| !it.is_empty()) {
                self.problems.push("a body".to_owned());
            }
            return;
        };
        let document = self.document;
        let documented = document.resolve(documented);
        let Some(content) = documented
            .get("content")
            .and_then(Value::as_object)
            .filter(|it| !it.is_empty())
        else {
            return;
        };
        let required = documented.get("required") == Some(&json!(true));
        let Some(body) = &received.body else {
            if required {
                self.problems.push("no body".to_owned());
            }
            return;
        };
        let content_type = received
            .headers
            .get("content-type")
            .map(|it| it.to_str().unwrap())
            .unwrap_or_default();
        let essence = content_type.split(';').next().unwrap_or_default();
        let Some((_, media)) = content
            .iter()
            .find(|(name, _)| name.split(';').next() == Some(essence))
        else {
            self.problems.push(format!("a body of `{content_type}`"));
            return;
        };
        let any = json!({});
        let schema = media.get("schema").unwrap_or(&any);
        if essence == "multipart/form-data" {
            self.multipart(schema, content_type, body);
            return;
        }
        let Some(argument) = self.take("body", required) else {
            self.problems.push("no argument for the body".to_owned());
            return;
        };
        let text = String::from_utf8_lossy(body).into_owned();
        if essence == "application/x-www-form-urlencoded" {
            self.form(schema, media, &text, &argument.value);
        } else if essence.contains("json") && !essence.contains("ndjson") {
            let found = parsed(&text);
            if found != argument.value {
                self.problems.push(format!("the body is {found}"));
            }
            self.valid("body", schema, &found);
        } else if argument.value != json!(text) {
            self.problems.push(format!("the body is {text}"));
        }
    }

    fn form(&mut self, schema: &Value, media: &Value, text: &str, given: &Value) {
        let mut pairs = raw_pairs(text, '&');
        for (name, value) in given.as_object().into_iter().flatten() {
            let encoding = &media["encoding"][name];
            let style = encoding["style"].as_str().unwrap_or("form");
            let is_json = encoding["contentType"]
                .as_str()
                .is_some_and(|it| it.contains("json"));
            let styled = encoding.get("style").is_some();
            let explode = !styled || encoding["explode"].as_bool().unwrap_or_default();
            let found = from_pairs(&mut pairs, name, style, explode, is_json, Some(value));
            self.compare(name, &json!({}), Some(value), found.as_ref(), is_json);
        }
        self.valid("body", schema, given);
        for (name, _) in pairs {
            self.problems
                .push(format!("the form has an unknown `{name}`"));
        }
    }

    fn multipart(&mut self, schema: &Value, content_type: &str, body: &[u8]) {
        let boundary = content_type
            .split("boundary=")
            .nth(1)
            .unwrap_or_default()
            .trim_matches('"');
        let text = String::from_utf8_lossy(body).into_owned();
        let mut found: Map<String, Value> = Map::new();
        for part in text.split(&format!("--{boundary}")).skip(1) {
            let Some((head, content)) = part.split_once("\r\n\r\n") else {
                continue;
            };
            let name = head
                .split("name=\"")
                .nth(1)
                .and_then(|it| it.split('"').next())
                .unwrap_or_default();
            let content = content.strip_suffix("\r\n").unwrap_or(content);
            let is_json = head
                .to_lowercase()
                .contains("content-type: application/json");
            let value = if is_json {
                parsed(content)
            } else {
                json!(content)
            };
            let all = found.entry(name).or_insert_with(|| json!([]));
            all.as_array_mut().unwrap().push(value);
        }
        let document = self.document;
        let properties = document
            .resolve(schema)
            .get("properties")
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default();
        for name in properties.keys() {
            let Some(argument) = self.take(&format!("part {name}"), true) else {
                if found.remove(name).is_some() {
                    self.problems.push(format!("nobody gave the part `{name}`"));
                }
                continue;
            };
            let expected = match argument.value {
                Value::Null => continue,
                Value::Array(all) => all,
                one => vec![one],
            };
            let found = found.remove(name).unwrap_or_default();
            if texts(&found) != texts(&expected.clone().into()) {
                self.problems.push(format!(
                    "the part `{name}` is {found}, given was {expected:?}"
                ));
            }
        }
        for name in found.keys() {
            self.problems
                .push(format!("the form has an unknown `{name}`"));
        }
        for name in list(document.resolve(schema), "required") {
            if !properties.contains_key(name.as_str().unwrap_or_default()) {
                self.problems.push(format!("no part {name}"));
            }
        }
    }
}

/// The values of the variables of a template, still encoded.
fn variables(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let mut found = Vec::new();
    let (expected, actual): (Vec<&str>, Vec<&str>) =
        (template.split('/').collect(), path.split('/').collect());
    if expected.len() != actual.len() {
        return None;
    }
    for (expected, actual) in expected.into_iter().zip(actual) {
        match expected
            .strip_prefix('{')
            .and_then(|it| it.strip_suffix('}'))
        {
            Some(name) => found.push((name.to_owned(), actual.to_owned())),
            None if decoded(actual) == expected => {}
            None => return None,
        }
    }
    Some(found)
}

/// Names decoded, values as they are on the wire.
fn raw_pairs(text: &str, separator: char) -> Vec<(String, String)> {
    let pairs = text.split(separator).filter(|it| !it.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), value.to_owned())
        })
        .collect()
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " "))
        .decode_utf8_lossy()
        .into_owned()
}

fn parsed(text: &str) -> Value {
    let read = |text: &str| serde_json::from_str(text).ok();
    read(text)
        .or_else(|| read(&decoded(text)))
        .unwrap_or_else(|| json!(format!("no JSON: {text}")))
}

fn members(pairs: &[(String, String)]) -> Value {
    pairs
        .iter()
        .map(|(name, value)| (name.clone(), json!(decoded(value))))
        .collect::<Map<_, _>>()
        .into()
}

/// A parameter of the query or of the cookies; its pairs are taken away.
fn from_pairs(
    pairs: &mut Vec<(String, String)>,
    name: &str,
    style: &str,
    explode: bool,
    is_json: bool,
    expected: Option<&Value>,
) -> Option<Value> {
    let mut take = |fits: &dyn Fn(&str) -> bool| -> Vec<(String, String)> {
        let (mine, rest) = std::mem::take(pairs)
            .into_iter()
            .partition(|it| fits(&it.0));
        *pairs = rest;
        mine
    };
    if is_json {
        return take(&|it| it == name).first().map(|it| parsed(&it.1));
    }
    let some = |value: Value, count: usize| (count > 0).then_some(value);
    match expected {
        Some(Value::Object(_)) if style == "deepObject" => {
            let prefix = format!("{name}[");
            let mine = take(&|it| it.starts_with(&prefix));
            let mut object: Map<String, Value> = Map::new();
            for (key, value) in &mine {
                let key = key.trim_start_matches(&prefix).trim_end_matches(']');
                let value = json!(decoded(value));
                match object.get_mut(key) {
                    Some(Value::Array(all)) => all.push(value),
                    Some(first) => *first = json!([first.clone(), value]),
                    None => drop(object.insert(key.to_owned(), value)),
                }
            }
            some(object.into(), mine.len())
        }
        Some(Value::Object(object)) if explode => {
            let mine = take(&|it| object.contains_key(it));
            some(members(&mine), mine.len())
        }
        Some(Value::Array(_)) if explode => {
            let mine = take(&|it| it == name);
            some(
                mine.iter().map(|it| json!(decoded(&it.1))).collect(),
                mine.len(),
            )
        }
        _ => {
            let mine = take(&|it| it == name);
            let (_, raw) = mine.first()?;
            Some(from_text(raw, name, style, false, expected, true))
        }
    }
}

/// A value in one text (RFC 6570 and the styles of OAS 3.0.3).
fn from_text(
    raw: &str,
    name: &str,
    style: &str,
    explode: bool,
    expected: Option<&Value>,
    encoded: bool,
) -> Value {
    let plain = |text: &str| {
        if encoded {
            decoded(text)
        } else {
            text.to_owned()
        }
    };
    let (raw, separator) = match style {
        "label" => (
            raw.strip_prefix('.').unwrap_or("no dot"),
            if explode { "." } else { "," },
        ),
        "matrix" => (
            raw.strip_prefix(';').unwrap_or("no semicolon"),
            if explode { ";" } else { "," },
        ),
        "spaceDelimited" => (raw, "%20"),
        "pipeDelimited" => (raw, "%7C"),
        _ => (raw, ","),
    };
    let prefix = format!("{name}=");
    let whole = style == "matrix" && !(explode && expected.is_some_and(Value::is_object));
    // A space in a value cannot be told from one between values.
    if let (Some(Value::Array(given)), "spaceDelimited") = (expected, style) {
        let words: Vec<&str> = given.iter().filter_map(Value::as_str).collect();
        if words.join(" ") == decoded(raw) {
            return given.clone().into();
        }
    }
    let element = |text: &str| {
        plain(if whole {
            text.strip_prefix(&prefix).unwrap_or(text)
        } else {
            text
        })
    };
    match expected {
        Some(Value::Array(_)) => raw.split(separator).map(|it| json!(element(it))).collect(),
        Some(Value::Object(_)) if explode => {
            let pairs: Vec<(String, String)> = raw
                .split(separator)
                .filter_map(|it| it.split_once('='))
                .map(|(key, value)| (plain(key), value.to_owned()))
                .collect();
            members(&pairs)
        }
        Some(Value::Object(_)) => {
            let words: Vec<String> = raw.split(separator).map(element).collect();
            let pairs = words.chunks(2).filter_map(|it| match it {
                [key, value] => Some((key.clone(), json!(value))),
                _ => None,
            });
            pairs.collect::<Map<_, _>>().into()
        }
        _ => json!(element(raw)),
    }
}

/// The same with every scalar as its text, without what is null, and with lists of one as that one: a URL tells no more.
fn texts(value: &Value) -> Value {
    match value {
        Value::Array(elements) => match elements.as_slice() {
            [only] => texts(only),
            several => several.iter().map(texts).collect(),
        },
        Value::Object(object) => {
            let members = object.iter().filter(|(_, it)| !it.is_null());
            members
                .map(|(key, value)| (key.clone(), texts(value)))
                .collect::<Map<_, _>>()
                .into()
        }
        Value::String(_) => value.clone(),
        other => json!(other.to_string()),
    }
}
