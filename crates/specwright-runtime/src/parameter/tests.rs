//! The texts of parameters, by style and place.

use super::{Parameter, Style};
use crate::json::{Map, ToJson, Tree};

/// The text of `value`, or `-` for nothing.
#[track_caller]
fn text(parameter: Parameter, value: &dyn ToJson) -> String {
    parameter
        .serialize(&Tree::of(value).unwrap())
        .unwrap_or_else(|| "-".to_owned())
}

fn colors() -> Vec<&'static str> {
    vec!["blue", "black", "brown"]
}

fn rgb() -> Map<String, u8> {
    [("R", 100), ("G", 200), ("B", 150)]
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}

/// The rows of the table in OpenAPI 3.0.4, "Style Examples": style, explode, empty string,
/// string, array, object.
#[test]
fn the_style_examples_of_openapi() {
    let path = Parameter::path("color");
    let query = Parameter::query("color");
    for (parameter, empty, string, array, object) in [
        (
            path.style(Style::Matrix).explode(false),
            ";color",
            ";color=blue",
            ";color=blue,black,brown",
            ";color=R,100,G,200,B,150",
        ),
        (
            path.style(Style::Matrix).explode(true),
            ";color",
            ";color=blue",
            ";color=blue;color=black;color=brown",
            ";R=100;G=200;B=150",
        ),
        (
            path.style(Style::Label).explode(false),
            ".",
            ".blue",
            ".blue,black,brown",
            ".R,100,G,200,B,150",
        ),
        (
            path.style(Style::Label).explode(true),
            ".",
            ".blue",
            ".blue.black.brown",
            ".R=100.G=200.B=150",
        ),
        (
            path.style(Style::Simple).explode(false),
            "",
            "blue",
            "blue,black,brown",
            "R,100,G,200,B,150",
        ),
        (
            path.style(Style::Simple).explode(true),
            "",
            "blue",
            "blue,black,brown",
            "R=100,G=200,B=150",
        ),
        (
            query.style(Style::Form).explode(false),
            "color=",
            "color=blue",
            "color=blue,black,brown",
            "color=R,100,G,200,B,150",
        ),
        (
            query.style(Style::Form).explode(true),
            "color=",
            "color=blue",
            "color=blue&color=black&color=brown",
            "R=100&G=200&B=150",
        ),
        (
            query.style(Style::SpaceDelimited).explode(false),
            "color=",
            "color=blue",
            "color=blue%20black%20brown",
            "color=R%20100%20G%20200%20B%20150",
        ),
        (
            query.style(Style::PipeDelimited).explode(false),
            "color=",
            "color=blue",
            "color=blue%7Cblack%7Cbrown",
            "color=R%7C100%7CG%7C200%7CB%7C150",
        ),
        (
            query.style(Style::DeepObject).explode(true),
            "color=",
            "color=blue",
            "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
            "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
        ),
    ] {
        assert_eq!(text(parameter, &""), empty, "{parameter:?}");
        assert_eq!(text(parameter, &"blue"), string, "{parameter:?}");
        assert_eq!(text(parameter, &colors()), array, "{parameter:?}");
        assert_eq!(text(parameter, &rgb()), object, "{parameter:?}");
    }
}

/// RFC 6570, sections 3.2.2, 3.2.5, 3.2.7 and 3.2.8.
#[test]
fn the_examples_of_rfc_6570() {
    let keys: Map<String, String> = [("semi", ";"), ("dot", "."), ("comma", ",")]
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    let path = Parameter::path("keys");
    assert_eq!(text(path, &keys), "semi,%3B,dot,.,comma,%2C");
    assert_eq!(text(path.explode(true), &keys), "semi=%3B,dot=.,comma=%2C");
    assert_eq!(
        text(path.style(Style::Label), &keys),
        ".semi,%3B,dot,.,comma,%2C"
    );
    assert_eq!(
        text(path.style(Style::Label).explode(true), &keys),
        ".semi=%3B.dot=..comma=%2C"
    );
    assert_eq!(
        text(path.style(Style::Matrix), &keys),
        ";keys=semi,%3B,dot,.,comma,%2C"
    );
    assert_eq!(
        text(path.style(Style::Matrix).explode(true), &keys),
        ";semi=%3B;dot=.;comma=%2C"
    );
    let query = Parameter::query("keys");
    assert_eq!(
        text(query.explode(false), &keys),
        "keys=semi,%3B,dot,.,comma,%2C"
    );
    assert_eq!(text(query, &keys), "semi=%3B&dot=.&comma=%2C");
    assert_eq!(
        text(Parameter::path("hello"), &"Hello World!"),
        "Hello%20World%21"
    );
}

#[test]
fn nothing_is_sent_for_null_and_empty_containers() {
    let elements = vec![Some("a"), None, Some("b")];
    for style in [
        Style::Form,
        Style::SpaceDelimited,
        Style::PipeDelimited,
        Style::DeepObject,
    ] {
        for explode in [false, true] {
            let query = Parameter::query("q").style(style).explode(explode);
            assert_eq!(text(query, &()), "-", "{query:?}");
            assert_eq!(text(query, &Vec::<bool>::new()), "-", "{query:?}");
            assert_eq!(text(query, &vec![None::<bool>]), "-", "{query:?}");
            assert_eq!(text(query, &Map::<String, bool>::new()), "-", "{query:?}");
        }
    }
    assert_eq!(text(Parameter::query("q"), &elements), "q=a&q=b");
    assert_eq!(
        text(Parameter::query("q").explode(false), &elements),
        "q=a,b"
    );
    let members = Map::from([("a".to_owned(), None), ("b".to_owned(), Some(1))]);
    assert_eq!(text(Parameter::query("q"), &members), "b=1");
    assert_eq!(
        text(
            Parameter::path("q").style(Style::Matrix),
            &vec![None::<bool>]
        ),
        "-"
    );
}

#[test]
fn deep_objects_nest_and_repeat() {
    #[derive(Clone)]
    enum Node {
        Text(&'static str),
        List(Vec<Node>),
        Object(Vec<(&'static str, Node)>),
    }
    impl ToJson for Node {
        fn to_json(&self, json: &mut crate::json::JsonWriter) {
            match self {
                Self::Text(text) => json.string(text),
                Self::List(nodes) => nodes.to_json(json),
                Self::Object(members) => {
                    json.begin_object();
                    for (key, node) in members {
                        json.field(key, node);
                    }
                    json.end_object();
                }
            }
        }
    }
    use Node::{List, Object, Text};
    let filter = Object(vec![
        ("b", Object(vec![("c", Text("x y"))])),
        ("tags", List(vec![Text("1"), Text("2")])),
        ("items", List(vec![Object(vec![("id", Text("7"))])])),
    ]);
    let query = Parameter::query("a").style(Style::DeepObject);
    let sent = text(query, &filter);
    assert_eq!(
        sent.replace("%5B", "[").replace("%5D", "]"),
        "a[b][c]=x%20y&a[tags]=1&a[tags]=2&a[items][0][id]=7"
    );
    assert!(!sent.contains('['), "{sent}");
}

#[test]
fn containers_inside_of_other_styles_are_json() {
    let value = Map::from([("ids".to_owned(), vec![1, 2])]);
    assert_eq!(text(Parameter::query("q"), &value), "ids=%5B1%2C2%5D");
    assert_eq!(text(Parameter::query("q"), &vec![vec![1]]), "q=%5B1%5D");
}

#[test]
fn numbers_are_sent_as_json_writes_them() {
    let query = Parameter::query("n");
    assert_eq!(
        text(query, &u128::MAX),
        "n=340282366920938463463374607431768211455"
    );
    assert_eq!(text(query, &vec![0.1, 1e21]), "n=0.1&n=1e21");
    assert_eq!(text(query, &true), "n=true");
}

#[test]
fn reserved_characters_stay_where_they_are_harmless() {
    let value = "a:/?#[]@!$&'()*+,;= %41%zz é";
    let query = Parameter::query("q").allow_reserved();
    assert_eq!(
        text(query, &value),
        "q=a:/?%23[]@!$%26'()*%2B,;=%20%41%25zz%20%C3%A9"
    );
    let path = Parameter::path("p").allow_reserved();
    assert_eq!(
        text(path, &value),
        "a:%2F%3F%23[]@!$&'()*+,;=%20%41%25zz%20%C3%A9"
    );
    assert_eq!(text(Parameter::query("q"), &"%41"), "q=%2541");
}

#[test]
fn json_is_sent_as_one_text() {
    let value = Map::from([("é".to_owned(), vec![1, 2])]);
    assert_eq!(
        text(Parameter::query("q").json(), &value),
        "q=%7B%22%C3%A9%22%3A%5B1%2C2%5D%7D"
    );
    assert_eq!(text(Parameter::path("q").json(), &vec![1]), "%5B1%5D");
    assert_eq!(
        text(Parameter::header("q").json(), &value),
        r#"{"\u00e9":[1,2]}"#
    );
    assert_eq!(text(Parameter::query("q").json(), &"a"), "q=%22a%22");
    assert_eq!(
        text(Parameter::cookie("q").json(), &vec!["a"]),
        "q=[%22a%22]"
    );
}

#[test]
fn headers_and_cookies_have_encodings_of_their_own() {
    let header = Parameter::header("X-Ids");
    assert_eq!(text(header, &vec!["a b", "ü,c"]), "a b,ü,c");
    assert_eq!(text(header.explode(true), &rgb()), "R=100,G=200,B=150");
    let cookie = Parameter::cookie("c");
    assert_eq!(
        text(cookie, &"a;b, \"c\"\\é=%41"),
        "c=a%3Bb%2C%20%22c%22%5C%C3%A9=%41"
    );
    assert_eq!(text(cookie, &colors()), "c=blue; c=black; c=brown");
    assert_eq!(text(cookie.explode(false), &colors()), "c=blue,black,brown");
    assert_eq!(
        text(cookie.style(Style::Cookie), &rgb()),
        "R=100; G=200; B=150"
    );
}
