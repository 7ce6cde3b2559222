//! The choices that generating takes, from files and flags.

use std::path::PathBuf;

use clap::Args;
use specwright_generator::Recipe;

use crate::{document::Document, failure::Failure};

/// What is to be generated, and how.
#[derive(Debug, Args)]
pub(crate) struct Choices {
    /// The recipe (TOML); built-in APIs bring their own.
    #[arg(long, value_name = "FILE")]
    pub(crate) recipe: Option<PathBuf>,
    /// Keep only operations with this tag or operation id; may be repeated.
    #[arg(long, value_name = "TAG|OPERATION")]
    pub(crate) only: Vec<String>,
}

impl Choices {
    /// The recipe of a file, or else that of a built-in API, with the selection of the command line.
    pub(crate) fn recipe(&self, document: &Document) -> Result<Recipe, Failure> {
        let parse = |place: &str, text: &str| {
            Recipe::parse(text)
                .map_err(|error| Failure::doing(format_args!("use the recipe `{place}`"), error))
        };
        let mut recipe = match (&self.recipe, document.recipe()) {
            (Some(path), _) => {
                let text = std::fs::read_to_string(path).map_err(|error| {
                    Failure::doing(format_args!("read `{}`", path.display()), error)
                })?;
                parse(&path.display().to_string(), &text)?
            }
            (None, Some(text)) => parse(document.name(), text)?,
            (None, None) => Recipe::default(),
        };
        recipe.set_only(self.only.clone());
        Ok(recipe)
    }
}
