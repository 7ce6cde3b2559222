//! Which items only some Cargo features need.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::model::{
    Argument, ArgumentKind, BodyKind, Model, Operation, OutcomeBody, Output, RustType, Stream,
    TypeItem, TypeShape,
};

/// The resources, by index, that reach each type.
pub(super) type Users<'m> = BTreeMap<&'m str, BTreeSet<usize>>;

/// A condition with more features than this costs more to read than it saves.
const MOST_NAMED: usize = 24;

/// Which resources reach which types; webhooks reach theirs without any.
pub(super) fn users(model: &Model) -> Users<'_> {
    let mut users = Users::new();
    if model.resources.iter().all(|it| it.feature.is_none()) {
        return users;
    }
    let by_name: BTreeMap<&str, &TypeItem> = model
        .types
        .iter()
        .map(|it| (it.name.as_str(), it))
        .collect();
    let everyone = model.resources.len();
    let mut roots: Vec<(usize, &str)> = Vec::new();
    for (index, resource) in model.resources.iter().enumerate() {
        for operation in &resource.operations {
            each_type(operation, &mut |ty| {
                names(ty, &mut |name| roots.push((index, name)))
            });
        }
    }
    for webhook in &model.webhooks {
        names(&webhook.ty, &mut |name| roots.push((everyone, name)));
    }
    while let Some((index, name)) = roots.pop() {
        if !users.entry(name).or_default().insert(index) {
            continue;
        }
        if let Some(item) = by_name.get(name) {
            each_member(item, &mut |ty| {
                names(ty, &mut |name| roots.push((index, name)))
            });
        }
    }
    users
}

/// The condition for a file of types.
pub(super) fn gate(model: &Model, users: &Users<'_>, items: &[&TypeItem]) -> TokenStream {
    let mut needed = BTreeSet::new();
    for item in items {
        needed.extend(users.get(item.name.as_str()).into_iter().flatten().copied());
    }
    let all = model.resources.len();
    if needed.is_empty() || needed.len() >= all.min(MOST_NAMED) || needed.contains(&all) {
        return TokenStream::new();
    }
    let features: Vec<&String> = needed
        .iter()
        .filter_map(|index| model.resources.get(*index)?.feature.as_ref())
        .collect();
    match features.as_slice() {
        [] => TokenStream::new(),
        [only] => quote!(#[cfg(feature = #only)]),
        several => quote!(#[cfg(any(#(feature = #several),*))]),
    }
}

fn names<'m>(ty: &'m RustType, visit: &mut impl FnMut(&'m str)) {
    match ty {
        RustType::Named(name, _) => visit(name),
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Box(inner)
        | RustType::Option(inner) => names(inner, visit),
        RustType::Tuple(elements) => elements.iter().for_each(|it| names(it, visit)),
        _ => {}
    }
}

fn each_member<'m>(item: &'m TypeItem, visit: &mut impl FnMut(&'m RustType)) {
    match &item.shape {
        TypeShape::Struct { fields, additional } => {
            fields.iter().for_each(|it| visit(&it.ty));
            if let Some((_, ty)) = additional {
                visit(ty);
            }
        }
        TypeShape::Union { variants, .. } => variants.iter().for_each(|it| visit(&it.ty)),
        TypeShape::Parts(fields) => fields.iter().for_each(|it| visit(&it.ty)),
        TypeShape::Enum { .. } => {}
    }
}

/// The types that an operation's code names.
fn each_type<'m>(operation: &'m Operation, visit: &mut impl FnMut(&'m RustType)) {
    for argument in operation.arguments.iter().chain(&operation.setters) {
        argument_type(argument, visit);
    }
    for (_, kind) in operation.body.iter().flat_map(|it| &it.variants) {
        body_type(kind, visit);
    }
    match &operation.output {
        Output::Json(ty) | Output::OptionalJson(ty) => visit(ty),
        Output::Stream(stream) => stream_type(stream, visit),
        Output::Cases(cases) => {
            for variant in &cases.variants {
                if let OutcomeBody::Json(ty) = &variant.body {
                    visit(ty);
                }
            }
        }
        Output::Unit | Output::Text | Output::Binary => {}
    }
    if let Some(stream) = &operation.stream {
        stream_type(stream, visit);
    }
    for variant in operation.error.iter().flat_map(|it| &it.variants) {
        variant.body.iter().for_each(&mut *visit);
    }
    if let Some(paging) = &operation.paging {
        visit(&paging.item);
    }
}

fn argument_type<'m>(argument: &'m Argument, visit: &mut impl FnMut(&'m RustType)) {
    match &argument.kind {
        ArgumentKind::Parameter { ty, .. } => visit(ty),
        ArgumentKind::Body(kind) => body_type(kind, visit),
        ArgumentKind::BodyChoice(_) => {}
    }
}

fn body_type<'m>(kind: &'m BodyKind, visit: &mut impl FnMut(&'m RustType)) {
    match kind {
        BodyKind::Json { ty, .. } | BodyKind::Form { ty, .. } | BodyKind::Multipart { ty, .. } => {
            visit(ty)
        }
        BodyKind::Text { .. } | BodyKind::Binary { .. } => {}
    }
}

fn stream_type<'m>(stream: &'m Stream, visit: &mut impl FnMut(&'m RustType)) {
    match stream {
        Stream::Events(ty) | Stream::JsonLines(ty) => visit(ty),
        Stream::TextEvents => {}
    }
}
