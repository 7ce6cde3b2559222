//! The rule `pagination/no-plan`.

use std::collections::BTreeMap;

use specwright_openapi::{
    Description, OperationRef,
    pagination::{is_position_name, is_size_name, unpaged_items},
    parameter_key,
};

use crate::check::rules::prelude::*;

pub(super) static RULE: DocumentRule = DocumentRule {
    rule: Rule {
        name: "pagination/no-plan",
        severity: Info,
        summary: "Lists that grow have pages.",
        explanation: "A response with everything in it gets longer with every item that users add, until it is too \
            slow or too large; to add pages later breaks every client. Looked at are operations whose response has \
            one array of objects and nothing that leads on, where items are added (`POST`) or removed (`DELETE`) at \
            the same path. A list that takes a position and whose responses have none is reported as well. \
            `x-specwright-pagination: false` says that a list is meant to have no pages.",
    },
    set: Recommended,
    section: "https://google.aip.dev/158",
    covers: &[],
    versions: ALL,
    fails: "
paths:
  /cats:
    get: # here
      responses:
        '200':
          description: All cats.
          content:
            application/json:
              schema:
                type: object
                properties:
                  cats: {type: array, items: {type: object}}
    post:
      responses: {'201': {description: A new one.}}
",
    passes: "
paths:
  /cats:
    get:
      parameters:
        - {name: cursor, in: query, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100, default: 20}}
      responses:
        '200':
          description: All cats.
          content:
            application/json:
              schema:
                type: object
                properties:
                  cats: {type: array, items: {type: object}}
                  next_cursor: {type: string}
    post:
      responses: {'201': {description: A new one.}}
",
    check: Check::Document(check),
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let description = context.description;
    let lists = context.lists().iter();
    let lists: BTreeMap<&Pointer, &List<'_>> =
        lists.map(|it| (&it.operation.pointer, it)).collect();
    for operation in description.operations().filter(|it| it.method == "GET") {
        let pointer = description.document_pointer(&operation.pointer);
        match lists.get(&operation.pointer) {
            Some(list) if list.found.plan.is_some() || list.found.declared_by.is_some() => {}
            Some(list) => {
                let message = format!(
                    "`{}` takes a position that nothing leads to",
                    operation.id()
                );
                let finding = report.at(pointer, message).on_key();
                if let Some(reservation) = list.found.reservations.first() {
                    finding.help(reservation.clone());
                }
            }
            None => {
                let names = query_names(description, &operation);
                let may_choose = names
                    .iter()
                    .any(|name| is_position_name(name) || is_id(name));
                if may_choose
                    || !grows(context, &operation)
                    || unpaged_items(description, &operation).is_none()
                {
                    continue;
                }
                let message = format!("nothing leads to further items of `{}`", operation.id());
                let finding = report.at(pointer, message).on_key();
                if let Some(name) = names.into_iter().find(|name| is_size_name(name)) {
                    finding.label(format!("`{name}` only bounds how many there are"));
                }
            }
        }
    }
}

fn query_names<'a>(description: &'a Description, operation: &OperationRef<'a>) -> Vec<&'a str> {
    let parameters = description.parameters(operation).into_iter();
    let of_query = parameters.filter(|(parameter, _)| parameter_key(parameter).1 == "query");
    of_query
        .map(|(parameter, _)| parameter_key(parameter).0)
        .collect()
}

/// Whether a parameter of this name takes the ids of the items that are asked for.
fn is_id(name: &str) -> bool {
    matches!(name.trim_end_matches("[]"), "id" | "ids" | "IDs")
}

/// Whether items are added or removed at the path.
fn grows(context: &Context<'_>, operation: &OperationRef<'_>) -> bool {
    let path = operation.path.trim_end_matches('/');
    if path.ends_with('}') {
        return false;
    }
    let mut all = context.operations().iter();
    all.any(|it| match it.method.as_str() {
        "POST" => it.path.trim_end_matches('/') == path,
        "DELETE" => it.path.strip_prefix(path).is_some_and(is_one_template),
        _ => false,
    })
}

/// `/{id}` and nothing more.
fn is_one_template(rest: &str) -> bool {
    let inner = rest.strip_prefix("/{").and_then(|it| it.strip_suffix('}'));
    inner.is_some_and(|it| !it.contains('/'))
}
