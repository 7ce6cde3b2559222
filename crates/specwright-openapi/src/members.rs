//! The members of a mapping, in the order of the text.
//!
//! Most mappings of a document have a handful of keys. Those are a list, which is read, searched, copied and dropped
//! faster than a hash table; longer ones get a table.

use foldhash::fast::RandomState;

use crate::tree::Node;

/// Mappings with more members get a table.
const FEW: usize = 16;

type Table = indexmap::IndexMap<String, Node, RandomState>;

#[derive(Debug, Clone)]
pub(crate) enum Members {
    Few(Vec<(String, Node)>),
    Many(Table),
}

impl Default for Members {
    fn default() -> Self {
        Self::Few(Vec::new())
    }
}

/// Equal keys with equal values, in any order.
impl PartialEq for Members {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(key, node)| other.get(key) == Some(node))
    }
}

impl Members {
    /// Adds a member; if the key was there, replaces its value and gives the key back.
    pub(crate) fn insert(&mut self, key: String, value: Node) -> Option<String> {
        if let Self::Few(list) = self
            && list.len() >= FEW
        {
            *self = Self::Many(std::mem::take(list).into_iter().collect());
        }
        match self {
            Self::Few(list) => match list.iter_mut().find(|(known, _)| *known == key) {
                Some((_, known)) => {
                    *known = value;
                    Some(key)
                }
                None => {
                    list.push((key, value));
                    None
                }
            },
            Self::Many(table) => match table.get_mut(&key) {
                Some(known) => {
                    *known = value;
                    Some(key)
                }
                None => {
                    table.insert(key, value);
                    None
                }
            },
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        match self {
            Self::Few(list) => list
                .iter()
                .find(|(known, _)| known == key)
                .map(|(_, node)| node),
            Self::Many(table) => table.get(key),
        }
    }

    pub(crate) fn get_key(&self, key: &str) -> Option<&str> {
        match self {
            Self::Few(list) => list
                .iter()
                .find(|(known, _)| known == key)
                .map(|(known, _)| known.as_str()),
            Self::Many(table) => table.get_key_value(key).map(|(known, _)| known.as_str()),
        }
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        match self {
            Self::Few(list) => list
                .iter_mut()
                .find(|(known, _)| known == key)
                .map(|(_, node)| node),
            Self::Many(table) => table.get_mut(key),
        }
    }

    pub(crate) fn remove(&mut self, key: &str) -> Option<Node> {
        match self {
            Self::Few(list) => {
                let at = list.iter().position(|(known, _)| known == key)?;
                Some(list.remove(at).1)
            }
            Self::Many(table) => table.shift_remove(key),
        }
    }

    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&str, &mut Node) -> bool) {
        match self {
            Self::Few(list) => list.retain_mut(|(key, node)| keep(key, node)),
            Self::Many(table) => table.retain(|key, node| keep(key, node)),
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Few(list) => list.len(),
            Self::Many(table) => table.len(),
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Node)> {
        let (list, table) = match self {
            Self::Few(list) => (Some(list.iter()), None),
            Self::Many(table) => (None, Some(table.iter())),
        };
        let list = list
            .into_iter()
            .flatten()
            .map(|(key, node)| (key.as_str(), node));
        let table = table
            .into_iter()
            .flatten()
            .map(|(key, node)| (key.as_str(), node));
        list.chain(table)
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut Node)> {
        let (list, table) = match self {
            Self::Few(list) => (Some(list.iter_mut()), None),
            Self::Many(table) => (None, Some(table.iter_mut())),
        };
        let list = list
            .into_iter()
            .flatten()
            .map(|(key, node)| (key.as_str(), node));
        let table = table
            .into_iter()
            .flatten()
            .map(|(key, node)| (key.as_str(), node));
        list.chain(table)
    }

    pub(crate) fn into_members(self) -> impl Iterator<Item = (String, Node)> {
        let (list, table) = match self {
            Self::Few(list) => (list, Table::default()),
            Self::Many(table) => (Vec::new(), table),
        };
        list.into_iter().chain(table)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same calls on few and on many members.
    #[test]
    fn lists_and_tables_behave_alike() {
        for number in [3, FEW, FEW + 1, 100] {
            let mut members = Members::default();
            for index in 0..number {
                assert_eq!(
                    members.insert(index.to_string(), Node::Null),
                    None,
                    "{number}"
                );
            }
            let known = members.insert("1".to_owned(), Node::Bool(true));
            assert_eq!(known.as_deref(), Some("1"));
            assert_eq!(members.get("1"), Some(&Node::Bool(true)));
            assert_eq!(members.remove("0"), Some(Node::Null));
            assert_eq!(members.get("0"), None);
            let keys: Vec<_> = members.iter().map(|(key, _)| key.to_owned()).collect();
            let expected: Vec<_> = (1..number).map(|it| it.to_string()).collect();
            assert_eq!(keys, expected, "{number}");
            members.retain(|key, _| key == "2");
            assert_eq!(members.len(), 1);
        }
    }

    #[test]
    fn order_does_not_matter_to_equality() {
        let of = |keys: &[&str]| {
            let mut members = Members::default();
            for key in keys {
                members.insert((*key).to_owned(), Node::Null);
            }
            members
        };
        assert_eq!(of(&["a", "b"]), of(&["b", "a"]));
        assert_ne!(of(&["a", "b"]), of(&["a", "c"]));
        assert_ne!(of(&["a"]), of(&["a", "b"]));
    }
}
