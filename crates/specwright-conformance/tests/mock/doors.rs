//! Authentication over HTTP; which credentials meet which scheme is tested beside the code.

use specwright_conformance::Mock;

use crate::{
    client::ask,
    documents::{description, start},
};

const API: &str = "
openapi: 3.0.3
info: {title: Doors, version: '1'}
security: [{basic: []}, {key: [], cookie: []}]
paths:
  /closed:
    get:
      responses:
        '204': {description: Inside.}
        '401': {description: Outside., content: {application/vnd.error+json: {schema: {type: object, required: [message], properties: {message: {type: string}}}}}}
  /open: {get: {security: [], responses: {'204': {description: Inside.}}}}
components:
  securitySchemes:
    basic: {type: http, scheme: basic}
    key: {type: apiKey, in: query, name: key}
    cookie: {type: apiKey, in: cookie, name: session}
";

#[tokio::test]
async fn who_lacks_credentials_is_told_which_in_the_documented_shape() {
    let server = start(Mock::new(description(API)).token("secret")).await;
    assert_eq!(ask(&server, "GET", "/open", &[]).await.status, 204);
    // `any:secret` in Base64.
    let basic = [("authorization", "Basic YW55OnNlY3JldA==")];
    assert_eq!(ask(&server, "GET", "/closed", &basic).await.status, 204);
    let cookie = [("cookie", "session=secret")];
    assert_eq!(
        ask(&server, "GET", "/closed?key=secret", &cookie)
            .await
            .status,
        204
    );
    let refused = ask(&server, "GET", "/closed?key=secret", &[]).await;
    assert_eq!(
        (refused.status, refused.header("content-type")),
        (401, Some("application/vnd.error+json"))
    );
    let challenges: Vec<&str> = refused
        .headers
        .iter()
        .filter(|(name, _)| name == "www-authenticate")
        .map(|(_, value)| value.as_str())
        .collect();
    assert_eq!(
        challenges,
        [
            "Basic realm=\"mock\", charset=\"UTF-8\"",
            "ApiKey realm=\"mock\", in=\"cookie\", name=\"session\""
        ]
    );
    let message = refused.json()["message"].as_str().unwrap().to_owned();
    assert!(
        message.contains("`basic`") && message.contains("`cookie`") && !message.contains("secret"),
        "{message}"
    );
    // Nothing is told to those outside, not even which preferences would be met.
    let outside = ask(&server, "GET", "/closed", &[("prefer", "code=204")]).await;
    assert_eq!(outside.status, 401);
}
