//! Every law of the decisions, by style.

use super::super::plan::Place;
use super::*;

const fn plan(style: PageStyle) -> PagePlan {
    PagePlan::new(style)
        .position(Place::Query("at"))
        .size(Place::Query("limit"))
        .default_size(10)
        .maximum_size(25)
        .all_size(0)
}

static CURSOR: PagePlan = plan(PageStyle::Cursor);
static BIDIRECTIONAL: PagePlan = plan(PageStyle::Bidirectional);
static OFFSET: PagePlan = plan(PageStyle::Offset);
static PAGE: PagePlan = plan(PageStyle::Page);

fn walk(plan: &'static PagePlan) -> Walk {
    Walk::new(plan, None)
}

fn walk_from(plan: &'static PagePlan, position: Position) -> Walk {
    let mut walk = walk(plan);
    walk.start_at(position).unwrap();
    walk
}

fn cursor(text: &str) -> Position {
    Position::Cursor(text.to_owned())
}

fn next(cursor: &str) -> Signals<'_> {
    Signals {
        next: Some(cursor.into()),
        ..Signals::default()
    }
}

impl Walk {
    #[track_caller]
    fn wants(&mut self, direction: Direction, position: Position) -> &mut Self {
        assert_eq!(self.step(direction), Step::Fetch(position));
        self
    }

    /// The next page forwards is at `position` and has `items` and `signals`, and it is delivered.
    #[track_caller]
    fn forward(&mut self, position: Position, items: usize, signals: Signals<'_>) -> &mut Self {
        self.wants(Direction::Forward, position);
        assert_eq!(self.receive(items, &signals), Ok(()));
        self
    }

    #[track_caller]
    fn backward(&mut self, position: Position, items: usize, signals: Signals<'_>) -> &mut Self {
        self.wants(Direction::Backward, position);
        assert_eq!(self.receive(items, &signals), Ok(()));
        self
    }

    /// The walk is at its end and stays there.
    #[track_caller]
    fn ends(&mut self) {
        assert_eq!(self.step(Direction::Forward), Step::End);
        assert_eq!(self.step(Direction::Forward), Step::End);
    }

    /// The page at `position` is refused, and that is the end.
    #[track_caller]
    fn refuses(
        &mut self,
        direction: Direction,
        position: Position,
        items: usize,
        signals: Signals<'_>,
        kind: PaginationErrorKind,
    ) {
        let delivered = self.delivered();
        self.wants(direction, position.clone());
        assert_eq!(self.receive(items, &signals), Err(kind));
        assert_eq!((self.position(), self.delivered()), (&position, delivered));
        self.ends();
        assert_eq!(self.step(Direction::Backward), Step::End);
    }
}

mod by_key_and_url;
mod counted;

mod by_cursor {
    use super::*;

    #[derive(Debug, PartialEq)]
    enum Then {
        GoOn,
        Stop,
        MissingCursor,
        Repeated,
    }

    #[test]
    fn flag_and_cursor_decide_together() {
        use Then::{GoOn, MissingCursor, Repeated, Stop};
        for (has_more, cursor, then) in [
            (Some(true), Some("new"), GoOn),
            (Some(true), Some("sent"), Repeated),
            (Some(true), Some(""), MissingCursor),
            (Some(true), None, MissingCursor),
            (Some(false), Some("new"), Stop),
            (Some(false), Some("sent"), Stop),
            (Some(false), Some(""), Stop),
            (Some(false), None, Stop),
            (None, Some("new"), GoOn),
            (None, Some("sent"), Repeated),
            (None, Some(""), Stop),
            (None, None, Stop),
        ] {
            for items in [0, 3] {
                let mut walk = walk_from(&CURSOR, super::cursor("sent"));
                walk.wants(Direction::Forward, super::cursor("sent"));
                let signals = Signals {
                    next: cursor.map(Into::into),
                    has_more,
                    ..Signals::default()
                };
                let received = walk.receive(items, &signals);
                let actual = match (received, walk.step(Direction::Forward)) {
                    (Ok(()), Step::Fetch(Position::Cursor(next))) if next == "new" => GoOn,
                    (Ok(()), Step::End) => Stop,
                    (Ok(()), Step::Fail(PaginationErrorKind::MissingCursor)) => MissingCursor,
                    (Err(PaginationErrorKind::RepeatedPosition), Step::End) => Repeated,
                    other => panic!("{other:?}"),
                };
                assert_eq!(actual, then, "{has_more:?} {cursor:?} with {items} items");
                assert_eq!(walk.delivered(), u64::from(then != Repeated));
                let is_odd = then == GoOn || cursor == Some("");
                assert_eq!(!walk.notices().is_empty(), has_more.is_none() && is_odd);
            }
        }
    }

    #[test]
    fn a_missing_cursor_is_reported_once_and_at_the_page_that_lacks_it() {
        let mut walk = walk(&CURSOR);
        let more = |next| Signals {
            next,
            has_more: Some(true),
            ..Signals::default()
        };
        walk.forward(Position::Start, 1, more(Some("a".into())));
        walk.forward(cursor("a"), 1, more(None));
        assert_eq!(
            walk.step(Direction::Forward),
            Step::Fail(PaginationErrorKind::MissingCursor)
        );
        assert_eq!(walk.position(), &cursor("a"));
        walk.ends();
    }

    #[test]
    fn a_cycle_of_any_length_is_found_before_it_is_walked_twice() {
        for length in [1, 2, 7, 1000] {
            let mut walk = walk(&CURSOR);
            let name = |number: usize| format!("c{number}");
            walk.forward(Position::Start, 1, next("c0"));
            for number in 1..length {
                walk.forward(cursor(&name(number - 1)), 1, next(&name(number)));
            }
            let last = cursor(&name(length - 1));
            walk.refuses(
                Direction::Forward,
                last,
                1,
                next("c0"),
                PaginationErrorKind::RepeatedPosition,
            );
        }
    }

    #[test]
    fn empty_and_short_pages_do_not_end_the_walk() {
        let mut walk = walk(&CURSOR);
        walk.forward(Position::Start, 0, next("a"));
        walk.forward(cursor("a"), 1, next("b"));
        walk.forward(cursor("b"), 0, Signals::default()).ends();
    }

    #[test]
    fn only_so_many_empty_pages_may_follow_each_other() {
        let mut walk = walk(&CURSOR);
        walk.rules.max_empty_pages = 2;
        walk.forward(Position::Start, 0, next("a"));
        walk.forward(cursor("a"), 0, next("b"));
        walk.forward(cursor("b"), 1, next("c"));
        walk.forward(cursor("c"), 0, next("d"));
        walk.forward(cursor("d"), 0, next("e"));
        let kind = PaginationErrorKind::TooManyEmptyPages { allowed: 2 };
        walk.refuses(Direction::Forward, cursor("e"), 0, next("f"), kind);
    }

    #[test]
    fn an_empty_last_page_is_no_error_however_many_preceded_it() {
        let mut walk = walk(&CURSOR);
        walk.rules.max_empty_pages = 1;
        walk.forward(Position::Start, 0, next("a"));
        walk.forward(cursor("a"), 0, Signals::default()).ends();
    }

    #[test]
    fn a_missing_flag_is_noted_once() {
        let mut walk = walk(&CURSOR);
        walk.forward(
            Position::Start,
            1,
            Signals {
                has_more: Some(true),
                ..next("a")
            },
        );
        walk.forward(cursor("a"), 1, next("b"));
        walk.forward(cursor("b"), 1, next("c"));
        assert_eq!(walk.notices(), [Notice::NoFlag { at: cursor("a") }]);
    }

    #[test]
    fn a_set_cursor_is_where_the_walk_starts_and_counts_as_sent() {
        let mut walk = walk(&CURSOR);
        walk.start_at_parameter("mine").unwrap();
        walk.refuses(
            Direction::Forward,
            cursor("mine"),
            1,
            next("mine"),
            PaginationErrorKind::RepeatedPosition,
        );
        let mut unset = super::walk(&CURSOR);
        unset.start_at_parameter("").unwrap();
        unset.wants(Direction::Forward, Position::Start);
    }
}

mod both_ways {
    use super::*;

    /// A page with the two cursors; an empty text stands for none.
    fn page(previous: &'static str, next: &'static str) -> Signals<'static> {
        let cursor = |text: &'static str| (!text.is_empty()).then(|| text.into());
        Signals {
            next: cursor(next),
            previous: cursor(previous),
            ..Signals::default()
        }
    }

    #[test]
    fn an_empty_cursor_ends_its_direction_and_is_noted() {
        let empty = || Some("".into());
        let mut walk = walk(&BIDIRECTIONAL);
        let signals = Signals {
            next: empty(),
            ..page("p", "")
        };
        walk.forward(Position::Start, 1, signals).ends();
        let at = Position::Start;
        assert_eq!(walk.notices(), [Notice::EmptyCursor { at }]);

        let mut walk = super::walk(&BIDIRECTIONAL);
        walk.forward(Position::Start, 1, page("p", ""));
        assert!(walk.notices().is_empty());
        let signals = Signals {
            previous: empty(),
            ..page("", "n")
        };
        walk.backward(cursor("p"), 1, signals);
        assert_eq!(walk.step(Direction::Backward), Step::End);
        let at = cursor("p");
        assert_eq!(walk.notices(), [Notice::EmptyCursor { at }]);
    }

    #[test]
    fn forward_to_the_end_back_to_the_start_and_forward_again() {
        let mut walk = walk(&BIDIRECTIONAL);
        walk.forward(Position::Start, 2, page("", "n2"));
        walk.forward(cursor("n2"), 2, page("p1", "n3"));
        walk.forward(cursor("n3"), 1, page("p2", "")).ends();
        walk.backward(cursor("p2"), 2, page("p1", "n3"));
        walk.backward(cursor("p1"), 2, page("", "n2"));
        assert_eq!(walk.step(Direction::Backward), Step::End);
        walk.forward(cursor("n2"), 2, page("p1", "n3"));
        walk.forward(cursor("n3"), 1, page("p2", "")).ends();
        assert!(walk.notices().is_empty());
    }

    /// A page with both cursors and a flag.
    fn flagged(has_more: bool, previous: &'static str, next: &'static str) -> Signals<'static> {
        Signals {
            has_more: Some(has_more),
            ..page(previous, next)
        }
    }

    /// Lists whose cursors are the ids of the first and last item have them on every page.
    #[test]
    fn a_flag_speaks_of_the_direction_in_which_the_page_was_asked_for() {
        let mut walk = walk(&BIDIRECTIONAL);
        walk.forward(Position::Start, 2, flagged(true, "a", "b"));
        walk.forward(cursor("b"), 2, flagged(false, "c", "d"))
            .ends();
        walk.backward(cursor("c"), 2, flagged(false, "a", "b"));
        assert_eq!(walk.step(Direction::Backward), Step::End);
        walk.forward(cursor("b"), 2, flagged(false, "c", "d"))
            .ends();
    }

    #[test]
    fn more_without_a_cursor_is_an_error_in_either_direction() {
        let mut forward = walk(&BIDIRECTIONAL);
        forward.forward(Position::Start, 1, flagged(true, "p", ""));
        let missing = Step::Fail(PaginationErrorKind::MissingCursor);
        assert_eq!(forward.step(Direction::Forward), missing);
        let mut back = walk(&BIDIRECTIONAL);
        back.forward(Position::Start, 1, flagged(false, "p", ""));
        back.backward(cursor("p"), 1, flagged(true, "", "n"));
        assert_eq!(back.step(Direction::Backward), missing);
    }

    #[test]
    fn a_cycle_is_found_in_either_direction() {
        let mut forward = walk(&BIDIRECTIONAL);
        forward.forward(Position::Start, 1, page("", "n"));
        forward.refuses(
            Direction::Forward,
            cursor("n"),
            1,
            page("p", "n"),
            PaginationErrorKind::RepeatedPosition,
        );

        let mut back = walk(&BIDIRECTIONAL);
        back.forward(Position::Start, 1, page("", "n"));
        back.forward(cursor("n"), 1, page("p", ""));
        back.refuses(
            Direction::Backward,
            cursor("p"),
            1,
            page("p", "n"),
            PaginationErrorKind::RepeatedPosition,
        );
    }

    #[test]
    fn turning_round_forgets_what_was_sent() {
        let mut walk = walk(&BIDIRECTIONAL);
        walk.forward(Position::Start, 1, page("", "n2"));
        walk.forward(cursor("n2"), 1, page("p1", "n3"));
        walk.backward(cursor("p1"), 1, page("", "n2"));
        walk.forward(cursor("n2"), 1, page("p1", "n3"));
        walk.backward(cursor("p1"), 1, page("", "n2"));
    }

    #[test]
    fn turning_round_gives_up_the_page_that_was_wanted() {
        let mut walk = walk(&BIDIRECTIONAL);
        walk.forward(Position::Start, 1, page("", "n2"));
        walk.forward(cursor("n2"), 1, page("p1", "n3"));
        walk.wants(Direction::Forward, cursor("n3"));
        walk.wants(Direction::Backward, cursor("p1"));
        assert_eq!(walk.next_position(), Some(&cursor("n3")));
        walk.wants(Direction::Forward, cursor("n3"));
    }

    #[test]
    fn there_is_no_way_back_before_the_first_page_nor_from_it() {
        let mut walk = walk(&BIDIRECTIONAL);
        assert_eq!(walk.step(Direction::Backward), Step::End);
        walk.wants(Direction::Forward, Position::Start);
        assert_eq!(walk.step(Direction::Backward), Step::End);
        walk.forward(Position::Start, 1, page("", "n"));
        assert_eq!(walk.step(Direction::Backward), Step::End);
        walk.wants(Direction::Forward, cursor("n"));
    }
}

mod by_offset {
    use super::*;

    fn total(total: u64) -> Signals<'static> {
        Signals {
            total: Some(total),
            ..Signals::default()
        }
    }

    #[test]
    fn the_offset_advances_by_the_items_received() {
        let mut walk = walk(&OFFSET);
        walk.forward(Position::Start, 10, Signals::default());
        walk.forward(Position::Offset(10), 7, Signals::default());
        walk.forward(Position::Offset(17), 1, Signals::default());
        walk.forward(Position::Offset(18), 0, Signals::default())
            .ends();
        assert!(walk.notices().is_empty());
    }

    #[test]
    fn a_total_saves_the_request_for_an_empty_page() {
        let mut walk = walk(&OFFSET);
        walk.forward(Position::Start, 10, total(20));
        walk.forward(Position::Offset(10), 10, total(20)).ends();
        super::walk(&OFFSET)
            .forward(Position::Start, 10, total(9))
            .ends();
        super::walk(&OFFSET)
            .forward(Position::Start, 0, total(0))
            .ends();
    }

    #[test]
    fn an_empty_page_before_the_announced_end_is_noted() {
        let mut walk = walk(&OFFSET);
        walk.forward(Position::Start, 10, total(30));
        walk.forward(Position::Offset(10), 0, total(30)).ends();
        assert_eq!(
            walk.notices(),
            [Notice::EmptyBeforeEnd {
                at: Position::Offset(10)
            }]
        );
    }

    #[test]
    fn a_flag_ends_the_walk() {
        let no_more = Signals {
            has_more: Some(false),
            ..Signals::default()
        };
        walk(&OFFSET).forward(Position::Start, 10, no_more).ends();
    }

    #[test]
    fn the_size_for_everything_means_one_request() {
        Walk::new(&OFFSET, Some("0"))
            .forward(Position::Start, 500, total(600))
            .ends();
    }

    #[test]
    fn a_short_page_ends_the_walk_only_on_request() {
        walk(&OFFSET)
            .forward(Position::Start, 9, Signals::default())
            .wants(Direction::Forward, Position::Offset(9));
        for (size, items, ends) in [
            (None, 9, true),
            (None, 10, false),
            (Some("5"), 4, true),
            (Some("5"), 5, false),
            // The server cuts the size to its maximum, 25.
            (Some("100"), 24, true),
            (Some("100"), 25, false),
            (Some("many"), 1, false),
        ] {
            let mut walk = Walk::new(&OFFSET, size);
            walk.rules.stop_on_short_page = true;
            walk.forward(Position::Start, items, Signals::default());
            assert_eq!(
                walk.step(Direction::Forward) == Step::End,
                ends,
                "{items} of {size:?}"
            );
        }
    }

    #[test]
    fn a_set_offset_is_the_start_and_must_be_a_number() {
        let mut walk = walk(&OFFSET);
        walk.start_at_parameter("40").unwrap();
        walk.forward(Position::Offset(40), 2, Signals::default())
            .wants(Direction::Forward, Position::Offset(42));
        for value in ["-1", "", "ten", "1.5", "18446744073709551616"] {
            assert!(
                super::walk(&OFFSET).start_at_parameter(value).is_err(),
                "{value}"
            );
        }
    }

    #[test]
    fn an_offset_beyond_64_bits_is_an_error_after_the_page() {
        let mut walk = walk_from(&OFFSET, Position::Offset(u64::MAX - 1));
        walk.forward(Position::Offset(u64::MAX - 1), 2, Signals::default());
        assert_eq!(
            walk.step(Direction::Forward),
            Step::Fail(PaginationErrorKind::Overflow)
        );
        walk.ends();
    }
}

mod by_page {
    use super::*;

    fn of(current: u64, last: u64) -> Signals<'static> {
        Signals {
            current: Some(current),
            last: Some(last),
            ..Signals::default()
        }
    }

    fn echo(current: u64) -> Signals<'static> {
        Signals {
            current: Some(current),
            ..Signals::default()
        }
    }

    #[test]
    fn pages_are_counted_to_the_last() {
        let mut walk = walk(&PAGE);
        walk.forward(Position::Start, 10, of(1, 3));
        walk.forward(Position::Page(2), 10, of(2, 3));
        walk.forward(Position::Page(3), 1, of(3, 3)).ends();
    }

    #[test]
    fn the_last_page_is_read_anew_on_every_page() {
        let mut shrinks = walk(&PAGE);
        shrinks.forward(Position::Start, 10, of(1, 9));
        shrinks.forward(Position::Page(2), 10, of(2, 2)).ends();
        let mut grows = walk(&PAGE);
        grows.forward(Position::Start, 10, of(1, 2));
        grows.forward(Position::Page(2), 10, of(2, 3));
        grows.forward(Position::Page(3), 10, of(3, 3)).ends();
    }

    #[test]
    fn a_page_behind_the_last_is_the_end() {
        walk_from(&PAGE, Position::Page(9))
            .forward(Position::Page(9), 0, of(9, 3))
            .ends();
        walk_from(&PAGE, Position::Page(9))
            .forward(Position::Page(9), 4, of(9, 3))
            .ends();
    }

    #[test]
    fn without_a_last_page_an_empty_one_ends() {
        let mut walk = walk(&PAGE);
        walk.forward(Position::Start, 10, Signals::default());
        walk.forward(Position::Page(2), 3, Signals::default());
        walk.forward(Position::Page(3), 0, Signals::default())
            .ends();
        assert!(walk.notices().is_empty());
    }

    #[test]
    fn an_empty_page_before_the_last_ends_and_is_noted() {
        let mut walk = walk(&PAGE);
        walk.forward(Position::Start, 0, of(1, 3)).ends();
        assert_eq!(
            walk.notices(),
            [Notice::EmptyBeforeEnd {
                at: Position::Start
            }]
        );
    }

    #[test]
    fn another_page_than_the_one_asked_for_is_refused() {
        for received in [0, 1, 3] {
            let kind = PaginationErrorKind::PageMismatch {
                requested: 2,
                received,
            };
            walk_from(&PAGE, Position::Page(2)).refuses(
                Direction::Forward,
                Position::Page(2),
                5,
                of(received, 9),
                kind,
            );
        }
    }

    #[test]
    fn the_first_page_has_the_number_it_says() {
        walk(&PAGE)
            .forward(Position::Start, 5, echo(0))
            .wants(Direction::Forward, Position::Page(1));
        walk(&PAGE)
            .forward(Position::Start, 5, echo(1))
            .wants(Direction::Forward, Position::Page(2));
    }

    #[test]
    fn page_zero_is_asked_for_as_given() {
        let mut walk = walk(&PAGE);
        walk.start_at_parameter("0").unwrap();
        walk.forward(Position::Page(0), 5, echo(0))
            .wants(Direction::Forward, Position::Page(1));
        assert!(super::walk(&PAGE).start_at_parameter("-1").is_err());
    }

    #[test]
    fn the_way_back_counts_down_to_the_first_page() {
        let mut from_one = walk_from(&PAGE, Position::Page(3));
        from_one.forward(Position::Page(3), 5, of(3, 9));
        from_one.backward(Position::Page(2), 0, of(2, 9));
        from_one.backward(Position::Page(1), 5, of(1, 9));
        assert_eq!(from_one.step(Direction::Backward), Step::End);
        from_one.wants(Direction::Forward, Position::Page(2));

        let mut from_zero = walk(&PAGE);
        from_zero.forward(Position::Start, 5, echo(0));
        from_zero.forward(Position::Page(1), 5, echo(1));
        from_zero.backward(Position::Page(0), 5, echo(0));
        assert_eq!(from_zero.step(Direction::Backward), Step::End);
    }

    #[test]
    fn the_highest_page_is_no_overflow() {
        let mut walk = walk_from(&PAGE, Position::Page(u64::MAX));
        walk.forward(Position::Page(u64::MAX), 1, Signals::default());
        assert_eq!(
            walk.step(Direction::Forward),
            Step::Fail(PaginationErrorKind::Overflow)
        );
    }

    #[test]
    fn the_size_for_everything_means_one_request() {
        Walk::new(&PAGE, Some("0"))
            .forward(Position::Start, 500, Signals::default())
            .ends();
    }
}

#[test]
fn the_same_page_is_wanted_until_it_is_there() {
    let mut walk = walk(&CURSOR);
    for _ in 0..3 {
        walk.wants(Direction::Forward, Position::Start);
    }
    walk.forward(Position::Start, 1, next("a"));
    for _ in 0..3 {
        walk.wants(Direction::Forward, cursor("a"));
    }
    assert_eq!(walk.position(), &cursor("a"));
}

#[test]
fn a_bound_on_pages_ends_the_walk_and_keeps_the_next_position() {
    let mut none = walk(&CURSOR);
    none.rules.max_pages = Some(0);
    none.ends();

    let mut two = walk(&CURSOR);
    two.rules.max_pages = Some(2);
    two.forward(Position::Start, 1, next("a"));
    two.forward(cursor("a"), 1, next("b")).ends();
    assert_eq!(
        (two.position(), two.next_position()),
        (&cursor("a"), Some(&cursor("b")))
    );
}

#[test]
fn a_walk_that_was_ended_stays_so_and_tells_where() {
    let mut walk = walk(&OFFSET);
    walk.forward(Position::Start, 3, Signals::default())
        .wants(Direction::Forward, Position::Offset(3));
    walk.end();
    walk.ends();
    assert_eq!(walk.position(), &Position::Offset(3));
}

#[test]
fn a_position_must_fit_the_style() {
    for (plan, kind) in [(&CURSOR, 0), (&BIDIRECTIONAL, 0), (&OFFSET, 1), (&PAGE, 2)] {
        for (number, position) in [cursor("a"), Position::Offset(1), Position::Page(1)]
            .into_iter()
            .enumerate()
        {
            assert_eq!(
                walk(plan).start_at(position).is_ok(),
                number == kind,
                "{:?} {number}",
                plan.style
            );
        }
        assert!(walk(plan).start_at(Position::Start).is_ok());
    }
}
