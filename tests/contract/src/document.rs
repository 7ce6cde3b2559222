//! Descriptions as JSON, in the shape of OpenAPI 3.0.

use std::path::PathBuf;

use serde_json::Value;
use specwright_openapi::{Description, FolderLoader, load};

/// A description.
#[derive(Debug)]
pub struct Document {
    /// The components.
    pub components: Value,
    /// Its operations.
    pub operations: Vec<Operation>,
}

/// An operation.
#[derive(Debug)]
pub struct Operation {
    /// Method and path.
    pub place: String,
    /// The Operation Object.
    pub object: Value,
    /// Its parameters and those of its path.
    pub parameters: Vec<Value>,
    /// The schemes of each of its security requirements.
    pub security: Vec<Vec<String>>,
}

/// A folder of the workspace.
#[must_use]
pub fn folder(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

impl Document {
    /// Loads a document of the workspace.
    #[must_use]
    pub fn load(path: &str) -> Self {
        let (parent, name) = path.rsplit_once('/').expect("a path in a folder");
        let loaded = load(name, &FolderLoader::new(folder(parent))).expect("a readable document");
        Self::of(&loaded.description.expect("a usable document"))
    }

    fn of(description: &Description) -> Self {
        let operations = description.operations().map(|from| Operation {
            place: format!("{} {}", from.method, from.path),
            object: serde_json::to_value(from.operation).unwrap(),
            parameters: description
                .parameters(&from)
                .into_iter()
                .map(|(parameter, _)| serde_json::to_value(parameter).unwrap())
                .collect(),
            security: description
                .security(&from)
                .iter()
                .map(|it| it.keys().cloned().collect())
                .collect(),
        });
        Self {
            operations: operations.collect(),
            components: serde_json::to_value(&description.document().components).unwrap(),
        }
    }

    /// The object at the end of a reference.
    #[must_use]
    pub fn resolve<'a>(&'a self, mut node: &'a Value) -> &'a Value {
        while let Some(reference) = node.get("$ref").and_then(Value::as_str) {
            let pointer = reference.trim_start_matches("#/components");
            node = self.components.pointer(pointer).expect("a component");
        }
        node
    }

    /// The operation with a method and path.
    #[must_use]
    pub fn operation(&self, place: &str) -> &Operation {
        let found = self.operations.iter().find(|it| it.place == place);
        found.unwrap_or_else(|| panic!("no operation `{place}`"))
    }
}
