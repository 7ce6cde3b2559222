//! `exclusiveMinimum` and `exclusiveMaximum`, numbers since 3.1 (JSON Schema 2020-12 Validation §6.2.3 and §6.2.5).

use super::super::context::{Context, set};
use crate::tree::{Node, Number, Object};

/// The stricter of both bounds, with the boolean of 3.0 that says whether it is excluded.
pub(super) fn rewrite(cx: &mut Context<'_>, schema: &mut Object) {
    one(cx, schema, "minimum", "exclusiveMinimum", |one, other| {
        less(other, one)
    });
    one(cx, schema, "maximum", "exclusiveMaximum", less);
}

/// `stricter` says whether a bound leaves less than another.
fn one(
    cx: &mut Context<'_>,
    schema: &mut Object,
    inclusive: &str,
    exclusive: &str,
    stricter: fn(Number, Number) -> bool,
) {
    let Some(Node::Number(bound)) = schema.get(exclusive) else {
        return;
    };
    let bound = *bound;
    if matches!(schema.get(inclusive), Some(Node::Number(other)) if stricter(*other, bound)) {
        schema.remove(exclusive);
        return;
    }
    set(schema, exclusive, Node::Bool(true));
    set(schema, inclusive, Node::Number(bound));
    cx.moved(cx.at.join(inclusive), &cx.at.join(exclusive));
}

fn less(one: Number, other: Number) -> bool {
    match (one, other) {
        (Number::Integer(one), Number::Integer(other)) => one < other,
        _ => one.as_f64() < other.as_f64(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{schema_sources, schemas};

    #[test]
    fn bounds() {
        schemas(&[
            (
                "{exclusiveMinimum: 1}",
                "{minimum: 1, exclusiveMinimum: true}",
                &[],
            ),
            (
                "{exclusiveMaximum: 1.5}",
                "{maximum: 1.5, exclusiveMaximum: true}",
                &[],
            ),
            ("{minimum: 2, exclusiveMinimum: 1}", "{minimum: 2}", &[]),
            (
                "{minimum: 1, exclusiveMinimum: 1}",
                "{minimum: 1, exclusiveMinimum: true}",
                &[],
            ),
            (
                "{minimum: 0, exclusiveMinimum: 1}",
                "{minimum: 1, exclusiveMinimum: true}",
                &[],
            ),
            ("{maximum: 1, exclusiveMaximum: 2}", "{maximum: 1}", &[]),
            (
                "{maximum: 3, exclusiveMaximum: 2}",
                "{maximum: 2, exclusiveMaximum: true}",
                &[],
            ),
            (
                "{maximum: 2, exclusiveMaximum: 1.5}",
                "{maximum: 1.5, exclusiveMaximum: true}",
                &[],
            ),
            (
                "{minimum: 9007199254740993, exclusiveMinimum: 9007199254740992}",
                "{minimum: 9007199254740993}",
                &[],
            ),
            (
                "{minimum: 1, exclusiveMinimum: true}",
                "{minimum: 1, exclusiveMinimum: true}",
                &[],
            ),
            ("{minimum: 1, maximum: 2}", "{minimum: 1, maximum: 2}", &[]),
        ]);
        schema_sources(
            "{exclusiveMaximum: 1}",
            &[("/maximum", "/exclusiveMaximum")],
        );
    }
}
