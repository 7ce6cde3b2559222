//! What a request can move.

use super::{
    super::surface::{Input, Kind, kind},
    names::{self, Move, Strength},
};
use crate::Description;

/// An input that may take a position.
#[derive(Debug)]
pub(super) struct Mover<'s, 'a> {
    pub(super) input: &'s Input<'a>,
    pub(super) moves: Move,
    pub(super) strength: Strength,
    pub(super) kind: Kind,
}

/// An input that may take the page size.
#[derive(Debug)]
pub(super) struct Sizer<'s, 'a> {
    pub(super) input: &'s Input<'a>,
    pub(super) strength: Strength,
}

/// The inputs that move something, the surest first.
pub(super) fn movers<'s, 'a>(
    description: &Description,
    inputs: &'s [Input<'a>],
) -> Vec<Mover<'s, 'a>> {
    let has = |test: &dyn Fn(&str) -> bool| inputs.iter().any(|it| test(&names::plain(&it.name)));
    let has_range = has(&names::ends_a_range);
    let has_maximum = has(&|plain| matches!(plain, "max" | "maxresults"));
    let mut found: Vec<_> = inputs
        .iter()
        .filter_map(|input| mover(description, input, has_maximum))
        .filter(|it| !(has_range && it.moves == Move::Offset && it.strength == Strength::Weak))
        .collect();
    found.sort_by_key(|it| std::cmp::Reverse(it.strength));
    found
}

fn mover<'s, 'a>(
    description: &Description,
    input: &'s Input<'a>,
    has_maximum: bool,
) -> Option<Mover<'s, 'a>> {
    // `first` is a page size, but beside `max` it is an offset.
    let is_first = has_maximum && names::plain(&input.name) == "first";
    let (moves, mut strength) = if is_first {
        (Move::Offset, Strength::Strong)
    } else {
        meaning(input)?
    };
    let kind = input
        .schema
        .as_ref()
        .map_or(Kind::Open, |it| kind(description, it.schema));
    if matches!(kind, Kind::Boolean | Kind::Array | Kind::Object) {
        return None;
    }
    let about = about(input);
    let format = input.schema.as_ref().and_then(|it| it.format());
    let is_date = matches!(format.as_deref(), Some("date" | "date-time" | "time"));
    let plain = names::plain(&input.name);
    let by_id = plain.ends_with("id");
    // `since` takes a time, unless it is said to take an id.
    if plain == "since"
        && !about
            .to_ascii_lowercase()
            .split(|it: char| !it.is_alphanumeric())
            .any(|it| it == "id")
    {
        return None;
    }
    if is_date || (strength == Strength::Weak && !by_id && names::speaks_of_time(&about)) {
        return None;
    }
    // The last so many items; the offset of a byte.
    let counts_from_the_end = plain == "last" && matches!(kind, Kind::Integer | Kind::Number);
    if counts_from_the_end || (moves == Move::Offset && about.to_lowercase().contains("byte")) {
        return None;
    }
    if matches!(moves, Move::Cursor | Move::Back)
        && strength == Strength::Weak
        && names::speaks_of_pages(&about)
    {
        strength = Strength::Strong;
    }
    if matches!(moves, Move::Page | Move::Offset) && strength == Strength::Weak {
        if !matches!(kind, Kind::Integer | Kind::Number) {
            return None;
        }
        if names::speaks_of_pages(&about) {
            strength = Strength::Strong;
        }
    }
    Some(Mover {
        input,
        moves,
        strength,
        kind,
    })
}

/// By the whole name, or by its last part where parts are grouped: `page[after]`, `pagination.offset`.
fn meaning(input: &Input<'_>) -> Option<(Move, Strength)> {
    let whole = names::moves(&names::plain(&input.name));
    whole.or_else(|| {
        let (group, last) = grouped(&input.name)?;
        let (moves, _) = names::moves(&names::plain(last))?;
        names::groups_pages(&names::plain(group)).then_some((moves, Strength::Strong))
    })
}

/// The group and the last part of `page[after]` or `pagination.offset`.
fn grouped(name: &str) -> Option<(&str, &str)> {
    match name.strip_suffix(']') {
        Some(inner) => inner.rsplit_once('['),
        None => name.rsplit_once('.'),
    }
}

/// The input that takes the page size.
pub(super) fn sizer<'s, 'a>(
    description: &Description,
    inputs: &'s [Input<'a>],
) -> Option<Sizer<'s, 'a>> {
    let sizers = inputs.iter().filter_map(|input| {
        let whole = names::is_size(&names::plain(&input.name));
        let strength = whole.or_else(|| {
            let (group, last) = grouped(&input.name)?;
            names::is_size(&names::plain(last))?;
            names::groups_pages(&names::plain(group)).then_some(Strength::Strong)
        })?;
        let kind = input
            .schema
            .as_ref()
            .map_or(Kind::Open, |it| kind(description, it.schema));
        let fits = matches!(kind, Kind::Integer | Kind::Number | Kind::Text | Kind::Open);
        let is_sure = strength == Strength::Strong
            || matches!(kind, Kind::Integer | Kind::Number)
            || names::speaks_of_pages(&about(input));
        (fits && is_sure).then_some(Sizer { input, strength })
    });
    sizers.max_by_key(|it| it.strength)
}

/// Everything that is said about an input in words.
pub(super) fn about(input: &Input<'_>) -> String {
    let of_schema = input.schema.as_ref().map_or("", |it| it.description());
    format!("{} {of_schema}", input.description.unwrap_or_default())
}
