//! One file per command.

pub(crate) mod check;
pub(crate) mod explain;
pub(crate) mod generate;
pub(crate) mod ledger;
pub(crate) mod mock;
pub(crate) mod pagination;
