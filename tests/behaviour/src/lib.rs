//! The generated clients at work against the mock server: what their tests and the demonstration share.
//!
//! An [`Api`] is a generated crate behind one trait, so that the same walk can be asked of all four. [`mock`] is the
//! server of an API, [`forward`] and [`backward`] walk its list, a [`Difference`] says what is wrong with what came, and
//! [`demo`] puts all of it into the rows of a table.

mod api;
pub mod demo;
mod difference;
mod mock;
pub mod table;
mod walk;

pub use api::{Api, Famulor, Mindhunters, Parrot, TalkToHumans};
pub use difference::Difference;
pub use mock::{LOOPBACK, ids, mock};
pub use walk::{Walk, backward, forward};
