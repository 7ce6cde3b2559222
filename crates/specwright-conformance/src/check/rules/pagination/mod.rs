//! Rules of the group `pagination`.

rules! {}
