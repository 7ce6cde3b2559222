//! OpenAPI 3.0, 3.1 and 3.2: one table per object, in the order of the specification (OAS 3.2.0 §4).

mod schema;

use super::{
    constraint::{Check, Constraint, names, parameters},
    shape::{
        Field,
        Rest::{All, Extensions, Paths, Statuses},
        Shape,
        Type::{self, Any, Boolean, List, Map, NonEmpty, Object, OneOf, OrReference, Schema},
        Version::{V3_0, V3_1, V3_2},
        optional, required,
    },
};

pub(super) use schema::{SCHEMA_3_0, SCHEMA_3_1, XML};

const TEXT: Type = Type::String;
const TEXTS: Type = List(&Type::String);

/// The root.
pub(crate) static DOCUMENT: Shape = Shape {
    name: "OpenAPI Object",
    anchor: "openapi-object",
    section: None,
    fields: &[
        required("openapi", TEXT),
        optional("$self", TEXT).since(V3_2),
        required("info", Object(&INFO)),
        optional("jsonSchemaDialect", TEXT).since(V3_1),
        optional("servers", List(&Object(&SERVER))),
        required("paths", Object(&PATHS)).until(V3_0),
        optional("paths", Object(&PATHS)).since(V3_1),
        optional("webhooks", Map(&Object(&PATH_ITEM))).since(V3_1),
        optional("components", Object(&COMPONENTS)),
        optional("security", List(&SECURITY_REQUIREMENT)),
        optional("tags", List(&Object(&TAG))),
        optional("externalDocs", Object(&EXTERNAL_DOCUMENTATION)),
    ],
    rest: Extensions,
    constraints: &[
        Constraint::always(Check::AtLeastOne(&["paths", "components", "webhooks"])).since(V3_1),
    ],
};

pub(super) static INFO: Shape = Shape {
    name: "Info Object",
    anchor: "info-object",
    section: None,
    fields: &[
        required("title", TEXT),
        optional("summary", TEXT).since(V3_1),
        optional("description", TEXT),
        optional("termsOfService", TEXT),
        optional("contact", Object(&CONTACT)),
        optional("license", Object(&LICENSE)),
        required("version", TEXT),
    ],
    rest: Extensions,
    constraints: &[],
};

static CONTACT: Shape = Shape {
    name: "Contact Object",
    anchor: "contact-object",
    section: None,
    fields: &[
        optional("name", TEXT),
        optional("url", TEXT),
        optional("email", TEXT),
    ],
    rest: Extensions,
    constraints: &[],
};

static LICENSE: Shape = Shape {
    name: "License Object",
    anchor: "license-object",
    section: None,
    fields: &[
        required("name", TEXT),
        optional("identifier", TEXT).since(V3_1),
        optional("url", TEXT),
    ],
    rest: Extensions,
    constraints: &[Constraint::always(Check::AtMostOne(&["identifier", "url"])).since(V3_1)],
};

static SERVER: Shape = Shape {
    name: "Server Object",
    anchor: "server-object",
    section: None,
    fields: &[
        required("url", TEXT),
        optional("description", TEXT),
        optional("name", TEXT).since(V3_2),
        optional("variables", Map(&Object(&SERVER_VARIABLE))),
    ],
    rest: Extensions,
    constraints: &[],
};

static SERVER_VARIABLE: Shape = Shape {
    name: "Server Variable Object",
    anchor: "server-variable-object",
    section: None,
    fields: &[
        optional("enum", TEXTS).until(V3_0),
        optional("enum", NonEmpty(&Type::String)).since(V3_1),
        required("default", TEXT),
        optional("description", TEXT),
    ],
    rest: Extensions,
    constraints: &[],
};

/// The sections that references lead into.
pub(super) static COMPONENTS: Shape = Shape {
    name: "Components Object",
    anchor: "components-object",
    section: None,
    fields: &[
        optional("schemas", Map(&Schema)),
        optional("responses", Map(&OrReference(&RESPONSE))),
        optional("parameters", Map(&OrReference(&PARAMETER))),
        optional("examples", Map(&OrReference(&EXAMPLE))),
        optional("requestBodies", Map(&OrReference(&REQUEST_BODY))),
        optional("headers", Map(&OrReference(&HEADER))),
        optional("securitySchemes", Map(&OrReference(&SECURITY_SCHEME))),
        optional("links", Map(&OrReference(&LINK))),
        optional("callbacks", Map(&OrReference(&CALLBACK))),
        optional("pathItems", Map(&Object(&PATH_ITEM))).since(V3_1),
        optional("mediaTypes", Map(&OrReference(&MEDIA_TYPE))).since(V3_2),
    ],
    rest: Extensions,
    constraints: &[],
};

static PATHS: Shape = Shape {
    name: "Paths Object",
    anchor: "paths-object",
    section: None,
    fields: &[],
    rest: Paths(&Object(&PATH_ITEM)),
    constraints: &[],
};

static PATH_ITEM: Shape = Shape {
    name: "Path Item Object",
    anchor: "path-item-object",
    section: None,
    fields: &[
        optional("$ref", TEXT),
        optional("summary", TEXT),
        optional("description", TEXT),
        optional("get", Object(&OPERATION)),
        optional("put", Object(&OPERATION)),
        optional("post", Object(&OPERATION)),
        optional("delete", Object(&OPERATION)),
        optional("options", Object(&OPERATION)),
        optional("head", Object(&OPERATION)),
        optional("patch", Object(&OPERATION)),
        optional("trace", Object(&OPERATION)),
        optional("query", Object(&OPERATION)).since(V3_2),
        optional("additionalOperations", Object(&ADDITIONAL_OPERATIONS)).since(V3_2),
        optional("servers", List(&Object(&SERVER))),
        optional("parameters", List(&OrReference(&PARAMETER))),
    ],
    rest: Extensions,
    constraints: &[Constraint::always(Check::Custom(parameters::one_query_string)).since(V3_2)],
};

static ADDITIONAL_OPERATIONS: Shape = Shape {
    name: "map of additional operations",
    anchor: "path-item-object",
    section: None,
    fields: &[],
    rest: All(&Object(&OPERATION)),
    constraints: &[Constraint::always(Check::Custom(names::additional_methods))],
};

static OPERATION: Shape = Shape {
    name: "Operation Object",
    anchor: "operation-object",
    section: None,
    fields: &[
        optional("tags", TEXTS),
        optional("summary", TEXT),
        optional("description", TEXT),
        optional("externalDocs", Object(&EXTERNAL_DOCUMENTATION)),
        optional("operationId", TEXT),
        optional("parameters", List(&OrReference(&PARAMETER))),
        optional("requestBody", OrReference(&REQUEST_BODY)),
        required("responses", Object(&RESPONSES)).until(V3_0),
        optional("responses", Object(&RESPONSES)).since(V3_1),
        optional("callbacks", Map(&OrReference(&CALLBACK))),
        optional("deprecated", Boolean),
        optional("security", List(&SECURITY_REQUIREMENT)),
        optional("servers", List(&Object(&SERVER))),
    ],
    rest: Extensions,
    constraints: &[Constraint::always(Check::Custom(parameters::one_query_string)).since(V3_2)],
};

pub(super) static EXTERNAL_DOCUMENTATION: Shape = Shape {
    name: "External Documentation Object",
    anchor: "external-documentation-object",
    section: None,
    fields: &[optional("description", TEXT), required("url", TEXT)],
    rest: Extensions,
    constraints: &[],
};

static PARAMETER: Shape = Shape {
    name: "Parameter Object",
    anchor: "parameter-object",
    section: Some("parameters"),
    fields: &[
        required("name", TEXT),
        required("in", OneOf(&["query", "header", "path", "cookie"])).until(V3_1),
        required(
            "in",
            OneOf(&["query", "querystring", "header", "path", "cookie"]),
        )
        .since(V3_2),
        optional("description", TEXT),
        optional("required", Boolean),
        optional("deprecated", Boolean),
        optional("allowEmptyValue", Boolean),
        optional("style", OneOf(STYLES)).until(V3_1),
        optional("style", OneOf(STYLES_3_2)).since(V3_2),
        optional("explode", Boolean),
        optional("allowReserved", Boolean),
        optional("schema", Schema),
        optional("example", Any),
        optional("examples", Map(&OrReference(&EXAMPLE))),
        optional("content", Map(&Object(&MEDIA_TYPE))).until(V3_1),
        optional("content", Map(&OrReference(&MEDIA_TYPE))).since(V3_2),
    ],
    rest: Extensions,
    constraints: &[
        Constraint::always(Check::AtMostOne(&["example", "examples"])),
        Constraint::always(Check::ExactlyOne(&["schema", "content"])),
        Constraint::always(Check::SingleEntry("content")),
        Constraint::always(Check::Custom(parameters::path_is_required)).until(V3_0),
        Constraint::always(Check::Custom(parameters::path_is_not_optional)).since(V3_1),
        Constraint::always(Check::Custom(parameters::style_fits_place)),
        Constraint::always(Check::Custom(parameters::reserved_3_1))
            .since(V3_1)
            .until(V3_1),
        Constraint::always(Check::Custom(parameters::reserved_3_2)).since(V3_2),
        Constraint::always(Check::Custom(parameters::content_has_no_style)).since(V3_1),
        Constraint::always(Check::Custom(parameters::query_string_has_content)).since(V3_2),
        Constraint::always(Check::Custom(names::parameter_name)).since(V3_2),
    ],
};

const STYLES: &[&str] = &[
    "matrix",
    "label",
    "form",
    "simple",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
];
const STYLES_3_2: &[&str] = &[
    "matrix",
    "label",
    "form",
    "simple",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
    "cookie",
];

static REQUEST_BODY: Shape = Shape {
    name: "Request Body Object",
    anchor: "request-body-object",
    section: Some("requestBodies"),
    fields: &[
        optional("description", TEXT),
        required("content", Map(&Object(&MEDIA_TYPE))).until(V3_1),
        required("content", Map(&OrReference(&MEDIA_TYPE))).since(V3_2),
        optional("required", Boolean),
    ],
    rest: Extensions,
    constraints: &[],
};

static MEDIA_TYPE: Shape = Shape {
    name: "Media Type Object",
    anchor: "media-type-object",
    section: Some("mediaTypes"),
    fields: &[
        optional("description", TEXT).since(V3_2),
        optional("schema", Schema),
        optional("itemSchema", Schema).since(V3_2),
        optional("example", Any),
        optional("examples", Map(&OrReference(&EXAMPLE))),
        optional("encoding", Map(&Object(&ENCODING))),
        optional("prefixEncoding", List(&Object(&ENCODING))).since(V3_2),
        optional("itemEncoding", Object(&ENCODING)).since(V3_2),
    ],
    rest: Extensions,
    constraints: &[
        Constraint::always(Check::AtMostOne(&["example", "examples"])),
        Constraint::always(Check::Excludes(
            "encoding",
            &["prefixEncoding", "itemEncoding"],
        ))
        .since(V3_2),
    ],
};

static ENCODING: Shape = Shape {
    name: "Encoding Object",
    anchor: "encoding-object",
    section: None,
    fields: &[
        optional("contentType", TEXT),
        optional("headers", Map(&OrReference(&HEADER))),
        optional(
            "style",
            OneOf(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        ),
        optional("explode", Boolean),
        optional("allowReserved", Boolean),
        optional("encoding", Map(&Object(&ENCODING))).since(V3_2),
        optional("prefixEncoding", List(&Object(&ENCODING))).since(V3_2),
        optional("itemEncoding", Object(&ENCODING)).since(V3_2),
    ],
    rest: Extensions,
    constraints: &[Constraint::always(Check::Excludes(
        "encoding",
        &["prefixEncoding", "itemEncoding"],
    ))
    .since(V3_2)],
};

static RESPONSES: Shape = Shape {
    name: "Responses Object",
    anchor: "responses-object",
    section: None,
    fields: &[optional("default", OrReference(&RESPONSE))],
    rest: Statuses(&OrReference(&RESPONSE)),
    constraints: &[Constraint::always(Check::NotEmpty)],
};

static RESPONSE: Shape = Shape {
    name: "Response Object",
    anchor: "response-object",
    section: Some("responses"),
    fields: &[
        optional("summary", TEXT).since(V3_2),
        required("description", TEXT).until(V3_1),
        optional("description", TEXT).since(V3_2),
        optional("headers", Map(&OrReference(&HEADER))),
        optional("content", Map(&Object(&MEDIA_TYPE))).until(V3_1),
        optional("content", Map(&OrReference(&MEDIA_TYPE))).since(V3_2),
        optional("links", Map(&OrReference(&LINK))),
    ],
    rest: Extensions,
    constraints: &[Constraint::always(Check::Custom(names::header_names)).since(V3_2)],
};

static CALLBACK: Shape = Shape {
    name: "Callback Object",
    anchor: "callback-object",
    section: Some("callbacks"),
    fields: &[],
    rest: All(&Object(&PATH_ITEM)),
    constraints: &[],
};

static EXAMPLE: Shape = Shape {
    name: "Example Object",
    anchor: "example-object",
    section: Some("examples"),
    fields: &[
        optional("summary", TEXT),
        optional("description", TEXT),
        optional("dataValue", Any).since(V3_2),
        optional("serializedValue", TEXT).since(V3_2),
        optional("externalValue", TEXT),
        optional("value", Any),
    ],
    rest: Extensions,
    constraints: &[
        Constraint::always(Check::AtMostOne(&["value", "externalValue"])),
        Constraint::always(Check::Excludes("value", &["dataValue", "serializedValue"])).since(V3_2),
        Constraint::always(Check::AtMostOne(&["serializedValue", "externalValue"])).since(V3_2),
    ],
};

static LINK: Shape = Shape {
    name: "Link Object",
    anchor: "link-object",
    section: Some("links"),
    fields: &[
        optional("operationRef", TEXT),
        optional("operationId", TEXT),
        optional("parameters", Map(&Any)),
        optional("requestBody", Any),
        optional("description", TEXT),
        optional("server", Object(&SERVER)),
    ],
    rest: Extensions,
    constraints: &[Constraint::always(Check::ExactlyOne(&[
        "operationRef",
        "operationId",
    ]))],
};

static HEADER: Shape = Shape {
    name: "Header Object",
    anchor: "header-object",
    section: Some("headers"),
    fields: &[
        optional("description", TEXT),
        optional("required", Boolean),
        optional("deprecated", Boolean),
        optional("allowEmptyValue", Boolean).until(V3_0),
        optional("style", OneOf(&["simple"])),
        optional("explode", Boolean),
        optional("allowReserved", Boolean).until(V3_0),
        optional("schema", Schema),
        optional("example", Any),
        optional("examples", Map(&OrReference(&EXAMPLE))),
        optional("content", Map(&Object(&MEDIA_TYPE))).until(V3_1),
        optional("content", Map(&OrReference(&MEDIA_TYPE))).since(V3_2),
    ],
    rest: Extensions,
    constraints: &[
        Constraint::always(Check::AtMostOne(&["example", "examples"])),
        Constraint::always(Check::ExactlyOne(&["schema", "content"])),
        Constraint::always(Check::SingleEntry("content")),
        Constraint::always(Check::Custom(parameters::content_has_no_style)).since(V3_1),
    ],
};

pub(super) static TAG: Shape = Shape {
    name: "Tag Object",
    anchor: "tag-object",
    section: None,
    fields: &[
        required("name", TEXT),
        optional("summary", TEXT).since(V3_2),
        optional("description", TEXT),
        optional("externalDocs", Object(&EXTERNAL_DOCUMENTATION)),
        optional("parent", TEXT).since(V3_2),
        optional("kind", TEXT).since(V3_2),
    ],
    rest: Extensions,
    constraints: &[],
};

static SECURITY_SCHEME: Shape = Shape {
    name: "Security Scheme Object",
    anchor: "security-scheme-object",
    section: Some("securitySchemes"),
    fields: &[
        required(
            "type",
            OneOf(&["apiKey", "http", "oauth2", "openIdConnect"]),
        )
        .until(V3_0),
        required(
            "type",
            OneOf(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"]),
        )
        .since(V3_1),
        optional("description", TEXT),
        optional("name", TEXT),
        optional("in", OneOf(&["query", "header", "cookie"])),
        optional("scheme", TEXT),
        optional("bearerFormat", TEXT),
        optional("flows", Object(&OAUTH_FLOWS)),
        optional("openIdConnectUrl", TEXT),
        optional("oauth2MetadataUrl", TEXT).since(V3_2),
        optional("deprecated", Boolean).since(V3_2),
    ],
    rest: Extensions,
    constraints: &[
        Constraint::when("type", "apiKey", Check::Required(&["name", "in"])),
        Constraint::when("type", "http", Check::Required(&["scheme"])),
        Constraint::when("type", "oauth2", Check::Required(&["flows"])),
        Constraint::when(
            "type",
            "openIdConnect",
            Check::Required(&["openIdConnectUrl"]),
        ),
    ],
};

static OAUTH_FLOWS: Shape = Shape {
    name: "OAuth Flows Object",
    anchor: "oauth-flows-object",
    section: None,
    fields: &[
        optional("implicit", Object(&IMPLICIT_FLOW)),
        optional("password", Object(&TOKEN_FLOW)),
        optional("clientCredentials", Object(&TOKEN_FLOW)),
        optional("authorizationCode", Object(&CODE_FLOW)),
        optional("deviceAuthorization", Object(&DEVICE_FLOW)).since(V3_2),
    ],
    rest: Extensions,
    constraints: &[],
};

const REFRESH: Field = optional("refreshUrl", TEXT);
const SCOPES: Field = required("scopes", Map(&TEXT));

static IMPLICIT_FLOW: Shape = Shape {
    name: "OAuth Flow Object of an implicit flow",
    anchor: "oauth-flow-object",
    section: None,
    fields: &[required("authorizationUrl", TEXT), REFRESH, SCOPES],
    rest: Extensions,
    constraints: &[],
};

static TOKEN_FLOW: Shape = Shape {
    name: "OAuth Flow Object",
    anchor: "oauth-flow-object",
    section: None,
    fields: &[required("tokenUrl", TEXT), REFRESH, SCOPES],
    rest: Extensions,
    constraints: &[],
};

static CODE_FLOW: Shape = Shape {
    name: "OAuth Flow Object of an authorization code flow",
    anchor: "oauth-flow-object",
    section: None,
    fields: &[
        required("authorizationUrl", TEXT),
        required("tokenUrl", TEXT),
        REFRESH,
        SCOPES,
    ],
    rest: Extensions,
    constraints: &[],
};

static DEVICE_FLOW: Shape = Shape {
    name: "OAuth Flow Object of a device authorization flow",
    anchor: "oauth-flow-object",
    section: None,
    fields: &[
        required("deviceAuthorizationUrl", TEXT),
        required("tokenUrl", TEXT),
        REFRESH,
        SCOPES,
    ],
    rest: Extensions,
    constraints: &[],
};

const SECURITY_REQUIREMENT: Type = Map(&TEXTS);
