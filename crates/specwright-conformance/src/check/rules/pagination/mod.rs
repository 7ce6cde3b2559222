//! Rules of the group `pagination`.

use specwright_openapi::diagnostics::Pointer;

use crate::check::{context::Context, list};

rules! {
    bare_array
    contradicting_example
    default_above_maximum
    mixed_styles
    no_default_size
    no_echo
    no_end_condition
    no_links
    no_order
    no_plan
    no_size
    optional_items
    optional_total
    position_type
    prefer_cursor
    required_position
    required_size
    size_minimum
    size_type
    unbounded_size
    unsure_plan
}

/// Where a field of what stands at `normal` of the normal form stands in the document.
fn field(context: &Context<'_>, normal: &Pointer, field: &str) -> Pointer {
    list::place(context, &normal.join(field))
}

/// `a string`, `an integer`.
fn with_article(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'i', 'o']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {kind}")
}
