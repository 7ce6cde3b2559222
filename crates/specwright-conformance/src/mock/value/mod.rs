//! Seeded values that a schema permits.
//!
//! A [`Shape`] is what several schemas permit together; a [`Generator`] makes values of it.

mod absorb;
mod generator;
mod limits;
pub(crate) mod number;
mod pattern;
mod shape;
pub(crate) mod text;

pub(crate) use generator::{Choices, Generator, Presence};
pub(crate) use shape::{Additional, Kind, Shape};
