//! Rules of the group `style`.

mod naming;

use specwright_openapi::{Key, Kind, Node, Object, Path, Version};

use super::super::context::Context;

rules! {
    api_host
    api_schemes
    callbacks_in_callbacks
    callbacks_in_webhook
    client_error_response
    contact_properties
    empty_description
    info_contact
    info_description
    info_license
    license_url
    mixed_path_case
    mixed_property_case
    operation_description
    operation_id
    operation_id_url_safe
    operation_summary
    operation_tag_defined
    operation_tags
    parameter_description
    path_kebab_case
    path_trailing_slash
    required_deprecated
    server_example
    server_trailing_slash
    servers
    servers_in_webhook
    singular_tag
    success_response
    tag_description
    tags
    tags_alphabetical
    verb_in_path
}

/// Whether a field of an object has a text that is not blank.
fn says(object: &Object, field: &str) -> bool {
    let text = object.get(field).and_then(Node::as_str);
    text.is_some_and(|text| !text.trim().is_empty())
}

/// The field of the root that every document has: where to report what the document as a whole lacks.
fn version_field(context: &Context<'_>) -> &'static str {
    match context.version() {
        Version::V2_0 => "swagger",
        Version::V3_0 | Version::V3_1 | Version::V3_2 => "openapi",
    }
}

/// Whether a path item is one of the paths.
fn is_of_paths(item: &Path<'_>) -> bool {
    item.owner().and_then(Path::kind) == Some(Kind::Paths)
}

/// Whether a node is part of a webhook.
fn is_in_webhook(path: &Path<'_>) -> bool {
    let mut at = *path;
    while let Some(parent) = at.parent() {
        if parent.key() == Key::Root {
            return at.name() == Some("webhooks");
        }
        at = *parent;
    }
    false
}
