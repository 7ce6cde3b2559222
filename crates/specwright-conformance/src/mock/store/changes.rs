//! What requests have changed in a data set.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::{Map, Value};

/// How many items that were created or changed are remembered; of more, the oldest changes are forgotten.
const MOST: usize = 10_000;

/// How many bytes the requests that made them may have had in all.
const MOST_BYTES: usize = 32 << 20;

/// An item that was created or changed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// The item as the list has it.
    pub(crate) item: Value,
    /// Members that requests gave it, for answers that say more than the list.
    pub(crate) sent: Map<String, Value>,
    /// How many bytes the requests had.
    pub(crate) bytes: usize,
}

/// What requests have changed in a data set.
#[derive(Debug)]
pub(crate) struct Changes {
    first: usize,
    next: usize,
    entries: BTreeMap<usize, Entry>,
    gone: BTreeSet<usize>,
    /// Numbers of entries, oldest change first.
    oldest: VecDeque<usize>,
    bytes: usize,
}

impl Changes {
    /// Nothing; items that are created have numbers from `first` on.
    pub(super) fn after(first: usize) -> Self {
        Self {
            first,
            next: first,
            entries: BTreeMap::new(),
            gone: BTreeSet::new(),
            oldest: VecDeque::new(),
            bytes: 0,
        }
    }

    /// Whether nothing has changed.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.gone.is_empty()
    }

    /// The number that the next item has that is created.
    pub(crate) fn next(&self) -> usize {
        self.next
    }

    /// Adds an item.
    pub(crate) fn create(&mut self, entry: Entry) {
        let number = self.next;
        self.next = self.next.saturating_add(1);
        self.replace(number, entry);
    }

    /// Puts an item in the place of another one.
    pub(crate) fn replace(&mut self, number: usize, entry: Entry) {
        self.bytes = self.bytes.saturating_add(entry.bytes);
        if let Some(before) = self.entries.insert(number, entry) {
            self.bytes = self.bytes.saturating_sub(before.bytes);
            self.oldest.retain(|it| *it != number);
        }
        self.oldest.push_back(number);
        while self.entries.len() > MOST || (self.bytes > MOST_BYTES && self.entries.len() > 1) {
            let Some(forgotten) = self.oldest.pop_front() else {
                break;
            };
            if let Some(entry) = self.entries.remove(&forgotten) {
                self.bytes = self.bytes.saturating_sub(entry.bytes);
            }
            if forgotten >= self.first {
                self.gone.remove(&forgotten);
            }
        }
    }

    /// Takes an item away.
    pub(crate) fn delete(&mut self, number: usize) {
        self.gone.insert(number);
    }

    /// The item of a number, if a request has created or changed it.
    pub(crate) fn entry(&self, number: usize) -> Option<&Entry> {
        self.entries.get(&number)
    }

    /// Whether the item was taken away.
    pub(super) fn is_gone(&self, number: usize) -> bool {
        self.gone.contains(&number)
    }

    /// Whether the item is not as it was generated.
    pub(super) fn touches(&self, number: usize) -> bool {
        self.is_gone(number) || self.entries.contains_key(&number)
    }

    /// The numbers of the items that were created, also of those that were taken away again.
    pub(super) fn created(&self) -> impl Iterator<Item = usize> {
        self.entries.range(self.first..).map(|(number, _)| *number)
    }

    /// The first item that was created or changed and is still there.
    pub(super) fn find(&self, fits: impl Fn(&Entry) -> bool) -> Option<usize> {
        let mut there = self.entries.iter().filter(|(it, _)| !self.is_gone(**it));
        there
            .find(|(_, entry)| fits(entry))
            .map(|(number, _)| *number)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn entry(name: usize, bytes: usize) -> Entry {
        Entry {
            item: json!({ "name": name }),
            sent: Map::new(),
            bytes,
        }
    }

    #[test]
    fn the_oldest_changes_are_forgotten() {
        let mut changes = Changes::after(5);
        changes.replace(0, entry(0, 1));
        for name in 1..=MOST {
            changes.create(entry(name, 1));
        }
        assert!(!changes.touches(0), "the first change is forgotten");
        assert_eq!(changes.created().count(), MOST);
        changes.create(entry(MOST + 1, 1));
        assert_eq!(
            (changes.created().next(), changes.next()),
            (Some(6), MOST + 6)
        );
    }

    #[test]
    fn large_changes_leave_room_for_few() {
        let mut changes = Changes::after(0);
        for name in 0..5 {
            changes.create(entry(name, MOST_BYTES / 2));
        }
        assert_eq!(changes.created().collect::<Vec<_>>(), [3, 4]);
        changes.create(entry(5, MOST_BYTES * 2));
        assert_eq!(changes.created().collect::<Vec<_>>(), [5]);
    }

    #[test]
    fn what_is_gone_is_not_found() {
        let mut changes = Changes::after(3);
        assert!(changes.is_empty());
        changes.create(entry(1, 1));
        assert_eq!(changes.find(|it| it.item["name"] == 1), Some(3));
        changes.delete(3);
        assert_eq!(changes.find(|it| it.item["name"] == 1), None);
        assert!(changes.touches(3) && !changes.touches(2));
    }
}
