//! The rule `structure/ignored-header`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "structure/ignored-header",
        severity: Warning,
        summary: "Header fields that the specification describes elsewhere are not described as headers.",
        explanation: "Parameters named `Accept`, `Content-Type` and `Authorization` are ignored (Parameter Object, `name`): \
            media types stand in `content`, credentials in `security`. So is `Content-Type` among the headers of a \
            response (Response Object, `headers`). Tools that keep to this lose what is said there.",
    },
    set: Recommended,
    section: "parameter-object",
    covers: &[],
    versions: FROM_3_0,
    fails: "
paths:
  /cats:
    get:
      parameters:
        - name: Authorization # here
          in: header
          schema: {type: string}
      responses:
        '200':
          description: Cats.
          headers:
            Content-Type: {schema: {type: string}} # here
",
    passes: "
security: [{token: []}]
paths:
  /cats:
    get:
      parameters: [{name: Accept-Language, in: header, schema: {type: string}}]
      responses:
        '200':
          description: Cats.
          content: {text/plain: {}}
components:
  securitySchemes: {token: {type: http, scheme: bearer}}
",
    check: Check::Objects(&[Kind::Parameter, Kind::Response], check),
};

fn check<'d>(visit: &Visit<'d, '_>, _: &Context<'d>, report: &mut Report<'_>) {
    let text = |field| visit.object.get(field).and_then(Node::as_str);
    if let (Kind::Parameter, Some("header"), Some(name)) = (visit.kind, text("in"), text("name")) {
        let elsewhere = match name.to_ascii_lowercase().as_str() {
            "accept" => "the media types of `responses` say what can be asked for",
            "content-type" => "the media types of `requestBody` say what can be sent",
            "authorization" => "describe credentials by a security scheme",
            _ => return,
        };
        let message = format!("a header parameter `{name}` is ignored");
        report.field(visit.path, "name", message).help(elsewhere);
    }
    if visit.kind == Kind::Response {
        let headers = visit.object.get("headers").and_then(Node::as_object);
        for (name, _) in headers.into_iter().flat_map(Object::iter) {
            if name.eq_ignore_ascii_case("content-type") {
                let pointer = visit.path.pointer().join("headers").join(name);
                report
                    .at(pointer, format!("a response header `{name}` is ignored"))
                    .on_key()
                    .help("the keys of `content` are the media types");
            }
        }
    }
}
