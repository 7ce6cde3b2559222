//! The recipe (`generate.toml`): every knob of the generator.

use std::{collections::BTreeMap, fmt};

use serde::Deserialize;
use specwright_openapi::diagnostics::{Diagnostic, Part, Pointer, Rule, Severity};

use crate::ir::Api;

/// How a crate is to be generated.
///
/// ```toml
/// [crate]
/// name = "famulor"                       # the package; default: from the title
/// runtime-path = "../specwright-runtime" # a checkout of the runtime instead of the published crate
///
/// [operations.listConversations]         # by operationId, or "GET /path"
/// resource = "conversations"             # module and accessor; default: the first tag
/// name = "list"                          # method; default: from the operationId
/// type = "ListConversations"             # request type; default: from the operationId
///
/// [types.Error]                          # by component name
/// name = "ErrorBody"
///
/// [module]
/// serde = true                           # `Serialize` and `Deserialize` in a module; crates have a feature for it
///
/// [lenient]
/// empty-array-as-map = true              # read `[]` where a map is expected (PHP)
/// ```
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Recipe {
    #[serde(default, rename = "crate")]
    pub(crate) package: Package,
    #[serde(default)]
    pub(crate) operations: BTreeMap<String, OperationKnobs>,
    #[serde(default)]
    pub(crate) types: BTreeMap<String, TypeKnobs>,
    #[serde(default)]
    pub(crate) module: Module,
    #[serde(default)]
    pub(crate) lenient: Lenient,
    /// Tags and operation ids to keep; empty keeps all.
    #[serde(skip)]
    pub(crate) only: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Package {
    pub(crate) name: Option<String>,
    pub(crate) runtime_path: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct OperationKnobs {
    pub(crate) resource: Option<String>,
    pub(crate) name: Option<String>,
    #[serde(rename = "type")]
    pub(crate) type_name: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct TypeKnobs {
    pub(crate) name: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Module {
    #[serde(default)]
    pub(crate) serde: bool,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Lenient {
    #[serde(default)]
    pub(crate) empty_array_as_map: bool,
}

pub(crate) static UNUSED_KNOB: Rule = Rule {
    name: "generate/unused-knob",
    severity: Severity::Error,
    summary: "Every entry of a recipe matches something.",
    explanation: "An override that matches nothing is a misspelling, or a leftover of a document that has changed. \
        Either way the output is not what the recipe says.",
};

/// Why a recipe cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecipeError(String);

impl fmt::Display for RecipeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RecipeError {}

impl Recipe {
    /// Reads a recipe.
    ///
    /// # Errors
    /// If the text is no TOML or has an entry that does not exist; the message shows the line.
    pub fn parse(text: &str) -> Result<Self, RecipeError> {
        toml::from_str(text).map_err(|error| RecipeError(error.to_string().trim_end().to_owned()))
    }

    /// Sets the name of the package.
    pub fn set_name(&mut self, name: &str) {
        self.package.name = Some(name.to_owned());
    }

    /// Points the generated manifest at a checkout of the runtime, relative to the generated crate or absolute.
    pub fn set_runtime_path(&mut self, path: &str) {
        self.package.runtime_path = Some(path.to_owned());
    }

    /// Keeps only operations with one of these ids or tags, and the types that they reach.
    pub fn set_only(&mut self, only: Vec<String>) {
        self.only = only;
    }

    /// Reports entries that match nothing.
    pub(crate) fn check(&self, api: &Api) -> Vec<Diagnostic> {
        let mut unused = Vec::new();
        for key in self
            .operations
            .keys()
            .filter(|key| !api.all_operations.iter().any(|it| it.matches_id(key)))
        {
            unused.push(format!(
                "the recipe's `operations.{key}` matches no operation"
            ));
        }
        for key in self.types.keys().filter(|key| {
            !api.types
                .iter()
                .any(|it| it.component.as_ref() == Some(key))
        }) {
            unused.push(format!(
                "the recipe's `types.{key}` matches no generated component"
            ));
        }
        for selector in self
            .only
            .iter()
            .filter(|it| !api.all_operations.iter().any(|op| op.is_selected_by(it)))
        {
            unused.push(format!(
                "`{selector}` selects no operation: it is neither a tag nor an operation id"
            ));
        }
        unused.into_iter().map(unused_knob).collect()
    }
}

fn unused_knob(message: String) -> Diagnostic {
    Diagnostic {
        rule: &UNUSED_KNOB,
        severity: UNUSED_KNOB.severity,
        message,
        file: None,
        pointer: Pointer::root(),
        part: Part::Value,
        span: None,
        label: None,
        help: None,
        link: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_entries_are_refused_with_their_line() {
        let error = Recipe::parse("[crate]\nnmae = 'x'\n")
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("line 2") && error.contains("nmae"),
            "{error}"
        );
    }
}
