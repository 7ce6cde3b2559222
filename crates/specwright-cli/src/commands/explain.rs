//! `specwright explain`.

use clap::{Args, ValueEnum};
use specwright_conformance::{
    check::{self, DocumentRule},
    exchange,
};
use specwright_openapi::diagnostics::Rule;

use crate::{
    failure::{Failure, Outcome},
    terminal,
};

/// Say what a rule demands, why, and how to satisfy it.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The name of a rule, such as `reference/unresolved`; all rules are listed without it.
    #[arg(value_name = "RULE")]
    rule: Option<String>,
    /// All rules as one page.
    #[arg(long, value_enum, value_name = "FORM", conflicts_with = "rule")]
    all: Option<Form>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    Markdown,
}

impl Explain {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        if self.all.is_some() {
            terminal::print(&check::handbook())?;
            return Ok(Outcome::Clean);
        }
        let rules = rules();
        let Some(name) = self.rule else {
            terminal::print(&list(&rules))?;
            return Ok(Outcome::Clean);
        };
        match rules.iter().find(|rule| rule.name == name) {
            Some(rule) => terminal::print(&explanation(rule))?,
            None => return Err(Failure::new(unknown(&name, &rules))),
        }
        Ok(Outcome::Clean)
    }
}

/// Every rule of the product, by name.
fn rules() -> Vec<&'static Rule> {
    let mut rules = specwright_openapi::rules();
    rules.extend(specwright_generator::rules());
    rules.extend(check::rules().map(|it| &it.rule));
    rules.extend(check::further_rules());
    rules.extend(exchange::rules::rules());
    rules.sort_by_key(|rule| rule.name);
    rules
}

fn list(rules: &[&Rule]) -> String {
    let width = rules
        .iter()
        .map(|rule| rule.name.len())
        .max()
        .unwrap_or_default();
    let lines = rules.iter().map(|rule| {
        format!(
            "{:<width$}  {:<7}  {}\n",
            rule.name,
            rule.severity.as_str(),
            rule.summary
        )
    });
    lines.collect()
}

fn explanation(rule: &Rule) -> String {
    let severity = rule.severity.as_str();
    let mut text = format!(
        "{} ({severity})\n\n{}\n\n{}\n",
        rule.name,
        rule.summary,
        filled(rule.explanation)
    );
    if let Some(rule) = check::rules().find(|it| it.name() == rule.name) {
        text += &examples(rule);
    }
    text
}

fn examples(rule: &DocumentRule) -> String {
    let indented = |text: &str| -> String {
        let lines = text.trim().lines();
        lines
            .map(|line| format!("    {line}\n").replace("    \n", "\n"))
            .collect()
    };
    format!(
        "\nIt is in the set `{}`.\n\nFound in:\n\n{}\nMended:\n\n{}",
        rule.set.as_str(),
        indented(rule.fails),
        indented(rule.passes)
    )
}

/// Lines of at most 80 characters.
fn filled(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        if let Some(line) = lines.last_mut() {
            if line.is_empty() {
                line.push_str(word);
            } else if line.chars().count() + word.chars().count() < 80 {
                line.push(' ');
                line.push_str(word);
            } else {
                lines.push(word.to_owned());
            }
        }
    }
    lines.join("\n")
}

/// With the rules of the group that was meant, or else all groups.
fn unknown(name: &str, rules: &[&Rule]) -> String {
    let group = name.split('/').next().unwrap_or_default();
    let same: Vec<&str> = rules
        .iter()
        .filter(|rule| rule.group() == group)
        .map(|rule| rule.name)
        .collect();
    if same.is_empty() {
        format!("there is no rule `{name}`; `specwright explain` lists all")
    } else {
        format!("there is no rule `{name}`; there are {}", same.join(", "))
    }
}
