//! Walks and odd requests.

use specwright_openapi::{
    diagnostics::Pointer,
    pagination::{PagePlan, PageSize, RequestPlace, RequestPlan, ResponsePlan, Style},
};

use super::*;
use crate::mock::value::Shape;

fn plan(style: Style) -> PagePlan {
    PagePlan {
        style,
        request: RequestPlan {
            position: Some(RequestPlace::Query("position".to_owned())),
            previous: None,
            size: Some(RequestPlace::Query("size".to_owned())),
        },
        response: ResponsePlan::of(Pointer::root()),
        size: PageSize {
            default: Some(10),
            maximum: Some(25),
            all: None,
            clamps: false,
            ..PageSize::default()
        },
        first: None,
    }
}

fn codec() -> Codec {
    Codec::new(7, &Shape::default())
}

fn ask(plan: &PagePlan, given: Given<'_>) -> Result<Ask, Refusal> {
    Ask::read(plan, &codec(), given)
}

fn read(style: Style, position: &str, size: &str) -> Result<Ask, Refusal> {
    let given = Given {
        position: Some(position),
        size: Some(size),
        ..Given::default()
    };
    ask(&plan(style), given)
}

fn located(ask: &Ask, list: &Selection) -> Located {
    ask.locate(list, &|one, other| one.cmp(&other), &|_| (0, 0))
}

fn cut(ask: &Ask, style: Style, count: usize) -> Page {
    let list = Selection::Whole(count);
    located(ask, &list).cut(style, 1, &list)
}

fn page(style: Style, position: Option<&str>, size: &str, count: usize) -> Page {
    let given = Given {
        position,
        size: Some(size),
        ..Given::default()
    };
    cut(&ask(&plan(style), given).unwrap(), style, count)
}

fn cursor(place: Option<&Place>) -> Option<String> {
    match place? {
        Place::Cursor(cursor) => Some(codec().encode(*cursor)),
        other => panic!("{other:?} is no cursor"),
    }
}

#[test]
fn cursors_lead_through_the_list_once() {
    for style in [Style::Cursor, Style::Bidirectional] {
        for count in [0, 1, 6, 7, 8, 21] {
            let mut pages = vec![page(style, None, "7", count)];
            while let Some(next) = cursor(pages.last().unwrap().next.as_ref()) {
                pages.push(page(style, Some(&next), "7", count));
            }
            let walked: Vec<usize> = pages.iter().flat_map(|page| page.items.clone()).collect();
            assert_eq!(walked, (0..count).collect::<Vec<_>>());
            let flags: Vec<bool> = pages.iter().map(|page| page.has_more).collect();
            let nexts: Vec<bool> = pages.iter().map(|page| page.next.is_some()).collect();
            assert_eq!(flags, nexts);
            assert_eq!(pages.len(), count.div_ceil(7).max(1));
            let numbers: Vec<usize> = pages.iter().map(|page| page.number).collect();
            assert_eq!(numbers, (1..=pages.len()).collect::<Vec<_>>());
        }
    }
}

#[test]
fn the_way_back_gives_the_same_pages_in_forward_order() {
    let style = Style::Bidirectional;
    let mut forward = vec![page(style, None, "7", 30)];
    assert_eq!(forward[0].previous, None);
    while let Some(next) = cursor(forward.last().unwrap().next.as_ref()) {
        forward.push(page(style, Some(&next), "7", 30));
    }
    let mut back = vec![forward.pop().unwrap()];
    while let Some(previous) = cursor(back.last().unwrap().previous.as_ref()) {
        let page = page(style, Some(&previous), "7", 30);
        assert!(
            page.next.is_some(),
            "a page that was reached backward has a next one"
        );
        back.push(page);
    }
    let items = |pages: &[Page]| {
        pages
            .iter()
            .map(|page| page.items.clone())
            .collect::<Vec<_>>()
    };
    back.remove(0);
    back.reverse();
    assert_eq!(items(&back), items(&forward));
    assert_eq!(back[0].previous, None);
}

#[test]
fn the_page_before_an_unaligned_place_is_shorter_at_the_start() {
    let start = codec().encode(Cursor::backward(3));
    let page = page(Style::Bidirectional, Some(&start), "7", 30);
    assert_eq!((page.items, page.previous), (0..3, None));
}

#[test]
fn an_empty_page_has_no_neighbours() {
    for cursor in [Cursor::forward(Some(99)), Cursor::backward(0)] {
        let page = page(Style::Bidirectional, Some(&codec().encode(cursor)), "7", 30);
        assert!(page.items.is_empty());
        assert_eq!((page.next, page.previous), (None, None));
    }
}

#[test]
fn a_cursor_that_cannot_be_read_is_refused_and_an_empty_one_is_none() {
    for style in [Style::Cursor, Style::Bidirectional, Style::Token] {
        for text in ["broken", "20", "%"] {
            let refusal = read(style, text, "7").unwrap_err();
            assert_eq!((refusal.status, refusal.place.as_str()), (400, "position"));
        }
        assert_eq!(page(style, Some(""), "7", 30), page(style, None, "7", 30));
    }
    let backward = codec().encode(Cursor::backward(14));
    assert!(read(Style::Cursor, &backward, "7").is_err());
}

#[test]
fn the_way_back_may_have_a_place_of_its_own() {
    let mut plan = plan(Style::Bidirectional);
    plan.request.previous = Some(RequestPlace::Query("before".to_owned()));
    let forward = codec().encode(Cursor::forward(Some(14)));
    let given = Given {
        previous: Some(&forward),
        size: Some("7"),
        ..Given::default()
    };
    let page = cut(&ask(&plan, given).unwrap(), Style::Bidirectional, 30);
    assert_eq!(page.items, 7..14, "before item 14");
    let back = codec().encode(Cursor::backward(14));
    let given = Given {
        position: Some(&back),
        ..Given::default()
    };
    assert!(ask(&plan, given).is_err(), "a cursor of the other way");
}

#[test]
fn cursors_stay_beside_their_item_when_others_come_and_go() {
    let order = |one: usize, other: usize| one.cmp(&other);
    let after_4 = Cursor::forward(Some(4));
    let cases = [
        (vec![0, 1, 2, 3, 4, 5, 6], 5),
        (vec![1, 3, 4, 5, 6], 3),
        (vec![0, 1, 2, 3, 5, 6], 4),
        (vec![5, 6, 7], 0),
        (vec![0, 1], 2),
        (vec![], 0),
    ];
    for (items, expected) in cases {
        let list = Selection::Chosen(items.clone());
        assert_eq!(list.index(after_4, &order), expected, "{items:?}");
    }
    let doubled = Selection::Chosen(vec![3, 4, 4, 5]);
    assert_eq!(doubled.index(after_4, &order), 2);
    let again = doubled.cursor_from(3);
    assert!(again.again && doubled.index(again, &order) == 3);
    assert_eq!(doubled.index(Cursor::backward(5), &order), 3);
}

#[test]
fn offsets_count_items() {
    let middle = page(Style::Offset, Some("5"), "7", 30);
    assert_eq!(
        (middle.items, middle.next),
        (5..12, Some(Place::Number(12)))
    );
    assert_eq!(page(Style::Offset, Some("28"), "7", 30).items, 28..30);
    for beyond in ["30", "31", "99999999999999999999999999999999999999999999"] {
        let page = page(Style::Offset, Some(beyond), "7", 30);
        assert!(page.items.is_empty() && !page.has_more, "{beyond}");
    }
    for wrong in [
        "-1",
        "x",
        "",
        "1.5",
        "+1",
        "-99999999999999999999999999999999999999999999",
    ] {
        assert_eq!(
            read(Style::Offset, wrong, "7").unwrap_err().place,
            "position",
            "{wrong}"
        );
    }
}

#[test]
fn pages_are_counted_from_one() {
    let second = page(Style::Page, Some("2"), "7", 30);
    assert_eq!(
        (
            second.items.clone(),
            second.number,
            second.last,
            second.total
        ),
        (7..14, 2, 5, 30)
    );
    assert_eq!(page(Style::Page, Some("5"), "7", 30).items, 28..30);
    let beyond = page(Style::Page, Some("9"), "7", 30);
    assert!(beyond.items.is_empty() && !beyond.has_more);
    assert_eq!((beyond.number, beyond.last), (9, 5));
    let none = page(Style::Page, None, "7", 0);
    assert_eq!((none.number, none.last, none.total), (1, 1, 0));
    for first in ["0", "-3", "x", ""] {
        assert_eq!(
            page(Style::Page, Some(first), "7", 30),
            page(Style::Page, None, "7", 30),
            "{first}"
        );
    }
}

#[test]
fn sizes_are_clamped_at_the_documented_maximum() {
    let of = |size: &str| read(Style::Offset, "0", size).map(|ask| ask.size);
    assert_eq!(of("25"), Ok(Some(25)));
    assert_eq!(of("26"), Ok(Some(25)));
    assert_eq!(
        of("99999999999999999999999999999999999999999999"),
        Ok(Some(25))
    );
    for wrong in ["x", "", "1.0", "1e1"] {
        assert_eq!(of(wrong).unwrap_err().place, "size", "{wrong}");
    }
    // Nobody says that these are forbidden.
    for least in ["0", "-1"] {
        assert_eq!(of(least), Ok(Some(1)), "{least}");
    }
    let mut from_two = plan(Style::Offset);
    from_two.size.minimum = Some(2);
    let one = Given {
        size: Some("1"),
        ..Given::default()
    };
    assert!(ask(&from_two, one).is_err());
    let default = ask(&plan(Style::Offset), Given::default()).unwrap();
    assert_eq!(default.size, Some(10));
    let strict = Given {
        size: Some("26"),
        strict: true,
        ..Given::default()
    };
    assert!(ask(&plan(Style::Offset), strict).is_err());
    let capped = Given {
        size: Some("20"),
        cap: Some(7),
        ..Given::default()
    };
    assert_eq!(ask(&plan(Style::Offset), capped).unwrap().size, Some(7));
}

#[test]
fn the_minimum_and_the_usual_size_are_kept() {
    let mut plan = plan(Style::Offset);
    plan.size.minimum = Some(5);
    let of = |size| {
        let given = Given {
            size,
            usual: Some(3),
            ..Given::default()
        };
        ask(&plan, given).map(|it| it.size)
    };
    assert!(of(Some("4")).is_err());
    assert_eq!((of(Some("5")), of(None)), (Ok(Some(5)), Ok(Some(10))));
    plan.size.default = None;
    let given = Given {
        usual: Some(30),
        ..Given::default()
    };
    assert_eq!(ask(&plan, given).unwrap().size, Some(25));
}

#[test]
fn pages_may_be_counted_from_zero() {
    let mut plan = plan(Style::Page);
    plan.first = Some(0);
    let list = Selection::Whole(25);
    let of = |position| {
        let given = Given {
            position: Some(position),
            ..Given::default()
        };
        located(&ask(&plan, given).unwrap(), &list).cut(Style::Page, 0, &list)
    };
    let first = of("0");
    assert_eq!(
        (first.items.clone(), first.number, first.last),
        (0..10, 0, 2)
    );
    assert_eq!((first.pages, first.previous), (3, None));
    let last = of("2");
    assert_eq!((last.items, last.number, last.has_more), (20..25, 2, false));
    assert_eq!(last.previous, Some(Place::Number(1)));
}

#[test]
fn one_size_may_ask_for_everything() {
    for (style, beyond) in [(Style::Offset, "30"), (Style::Page, "2")] {
        let mut plan = plan(style);
        plan.size.all = Some(0);
        let all = Given {
            size: Some("0"),
            ..Given::default()
        };
        let page = cut(&ask(&plan, all).unwrap(), style, 30);
        assert_eq!(
            (page.items.clone(), page.has_more, page.number, page.last),
            (0..30, false, 1, 1)
        );
        let given = Given {
            position: Some(beyond),
            ..all
        };
        assert!(cut(&ask(&plan, given).unwrap(), style, 30).items.is_empty());
        let capped = Given {
            cap: Some(7),
            ..all
        };
        assert_eq!(cut(&ask(&plan, capped).unwrap(), style, 30).items, 0..7);
    }
}
