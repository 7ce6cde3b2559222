//! Rules of the group `example`.

rules! {
    invalid_default
    invalid_enum_member
    invalid_media_example
    invalid_parameter_example
    invalid_schema_example
    no_value
}
