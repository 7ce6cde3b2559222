//! The rule `structure/component-name`.

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "structure/component-name",
        severity: Error,
        summary: "Names of components consist of letters, digits, dots, hyphens and underscores.",
        explanation: "The keys of every section of `components` match `^[a-zA-Z0-9._-]+$` (Components Object), so that they can \
            stand in references without escapes and become names in code.",
    },
    set: Minimal,
    section: "components-object",
    covers: &["redocly:spec-components-invalid-map-name"],
    versions: FROM_3_0,
    fails: "
components:
  schemas:
    Cat: {type: string}
    Big Cat: {type: string} # here
  parameters:
    page/size: {name: size, in: query, schema: {type: integer}} # here
",
    passes: "
components:
  schemas:
    Cat: {type: string}
    Big-Cat_2.0: {type: string}
",
    check: Check::Objects(&[Kind::Components], check),
};

fn check<'d>(visit: &Visit<'d, '_>, context: &Context<'d>, report: &mut Report<'_>) {
    let sections = visit.object.iter().filter(|(name, _)| !name.starts_with("x-"));
    for (section, members) in sections {
        for (name, _) in members.as_object().into_iter().flat_map(Object::iter) {
            let sound = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'-' | b'_');
            if name.is_empty() || !name.bytes().all(sound) {
                let pointer = visit.path.pointer().join(section).join(name);
                if !context.document.is_moved(&pointer) {
                    let message = format!("`{name}` has characters that names of components must not have");
                    report.at(pointer, message).on_key();
                }
            }
        }
    }
}
