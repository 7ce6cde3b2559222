//! What a request says: the values that its texts and its body stand for.

use serde_json::Value;

use super::{
    Exchanges, Request, content_type,
    form::Forms,
    json::{self, Read},
    media::MediaType,
    multipart,
    operation::{Content, Operation, Parameter, Place},
    pairs::Pairs,
    parameters::{Parameters, writing},
    reading::Reader,
    route::Match,
    styles::{Escapes, Shape, Style},
    verdict::Part,
};
use crate::schema::Direction;

/// The values of a request.
///
/// A text may be read in more than one way, as `7` where a schema allows numbers and texts; all of them are listed, those
/// that fit the schema included.
#[derive(Debug, Clone, Default)]
pub struct Readings {
    /// The parameters that are there, each with everything it can be read as.
    pub parameters: Vec<(Part, Vec<Value>)>,
    /// Everything that the body can be read as; empty if there is no body.
    ///
    /// A form is an object of its fields, a sequence of JSON values an array; what is neither JSON nor a form is a text, in
    /// which octets that are no UTF-8 are replaced.
    pub body: Vec<Value>,
}

impl Exchanges {
    /// What the request says; `None` if it belongs to no operation.
    #[must_use]
    pub fn readings(&self, request: &Request<'_>) -> Option<Readings> {
        let Match::Operation {
            operation,
            parameters,
        } = self.find(request.method, request.path)
        else {
            return None;
        };
        let operation = self.0.operations.get(operation)?;
        let reader = self.reader(Direction::Request);
        Some(Readings {
            parameters: of_parameters(reader, operation, &parameters, request),
            body: of_body(reader, operation, request),
        })
    }
}

fn of_parameters(
    reader: Reader<'_>,
    operation: &Operation,
    in_path: &[(&str, String)],
    request: &Request<'_>,
) -> Vec<(Part, Vec<Value>)> {
    let fields = request.headers.get_all("cookie").iter();
    let cookies = Pairs::of_cookies(fields.filter_map(|it| it.to_str().ok()));
    let query = Pairs::of_query(request.raw_query);
    let all = &operation.parameters;
    let mut found = Vec::new();
    for parameter in all {
        let name = parameter.name.clone();
        let others: Vec<&str> = all
            .iter()
            .filter(|it| it.place == parameter.place && it.name != parameter.name)
            .map(|it| it.name.as_str())
            .collect();
        let (part, values) = match parameter.place {
            Place::Path => {
                let own = in_path.iter().find(|(own, _)| *own == name);
                let text = own.map(|(_, text)| text.as_str());
                (
                    Part::Path(name),
                    whole(reader, parameter, text, &[Escapes::Percent]),
                )
            }
            Place::Header => {
                let lines = request.headers.get_all(name.as_str()).iter();
                let lines: Vec<_> = lines
                    .map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned())
                    .collect();
                let text = lines.join(", ");
                let text = (!lines.is_empty()).then_some(text.trim());
                let escapes = [Escapes::None, Escapes::Percent];
                (Part::Header(name), whole(reader, parameter, text, &escapes))
            }
            Place::Cookie => {
                let escapes = [Escapes::Percent, Escapes::None];
                let values = among(reader, parameter, &cookies, &others, &escapes);
                (Part::Cookie(name), values)
            }
            Place::Query => {
                let escapes = [Escapes::Plus, Escapes::Percent];
                let values = among(reader, parameter, &query, &others, &escapes);
                (Part::Query(name), values)
            }
            Place::QueryString => (
                Part::QueryString,
                whole_query(reader, parameter, request.raw_query),
            ),
        };
        if !values.is_empty() {
            found.push((part, values));
        }
    }
    found
}

fn shapes(reader: Reader<'_>, parameter: &Parameter) -> Vec<Shape> {
    let parameters = Parameters {
        reader,
        in_response: false,
    };
    parameters.shapes(parameter)
}

/// A text that holds the whole value: in a path or a header.
fn whole(
    reader: Reader<'_>,
    parameter: &Parameter,
    text: Option<&str>,
    escapes: &[Escapes],
) -> Vec<Value> {
    let Some(text) = text else { return Vec::new() };
    if let Some(media) = &parameter.media {
        let texts = escapes.iter().map(|it| it.decode(text));
        return texts.filter_map(|it| content(reader, media, &it)).collect();
    }
    let schema = parameter.schema.as_ref();
    let mut values = Vec::new();
    for escapes in escapes {
        for shape in shapes(reader, parameter) {
            if let Ok(raw) = writing(parameter, *escapes).whole(text, shape) {
                values.push(reader.value(&raw, schema));
            }
        }
    }
    values
}

/// A value among pairs: in a query or in cookies.
fn among(
    reader: Reader<'_>,
    parameter: &Parameter,
    pairs: &Pairs,
    others: &[&str],
    escapes: &[Escapes],
) -> Vec<Value> {
    if let Some(media) = &parameter.media {
        let values = pairs.values(&parameter.name);
        let Some(text) = values.first() else {
            return Vec::new();
        };
        let texts = escapes.iter().map(|it| it.decode(text));
        return texts.filter_map(|it| content(reader, media, &it)).collect();
    }
    let schema = parameter.schema.as_ref();
    let mut values = Vec::new();
    for escapes in escapes {
        let writing = writing(parameter, *escapes);
        for shape in shapes(reader, parameter) {
            if let Some(Ok(raw)) = pairs.parts(&writing, shape, schema, &reader, others) {
                values.push(reader.value(&raw, schema));
            }
        }
    }
    if values.is_empty() && parameter.style == Style::Form {
        let texts = pairs.values(&parameter.name).into_iter();
        values.extend(texts.map(|it| Value::from(Escapes::Plus.decode(it))));
    }
    values
}

fn whole_query(reader: Reader<'_>, parameter: &Parameter, raw: &str) -> Vec<Value> {
    let Some(media) = parameter.media.as_ref().filter(|_| !raw.is_empty()) else {
        return Vec::new();
    };
    if media.range.as_ref().is_some_and(MediaType::is_form) {
        let forms = Forms {
            reader,
            content: media,
        };
        return forms.urlencoded(raw).into_iter().collect();
    }
    let texts = [Escapes::Percent, Escapes::Plus]
        .iter()
        .map(|it| it.decode(raw));
    texts.filter_map(|it| content(reader, media, &it)).collect()
}

/// The value of a parameter that has a media type.
fn content(reader: Reader<'_>, media: &Content, text: &str) -> Option<Value> {
    if media.range.as_ref().is_some_and(MediaType::is_json) {
        return read(text.as_bytes());
    }
    Some(reader.scalar(text, media.schema.as_ref()))
}

fn of_body(reader: Reader<'_>, operation: &Operation, request: &Request<'_>) -> Vec<Value> {
    let Some(body) = request.body.filter(|it| !it.is_empty()) else {
        return Vec::new();
    };
    let plain = || Value::from(String::from_utf8_lossy(body).into_owned());
    let Some(media_type) = content_type(request.headers).and_then(MediaType::parse) else {
        return vec![plain()];
    };
    let described = operation.body.iter().flat_map(|it| &it.content);
    let fits = described.filter_map(|it| Some((media_type.fit(it.range.as_ref()?)?, it)));
    let content = fits.max_by_key(|(fit, _)| *fit).map(|(_, content)| content);
    let value = if media_type.is_json() {
        read(body)
    } else if media_type.is_json_sequence() {
        let lines = body.split(|it| matches!(it, b'\n' | b'\x1e'));
        let lines = lines.map(<[u8]>::trim_ascii).filter(|it| !it.is_empty());
        lines.map(read).collect()
    } else {
        content.and_then(|content| {
            let forms = Forms { reader, content };
            if media_type.is_form() {
                forms.urlencoded(std::str::from_utf8(body).ok()?).ok()
            } else if media_type.essence == "multipart/form-data" {
                let parts = multipart::parts(&media_type, body).ok()?;
                forms.multipart(&parts).ok()
            } else {
                None
            }
        })
    };
    value.into_iter().chain([plain()]).collect()
}

fn read(text: &[u8]) -> Option<Value> {
    match json::read(text) {
        Read::Value(value, _) => Some(value),
        Read::Malformed(_) | Read::Beyond(_) => None,
    }
}
