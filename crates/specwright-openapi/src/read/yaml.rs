//! YAML to tree. The only module that knows `serde_yaml`.

use serde::Deserialize;
use specwright_diagnostics::LineColumn;

use super::SyntaxError;
use crate::Node;

/// How many brackets may be open at once. The parser takes a time that grows with the square of it.
const DEEPEST_FLOW: usize = 5_000;

/// Reads the first document of a stream; the second value says where another one begins, which is left unread.
pub(super) fn read(text: &str) -> Result<(Node, Option<SyntaxError>), SyntaxError> {
    if let Some(place) = too_deep(text) {
        return Err(SyntaxError {
            message: "the text is nested too deeply".to_owned(),
            place: Some(place),
            help: None,
        });
    }
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(first) = documents.next() else {
        return Ok((Node::Null, None));
    };
    let mut node = Node::deserialize(first).map_err(|error| syntax_error(&error))?;
    if text.contains("<<") {
        super::merge::apply(&mut node);
    }
    let second = documents.next().map(|_| SyntaxError {
        message: "the file holds more than one YAML document; only the first is used".to_owned(),
        place: second_document(text).map(|line| LineColumn { line, column: 1 }),
        help: None,
    });
    Ok((node, second))
}

/// Where more brackets are open than any document has, brackets in texts included.
fn too_deep(text: &str) -> Option<LineColumn> {
    let mut open = 0_usize;
    let at = text.bytes().position(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > DEEPEST_FLOW
    })?;
    let before = text.get(..at)?;
    let last = before.rsplit('\n').next().unwrap_or_default();
    Some(LineColumn {
        line: before.matches('\n').count() + 1,
        column: last.chars().count() + 1,
    })
}

/// The line, from 1, on which a second document is marked to begin.
fn second_document(text: &str) -> Option<usize> {
    let lines = text.lines().enumerate();
    let before = |line: &str| line.trim().is_empty() || line.starts_with(['#', '%']);
    let mut content = lines.skip_while(|(_, line)| before(line)).skip(1);
    content
        .find(|(_, line)| line.starts_with("---"))
        .map(|(index, _)| index + 1)
}

/// A value as YAML text.
pub(crate) fn write(value: &serde_json::Value) -> String {
    // Every JSON value is a YAML value, so that this cannot fail; JSON is YAML too.
    serde_yaml::to_string(value).unwrap_or_else(|_| value.to_string())
}

fn syntax_error(error: &serde_yaml::Error) -> SyntaxError {
    let place = error.location().map(|at| LineColumn {
        line: at.line(),
        column: at.column(),
    });
    let mut message = error.to_string();
    if let Some(at) = message.find(" at line ") {
        message.truncate(at);
    }
    let help = help(&message);
    SyntaxError {
        message,
        place,
        help,
    }
}

/// What the messages of the YAML parser mostly come from.
fn help(message: &str) -> Option<&'static str> {
    let causes = [
        (
            "mapping values are not allowed",
            "check the indentation, and put texts that hold `: ` into quotes",
        ),
        (
            "did not find expected key",
            "check the indentation and the quotes here and in the line before",
        ),
        (
            "cannot start any token",
            "indent with spaces, not tabs, and put texts that begin with `@` or a backtick into quotes",
        ),
    ];
    let known = causes.into_iter().find(|(part, _)| message.contains(part));
    known.map(|(_, help)| help)
}
