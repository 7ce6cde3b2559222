//! The ways of walking a list that are compared.

use clap::ValueEnum;

/// A way of walking a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Way {
    /// `.items()` of the generated request.
    Items,
    /// `.pages()` of the generated request.
    Pages,
    /// The loop that a user would write around the generated request.
    Loop,
    /// A loop around the HTTP client alone, with the JSON decoding and the types of the generated crate.
    Http,
    /// `.items().prefetch(1)`; only its memory is of interest.
    Prefetch,
    /// Three pages kept on purpose, to see that the measurement of memory sees them.
    Hoard,
}

impl Way {
    /// Those whose time is measured, in the order of their turns.
    pub(crate) const TIMED: [Self; 4] = [Self::Items, Self::Pages, Self::Loop, Self::Http];

    /// As it is written on a command line.
    pub(crate) fn word(self) -> String {
        let value = self.to_possible_value();
        value.map(|it| it.get_name().to_owned()).unwrap_or_default()
    }

    /// As tables show it.
    pub(crate) fn shown(self) -> &'static str {
        match self {
            Self::Items => "`.items()`",
            Self::Pages => "`.pages()`",
            Self::Loop => "loop by hand around the generated request",
            Self::Http => "loop by hand around reqwest",
            Self::Prefetch => "`.items().prefetch(1)`",
            Self::Hoard => "`.pages()`, the last three kept",
        }
    }
}
