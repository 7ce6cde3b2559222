//! Rules about documents.
//!
//! [`check`](check()) takes what [`load_with_document`](specwright_openapi::load_with_document) gives and judges it by the rules
//! that a [`Config`] selects. Each rule is a file below `rules/`, with its explanation, an example of each kind, and its
//! check; the examples are its tests and its documentation.

mod config;
mod context;
mod examples;
pub mod fix;
mod handbook;
mod list;
mod operation;
mod report;
mod rule;
mod rules;
mod schemas;
mod template;
mod url;

use std::collections::BTreeSet;

use specwright_openapi::{
    Kind, Loaded, Visit,
    diagnostics::{Diagnostic, FileId, Pointer},
};

pub use config::{Config, ConfigError, Suppressed};
pub use handbook::handbook;
pub use rule::{DocumentRule, Set};
pub use rules::rules;

/// Every rule that checking can report and that is none about documents.
#[must_use]
pub fn further_rules() -> [&'static specwright_openapi::diagnostics::Rule; 1] {
    [&config::UNUSED_SUPPRESSION]
}

use context::Context;
use report::{Finding, Report};
use rule::Check;

/// What a check gives.
#[derive(Debug)]
pub struct Checked {
    /// What is wrong, located and in order.
    pub diagnostics: Vec<Diagnostic>,
    /// What was expected.
    pub suppressed: Suppressed,
}

/// What is wrong with a document: what loading found and what the rules of the configuration find.
///
/// For rules the document has to be loaded with its [`Document`](specwright_openapi::Document).
#[must_use]
pub fn check(loaded: &Loaded, config: &Config) -> Checked {
    let mut diagnostics = loaded.diagnostics.clone();
    config.apply(&mut diagnostics);
    diagnostics.extend(judge(loaded, config));
    let suppressed = config.suppress(&mut diagnostics, &loaded.sources);
    specwright_openapi::diagnostics::sort(&mut diagnostics, &loaded.sources);
    Checked {
        diagnostics,
        suppressed,
    }
}

/// The findings of the rules alone.
#[must_use]
pub fn judge(loaded: &Loaded, config: &Config) -> Vec<Diagnostic> {
    let (Some(document), Some(description)) = (&loaded.document, &loaded.description) else {
        return Vec::new();
    };
    let context = Context::new(document, description);
    let version = document.version();
    let selected: Vec<(usize, &'static DocumentRule)> = rules()
        .enumerate()
        .filter(|(_, rule)| rule.versions.contains(&version) && config.severity(rule).is_some())
        .collect();
    let mut findings = Vec::new();
    walk(&selected, &context, &mut findings);
    for (rule, it) in &selected {
        let mut report = Report {
            rule: *rule,
            findings: &mut findings,
        };
        match it.check {
            Check::Operations(check) => context
                .operations()
                .iter()
                .for_each(|operation| check(operation, &context, &mut report)),
            Check::Document(check) => check(&context, &mut report),
            Check::Objects(..) | Check::Lists(_) => {}
        }
    }
    lists(&selected, &context, &mut findings);
    let all: Vec<&'static DocumentRule> = rules().collect();
    let mut diagnostics: Vec<Diagnostic> = findings
        .into_iter()
        .filter_map(|finding| diagnostic(finding, &all, &context, config))
        .collect();
    let torn = torn(loaded);
    diagnostics.retain(|it| {
        !it.file
            .is_some_and(|file| torn.contains(&(file, it.pointer.clone())))
    });
    tell_once(&mut diagnostics);
    loaded.locate(&mut diagnostics);
    diagnostics.dedup_by(|next, last| {
        (next.rule, &next.span, next.file, &next.message)
            == (last.rule, &last.span, last.file, &last.message)
    });
    diagnostics
}

/// Rules of which the first says nothing that the second, at the same place, does not say better.
const TOLD_BY: [(&str, &str); 1] = [(
    "example/invalid-default",
    "pagination/default-above-maximum",
)];

/// Takes out what another rule says better at the same place.
fn tell_once(diagnostics: &mut Vec<Diagnostic>) {
    for (rule, better) in TOLD_BY {
        let better = diagnostics.iter().filter(|it| it.rule.name == better);
        let told: BTreeSet<(Option<FileId>, Pointer)> =
            better.map(|it| (it.file, it.pointer.clone())).collect();
        diagnostics
            .retain(|it| it.rule.name != rule || !told.contains(&(it.file, it.pointer.clone())));
    }
}

/// Objects of which loading left out a field: what is said about them may be wrong, and has been said.
fn torn(loaded: &Loaded) -> BTreeSet<(FileId, Pointer)> {
    const LEAVING_OUT: [&str; 3] = [
        "structure/wrong-type",
        "structure/invalid-value",
        "structure/number-range",
    ];
    let left_out = loaded
        .diagnostics
        .iter()
        .filter(|it| LEAVING_OUT.contains(&it.rule.name));
    left_out
        .filter_map(|it| Some((it.file?, it.pointer.parent()?)))
        .collect()
}

type Objects = for<'d> fn(&Visit<'d, '_>, &Context<'d>, &mut Report<'_>);

/// One walk for all rules about objects.
fn walk<'d>(
    selected: &[(usize, &'static DocumentRule)],
    context: &Context<'d>,
    findings: &mut Vec<Finding>,
) {
    let mut by_kind: [Vec<(usize, Objects)>; Kind::COUNT] = std::array::from_fn(|_| Vec::new());
    for (rule, it) in selected {
        let Check::Objects(kinds, check) = it.check else {
            continue;
        };
        for kind in kinds {
            let of_kind = by_kind.get_mut(*kind as usize);
            of_kind.into_iter().for_each(|it| it.push((*rule, check)));
        }
    }
    context.document.walk(&mut |visit| {
        for (rule, check) in by_kind.get(visit.kind as usize).into_iter().flatten() {
            let mut report = Report {
                rule: *rule,
                findings,
            };
            check(visit, context, &mut report);
        }
    });
}

fn lists<'d>(
    selected: &[(usize, &'static DocumentRule)],
    context: &Context<'d>,
    findings: &mut Vec<Finding>,
) {
    let rules: Vec<_> = selected
        .iter()
        .filter_map(|(rule, it)| match it.check {
            Check::Lists(check) => Some((*rule, check)),
            _ => None,
        })
        .collect();
    if rules.is_empty() {
        return;
    }
    for list in context.lists() {
        for (rule, check) in &rules {
            let mut report = Report {
                rule: *rule,
                findings,
            };
            check(list, context, &mut report);
        }
    }
}

fn diagnostic(
    finding: Finding,
    all: &[&'static DocumentRule],
    context: &Context<'_>,
    config: &Config,
) -> Option<Diagnostic> {
    let rule = *all.get(finding.rule)?;
    let (file, origin) = context.document.origin(&finding.pointer);
    let mut diagnostic = Diagnostic::new(&rule.rule, file, origin, finding.message);
    diagnostic.severity = config.severity(rule)?;
    diagnostic.part = finding.part;
    diagnostic.label = finding.label;
    diagnostic.help = finding.help;
    diagnostic.link = Some(rule.link(context.version()));
    Some(diagnostic)
}
