//! Responses and parameters of the root, to which operations refer.
//!
//! In 2.0 an operation says the media types of a shared response or body; in 3.0 the component itself does. So a shared
//! object becomes one component for each list of media types that it is used with.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use specwright_diagnostics::Pointer;

use super::{build::string, media_types::MediaTypes};
use crate::tree::Object;

/// How many references to references are followed.
const LONGEST_CHAIN: usize = 32;

/// The name in `#/section/name`, if the reference has that form.
pub(super) fn name_in(section: &str, target: &str) -> Option<String> {
    let pointer = Pointer::parse(target.strip_prefix('#')?)?;
    let mut segments = pointer.segments();
    let found = segments
        .next()
        .filter(|first| first == section)
        .and_then(|_| segments.next())?;
    segments.next().is_none().then_some(found)
}

/// The member `name`, or the one to which it refers, with its own name.
pub(super) fn resolve<'o>(
    members: &'o Object,
    section: &str,
    name: &str,
) -> Option<(String, &'o Object)> {
    let mut name = name.to_owned();
    for _ in 0..LONGEST_CHAIN {
        let object = members.get(&name)?.as_object()?;
        match string(object, "$ref") {
            Some(next) => name = name_in(section, next)?,
            None => return Some((name, object)),
        }
    }
    None
}

/// The components that are made of the members of one section.
#[derive(Debug, Default)]
pub(super) struct Variants {
    taken: BTreeSet<String>,
    of: BTreeMap<String, Uses>,
}

/// The components that are made of one member.
#[derive(Debug, Default)]
struct Uses {
    variants: IndexMap<Vec<String>, Variant>,
    last_number: usize,
}

/// One component.
#[derive(Debug, Clone)]
pub(super) struct Variant {
    pub(super) name: String,
    pub(super) types: MediaTypes,
}

impl Variants {
    /// None as yet; `members` are those of the section.
    pub(super) fn new(members: &Object) -> Self {
        Self {
            taken: members.iter().map(|(name, _)| name.to_owned()).collect(),
            of: BTreeMap::new(),
        }
    }

    /// The name of the component for the member `name` when it is used with `types`.
    ///
    /// The first use keeps the name of the member. A further one makes a copy; if there `may_be` none, the first serves.
    pub(super) fn component(
        &mut self,
        name: &str,
        types: &MediaTypes,
        may_be: impl FnOnce() -> bool,
    ) -> String {
        let uses = self.of.entry(name.to_owned()).or_default();
        let names = types.names();
        if let Some(known) = uses.variants.get(&names) {
            return known.name.clone();
        }
        let mut free = name.to_owned();
        if uses.variants.is_empty() {
            uses.last_number = 1;
        } else if may_be() {
            while !self.taken.insert(free.clone()) {
                uses.last_number = uses.last_number.saturating_add(1);
                free = format!("{name}_{}", uses.last_number);
            }
        } else {
            return free;
        }
        let variant = Variant {
            name: free.clone(),
            types: types.clone(),
        };
        uses.variants.insert(names, variant);
        free
    }

    /// The components of the member `name`; one with the types `otherwise` if nothing refers to it.
    pub(super) fn take(&mut self, name: &str, otherwise: &MediaTypes) -> Vec<Variant> {
        if !self.of.contains_key(name) {
            self.component(name, otherwise, || true);
        }
        let uses = self.of.remove(name).unwrap_or_default();
        uses.variants.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::{
        Moves,
        swagger2::{place::Record, testing::tree},
    };

    #[test]
    fn names_of_members_are_unescaped() {
        for (target, expected) in [
            ("#/responses/a~1b", Some("a/b")),
            ("#/responses/", Some("")),
            ("#/responses", None),
            ("#/responses/a/schema", None),
            ("#/parameters/a", None),
            ("a.yaml#/responses/a", None),
            ("#/responses/~", None),
        ] {
            assert_eq!(
                name_in("responses", target).as_deref(),
                expected,
                "{target}"
            );
        }
    }

    #[test]
    fn references_to_references_are_followed_to_an_end() {
        let tree = tree(
            "{a: {$ref: '#/s/b'}, b: {$ref: '#/s/c'}, c: {x: 1}, d: {$ref: '#/s/d'}, e: {$ref: '#/s/f'}}",
        );
        for (name, expected) in [
            ("a", Some("c")),
            ("c", Some("c")),
            ("d", None),
            ("e", None),
            ("f", None),
        ] {
            let found = resolve(tree.as_object().unwrap(), "s", name).map(|(name, _)| name);
            assert_eq!(found.as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn the_first_component_serves_where_there_may_be_no_more() {
        let members = tree("{a: {}, a_2: {}}");
        let mut variants = Variants::new(members.as_object().unwrap());
        let (mut moves, mut lost) = (Moves::default(), Vec::new());
        let mut record = Record::new(&mut moves, &mut lost);
        let mut types = |name: &str| {
            MediaTypes::read(&tree(&format!("[{name}]")), &Pointer::root(), &mut record)
        };
        let table = [
            ("b/c", true, "a"),
            ("d/e", true, "a_3"),
            ("f/g", false, "a"),
            ("d/e", false, "a_3"),
        ];
        for (name, may_be, expected) in table {
            assert_eq!(
                variants.component("a", &types(name), || may_be),
                expected,
                "{name}"
            );
        }
        assert_eq!(variants.take("a", &types("h/i")).len(), 2);
        assert_eq!(variants.take("a_2", &types("h/i")).len(), 1);
    }
}
