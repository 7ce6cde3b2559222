//! What a request asks for.

use specwright_openapi::pagination::{PagePlan, Style};

use super::{Codec, Cursor};

/// The page size where neither the request nor the description names one.
const SIZE: usize = 20;

/// The status for a cursor that cannot be read, unless the operation documents 422 instead.
const UNREADABLE: u16 = 400;

/// From where on items are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum At {
    /// After so many items.
    Index(usize),
    /// From a cursor on.
    Cursor(Cursor),
    /// After the item with this key, or before it.
    Key {
        /// The key as a text.
        key: String,
        /// Whether the items before it are asked for.
        backward: bool,
    },
}

/// What a request asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ask {
    /// From where on.
    pub(crate) at: At,
    /// How many items are asked for; all if `None`.
    pub(crate) size: Option<usize>,
}

/// A request that cannot be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The status where the description names no other one for refusals.
    pub(crate) status: u16,
    /// The place in the request that is at fault, in the words of page plans.
    pub(crate) place: String,
    /// What is wrong with it.
    pub(crate) message: String,
}

/// What a request has at the places of its page plan, and the limits it is read with.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Given<'q> {
    /// The position.
    pub(crate) position: Option<&'q str>,
    /// The position of the way back, where it has a place of its own.
    pub(crate) previous: Option<&'q str>,
    /// The page size.
    pub(crate) size: Option<&'q str>,
    /// The page size where none is asked for and the plan names none.
    pub(crate) usual: Option<usize>,
    /// The largest page that is ever served.
    pub(crate) cap: Option<usize>,
    /// Whether a size above the documented maximum is refused.
    pub(crate) strict: bool,
    /// Whether a cursor that cannot be read is taken for none.
    pub(crate) lenient: bool,
}

impl Ask {
    /// Reads a request by the plan.
    pub(crate) fn read(plan: &PagePlan, codec: &Codec, given: Given<'_>) -> Result<Self, Refusal> {
        let size = size(plan, given)?;
        let at = match (sent(given.position), sent(given.previous), given.position) {
            (Some(position), ..) => match position_of(plan, codec, position, size) {
                Err(refusal) if given.lenient && refusal.status == UNREADABLE => At::Index(0),
                found => found?,
            },
            (None, Some(previous), _) => match back_from(plan, codec, previous) {
                Err(_) if given.lenient => At::Index(0),
                found => found?,
            },
            (None, None, Some("")) if plan.style == Style::Offset => {
                return Err(wrong_offset(plan, ""));
            }
            _ => At::Index(0),
        };
        Ok(Self { at, size })
    }
}

/// An empty text asks for nothing.
fn sent(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

fn position_of(
    plan: &PagePlan,
    codec: &Codec,
    position: &str,
    size: Option<usize>,
) -> Result<At, Refusal> {
    // A number that leads on after an empty page is a cursor: page numbers and offsets have fewer digits.
    let is_long = position.len() > 6 && matches!(plan.style, Style::Offset | Style::Page);
    if let Some(cursor) = codec
        .decode(position)
        .filter(|it| is_long && it.after_empty)
    {
        return Ok(At::Cursor(cursor));
    }
    Ok(match plan.style {
        Style::Cursor | Style::Bidirectional | Style::Token | Style::NextUrl | Style::Link => {
            let turns = !matches!(plan.style, Style::Cursor | Style::Token);
            let own_place = plan.request.previous.is_some();
            let cursor = codec
                .decode(position)
                .filter(|it| !it.backward || (turns && !own_place));
            At::Cursor(cursor.ok_or_else(|| unreadable(plan.request.position.as_ref()))?)
        }
        Style::Keyset => At::Key {
            key: position.to_owned(),
            backward: false,
        },
        Style::Offset => match whole(position) {
            Some(at @ 0..) => At::Index(clamped(at)),
            _ => return Err(wrong_offset(plan, position)),
        },
        Style::Page => {
            let first = i128::from(plan.first.unwrap_or(1));
            let number = whole(position).unwrap_or(first);
            let before = clamped(number.saturating_sub(first));
            At::Index(match size {
                Some(size) => before.saturating_mul(size),
                None if before == 0 => 0,
                None => usize::MAX,
            })
        }
    })
}

fn back_from(plan: &PagePlan, codec: &Codec, previous: &str) -> Result<At, Refusal> {
    if plan.style == Style::Keyset {
        return Ok(At::Key {
            key: previous.to_owned(),
            backward: true,
        });
    }
    let cursor = codec
        .decode(previous)
        .ok_or_else(|| unreadable(plan.request.previous.as_ref()))?;
    Ok(At::Cursor(Cursor {
        backward: true,
        ..cursor
    }))
}

fn unreadable(place: Option<&impl ToString>) -> Refusal {
    Refusal {
        status: UNREADABLE,
        place: place.map_or_else(|| "cursor".to_owned(), ToString::to_string),
        message: "this is no cursor of the list".to_owned(),
    }
}

fn wrong_offset(plan: &PagePlan, position: &str) -> Refusal {
    let place = plan.request.position.as_ref();
    Refusal {
        status: 422,
        place: place.map(ToString::to_string).unwrap_or_default(),
        message: format!("`{position}` is not a number from 0"),
    }
}

/// The page size that is served; `None` for everything.
fn size(plan: &PagePlan, given: Given<'_>) -> Result<Option<usize>, Refusal> {
    let place = plan.request.size.as_ref().map(ToString::to_string);
    let refuse = |message: String| {
        Err(Refusal {
            status: 422,
            place: place.clone().unwrap_or_default(),
            message,
        })
    };
    let limit = |number: Option<u64>, otherwise: usize| {
        number.map_or(otherwise, |it| clamped(it.into())).max(1)
    };
    let maximum = limit(plan.size.maximum, usize::MAX);
    let minimum = limit(plan.size.minimum, 1).min(maximum);
    let usual = given.usual.unwrap_or(SIZE);
    let asked = match given.size {
        None => limit(plan.size.default, usual).max(minimum),
        Some(text) => match whole(text) {
            None => return refuse(format!("`{text}` is not an integer")),
            Some(asked) if plan.size.all.map(i128::from) == Some(asked) => return Ok(given.cap),
            Some(asked) if asked < minimum as i128 && plan.size.minimum.is_some() => {
                return refuse(format!("`{text}` is not a number from {minimum}"));
            }
            // What the description permits is served as well as it can be.
            Some(asked) => clamped(asked).max(1),
        },
    };
    if asked > maximum && given.strict {
        return refuse(format!("{asked} is more than {maximum}"));
    }
    let cap = given.cap.unwrap_or(usize::MAX).max(1);
    Ok(Some(asked.min(maximum).min(cap)))
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
