//! What is known of an operation's pages, how sure it is, and why.

use std::{fmt, str::FromStr};

use specwright_diagnostics::Pointer;

use super::plan::PagePlan;

/// How sure a plan is, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Something is missing, or the names could mean something else.
    Unsure,
    /// The names and types say so, and nothing confirms them.
    Likely,
    /// Request and response confirm each other.
    Certain,
    /// The document says so.
    Declared,
}

impl Confidence {
    /// Every level, from least to most.
    pub const ALL: [Self; 4] = [Self::Unsure, Self::Likely, Self::Certain, Self::Declared];

    /// The name in reports and recipes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unsure => "unsure",
            Self::Likely => "likely",
            Self::Certain => "certain",
            Self::Declared => "declared",
        }
    }
}

impl FromStr for Confidence {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|it| it.as_str() == text);
        found.ok_or_else(|| {
            let known = Self::ALL.map(|it| format!("`{it}`")).join(", ");
            format!("`{text}` is not one of {known}")
        })
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Something in the document that speaks for a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The part of the plan, in the words of declarations: `position`, `items`, `next`.
    pub part: &'static str,
    /// What it says.
    pub says: String,
    /// Where it stands in the normal form; [`Description::origin`](crate::Description::origin) leads to its file.
    pub pointer: Pointer,
}

/// What is known of an operation's pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The plan; `None` if the operation looks like a list whose pages nobody could walk, or is declared not to page.
    pub plan: Option<PagePlan>,
    /// How sure the plan is.
    pub confidence: Confidence,
    /// The extension that declares it, or `links`; `None` for what is concluded from names and types.
    pub declared_by: Option<&'static str>,
    /// What speaks for the plan.
    pub evidence: Vec<Evidence>,
    /// What speaks against it, or cannot be said: why there is no plan, why it is not surer, what a foreign declaration
    /// has no word for.
    pub reservations: Vec<String>,
}

impl Found {
    /// The plan, if it is as sure as `least` or more.
    #[must_use]
    pub fn plan_from(self, least: Confidence) -> Option<PagePlan> {
        self.plan.filter(|_| self.confidence >= least)
    }
}
