//! Example Objects (OAS 3.2.0, Example Object).

use super::context::{Context, is_reference};
use crate::tree::Object;

/// `dataValue`, or else `serializedValue`, as the `value` of 3.0, which may be either; both since 3.2.
pub(super) fn rewrite(cx: &mut Context<'_>, example: &mut Object) {
    if is_reference(example) {
        return;
    }
    for field in ["dataValue", "serializedValue"] {
        if !example.contains("value") {
            cx.rename(example, field, "value");
        }
    }
    cx.rename(example, "dataValue", "x-specwright-data-value");
    cx.rename(example, "serializedValue", "x-specwright-serialized-value");
}

#[cfg(test)]
mod tests {
    use super::super::testing::{documents, sources};

    #[test]
    fn values() {
        let cases = [
            ("{value: 1, summary: s}", "{value: 1, summary: s}"),
            ("{dataValue: {a: 1}}", "{value: {a: 1}}"),
            ("{serializedValue: a=1}", "{value: a=1}"),
            (
                "{serializedValue: a=1, dataValue: 1}",
                "{value: 1, x-specwright-serialized-value: a=1}",
            ),
            (
                "{value: 1, dataValue: 2}",
                "{value: 1, x-specwright-data-value: 2}",
            ),
            ("{externalValue: a}", "{externalValue: a}"),
            ("{$ref: '#/a', summary: s}", "{$ref: '#/a'}"),
        ];
        for (before, after) in cases {
            let [before, after] = [before, after]
                .map(|it| format!("{{paths: {{}}, components: {{examples: {{E: {it}}}}}}}"));
            documents(&[(&before, &after, &[])]);
        }
        sources(
            "{components: {examples: {E: {dataValue: {a: 1}}}}}",
            &[(
                "/components/examples/E/value/a",
                "/components/examples/E/dataValue/a",
            )],
        );
    }
}
