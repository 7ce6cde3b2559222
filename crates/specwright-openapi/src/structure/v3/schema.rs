//! The Schema Objects of OpenAPI 3.0, 3.1 and 3.2, and what belongs to them.

use super::{
    super::{
        constraint::{Check, Constraint, parameters},
        shape::{
            Rest::{All, Extensions},
            Shape,
            Type::{
                self, Any, Boolean, Either, Integer, List, Map, NonEmpty, Number, Object, OneOf,
                Schema,
            },
            Version::V3_2,
            optional, required,
        },
    },
    EXTERNAL_DOCUMENTATION,
};

const TEXT: Type = Type::String;
const TEXTS: Type = List(&Type::String);

/// The Schema Object of 3.0: a part of JSON Schema with changes.
pub(crate) static SCHEMA_3_0: Shape = Shape {
    name: "Schema Object",
    anchor: "schema-object",
    section: Some("schemas"),
    fields: &[
        optional("title", TEXT),
        optional("multipleOf", Number),
        optional("maximum", Number),
        optional("exclusiveMaximum", Boolean),
        optional("minimum", Number),
        optional("exclusiveMinimum", Boolean),
        optional("maxLength", Integer),
        optional("minLength", Integer),
        optional("pattern", TEXT),
        optional("maxItems", Integer),
        optional("minItems", Integer),
        optional("uniqueItems", Boolean),
        optional("maxProperties", Integer),
        optional("minProperties", Integer),
        optional("required", TEXTS),
        optional("enum", List(&Any)),
        optional(
            "type",
            OneOf(&["array", "boolean", "integer", "number", "object", "string"]),
        ),
        optional("not", Schema),
        optional("allOf", List(&Schema)),
        optional("oneOf", List(&Schema)),
        optional("anyOf", List(&Schema)),
        optional("items", Schema),
        optional("properties", Map(&Schema)),
        optional("additionalProperties", Either(&Boolean, &Schema)),
        optional("description", TEXT),
        optional("format", TEXT),
        optional("default", Any),
        optional("nullable", Boolean),
        optional("discriminator", Object(&DISCRIMINATOR)),
        optional("readOnly", Boolean),
        optional("writeOnly", Boolean),
        optional("example", Any),
        optional("externalDocs", Object(&EXTERNAL_DOCUMENTATION)),
        optional("deprecated", Boolean),
        optional("xml", Object(&XML)),
    ],
    rest: Extensions,
    constraints: &[Constraint::always(Check::Custom(
        parameters::array_has_items,
    ))],
};

const TYPES: &[&str] = &[
    "array", "boolean", "integer", "null", "number", "object", "string",
];

/// The Schema Object of 3.1 and 3.2: JSON Schema 2020-12, which allows keywords of one's own, and the OAS vocabulary.
pub(crate) static SCHEMA_3_1: Shape = Shape {
    name: "Schema Object",
    anchor: "schema-object",
    section: Some("schemas"),
    fields: &[
        optional("$id", TEXT),
        optional("$schema", TEXT),
        optional("$ref", TEXT),
        optional("$anchor", TEXT),
        optional("$dynamicRef", TEXT),
        optional("$dynamicAnchor", TEXT),
        optional("$vocabulary", Map(&Boolean)),
        optional("$comment", TEXT),
        optional("$defs", Map(&Schema)),
        optional("definitions", Map(&Schema)),
        optional("allOf", NonEmpty(&Schema)),
        optional("anyOf", NonEmpty(&Schema)),
        optional("oneOf", NonEmpty(&Schema)),
        optional("not", Schema),
        optional("if", Schema),
        optional("then", Schema),
        optional("else", Schema),
        optional("dependentSchemas", Map(&Schema)),
        optional("prefixItems", NonEmpty(&Schema)),
        optional("items", Schema),
        optional("contains", Schema),
        optional("properties", Map(&Schema)),
        optional("patternProperties", Map(&Schema)),
        optional("additionalProperties", Schema),
        optional("propertyNames", Schema),
        optional("unevaluatedItems", Schema),
        optional("unevaluatedProperties", Schema),
        optional("type", Either(&OneOf(TYPES), &NonEmpty(&OneOf(TYPES)))),
        optional("enum", List(&Any)),
        optional("const", Any),
        optional("multipleOf", Number),
        optional("maximum", Number),
        optional("exclusiveMaximum", Number),
        optional("minimum", Number),
        optional("exclusiveMinimum", Number),
        optional("maxLength", Integer),
        optional("minLength", Integer),
        optional("pattern", TEXT),
        optional("maxItems", Integer),
        optional("minItems", Integer),
        optional("uniqueItems", Boolean),
        optional("maxContains", Integer),
        optional("minContains", Integer),
        optional("maxProperties", Integer),
        optional("minProperties", Integer),
        optional("required", TEXTS),
        optional("dependentRequired", Map(&TEXTS)),
        optional("title", TEXT),
        optional("description", TEXT),
        optional("default", Any),
        optional("deprecated", Boolean),
        optional("readOnly", Boolean),
        optional("writeOnly", Boolean),
        optional("examples", List(&Any)),
        optional("format", TEXT),
        optional("contentEncoding", TEXT),
        optional("contentMediaType", TEXT),
        optional("contentSchema", Schema),
        optional("discriminator", Object(&DISCRIMINATOR)),
        optional("xml", Object(&XML)),
        optional("externalDocs", Object(&EXTERNAL_DOCUMENTATION)),
        optional("example", Any),
    ],
    rest: All(&Any),
    constraints: &[],
};

static DISCRIMINATOR: Shape = Shape {
    name: "Discriminator Object",
    anchor: "discriminator-object",
    section: None,
    fields: &[
        required("propertyName", TEXT),
        optional("mapping", Map(&TEXT)),
        optional("defaultMapping", TEXT).since(V3_2),
    ],
    // 3.0 has no extensions here; real documents do, and 3.1 allows them.
    rest: Extensions,
    constraints: &[],
};

pub(crate) static XML: Shape = Shape {
    name: "XML Object",
    anchor: "xml-object",
    section: None,
    fields: &[
        optional(
            "nodeType",
            OneOf(&["element", "attribute", "text", "cdata", "none"]),
        )
        .since(V3_2),
        optional("name", TEXT),
        optional("namespace", TEXT),
        optional("prefix", TEXT),
        optional("attribute", Boolean),
        optional("wrapped", Boolean),
    ],
    rest: Extensions,
    constraints: &[
        Constraint::always(Check::Excludes("nodeType", &["attribute", "wrapped"])).since(V3_2),
    ],
};
