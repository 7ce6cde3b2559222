//! Styles: how values are written in paths, queries, headers and cookies (OAS 3.0.3, Style Values; RFC 6570).

use percent_encoding::percent_decode_str;

use super::{media::split_quoted, reading::Raw};

/// A style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

/// What a text is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Array,
    Object,
    Scalar,
}

/// How characters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escapes {
    /// As they are.
    None,
    /// Percent-encoded.
    Percent,
    /// Percent-encoded, and spaces as `+`.
    Plus,
}

impl Escapes {
    /// The text without escapes; octets that are no UTF-8 are replaced.
    pub(crate) fn decode(self, text: &str) -> String {
        match self {
            Self::None => text.to_owned(),
            Self::Percent => percent_decode_str(text).decode_utf8_lossy().into_owned(),
            Self::Plus => {
                let spaced = text.replace('+', " ");
                percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
            }
        }
    }
}

/// How one value is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Writing<'a> {
    pub(crate) name: &'a str,
    pub(crate) style: Style,
    pub(crate) explode: bool,
    pub(crate) escapes: Escapes,
}

impl Writing<'_> {
    /// The parts of a text that holds the whole value: in a path or a header.
    ///
    /// # Errors
    /// What is missing, if the text is not in the style.
    pub(crate) fn whole(&self, text: &str, shape: Shape) -> Result<Raw, String> {
        match self.style {
            Style::Label => {
                let rest = text.strip_prefix('.');
                let rest = rest.ok_or("expected `.` before the value")?;
                let separator = match self.explode || !rest.contains(',') {
                    true => '.',
                    false => ',',
                };
                self.separated(rest, separator, shape)
            }
            Style::Matrix => self.matrix(text, shape),
            _ => self.separated(text, ',', shape),
        }
    }

    fn matrix(&self, text: &str, shape: Shape) -> Result<Raw, String> {
        let rest = text.strip_prefix(';');
        let rest = rest.ok_or("expected `;` before the value")?;
        if self.explode && shape == Shape::Object {
            return self.members(rest.split(';'));
        }
        let own = |part: &str| -> Result<String, String> {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            match self.escapes.decode(name) == self.name {
                true => Ok(value.to_owned()),
                false => Err(format!("expected `;{}=` before the value", self.name)),
            }
        };
        if self.explode && shape == Shape::Array {
            let values = rest
                .split(';')
                .map(|part| Ok(self.escapes.decode(&own(part)?)));
            return Ok(Raw::List(values.collect::<Result<_, String>>()?));
        }
        self.separated(&own(rest)?, ',', shape)
    }

    /// The parts of the values that a query, a form or cookies have under the name.
    ///
    /// # Errors
    /// What is wrong, if the texts are not in the style.
    pub(crate) fn named(&self, texts: &[&str], shape: Shape) -> Result<Raw, String> {
        if shape == Shape::Array && self.explode {
            let values = texts.iter().map(|it| self.escapes.decode(it));
            return Ok(Raw::List(values.collect()));
        }
        let [text] = texts else {
            return Err(format!("expected one value, found {}", texts.len()));
        };
        match (shape, self.style) {
            (Shape::Scalar, _) => Ok(Raw::Text(self.escapes.decode(text))),
            (_, Style::SpaceDelimited) => {
                self.separated(&text.replace("%20", " ").replace('+', " "), ' ', shape)
            }
            (_, Style::PipeDelimited) => {
                self.separated(&text.replace("%7C", "|").replace("%7c", "|"), '|', shape)
            }
            _ => self.separated(text, ',', shape),
        }
    }

    fn separated(&self, text: &str, separator: char, shape: Shape) -> Result<Raw, String> {
        if shape == Shape::Scalar {
            return Ok(Raw::Text(self.escapes.decode(text)));
        }
        // In header fields elements may be quoted and surrounded by space, and empty ones count for nothing
        // (RFC 9110 §5.6.1).
        let parts: Vec<&str> = match self.escapes {
            Escapes::None => split_quoted(text, separator)
                .into_iter()
                .map(str::trim)
                .filter(|it| !it.is_empty())
                .collect(),
            _ if text.is_empty() => Vec::new(),
            _ => text.split(separator).collect(),
        };
        match shape {
            Shape::Object if self.explode && self.style != Style::Form => {
                self.members(parts.into_iter())
            }
            Shape::Object => {
                let pairs = parts.chunks(2).map(|pair| match pair {
                    [name, value] => Ok((self.escapes.decode(name), self.escapes.decode(value))),
                    _ => Err("expected names and values in turn".to_owned()),
                });
                Ok(Raw::Pairs(pairs.collect::<Result<_, String>>()?))
            }
            _ => Ok(Raw::List(
                parts.iter().map(|it| self.escapes.decode(it)).collect(),
            )),
        }
    }

    fn members<'t>(&self, parts: impl Iterator<Item = &'t str>) -> Result<Raw, String> {
        let pairs = parts.filter(|it| !it.is_empty()).map(|part| {
            let pair = part.split_once('=');
            let (name, value) = pair.ok_or("expected members as `name=value`")?;
            Ok((self.escapes.decode(name), self.escapes.decode(value)))
        });
        Ok(Raw::Pairs(pairs.collect::<Result<_, String>>()?))
    }
}

/// The steps in `[a][b]` behind the name of a `deepObject`; `None` if the brackets do not match.
pub(crate) fn steps(text: &str) -> Option<Vec<String>> {
    let mut steps = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (step, after) = rest.strip_prefix('[')?.split_once(']')?;
        steps.push(step.to_owned());
        rest = after;
    }
    Some(steps)
}
