//! Bodies: found by their media type, read, and held against their schemas.

use hyper::HeaderMap;
use serde_json::Value;
use specwright_diagnostics::Pointer;

use super::{
    form::Forms,
    json::{self, Read},
    media::MediaType,
    multipart, one_way,
    operation::{Content, Field},
    reading::Reader,
    rules,
    verdict::{Part, Verdict},
};
use crate::schema::{Checked, Violation};

/// Bodies beyond this many bytes are not looked at.
const LARGEST: usize = 64 << 20;

/// How many items of a sequence are looked at.
const MOST_ITEMS: usize = 10_000;

/// A check of a body.
pub(crate) struct Bodies<'a> {
    pub(crate) reader: Reader<'a>,
}

impl Bodies<'_> {
    /// A body that is there, against what is described.
    pub(crate) fn check(
        &self,
        content: &[Content],
        headers: &HeaderMap,
        body: &[u8],
        document: &Pointer,
        verdict: &mut Verdict,
    ) {
        let content_type = content_type(headers);
        let described = || {
            let names: Vec<&str> = content.iter().map(|it| it.name.as_str()).collect();
            names.join(" or ")
        };
        let Some(text) = content_type else {
            let message = format!("expected {}, found none", described());
            verdict.find(&rules::CONTENT_TYPE, content_type_part(), document, message);
            return;
        };
        let Some(media_type) = MediaType::parse(text) else {
            let message = format!("expected {}, found `{}`", described(), short(text));
            verdict.find(&rules::CONTENT_TYPE, content_type_part(), document, message);
            return;
        };
        let fits = content.iter().filter_map(|it| {
            let fit = media_type.fit(it.range.as_ref()?)?;
            Some((fit, it))
        });
        // The first of equals.
        let best = fits.fold(None::<(usize, &Content)>, |best, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        });
        match best {
            Some((_, content)) if is_encoded(headers) => {
                let reason = "the body is in a content coding, which is not undone";
                verdict.leave_open(Part::Body, &content.document, reason);
            }
            Some((_, content)) => self.read(content, &media_type, body, verdict),
            None if content.iter().any(|it| it.range.is_none()) => {
                let reason = "the document names something that is no media type";
                verdict.leave_open(content_type_part(), document, reason);
            }
            None => {
                let message = format!("expected {}, found `{}`", described(), short(text));
                verdict.find(&rules::CONTENT_TYPE, content_type_part(), document, message);
            }
        }
    }

    fn read(&self, content: &Content, media_type: &MediaType, body: &[u8], verdict: &mut Verdict) {
        let at = &content.document;
        if body.len() > LARGEST {
            verdict.leave_open(Part::Body, at, "the body is too large to be looked at");
        } else if media_type.is_json() {
            self.json(content, body, verdict);
        } else if media_type.is_json_sequence() {
            self.sequence(content, media_type, body, verdict);
        } else if media_type.is_form() {
            match std::str::from_utf8(body) {
                Ok(text) => self.form(content, |forms| forms.urlencoded(text), verdict),
                Err(_) => malformed(at, "the text is not UTF-8".to_owned(), verdict),
            }
        } else if media_type.essence == "multipart/form-data" {
            match multipart::parts(media_type, body) {
                Ok(parts) => self.form(content, |forms| forms.multipart(&parts), verdict),
                Err(why) => malformed(at, why, verdict),
            }
        } else if media_type.is_xml() || media_type.is_multipart() || content.items.is_some() {
            if content.schema.is_some() || content.items.is_some() {
                let reason = "bodies of this media type are not held against schemas";
                verdict.leave_open(Part::Body, at, reason);
            }
        } else if media_type.is_text() {
            self.text(content, media_type, body, verdict);
        } else {
            self.binary(content, verdict);
        }
    }

    fn json(&self, content: &Content, body: &[u8], verdict: &mut Verdict) {
        let at = &content.document;
        match json::read(body) {
            Read::Value(value, repeated) => {
                if let Some(name) = repeated {
                    let message = format!("an object has the member `{}` twice", short(&name));
                    verdict.find(&rules::MALFORMED_BODY, Part::Body, at, message);
                }
                let checked = self.reader.check(content.schema.as_ref(), &value);
                verdict.take(&rules::INVALID_BODY, &Part::Body, checked);
                if let Some(schema) = &content.schema {
                    one_way::judge(&self.reader, schema, &value, verdict);
                }
            }
            Read::Malformed(why) => malformed(at, why, verdict),
            Read::TooDeep => verdict.leave_open(Part::Body, at, "the body nests too deeply"),
        }
    }

    /// Values one after another: each against the schema of items, all of them against the schema of the whole.
    fn sequence(
        &self,
        content: &Content,
        media_type: &MediaType,
        body: &[u8],
        verdict: &mut Verdict,
    ) {
        let at = &content.document;
        // JSON text sequences begin each text with RS (RFC 7464 §2.2).
        let separator = match media_type.essence.ends_with("json-seq") {
            true => b'\x1e',
            false => b'\n',
        };
        let texts = body.split(|it| *it == separator);
        let texts = texts.map(<[u8]>::trim_ascii).filter(|it| !it.is_empty());
        let mut values = Vec::new();
        for (index, text) in texts.enumerate() {
            if index == MOST_ITEMS {
                verdict.leave_open(Part::Body, at, "there are too many items");
                return;
            }
            match json::read(text) {
                Read::Value(value, _) => values.push(value),
                Read::Malformed(why) => {
                    return malformed(at, format!("item {index}: {why}"), verdict);
                }
                Read::TooDeep => {
                    return verdict.leave_open(Part::Body, at, "an item nests too deeply");
                }
            }
        }
        for (index, value) in values.iter().enumerate() {
            let checked = self.reader.check(content.items.as_ref(), value);
            let place = Pointer::root().index(index);
            verdict.take(&rules::INVALID_BODY, &Part::Body, below(&place, checked));
        }
        let checked = self.reader.check(content.schema.as_ref(), &values.into());
        verdict.take(&rules::INVALID_BODY, &Part::Body, checked);
    }

    fn form(
        &self,
        content: &Content,
        read: impl FnOnce(&Forms<'_>) -> Result<Value, String>,
        verdict: &mut Verdict,
    ) {
        let forms = Forms {
            reader: self.reader,
            content,
        };
        match read(&forms) {
            Ok(value) => {
                let checked = self.members(content, &value);
                verdict.take(&rules::INVALID_BODY, &Part::Body, checked);
            }
            Err(why) => malformed(&content.document, why, verdict),
        }
    }

    /// What is known about the object that a form is.
    pub(crate) fn members(&self, content: &Content, value: &Value) -> Checked {
        let Some(fields) = &content.fields else {
            return self.reader.check(content.schema.as_ref(), value);
        };
        let mut all = Checked::default();
        for field in fields {
            let place = Pointer::root().join(&field.name);
            match value.get(&field.name) {
                Some(value) => {
                    let checked = self.reader.check(Some(&field.schema), value);
                    let checked = below(&place, checked);
                    all.violations.extend(checked.violations);
                    all.undecided.extend(checked.undecided);
                }
                None if field.required => all.violations.push(missing(field)),
                None => {}
            }
        }
        all
    }

    fn text(&self, content: &Content, media_type: &MediaType, body: &[u8], verdict: &mut Verdict) {
        let at = &content.document;
        let Some(schema) = &content.schema else {
            return;
        };
        let charset = media_type
            .parameter("charset")
            .unwrap_or("utf-8")
            .to_ascii_lowercase();
        let text = match charset.as_str() {
            "utf-8" | "utf8" | "us-ascii" => match std::str::from_utf8(body) {
                Ok(text) => text.to_owned(),
                Err(_) => return malformed(at, format!("the text is not {charset}"), verdict),
            },
            "iso-8859-1" | "latin1" => body.iter().map(|it| char::from(*it)).collect(),
            _ => {
                let reason = format!("texts in `{}` are not read", short(&charset));
                return verdict.leave_open(Part::Body, at, reason);
            }
        };
        let value = self.reader.scalar(&text, Some(schema));
        let wants = self.reader.wants(schema);
        if !wants.scalar() {
            // How an object or an array is written as this text is not said anywhere.
            let reason = "how such a value is written in this media type is not said";
            return verdict.leave_open(Part::Body, at, reason);
        }
        let checked = self.reader.check(Some(schema), &value);
        verdict.take(&rules::INVALID_BODY, &Part::Body, checked);
    }

    /// Octets: all of them are fine where the schema wants any text.
    fn binary(&self, content: &Content, verdict: &mut Verdict) {
        let Some(schema) = &content.schema else {
            return;
        };
        // If both of these fit, neither length nor pattern is demanded.
        let probe = [
            "",
            "\u{0}\u{fffd} of some length, which no pattern foresees",
        ];
        let is_open = probe.iter().all(|text| {
            let checker = self.reader.checker(schema);
            checker.is_some_and(|it| it.is_valid(&(*text).into()))
        });
        if !is_open {
            let reason = "octets are not held against schemas";
            verdict.leave_open(Part::Body, &content.document, reason);
        }
    }
}

fn missing(field: &Field) -> Violation {
    Violation {
        instance: Pointer::root(),
        schema: field.schema.clone(),
        keyword: "required".to_owned(),
        message: format!("the property `{}` is missing", field.name),
    }
}

/// The same, seen from the value that holds the one that was checked.
fn below(place: &Pointer, mut checked: Checked) -> Checked {
    for violation in &mut checked.violations {
        violation.instance = place.concat(&violation.instance);
    }
    for open in &mut checked.undecided {
        open.instance = place.concat(&open.instance);
    }
    checked
}

fn malformed(at: &Pointer, why: String, verdict: &mut Verdict) {
    verdict.find(&rules::MALFORMED_BODY, Part::Body, at, why);
}

/// The field `Content-Type`.
pub(crate) fn content_type(headers: &HeaderMap) -> Option<&str> {
    headers.get("content-type")?.to_str().ok()
}

/// Whether the octets of the body are not those of its media type (RFC 9110 §8.4).
fn is_encoded(headers: &HeaderMap) -> bool {
    let mut fields = headers.get_all("content-encoding").iter();
    fields.any(|it| !it.as_bytes().eq_ignore_ascii_case(b"identity"))
}

fn content_type_part() -> Part {
    Part::Header("Content-Type".to_owned())
}

/// A text cut for messages.
fn short(text: &str) -> String {
    text.chars().take(60).collect()
}
