//! The rule `schema/endless`.

use std::collections::BTreeMap;

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "schema/endless",
        severity: Error,
        summary: "A schema permits a value that ends.",
        explanation: "A schema that requires a value of itself can only be met by a value without end, which cannot be sent. \
            Make the property optional or nullable, or put it into an array, which may be empty.",
    },
    set: Minimal,
    section: "schema-object",
    covers: &[],
    versions: ALL,
    fails: "
components:
  schemas:
    Cat: # here
      type: object
      required: [kitten]
      properties:
        kitten: {$ref: '#/components/schemas/Cat'}
",
    passes: "
components:
  schemas:
    Cat:
      type: object
      required: [kittens]
      properties:
        mother: {$ref: '#/components/schemas/Cat'}
        kittens: {type: array, items: {$ref: '#/components/schemas/Cat'}}
",
    check: Check::Document(check),
};

/// How deep a schema is followed.
const DEEPEST: usize = 100;

fn check<'d>(context: &Context<'d>, report: &mut Report<'_>) {
    let section = match context.version() {
        Version::V2_0 => Pointer::root().join("definitions"),
        _ => Pointer::root().join("components").join("schemas"),
    };
    let mut ends = Ends { context, known: BTreeMap::new(), trail: Vec::new() };
    for (name, node) in context.section("schemas").into_iter().flat_map(Object::iter) {
        let Some(object) = node.as_object() else {
            continue;
        };
        if ends.of(object) == Some(Some(object)) {
            report.at(section.join(name), "every value of this schema has to hold another one of it").on_key();
        }
    }
}

struct Ends<'c, 'd> {
    context: &'c Context<'d>,
    known: BTreeMap<*const Object, bool>,
    trail: Vec<&'d Object>,
}

impl<'d> Ends<'_, 'd> {
    /// `None` if values can end; else the schema on the trail that is required again, if there is one.
    fn of(&mut self, object: &'d Object) -> Option<Option<&'d Object>> {
        if self.trail.len() > DEEPEST || self.known.get(&std::ptr::from_ref(object)) == Some(&true) {
            return None;
        }
        if self.trail.iter().any(|it| std::ptr::eq(*it, object)) {
            return Some(Some(object));
        }
        self.trail.push(object);
        let endless = self.below(object);
        self.trail.pop();
        if endless.is_none() {
            self.known.insert(std::ptr::from_ref(object), true);
        }
        endless
    }

    fn below(&mut self, object: &'d Object) -> Option<Option<&'d Object>> {
        if schemas::is_nullable(object, self.context.version()) {
            return None;
        }
        if let Some(reference) = object.get("$ref").and_then(Node::as_str) {
            let target = self.context.document.target(reference)?.as_object()?;
            if let Some(found) = self.of(target) {
                return Some(found);
            }
        }
        let types = schemas::types(object, self.context.version());
        let is_object = types.as_ref().is_none_or(|it| it.as_slice() == ["object"]);
        let is_array = types.as_ref().is_some_and(|it| it.as_slice() == ["array"]);
        for (_, member) in schemas::members(object, "allOf") {
            if let Some(found) = self.of(member) {
                return Some(found);
            }
        }
        for keyword in ["oneOf", "anyOf"] {
            let mut last = None;
            let members = schemas::members(object, keyword);
            for (_, member) in members {
                last = Some(self.of(member)?);
            }
            if let Some(found) = last {
                return Some(found);
            }
        }
        if is_object && types.is_some() {
            let properties = object.get("properties").and_then(Node::as_object)?;
            for name in schemas::texts(object, "required") {
                let property = properties.get(name).and_then(Node::as_object);
                if let Some(found) = property.and_then(|it| self.of(it)) {
                    return Some(found);
                }
            }
        }
        if is_array && schemas::number(object, "minItems").is_some_and(|it| it >= 1.0) {
            return self.of(object.get("items")?.as_object()?);
        }
        None
    }
}
