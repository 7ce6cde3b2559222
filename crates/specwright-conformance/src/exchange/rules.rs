//! The rules of exchanges.

use specwright_diagnostics::{Rule, Severity};

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident $text:literal $severity:ident $summary:literal $explanation:literal)*) => {
        $(
            $(#[$doc])*
            pub static $name: Rule = Rule {
                name: $text,
                severity: Severity::$severity,
                summary: $summary,
                explanation: $explanation,
            };
        )*

        /// Every rule of exchanges, in the order of their names.
        #[must_use]
        pub fn rules() -> Vec<&'static Rule> {
            let mut all = vec![$(&$name),*];
            all.sort_by_key(|rule| rule.name);
            all
        }
    };
}

rules! {
    /// No operation is at the path of a request.
    PATH "wire/path" Error
    "The path of a request is one of the document."
    "An operation is found by the path of a server followed by a path template (OAS 3.0.3, Server Object and Paths \
     Object). A request to any other path is not described."

    /// The path has operations, but none with the method of the request.
    METHOD "wire/method" Error
    "The method of a request is one that the path has."
    "A Path Item Object lists the methods that a path takes. A request with another one is not described; servers answer \
     it with 405 (RFC 9110 §15.5.6)."

    /// A required parameter is not there.
    MISSING_PARAMETER "wire/missing-parameter" Error
    "Every required parameter is sent."
    "`required: true` says that a request without the parameter is wrong (OAS 3.0.3, Parameter Object)."

    /// A parameter cannot be read, or its value does not fit its schema.
    INVALID_PARAMETER "wire/invalid-parameter" Error
    "The value of a parameter is written in its style and fits its schema."
    "`style` and `explode` say how a value becomes text (OAS 3.0.3, Style Values); what comes out when the text is read \
     that way has to fit the parameter's schema. A text that can be read as several types fits if one reading does."

    /// A query parameter of which the document does not tell.
    UNKNOWN_PARAMETER "wire/unknown-parameter" Info
    "Requests have the query parameters that the document lists."
    "The specification does not forbid further parameters, but one that no operation knows is often misspelt, and a \
     server ignores it."

    /// A required body is not there.
    MISSING_BODY "wire/missing-body" Error
    "A body that the document demands is sent."
    "A request body is demanded by `required: true` (OAS 3.0.3, Request Body Object), that of a response by its \
     `content`."

    /// A body where the document has none.
    UNEXPECTED_BODY "wire/unexpected-body" Error
    "There is a body only where there may be one."
    "Responses with 204 and 304 have no content (RFC 9110 §15.3.5, §15.4.5), and a response without a schema in a document \
     of version 2.0 has none either."

    /// A request body of which the document does not tell.
    UNKNOWN_BODY "wire/unknown-body" Info
    "Requests have a body where the document describes one."
    "The specification does not forbid a body that is not described, but nobody can tell what the server makes of it."

    /// The media type is none that is described.
    CONTENT_TYPE "wire/content-type" Error
    "The media type of a body is one that the document lists."
    "`content` lists the media types, or ranges of them, that a body may have (OAS 3.0.3, Media Type Object). The most \
     specific one that fits says what the body looks like."

    /// The body does not fit its schema.
    INVALID_BODY "wire/invalid-body" Error
    "A body fits the schema of its media type."
    "The schema beside the media type says what the value in the body looks like. `readOnly` properties need not be in \
     requests, `writeOnly` ones not in responses."

    /// The body is not what its media type says.
    MALFORMED_BODY "wire/malformed-body" Error
    "A body is written in its media type."
    "A body that cannot be read in the format that its `Content-Type` names is of no use to anybody: JSON (RFC 8259), \
     forms (WHATWG URL §5), multipart (RFC 7578)."

    /// A `readOnly` property in a request.
    READ_ONLY "wire/read-only" Info
    "Requests leave out properties that are `readOnly`."
    "Such a property should not be sent in a request (OAS 3.0.3, Schema Object), because only the server decides its \
     value; most servers ignore it."

    /// A `writeOnly` property in a response.
    WRITE_ONLY "wire/write-only" Info
    "Responses leave out properties that are `writeOnly`."
    "Such a property should not be sent in a response (OAS 3.0.3, Schema Object). It is often a secret, which then leaks."

    /// The status is none that is described.
    STATUS "wire/status" Error
    "The status of a response is one that the document lists."
    "A Responses Object lists statuses, ranges such as `4XX`, and `default` for all others (OAS 3.0.3, Responses Object). \
     Without `default` a status that is not listed is not described."

    /// A required header is not there.
    MISSING_HEADER "wire/missing-header" Error
    "Every required header of a response is sent."
    "`required: true` in a Header Object says that a response without the header is wrong."

    /// A header cannot be read, or its value does not fit its schema.
    INVALID_HEADER "wire/invalid-header" Error
    "The value of a header fits its schema."
    "Headers are written in the style `simple` (OAS 3.0.3, Header Object); what comes out when the text is read that way \
     has to fit the schema."

    /// No security requirement is met.
    SECURITY "wire/security" Error
    "A request has the credentials that the operation requires."
    "One of the operation's security requirements has to be met, with all of its schemes (OAS 3.0.3, Security Requirement \
     Object). Only the presence and form of credentials is looked at, not whether a server knows them."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_of_the_group() {
        let all = rules();
        assert!(all.windows(2).all(|it| it[0].name < it[1].name));
        assert!(all.iter().all(|it| it.group() == "wire"));
    }
}
