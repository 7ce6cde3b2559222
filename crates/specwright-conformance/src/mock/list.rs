//! A list operation: from a request to the page that answers it.

use std::{borrow::Cow, sync::Arc};

use serde_json::Value;
use specwright_openapi::{
    Description, OperationRef,
    pagination::{PagePlan, RequestPlace, ResponsePlace, Style},
};

use super::{
    Fault, PlacedFault,
    data::{Blueprint, Refining, at, breakable, compare},
    envelope::{Content, Envelope, Fields},
    links::{Address, Links},
    page::{Ask, At, Codec, Given, Located, Refusal, Selection},
    random::Random,
    request::{schemas_at, success_schema, value_at},
    resource::parent,
    spoil::{Sent, Spoiler, has, mistype},
    state::Asked,
    store::{Room, Snapshot, Store, Stores},
    value::{Kind, Shape},
    way,
};

/// A list operation with its data sets.
#[derive(Debug)]
pub(crate) struct List {
    plan: PagePlan,
    /// The plan as requests are read by it: where pages lead by URLs, the style is that of the positions in them.
    way: PagePlan,
    refining: Refining,
    envelope: Envelope,
    codec: Codec,
    stores: Stores,
    seed: u64,
    /// The name of the path parameter of a single item.
    parameter: Option<String>,
    /// The property whose type is best broken, with its type.
    breakable: (Option<String>, Option<Kind>),
    /// How many items a data set has before it grows, and after.
    counts: (usize, usize),
    /// The most items that a page may have by its schema.
    cap: Option<usize>,
    /// The page size where none is asked for and the plan names none.
    usual: Option<usize>,
    /// Whether the description says that a page size above the maximum is refused.
    strict: bool,
    /// Whether a cursor that cannot be read gives the first page.
    lenient: bool,
}

/// What a list is made with.
#[derive(Debug)]
pub(crate) struct Setup {
    /// What the data follows from.
    pub(crate) seed: u64,
    /// How many items a data set has.
    pub(crate) items: usize,
    /// Whether a fault makes data sets longer by a half.
    pub(crate) grows: bool,
    /// The number of the operation.
    pub(crate) number: usize,
    /// Where data sets of further parents are.
    pub(crate) room: Arc<Room>,
}

/// A request that has been understood.
#[derive(Debug)]
pub(crate) struct Understood<'q> {
    ask: Ask,
    located: Located,
    selection: Selection,
    position: Option<Cow<'q, str>>,
    store: Arc<Store>,
}

impl Understood<'_> {
    /// The number of the page that is asked for, from 1.
    pub(crate) fn page(&self) -> usize {
        self.located.number()
    }
}

impl List {
    /// Prepares a list. `parameter` is that of the path of a single item.
    pub(crate) fn new(
        description: &Description,
        operation: &OperationRef<'_>,
        plan: PagePlan,
        parameter: Option<String>,
        setup: Setup,
    ) -> Self {
        let Setup {
            seed,
            items,
            grows,
            number,
            room,
        } = setup;
        let random = Random::of(seed, &operation.id());
        let blueprint = Blueprint::new(
            description,
            operation,
            &plan,
            parameter.as_deref(),
            random.clone(),
        );
        let refining = Refining::new(description, operation, &plan, &blueprint, &random);
        let way = way::way(description, operation, &plan);
        let codec = Codec::new(
            random.clone().next(),
            &Shape::first(
                description,
                &way::cursor_schemas(description, operation, &way, &plan),
            ),
        );
        let envelope = Envelope::generate(description, operation, &plan, random);
        let items = items.min(way::most_items(description, operation, &plan));
        let body = success_schema(description, operation);
        let array = body.and_then(|it| schemas_at(description, &[it], &plan.response.items));
        Self {
            refining,
            envelope,
            codec,
            stores: Stores::new(number, room),
            seed,
            parameter,
            breakable: breakable(description, &blueprint),
            counts: (items, if grows { items + items / 2 } else { items }),
            cap: array.and_then(|it| Shape::first(description, &it).most),
            usual: way::usual_size(description, operation, &plan),
            strict: way::clamps(description, operation) == Some(false),
            lenient: way::is_lenient(description, operation, &plan),
            plan,
            way,
        }
    }

    /// What makes the items of the data set of a parent.
    pub(crate) fn blueprint<'a>(
        &self,
        description: &'a Description,
        operation: &OperationRef<'a>,
        parent: &str,
    ) -> Blueprint<'a> {
        let purpose = if parent.is_empty() {
            operation.id()
        } else {
            format!("{} {parent}", operation.id())
        };
        let random = Random::of(self.seed, &purpose);
        let parameter = self.parameter.as_deref();
        Blueprint::new(description, operation, &self.plan, parameter, random)
            .choosing(&self.refining)
    }

    /// The data set of a parent.
    pub(crate) fn store(
        &self,
        description: &Description,
        operation: &OperationRef<'_>,
        parent: &str,
    ) -> Arc<Store> {
        self.stores
            .of(parent, || self.make(description, operation, parent))
    }

    /// The items of the data set that was asked for first, or else of the one that the description itself names, as
    /// they were generated.
    pub(crate) fn items(
        &self,
        description: &Description,
        operation: &OperationRef<'_>,
    ) -> &[Value] {
        let parent = parent::documented(description, operation);
        self.stores
            .first(&parent, || self.make(description, operation, &parent))
            .generated()
    }

    fn make(&self, description: &Description, operation: &OperationRef<'_>, parent: &str) -> Store {
        let blueprint = self.blueprint(description, operation, parent);
        let (_, count) = self.counts;
        let key = blueprint.key.clone();
        Store::new(blueprint.generate(count), key)
    }

    /// The names of the query parameters that filter.
    pub(crate) fn filterable(&self) -> impl Iterator<Item = &str> {
        self.refining
            .filters
            .iter()
            .map(|filter| filter.name.as_str())
    }

    /// Reads what is asked for, and finds it in the list.
    pub(crate) fn understand<'q>(
        &self,
        description: &Description,
        operation: &OperationRef<'_>,
        asked: &Asked<'q>,
        faults: &[PlacedFault],
    ) -> Result<Understood<'q>, Refusal> {
        let request = &self.way.request;
        let in_body = request
            .places()
            .iter()
            .any(|(_, place)| matches!(place, Some(RequestPlace::Body(_))));
        let body: Option<Value> = in_body
            .then(|| serde_json::from_slice(asked.body).ok())
            .flatten();
        let value = |place: &Option<RequestPlace>| value_at(place.as_ref()?, asked, body.as_ref());
        let position = value(&request.position);
        let previous = value(&request.previous);
        let size = value(&request.size).filter(|_| !has(faults, Fault::IgnoredSize));
        let given = Given {
            position: position.as_deref(),
            previous: previous.as_deref(),
            size: size.as_deref(),
            usual: self.usual,
            cap: Spoiler::cap(faults).into_iter().chain(self.cap).min(),
            strict: self.strict,
            lenient: self.lenient,
        };
        let ask = Ask::read(&self.way, &self.codec, given)?;
        let parent = parent::of_list(operation.path, asked.path);
        let store = self.store(description, operation, &parent);
        let (located, selection) = {
            let snapshot = store.snapshot();
            let mut selection = self.selected(&snapshot, &store, asked.query);
            Spoiler::reshape(faults, &mut selection, ask.size);
            let located = self.locate(&ask, &snapshot, &selection, asked.query);
            (located, selection)
        };
        Ok(Understood {
            ask,
            located,
            selection,
            position: position.or(previous),
            store,
        })
    }

    /// The body of the page and the header fields that go with it. `before` tells whether it has been asked for before.
    pub(crate) fn answer(
        &self,
        understood: Understood<'_>,
        asked: &Asked<'_>,
        faults: &[PlacedFault],
        before: bool,
    ) -> (Value, Fields) {
        let Understood {
            ask,
            mut located,
            mut selection,
            position,
            store,
        } = understood;
        let spoiler = Spoiler::new(faults, located.number());
        let sent = Sent {
            position: position.as_deref(),
            cursor: match ask.at {
                At::Cursor(cursor) => Some(cursor),
                At::Index(_) | At::Key { .. } => None,
            },
            before,
        };
        let (base, grown) = self.counts;
        spoiler.resize(&mut selection, base..grown);
        spoiler.ask(&mut located, sent);
        let first = match self.way.style {
            Style::Page => self.way.first.unwrap_or(1),
            _ => 1,
        };
        let first = usize::try_from(first).unwrap_or(usize::MAX / 2);
        let mut page = located.cut(self.way.style, first, &selection);
        let place = |index| located.place(self.way.style, first, &selection, index);
        spoiler.page(&mut page, &located, &selection, sent, &place);
        let snapshot = store.snapshot();
        let numbers = selection.items(page.items.clone()).into_iter();
        let mut items: Vec<Value> = numbers
            .filter_map(|number| snapshot.item(number).cloned())
            .collect();
        drop(snapshot);
        if spoiler.shows(Fault::ReversedOrder) {
            items.reverse();
        }
        if let Some(first) = items
            .first_mut()
            .filter(|_| spoiler.shows(Fault::WrongType))
        {
            let (field, kind) = &self.breakable;
            mistype(first, field.as_deref(), *kind);
        }
        let parameter = |place: &Option<RequestPlace>| {
            let name = place.as_ref().and_then(RequestPlace::query)?;
            Some(Cow::from(name.to_owned()))
        };
        let address = Address::new(
            asked.headers,
            asked.path,
            asked.raw_query,
            parameter(&self.way.request.position).unwrap_or_default(),
            parameter(&self.way.request.previous),
        );
        let content = Content {
            page: &page,
            address: &address,
            codec: &self.codec,
            links: Links::of(&spoiler),
        };
        self.envelope.fill(content, items)
    }

    /// The items that a request leads through, in order.
    fn selected(
        &self,
        snapshot: &Snapshot<'_>,
        store: &Store,
        query: &[(String, String)],
    ) -> Selection {
        let order = self.refining.sorting.order(query);
        let wanted = self.refining.wanted(query);
        if order.is_none() && wanted.is_none() && snapshot.is_unchanged() {
            return Selection::Whole(store.generated().len());
        }
        let mut numbers = snapshot.numbers();
        if let Some(wanted) = wanted {
            numbers.retain(|number| snapshot.item(*number).is_some_and(|it| wanted.has(it)));
        }
        if let Some(order) = order {
            numbers.sort_by(|one, other| order.compare(snapshot.item(*one), snapshot.item(*other)));
        }
        Selection::Chosen(numbers)
    }

    fn locate(
        &self,
        ask: &Ask,
        snapshot: &Snapshot<'_>,
        selection: &Selection,
        query: &[(String, String)],
    ) -> Located {
        let order = self.refining.sorting.order(query);
        let compared = |one: usize, other: usize| {
            let sorted = order
                .as_ref()
                .map(|it| it.compare(snapshot.ever(one), snapshot.ever(other)));
            let usual = || snapshot.order(one, other);
            sorted.map_or_else(usual, |it| it.then_with(usual))
        };
        let path = self.key_path();
        let by_key = |text: &str| {
            let count = selection.len();
            let value = |index: usize| at(snapshot.item(selection.item(index)?)?, &path);
            let is_number = (0..count).find_map(value).is_some_and(Value::is_number);
            let wanted = match text.parse::<i64>() {
                Ok(number) if is_number => Value::from(number),
                _ => Value::from(text),
            };
            if order.is_some() {
                let found = (0..count).find(|it| value(*it) == Some(&wanted));
                return found.map_or((0, 0), |it| (it, it + 1));
            }
            let less = partition(count, |it| compare(value(it), Some(&wanted)).is_lt());
            let not_more = partition(count, |it| compare(value(it), Some(&wanted)).is_le());
            (less, not_more)
        };
        ask.locate(selection, &compared, &by_key)
    }

    fn key_path(&self) -> Vec<String> {
        match (&self.plan.response.next, &self.plan.response.previous) {
            (Some(ResponsePlace::LastItem(field)), _)
            | (_, Some(ResponsePlace::FirstItem(field))) => field.segments().collect(),
            _ => Vec::new(),
        }
    }
}

/// How many of the first indices the condition holds for, if it holds for no index after one that it fails for.
fn partition(count: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
