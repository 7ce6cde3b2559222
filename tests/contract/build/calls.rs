//! A call of each operation, as code.

use std::cell::Cell;

use syn::{Type, TypeParamBound};

use crate::{
    api::{Api, Method, Resource, text},
    values::{Level, Values, inner, last},
};

/// The elements of a list of `Call`s.
pub(crate) fn calls(api: &Api, document: &str) -> String {
    let mut code = String::new();
    for resource in &api.resources {
        for method in &resource.methods {
            for choice in choices(api, method) {
                code.push_str(&call(
                    api,
                    document,
                    resource,
                    method,
                    choice.as_deref(),
                    false,
                ));
            }
            if method.has_stream {
                code.push_str(&call(api, document, resource, method, None, true));
            }
        }
    }
    code
}

/// The variants of a body that may be of several media types, or just `None`.
fn choices(api: &Api, method: &Method) -> Vec<Option<String>> {
    let body = method
        .arguments
        .iter()
        .chain(&method.setters)
        .find(|it| it.0 == "body");
    let choice = body.and_then(|(_, ty)| {
        let name = last(&plain(ty));
        let (module, item) = api.enums.get(&name)?;
        (module != "types").then_some(item)
    });
    match choice {
        Some(item) => item
            .variants
            .iter()
            .map(|it| Some(it.ident.to_string()))
            .collect(),
        None => vec![None],
    }
}

fn call(
    api: &Api,
    document: &str,
    resource: &Resource,
    method: &Method,
    choice: Option<&str>,
    stream: bool,
) -> String {
    let levels = [Level::Least, Level::Most, Level::Null];
    let names = ["Least", "Most", "Null"];
    let arms = levels.iter().zip(names).map(|(&level, name)| {
        format!(
            "Level::{name} => {{ {} }}\n",
            request(api, resource, method, level, choice)
        )
    });
    let send = if stream {
        "request.stream().await"
    } else {
        "request.await"
    };
    let sends = if stream { "send_events" } else { &method.sends };
    let seen = seen(api, method, sends);
    let error = match &method.error {
        Some(error) => typed_error(api, error),
        None => "|_| None".to_owned(),
    };
    let credentials: String = api
        .credentials
        .iter()
        .map(|(name, count)| match count {
            2 => format!(".{name}(\"user\", \"secret\")"),
            _ => format!(".{name}(\"secret\")"),
        })
        .collect();
    let path = &api.path;
    format!(
        "Call {{ document: {document:?}, operation: {:?}, variant: {:?}, sends: {sends:?}, typed_errors: {},
            run: |wire, level| Box::pin(async move {{
                let client = {path}::Client::builder().base_url(BASE){credentials}.transport(wire.clone()).build().unwrap();
                let request = match level {{ {} }};
                match {send} {{ Ok(out) => {{ {seen} }}, Err(error) => Called::failed(error, {error}) }}
            }}) }},\n",
        method.place,
        choice.unwrap_or(if stream { "stream" } else { "" }),
        method.error.is_some(),
        arms.collect::<String>(),
    )
}

fn request(
    api: &Api,
    resource: &Resource,
    method: &Method,
    level: Level,
    choice: Option<&str>,
) -> String {
    let values = Values {
        api,
        next: Cell::new(0),
    };
    let mut code = String::new();
    let mut passed = Vec::new();
    for (index, (name, ty)) in method.arguments.iter().enumerate() {
        let (before, value) =
            argument(&values, &format!("a{index}"), name, ty, level, choice, true);
        code.push_str(&before);
        passed.push(value);
    }
    let mutable = if level == Level::Least || method.setters.is_empty() {
        ""
    } else {
        "mut "
    };
    code.push_str(&format!(
        "let {mutable}request = client.{}().{}({});\n",
        resource.accessor,
        method.name,
        passed.join(", ")
    ));
    if level != Level::Least {
        for (index, (name, ty)) in method.setters.iter().enumerate() {
            let (before, value) = argument(
                &values,
                &format!("s{index}"),
                name,
                ty,
                level,
                choice,
                false,
            );
            code.push_str(&format!("{before} request = request.{name}({value});\n"));
        }
    }
    code.push_str("request");
    code
}

/// Statements that make and note a value, and the expression that passes it.
fn argument(
    values: &Values<'_>,
    variable: &str,
    name: &str,
    ty: &Type,
    level: Level,
    choice: Option<&str>,
    required: bool,
) -> (String, String) {
    let owned = plain(ty);
    let whole = text(ty);
    if let Some(choice) = choice.filter(|_| name == "body") {
        let (module, item) = values.api.enums.get(&last(&owned)).unwrap();
        let variant = item.variants.iter().find(|it| it.ident == choice).unwrap();
        let payload = variant.fields.iter().next().unwrap().ty.clone();
        let (before, value) = argument(values, variable, name, &payload, level, None, required);
        let value = format!(
            "{}::{module}::{}::{choice}({value})",
            values.api.path, item.ident
        );
        return (before, value);
    }
    if last(&owned) == "Body" {
        let before = format!("wire.gave({name:?}, {required}, &\"bytes\");\n");
        return (
            before,
            "specwright_runtime::Body::from(\"bytes\")".to_owned(),
        );
    }
    if let Some((module, item)) = values.api.structs.get(&last(&owned))
        && item.fields.iter().any(|it| text(&it.ty).contains("File"))
    {
        return form(values, module, item, level);
    }
    let value = values.of(&owned, level, 0);
    let before =
        format!("let {variable} = {value};\nwire.gave({name:?}, {required}, &{variable});\n");
    let passed = if whole.starts_with('&') {
        format!("&{variable}")
    } else {
        format!("{variable}.clone()")
    };
    (before, passed)
}

/// A form with files: its parts are noted one by one.
fn form(
    values: &Values<'_>,
    module: &str,
    item: &syn::ItemStruct,
    level: Level,
) -> (String, String) {
    let mut before = String::new();
    let mut members = String::new();
    for field in &item.fields {
        let name = field.ident.as_ref().unwrap().to_string();
        let value = values.of(&field.ty, level, 1);
        let number = values.next.get();
        let noted = if value.contains("File::new(") {
            // A list of files is several parts.
            let texts: Vec<&str> = value
                .split("File::new(")
                .skip(1)
                .map(|it| it.split(')').next().unwrap())
                .collect();
            match text(&field.ty).contains("Vec") {
                true => format!("vec![{}]", texts.join(", ")),
                false => texts.concat(),
            }
        } else {
            format!("f{number}")
        };
        before.push_str(&format!("let f{number} = {value};\n"));
        if value != "None" {
            before.push_str(&format!(
                "wire.gave({:?}, true, &{noted});\n",
                format!("part {name}")
            ));
        }
        members.push_str(&format!("{name}: f{number}, "));
    }
    (
        before,
        format!(
            "{}::{module}::{} {{ {members} }}",
            values.api.path, item.ident
        ),
    )
}

/// The type that an argument is made of.
fn plain(ty: &Type) -> Type {
    match ty {
        Type::ImplTrait(it) => {
            let Some(TypeParamBound::Trait(bound)) = it.bounds.first() else {
                panic!("an argument of a type of its own")
            };
            let path = &bound.path;
            inner(&syn::parse_quote!(#path), 0)
        }
        Type::Reference(it) => match it.elem.as_ref() {
            Type::Slice(slice) => {
                let element = &slice.elem;
                syn::parse_quote!(Vec<#element>)
            }
            other => other.clone(),
        },
        other => other.clone(),
    }
}

/// The expression that notes what a success brought.
fn seen(api: &Api, method: &Method, sends: &str) -> String {
    match sends {
        "send_unit" => "let () = out; Called::ok(None)".to_owned(),
        "send_stream" => "Called::bytes(out.bytes().await)".to_owned(),
        "send_events" | "send_text_events" => {
            "let mut out = out; let mut items = Vec::new();
             while let Some(event) = out.next().await { match event {
                Ok(event) => items.push(json(&event.data)), Err(error) => return Called::failed(error, |_| None) } }
             Called::ok(Some(items.into()))"
                .to_owned()
        }
        "send_json_lines" => {
            "let mut out = out; let mut items = Vec::new();
             while let Some(line) = out.next().await { match line {
                Ok(line) => items.push(json(&line)), Err(error) => return Called::failed(error, |_| None) } }
             Called::ok(Some(items.into()))"
                .to_owned()
        }
        "send_response" => {
            let (module, item) = api.enums.get(&method.output).unwrap();
            let path = format!("{}::{module}::{}", api.path, item.ident);
            let arms = item.variants.iter().map(|variant| {
                let name = &variant.ident;
                match variant.fields.iter().next().map(|it| text(&it.ty)) {
                    None => format!("{path}::{name} => Called::ok(None),"),
                    Some(ty) if ty.ends_with("Bytes") => {
                        format!("{path}::{name}(value) => Called::bytes(Ok(value)),")
                    }
                    Some(_) => format!("{path}::{name}(value) => Called::ok(Some(json(&value))),"),
                }
            });
            let arms: String = arms.collect();
            let other = external(api, "other => panic!(\"{other:?}\"),");
            format!("match out {{ {arms} {other} }}")
        }
        _ => "Called::ok(Some(json(&out)))".to_owned(),
    }
}

/// Enums of other crates may grow.
fn external<'a>(api: &Api, arm: &'a str) -> &'a str {
    if api.path.starts_with("::") { arm } else { "" }
}

fn typed_error(api: &Api, name: &str) -> String {
    let (module, item) = api.enums.get(name).unwrap();
    let path = format!("{}::{module}::{name}", api.path);
    let arms = item.variants.iter().map(|variant| {
        let name = &variant.ident;
        match variant.fields.is_empty() {
            true => format!("{path}::{name} => serde_json::Value::Null,"),
            false => format!("{path}::{name}(value) => json(&value),"),
        }
    });
    let arms: String = arms.collect();
    let other = external(api, "other => panic!(\"{other:?}\"),");
    format!(
        "|error| error.body_as::<{path}>().map(|body| body.map(|body| match body {{ {arms} {other} }}))"
    )
}
