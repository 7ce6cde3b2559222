//! Rules of the group `schema`.

rules! {
    closed_all_of
    contradictory_bounds
    default_of_required
    degenerate_composition
    discriminator_default
    discriminator_mapping
    discriminator_property
    duplicate_enum_value
    duplicate_required
    endless
    enum_type
    impossible_all_of
    invalid_pattern
    keyword_of_other_type
    missing_items
    missing_type
    nullable_enum
    nullable_without_type
    read_only_and_write_only
    required_undefined
    two_bounds
}
