//! A list operation: from a query to the body of a page.

use std::ops::Range;

use serde_json::Value;
use specwright_openapi::{
    Description, OperationRef,
    pagination::{EXTENSION, PagePlan},
};

use super::{
    Fault, PlacedFault,
    data::Data,
    envelope::Envelope,
    page::{Ask, Query, Refusal},
    random::Random,
    spoil::{Spoiler, mistype},
};

/// A list operation with its data set.
#[derive(Debug)]
pub(crate) struct List {
    plan: PagePlan,
    data: Data,
    envelope: Envelope,
    /// How many items the data set has before it grows.
    base: usize,
    /// Whether the description says that a page size above the maximum is refused.
    strict: bool,
}

/// A request that has been understood.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Understood<'q> {
    ask: Ask,
    position: Option<&'q str>,
}

impl Understood<'_> {
    /// The number of the page that is asked for, from 1.
    pub(crate) fn page(&self) -> usize {
        self.ask.number()
    }
}

impl List {
    /// Generates the data set of `items` items, and more if a fault makes it grow.
    pub(crate) fn generate(
        description: &Description,
        operation: &OperationRef<'_>,
        plan: PagePlan,
        seed: u64,
        items: usize,
        faults: &[PlacedFault],
    ) -> Self {
        let grows = faults.iter().any(|it| it.fault == Fault::GrowingLastPage);
        let count = if grows {
            items.saturating_add(items / 2)
        } else {
            items
        };
        let random = Random::of(seed, &operation.id());
        let data = Data::generate(description, operation, &plan, &random, count);
        let envelope = Envelope::generate(description, operation, &plan, random);
        let declared = operation.operation.extensions.get(EXTENSION);
        let clamps = declared
            .and_then(|it| it.pointer("/size/clamps"))
            .and_then(Value::as_bool);
        Self {
            plan,
            data,
            envelope,
            base: items,
            strict: clamps == Some(false),
        }
    }

    /// The whole data set.
    pub(crate) fn items(&self) -> &[Value] {
        &self.data.items
    }

    /// The names of the query parameters that filter.
    pub(crate) fn filterable(&self) -> impl Iterator<Item = &str> {
        self.data.filters.iter().map(|filter| filter.name.as_str())
    }

    /// Reads the position and the page size.
    pub(crate) fn understand<'q>(
        &self,
        query: &'q [(String, String)],
        faults: &[PlacedFault],
    ) -> Result<Understood<'q>, Refusal> {
        let value = |name: &str| {
            query
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value.as_str())
        };
        let position = self.plan.position_parameter().and_then(value);
        let size = self.plan.size_parameter().and_then(value);
        let asked = Query {
            position,
            size,
            cap: Spoiler::cap(faults),
            strict: self.strict,
        };
        Ask::read(&self.plan, asked).map(|ask| Understood { ask, position })
    }

    /// The body of the page.
    pub(crate) fn body(
        &self,
        asked: &Understood<'_>,
        query: &[(String, String)],
        path: &str,
        faults: &[PlacedFault],
    ) -> Value {
        let spoiler = Spoiler::new(faults, asked.page());
        let list = self.selected(query, faults, &spoiler, asked.ask.size);
        let count = list.as_ref().map_or(self.data.items.len(), Vec::len);
        let mut page = asked.ask.cut(self.plan.style, count);
        spoiler.page(&mut page, &asked.ask, asked.position);
        let mut items = self.served(list.as_deref(), page.items.clone());
        if let Some(first) = items
            .first_mut()
            .filter(|_| spoiler.shows(Fault::WrongType))
        {
            mistype(first, self.data.field.as_deref(), self.data.kind);
        }
        self.envelope.fill(&page, items, path)
    }

    /// The places in the data set of the items that a request leads through. `None` is the whole data set as it is,
    /// which is not listed anew for each page.
    fn selected(
        &self,
        query: &[(String, String)],
        faults: &[PlacedFault],
        spoiler: &Spoiler<'_>,
        size: Option<usize>,
    ) -> Option<Vec<usize>> {
        if faults.is_empty() && !self.data.filters_by(query) {
            return None;
        }
        let mut list = self.data.matching(query);
        spoiler.list(&mut list, self.base, size);
        Some(list)
    }

    fn served(&self, list: Option<&[usize]>, places: Range<usize>) -> Vec<Value> {
        let data = &self.data.items;
        match list {
            None => data.get(places).unwrap_or_default().to_vec(),
            Some(list) => {
                let places = list.get(places).unwrap_or_default().iter();
                places
                    .filter_map(|place| data.get(*place))
                    .cloned()
                    .collect()
            }
        }
    }
}
