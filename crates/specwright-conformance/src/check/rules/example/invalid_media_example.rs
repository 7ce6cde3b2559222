//! The rule `example/invalid-media-example`.

use crate::{check::examples::{self, Example}, schema::Direction};

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "example/invalid-media-example",
        severity: Warning,
        summary: "Examples of bodies fit their schema.",
        explanation: "An example shows what is sent, so it has to be in the format that the schema says (Media Type Object, \
            `example`). One that does not fit misleads readers, and mocks that serve it break their clients. In \
            requests properties that are `readOnly` need not be there, in responses those that are `writeOnly`.",
    },
    set: Recommended,
    section: "media-type-object",
    covers: &["spectral:oas3-valid-media-example", "spectral:oas2-valid-media-example", "redocly:no-invalid-media-type-examples", "vacuum:oas3-valid-schema-example"],
    versions: ALL,
    fails: "
paths:
  /cats/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: A cat.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Cat'}
              examples:
                tom:
                  value:
                    name: Tom
                    age: three # here
                felix: {$ref: '#/components/examples/felix'}
                paul:
                  value: # here
                    $ref: '#/components/examples/felix'
components:
  schemas:
    Cat:
      type: object
      required: [name]
      properties: {name: {type: string}, age: {type: integer}}
  examples:
    felix:
      value: # here
        age: 3
",
    passes: "
paths:
  /cats:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [id, name]
              properties: {id: {type: string, readOnly: true}, name: {type: string}}
            example: {name: Tom}
      responses: {'204': {description: Done.}}
",
    check: Check::Objects(&[Kind::MediaType, Kind::Response], check),
};

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    if visit.kind == Kind::Response {
        return of_swagger(visit, context, report);
    }
    let media_type = visit.path.name().unwrap_or_default();
    // Examples of other media types may stand for what is sent as text.
    let json = specwright_openapi::is_json(media_type) || visit.path.field() == Some("mediaTypes");
    let Some((node, at)) = examples::schema_of(visit, context) else {
        return;
    };
    for example in examples::beside(visit, context) {
        if json || matches!(example.value, Node::Object(_)) {
            examples::judge(context, (node, &at), &example, examples::direction(visit.path), report);
        }
    }
}

/// The examples of 2.0, which stand by media type beside the schema of the response.
fn of_swagger<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    let (Some(schema), Some(all)) = (
        visit.object.get("schema"),
        visit.object.get("examples").and_then(Node::as_object),
    ) else {
        return;
    };
    let own = visit.path.pointer();
    for (media_type, value) in all.iter().filter(|(name, _)| specwright_openapi::is_json(name)) {
        let example = Example { value, pointer: own.join("examples").join(media_type) };
        let schema = (schema, &own.join("schema"));
        examples::judge(context, schema, &example, Direction::Response, report);
    }
}
