//! `null` among the members of `anyOf` and `oneOf` (OAS 3.1.1, Schema Object), which 3.0 says with `nullable`.

use super::{
    super::context::{Context, set},
    Types,
};
use crate::tree::{Node, Object};

/// Takes the members that allow only `null` out of unions; makes the schema nullable if its other keywords let it be.
pub(super) fn rewrite(cx: &mut Context<'_>, schema: &mut Object) {
    for keyword in ["anyOf", "oneOf"] {
        if let Some(Node::Array(members)) = schema.get(keyword) {
            let kept: Vec<bool> = members.iter().map(|it| !is_null(it, cx)).collect();
            if kept.contains(&true) && kept.contains(&false) {
                if admits_null(schema) {
                    set(schema, "nullable", Node::Bool(true));
                }
                take_out(cx, schema, keyword, &kept);
            }
        }
    }
}

/// Whether a schema allows `null` and nothing else.
fn is_null(schema: &Node, cx: &Context<'_>) -> bool {
    if let Some(Node::String(target)) = schema.get("$ref") {
        return cx
            .known
            .types(target)
            .is_some_and(|types| types.is_only("null"));
    }
    let only_null = schema
        .get("type")
        .is_some_and(|node| Types::of(node).is_only("null"));
    let constant = schema.get("const") == Some(&Node::Null);
    only_null || constant || schema.get("enum").and_then(Node::as_array) == Some(&[Node::Null])
}

/// Whether `type` and `enum` let `null` through.
fn admits_null(schema: &Object) -> bool {
    let of_type = schema
        .get("type")
        .is_none_or(|node| Types::of(node).contains("null"));
    let values = schema.get("enum").and_then(Node::as_array);
    of_type && values.is_none_or(|values| values.contains(&Node::Null))
}

/// Keeps some members of a union; a single one becomes a member of `allOf`, which means the same, unless a
/// discriminator looks for it.
fn take_out(cx: &mut Context<'_>, schema: &mut Object, keyword: &str, kept: &[bool]) {
    let Some(Node::Array(members)) = schema.remove(keyword) else {
        return;
    };
    let single = kept.iter().filter(|it| **it).count() == 1 && !schema.contains("discriminator");
    let new = if single { "allOf" } else { keyword };
    let mut list = match schema.remove(new) {
        Some(Node::Array(list)) => list,
        _ => Vec::new(),
    };
    for (index, (member, _)) in members
        .into_iter()
        .zip(kept)
        .enumerate()
        .filter(|(_, (_, kept))| **kept)
    {
        let now = cx.at.join(new).index(list.len());
        cx.moved(now, &cx.at.join(keyword).index(index));
        list.push(member);
    }
    schema.insert(new.to_owned(), Node::Array(list));
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{schema_sources, schemas};

    #[test]
    fn unions() {
        schemas(&[
            (
                "{anyOf: [{$ref: '#/a'}, {type: 'null'}], description: d}",
                "{allOf: [{$ref: '#/a'}], nullable: true, description: d}",
                &[],
            ),
            (
                "{oneOf: [{type: 'null'}, {type: string}, {type: integer}]}",
                "{oneOf: [{type: string}, {type: integer}], nullable: true}",
                &[],
            ),
            (
                "{anyOf: [{const: ~}, {type: string}]}",
                "{allOf: [{type: string}], nullable: true}",
                &[],
            ),
            (
                "{anyOf: [{enum: [~]}, {type: string}]}",
                "{allOf: [{type: string}], nullable: true}",
                &[],
            ),
            (
                "{anyOf: [{$ref: '#/components/schemas/Null'}, {$ref: '#/components/schemas/Text'}]}",
                "{allOf: [{$ref: '#/components/schemas/Text'}], nullable: true}",
                &[],
            ),
            (
                "{oneOf: [{$ref: '#/a'}, {type: 'null'}], discriminator: {propertyName: p}}",
                "{oneOf: [{$ref: '#/a'}], nullable: true, discriminator: {propertyName: p}}",
                &[],
            ),
            (
                "{oneOf: [{$ref: '#/a'}, {type: 'null'}], allOf: [{$ref: '#/b'}]}",
                "{allOf: [{$ref: '#/b'}, {$ref: '#/a'}], nullable: true}",
                &[],
            ),
            (
                "{anyOf: [{$ref: '#/a'}, {type: 'null'}], oneOf: [{type: 'null'}, {$ref: '#/b'}]}",
                "{allOf: [{$ref: '#/a'}, {$ref: '#/b'}], nullable: true}",
                &[],
            ),
        ]);
    }

    #[test]
    fn null_must_get_through_the_other_keywords() {
        schemas(&[
            (
                "{type: object, anyOf: [{$ref: '#/a'}, {type: 'null'}]}",
                "{type: object, allOf: [{$ref: '#/a'}]}",
                &[],
            ),
            (
                "{type: [object, 'null'], anyOf: [{$ref: '#/a'}, {type: 'null'}]}",
                "{type: object, allOf: [{$ref: '#/a'}], nullable: true}",
                &[],
            ),
            (
                "{enum: [a], anyOf: [{$ref: '#/a'}, {type: 'null'}]}",
                "{enum: [a], allOf: [{$ref: '#/a'}]}",
                &[],
            ),
            (
                "{enum: [a, ~], anyOf: [{$ref: '#/a'}, {type: 'null'}]}",
                "{enum: [a, ~], allOf: [{$ref: '#/a'}], nullable: true}",
                &[],
            ),
        ]);
    }

    #[test]
    fn nothing_but_null() {
        schemas(&[
            (
                "{anyOf: [{type: 'null'}]}",
                "{anyOf: [{nullable: true, enum: [~]}]}",
                &[],
            ),
            (
                "{anyOf: [{type: string}]}",
                "{anyOf: [{type: string}]}",
                &[],
            ),
            ("{anyOf: []}", "{anyOf: []}", &[]),
        ]);
    }

    #[test]
    fn places() {
        schema_sources(
            "{anyOf: [{type: 'null'}, {const: a}, {title: t}]}",
            &[
                ("/anyOf/0/enum", "/anyOf/1/const"),
                ("/anyOf/1/title", "/anyOf/2/title"),
            ],
        );
        schema_sources(
            "{oneOf: [{type: 'null'}, {title: t}], allOf: [{title: a}]}",
            &[
                ("/allOf/0/title", "/allOf/0/title"),
                ("/allOf/1/title", "/oneOf/1/title"),
            ],
        );
    }
}
