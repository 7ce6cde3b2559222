//! Small texts, and what edits make of them.

use serde_json::json;

use super::*;

fn at(pointer: &str) -> Pointer {
    Pointer::parse(pointer).unwrap()
}

fn remove(pointer: &str) -> Edit {
    Edit::Remove(at(pointer))
}

fn replace(pointer: &str, value: Json) -> Edit {
    Edit::Replace(at(pointer), value)
}

fn quote(pointer: &str) -> Edit {
    Edit::Quote(at(pointer))
}

fn rename(pointer: &str, name: &str) -> Edit {
    Edit::Rename(at(pointer), name.to_owned())
}

fn append(pointer: &str, value: Json) -> Edit {
    Edit::Append(at(pointer), value)
}

fn insert(pointer: &str, key: &str, value: Json) -> Edit {
    Edit::Insert(at(pointer), key.to_owned(), value)
}

/// The text after one group of edits, which has to be done.
#[track_caller]
fn becomes(text: &str, edits: Vec<Edit>, expected: &str) {
    let edited = apply("a", text, std::slice::from_ref(&edits)).unwrap();
    assert_eq!(edited.text, expected, "{edits:?}");
    assert_eq!(edited.done, [true], "{edits:?}");
}

#[track_caller]
fn is_refused(text: &str, edit: Edit) {
    let edited = apply("a", text, &[vec![edit.clone()]]).unwrap();
    assert_eq!(edited.done, [false], "{edit:?} gave\n{}", edited.text);
    assert_eq!(edited.text, text);
}

#[test]
fn members_and_elements_of_yaml_blocks_go_with_their_lines() {
    let text = "# top\na: 1 # one\nb:\n  # about c\n  c: |\n    long\n\n    text\n\n  d: [1, 2]   # flow\nlist:\n- x\n- # empty\n-\n  y: 1\n-   z\ne:\n";
    for (pointer, gone) in [
        ("/a", "a: 1 # one\n"),
        ("/b/c", "  c: |\n    long\n\n    text\n"),
        ("/b/d", "  d: [1, 2]   # flow\n"),
        ("/list/0", "- x\n"),
        ("/list/1", "- # empty\n"),
        ("/list/2", "-\n  y: 1\n"),
        ("/list/3", "-   z\n"),
        ("/e", "e:\n"),
        ("/list", "list:\n- x\n- # empty\n-\n  y: 1\n-   z\n"),
    ] {
        assert_eq!(text.matches(gone).count(), 1, "{pointer}");
        becomes(text, vec![remove(pointer)], &text.replace(gone, ""));
    }
}

#[test]
fn several_removals_are_done_together() {
    becomes(
        "a:\n  - 1\n  - 2\n  - 3\n  - 4\n",
        vec![remove("/a/1"), remove("/a/3"), remove("/a/0")],
        "a:\n  - 3\n",
    );
    becomes(
        "a: [1, 2, 3, 4, 5]\n",
        vec![remove("/a/1"), remove("/a/3"), remove("/a/4")],
        "a: [1, 3]\n",
    );
    becomes(
        r#"{"a":[1,2,3],"b":2,"c":3}"#,
        vec![remove("/a/2"), remove("/a/0"), remove("/c")],
        r#"{"a":[2],"b":2}"#,
    );
}

#[test]
fn the_first_member_beside_a_dash_gives_its_place_to_the_next() {
    becomes(
        "- a: 1 # one\n  b: 2\n- c: 3\n  d: 4\n",
        vec![remove("/0/a"), remove("/1/d")],
        "- b: 2\n- c: 3\n",
    );
    becomes("- - a\n  - b\n", vec![remove("/0/1")], "- - a\n");
}

#[test]
fn line_breaks_stay_what_they_are() {
    becomes(
        "a: 1\r\nb: 2\r\nc: 3\r\n",
        vec![remove("/b")],
        "a: 1\r\nc: 3\r\n",
    );
    becomes("a: 1\nb: 2", vec![remove("/b")], "a: 1");
    becomes("a: 1\r\nb: 2", vec![remove("/b")], "a: 1");
    becomes(
        "a:\r\n  - x\r\n",
        vec![append("/a", json!(null))],
        "a:\r\n  - x\r\n  - null\r\n",
    );
    becomes("a:\n- x", vec![append("/a", json!("z"))], "a:\n- x\n- z");
}

#[test]
fn elements_in_brackets_go_with_their_comma() {
    for (text, pointer, expected) in [
        ("a: [x, y, z] # c\n", "/a/0", "a: [y, z] # c\n"),
        ("a: [x, y, z] # c\n", "/a/1", "a: [x, z] # c\n"),
        ("a: [x, y, z] # c\n", "/a/2", "a: [x, y] # c\n"),
        ("a: [ x, y, ]\n", "/a/1", "a: [ x, ]\n"),
        ("a: [\n  x,\n  y,\n]\n", "/a/1", "a: [\n  x,\n]\n"),
        (
            "a: [\n  x, # one\n  y, # two\n]\n",
            "/a/1",
            "a: [\n  x, # one\n]\n",
        ),
        ("a: { x: 1, y: {z: 2} }\n", "/a/y", "a: { x: 1 }\n"),
        ("a: {x: 1, y, z: 3}\n", "/a/y", "a: {x: 1, z: 3}\n"),
        ("a: {x: 1}\n", "/a/x", "a: {}\n"),
        ("a: ['x', 'y'] # c\n", "/a/1", "a: ['x'] # c\n"),
        (
            "a: [\n  'x', # one\n  \"y\" # two\n]\n",
            "/a/0",
            "a: [\n  \"y\" # two\n]\n",
        ),
        (
            "a: [\n  'x' # one\n  , \"y\" # two\n]\n",
            "/a/1",
            "a: [\n  'x' # one\n   # two\n]\n",
        ),
        ("a: [x, y,\n  z]\n", "/a/1", "a: [x,\n  z]\n"),
        ("a: [x, y,\n  z]\n", "/a/2", "a: [x, y]\n"),
        (
            "a: [\n  x, # one\n  y, # two\n  # three\n  z # four\n]\n",
            "/a/1",
            "a: [\n  x, # one\n  # three\n  z # four\n]\n",
        ),
        (
            "a: [\n  x, # one\n  y, # two\n  # three\n  z # four\n]\n",
            "/a/2",
            "a: [\n  x, # one\n  y # two\n  # three\n]\n",
        ),
        (
            "{\n  \"a\": 1,\n  \"b\": [\n    true\n  ],\n  \"c\": \"}\"\n}\n",
            "/b",
            "{\n  \"a\": 1,\n  \"c\": \"}\"\n}\n",
        ),
        (
            "{\n  \"a\": 1,\n  \"b\": [\n    true\n  ],\n  \"c\": \"}\"\n}\n",
            "/c",
            "{\n  \"a\": 1,\n  \"b\": [\n    true\n  ]\n}\n",
        ),
        (
            "{\n  \"a\": 1,\n  \"b\": [\n    true\n  ],\n  \"c\": \"}\"\n}\n",
            "/b/0",
            "{\n  \"a\": 1,\n  \"b\": [],\n  \"c\": \"}\"\n}\n",
        ),
        (r#"{"a":1,"b":2}"#, "/a", r#"{"b":2}"#),
    ] {
        becomes(text, vec![remove(pointer)], expected);
    }
}

#[test]
fn values_are_replaced_in_the_manner_of_the_old_ones() {
    for (text, value, expected) in [
        ("a: x # c\n", json!("z"), "a: z # c\n"),
        ("a: x\n", json!("y"), "a: 'y'\n"),
        ("a: 'x'  # c\n", json!("z"), "a: 'z'  # c\n"),
        ("a: \"x\" # c \"d\"\n", json!("z"), "a: \"z\" # c \"d\"\n"),
        ("a: 'it''s' # c\n", json!("z"), "a: 'z' # c\n"),
        ("a: \"x\\\"\\\\\" # c\n", json!("z"), "a: \"z\" # c\n"),
        ("a: !!str 'x' # c\n", json!("z"), ""),
        ("a: x\n", json!("no"), "a: 'no'\n"),
        ("a: x\n", json!("it's: 1"), "a: 'it''s: 1'\n"),
        ("a: x\n", json!("two\nlines"), "a: \"two\\nlines\"\n"),
        ("a: 'x'\n", json!("y"), "a: 'y'\n"),
        ("a: \"x\"\n", json!("y"), "a: \"y\"\n"),
        ("a: \"x\"\n", json!(true), "a: true\n"),
        (
            "a: https://cats.test/\n",
            json!("https://cats.test"),
            "a: https://cats.test\n",
        ),
        ("a: x\n", json!(["x", "null"]), "a: [x, 'null']\n"),
        ("a: \"x\"\n", json!(["x", "null"]), "a: [\"x\", \"null\"]\n"),
        ("a: one\n  two\n", json!({"b": 1}), "a: {b: 1}\n"),
        ("{\"a\": 1}", json!(["x", null]), "{\"a\": [\"x\", null]}"),
        ("{\"a\":1}", json!(["x", null]), "{\"a\":[\"x\",null]}"),
        ("{\"a\":{}}", json!({"b": 1}), "{\"a\":{\"b\":1}}"),
    ] {
        if expected.is_empty() {
            is_refused(text, replace("/a", value));
            continue;
        }
        becomes(text, vec![replace("/a", value)], expected);
    }
}

#[test]
fn quotes_keep_what_is_written() {
    for (text, expected) in [
        ("a: 1.10 # c\n", "a: '1.10' # c\n"),
        ("a: 1.0\n", "a: '1.0'\n"),
        ("a: {b: 2}\nc: 1\n", "a: {b: 2}\nc: 1\n"),
        ("a: +1e3\n", "a: '+1e3'\n"),
        ("a: True\n", "a: 'True'\n"),
        ("{a: 0x1F, b: 2}\n", "{a: '0x1F', b: 2}\n"),
        ("{\"a\":1.10}", "{\"a\":\"1.10\"}"),
        ("{ \"a\" : false }", "{ \"a\" : \"false\" }"),
    ] {
        if text == expected {
            is_refused(text, quote("/a"));
        } else {
            becomes(text, vec![quote("/a")], expected);
        }
    }
    is_refused("a: x\n", quote("/a"));
    is_refused("a:\n", quote("/a"));
    is_refused("a: ~\n", quote("/a"));
}

#[test]
fn keys_are_renamed_in_their_quotes() {
    for (text, expected) in [
        ("4xx: a # c\n", "4XX: a # c\n"),
        ("'4xx': a\n", "'4XX': a\n"),
        ("\"4xx\" : # c\n  - a\n", "\"4XX\" : # c\n  - a\n"),
        ("b: 1\n\"4xx\":\n  c: 1\n", "b: 1\n\"4XX\":\n  c: 1\n"),
        ("{4xx: a}\n", "{4XX: a}\n"),
        ("{\"4xx\":1}", "{\"4XX\":1}"),
    ] {
        becomes(text, vec![rename("/4xx", "4XX")], expected);
    }
    is_refused("4xx: 1\n4XX: 2\n", rename("/4xx", "4XX"));
}

#[test]
fn a_member_can_get_both_another_key_and_another_value() {
    becomes(
        "xml: {attribute: true}\n",
        vec![
            rename("/xml/attribute", "nodeType"),
            replace("/xml/attribute", json!("attribute")),
        ],
        "xml: {nodeType: attribute}\n",
    );
}

#[test]
fn elements_are_added_in_the_manner_of_the_last() {
    for (text, expected) in [
        ("a: [x, y] # c\n", "a: [x, y, null] # c\n"),
        ("a: [x,y]\n", "a: [x,y,null]\n"),
        ("a: [x]\n", "a: [x, null]\n"),
        ("a: [ x, ]\n", "a: [ x, null, ]\n"),
        ("a: []\n", "a: [null]\n"),
        ("a: [x,\n  y]\n", "a: [x,\n  y, null]\n"),
        (
            "a: [\n  x,\n  y # c\n]\n",
            "a: [\n  x,\n  y, # c\n  null\n]\n",
        ),
        (
            "a: [\n  x,\n  y, # c\n]\n",
            "a: [\n  x,\n  y, # c\n  null,\n]\n",
        ),
        (
            "a:\n- x # c\n# d\nb: 1\n",
            "a:\n- x # c\n- null\n# d\nb: 1\n",
        ),
        (
            "a: [\n  'x', # c\n  \"y\" # d\n]\n",
            "a: [\n  'x', # c\n  \"y\", # d\n  null\n]\n",
        ),
        ("a:\n- 'x' # c\n", "a:\n- 'x' # c\n- null\n"),
        ("a:\n  -   x\n", "a:\n  -   x\n  - null\n"),
        (
            "a:\n  - b: |\n      x\nc: 1\n",
            "a:\n  - b: |\n      x\n  - null\nc: 1\n",
        ),
        ("{\"a\": [1]}", "{\"a\": [1, null]}"),
        ("{\"a\":[1]}", "{\"a\":[1,null]}"),
        ("{\"a\":[1,2]}", "{\"a\":[1,2,null]}"),
        (
            "{\n  \"a\": [\n    1,\n    2\n  ]\n}",
            "{\n  \"a\": [\n    1,\n    2,\n    null\n  ]\n}",
        ),
    ] {
        becomes(text, vec![append("/a", json!(null))], expected);
    }
    becomes(
        "a: [\"x\"]\n",
        vec![append("/a", json!("null"))],
        "a: [\"x\", \"null\"]\n",
    );
    becomes(
        "a:\n- - x\n  - y\n",
        vec![append("/a/0", json!("null"))],
        "a:\n- - x\n  - y\n  - 'null'\n",
    );
    becomes(
        "a: [x, x]\n",
        vec![remove("/a/1"), append("/a", json!(1))],
        "a: [x, 1]\n",
    );
    is_refused("a: {}\n", append("/a", json!(1)));
    is_refused("a: x\n", append("/a", json!(1)));
    is_refused("a:\n", append("/a", json!(1)));
}

#[test]
fn members_are_added_in_the_manner_of_the_last() {
    for (text, expected) in [
        (
            "p:\n  - name: id # c\n    in: path\n  - b\n",
            "p:\n  - name: id # c\n    in: path\n    required: true\n  - b\n",
        ),
        (
            "p: [{name: id, schema: {}}]\n",
            "p: [{name: id, schema: {}, required: true}]\n",
        ),
        (
            "{\"p\":[{\"in\":\"path\"}]}",
            "{\"p\":[{\"in\":\"path\",\"required\":true}]}",
        ),
        (
            "{\n  \"p\": [\n    {\n      \"in\": \"path\"\n    }\n  ]\n}\n",
            "{\n  \"p\": [\n    {\n      \"in\": \"path\",\n      \"required\": true\n    }\n  ]\n}\n",
        ),
    ] {
        becomes(
            text,
            vec![insert("/p/0", "required", json!(true))],
            expected,
        );
    }
    is_refused("a: {b: 1}\n", insert("/a", "b", json!(1)));
    is_refused("a: [b]\n", insert("/a", "b", json!(1)));
}

#[test]
fn what_is_not_safe_is_refused() {
    for (text, edit) in [
        // The only ones of a block would leave `null`.
        ("a:\n  b: 1\n", remove("/a/b")),
        ("a:\n  - b\n", remove("/a/0")),
        // Those through an alias or a merge key stand elsewhere.
        ("a: &x {c: 1, d: 2}\nb: *x\n", remove("/b/c")),
        ("a: &x {c: 1, d: 2}\nb: {<<: *x}\n", remove("/b/c")),
        ("a: &x {c: 1, d: 2}\nb: *x\n", replace("/b/c", json!(2))),
        // What is shared changes in more than one place.
        ("a: &x {c: 1, d: 2}\nb: *x\n", remove("/a/c")),
        ("a: &x\n  c: 1\n  d: 2\nb: *x\n", quote("/a/c")),
        ("a: &x 1\nb: *x\n", quote("/a")),
        ("a: &x 1\nb: *x\n", remove("/a")),
        ("a: !!int 1\n", quote("/a")),
        // Two dashes in one line.
        ("- - a\n  - b\n", remove("/0/0")),
        // A key that is there twice.
        ("a: 1\na: 2\n", remove("/a")),
        // A comment between the two would be lost.
        ("- a: 1\n  # about b\n  b: 2\n", remove("/0/a")),
        ("? a\n: 1\nb: 2\n", remove("/a")),
        ("a: |\n  x\n", replace("/a", json!("y"))),
        ("a: 1\n", remove("/b")),
        ("a: 1\n", remove("")),
    ] {
        is_refused(text, edit);
    }
}

#[test]
fn a_group_is_done_as_a_whole_or_not_at_all() {
    let text = "a:\n  b: 1\nc: 2\nd: 3\n";
    let groups = [vec![quote("/c"), remove("/a/b")], vec![quote("/d")], vec![]];
    let edited = apply("a", text, &groups).unwrap();
    assert_eq!(edited.text, "a:\n  b: 1\nc: 2\nd: '3'\n");
    assert_eq!(edited.done, [false, true, false]);
}

#[test]
fn of_edits_that_meet_the_first_is_done() {
    let text = "a: 1\nb:\n  c: 2\n  d: 3\n";
    let groups = [vec![remove("/b")], vec![quote("/b/c")], vec![quote("/a")]];
    let edited = apply("a", text, &groups).unwrap();
    assert_eq!(edited.text, "a: '1'\n");
    assert_eq!(edited.done, [true, false, true]);
}

#[test]
fn one_edit_that_goes_wrong_does_not_keep_the_others_from_being_done() {
    let text = "a: &x 1\nb: *x\nc: 2\nd: 3\n";
    let groups = [vec![remove("/a")], vec![quote("/c")], vec![remove("/d")]];
    let edited = apply("a", text, &groups).unwrap();
    assert_eq!(edited.text, "a: &x 1\nb: *x\nc: '2'\n");
    assert_eq!(edited.done, [false, true, true]);
}

#[test]
fn texts_with_characters_of_several_bytes_are_cut_between_them() {
    becomes(
        "ä: \"é\" # ü\nö: [ß, 'ø', 1]\n",
        vec![remove("/ö/1"), quote("/ö/2")],
        "ä: \"é\" # ü\nö: [ß, '1']\n",
    );
}

#[test]
fn a_text_that_is_no_document_has_no_edits() {
    assert_eq!(apply("a.json", "{\"a\": ]", &[vec![remove("/a")]]), None);
}

#[test]
fn json_with_a_comma_too_many_is_edited_as_the_yaml_that_it_is_read_as() {
    let edited = apply("a.json", "{\"a\": [1, 1,],}\n", &[vec![remove("/a/1")]]).unwrap();
    assert_eq!(edited.text, "{\"a\": [1,],}\n");
}

/// Brackets have to be indented more than the key before them; the reader does not mind.
#[test]
fn brackets_may_close_at_the_indentation_of_their_key() {
    let text = "a:\n  b: {\n    \"c\": 1, # one\n    \"d\": [\n      \"2\"\n    ]\n  }\n  e: 2\nf: |\n  {\n  }\ng: 3\n";
    for (edit, old, new) in [
        (quote("/g"), "g: 3", "g: '3'"),
        (quote("/a/e"), "e: 2", "e: '2'"),
        (remove("/a/b/c"), "    \"c\": 1, # one\n", ""),
        (
            append("/a/b/d", json!(null)),
            "      \"2\"\n",
            "      \"2\",\n      null\n",
        ),
        (
            remove("/a/b"),
            "  b: {\n    \"c\": 1, # one\n    \"d\": [\n      \"2\"\n    ]\n  }\n",
            "",
        ),
    ] {
        becomes(text, vec![edit], &text.replace(old, new));
    }
}

#[test]
fn what_stands_before_a_place_that_only_the_reader_takes_is_edited() {
    // In brackets, lines have to be indented as well.
    let text = "a: 1\nb:\n  c: [\n\"d\",\n  \"f\"\n  ]\ne: 2\n";
    let groups = [vec![quote("/a")], vec![quote("/e")]];
    let edited = apply("a", text, &groups).unwrap();
    assert_eq!(edited.text, text.replace("a: 1", "a: '1'"));
    assert_eq!(edited.done, [true, false]);
}
