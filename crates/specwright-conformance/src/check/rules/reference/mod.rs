//! Rules of the group `reference`.

rules! {
    unused_component
}
