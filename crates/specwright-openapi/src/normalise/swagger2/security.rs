//! `securityDefinitions` as security schemes (OpenAPI 2.0, Security Scheme Object; OAS 3.0.3, OAuth Flows Object).

use specwright_diagnostics::Pointer;

use super::{
    build::{object, string, text},
    place::{Place, Record},
};
use crate::tree::{Node, Object};

/// `securityDefinitions` as `components/securitySchemes`.
pub(super) fn definitions(mut definitions: Object, record: &mut Record<'_>) -> Node {
    let section = Place::new(
        Pointer::root().join("components").join("securitySchemes"),
        Pointer::root().join("securityDefinitions"),
    );
    record.moved(&section);
    for (name, node) in definitions.iter_mut() {
        if let Node::Object(scheme) = node {
            match string(scheme, "type") {
                Some("basic") => basic(scheme),
                Some("oauth2") => oauth2(scheme, &section.join(name), record),
                _ => {}
            }
        }
    }
    Node::Object(definitions)
}

fn basic(scheme: &mut Object) {
    scheme.remove("type");
    scheme.insert("type".to_owned(), text("http"));
    scheme.insert("scheme".to_owned(), text("basic"));
}

fn oauth2(scheme: &mut Object, place: &Place, record: &mut Record<'_>) {
    let name = match scheme.remove("flow").as_ref().and_then(Node::as_str) {
        Some("accessCode") => Some("authorizationCode"),
        Some("application") => Some("clientCredentials"),
        Some("implicit") => Some("implicit"),
        Some("password") => Some("password"),
        _ => None,
    };
    let mut flow = Object::default();
    for key in ["authorizationUrl", "tokenUrl", "scopes"] {
        if let Some(node) = scheme.remove(key) {
            flow.insert(key.to_owned(), node);
        }
    }
    if !flow.contains("scopes") {
        flow.insert("scopes".to_owned(), Node::Object(Object::default()));
    }
    let mut flows = Object::default();
    if let Some(name) = name {
        let at = place.normal.join("flows").join(name);
        record.moved(&Place::new(at, place.source.clone()));
        flows = object([(name, Node::Object(flow))]);
    }
    scheme.insert("flows".to_owned(), Node::Object(flows));
}

#[cfg(test)]
mod tests {
    use crate::normalise::swagger2::testing::normal;

    #[test]
    fn each_kind_of_scheme_has_its_counterpart() {
        let table = [
            (
                "{type: basic, description: d}",
                "{description: d, type: http, scheme: basic}",
            ),
            (
                "{type: apiKey, name: k, in: header}",
                "{type: apiKey, name: k, in: header}",
            ),
            (
                "{type: oauth2, flow: implicit, authorizationUrl: a, scopes: {s: t}, x-a: 1}",
                "{type: oauth2, x-a: 1, flows: {implicit: {authorizationUrl: a, scopes: {s: t}}}}",
            ),
            (
                "{type: oauth2, flow: accessCode, authorizationUrl: a, tokenUrl: t, scopes: {}}",
                "{type: oauth2, flows: {authorizationCode: {authorizationUrl: a, tokenUrl: t, scopes: {}}}}",
            ),
            (
                "{type: oauth2, flow: application, tokenUrl: t}",
                "{type: oauth2, flows: {clientCredentials: {tokenUrl: t, scopes: {}}}}",
            ),
            (
                "{type: oauth2, flow: password, tokenUrl: t, scopes: {}}",
                "{type: oauth2, flows: {password: {tokenUrl: t, scopes: {}}}}",
            ),
            ("{type: oauth2}", "{type: oauth2, flows: {}}"),
        ];
        for (scheme, expected) in table {
            normal(&format!("securityDefinitions: {{a: {scheme}}}"))
                .holds("/components/securitySchemes/a", expected)
                .lost(&[]);
        }
    }

    #[test]
    fn flows_stood_in_the_scheme() {
        normal("securityDefinitions: {a: {type: oauth2, flow: application, tokenUrl: t}}").stood(
            "/components/securitySchemes/a/flows/clientCredentials/tokenUrl",
            "/securityDefinitions/a/tokenUrl",
        );
    }
}
