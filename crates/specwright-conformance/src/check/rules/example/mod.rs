//! Rules of the group `example`.

rules! {}
