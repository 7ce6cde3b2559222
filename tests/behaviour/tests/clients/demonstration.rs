//! The demonstration sees what is wrong, and its program says so.

use std::process::Command;

use specwright_behaviour::{
    Api, Famulor, TalkToHumans,
    demo::{ITEMS, Row, draw, findings, walk_backward, walk_forward},
};
use specwright_conformance::Fault;

use crate::support::in_time;

each_api!(
    a_sound_list_gives_a_sound_row,
    mistakes_of_the_server_are_found
);

async fn row<A: Api>(faults: &[Fault]) -> Row {
    walk_forward::<A>(faults, &mut |_, _| ()).await.unwrap()
}

async fn a_sound_list_gives_a_sound_row<A: Api>() {
    let mut told = 0;
    let mut progress = |api, pages| {
        assert_eq!(api, A::NAME);
        told = pages;
    };
    let row = walk_forward::<A>(&[], &mut progress).await.unwrap();
    assert!(told > 10);
    assert!(row.difference.is_none(), "{}", row.difference);
    let text = draw(&[row]);
    assert!(
        text.contains(A::OPERATION) && text.contains(&ITEMS.to_string()),
        "{text}"
    );
}

async fn mistakes_of_the_server_are_found<A: Api>() {
    let twice = row::<A>(&[Fault::DuplicateItem]).await;
    assert_eq!(
        (
            twice.difference.duplicates.len(),
            twice.difference.missing.len()
        ),
        (1, 0)
    );
    let never = row::<A>(&[Fault::MissingItem]).await;
    assert_eq!(
        (
            never.difference.duplicates.len(),
            never.difference.missing.len()
        ),
        (0, 1)
    );
    let fewer = row::<A>(&[Fault::ShrinkingLastPage]).await;
    assert_eq!(fewer.difference.missing.len(), ITEMS / 3);
    assert_eq!(findings(&[twice, never, fewer]).len(), 3);
    let failed = walk_forward::<A>(&[Fault::Html], &mut |_, _| ())
        .await
        .unwrap_err()
        .to_string();
    assert!(
        failed.starts_with(A::NAME) && failed.contains("text/html"),
        "{failed}"
    );
}

#[tokio::test]
async fn the_way_back_is_a_row_of_its_own() {
    in_time(async {
        let row = walk_backward::<Famulor>(&[], &mut |_, _| ()).await.unwrap();
        assert!(row.difference.is_none(), "{}", row.difference);
        let text = draw(&[row]);
        assert!(text.contains("backward"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn findings_name_the_list() {
    in_time(async {
        let rows = [
            row::<TalkToHumans>(&[]).await,
            row::<TalkToHumans>(&[Fault::MissingItem]).await,
        ];
        let found = findings(&rows);
        assert_eq!(found.len(), 1);
        assert!(
            found[0].starts_with("talktohumans, cursor: 1 missing, the first is `"),
            "{found:?}"
        );
    })
    .await;
}

#[test]
fn the_program_prints_one_table_and_succeeds() {
    let output = Command::new(env!("CARGO_BIN_EXE_demo")).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{text}"
    );
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 2 + 5, "{text}");
    let apis: Vec<_> = lines[2..]
        .iter()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(
        apis,
        [
            "talktohumans",
            "parrot",
            "famulor",
            "famulor",
            "mindhunters"
        ]
    );
    // Columns from the end, as the styles have words of their own: … items, requests, duplicates, missing, time, `ms`.
    for line in &lines[2..] {
        let cells: Vec<_> = line.split_whitespace().rev().collect();
        assert_eq!((cells[5], cells[3], cells[2]), ("1003", "0", "0"), "{line}");
    }
}
