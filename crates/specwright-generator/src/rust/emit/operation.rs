//! One operation: its method and its request type.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{deprecated, docs, ident, paging, rust_type};
use crate::rust::model::{Argument, Model, Operation, Resource, RustType};

/// The method that starts a request.
pub(super) fn method(model: &Model, resource: &Resource, operation: &Operation) -> TokenStream {
    let name = ident(&operation.method_name);
    let request_type = ident(&operation.request);
    let constant = ident(&operation.constant);
    let about = docs::docs(&paragraphs(operation));
    let example = docs::verbatim(&example(model, resource, operation));
    let deprecated = deprecated(operation.deprecated);
    let parameters = operation.arguments.iter().map(|it| {
        let (name, ty) = (ident(&it.name), parameter_type(it));
        quote!(#name: #ty)
    });
    let sets = operation.arguments.iter().map(|it| {
        let value = value(it, &ident(&it.name));
        let wire = &it.wire;
        if it.in_path {
            quote!(request.path(#wire, #value);)
        } else {
            quote!(request.query(#wire, #value);)
        }
    });
    let body = if operation.arguments.is_empty() {
        quote!(#request_type { request: self.client.request(&#constant) })
    } else {
        quote! {
            let mut request = self.client.request(&#constant);
            #(#sets)*
            #request_type { request }
        }
    };
    quote! {
        #about
        #example
        #deprecated
        pub fn #name(&self #(, #parameters)*) -> #request_type {
            #body
        }
    }
}

fn paragraphs(operation: &Operation) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    if let Some(summary) = &operation.summary {
        paragraphs.push(sentence(summary));
    }
    if let Some(description) = operation
        .description
        .as_ref()
        .filter(|it| Some(*it) != operation.summary.as_ref())
    {
        paragraphs.push(description.clone());
    }
    let arguments = operation.arguments.iter().filter(|it| !it.docs.is_empty());
    paragraphs.extend(arguments.map(|it| {
        format!(
            "`{}`: {}",
            it.name.trim_start_matches("r#"),
            it.docs.join(" ")
        )
    }));
    let mut place = format!("`{} {}`", operation.http_method, operation.path);
    if let Some(url) = &operation.external_docs {
        place.push_str(&format!(", described at {url}"));
    }
    paragraphs.push(place);
    paragraphs
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?', ':']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// A compiling example.
fn example(model: &Model, resource: &Resource, operation: &Operation) -> Vec<String> {
    let mut lines: Vec<String> = ["", "# Examples", "```no_run"].map(str::to_owned).to_vec();
    lines.push(format!(
        "# async fn example(client: {}::Client) -> Result<(), {0}::Error> {{",
        model.crate_name
    ));
    lines.extend(call(resource, operation));
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

/// The lines that call the operation and look at the result.
pub(super) fn call(resource: &Resource, operation: &Operation) -> Vec<String> {
    let arguments: Vec<String> = operation.arguments.iter().map(example_value).collect();
    let request = format!(
        "client.{}().{}({})",
        resource.accessor,
        operation.method_name,
        arguments.join(", ")
    );
    match (&operation.paging, &operation.success) {
        (Some(paging), _) => vec![
            format!("let mut items = {request}.items();"),
            format!(
                "while let Some({}) = items.try_next().await? {{",
                paging.item_name
            ),
            format!(
                "    println!(\"{{{}:?}}\");",
                paging.item_name.trim_start_matches("r#")
            ),
            "}".to_owned(),
        ],
        (None, Some(_)) => vec![
            format!("let response = {request}.await?;"),
            "println!(\"{response:?}\");".to_owned(),
        ],
        (None, None) => vec![format!("{request}.await?;")],
    }
}

fn example_value(argument: &Argument) -> String {
    match &argument.ty {
        RustType::I32 | RustType::I64 => "1".to_owned(),
        RustType::F64 => "1.0".to_owned(),
        RustType::Bool => "true".to_owned(),
        _ => format!("{:?}", argument.example),
    }
}

fn parameter_type(argument: &Argument) -> TokenStream {
    let ty = rust_type(&argument.ty);
    if argument.into {
        quote!(impl Into<#ty>)
    } else {
        ty
    }
}

/// What the runtime is handed for a parameter.
fn value(argument: &Argument, name: &proc_macro2::Ident) -> TokenStream {
    if argument.into {
        let ty = rust_type(&argument.ty);
        return match argument.ty {
            RustType::String => quote!(#name.into()),
            _ => quote!(Into::<#ty>::into(#name)),
        };
    }
    quote!(#name)
}

/// The request type with its setters, and how it is sent.
pub(super) fn request(operation: &Operation) -> Vec<TokenStream> {
    let name = ident(&operation.request);
    let about = docs::verbatim(&[format!(
        "A request of `{} {}`.",
        operation.http_method, operation.path
    )]);
    let mut items = vec![
        constant(operation),
        quote! {
            #about
            #[derive(Debug, Clone)]
            #[must_use = "a request does nothing until it is awaited or its items are read"]
            pub struct #name {
                request: Request,
            }
        },
    ];
    let setters = operation.setters.iter().map(setter);
    let pager = operation.paging.as_ref().map(|_| paging::methods());
    items.push(quote! {
        impl #name {
            #(#setters)*
            #pager
            /// Sends the request and gives the response as it is, whatever its status.
            ///
            /// # Errors
            /// If there is no response.
            pub async fn send_raw(self) -> Result<RawResponse, Error> {
                self.request.send_raw().await
            }
        }
    });
    let output = operation
        .success
        .as_ref()
        .map_or_else(|| quote!(()), rust_type);
    let send = match operation.success {
        Some(_) => format_ident!("send"),
        None => format_ident!("send_unit"),
    };
    items.push(quote! {
        impl std::future::IntoFuture for #name {
            type Output = Result<#output, Error>;
            type IntoFuture = Call<#output>;
            fn into_future(self) -> Self::IntoFuture {
                self.request.#send()
            }
        }
    });
    items
}

fn constant(operation: &Operation) -> TokenStream {
    let constant = ident(&operation.constant);
    let (id, path) = (&operation.id, &operation.path);
    let method = ident(&operation.http_method);
    let accept = if operation.success.is_some() {
        "application/json"
    } else {
        "*/*"
    };
    let security = operation
        .security
        .iter()
        .map(|schemes| quote!(&[#(#schemes),*]));
    quote! {
        static #constant: Operation = Operation {
            id: #id,
            method: Method::#method,
            path: #path,
            accept: #accept,
            security: &[#(#security),*],
        };
    }
}

fn setter(argument: &Argument) -> TokenStream {
    let (name, wire, ty) = (
        ident(&argument.name),
        &argument.wire,
        parameter_type(argument),
    );
    let about = match argument.docs.as_slice() {
        [] => docs::docs(&[format!("The parameter `{wire}`.")]),
        paragraphs => docs::docs(paragraphs),
    };
    let deprecated = deprecated(argument.deprecated);
    let value = value(argument, &name);
    quote! {
        #about
        #deprecated
        pub fn #name(mut self, #name: #ty) -> Self {
            self.request.query(#wire, #value);
            self
        }
    }
}
