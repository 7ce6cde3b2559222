//! Famulor's list both ways.

use famulor::types::ConversationPage;
use specwright_behaviour::{Api, Famulor, backward, forward};
use specwright_conformance::Fault;
use specwright_runtime::{PaginationErrorKind, Position};

use crate::support::{Stage, in_time, position_of};

fn ids(page: &ConversationPage) -> Vec<&str> {
    page.data.iter().map(Famulor::id).collect()
}

/// The ids of the page of this number among pages of `size`.
fn page(stage: &Stage<Famulor>, number: usize, size: usize) -> Vec<&str> {
    stage
        .ids
        .chunks(size)
        .nth(number - 1)
        .unwrap()
        .iter()
        .map(String::as_str)
        .collect()
}

#[tokio::test]
async fn the_way_back_gives_the_pages_of_the_way_there() {
    in_time(async {
        let stage = Stage::<Famulor>::new().await;
        let mut pages = stage.list().pages();
        let mut there = Vec::new();
        while let Some(page) = pages.try_next().await.unwrap() {
            there.push(page);
        }
        assert_eq!((there.len(), stage.count()), (11, 11));
        let mut back = vec![there.last().unwrap().clone()];
        while let Some(page) = pages.try_previous().await.unwrap() {
            back.push(page);
        }
        assert_eq!((back.len(), stage.count()), (11, 21));
        back.reverse();
        for (number, (there, back)) in there.iter().zip(&back).enumerate() {
            assert_eq!(there.data, back.data, "page {}", number + 1);
        }
        assert_eq!(there.iter().flat_map(ids).collect::<Vec<_>>(), stage.ids);
        // At the start nothing lies before, however often it is asked.
        for _ in 0..3 {
            assert!(pages.previous().await.is_none());
        }
        assert_eq!(stage.count(), 21);
        assert_eq!(
            ids(&pages.try_next().await.unwrap().unwrap()),
            page(&stage, 2, 100)
        );
    })
    .await;
}

#[tokio::test]
async fn a_walk_from_the_last_page_back_has_every_item() {
    in_time(async {
        let stage = Stage::<Famulor>::new().await;
        let there = forward::<Famulor>(stage.list(), |_| ()).await.unwrap();
        let back = backward::<Famulor>(stage.list(), there.end, |_| ())
            .await
            .unwrap();
        assert_eq!((back.ids, back.pages), (stage.ids.clone(), 11));
        assert_eq!(stage.count(), 22);
    })
    .await;
}

#[tokio::test]
async fn turning_round_is_possible_anywhere() {
    in_time(async {
        let stage = Stage::<Famulor>::with(|mock| mock.items(95)).await;
        let mut pages = stage.list().per_page(10).pages();
        let mut at = 0;
        // Forwards and backwards, over both ends.
        for step in "><>>>><<><<<<>>><>>>>>>>>><<".chars() {
            let page_there = match step {
                '>' => pages.try_next().await.unwrap(),
                _ => pages.try_previous().await.unwrap(),
            };
            let expected = match step {
                '>' => at + 1,
                _ => at - 1,
            };
            match page_there {
                Some(there) => {
                    assert_eq!(ids(&there), page(&stage, expected, 10), "page {expected}");
                    at = expected;
                }
                None => assert!(expected == 0 || expected == 11, "no page {expected}"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn there_is_nothing_before_the_first_page() {
    in_time(async {
        let stage = Stage::<Famulor>::with(|mock| mock.items(30)).await;
        let mut pages = stage.list().per_page(10).pages();
        assert!(pages.previous().await.is_none());
        assert_eq!(stage.count(), 0);
        assert_eq!(
            ids(&pages.try_next().await.unwrap().unwrap()),
            page(&stage, 1, 10)
        );
        assert!(pages.previous().await.is_none());
        assert_eq!(stage.count(), 1);
        assert_eq!(
            ids(&pages.try_next().await.unwrap().unwrap()),
            page(&stage, 2, 10)
        );
    })
    .await;
}

#[tokio::test]
async fn the_way_back_repeats_every_parameter() {
    in_time(async {
        let stage = Stage::<Famulor>::new().await;
        let sender = stage.data().iter().find_map(|item| item["whatsapp_sender"]["phone"].as_str()).unwrap();
        let mut pages = stage.list().whatsapp_sender_phone(sender).per_page(5).pages();
        let mut last = 0;
        while let Some(page) = pages.try_next().await.unwrap() {
            assert!(page.data.iter().all(|it| it.whatsapp_sender.as_ref().unwrap().phone.as_deref() == Some(sender)));
            last += 1;
        }
        assert!(last > 2);
        for _ in 1..last {
            let page = pages.try_previous().await.unwrap().unwrap();
            assert_eq!(page.data.len(), 5);
        }
        for request in stage.requests() {
            assert_eq!(request.query_value("whatsapp_sender_phone"), Some(sender));
            assert_eq!(request.query_value("per_page"), Some("5"));
        }
    })
    .await;
}

#[tokio::test]
async fn a_failed_page_is_not_in_the_way_back() {
    in_time(async {
        let fault = Fault::ServerErrorOnce.at(3);
        let stage = Stage::<Famulor>::with(|mock| mock.items(50).fault(fault)).await;
        let mut pages = stage.list().per_page(10).pages();
        for _ in 0..2 {
            pages.try_next().await.unwrap().unwrap();
        }
        assert!(pages.try_next().await.unwrap_err().is_retryable());
        let before = pages.try_previous().await.unwrap().unwrap();
        assert_eq!(ids(&before), page(&stage, 1, 10));
        for number in 2..=5 {
            let next = pages.try_next().await.unwrap().unwrap();
            assert_eq!(ids(&next), page(&stage, number, 10));
        }
        assert!(pages.next().await.is_none());
    })
    .await;
}

#[tokio::test]
async fn an_error_on_the_way_back_leaves_the_walk_at_the_page() {
    in_time(async {
        // The same data and cursors without the fault, for the way to the end.
        let sound = Stage::<Famulor>::with(|mock| mock.items(50)).await;
        let list = sound.list().per_page(10);
        let end = forward::<Famulor>(list, |_| ()).await.unwrap().end;
        let fault = Fault::ServerErrorOnce.at(3);
        let stage = Stage::<Famulor>::with(|mock| mock.items(50).fault(fault)).await;
        let mut pages = stage.list().per_page(10).pages().start_at(end);
        let last = pages.try_next().await.unwrap().unwrap();
        assert_eq!(ids(&last), page(&stage, 5, 10));
        for number in [4, 3, 2, 1] {
            if number == 3 {
                let error = pages.try_previous().await.unwrap_err();
                assert_eq!(error.status().map(|it| it.as_u16()), Some(500));
            }
            let before = pages.try_previous().await.unwrap().unwrap();
            assert_eq!(ids(&before), page(&stage, number, 10));
        }
        assert!(pages.previous().await.is_none());
        assert_eq!(stage.count(), 6);
    })
    .await;
}

#[tokio::test]
async fn a_loop_is_found_however_it_is_reached() {
    in_time(async {
        let stage =
            Stage::<Famulor>::with(|mock| mock.items(50).fault(Fault::RepeatedCursor.at(2))).await;
        let mut pages = stage.list().per_page(10).pages();
        pages.try_next().await.unwrap().unwrap();
        let error = pages.try_next().await.unwrap_err();
        let error = error.pagination().unwrap();
        assert_eq!(
            (error.kind(), error.pages()),
            (&PaginationErrorKind::RepeatedPosition, 1)
        );
        assert_eq!(
            error.position(),
            &position_of::<Famulor>(stage.requests().last().unwrap())
        );
        assert!(pages.next().await.is_none() && pages.previous().await.is_none());
        assert_eq!(stage.count(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_mangled_cursor_is_page_one_again_and_cannot_loop() {
    in_time(async {
        let stage = Stage::<Famulor>::with(|mock| mock.items(50)).await;
        let list = stage.list().per_page(10).cursor("n0t-a-cursor");
        let mut pages = list.pages();
        assert_eq!(
            pages.position(),
            &Position::Cursor("n0t-a-cursor".to_owned())
        );
        // The server takes it for none: the walk begins at the start and ends.
        let mut count = 0;
        while pages.try_next().await.unwrap().is_some() {
            count += 1;
        }
        assert_eq!(count, 5);
    })
    .await;
}

#[tokio::test]
async fn an_empty_list_has_no_way_back() {
    in_time(async {
        let stage = Stage::<Famulor>::with(|mock| mock.items(0)).await;
        let mut pages = stage.list().pages();
        let page = pages.try_next().await.unwrap().unwrap();
        assert_eq!(
            (page.data.len(), page.next_cursor, page.prev_cursor),
            (0, None, None)
        );
        assert!(pages.next().await.is_none() && pages.previous().await.is_none());
        assert_eq!(stage.count(), 1);
    })
    .await;
}
