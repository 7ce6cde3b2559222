//! `examples` of a schema, a list since 3.1 (JSON Schema 2020-12 Validation §9.5).

use super::super::context::{Context, set};
use crate::tree::{Node, Object};

const FURTHER: &str = "x-specwright-examples";

/// The first is the `example` of 3.0, unless there is one; the others are carried beside it.
pub(super) fn rewrite(cx: &mut Context<'_>, schema: &mut Object) {
    let Some(Node::Array(examples)) = schema.remove("examples") else {
        return;
    };
    let list = cx.at.join("examples");
    let mut further = Vec::new();
    for (index, example) in examples.into_iter().enumerate() {
        if !schema.contains("example") {
            cx.moved(cx.at.join("example"), &list.index(index));
            set(schema, "example", example);
        } else {
            cx.moved(cx.at.join(FURTHER).index(further.len()), &list.index(index));
            further.push(example);
        }
    }
    if !further.is_empty() {
        cx.moved(cx.at.join(FURTHER), &list);
        set(schema, FURTHER, Node::Array(further));
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{schema_sources, schemas};

    #[test]
    fn examples() {
        schemas(&[
            ("{examples: [1]}", "{example: 1}", &[]),
            (
                "{examples: [1, {a: 2}, ~]}",
                "{example: 1, x-specwright-examples: [{a: 2}, ~]}",
                &[],
            ),
            (
                "{example: 0, examples: [1]}",
                "{example: 0, x-specwright-examples: [1]}",
                &[],
            ),
            ("{examples: []}", "{}", &[]),
            ("{example: 1}", "{example: 1}", &[]),
            (
                "{properties: {examples: {type: array}}}",
                "{properties: {examples: {type: array}}}",
                &[],
            ),
        ]);
        schema_sources(
            "{examples: [1, {a: 2}]}",
            &[
                ("/example", "/examples/0"),
                ("/x-specwright-examples/0/a", "/examples/1/a"),
            ],
        );
    }
}
