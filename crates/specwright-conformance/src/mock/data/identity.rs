//! The field that tells the items of a list apart.

use std::collections::BTreeSet;

use serde_json::Value;
use specwright_openapi::Description;

use super::find;
use crate::mock::{
    random::{Random, scramble},
    value::{Kind, Shape, number, text},
};

/// How many values are tried until one is new.
const TRIES: usize = 100;

/// A place in an item whose value no other item of the list has.
#[derive(Debug)]
pub(crate) struct Identity<'a> {
    /// The names of properties that lead to it.
    pub(crate) path: Vec<String>,
    shape: Shape<'a>,
    seed: u64,
    used: BTreeSet<String>,
}

impl<'a> Identity<'a> {
    /// Finds the property: the one that has the name of the path parameter, or its end (`name` for `pool_name`), `id` or
    /// `uuid`, else that of the resource (`user_id` among `users`), else a required one that is named like an id, else
    /// any required text, else any that is named like an id, or like a name if there are paths of single items.
    pub(crate) fn find(
        description: &'a Description,
        item: &Shape<'a>,
        resources: &[&str],
        parameter: Option<&str>,
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
        let end = parameter.map(find::words).unwrap_or_default();
        let end = end.get(1..).unwrap_or_default();
        let rank = |name: &str, shape: &Shape<'_>| {
            let required = item.required.contains(name);
            let is_text = shape.kind == Some(Kind::String) && shape.text.format.is_none();
            let ranks = [
                parameter == Some(name),
                !end.is_empty() && find::words(name) == end,
                matches!(name, "id" | "uuid" | "_id" | "guid"),
                of_resource(name),
                required && without_id(name).is_some(),
                required && is_text,
                without_id(name).is_some(),
                parameter.is_some() && matches!(name, "name" | "key" | "slug" | "code" | "label"),
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
        Some(Self::of(vec![name.to_owned()], shape, seed))
    }

    /// The value at a path, of this shape.
    pub(crate) fn of(path: Vec<String>, shape: Shape<'a>, seed: u64) -> Self {
        Self {
            path,
            shape,
            seed,
            used: BTreeSet::new(),
        }
    }

    /// A value that has not been given before; `None` if the schema permits too few.
    pub(crate) fn next(&mut self, index: usize, random: &mut Random) -> Option<Value> {
        let tries = if self.shape.kind == Some(Kind::Integer) {
            1
        } else {
            TRIES
        };
        for attempt in 0..tries {
            let value = self.value(index, attempt, random)?;
            if self.used.insert(value.to_string()) {
                return Some(value);
            }
        }
        None
    }

    fn value(&self, index: usize, attempt: usize, random: &mut Random) -> Option<Value> {
        let (limits, number) = (&self.shape.text, (index as u64).wrapping_add(1));
        if let Some(members) = &self.shape.members {
            return members.get(index).cloned();
        }
        if matches!(self.shape.kind, Some(Kind::Integer | Kind::Number)) {
            return self.integer(number).map(Value::from);
        }
        let own = scramble(self.seed.wrapping_add(number));
        let room = limits.least <= 16 && limits.most.is_none_or(|most| most >= 16);
        let named = self.path.last().is_some_and(|name| {
            let name = name.to_ascii_lowercase();
            name.ends_with("uuid") || name.ends_with("guid")
        });
        let name = self.path.last().map_or("", String::as_str);
        Some(match (limits.pattern, limits.format) {
            (None, Some("uuid" | "guid")) => text::uuid(own, random.next()).into(),
            (None, None) if named && room && limits.most.is_none() => {
                text::uuid(own, random.next()).into()
            }
            (None, None) if room && attempt == 0 => format!("{own:016x}").into(),
            (None, None) if !room && attempt == 0 && limits.least < 16 => {
                let digits = format!("{number:0width$x}", width = limits.least.max(1));
                if limits.most.is_some_and(|most| digits.len() > most) {
                    return None;
                }
                digits.into()
            }
            _ => text::text(limits, name, random).into(),
        })
    }

    /// The integer of this number, counted from the least one that the schema permits.
    fn integer(&self, number: u64) -> Option<i64> {
        let range = &self.shape.range;
        let low = range.low.map(|(it, out)| number::above(it, out));
        let high = range.high.map(|(it, out)| number::below(it, out));
        let least = range.least.max(low).unwrap_or(0);
        let most = [range.most, high].into_iter().flatten().min();
        let step = range.multiple.map_or(1, |it| it as i64).max(1);
        let before = least.max(0).checked_add(step - 1)?.div_euclid(step);
        // 0 is permitted more often than it is meant.
        let number = if least > 0 {
            number.checked_sub(1)?
        } else {
            number
        };
        let value = before.checked_add_unsigned(number)?.checked_mul(step)?;
        most.is_none_or(|most| value <= most).then_some(value)
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
