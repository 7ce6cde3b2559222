//! The rule `structure/encoding-property`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "structure/encoding-property",
        severity: Error,
        summary: "An encoding is that of a property of the schema.",
        explanation: "The keys of `encoding` are names of properties of the media type's schema (Media Type Object, \
            `encoding`). A name that the schema does not have encodes nothing; often it is misspelt.",
    },
    set: Minimal,
    section: "media-type-object",
    covers: &[],
    versions: FROM_3_0,
    fails: "
paths:
  /cats:
    post:
      requestBody:
        content:
          multipart/form-data:
            schema: {type: object, properties: {photo: {type: string, format: binary}}}
            encoding:
              picture: {contentType: image/png} # here
      responses: {'200': {description: A cat.}}
",
    passes: "
paths:
  /cats:
    post:
      requestBody:
        content:
          multipart/form-data:
            schema: {type: object, properties: {photo: {type: string, format: binary}}}
            encoding:
              photo: {contentType: image/png}
      responses: {'200': {description: A cat.}}
",
    check: Check::Objects(&[Kind::MediaType], check),
};

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    let encoding = visit.object.get("encoding").and_then(Node::as_object);
    let schema = visit.object.get("schema").and_then(Node::as_object);
    let (Some(encoding), Some(schema)) = (encoding, schema) else {
        return;
    };
    let Some(properties) = schemas::properties(context.document, schema) else {
        return;
    };
    for (name, _) in encoding.iter().filter(|(name, _)| !name.starts_with("x-")) {
        if !properties.contains_key(name) {
            let pointer = visit.path.pointer().join("encoding").join(name);
            report.at(pointer, format!("the schema has no property `{name}`")).on_key();
        }
    }
}
