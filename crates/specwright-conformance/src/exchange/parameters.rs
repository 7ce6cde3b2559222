//! Parameters and headers: found, read in their style, and held against their schemas.

use hyper::HeaderMap;
use serde_json::Value;
use specwright_diagnostics::Pointer;

use super::{
    json::{self, Read},
    operation::{Content, Parameter, Place},
    pairs::Pairs,
    reading::{Raw, Reader, Wants},
    rules,
    styles::{Escapes, Shape, Style, Writing},
    verdict::{Part, Verdict},
};
use crate::schema::Checked;

/// How many query parameters that nobody knows are told.
const MOST_UNKNOWN: usize = 20;

/// What one reading of a text comes to: what is known about its value, or why there is none.
type Tried = Result<Checked, String>;

/// A check of parameters.
pub(crate) struct Parameters<'a> {
    pub(crate) reader: Reader<'a>,
    pub(crate) in_response: bool,
}

impl Parameters<'_> {
    /// The path parameters, which are as they were sent.
    pub(crate) fn path(&self, all: &[Parameter], sent: &[(&str, String)], verdict: &mut Verdict) {
        for parameter in all.iter().filter(|it| it.place == Place::Path) {
            let part = Part::Path(parameter.name.clone());
            let Some((_, text)) = sent.iter().find(|(name, _)| *name == parameter.name) else {
                let reason = "no template has a place for this parameter";
                verdict.leave_open(part, &parameter.document, reason);
                continue;
            };
            let tried = self.try_whole(parameter, text, &[Escapes::Percent]);
            self.conclude(parameter, &part, tried, verdict);
        }
    }

    /// A header field, its lines in one (RFC 9110 §5.3).
    pub(crate) fn header(&self, parameter: &Parameter, headers: &HeaderMap, verdict: &mut Verdict) {
        let part = Part::Header(parameter.name.clone());
        let lines: Vec<String> = headers
            .get_all(parameter.name.as_str())
            .iter()
            .map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned())
            .collect();
        if lines.is_empty() {
            self.missing(parameter, part, verdict);
            return;
        }
        // The one field whose lines are never put together (RFC 9110 §5.3).
        let texts = match parameter.name.eq_ignore_ascii_case("set-cookie") {
            true => lines,
            false => vec![lines.join(", ")],
        };
        for text in texts {
            let escapes = [Escapes::None, Escapes::Percent];
            let tried = self.try_whole(parameter, text.trim(), &escapes);
            self.conclude(parameter, &part, tried, verdict);
        }
    }

    /// The parameters in the query or in cookies.
    pub(crate) fn pairs(
        &self,
        all: &[Parameter],
        place: Place,
        pairs: &mut Pairs,
        verdict: &mut Verdict,
    ) {
        let own: Vec<&Parameter> = all.iter().filter(|it| it.place == place).collect();
        for parameter in &own {
            let others: Vec<&str> = own
                .iter()
                .map(|it| it.name.as_str())
                .filter(|name| *name != parameter.name)
                .collect();
            let part = match place {
                Place::Cookie => Part::Cookie(parameter.name.clone()),
                _ => Part::Query(parameter.name.clone()),
            };
            let escapes: &[Escapes] = match place {
                Place::Cookie => &[Escapes::Percent, Escapes::None],
                _ => &[Escapes::Plus, Escapes::Percent],
            };
            match self.try_pairs(parameter, pairs, &others, escapes) {
                Some(tried) => self.conclude(parameter, &part, tried, verdict),
                None => self.missing(parameter, part, verdict),
            }
            let schema = parameter.schema.as_ref();
            let wants = self.wants(parameter);
            let writing = writing(parameter, Escapes::Plus);
            let is_object = wants.object && !wants.scalar() && parameter.style == Style::Form;
            pairs.claim_for(&writing, is_object, schema, &self.reader, &others);
        }
    }

    /// Notes the query parameters that nobody claimed.
    pub(crate) fn unknown(&self, pairs: &Pairs, operation: &Pointer, verdict: &mut Verdict) {
        for name in pairs.unclaimed().into_iter().take(MOST_UNKNOWN) {
            let message = "the operation has no such parameter";
            let part = Part::Query(name.to_owned());
            verdict.find(&rules::UNKNOWN_PARAMETER, part, operation, message);
        }
        if pairs.is_cut {
            verdict.leave_open(
                Part::QueryString,
                operation,
                "there are too many parameters",
            );
        }
    }

    fn missing(&self, parameter: &Parameter, part: Part, verdict: &mut Verdict) {
        if parameter.required {
            let rule = match self.in_response {
                true => &rules::MISSING_HEADER,
                false => &rules::MISSING_PARAMETER,
            };
            let message = "it is required and not there";
            verdict.find(rule, part, &parameter.document, message);
        }
    }

    fn conclude(&self, parameter: &Parameter, part: &Part, tried: Tried, verdict: &mut Verdict) {
        let rule = Verdict::rule_of(part, self.in_response);
        match tried {
            Ok(checked) => verdict.take(rule, part, checked),
            Err(message) => verdict.find(rule, part.clone(), &parameter.document, message),
        }
    }

    fn wants(&self, parameter: &Parameter) -> Wants {
        let schema = parameter.schema.as_ref();
        schema.map_or_else(Wants::default, |at| self.reader.wants(at))
    }

    /// The shapes that a value may have: what is richer comes first.
    pub(crate) fn shapes(&self, parameter: &Parameter) -> Vec<Shape> {
        let wants = self.wants(parameter);
        let mut shapes = Vec::new();
        if parameter.schema.is_none() || wants.scalar() {
            shapes.push(Shape::Scalar);
        }
        if wants.array {
            shapes.push(Shape::Array);
        }
        if wants.object {
            shapes.push(Shape::Object);
        }
        if shapes.is_empty() {
            shapes.push(Shape::Scalar);
        }
        shapes
    }

    fn try_whole(&self, parameter: &Parameter, text: &str, escapes: &[Escapes]) -> Tried {
        if let Some(media) = &parameter.media {
            return best(
                escapes
                    .iter()
                    .map(|it| self.content(media, &it.decode(text))),
            );
        }
        let shapes = self.shapes(parameter);
        best(escapes.iter().flat_map(|escapes| {
            let writing = writing(parameter, *escapes);
            let tried = shapes.iter().map(move |shape| {
                let raw = writing.whole(text, *shape)?;
                Ok(self.check(parameter, &raw))
            });
            tried.collect::<Vec<_>>()
        }))
    }

    /// `None` if nothing of the parameter is there.
    fn try_pairs(
        &self,
        parameter: &Parameter,
        pairs: &Pairs,
        others: &[&str],
        escapes: &[Escapes],
    ) -> Option<Tried> {
        let values = pairs.values(&parameter.name);
        if parameter.allow_empty && values == [""] {
            return Some(Ok(Checked::default()));
        }
        if let Some(media) = &parameter.media {
            let text = values.first()?;
            return Some(best(
                escapes
                    .iter()
                    .map(|it| self.content(media, &it.decode(text))),
            ));
        }
        let schema = parameter.schema.as_ref();
        let mut tried = Vec::new();
        for escapes in escapes {
            let writing = writing(parameter, *escapes);
            for shape in self.shapes(parameter) {
                match pairs.parts(&writing, shape, schema, &self.reader, others) {
                    Some(Ok(raw)) => tried.push(Ok(self.check(parameter, &raw))),
                    Some(Err(message)) => tried.push(Err(message)),
                    None => {}
                }
                if tried
                    .last()
                    .is_some_and(|it| it.as_ref().is_ok_and(Checked::is_valid))
                {
                    return tried.pop();
                }
            }
        }
        (!tried.is_empty()).then(|| best(tried))
    }

    fn check(&self, parameter: &Parameter, raw: &Raw) -> Checked {
        let schema = parameter.schema.as_ref();
        self.reader.check(schema, &self.reader.value(raw, schema))
    }

    /// The value of a parameter that has a media type.
    fn content(&self, media: &Content, text: &str) -> Tried {
        if media.range.as_ref().is_some_and(|it| it.is_json()) {
            return match json::read(text.as_bytes()) {
                Read::Value(value, _) => Ok(self.reader.check(media.schema.as_ref(), &value)),
                Read::Malformed(why) => Err(why),
                Read::Beyond(why) => Ok(open(&media.document, why)),
            };
        }
        if media.range.as_ref().is_some_and(|it| it.is_text()) {
            let value = self.reader.scalar(text, media.schema.as_ref());
            return Ok(self.reader.check(media.schema.as_ref(), &value));
        }
        Ok(match media.schema {
            Some(_) => open(
                &media.document,
                "values of this media type are not looked at",
            ),
            None => Checked::default(),
        })
    }

    /// The whole query as one value (OAS 3.2.0, Parameter Object).
    pub(crate) fn query_string(
        &self,
        parameter: &Parameter,
        raw: &str,
        verdict: &mut Verdict,
        form: impl FnOnce(&Content, &str) -> Tried,
    ) {
        let part = Part::QueryString;
        if raw.is_empty() {
            self.missing(parameter, part, verdict);
            return;
        }
        let Some(media) = &parameter.media else {
            return;
        };
        let tried = match &media.range {
            Some(range) if range.is_form() => form(media, raw),
            _ => best(
                [Escapes::Percent, Escapes::Plus]
                    .iter()
                    .map(|it| self.content(media, &it.decode(raw))),
            ),
        };
        self.conclude(parameter, &part, tried, verdict);
    }
}

pub(crate) fn writing(parameter: &Parameter, escapes: Escapes) -> Writing<'_> {
    Writing {
        name: &parameter.name,
        style: parameter.style,
        explode: parameter.explode,
        escapes,
    }
}

/// The best of several readings: one that fits, else one that may, else the first that is a value at all.
pub(crate) fn best(tried: impl IntoIterator<Item = Tried>) -> Tried {
    let rank = |it: &Tried| match it {
        Ok(checked) if checked.is_valid() => 3,
        Ok(checked) if checked.violations.is_empty() => 2,
        Ok(_) => 1,
        Err(_) => 0,
    };
    let mut best: Option<Tried> = None;
    for next in tried {
        if rank(&next) == 3 {
            return next;
        }
        if best.as_ref().is_none_or(|it| rank(it) < rank(&next)) {
            best = Some(next);
        }
    }
    best.unwrap_or_else(|| Ok(Checked::default()))
}

pub(crate) fn open(document: &Pointer, reason: &str) -> Checked {
    Checked {
        violations: Vec::new(),
        undecided: vec![crate::schema::Undecidable {
            instance: Pointer::root(),
            schema: document.clone(),
            reason: reason.to_owned(),
        }],
    }
}

/// The text of a value as a form field carries it, for fields that are read by media type.
pub(crate) fn as_json(text: &str) -> Option<Value> {
    match json::read(text.as_bytes()) {
        Read::Value(value, _) => Some(value),
        _ => None,
    }
}
