//! Generating a client of every document.

use std::panic::{AssertUnwindSafe, catch_unwind};

use specwright_generator::{Generated, Recipe, Status, generate};
use specwright_openapi::{
    Description,
    pagination::{self, Confidence},
};

/// What each operation that pages has in its generated code.
const PLAN: &str = "const PLAN: &'static ";

/// What generating one client gave.
#[derive(Debug, Clone, Default)]
pub(crate) struct Client {
    pub(crate) panicked: bool,
    /// A second run gave other bytes.
    pub(crate) unstable: bool,
    pub(crate) supported: usize,
    pub(crate) degraded: usize,
    pub(crate) refused: usize,
    /// Operations with a plan that clients should page by.
    pub(crate) plans: usize,
    /// Operations that clients page by.
    pub(crate) pagers: usize,
}

impl Client {
    /// The operations that can be called.
    pub(crate) fn callable(&self) -> usize {
        self.supported + self.degraded
    }

    pub(crate) fn operations(&self) -> usize {
        self.callable() + self.refused
    }
}

/// Generates twice and compares.
pub(crate) fn client(description: &Description) -> Client {
    let run = || {
        catch_unwind(AssertUnwindSafe(|| {
            generate(description, &Recipe::default())
        }))
    };
    let (Ok(first), Ok(second)) = (run(), run()) else {
        return Client {
            panicked: true,
            ..Client::default()
        };
    };
    let count = |generated: &Generated, status| generated.ledger.count(status);
    Client {
        panicked: false,
        unstable: first.files != second.files,
        supported: count(&first, Status::Supported),
        degraded: count(&first, Status::Degraded),
        refused: count(&first, Status::Refused),
        plans: description
            .operations()
            .filter_map(|it| pagination::find(description, &it)?.plan_from(Confidence::Likely))
            .count(),
        pagers: first
            .files
            .iter()
            .map(|(_, text)| text.matches(PLAN).count())
            .sum(),
    }
}
