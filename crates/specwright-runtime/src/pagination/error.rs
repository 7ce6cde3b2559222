//! Pages that do not lead on.

use std::fmt;

use super::position::Position;

/// Why a walk cannot go on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PaginationErrorKind {
    /// The page leads to a position that was sent before in this walk: going on would loop. The page
    /// was not delivered, as it may be an earlier one again.
    RepeatedPosition,
    /// The page announces more items and has no position to find them at. The page itself was
    /// delivered.
    MissingCursor,
    /// The server sent another page than the one asked for. The page was not delivered.
    PageMismatch {
        /// the number asked for
        requested: u64,
        /// the number the page has
        received: u64,
    },
    /// The page is, byte for byte, the one before, at another offset or page number: the server takes
    /// no notice of the position. The page was not delivered.
    RepeatedPage,
    /// More empty pages followed each other than the walk allows. The last of them was not
    /// delivered.
    TooManyEmptyPages {
        /// the most the walk allows
        allowed: u32,
    },
    /// The next position is beyond 64 bits. The page itself was delivered.
    Overflow,
    /// The page leads to a URL of another origin (scheme, host or port), which is not asked: requests
    /// carry credentials. The page itself was delivered.
    ForeignOrigin {
        /// the URL, without its query, user name and password
        url: String,
    },
    /// What the page gives as the next URL is none. The page itself was delivered.
    InvalidUrl,
}

impl fmt::Display for PaginationErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RepeatedPosition => {
                f.write_str("the page leads back to a position that was sent before")
            }
            Self::MissingCursor => {
                f.write_str("the page announces more items and has no position to find them at")
            }
            Self::PageMismatch {
                requested,
                received,
            } => {
                write!(
                    f,
                    "page {requested} was asked for and page {received} was sent"
                )
            }
            Self::RepeatedPage => f.write_str("the page is the one before once more"),
            Self::TooManyEmptyPages { allowed } => {
                write!(f, "more than {allowed} empty pages in a row")
            }
            Self::Overflow => f.write_str("the next position is beyond 64 bits"),
            Self::ForeignOrigin { url } => {
                write!(
                    f,
                    "the page leads to another origin, which is not asked: {url}"
                )
            }
            Self::InvalidUrl => f.write_str("what the page gives as the next URL is none"),
        }
    }
}

/// A walk that cannot go on, and where it stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaginationError(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    operation: &'static str,
    kind: PaginationErrorKind,
    position: Position,
    pages: u64,
}

impl PaginationError {
    pub(crate) fn new(
        operation: &'static str,
        kind: PaginationErrorKind,
        position: Position,
        pages: u64,
    ) -> Self {
        Self(Box::new(Inner {
            operation,
            kind,
            position,
            pages,
        }))
    }

    /// Why the walk cannot go on.
    pub fn kind(&self) -> &PaginationErrorKind {
        &self.0.kind
    }

    /// The operation that is walked.
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// The position of the page that does not lead on.
    pub fn position(&self) -> &Position {
        &self.0.position
    }

    /// How many pages were delivered before.
    pub fn pages(&self) -> u64 {
        self.0.pages
    }
}

impl fmt::Display for PaginationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            operation,
            kind,
            position,
            pages,
        } = &*self.0;
        write!(
            f,
            "{operation}: {kind} (at {position}; pages delivered: {pages})"
        )
    }
}

impl std::error::Error for PaginationError {}
