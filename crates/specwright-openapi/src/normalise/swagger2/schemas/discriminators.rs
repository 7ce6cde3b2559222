//! Values of discriminators.
//!
//! In 2.0 the value is the name of the definition (Schema Object, `discriminator`). Azure's documents give others in
//! `x-ms-discriminator-value` of the definitions that inherit, which 3.0 says as the `mapping` of the inherited one.

use std::collections::{BTreeMap, BTreeSet};

use specwright_diagnostics::Pointer;

use crate::{
    normalise::swagger2::{
        build::{component, string},
        place::{Place, Record},
        shared::name_in,
    },
    tree::{Node, Object},
};

const VALUE: &str = "x-ms-discriminator-value";

/// How many definitions one may inherit from; more are not looked at.
const MOST_ANCESTORS: usize = 64;

/// For the names of definitions with a `discriminator`, the values and what they stand for.
#[derive(Debug, Default)]
pub(in crate::normalise::swagger2) struct Mappings(BTreeMap<String, Vec<Entry>>);

#[derive(Debug)]
struct Entry {
    value: String,
    definition: String,
}

impl Mappings {
    pub(in crate::normalise::swagger2) fn read(definitions: &Object) -> Self {
        let mut mappings = Self::default();
        for (name, node) in definitions.iter() {
            let Some(value) = node.get(VALUE).and_then(Node::as_str) else {
                continue;
            };
            for ancestor in lineage(definitions, name) {
                mappings.0.entry(ancestor).or_default().push(Entry {
                    value: value.to_owned(),
                    definition: name.to_owned(),
                });
            }
        }
        mappings
    }

    /// Adds the mappings to the rewritten definitions.
    pub(in crate::normalise::swagger2) fn apply(
        self,
        schemas: &mut Object,
        record: &mut Record<'_>,
    ) {
        for (name, entries) in self.0 {
            let Some(Node::Object(schema)) = schemas.get_mut(&name) else {
                continue;
            };
            let Some(Node::Object(discriminator)) = schema.get_mut("discriminator") else {
                continue;
            };
            let at = component("schemas", &name)
                .join("discriminator")
                .join("mapping");
            let mut mapping = Object::default();
            for Entry { value, definition } in entries {
                let source = Pointer::root()
                    .join("definitions")
                    .join(&definition)
                    .join(VALUE);
                record.moved(&Place::new(at.join(&value), source));
                mapping.insert(
                    value,
                    Node::String(format!("#{}", component("schemas", &definition))),
                );
            }
            discriminator.insert("mapping".to_owned(), Node::Object(mapping));
        }
    }
}

/// The definition and those it inherits from, as far as they have a `discriminator`.
fn lineage(definitions: &Object, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::from([name.to_owned()]);
    let mut waiting = vec![name.to_owned()];
    while let Some(name) = waiting.pop() {
        let Some(schema) = definitions.get(&name).and_then(Node::as_object) else {
            continue;
        };
        let parents = schema
            .get("allOf")
            .and_then(Node::as_array)
            .unwrap_or_default();
        for parent in parents
            .iter()
            .take(MOST_ANCESTORS)
            .filter_map(|it| name_in("definitions", it.get("$ref")?.as_str()?))
        {
            if seen.len() < MOST_ANCESTORS && seen.insert(parent.clone()) {
                waiting.push(parent);
            }
        }
        if string(schema, "discriminator").is_some() {
            found.push(name);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::normalise::swagger2::testing::normal;

    #[test]
    fn values_of_heirs_are_the_mapping() {
        normal(
            "
            definitions:
              Pet: {discriminator: kind, x-ms-discriminator-value: '#Pet'}
              Cat: {x-ms-discriminator-value: '#Cat', allOf: [{$ref: '#/definitions/Pet'}]}
              Tiger: {x-ms-discriminator-value: '#Tiger', allOf: [{type: object}, {$ref: '#/definitions/Cat'}]}
              Dog: {allOf: [{$ref: '#/definitions/Pet'}]}
              Stone: {x-ms-discriminator-value: '#Stone'}",
        )
        .holds(
            "/components/schemas/Pet/discriminator",
            "
            propertyName: kind
            mapping:
              '#Pet': '#/components/schemas/Pet'
              '#Cat': '#/components/schemas/Cat'
              '#Tiger': '#/components/schemas/Tiger'",
        )
        .stood(
            "/components/schemas/Pet/discriminator/mapping/#Cat",
            "/definitions/Cat/x-ms-discriminator-value",
        );
    }

    #[test]
    fn definitions_that_inherit_from_each_other_end() {
        normal(
            "
            definitions:
              A: {discriminator: k, x-ms-discriminator-value: a, allOf: [{$ref: '#/definitions/B'}]}
              B: {discriminator: k, allOf: [{$ref: '#/definitions/A'}]}",
        )
        .holds(
            "/components/schemas/B/discriminator",
            "{propertyName: k, mapping: {a: '#/components/schemas/A'}}",
        );
    }
}
