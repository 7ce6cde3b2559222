//! The claims of an OpenAPI document with one operation.

use serde_json::{Value, json};

use crate::claims::{EXISTS, SpecClaims};
use crate::schema::{Node, escape, view};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];
pub(crate) const PAGINATION: &str = "x-specwright-pagination";

/// Returns everything the document says about its operation.
pub(crate) fn claims(document: &Value) -> SpecClaims {
    let mut reader = Reader {
        document,
        claims: SpecClaims::default(),
    };
    reader.servers();
    for (index, (path, method)) in operations(document).into_iter().enumerate() {
        let place = format!("/paths/{}/{method}", escape(&path));
        let Some(operation) = Node::at(document, &place) else {
            continue;
        };
        if index > 0 {
            reader.add(
                &format!("operation {method} {path}"),
                EXISTS,
                json!(true),
                &[place],
            );
            continue;
        }
        reader.add(
            "operation",
            "path",
            json!(path),
            std::slice::from_ref(&place),
        );
        reader.add(
            "operation",
            "method",
            json!(method.to_uppercase()),
            &[place],
        );
        reader.security(&operation);
        reader.parameters(&operation);
        reader.responses(&operation);
        reader.pagination(&operation);
    }
    reader.claims
}

/// Path and method of each operation.
pub(crate) fn operations(document: &Value) -> Vec<(String, String)> {
    let paths = document.get("paths").and_then(Value::as_object);
    let methods = |item: &Value| {
        METHODS
            .iter()
            .filter(|method| item.get(**method).is_some())
            .map(|method| (*method).to_owned())
            .collect()
    };
    let of_path = |(path, item): (&String, &Value)| -> Vec<(String, String)> {
        let methods: Vec<String> = methods(item);
        methods
            .into_iter()
            .map(|method| (path.clone(), method))
            .collect()
    };
    paths.into_iter().flatten().flat_map(of_path).collect()
}

struct Reader<'a> {
    document: &'a Value,
    claims: SpecClaims,
}

/// A value of the body or a part of it: where its claims go, and how it was reached.
struct Field<'a> {
    family: &'static str,
    path: String,
    node: Node<'a>,
    /// Where it is listed as required.
    required: Option<String>,
}

impl<'a> Reader<'a> {
    fn add(&mut self, subject: &str, attribute: &str, value: Value, trail: &[String]) {
        self.claims.add(subject, attribute, value, trail);
    }

    fn servers(&mut self) {
        let Some(root) = Node::at(self.document, "") else {
            return;
        };
        for (index, server) in root.children("servers").into_iter().enumerate() {
            let url = server.schema.get("url").cloned().unwrap_or_default();
            let trail = [server.place.clone()];
            match index {
                0 => self.add("operation", "server", url, &trail),
                _ => self.add(&format!("server {url}"), EXISTS, json!(true), &trail),
            }
            let Some(variables) = server.child("variables") else {
                continue;
            };
            for (name, variable) in variables.schema.as_object().into_iter().flatten() {
                let trail = [format!("{}/{}", variables.place, escape(name))];
                self.attributes(&format!("server variable {name}"), variable, &trail);
            }
        }
    }

    /// Claims existence and every attribute of a plain object.
    fn attributes(&mut self, subject: &str, object: &Value, trail: &[String]) {
        self.add(subject, EXISTS, json!(true), trail);
        for (key, value) in object.as_object().into_iter().flatten() {
            if key != "description" && !key.starts_with("x-") {
                self.add(subject, key, value.clone(), trail);
            }
        }
    }

    fn security(&mut self, operation: &Node<'a>) {
        let root = Node {
            schema: self.document,
            place: String::new(),
        };
        let Some(requirements) = operation
            .child("security")
            .or_else(|| root.child("security"))
        else {
            return;
        };
        let schemes = Node::at(self.document, "/components/securitySchemes");
        let mut trail = vec![requirements.place.clone()];
        let mut names = Vec::new();
        let requirements = requirements.schema.as_array().into_iter().flatten();
        for name in requirements
            .filter_map(Value::as_object)
            .flat_map(|requirement| requirement.keys())
        {
            let Some(scheme) = schemes.as_ref().and_then(|schemes| schemes.child(name)) else {
                continue;
            };
            let text = |key| scheme.schema.get(key).and_then(Value::as_str);
            names.push(text("scheme").or_else(|| text("type")).unwrap_or_default());
            trail.push(scheme.place.clone());
        }
        let names = names.join(" or ");
        self.add("operation", "security", json!(names), &trail);
    }

    fn parameters(&mut self, operation: &Node<'a>) {
        for parameter in operation.children("parameters") {
            let mut trail = vec![parameter.place.clone()];
            let parameter = parameter.resolved(self.document);
            trail.push(parameter.place.clone());
            let text = |key| {
                parameter
                    .schema
                    .get(key)
                    .and_then(Value::as_str)
                    .unwrap_or_default()
            };
            let subject = format!("{} parameter {}", text("in"), text("name"));
            self.add(&subject, EXISTS, json!(true), &trail);
            let required = parameter.schema.get("required") == Some(&Value::Bool(true));
            self.add(&subject, "required", json!(required), &trail);
            for key in [
                "deprecated",
                "example",
                "style",
                "explode",
                "allowEmptyValue",
                "allowReserved",
            ] {
                if let Some(value) = parameter.schema.get(key) {
                    self.add(&subject, key, value.clone(), &trail);
                }
            }
            self.schema(&subject, &parameter, trail);
        }
    }

    /// Claims the attributes of the schema of a parameter or a header.
    fn schema(&mut self, subject: &str, owner: &Node<'a>, mut trail: Vec<String>) {
        let Some(schema) = owner.child("schema") else {
            return;
        };
        let view = view(self.document, &schema);
        trail.extend(view.places);
        for (attribute, value) in view.attributes {
            self.add(subject, attribute, value, &trail);
        }
    }

    fn responses(&mut self, operation: &Node<'a>) {
        let Some(responses) = operation.child("responses") else {
            return;
        };
        for status in responses
            .schema
            .as_object()
            .into_iter()
            .flat_map(|statuses| statuses.keys())
        {
            let Some(place) = responses.child(status) else {
                continue;
            };
            let mut trail = vec![place.place.clone()];
            let response = place.resolved(self.document);
            trail.push(response.place.clone());
            self.add(&format!("response {status}"), "status", json!(true), &trail);
            self.headers(&response, &trail);
            let Some(schema) = body(&response) else {
                continue;
            };
            let family = if status.starts_with('2') {
                "field"
            } else {
                "error field"
            };
            self.field(
                &Field {
                    family,
                    path: String::new(),
                    node: schema,
                    required: None,
                },
                &trail,
            );
        }
    }

    fn headers(&mut self, response: &Node<'a>, trail: &[String]) {
        let Some(headers) = response.child("headers") else {
            return;
        };
        for name in headers
            .schema
            .as_object()
            .into_iter()
            .flat_map(|headers| headers.keys())
        {
            let Some(place) = headers.child(name) else {
                continue;
            };
            let header = place.clone().resolved(self.document);
            let trail: Vec<_> = trail
                .iter()
                .cloned()
                .chain([place.place, header.place.clone()])
                .collect();
            let subject = format!("header {name}");
            self.add(&subject, EXISTS, json!(true), &trail);
            self.schema(&subject, &header, trail);
        }
    }

    fn field(&mut self, field: &Field<'a>, trail: &[String]) {
        let view = view(self.document, &field.node);
        let trail: Vec<_> = trail.iter().cloned().chain(view.places).collect();
        let subject = format!(
            "{} {}",
            field.family,
            if field.path.is_empty() {
                "(body)"
            } else {
                &field.path
            }
        );
        if !field.path.is_empty() && !field.path.ends_with("[]") {
            self.add(&subject, EXISTS, json!(true), &trail);
        }
        if let Some(place) = &field.required {
            self.add(
                &subject,
                "required",
                json!(true),
                std::slice::from_ref(place),
            );
        }
        for (attribute, value) in view.attributes {
            if !(field.path.is_empty() && attribute == "type") {
                self.add(&subject, attribute, value, &trail);
            }
        }
        for property in view.properties {
            let path = match field.path.as_str() {
                "" => property.name.to_owned(),
                path => format!("{path}.{}", property.name),
            };
            self.field(
                &Field {
                    family: field.family,
                    path,
                    node: property.node,
                    required: property.required,
                },
                &trail,
            );
        }
        if let Some(node) = view.items {
            let path = format!("{}[]", field.path);
            self.field(
                &Field {
                    family: field.family,
                    path,
                    node,
                    required: None,
                },
                &trail,
            );
        }
    }

    fn pagination(&mut self, operation: &Node<'a>) {
        let Some(extension) = operation.child(PAGINATION) else {
            return;
        };
        if let Some(style) = extension.schema.get("style") {
            self.add(
                "pagination",
                "style",
                style.clone(),
                &[format!("{}/style", extension.place)],
            );
        }
        for section in ["request", "response", "size"] {
            let Some(section_node) = extension.child(section) else {
                continue;
            };
            for (key, value) in section_node.schema.as_object().into_iter().flatten() {
                let attribute = if (section, key.as_str()) == ("response", "size") {
                    "served_size"
                } else {
                    key
                };
                self.add(
                    "pagination",
                    attribute,
                    value.clone(),
                    &[format!("{}/{key}", section_node.place)],
                );
            }
        }
    }
}

/// The JSON schema of a response.
fn body<'a>(response: &Node<'a>) -> Option<Node<'a>> {
    response
        .child("content")?
        .child("application/json")?
        .child("schema")
}

/// The JSON schema of the success response of the first operation.
pub(crate) fn success_body(document: &Value) -> Option<Node<'_>> {
    let (path, method) = operations(document).into_iter().next()?;
    let operation = Node::at(document, "/paths")?.child(&path)?.child(&method)?;
    body(
        &operation
            .child("responses")?
            .child("200")?
            .resolved(document),
    )
}
