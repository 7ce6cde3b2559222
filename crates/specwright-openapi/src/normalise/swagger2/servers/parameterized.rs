//! `x-ms-parameterized-host`: Azure's hosts with variables.

use std::collections::BTreeMap;

use super::Authority;
use crate::{
    normalise::swagger2::{
        build::{object, string, text},
        shared,
    },
    tree::{Node, Object},
};

pub(super) const PARAMETERIZED_HOST: &str = "x-ms-parameterized-host";

/// The template of the root and the variables in it.
pub(super) fn read(root: &Object) -> Option<Authority> {
    let extension = root.get(PARAMETERIZED_HOST)?.as_object()?;
    let template = string(extension, "hostTemplate")?.trim_end_matches('/');
    let listed = extension
        .get("parameters")
        .and_then(Node::as_array)
        .unwrap_or_default();
    let parameters = listed
        .iter()
        .filter_map(|node| parameter(root, node.as_object()?));
    let parameters: BTreeMap<&str, &Object> = parameters
        .filter_map(|it| Some((string(it, "name")?, it)))
        .collect();
    let mut variables = Object::default();
    for name in placeholders(template) {
        if !variables.contains(name) {
            let variable = variable(parameters.get(name).copied());
            variables.insert(name.to_owned(), Node::Object(variable));
        }
    }
    Some(Authority::Template {
        template: template.to_owned(),
        has_scheme: extension.get("useSchemePrefix").and_then(Node::as_bool) == Some(false),
        variables,
    })
}

/// The parameter itself if this is a reference to one.
fn parameter<'o>(root: &'o Object, object: &'o Object) -> Option<&'o Object> {
    let Some(target) = string(object, "$ref") else {
        return Some(object);
    };
    let name = shared::name_in("parameters", target)?;
    let parameters = root.get("parameters")?.as_object()?;
    shared::resolve(parameters, "parameters", &name).map(|(_, object)| object)
}

/// The names between braces.
fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name)
}

/// A Server Variable Object. It needs a default; where the parameter has none it is empty, which leads to no host,
/// rather than to somebody's.
fn variable(parameter: Option<&Object>) -> Object {
    let none = Object::default();
    let parameter = parameter.unwrap_or(&none);
    let values = parameter
        .get("enum")
        .and_then(Node::as_array)
        .unwrap_or_default();
    let values: Vec<Node> = values
        .iter()
        .filter(|node| node.as_str().is_some())
        .cloned()
        .collect();
    let declared = parameter
        .get("default")
        .filter(|node| node.as_str().is_some());
    let default = declared
        .or(values.first())
        .cloned()
        .unwrap_or_else(|| text(""));
    let mut variable = object([("default", default)]);
    if let Some(description) = string(parameter, "description") {
        variable.insert("description".to_owned(), text(description));
    }
    if !values.is_empty() {
        variable.insert("enum".to_owned(), Node::Array(values));
    }
    variable
}

#[cfg(test)]
mod tests {
    use crate::normalise::swagger2::testing::normal;

    #[test]
    fn variables_are_those_of_the_template() {
        normal(
            "
            host: ignored.example
            basePath: /v1
            schemes: [http]
            parameters:
              Region: {name: region, in: path, type: string, enum: [eu, us], description: Where}
            x-ms-parameterized-host:
              hostTemplate: '{account}.{region}.example'
              parameters:
              - {name: account, in: path, type: string, default: demo}
              - {$ref: '#/parameters/Region'}
              - {name: unused, in: path, type: string}",
        )
        .holds(
            "/servers",
            "
            - url: http://{account}.{region}.example/v1
              variables:
                account: {default: demo}
                region: {default: eu, description: Where, enum: [eu, us]}",
        )
        .stood("/servers", "/x-ms-parameterized-host");
    }

    #[test]
    fn a_template_may_hold_the_scheme_and_a_variable_need_no_default() {
        let root =
            "x-ms-parameterized-host: {hostTemplate: '{endpoint}/a/', useSchemePrefix: false}";
        normal(root).holds(
            "/servers",
            "[{url: '{endpoint}/a', variables: {endpoint: {default: ''}}}]",
        );
    }
}
