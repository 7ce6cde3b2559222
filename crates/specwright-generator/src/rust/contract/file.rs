//! The whole file.

use std::collections::BTreeSet;

use specwright_openapi::{Description, Json};

use super::call::Test;
use crate::{
    Entry, Ledger, Status,
    ir::SecurityKind,
    rust::model::{Model, names},
};

/// The text of `tests/contract.rs`, behind the first lines that all files have.
pub(crate) fn file(model: &Model, description: &Description, ledger: &Ledger) -> String {
    let root = serde_json::to_value(description.document()).unwrap_or_default();
    let mut taken: BTreeSet<String> = BTreeSet::from(["client".to_owned()]);
    let mut tests = Vec::new();
    for resource in &model.resources {
        for operation in &resource.operations {
            let method = operation.method_name.trim_start_matches("r#");
            let module = resource.module.trim_start_matches("r#");
            let wished = format!("{}_{method}", module.trim_end_matches('_'));
            let name = names::unique(wished, &mut taken);
            let place = format!("{} {}", operation.http_method, operation.path);
            let described = described(description, &operation.http_method, &operation.path);
            tests.push(match described {
                Some(described) => {
                    let test = Test {
                        model,
                        root: &root,
                        resource,
                        operation,
                        described: &described,
                    };
                    test.function(&name)
                }
                None => not_called(&place, "it is not in the description"),
            });
        }
    }
    let refused = ledger
        .operations
        .iter()
        .filter(|it| it.status == Status::Refused);
    tests.extend(refused.map(refusal));
    let calls = tests.iter().any(|it| it.contains("#[tokio::test]"));
    let mut text = String::from(
        "\n//! Every operation against a mock of the description: what it sends, what it makes of every documented answer, and\n//! how its pager takes lists that go wrong.\n\n",
    );
    if calls {
        text.push_str(&head(model, &tests));
    }
    text.push_str(&tests.join("\n"));
    text
}

/// An operation of the normal form, with the parameters of its path item behind its own.
fn described(description: &Description, method: &str, path: &str) -> Option<Json> {
    let mut all = description.operations();
    let found = all.find(|it| it.path == path && it.method == method)?;
    let mut operation = serde_json::to_value(found.operation).ok()?;
    let mut parameters = match operation.get_mut("parameters").map(Json::take) {
        Some(Json::Array(own)) => own,
        _ => Vec::new(),
    };
    let inherited = serde_json::to_value(&found.item.parameters).ok()?;
    parameters.extend(inherited.as_array().cloned().unwrap_or_default());
    let members = operation.as_object_mut()?;
    members.insert("parameters".to_owned(), Json::Array(parameters));
    Some(operation)
}

/// Imports, the document, and the client that all tests have.
fn head(model: &Model, tests: &[String]) -> String {
    let root = &model.crate_name;
    let credentials: String = model
        .credentials
        .iter()
        .map(|it| match it.kind {
            SecurityKind::Basic => format!("\n        .{}(\"user\", \"secret\")", it.method),
            _ => format!("\n        .{}(\"secret\")", it.method),
        })
        .collect();
    let seen = if tests.iter().any(|it| it.contains("Seen::")) {
        ", Seen"
    } else {
        ""
    };
    format!(
        "#![allow(deprecated, reason = \"what is deprecated is tested as well\")]\n\n\
         use {root}::Client;\n\
         use specwright_conformance::contract::{{self, Broken, Operation{seen}}};\n\n\
         const DOCUMENT: &str = include_str!(\"document.json\");\n\n\
         /// A client of the mock.\n\
         fn client(operation: &Operation) -> Result<Client, {root}::Error> {{\n    \
             Client::builder()\n        .base_url(operation.url()){credentials}\n        .build()\n\
         }}\n\n"
    )
}

/// A comment in place of a test.
pub(super) fn not_called(place: &str, why: &str) -> String {
    format!(
        "// `{place}` is not called: {}.\n",
        why.replace(['\n', '\r'], " ").trim_end_matches('.')
    )
}

fn refusal(entry: &Entry) -> String {
    let place = format!("{} {}", entry.method, entry.path);
    not_called(
        &place,
        &format!("it is refused, {}", entry.reasons.join("; ")),
    )
}
