//! What a rule about documents is.

use specwright_openapi::{
    Kind, Version, Visit,
    diagnostics::{Rule, Severity},
};

use super::{context::Context, operation::Operation, report::Report};

/// A rule about documents: what it demands, why, examples that are its tests, and its check.
#[derive(Debug)]
pub struct DocumentRule {
    /// Name, severity, summary and explanation.
    pub rule: Rule,
    /// The smallest set that has it.
    pub set: Set,
    /// The section of the specification that it comes from: an anchor of the newest version (`operation-object`), or a
    /// whole URL.
    pub section: &'static str,
    /// The rules of other linters that it covers: `spectral:…`, `redocly:…`, `vacuum:…`, `ibm:…`.
    pub covers: &'static [&'static str],
    /// The versions that it is about.
    pub versions: &'static [Version],
    /// A document that breaks the rule in the lines that end with `# here`, or the first lines of it left out.
    pub fails: &'static str,
    /// The same, mended.
    pub passes: &'static str,
    pub(crate) check: Check,
}

/// What a check looks at.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Check {
    /// Every object of these kinds, references to such objects included.
    Objects(
        &'static [Kind],
        for<'d> fn(&Visit<'d, '_>, &Context<'d>, &mut Report<'_>),
    ),
    /// Every operation of the paths.
    Operations(for<'d> fn(&Operation<'d>, &Context<'d>, &mut Report<'_>)),
    /// Every list operation with what is known of its pages.
    Lists(for<'d> fn(&super::list::List<'d>, &Context<'d>, &mut Report<'_>)),
    /// The whole document.
    Document(for<'d> fn(&Context<'d>, &mut Report<'_>)),
}

/// The named sets of rules, each with everything of those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Set {
    /// What is wrong by the specification, or cannot work.
    Minimal,
    /// And what users of the document will miss or stumble over.
    Recommended,
    /// And matters of taste.
    Strict,
}

impl Set {
    /// Every set, from the smallest.
    pub const ALL: [Self; 3] = [Self::Minimal, Self::Recommended, Self::Strict];

    /// The name in configurations.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Minimal => "minimal",
            Self::Recommended => "recommended",
            Self::Strict => "strict",
        }
    }
}

/// Every version.
pub(crate) const ALL: &[Version] = &[Version::V2_0, Version::V3_0, Version::V3_1, Version::V3_2];
/// Every version but 2.0.
pub(crate) const FROM_3_0: &[Version] = &[Version::V3_0, Version::V3_1, Version::V3_2];
/// 3.1 and 3.2.
pub(crate) const FROM_3_1: &[Version] = &[Version::V3_1, Version::V3_2];

impl DocumentRule {
    /// The name, for example `style/operation-tags`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.rule.name
    }

    /// The severity unless a configuration says otherwise.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }

    /// The URL of its section of the specification, as `version` has it.
    #[must_use]
    pub fn link(&self, version: Version) -> String {
        if self.section.contains("://") {
            return self.section.to_owned();
        }
        format!("{}#{}", version.link(), self.section)
    }

    /// A whole document from an example of the rule, which leaves out the first lines where any will do.
    #[must_use]
    pub fn document(example: &str) -> String {
        let text = example.trim_start_matches('\n');
        if text.starts_with("openapi:") || text.starts_with("swagger:") {
            return text.to_owned();
        }
        let mut whole = "openapi: 3.0.4\n".to_owned();
        if !text.starts_with("info:") && !text.contains("\ninfo:") {
            whole.push_str("info: {title: Cats, version: '1.0'}\n");
        }
        if !text.starts_with("paths:") && !text.contains("\npaths:") {
            whole.push_str("paths: {}\n");
        }
        whole + text
    }
}
