//! How the schemas of a document are to be read.

use jsonschema::Draft;
use specwright_openapi::{Document, Node, Object, Version};

/// The meaning of schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// The Schema Object of 2.0 (OAS 2.0, Schema Object).
    V2_0,
    /// The Schema Object of 3.0 (OAS 3.0.3, Schema Object).
    V3_0,
    /// JSON Schema, from 3.1 on (OAS 3.1.0, Schema Object).
    Json(Draft),
}

impl Dialect {
    /// The dialect of a document's schemas, unless they name one themselves.
    pub(crate) fn of(document: &Document) -> Self {
        match document.version() {
            Version::V2_0 => Self::V2_0,
            Version::V3_0 => Self::V3_0,
            Version::V3_1 | Version::V3_2 => {
                let named = document.root().get("jsonSchemaDialect");
                Self::Json(named.and_then(draft).unwrap_or(Draft::Draft202012))
            }
        }
    }

    /// The dialect of this schema, which may name another with `$schema` (JSON Schema 2020-12 Core §8.1.1).
    pub(crate) fn at(self, schema: &Object) -> Self {
        match (self, schema.get("$schema")) {
            (Self::Json(own), Some(named)) => Self::Json(draft(named).unwrap_or(own)),
            _ => self,
        }
    }

    /// Whether the schema is one of OpenAPI's own, before 3.1.
    pub(crate) fn is_own(self) -> bool {
        !matches!(self, Self::Json(_))
    }

    /// The draft whose rules `jsonschema` applies; that of 3.0 is Wright-00, which reads like draft 4.
    pub(crate) fn draft(self) -> Draft {
        match self {
            Self::V2_0 | Self::V3_0 => Draft::Draft4,
            Self::Json(draft) => draft,
        }
    }

    /// Whether `null` is allowed besides what the schema says.
    ///
    /// 3.0.3 wants `type` beside `nullable`; the versions before it do not, and neither do most documents.
    pub(crate) fn is_nullable(self, schema: &Object) -> bool {
        let field = match self {
            Self::V2_0 => "x-nullable",
            Self::V3_0 => "nullable",
            Self::Json(_) => return false,
        };
        schema.get(field).and_then(Node::as_bool) == Some(true)
    }
}

/// The draft that a URI of a dialect names, if it is a known one. OpenAPI's own dialects extend 2020-12.
fn draft(uri: &Node) -> Option<Draft> {
    let uri = uri.as_str()?.trim_end_matches('#');
    let (_, name) = uri.split_once("://")?;
    Some(match name {
        "json-schema.org/draft-04/schema" => Draft::Draft4,
        "json-schema.org/draft-06/schema" => Draft::Draft6,
        "json-schema.org/draft-07/schema" => Draft::Draft7,
        "json-schema.org/draft/2019-09/schema" => Draft::Draft201909,
        "json-schema.org/draft/2020-12/schema" => Draft::Draft202012,
        _ => return None,
    })
}
