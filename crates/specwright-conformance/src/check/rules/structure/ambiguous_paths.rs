//! The rule `structure/ambiguous-paths`.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "structure/ambiguous-paths",
        severity: Warning,
        summary: "No request fits two paths equally well.",
        explanation: "Where a path without parameters and one with them both fit, the first is taken. Of `/{animal}/mine` and \
            `/cats/{id}` neither goes before the other, so servers may answer `/cats/mine` by either (Path \
            Templating).",
    },
    set: Recommended,
    section: "path-templating",
    covers: &["redocly:no-ambiguous-paths", "vacuum:no-ambiguous-paths"],
    versions: ALL,
    fails: "
paths:
  /{animal}/mine:
    parameters: [{name: animal, in: path, required: true, schema: {type: string}}]
    get:
      responses: {'200': {description: My animals of a kind.}}
  /cats/{id}: # here
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      responses: {'200': {description: A cat.}}
",
    passes: "
paths:
  /cats/mine:
    get:
      responses: {'200': {description: My cats.}}
  /cats/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      responses: {'200': {description: A cat.}}
  /{animal}/mine:
    parameters: [{name: animal, in: path, required: true, schema: {type: string}}]
    post:
      responses: {'200': {description: Another method.}}
  /{animal}/{number}/food:
    parameters:
      - {name: animal, in: path, required: true, schema: {type: string}}
      - {name: number, in: path, required: true, schema: {type: integer}}
    get:
      responses: {'200': {description: The text is no number.}}
  /cats/mine/{meal}:
    parameters: [{name: meal, in: path, required: true, schema: {type: string}}]
    get:
      responses: {'200': {description: A meal.}}
",
    check: Check::Document(check),
};

/// A path with what decides whether a request fits it.
struct Way<'d> {
    path: &'d str,
    pointer: Pointer,
    methods: BTreeSet<&'d str>,
    segments: Vec<Segment<'d>>,
}

enum Segment<'d> {
    Text(&'d str),
    /// Whether only numbers fit.
    Parameter { number: bool },
    /// Text and parameters: what it begins and ends with.
    Mixed(&'d str, &'d str),
}

fn check<'d>(context: &Context<'d>, report: &mut Report<'_>) {
    let mut by_length: BTreeMap<usize, Vec<Way<'d>>> = BTreeMap::new();
    for (path, item, pointer) in context.path_items() {
        let methods: BTreeSet<&str> = context
            .operations()
            .iter()
            .filter(|operation| operation.item_pointer == pointer)
            .map(|operation| operation.method.as_str())
            .filter_map(|method| item.iter().map(|(key, _)| key).find(|key| key.eq_ignore_ascii_case(method)))
            .collect();
        let numbers = numbers(&pointer, context);
        let segments: Vec<Segment<'_>> = path.split('/').map(|it| segment(it, &numbers)).collect();
        let way = Way { path, pointer, methods, segments };
        by_length.entry(way.segments.len()).or_default().push(way);
    }
    for ways in by_length.values() {
        one_for_each_cause(ways, report);
    }
}

/// Reports the path that is in most pairs first, once for all of them: it is what the others stumble over.
fn one_for_each_cause(ways: &[Way<'_>], report: &mut Report<'_>) {
    let mut rivals: Vec<BTreeSet<usize>> = ways
        .iter()
        .map(|way| {
            let others = ways.iter().enumerate();
            let rivals = others.filter(|(_, other)| is_ambiguous(way, other));
            rivals.map(|(index, _)| index).collect()
        })
        .collect();
    loop {
        // Of equals the later path, which was added to the earlier ones.
        let most = rivals.iter().enumerate().max_by_key(|(_, rivals)| rivals.len());
        let Some((worst, others)) = most.filter(|(_, rivals)| !rivals.is_empty()) else {
            return;
        };
        let others: Vec<usize> = others.iter().copied().collect();
        let example = others.first().and_then(|index| ways.get(*index)).map(|it| it.path);
        let mut message = format!("requests may fit this path and `{}`", example.unwrap_or_default());
        if others.len() > 1 {
            message += &format!(", or {} further paths", others.len() - 1);
        }
        if let Some(way) = ways.get(worst) {
            report.at(way.pointer.clone(), message).on_key();
        }
        for index in others {
            rivals.get_mut(index).into_iter().for_each(|it| {
                it.remove(&worst);
            });
        }
        rivals.get_mut(worst).into_iter().for_each(BTreeSet::clear);
    }
}

/// The path parameters that take numbers only.
fn numbers<'d>(item: &Pointer, context: &Context<'d>) -> BTreeSet<&'d str> {
    let of_item = context.operations().iter().filter(|it| it.item_pointer == *item);
    let parameters = of_item.flat_map(|operation| operation.parameters(context.document));
    parameters
        .filter(|parameter| parameter.place == "path")
        .filter(|parameter| {
            let schema = parameter.object.get("schema").and_then(Node::as_object);
            let schema = schema.and_then(|it| context.document.follow(it)).unwrap_or(parameter.object);
            let types = schemas::types(schema, context.version()).unwrap_or_default();
            !types.is_empty() && types.iter().all(|it| matches!(*it, "integer" | "number"))
        })
        .map(|parameter| parameter.name)
        .collect()
}

fn segment<'d>(text: &'d str, numbers: &BTreeSet<&str>) -> Segment<'d> {
    let (Some(first), Some(last)) = (text.find('{'), text.rfind('}')) else {
        return Segment::Text(text);
    };
    let (before, after) = (text.get(..first).unwrap_or_default(), text.get(last + 1..).unwrap_or_default());
    match template::names(text).as_slice() {
        [name] if before.is_empty() && after.is_empty() => Segment::Parameter { number: numbers.contains(name) },
        _ => Segment::Mixed(before, after),
    }
}

fn is_ambiguous(one: &Way<'_>, other: &Way<'_>) -> bool {
    let (mut narrower, mut wider) = (false, false);
    for pair in one.segments.iter().zip(&other.segments) {
        match pair {
            (Segment::Text(one), Segment::Text(other)) if one == other => {}
            (Segment::Text(_), Segment::Text(_)) => return false,
            (Segment::Text(text), template) if fits(template, text) => narrower = true,
            (template, Segment::Text(text)) if fits(template, text) => wider = true,
            (Segment::Text(_), _) | (_, Segment::Text(_)) => return false,
            (Segment::Mixed(..), Segment::Parameter { .. }) => narrower = true,
            (Segment::Parameter { .. }, Segment::Mixed(..)) => wider = true,
            // Whether two of these can be the same text is not looked into.
            (Segment::Mixed(..), Segment::Mixed(..)) => return false,
            (Segment::Parameter { .. }, Segment::Parameter { .. }) => {}
        }
    }
    narrower && wider && !one.methods.is_disjoint(&other.methods)
}

fn fits(template: &Segment<'_>, text: &str) -> bool {
    match template {
        Segment::Text(own) => *own == text,
        Segment::Parameter { number: true } => text.parse::<f64>().is_ok(),
        Segment::Parameter { number: false } => true,
        Segment::Mixed(before, after) => {
            text.len() > before.len() + after.len() && text.starts_with(before) && text.ends_with(after)
        }
    }
}
