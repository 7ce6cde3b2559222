//! The data sets of a resource: one for each parent in the path.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use super::Store;

/// How many data sets there are at most beside the first one of each resource.
const MOST: usize = 256;

/// How many items they have in all, if one alone has not more.
const MOST_ITEMS: usize = 200_000;

/// The data sets of a resource by the values of the parameters in the path.
///
/// The first one that is asked for stays; the others share a bounded room.
#[derive(Debug)]
pub(crate) struct Stores {
    resource: usize,
    first: OnceLock<(String, Arc<Store>)>,
    room: Arc<Room>,
}

/// Data sets of all resources. When there are too many of them, the one that was made first is dropped.
#[derive(Debug, Default)]
pub(crate) struct Room {
    stores: Mutex<VecDeque<Named>>,
}

/// A data set with the number of its resource and its parent.
type Named = (usize, String, Arc<Store>);

impl Stores {
    /// Those of the resource of this number.
    pub(crate) fn new(resource: usize, room: Arc<Room>) -> Self {
        Self {
            resource,
            first: OnceLock::new(),
            room,
        }
    }

    /// The data set of a parent, made if it is not there.
    pub(crate) fn of(&self, parent: &str, make: impl Fn() -> Store) -> Arc<Store> {
        let (name, store) = self
            .first
            .get_or_init(|| (parent.to_owned(), Arc::new(make())));
        if name == parent {
            return Arc::clone(store);
        }
        let known = self.room.find(self.resource, parent);
        known.unwrap_or_else(|| self.room.add(self.resource, parent, make()))
    }

    /// The data set that was asked for first, or else that of this parent.
    pub(crate) fn first(&self, parent: &str, make: impl FnOnce() -> Store) -> &Store {
        let (_, store) = self
            .first
            .get_or_init(|| (parent.to_owned(), Arc::new(make())));
        store
    }
}

impl Room {
    fn stores(&self) -> MutexGuard<'_, VecDeque<Named>> {
        self.stores.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, resource: usize, parent: &str) -> Option<Arc<Store>> {
        let stores = self.stores();
        let mut of_it = stores.iter();
        let found = of_it.find(|(of, name, _)| *of == resource && name == parent);
        found.map(|(.., store)| Arc::clone(store))
    }

    /// Adds a data set, unless another request has added one in the meantime.
    fn add(&self, resource: usize, parent: &str, store: Store) -> Arc<Store> {
        let mut stores = self.stores();
        let is_it = |(of, name, _): &&Named| *of == resource && name == parent;
        if let Some((.., known)) = stores.iter().find(is_it) {
            return Arc::clone(known);
        }
        let store = Arc::new(store);
        stores.push_back((resource, parent.to_owned(), Arc::clone(&store)));
        let mut items: usize = stores.iter().map(|(.., it)| it.generated().len()).sum();
        while stores.len() > 1 && (stores.len() > MOST || items > MOST_ITEMS) {
            let Some((.., dropped)) = stores.pop_front() else {
                break;
            };
            items = items.saturating_sub(dropped.generated().len());
        }
        store
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::mock::data::Data;

    fn store(items: usize) -> Store {
        let items = (0..items).map(|it| json!(it)).collect();
        Store::new(Data { items }, None)
    }

    #[test]
    fn parents_have_their_own_and_the_first_one_stays() {
        let room = Arc::default();
        let stores = Stores::new(0, Arc::clone(&room));
        let first = stores.of("a", || store(1));
        for number in 0..MOST * 2 {
            stores.of(&number.to_string(), || store(1));
        }
        assert!(Arc::ptr_eq(&first, &stores.of("a", || store(1))));
        let last = stores.of(&(MOST * 2 - 1).to_string(), || store(2));
        assert_eq!(last.generated().len(), 1, "it is still known");
        let dropped = stores.of("0", || store(2));
        assert_eq!(dropped.generated().len(), 2, "it is made anew");
        assert_eq!(room.stores().len(), MOST);
    }

    #[test]
    fn resources_share_the_room() {
        let room = Arc::default();
        for resource in 0..4 {
            let stores = Stores::new(resource, Arc::clone(&room));
            for parent in ["a", "b"] {
                stores.of(parent, || store(MOST_ITEMS / 2));
            }
        }
        assert_eq!(room.stores().len(), 2);
        let one = room.add(9, "a", store(1));
        assert!(Arc::ptr_eq(&one, &room.add(9, "a", store(1))));
    }
}
