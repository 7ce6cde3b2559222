//! Keywords of JSON Schema 2020-12 that 3.0 has no counterpart for, all of which only narrow what is allowed.

use super::{
    super::context::{Context, set},
    NOT_CARRIED,
};
use crate::tree::{Node, Object};

pub(super) fn rewrite(cx: &mut Context<'_>, schema: &mut Object) {
    property_names(cx, schema);
    contains(cx, schema);
    condition(cx, schema);
    dependent_schemas(cx, schema);
    let message = "`dependentRequired` is not carried: which properties need others is not checked";
    cx.remove(schema, "dependentRequired", &NOT_CARRIED, message);
}

/// JSON Schema 2020-12 Core §10.3.2.4; that names are strings goes without saying.
fn property_names(cx: &mut Context<'_>, schema: &mut Object) {
    let says_nothing = match schema.get("propertyNames") {
        Some(Node::Object(names)) => names
            .iter()
            .all(|(key, node)| key == "type" && node.as_str() == Some("string")),
        Some(node) => node.as_bool() == Some(true),
        None => return,
    };
    if says_nothing {
        schema.remove("propertyNames");
    }
    let message = "`propertyNames` is not carried: the names of properties are not checked";
    let carried = schema.get("propertyNames").cloned();
    cx.remove(schema, "propertyNames", &NOT_CARRIED, message);
    if let Some(names @ Node::Object(_)) = carried {
        set(schema, "x-specwright-property-names", names);
    }
}

/// JSON Schema 2020-12 Core §10.3.1.3; without `contains` its bounds mean nothing.
fn contains(cx: &mut Context<'_>, schema: &mut Object) {
    schema.remove("minContains");
    schema.remove("maxContains");
    let message = "`contains` is not carried: what an array must contain is not checked";
    cx.remove(schema, "contains", &NOT_CARRIED, message);
}

/// JSON Schema 2020-12 Core §10.2.2; `if` alone, or the others without it, mean nothing.
fn condition(cx: &mut Context<'_>, schema: &mut Object) {
    let branches = [schema.remove("then"), schema.remove("else")];
    let Some(_) = schema.remove("if") else { return };
    if branches.iter().any(Option::is_some) {
        let describe = branches.iter().flatten().any(describes_properties);
        let message = format!(
            "`if`, `then` and `else` are not carried: {}",
            unchecked(describe)
        );
        cx.lose(&NOT_CARRIED, "if", message);
    }
}

/// JSON Schema 2020-12 Core §10.2.2.4.
fn dependent_schemas(cx: &mut Context<'_>, schema: &mut Object) {
    let Some(Node::Object(schemas)) = schema.remove("dependentSchemas") else {
        return;
    };
    let describe = schemas.iter().any(|(_, node)| describes_properties(node));
    cx.lose(
        &NOT_CARRIED,
        "dependentSchemas",
        format!("`dependentSchemas` is not carried: {}", unchecked(describe)),
    );
}

fn describes_properties(schema: &Node) -> bool {
    schema.get("properties").is_some()
}

fn unchecked(describe: bool) -> &'static str {
    if describe {
        "what they ask for is not checked, and properties that only they describe have no type"
    } else {
        "what they ask for is not checked"
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{node, rewritten, schemas};

    #[test]
    fn keywords() {
        schemas(&[
            (
                "{propertyNames: {pattern: a, type: string}}",
                "{x-specwright-property-names: {pattern: a, type: string}}",
                &["schema/not-carried /propertyNames"],
            ),
            ("{propertyNames: {type: string}}", "{}", &[]),
            ("{propertyNames: true}", "{}", &[]),
            (
                "{propertyNames: false}",
                "{}",
                &["schema/not-carried /propertyNames"],
            ),
            (
                "{contains: {const: 1}, minContains: 2, maxContains: 3}",
                "{}",
                &["schema/not-carried /contains"],
            ),
            ("{minContains: 2, maxContains: 3}", "{}", &[]),
            (
                "{if: {}, then: {}, else: {}}",
                "{}",
                &["schema/not-carried /if"],
            ),
            ("{if: {}}", "{}", &[]),
            ("{then: {}, else: {}}", "{}", &[]),
            (
                "{dependentSchemas: {a: {}}}",
                "{}",
                &["schema/not-carried /dependentSchemas"],
            ),
            (
                "{dependentRequired: {a: [b]}}",
                "{}",
                &["schema/not-carried /dependentRequired"],
            ),
            (
                "{properties: {if: {}, then: {}, contains: {}}}",
                "{properties: {if: {}, then: {}, contains: {}}}",
                &[],
            ),
        ]);
    }

    #[test]
    fn types_that_are_lost_are_told() {
        let cases = [
            ("{if: {properties: {a: {}}}, then: {required: [a]}}", false),
            (
                "{if: {}, then: {required: [a]}, else: {properties: {a: {}}}}",
                true,
            ),
            ("{dependentSchemas: {a: {properties: {b: {}}}}}", true),
            ("{dependentSchemas: {a: {required: [b]}}}", false),
        ];
        for (schema, told) in cases {
            let (_, lost, _) = rewritten(node(&format!(
                "{{components: {{schemas: {{A: {schema}}}}}}}"
            )));
            let messages: Vec<_> = lost
                .iter()
                .map(|it| it.message.contains("have no type"))
                .collect();
            assert_eq!(messages, [told], "{schema}");
        }
    }
}
