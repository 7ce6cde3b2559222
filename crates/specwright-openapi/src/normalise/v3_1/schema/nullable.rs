//! The keyword `nullable`, which only 3.0 has.

use specwright_diagnostics::{Rule, Severity};

use super::{
    super::context::{Context, set},
    Types,
};
use crate::{
    normalise::LENIENT,
    tree::{Node, Object},
};

pub(crate) static NULLABLE: Rule = Rule {
    name: "schema/nullable-in-3-1",
    severity: Severity::Warning,
    summary: "Schemas say with `type` that `null` is allowed.",
    explanation: "OpenAPI 3.1 replaced `nullable` by the type `null` of JSON Schema: `type: [string, \"null\"]`, or \
        `anyOf: [{$ref: …}, {type: \"null\"}]`. To the letter `nullable` means nothing any more. Because many \
        documents still have it, it is read as in 3.0; other tools will ignore it.",
};

/// Honours `nullable`, and tells so.
pub(super) fn rewrite(cx: &mut Context<'_>, schema: &mut Object) {
    if schema.get("nullable").and_then(Node::as_bool) != Some(true) {
        schema.remove("nullable");
        return;
    }
    let instead = match schema.get("type") {
        Some(Node::String(name)) if name != "null" => format!("`type: [{name}, \"null\"]`"),
        _ => "the type `null`".to_owned(),
    };
    let message = format!(
        "`nullable` means nothing since OpenAPI 3.1, but is read as in 3.0; write {instead}"
    );
    cx.lose(&NULLABLE, "nullable", message);
    let by_letter = schema
        .get("type")
        .is_some_and(|it| Types::of(it).contains("null"));
    if !by_letter {
        set(schema, LENIENT, Node::Bool(true));
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::schemas;

    #[test]
    fn nullable_is_honoured() {
        let told: &[&str] = &["schema/nullable-in-3-1 /nullable"];
        schemas(&[
            (
                "{type: string, nullable: true}",
                "{type: string, nullable: true, x-specwright-lenient-null: true}",
                told,
            ),
            ("{type: string, nullable: false}", "{type: string}", &[]),
            (
                "{type: [string, 'null'], nullable: false}",
                "{type: string, nullable: true}",
                &[],
            ),
            (
                "{$ref: '#/a', nullable: true}",
                "{allOf: [{$ref: '#/a'}], nullable: true, x-specwright-lenient-null: true}",
                told,
            ),
            (
                "{$ref: '#/a', nullable: true, minLength: 1}",
                "{allOf: [{$ref: '#/a'}, {minLength: 1}], nullable: true, x-specwright-lenient-null: true}",
                told,
            ),
            (
                "{properties: {nullable: true}}",
                "{properties: {nullable: {}}}",
                &[],
            ),
        ]);
    }
}
