//! Tokens → formatted text.

use proc_macro2::TokenStream;

/// A file: header, then the items with an empty line between each two.
///
/// `use` and `mod` lines stay together.
pub(super) fn file(header: &str, items: &[TokenStream]) -> String {
    let mut text = header.to_owned();
    let mut before = String::new();
    for item in items {
        let printed = print(item);
        let together =
            is_line(&before) && is_line(&printed) && keyword(&before) == keyword(&printed);
        if !together {
            text.push('\n');
        }
        text.push_str(&printed);
        before = printed;
    }
    text
}

/// One item. Tokens that are no item, which would be a mistake of the emitter, are printed as they are.
fn print(item: &TokenStream) -> String {
    match syn::parse2::<syn::File>(item.clone()) {
        Ok(file) => spaced(&prettyplease::unparse(&file)),
        Err(_) => format!("{item}\n"),
    }
}

/// Empty lines between the members of `impl` and `trait` blocks, which the printer leaves out.
///
/// Associated types and constants in a row stay together.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + text.len() / 16);
    let mut closed: Option<usize> = None;
    let mut after_associated = false;
    for line in text.lines() {
        let body = line.trim_start();
        let indent = line.len() - body.len();
        let associated = indent == 4 && is_associated(body);
        let starts = ["///", "#[", "pub ", "fn ", "async fn ", "const ", "type "];
        let begins =
            starts.iter().any(|it| body.starts_with(it)) && !(associated && after_associated);
        if closed == Some(indent) && begins {
            spaced.push('\n');
        }
        spaced.push_str(line);
        spaced.push('\n');
        closed = (body == "}" || associated).then_some(indent);
        after_associated = associated;
    }
    spaced
}

/// Whether a line of an `impl` is an associated type or constant that ends on it.
fn is_associated(body: &str) -> bool {
    let starts = body.starts_with("type ") || body.starts_with("const ");
    starts && body.ends_with(';') && !body.starts_with("const _")
}

fn is_line(item: &str) -> bool {
    let one = item.trim_end().lines().count() == 1 || keyword(item) == "use";
    one && matches!(keyword(item), "use" | "mod" | "pub mod" | "pub use" | "#!")
}

fn keyword(item: &str) -> &str {
    ["use", "pub mod", "pub use", "mod", "#!"]
        .into_iter()
        .find(|word| item.starts_with(word))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn members_are_set_apart() {
        let item = quote! {
            impl A {
                /// One.
                fn one() {
                    if true { 1 } else { 2 }
                }
                /// Two.
                fn two() {}
            }
        };
        let expected = "impl A {\n    /// One.\n    fn one() {\n        if true { 1 } else { 2 }\n    }\n\n    \
                        /// Two.\n    fn two() {}\n}\n";
        assert_eq!(print(&item), expected);
    }
}
