//! JSON (RFC 8259) to tree.

use specwright_diagnostics::LineColumn;

use super::SyntaxError;
use crate::Node;

pub(super) fn read(text: &str) -> Result<Node, SyntaxError> {
    serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        SyntaxError {
            message: message.to_owned(),
            place: (error.line() > 0).then(|| LineColumn {
                line: error.line(),
                column: column(text, error.line(), error.column()),
            }),
            help: None,
        }
    })
}

/// The column in characters, both from 1, of a column in bytes.
fn column(text: &str, line: usize, bytes: usize) -> usize {
    let line = text.split('\n').nth(line - 1).unwrap_or_default();
    let before = line.char_indices().take_while(|(at, _)| *at < bytes);
    before.count().max(1)
}
