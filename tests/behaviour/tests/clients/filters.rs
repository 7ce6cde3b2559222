//! Filtered walks. What is to be found is computed from the data here, not by the server's filter.

use std::collections::BTreeSet;

use serde_json::Value;
use specwright_behaviour::{Api, Famulor, Mindhunters, Parrot, TalkToHumans};

use crate::support::{Stage, collect_all, requests_for};

/// Small pages, so that what a filter finds takes several.
const SIZE: usize = 10;

/// A filter of a list: its parameter, how a request sets it, and the texts of an item that it is compared with.
struct Filter<A: Api> {
    name: &'static str,
    set: fn(A::List, &str) -> A::List,
    of: fn(&Value) -> Vec<&Value>,
}

/// An API with its filters and the parameters that change nothing about which items are found.
trait Filtered: Api {
    fn filters() -> Vec<Filter<Self>>;
    fn others(list: Self::List) -> (Self::List, Vec<(&'static str, &'static str)>);
}

macro_rules! filter {
    ($setter:ident, $name:literal, $($place:ident).+) => {
        Filter {
            name: $name,
            set: |list, text| list.$setter(text),
            of: |item| vec![&item$([stringify!($place)])+],
        }
    };
    ($setter:ident, $name:literal, $($place:ident).+, any of $type:ident: $($variant:ident)+) => {
        Filter {
            name: $name,
            set: |list, text| {
                let variants = [$($type::$variant),+];
                list.$setter(variants.into_iter().find(|it| it.as_str() == text).expect(text))
            },
            of: |item| vec![&item$([stringify!($place)])+],
        }
    };
}

impl Filtered for TalkToHumans {
    fn filters() -> Vec<Filter<Self>> {
        vec![Filter {
            name: "contact_id",
            set: |list, text| list.contact_id(text),
            of: |item| {
                elements(&item["participants"])
                    .iter()
                    .map(|it| &it["contact_id"])
                    .collect()
            },
        }]
    }

    fn others(list: Self::List) -> (Self::List, Vec<(&'static str, &'static str)>) {
        (
            list.tag("a & b=c#d %25 ü"),
            vec![("tag", "a & b=c#d %25 ü")],
        )
    }
}

impl Filtered for Parrot {
    fn filters() -> Vec<Filter<Self>> {
        use parrot::types::{ConversationStatusFilter, SupportRequiredFilter};
        vec![
            filter!(
                audience_membership_id,
                "audience_membership_id",
                audience_membership_id
            ),
            filter!(
                conversation_graph_id,
                "conversation_graph_id",
                conversation_graph_id
            ),
            filter!(support_required, "support_required", support_required, any of SupportRequiredFilter: True False),
            filter!(status, "status", status, any of ConversationStatusFilter:
                Scheduled Ready Running Completed Expired Cancelled AnyTerminal),
        ]
    }

    fn others(list: Self::List) -> (Self::List, Vec<(&'static str, &'static str)>) {
        use parrot::types::ConversationOrder::InsertedAtAsc;
        (
            list.order_by(InsertedAtAsc),
            vec![("order_by", "inserted_at_asc")],
        )
    }
}

impl Filtered for Famulor {
    fn filters() -> Vec<Filter<Self>> {
        use famulor::types::ConversationTypeFilter;
        vec![
            filter!(r#type, "type", type, any of ConversationTypeFilter: Test Widget Whatsapp Api),
            filter!(customer_phone, "customer_phone", customer.phone),
            filter!(
                whatsapp_sender_phone,
                "whatsapp_sender_phone",
                whatsapp_sender.phone
            ),
            filter!(
                external_identifier,
                "external_identifier",
                external_identifier
            ),
        ]
    }

    fn others(list: Self::List) -> (Self::List, Vec<(&'static str, &'static str)>) {
        (list.assistant_id(-7), vec![("assistant_id", "-7")])
    }
}

impl Filtered for Mindhunters {
    fn filters() -> Vec<Filter<Self>> {
        use mindhunters::types::ConversationStatusFilter;
        vec![
            filter!(contact_uuid, "contact_uuid", contact.uuid),
            filter!(agent_uuid, "agent_uuid", agent_uuid),
            filter!(campaign_uuid, "campaign_uuid", campaign_uuid),
            Filter {
                name: "task_uuid",
                set: |list, text| list.task_uuid(text),
                of: |item| elements(&item["task_uuids"]).iter().collect(),
            },
            filter!(channel, "channel", channel),
            filter!(status, "status", status, any of ConversationStatusFilter: Active Closed),
        ]
    }

    fn others(list: Self::List) -> (Self::List, Vec<(&'static str, &'static str)>) {
        use mindhunters::types::{SortBy, SortDirection};
        let list = list
            .phone("+49 170")
            .sort_by(SortBy::CreatedAt)
            .sort_dir(SortDirection::Asc);
        (
            list,
            vec![
                ("phone", "+49 170"),
                ("sort_by", "created_at"),
                ("sort_dir", "asc"),
            ],
        )
    }
}

each_api!(
    the_table_has_every_filter,
    each_filter_finds_what_it_should,
    filters_are_combined,
    a_filter_that_finds_nothing_ends_at_once,
    every_page_repeats_every_parameter,
);

fn elements(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

impl<A: Api> Filter<A> {
    fn finds(&self, item: &Value, text: &str) -> bool {
        (self.of)(item)
            .iter()
            .any(|value| value.as_str() == Some(text))
    }

    /// Texts that find some of the items and not all, in order.
    fn texts(&self, data: &[Value]) -> Vec<String> {
        let texts: BTreeSet<&str> = data
            .iter()
            .flat_map(self.of)
            .filter_map(Value::as_str)
            .collect();
        let texts = texts
            .into_iter()
            .filter(|text| !data.iter().all(|item| self.finds(item, text)));
        texts.map(str::to_owned).collect()
    }
}

/// The ids of the items for which all filters hold.
fn found<A: Api>(stage: &Stage<A>, filters: &[(&Filter<A>, &str)]) -> Vec<String> {
    let holds = |item: &Value| {
        filters
            .iter()
            .all(|(filter, text)| filter.finds(item, text))
    };
    let both = stage.data().iter().zip(&stage.ids);
    both.filter(|(item, _)| holds(item))
        .map(|(_, id)| id.clone())
        .collect()
}

fn filtered<A: Api>(stage: &Stage<A>, filters: &[(&Filter<A>, &str)]) -> A::List {
    let list = A::page_size(stage.plain_list(), SIZE as i64);
    filters
        .iter()
        .fold(list, |list, (filter, text)| (filter.set)(list, text))
}

async fn the_table_has_every_filter<A: Filtered>() {
    let stage = Stage::<A>::new().await;
    let known: BTreeSet<_> = A::filters()
        .iter()
        .map(|filter| filter.name.to_owned())
        .collect();
    assert_eq!(
        known,
        stage.server.filterable(A::OPERATION).into_iter().collect()
    );
}

async fn each_filter_finds_what_it_should<A: Filtered>() {
    let stage = Stage::<A>::new().await;
    for filter in A::filters() {
        let texts = filter.texts(stage.data());
        assert!(texts.len() > 1, "{}: {texts:?}", filter.name);
        // The first and the last text; with signs that a query must encode, if there are any.
        let odd = texts.iter().find(|text| text.contains(['+', '&', ' ']));
        for text in [texts.first(), texts.last(), odd].into_iter().flatten() {
            let expected = found(&stage, &[(&filter, text)]);
            assert!(
                !expected.is_empty() && expected.len() < stage.ids.len(),
                "{} = {text}",
                filter.name
            );
            let before = stage.count();
            let received =
                collect_all::<A>(&mut A::items(filtered(&stage, &[(&filter, text)]))).await;
            assert_eq!(received, expected, "{} = {text}", filter.name);
            let sent = &stage.requests()[before..];
            assert_eq!(
                sent.len(),
                requests_for::<A>(expected.len(), SIZE),
                "{} = {text}",
                filter.name
            );
            assert!(
                sent.iter()
                    .all(|it| it.query_value(filter.name) == Some(text)),
                "{sent:?}"
            );
        }
    }
}

async fn filters_are_combined<A: Filtered>() {
    let stage = Stage::<A>::new().await;
    let filters = A::filters();
    for pair in filters.windows(2) {
        let (one, other) = (&pair[0], &pair[1]);
        let texts = one.texts(stage.data());
        let others = other.texts(stage.data());
        let all = texts
            .iter()
            .flat_map(|one| others.iter().map(move |other| (one, other)));
        let chosen = all.map(|(text, further)| [(one, text.as_str()), (other, further.as_str())]);
        let (both, expected) = chosen
            .map(|both| (both, found(&stage, &both)))
            .find(|(_, expected)| !expected.is_empty())
            .unwrap_or_else(|| panic!("{} and {} find nothing together", one.name, other.name));
        let received = collect_all::<A>(&mut A::items(filtered(&stage, &both))).await;
        assert_eq!(received, expected, "{} and {}", one.name, other.name);
        let alone = [
            found(&stage, &both[..1]).len(),
            found(&stage, &both[1..]).len(),
        ];
        assert!(
            alone.iter().any(|alone| *alone > expected.len()),
            "{} and {}",
            one.name,
            other.name
        );
    }
}

async fn a_filter_that_finds_nothing_ends_at_once<A: Filtered>() {
    let stage = Stage::<A>::new().await;
    let free = A::filters()
        .into_iter()
        .find(|filter| !["status", "type", "support_required"].contains(&filter.name));
    let filter = free.unwrap();
    let received = collect_all::<A>(&mut A::items(filtered(
        &stage,
        &[(&filter, "none has this")],
    )))
    .await;
    assert_eq!((received.len(), stage.count()), (0, 1));
}

async fn every_page_repeats_every_parameter<A: Filtered>() {
    let stage = Stage::<A>::new().await;
    let filters = A::filters();
    let texts: Vec<_> = filters
        .iter()
        .map(|filter| filter.texts(stage.data()).remove(0))
        .collect();
    // One filter of the server, so that there are several pages, and everything that does not filter.
    let (list, mut sent) = A::others(filtered(&stage, &[(&filters[0], &texts[0])]));
    sent.push((filters[0].name, &texts[0]));
    let size = SIZE.to_string();
    sent.push((A::SIZE, &size));
    let mut received = collect_all::<A>(&mut A::items(list)).await;
    let mut expected = found(&stage, &[(&filters[0], &texts[0])]);
    // Some of the others ask for an order.
    received.sort();
    expected.sort();
    assert_eq!(received, expected);
    let requests = stage.requests();
    assert!(requests.len() > 2, "{requests:?}");
    for (index, request) in requests.iter().enumerate() {
        let mut query = request.query.clone();
        let had_position = query.len();
        query.retain(|(name, _)| name != A::POSITION);
        assert_eq!(
            had_position - query.len(),
            usize::from(index > 0),
            "{request:?}"
        );
        query.sort();
        let mut expected: Vec<_> = sent
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect();
        expected.sort();
        assert_eq!(query, expected);
    }
}
