//! `specwright pagination`.

use std::{fmt::Write as _, path::PathBuf};

use clap::{Args, ValueEnum};
use specwright_openapi::{
    Json, Loaded, OperationRef, Place,
    diagnostics::{Diagnostic, Severity},
    pagination::{self, Confidence, Found},
    to_yaml,
};

use super::generate::{show, stopped};
use crate::{
    document::{Document, Reading},
    failure::{Failure, Outcome},
    recipe::Choices,
    terminal,
};

/// Say how each list operation pages, what speaks for it, and how sure that is.
#[derive(Debug, Args)]
pub(crate) struct Pagination {
    /// The document: a path, `-`, or the name of a built-in API.
    #[arg(value_name = "DOCUMENT")]
    document: String,
    /// The form of the plans on standard output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write the plans that are not declared yet as an OpenAPI Overlay, for review and editing; JSON if the name ends
    /// with `.json`, else YAML.
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
    /// How sure a plan must be to get into the overlay: unsure, likely, certain or declared; the default is the recipe's, or
    /// `likely`.
    #[arg(long, value_name = "CONFIDENCE", requires = "overlay")]
    from: Option<Confidence>,
    #[command(flatten)]
    choices: Choices,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// Stable and versioned.
    Json,
}

/// A list operation, and where its evidence stands.
struct Listed<'a> {
    operation: OperationRef<'a>,
    found: Found,
    places: Vec<Place>,
}

impl Pagination {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let document = Document::named(&self.document, &self.reading);
        let recipe = self.choices.recipe(&document)?;
        let loaded = document.load()?;
        let about_pages = |it: &&Diagnostic| {
            it.rule.name.starts_with("pagination/") || loaded.description.is_none()
        };
        let shown: Vec<_> = loaded
            .diagnostics
            .iter()
            .filter(about_pages)
            .cloned()
            .collect();
        show(&shown, &loaded);
        let Some(description) = &loaded.description else {
            return Ok(stopped("the document cannot be used"));
        };
        let mut lists: Vec<Listed<'_>> = description
            .operations()
            .filter(|operation| recipe.selects(operation))
            .filter_map(|operation| {
                let found = recipe.pages(description, &operation)?;
                Some(Listed {
                    operation,
                    found,
                    places: Vec::new(),
                })
            })
            .collect();
        give_places(&mut lists, &loaded);
        let least = self.from.unwrap_or(recipe.least_confidence());
        terminal::print(&match self.format {
            Format::Text => text(&lists, recipe.least_confidence()),
            Format::Json => json(&lists),
        })?;
        if let Some(path) = &self.overlay {
            let title = format!("Page plans of {}", description.document().info.title);
            let overlay = pagination::overlay(description, &title, least);
            let count = overlay
                .get("actions")
                .and_then(Json::as_array)
                .map_or(0, Vec::len);
            let is_json = path.extension().is_some_and(|it| it == "json");
            let text = if is_json {
                format!("{overlay:#}\n")
            } else {
                to_yaml(&overlay)
            };
            std::fs::write(path, text).map_err(|error| {
                Failure::doing(format_args!("write `{}`", path.display()), error)
            })?;
            terminal::report(&format!(
                "{} written to {}\n",
                terminal::count(count, "plan"),
                path.display()
            ));
        }
        let is_wrong = shown.iter().any(|it| it.severity == Severity::Error);
        Ok(if is_wrong || loaded.has_consequential_errors() {
            Outcome::Findings
        } else {
            Outcome::Clean
        })
    }
}

/// All places at once: a document is scanned once for them.
fn give_places(lists: &mut [Listed<'_>], loaded: &Loaded) {
    let pointers: Vec<_> = lists
        .iter()
        .flat_map(|it| it.found.evidence.iter().map(|it| it.pointer.clone()))
        .collect();
    let mut places = loaded.places(&pointers).into_iter();
    for list in lists {
        let count = list.found.evidence.len();
        list.places = places.by_ref().take(count).collect();
    }
}

fn text(lists: &[Listed<'_>], least: Confidence) -> String {
    let mut text = String::new();
    for list in lists {
        let Listed {
            operation, found, ..
        } = list;
        let request = format!("{} {}", operation.method, operation.path);
        let id = operation.id();
        _ = writeln!(
            text,
            "{request}{}",
            if id == request {
                String::new()
            } else {
                format!("  {id}")
            }
        );
        let by = found
            .declared_by
            .map(|by| format!(" by {by}"))
            .unwrap_or_default();
        match &found.plan {
            Some(plan) => {
                _ = writeln!(text, "  {}, {}{by}", plan.style, found.confidence);
                let places = plan.request.places().into_iter();
                let request = places.filter_map(|(name, it)| Some((name, it?.to_string())));
                let places = plan.response.places().into_iter();
                let response = places.filter_map(|(name, it)| Some((name, it?.to_string())));
                let items = std::iter::once(("items", shown(plan.response.items.as_str())));
                for (group, members) in [
                    ("request", request.collect::<Vec<_>>()),
                    ("response", items.chain(response).collect()),
                ] {
                    let members: Vec<_> = members
                        .iter()
                        .map(|(name, place)| format!("{name} {place}"))
                        .collect();
                    if !members.is_empty() {
                        _ = writeln!(text, "    {group:<9} {}", members.join(", "));
                    }
                }
                let sizes = [
                    ("default", plan.size.default),
                    ("minimum", plan.size.minimum),
                    ("maximum", plan.size.maximum),
                    ("all", plan.size.all),
                ];
                let sizes: Vec<_> = sizes
                    .into_iter()
                    .filter_map(|(name, size)| Some(format!("{name} {}", size?)))
                    .collect();
                if !sizes.is_empty() {
                    _ = writeln!(text, "    {:<9} {}", "size", sizes.join(", "));
                }
            }
            None => _ = writeln!(text, "  no plan{by}"),
        }
        for (evidence, place) in found.evidence.iter().zip(&list.places) {
            let Place {
                file, line, column, ..
            } = place;
            _ = writeln!(
                text,
                "    - {}: {} ({file}:{line}:{column})",
                evidence.part, evidence.says
            );
        }
        for reservation in &found.reservations {
            _ = writeln!(text, "    ! {reservation}");
        }
        text.push('\n');
    }
    text.push_str(&summary(lists, least));
    text
}

fn shown(pointer: &str) -> String {
    if pointer.is_empty() {
        "(the body)".to_owned()
    } else {
        pointer.to_owned()
    }
}

/// How many plans there are of each confidence, and for how many the client has a pager.
fn summary(lists: &[Listed<'_>], least: Confidence) -> String {
    let of = |confidence| {
        let lists = lists.iter().filter(|it| it.found.plan.is_some());
        lists.filter(|it| it.found.confidence == confidence).count()
    };
    let levels: Vec<_> = Confidence::ALL
        .into_iter()
        .rev()
        .map(|confidence| (confidence, of(confidence)))
        .filter(|(_, count)| *count > 0)
        .map(|(confidence, count)| format!("{count} {confidence}"))
        .collect();
    let without = lists.iter().filter(|it| it.found.plan.is_none()).count();
    let without = (without > 0).then(|| format!("{without} without a plan"));
    let all: Vec<_> = levels.into_iter().chain(without).collect();
    let all = if all.is_empty() {
        String::new()
    } else {
        format!(": {}", all.join(", "))
    };
    format!(
        "{}{all}; clients page from `{least}` up\n",
        terminal::count(lists.len(), "list operation")
    )
}

fn json(lists: &[Listed<'_>]) -> String {
    let operations: Vec<Json> = lists
        .iter()
        .map(|list| {
            let Listed {
                operation,
                found,
                places,
            } = list;
            let evidence: Vec<Json> = found
                .evidence
                .iter()
                .zip(places)
                .map(|(evidence, place)| {
                    object([
                        ("part", evidence.part.into()),
                        ("says", evidence.says.as_str().into()),
                        ("pointer", place.pointer.as_str().into()),
                        ("file", place.file.as_str().into()),
                        ("line", place.line.into()),
                        ("column", place.column.into()),
                    ])
                })
                .collect();
            let confidence = found.plan.as_ref().map(|_| found.confidence.as_str());
            object([
                ("operation", operation.id().into()),
                ("method", operation.method.into()),
                ("path", operation.path.into()),
                (
                    "plan",
                    found
                        .plan
                        .as_ref()
                        .map_or(Json::Null, |it| it.to_declaration()),
                ),
                ("confidence", confidence.into()),
                ("declared_by", found.declared_by.into()),
                ("evidence", evidence.into()),
                ("reservations", found.reservations.clone().into()),
            ])
        })
        .collect();
    let report = object([("version", 1.into()), ("operations", operations.into())]);
    format!("{report:#}\n")
}

fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    members
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
