//! The field that tells the items of a list apart.

use std::collections::BTreeSet;

use serde_json::Value;
use specwright_openapi::Description;

use crate::mock::{
    random::{Random, scramble},
    value::{Kind, Shape, number, text},
};

/// How many values are tried until one is new.
const TRIES: usize = 100;

/// The property of an item whose value no other item of the list has.
#[derive(Debug)]
pub(crate) struct Identity<'a> {
    /// The name of the property.
    pub(crate) name: &'a str,
    shape: Shape<'a>,
    seed: u64,
    used: BTreeSet<String>,
}

impl<'a> Identity<'a> {
    /// Finds the property: `id` or `uuid`, else that of the resource (`user_id` among `users`), else a required
    /// one that is named like an id, else any required text, else any that is named like an id.
    pub(crate) fn find(
        description: &'a Description,
        item: &Shape<'a>,
        resources: &[&str],
        seed: u64,
    ) -> Option<Self> {
        let of_resource = |name: &str| {
            let owner = without_id(name);
            owner.is_some_and(|owner| {
                resources
                    .iter()
                    .any(|resource| same_resource(resource, owner))
            })
        };
        let rank = |name: &str, shape: &Shape<'_>| {
            let required = item.required.contains(name);
            let is_text = shape.kind == Some(Kind::String) && shape.text.format.is_none();
            let ranks = [
                matches!(name, "id" | "uuid" | "_id" | "guid"),
                of_resource(name),
                required && without_id(name).is_some(),
                required && is_text,
                without_id(name).is_some(),
            ];
            ranks.iter().position(|fits| *fits)
        };
        let candidates = item.properties.iter().filter_map(|(name, schemas)| {
            let shape = Shape::first(description, schemas);
            let fits =
                matches!(shape.kind, Some(Kind::String | Kind::Integer)) && shape.members.is_none();
            let rank = rank(name, &shape).filter(|_| fits)?;
            Some((rank, *name, shape))
        });
        let (_, name, shape) = candidates.min_by_key(|(rank, ..)| *rank)?;
        Some(Self {
            name,
            shape,
            seed,
            used: BTreeSet::new(),
        })
    }

    /// A value that has not been given before; `None` if the schema permits too few.
    pub(crate) fn next(&mut self, index: usize, random: &mut Random) -> Option<Value> {
        for attempt in 0..TRIES {
            let value = self.value(index, attempt, random);
            if self.used.insert(value.to_string()) {
                return Some(value);
            }
        }
        None
    }

    fn value(&self, index: usize, attempt: usize, random: &mut Random) -> Value {
        let (limits, number) = (&self.shape.text, (index as u64).wrapping_add(1));
        let own = scramble(self.seed.wrapping_add(number));
        if self.shape.kind == Some(Kind::Integer) {
            let first = self.shape.range.least.unwrap_or(0).max(0);
            let value = first.saturating_add_unsigned(number);
            let fits = self.shape.range.most.is_none_or(|most| value <= most) && attempt == 0;
            let plain = fits && self.shape.range.multiple.is_none();
            return if plain {
                value.into()
            } else {
                number::integer(&self.shape.range, random).into()
            };
        }
        let room = limits.least <= 16 && limits.most.is_none_or(|most| most >= 16);
        let named = self.name.ends_with("uuid") || self.name.ends_with("guid");
        match (limits.pattern, limits.format) {
            (None, Some("uuid")) => text::uuid(own, random.next()).into(),
            (None, None) if named && room && limits.most.is_none() => {
                text::uuid(own, random.next()).into()
            }
            (None, None) if room && attempt == 0 => format!("{own:016x}").into(),
            _ => text::text(limits, self.name, random).into(),
        }
    }
}

/// `user` of `user_id`, `userId` and `userUuid`; `None` if the name is not that of an id.
fn without_id(name: &str) -> Option<&str> {
    let tails = ["_id", "_uuid", "_guid", "Id", "ID", "Uuid", "UUID"];
    tails
        .iter()
        .find_map(|tail| name.strip_suffix(tail))
        .filter(|owner| !owner.is_empty())
}

/// Whether `users`, `User` or `user` names the resource `user`.
fn same_resource(resource: &str, owner: &str) -> bool {
    let plain = |name: &str| -> String {
        name.chars()
            .filter(|it| it.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let (resource, owner) = (plain(resource), plain(owner));
    resource == owner || resource == format!("{owner}s") || resource == format!("{owner}es") || {
        let stem = owner.strip_suffix('y').unwrap_or(&owner);
        resource == format!("{stem}ies")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_name_their_resource() {
        for (name, owner) in [
            ("user_id", Some("user")),
            ("userId", Some("user")),
            ("id", None),
            ("_id", None),
            ("paid", None),
        ] {
            assert_eq!(without_id(name), owner, "{name}");
        }
        for (resource, owner) in [
            ("users", "user"),
            ("User", "user"),
            ("batches", "batch"),
            ("companies", "company"),
        ] {
            assert!(same_resource(resource, owner), "{resource}");
        }
        assert!(!same_resource("users", "account"));
    }
}
