//! Generated clients held against the document that they were generated from: what `tests/contract.rs` of a generated
//! crate hands over to.
//!
//! An [`Operation`] is one operation of the document with a mock of its own. [`Operation::sends`] looks at the request
//! that a call makes, [`Operation::answers`] at what a client makes of every documented answer, and [`Operation::walks`]
//! at what its pager makes of a list that goes wrong in every way. The functions here turn what a call gives into
//! [`Seen`].
//!
//! Nothing panics: what is wrong is a [`Broken`], which a test returns.

mod answers;
mod broken;
mod given;
mod operation;
mod same;
mod seen;
mod sends;
mod walks;

pub use answers::{Typed, Untyped, typed, unknown, untyped};
pub use broken::Broken;
pub use given::value;
pub use operation::Operation;
pub use seen::{Seen, bytes, events, json, json_lines, text};
pub use specwright_runtime::File;
pub use walks::why_invisible;
