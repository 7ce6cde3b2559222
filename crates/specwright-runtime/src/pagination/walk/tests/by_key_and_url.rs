//! Keys of items, tokens, and URLs that the server gives.

use super::*;

static KEYSET: PagePlan = PagePlan::new(PageStyle::Keyset)
    .position(Place::Query("starting_after"))
    .previous(Place::Query("ending_before"));
static ONE_WAY: PagePlan =
    PagePlan::new(PageStyle::Keyset).position(Place::Query("starting_after"));
static TOKEN: PagePlan = PagePlan::new(PageStyle::Token).position(Place::Query("page_token"));
static APART: PagePlan = PagePlan::new(PageStyle::Bidirectional)
    .position(Place::Query("after"))
    .previous(Place::Query("before"));
static LINK: PagePlan = PagePlan::new(PageStyle::Link);

fn before(key: &str) -> Position {
    Position::Before(key.to_owned())
}

/// A page whose first and last items have these keys.
fn keys(first: &'static str, last: &'static str, has_more: Option<bool>) -> Signals<'static> {
    Signals {
        next: Some(last.into()),
        previous: Some(first.into()),
        has_more,
        ..Signals::default()
    }
}

fn empty(has_more: Option<bool>) -> Signals<'static> {
    Signals {
        has_more,
        ..Signals::default()
    }
}

fn missing() -> Step {
    Step::Fail(PaginationErrorKind::MissingCursor)
}

#[test]
fn keys_lead_forward_until_the_flag_or_an_empty_page() {
    let mut flagged = walk(&KEYSET);
    flagged.forward(Position::Start, 2, keys("a", "b", Some(true)));
    flagged
        .forward(cursor("b"), 2, keys("c", "d", Some(false)))
        .ends();
    let mut plain = walk(&KEYSET);
    plain.forward(Position::Start, 2, keys("a", "b", None));
    plain.forward(cursor("b"), 1, keys("c", "c", None));
    plain.forward(cursor("c"), 0, empty(None)).ends();
}

#[test]
fn keys_lead_back_to_the_start_and_forward_again() {
    let mut walk = walk(&KEYSET);
    walk.forward(Position::Start, 2, keys("a", "b", Some(true)));
    assert_eq!(walk.step(Direction::Backward), Step::End);
    walk.forward(cursor("b"), 2, keys("c", "d", Some(true)));
    walk.forward(cursor("d"), 1, keys("e", "e", Some(false)))
        .ends();
    walk.backward(before("e"), 2, keys("c", "d", Some(true)));
    walk.backward(before("c"), 2, keys("a", "b", Some(false)));
    assert_eq!(walk.step(Direction::Backward), Step::End);
    walk.forward(cursor("b"), 2, keys("c", "d", Some(true)));
}

#[test]
fn empty_pages_at_either_end_lead_back_into_the_list() {
    let mut walk = walk(&KEYSET);
    walk.forward(Position::Start, 2, keys("a", "b", None));
    walk.forward(cursor("b"), 2, keys("c", "d", None));
    walk.forward(cursor("d"), 0, empty(None));
    walk.backward(cursor("b"), 2, keys("c", "d", None));
    walk.backward(before("c"), 2, keys("a", "b", None));
    walk.backward(before("a"), 0, empty(None));
    assert_eq!(walk.step(Direction::Backward), Step::End);
    walk.forward(Position::Start, 2, keys("a", "b", None));
}

#[test]
fn a_page_without_a_key_that_must_lead_on_is_an_error_after_it() {
    for (items, has_more) in [(0, Some(true)), (2, Some(true)), (2, None)] {
        let mut walk = walk(&ONE_WAY);
        walk.forward(Position::Start, items, empty(has_more));
        assert_eq!(walk.step(Direction::Forward), missing(), "{items}");
        walk.ends();
    }
}

#[test]
fn the_same_last_key_again_is_a_position_sent_before() {
    let mut walk = walk(&KEYSET);
    walk.forward(Position::Start, 2, keys("a", "b", Some(true)));
    let kind = PaginationErrorKind::RepeatedPosition;
    let again = keys("a", "b", Some(true));
    walk.refuses(Direction::Forward, cursor("b"), 2, again, kind);
}

#[test]
fn tokens_end_with_none_or_an_empty_one_and_nothing_is_odd_about_it() {
    let mut walk = walk(&TOKEN);
    walk.forward(Position::Start, 0, next("t"));
    walk.forward(cursor("t"), 3, next("u"));
    walk.forward(cursor("u"), 3, next("")).ends();
    assert!(walk.notices().is_empty());
    super::walk(&TOKEN)
        .forward(Position::Start, 3, Signals::default())
        .ends();
}

#[test]
fn cursors_of_the_way_back_have_a_place_of_their_own() {
    let mut walk = walk(&APART);
    let page = |previous: &'static str, next: &'static str| Signals {
        next: Some(next.into()),
        previous: Some(previous.into()),
        ..Signals::default()
    };
    walk.forward(Position::Start, 1, page("", "x"));
    walk.forward(cursor("x"), 1, page("x", "y"));
    walk.backward(before("x"), 1, page("", "x"));
    walk.forward(cursor("x"), 1, page("x", "y"));
    assert!(super::walk(&APART).start_at(before("x")).is_ok());
    assert!(super::walk(&BIDIRECTIONAL).start_at(before("x")).is_err());
    assert!(super::walk(&ONE_WAY).start_at(before("x")).is_err());
}

fn at(path: &str) -> Position {
    Position::Url(format!("https://h{path}"))
}

fn by_url() -> Walk {
    let mut walk = walk(&LINK);
    walk.set_home(Url::parse("https://h/api/list?filter=1").unwrap());
    walk
}

#[test]
fn references_are_resolved_against_the_page_that_gave_them() {
    let mut walk = by_url();
    walk.forward(Position::Start, 1, next("?page=2"));
    walk.forward(at("/api/list?page=2"), 1, next("/v2/list?c=a%2Bb"));
    walk.forward(at("/v2/list?c=a%2Bb"), 0, next("more"));
    walk.forward(at("/v2/more"), 1, next("//h/a#fragment"));
    walk.forward(at("/a"), 1, next("https://h:443/b"));
    walk.forward(at("/b"), 1, next("https://user:pw@h/c"));
    walk.forward(at("/c"), 1, next("../d/./e"));
    walk.forward(at("/d/e"), 1, next("")).ends();
}

#[test]
fn urls_lead_back_and_a_cycle_of_any_length_is_found() {
    let mut walk = by_url();
    let both = |previous: &'static str, next: &'static str| Signals {
        next: Some(next.into()),
        previous: Some(previous.into()),
        ..Signals::default()
    };
    walk.forward(Position::Start, 1, both("", "?p=2"));
    walk.forward(at("/api/list?p=2"), 1, both("?p=1", "?p=3"));
    walk.backward(at("/api/list?p=1"), 1, both("", "?p=2"));
    walk.forward(at("/api/list?p=2"), 1, both("?p=1", "?p=3"));
    let kind = PaginationErrorKind::RepeatedPosition;
    walk.refuses(
        Direction::Forward,
        at("/api/list?p=3"),
        1,
        both("?p=2", "?p=2"),
        kind.clone(),
    );
    // The first request counts as sent, too.
    by_url().refuses(
        Direction::Forward,
        Position::Start,
        1,
        next("/api/list?filter=1"),
        kind,
    );
}

#[test]
fn another_origin_is_an_error_after_the_page_and_shows_no_credential() {
    for (url, shown) in [
        ("http://h/a?key=s3cr3t", "http://h/a"),
        ("https://h:8443/a", "https://h:8443/a"),
        ("https://u:s3cr3t@evil/a", "https://evil/a"),
        ("//evil/a", "https://evil/a"),
        ("https:///evil/a", "https://evil/a"),
        ("\\\\evil\\a", "https://evil/a"),
        ("https://h.evil/", "https://h.evil/"),
        ("https://h@evil/", "https://evil/"),
        ("file:///etc/passwd", "file:///etc/passwd"),
        ("data:,a", "data:,a"),
    ] {
        let mut walk = by_url();
        walk.forward(Position::Start, 1, next(url));
        let kind = PaginationErrorKind::ForeignOrigin {
            url: shown.to_owned(),
        };
        assert!(!kind.to_string().contains("s3cr3t"));
        assert_eq!(walk.step(Direction::Forward), Step::Fail(kind), "{url}");
        walk.ends();
    }
    let mut walk = by_url();
    walk.forward(Position::Start, 1, next("https://[bad"));
    let kind = PaginationErrorKind::InvalidUrl;
    assert_eq!(walk.step(Direction::Forward), Step::Fail(kind));
}

#[test]
fn a_walk_starts_at_urls_of_the_origin_alone() {
    assert!(by_url().start_at(at("/api/list?page=7")).is_ok());
    for url in ["https://evil/api", "http://h/api", "nonsense"] {
        let start = by_url().start_at(Position::Url(url.to_owned()));
        assert!(start.is_err(), "{url}");
    }
    assert!(by_url().start_at(cursor("a")).is_err());
    assert!(walk(&CURSOR).start_at(at("/a")).is_err());
}

#[test]
fn empty_pages_with_urls_are_bounded() {
    let mut walk = by_url();
    walk.rules.max_empty_pages = 1;
    walk.forward(Position::Start, 0, next("?p=2"));
    let kind = PaginationErrorKind::TooManyEmptyPages { allowed: 1 };
    walk.refuses(
        Direction::Forward,
        at("/api/list?p=2"),
        0,
        next("?p=3"),
        kind,
    );
}

#[test]
fn a_flag_decides_about_urls_as_about_cursors() {
    let flagged = |next: Option<&'static str>, has_more| Signals {
        next: next.map(Into::into),
        has_more: Some(has_more),
        ..Signals::default()
    };
    by_url()
        .forward(Position::Start, 1, flagged(Some("?p=2"), false))
        .ends();
    let mut walk = by_url();
    walk.forward(Position::Start, 1, flagged(None, true));
    assert_eq!(walk.step(Direction::Forward), missing());
}
