//! `items` as a list: a schema for each of the first elements (JSON Schema draft 4, Validation §5.3.1).

use super::rewrite as rewrite_schema;
use crate::{
    normalise::swagger2::{
        build::object,
        place::{Place, Record},
    },
    tree::{Node, Number, Object},
};

/// Makes the schemas alternatives and notes how many there are. Any elements may follow them, up to `maxItems`.
pub(super) fn rewrite(schema: &mut Object, place: &Place, record: &mut Record<'_>) {
    let Some(Node::Array(_)) = schema.get("items") else {
        return;
    };
    let Some(Node::Array(mut members)) = schema.remove("items") else {
        return;
    };
    let items = place.join("items");
    let alternatives = items.normal.join("anyOf");
    for (index, node) in members.iter_mut().enumerate() {
        let mut at = Place::new(alternatives.index(index), items.source.index(index));
        record.moved(&at);
        rewrite_schema(node, &mut at, record);
    }
    if members.is_empty() {
        schema.insert("items".to_owned(), Node::Object(Object::default()));
        return;
    }
    let count = Number::Integer(i128::try_from(members.len()).unwrap_or(i128::MAX));
    let closed = matches!(schema.get("maxItems"), Some(Node::Number(most)) if most.as_f64() <= count.as_f64());
    if !closed {
        members.push(Node::Object(Object::default()));
    }
    let all = Node::Object(object([("anyOf", Node::Array(members))]));
    schema.insert("items".to_owned(), all);
    schema.insert("x-specwright-tuple".to_owned(), Node::Number(count));
    if closed {
        schema.insert("x-specwright-tuple-closed".to_owned(), Node::Bool(true));
    }
}

#[cfg(test)]
mod tests {
    use crate::normalise::swagger2::testing::normal;

    #[test]
    fn the_first_elements_have_schemas_of_their_own() {
        normal("definitions: {A: {type: array, items: [{$ref: '#/definitions/B'}, {type: file}]}}")
            .holds(
                "/components/schemas/A",
                "
                type: array
                items: {anyOf: [{$ref: '#/components/schemas/B'}, {type: string, format: binary}, {}]}
                x-specwright-tuple: 2",
            )
            .stood("/components/schemas/A/items/anyOf/1/type", "/definitions/A/items/1/type")
            .lost(&[]);
    }

    #[test]
    fn nothing_follows_where_there_is_no_room() {
        normal("definitions: {A: {items: [{type: string}, {type: integer}], maxItems: 2}}").holds(
            "/components/schemas/A",
            "
            items: {anyOf: [{type: string}, {type: integer}]}
            maxItems: 2
            x-specwright-tuple: 2
            x-specwright-tuple-closed: true",
        );
    }

    #[test]
    fn a_list_of_none_says_nothing() {
        normal("definitions: {A: {items: []}}").holds("/components/schemas/A", "items: {}");
    }
}
