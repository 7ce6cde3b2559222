//! Whether a value fits a schema, told from the tree of the document without making anything ready.
//!
//! Most values are valid and most schemas plain. This looks at them where they stand, and says that it does not know as
//! soon as a keyword is more than plain; `jsonschema` then decides, and gives the reasons.

use std::cell::Cell;

use specwright_openapi::{Document, Node, Number, Object};

use super::{
    dialect::Dialect,
    direction::Direction,
    formats,
    instance::{Instance, Look, equal, order},
    patterns::Patterns,
};

/// What is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Valid,
    Invalid,
    Unknown,
}

use Answer::{Invalid, Unknown, Valid};

/// How deep schemas and values are followed.
const DEEPEST: usize = 96;

/// How many schemas one value may be held against.
const MOST_STEPS: usize = 1_000_000;

/// Arrays beyond this are not compared element by element.
const MOST_COMPARED: usize = 64;

impl Answer {
    fn of(holds: bool) -> Self {
        if holds { Valid } else { Invalid }
    }

    /// Valid if both are, invalid if one is.
    fn and(self, other: impl FnOnce() -> Self) -> Self {
        match self {
            Invalid => Invalid,
            Valid => other(),
            Unknown => match other() {
                Invalid => Invalid,
                _ => Unknown,
            },
        }
    }

    fn all(answers: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Valid;
        for answer in answers {
            match answer {
                Invalid => return Invalid,
                Unknown => all = Unknown,
                Valid => {}
            }
        }
        all
    }

    fn any(answers: impl IntoIterator<Item = Self>) -> Self {
        let mut any = Invalid;
        for answer in answers {
            match answer {
                Valid => return Valid,
                Unknown => any = Unknown,
                Invalid => {}
            }
        }
        any
    }

    fn one(answers: impl IntoIterator<Item = Self>) -> Self {
        let (mut valid, mut unknown) = (0_usize, false);
        for answer in answers {
            valid += usize::from(answer == Valid);
            unknown |= answer == Unknown;
            if valid > 1 {
                return Invalid;
            }
        }
        if unknown {
            Unknown
        } else {
            Self::of(valid == 1)
        }
    }

    fn not(self) -> Self {
        match self {
            Valid => Invalid,
            Invalid => Valid,
            Unknown => Unknown,
        }
    }
}

/// What a look needs at hand.
pub(crate) struct Quick<'d> {
    document: &'d Document,
    dialect: Dialect,
    direction: Direction,
    patterns: &'d Patterns,
    steps: Cell<usize>,
}

impl<'d> Quick<'d> {
    pub(crate) fn new(
        document: &'d Document,
        dialect: Dialect,
        direction: Direction,
        patterns: &'d Patterns,
    ) -> Self {
        Self {
            document,
            dialect,
            direction,
            patterns,
            steps: Cell::new(0),
        }
    }

    /// Whether the value fits; `ignore_null` reads the outermost schema as if it were not nullable.
    pub(crate) fn judge<I: Instance>(&self, schema: &Node, value: &I, ignore_null: bool) -> Answer {
        self.schema(schema, value, ignore_null, 0)
    }

    /// Whether the last value took more steps than are gone: then nobody else should try either.
    pub(crate) fn is_exhausted(&self) -> bool {
        self.steps.get() > MOST_STEPS
    }

    fn schema<I: Instance>(
        &self,
        schema: &Node,
        value: &I,
        ignore_null: bool,
        depth: usize,
    ) -> Answer {
        if self.is_exhausted() {
            return Unknown;
        }
        self.steps.set(self.steps.get() + 1);
        if depth > DEEPEST {
            return Unknown;
        }
        match schema {
            Node::Object(schema) if self.dialect.is_own() => {
                self.own(schema, value, ignore_null, depth)
            }
            Node::Object(schema) => self.json(schema, value, depth),
            Node::Bool(holds) if !self.dialect.is_own() => Answer::of(*holds),
            _ => Unknown,
        }
    }

    /// A schema of 2.0 or 3.0.
    fn own<I: Instance>(
        &self,
        schema: &Object,
        value: &I,
        ignore_null: bool,
        depth: usize,
    ) -> Answer {
        if let Some(reference) = schema.get("$ref").and_then(Node::as_str) {
            return self.reference(reference, value, depth);
        }
        if !ignore_null && matches!(value.look(), Look::Null) && self.dialect.is_nullable(schema) {
            return Valid;
        }
        self.keywords(schema, value, depth)
    }

    /// A schema from 3.1 on.
    fn json<I: Instance>(&self, schema: &Object, value: &I, depth: usize) -> Answer {
        if self.dialect != Dialect::Json(jsonschema::Draft::Draft202012)
            || schema.contains("$schema")
        {
            return Unknown;
        }
        let Some(reference) = schema.get("$ref").and_then(Node::as_str) else {
            return self.keywords(schema, value, depth);
        };
        self.reference(reference, value, depth)
            .and(|| self.keywords(schema, value, depth))
    }

    fn reference<I: Instance>(&self, reference: &str, value: &I, depth: usize) -> Answer {
        match self.document.target(reference) {
            Some(target) => self.schema(target, value, false, depth + 1),
            None => Unknown,
        }
    }

    fn keywords<I: Instance>(&self, schema: &Object, value: &I, depth: usize) -> Answer {
        let answers = schema
            .iter()
            .map(|(keyword, says)| self.keyword(schema, keyword, says, value, depth));
        Answer::all(answers)
    }

    fn keyword<I: Instance>(
        &self,
        schema: &Object,
        keyword: &str,
        says: &Node,
        value: &I,
        depth: usize,
    ) -> Answer {
        let look = value.look();
        match keyword {
            "type" => self.kind(says, &look),
            "enum" => match says.as_array() {
                Some(values) => Answer::of(values.iter().any(|it| equal(it, value))),
                None => Unknown,
            },
            "anyOf" | "oneOf" | "not" if self.dialect == Dialect::V2_0 => Valid,
            "allOf" => Answer::all(self.each(says, value, depth)),
            "anyOf" => Answer::any(self.each(says, value, depth)),
            "oneOf" => Answer::one(self.each(says, value, depth)),
            "not" => self.schema(says, value, false, depth + 1).not(),
            "format" => match (says.as_str(), look) {
                (Some(format), Look::Text(text)) => Answer::of(formats::fits_text(format, text)),
                (Some(format), Look::Number(number)) => {
                    Answer::of(formats::fits_number(format, number))
                }
                _ => Valid,
            },
            _ => match look {
                Look::Map => self.of_object(schema, keyword, says, value, depth),
                Look::List(items) => self.of_array(schema, keyword, says, items, depth),
                Look::Text(text) => self.of_text(keyword, says, text),
                Look::Number(number) => of_number(self.dialect, schema, keyword, says, number),
                Look::Null | Look::Bool(_) => Valid,
            }
            .and(|| self.beyond(keyword, says, value)),
        }
    }

    fn each<'a, I: Instance>(
        &'a self,
        says: &'a Node,
        value: &'a I,
        depth: usize,
    ) -> impl Iterator<Item = Answer> + 'a {
        let parts = says.as_array().unwrap_or(&[]).iter();
        parts.map(move |part| self.schema(part, value, false, depth + 1))
    }

    /// Keywords of JSON Schema that take more than a look.
    fn beyond<I: Instance>(&self, keyword: &str, says: &Node, value: &I) -> Answer {
        if self.dialect.is_own() {
            return Valid;
        }
        match keyword {
            "const" => Answer::of(equal(says, value)),
            "if"
            | "dependentSchemas"
            | "dependentRequired"
            | "prefixItems"
            | "contains"
            | "patternProperties"
            | "propertyNames"
            | "unevaluatedItems"
            | "unevaluatedProperties"
            | "$dynamicRef"
            | "$recursiveRef" => Unknown,
            _ => Valid,
        }
    }

    fn kind<I>(&self, says: &Node, look: &Look<'_, I>) -> Answer {
        match says {
            Node::String(name) => self.is_kind(name, look),
            Node::Array(names) => Answer::any(
                names
                    .iter()
                    .map(|name| name.as_str().map_or(Unknown, |it| self.is_kind(it, look))),
            ),
            _ => Unknown,
        }
    }

    fn is_kind<I>(&self, name: &str, look: &Look<'_, I>) -> Answer {
        Answer::of(match name {
            "null" => matches!(look, Look::Null),
            "boolean" => matches!(look, Look::Bool(_)),
            "string" => matches!(look, Look::Text(_)),
            "number" => matches!(look, Look::Number(_)),
            "array" => matches!(look, Look::List(_)),
            "object" => matches!(look, Look::Map),
            "integer" => match look {
                Look::Number(Number::Integer(_)) => true,
                // Whether 1.0 is one depends on the draft.
                Look::Number(Number::Float(value)) if value.fract() == 0.0 => return Unknown,
                _ => false,
            },
            "file" if self.dialect == Dialect::V2_0 => true,
            _ => return Unknown,
        })
    }

    fn of_object<I: Instance>(
        &self,
        schema: &Object,
        keyword: &str,
        says: &Node,
        value: &I,
        depth: usize,
    ) -> Answer {
        match keyword {
            "properties" => {
                let known = says.as_object().into_iter().flat_map(Object::iter);
                Answer::all(known.filter_map(|(name, property)| {
                    let member = value.member(name)?;
                    Some(self.schema(property, member, false, depth + 1))
                }))
            }
            "required" => {
                let names = says.as_array().unwrap_or(&[]).iter();
                Answer::of(names.filter_map(Node::as_str).all(|name| {
                    value.member(name).is_some()
                        || self.direction.exempts(self.document, schema, name)
                }))
            }
            "additionalProperties" => self.additional(schema, says, value, depth),
            "minProperties" => at_least(value.size(), says),
            "maxProperties" => at_most(value.size(), says),
            _ => Valid,
        }
    }

    fn additional<I: Instance>(
        &self,
        schema: &Object,
        says: &Node,
        value: &I,
        depth: usize,
    ) -> Answer {
        match says {
            Node::Bool(true) => return Valid,
            Node::Object(further) if further.iter().next().is_none() => return Valid,
            _ => {}
        }
        if !self.dialect.is_own() && schema.contains("patternProperties") {
            return Unknown;
        }
        let known = schema.get("properties");
        let mut others = value
            .members()
            .filter(|(name, _)| known.and_then(|it| it.get(name)).is_none());
        match says {
            Node::Bool(false) => Answer::of(others.next().is_none()),
            _ => Answer::all(others.map(|(_, member)| self.schema(says, member, false, depth + 1))),
        }
    }

    fn of_array<I: Instance>(
        &self,
        schema: &Object,
        keyword: &str,
        says: &Node,
        items: &[I],
        depth: usize,
    ) -> Answer {
        match keyword {
            "items" if schema.contains("prefixItems") && !self.dialect.is_own() => Unknown,
            "items" => Answer::all(
                items
                    .iter()
                    .map(|item| self.schema(says, item, false, depth + 1)),
            ),
            "minItems" => at_least(items.len(), says),
            "maxItems" => at_most(items.len(), says),
            "uniqueItems" if says.as_bool() == Some(true) => {
                if items.len() > MOST_COMPARED {
                    return Unknown;
                }
                let repeats = items.iter().enumerate().any(|(index, item)| {
                    items.iter().skip(index + 1).any(|other| equal(item, other))
                });
                Answer::of(!repeats)
            }
            _ => Valid,
        }
    }

    fn of_text(&self, keyword: &str, says: &Node, text: &str) -> Answer {
        match keyword {
            "minLength" => at_least(text.chars().count(), says),
            "maxLength" => at_most(text.chars().count(), says),
            "pattern" => says
                .as_str()
                .and_then(|pattern| self.patterns.matches(pattern, text))
                .map_or(Unknown, Answer::of),
            _ => Valid,
        }
    }
}

fn of_number(
    dialect: Dialect,
    schema: &Object,
    keyword: &str,
    says: &Node,
    number: Number,
) -> Answer {
    let strict = |field: &str| schema.get(field).and_then(Node::as_bool) == Some(true);
    let compared = |bound: &Node| match bound {
        Node::Number(bound) => order(number, *bound),
        _ => None,
    };
    let answer = |holds: Option<bool>| holds.map_or(Unknown, Answer::of);
    match keyword {
        "minimum" => {
            let is_strict = dialect.is_own() && strict("exclusiveMinimum");
            answer(compared(says).map(|it| it.is_gt() || (it.is_eq() && !is_strict)))
        }
        "maximum" => {
            let is_strict = dialect.is_own() && strict("exclusiveMaximum");
            answer(compared(says).map(|it| it.is_lt() || (it.is_eq() && !is_strict)))
        }
        "exclusiveMinimum" if !dialect.is_own() => answer(compared(says).map(|it| it.is_gt())),
        "exclusiveMaximum" if !dialect.is_own() => answer(compared(says).map(|it| it.is_lt())),
        "multipleOf" => match (says, number) {
            (Node::Number(Number::Integer(factor)), Number::Integer(value)) if *factor > 0 => {
                Answer::of(value % factor == 0)
            }
            _ => Unknown,
        },
        _ => Valid,
    }
}

fn count(says: &Node) -> Option<usize> {
    match says {
        Node::Number(number) => usize::try_from(number.as_i64()?).ok(),
        _ => None,
    }
}

fn at_least(size: usize, says: &Node) -> Answer {
    count(says).map_or(Unknown, |least| Answer::of(size >= least))
}

fn at_most(size: usize, says: &Node) -> Answer {
    count(says).map_or(Unknown, |most| Answer::of(size <= most))
}
