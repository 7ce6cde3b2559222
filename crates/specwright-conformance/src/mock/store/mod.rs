//! The data set of a resource as requests have left it.

mod changes;
mod stores;

use std::{
    cmp::Ordering,
    collections::BTreeMap,
    sync::{OnceLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use serde_json::Value;

use super::data::{Data, at, by_key};
pub(crate) use changes::{Changes, Entry};
pub(crate) use stores::{Room, Stores};

/// A data set and what requests have changed in it.
///
/// Items have sequence numbers: those that were generated their index, those that were created the numbers after them.
#[derive(Debug)]
pub(crate) struct Store {
    data: Data,
    /// The place of the key by which the items are in order; they are in the order of their numbers without one.
    key: Option<Vec<String>>,
    changes: RwLock<Changes>,
    index: OnceLock<BTreeMap<String, usize>>,
}

/// A data set at one moment.
#[derive(Debug)]
pub(crate) struct Snapshot<'s> {
    store: &'s Store,
    changes: RwLockReadGuard<'s, Changes>,
}

impl Store {
    /// A data set as it was generated.
    pub(crate) fn new(data: Data, key: Option<Vec<String>>) -> Self {
        let first = data.items.len();
        Self {
            data,
            key,
            changes: RwLock::new(Changes::after(first)),
            index: OnceLock::new(),
        }
    }

    /// The items as they were generated.
    pub(crate) fn generated(&self) -> &[Value] {
        &self.data.items
    }

    /// The items as they are now.
    pub(crate) fn snapshot(&self) -> Snapshot<'_> {
        let changes = self.changes.read().unwrap_or_else(PoisonError::into_inner);
        Snapshot {
            store: self,
            changes,
        }
    }

    /// For changes.
    pub(crate) fn change(&self) -> RwLockWriteGuard<'_, Changes> {
        self.changes.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of the item whose value at `place` is this text.
    pub(crate) fn find(&self, changes: &Changes, place: &[String], text: &str) -> Option<usize> {
        let changed = changes.find(|entry| is_text(at(&entry.item, place), text));
        let generated = || {
            let index = self.index.get_or_init(|| {
                let items = self.data.items.iter().enumerate().rev();
                items
                    .filter_map(|(number, item)| Some((as_text(at(item, place)?)?, number)))
                    .collect()
            });
            index.get(text).copied()
        };
        changed.or_else(|| generated().filter(|number| !changes.touches(*number)))
    }
}

impl Snapshot<'_> {
    /// Whether the items are those that were generated.
    pub(crate) fn is_unchanged(&self) -> bool {
        self.changes.is_empty()
    }

    /// The item of a number, if it is there.
    pub(crate) fn item(&self, number: usize) -> Option<&Value> {
        if self.changes.is_gone(number) {
            return None;
        }
        self.ever(number)
    }

    /// The numbers of all items in order.
    pub(crate) fn numbers(&self) -> Vec<usize> {
        let generated = 0..self.store.data.items.len();
        let all = generated.chain(self.changes.created());
        let mut numbers: Vec<usize> = all.filter(|it| !self.changes.is_gone(*it)).collect();
        if self.store.key.is_some() && !self.is_unchanged() {
            numbers.sort_by(|one, other| self.order(*one, *other));
        }
        numbers
    }

    /// The usual order of two items, also of those that are gone.
    pub(crate) fn order(&self, one: usize, other: usize) -> Ordering {
        let by_number = one.cmp(&other);
        match (&self.store.key, self.ever(one), self.ever(other)) {
            (Some(key), Some(one), Some(other)) => by_key(key, one, other).then(by_number),
            _ => by_number,
        }
    }

    /// The item of a number, also if it is gone and still known.
    pub(crate) fn ever(&self, number: usize) -> Option<&Value> {
        let changed = self.changes.entry(number).map(|entry| &entry.item);
        changed.or_else(|| self.store.data.items.get(number))
    }
}

/// A value as it stands in a path or query.
pub(crate) fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(_) | Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn is_text(value: Option<&Value>, text: &str) -> bool {
    value.and_then(as_text).is_some_and(|it| it == text)
}
