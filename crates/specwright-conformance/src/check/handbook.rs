//! The page about all rules.

use std::collections::BTreeMap;

use specwright_openapi::{Version, diagnostics::Rule};

use super::{DocumentRule, further_rules, rules};

/// Rules of other linters that loading covers, with the rule that does.
const BY_LOADING: &[(&str, &str)] = &[
    ("spectral:oas2-schema", "structure/wrong-type"),
    ("spectral:oas3-schema", "structure/wrong-type"),
    ("spectral:no-$ref-siblings", "reference/ignored-sibling"),
    ("spectral:array-items", "structure/missing-field"),
    ("spectral:oas2-anyOf", "structure/unknown-field"),
    ("spectral:oas2-oneOf", "structure/unknown-field"),
    ("redocly:struct", "structure/wrong-type"),
    ("redocly:no-unresolved-refs", "reference/unresolved"),
    ("redocly:spec-ref-siblings", "reference/ignored-sibling"),
    (
        "redocly:no-example-value-and-externalValue",
        "structure/conflicting-fields",
    ),
    (
        "redocly:spec-example-values",
        "structure/conflicting-fields",
    ),
    (
        "redocly:spec-no-invalid-encoding-combinations",
        "structure/conflicting-fields",
    ),
    (
        "redocly:spec-querystring-parameters",
        "structure/conflicting-fields",
    ),
];

/// The page about all rules, as Markdown: what loading and checking find, and how other linters call it.
#[must_use]
pub fn handbook() -> String {
    let mut page = HEAD.to_owned();
    let mut groups: BTreeMap<&str, Vec<Entry>> = BTreeMap::new();
    let plain = specwright_openapi::rules()
        .into_iter()
        .chain(further_rules())
        .chain(crate::exchange::rules::rules());
    for rule in plain {
        groups.entry(rule.group()).or_default().push(Entry {
            rule,
            document: None,
        });
    }
    for rule in rules() {
        let group = rule.rule.group();
        groups.entry(group).or_default().push(Entry {
            rule: &rule.rule,
            document: Some(rule),
        });
    }
    for entries in groups.values_mut() {
        entries.sort_by_key(|it| it.rule.name);
    }
    page += "\n## Overview\n\n| rule | severity | set | what it demands |\n|---|---|---|---|\n";
    for entry in groups.values().flatten() {
        page += &format!(
            "| [`{name}`](#{anchor}) | {severity} | {set} | {summary} |\n",
            name = entry.rule.name,
            anchor = anchor(entry.rule.name),
            severity = entry.rule.severity.as_str(),
            set = entry.document.map_or("always", |it| it.set.as_str()),
            summary = cell(entry.rule.summary),
        );
    }
    for (group, entries) in &groups {
        page += &format!("\n## {group}\n");
        for entry in entries {
            page += &entry.section();
        }
    }
    page + &mapping()
}

struct Entry {
    rule: &'static Rule,
    document: Option<&'static DocumentRule>,
}

impl Entry {
    fn section(&self) -> String {
        let mut text = format!(
            "\n### {}\n\n*{}, {}.* {}\n\n{}\n",
            self.rule.name,
            self.rule.severity.as_str(),
            self.document.map_or("always".to_owned(), said),
            self.rule.summary,
            self.rule.explanation
        );
        if let Some(rule) = self.document {
            text += &format!("\nSee <{}>.", rule.link(newest(rule)));
            if !rule.covers.is_empty() {
                let names: Vec<String> = rule.covers.iter().map(|it| format!("`{it}`")).collect();
                text += &format!(" Covers {}.", names.join(", "));
            }
            text += &format!(
                "\n\n```yaml\n{}\n```\n\nMended:\n\n```yaml\n{}\n```\n",
                rule.fails.trim(),
                rule.passes.trim()
            );
        }
        text
    }
}

/// The set of a rule, and the versions where it is not about all.
fn said(rule: &DocumentRule) -> String {
    let set = rule.set.as_str();
    if rule.versions.len() == 4 {
        return set.to_owned();
    }
    let versions: Vec<&str> = rule.versions.iter().map(|it| name(*it)).collect();
    format!("{set}; {}", versions.join(", "))
}

fn newest(rule: &DocumentRule) -> Version {
    rule.versions.last().copied().unwrap_or(Version::V3_2)
}

fn name(version: Version) -> &'static str {
    match version {
        Version::V2_0 => "2.0",
        Version::V3_0 => "3.0",
        Version::V3_1 => "3.1",
        Version::V3_2 => "3.2",
    }
}

/// The anchor that a heading gets: without the slash.
fn anchor(heading: &str) -> String {
    heading.replace('/', "")
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn mapping() -> String {
    let mut by_tool: BTreeMap<&str, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
    let own = rules().flat_map(|rule| rule.covers.iter().map(|it| (*it, rule.name())));
    for (theirs, ours) in own.chain(BY_LOADING.iter().copied()) {
        if let Some((tool, theirs)) = theirs.split_once(':') {
            by_tool
                .entry(tool)
                .or_default()
                .entry(theirs)
                .or_default()
                .push(ours);
        }
    }
    let mut text = "\n## Rules of other linters\n\nWhich rule finds what theirs finds. Structure and references are judged \
        while a document is read, by several rules; the table names the chief one.\n"
        .to_owned();
    for (tool, rules) in by_tool {
        text += &format!("\n### {tool}\n\n| theirs | ours |\n|---|---|\n");
        for (theirs, mut ours) in rules {
            ours.sort_unstable();
            ours.dedup();
            let ours: Vec<String> = ours.iter().map(|it| format!("`{it}`")).collect();
            text += &format!("| `{theirs}` | {} |\n", ours.join(", "));
        }
    }
    text
}

const HEAD: &str = "# Rules

What `specwright check` finds, and why it matters. `specwright explain RULE` shows one of these in a terminal;
[check.md](check.md) says how rules are selected, and findings expected. This page is written by `cargo xtask generate`.

*always* are rules that loading a document applies, and those of the group `wire`, by which requests and responses are held
against a document; the others belong to the sets `minimal`, `recommended` and `strict`,
each of which has everything of those before it. In the examples findings stand in the lines that are marked; documents
that begin further down leave out what every document has.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_loading_covers_names_its_rules() {
        let known = specwright_openapi::rules();
        for (_, ours) in BY_LOADING {
            assert!(known.iter().any(|rule| rule.name == *ours), "{ours}");
        }
    }
}
