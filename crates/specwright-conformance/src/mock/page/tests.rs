//! Walks and odd requests.

use specwright_openapi::{
    diagnostics::Pointer,
    pagination::{PagePlan, PageSize, RequestPlace, RequestPlan, ResponsePlan, Style},
};

use super::*;

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

fn read(style: Style, position: &str, size: &str) -> Result<Ask, Refusal> {
    Ask::read(
        &plan(style),
        Query {
            position: Some(position),
            size: Some(size),
            ..Query::default()
        },
    )
}

fn page(style: Style, position: Option<&str>, size: &str, count: usize) -> Page {
    let query = Query {
        position,
        size: Some(size),
        ..Query::default()
    };
    Ask::read(&plan(style), query).unwrap().cut(style, count)
}

fn cursor(place: Option<&Place>) -> Option<String> {
    match place? {
        Place::Cursor(cursor) => Some(cursor.encode()),
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
fn the_page_before_the_end_has_a_next_one_without_items() {
    let end = Cursor::backward(30).encode();
    let last = page(Style::Bidirectional, Some(&end), "7", 30);
    assert_eq!((last.items.clone(), last.has_more), (23..30, false));
    let next = cursor(last.next.as_ref()).unwrap();
    assert!(
        page(Style::Bidirectional, Some(&next), "7", 30)
            .items
            .is_empty()
    );
}

#[test]
fn the_page_before_an_unaligned_place_is_shorter_at_the_start() {
    let start = Cursor::backward(3).encode();
    let page = page(Style::Bidirectional, Some(&start), "7", 30);
    assert_eq!((page.items, page.previous), (0..3, None));
}

#[test]
fn an_empty_page_has_no_neighbours() {
    for cursor in [Cursor::forward(99), Cursor::backward(0)] {
        let page = page(Style::Bidirectional, Some(&cursor.encode()), "7", 30);
        assert!(page.items.is_empty());
        assert_eq!((page.next, page.previous), (None, None));
    }
}

#[test]
fn a_cursor_that_cannot_be_read_is_no_cursor() {
    for style in [Style::Cursor, Style::Bidirectional] {
        for text in ["", "broken", "20", "%"] {
            assert_eq!(page(style, Some(text), "7", 30), page(style, None, "7", 30));
        }
    }
    let backward = Cursor::backward(14).encode();
    assert_eq!(page(Style::Cursor, Some(&backward), "7", 30).items, 0..7);
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
            read(Style::Offset, wrong, "7").unwrap_err().parameter,
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
    for wrong in ["0", "-1", "x", "", "1.0", "1e1"] {
        assert_eq!(of(wrong).unwrap_err().parameter, "size", "{wrong}");
    }
    let default = Ask::read(&plan(Style::Offset), Query::default()).unwrap();
    assert_eq!(default.size, Some(10));
    let strict = Query {
        size: Some("26"),
        strict: true,
        ..Query::default()
    };
    assert!(Ask::read(&plan(Style::Offset), strict).is_err());
    let capped = Query {
        size: Some("20"),
        cap: Some(7),
        ..Query::default()
    };
    assert_eq!(
        Ask::read(&plan(Style::Offset), capped).unwrap().size,
        Some(7)
    );
}

#[test]
fn one_size_may_ask_for_everything() {
    for (style, beyond) in [(Style::Offset, "30"), (Style::Page, "2")] {
        let mut plan = plan(style);
        plan.size.all = Some(0);
        let all = Query {
            size: Some("0"),
            ..Query::default()
        };
        let page = Ask::read(&plan, all).unwrap().cut(style, 30);
        assert_eq!(
            (page.items.clone(), page.has_more, page.number, page.last),
            (0..30, false, 1, 1)
        );
        let after = Ask::read(
            &plan,
            Query {
                position: Some(beyond),
                ..all
            },
        )
        .unwrap()
        .cut(style, 30);
        assert!(after.items.is_empty());
        let capped = Ask::read(
            &plan,
            Query {
                cap: Some(7),
                ..all
            },
        )
        .unwrap()
        .cut(style, 30);
        assert_eq!(capped.items, 0..7);
    }
}
