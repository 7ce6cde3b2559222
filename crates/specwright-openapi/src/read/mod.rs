//! Text to tree.

mod json;
mod merge;
mod visitor;
mod yaml;

use specwright_diagnostics::LineColumn;

use crate::Node;

pub(crate) use yaml::write as write_yaml;

/// The notation of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Yaml,
}

/// Why a text is no document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    pub(crate) message: String,
    pub(crate) place: Option<LineColumn>,
    pub(crate) help: Option<&'static str>,
}

/// A text that was read.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) node: Node,
    pub(crate) format: Format,
    /// What was wrong although a tree could be made.
    pub(crate) problem: Option<SyntaxError>,
}

/// Reads JSON or YAML, whichever the text is.
///
/// A text that begins like JSON is read as JSON; when that fails it is read as YAML, of which JSON is nearly a subset,
/// and the JSON error is kept as a problem if the file's name says that it is JSON. A file that its name says to be
/// Markdown is one text: descriptions refer to such files, and as YAML their headings would be comments.
pub(crate) fn read(name: &str, text: &str) -> Result<Read, SyntaxError> {
    if name.to_ascii_lowercase().ends_with(".md") {
        return Ok(Read {
            node: Node::String(text.to_owned()),
            format: Format::Yaml,
            problem: None,
        });
    }
    if !text.trim_start().starts_with(['{', '[']) {
        return read_yaml(text, None);
    }
    match json::read(text) {
        Ok(node) => Ok(Read {
            node,
            format: Format::Json,
            problem: None,
        }),
        Err(error) => {
            let named_json = name.to_ascii_lowercase().ends_with(".json");
            let problem = named_json.then(|| error.clone());
            read_yaml(text, problem).map_err(|_| error)
        }
    }
}

fn read_yaml(text: &str, problem: Option<SyntaxError>) -> Result<Read, SyntaxError> {
    let (node, second_document) = yaml::read(text)?;
    Ok(Read {
        node,
        format: Format::Yaml,
        problem: problem.or(second_document),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Number;

    fn node(text: &str) -> Node {
        read("a.yaml", text).unwrap().node
    }

    #[test]
    fn markdown_is_one_text() {
        let read = read("a.MD", "# a: [b\n").unwrap();
        assert_eq!(read.node, Node::String("# a: [b\n".to_owned()));
    }

    #[test]
    fn json_and_yaml_give_the_same_tree() {
        let yaml = node("a: 1\nb: [true, ~, 'x']\nc: {d: 1.5}\n");
        let json = node(r#"{"a": 1, "b": [true, null, "x"], "c": {"d": 1.5}}"#);
        assert_eq!(yaml, json);
    }

    #[test]
    fn numbers_are_exact_up_to_128_bits() {
        let tree = node("- 9223372036854775808\n- -170141183460469231731687303715884105728\n");
        let expected = [Number::Integer(1 << 63), Number::Integer(i128::MIN)];
        assert_eq!(tree, Node::Array(expected.map(Node::Number).to_vec()));
    }

    #[test]
    fn keys_of_other_types_become_texts() {
        let tree = node("200: a\ntrue: b\n~: c\n1.0: d\n+1: e\n");
        let keys: Vec<_> = tree
            .as_object()
            .unwrap()
            .iter()
            .map(|(key, _)| key)
            .collect();
        assert_eq!(keys, ["200", "true", "~", "1.0", "+1"]);
    }

    #[test]
    fn the_last_of_two_equal_keys_wins_and_is_remembered() {
        for text in ["a: 1\na: 2\n", r#"{"a": 1, "a": 2}"#] {
            let tree = node(text);
            let object = tree.as_object().unwrap();
            assert_eq!(object.duplicates(), ["a"]);
            assert_eq!(object.get("a"), Some(&Node::Number(Number::Integer(2))));
        }
    }

    #[test]
    fn json_with_a_trailing_comma_is_still_read() {
        let read = read("a.json", r#"{"a": [1,],}"#).unwrap();
        assert!(read.problem.is_some());
        assert!(read.node.get("a").is_some());
    }

    #[test]
    fn errors_have_a_place() {
        let error = read("a.yaml", "a: 1\n b: 2\n").unwrap_err();
        assert_eq!(error.place.map(|it| it.line), Some(2), "{error:?}");
        let error = read("a.json", "{\"a\": ]").unwrap_err();
        assert_eq!(
            error.place.map(|it| (it.line, it.column)),
            Some((1, 7)),
            "{error:?}"
        );
    }

    #[test]
    fn deep_nesting_and_alias_bombs_are_errors() {
        let deep = "[".repeat(100_000);
        assert!(read("a.json", &deep).is_err());
        let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
        for level in 1..20 {
            let previous = format!("*a{},", level - 1).repeat(9);
            bomb.push_str(&format!("a{level}: &a{level} [{previous}]\n"));
        }
        assert!(read("a.yaml", &bomb).is_err());
    }
}
