//! Description → [`Api`]: the facts, resolved and classified.
//!
//! Split by concept. Schemas: `view` (their keywords), `flat` (`allOf` merged), `schemas` (what they become), `scalars`,
//! `unions`, `discriminators`, `site` (where they stand). Operations: `operations`, `parameters`, `bodies`, `responses`, `security`,
//! `servers`, `messages` (webhooks and callbacks), `paging` (page plans as ways through types). The whole: `usage` (what
//! is received and sent), `dedup` (what says the same), `select` (what was asked for).

mod bodies;
mod dedup;
mod discriminators;
mod flat;
mod messages;
mod operations;
mod paging;
mod parameters;
mod responses;
mod scalars;
mod schemas;
mod security;
mod select;
mod servers;
mod site;
mod unions;
mod usage;
mod view;

pub(crate) use select::wanted;

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap, VecDeque},
};

use specwright_openapi::{
    Description, OperationRef,
    diagnostics::{Diagnostic, Pointer, Rule, Severity},
    openapiv3::{ReferenceOr, Schema},
};

use crate::{
    Entry, Ledger, Recipe, Status,
    ir::{Api, Operation, OperationKey, Tag, TypeDef, TypeId},
};
use flat::Flat;
use schemas::{Slot, Use};
use view::View;

pub(crate) static DEGRADED: Rule = Rule {
    name: "generate/degraded",
    severity: Severity::Warning,
    summary: "Everything that an operation offers is in its client.",
    explanation: "The generated client serves the operation but not all that the document says about it. The message \
        names what is lost.",
};

pub(crate) static REFUSED: Rule = Rule {
    name: "generate/refused",
    severity: Severity::Warning,
    summary: "Every operation has a client.",
    explanation: "Nothing is generated for the operation, because it could not be called as the document demands. \
        The message says why.",
};

/// What lowering gives.
#[derive(Debug)]
pub(crate) struct Lowered {
    pub(crate) api: Api,
    pub(crate) ledger: Ledger,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// What the parts of lowering share.
struct Lowerer<'a> {
    description: &'a Description,
    recipe: &'a Recipe,
    types: Vec<TypeDef>,
    /// Components that were lowered before.
    slots: HashMap<String, Slot>,
    /// Inline schemas that were lowered before.
    inlined: HashMap<*const Schema, Use>,
    /// Properties of which several parts of an `allOf` speak, by these parts.
    merged: HashMap<Vec<*const ReferenceOr<Box<Schema>>>, Use>,
    /// The values of a tag that members of unions can have, by member and tag.
    tags_below: RefCell<HashMap<(*const Schema, String), Vec<String>>>,
    /// Objects whose fields are not lowered yet.
    unfinished: VecDeque<(TypeId, Flat<'a>)>,
    /// How many schemas are being looked at, one inside the other.
    depth: usize,
    /// The components that are sent as parts of a form.
    forms: HashMap<String, TypeId>,
    /// What each type loses by itself.
    type_losses: BTreeMap<TypeId, Vec<Loss>>,
    /// What is lost at the moment: by the operation, and by the types that are being lowered for it.
    sinks: Vec<Vec<Loss>>,
    /// The components that have another one as a part of their `allOf`, with the discriminator's value for them.
    extensions_of: BTreeMap<&'a str, Vec<(&'a str, String)>>,
}

/// Something that the generated code does not offer.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Loss {
    pointer: Pointer,
    reason: String,
}

/// Reads the whole description.
pub(crate) fn lower(description: &Description, recipe: &Recipe) -> Lowered {
    std::thread::scope(|threads| {
        let worker = std::thread::Builder::new()
            .stack_size(crate::STACK)
            .spawn_scoped(threads, || lower_here(description, recipe));
        match worker.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(lowered)) => lowered,
            // A defect of ours goes to the caller as it is.
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => lower_here(description, recipe),
        }
    })
}

fn lower_here<'a>(description: &'a Description, recipe: &'a Recipe) -> Lowered {
    let mut lowerer = Lowerer {
        description,
        recipe,
        types: Vec::new(),
        slots: HashMap::new(),
        inlined: HashMap::new(),
        merged: HashMap::new(),
        tags_below: RefCell::default(),
        unfinished: VecDeque::new(),
        depth: 0,
        forms: HashMap::new(),
        type_losses: BTreeMap::new(),
        sinks: vec![Vec::new()],
        extensions_of: extensions(description),
    };
    let document = description.document();
    let mut api = Api {
        title: document.info.title.clone(),
        version: document.info.version.clone(),
        description: document.info.description.clone(),
        servers: document.servers.iter().map(servers::server).collect(),
        security_schemes: security::schemes(description),
        tags: document.tags.iter().map(tag).collect(),
        ..Api::default()
    };
    let mut outcomes = Vec::new();
    for from in description.operations() {
        let key = operation_key(&from);
        api.all_operations.push(key.clone());
        if !wanted(&key, &recipe.only) {
            continue;
        }
        let result = lowerer.operation(&from, key.clone());
        outcomes.push((from, key, result, lowerer.take_losses()));
    }
    if recipe.only.is_empty() {
        api.messages = lowerer.messages();
    }
    let (mut ledger, mut diagnostics) = (Ledger::default(), Vec::new());
    for (from, key, result, mut losses) in outcomes {
        let status = match result {
            Ok(operation) => {
                losses.extend(lowerer.losses_of(&from, &operation));
                api.operations.push(operation);
                if losses.is_empty() {
                    Status::Supported
                } else {
                    Status::Degraded
                }
            }
            Err(refusal) => {
                losses = vec![refusal];
                Status::Refused
            }
        };
        dedup(&mut losses);
        diagnostics.extend(
            losses
                .iter()
                .map(|loss| report(description, &key, status, loss)),
        );
        ledger.operations.push(Entry {
            operation: key.id,
            method: from.method.to_owned(),
            path: from.path.to_owned(),
            status,
            places: losses
                .iter()
                .map(|loss| description.origin(&loss.pointer))
                .collect(),
            reasons: losses.into_iter().map(|loss| loss.reason).collect(),
        });
    }
    api.types = lowerer.types;
    usage::mark(&mut api);
    dedup::dedup(&mut api);
    select::prune(&mut api);
    diagnostics.dedup();
    Lowered {
        api,
        ledger,
        diagnostics,
    }
}

impl<'a> Lowerer<'a> {
    fn lose(&mut self, pointer: &Pointer, reason: &str) {
        self.lose_all([loss(pointer, reason)]);
    }

    fn lose_all(&mut self, losses: impl IntoIterator<Item = Loss>) {
        if let Some(sink) = self.sinks.last_mut() {
            sink.extend(losses);
        }
    }

    fn take_losses(&mut self) -> Vec<Loss> {
        self.sinks
            .last_mut()
            .map(std::mem::take)
            .unwrap_or_default()
    }

    /// What the types of an operation lose.
    fn losses_of(&self, from: &OperationRef<'_>, operation: &Operation) -> Vec<Loss> {
        let mut losses = self.broken_below(&from.pointer);
        if self.type_losses.is_empty() {
            return losses;
        }
        let roots = operation
            .sent()
            .chain(operation.received())
            .flat_map(|ty| ty.named());
        let reached = usage::closure(&self.types, roots);
        let lost = self
            .type_losses
            .iter()
            .filter(|(id, _)| reached.contains(id));
        losses.extend(lost.flat_map(|(_, losses)| losses.clone()));
        losses
    }

    /// What is missing because references below a place lead nowhere.
    fn broken_below(&self, pointer: &Pointer) -> Vec<Loss> {
        let messages = self.description.broken_references(pointer);
        messages
            .map(|message| loss(pointer, &format!("something is missing: {message}")))
            .collect()
    }

    fn component_schema(&self, name: &str) -> Option<&'a Schema> {
        let components = self.description.document().components.as_ref()?;
        Some(
            self.description
                .resolve(components.schemas.get(name)?)?
                .object,
        )
    }

    fn component_names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let components = self.description.document().components.as_ref();
        components
            .into_iter()
            .flat_map(|it| it.schemas.keys().map(String::as_str))
    }
}

fn loss(pointer: &Pointer, reason: &str) -> Loss {
    Loss {
        pointer: pointer.clone(),
        reason: reason.to_owned(),
    }
}

fn dedup(losses: &mut Vec<Loss>) {
    let mut kept: Vec<Loss> = Vec::new();
    for loss in std::mem::take(losses) {
        if !kept.contains(&loss) {
            kept.push(loss);
        }
    }
    *losses = kept;
}

/// Which components extend which by `allOf`.
fn extensions(description: &Description) -> BTreeMap<&str, Vec<(&str, String)>> {
    let mut extensions: BTreeMap<&str, Vec<(&str, String)>> = BTreeMap::new();
    let components = description.document().components.as_ref();
    for (name, node) in components.into_iter().flat_map(|it| &it.schemas) {
        let ReferenceOr::Item(schema) = node else {
            continue;
        };
        let view = View::of(schema);
        let value = view
            .data
            .extensions
            .get("x-ms-discriminator-value")
            .and_then(|it| it.as_str());
        for part in view.all_of {
            if let ReferenceOr::Reference { reference } = part
                && let Some(parent) = description
                    .component::<Schema>(reference)
                    .and_then(|it| it.name)
            {
                extensions
                    .entry(parent)
                    .or_default()
                    .push((name, value.unwrap_or(name).to_owned()));
            }
        }
    }
    extensions
}

fn report(
    description: &Description,
    key: &OperationKey,
    status: Status,
    loss: &Loss,
) -> Diagnostic {
    let rule = if status == Status::Refused {
        &REFUSED
    } else {
        &DEGRADED
    };
    let (file, origin) = description.origin(&loss.pointer);
    let message = format!("`{}` is {}: {}", key.id, status.as_str(), loss.reason);
    Diagnostic::new(rule, file, origin, message)
}

pub(crate) fn operation_key(operation: &OperationRef<'_>) -> OperationKey {
    OperationKey {
        id: operation.id(),
        place: format!("{} {}", operation.method, operation.path),
        tags: operation.operation.tags.clone(),
    }
}

fn tag(tag: &specwright_openapi::openapiv3::Tag) -> Tag {
    Tag {
        name: tag.name.clone(),
        description: tag.description.clone(),
    }
}
