//! Why a mock does not start.

use std::{fmt, io};

use super::Fault;

/// Why a mock does not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum MockError {
    /// The address cannot be listened on.
    Bind(io::Error),
    /// The fault can show in no operation of the description ([`Fault::applies_to`]).
    FaultNotApplicable(Fault),
}

impl fmt::Display for MockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bind(error) => write!(f, "cannot listen: {error}"),
            Self::FaultNotApplicable(fault) => {
                write!(
                    f,
                    "no operation of the description pages in a way in which `{fault}` can show"
                )
            }
        }
    }
}

impl std::error::Error for MockError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Bind(error) => Some(error),
            Self::FaultNotApplicable(_) => None,
        }
    }
}

impl From<io::Error> for MockError {
    fn from(error: io::Error) -> Self {
        Self::Bind(error)
    }
}
