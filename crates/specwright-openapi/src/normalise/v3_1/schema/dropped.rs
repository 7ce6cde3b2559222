//! Keywords that have done their work when the document is bundled, and those of other dialects of JSON Schema.

use specwright_diagnostics::{Rule, Severity};

use super::super::context::Context;
use crate::tree::{Node, Object};

pub(crate) static OTHER_DIALECT: Rule = Rule {
    name: "schema/other-dialect",
    severity: Severity::Warning,
    summary: "Schemas are in the dialect of JSON Schema that OpenAPI 3.1 and 3.2 use.",
    explanation: "`jsonSchemaDialect` and `$schema` can say that schemas are in another dialect than JSON Schema \
        2020-12 with the keywords of OpenAPI (OAS 3.1.1, Specifying Schema Dialects). Such schemas are read as if \
        they were in this one, in which some keywords mean something else.",
};

pub(crate) static DYNAMIC_REFERENCE: Rule = Rule {
    name: "schema/dynamic-reference",
    severity: Severity::Warning,
    summary: "References name what they lead to.",
    explanation: "`$dynamicRef` (JSON Schema 2020-12 Core §8.2.3.2), and `$recursiveRef` of the version before, lead \
        to a place that depends on how the schema was reached. Such a reference is followed \
        as if it were `$ref`, and allows everything where that leads nowhere. Use `$ref`.",
};

/// Keywords that name or hold schemas for references, and comments (JSON Schema 2020-12 Core §8).
const DONE: [&str; 9] = [
    "$id",
    "$anchor",
    "$dynamicAnchor",
    "$recursiveAnchor",
    "$vocabulary",
    "$comment",
    "$defs",
    "definitions",
    "$schema",
];

pub(super) fn rewrite(cx: &mut Context<'_>, schema: &mut Object) {
    dialect(cx, schema, "$schema");
    for keyword in DONE {
        schema.remove(keyword);
    }
    for keyword in ["$dynamicRef", "$recursiveRef"] {
        let message =
            format!("`{keyword}` is not followed: everything is allowed here; use `$ref`");
        cx.remove(schema, keyword, &DYNAMIC_REFERENCE, &message);
    }
}

/// Removes the dialect in the field `key`, and tells once if it is another one.
pub(in super::super) fn dialect(cx: &mut Context<'_>, holder: &mut Object, key: &str) {
    let Some(Node::String(dialect)) = holder.remove(key) else {
        return;
    };
    if !is_known(&dialect) && !cx.dialect_told {
        cx.dialect_told = true;
        cx.lose(
            &OTHER_DIALECT,
            key,
            format!("schemas in the dialect `{dialect}` are read as JSON Schema 2020-12"),
        );
    }
}

/// JSON Schema 2020-12 itself, or with the vocabulary of a version of OpenAPI.
fn is_known(dialect: &str) -> bool {
    let dialect = dialect.trim_end_matches('#');
    dialect == "https://json-schema.org/draft/2020-12/schema"
        || dialect.starts_with("https://spec.openapis.org/oas/3.") && dialect.contains("/dialect/")
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::schemas;

    #[test]
    fn keywords() {
        schemas(&[
            (
                "{$id: i, $anchor: a, $dynamicAnchor: d, $vocabulary: {}, $comment: c, $defs: {A: {}}, \
                  definitions: {B: {}}, $recursiveAnchor: true, title: t}",
                "{title: t}",
                &[],
            ),
            (
                "{properties: {$id: {type: string}}}",
                "{properties: {$id: {type: string}}}",
                &[],
            ),
            (
                "{$schema: 'https://json-schema.org/draft/2020-12/schema#'}",
                "{}",
                &[],
            ),
            (
                "{$schema: http://json-schema.org/draft-04/schema#, not: {$schema: http://a.example}}",
                "{not: {}}",
                &["schema/other-dialect /$schema"],
            ),
            (
                "{$dynamicRef: '#a', title: t}",
                "{title: t}",
                &["schema/dynamic-reference /$dynamicRef"],
            ),
            (
                "{items: {$recursiveRef: '#'}}",
                "{items: {}}",
                &["schema/dynamic-reference /items/$recursiveRef"],
            ),
            ("{unheardOf: {const: 1}}", "{unheardOf: {const: 1}}", &[]),
        ]);
    }
}
