//! Schemas of a document in the words that `jsonschema` reads.
//!
//! The shape stays: a keyword stands where it stands in the document, so that places of findings are places there.
//! References become a keyword of our own, which looks at the target when it is asked; so every target is made ready
//! once, however many refer to it.

use jsonschema::Draft;
use serde_json::{Map, Value, json};
use specwright_diagnostics::Pointer;
use specwright_openapi::{Document, Node, Object};

use super::{dialect::Dialect, direction::Direction, patterns::Patterns};

/// The keyword of references: the value is the pointer of the target.
pub(crate) const REFERENCE: &str = "x-specwright-ref";

/// The keyword of schemas that allow `null` besides: the value is the pointer of the schema itself.
pub(crate) const NULLABLE: &str = "x-specwright-nullable";

/// The keyword of what cannot be decided: `{"of": TYPE or null, "why": TEXT}`.
pub(crate) const UNDECIDED: &str = "x-specwright-undecided";

/// The base of references within one rewritten text.
pub(crate) const BASE: &str = "specwright:///schemas";

/// Keywords whose value is taken as it is.
const PLAIN: &[&str] = &[
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "maxItems",
    "minItems",
    "uniqueItems",
    "maxProperties",
    "minProperties",
    "format",
];

/// The same, from 3.1 on.
const PLAIN_JSON: &[&str] = &[
    "type",
    "enum",
    "const",
    "minContains",
    "maxContains",
    "dependentRequired",
];

/// Keywords that hold schemas, from 3.1 on.
const HOLDERS_JSON: &[&str] = &[
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "additionalItems",
    "unevaluatedItems",
    "unevaluatedProperties",
    "prefixItems",
    "dependentSchemas",
    "dependencies",
    "patternProperties",
];

/// Keywords that look at what other keywords saw, through references: these stay in place for them.
const WHOLE: &[&str] = &["unevaluatedItems", "unevaluatedProperties"];

/// References whose target depends on the way that validation took (JSON Schema 2020-12 Core §8.2.3.2).
const DYNAMIC: &[&str] = &["$dynamicRef", "$recursiveRef"];

/// Rewrites schemas.
pub(crate) struct Rewriter<'d> {
    pub(crate) document: &'d Document,
    pub(crate) dialect: Dialect,
    pub(crate) direction: Direction,
    pub(crate) patterns: &'d Patterns,
    /// With references in place: the targets so far, by their number in `$defs`.
    pub(crate) targets: Option<Vec<Pointer>>,
}

impl Rewriter<'_> {
    /// The schema that stands at `at`; with `as_it_is` the outermost is read as if it were not nullable.
    pub(crate) fn schema(&mut self, schema: &Node, at: &mut Pointer, as_it_is: bool) -> Value {
        match schema {
            Node::Object(schema) if self.dialect.is_own() => self.own(schema, at, as_it_is),
            Node::Object(schema) => self.json(schema, at),
            Node::Bool(holds) if !self.dialect.is_own() => Value::Bool(*holds),
            _ => undecided(None, "this is no schema"),
        }
    }

    fn own(&mut self, schema: &Object, at: &mut Pointer, as_it_is: bool) -> Value {
        if let Some(reference) = schema.get("$ref").and_then(Node::as_str) {
            return self.reference(reference).into();
        }
        let is_nullable = !as_it_is && self.dialect.is_nullable(schema);
        let is_composed = ["allOf", "anyOf", "oneOf", "not"]
            .iter()
            .any(|it| schema.contains(it));
        if is_nullable && is_composed {
            return json!({ NULLABLE: at.as_str() });
        }
        let mut out = Map::new();
        for (keyword, says) in schema.iter() {
            match (keyword, says) {
                ("type", Node::String(kind)) if is_nullable => {
                    out.insert("type".to_owned(), json!([kind, "null"]));
                }
                ("type", Node::String(kind)) if kind == "file" => {}
                ("type", says) => {
                    out.insert("type".to_owned(), says.to_json());
                }
                ("enum", Node::Array(values)) => {
                    let mut values: Vec<Value> = values.iter().map(Node::to_json).collect();
                    if is_nullable && !values.contains(&Value::Null) {
                        values.push(Value::Null);
                    }
                    // Drafts want at least one value; none fits where there is none.
                    out.insert("enum".to_owned(), values.into());
                }
                ("anyOf" | "oneOf" | "not", _) if self.dialect == Dialect::V2_0 => {}
                _ => self.keyword(schema, keyword, says, at, &mut out),
            }
        }
        out.into()
    }

    fn json(&mut self, schema: &Object, at: &mut Pointer) -> Value {
        let mut out = Map::new();
        if let Some(reference) = schema.get("$ref").and_then(Node::as_str) {
            out = self.reference(reference);
        }
        for (keyword, says) in schema.iter() {
            if PLAIN_JSON.contains(&keyword) {
                out.insert(keyword.to_owned(), says.to_json());
            } else if keyword == "patternProperties" && !self.knows_all(says) {
                let why =
                    "a name in `patternProperties` is no regular expression that is understood";
                merge(&mut out, undecided(Some("object"), why));
            } else if keyword == "dependencies" && self.dialect.draft() >= Draft::Draft201909 {
                // Two other keywords have taken its place, though the crate still knows it.
            } else if HOLDERS_JSON.contains(&keyword) {
                self.holder(keyword, says, at, &mut out);
            } else if DYNAMIC.contains(&keyword) {
                let why = "where a dynamic reference leads is not known";
                merge(&mut out, undecided(None, why));
            } else {
                self.keyword(schema, keyword, says, at, &mut out);
            }
        }
        out.into()
    }

    /// Keywords of all dialects.
    fn keyword(
        &mut self,
        schema: &Object,
        keyword: &str,
        says: &Node,
        at: &mut Pointer,
        out: &mut Map<String, Value>,
    ) {
        match keyword {
            "required" => {
                let names = says.as_array().unwrap_or(&[]).iter();
                let names = names
                    .filter_map(Node::as_str)
                    .filter(|name| !self.direction.exempts(self.document, schema, name));
                // The crate expects a name that is listed twice to be there twice.
                let names: std::collections::BTreeSet<&str> = names.collect();
                if !names.is_empty() {
                    out.insert(keyword.to_owned(), json!(names));
                }
            }
            "pattern" => match says.as_str() {
                Some(pattern) if self.patterns.knows(pattern) => {
                    out.insert(keyword.to_owned(), pattern.into());
                }
                _ => {
                    let why = "`pattern` is no regular expression that is understood";
                    merge(out, undecided(Some("string"), why));
                }
            },
            "additionalProperties" if matches!(says, Node::Bool(_)) => {
                out.insert(keyword.to_owned(), says.to_json());
            }
            "allOf"
            | "anyOf"
            | "oneOf"
            | "not"
            | "items"
            | "properties"
            | "additionalProperties" => self.holder(keyword, says, at, out),
            _ if PLAIN.contains(&keyword) => {
                out.insert(keyword.to_owned(), says.to_json());
            }
            _ => {}
        }
    }

    /// A keyword that holds a schema, a list of them, or a map of them.
    fn holder(
        &mut self,
        keyword: &str,
        says: &Node,
        at: &mut Pointer,
        out: &mut Map<String, Value>,
    ) {
        at.push(keyword);
        let is_map = matches!(
            keyword,
            "properties" | "patternProperties" | "dependentSchemas" | "dependencies"
        );
        let rewritten = match says {
            Node::Object(members) if is_map => {
                let mut map = Map::new();
                for (name, schema) in members.iter() {
                    at.push(name);
                    let value = match schema {
                        // A dependency on properties alone.
                        Node::Array(_) => schema.to_json(),
                        _ => self.schema(schema, at, false),
                    };
                    map.insert(name.to_owned(), value);
                    at.pop();
                }
                map.into()
            }
            Node::Array(parts) => {
                let parts = parts.iter().enumerate().map(|(index, schema)| {
                    at.push(&index.to_string());
                    let value = self.schema(schema, at, false);
                    at.pop();
                    value
                });
                parts.collect()
            }
            schema => self.schema(schema, at, false),
        };
        at.pop();
        out.insert(keyword.to_owned(), rewritten);
    }

    fn reference(&mut self, reference: &str) -> Map<String, Value> {
        let target = reference.strip_prefix('#').and_then(Pointer::parse);
        let target = target.filter(|it| self.document.at(it).is_some());
        let Some(target) = target else {
            let why = format!("nothing is known about `{reference}`");
            return object(undecided(None, &why));
        };
        let Some(targets) = &mut self.targets else {
            return object(json!({ REFERENCE: target.as_str() }));
        };
        let number = targets.iter().position(|it| *it == target);
        let number = number.unwrap_or_else(|| {
            targets.push(target);
            targets.len() - 1
        });
        object(json!({ "$ref": format!("{BASE}#/$defs/{number}") }))
    }

    fn knows_all(&self, patterns: &Node) -> bool {
        patterns
            .as_object()
            .is_some_and(|it| it.iter().all(|(pattern, _)| self.patterns.knows(pattern)))
    }
}

/// Whether one of the keywords that need references in place stands in the tree.
pub(crate) fn wants_whole(node: &Node) -> bool {
    match node {
        Node::Object(object) => object
            .iter()
            .any(|(key, node)| WHOLE.contains(&key) || wants_whole(node)),
        Node::Array(items) => items.iter().any(wants_whole),
        _ => false,
    }
}

/// A schema about which, for values of this type, nothing can be said.
fn undecided(of: Option<&str>, why: &str) -> Value {
    json!({ UNDECIDED: { "of": of, "why": why } })
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}

fn merge(out: &mut Map<String, Value>, value: Value) {
    out.extend(object(value));
}
