//! Cursors as clients see them: opaque, checked, and in the form that the description asks for.

use std::{
    collections::{BTreeMap, VecDeque},
    fmt::Write,
    sync::{Mutex, PoisonError},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::Cursor;
use crate::mock::{
    random::{Random, scramble},
    value::{Kind, Shape, text},
};

/// How many characters [`Form::Text`] has.
const LENGTH: usize = 16;

/// The longest cursor that is made because a schema asks for it.
const LONGEST: usize = 1_000;

/// The bits of a cursor's number in a UUID, of which six tell version and variant.
const UUID_BITS: u64 = (1 << 60) - 1;

/// The bits of a cursor's number in an integer of 31 bits.
const SHORT_BITS: u64 = (1 << 24) - 1;

/// The bits of the checksum beside them.
const CHECK_BITS: u64 = (1 << 7) - 1;

/// How many cursors are remembered where they follow a pattern and cannot be read.
const REMEMBERED: usize = 10_000;

/// How many texts are tried until one is of no other cursor.
const TRIES: usize = 20;

/// Writes and reads cursors.
#[derive(Debug)]
pub(crate) struct Codec {
    key: u64,
    form: Form,
    remembered: Mutex<Remembered>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    /// base64url.
    Text,
    /// The same, made longer to so many characters.
    Long(usize),
    /// The form of a UUID (RFC 9562).
    Uuid,
    /// An integer of 31 bits, from this one on.
    Integer(i64),
    /// An integer of 31 bits in digits and letters.
    Short,
    /// A text that matches a pattern; it is looked up.
    Pattern {
        pattern: String,
        least: usize,
        most: Option<usize>,
    },
}

/// Texts that were given out, and the cursors that they stand for.
#[derive(Debug, Default)]
struct Remembered {
    cursors: BTreeMap<String, u64>,
    texts: BTreeMap<u64, String>,
    order: VecDeque<u64>,
}

impl Codec {
    /// For cursors of this shape: what the schemas of the request's and the response's place say of them.
    pub(crate) fn new(key: u64, shape: &Shape<'_>) -> Self {
        let limits = &shape.text;
        let form = match (shape.kind, limits.format, limits.pattern) {
            (Some(Kind::Integer | Kind::Number), ..) => {
                let low = shape.range.low.map_or(0, |(it, _)| it.ceil() as i64);
                Form::Integer(shape.range.least.unwrap_or(0).max(low).max(0))
            }
            (_, _, Some(pattern)) => Form::Pattern {
                pattern: pattern.to_owned(),
                least: limits.least,
                most: limits.most,
            },
            (_, Some("uuid" | "guid"), _) => Form::Uuid,
            _ if limits.most.is_some_and(|most| most < LENGTH) => Form::Short,
            _ if limits.least > LENGTH => Form::Long(limits.least.min(LONGEST)),
            _ => Form::Text,
        };
        Self {
            key,
            form,
            remembered: Mutex::default(),
        }
    }

    /// The cursor as clients see it.
    pub(crate) fn encode(&self, cursor: Cursor) -> String {
        let number = cursor.number();
        match &self.form {
            Form::Text => self.text(number),
            Form::Long(least) => format!("{:_<least$}", self.text(number)),
            Form::Uuid => {
                let check = scramble(number ^ self.key) >> 2;
                let hidden = (number ^ self.mask(check)) & UUID_BITS;
                text::uuid(((hidden >> 12) << 16) | (hidden & 0xfff), check)
            }
            Form::Integer(least) => least
                .saturating_add_unsigned(self.integer(number))
                .to_string(),
            Form::Short => in_base_36(self.integer(number)),
            Form::Pattern {
                pattern,
                least,
                most,
            } => self.matching(number, pattern, *least, *most),
        }
    }

    /// `None` if the text is none that [`Codec::encode`] gives, or has given in the case of a pattern.
    pub(crate) fn decode(&self, text: &str) -> Option<Cursor> {
        let number = match &self.form {
            Form::Text | Form::Long(_) => {
                let bytes = URL_SAFE_NO_PAD.decode(text.get(..LENGTH)?).ok()?;
                let (hidden, check) = bytes.split_first_chunk::<8>()?;
                let check = u32::from_be_bytes(check.try_into().ok()?);
                u64::from_be_bytes(*hidden) ^ self.mask(check.into())
            }
            Form::Uuid => {
                let digits: String = text.chars().filter(|it| *it != '-').collect();
                let value = u128::from_str_radix(&digits, 16).ok()?;
                let (high, low) = ((value >> 64) as u64, value as u64);
                let hidden = ((high >> 16) << 12) | (high & 0xfff);
                (hidden ^ self.mask(low & !(0b11 << 62))) & UUID_BITS
            }
            Form::Integer(least) => {
                let value: i64 = text.parse().ok()?;
                self.number_of(u64::try_from(value.checked_sub(*least)?).ok()?)
            }
            Form::Short => self.number_of(u64::from_str_radix(text, 36).ok()?),
            Form::Pattern { .. } => {
                let remembered = self.remembered();
                return remembered
                    .cursors
                    .get(text)
                    .and_then(|number| Cursor::of_number(*number));
            }
        };
        let cursor = Cursor::of_number(number)?;
        (self.encode(cursor) == text).then_some(cursor)
    }

    fn mask(&self, check: u64) -> u64 {
        scramble(self.key.wrapping_add(scramble(check)))
    }

    fn text(&self, number: u64) -> String {
        let check = scramble(number ^ self.key) as u32;
        let hidden = number ^ self.mask(check.into());
        let bytes = [
            hidden.to_be_bytes().as_slice(),
            check.to_be_bytes().as_slice(),
        ]
        .concat();
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn integer(&self, number: u64) -> u64 {
        let check = scramble(number ^ self.key) & CHECK_BITS;
        let hidden = (number ^ self.mask(check)) & SHORT_BITS;
        (hidden << 7) | check
    }

    fn number_of(&self, integer: u64) -> u64 {
        ((integer >> 7) ^ self.mask(integer & CHECK_BITS)) & SHORT_BITS
    }

    fn remembered(&self) -> std::sync::MutexGuard<'_, Remembered> {
        self.remembered
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// A text that matches the pattern and stands for the cursor from now on.
    fn matching(&self, number: u64, pattern: &str, least: usize, most: Option<usize>) -> String {
        let mut remembered = self.remembered();
        if let Some(known) = remembered.texts.get(&number) {
            return known.clone();
        }
        let mut random = Random::new(scramble(number ^ self.key));
        let mut limits = crate::mock::value::Shape::default().text;
        limits.pattern = Some(pattern);
        limits.least = least;
        limits.most = most;
        let mut found = String::new();
        for _ in 0..TRIES {
            found = text::text(&limits, "cursor", &mut random);
            if !remembered.cursors.contains_key(&found) {
                break;
            }
        }
        if remembered.order.len() >= REMEMBERED
            && let Some(oldest) = remembered.order.pop_front()
            && let Some(text) = remembered.texts.remove(&oldest)
        {
            remembered.cursors.remove(&text);
        }
        remembered.cursors.insert(found.clone(), number);
        remembered.texts.insert(number, found.clone());
        remembered.order.push_back(number);
        found
    }
}

fn in_base_36(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit((number % 36) as u32, 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            break;
        }
    }
    let mut text = String::new();
    for digit in digits.into_iter().rev() {
        // Writing to a text cannot fail.
        let _ = text.write_char(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codec(form: Form) -> Codec {
        Codec {
            key: 7,
            form,
            remembered: Mutex::default(),
        }
    }

    fn forms() -> Vec<Codec> {
        let pattern = Form::Pattern {
            pattern: "^c_[a-z]{12}$".to_owned(),
            least: 0,
            most: None,
        };
        [
            Form::Text,
            Form::Long(40),
            Form::Uuid,
            Form::Integer(0),
            Form::Integer(10),
            Form::Short,
            pattern,
        ]
        .into_iter()
        .map(codec)
        .collect()
    }

    fn cursors() -> Vec<Cursor> {
        let mut cursors = vec![Cursor::forward(None)];
        for at in [0, 1, 25, 1_500_000] {
            cursors.push(Cursor::forward(Some(at)));
            cursors.push(Cursor::backward(at));
            cursors.push(Cursor {
                after_empty: true,
                again: true,
                ..Cursor::forward(Some(at))
            });
        }
        cursors
    }

    #[test]
    fn every_cursor_survives_in_every_form() {
        for codec in forms() {
            let texts: Vec<String> = cursors().into_iter().map(|it| codec.encode(it)).collect();
            for (text, cursor) in texts.iter().zip(cursors()) {
                assert_eq!(codec.decode(text), Some(cursor), "{text}");
            }
        }
    }

    #[test]
    fn forms_keep_to_their_limits() {
        for cursor in cursors() {
            let [plain, long, uuid, integer, from_ten, short, pattern] =
                <[Codec; 7]>::try_from(forms()).unwrap();
            assert_eq!(plain.encode(cursor).len(), LENGTH);
            assert_eq!(long.encode(cursor).len(), 40);
            let uuid = uuid.encode(cursor);
            assert_eq!((uuid.len(), &uuid[14..15]), (36, "4"));
            assert!(
                integer
                    .encode(cursor)
                    .parse::<i32>()
                    .is_ok_and(|it| it >= 0)
            );
            assert!(
                from_ten
                    .encode(cursor)
                    .parse::<i64>()
                    .is_ok_and(|it| it >= 10)
            );
            assert!(short.encode(cursor).len() <= 6);
            assert_eq!(pattern.encode(cursor).len(), 14);
        }
    }

    #[test]
    fn cursors_say_nothing_of_their_place() {
        let codec = codec(Form::Text);
        let text = codec.encode(Cursor::forward(Some(19)));
        let decoded = URL_SAFE_NO_PAD.decode(&text).unwrap();
        assert!(!decoded.ends_with(&[19]) && !text.contains("19"), "{text}");
        let other = Codec { key: 8, ..codec };
        assert_eq!(other.decode(&text), None, "another list's cursor");
    }

    #[test]
    fn other_texts_are_no_cursors() {
        for codec in forms() {
            let good = codec.encode(Cursor::forward(Some(20)));
            let shortened = &good[1..];
            let padded = format!("{good}=");
            for text in ["", "?", "20", shortened, &padded, "\u{fffd}", "eyJpZCI6MX0"] {
                assert_eq!(codec.decode(text), None, "{text} of {:?}", codec.form);
            }
        }
    }
}
