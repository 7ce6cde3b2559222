//! Parameters and headers (OAS 3.2.0, Parameter Object and Header Object).

use super::{
    NOT_CARRIED,
    context::{Context, is_reference, set, text},
    document::schema_or_content,
};
use crate::tree::{Node, Object};

pub(super) fn rewrite(cx: &mut Context<'_>, parameter: &mut Object) {
    if is_reference(parameter) {
        return;
    }
    query_string(parameter);
    cookie_style(cx, parameter);
    schema_or_content(cx, parameter);
}

pub(super) fn header(cx: &mut Context<'_>, header: &mut Object) {
    if !is_reference(header) {
        schema_or_content(cx, header);
    }
}

/// `in: querystring`, since 3.2: a query parameter whose `content` is the whole query string.
fn query_string(parameter: &mut Object) {
    if parameter.get("in").and_then(Node::as_str) == Some("querystring") {
        set(parameter, "in", text("query"));
        set(parameter, "x-specwright-querystring", Node::Bool(true));
    }
}

/// `style: cookie`, since 3.2: as `form`, but without percent-encoding (OAS 3.2.0, Style Values).
fn cookie_style(cx: &mut Context<'_>, parameter: &mut Object) {
    if parameter.get("style").and_then(Node::as_str) == Some("cookie") {
        set(parameter, "style", text("form"));
        let message = "`style: cookie` is read as `form`, which percent-encodes the value";
        cx.lose(&NOT_CARRIED, "style", message);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::documents;

    #[test]
    fn parameters() {
        let cases: &[(&str, &str, &[&str])] = &[
            (
                "{in: querystring, name: q, content: {application/json: {schema: true}}}",
                "{in: query, name: q, content: {application/json: {schema: {}}}, x-specwright-querystring: true}",
                &[],
            ),
            (
                "{in: cookie, name: c, style: cookie, explode: false}",
                "{in: cookie, name: c, style: form, explode: false}",
                &["structure/not-carried /components/parameters/P/style"],
            ),
            (
                "{in: query, name: a, style: form}",
                "{in: query, name: a, style: form}",
                &[],
            ),
            ("{$ref: '#/a', description: d}", "{$ref: '#/a'}", &[]),
            (
                "{in: query, name: a, schema: {const: 1}, examples: {e: {dataValue: 1}}}",
                "{in: query, name: a, examples: {e: {value: 1}}, \
                  schema: {type: integer, enum: [1], x-specwright-const: true}}",
                &[],
            ),
        ];
        for (before, after, lost) in cases {
            let [before, after] = [before, after]
                .map(|it| format!("{{paths: {{}}, components: {{parameters: {{P: {it}}}}}}}"));
            documents(&[(&before, &after, lost)]);
        }
    }

    #[test]
    fn headers() {
        documents(&[(
            "{paths: {}, components: {headers: {H: {schema: {type: [string, 'null']}}, R: {$ref: '#/a', summary: s}}}}",
            "{paths: {}, components: {headers: {H: {schema: {type: string, nullable: true}}, R: {$ref: '#/a'}}}}",
            &[],
        )]);
    }
}
