//! The JSON codec against `serde_json`: the same texts are taken and refused, and the same values
//! come out.

use specwright_runtime::{FromJson, JsonReader, Value, from_slice, to_vec};

/// Texts that are JSON.
const VALID: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-0.0",
    "1",
    "-1",
    "12345678901234567890",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775808",
    "-9223372036854775809",
    "9223372036854775807",
    "123456789012345678901234567890",
    "0.1",
    "1.0",
    "1e2",
    "1E2",
    "1e+2",
    "1e-2",
    "1.5e300",
    "1e308",
    "5e-324",
    "1e-400",
    "0e999999",
    "0.000000000000000000000000000000000000000000001",
    "3.141592653589793238462643383279",
    "\"\"",
    "\"plain\"",
    "\"é 😀 \u{7f} \u{2028}\"",
    r#""\"\\\/\b\f\n\r\t""#,
    r#""\u0000\u001f\u00e9\uD83D\uDE00""#,
    r#""eight by" "#,
    r#""exactly 16 bytes""#,
    "[]",
    "[ ]",
    "[1]",
    "[1,2 , 3]",
    "[[],[[]],[[],[]]]",
    "{}",
    "{ }",
    r#"{"a":1}"#,
    r#"{"a" : 1 , "b":[{}]}"#,
    r#"{"a":1,"a":2}"#,
    r#"{"":{"\u0061":null}}"#,
    " \t\r\n1 \t\r\n",
    r#"{"nested":{"deep":[1,{"deeper":[true,false,null,"x",-1.5e-3]}]}}"#,
];

/// Texts that are not.
const INVALID: &[&str] = &[
    "",
    " ",
    "nul",
    "nulll",
    "tru",
    "True",
    "falsey",
    "NaN",
    "Infinity",
    "-Infinity",
    "-",
    "+1",
    "01",
    "-01",
    "00",
    "1.",
    ".5",
    "1.e2",
    "1e",
    "1e+",
    "1e-",
    "1.5.5",
    "0x10",
    "1_000",
    "1 2",
    "--1",
    "- 1",
    "1,",
    "\"",
    "\"abc",
    "'a'",
    "\"\\\"",
    "\"\\x\"",
    "\"\\u12\"",
    "\"\\u12g4\"",
    "\"\\U0041\"",
    "\"a\nb\"",
    "\"a\tb\"",
    "\"\u{0}\"",
    "\"\u{1f}\"",
    r#""\uD800""#,
    r#""\uD800x""#,
    r#""\uD800\n""#,
    r#""\uD800\uD800""#,
    r#""\uDC00""#,
    r#""\uDC00\uD800""#,
    "[",
    "]",
    "[1",
    "[1,",
    "[1,]",
    "[,1]",
    "[1 2]",
    "[1}",
    "[1]]",
    "{",
    "}",
    "{\"a\"",
    "{\"a\":",
    "{\"a\":1",
    "{\"a\":1,",
    "{\"a\":1,}",
    "{,}",
    "{\"a\" 1}",
    "{\"a\":1 \"b\":2}",
    "{a:1}",
    "{1:2}",
    "{\"a\":1]",
    "{\"a\"::1}",
    "{}{}",
    "{} x",
    "[] []",
    "// c\n1",
    "/* c */1",
    "1 // c",
    "\u{a0}1",
    "\u{b}1",
    "1e999",
    "-1e999",
    "\u{feff}\u{feff}1",
];

fn skips(text: &[u8]) -> bool {
    let mut json = JsonReader::new(text);
    json.skip().and_then(|()| json.finish()).is_ok()
}

#[track_caller]
fn agrees(text: &[u8]) {
    let ours = from_slice::<Value>(text).ok();
    let theirs = serde_json::from_slice::<Value>(text).ok();
    let shown = String::from_utf8_lossy(text);
    assert_eq!(ours, theirs, "{shown}");
    if ours.is_some() {
        assert!(skips(text), "{shown}");
    }
}

#[test]
fn valid_texts_give_the_same_values() {
    for text in VALID {
        assert!(from_slice::<Value>(text.as_bytes()).is_ok(), "{text}");
        agrees(text.as_bytes());
    }
}

#[test]
fn invalid_texts_are_refused_read_or_skipped() {
    for text in INVALID {
        assert!(from_slice::<Value>(text.as_bytes()).is_err(), "{text}");
        assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
        // What is not read need not be text nor fit a float; see the next test.
        if !text.contains("\\uD") && !text.contains("1e999") {
            assert!(!skips(text.as_bytes()), "{text}");
        }
    }
}

#[test]
fn what_is_skipped_need_not_have_a_rust_value() {
    for text in [r#""\uD800""#, r#""\uDC00\uD800""#, "1e999", "-1e999"] {
        assert!(skips(text.as_bytes()), "{text}");
        assert!(
            serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok(),
            "{text}"
        );
    }
}

#[test]
fn every_valid_text_cut_short_is_refused() {
    for text in VALID {
        for end in 0..text.len() {
            agrees(&text.as_bytes()[..end]);
        }
    }
}

#[test]
fn every_valid_text_with_one_byte_changed_is_treated_alike() {
    for text in VALID {
        for place in 0..text.len() {
            for byte in [
                0, b' ', b'"', b'\\', b'{', b'}', b'[', b']', b',', b':', b'0', b'9', b'-', b'.',
                b'e', b'u', 0x80, 0xff,
            ] {
                let mut changed = text.as_bytes().to_vec();
                changed[place] = byte;
                agrees(&changed);
            }
        }
    }
}

#[test]
fn text_that_is_not_utf8_is_refused() {
    for text in [
        &b"\"\xff\""[..],
        b"\"\xc3\"",
        b"\"\xc0\x80\"",
        b"\"\xed\xa0\x80\"",
        b"\"\xf4\x90\x80\x80\"",
        b"1\xff",
        b"\xff1",
        b"{\"\xff\":1}",
        b"[1,\xe9]",
    ] {
        agrees(text);
        assert!(!skips(text));
        assert!(from_slice::<Value>(text).is_err());
    }
}

#[test]
fn nesting_is_limited_and_never_overflows_the_stack() {
    for open in ["[", "{\"a\":"] {
        let close = if open == "[" { "]" } else { "}" };
        for (depth, fits) in [(127, true), (128, true), (129, false), (100_000, false)] {
            let text = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            assert_eq!(
                from_slice::<Value>(text.as_bytes()).is_ok(),
                fits,
                "{depth} of {open}"
            );
            assert_eq!(skips(text.as_bytes()), fits, "{depth} of {open}");
        }
        let unclosed = open.repeat(1_000_000);
        let error = from_slice::<Value>(unclosed.as_bytes()).unwrap_err();
        assert_eq!(error.message(), "nested deeper than 128 levels");
    }
}

#[test]
fn a_byte_order_mark_at_the_start_is_passed_over() {
    assert_eq!(
        from_slice::<Value>(b"\xef\xbb\xbf {\"a\": 1}").unwrap(),
        serde_json::json!({"a": 1})
    );
}

#[test]
fn what_is_written_is_read_by_both_as_the_same_value() {
    for text in VALID {
        let value: Value = from_slice(text.as_bytes()).unwrap();
        let written = to_vec(&value).unwrap();
        assert_eq!(written, serde_json::to_vec(&value).unwrap(), "{text}");
        assert_eq!(from_slice::<Value>(&written).unwrap(), value);
    }
}

#[test]
fn numbers_are_the_same_to_the_last_bit() {
    fn same<T: FromJson + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(text: &str) {
        let theirs = serde_json::from_str::<T>(text).ok();
        assert_eq!(from_slice::<T>(text.as_bytes()).ok(), theirs, "{text}");
    }
    // A fixed sequence of unremarkable numbers.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..20_000 {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let float = f64::from_bits(state);
        if float.is_finite() {
            let text = format!("{float:e}");
            let read: f64 = from_slice(text.as_bytes()).unwrap();
            assert_eq!(read.to_bits(), float.to_bits(), "{text}");
        }
        let integer = (state >> (state % 64)).to_string();
        same::<i64>(&integer);
        same::<u64>(&integer);
        same::<i32>(&integer);
        same::<u8>(&integer);
        if integer != "0" {
            // `-0` is an integer for us alone.
            same::<i64>(&format!("-{integer}"));
            same::<i8>(&format!("-{integer}"));
        }
    }
}
