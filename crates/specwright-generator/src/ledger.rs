//! What became of each operation.

use specwright_openapi::{
    Json,
    diagnostics::{FileId, Pointer},
};

/// Every operation of a description with its fate, in the order of the document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// One entry per operation.
    pub operations: Vec<Entry>,
}

impl Ledger {
    /// The ledger as JSON: `{"version": 1, "operations": [{"operation", "method", "path", "status", "reasons"}]}`.
    #[must_use]
    pub fn to_json(&self) -> String {
        let operations = self.operations.iter().map(|entry| {
            let text = |text: &str| Json::String(text.to_owned());
            let reasons = entry.reasons.iter().map(|it| text(it)).collect();
            [
                ("operation", text(&entry.operation)),
                ("method", text(&entry.method)),
                ("path", text(&entry.path)),
                ("status", text(entry.status.as_str())),
                ("reasons", Json::Array(reasons)),
            ]
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect()
        });
        let operations = Json::Array(operations.collect());
        let members = [("version", Json::from(1)), ("operations", operations)];
        let document: Json = members
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect();
        format!("{document:#}\n")
    }

    /// How many operations have a status.
    #[must_use]
    pub fn count(&self, status: Status) -> usize {
        self.operations
            .iter()
            .filter(|it| it.status == status)
            .count()
    }
}

/// The fate of one operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The `operationId`, or the method and path.
    pub operation: String,
    /// The method in capitals.
    pub method: String,
    /// The path template.
    pub path: String,
    /// What became of it.
    pub status: Status,
    /// What is lost, or why it was refused; empty for supported operations.
    pub reasons: Vec<String>,
    /// The file and the place in it of each reason.
    pub places: Vec<(FileId, Pointer)>,
}

/// How well an operation is served by the generated code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// In full.
    Supported,
    /// With losses that the reasons name.
    Degraded,
    /// Not at all.
    Refused,
}

impl Status {
    /// `supported`, `degraded` or `refused`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Degraded => "degraded",
            Self::Refused => "refused",
        }
    }
}
