//! Rules of the group `structure`.

rules! {
    ambiguous_paths
    body_and_form
    body_without_meaning
    component_name
    content_without_body
    deprecated_xml
    duplicate_parameter
    encoding_property
    form_without_consumes
    identical_paths
    ignored_header
    link_target
    operation_id_unique
    path_parameter_repeated
    path_parameter_undefined
    path_parameter_unused
    path_template
    path_with_query
    server_variables
    tag_parent
    tag_unique
}
