//! Tokens are sent and never shown.

use specwright_behaviour::Api;
use specwright_conformance::Fault;

use crate::canned::Canned;
use crate::support::{Stage, TOKEN, collect};

each_api!(
    no_text_form_shows_the_token,
    no_error_shows_the_token,
    a_token_that_no_header_can_carry_is_refused_unseen,
);

async fn no_text_form_shows_the_token<A: Api>() {
    let builder = A::token(A::builder(), TOKEN);
    let mut texts = vec![format!("{builder:?} {builder:#?}")];
    let stage = Stage::<A>::with(|mock| mock.items(120)).await;
    texts.push(format!("{:?} {:#?}", stage.client, stage.client));
    texts.push(format!("{:?} {:#?}", stage.list(), stage.list()));
    let mut items = A::items(stage.list());
    texts.push(format!("{items:?}"));
    items.try_next().await.unwrap();
    texts.push(format!("{items:?} {items:#?}"));
    let mut pages = A::pages(stage.list());
    pages.try_next().await.unwrap();
    texts.push(format!("{pages:?} {pages:#?}"));
    texts.push(format!("{:?}", A::send_raw(stage.list()).await.unwrap()));
    let canned = Canned::new("{}");
    let builder = A::transport(A::token(A::builder(), TOKEN), canned.clone());
    let _ = A::list(&A::build(builder).unwrap()).await;
    let request = canned.requests().remove(0);
    texts.push(format!("{request:?} {:?}", request.headers));
    // It is there, and only not shown.
    assert_eq!(request.headers["authorization"], format!("Bearer {TOKEN}"));
    for text in texts {
        assert!(!text.is_empty() && !text.contains(TOKEN), "{text}");
    }
}

async fn no_error_shows_the_token<A: Api>() {
    let faults = [
        Fault::Unauthorized,
        Fault::ServerError,
        Fault::CutBody,
        Fault::Html,
        Fault::WrongType,
    ];
    for fault in faults {
        let stage = Stage::<A>::with(|mock| mock.items(400).fault(fault.at(2))).await;
        let error = collect::<A>(&mut A::items(stage.list()))
            .await
            .1
            .expect("an error");
        hides(&error);
    }
    let nobody = A::client("http://127.0.0.1:1", TOKEN).unwrap();
    hides(&A::list(&nobody).await.expect_err("nobody is there"));
}

async fn a_token_that_no_header_can_carry_is_refused_unseen<A: Api>() {
    for token in ["t0k3n\nwith a line", "t0k3n\u{e4}", "t0k3n\0"] {
        let error = A::build(A::token(A::builder(), token)).expect_err("refused");
        assert!(error.configuration().is_some(), "{error:?}");
        let texts = format!("{error} {error:?}");
        assert!(!texts.contains("t0k3n"), "{texts}");
    }
}

/// Neither the error nor what caused it.
fn hides(error: &dyn std::error::Error) {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let texts = format!("{error} {error:?} {error:#?}");
        assert!(!texts.contains(TOKEN), "{texts}");
        cause = error.source();
    }
}
