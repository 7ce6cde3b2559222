//! The data sets of a resource: one for each parent in the path.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use super::Store;

/// How many data sets a resource has at most beside the first one.
const MOST: usize = 64;

/// How many items they have in all, if one alone has not more.
const MOST_ITEMS: usize = 200_000;

/// The data sets of a resource by the values of the parameters in the path.
///
/// The first one that is asked for stays; of the others, the one that was asked for first is dropped when there are
/// too many.
#[derive(Debug, Default)]
pub(crate) struct Stores {
    first: OnceLock<(String, Arc<Store>)>,
    others: Mutex<VecDeque<(String, Arc<Store>)>>,
}

impl Stores {
    /// The data set of a parent, made if it is not there.
    pub(crate) fn of(&self, parent: &str, make: impl Fn() -> Store) -> Arc<Store> {
        let (name, store) = self
            .first
            .get_or_init(|| (parent.to_owned(), Arc::new(make())));
        if name == parent {
            return Arc::clone(store);
        }
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, store)) = others.iter().find(|(name, _)| name == parent) {
            return Arc::clone(store);
        }
        let store = Arc::new(make());
        others.push_back((parent.to_owned(), Arc::clone(&store)));
        let items = |others: &VecDeque<(String, Arc<Store>)>| {
            let counts = others.iter().map(|(_, store)| store.generated().len());
            counts.sum::<usize>()
        };
        while others.len() > 1 && (others.len() > MOST || items(&others) > MOST_ITEMS) {
            others.pop_front();
        }
        store
    }

    /// The data set that was asked for first, or else that of this parent.
    pub(crate) fn first(&self, parent: &str, make: impl FnOnce() -> Store) -> &Store {
        let (_, store) = self
            .first
            .get_or_init(|| (parent.to_owned(), Arc::new(make())));
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
        let stores = Stores::default();
        let first = stores.of("a", || store(1));
        for number in 0..MOST * 2 {
            stores.of(&number.to_string(), || store(1));
        }
        assert!(Arc::ptr_eq(&first, &stores.of("a", || store(1))));
        let last = stores.of("127", || store(2));
        assert_eq!(last.generated().len(), 1, "it is still known");
        let dropped = stores.of("0", || store(2));
        assert_eq!(dropped.generated().len(), 2, "it is made anew");
        assert_eq!(stores.others.lock().unwrap().len(), MOST);
    }

    #[test]
    fn large_data_sets_are_few() {
        let stores = Stores::default();
        for number in 0..4 {
            stores.of(&number.to_string(), || store(MOST_ITEMS / 2));
        }
        assert_eq!(stores.others.lock().unwrap().len(), 2);
    }
}
