//! Rules of the group `style`.

rules! {
    operation_tags
}
