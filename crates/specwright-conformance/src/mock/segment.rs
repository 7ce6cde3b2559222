//! One part of a path between slashes.

/// One part of a path between slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Segment {
    /// Text without parameters.
    Static(String),
    /// Text before, between and after the parameters, for example `["", ".json"]` for `{name}.json`.
    Template(Vec<String>),
}

impl Segment {
    pub(crate) fn parse(text: &str) -> Self {
        let mut texts = Vec::new();
        let mut rest = text;
        while let Some((before, tail)) = rest.split_once('{') {
            let Some((_, after)) = tail.split_once('}') else {
                break;
            };
            texts.push(before.to_owned());
            rest = after;
        }
        texts.push(rest.to_owned());
        match texts.as_slice() {
            [only] => Self::Static(only.clone()),
            _ => Self::Template(texts),
        }
    }

    /// Whether it is nothing but one parameter.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(self, Self::Template(texts) if texts.iter().all(String::is_empty))
    }

    /// Whether the part fits; a parameter takes at least one character.
    pub(crate) fn fits(&self, part: &str) -> bool {
        match self {
            Self::Static(text) => text == part,
            Self::Template(texts) => fits_between(texts, part),
        }
    }
}

/// Whether `part` is the texts with something between each two of them.
fn fits_between(texts: &[String], part: &str) -> bool {
    let [first, middle @ .., last] = texts else {
        return false;
    };
    let Some(mut rest) = part
        .strip_prefix(first.as_str())
        .and_then(|it| it.strip_suffix(last.as_str()))
    else {
        return false;
    };
    for text in middle {
        // The earliest place leaves the most to the parameters that follow.
        let start = rest.chars().next().map_or(0, char::len_utf8);
        let tail = rest.get(start..).unwrap_or_default();
        let Some(at) = tail.find(text.as_str()).filter(|_| start > 0) else {
            return false;
        };
        rest = tail.get(at + text.len()..).unwrap_or_default();
    }
    !rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_may_hold_several_parameters() {
        let segment = Segment::parse("{a}-{b}.{c}");
        for (part, fits) in [
            ("1-2.3", true),
            ("1--2.3", true),
            ("1-.3", false),
            ("1-2.", false),
            ("-2.3", false),
            ("1.2-3", false),
        ] {
            assert_eq!(segment.fits(part), fits, "{part}");
        }
        assert_eq!(Segment::parse("a{b"), Segment::Static("a{b".to_owned()));
    }
}
