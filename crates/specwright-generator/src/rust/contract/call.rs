//! The test of one operation.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;
use specwright_openapi::Json;

use super::{
    arguments::{Chosen, Source},
    choose::Amount,
};
use crate::{
    ir::Statuses,
    rust::emit::ident,
    rust::model::{Argument, Model, Operation, OutcomeBody, Output, Resource, Stream},
};

/// What a test is made from.
pub(super) struct Test<'d> {
    pub(super) model: &'d Model,
    pub(super) root: &'d Json,
    pub(super) resource: &'d Resource,
    pub(super) operation: &'d Operation,
    /// The same in the normal form, with the parameters of its path item behind its own.
    pub(super) described: &'d Json,
}

/// A call with its arguments.
struct Call {
    /// The arguments as JSON, a literal.
    given: String,
    expression: TokenStream,
    /// Optional arguments that are left out, and why.
    left_out: Vec<String>,
}

impl Test<'_> {
    /// The function of this name; what cannot be called is a comment that says why.
    pub(super) fn function(&self, name: &str) -> String {
        let place = format!("{} {}", self.operation.http_method, self.operation.path);
        match self.body(&place) {
            Ok(body) => format!(
                "/// `{place}`\n#[tokio::test]\nasync fn {name}() -> Result<(), Broken> {{\n{body}    Ok(())\n}}\n"
            ),
            Err(why) => super::file::not_called(&place, &why),
        }
    }

    fn body(&self, place: &str) -> Result<String, String> {
        let least = self.call(Amount::Least, self.choice(0))?;
        let mut text = String::new();
        if let Output::Cases(cases) = &self.operation.output {
            let (root, module) = (&self.model.crate_name, &self.resource.module);
            writeln!(
                text,
                "    use {root}::{module}::{} as Success;\n",
                cases.name
            )
            .ok();
        }
        if let Some(error) = &self.operation.error {
            let (root, module) = (&self.model.crate_name, &self.resource.module);
            if text.ends_with(";\n\n") {
                text.pop();
            }
            writeln!(
                text,
                "    use {root}::{module}::{} as Failure;\n",
                error.name
            )
            .ok();
        }
        let mutable = if self.operation.paging.is_some() {
            "mut "
        } else {
            ""
        };
        writeln!(
            text,
            "    let {mutable}operation = Operation::of(DOCUMENT, {place:?}).await?;"
        )
        .ok();
        text.push_str("    let client = client(&operation)?;\n\n");
        text.push_str(&least.statements("least"));
        text.push_str("    operation.sends(given, least.clone().send_raw()).await?;\n\n");
        let kinds = self.operation.body.as_ref();
        for number in 0..kinds.map_or(1, |it| it.variants.len()) {
            text.push_str(&self.full(number, &least));
        }
        text.push_str(&self.answers("", &self.seen()));
        if let Some(stream) = &self.operation.stream {
            let media = match stream {
                Stream::JsonLines(_) => "application/jsonl, application/x-ndjson",
                _ => "text/event-stream",
            };
            let accept = format!(".configure(|request| request.accept({media:?}))");
            text.push('\n');
            text.push_str(&self.answers(&accept, &streamed(stream, "least.clone().stream()")));
        }
        if self.operation.paging.is_some() {
            text.push_str("\n    operation.walks(|| least.clone().items()).await?;\n");
        }
        Ok(text)
    }

    /// The kind of body of this number, of those to choose from.
    fn choice(&self, number: usize) -> Option<usize> {
        let choice = self.operation.body.as_ref()?;
        (number < choice.variants.len()).then_some(number)
    }

    /// The call with everything that is optional, with the kind of body of this number; nothing where that is `least`.
    fn full(&self, number: usize, least: &Call) -> String {
        let call = match self.call(Amount::Full, self.choice(number)) {
            Ok(call) => call,
            Err(why) => return format!("    // Not called in full: {why}.\n\n"),
        };
        let notes = call.left_out.iter();
        let mut text: String = notes
            .map(|why| format!("    // Not given: {why}.\n"))
            .collect();
        let name = match number {
            0 => "full".to_owned(),
            number => format!("full_{}", number + 1),
        };
        if call.given != least.given {
            text.push_str(&call.statements(&name));
            writeln!(
                text,
                "    operation.sends(given, {name}.send_raw()).await?;"
            )
            .ok();
        }
        match text.is_empty() {
            true => text,
            false => text + "\n",
        }
    }

    fn call(&self, amount: Amount, choice: Option<usize>) -> Result<Call, String> {
        let source = Source {
            model: self.model,
            resource: self.resource,
            root: self.root,
            operation: self.described,
            amount,
            choice: self.operation.body.as_ref().zip(choice),
        };
        let mut chosen = Vec::new();
        for argument in &self.operation.arguments {
            chosen.push(source.argument(argument)?);
        }
        let passed = chosen.iter().map(|it| &it.passed);
        let (accessor, method) = (
            ident(&self.resource.accessor),
            ident(&self.operation.method_name),
        );
        let mut expression = quote!(client.#accessor().#method(#(#passed),*));
        let mut left_out = Vec::new();
        let setters: &[Argument] = match amount {
            Amount::Least => &[],
            Amount::Full => &self.operation.setters,
        };
        for setter in setters {
            match source.argument(setter) {
                Ok(it) => {
                    let (name, passed) = (ident(&setter.name), &it.passed);
                    expression = quote!(#expression.#name(#passed));
                    chosen.push(it);
                }
                Err(why) => left_out.push(why),
            }
        }
        Ok(Call {
            given: given(chosen),
            expression,
            left_out,
        })
    }

    /// The check of what the client makes of answers.
    fn answers(&self, configured: &str, seen: &str) -> String {
        format!(
            "    operation\n        .answers(\n            || least.clone(){configured}.send_raw(),\n            {seen},\n            {},\n        )\n        .await?;\n",
            self.failure()
        )
    }

    /// What a call gives.
    fn seen(&self) -> String {
        match &self.operation.output {
            Output::Unit => {
                "async || {\n                least.clone().await?;\n                Ok(Seen::Nothing)\n            }".to_owned()
            }
            Output::Json(_) | Output::OptionalJson(_) => {
                "async || Ok(contract::json(&least.clone().await?))".to_owned()
            }
            Output::Text => "async || Ok(contract::text(least.clone().await?))".to_owned(),
            Output::Binary => "async || contract::bytes(least.clone().await?).await".to_owned(),
            Output::Stream(stream) => streamed(stream, "least.clone()"),
            Output::Cases(cases) => {
                let arms: String = cases
                    .variants
                    .iter()
                    .map(|variant| {
                        let name = &variant.name;
                        let arm = match variant.body {
                            OutcomeBody::None => format!("Success::{name} => Seen::Nothing"),
                            OutcomeBody::Json(_) => format!("Success::{name}(body) => contract::json(&body)"),
                            OutcomeBody::Text => format!("Success::{name}(body) => contract::text(body)"),
                            OutcomeBody::Binary => format!("Success::{name}(body) => Seen::Bytes(body.to_vec())"),
                        };
                        format!("                    {arm},\n")
                    })
                    .collect();
                format!(
                    "async || {{\n                Ok(match least.clone().await? {{\n{arms}                    _ => Seen::Unknown,\n                }})\n            }}"
                )
            }
        }
    }

    /// What a typed error is.
    fn failure(&self) -> String {
        let Some(error) = &self.operation.error else {
            return "contract::untyped".to_owned();
        };
        let arms: String = error
            .variants
            .iter()
            .map(|variant| {
                let status = match variant.status {
                    Statuses::Code(code) => code.to_string(),
                    Statuses::Range(digit) => format!("{digit}XX"),
                    Statuses::Default => "default".to_owned(),
                };
                let name = &variant.name;
                format!(
                    "                Failure::{name}(body) => contract::typed({status:?}, &body),\n"
                )
            })
            .collect();
        format!(
            "|error| match error {{\n{arms}                _ => contract::unknown(),\n            }}"
        )
    }
}

fn streamed(stream: &Stream, call: &str) -> String {
    match stream {
        Stream::Events(_) | Stream::TextEvents => {
            format!("async || contract::events({call}.await?).await")
        }
        Stream::JsonLines(_) => format!("async || contract::json_lines({call}.await?).await"),
    }
}

impl Call {
    /// The statements that list the arguments and make the request.
    fn statements(&self, name: &str) -> String {
        let (name, expression) = (ident(name), &self.expression);
        let request = formatted(&quote!(let #name = #expression;));
        format!("    let given = {};\n{request}", self.given)
    }
}

/// A statement, indented as in a function.
fn formatted(statement: &TokenStream) -> String {
    let Ok(file) = syn::parse2(quote!(fn test() { #statement })) else {
        return format!("    {statement}\n");
    };
    let printed = prettyplease::unparse(&file);
    let inner = printed
        .strip_prefix("fn test() {\n")
        .and_then(|it| it.strip_suffix("}\n"));
    inner.map_or_else(|| printed.clone(), str::to_owned)
}

/// The literal that lists the arguments.
fn given(chosen: Vec<Chosen>) -> String {
    let mut places = serde_json::Map::new();
    for it in chosen {
        match it.place {
            "" => drop(places.insert(it.name, it.value)),
            place => {
                let members = places
                    .entry(place)
                    .or_insert_with(|| Json::Object(serde_json::Map::new()));
                if let Json::Object(members) = members {
                    members.insert(it.name, it.value);
                }
            }
        }
    }
    if places.is_empty() {
        return "\"{}\"".to_owned();
    }
    let text = format!("{:#}", Json::Object(places)).replace('\n', "\n    ");
    // As many signs as it takes that the text does not end the literal.
    let longest = text
        .split('"')
        .skip(1)
        .map(|it| it.len() - it.trim_start_matches('#').len())
        .max();
    let signs = "#".repeat(longest.unwrap_or(0) + 1);
    format!("r{signs}\"{text}\"{signs}")
}
