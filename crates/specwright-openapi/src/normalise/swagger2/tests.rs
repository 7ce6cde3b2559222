//! The rewrite as a whole.

use specwright_diagnostics::Pointer;

use super::{
    testing::{normal, tree},
    to_v3_0,
};
use crate::{
    normalise::Moves,
    tree::{Node, Number, Object},
    typed,
};

/// A document that uses each rewrite.
const RICH: &str = "
swagger: '2.0'
info: {title: t, version: '1'}
host: a.example
basePath: /v1
schemes: [https, http]
consumes: [application/json, application/xml]
produces: [application/json]
x-ms-parameterized-host: {hostTemplate: '{a}.example', parameters: [{$ref: '#/parameters/Host'}]}
tags: [{name: g}]
security: [{key: []}]
paths:
  /a/{id}:
    parameters:
    - {name: id, in: path, required: true, type: string}
    - {name: shared, in: formData, type: string, description: of the path}
    get:
      schemes: [wss]
      parameters:
      - {$ref: '#/parameters/Limit'}
      - {name: ids, in: query, type: array, collectionFormat: tsv, items: {type: array, items: {type: integer}}}
      responses:
        200:
          description: fine
          schema: {type: array, items: {$ref: '#/definitions/Pet'}}
          examples: {application/json: [{kind: cat}], none: 1}
          headers: {X-Total: {type: integer, description: all}}
        default: {$ref: '#/responses/Problem'}
    put:
      consumes: [multipart/form-data]
      parameters:
      - {name: file, in: formData, type: file, required: true}
      - {$ref: '#/parameters/Field'}
      responses: {default: {$ref: '#/responses/Problem'}}
    post:
      produces: [text/plain]
      parameters: [{$ref: '#/parameters/Body'}, {name: verbose, in: query, type: boolean}]
      responses: {default: {$ref: '#/responses/Problem'}}
x-ms-paths:
  /a?b: {delete: {parameters: [{name: b, in: body, schema: {description: odd}}], responses: {}}}
parameters:
  Host: {name: a, in: path, type: string, default: x}
  Limit: {name: limit, in: query, type: integer, maximum: 9}
  Body: {name: body, in: body, schema: {$ref: '#/definitions/Pet'}}
  Field: {name: field, in: formData, type: array, items: {type: string}, description: of the root}
responses:
  Problem: {description: wrong, schema: {$ref: '#/definitions/Problem'}}
definitions:
  Pet:
    type: object
    discriminator: kind
    required: [kind]
    properties:
      kind: {type: string, description: which}
      tag: {type: [string, 'null', boolean], pattern: a}
      pair: {type: array, items: [{type: string, title: first}, {type: integer, title: second}]}
  Cat: {x-ms-discriminator-value: '#Cat', allOf: [{$ref: '#/definitions/Pet'}, {properties: {a: {x-nullable: true}}}]}
  Problem: {type: object, additionalProperties: {type: file}}
securityDefinitions:
  key: {type: apiKey, name: k, in: header}
  oauth: {type: oauth2, flow: accessCode, authorizationUrl: https://a.example, tokenUrl: https://b.example, scopes: {s: t}}
";

fn walk(node: &Node, at: &Pointer, see: &mut dyn FnMut(&Pointer, &Node)) {
    see(at, node);
    match node {
        Node::Object(object) => object
            .iter()
            .for_each(|(key, node)| walk(node, &at.join(key), see)),
        Node::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, node)| walk(node, &at.index(index), see)),
        _ => {}
    }
}

#[test]
fn every_reference_leads_to_a_component() {
    let normal = normal(RICH);
    let mut seen = 0;
    walk(&normal.tree, &Pointer::root(), &mut |at, node| {
        let extension = at.segments().any(|segment| segment.starts_with("x-"));
        if let (Some("$ref"), Some(target), false) =
            (at.last().as_deref(), node.as_str(), extension)
        {
            let pointer = target.strip_prefix('#').and_then(Pointer::parse).unwrap();
            assert!(target.starts_with("#/components/"), "{at}: {target}");
            assert!(normal.tree.at(&pointer).is_some(), "{at}: {target}");
            seen += 1;
        }
    });
    assert_eq!(seen, 11);
}

#[test]
fn texts_stand_in_the_source_where_the_moves_say() {
    let (source, normal) = (tree(RICH), normal(RICH));
    let kept = [
        "description",
        "title",
        "name",
        "in",
        "tokenUrl",
        "pattern",
        "maximum",
        "operationId",
        "example",
    ];
    let mut seen = 0;
    walk(&normal.tree, &Pointer::root(), &mut |at, node| {
        let is_server = at.as_str().starts_with("/servers") || at.as_str().contains("/servers/");
        if kept.contains(&at.last().unwrap_or_default().as_str()) && !is_server {
            assert_eq!(source.at(&normal.moves.source(at)), Some(node), "{at}");
            seen += 1;
        }
    });
    assert_eq!(seen, 30);
}

#[test]
fn what_is_lost_is_reported() {
    normal(RICH).lost(&[
        (
            "wire/not-carried",
            "/paths/~1a~1{id}/get/parameters/1/items",
        ),
        (
            "wire/not-carried",
            "/paths/~1a~1{id}/get/parameters/1/collectionFormat",
        ),
        (
            "example/no-media-type",
            "/paths/~1a~1{id}/get/responses/200/examples/none",
        ),
        ("structure/one-body", "/paths/~1a~1{id}/parameters/1"),
    ]);
}

#[test]
fn the_result_can_be_read() {
    let normal = normal(RICH);
    let document = typed::document(normal.tree.as_object().unwrap());
    assert_eq!(document.openapi, "3.0.4");
    assert_eq!(document.operations().count(), 4);
    assert_eq!(
        document
            .operations()
            .filter(|(_, _, operation)| operation.request_body.is_some())
            .count(),
        4
    );
    let components = document.components.unwrap();
    assert_eq!(
        components.responses.keys().collect::<Vec<_>>(),
        ["Problem", "Problem_2"]
    );
    assert_eq!(components.security_schemes.len(), 2);
}

#[test]
fn roots_that_are_no_objects_stay() {
    for text in ["[]", "1", "a", "~"] {
        assert_eq!(normal(text).tree, tree(text));
    }
}

/// Whatever takes the place of a node, there is a result.
#[test]
fn no_tree_is_too_odd() {
    let rich = tree(RICH);
    let mut places = Vec::new();
    walk(&rich, &Pointer::root(), &mut |at, _| {
        places.push(at.clone())
    });
    let odd = [
        Node::Null,
        Node::Bool(true),
        Node::Number(Number::Integer(-1)),
        Node::String("#/definitions/Pet".to_owned()),
        Node::Array(vec![Node::Null, Node::Array(Vec::new())]),
        Node::Object(Object::default()),
        tree(
            "{$ref: '#/parameters/Body', in: body, schema: 1, type: [1], items: [2], examples: []}",
        ),
    ];
    for place in places {
        for odd in &odd {
            let mut tree = rich.clone();
            *tree.at_mut(&place).unwrap() = odd.clone();
            to_v3_0(tree, &mut Moves::default(), &mut Vec::new());
        }
    }
}

#[test]
fn copies_have_a_limit() {
    let properties: Vec<String> = (0..6_000)
        .map(|number| format!("p{number}: {{}}"))
        .collect();
    let types: Vec<String> = (0..200).map(|number| format!("a/b{number}")).collect();
    let body = format!(
        "{{in: body, schema: {{properties: {{{}}}}}}}",
        properties.join(", ")
    );
    normal(&format!(
        "consumes: [{}]\npaths: {{/a: {{put: {{parameters: [{body}]}}}}}}",
        types.join(", ")
    ))
    .holds(
        "/paths/~1a/put/requestBody/content/a~1b0/schema/properties/p5999",
        "{}",
    )
    .lacks("/paths/~1a/put/requestBody/content/a~1b1")
    .lost(&[("structure/too-large", "/paths/~1a/put/parameters/0/schema")]);
}

#[test]
fn media_types_have_a_limit() {
    let types: Vec<String> = (0..257).map(|number| format!("a/b{number}")).collect();
    let text = format!(
        "consumes: [{}]\npaths: {{/a: {{put: {{parameters: [{{in: body}}]}}}}}}",
        types.join(", ")
    );
    normal(&text)
        .holds("/paths/~1a/put/requestBody/content/a~1b255", "{}")
        .lacks("/paths/~1a/put/requestBody/content/a~1b256")
        .lost(&[("structure/too-large", "/consumes")]);
}
