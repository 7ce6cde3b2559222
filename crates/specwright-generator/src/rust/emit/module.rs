//! The one file of module mode.

use super::{header, sources};
use crate::rust::model::Model;

/// Generated code keeps neither to the lints nor to the line width of the crate that takes it in: those that are warned
/// of, and those that strict crates deny.
const ATTRIBUTES: &str = "\
#[allow(
    warnings,
    dead_code,
    deprecated,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    unnameable_types,
    unreachable_pub,
    unused,
    unused_qualifications,
    unused_results,
    clippy::all,
    clippy::nursery,
    clippy::pedantic,
    clippy::restriction,
    reason = \"generated code\"
)]
#[rustfmt::skip]
";

/// What the module offers besides its modules. `self` tells them from crates of the same name.
const EXPORTS: &str = "\
#[allow(unused_imports, unreachable_pub, clippy::restriction, reason = \"generated code\")]
#[rustfmt::skip]
pub use self::client::{Client, ClientBuilder};

#[allow(unused_imports, unreachable_pub, clippy::restriction, reason = \"generated code\")]
#[rustfmt::skip]
pub use specwright_runtime::{self as runtime, Error};
";

/// Every source file as an inline module of one text.
///
/// It begins with no inner attribute and no inner doc comment, which `include!` would not take.
pub(crate) fn module(model: &Model) -> String {
    let mut types = String::new();
    let mut modules = String::new();
    let mut index = String::new();
    for (path, text) in sources(model, "") {
        let name = path.strip_suffix(".rs").unwrap_or(&path);
        match name.strip_prefix("types/") {
            Some("mod") => index = text,
            Some(inner) => types.push_str(&format!("\n{}", inline("mod", inner, &text))),
            None => {
                let kind = if name == "client" { "mod" } else { "pub mod" };
                modules.push_str(&format!("\n{ATTRIBUTES}{}", inline(kind, name, &text)));
            }
        }
    }
    index.push_str(&types);
    format!(
        "{}{modules}\n{ATTRIBUTES}{}\n{EXPORTS}",
        header(model),
        inline("pub mod", "types", &index)
    )
}

/// A file as a module in another. No literal of generated code goes over several lines, so that lines can be indented.
fn inline(kind: &str, name: &str, text: &str) -> String {
    let mut inlined = format!("{kind} {name} {{\n");
    for line in text.trim_matches('\n').lines() {
        if !line.is_empty() {
            inlined.push_str("    ");
            inlined.push_str(line);
        }
        inlined.push('\n');
    }
    inlined.push_str("}\n");
    inlined
}
