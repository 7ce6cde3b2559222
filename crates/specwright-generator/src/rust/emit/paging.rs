//! What a paged operation hands to the runtime's pager.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use specwright_openapi::pagination::{RequestPlace, Style};

use super::{ident, scope::Scope};
use crate::{
    ir::Signal,
    rust::model::{FieldForm, Operation, Paging, RustType, SignalPlace, Way},
};

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
    let page = scope.ty(&paging.page);
    let item = scope.ty(&paging.item);
    let (paginated, plan_type) = (scope.runtime("Paginated"), scope.runtime("PagePlan"));
    let is_nullable = matches!(paging.page, RustType::Option(_));
    let borrowed = items(&paging.items, is_nullable, true);
    let owned = items(&paging.items, is_nullable, false);
    let signals = signals(scope, paging);
    let signals = signals.map(|fields| {
        let signals_type = scope.runtime("Signals");
        quote! {
            fn signals(page: &Self::Page) -> #signals_type<'_> {
                #signals_type { #fields ..#signals_type::default() }
            }
        }
    });
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
                #signals
            }
        },
    ];
    if paging.plan.is_reversible() {
        let reversible = scope.runtime("Reversible");
        tokens.push(quote!(impl #reversible for #name {}));
    }
    tokens
}

fn plan(scope: &Scope<'_>, paging: &Paging) -> TokenStream {
    let (plan_type, style_type) = (scope.runtime("PagePlan"), scope.runtime("PageStyle"));
    let constant = ident(&paging.constant);
    let plan = &paging.plan;
    let style = ident(match plan.style {
        Style::Cursor => "Cursor",
        Style::Bidirectional => "Bidirectional",
        Style::Offset => "Offset",
        Style::Page => "Page",
        Style::NextUrl => "NextUrl",
        Style::Link => "Link",
        Style::Keyset => "Keyset",
        Style::Token => "Token",
    });
    let places = plan
        .request
        .places()
        .into_iter()
        .filter_map(|(name, place)| {
            let (method, place) = (ident(name), request_place(scope, place?));
            Some(quote!(.#method(#place)))
        });
    let numbers = [
        ("default_size", plan.size.default),
        ("minimum_size", plan.size.minimum),
        ("maximum_size", plan.size.maximum),
        ("all_size", plan.size.all),
        ("first_page", plan.first),
    ];
    let numbers = numbers.into_iter().filter_map(|(name, number)| {
        let (method, number) = (ident(name), Literal::u64_unsuffixed(number?));
        Some(quote!(.#method(#number)))
    });
    let numeric = paging.is_number.then(|| quote!(.numeric_position()));
    let elsewhere = |method: &str, of: fn(&SignalPlace) -> Option<&str>| {
        let signals: Vec<_> = paging
            .signals
            .iter()
            .filter_map(|(signal, place)| {
                let place = of(place)?;
                let signal = signal_name(scope, *signal);
                Some(quote!((#signal, #place)))
            })
            .collect();
        let method = ident(method);
        (!signals.is_empty()).then(|| quote!(.#method(&[#(#signals),*])))
    };
    let headers = elsewhere("header", |place| match place {
        SignalPlace::Header(name) => Some(name),
        _ => None,
    });
    let pointers = elsewhere("pointers", |place| match place {
        SignalPlace::Pointer(pointer) => Some(pointer),
        _ => None,
    });
    quote! {
        static #constant: #plan_type = #plan_type::new(#style_type::#style)
            #(#places)* #numeric #(#numbers)* #headers #pointers;
    }
}

fn request_place(scope: &Scope<'_>, place: &RequestPlace) -> TokenStream {
    let places = scope.runtime("Place");
    match place {
        RequestPlace::Query(name) => quote!(#places::Query(#name)),
        RequestPlace::Header(name) => quote!(#places::Header(#name)),
        RequestPlace::Body(pointer) => {
            let pointer = pointer.as_str();
            quote!(#places::Body(#pointer))
        }
    }
}

fn signal_name(scope: &Scope<'_>, signal: Signal) -> TokenStream {
    let signals = scope.runtime("Signal");
    let name = ident(match signal {
        Signal::Next => "Next",
        Signal::Previous => "Previous",
        Signal::HasMore => "HasMore",
        Signal::IsLast => "IsLast",
        Signal::Current => "Current",
        Signal::Last => "Last",
        Signal::Total => "Total",
        Signal::Size => "Size",
    });
    quote!(#signals::#name)
}

/// The fields of what typed places of a page say.
fn signals(scope: &Scope<'_>, paging: &Paging) -> Option<TokenStream> {
    let list = list(paging);
    let fields: Vec<_> = paging
        .signals
        .iter()
        .filter_map(|(signal, place)| {
            let name = ident(match signal {
                Signal::Next => "next",
                Signal::Previous => "previous",
                Signal::HasMore | Signal::IsLast => "has_more",
                Signal::Current => "current",
                Signal::Last => "last",
                Signal::Total => "total",
                Signal::Size => "size",
            });
            let end = match place {
                SignalPlace::LastItem(_) | SignalPlace::LastItemPointer(_) => quote!(#list.last()),
                _ => quote!(#list.first()),
            };
            let value = match place {
                SignalPlace::Field(way) => signal_value(quote!(page), *signal, way),
                SignalPlace::LastItem(way) | SignalPlace::FirstItem(way) => {
                    match certain_value(quote!(item), way) {
                        Some(value) => quote!(#end.map(|item| #value)),
                        None => {
                            let value = signal_value(quote!(item), *signal, way);
                            quote!(#end.and_then(|item| #value))
                        }
                    }
                }
                SignalPlace::LastItemPointer(pointer) | SignalPlace::FirstItemPointer(pointer) => {
                    let key = scope.runtime("item_key");
                    quote!(#end.and_then(|item| #key(item, #pointer)))
                }
                SignalPlace::Pointer(_) | SignalPlace::Header(_) => return None,
            };
            Some(quote!(#name: #value,))
        })
        .collect();
    (!fields.is_empty()).then(|| quote!(#(#fields)*))
}

/// The items of a page as something with the methods of slices.
fn list(paging: &Paging) -> TokenStream {
    let way = &paging.items;
    let is_optional = may_be_absent(way);
    if is_optional || matches!(paging.page, RustType::Option(_)) {
        return items(way, !is_optional, true);
    }
    let fields = way.steps.iter().map(|(name, _)| ident(name));
    quote!(page #(.#fields)*)
}

/// A text or number that is always there, as a text.
fn certain_value(from: TokenStream, way: &Way) -> Option<TokenStream> {
    if may_be_absent(way) {
        return None;
    }
    let fields = way.steps.iter().map(|(name, _)| ident(name));
    let place = quote!(#from #(.#fields)*);
    match way.ty {
        RustType::String | RustType::Text(_) => Some(quote!(#place.as_str().into())),
        RustType::Integer(_) => Some(quote!(#place.to_string().into())),
        _ => None,
    }
}

/// A signal as an `Option`.
fn signal_value(from: TokenStream, signal: Signal, way: &Way) -> TokenStream {
    let (before, last) = split(way);
    let leaf = |place: TokenStream, form: FieldForm| match (&way.ty, form) {
        (RustType::String | RustType::Text(_), FieldForm::Required) => {
            quote!(Some(#place.as_str()))
        }
        (_, FieldForm::Required) => quote!(Some(#place)),
        (RustType::String | RustType::Text(_), FieldForm::Patch) => {
            quote!(#place.value().map(|it| it.as_str()))
        }
        (_, FieldForm::Patch) => quote!(#place.value().copied()),
        (RustType::String, _) => quote!(#place.as_deref()),
        (RustType::Text(_), _) => quote!(#place.as_ref().map(|it| it.as_str())),
        _ => place,
    };
    let is_direct = !may_be_absent(way);
    let found = chain(from.clone(), before, last, &leaf);
    let is_position = matches!(signal, Signal::Next | Signal::Previous);
    if is_position && let Some(value) = certain_value(from.clone(), way) {
        return quote!(Some(#value));
    }
    match (&way.ty, signal) {
        (RustType::String | RustType::Text(_), _) => quote!(#found.map(Into::into)),
        (RustType::Integer(_), _) if is_position => {
            quote!(#found.map(|number| number.to_string().into()))
        }
        (RustType::Integer(_), _) if is_direct => {
            let fields = way.steps.iter().map(|(name, _)| ident(name));
            quote!(#from #(.#fields)*.try_into().ok())
        }
        (RustType::Integer(_), _) => {
            quote!(#found.and_then(|number| number.try_into().ok()))
        }
        (_, Signal::IsLast) => quote!(#found.map(|is_last| !is_last)),
        _ => found,
    }
}

/// Whether a field on the way may be missing.
fn may_be_absent(way: &Way) -> bool {
    let mut steps = way.steps.iter();
    steps.any(|(_, form)| *form != FieldForm::Required)
}

/// A field on a way.
type Step = (String, FieldForm);

/// The steps before the last one, and the last one.
fn split(way: &Way) -> (&[Step], Option<&Step>) {
    match way.steps.split_last() {
        Some((last, before)) => (before, Some(last)),
        None => (&[], None),
    }
}

/// The expression for a field behind others, of which optional ones are looked into with `and_then`.
fn chain(
    from: TokenStream,
    before: &[Step],
    last: Option<&Step>,
    leaf: &dyn Fn(TokenStream, FieldForm) -> TokenStream,
) -> TokenStream {
    let mut place = from;
    for (index, (name, form)) in before.iter().enumerate() {
        let name = ident(name);
        place = quote!(#place.#name);
        let found = match form {
            FieldForm::Required => continue,
            FieldForm::Nullable | FieldForm::Optional => quote!(#place.as_ref()),
            FieldForm::Patch => quote!(#place.value()),
        };
        let rest = before.get(index + 1..).unwrap_or_default();
        let inner = chain(quote!(it), rest, last, leaf);
        return quote!(#found.and_then(|it| #inner));
    }
    let Some((last, form)) = last else {
        return place;
    };
    let last = ident(last);
    leaf(quote!(#place.#last), *form)
}

/// The items of a page, borrowed or owned; an absent list is an empty one.
fn items(way: &Way, is_nullable: bool, borrowed: bool) -> TokenStream {
    if is_nullable {
        return match borrowed {
            true => quote!(page.as_deref().unwrap_or_default()),
            false => quote!(page.unwrap_or_default()),
        };
    }
    let optional = may_be_absent(way);
    if !optional {
        let fields = way.steps.iter().map(|(name, _)| ident(name));
        let direct = quote!(page #(.#fields)*);
        return match (borrowed, way.steps.is_empty()) {
            (true, false) => quote!(&#direct),
            _ => direct,
        };
    }
    if borrowed {
        let (before, last) = split(way);
        let found = chain(quote!(page), before, last, &|place, form| match form {
            FieldForm::Required => quote!(Some(#place.as_slice())),
            FieldForm::Nullable | FieldForm::Optional => quote!(#place.as_deref()),
            FieldForm::Patch => quote!(#place.value().map(|it| it.as_slice())),
        });
        return quote!(#found.unwrap_or_default());
    }
    let found = owned(quote!(page), &way.steps);
    quote!(#found.unwrap_or_default())
}

fn owned(from: TokenStream, steps: &[Step]) -> TokenStream {
    let mut place = from;
    for (index, (name, form)) in steps.iter().enumerate() {
        let name = ident(name);
        place = quote!(#place.#name);
        let found = match form {
            FieldForm::Required => continue,
            FieldForm::Nullable | FieldForm::Optional => place,
            FieldForm::Patch => quote!(#place.into_value()),
        };
        let rest = steps.get(index + 1..).unwrap_or_default();
        if rest.is_empty() {
            return found;
        }
        let inner = owned(quote!(it), rest);
        return quote!(#found.and_then(|it| #inner));
    }
    quote!(Some(#place))
}
