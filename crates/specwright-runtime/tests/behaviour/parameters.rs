//! Parameters of every place, as the server sees them.

use specwright_runtime::{
    ApiKeyPlace, Client, ClientBuilder, Credential, Items, Map, Operation, Parameter, Position,
    Request, Style,
};

use crate::generated::conversations::ListConversations;
use crate::server::{Received, Reply, Server, in_time};

static NOWHERE: specwright_runtime::Server = specwright_runtime::Server {
    url: "http://127.0.0.1:1",
    variables: &[],
};

static GET: Operation = Operation::new("getThing", "GET", "/things{id}/x").security(&[&["sid"]]);
static LIST: Operation = Operation::new("listThings", "GET", "/things").security(&[&["key"]]);

fn client(url: String) -> Client {
    let mut builder = ClientBuilder::new(&NOWHERE);
    builder.base_url(url);
    builder.credential("sid", Credential::api_key(ApiKeyPlace::Cookie, "sid", "s"));
    builder.credential("key", Credential::api_key(ApiKeyPlace::Query, "key", "k"));
    builder.build().unwrap()
}

async fn sent(operation: &'static Operation, set: impl FnOnce(&mut Request)) -> Received {
    let server = Server::start(|_| Reply::json("null")).await;
    let mut request = client(server.url()).request(operation);
    set(&mut request);
    request.send_unit().await.unwrap();
    server.only()
}

async fn refused(operation: &'static Operation, set: impl FnOnce(&mut Request)) -> String {
    let mut request = client("http://127.0.0.1:1".to_owned()).request(operation);
    set(&mut request);
    let error = request.send_unit().await.unwrap_err();
    assert!(error.configuration().is_some(), "{error:?}");
    error.to_string()
}

#[tokio::test]
async fn every_place_gets_its_values() {
    in_time(async {
        let received = sent(&GET, |request| {
            request.parameter(
                Parameter::path("id").style(Style::Matrix).explode(true),
                &vec!["a/b", "ü"],
            );
            request.parameter(
                Parameter::query("ids").style(Style::PipeDelimited),
                &vec![1, 2],
            );
            request.parameter(
                Parameter::query("filter").style(Style::DeepObject),
                &Map::from([("a".to_owned(), 1)]),
            );
            request.query("q", "x y");
            request.parameter(Parameter::header("X-Ids"), &vec!["a", "b"]);
            request.parameter(Parameter::header("X-Json").json(), &vec!["é"]);
            request.parameter(Parameter::cookie("theme"), &"dark; light");
            request.cookie("lang", "de");
        })
        .await;
        assert_eq!(
            received.target,
            "/things;id=a%2Fb;id=%C3%BC/x?ids=1%7C2&filter%5Ba%5D=1&q=x%20y"
        );
        assert_eq!(received.header("x-ids"), Some("a,b"));
        assert_eq!(received.header("x-json"), Some(r#"["\u00e9"]"#));
        assert_eq!(
            received.header("cookie"),
            Some("theme=dark%3B%20light; lang=de; sid=s")
        );
        let cookies = received
            .headers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case("cookie"));
        assert_eq!(cookies.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_last_value_counts_and_nothing_leaves_a_parameter_out() {
    in_time(async {
        let received = sent(&LIST, |request| {
            request.parameter(Parameter::query("a"), &vec![1, 2]);
            request.parameter(Parameter::query("b"), &1);
            request.parameter(Parameter::query("a"), &vec![3]);
            request.parameter(Parameter::query("b"), &None::<i32>);
            request.parameter(Parameter::query("c"), &Vec::<i32>::new());
            request.parameter(Parameter::header("X-A"), &1);
            request.parameter(Parameter::header("X-A"), &None::<i32>);
            request.parameter(Parameter::cookie("d"), &1);
            request.parameter(Parameter::cookie("d"), &Vec::<i32>::new());
        })
        .await;
        assert_eq!(received.target, "/things?a=3&key=k");
        assert_eq!(
            (received.header("x-a"), received.header("cookie")),
            (None, None)
        );
    })
    .await;
}

#[tokio::test]
async fn a_query_string_is_joined_with_the_rest() {
    in_time(async {
        let value: Map<String, Vec<&str>> = Map::from([("a b".to_owned(), vec!["1", "x&y"])]);
        let form = sent(&LIST, |request| {
            request.query_string(&value);
            request.query("more", 1);
        })
        .await;
        assert_eq!(form.target, "/things?a+b=1&a+b=x%26y&more=1&key=k");
        let json = sent(&LIST, |request| request.query_string_json(&value)).await;
        assert_eq!(
            json.target,
            "/things?%7B%22a%20b%22%3A%5B%221%22%2C%22x%26y%22%5D%7D&key=k"
        );
        let message = refused(&LIST, |request| request.query_string(&vec![1])).await;
        assert_eq!(
            message,
            "listThings: the query string is not made from an object"
        );
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_carried_is_a_configuration_error() {
    in_time(async {
        let header = |value: &'static str| {
            move |request: &mut Request| {
                request.parameter(Parameter::header("X-Name"), &value);
            }
        };
        for value in ["two\r\nlines", "ü", "\u{0}"] {
            let message = refused(&LIST, header(value)).await;
            assert_eq!(
                message,
                "listThings: the header `X-Name` cannot carry its value"
            );
        }
        let plain = refused(&LIST, |request| request.header("X-Name", "é")).await;
        assert_eq!(
            plain,
            "listThings: the header `X-Name` cannot carry its value"
        );
        let number = refused(&LIST, |request| {
            request.parameter(Parameter::query("q"), &f64::NAN)
        })
        .await;
        assert_eq!(
            number,
            "listThings: the query parameter `q`: $: the number is not finite"
        );
        let name = sent(&LIST, |request| request.cookie("a\nb", 1)).await;
        assert_eq!(name.header("cookie"), Some("a%0Ab=1"));
    })
    .await;
}

#[tokio::test]
async fn path_values_stay_in_their_segment_and_may_be_empty_only_behind_a_prefix() {
    static SEGMENT: Operation = Operation::new("getThing", "GET", "/things/{id}/x");
    in_time(async {
        for value in ["", ".", ".."] {
            let message = refused(&SEGMENT, |request| {
                request.parameter(Parameter::path("id"), &value)
            })
            .await;
            assert!(message.starts_with("getThing: the path"), "{message}");
        }
        let empty = refused(&SEGMENT, |request| {
            request.parameter(Parameter::path("id"), &Vec::<i32>::new())
        })
        .await;
        assert_eq!(empty, "getThing: the path parameter `id` is empty");
        // A label alone would be a segment that URLs drop.
        let label = refused(&SEGMENT, |request| {
            request.parameter(Parameter::path("id").style(Style::Label), &"");
        })
        .await;
        assert!(label.contains("has a segment `.` or `..`"), "{label}");
        let label = sent(&GET, |request| {
            request.parameter(Parameter::path("id").style(Style::Label), &"")
        })
        .await;
        assert_eq!(label.target, "/things./x");
        let matrix = sent(&GET, |request| {
            request.parameter(Parameter::path("id").style(Style::Matrix), &"")
        })
        .await;
        assert_eq!(matrix.target, "/things;id/x");
        let none = sent(&GET, |request| {
            request.parameter(
                Parameter::path("id").style(Style::Matrix),
                &Vec::<i32>::new(),
            );
        })
        .await;
        assert_eq!(none.target, "/things/x");
        let dots = sent(&SEGMENT, |request| {
            request.parameter(Parameter::path("id").allow_reserved(), &"../a?b#c:d");
        })
        .await;
        assert_eq!(dots.target, "/things/..%2Fa%3Fb%23c:d/x");
    })
    .await;
}

#[test]
fn a_walk_begins_at_a_position_that_is_set_as_a_parameter() {
    let mut request = client("http://127.0.0.1:1".to_owned()).request(&LIST);
    request.parameter(Parameter::query("cursor"), &"abc");
    let items = Items::<ListConversations>::new(request);
    assert_eq!(items.position(), &Position::Cursor("abc".to_owned()));
}
