//! The recipe (`generate.toml`): every knob of the generator.

use std::{collections::BTreeMap, fmt};

use serde::Deserialize;
use specwright_openapi::{
    Description, Json, OperationRef,
    diagnostics::{Diagnostic, Part, Pointer, Rule, Severity},
    pagination::{self, Confidence, Found, PagePlan},
};

use crate::ir::{Api, OperationKey};

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
/// [operations.listMembers.pagination]    # as `x-specwright-pagination` in the document; `false` for no pagination
/// style = "page"
/// request = { position = "page" }
/// response = { items = "/members" }
///
/// [tests]
/// contract = true                        # `tests/contract.rs` in a crate: every operation against the mock
///
/// [pagination]
/// from = "likely"                        # how sure a plan must be: unsure, likely, certain, declared
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
    #[serde(default)]
    pub(crate) pagination: Pagination,
    #[serde(default)]
    pub(crate) tests: Tests,
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
    /// As in `x-specwright-pagination`.
    pub(crate) pagination: Option<Json>,
}

/// What a recipe says of an operation's pages.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Pages<'r> {
    /// It does not page.
    Not,
    /// A plan, as in `x-specwright-pagination`.
    Plan(&'r Json),
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Pagination {
    /// How sure a plan must be.
    #[serde(default = "likely", deserialize_with = "confidence")]
    pub(crate) from: Confidence,
}

impl Default for Pagination {
    fn default() -> Self {
        Self { from: likely() }
    }
}

fn likely() -> Confidence {
    Confidence::Likely
}

fn confidence<'de, D: serde::Deserializer<'de>>(value: D) -> Result<Confidence, D::Error> {
    let text = String::deserialize(value)?;
    text.parse().map_err(serde::de::Error::custom)
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

/// Tests in a generated crate; a module has none.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Tests {
    #[serde(default)]
    pub(crate) contract: bool,
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

pub(crate) static INVALID_PLAN: Rule = Rule {
    name: "generate/invalid-plan",
    severity: Severity::Error,
    summary: "A page plan in a recipe names parameters and places that exist.",
    explanation: "A recipe's `pagination` has the words of `x-specwright-pagination`. A name that matches nothing would \
        give a client that cannot page, so the plan is not used.",
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

    /// Whether the crate is to have contract tests, for which [`crate::generate_with_document`] needs the document.
    #[must_use]
    pub fn wants_contract_tests(&self) -> bool {
        self.tests.contract
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
        unused
            .into_iter()
            .map(|message| finding(&UNUSED_KNOB, message))
            .collect()
    }

    /// What is known of the operation's pages: by the recipe, or else by the document.
    #[must_use]
    pub fn pages<'a>(
        &self,
        description: &'a Description,
        operation: &'a OperationRef<'a>,
    ) -> Option<Found> {
        let by_recipe = |plan: Option<PagePlan>, reservation: Option<String>| Found {
            plan,
            confidence: Confidence::Declared,
            declared_by: Some("the recipe"),
            evidence: Vec::new(),
            reservations: reservation.into_iter().collect(),
        };
        let declaration = match self.pages_of(&crate::lower::operation_key(operation)) {
            None => return pagination::find(description, operation),
            Some(Pages::Not) => {
                return Some(by_recipe(None, Some("declared not to page".to_owned())));
            }
            Some(Pages::Plan(declaration)) => declaration,
        };
        Some(
            match pagination::read_declaration(description, operation, declaration) {
                Ok(plan) => by_recipe(plan, None),
                Err(problems) => by_recipe(None, Some(problems.join("; "))),
            },
        )
    }

    /// Whether the operation is one of those that are to be kept.
    #[must_use]
    pub fn selects(&self, operation: &OperationRef<'_>) -> bool {
        crate::lower::wanted(&crate::lower::operation_key(operation), &self.only)
    }

    /// How sure a plan must be for the client to page by it.
    #[must_use]
    pub fn least_confidence(&self) -> Confidence {
        self.pagination.from
    }

    /// What the recipe says of the operation's pages.
    fn pages_of(&self, key: &OperationKey) -> Option<Pages<'_>> {
        let mut entries = self.operations.iter();
        let (_, knobs) = entries.find(|(id, it)| it.pagination.is_some() && key.matches_id(id))?;
        Some(match knobs.pagination.as_ref()? {
            Json::Bool(false) => Pages::Not,
            declaration => Pages::Plan(declaration),
        })
    }

    /// The document with the recipe's page plans as its own, so that a mock pages as the client does.
    pub(crate) fn with_plans(&self, description: &Description, mut document: Json) -> Json {
        for operation in description.operations() {
            let key = crate::lower::operation_key(&operation);
            let Some(Pages::Plan(plan)) = self.pages_of(&key) else {
                continue;
            };
            let method = operation.method.to_lowercase();
            let place = document.get_mut("paths").and_then(|it| {
                it.get_mut(operation.path)?
                    .get_mut(&method)?
                    .as_object_mut()
            });
            if let Some(place) = place {
                place.insert("x-specwright-pagination".to_owned(), plan.clone());
            }
        }
        document
    }

    /// Reports page plans that do not fit their operations.
    pub(crate) fn check_plans(&self, description: &Description) -> Vec<Diagnostic> {
        if self.operations.values().all(|it| it.pagination.is_none()) {
            return Vec::new();
        }
        let mut findings = Vec::new();
        for operation in description.operations() {
            let key = crate::lower::operation_key(&operation);
            if let Some(Pages::Plan(declaration)) = self.pages_of(&key)
                && let Err(problems) =
                    pagination::read_declaration(description, &operation, declaration)
            {
                findings.extend(problems.into_iter().map(|problem| {
                    let message = format!("the recipe's plan for `{}`: {problem}", operation.id());
                    finding(&INVALID_PLAN, message)
                }));
            }
        }
        findings
    }
}

pub(crate) fn finding(rule: &'static Rule, message: String) -> Diagnostic {
    Diagnostic {
        rule,
        severity: rule.severity,
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
        let error = Recipe::parse("[pagination]\nfrom = 'sure'\n").unwrap_err();
        assert!(
            error.to_string().contains("`sure` is not one of"),
            "{error}"
        );
    }
}
