//! What a request asks for.

use specwright_openapi::pagination::{PagePlan, Style};

use super::Cursor;

/// The page size where neither the request nor the plan names one.
const SIZE: usize = 20;

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ask {
    /// How many items lie before those that are asked for; after them, if `backward`.
    pub(crate) at: usize,
    /// How many items are asked for; all if `None`.
    pub(crate) size: Option<usize>,
    /// Whether the items before `at` are asked for, not those after it.
    pub(crate) backward: bool,
    /// Whether an empty page has been served here.
    pub(crate) after_empty: bool,
}

/// A request that cannot be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The query parameter at fault.
    pub(crate) parameter: String,
    /// What is wrong with it.
    pub(crate) message: String,
}

/// Values of query parameters and the limits they are read with.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Query<'q> {
    /// The value of the position parameter.
    pub(crate) position: Option<&'q str>,
    /// The value of the size parameter.
    pub(crate) size: Option<&'q str>,
    /// The largest page that is ever served.
    pub(crate) cap: Option<usize>,
    /// Whether a size above the documented maximum is refused.
    pub(crate) strict: bool,
}

impl Ask {
    /// Reads a request by the plan.
    pub(crate) fn read(plan: &PagePlan, query: Query<'_>) -> Result<Self, Refusal> {
        let size = size(plan, query)?;
        let first = Self {
            at: 0,
            size,
            backward: false,
            after_empty: false,
        };
        let Some(position) = query.position else {
            return Ok(first);
        };
        match plan.style {
            Style::Cursor | Style::Bidirectional | Style::Token => {
                let cursor = Cursor::decode(position)
                    .filter(|it| plan.style == Style::Bidirectional || !it.backward);
                let cursor = cursor.unwrap_or(Cursor::forward(0));
                Ok(Self {
                    at: cursor.at,
                    size,
                    backward: cursor.backward,
                    after_empty: cursor.after_empty,
                })
            }
            Style::Offset => match whole(position) {
                Some(at @ 0..) => Ok(Self {
                    at: clamped(at),
                    ..first
                }),
                _ => {
                    let message = format!("`{position}` is not a number from 0");
                    Err(Refusal {
                        parameter: plan.position_parameter().unwrap_or_default().to_owned(),
                        message,
                    })
                }
            },
            Style::NextUrl | Style::Link | Style::Keyset => Ok(first),
            Style::Page => {
                let before = clamped(whole(position).unwrap_or(1)).max(1) - 1;
                let at = match size {
                    Some(size) => before.saturating_mul(size),
                    None if before == 0 => 0,
                    None => usize::MAX,
                };
                Ok(Self { at, ..first })
            }
        }
    }

    /// The number of the page that is asked for, from 1.
    pub(crate) fn number(&self) -> usize {
        let size = self.size.unwrap_or(usize::MAX);
        let start = if self.backward {
            self.at.saturating_sub(size)
        } else {
            self.at
        };
        (start / size.max(1)).saturating_add(1)
    }
}

/// The page size that is served; `None` for everything.
fn size(plan: &PagePlan, query: Query<'_>) -> Result<Option<usize>, Refusal> {
    let name = plan.size_parameter().unwrap_or_default();
    let refuse = |message: String| {
        Err(Refusal {
            parameter: name.to_owned(),
            message,
        })
    };
    let default = plan
        .size
        .default
        .map_or(SIZE, |it| clamped(it.into()))
        .max(1);
    let maximum = plan
        .size
        .maximum
        .map_or(usize::MAX, |it| clamped(it.into()))
        .max(1);
    let asked = match query.size {
        None => default,
        Some(text) => match whole(text) {
            None => return refuse(format!("`{text}` is not an integer")),
            Some(asked) if plan.size.all.map(i128::from) == Some(asked) => return Ok(query.cap),
            Some(asked @ 1..) => clamped(asked),
            Some(_) => return refuse(format!("`{text}` is not a number from 1")),
        },
    };
    if asked > maximum && query.strict {
        return refuse(format!("{asked} is more than {maximum}"));
    }
    Ok(Some(
        asked.min(maximum).min(query.cap.unwrap_or(usize::MAX)),
    ))
}

/// An integer; one of very many digits becomes a very large or small one.
fn whole(text: &str) -> Option<i128> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_number = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
    let limit = if text.starts_with('-') {
        i128::MIN
    } else {
        i128::MAX
    };
    is_number.then(|| text.parse().unwrap_or(limit))
}

fn clamped(number: i128) -> usize {
    usize::try_from(number.max(0)).unwrap_or(usize::MAX)
}
