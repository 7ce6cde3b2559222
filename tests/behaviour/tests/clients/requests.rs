//! What arrives at the server.

use specwright_behaviour::{Api, Famulor, Mindhunters, Parrot, TalkToHumans};
use specwright_runtime::{PageStyle, Paginated, Position};

use crate::support::{Stage, TOKEN, collect_all, in_time, position_of};

each_api!(every_request_is_complete, positions_lead_through_the_list);

/// The path of the list below the server's base path.
fn path<A: Api>() -> &'static str {
    match A::NAME {
        "talktohumans" => "/v1/conversations",
        "parrot" => "/api/v2/accounts/me/conversations",
        "famulor" => "/api/user/conversations",
        "mindhunters" => "/api/v1/conversations",
        other => panic!("{other}"),
    }
}

async fn every_request_is_complete<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(410)).await;
    collect_all::<A>(&mut A::items(stage.list())).await;
    let size = A::PAGE_SIZE.to_string();
    let bearer = format!("Bearer {TOKEN}");
    for request in stage.requests() {
        assert_eq!(request.operation.as_deref(), Some(A::OPERATION));
        assert_eq!(
            (request.method.as_str(), request.path.as_str()),
            ("GET", path::<A>())
        );
        assert_eq!(request.status, 200);
        assert_eq!(request.query_value(A::SIZE), Some(size.as_str()));
        assert_eq!(request.header("accept"), Some("application/json"));
        assert_eq!(request.header("authorization"), Some(bearer.as_str()));
        assert!(
            request
                .header("user-agent")
                .is_some_and(|it| it.contains('/')),
            "{request:?}"
        );
        let credentials = request
            .headers
            .iter()
            .filter(|(name, _)| name == "authorization");
        assert_eq!(credentials.count(), 1);
    }
}

async fn positions_lead_through_the_list<A: Api>() {
    let stage = Stage::<A>::with(|mock| mock.items(410)).await;
    collect_all::<A>(&mut A::items(stage.list())).await;
    let positions: Vec<_> = stage.requests().iter().map(position_of::<A>).collect();
    assert_eq!(positions[0], Position::Start);
    for (index, position) in positions.iter().enumerate().skip(1) {
        assert!(
            !positions[..index].contains(position),
            "{position} is asked for twice"
        );
        let number = index as u64;
        match A::List::PLAN.style() {
            PageStyle::Offset if index + 1 == positions.len() => {
                assert_eq!(*position, Position::Offset(stage.ids.len() as u64));
            }
            PageStyle::Offset => assert_eq!(
                *position,
                Position::Offset(number * u64::from(A::PAGE_SIZE))
            ),
            PageStyle::Page => assert_eq!(*position, Position::Page(number + 1)),
            _ => {
                assert!(matches!(position, Position::Cursor(_)))
            }
        }
    }
}

/// Signs that mean something in a URL, and some beyond ASCII.
const ODD: &str = "+49 151/2345&page=9?#%2B=ä\u{1F980}\"\\";

macro_rules! values_arrive_as_they_are {
    ($($name:ident: $api:ident, $setter:ident, $parameter:literal;)+) => {$(
        #[tokio::test]
        async fn $name() {
            in_time(async {
                for value in ["+4915112345678", ODD, " "] {
                    let stage = Stage::<$api>::with(|mock| mock.items(3)).await;
                    stage.plain_list().$setter(value).await.unwrap();
                    let requests = stage.requests();
                    assert_eq!(requests[0].query, [($parameter.to_owned(), value.to_owned())]);
                }
            })
            .await;
        }
    )+};
}

values_arrive_as_they_are! {
    a_tag_arrives_as_it_is: TalkToHumans, tag, "tag";
    a_membership_arrives_as_it_is: Parrot, audience_membership_id, "audience_membership_id";
    a_customers_phone_arrives_as_it_is: Famulor, customer_phone, "customer_phone";
    a_senders_phone_arrives_as_it_is: Famulor, whatsapp_sender_phone, "whatsapp_sender_phone";
    a_phone_arrives_as_it_is: Mindhunters, phone, "phone";
}
