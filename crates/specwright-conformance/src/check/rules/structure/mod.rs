//! Rules of the group `structure`.

rules! {
    operation_id_unique
}
