//! Rules of the group `schema`.

rules! {}
