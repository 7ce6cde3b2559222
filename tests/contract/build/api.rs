//! What generated sources offer, read from them.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{FnArg, ImplItem, Item, ItemEnum, ItemFn, ItemImpl, ItemStruct, Type};

/// The code of one API.
pub(crate) struct Api {
    /// The path of its crate or module.
    pub(crate) path: String,
    pub(crate) resources: Vec<Resource>,
    pub(crate) structs: BTreeMap<String, (String, ItemStruct)>,
    pub(crate) enums: BTreeMap<String, (String, ItemEnum)>,
    /// Setters of the builder for credentials, each with the number of its arguments.
    pub(crate) credentials: Vec<(String, usize)>,
}

pub(crate) struct Resource {
    pub(crate) accessor: String,
    pub(crate) methods: Vec<Method>,
}

pub(crate) struct Method {
    pub(crate) name: String,
    /// Method and path of the operation.
    pub(crate) place: String,
    pub(crate) arguments: Vec<(String, Type)>,
    pub(crate) setters: Vec<(String, Type)>,
    pub(crate) has_stream: bool,
    /// The method of the runtime that sends it.
    pub(crate) sends: String,
    /// The type of the output.
    pub(crate) output: String,
    /// The enum of its documented errors.
    pub(crate) error: Option<String>,
}

impl Api {
    pub(crate) fn of(path: String, sources: impl Iterator<Item = (String, String)>) -> Self {
        let mut api = Self {
            path,
            resources: Vec::new(),
            structs: BTreeMap::new(),
            enums: BTreeMap::new(),
            credentials: Vec::new(),
        };
        let files: Vec<(String, syn::File)> = sources
            .filter(|(path, _)| path.starts_with("src/") && path.ends_with(".rs"))
            .map(|(path, text)| {
                let module = path.trim_start_matches("src/").trim_end_matches(".rs");
                let module = module.split('/').next().unwrap_or_default().to_owned();
                (module, syn::parse_file(&text).unwrap())
            })
            .collect();
        let mut accessors = BTreeMap::new();
        for (module, file) in &files {
            for item in &file.items {
                match item {
                    Item::Struct(it) => {
                        api.structs
                            .insert(it.ident.to_string(), (module.clone(), it.clone()));
                    }
                    Item::Enum(it) => {
                        api.enums
                            .insert(it.ident.to_string(), (module.clone(), it.clone()));
                    }
                    Item::Impl(it) if module == "client" => api.client(it, &mut accessors),
                    _ => {}
                }
            }
        }
        for (module, file) in &files {
            if module != "client" && module != "lib" && module != "types" {
                api.resource(file, &accessors);
            }
        }
        api
    }

    fn client(&mut self, item: &ItemImpl, accessors: &mut BTreeMap<String, String>) {
        let owner = text(&item.self_ty);
        for function in functions(item) {
            let name = function.sig.ident.to_string();
            let body = text(&function.block);
            let count = arguments(&function).len();
            if owner == "Client"
                && let syn::ReturnType::Type(_, ty) = &function.sig.output
                && text(ty).ends_with("<'_>")
            {
                accessors.insert(text(ty).trim_end_matches("<'_>").to_owned(), name);
            } else if owner == "ClientBuilder"
                && body.contains(".credential(")
                && !name.ends_with("_provider")
                && !name.ends_with("_client_credentials")
            {
                self.credentials.push((name, count));
            }
        }
    }

    fn resource(&mut self, file: &syn::File, accessors: &BTreeMap<String, String>) {
        let mut places = BTreeMap::new();
        for item in &file.items {
            if let Item::Static(it) = item
                && let Some((_, rest)) = text(&it.expr).split_once("Operation::new(")
            {
                let literals: Vec<&str> = rest.split('"').skip(1).step_by(2).take(3).collect();
                if let [_, method, path] = literals.as_slice() {
                    places.insert(it.ident.to_string(), format!("{method} {path}"));
                }
            }
        }
        for item in &file.items {
            let Item::Impl(it) = item else { continue };
            let owner = text(&it.self_ty);
            let Some(accessor) = accessors.get(owner.trim_end_matches("<'a>")) else {
                continue;
            };
            let methods = functions(it)
                .filter_map(|function| self.method(file, &function, &places))
                .collect();
            self.resources.push(Resource {
                accessor: accessor.clone(),
                methods,
            });
        }
    }

    fn method(
        &self,
        file: &syn::File,
        function: &ItemFn,
        places: &BTreeMap<String, String>,
    ) -> Option<Method> {
        let body = text(&function.block);
        let constant = body.split("request(&").nth(1)?.split(')').next()?;
        let place = places.get(constant)?.clone();
        let syn::ReturnType::Type(_, request) = &function.sig.output else {
            return None;
        };
        let request = text(request);
        let mut method = Method {
            name: function.sig.ident.to_string(),
            place,
            arguments: arguments(function),
            setters: Vec::new(),
            has_stream: false,
            sends: String::new(),
            output: String::new(),
            error: None,
        };
        for item in &file.items {
            let Item::Impl(it) = item else { continue };
            if text(&it.self_ty) != request {
                continue;
            }
            if it.trait_.is_none() {
                for function in functions(it) {
                    let name = function.sig.ident.to_string();
                    method.has_stream |= name == "stream" && arguments(&function).is_empty();
                    if let [argument] = arguments(&function).as_slice()
                        && text(&function.sig.output).ends_with("Self")
                        && name != "configure"
                    {
                        method.setters.push((name, argument.1.clone()));
                    }
                }
            } else if text(&it).contains("IntoFuture for") {
                let code = text(&it);
                let sends = code.split("self.request.send").nth(1)?;
                method.sends = format!("send{}", sends.split('(').next()?);
                let output = code.split("Output=Result<").nth(1)?;
                method.output = output.split(",Error>").next()?.to_owned();
            }
        }
        let error = format!("{request}Error");
        method.error = file
            .items
            .iter()
            .any(|it| matches!(it, Item::Enum(it) if it.ident == error))
            .then_some(error);
        Some(method)
    }

    /// The path of a type with a name of the API.
    pub(crate) fn path_of(&self, name: &str) -> Option<String> {
        let structs = self.structs.get(name).map(|(module, _)| module);
        let module = structs.or_else(|| self.enums.get(name).map(|(module, _)| module))?;
        Some(format!("{}::{module}::{name}", self.path))
    }
}

fn arguments(function: &ItemFn) -> Vec<(String, Type)> {
    let inputs = function.sig.inputs.iter();
    inputs
        .filter_map(|it| match it {
            FnArg::Typed(it) => Some((text(&it.pat), (*it.ty).clone())),
            FnArg::Receiver(_) => None,
        })
        .collect()
}

fn functions(item: &ItemImpl) -> impl Iterator<Item = ItemFn> {
    item.items.iter().filter_map(|it| match it {
        ImplItem::Fn(it) => syn::parse2(it.to_token_stream()).ok(),
        _ => None,
    })
}

/// Code without the spaces that tokens are printed with; those of literals and between words are kept.
pub(crate) fn text(code: &impl ToTokens) -> String {
    let spaced = code.to_token_stream().to_string();
    let mut text = String::new();
    let mut quoted = false;
    let mut characters = spaced.chars().peekable();
    while let Some(character) = characters.next() {
        quoted ^= character == '"';
        if character == ' ' && !quoted {
            let word = |it: char| it.is_alphanumeric() || it == '_';
            let before = text.chars().next_back().is_some_and(word);
            let after = characters.peek().copied().is_some_and(word);
            if before && after {
                text.push(' ');
            }
        } else {
            text.push(character);
        }
    }
    text
}
