//! What became of each operation.

/// Every operation of a description with its fate, in the order of the document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// One entry per operation.
    pub operations: Vec<Entry>,
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
