//! What a test of a contract fails with.

use std::fmt;

/// Everything that is not as the document says, a line each.
///
/// `Debug` prints the lines as they are, because that is what a test that returns it shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Broken(Vec<String>);

impl Broken {
    /// One thing that is wrong.
    #[must_use]
    pub fn new(what: impl Into<String>) -> Self {
        Self(vec![what.into()])
    }

    /// Fails with the lines if there are any.
    pub(crate) fn of(lines: Vec<String>) -> Result<(), Self> {
        match lines.is_empty() {
            true => Ok(()),
            false => Err(Self(lines)),
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.0 {
            write!(f, "\n- {line}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Broken {}

impl From<specwright_runtime::Error> for Broken {
    fn from(error: specwright_runtime::Error) -> Self {
        Self::new(error.to_string())
    }
}
