//! Whether values keep to their schemas, told by the `jsonschema` crate.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use jsonschema::{Draft, Registry, Resource, Validator};
use serde_json::{Value, json};
use specwright_conformance::schema::Direction;
use specwright_openapi::{
    Description,
    openapiv3::{ReferenceOr, Schema},
};

use super::convert;

/// The name of the document in references.
pub(crate) const BASE: &str = "urn:specwright:description";

/// What is said of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Valid,
    /// Where, and why not.
    Invalid(String),
    /// The schema is none that a validator could read.
    Undecided(String),
}

/// Judges values by the schemas of one description.
pub(crate) struct Judge {
    request: Registry<'static>,
    response: Registry<'static>,
    read_only: BTreeMap<String, bool>,
    write_only: BTreeMap<String, bool>,
    known: HashMap<(String, Direction), Result<Arc<Validator>, String>>,
}

impl Judge {
    /// `None` if the schemas cannot be put into a registry.
    pub(crate) fn new(description: &Description) -> Option<Self> {
        let components = serde_json::to_value(&description.document().components).ok()?;
        let schemas = components.get("schemas").cloned().unwrap_or(json!({}));
        let flags = |flag: &str| -> BTreeMap<String, bool> {
            let schemas = schemas.as_object().into_iter().flatten();
            schemas
                .map(|(name, schema)| (name.clone(), schema.get(flag) == Some(&Value::Bool(true))))
                .collect()
        };
        let (read_only, write_only) = (flags("readOnly"), flags("writeOnly"));
        let registry = |direction| {
            let hidden = |node: &Value, direction| hidden(&read_only, &write_only, node, direction);
            let converted: serde_json::Map<String, Value> = schemas
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, node)| (name.clone(), convert::schema(node, direction, &hidden)))
                .collect();
            let root = json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "components": { "schemas": converted } });
            Registry::new()
                .add(BASE, Resource::from_contents(root))
                .ok()?
                .prepare()
                .ok()
        };
        Some(Self {
            request: registry(Direction::Request)?,
            response: registry(Direction::Response)?,
            read_only,
            write_only,
            known: HashMap::new(),
        })
    }

    /// What is to be said of a value of the schema.
    pub(crate) fn judge(
        &mut self,
        schema: &ReferenceOr<Schema>,
        direction: Direction,
        value: &Value,
    ) -> Verdict {
        let key = match schema {
            ReferenceOr::Reference { reference } => reference.clone(),
            ReferenceOr::Item(item) => format!("{:p}", std::ptr::from_ref(item)),
        };
        let key = (key, direction);
        if !self.known.contains_key(&key) {
            let built = self.build(schema, direction).map(Arc::new);
            self.known.insert(key.clone(), built);
        }
        match self.known.get(&key) {
            Some(Ok(validator)) => {
                if validator.is_valid(value) {
                    return Verdict::Valid;
                }
                let first = validator.iter_errors(value).next();
                let reason = first.map(|it| {
                    let text: String = it.to_string().chars().take(300).collect();
                    format!("{} {}: {text}", it.instance_path(), it.schema_path())
                });
                Verdict::Invalid(reason.unwrap_or_default())
            }
            Some(Err(reason)) => Verdict::Undecided(reason.clone()),
            None => Verdict::Undecided("nothing was built".to_owned()),
        }
    }

    fn build(
        &self,
        schema: &ReferenceOr<Schema>,
        direction: Direction,
    ) -> Result<Validator, String> {
        let node = serde_json::to_value(schema).map_err(|it| it.to_string())?;
        let hidden =
            |node: &Value, direction| hidden(&self.read_only, &self.write_only, node, direction);
        let root = convert::schema(&node, direction, &hidden);
        let registry = match direction {
            Direction::Request => &self.request,
            Direction::Response | Direction::Either => &self.response,
        };
        jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .with_format("byte", |text: &str| is_base64(text))
            .with_registry(registry)
            .offline()
            .build(&root)
            .map_err(|it| it.to_string().chars().take(300).collect())
    }
}

/// Whether a property is never in values of this direction.
fn hidden(
    read_only: &BTreeMap<String, bool>,
    write_only: &BTreeMap<String, bool>,
    node: &Value,
    direction: Direction,
) -> bool {
    let (flag, of_components) = match direction {
        Direction::Request => ("readOnly", read_only),
        Direction::Response | Direction::Either => ("writeOnly", write_only),
    };
    let referred = || {
        let name = node.get("$ref")?.as_str()?.rsplit('/').next()?;
        of_components.get(name).copied()
    };
    node.get(flag) == Some(&Value::Bool(true)) || referred().unwrap_or(false)
}

/// RFC 4648 §4, with or without line breaks.
fn is_base64(text: &str) -> bool {
    let digits: Vec<u8> = text
        .bytes()
        .filter(|it| !matches!(it, b'\r' | b'\n'))
        .collect();
    let content = digits
        .iter()
        .position(|it| *it == b'=')
        .unwrap_or(digits.len());
    let (content, padding) = digits.split_at(content);
    digits.len().is_multiple_of(4)
        && padding.len() <= 2
        && padding.iter().all(|it| *it == b'=')
        && content
            .iter()
            .all(|it| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'/'))
}
