//! The walk of a tree along the tables.

use specwright_diagnostics::{Diagnostic, FileId, Pointer};

use super::{
    DUPLICATE_KEY, IGNORED_SIBLING, INVALID_VALUE, MISSING_FIELD, NUMBER_RANGE, UNKNOWN_FIELD,
    WRONG_TYPE,
    nearest::nearest,
    place::FoundReference,
    schema,
    shape::{Shape, Type, Version},
};
use crate::tree::{Node, Number, Object};

/// Checks `node`, which stands at `pointer` of `file`, and removes from it what cannot be used.
///
/// `beside` are fields that the node has from elsewhere. Gives whether the node itself can be used, and every reference
/// below it.
pub(crate) fn check(
    node: &mut Node,
    holds: Type,
    version: Version,
    (file, pointer): (FileId, Pointer),
    beside: &[&str],
    diagnostics: &mut Vec<Diagnostic>,
) -> (bool, Vec<FoundReference>) {
    let mut walk = Walk {
        version,
        file,
        start: pointer.clone(),
        beside,
        pointer,
        diagnostics,
        references: Vec::new(),
    };
    let usable = walk.node(node, holds);
    (usable, walk.references)
}

struct Walk<'a> {
    version: Version,
    file: FileId,
    /// Where the walk began, and the fields that this node has from elsewhere.
    start: Pointer,
    beside: &'a [&'a str],
    pointer: Pointer,
    diagnostics: &'a mut Vec<Diagnostic>,
    references: Vec<FoundReference>,
}

impl Walk<'_> {
    /// Whether `node` can be used as what it should hold.
    fn node(&mut self, node: &mut Node, holds: Type) -> bool {
        if let Node::Object(object) = node
            && let Some(Node::String(target)) = object.get("$ref")
            && !holds.has_reference(self.version)
        {
            let target = target.clone();
            self.misplaced(object, target, holds);
            return true;
        }
        match (holds, node) {
            (Type::Any, node) => {
                // Examples are large and rarely wrong: without a duplicate nothing has to know where it is.
                if has_duplicates(node) {
                    self.duplicates_below(node);
                }
                true
            }
            (Type::String, Node::String(_)) | (Type::Boolean, Node::Bool(_)) => true,
            (Type::String, node @ (Node::Number(_) | Node::Bool(_))) => {
                self.wrong_type("a string", node);
                *node = Node::String(plain_text(node));
                true
            }
            (Type::Integer, Node::Number(number)) => self.integer(*number),
            (Type::Number, Node::Number(number)) => {
                self.number(*number);
                true
            }
            (Type::OneOf(allowed), Node::String(text)) => self.one_of(text, allowed),
            (Type::Object(shape), Node::Object(object)) => {
                self.object(object, shape);
                true
            }
            (Type::OrReference(shape), Node::Object(object)) => {
                match object.get("$ref") {
                    Some(Node::String(target)) => {
                        let target = target.clone();
                        self.reference(object, target, shape);
                    }
                    Some(other) => {
                        self.pointer.push("$ref");
                        self.wrong_type("a string", other);
                        self.pointer.pop();
                        object.remove("$ref");
                    }
                    None => self.object(object, shape),
                }
                true
            }
            (Type::Schema, node) => self.schema(node),
            (Type::NonEmpty(_), Node::Array(items)) if items.is_empty() => {
                self.report(
                    &INVALID_VALUE,
                    "expected at least one element".to_owned(),
                    None,
                );
                true
            }
            (Type::List(item) | Type::NonEmpty(item), Node::Array(items)) => {
                self.list(items, *item);
                true
            }
            (Type::Map(value), Node::Object(object)) => {
                self.members(object, |_| Some(*value));
                true
            }
            (Type::Either(first, _), node) if first.fits(node) => self.node(node, *first),
            (Type::Either(_, second), node) if second.fits(node) => self.node(node, *second),
            (_, node) => {
                self.wrong_type(holds.kind(), node);
                false
            }
        }
    }

    /// A Schema Object; from 3.1 on also `true` or `false`, and `$ref` is a keyword among others.
    fn schema(&mut self, node: &mut Node) -> bool {
        let shape = schema(self.version);
        match node {
            Node::Bool(_) if self.version >= Version::V3_1 => true,
            Node::Object(object) if self.version >= Version::V3_1 => {
                self.object(object, shape);
                true
            }
            node => self.node(node, Type::OrReference(shape)),
        }
    }

    fn object(&mut self, object: &mut Object, shape: &'static Shape) {
        let version = self.version;
        for field in shape.fields(version).filter(|field| field.required) {
            if !object.contains(field.name) && !self.is_beside(field.name) {
                let message = format!("missing field `{}` in the {}", field.name, shape.name);
                self.report_section(&MISSING_FIELD, message, shape);
            }
        }
        self.constraints(object, shape);
        let target = shape.field("$ref", version).and_then(|_| {
            let target = object.get("$ref").or_else(|| object.get("$dynamicRef"));
            target.and_then(Node::as_str).map(str::to_owned)
        });
        self.fields(object, shape);
        if let Some(target) = target {
            self.found(target, shape);
        }
    }

    /// Whether the node at which the walk began has a field from elsewhere.
    fn is_beside(&self, field: &str) -> bool {
        self.beside.contains(&field) && self.pointer == self.start
    }

    /// The fields of an object, each for itself.
    fn fields(&mut self, object: &mut Object, shape: &'static Shape) {
        let version = self.version;
        let mut unknown = Vec::new();
        self.members(object, |key| {
            let field = shape.field(key, version).map(|field| field.holds);
            let holds = field.or_else(|| shape.rest.holds(key));
            if holds.is_none() {
                unknown.push(key.to_owned());
            }
            holds.or_else(|| shape.rest.misspelt(key).map(|(holds, _)| holds))
        });
        for key in unknown {
            self.unknown_field(&key, object, shape);
        }
    }

    fn constraints(&mut self, object: &Object, shape: &'static Shape) {
        let breaches = shape
            .constraints
            .iter()
            .filter_map(|constraint| constraint.breach(object, shape.name, self.version));
        for breach in breaches {
            let at = match &breach.field {
                Some(field) => self.pointer.join(field),
                None => self.pointer.clone(),
            };
            let mut diagnostic = Diagnostic::new(breach.rule, self.file, at, breach.message);
            diagnostic.link = Some(self.link(shape));
            self.diagnostics.push(diagnostic);
        }
    }

    /// The section of the specification about an object.
    fn link(&self, shape: &Shape) -> String {
        format!("{}#{}", self.version.link(), shape.anchor)
    }

    /// Walks into the members for which `holds` knows the type and removes those that turn out unusable.
    fn members(&mut self, object: &mut Object, mut holds: impl FnMut(&str) -> Option<Type>) {
        self.duplicates_of(object);
        object.retain(|key, node| {
            let Some(holds) = holds(key) else { return true };
            self.pointer.push(key);
            let usable = self.node(node, holds);
            self.pointer.pop();
            usable
        });
    }

    fn unknown_field(&mut self, key: &str, object: &Object, shape: &'static Shape) {
        let names = shape.fields(self.version).map(|field| field.name);
        let slip = nearest(key, names.filter(|name| !object.contains(name)));
        let at = self.pointer.join(key);
        let message = format!("unknown field `{key}` in the {}", shape.name);
        let mut diagnostic = Diagnostic::new(&UNKNOWN_FIELD, self.file, at, message).on_key();
        diagnostic.link = Some(self.link(shape));
        let spelling = shape.rest.misspelt(key).map(|(_, right)| right);
        diagnostic.help = match slip.map(str::to_owned).or(spelling) {
            Some(name) => Some(format!("did you mean `{name}`?")),
            None => shape.rest.help().map(str::to_owned),
        };
        self.diagnostics.push(diagnostic);
    }

    /// Walks into the elements and makes those `null` that turn out unusable: the others keep their places.
    fn list(&mut self, items: &mut [Node], holds: Type) {
        for (index, item) in items.iter_mut().enumerate() {
            self.pointer.push(&index.to_string());
            if !self.node(item, holds) {
                *item = Node::Null;
            }
            self.pointer.pop();
        }
    }

    fn reference(&mut self, object: &mut Object, target: String, shape: &'static Shape) {
        self.ignore_siblings(object);
        self.found(target, shape);
    }

    /// A reference where the tables have none. What stands beside it in an object stands beside its target too.
    fn misplaced(&mut self, object: &mut Object, target: String, holds: Type) {
        let reference = object.remove("$ref");
        match holds {
            Type::Object(shape) => self.fields(object, shape),
            Type::Map(value) => self.members(object, |_| Some(*value)),
            _ => self.ignore_siblings(object),
        }
        if let Some(reference) = reference {
            object.insert("$ref".to_owned(), reference);
        }
        let found = FoundReference::misplaced(holds, self.pointer.clone(), target);
        self.references.push(found);
    }

    fn ignore_siblings(&mut self, object: &mut Object) {
        let documents = self.version >= Version::V3_1;
        let ignored = |key: &str| {
            let allowed = documents && matches!(key, "summary" | "description");
            key != "$ref" && !key.starts_with("x-") && !allowed
        };
        for (key, _) in object.iter().filter(|(key, _)| ignored(key)) {
            let at = self.pointer.join(key);
            let message = format!("`{key}` beside `$ref` is ignored");
            self.diagnostics
                .push(Diagnostic::new(&IGNORED_SIBLING, self.file, at, message).on_key());
        }
        // Swagger 2.0 says in extensions what 3.0 has keywords for.
        let carries = self.version == Version::V2_0;
        object.retain(|key, _| key == "$ref" || (carries && key.starts_with("x-")));
    }

    fn found(&mut self, target: String, shape: &'static Shape) {
        let found = FoundReference::to(shape, self.pointer.clone(), target);
        self.references.push(found);
    }

    fn one_of(&mut self, text: &str, allowed: &[&str]) -> bool {
        let known = allowed.contains(&text);
        if !known {
            let list: Vec<String> = allowed.iter().map(|value| format!("`{value}`")).collect();
            let message = format!("`{text}` is not one of {}", list.join(", "));
            let help = nearest(text, allowed.iter().copied())
                .map(|value| format!("did you mean `{value}`?"));
            self.report(&INVALID_VALUE, message, help);
        }
        known
    }

    /// Counts and lengths: not negative, at most 64 bits.
    fn integer(&mut self, number: Number) -> bool {
        let value = number.as_f64();
        if value < 0.0 {
            self.report(
                &INVALID_VALUE,
                format!("`{value}` must not be negative"),
                None,
            );
        } else if value.fract() != 0.0 {
            self.report(&INVALID_VALUE, format!("`{value}` is no integer"), None);
        } else if number.as_i64().is_none() {
            let message = "the number does not fit 64 bits and is left out";
            self.report(&NUMBER_RANGE, message.to_owned(), None);
        } else {
            return true;
        }
        false
    }

    fn number(&mut self, number: Number) {
        if let Number::Integer(value) = number
            && i64::try_from(value).is_err()
        {
            let message = format!(
                "the number does not fit 64 bits and is read as {:e}",
                number.as_f64()
            );
            self.report(&NUMBER_RANGE, message, None);
        }
    }

    fn duplicates_of(&mut self, object: &Object) {
        for key in object.duplicates() {
            let at = self.pointer.join(key);
            let message = format!("the key `{key}` occurs more than once");
            let diagnostic = Diagnostic::new(&DUPLICATE_KEY, self.file, at, message)
                .on_key()
                .with_label("this one is used");
            self.diagnostics.push(diagnostic);
        }
    }

    fn duplicates_below(&mut self, node: &Node) {
        match node {
            Node::Object(object) => {
                self.duplicates_of(object);
                for (key, node) in object.iter() {
                    self.pointer.push(key);
                    self.duplicates_below(node);
                    self.pointer.pop();
                }
            }
            Node::Array(items) => {
                for (index, node) in items.iter().enumerate() {
                    self.pointer.push(&index.to_string());
                    self.duplicates_below(node);
                    self.pointer.pop();
                }
            }
            _ => {}
        }
    }

    fn wrong_type(&mut self, expected: &str, found: &Node) {
        let message = format!("expected {expected}, found {}", found.kind());
        let help = match found {
            Node::Number(_) | Node::Bool(_) if expected == "a string" => {
                Some("put it in quotes".to_owned())
            }
            _ => None,
        };
        self.report(&WRONG_TYPE, message, help);
    }

    fn report_section(
        &mut self,
        rule: &'static specwright_diagnostics::Rule,
        message: String,
        shape: &Shape,
    ) {
        let mut diagnostic = Diagnostic::new(rule, self.file, self.pointer.clone(), message);
        diagnostic.link = Some(self.link(shape));
        self.diagnostics.push(diagnostic);
    }

    fn report(
        &mut self,
        rule: &'static specwright_diagnostics::Rule,
        message: String,
        help: Option<String>,
    ) {
        let mut diagnostic = Diagnostic::new(rule, self.file, self.pointer.clone(), message);
        diagnostic.help = help;
        self.diagnostics.push(diagnostic);
    }
}

fn has_duplicates(node: &Node) -> bool {
    match node {
        Node::Object(object) => {
            !object.duplicates().is_empty() || object.iter().any(|(_, node)| has_duplicates(node))
        }
        Node::Array(items) => items.iter().any(has_duplicates),
        _ => false,
    }
}

/// A number or boolean that was meant as text, for example a version `1.0` without quotes.
fn plain_text(node: &Node) -> String {
    match node {
        Node::Bool(value) => value.to_string(),
        Node::Number(Number::Integer(value)) => value.to_string(),
        Node::Number(Number::Float(value)) if value.fract() == 0.0 => format!("{value:.1}"),
        Node::Number(Number::Float(value)) => value.to_string(),
        _ => String::new(),
    }
}
