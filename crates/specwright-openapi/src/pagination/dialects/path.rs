//! Ways into a body as other vendors write them: `$.data[-1].id`, `$response.page.next`, `meta.page.after`.

use specwright_diagnostics::Pointer;

use super::super::plan::ResponsePlace;

/// A way into a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Way {
    /// Through members.
    Members(Pointer),
    /// Through members to an array, and into its last element.
    LastItem { array: Pointer, field: Pointer },
}

impl Way {
    /// The place in a response.
    pub(super) fn place(self) -> ResponsePlace {
        match self {
            Self::Members(pointer) => ResponsePlace::Body(pointer),
            Self::LastItem { field, .. } => ResponsePlace::LastItem(field),
        }
    }

    /// The pointer, if it does not enter an array.
    pub(super) fn members(self) -> Option<Pointer> {
        match self {
            Self::Members(pointer) => Some(pointer),
            Self::LastItem { .. } => None,
        }
    }
}

/// Reads the part of JSONPath (RFC 9535) that names one place: names after dots or in brackets, and `[-1]`. The leading
/// `$` may be left out.
pub(super) fn parse(text: &str) -> Option<Way> {
    let mut rest = text.trim();
    rest = rest.strip_prefix('$').unwrap_or(rest);
    let (mut at, mut array) = (Pointer::root(), None);
    let mut first = true;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('[') {
            let (name, after) = inner.split_once(']')?;
            rest = after;
            match name.trim() {
                "-1" | "(@.length-1)" if array.is_none() => {
                    array = Some(std::mem::replace(&mut at, Pointer::root()));
                }
                "*" if rest.is_empty() => {}
                quoted => {
                    let name = quoted
                        .strip_prefix(['\'', '"'])
                        .and_then(|it| it.strip_suffix(['\'', '"']))?;
                    at.push(name);
                }
            }
        } else {
            let dotted = rest.strip_prefix('.');
            let inner = match (dotted, first) {
                (Some(inner), _) => inner,
                (None, true) => rest,
                (None, false) => return None,
            };
            let end = inner.find(['.', '[']).unwrap_or(inner.len());
            let (name, after) = inner.split_at(end);
            if name.is_empty() {
                return None;
            }
            at.push(name);
            rest = after;
        }
        first = false;
    }
    Some(match array {
        Some(array) => Way::LastItem { array, field: at },
        None => Way::Members(at),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_are_read() {
        let members = |text: &str| Way::Members(Pointer::parse(text).unwrap());
        assert_eq!(parse("$"), Some(members("")));
        assert_eq!(parse("$.data.items"), Some(members("/data/items")));
        assert_eq!(parse("meta.page.after"), Some(members("/meta/page/after")));
        assert_eq!(parse("$['a.b'].c"), Some(members("/a.b/c")));
        assert_eq!(parse("$.items[*]"), Some(members("/items")));
        assert_eq!(
            parse("$.data[-1].created_at"),
            Some(Way::LastItem {
                array: Pointer::parse("/data").unwrap(),
                field: Pointer::parse("/created_at").unwrap(),
            })
        );
        for text in [
            "$..a",
            "$.a[0]",
            "$.a[?(@.b)]",
            "$.a[",
            "$.a.",
            "$a[-1][-1]",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
