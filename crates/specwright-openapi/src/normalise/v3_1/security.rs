//! Security schemes and requirements (OAS 3.1.1 and 3.2.0, Security Scheme Object).

use specwright_diagnostics::{Rule, Severity};

use super::context::{Context, is_reference};
use crate::tree::Object;

pub(crate) static NOT_CARRIED: Rule = Rule {
    name: "security/not-carried",
    severity: Severity::Info,
    summary: "Every security scheme is of a type that OpenAPI 3.0 knows.",
    explanation: "Mutual TLS (since 3.1) happens in the connection, before any request, and the device authorization \
        flow (since 3.2) needs a second device: neither shows in a request, so they have to be set up outside of \
        what is made from the description.",
};

/// The schemes in the Components Object.
pub(super) fn schemes(cx: &mut Context<'_>, schemes: &mut Object) {
    for name in cx.known.mutual_tls.clone() {
        let message = "mutual TLS is not carried: set up the certificate in the HTTP client";
        cx.remove(schemes, &name, &NOT_CARRIED, message);
    }
    cx.objects_of(schemes, scheme);
}

fn scheme(cx: &mut Context<'_>, scheme: &mut Object) {
    if is_reference(scheme) {
        return;
    }
    cx.rename(scheme, "deprecated", "x-specwright-deprecated");
    cx.rename(
        scheme,
        "oauth2MetadataUrl",
        "x-specwright-oauth2-metadata-url",
    );
    cx.object(scheme, "flows", |cx, flows| {
        let message = "the device authorization flow is not carried";
        cx.remove(flows, "deviceAuthorization", &NOT_CARRIED, message);
    });
}

/// The requirements in the field `security`, without the schemes that are not carried.
pub(super) fn requirements(cx: &mut Context<'_>, holder: &mut Object) {
    if cx.known.mutual_tls.is_empty() {
        return;
    }
    cx.objects(holder, "security", |cx, requirement| {
        requirement.retain(|name, _| !cx.known.mutual_tls.contains(name));
    });
}

#[cfg(test)]
mod tests {
    use super::super::testing::documents;

    #[test]
    fn schemes() {
        documents(&[
            (
                "{paths: {}, components: {securitySchemes: {o: {type: oauth2, deprecated: true, oauth2MetadataUrl: u, \
                  flows: {deviceAuthorization: {tokenUrl: t}, password: {tokenUrl: t}}}, r: {$ref: '#/a', summary: s}}}}",
                "{paths: {}, components: {securitySchemes: {o: {type: oauth2, x-specwright-deprecated: true, \
                  x-specwright-oauth2-metadata-url: u, flows: {password: {tokenUrl: t}}}, r: {$ref: '#/a'}}}}",
                &["security/not-carried /components/securitySchemes/o/flows/deviceAuthorization"],
            ),
            (
                "{components: {securitySchemes: {tls: {type: mutualTLS}, key: {type: apiKey}}}, \
                  security: [{tls: []}, {tls: [], key: []}], paths: {/a: {get: {responses: {}, security: [{tls: []}]}}}}",
                "{components: {securitySchemes: {key: {type: apiKey}}}, \
                  security: [{}, {key: []}], paths: {/a: {get: {responses: {}, security: [{}]}}}}",
                &["security/not-carried /components/securitySchemes/tls"],
            ),
        ]);
    }
}
