//! Which rules apply, how severely, and which findings are expected.

use std::{collections::BTreeMap, fmt, ops::Range};

use serde::Deserialize;
use specwright_openapi::diagnostics::{Diagnostic, Part, Pointer, Rule, Severity, Sources, Span};
use toml::Spanned;

use super::{DocumentRule, Set, rules};

/// A suppression that suppresses nothing.
pub(crate) static UNUSED_SUPPRESSION: Rule = Rule {
    name: "config/unused-suppression",
    severity: Severity::Error,
    summary: "Every suppression and every deviation with a rule meets a finding.",
    explanation: "What a suppression was written for is gone: the document was mended, or the rule or the place is \
        misspelt. Left where it is it would hide the next finding at this place, so take it away.",
};

/// Which rules apply, how severely, and which findings are expected.
///
/// As text it is TOML:
///
/// ```toml
/// extends = "recommended"                 # minimal, recommended or strict
///
/// [rules]                                 # by name, or by group
/// "style/operation-tags" = "error"        # error, warning, info or off
/// "style/*" = "off"
///
/// [[suppress]]                            # findings that are known, and why they stay
/// rule = "schema/enum-type"
/// at = "/components/schemas/Answer"       # the place and everything below it; everywhere if left out
/// file = "api.yaml"                       # only in this file; the name may leave out folders
/// reason = "The server sends numbers, and clients read them as text."
/// ```
#[derive(Debug, Clone)]
pub struct Config {
    set: Option<Set>,
    rules: BTreeMap<String, Option<Severity>>,
    suppressions: Vec<Suppression>,
    /// The texts that suppressions come from: name and content.
    texts: Vec<(String, String)>,
}

/// A finding that is expected.
#[derive(Debug, Clone)]
struct Suppression {
    rule: String,
    at: Pointer,
    file: Option<String>,
    /// The text that it comes from, and where in it.
    text: usize,
    span: Range<usize>,
    /// What it is, for people.
    name: &'static str,
}

/// Why a configuration cannot be used.
#[derive(Debug)]
pub struct ConfigError {
    name: String,
    message: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.message)
    }
}

impl std::error::Error for ConfigError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    extends: Option<String>,
    #[serde(default)]
    rules: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    suppress: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: Spanned<String>,
    at: Option<Spanned<String>>,
    file: Option<String>,
    reason: Spanned<String>,
}

/// The part of a deviations file that concerns rules.
#[derive(Deserialize)]
struct Deviations {
    #[serde(default)]
    deviation: Vec<Deviation>,
}

#[derive(Deserialize)]
struct Deviation {
    location: Spanned<String>,
    rule: Option<Spanned<String>>,
}

impl Config {
    /// The rules of a set with their own severities.
    #[must_use]
    pub fn new(set: Set) -> Self {
        Self {
            set: Some(set),
            ..Self::none()
        }
    }

    /// No rule about documents but those that [`Config::rule`] adds.
    #[must_use]
    pub fn none() -> Self {
        Self {
            set: None,
            rules: BTreeMap::new(),
            suppressions: Vec::new(),
            texts: Vec::new(),
        }
    }

    /// Gives a rule, or a group such as `style/*`, a severity, or takes it out with `None`.
    #[must_use]
    pub fn rule(mut self, name: impl Into<String>, severity: Option<Severity>) -> Self {
        self.rules.insert(name.into(), severity);
        self
    }

    /// Takes the rules of another set.
    #[must_use]
    pub fn extends(mut self, set: Set) -> Self {
        self.set = Some(set);
        self
    }

    /// Reads a configuration; `name` is that of its file.
    ///
    /// # Errors
    /// If the text is no TOML of this shape, or names a rule that does not exist.
    pub fn parse(name: &str, text: &str) -> Result<Self, ConfigError> {
        let problem = Problem { name, text };
        let file: File = toml::from_str(text).map_err(|error| problem.toml(&error))?;
        let mut config = Self::default();
        if let Some(extends) = &file.extends {
            let set = Set::ALL.into_iter().find(|set| set.as_str() == extends);
            let unknown = || {
                problem.says(format!(
                    "`extends` is minimal, recommended or strict, not `{extends}`"
                ))
            };
            config.set = Some(set.ok_or_else(unknown)?);
        }
        for (rule, severity) in &file.rules {
            problem.known(rule)?;
            let Some(severity_of) = severity_named(severity.get_ref()) else {
                let message = format!(
                    "`{}` is none of error, warning, info and off",
                    severity.get_ref()
                );
                return Err(problem.at(&severity.span(), message));
            };
            config.rules.insert(rule.get_ref().clone(), severity_of);
        }
        for entry in &file.suppress {
            let Entry {
                rule,
                at,
                file,
                reason,
            } = entry.get_ref();
            problem.known(rule)?;
            if reason.get_ref().trim().is_empty() {
                return Err(problem.at(&reason.span(), "a suppression needs a reason".to_owned()));
            }
            config.suppressions.push(Suppression {
                rule: rule.get_ref().clone(),
                at: problem.pointer(at.as_ref())?,
                file: file.clone(),
                text: 0,
                span: rule.span(),
                name: "suppression",
            });
        }
        config.texts.push((name.to_owned(), text.to_owned()));
        Ok(config)
    }

    /// Adds what a deviations file expects: findings of the `rule` of an entry at its `location` or below.
    ///
    /// Entries without a `rule` do not concern rules. With `document`, only findings in the file of that name are meant.
    ///
    /// # Errors
    /// If the text is no TOML of this shape, or names a rule that does not exist.
    pub fn deviations(
        mut self,
        name: &str,
        text: &str,
        document: Option<&str>,
    ) -> Result<Self, ConfigError> {
        let problem = Problem { name, text };
        let file: Deviations = toml::from_str(text).map_err(|error| problem.toml(&error))?;
        for entry in &file.deviation {
            let Some(rule) = &entry.rule else {
                continue;
            };
            problem.known(rule)?;
            self.suppressions.push(Suppression {
                rule: rule.get_ref().clone(),
                at: problem.pointer(Some(&entry.location))?,
                file: document.map(str::to_owned),
                text: self.texts.len(),
                span: rule.span(),
                name: "deviation",
            });
        }
        self.texts.push((name.to_owned(), text.to_owned()));
        Ok(self)
    }

    /// The severity of a rule about documents; `None` if it does not apply.
    #[must_use]
    pub fn severity(&self, rule: &DocumentRule) -> Option<Severity> {
        let by_set = self.set.is_some_and(|set| rule.set <= set);
        self.named(rule.name())
            .unwrap_or_else(|| by_set.then(|| rule.severity()))
    }

    /// What the configuration says about a rule by its name or group.
    fn named(&self, name: &str) -> Option<Option<Severity>> {
        let group = name.split_once('/').map(|(group, _)| format!("{group}/*"));
        let own = self.rules.get(name);
        own.or_else(|| self.rules.get(&group?)).copied()
    }

    /// Whether a rule, or one of a group, can find anything.
    fn applies(&self, rule: &str) -> bool {
        let meant = |name: &str| match rule.strip_suffix("/*") {
            Some(group) => name.split_once('/').is_some_and(|(it, _)| it == group),
            None => name == rule,
        };
        let loading = specwright_openapi::rules();
        let mut loading = loading.iter().filter(|it| meant(it.name));
        loading.any(|it| self.named(it.name) != Some(None))
            || rules().any(|it| meant(it.name()) && self.severity(it).is_some())
    }

    /// Gives findings the severities of the configuration and takes out those that are off.
    pub(crate) fn apply(&self, diagnostics: &mut Vec<Diagnostic>) {
        if self.rules.is_empty() {
            return;
        }
        diagnostics.retain_mut(|it| match self.named(it.rule.name) {
            Some(Some(severity)) => {
                it.severity = severity;
                true
            }
            Some(None) => false,
            None => true,
        });
    }

    /// Takes out the findings that are expected, and says by which suppressions.
    pub(crate) fn suppress(
        &self,
        diagnostics: &mut Vec<Diagnostic>,
        sources: &Sources,
    ) -> Suppressed {
        let mut suppressed = Suppressed::default();
        if self.suppressions.is_empty() {
            return suppressed;
        }
        diagnostics.retain(|it| {
            let mut kept = true;
            for (index, suppression) in self.suppressions.iter().enumerate() {
                if suppression.covers(it, sources) {
                    kept = false;
                    suppressed.used.push(index);
                }
            }
            suppressed.count += usize::from(!kept);
            kept
        });
        suppressed.used.sort_unstable();
        suppressed.used.dedup();
        suppressed
    }

    /// The suppressions that met no finding in any of the documents, with the texts that they come from.
    #[must_use]
    pub fn unused<'s>(
        &self,
        suppressed: impl IntoIterator<Item = &'s Suppressed>,
    ) -> (Vec<Diagnostic>, Sources) {
        let mut used: Vec<usize> = suppressed
            .into_iter()
            .flat_map(|it| it.used.iter().copied())
            .collect();
        used.sort_unstable();
        let mut sources = Sources::default();
        let files: Vec<_> = self
            .texts
            .iter()
            .map(|(name, text)| sources.add(name, text))
            .collect();
        let unused = self
            .suppressions
            .iter()
            .enumerate()
            .filter(|(index, it)| used.binary_search(index).is_err() && self.applies(&it.rule));
        let diagnostics = unused.filter_map(|(_, suppression)| {
            let place = match suppression.at.is_root() {
                true => String::new(),
                false => format!(" at `{}`", suppression.at),
            };
            let message = format!(
                "the {} of `{}`{place} meets no finding",
                suppression.name, suppression.rule
            );
            let file = *files.get(suppression.text)?;
            let span = Span {
                bytes: suppression.span.clone(),
            };
            Some(
                Diagnostic::new(&UNUSED_SUPPRESSION, file, Pointer::root(), message)
                    .with_span(span),
            )
        });
        (diagnostics.collect(), sources)
    }
}

impl Default for Config {
    /// The set [`Set::Recommended`].
    fn default() -> Self {
        Self::new(Set::Recommended)
    }
}

/// What suppressions took out of the findings of a document.
#[derive(Debug, Clone, Default)]
pub struct Suppressed {
    /// How many findings.
    pub count: usize,
    used: Vec<usize>,
}

impl Suppression {
    fn covers(&self, diagnostic: &Diagnostic, sources: &Sources) -> bool {
        let rule = diagnostic.rule.name == self.rule
            || self.rule.strip_suffix("/*") == Some(diagnostic.rule.group());
        let file = self.file.as_ref().is_none_or(|wanted| {
            let source = diagnostic.file.and_then(|file| sources.get(file));
            source.is_some_and(|it| is_named(it.name(), wanted))
        });
        let at = match diagnostic.part {
            Part::Key | Part::Value => diagnostic.pointer.strip_prefix(&self.at).is_some(),
        };
        rule && file && at
    }
}

/// Whether a file is meant by a name that may leave out folders.
fn is_named(file: &str, wanted: &str) -> bool {
    file == wanted
        || file
            .strip_suffix(wanted)
            .is_some_and(|folders| folders.ends_with('/'))
}

fn severity_named(text: &str) -> Option<Option<Severity>> {
    match text {
        "off" => Some(None),
        "error" => Some(Some(Severity::Error)),
        "warning" => Some(Some(Severity::Warning)),
        "info" => Some(Some(Severity::Info)),
        _ => None,
    }
}

/// Makes errors about one text.
struct Problem<'t> {
    name: &'t str,
    text: &'t str,
}

impl Problem<'_> {
    fn says(&self, message: String) -> ConfigError {
        ConfigError {
            name: self.name.to_owned(),
            message,
        }
    }

    fn at(&self, span: &Range<usize>, message: String) -> ConfigError {
        let before = self.text.get(..span.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        self.says(format!("line {line}: {message}"))
    }

    fn toml(&self, error: &toml::de::Error) -> ConfigError {
        let message = error.message().to_owned();
        match error.span() {
            Some(span) => self.at(&span, message),
            None => self.says(message),
        }
    }

    fn pointer(&self, text: Option<&Spanned<String>>) -> Result<Pointer, ConfigError> {
        let Some(text) = text else {
            return Ok(Pointer::root());
        };
        Pointer::parse(text.get_ref()).ok_or_else(|| {
            let message = format!("`{}` is no JSON pointer (RFC 6901)", text.get_ref());
            self.at(&text.span(), message)
        })
    }

    /// Whether there is such a rule, or group of rules.
    fn known(&self, rule: &Spanned<String>) -> Result<(), ConfigError> {
        let name = rule.get_ref();
        let names = || {
            let own = rules().map(DocumentRule::name);
            own.chain(
                specwright_openapi::rules()
                    .into_iter()
                    .map(|rule| rule.name),
            )
        };
        let known = match name.strip_suffix("/*") {
            Some(group) => names().any(|it| it.split_once('/').is_some_and(|(it, _)| it == group)),
            None => names().any(|it| it == name),
        };
        if known {
            return Ok(());
        }
        let near = specwright_openapi::nearest(name, names());
        let near = near
            .map(|it| format!("; did you mean `{it}`?"))
            .unwrap_or_default();
        Err(self.at(&rule.span(), format!("there is no rule `{name}`{near}")))
    }
}
