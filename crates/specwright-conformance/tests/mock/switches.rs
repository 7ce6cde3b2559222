//! Latency, and faults that a request asks for.

use std::time::{Duration, Instant};

use specwright_conformance::{Fault, Mock};

use crate::{
    client::{ask, get},
    documents::{FAMULOR, PARROT, start},
};

const TOKEN: (&str, &str) = ("authorization", "Bearer any");

#[tokio::test]
async fn every_answer_takes_its_time() {
    let (least, most) = (Duration::from_millis(60), Duration::from_millis(90));
    let server = start(FAMULOR.mock().items(10).latency(least..=most)).await;
    for path in [FAMULOR.path, "/nothing"] {
        let begun = Instant::now();
        get(&server, path).await;
        assert!(begun.elapsed() >= least, "{path}");
    }
}

#[tokio::test]
async fn a_request_may_ask_for_faults() {
    let server = start(FAMULOR.mock().items(100).fault(Fault::Html.at(2))).await;
    let status = async |fault: &str| {
        let fields = [TOKEN, ("specwright-fault", fault)];
        ask(&server, "GET", FAMULOR.path, &fields).await.status
    };
    assert_eq!(status("server-error").await, 500);
    assert_eq!(status("server-error@2").await, 200);
    assert_eq!(status("slow, unauthorized@1").await, 401);
    assert_eq!(status("").await, 200);
    assert_eq!(get(&server, FAMULOR.path).await.status, 200);
    let fields = [TOKEN, ("specwright-fault", "clamped-size")];
    let page = ask(&server, "GET", &FAMULOR.target(20, ""), &fields).await;
    assert_eq!(page.json()["data"].as_array().map(Vec::len), Some(7));
}

#[tokio::test]
async fn faults_that_do_not_exist_or_cannot_show_are_problems() {
    let server = start(PARROT.mock().items(10)).await;
    let refused = async |fault: &str| {
        let fields = [TOKEN, ("specwright-fault", fault)];
        let answer = ask(&server, "GET", PARROT.path, &fields).await;
        assert_eq!(answer.status, 400, "{fault}");
        answer.json()["detail"].as_str().unwrap().to_owned()
    };
    let unknown = refused("slow, nonsense").await;
    assert!(
        unknown.contains("`nonsense`") && unknown.contains("rate-limited-once"),
        "{unknown}"
    );
    // Offsets have no cursor to repeat.
    assert!(
        refused("repeated-cursor")
            .await
            .contains("`repeated-cursor`")
    );
}

#[tokio::test]
async fn faults_of_the_mock_hold_beside_those_of_a_request() {
    let mock: Mock = FAMULOR.mock().items(10).fault(Fault::ServerError.at(1));
    let server = start(mock).await;
    let fields = [TOKEN, ("specwright-fault", "slow")];
    assert_eq!(ask(&server, "GET", FAMULOR.path, &fields).await.status, 500);
}
