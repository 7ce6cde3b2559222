//! Swagger 2.0: one table per object, in the order of the specification (OpenAPI Specification 2.0).
//!
//! Objects that 3.x only added fields to are those of its tables.

use super::{
    constraint::{Check, Constraint, parameters},
    shape::{
        Field,
        Rest::{Extensions, Paths, Statuses},
        Shape,
        Type::{
            self, Any, Boolean, Either, Integer, List, Map, Number, Object, OneOf, OrReference,
            Schema,
        },
        optional, required,
    },
    v3::{EXTERNAL_DOCUMENTATION, INFO, TAG, XML},
};

const TEXT: Type = Type::String;
const TEXTS: Type = List(&Type::String);

/// The root.
pub(crate) static DOCUMENT: Shape = Shape {
    name: "Swagger Object",
    anchor: "swagger-object",
    section: None,
    fields: &[
        required("swagger", TEXT),
        required("info", Object(&INFO)),
        optional("host", TEXT),
        optional("basePath", TEXT),
        optional("schemes", SCHEMES),
        optional("consumes", TEXTS),
        optional("produces", TEXTS),
        required("paths", Object(&PATHS)),
        optional("definitions", Map(&Schema)),
        optional("parameters", Map(&OrReference(&PARAMETER))),
        optional("responses", Map(&OrReference(&RESPONSE))),
        optional("securityDefinitions", Map(&Object(&SECURITY_SCHEME))),
        optional("security", List(&SECURITY_REQUIREMENT)),
        optional("tags", List(&Object(&TAG))),
        optional("externalDocs", Object(&EXTERNAL_DOCUMENTATION)),
        // Azure's paths that differ only in their query.
        optional("x-ms-paths", Object(&PATHS)),
    ],
    rest: Extensions,
    constraints: &[],
};

const SCHEMES: Type = List(&OneOf(&["http", "https", "ws", "wss"]));

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
        optional("get", Object(&OPERATION)),
        optional("put", Object(&OPERATION)),
        optional("post", Object(&OPERATION)),
        optional("delete", Object(&OPERATION)),
        optional("options", Object(&OPERATION)),
        optional("head", Object(&OPERATION)),
        optional("patch", Object(&OPERATION)),
        optional("parameters", List(&OrReference(&PARAMETER))),
    ],
    rest: Extensions,
    constraints: &[],
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
        optional("consumes", TEXTS),
        optional("produces", TEXTS),
        optional("parameters", List(&OrReference(&PARAMETER))),
        required("responses", Object(&RESPONSES)),
        optional("schemes", SCHEMES),
        optional("deprecated", Boolean),
        optional("security", List(&SECURITY_REQUIREMENT)),
    ],
    rest: Extensions,
    constraints: &[],
};

const ITEM_TYPES: Type = OneOf(&["string", "number", "integer", "boolean", "array"]);
const FORMAT: Field = optional("format", TEXT);
const COLLECTION_FORMAT: Field =
    optional("collectionFormat", OneOf(&["csv", "ssv", "tsv", "pipes"]));
const DEFAULT: Field = optional("default", Any);
const MAXIMUM: Field = optional("maximum", Number);
const EXCLUSIVE_MAXIMUM: Field = optional("exclusiveMaximum", Boolean);
const MINIMUM: Field = optional("minimum", Number);
const EXCLUSIVE_MINIMUM: Field = optional("exclusiveMinimum", Boolean);
const MAX_LENGTH: Field = optional("maxLength", Integer);
const MIN_LENGTH: Field = optional("minLength", Integer);
const PATTERN: Field = optional("pattern", TEXT);
const MAX_ITEMS: Field = optional("maxItems", Integer);
const MIN_ITEMS: Field = optional("minItems", Integer);
const UNIQUE_ITEMS: Field = optional("uniqueItems", Boolean);
const ENUM: Field = optional("enum", List(&Any));
const MULTIPLE_OF: Field = optional("multipleOf", Number);

static PARAMETER: Shape = Shape {
    name: "Parameter Object",
    anchor: "parameter-object",
    section: Some("parameters"),
    fields: &[
        required("name", TEXT),
        required(
            "in",
            OneOf(&["query", "header", "path", "formData", "body"]),
        ),
        optional("description", TEXT),
        optional("required", Boolean),
        optional("schema", Schema),
        optional(
            "type",
            OneOf(&["string", "number", "integer", "boolean", "array", "file"]),
        ),
        optional(
            "collectionFormat",
            OneOf(&["csv", "ssv", "tsv", "pipes", "multi"]),
        ),
        optional("allowEmptyValue", Boolean),
        FORMAT,
        optional("items", Object(&ITEMS_OBJECT)),
        DEFAULT,
        MAXIMUM,
        EXCLUSIVE_MAXIMUM,
        MINIMUM,
        EXCLUSIVE_MINIMUM,
        MAX_LENGTH,
        MIN_LENGTH,
        PATTERN,
        MAX_ITEMS,
        MIN_ITEMS,
        UNIQUE_ITEMS,
        ENUM,
        MULTIPLE_OF,
    ],
    rest: Extensions,
    constraints: &[
        Constraint::when("in", "body", Check::Required(&["schema"])),
        Constraint::when("in", "query", Check::Required(&["type"])),
        Constraint::when("in", "header", Check::Required(&["type"])),
        Constraint::when("in", "path", Check::Required(&["type"])),
        Constraint::when("in", "formData", Check::Required(&["type"])),
        Constraint::when("type", "array", Check::Required(&["items"])),
        Constraint::always(Check::Custom(parameters::path_is_required)),
    ],
};

static ITEMS_OBJECT: Shape = Shape {
    name: "Items Object",
    anchor: "items-object",
    // It is a Schema Object with fewer fields, and documents refer to those.
    section: Some("definitions"),
    fields: &[
        required("type", ITEM_TYPES),
        COLLECTION_FORMAT,
        FORMAT,
        optional("items", Object(&ITEMS_OBJECT)),
        DEFAULT,
        MAXIMUM,
        EXCLUSIVE_MAXIMUM,
        MINIMUM,
        EXCLUSIVE_MINIMUM,
        MAX_LENGTH,
        MIN_LENGTH,
        PATTERN,
        MAX_ITEMS,
        MIN_ITEMS,
        UNIQUE_ITEMS,
        ENUM,
        MULTIPLE_OF,
    ],
    rest: Extensions,
    constraints: &[Constraint::when(
        "type",
        "array",
        Check::Required(&["items"]),
    )],
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
        required("description", TEXT),
        optional("schema", Schema),
        optional("headers", Map(&Object(&HEADER))),
        optional("examples", Map(&Any)),
    ],
    rest: Extensions,
    constraints: &[],
};

static HEADER: Shape = Shape {
    name: "Header Object",
    anchor: "header-object",
    section: None,
    fields: &[
        optional("description", TEXT),
        required("type", ITEM_TYPES),
        COLLECTION_FORMAT,
        FORMAT,
        optional("items", Object(&ITEMS_OBJECT)),
        DEFAULT,
        MAXIMUM,
        EXCLUSIVE_MAXIMUM,
        MINIMUM,
        EXCLUSIVE_MINIMUM,
        MAX_LENGTH,
        MIN_LENGTH,
        PATTERN,
        MAX_ITEMS,
        MIN_ITEMS,
        UNIQUE_ITEMS,
        ENUM,
        MULTIPLE_OF,
    ],
    rest: Extensions,
    constraints: &[Constraint::when(
        "type",
        "array",
        Check::Required(&["items"]),
    )],
};

const TYPES: &[&str] = &[
    "array", "boolean", "integer", "null", "number", "object", "string", "file",
];

/// The Schema Object: a part of JSON Schema draft 4. `oneOf`, `anyOf` and `not` are no part of it.
pub(crate) static SCHEMA: Shape = Shape {
    name: "Schema Object",
    anchor: "schema-object",
    section: Some("definitions"),
    fields: &[
        optional("format", TEXT),
        optional("title", TEXT),
        optional("description", TEXT),
        optional("default", Any),
        MULTIPLE_OF,
        MAXIMUM,
        EXCLUSIVE_MAXIMUM,
        MINIMUM,
        EXCLUSIVE_MINIMUM,
        MAX_LENGTH,
        MIN_LENGTH,
        PATTERN,
        MAX_ITEMS,
        MIN_ITEMS,
        UNIQUE_ITEMS,
        optional("maxProperties", Integer),
        optional("minProperties", Integer),
        optional("required", TEXTS),
        ENUM,
        optional("type", Either(&OneOf(TYPES), &List(&OneOf(TYPES)))),
        optional("items", Either(&Schema, &List(&Schema))),
        optional("allOf", List(&Schema)),
        optional("properties", Map(&Schema)),
        optional("additionalProperties", Either(&Boolean, &Schema)),
        optional("discriminator", TEXT),
        optional("readOnly", Boolean),
        optional("xml", Object(&XML)),
        optional("externalDocs", Object(&EXTERNAL_DOCUMENTATION)),
        optional("example", Any),
    ],
    rest: Extensions,
    constraints: &[],
};

static SECURITY_SCHEME: Shape = Shape {
    name: "Security Scheme Object",
    anchor: "security-scheme-object",
    section: None,
    fields: &[
        required("type", OneOf(&["basic", "apiKey", "oauth2"])),
        optional("description", TEXT),
        optional("name", TEXT),
        optional("in", OneOf(&["query", "header"])),
        optional(
            "flow",
            OneOf(&["implicit", "password", "application", "accessCode"]),
        ),
        optional("authorizationUrl", TEXT),
        optional("tokenUrl", TEXT),
        optional("scopes", Map(&TEXT)),
    ],
    rest: Extensions,
    constraints: &[
        Constraint::when("type", "apiKey", Check::Required(&["name", "in"])),
        Constraint::when("type", "oauth2", Check::Required(&["flow", "scopes"])),
        Constraint::when("flow", "implicit", Check::Required(&["authorizationUrl"])),
        Constraint::when(
            "flow",
            "accessCode",
            Check::Required(&["authorizationUrl", "tokenUrl"]),
        ),
        Constraint::when("flow", "password", Check::Required(&["tokenUrl"])),
        Constraint::when("flow", "application", Check::Required(&["tokenUrl"])),
    ],
};

const SECURITY_REQUIREMENT: Type = Map(&TEXTS);
