//! Values of types, as code.

use std::cell::Cell;

use syn::{Fields, GenericArgument, PathArguments, Type};

use crate::api::{Api, text};

/// How much a value holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// Only what it must.
    Least,
    /// Everything.
    Most,
    /// Null wherever that is more than nothing.
    Null,
}

pub(crate) struct Values<'a> {
    pub(crate) api: &'a Api,
    /// So that no two values are the same.
    pub(crate) next: Cell<u32>,
}

const DEEPEST: usize = 6;

impl Values<'_> {
    pub(crate) fn of(&self, ty: &Type, level: Level, depth: usize) -> String {
        let next = || -> String { self.of(&inner(ty, 0), level, depth + 1) };
        let number = self.next.get() + 1;
        self.next.set(number);
        match ty {
            Type::Tuple(tuple) => {
                let elements = tuple
                    .elems
                    .iter()
                    .map(|it| self.of(it, level, depth + 1) + ",");
                return format!("({})", elements.collect::<String>());
            }
            Type::Reference(_) => return format!("\"a b/{number}\""),
            _ => {}
        }
        let name = last(ty);
        let of_runtime = text(ty).starts_with("runtime::");
        if !of_runtime && let Some(path) = self.api.path_of(&name) {
            return self.named(&name, &path, level, depth);
        }
        let parsed =
            |text: &str| format!("{text:?}.parse::<specwright_runtime::{name}>().unwrap()");
        match name.as_str() {
            "String" => format!("String::from(\"a b/{number}\")"),
            "i32" | "i64" | "u32" | "u64" | "i128" => format!("{number}{name}"),
            "f64" => format!("{number}.5f64"),
            "bool" => "true".to_owned(),
            "Option" if level != Level::Most || depth > DEEPEST => "None".to_owned(),
            "Option" => format!("Some({})", next()),
            "Vec" if depth > DEEPEST => "Vec::new()".to_owned(),
            "Vec" if level == Level::Most => format!("vec![{}, {}]", next(), next()),
            "Vec" => format!("vec![{}]", next()),
            "Map" => format!(
                "specwright_runtime::Map::from_iter([(String::from(\"key\"), {})])",
                self.of(&inner(ty, 1), level, depth + 1)
            ),
            "Box" => format!("Box::new({})", next()),
            "Patch" if level == Level::Null => "specwright_runtime::Patch::Null".to_owned(),
            "Patch" if level == Level::Least || depth > DEEPEST => {
                "specwright_runtime::Patch::Absent".to_owned()
            }
            "Patch" => format!("specwright_runtime::Patch::Value({})", next()),
            "Value" => "specwright_runtime::from_slice::<specwright_runtime::Value>(b\"{\\\"any\\\":[1,\\\"a\\\"]}\").unwrap()".to_owned(),
            "File" => format!("specwright_runtime::File::new(\"file {number}\")"),
            "DateTime" => parsed("2024-05-06T07:08:09Z"),
            "Date" => parsed("2024-05-06"),
            "Time" => parsed("07:08:09Z"),
            "Duration8601" => parsed("P1DT2H"),
            "Uuid" => parsed(&format!("00000000-0000-4000-8000-{number:012}")),
            "Uri" => parsed(&format!("https://example.com/a?b={number}")),
            "Base64" => parsed("aGVsbG8="),
            "Decimal" => parsed(&format!("{number}.50")),
            other => panic!("no value of `{other}`"),
        }
    }

    fn named(&self, name: &str, path: &str, level: Level, depth: usize) -> String {
        if let Some((_, item)) = self.api.structs.get(name) {
            let fields = item.fields.iter().map(|field| {
                let name = field.ident.as_ref().unwrap().to_string();
                format!("{name}: {}, ", self.of(&field.ty, level, depth + 1))
            });
            return format!("{path} {{ {} }}", fields.collect::<String>());
        }
        let (_, item) = self.api.enums.get(name).unwrap();
        // The variant for what is not known comes last.
        let known: Vec<_> = item
            .variants
            .iter()
            .filter(|it| !it.ident.to_string().starts_with("Other") || it.fields.is_empty())
            .collect();
        let chosen = match level {
            Level::Most if depth < 4 => known.last(),
            _ => known.first(),
        };
        let chosen = chosen.expect("a variant");
        match &chosen.fields {
            Fields::Unit => format!("{path}::{}", chosen.ident),
            fields => {
                let values = fields.iter().map(|it| self.of(&it.ty, level, depth + 1));
                format!("{path}::{}({})", chosen.ident, values.collect::<String>())
            }
        }
    }
}

/// The last word of a path.
pub(crate) fn last(ty: &Type) -> String {
    match ty {
        Type::Path(path) => path.path.segments.last().unwrap().ident.to_string(),
        other => text(other),
    }
}

/// An argument of a generic type.
pub(crate) fn inner(ty: &Type, place: usize) -> Type {
    let Type::Path(path) = ty else {
        panic!("`{}` is not generic", text(ty))
    };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last().unwrap().arguments
    else {
        panic!("`{}` is not generic", text(ty))
    };
    let types = arguments.args.iter().filter_map(|it| match it {
        GenericArgument::Type(ty) => Some(ty.clone()),
        _ => None,
    });
    types.into_iter().nth(place).expect("an argument")
}
