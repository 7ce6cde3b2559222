//! Rules of the group `security`.

mod markdown;

use specwright_openapi::Object;

use super::super::context::Context;

rules! {
    basic_authentication
    credentials_in_query
    insecure_url
    scopes_without_oauth
    undefined_scheme
    undefined_scope
    unprotected_operation
    unsafe_markdown
    unused_scheme
}

/// The security scheme of a name, references followed.
fn scheme<'d>(context: &Context<'d>, name: &str) -> Option<&'d Object> {
    let scheme = context.section("securitySchemes")?.get(name)?;
    context.document.follow(scheme.as_object()?)
}
