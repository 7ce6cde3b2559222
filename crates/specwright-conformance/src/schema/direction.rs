//! Which way a value goes, and what that means for required properties.

use specwright_openapi::{Document, Node, Object};

/// Which way a value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// To the server: properties that are `readOnly` need not be there (OAS 3.0.3, Schema Object).
    Request,
    /// From the server: properties that are `writeOnly` need not be there.
    Response,
    /// Either: neither need be there.
    Either,
}

/// How deep properties are looked for in compositions.
const DEEPEST: usize = 8;

impl Direction {
    /// Whether a property that `schema` requires may be missing.
    pub(crate) fn exempts(self, document: &Document, schema: &Object, property: &str) -> bool {
        self.exempts_below(document, schema, property, 0)
    }

    fn exempts_below(
        self,
        document: &Document,
        schema: &Object,
        property: &str,
        depth: usize,
    ) -> bool {
        let own = schema.get("properties").and_then(|it| it.get(property));
        if own
            .and_then(Node::as_object)
            .is_some_and(|it| self.is_exempt(document, it))
        {
            return true;
        }
        let parts = schema.get("allOf").and_then(Node::as_array).unwrap_or(&[]);
        depth < DEEPEST
            && parts
                .iter()
                .filter_map(|part| document.follow(part.as_object()?))
                .any(|part| self.exempts_below(document, part, property, depth + 1))
    }

    /// Whether the schema of a property says that it goes the other way only.
    fn is_exempt(self, document: &Document, schema: &Object) -> bool {
        let says =
            |schema: &Object, field: &str| schema.get(field).and_then(Node::as_bool) == Some(true);
        let exempt = |schema: &Object| match self {
            Self::Request => says(schema, "readOnly"),
            Self::Response => says(schema, "writeOnly"),
            Self::Either => says(schema, "readOnly") || says(schema, "writeOnly"),
        };
        exempt(schema) || document.follow(schema).is_some_and(exempt)
    }
}
