//! Rules of the group `reference`.

rules! {}
