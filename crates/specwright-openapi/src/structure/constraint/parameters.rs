//! What parameters, headers and schemas demand beyond single fields.

use super::{Breach, CONFLICTING_FIELDS, invalid, is, missing};
use crate::tree::{Node, Object};

/// Whatever stands in the path is always there, and says so (OAS 3.0.3, Parameter Object, `required`).
pub(crate) fn path_is_required(object: &Object) -> Option<Breach> {
    let silent = is(object, "in", "path") && !object.contains("required");
    let breach = silent.then(|| missing("a path parameter needs `required: true`".to_owned()));
    breach.or_else(|| path_is_not_optional(object))
}

/// From 3.1 on the schema of the specification lets a path parameter be silent about it, but not say the opposite.
pub(crate) fn path_is_not_optional(object: &Object) -> Option<Breach> {
    let optional = is(object, "in", "path") && object.get("required") == Some(&Node::Bool(false));
    optional.then(|| invalid("required", "a path parameter is always required".to_owned()))
}

/// Every style there is; others are reported as such.
const STYLES: &[&str] = &[
    "matrix",
    "label",
    "simple",
    "form",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
    "cookie",
];

/// Each place has its styles (OAS 3.0.3, "Style Values").
pub(crate) fn style_fits_place(object: &Object) -> Option<Breach> {
    let style = object.get("style").and_then(Node::as_str)?;
    let place = object.get("in").and_then(Node::as_str)?;
    let allowed: &[&str] = match place {
        "path" => &["matrix", "label", "simple"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form", "cookie"],
        _ => return None,
    };
    let known = STYLES.contains(&style) && !allowed.contains(&style);
    known.then(|| {
        invalid(
            "style",
            format!("a {place} parameter cannot have the style `{style}`"),
        )
    })
}

/// In 3.1 `allowReserved` is for query parameters.
pub(crate) fn reserved_3_1(object: &Object) -> Option<Breach> {
    let misplaced = object.contains("allowReserved") && !is(object, "in", "query");
    misplaced.then(|| {
        invalid(
            "allowReserved",
            "`allowReserved` is for query parameters only".to_owned(),
        )
    })
}

/// In 3.2 `allowReserved` is for whatever is percent-encoded: not headers, not the style `cookie`.
pub(crate) fn reserved_3_2(object: &Object) -> Option<Breach> {
    let encoded = !is(object, "in", "header") && !is(object, "style", "cookie");
    let misplaced = object.contains("allowReserved") && !encoded;
    misplaced.then(|| {
        invalid(
            "allowReserved",
            "`allowReserved` has no effect here: nothing is encoded".to_owned(),
        )
    })
}

/// Content has a media type instead of a style.
pub(crate) fn content_has_no_style(object: &Object) -> Option<Breach> {
    object.get("content")?;
    let field = ["style", "explode", "allowReserved"]
        .into_iter()
        .find(|field| object.contains(field))?;
    Some(Breach {
        rule: &CONFLICTING_FIELDS,
        field: Some(field.to_owned()),
        message: format!("`{field}` cannot be used together with `content`"),
    })
}

/// `in: querystring` describes its content by a media type.
pub(crate) fn query_string_has_content(object: &Object) -> Option<Breach> {
    let wrong = is(object, "in", "querystring") && object.contains("schema");
    wrong.then(|| Breach {
        rule: &CONFLICTING_FIELDS,
        field: Some("schema".to_owned()),
        message: "a `querystring` parameter takes `content`, not `schema`".to_owned(),
    })
}

/// One parameter may be the whole query string, and then there are no others in the query.
pub(crate) fn one_query_string(object: &Object) -> Option<Breach> {
    let parameters = object.get("parameters")?.as_array()?;
    let of = |place: &str| {
        parameters
            .iter()
            .filter_map(Node::as_object)
            .filter(|it| is(it, "in", place))
            .count()
    };
    let message = match (of("querystring"), of("query")) {
        (0, _) | (1, 0) => return None,
        (1, _) => "`in: querystring` and `in: query` cannot be used together",
        (_, _) => "`in: querystring` can be used once",
    };
    Some(Breach {
        rule: &CONFLICTING_FIELDS,
        field: Some("parameters".to_owned()),
        message: message.to_owned(),
    })
}

/// In 3.0 an array says what its items are (OAS 3.0.3, Schema Object, `items`).
pub(crate) fn array_has_items(object: &Object) -> Option<Breach> {
    let bare = is(object, "type", "array") && !object.contains("items");
    bare.then(|| missing("a schema of `type: array` needs `items`".to_owned()))
}
