//! Offsets and page numbers: the server's word, totals that may be wrong, and what can be known of
//! the pages ahead.

use super::*;

static FROM_ZERO: PagePlan = PagePlan::new(PageStyle::Page)
    .position(Place::Query("page"))
    .default_size(10)
    .first_page(0);

fn said(next: &'static str, total: Option<u64>) -> Signals<'static> {
    Signals {
        next: Some(next.into()),
        total,
        ..Signals::default()
    }
}

fn total(total: u64) -> Signals<'static> {
    Signals {
        total: Some(total),
        ..Signals::default()
    }
}

#[test]
fn the_number_that_the_server_gives_is_before_any_arithmetic() {
    let mut walk = walk(&OFFSET);
    walk.forward(Position::Start, 100, said("100", Some(250)));
    walk.forward(Position::Offset(100), 3, said(" 200 ", Some(250)));
    walk.forward(Position::Offset(200), 0, said("240", Some(250)));
    walk.forward(Position::Offset(240), 10, said("", Some(250)))
        .ends();
    let mut pages = super::walk(&PAGE);
    pages.forward(Position::Start, 5, said("3", None));
    pages.forward(Position::Page(3), 5, said("", None)).ends();
}

#[test]
fn a_number_that_does_not_lead_on_is_refused() {
    for next in ["0", "5", "10"] {
        let kind = PaginationErrorKind::RepeatedPosition;
        let at = Position::Offset(10);
        walk_from(&OFFSET, at.clone()).refuses(Direction::Forward, at, 5, said(next, None), kind);
    }
}

#[test]
fn another_text_only_says_that_there_is_more() {
    let mut walk = walk(&OFFSET);
    walk.forward(Position::Start, 7, said("https://h/?offset=99", None));
    walk.forward(Position::Offset(7), 7, said("-5", None));
    walk.forward(Position::Offset(14), 0, said("+20", None))
        .ends();
}

#[test]
fn the_items_received_reach_the_total_of_a_walk_from_the_first_page() {
    let mut walk = walk(&PAGE);
    walk.forward(Position::Start, 10, total(20));
    walk.forward(Position::Page(2), 10, total(20)).ends();
    let mut zero = super::walk(&FROM_ZERO);
    zero.forward(Position::Start, 10, total(12));
    zero.forward(Position::Page(1), 2, total(12)).ends();
    // A walk from the middle cannot count.
    walk_from(&PAGE, Position::Page(2))
        .forward(Position::Page(2), 10, total(10))
        .wants(Direction::Forward, Position::Page(3));
}

#[test]
fn a_total_that_may_be_that_of_the_page_does_not_end_a_full_first_page() {
    walk(&PAGE)
        .forward(Position::Start, 10, total(10))
        .wants(Direction::Forward, Position::Page(2));
    walk(&OFFSET)
        .forward(Position::Start, 10, total(10))
        .wants(Direction::Forward, Position::Offset(10));
    // A page that is not full, or not the first, has no such doubt.
    walk(&PAGE).forward(Position::Start, 9, total(9)).ends();
    let served = Signals {
        size: Some(5),
        ..total(5)
    };
    walk(&PAGE)
        .forward(Position::Start, 5, served)
        .wants(Direction::Forward, Position::Page(2));
}

#[test]
fn a_flag_for_more_is_before_the_total() {
    let more = Signals {
        has_more: Some(true),
        ..total(3)
    };
    walk(&OFFSET)
        .forward(Position::Start, 5, more.clone())
        .wants(Direction::Forward, Position::Offset(5));
    walk(&PAGE)
        .forward(Position::Start, 5, more)
        .wants(Direction::Forward, Position::Page(2));
}

#[test]
fn the_first_page_has_the_number_of_the_plan() {
    let mut walk = walk(&FROM_ZERO);
    walk.forward(Position::Start, 10, Signals::default());
    walk.forward(Position::Page(1), 10, Signals::default());
    walk.backward(Position::Page(0), 10, Signals::default());
    assert_eq!(walk.step(Direction::Backward), Step::End);
}

#[test]
fn the_size_that_the_server_keeps_to_is_what_a_short_page_falls_below() {
    let served = |size| Signals {
        size: Some(size),
        ..Signals::default()
    };
    for (size, items, ends) in [(5, 5, false), (5, 4, true), (50, 9, true), (50, 10, false)] {
        let mut walk = walk(&PAGE);
        walk.rules.stop_on_short_page = true;
        walk.forward(Position::Start, items, served(size));
        let actual = walk.step(Direction::Forward) == Step::End;
        assert_eq!(actual, ends, "{items} of {size}");
    }
}

#[test]
fn what_is_ahead_goes_as_far_as_the_server_announced() {
    let offsets =
        |numbers: &[u64]| -> Vec<_> { numbers.iter().copied().map(Position::Offset).collect() };
    let mut walk = walk(&OFFSET);
    assert!(walk.ahead(9, None).is_empty());
    walk.forward(Position::Start, 10, total(35));
    assert_eq!(walk.ahead(9, None), offsets(&[10, 20, 30]));
    assert_eq!(walk.ahead(2, None), offsets(&[10, 20]));
    assert_eq!(walk.ahead(9, Some(11)), offsets(&[10, 20]));
    assert_eq!(walk.ahead(9, Some(0)), offsets(&[]));
    walk.rules.max_pages = Some(2);
    assert_eq!(walk.ahead(9, None), offsets(&[10]));
    walk.rules.max_pages = None;
    // A short page in the middle does not change the distance.
    walk.forward(Position::Offset(10), 4, total(35));
    assert_eq!(walk.ahead(9, None), offsets(&[14, 24, 34]));

    let mut unknown = super::walk(&OFFSET);
    unknown.forward(Position::Start, 10, Signals::default());
    assert_eq!(unknown.ahead(9, None), offsets(&[10]));
    let mut opaque = super::walk(&CURSOR);
    opaque.forward(Position::Start, 10, next("a"));
    assert_eq!(opaque.ahead(9, None), [cursor("a")]);
}

#[test]
fn pages_ahead_are_counted_to_the_last_one_or_by_the_total() {
    let numbers = |walk: &Walk| walk.ahead(9, None);
    let pages =
        |numbers: &[u64]| -> Vec<_> { numbers.iter().copied().map(Position::Page).collect() };
    let last = |current, last| Signals {
        current: Some(current),
        last: Some(last),
        ..Signals::default()
    };
    let mut walk = walk(&PAGE);
    walk.forward(Position::Start, 10, last(1, 4));
    assert_eq!(numbers(&walk), pages(&[2, 3, 4]));
    walk.forward(Position::Page(2), 10, last(2, 4));
    assert_eq!(numbers(&walk), pages(&[3, 4]));
    walk.backward(Position::Page(1), 10, last(1, 4));
    assert!(numbers(&walk).is_empty());

    let mut counted = super::walk(&PAGE);
    counted.forward(Position::Start, 10, total(41));
    assert_eq!(numbers(&counted), pages(&[2, 3, 4, 5]));
    let mut unknown = super::walk(&PAGE);
    unknown.forward(Position::Start, 10, Signals::default());
    assert_eq!(numbers(&unknown), pages(&[2]));
}

#[test]
fn what_is_left_is_known_from_a_total_and_at_the_end() {
    let mut walk = walk(&OFFSET);
    assert_eq!((walk.items_left(), walk.pages_left()), (None, None));
    walk.forward(Position::Start, 10, total(25));
    assert_eq!(walk.items_left(), Some(15));
    walk.forward(Position::Offset(10), 15, total(25));
    assert_eq!((walk.items_left(), walk.pages_left()), (Some(0), Some(0)));

    let mut cursors = super::walk(&CURSOR);
    cursors.rules.max_pages = Some(3);
    let signals = Signals {
        next: Some("a".into()),
        ..total(25)
    };
    cursors.forward(Position::Start, 10, signals);
    assert_eq!(
        (cursors.items_left(), cursors.pages_left()),
        (Some(15), Some(2))
    );
}
