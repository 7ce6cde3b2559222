//! The declared pagination against the rest of the document.

use serde_json::Value;

use crate::schema::{Node, view};
use crate::spec::{PAGINATION, operations, success_body};

/// Names that are no query parameter, and pointers that lead to no member of the success body.
pub(crate) fn dangling(document: &Value) -> Vec<String> {
    let mut complaints = Vec::new();
    for (path, method) in operations(document) {
        let operation =
            Node::at(document, "/paths").and_then(|paths| paths.child(&path)?.child(&method));
        let Some(operation) = operation else { continue };
        let Some(extension) = operation.child(PAGINATION) else {
            continue;
        };
        for name in values(&extension, "request") {
            let is_named = |parameter: &Node<'_>| {
                let parameter = parameter.clone().resolved(document).schema;
                parameter.get("name").is_some_and(|given| given == name)
                    && parameter.get("in").is_some_and(|place| place == "query")
            };
            if !operation.children("parameters").iter().any(is_named) {
                complaints.push(format!("{name} is no query parameter"));
            }
        }
        for pointer in values(&extension, "response") {
            if !leads_somewhere(document, pointer) {
                complaints.push(format!("{pointer} is not in the body"));
            }
        }
    }
    complaints
}

fn values<'a>(extension: &Node<'a>, section: &str) -> Vec<&'a str> {
    let section = extension
        .child(section)
        .and_then(|node| node.schema.as_object());
    let values = section.into_iter().flat_map(|section| section.values());
    values.filter_map(Value::as_str).collect()
}

fn leads_somewhere(document: &Value, pointer: &str) -> bool {
    let mut steps = pointer.split('/').skip(1);
    let property = |node: Node<'_>, step: &str| {
        let view = view(document, &node);
        let property = view
            .properties
            .into_iter()
            .find(|property| property.name == step)?;
        Some(Node {
            schema: document.pointer(&property.node.place)?,
            place: property.node.place,
        })
    };
    success_body(document).is_some_and(|body| steps.try_fold(body, property).is_some())
}
