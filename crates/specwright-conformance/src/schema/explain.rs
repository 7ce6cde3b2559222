//! From what `jsonschema` reports to violations: one cause each, with its place in the document.

use std::{collections::BTreeSet, sync::Arc};

use jsonschema::{
    ValidationError,
    error::{TypeKind, ValidationErrorKind as Kind},
};
use serde_json::Value;
use specwright_diagnostics::Pointer;
use specwright_openapi::{Node, Object};

use super::{
    Checked, Undecidable, Violation,
    compile::{Key, Ready, Shared},
    rewrite::{NULLABLE, REFERENCE, UNDECIDED},
    words,
};

/// How deep references are followed in search of reasons.
const DEEPEST: usize = 96;

/// How many violations of one value are told.
const MOST: usize = 100;

/// What is wrong with a value, and what cannot be told about it.
pub(crate) fn explain(shared: &Arc<Shared>, key: &Key, value: &Value) -> Checked {
    let mut told = Checked::default();
    let root = Pointer::root();
    Explainer { shared }.schema(key, value, &root, 0, &mut told);
    told.violations.truncate(MOST);
    of_one_cause(&mut told.violations);
    told
}

/// Leaves out what only follows from a wrong type: what the same schema says besides.
fn of_one_cause(violations: &mut Vec<Violation>) {
    let mistyped: BTreeSet<(Pointer, Option<Pointer>)> = violations
        .iter()
        .filter(|it| it.keyword == "type")
        .map(|it| (it.instance.clone(), it.schema.parent()))
        .collect();
    violations.retain(|it| {
        it.keyword == "type" || !mistyped.contains(&(it.instance.clone(), it.schema.parent()))
    });
}

struct Explainer<'s> {
    shared: &'s Arc<Shared>,
}

/// What is wrong, within one schema that was made ready.
struct Scope<'a> {
    key: &'a Key,
    ready: &'a Ready,
    value: &'a Value,
    /// Where the value is in the whole.
    at: &'a Pointer,
    depth: usize,
}

impl Scope<'_> {
    fn instance(&self, error: &ValidationError<'_>) -> Pointer {
        let below = Pointer::parse(error.instance_path().as_str()).unwrap_or_default();
        self.at.concat(&below)
    }

    fn keyword(&self, error: &ValidationError<'_>) -> Pointer {
        self.ready.place(error.schema_path().as_str())
    }

    fn violation(&self, error: &ValidationError<'_>, message: String) -> Violation {
        Violation {
            instance: self.instance(error),
            schema: self.keyword(error),
            keyword: keyword_of(error),
            message,
        }
    }
}

impl Explainer<'_> {
    fn schema(&self, key: &Key, value: &Value, at: &Pointer, depth: usize, told: &mut Checked) {
        if told.violations.len() >= MOST {
            return;
        }
        let mut give_up = |reason: &str| {
            told.undecided.push(Undecidable {
                instance: at.clone(),
                schema: key.pointer.clone(),
                reason: reason.to_owned(),
            });
        };
        if depth > DEEPEST {
            return give_up("the value nests too deeply");
        }
        if let Some(node) = self.shared.document.at(&key.pointer) {
            let quick = self.shared.quick(key.direction);
            quick.judge(node, value, key.as_it_is);
            if quick.is_exhausted() {
                return give_up("holding the value against the schema takes too long");
            }
        }
        let made = self.shared.ready(key);
        match made.as_ref() {
            Ok(ready) => {
                let scope = Scope {
                    key,
                    ready,
                    value,
                    at,
                    depth,
                };
                for error in ready.validator.iter_errors(value) {
                    self.error(&scope, &error, told);
                }
            }
            Err(undecidable) => told.undecided.push(Undecidable {
                instance: at.clone(),
                ..undecidable.clone()
            }),
        }
    }

    fn error(&self, scope: &Scope<'_>, error: &ValidationError<'_>, told: &mut Checked) {
        if told.violations.len() >= MOST {
            return;
        }
        match error.kind() {
            Kind::Custom { keyword, message } if keyword == REFERENCE || keyword == NULLABLE => {
                let below = scope.value.pointer(error.instance_path().as_str());
                let (Some(below), Some(pointer)) = (below, Pointer::parse(message)) else {
                    return;
                };
                let key = Key {
                    pointer,
                    direction: scope.key.direction,
                    as_it_is: keyword == NULLABLE,
                };
                self.schema(&key, below, &scope.instance(error), scope.depth + 1, told);
            }
            Kind::Custom { keyword, message } if keyword == UNDECIDED => {
                let schema = scope.keyword(error).parent().unwrap_or_default();
                told.undecided.push(Undecidable {
                    instance: scope.instance(error),
                    schema,
                    reason: message.clone(),
                });
            }
            Kind::AdditionalProperties { unexpected }
            | Kind::UnevaluatedProperties { unexpected } => {
                told.violations.extend(unexpected.iter().map(|name| {
                    let message = "this property is not allowed".to_owned();
                    let violation = scope.violation(error, message);
                    Violation {
                        instance: violation.instance.join(name),
                        ..violation
                    }
                }));
            }
            Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
                self.variants(scope, error, context, told);
            }
            Kind::BacktrackLimitExceeded { .. } | Kind::RegexEngineFailure { .. } => {
                told.undecided.push(Undecidable {
                    instance: scope.instance(error),
                    schema: scope.keyword(error),
                    reason: "`pattern` takes too long for this text".to_owned(),
                });
            }
            _ => {
                let message = words::message(error);
                told.violations.push(scope.violation(error, message));
            }
        }
    }

    /// Why no variant fits: the reasons of the nearest.
    fn variants(
        &self,
        scope: &Scope<'_>,
        error: &ValidationError<'_>,
        variants: &[Vec<ValidationError<'static>>],
        told: &mut Checked,
    ) {
        let reasons: Vec<Checked> = variants
            .iter()
            .map(|errors| {
                let mut told = Checked::default();
                for error in errors {
                    self.error(scope, error, &mut told);
                }
                told
            })
            .collect();
        // A variant about which nothing is wrong that is known might fit.
        let open = reasons
            .iter()
            .find(|it| it.violations.is_empty() && !it.undecided.is_empty());
        if let Some(open) = open {
            told.undecided.extend(open.undecided.iter().cloned());
            return;
        }
        let place = scope.keyword(error);
        let instance = scope.instance(error);
        if let Some(named) = self
            .named(scope, error, &place)
            .and_then(|it| reasons.get(it))
        {
            told.violations.extend(named.violations.iter().cloned());
            return;
        }
        let all_of_other_types = reasons
            .iter()
            .all(|it| it.violations.iter().any(|it| is_type_of(it, &instance)));
        let nearest = reasons
            .iter()
            .min_by_key(|it| distance(&it.violations, &instance));
        match nearest.filter(|_| !all_of_other_types) {
            Some(nearest) if !nearest.violations.is_empty() => {
                told.violations.extend(nearest.violations.iter().cloned());
            }
            _ => told.violations.push(Violation {
                instance,
                schema: place,
                keyword: keyword_of(error),
                message: format!(
                    "expected {}, found {}",
                    self.wanted(scope, variants, &reasons),
                    words::found(error.instance())
                ),
            }),
        }
    }

    /// The types that the variants want.
    fn wanted(
        &self,
        _scope: &Scope<'_>,
        variants: &[Vec<ValidationError<'static>>],
        reasons: &[Checked],
    ) -> String {
        let mut names: Vec<String> = Vec::new();
        let direct = variants.iter().flatten().filter_map(|it| match it.kind() {
            Kind::Type {
                kind: TypeKind::Single(one),
            } => Some(words::kind(one.as_str())),
            _ => None,
        });
        let told = reasons.iter().flat_map(|it| &it.violations);
        // What stands behind references has been put into words already.
        let told = told.filter_map(|it| {
            let rest = it.message.strip_prefix("expected ")?;
            Some(rest.split_once(", found")?.0.to_owned())
        });
        for name in direct.chain(told) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.is_empty() || names.len() > 8 {
            return format!("a value that fits one of {} variants", variants.len());
        }
        words::alternatives(&names)
    }

    /// The variant that the discriminator of the schema names (OAS 3.0.3, Discriminator Object).
    fn named(
        &self,
        scope: &Scope<'_>,
        error: &ValidationError<'_>,
        place: &Pointer,
    ) -> Option<usize> {
        let document = &self.shared.document;
        let schema = document.at(&place.parent()?)?.as_object()?;
        let discriminator = schema.get("discriminator")?;
        let property = discriminator.get("propertyName")?.as_str()?;
        let value = scope.value.pointer(error.instance_path().as_str())?;
        let name = value.get(property)?.as_str()?;
        let mapped = discriminator.get("mapping").and_then(|it| it.get(name));
        let wanted = mapped.and_then(Node::as_str).unwrap_or(name);
        let parts = schema.get(&place.last()?)?.as_array()?;
        parts.iter().position(|part| {
            let reference = part.as_object().and_then(|it: &Object| it.get("$ref"));
            let reference = reference.and_then(Node::as_str);
            reference.is_some_and(|it| {
                let pointer = it.strip_prefix('#').and_then(Pointer::parse);
                it == wanted || pointer.and_then(|it| it.last()).as_deref() == Some(wanted)
            })
        })
    }
}

fn keyword_of(error: &ValidationError<'_>) -> String {
    let last = Pointer::parse(error.schema_path().as_str()).and_then(|it| it.last());
    last.unwrap_or_else(|| error.kind().keyword().to_owned())
}

fn is_type_of(violation: &Violation, instance: &Pointer) -> bool {
    violation.instance == *instance && matches!(violation.keyword.as_str(), "type")
}

/// How far a variant is: another type is farthest, then another tag, then many reasons; reasons further in are nearer.
fn distance(violations: &[Violation], instance: &Pointer) -> (bool, bool, usize, usize) {
    let is_tag = |it: &&Violation| {
        matches!(it.keyword.as_str(), "enum" | "const")
            && it.instance.parent().as_ref() == Some(instance)
    };
    let depth = |it: &Violation| it.instance.segments().count();
    (
        violations.iter().any(|it| is_type_of(it, instance)),
        violations.iter().any(|it| is_tag(&it)),
        violations.len(),
        usize::MAX - violations.iter().map(depth).max().unwrap_or(0),
    )
}
