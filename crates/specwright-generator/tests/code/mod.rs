//! What the tests look for in generated code.

use std::collections::BTreeSet;

use syn::{
    Attribute, ExprIndex, ExprMethodCall, ExprUnsafe, Fields, ImplItem, Item, Macro, Signature,
    Visibility,
    visit::{self, Visit},
};

/// The public names of a file: modules, types, fields, variants and functions, each after what it belongs to.
pub(crate) fn public_names(text: &str) -> BTreeSet<String> {
    let file = syn::parse_file(text).expect("generated code parses");
    let mut names = BTreeSet::new();
    file.items.iter().for_each(|it| public(it, &mut names));
    names
}

fn public(item: &Item, names: &mut BTreeSet<String>) {
    let open = |visibility: &Visibility| matches!(visibility, Visibility::Public(_));
    match item {
        Item::Struct(it) if open(&it.vis) => {
            names.insert(format!("struct {}", it.ident));
            if let Fields::Named(fields) = &it.fields {
                for field in fields.named.iter().filter(|field| open(&field.vis)) {
                    names.extend(
                        field
                            .ident
                            .iter()
                            .map(|name| format!("{}.{name}", it.ident)),
                    );
                }
            }
        }
        Item::Enum(it) if open(&it.vis) => {
            names.insert(format!("enum {}", it.ident));
            names.extend(
                it.variants
                    .iter()
                    .map(|variant| format!("{}::{}", it.ident, variant.ident)),
            );
        }
        Item::Type(it) if open(&it.vis) => {
            names.insert(format!("type {}", it.ident));
        }
        Item::Mod(it) if open(&it.vis) => {
            names.insert(format!("mod {}", it.ident));
        }
        Item::Impl(it) => {
            let owner = &it.self_ty;
            let owner = quote::quote!(#owner).to_string();
            for item in &it.items {
                if let ImplItem::Fn(function) = item
                    && open(&function.vis)
                {
                    names.insert(format!("fn {owner}::{}", function.sig.ident));
                }
            }
        }
        _ => {}
    }
}

/// Expressions of a file that may panic, and unsafe code.
pub(crate) fn dangers(text: &str) -> Vec<String> {
    let file = syn::parse_file(text).expect("generated code parses");
    let mut dangers = Dangers(Vec::new());
    dangers.visit_file(&file);
    dangers.0
}

struct Dangers(Vec<String>);

impl<'ast> Visit<'ast> for Dangers {
    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let name = call.method.to_string();
        if name.starts_with("unwrap") && !name.starts_with("unwrap_or")
            || name.starts_with("expect")
        {
            self.0.push(name);
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        let name = call.path.segments.last().map(|it| it.ident.to_string());
        let name = name.unwrap_or_default();
        let panics = ["panic", "todo", "unreachable", "unimplemented", "unwrap"];
        if panics.contains(&name.as_str()) || name.contains("assert") {
            self.0.push(format!("{name}!"));
        }
        visit::visit_macro(self, call);
    }

    fn visit_expr_index(&mut self, index: &'ast ExprIndex) {
        self.0.push("an index".to_owned());
        visit::visit_expr_index(self, index);
    }

    fn visit_expr_unsafe(&mut self, block: &'ast ExprUnsafe) {
        self.0.push("an unsafe block".to_owned());
        visit::visit_expr_unsafe(self, block);
    }

    fn visit_signature(&mut self, signature: &'ast Signature) {
        if quote::quote!(#signature).to_string().starts_with("unsafe ") {
            self.0.push(format!("unsafe fn {}", signature.ident));
        }
        visit::visit_signature(self, signature);
    }

    /// Docs are text.
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}

#[test]
fn dangers_are_seen() {
    for code in [
        "fn f() { a.unwrap() }",
        "fn f() { a.expect(\"b\") }",
        "fn f() { std::panic!() }",
        "fn f() { g(|| todo!()) }",
        "fn f() { match a { _ => unreachable!() } }",
        "fn f() { a[0] }",
        "fn f() { unsafe { g() } }",
        "unsafe fn f() {}",
        "fn f() { assert_eq!(1, 2) }",
    ] {
        assert_eq!(dangers(code).len(), 1, "{code}");
    }
    assert!(
        dangers("/// a.unwrap()\nfn f() { a.unwrap_or_default(); \"a[0]\"; let b: [u8; 1]; }")
            .is_empty()
    );
}
