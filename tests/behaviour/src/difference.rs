//! What is wrong with the items of a walk.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// How the items that arrived differ from those that the server has. The default is: not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Ids that arrived again, once for each further time.
    pub duplicates: Vec<String>,
    /// Ids that did not arrive.
    pub missing: Vec<String>,
    /// Ids that arrived and that the server does not have.
    pub unexpected: Vec<String>,
    /// The first id that is not in its place, if all of them arrived once.
    pub out_of_order: Option<String>,
}

impl Difference {
    /// Compares ids, each of which the server has once.
    #[must_use]
    pub fn between(expected: &[String], received: &[String]) -> Self {
        let mut times = BTreeMap::<&str, usize>::new();
        let mut duplicates = Vec::new();
        for id in received {
            let times = times.entry(id).or_default();
            *times += 1;
            duplicates.extend((*times > 1).then(|| id.clone()));
        }
        let known: BTreeSet<&str> = expected.iter().map(String::as_str).collect();
        let missing = expected
            .iter()
            .filter(|id| !times.contains_key(id.as_str()))
            .cloned()
            .collect();
        let unexpected = times
            .keys()
            .filter(|id| !known.contains(*id))
            .map(|id| (*id).to_owned())
            .collect();
        let mut difference = Self {
            duplicates,
            missing,
            unexpected,
            out_of_order: None,
        };
        if difference.is_none() {
            let misplaced = received
                .iter()
                .zip(expected)
                .find(|(received, expected)| received != expected);
            difference.out_of_order = misplaced.map(|(id, _)| id.clone());
        }
        difference
    }

    /// Whether there is no difference.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = [
            ("duplicate", &self.duplicates),
            ("missing", &self.missing),
            ("unexpected", &self.unexpected),
        ];
        let mut parts = Vec::new();
        for (kind, ids) in kinds {
            parts.extend(
                ids.first()
                    .map(|first| format!("{} {kind}, the first is `{first}`", ids.len())),
            );
        }
        parts.extend(
            self.out_of_order
                .iter()
                .map(|id| format!("out of order from `{id}` on")),
        );
        f.write_str(if parts.is_empty() {
            "no difference"
        } else {
            ""
        })?;
        f.write_str(&parts.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(expected: &str, received: &str) -> String {
        let ids = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
        Difference::between(&ids(expected), &ids(received)).to_string()
    }

    #[test]
    fn the_same_items_do_not_differ() {
        assert_eq!(between("", ""), "no difference");
        assert_eq!(between("abc", "abc"), "no difference");
        assert!(Difference::between(&[], &[]).is_none());
    }

    #[test]
    fn every_mistake_is_found() {
        let cases = [
            ("abc", "abbcb", "2 duplicate, the first is `b`"),
            ("abc", "a", "2 missing, the first is `b`"),
            ("abc", "", "3 missing, the first is `a`"),
            ("abc", "abcd", "1 unexpected, the first is `d`"),
            ("abc", "acb", "out of order from `c` on"),
            (
                "abc",
                "aac",
                "1 duplicate, the first is `a`; 1 missing, the first is `b`",
            ),
            (
                "",
                "xx",
                "1 duplicate, the first is `x`; 1 unexpected, the first is `x`",
            ),
        ];
        for (expected, received, text) in cases {
            assert_eq!(between(expected, received), text, "{expected} {received}");
        }
    }
}
