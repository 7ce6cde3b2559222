//! `true` and `false` as schemas (JSON Schema 2020-12 Core §4.3.2).

use super::super::context::Context;
use crate::tree::{Node, Object};

/// `true` allows everything, as does a schema without keywords; `false` allows nothing.
pub(super) fn schema(cx: &mut Context<'_>, allows: bool) -> Node {
    let mut schema = Object::default();
    if !allows {
        schema.insert("not".to_owned(), Node::Object(Object::default()));
        let here = cx.at.clone();
        cx.moved(here.join("not"), &here);
    }
    Node::Object(schema)
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{schema_sources, schemas};

    #[test]
    fn booleans() {
        schemas(&[
            ("true", "{}", &[]),
            ("false", "{not: {}}", &[]),
            (
                "{properties: {a: true, b: false}}",
                "{properties: {a: {}, b: {not: {}}}}",
                &[],
            ),
            (
                "{additionalProperties: false}",
                "{additionalProperties: false}",
                &[],
            ),
            (
                "{additionalProperties: true}",
                "{additionalProperties: true}",
                &[],
            ),
            ("{not: true}", "{not: {}}", &[]),
            (
                "{allOf: [true, {not: false}]}",
                "{allOf: [{}, {not: {not: {}}}]}",
                &[],
            ),
            ("{items: true}", "{items: {}}", &[]),
        ]);
        schema_sources(
            "{properties: {b: false}}",
            &[("/properties/b/not", "/properties/b")],
        );
    }
}
