//! The header `Link` (RFC 8288, section 3).

use http::HeaderMap;
use http::header::LINK;

/// The targets of the relations that paging knows, as written.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Relations {
    pub(in super::super) next: Option<String>,
    pub(in super::super) previous: Option<String>,
    pub(in super::super) first: Option<String>,
    pub(in super::super) last: Option<String>,
}

/// The relations of all `Link` headers. Of several links with a relation the first counts; links
/// with another context (`anchor`) say nothing about this page.
pub(super) fn relations(headers: &HeaderMap) -> Relations {
    let mut relations = Relations::default();
    for value in headers.get_all(LINK) {
        // The rest of a line that breaks the grammar is left out.
        let mut rest = std::str::from_utf8(value.as_bytes()).unwrap_or_default();
        while let Some((link, behind)) = next_link(rest) {
            relations.add(link);
            rest = behind;
        }
    }
    relations
}

impl Relations {
    fn add(&mut self, link: Link<'_>) {
        if link.has_anchor {
            return;
        }
        for relation in link.relations.split_ascii_whitespace() {
            let place = match relation.to_ascii_lowercase().as_str() {
                "next" => &mut self.next,
                "prev" | "previous" => &mut self.previous,
                "first" => &mut self.first,
                "last" => &mut self.last,
                _ => continue,
            };
            place.get_or_insert_with(|| link.target.to_owned());
        }
    }
}

struct Link<'a> {
    target: &'a str,
    /// The values of the first `rel`, separated by white space.
    relations: String,
    has_anchor: bool,
}

/// The link at the start of `text`, and what follows it.
fn next_link(text: &str) -> Option<(Link<'_>, &str)> {
    let text = text.trim_start_matches([' ', '\t', ',']);
    let (target, mut rest) = text.strip_prefix('<')?.split_once('>')?;
    let mut relations = None;
    let mut has_anchor = false;
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        let Some(parameter) = rest.strip_prefix(';') else {
            break;
        };
        let (name, value, behind) = parameter_of(parameter);
        if name.eq_ignore_ascii_case("rel") {
            relations.get_or_insert(value);
        } else if name.eq_ignore_ascii_case("anchor") {
            has_anchor = true;
        }
        rest = behind;
    }
    let link = Link {
        target: target.trim(),
        relations: relations.unwrap_or_default(),
        has_anchor,
    };
    Some((link, rest))
}

/// The name and value of a parameter, and what follows it. A value may be a token or quoted; a
/// parameter may have none.
fn parameter_of(text: &str) -> (&str, String, &str) {
    let end = text.find(['=', ';', ',']).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let Some(rest) = rest.strip_prefix('=') else {
        return (name.trim(), String::new(), rest);
    };
    let rest = rest.trim_start_matches([' ', '\t']);
    let (value, rest) = match rest.strip_prefix('"') {
        Some(quoted) => unquoted(quoted),
        None => {
            let (token, rest) = rest.split_at(rest.find([';', ',']).unwrap_or(rest.len()));
            (token.trim().to_owned(), rest)
        }
    };
    (name.trim(), value, rest)
}

/// The value of a quoted string (RFC 9110, section 5.6.4) whose opening quote is behind, and what
/// follows its end.
fn unquoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut chars = text.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => return (value, text.get(at + 1..).unwrap_or_default()),
            '\\' => value.extend(chars.next().map(|(_, escaped)| escaped)),
            other => value.push(other),
        }
    }
    (value, "")
}
