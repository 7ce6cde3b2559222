//! The APIs that are described inside this repository, embedded as text.
//!
//! Each API is a folder below `specs/`: the OpenAPI document, the recipe of its client crate, the deviations of the
//! document from what the vendor publishes, and the published facts it is tested against.
//!
//! ```
//! let api = specwright_specs::get("famulor").ok_or("not built in")?;
//! assert!(api.document.starts_with("openapi: 3.0.3"));
//! for deviation in api.deviations()? {
//!     println!("{}: {}", deviation.id, deviation.chosen);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod deviation;

pub use deviation::{Deviation, DeviationError, Kind, Provenance, parse_deviations};

/// One built-in API. All texts are embedded at compile time.
#[derive(Debug, Clone, Copy)]
pub struct Api {
    /// Name of the folder and of the client crate, such as `famulor`.
    pub name: &'static str,
    /// The OpenAPI document (YAML).
    pub document: &'static str,
    /// The recipe of the client crate (TOML).
    pub recipe: &'static str,
    /// The deviations (TOML); see [`Api::deviations`] for their values.
    pub deviations: &'static str,
    /// The documented facts (TOML).
    pub facts: &'static str,
    /// The documented example of a response body (JSON); `None` if the vendor shows none.
    pub example: Option<&'static str>,
}

impl Api {
    /// Returns the deviations in the order of the file.
    ///
    /// # Errors
    ///
    /// If the text is not TOML, or an entry lacks a key, has an unknown one or an unknown kind or provenance.
    pub fn deviations(&self) -> Result<Vec<Deviation>, DeviationError> {
        parse_deviations(self.name, self.deviations)
    }
}

macro_rules! file {
    ($name:literal, $file:literal) => {
        include_str!(concat!("../../../specs/", $name, "/", $file))
    };
}

macro_rules! api {
    ($name:literal, $example:expr) => {
        Api {
            name: $name,
            document: file!($name, "openapi.yaml"),
            recipe: file!($name, "generate.toml"),
            deviations: file!($name, "deviations.toml"),
            facts: file!($name, "evidence/facts.toml"),
            example: $example,
        }
    };
}

static APIS: [Api; 4] = [
    api!(
        "talktohumans",
        Some(file!("talktohumans", "evidence/example.json"))
    ),
    api!("parrot", None),
    api!("famulor", Some(file!("famulor", "evidence/example.json"))),
    api!(
        "mindhunters",
        Some(file!("mindhunters", "evidence/example.json"))
    ),
];

/// Returns every built-in API, in a fixed order.
#[must_use]
pub fn all() -> &'static [Api] {
    &APIS
}

/// Returns the built-in API of this name, if there is one. Names are lower case.
#[must_use]
pub fn get(name: &str) -> Option<&'static Api> {
    APIS.iter().find(|api| api.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_api_is_found_by_its_name() {
        let names: Vec<_> = all().iter().map(|api| api.name).collect();
        assert_eq!(names, ["talktohumans", "parrot", "famulor", "mindhunters"]);
        for name in names {
            assert_eq!(get(name).map(|api| api.name), Some(name));
        }
    }

    #[test]
    fn other_names_are_not_found() {
        assert!(get("Famulor").is_none());
        assert!(get("").is_none());
    }

    #[test]
    fn texts_belong_to_their_api() {
        for api in all() {
            assert!(
                api.document
                    .to_lowercase()
                    .contains(&format!("title: {}", api.name)),
                "{}",
                api.name
            );
            assert!(
                api.recipe.contains(&format!("name = \"{}\"", api.name)),
                "{}",
                api.name
            );
            assert!(!api.deviations().expect("valid").is_empty(), "{}", api.name);
        }
    }
}
