//! Which version of the specification a document follows.

use specwright_diagnostics::{Diagnostic, FileId, Pointer, Rule, Severity};

use crate::{
    structure::Version,
    tree::{Node, Number},
};

pub(crate) static UNSUPPORTED_VERSION: Rule = Rule {
    name: "structure/unsupported-version",
    severity: Severity::Error,
    summary: "The document names a version of the specification that can be read.",
    explanation: "The field `openapi` of the root says which version of the specification the document follows, in \
        Swagger 2.0 the field `swagger`. Versions 2.0, 3.0, 3.1 and 3.2 are read.",
};

/// The version that a document names; `None` if it names none that is known, which is reported.
pub(crate) fn of(tree: &Node, file: FileId, diagnostics: &mut Vec<Diagnostic>) -> Option<Version> {
    let root = Pointer::root();
    let mut report = |pointer: Pointer, message: String| {
        diagnostics.push(Diagnostic::new(
            &UNSUPPORTED_VERSION,
            file,
            pointer,
            message,
        ));
        None
    };
    let Some(object) = tree.as_object() else {
        let found = match tree {
            Node::Null => "nothing",
            other => other.kind(),
        };
        return report(root, format!("expected an OpenAPI document, found {found}"));
    };
    let (field, node) = match (object.get("openapi"), object.get("swagger")) {
        (Some(node), _) => ("openapi", node),
        (None, Some(node)) => ("swagger", node),
        (None, None) => {
            let message = "the document has no field `openapi`, which names its version";
            return report(root, message.to_owned());
        }
    };
    let text = match node {
        Node::String(text) => text.clone(),
        // Without quotes a version looks like a number; the structure check says so.
        Node::Number(Number::Float(number)) => format!("{number:?}"),
        Node::Number(Number::Integer(number)) => format!("{number}.0"),
        other => {
            return report(
                root.join(field),
                format!("expected a string, found {}", other.kind()),
            );
        }
    };
    let known = known(field, &text);
    if known.is_none() {
        let name = if field == "swagger" {
            "Swagger"
        } else {
            "OpenAPI"
        };
        return report(
            root.join(field),
            format!("{name} {text} is not supported; 2.0, 3.0, 3.1 and 3.2 are"),
        );
    }
    known
}

fn known(field: &str, text: &str) -> Option<Version> {
    let mut parts = text.trim().split('.');
    match (field, parts.next()?, parts.next().unwrap_or("0")) {
        ("swagger", "2", "0") => Some(Version::V2_0),
        ("openapi", "3", "0") => Some(Version::V3_0),
        ("openapi", "3", "1") => Some(Version::V3_1),
        ("openapi", "3", "2") => Some(Version::V3_2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        for (field, text, expected) in [
            ("openapi", "3.0.3", Some(Version::V3_0)),
            ("openapi", "3.1", Some(Version::V3_1)),
            ("openapi", "3.1.0-rc1", Some(Version::V3_1)),
            ("openapi", "3", Some(Version::V3_0)),
            ("openapi", "3.10.0", None),
            ("openapi", "2.0", None),
            ("swagger", "2.0", Some(Version::V2_0)),
            ("swagger", "1.2", None),
            ("openapi", "", None),
        ] {
            assert_eq!(known(field, text), expected, "{field} {text}");
        }
    }
}
