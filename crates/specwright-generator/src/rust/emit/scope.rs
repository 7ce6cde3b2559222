//! What a file of the output uses: written down as it is used, imported at its top.

use std::{cell::RefCell, collections::BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::ident;
use crate::{
    ir::{IntegerSize, TextFormat},
    rust::model::{Model, RustType},
};

/// The names that a file uses.
pub(super) struct Scope<'m> {
    pub(super) model: &'m Model,
    runtime: RefCell<BTreeSet<&'static str>>,
    types: RefCell<BTreeSet<String>>,
    /// Whether the runtime is named as a whole.
    whole: RefCell<bool>,
    /// Types that the file itself defines.
    own: BTreeSet<&'m str>,
}

impl<'m> Scope<'m> {
    pub(super) fn new(model: &'m Model, own: BTreeSet<&'m str>) -> Self {
        Self {
            model,
            runtime: RefCell::default(),
            types: RefCell::default(),
            whole: RefCell::default(),
            own,
        }
    }

    /// A name of the runtime; with its path if the API has a type of the same name.
    pub(super) fn runtime(&self, name: &'static str) -> TokenStream {
        let plain = ident(name);
        if self.model.taken.contains(name) {
            self.whole();
            return quote!(runtime::#plain);
        }
        self.runtime.borrow_mut().insert(name);
        quote!(#plain)
    }

    /// Has the runtime imported as `runtime`.
    pub(super) fn whole(&self) {
        *self.whole.borrow_mut() = true;
    }

    /// A type as it is written in signatures.
    pub(super) fn ty(&self, ty: &RustType) -> TokenStream {
        match ty {
            RustType::String => quote!(String),
            RustType::Text(format) => self.runtime(text_type(*format)),
            RustType::Integer(size) => integer(*size),
            RustType::F64 => quote!(f64),
            RustType::Decimal => self.runtime("Decimal"),
            RustType::Bool => quote!(bool),
            RustType::Json => self.runtime("Value"),
            RustType::File => self.runtime("File"),
            RustType::Vec(item) => {
                let item = self.ty(item);
                quote!(Vec<#item>)
            }
            RustType::Map(value) => {
                let (map, value) = (self.runtime("Map"), self.ty(value));
                quote!(#map<String, #value>)
            }
            RustType::Tuple(elements) => {
                let elements = elements.iter().map(|it| self.ty(it));
                quote!((#(#elements,)*))
            }
            RustType::Option(inner) => {
                let inner = self.ty(inner);
                quote!(Option<#inner>)
            }
            RustType::Box(inner) => {
                let inner = self.ty(inner);
                quote!(Box<#inner>)
            }
            RustType::Named(name, _) => self.api_type(name),
        }
    }

    /// A type of the API.
    pub(super) fn api_type(&self, name: &str) -> TokenStream {
        if !self.own.contains(name) {
            self.types.borrow_mut().insert(name.to_owned());
        }
        let name = ident(name);
        quote!(#name)
    }

    /// The `use` lines; types come from `module`.
    pub(super) fn imports(&self, module: &TokenStream) -> Vec<TokenStream> {
        let mut lines = Vec::new();
        let names: Vec<_> = self
            .runtime
            .borrow()
            .iter()
            .map(|name| ident(name))
            .collect();
        let whole = *self.whole.borrow();
        match (whole, names.is_empty()) {
            (true, true) => lines.push(quote!(
                use specwright_runtime as runtime;
            )),
            (true, false) => {
                lines.push(quote!(use specwright_runtime::{self as runtime, #(#names),*};))
            }
            (false, false) => lines.push(quote!(use specwright_runtime::{#(#names),*};)),
            (false, true) => {}
        }
        let types: Vec<_> = self.types.borrow().iter().map(|name| ident(name)).collect();
        if !types.is_empty() {
            lines.push(quote!(use #module::{#(#types),*};));
        }
        lines
    }
}

/// The runtime's type for a format.
pub(crate) fn text_type(format: TextFormat) -> &'static str {
    match format {
        TextFormat::DateTime => "DateTime",
        TextFormat::Date => "Date",
        TextFormat::Time => "Time",
        TextFormat::Duration => "Duration8601",
        TextFormat::Uuid => "Uuid",
        TextFormat::Uri => "Uri",
        TextFormat::Base64 => "Base64",
    }
}

fn integer(size: IntegerSize) -> TokenStream {
    match size {
        IntegerSize::I32 => quote!(i32),
        IntegerSize::I64 => quote!(i64),
        IntegerSize::U32 => quote!(u32),
        IntegerSize::U64 => quote!(u64),
        IntegerSize::I128 => quote!(i128),
    }
}
