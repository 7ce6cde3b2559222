//! Media types (OAS 3.2.0, Media Type Object and Encoding Object).

use specwright_diagnostics::Pointer;

use super::{
    NOT_CARRIED,
    context::{Context, set, text},
    example, parameter,
    schema::{self, Place},
};
use crate::tree::{Node, Object};

const SECTION: &str = "#/components/mediaTypes";

/// How many references to media types may be inside each other, through the headers of parts.
const DEEPEST: usize = 8;

/// How many nodes may be copied in place of references to media types.
const MOST_COPIED: usize = 1_000_000;

/// The map in the field `content`.
pub(super) fn content(cx: &mut Context<'_>, holder: &mut Object) {
    cx.object(holder, "content", |cx, content| {
        let names: Vec<String> = content.iter().map(|(name, _)| name.to_owned()).collect();
        for name in names {
            cx.object(content, &name, |cx, media_type| {
                let before = cx.depth;
                resolve(cx, media_type);
                rewrite(cx, media_type, Place::of_body(&name));
                cx.depth = before;
            });
        }
    });
}

/// Puts the component in place of a reference to it, which 3.2 allows.
fn resolve(cx: &mut Context<'_>, media_type: &mut Object) {
    while let Some(target) = media_type.get("$ref").and_then(Node::as_str) {
        let Some((name, copy)) = component(cx, target) else {
            media_type.remove("$ref");
            return;
        };
        cx.depth += 1;
        cx.nodes_copied += size_of(&copy);
        if cx.depth > DEEPEST || cx.nodes_copied > MOST_COPIED {
            let message = "this use of a media type is left out: references to media types are too many or too deep";
            cx.remove(media_type, "$ref", &NOT_CARRIED, message);
            return;
        }
        *media_type = copy;
        cx.copied(
            Pointer::root()
                .join("components")
                .join("mediaTypes")
                .join(&name),
        );
    }
}

/// A copy of the Media Type Object that a reference leads to, and its name.
fn component(cx: &Context<'_>, target: &str) -> Option<(String, Object)> {
    let name = Pointer::parse(target.strip_prefix(SECTION)?)?.last()?;
    let object = cx.known.media_types.get(&name)?.as_object()?;
    Some((name, object.clone()))
}

fn rewrite(cx: &mut Context<'_>, media_type: &mut Object, place: Place) {
    sequence(cx, media_type);
    cx.node(media_type, "schema", |cx, node| {
        schema::rewrite(cx, node, place)
    });
    cx.map(media_type, "examples", example::rewrite);
    let message = "is not carried: how parts without names are written is not known";
    left_out(cx, media_type, &["prefixEncoding", "itemEncoding"], message);
    cx.map(media_type, "encoding", encoding);
}

fn encoding(cx: &mut Context<'_>, encoding: &mut Object) {
    cx.map(encoding, "headers", parameter::header);
    let message = "is not carried: how parts inside this part are written is not known";
    left_out(
        cx,
        encoding,
        &["encoding", "prefixEncoding", "itemEncoding"],
        message,
    );
}

fn left_out(cx: &mut Context<'_>, holder: &mut Object, fields: &[&str], message: &str) {
    for field in fields {
        cx.remove(holder, field, &NOT_CARRIED, &format!("`{field}` {message}"));
    }
}

/// `itemSchema`, since 3.2: the body is a sequence of items, which is described as an array of them.
fn sequence(cx: &mut Context<'_>, media_type: &mut Object) {
    let Some(items) = media_type.remove("itemSchema") else {
        return;
    };
    let message =
        "`schema` beside `itemSchema` is not carried: the items are described by the latter alone";
    cx.remove(media_type, "schema", &NOT_CARRIED, message);
    let array = [
        ("type".to_owned(), text("array")),
        ("items".to_owned(), items),
    ];
    set(
        media_type,
        "schema",
        Node::Object(array.into_iter().collect()),
    );
    set(media_type, "x-specwright-sequential", Node::Bool(true));
    let (schema, before) = (cx.at.join("schema"), cx.at.join("itemSchema"));
    cx.moved(schema.join("items"), &before);
    cx.moved(schema, &before);
}

/// The number of nodes below an object, and the object.
fn size_of(object: &Object) -> usize {
    fn size(node: &Node) -> usize {
        match node {
            Node::Object(object) => size_of(object),
            Node::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
            _ => 1,
        }
    }
    1 + object.iter().map(|(_, node)| size(node)).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{documents, node, rewritten, sources};

    #[test]
    fn media_types() {
        let cases: &[(&str, &str, &[&str])] = &[
            (
                "{itemSchema: {$ref: '#/a'}}",
                "{schema: {type: array, items: {$ref: '#/a'}}, x-specwright-sequential: true}",
                &[],
            ),
            (
                "{itemSchema: true, schema: {type: array}}",
                "{schema: {type: array, items: {}}, x-specwright-sequential: true}",
                &["structure/not-carried /components/requestBodies/B/content/a~1b/schema"],
            ),
            (
                "{schema: {type: array}, prefixEncoding: [{}], itemEncoding: {}}",
                "{schema: {type: array}}",
                &[
                    "structure/not-carried /components/requestBodies/B/content/a~1b/prefixEncoding",
                    "structure/not-carried /components/requestBodies/B/content/a~1b/itemEncoding",
                ],
            ),
            (
                "{encoding: {p: {contentType: a/b, headers: {H: {schema: true}}, encoding: {q: {}}}}}",
                "{encoding: {p: {contentType: a/b, headers: {H: {schema: {}}}}}}",
                &[
                    "structure/not-carried /components/requestBodies/B/content/a~1b/encoding/p/encoding",
                ],
            ),
            (
                "{examples: {e: {dataValue: 1}}}",
                "{examples: {e: {value: 1}}}",
                &[],
            ),
        ];
        for (before, after, lost) in cases {
            let [before, after] = [before, after].map(|it| {
                format!("{{paths: {{}}, components: {{requestBodies: {{B: {{content: {{a/b: {it}}}}}}}}}}}")
            });
            documents(&[(&before, &after, lost)]);
        }
        sources(
            "{components: {responses: {R: {content: {a: {itemSchema: {title: t}}}}}}}",
            &[
                (
                    "/components/responses/R/content/a/schema",
                    "/components/responses/R/content/a/itemSchema",
                ),
                (
                    "/components/responses/R/content/a/schema/items/title",
                    "/components/responses/R/content/a/itemSchema/title",
                ),
            ],
        );
    }

    #[test]
    fn references_to_media_types() {
        let text = "components:
  mediaTypes: {a/b: {$ref: '#/components/mediaTypes/B'}, B: {schema: {type: [string, 'null']}}}
  responses: {R: {description: d, content: {x/y: {$ref: '#/components/mediaTypes/a~1b'}, x/z: {$ref: '#/a'}}}}
";
        let expected = "{paths: {}, components: {responses: {R: {description: d, \
            content: {x/y: {schema: {type: string, nullable: true}}, x/z: {}}}}}}";
        documents(&[(text, expected, &[])]);
        let at = "/components/responses/R/content/x~1y/schema";
        sources(text, &[(at, "/components/mediaTypes/B/schema")]);
    }

    #[test]
    fn media_types_that_contain_themselves_come_to_an_end() {
        let circle = "components:
  mediaTypes: {A: {$ref: '#/components/mediaTypes/B'}, B: {$ref: '#/components/mediaTypes/A'}}
  responses: {R: {content: {x: {$ref: '#/components/mediaTypes/A'}}}}
";
        let (_, lost, _) = rewritten(node(circle));
        assert_eq!(lost.len(), 1, "{lost:?}");

        let header = "{content: {x: {$ref: '#/components/mediaTypes/A'}}}";
        let headers: Vec<String> = (0..20).map(|it| format!("H{it}: {header}")).collect();
        let headers = headers.join(", ");
        let bomb = format!(
            "components:\n  mediaTypes: {{A: {{encoding: {{p: {{headers: {{{headers}}}}}}}}}}}\n  headers: {{H: {header}}}\n"
        );
        let (_, lost, _) = rewritten(node(&bomb));
        assert!(!lost.is_empty());
    }
}
