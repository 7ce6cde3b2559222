//! Bodies that are forms: their fields as the members of one object.

use serde_json::{Map, Value};
use specwright_diagnostics::Pointer;

use super::{
    multipart::Part,
    operation::{Content, FieldWriting},
    pairs::Pairs,
    parameters::as_json,
    reading::{Raw, Reader},
    styles::{Escapes, Shape, Style, Writing},
};

/// Reads forms.
pub(crate) struct Forms<'a> {
    pub(crate) reader: Reader<'a>,
    pub(crate) content: &'a Content,
}

impl Forms<'_> {
    /// The fields that the document knows, each with its schema.
    fn known(&self) -> Vec<(String, Pointer)> {
        match (&self.content.fields, &self.content.schema) {
            (Some(fields), _) => fields
                .iter()
                .map(|it| (it.name.clone(), it.schema.clone()))
                .collect(),
            (None, Some(schema)) => self.reader.properties(schema),
            (None, None) => Vec::new(),
        }
    }

    /// The schema of a field.
    pub(crate) fn field(&self, name: &str) -> Option<Pointer> {
        match (&self.content.fields, &self.content.schema) {
            (Some(fields), _) => {
                let field = fields.iter().find(|it| it.name == name);
                field.map(|it| it.schema.clone())
            }
            (None, Some(schema)) => self.reader.property(schema, name),
            (None, None) => None,
        }
    }

    /// Fields are written like query parameters (OAS 3.0.3, Encoding Object), in 2.0 by `collectionFormat`.
    fn writing(&self, name: &str) -> FieldWriting {
        let own = self.content.encodings.iter().find(|(own, _)| own == name);
        own.map_or(
            FieldWriting {
                style: Style::Form,
                explode: true,
                content_type: None,
            },
            |(_, it)| it.clone(),
        )
    }

    /// The value of `application/x-www-form-urlencoded` text.
    ///
    /// # Errors
    /// What is wrong with a field.
    pub(crate) fn urlencoded(&self, text: &str) -> Result<Value, String> {
        let mut pairs = Pairs::of_query(text);
        if pairs.is_cut {
            return Err("there are too many fields".to_owned());
        }
        let known = self.known();
        let names: Vec<&str> = known.iter().map(|(name, _)| name.as_str()).collect();
        let mut members = Map::new();
        for (name, schema) in &known {
            let others: Vec<&str> = names.iter().copied().filter(|it| it != name).collect();
            let own = self.writing(name);
            let writing = Writing {
                name,
                style: own.style,
                explode: own.explode,
                escapes: Escapes::Plus,
            };
            if let Some(value) = self.named(&pairs, &writing, schema, &own, &others)? {
                members.insert(name.clone(), value);
            }
            pairs.claim_for(&writing, false, Some(schema), &self.reader, &others);
        }
        for name in pairs.unclaimed() {
            let schema = self.field(name);
            let values = pairs.values(name);
            let texts: Vec<String> = values.iter().map(|it| Escapes::Plus.decode(it)).collect();
            let raw = match <[String; 1]>::try_from(texts) {
                Ok([text]) => Raw::Text(text),
                Err(texts) => Raw::List(texts),
            };
            members.insert(name.to_owned(), self.reader.value(&raw, schema.as_ref()));
        }
        Ok(members.into())
    }

    fn named(
        &self,
        pairs: &Pairs,
        writing: &Writing<'_>,
        schema: &Pointer,
        own: &FieldWriting,
        others: &[&str],
    ) -> Result<Option<Value>, String> {
        let is_json = own
            .content_type
            .as_deref()
            .is_some_and(specwright_openapi::is_json);
        let wants = self.reader.wants(schema);
        let values = pairs.values(writing.name);
        // An object in a form is JSON unless a style is given (OAS 3.1.1, Encoding Object).
        let is_object = wants.object && !wants.scalar() && !wants.array;
        if let ([text], true) = (values.as_slice(), is_json || is_object) {
            let text = writing.escapes.decode(text);
            if let Some(value) = as_json(&text).filter(|it| is_json || it.is_object()) {
                return Ok(Some(value));
            }
        }
        let shapes = [
            (Shape::Scalar, wants.scalar()),
            (Shape::Array, wants.array),
            (
                Shape::Object,
                wants.object && writing.style == Style::DeepObject,
            ),
        ];
        let mut first = None;
        for (shape, is_wanted) in shapes {
            if !is_wanted {
                continue;
            }
            let Some(raw) = pairs.parts(writing, shape, Some(schema), &self.reader, others) else {
                continue;
            };
            let value = raw.map(|raw| self.reader.value(&raw, Some(schema)));
            let fits = |value: &Value| {
                let checker = self.reader.checker(schema);
                checker.is_some_and(|it| it.is_valid(value))
            };
            if value.as_ref().is_ok_and(fits) {
                return value.map(Some);
            }
            first = first.or(Some(value));
        }
        match (first, values.first()) {
            (Some(value), _) => value
                .map(Some)
                .map_err(|why| format!("the field `{}`: {why}", writing.name)),
            // Nothing that can be written in a form is wanted; what is there shows that.
            (None, Some(text)) => Ok(Some(writing.escapes.decode(text).into())),
            (None, None) => Ok(None),
        }
    }

    /// The value of `multipart/form-data` parts.
    ///
    /// # Errors
    /// What is wrong with a part.
    pub(crate) fn multipart(&self, parts: &[Part<'_>]) -> Result<Value, String> {
        let mut fields: Vec<(&str, Vec<&Part<'_>>)> = Vec::new();
        for part in parts {
            let name = part.name.as_deref().ok_or("a part has no name")?;
            match fields.iter_mut().find(|(own, _)| *own == name) {
                Some((_, parts)) => parts.push(part),
                None => fields.push((name, vec![part])),
            }
        }
        let mut members = Map::new();
        for (name, parts) in fields {
            let schema = self.field(name);
            let wants = schema.as_ref().map(|it| self.reader.wants(it));
            // Arrays are sent as one part for each element (OAS 3.0.3, Special Considerations for multipart Content).
            let is_list = match wants {
                Some(wants) => wants.array && (!wants.scalar() || parts.len() > 1),
                None => parts.len() > 1,
            };
            let value = match parts.as_slice() {
                [only] if is_list && is_json(only) => self.part(name, only, schema.as_ref())?,
                _ if is_list => {
                    let items = schema.as_ref().and_then(|it| self.reader.items(it));
                    let values = parts.iter().map(|it| self.part(name, it, items.as_ref()));
                    values.collect::<Result<Value, String>>()?
                }
                [only] => self.part(name, only, schema.as_ref())?,
                _ => return Err(format!("the field `{name}` is there {} times", parts.len())),
            };
            members.insert(name.to_owned(), value);
        }
        Ok(members.into())
    }

    fn part(&self, name: &str, part: &Part<'_>, schema: Option<&Pointer>) -> Result<Value, String> {
        let text = String::from_utf8_lossy(part.content).into_owned();
        if is_json(part) {
            return as_json(&text).ok_or_else(|| format!("the part `{name}` is no JSON"));
        }
        let wants = schema.map(|it| self.reader.wants(it));
        // Objects are JSON where nothing else is said (OAS 3.0.3, Encoding Object).
        let is_structure = wants.is_some_and(|it| (it.object || it.array) && !it.scalar());
        let is_open = part.media_type.is_none() && !part.is_file;
        if is_structure
            && is_open
            && let Some(value) = as_json(&text)
        {
            return Ok(value);
        }
        Ok(self.reader.scalar(&text, schema))
    }
}

fn is_json(part: &Part<'_>) -> bool {
    part.media_type
        .as_ref()
        .is_some_and(super::media::MediaType::is_json)
}
