//! Seeded values that a schema permits.
//!
//! A [`Shape`] is what several schemas permit together; a [`Generator`] makes values of it.

mod absorb;
mod apart;
mod check;
mod ecma;
mod fits;
mod generator;
mod height;
mod limits;
mod moments;
pub(crate) mod number;
mod pattern;
mod shape;
pub(crate) mod text;

pub(crate) use generator::{Choices, Generator, Presence};
pub(crate) use shape::{Additional, Kind, Shape};
