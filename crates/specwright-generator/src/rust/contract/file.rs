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
            let wished = format!("{}_{method}", resource.module.trim_start_matches("r#"));
            let name = names::unique(wished, &mut taken);
            match described(description, &operation.http_method, &operation.path, &root) {
                Ok(described) => {
                    let test = Test {
                        model,
                        root: &root,
                        resource,
                        operation,
                        described: &described,
                    };
                    tests.push(test.function(&name));
                }
                Err(why) => {
                    let place = format!("{} {}", operation.http_method, operation.path);
                    tests.push(not_called(&place, why));
                }
            }
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

fn described<'d>(
    description: &'d Description,
    method: &str,
    path: &str,
    root: &Json,
) -> Result<specwright_openapi::OperationRef<'d>, &'static str> {
    let mut all = description.operations();
    let found = all.find(|it| it.path == path && it.method == method);
    // Methods that only 3.2 has are not in the normal form.
    let is_normal = root["paths"][path].get(method.to_lowercase()).is_some();
    found
        .filter(|_| is_normal)
        .ok_or("values are not chosen for methods of OpenAPI 3.2")
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
         use specwright_conformance::contract::{{self, Broken, Given, Operation{seen}}};\n\n\
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
