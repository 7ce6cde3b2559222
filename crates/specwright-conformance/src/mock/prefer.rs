//! What a client prefers: the field `Prefer` (RFC 7240).

use hyper::HeaderMap;

/// The preferences of a request that the mock knows. Others are ignored, as RFC 7240 §2 asks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Preferences {
    /// `code`: the documented response to answer with.
    pub(crate) code: Option<String>,
    /// `example`: the name of the example to answer with.
    pub(crate) example: Option<String>,
    /// `dynamic`: whether bodies are generated even where there are examples.
    pub(crate) dynamic: Option<bool>,
}

impl Preferences {
    /// Reads every field `Prefer`. Of a preference that is named more than once the first holds (RFC 7240 §2).
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let mut preferences = Self::default();
        for field in headers.get_all("prefer") {
            let text = String::from_utf8_lossy(field.as_bytes());
            for (name, value) in named(&text) {
                preferences.add(&name, value);
            }
        }
        preferences
    }

    fn add(&mut self, name: &str, value: String) {
        match name.to_ascii_lowercase().as_str() {
            "code" => drop(self.code.get_or_insert(value)),
            "example" => drop(self.example.get_or_insert(value)),
            "dynamic" => match value.to_ascii_lowercase().as_str() {
                // Without a value it is asked for (RFC 7240 §2).
                "true" | "" => drop(self.dynamic.get_or_insert(true)),
                "false" => drop(self.dynamic.get_or_insert(false)),
                _ => {}
            },
            _ => {}
        }
    }

    /// Whether nothing is preferred.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Names and values of a list of preferences, without their parameters.
fn named(text: &str) -> Vec<(String, String)> {
    let preference = |element: &str| {
        let element = split(element, ';').first().copied().unwrap_or_default();
        let (name, value) = element.split_once('=').unwrap_or((element, ""));
        let name = name.trim();
        (!name.is_empty()).then(|| (name.to_owned(), unquoted(value.trim())))
    };
    split(text, ',')
        .into_iter()
        .filter_map(preference)
        .collect()
}

/// Splits at a character that is not inside of a quoted string (RFC 9110 §5.6.4).
pub(crate) fn split(text: &str, at: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (index, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            it if it == at && !quoted => {
                parts.push(text.get(start..index).unwrap_or_default());
                start = index + at.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

/// The value of a token or of a quoted string.
pub(crate) fn unquoted(value: &str) -> String {
    let Some(inside) = value.strip_prefix('"') else {
        return value.to_owned();
    };
    let mut plain = String::new();
    let mut characters = inside.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => break,
            '\\' => plain.extend(characters.next()),
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(fields: &[&str]) -> Preferences {
        let mut headers = HeaderMap::new();
        for field in fields {
            headers.append("prefer", field.parse().unwrap());
        }
        Preferences::of(&headers)
    }

    #[test]
    fn preferences_are_read_by_the_grammar_of_rfc_7240() {
        let code = |text: &str| of(&[text]).code;
        assert_eq!(code("code=404").as_deref(), Some("404"));
        assert_eq!(code("CODE = \"404\"").as_deref(), Some("404"));
        assert_eq!(
            code("respond-async, code=404;a=\"b, code=1\"").as_deref(),
            Some("404")
        );
        assert_eq!(code("code=404, code=500").as_deref(), Some("404"));
        assert_eq!(code("wait=10, =, ,;").as_deref(), None);
        assert_eq!(code("x=\"code=404").as_deref(), None);
        let two = of(&["example=\"a \\\"b\\\", c\"", "dynamic"]);
        assert_eq!(two.example.as_deref(), Some("a \"b\", c"));
        assert_eq!(two.dynamic, Some(true));
        assert_eq!(of(&["dynamic=false"]).dynamic, Some(false));
        assert_eq!(
            of(&["dynamic=perhaps, return=minimal"]),
            Preferences::default()
        );
    }
}
