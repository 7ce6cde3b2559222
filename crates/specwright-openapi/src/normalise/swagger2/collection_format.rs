//! `collectionFormat` (OpenAPI 2.0, Parameter Object, Items Object and Header Object) as `style` and `explode`
//! (OAS 3.0.3, "Style Values").

use specwright_diagnostics::Pointer;

use super::{NOT_CARRIED, build::string, place::Record};
use crate::tree::{Node, Object};

/// What carries a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Carrier {
    Query,
    Form,
    Path,
    Header,
}

/// How the elements of an array are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) style: &'static str,
    pub(super) explode: bool,
}

impl Carrier {
    fn name(self) -> &'static str {
        match self {
            Self::Query => "the query",
            Self::Form => "a form",
            Self::Path => "a path",
            Self::Header => "a header",
        }
    }

    /// The style for a format; `None` if 3.0 has none.
    fn style(self, format: &str) -> Option<Style> {
        let style = |style, explode| Some(Style { style, explode });
        match (self, format) {
            (Self::Path | Self::Header, "csv") => style("simple", false),
            (Self::Path | Self::Header, _) => None,
            (_, "csv") => style("form", false),
            (_, "multi") => style("form", true),
            (_, "ssv") => style("spaceDelimited", false),
            (_, "pipes") => style("pipeDelimited", false),
            (_, _) => None,
        }
    }
}

/// The style of the value that `object`, which stood at `source`, describes; `None` if it is no array.
///
/// A format without a style is reported and commas are used in its place, as if there were none.
pub(super) fn style(
    object: &Object,
    carrier: Carrier,
    source: &Pointer,
    record: &mut Record<'_>,
) -> Option<Style> {
    if !is_array(object) {
        return None;
    }
    if let Some(Node::Object(items)) = object.get("items")
        && is_array(items)
    {
        let message = format!(
            "an array inside an array cannot be sent in {}: later versions of the specification do not say how the \
             elements of the inner one are separated",
            carrier.name()
        );
        record.lose(&NOT_CARRIED, &source.join("items"), message);
    }
    let format = string(object, "collectionFormat").unwrap_or("csv");
    carrier.style(format).or_else(|| {
        let message = format!(
            "later versions of the specification have no style for `collectionFormat: {format}` in {}; the elements \
             are separated by commas instead",
            carrier.name()
        );
        record.lose(&NOT_CARRIED, &source.join("collectionFormat"), message);
        carrier.style("csv")
    })
}

fn is_array(object: &Object) -> bool {
    match string(object, "type") {
        Some(name) => name == "array",
        None => object.contains("items"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_has_its_style_or_none() {
        let table = [
            (Carrier::Query, "csv", Some(("form", false))),
            (Carrier::Query, "ssv", Some(("spaceDelimited", false))),
            (Carrier::Query, "tsv", None),
            (Carrier::Query, "pipes", Some(("pipeDelimited", false))),
            (Carrier::Query, "multi", Some(("form", true))),
            (Carrier::Form, "csv", Some(("form", false))),
            (Carrier::Form, "tsv", None),
            (Carrier::Path, "csv", Some(("simple", false))),
            (Carrier::Path, "ssv", None),
            (Carrier::Path, "multi", None),
            (Carrier::Header, "csv", Some(("simple", false))),
            (Carrier::Header, "pipes", None),
        ];
        for (carrier, format, expected) in table {
            let style = carrier.style(format).map(|it| (it.style, it.explode));
            assert_eq!(style, expected, "{carrier:?} {format}");
        }
    }
}
