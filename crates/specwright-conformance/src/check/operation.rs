//! The operations of a document's paths.

use specwright_openapi::{Document, Node, Object, Version, diagnostics::Pointer};

/// An operation of the paths.
#[derive(Debug)]
pub(crate) struct Operation<'d> {
    /// The path template.
    pub(crate) path: &'d str,
    /// The method as it is sent.
    pub(crate) method: String,
    /// The Operation Object.
    pub(crate) object: &'d Object,
    /// Where it stands.
    pub(crate) pointer: Pointer,
    /// The Path Item Object.
    pub(crate) item: &'d Object,
    /// Where that stands.
    pub(crate) item_pointer: Pointer,
}

/// A parameter of an operation, with references followed.
#[derive(Debug, Clone)]
pub(crate) struct Parameter<'d> {
    pub(crate) name: &'d str,
    /// `query`, `header`, `path`, `cookie`, `querystring`; in 2.0 also `formData` and `body`.
    pub(crate) place: &'d str,
    pub(crate) object: &'d Object,
    /// Where it, or the reference to it, stands in the list.
    pub(crate) pointer: Pointer,
}

const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

impl<'d> Operation<'d> {
    /// The text of a field.
    pub(crate) fn text(&self, field: &str) -> Option<&'d str> {
        self.object.get(field).and_then(Node::as_str)
    }

    /// `operationId`, or the method and path.
    pub(crate) fn name(&self) -> String {
        match self.text("operationId") {
            Some(id) => id.to_owned(),
            None => format!("{} {}", self.method, self.path),
        }
    }

    /// The parameters of the path item and those of the operation, in this order, those overridden included.
    pub(crate) fn parameters(&self, document: &'d Document) -> Vec<Parameter<'d>> {
        let mut all = parameters(self.item, &self.item_pointer, document);
        all.extend(parameters(self.object, &self.pointer, document));
        all
    }
}

/// The parameters that an operation or a path item lists itself.
pub(crate) fn parameters<'d>(
    object: &'d Object,
    pointer: &Pointer,
    document: &'d Document,
) -> Vec<Parameter<'d>> {
    let list = object.get("parameters").and_then(Node::as_array);
    let pointer = pointer.join("parameters");
    list.into_iter()
        .flatten()
        .enumerate()
        .filter_map(|(index, node)| {
            let object = document.follow(node.as_object()?)?;
            Some(Parameter {
                name: object.get("name")?.as_str()?,
                place: object.get("in")?.as_str()?,
                object,
                pointer: pointer.index(index),
            })
        })
        .collect()
}

/// Every operation of the paths, in the order of the text.
pub(crate) fn operations(document: &Document) -> Vec<Operation<'_>> {
    let paths = document.root().get("paths").and_then(Node::as_object);
    let root = Pointer::root().join("paths");
    let mut operations = Vec::new();
    for (path, item) in paths.into_iter().flat_map(Object::iter) {
        let Some(item) = item.as_object().filter(|_| path.starts_with('/')) else {
            continue;
        };
        let item_pointer = root.join(path);
        for (key, node) in item.iter() {
            let known =
                METHODS.contains(&key) && (key != "query" || document.version() >= Version::V3_2);
            match (known, key, node) {
                (true, method, Node::Object(object)) => operations.push(Operation {
                    path,
                    method: method.to_ascii_uppercase(),
                    object,
                    pointer: item_pointer.join(method),
                    item,
                    item_pointer: item_pointer.clone(),
                }),
                (_, "additionalOperations", Node::Object(further)) => {
                    let below = item_pointer.join(key);
                    for (method, node) in further.iter() {
                        let Some(object) = node.as_object() else {
                            continue;
                        };
                        operations.push(Operation {
                            path,
                            method: method.to_owned(),
                            object,
                            pointer: below.join(method),
                            item,
                            item_pointer: item_pointer.clone(),
                        });
                    }
                }
                _ => {}
            }
        }
    }
    operations
}
