//! Every version in the shape of OpenAPI 3.0.
//!
//! The input is a checked, bundled tree of its own version; the output is a tree that `typed` can read. One module per
//! rewrite, each a small function over a node. What the normal form cannot carry is reported, never dropped silently.
//!
//! What 3.0 has no word for but users of the normal form need stands in extensions:
//!
//! | key | on | meaning |
//! |---|---|---|
//! | `x-specwright-const`: `true` | schema | the one member of `enum` was written as `const` |
//! | `x-specwright-examples`: `[…]` | schema | examples beside `example` |
//! | `x-specwright-lenient-null`: `true` | schema | `nullable` means what authors mean by it, not what the version of the document says: beside `$ref` in 2.0, anywhere in 3.1 |
//! | `x-specwright-property-names`: `{…}` | object schema | `propertyNames` |
//! | `x-specwright-tuple`: `n` | array schema | the first `n` members of `items.anyOf` are the schemas of the first elements; one more, if there is one, is that of the rest |
//! | `x-specwright-tuple-closed`: `true` | array schema | nothing may follow the first elements |
//! | `x-specwright-pattern-properties`: `["^a", …]` | object schema | `additionalProperties` was made from the schemas of these patterns, in this order, and, last, that of all other names |
//! | `x-specwright-content-encoding`, `x-specwright-content-media-type` | string schema | `contentEncoding` and `contentMediaType` where `format` (`byte`, `base64url`, `binary`) does not say all |
//! | `x-specwright-default-mapping` | discriminator | `defaultMapping` |
//! | `x-specwright-sequential`: `true` | media type | `schema` is an array of what `itemSchema` describes; the body is a sequence of items |
//! | `x-specwright-querystring`: `true` | query parameter | `content` is the whole query string |
//! | `x-specwright-operations`: `{METHOD: …}` | path item | operations of other methods than those of 3.0, which are written as they are sent |
//! | `x-specwright-callbacks` | operation | references to callbacks, by name (made when objects are typed) |
//! | `x-specwright-webhooks`: `{name: …}` | root | path items of webhooks |
//! | `x-specwright-data-value`, `x-specwright-serialized-value` | example | the other form of `value` |
//! | `x-specwright-deprecated`, `x-specwright-oauth2-metadata-url` | security scheme | the fields of these names |
//! | `x-specwright-summary`, `-name`, `-identifier`, `-parent`, `-kind` | info, response, server, license, tag | the fields of these names |

mod swagger2;
mod v3_1;

use specwright_diagnostics::{Diagnostic, Pointer, Rule};

pub(crate) use crate::origins::Moves;
use crate::{origins::Origins, structure::Version, tree::Node};

/// The extension of schemas that are nullable by a lenient reading only.
const LENIENT: &str = "x-specwright-lenient-null";

/// The rules of all rewrites.
pub(crate) fn rules() -> impl Iterator<Item = &'static Rule> {
    swagger2::RULES.iter().chain(v3_1::RULES).copied()
}

/// The tree in the shape of 3.0, and where its parts came from.
pub(crate) fn normalise(
    tree: Node,
    version: Version,
    origins: Origins,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Node, Origins) {
    let mut moves = Moves::default();
    let mut lost = Vec::new();
    let tree = match version {
        Version::V2_0 => swagger2::to_v3_0(tree, &mut moves, &mut lost),
        Version::V3_0 => tree,
        Version::V3_1 | Version::V3_2 => v3_1::to_v3_0(tree, &mut moves, &mut lost),
    };
    diagnostics.extend(lost.into_iter().map(|lost| {
        let (file, origin) = origins.of(&lost.pointer);
        Diagnostic::new(lost.rule, file, origin, lost.message)
    }));
    (tree, origins.normalised(moves))
}

/// Something that the normal form does not carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lost {
    pub(crate) rule: &'static Rule,
    /// Where it stands in the source.
    pub(crate) pointer: Pointer,
    pub(crate) message: String,
}
