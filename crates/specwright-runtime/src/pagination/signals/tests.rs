//! Signals from headers, links and raw bodies.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, StatusCode};

use super::super::plan::Place;
use super::*;

fn response(headers: &[(&'static str, &str)], body: &'static str) -> RawResponse {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(HeaderName::from_static(name), value.parse().unwrap());
    }
    RawResponse::new(
        "list",
        StatusCode::OK,
        map,
        Bytes::from_static(body.as_bytes()),
    )
}

const ALL: &[(Signal, &str)] = &[
    (Signal::Next, "x-next"),
    (Signal::Previous, "x-previous"),
    (Signal::HasMore, "x-more"),
    (Signal::Current, "x-page"),
    (Signal::Last, "x-pages"),
    (Signal::Total, "x-total"),
    (Signal::Size, "x-size"),
];

static CURSOR: PagePlan = PagePlan::new(PageStyle::Cursor)
    .position(Place::Query("cursor"))
    .header(ALL);

#[test]
fn headers_are_trimmed_and_what_is_typed_counts_first() {
    let response = response(
        &[
            ("x-next", " abc "),
            ("x-previous", ""),
            ("x-more", "TRUE"),
            ("x-page", " 2 "),
            ("x-pages", "many"),
            ("x-total", "250"),
            ("x-size", "25"),
        ],
        "{}",
    );
    let typed = Signals {
        total: Some(7),
        ..Signals::default()
    };
    let said = Said::read(&CURSOR, &response, typed);
    let expected = Signals {
        next: Some("abc".into()),
        previous: Some("".into()),
        has_more: Some(true),
        current: Some(2),
        last: None,
        total: Some(7),
        size: Some(25),
    };
    assert_eq!(said.signals, expected);
    assert!(!said.is_number);
}

#[test]
fn flags_in_headers_are_words_or_digits() {
    static LAST: PagePlan = PagePlan::new(PageStyle::Cursor).header(&[(Signal::IsLast, "x-last")]);
    for (text, flag) in [("true", Some(true)), ("0", Some(false)), ("maybe", None)] {
        let more = response(&[("x-more", text)], "");
        let said = Said::read(&CURSOR, &more, Signals::default());
        assert_eq!(said.signals.has_more, flag, "{text}");
        let last = response(&[("x-last", text)], "");
        let said = Said::read(&LAST, &last, Signals::default());
        assert_eq!(said.signals.has_more, flag.map(|flag| !flag), "{text}");
    }
}

#[test]
fn pointers_take_texts_numbers_and_links() {
    static PLAN: PagePlan = PagePlan::new(PageStyle::Cursor).pointers(&[
        (Signal::Next, "/meta/next"),
        (Signal::Total, "/meta/total"),
        (Signal::HasMore, "/meta/more"),
    ]);
    for (body, next, is_number) in [
        (r#"{"meta": {"next": "a"}}"#, Some("a"), false),
        (r#"{"meta": {"next": 12}}"#, Some("12"), true),
        (r#"{"meta": {"next": {"href": "/b"}}}"#, Some("/b"), false),
        (r#"{"meta": {"next": null}}"#, None, false),
        (r#"{"meta": {"next": ["a"]}}"#, None, false),
        (r#"{"meta": null}"#, None, false),
        ("[]", None, false),
    ] {
        let response = response(&[], body);
        let said = Said::read(&PLAN, &response, Signals::default());
        assert_eq!(said.signals.next.as_deref(), next, "{body}");
        assert_eq!(said.is_number, is_number, "{body}");
    }
    for (value, more) in [
        ("true", true),
        ("false", false),
        ("null", false),
        ("0", false),
        ("1", true),
        ("\"\"", false),
        ("\"/next\"", true),
        ("{}", false),
        ("{\"href\": \"/n\"}", true),
        ("[]", false),
    ] {
        let body = format!("{{\"meta\": {{\"more\": {value}, \"total\": \" 9 \"}}}}");
        let response = response(&[], Box::leak(body.into_boxed_str()));
        let said = Said::read(&PLAN, &response, Signals::default());
        assert_eq!(said.signals.has_more, Some(more), "{value}");
        assert_eq!(said.signals.total, Some(9));
    }
}

#[test]
fn the_last_page_by_pointer_is_the_opposite_of_more() {
    static PLAN: PagePlan = PagePlan::new(PageStyle::Page).pointers(&[(Signal::IsLast, "/last")]);
    for (body, more) in [
        ("{\"last\": true}", Some(false)),
        ("{\"last\": false}", Some(true)),
        ("{\"last\": 1}", Some(false)),
        ("{\"last\": \"false\"}", Some(true)),
        ("{\"last\": {}}", None),
        ("{}", None),
    ] {
        let response = response(&[], body);
        let said = Said::read(&PLAN, &response, Signals::default());
        assert_eq!(said.signals.has_more, more, "{body}");
    }
}

#[test]
fn a_declared_next_that_is_absent_ends_what_is_counted_and_no_other_style() {
    static OFFSET: PagePlan = PagePlan::new(PageStyle::Offset).header(&[(Signal::Next, "x-next")]);
    let silent = response(&[], "{}");
    let next = |plan| Said::read(plan, &silent, Signals::default()).signals.next;
    assert_eq!(next(&OFFSET).as_deref(), Some(""));
    assert_eq!(next(&CURSOR), None);
}

static LINK: PagePlan = PagePlan::new(PageStyle::Link);

fn links(lines: &[&str]) -> Relations {
    let lines: Vec<_> = lines.iter().map(|line| ("link", *line)).collect();
    Said::read(&LINK, &response(&lines, "[]"), Signals::default()).relations
}

#[test]
fn links_come_in_several_lines_and_several_on_a_line() {
    let relations = links(&[
        r#"<https://h/a?page=3>; rel="next", <https://h/a?page=9>; rel=last"#,
        r#"<https://h/a?page=1>;title="first, \"so to say\"; rel=next"; REL="first start" ,<?page=1>; rel="prev""#,
    ]);
    assert_eq!(relations.next.as_deref(), Some("https://h/a?page=3"));
    assert_eq!(relations.last.as_deref(), Some("https://h/a?page=9"));
    assert_eq!(relations.first.as_deref(), Some("https://h/a?page=1"));
    assert_eq!(relations.previous.as_deref(), Some("?page=1"));
}

#[test]
fn relations_have_no_case_and_the_first_rel_of_a_link_counts() {
    let relations =
        links(&["</n>; rel=NEXT; rel=prev, </p>; rel=\"other Previous\", </n2>; rel=next"]);
    assert_eq!(relations.next.as_deref(), Some("/n"));
    assert_eq!(relations.previous.as_deref(), Some("/p"));
}

#[test]
fn links_with_another_context_and_broken_lines_are_left_out() {
    assert_eq!(
        links(&["</x>; rel=next; anchor=\"/other\", </y>; rel=item"]),
        Relations::default()
    );
    for line in [
        "",
        "next",
        "</x",
        "</x>",
        "</x>; rel",
        "</x>; rel=\"",
        ",,",
        "</x>; =next",
        ";",
    ] {
        assert_eq!(links(&[line]), Relations::default(), "{line}");
    }
    assert_eq!(
        links(&["garbage </x>; rel=next", "</y>; rel=next"])
            .next
            .as_deref(),
        Some("/y")
    );
    assert_eq!(links(&["</z>; rel=\"next"]).next.as_deref(), Some("/z"));
    assert_eq!(
        links(&["< /a,b;c=d >;;rel=next"]).next.as_deref(),
        Some("/a,b;c=d")
    );
}

#[test]
fn a_link_header_as_a_signal_is_read_by_its_relations() {
    static PAGE: PagePlan =
        PagePlan::new(PageStyle::Page).header(&[(Signal::Next, "link"), (Signal::HasMore, "Link")]);
    let last = response(&[("link", "</a?page=1>; rel=prev")], "[]");
    let said = Said::read(&PAGE, &last, Signals::default());
    assert_eq!(
        (said.signals.next.as_deref(), said.signals.has_more),
        (Some(""), Some(false))
    );
    let middle = response(&[("link", "</a?page=3>; rel=next")], "[]");
    let said = Said::read(&PAGE, &middle, Signals::default());
    assert_eq!(
        (said.signals.next.as_deref(), said.signals.has_more),
        (Some("/a?page=3"), Some(true))
    );
}
