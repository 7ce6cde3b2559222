//! The deviations of a document from the published documentation.

use std::fmt;

use serde::Deserialize;

/// A place where the published documentation contradicts itself, leaves something out or had to be filled.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Deviation {
    /// Identifies the deviation: `D` entries are findings about the documentation, `A` entries answer for its gaps.
    pub id: String,
    /// JSON pointer (RFC 6901) into the OpenAPI document.
    pub location: String,
    /// What sort of deviation it is.
    pub kind: Kind,
    /// What the vendor documents, in our words.
    pub documented: String,
    /// What speaks against it.
    pub conflicting: Option<String>,
    /// What the document says.
    pub chosen: String,
    /// Why it says so.
    pub reason: String,
    /// How the chosen value is known.
    pub provenance: Provenance,
    /// Whether a request to a live server could show which reading is right.
    pub testable: bool,
    /// The attributes at and below `location` that this entry answers for: `type`, `nullable`, …, or `*` for all. Empty
    /// for a note.
    ///
    /// References are followed, except for `required`, which is where an object lists it. An entry with the provenance
    /// `inferred` answers for facts that are inferred, any other for what no fact tells.
    #[serde(default)]
    pub covers: Vec<String>,
    /// The rule whose finding at or below `location` is expected, for example `example/invalid-schema-example`.
    pub rule: Option<String>,
}

/// What sort of deviation it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// Two published statements exclude each other.
    Contradiction,
    /// The documentation leaves something out.
    Omission,
    /// A published example does not fit the published description.
    ExampleInvalid,
    /// The API, or a part of its documentation, has moved on.
    Drift,
    /// Names differ, or mean different things.
    Naming,
    /// A statement can be read in more than one way.
    Ambiguity,
    /// Nothing is published; something had to be assumed.
    Assumption,
}

/// How something about an API is known. The first two are documentation, the others are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Provenance {
    /// The reference page of the endpoint says so.
    Stated,
    /// Another public page or repository of the vendor says so.
    Public,
    /// It follows from what is published.
    Inferred,
    /// Nothing published tells.
    Assumed,
}

impl Provenance {
    /// Whether somebody has published it, as opposed to it being our conclusion or assumption.
    #[must_use]
    pub fn is_documented(self) -> bool {
        matches!(self, Self::Stated | Self::Public)
    }
}

/// The text of a deviations file cannot be read. The message names the API, the line and the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviationError {
    api: String,
    cause: toml::de::Error,
}

impl fmt::Display for DeviationError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "deviations of {}: {}", self.api, self.cause)
    }
}

impl std::error::Error for DeviationError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    deviation: Vec<Deviation>,
}

/// Reads the text of a deviations file; `api` is the name used in the error.
///
/// # Errors
///
/// If the text is not TOML, or an entry lacks a key, has an unknown one or an unknown kind or provenance.
pub fn parse_deviations(api: &str, text: &str) -> Result<Vec<Deviation>, DeviationError> {
    match toml::from_str::<File>(text) {
        Ok(file) => Ok(file.deviation),
        Err(cause) => Err(DeviationError {
            api: api.to_owned(),
            cause,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = r#"
        [[deviation]]
        id = "D0-1"
        location = "/info"
        kind = "example-invalid"
        documented = "a"
        chosen = "b"
        reason = "c"
        provenance = "inferred"
        testable = true
    "#;

    fn message(text: &str) -> String {
        parse_deviations("famulor", text)
            .expect_err("must not be accepted")
            .to_string()
    }

    #[test]
    fn an_entry_is_read() {
        let deviations = parse_deviations("famulor", ENTRY).expect("valid");
        assert_eq!(deviations.len(), 1);
        assert_eq!(deviations[0].kind, Kind::ExampleInvalid);
        assert_eq!(deviations[0].provenance, Provenance::Inferred);
        assert_eq!(deviations[0].conflicting, None);
        assert!(deviations[0].covers.is_empty());
    }

    #[test]
    fn an_empty_file_has_no_entries() {
        assert_eq!(parse_deviations("famulor", "").expect("valid"), []);
    }

    #[test]
    fn mistakes_are_named() {
        assert!(
            message(&ENTRY.replace("example-invalid", "oops")).contains("unknown variant `oops`")
        );
        assert!(
            message(&ENTRY.replace("testable", "testabel")).contains("unknown field `testabel`")
        );
        assert!(message(&ENTRY.replace("chosen = \"b\"", "")).contains("missing field `chosen`"));
        assert!(message("[[deviations]]").starts_with("deviations of famulor: "));
    }

    #[test]
    fn only_published_statements_are_documentation() {
        assert!(Provenance::Stated.is_documented() && Provenance::Public.is_documented());
        assert!(!Provenance::Inferred.is_documented() && !Provenance::Assumed.is_documented());
    }
}
