//! Every rule about documents: a file each, by group.

/// The modules of a group and its list.
macro_rules! rules {
    ($($module:ident)*) => {
        $(mod $module;)*

        pub(super) const RULES: &[&crate::check::DocumentRule] = &[$(&$module::RULE),*];
    };
}

mod example;
mod pagination;
mod prelude;
mod reference;
mod schema;
mod security;
mod structure;
mod style;

use super::DocumentRule;

/// Every rule about documents, by group.
pub fn rules() -> impl Iterator<Item = &'static DocumentRule> {
    [
        structure::RULES,
        reference::RULES,
        schema::RULES,
        example::RULES,
        security::RULES,
        style::RULES,
        pagination::RULES,
    ]
    .into_iter()
    .flatten()
    .copied()
}
