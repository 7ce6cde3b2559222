//! Validators of `jsonschema`, each made when it is first needed.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, OnceLock, PoisonError, RwLock, Weak},
};

use jsonschema::{Draft, Keyword, Registry, ValidationError, Validator};
use serde_json::{Value, json};
use specwright_diagnostics::Pointer;
use specwright_openapi::{Document, Node, Object};

use super::{
    Undecidable,
    dialect::Dialect,
    direction::Direction,
    formats,
    instance::{Instance, Look},
    patterns::Patterns,
    quick::{Answer, Quick},
    rewrite::{BASE, NULLABLE, REFERENCE, Rewriter, UNDECIDED, wants_whole},
};

/// What the checkers of a document share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) document: Arc<Document>,
    pub(crate) dialect: Dialect,
    pub(crate) patterns: Patterns,
    ready: RwLock<HashMap<Key, Made>>,
    /// Whether a schema somewhere needs its references in place.
    has_whole: OnceLock<bool>,
}

/// A schema read in one way.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) pointer: Pointer,
    pub(crate) direction: Direction,
    /// Read as if it were not nullable.
    pub(crate) as_it_is: bool,
}

pub(crate) type Made = Arc<Result<Ready, Undecidable>>;

/// A schema made ready.
#[derive(Debug)]
pub(crate) struct Ready {
    pub(crate) validator: Validator,
    base: Pointer,
    /// Where the members of `$defs` stand in the document, if references are in place.
    targets: Vec<Pointer>,
}

impl Ready {
    /// Where in the document a keyword stands that the validator names.
    pub(crate) fn place(&self, path: &str) -> Pointer {
        let rest = path
            .strip_prefix("/$defs/")
            .filter(|_| !self.targets.is_empty());
        let (number, tail) = match rest {
            Some(rest) => rest.split_once('/').unwrap_or((rest, "")),
            None => ("", path.trim_start_matches('/')),
        };
        let target = number
            .parse()
            .ok()
            .and_then(|it: usize| self.targets.get(it));
        let base = target.unwrap_or(&self.base);
        if tail.is_empty() {
            return base.clone();
        }
        Pointer::parse(&format!("/{tail}")).map_or_else(|| base.clone(), |tail| base.concat(&tail))
    }
}

impl Shared {
    pub(crate) fn new(document: Arc<Document>) -> Self {
        Self {
            dialect: Dialect::of(&document),
            document,
            patterns: Patterns::default(),
            ready: RwLock::default(),
            has_whole: OnceLock::new(),
        }
    }

    pub(crate) fn quick(&self, direction: Direction) -> Quick<'_> {
        Quick::new(&self.document, self.dialect, direction, &self.patterns)
    }

    /// The validator of a schema.
    pub(crate) fn ready(self: &Arc<Self>, key: &Key) -> Made {
        let known = self.ready.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = known.get(key) {
            return Arc::clone(made);
        }
        drop(known);
        let made = Arc::new(self.make(key));
        let mut known = self.ready.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(key.clone()).or_insert(made))
    }

    fn make(self: &Arc<Self>, key: &Key) -> Result<Ready, Undecidable> {
        let give_up = |why: String| Undecidable {
            schema: key.pointer.clone(),
            instance: Pointer::root(),
            reason: why,
        };
        let document = &self.document;
        let node = document.at(&key.pointer);
        let node = node.ok_or_else(|| give_up("there is no schema here".to_owned()))?;
        if self.comes_back(&key.pointer, node) {
            return Err(give_up("the schema consists of itself".to_owned()));
        }
        let dialect = node
            .as_object()
            .map_or(self.dialect, |it| self.dialect.at(it));
        let is_whole = !dialect.is_own() && self.is_whole(node);
        let mut rewriter = Rewriter {
            document,
            dialect,
            direction: key.direction,
            patterns: &self.patterns,
            targets: is_whole.then(|| vec![key.pointer.clone()]),
        };
        let mut at = key.pointer.clone();
        let mut schema = rewriter.schema(node, &mut at, key.as_it_is);
        if is_whole {
            schema = with_targets(&mut rewriter, schema);
        }
        let targets = rewriter.targets.take().unwrap_or_default();
        let validator = self.build(&schema, dialect.draft(), key.direction);
        let validator = validator.map_err(|error| give_up(error.to_string()))?;
        Ok(Ready {
            validator,
            base: key.pointer.clone(),
            targets,
        })
    }

    /// Whether the schema, or what it refers to, needs references in place.
    fn is_whole(&self, node: &Node) -> bool {
        let root = self.document.root();
        if !*self.has_whole.get_or_init(|| wants_whole(root)) {
            return false;
        }
        let mut seen = BTreeSet::new();
        let mut queue = vec![node];
        while let Some(node) = queue.pop() {
            if wants_whole(node) {
                return true;
            }
            each_reference(node, &mut |reference| {
                if seen.insert(reference) {
                    queue.extend(self.document.target(reference));
                }
            });
        }
        false
    }

    /// Whether the schema refers to itself without going into the value: whether it holds is then not defined.
    fn comes_back(&self, pointer: &Pointer, node: &Node) -> bool {
        let mut seen = BTreeSet::new();
        let mut queue = vec![node];
        while let Some(node) = queue.pop() {
            let mut comes_back = false;
            each_reference_in_place(node, &mut |reference| {
                comes_back |= reference.strip_prefix('#') == Some(pointer.as_str());
                if seen.insert(reference) {
                    queue.extend(self.document.target(reference));
                }
            });
            if comes_back {
                return true;
            }
        }
        false
    }

    fn build(
        self: &Arc<Self>,
        schema: &Value,
        draft: Draft,
        direction: Direction,
    ) -> Result<Validator, String> {
        // What the registry holds is not held against the meta-schema, which would take longer than all the rest.
        let registry = Registry::new()
            .draft(draft)
            .add(BASE, draft.create_resource_ref(schema))
            .and_then(|it| it.prepare())
            .map_err(|error| error.to_string())?;
        let reference = Arc::downgrade(self);
        let nullable = Weak::clone(&reference);
        jsonschema::options()
            .offline()
            .with_draft(draft)
            .with_registry(&registry)
            .with_keyword(REFERENCE, move |_, says, _| {
                Ok(Box::new(Follow::new(&reference, direction, false, says)))
            })
            .with_keyword(NULLABLE, move |_, says, _| {
                Ok(Box::new(Follow::new(&nullable, direction, true, says)))
            })
            .with_keyword(UNDECIDED, |_, says, _| Ok(Box::new(Undecided::of(says))))
            .with_keyword("format", |_, says, _| {
                Ok(Box::new(Format(
                    says.as_str().unwrap_or_default().to_owned(),
                )))
            })
            .build(&json!({ "$ref": BASE }))
            .map_err(|error| error.to_string())
    }
}

/// The schema as one text with all that it refers to.
fn with_targets(rewriter: &mut Rewriter<'_>, first: Value) -> Value {
    let mut schemas = serde_json::Map::new();
    schemas.insert("0".to_owned(), first);
    let mut next = 1;
    while let Some(target) = rewriter
        .targets
        .as_ref()
        .and_then(|it| it.get(next))
        .cloned()
    {
        let document = rewriter.document;
        let mut at = target.clone();
        let schema = document
            .at(&target)
            .map(|node| rewriter.schema(node, &mut at, false));
        schemas.insert(next.to_string(), schema.unwrap_or(Value::Bool(true)));
        next += 1;
    }
    json!({ "$ref": format!("{BASE}#/$defs/0"), "$defs": schemas })
}

fn each_reference<'d>(node: &'d Node, visit: &mut dyn FnMut(&'d str)) {
    match node {
        Node::Object(object) => {
            for (key, node) in object.iter() {
                match node {
                    Node::String(reference) if key == "$ref" => visit(reference),
                    _ => each_reference(node, visit),
                }
            }
        }
        Node::Array(items) => items.iter().for_each(|it| each_reference(it, visit)),
        _ => {}
    }
}

/// References that the same value is held against.
fn each_reference_in_place<'d>(node: &'d Node, visit: &mut dyn FnMut(&'d str)) {
    let Some(schema) = node.as_object() else {
        return;
    };
    if let Some(reference) = schema.get("$ref").and_then(Node::as_str) {
        visit(reference);
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let parts = schema.get(keyword).and_then(Node::as_array).unwrap_or(&[]);
        parts
            .iter()
            .for_each(|it| each_reference_in_place(it, visit));
    }
    for keyword in ["not", "if", "then", "else"] {
        if let Some(part) = schema.get(keyword) {
            each_reference_in_place(part, visit);
        }
    }
    let dependent = schema.get("dependentSchemas").and_then(Node::as_object);
    for (_, part) in dependent.into_iter().flat_map(Object::iter) {
        each_reference_in_place(part, visit);
    }
}

/// The keyword of references.
struct Follow {
    shared: Weak<Shared>,
    key: Key,
}

impl Follow {
    fn new(shared: &Weak<Shared>, direction: Direction, as_it_is: bool, says: &Value) -> Self {
        let pointer = says.as_str().and_then(Pointer::parse).unwrap_or_default();
        Self {
            shared: Weak::clone(shared),
            key: Key {
                pointer,
                direction,
                as_it_is,
            },
        }
    }

    fn holds(&self, value: &Value) -> bool {
        let Some(shared) = self.shared.upgrade() else {
            return false;
        };
        if self.key.as_it_is && value.is_null() {
            return true;
        }
        if let Some(node) = shared.document.at(&self.key.pointer) {
            let quick = shared.quick(self.key.direction);
            match quick.judge(node, value, self.key.as_it_is) {
                Answer::Valid => return true,
                Answer::Invalid => return false,
                Answer::Unknown if quick.is_exhausted() => return false,
                Answer::Unknown => {}
            }
        }
        match shared.ready(&self.key).as_ref() {
            Ok(ready) => ready.validator.is_valid(value),
            Err(_) => false,
        }
    }
}

impl<'i> Keyword<'i> for Follow {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if self.holds(instance) {
            return Ok(());
        }
        Err(ValidationError::custom(self.key.pointer.as_str()))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        self.holds(instance)
    }
}

/// The keyword of what cannot be decided.
struct Undecided {
    of: Option<String>,
    why: String,
}

impl Undecided {
    fn of(says: &Value) -> Self {
        let text = |name: &str| says.get(name).and_then(Value::as_str).map(str::to_owned);
        Self {
            of: text("of"),
            why: text("why").unwrap_or_default(),
        }
    }
}

impl<'i> Keyword<'i> for Undecided {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if Keyword::is_valid(self, instance) {
            return Ok(());
        }
        Err(ValidationError::custom(self.why.clone()))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        match self.of.as_deref() {
            Some("string") => !instance.is_string(),
            Some("object") => !instance.is_object(),
            _ => false,
        }
    }
}

/// The keyword `format`.
struct Format(String);

impl<'i> Keyword<'i> for Format {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if Keyword::is_valid(self, instance) {
            return Ok(());
        }
        Err(ValidationError::custom(self.0.clone()))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        match instance.look() {
            Look::Text(text) => formats::fits_text(&self.0, text),
            Look::Number(number) => formats::fits_number(&self.0, number),
            _ => true,
        }
    }
}
