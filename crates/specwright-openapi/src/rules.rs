//! Every rule that loading can report.

use specwright_diagnostics::Rule;

use crate::{bundle, files, normalise, pagination, structure, version};

/// Every rule that loading can report, by name.
#[must_use]
pub fn rules() -> Vec<&'static Rule> {
    let own: [&'static Rule; 18] = [
        &files::SYNTAX,
        &version::UNSUPPORTED_VERSION,
        &structure::CONFLICTING_FIELDS,
        &structure::DUPLICATE_KEY,
        &structure::IGNORED_SIBLING,
        &structure::INVALID_VALUE,
        &structure::MISPLACED,
        &structure::MISSING_FIELD,
        &structure::NUMBER_RANGE,
        &structure::UNKNOWN_FIELD,
        &structure::WRONG_TYPE,
        &bundle::CYCLE,
        &bundle::FORBIDDEN,
        &bundle::TOO_LARGE,
        &bundle::UNRESOLVED,
        &bundle::WRONG_KIND,
        &pagination::INVALID_PLAN,
        &pagination::UNUSED_SCHEME,
    ];
    let mut rules: Vec<_> = own.into_iter().chain(normalise::rules()).collect();
    rules.sort_by_key(|rule| rule.name);
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_well_formed() {
        let names: Vec<_> = rules().iter().map(|rule| rule.name).collect();
        let mut unique = names.clone();
        unique.dedup();
        assert_eq!(names, unique);
        for name in names {
            let (group, rest) = name.split_once('/').expect("a group");
            let kebab = |text: &str| {
                text.bytes()
                    .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-')
            };
            assert!(kebab(group) && kebab(rest), "{name}");
        }
    }
}
