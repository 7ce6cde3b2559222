//! One operation: its method and its request type.

use proc_macro2::TokenStream;
use quote::quote;

use super::{arguments, client, deprecated, docs, ident, paging, scope::Scope};
use crate::rust::model::{Argument, Form, Operation, Output, Resource, Stream};

/// The method that starts a request.
pub(super) fn method(scope: &Scope<'_>, resource: &Resource, operation: &Operation) -> TokenStream {
    let name = ident(&operation.method_name);
    let request_type = ident(&operation.request);
    let constant = ident(&operation.constant);
    let about = docs::docs(&paragraphs(operation));
    let example = docs::verbatim(&example(scope, resource, operation));
    let deprecated = deprecated(operation.deprecated);
    let parameters = operation.arguments.iter().map(|it| {
        let (name, ty) = (ident(&it.name), arguments::signature(scope, it));
        quote!(#name: #ty)
    });
    let sets = operation
        .arguments
        .iter()
        .map(|it| arguments::set(scope, operation, it, &quote!(request)));
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
    let said = |text: &Option<String>| text.clone().filter(|it| !it.trim().is_empty());
    let summary = said(&operation.summary);
    if let Some(summary) = &summary {
        paragraphs.push(sentence(summary));
    }
    if let Some(description) = said(&operation.description).filter(|it| {
        let same = |summary: &String| {
            summary.trim_end_matches('.').trim() == it.trim_end_matches('.').trim()
        };
        !summary.as_ref().is_some_and(same)
    }) {
        paragraphs.push(description);
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

/// A compiling example; without one where an argument has no short value.
fn example(scope: &Scope<'_>, resource: &Resource, operation: &Operation) -> Vec<String> {
    if scope.model.form != Form::Crate {
        // Where the module will be is not known, so there is nothing to compile.
        let mut lines = ["", "# Examples", "```text"].map(str::to_owned).to_vec();
        lines.extend(call(resource, operation));
        lines.push("```".to_owned());
        return lines;
    }
    let mut lines: Vec<String> = ["", "# Examples", "```no_run"].map(str::to_owned).to_vec();
    let hidden: Vec<String> = operation
        .arguments
        .iter()
        .filter_map(|it| arguments::hidden_example(scope.model, it))
        .collect();
    let parameters: Vec<String> =
        std::iter::once(format!("client: {}::Client", scope.model.crate_name))
            .chain(hidden)
            .collect();
    lines.push(format!(
        "# async fn example({}) -> Result<(), {}::Error> {{",
        parameters.join(", "),
        scope.model.crate_name
    ));
    lines.extend(call(resource, operation));
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

/// The lines that call the operation and look at the result.
pub(super) fn call(resource: &Resource, operation: &Operation) -> Vec<String> {
    let arguments: Vec<String> = operation.arguments.iter().map(arguments::example).collect();
    let request = format!(
        "client.{}().{}({})",
        resource.accessor,
        operation.method_name,
        arguments.join(", ")
    );
    if let Some(paging) = &operation.paging {
        return vec![
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
        ];
    }
    match &operation.output {
        Output::Unit => vec![format!("{request}.await?;")],
        Output::Stream(_) => vec![
            format!("let mut events = {request}.await?;"),
            "while let Some(event) = events.next().await {".to_owned(),
            "    println!(\"{:?}\", event?);".to_owned(),
            "}".to_owned(),
        ],
        Output::Binary => vec![
            format!("let content = {request}.await?.bytes().await?;"),
            "println!(\"{} bytes\", content.len());".to_owned(),
        ],
        _ => vec![
            format!("let response = {request}.await?;"),
            "println!(\"{response:?}\");".to_owned(),
        ],
    }
}

/// The request type with its setters, and how it is sent.
pub(super) fn request(scope: &Scope<'_>, operation: &Operation) -> Vec<TokenStream> {
    let name = ident(&operation.request);
    let about = docs::verbatim(&[format!(
        "A request of `{} {}`.",
        operation.http_method, operation.path
    )]);
    let (request, raw, call_type, error) = (
        scope.runtime("Request"),
        scope.runtime("RawResponse"),
        scope.runtime("Call"),
        scope.runtime("Error"),
    );
    let mut items = Vec::new();
    if let Some(server) = &operation.server {
        let constant = ident(&format!("{}_SERVER", operation.constant));
        items.push(client::server_static(scope, &constant, Some(server)));
    }
    items.push(constant(scope, operation));
    items.push(quote! {
        #about
        #[derive(Debug, Clone)]
        #[must_use = "a request does nothing until it is awaited or its items are read"]
        pub struct #name {
            request: #request,
        }
    });
    let setters = operation
        .setters
        .iter()
        .map(|it| setter(scope, operation, it));
    let pager = operation.paging.as_ref().map(|_| paging::methods(scope));
    let stream = operation.stream.as_ref().map(|it| stream_method(scope, it));
    let head = operation
        .headers
        .as_ref()
        .and_then(|_| with_head(scope, operation));
    items.push(quote! {
        impl #name {
            #(#setters)*
            #pager
            #stream
            #head
            /// Changes what no parameter says: headers, `Accept`, the timeout.
            pub fn configure(mut self, change: impl FnOnce(&mut #request)) -> Self {
                change(&mut self.request);
                self
            }
            /// Sends the request and gives the response as it is, whatever its status.
            ///
            /// # Errors
            /// If there is no response.
            pub fn send_raw(self) -> #call_type<#raw> {
                self.request.send_raw()
            }
        }
    });
    let (output, send) = output(scope, &operation.output);
    items.push(quote! {
        impl std::future::IntoFuture for #name {
            type Output = Result<#output, #error>;
            type IntoFuture = #call_type<#output>;
            fn into_future(self) -> Self::IntoFuture {
                self.request.#send()
            }
        }
    });
    items
}

/// What awaiting a request gives, and the function of the runtime that gives it.
fn output(scope: &Scope<'_>, output: &Output) -> (TokenStream, proc_macro2::Ident) {
    match output {
        Output::Unit => (quote!(()), ident("send_unit")),
        Output::Json(ty) => (scope.ty(ty), ident("send")),
        Output::OptionalJson(ty) => {
            let ty = scope.ty(ty);
            (quote!(Option<#ty>), ident("send_optional"))
        }
        Output::Text => (quote!(String), ident("send_text")),
        Output::Binary => (scope.runtime("ByteStream"), ident("send_stream")),
        Output::Stream(stream) => stream_output(scope, stream),
        Output::Cases(cases) => {
            let name = ident(&cases.name);
            (quote!(#name), ident("send_response"))
        }
    }
}

fn stream_output(scope: &Scope<'_>, stream: &Stream) -> (TokenStream, proc_macro2::Ident) {
    match stream {
        Stream::Events(ty) => {
            let (events, ty) = (scope.runtime("EventStream"), scope.ty(ty));
            (quote!(#events<#ty>), ident("send_events"))
        }
        Stream::TextEvents => {
            let events = scope.runtime("EventStream");
            (quote!(#events<String>), ident("send_text_events"))
        }
        Stream::JsonLines(ty) => {
            let (lines, ty) = (scope.runtime("JsonLines"), scope.ty(ty));
            (quote!(#lines<#ty>), ident("send_json_lines"))
        }
    }
}

fn stream_method(scope: &Scope<'_>, stream: &Stream) -> TokenStream {
    let (output, send) = stream_output(scope, stream);
    let call = scope.runtime("Call");
    let media = match stream {
        Stream::JsonLines(_) => "application/jsonl, application/x-ndjson",
        _ => "text/event-stream",
    };
    quote! {
        /// Sends the request and asks for the response as a stream of items.
        ///
        /// # Errors
        /// Any but pagination errors.
        pub fn stream(mut self) -> #call<#output> {
            self.request.accept(#media);
            self.request.#send()
        }
    }
}

/// How the documented headers are read together with the body.
fn with_head(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let Output::Json(ty) = &operation.output else {
        return None;
    };
    let headers = operation.headers.as_ref()?;
    let (ty, call, response) = (
        scope.ty(ty),
        scope.runtime("Call"),
        scope.runtime("Response"),
    );
    let about = docs::verbatim(&[
        format!(
            "Sends the request and gives status and headers beside the body; read the headers as [`{}`].",
            headers.name
        ),
        String::new(),
        "# Errors".to_owned(),
        "Any but pagination errors.".to_owned(),
    ]);
    Some(quote! {
        #about
        pub fn with_head(self) -> #call<#response<#ty>> {
            self.request.send_with_head()
        }
    })
}

fn constant(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let constant = ident(&operation.constant);
    let operation_type = scope.runtime("Operation");
    let (id, method, path) = (&operation.id, &operation.http_method, &operation.path);
    let accept = &operation.accept;
    let accept = (accept != "*/*").then(|| quote!(.accept(#accept)));
    let server = operation.server.as_ref().map(|_| {
        let server = ident(&format!("{}_SERVER", operation.constant));
        quote!(.server(&#server))
    });
    let security = operation
        .security
        .iter()
        .map(|schemes| quote!(&[#(#schemes),*]));
    let security = (!operation.security.is_empty()).then(|| quote!(.security(&[#(#security),*])));
    quote! {
        static #constant: #operation_type = #operation_type::new(#id, #method, #path)#accept #security #server;
    }
}

fn setter(scope: &Scope<'_>, operation: &Operation, argument: &Argument) -> TokenStream {
    let (name, ty) = (ident(&argument.name), arguments::signature(scope, argument));
    let about = match argument.docs.as_slice() {
        [] if argument.wire == "body" => docs::docs(&["The body."]),
        [] => docs::docs(&[format!(
            "The parameter {}.",
            crate::rust::model::names::code_span(&argument.wire)
        )]),
        paragraphs => docs::docs(paragraphs),
    };
    let deprecated = deprecated(argument.deprecated);
    let set = arguments::set(scope, operation, argument, &quote!(self.request));
    quote! {
        #about
        #deprecated
        pub fn #name(mut self, #name: #ty) -> Self {
            #set
            self
        }
    }
}
