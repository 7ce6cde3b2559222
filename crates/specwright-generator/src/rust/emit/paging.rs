//! What a paged operation hands to the runtime's pager.

use proc_macro2::TokenStream;
use quote::quote;
use specwright_openapi::pagination::Style;

use super::{ident, scope::Scope};
use crate::{
    ir::Signal,
    rust::model::{Operation, Output, Paging, RustType, Way},
};

/// Whether the plan can go back.
pub(super) fn is_reversible(paging: &Paging) -> bool {
    matches!(paging.plan.style, Style::Bidirectional | Style::Page)
}

/// `items` and `pages` of a request type.
pub(super) fn methods(scope: &Scope<'_>) -> TokenStream {
    let (items, pages) = (scope.runtime("Items"), scope.runtime("Pages"));
    quote! {
        /// Every item of every page, in the order of the server.
        ///
        /// Nothing is sent before the first item is asked for. All parameters of the request are sent with each page.
        pub fn items(self) -> #items<Self> {
            #items::new(self.request)
        }
        /// Page after page, with what the pages say besides their items.
        pub fn pages(self) -> #pages<Self> {
            #pages::new(self.request)
        }
    }
}

/// The plan and the ways to the items and signals.
pub(super) fn paging(
    scope: &Scope<'_>,
    operation: &Operation,
    paging: &Paging,
) -> Vec<TokenStream> {
    let name = ident(&operation.request);
    let constant = ident(&paging.constant);
    let page = match &operation.output {
        Output::Json(ty) => scope.ty(ty),
        _ => return Vec::new(),
    };
    let item = scope.ty(&paging.item);
    let (paginated, plan_type, signals_type) = (
        scope.runtime("Paginated"),
        scope.runtime("PagePlan"),
        scope.runtime("Signals"),
    );
    let borrowed = items(&paging.items, true);
    let owned = items(&paging.items, false);
    let signals = signals(scope, paging);
    let unused = if paging.signals.is_empty() {
        quote!(_page)
    } else {
        quote!(page)
    };
    let mut tokens = vec![
        plan(scope, paging),
        quote! {
            impl #paginated for #name {
                type Page = #page;
                type Item = #item;
                const PLAN: &'static #plan_type = &#constant;
                fn items(page: &Self::Page) -> &[Self::Item] {
                    #borrowed
                }
                fn into_items(page: Self::Page) -> Vec<Self::Item> {
                    #owned
                }
                fn signals(#unused: &Self::Page) -> #signals_type<'_> {
                    #signals
                }
            }
        },
    ];
    if is_reversible(paging) {
        let reversible = scope.runtime("Reversible");
        tokens.push(quote!(impl #reversible for #name {}));
    }
    tokens
}

fn plan(scope: &Scope<'_>, paging: &Paging) -> TokenStream {
    let (plan_type, style_type) = (scope.runtime("PagePlan"), scope.runtime("PageStyle"));
    let constant = ident(&paging.constant);
    let plan = &paging.plan;
    let style = match plan.style {
        Style::Cursor => quote!(Cursor),
        Style::Bidirectional => quote!(Bidirectional),
        Style::Offset => quote!(Offset),
        Style::Page => quote!(Page),
    };
    let position = &plan.request.position;
    let size = option(plan.request.size.as_ref());
    let number =
        |value: Option<u64>| option(value.map(proc_macro2::Literal::u64_unsuffixed).as_ref());
    let (default, maximum, all) = (
        number(plan.size.default),
        number(plan.size.maximum),
        number(plan.size.all),
    );
    quote! {
        static #constant: #plan_type = #plan_type {
            style: #style_type::#style,
            position: #position,
            size: #size,
            default_size: #default,
            maximum_size: #maximum,
            all: #all,
        };
    }
}

fn option<T: quote::ToTokens>(value: Option<&T>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

fn signals(scope: &Scope<'_>, paging: &Paging) -> TokenStream {
    let signals_type = scope.runtime("Signals");
    let fields = paging.signals.iter().map(|(signal, way)| {
        let name = ident(match signal {
            Signal::Next => "next",
            Signal::Previous => "previous",
            Signal::HasMore => "has_more",
            Signal::Current => "current",
            Signal::Last => "last",
            Signal::Total => "total",
        });
        let value = signal_value(way);
        quote!(#name: #value,)
    });
    if paging.signals.is_empty() {
        return quote!(#signals_type::default());
    }
    quote!(#signals_type { #(#fields)* ..#signals_type::default() })
}

/// A signal as an `Option`.
fn signal_value(way: &Way) -> TokenStream {
    let (before, last) = split(way);
    let (last, optional) = last;
    let leaf = |place: TokenStream| match (&way.ty, optional) {
        (RustType::String, true) => quote!(#place.as_deref()),
        (RustType::Text(_), true) => quote!(#place.as_ref().map(|it| it.as_str())),
        (RustType::String | RustType::Text(_), false) => quote!(Some(#place.as_str())),
        (_, true) => quote!(#place),
        (_, false) => quote!(Some(#place)),
    };
    let found = reach(before, &last, &leaf);
    match way.ty {
        RustType::String | RustType::Text(_) => quote!(#found.map(Into::into)),
        RustType::Integer(_) if !way.steps.iter().any(|(_, optional)| *optional) => {
            let direct = direct(way);
            quote!(#direct.try_into().ok())
        }
        RustType::Integer(_) => quote!(#found.and_then(|number| number.try_into().ok())),
        _ => found,
    }
}

fn direct(way: &Way) -> TokenStream {
    let fields = way.steps.iter().map(|(name, _)| ident(name));
    quote!(page #(.#fields)*)
}

/// The steps before the last one, and the last one.
fn split(way: &Way) -> (&[(String, bool)], (String, bool)) {
    match way.steps.split_last() {
        Some((last, before)) => (before, last.clone()),
        None => (&[], (String::new(), false)),
    }
}

/// The expression for a field behind others, of which optional ones are looked into with `and_then`.
fn reach(
    before: &[(String, bool)],
    last: &str,
    leaf: &dyn Fn(TokenStream) -> TokenStream,
) -> TokenStream {
    chain(quote!(page), before, last, leaf)
}

fn chain(
    from: TokenStream,
    before: &[(String, bool)],
    last: &str,
    leaf: &dyn Fn(TokenStream) -> TokenStream,
) -> TokenStream {
    let mut place = from;
    for (index, (name, optional)) in before.iter().enumerate() {
        let name = ident(name);
        place = quote!(#place.#name);
        if *optional {
            let rest = before.get(index + 1..).unwrap_or_default();
            let inner = chain(quote!(it), rest, last, leaf);
            return quote!(#place.as_ref().and_then(|it| #inner));
        }
    }
    if last.is_empty() {
        return place;
    }
    let last = ident(last);
    leaf(quote!(#place.#last))
}

/// The items of a page, borrowed or owned; an absent list is an empty one.
fn items(way: &Way, borrowed: bool) -> TokenStream {
    let optional = way.steps.iter().any(|(_, optional)| *optional);
    if !optional {
        let direct = direct(way);
        return match (borrowed, way.steps.is_empty()) {
            (true, false) => quote!(&#direct),
            _ => direct,
        };
    }
    if borrowed {
        let (before, (last, last_optional)) = split(way);
        let found = reach(before, &last, &|place| match last_optional {
            true => quote!(#place.as_deref()),
            false => quote!(Some(#place.as_slice())),
        });
        return quote!(#found.unwrap_or_default());
    }
    let found = owned(quote!(page), &way.steps);
    quote!(#found.unwrap_or_default())
}

fn owned(from: TokenStream, steps: &[(String, bool)]) -> TokenStream {
    let mut place = from;
    for (index, (name, optional)) in steps.iter().enumerate() {
        let name = ident(name);
        place = quote!(#place.#name);
        let rest = steps.get(index + 1..).unwrap_or_default();
        if *optional && !rest.is_empty() {
            let inner = owned(quote!(it), rest);
            return quote!(#place.and_then(|it| #inner));
        }
        if *optional {
            return place;
        }
    }
    quote!(Some(#place))
}
