//! Seeded texts: by format, by what a name lets expect, or some words.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};

use super::{limits::Limits, pattern};
use crate::mock::random::Random;

/// The longest text that is made because a schema asks for it.
const LONGEST: usize = 10_000;

const WORDS: [&str; 32] = [
    "amber", "anchor", "april", "basil", "birch", "cedar", "clover", "cobalt", "coral", "dawn",
    "delta", "ember", "fern", "garnet", "harbor", "hazel", "indigo", "iris", "juniper", "lagoon",
    "linden", "maple", "meadow", "nimbus", "olive", "opal", "pebble", "quartz", "river", "saffron",
    "tundra", "willow",
];

/// How many texts of one kind are tried until one keeps to everything.
const TRIES: usize = 8;

/// A text within the limits for the property `name`; if none is found that keeps to all of them, one that keeps to the
/// lengths.
pub(crate) fn text(limits: &Limits<'_>, name: &str, random: &mut Random) -> String {
    if limits.patterns().next().is_none() && limits.format.is_none() {
        return fit(by_name(name, random), limits, random);
    }
    patterned(limits, random)
        .or_else(|| formatted(limits, random))
        .or_else(|| {
            limits
                .samples
                .iter()
                .find(|it| limits.permits(it))
                .map(|it| (*it).to_owned())
        })
        .unwrap_or_else(|| fit(by_name(name, random), limits, random))
}

/// A text that is made from a pattern and keeps to everything else too.
fn patterned(limits: &Limits<'_>, random: &mut Random) -> Option<String> {
    let mut patterns = limits.patterns();
    let first = patterns.next()?;
    let has_format = limits
        .format
        .is_some_and(|it| by_format(it, random).is_some());
    if patterns.next().is_none() && !has_format {
        return pattern::generate(first, limits, random);
    }
    // The format says more than the pattern as a rule: a pattern of times seldom rules out the 32nd of a month.
    if let Some(text) = has_format.then(|| formatted(limits, random)).flatten() {
        return Some(text);
    }
    let all: Vec<&str> = limits.patterns().collect();
    let mut candidates = (0..TRIES).flat_map(|_| all.iter());
    candidates.find_map(|pattern| {
        pattern::generate(pattern, limits, random).filter(|text| limits.permits(text))
    })
}

/// A text that is made from the format and keeps to everything else too.
fn formatted(limits: &Limits<'_>, random: &mut Random) -> Option<String> {
    let format = limits.format?;
    let usual = by_format(format, random);
    let is_plain = limits.least == 0 && limits.most.is_none() && limits.patterns().next().is_none();
    if is_plain {
        return usual;
    }
    let mut texts = usual.into_iter().collect::<Vec<_>>();
    texts.extend((1..TRIES).filter_map(|_| by_format(format, random)));
    texts.extend(short(format));
    texts.extend(long(format, limits.least.min(LONGEST), random));
    texts.into_iter().find(|text| limits.permits(text))
}

/// Texts of a format that are as short as such texts get, and other ways to write them.
fn short(format: &str) -> Vec<String> {
    let texts: &[&str] = match format {
        "email" | "idn-email" => &["ab@example.com", "a@b.co"],
        "uri" | "url" | "iri" => &["https://example.com", "https://a.co", "http://a.b", "a:b"],
        "uri-reference" | "iri-reference" => &["/a", "a"],
        "hostname" | "idn-hostname" => &["example.com", "a.co", "a"],
        "ipv4" | "ip" => &["192.0.2.1", "1.2.3.4"],
        "ipv6" => &["2001:db8::1", "::1"],
        "byte" | "base64" => &["YW1iZXI=", "YWI=", ""],
        "date-time" => &[
            "2024-05-06T07:08:09Z",
            "2024-05-06T07:08:09.123Z",
            "2024-05-06T07:08:09+00:00",
            "2024-05-06T07:08:09.123456Z",
            "2024-05-06T07:08:09.123+02:00",
        ],
        "time" => &["07:08:09Z", "07:08:09.123Z", "07:08:09+00:00"],
        "duration" => &["P1D", "PT1H", "P1Y2M3DT4H5M6S"],
        _ => &[],
    };
    texts.iter().map(|it| (*it).to_owned()).collect()
}

/// A text of a format that is at least so many characters long.
fn long(format: &str, least: usize, random: &mut Random) -> Option<String> {
    let filled = |before: &str, part: &str, after: &str| {
        let room = least.saturating_sub(before.len() + after.len());
        format!("{before}{}{after}", part.repeat(room.div_ceil(part.len())))
    };
    Some(match format {
        "email" | "idn-email" => filled("a@", "example.", "com"),
        "uri" | "url" | "iri" => filled("https://example.com/", word(random), ""),
        "uri-reference" | "iri-reference" => filled("/", word(random), ""),
        "hostname" | "idn-hostname" => filled("", "example.", "com"),
        "byte" | "base64" => "YWJj".repeat(least.div_ceil(4)),
        "date-time" => filled("2024-05-06T07:08:09.", "1", "Z"),
        "time" => filled("07:08:09.", "1", "Z"),
        _ => return None,
    })
}

/// One word.
pub(crate) fn word(random: &mut Random) -> &'static str {
    random.pick(&WORDS).copied().unwrap_or("word")
}

/// A text of the form `8-4-4-4-12` with the version and variant of a random UUID (RFC 9562 §5.4).
pub(crate) fn uuid(high: u64, low: u64) -> String {
    let high = (high & !0xf000) | 0x4000;
    let low = (low & !(0b11 << 62)) | (0b10 << 62);
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff
    )
}

fn by_format(format: &str, random: &mut Random) -> Option<String> {
    Some(match format {
        "date-time" => moment(random, 'T', "Z"),
        "local-date-time" => moment(random, ' ', ""),
        "date" => moment(random, 'T', "").split('T').next()?.to_owned(),
        "time" => format!("{}Z", moment(random, 'T', "").split('T').nth(1)?),
        "duration" => format!("PT{}S", random.below(86_400)),
        "uuid" | "guid" => uuid(random.next(), random.next()),
        "email" | "idn-email" => email(random),
        "uri" | "url" | "iri" => address(random),
        "uri-reference" | "iri-reference" => format!("/{}/{}", word(random), word(random)),
        "hostname" | "idn-hostname" => format!("{}.example.com", word(random)),
        // The blocks for documentation: RFC 5737 and RFC 3849.
        "ipv4" | "ip" => format!("192.0.2.{}", random.below(256)),
        "ipv6" => format!("2001:db8::{:x}", random.below(0x1_0000)),
        "base64url" => URL_SAFE_NO_PAD.encode(words(random, 3)),
        "byte" | "base64" => STANDARD.encode(words(random, 3)),
        "int64" | "int32" | "decimal" => random.below(100_000).to_string(),
        "phone" => phone(random),
        "http-date" => "Sun, 06 Nov 1994 08:49:37 GMT".to_owned(),
        "date-time-local" => moment(random, 'T', ""),
        "time-local" => moment(random, 'T', "").split('T').nth(1)?.to_owned(),
        "media-range" => "text/plain".to_owned(),
        "char" => random.pick(&["a", "b", "c", "x"]).copied()?.to_owned(),
        "json-pointer" => format!("/{}/{}", word(random), random.below(10)),
        "relative-json-pointer" => format!("{}/{}", random.below(3), word(random)),
        "regex" => format!("^{}$", word(random)),
        "uri-template" => format!("https://example.com/{}/{{id}}", word(random)),
        _ => return None,
    })
}

fn by_name(name: &str, random: &mut Random) -> String {
    let name = name.to_ascii_lowercase();
    let ends = |tails: &[&str]| tails.iter().any(|tail| name.ends_with(tail));
    if name.contains("phone") {
        phone(random)
    } else if name.contains("email") {
        email(random)
    } else if ends(&["url", "uri", "href", "link"]) {
        address(random)
    } else if ends(&["uuid", "guid"]) {
        uuid(random.next(), random.next())
    } else if ends(&["_id", "_ids", "identifier"]) || name == "id" {
        format!("{:016x}", random.next())
    } else if ends(&["currency", "currency_code", "currencycode"]) {
        random
            .pick(&["EUR", "USD", "GBP", "CHF"])
            .copied()
            .unwrap_or("EUR")
            .to_owned()
    } else if ends(&["country", "country_code", "countrycode"]) {
        random
            .pick(&["DE", "FR", "NL", "SE"])
            .copied()
            .unwrap_or("DE")
            .to_owned()
    } else if ends(&["language", "locale", "lang"]) {
        random
            .pick(&["de", "en", "fr", "nl"])
            .copied()
            .unwrap_or("en")
            .to_owned()
    } else if ends(&["timezone", "time_zone"]) {
        random
            .pick(&["Europe/Berlin", "Europe/Paris", "UTC"])
            .copied()
            .unwrap_or("UTC")
            .to_owned()
    } else if ends(&["created_at", "updated_at", "deleted_at", "expires_at"]) {
        moment(random, 'T', "Z")
    } else if ends(&["first_name", "firstname", "last_name", "lastname"]) {
        capital(word(random))
    } else if ends(&["name"]) {
        format!("{} {}", capital(word(random)), capital(word(random)))
    } else {
        let count = 1 + random.below(4);
        words(random, count)
    }
}

/// The text made longer or shorter as the limits ask.
fn fit(mut text: String, limits: &Limits<'_>, random: &mut Random) -> String {
    let least = limits.least.min(LONGEST);
    while text.chars().count() < least {
        text.push(' ');
        text.push_str(word(random));
    }
    match limits.most {
        Some(most) => text.chars().take(most).collect(),
        None => text,
    }
}

fn words(random: &mut Random, count: usize) -> String {
    let words: Vec<_> = (0..count).map(|_| word(random)).collect();
    words.join(" ")
}

fn capital(word: &str) -> String {
    let mut characters = word.chars();
    characters
        .next()
        .map(|it| it.to_ascii_uppercase())
        .into_iter()
        .chain(characters)
        .collect()
}

fn phone(random: &mut Random) -> String {
    format!("+4930{:07}", random.below(10_000_000))
}

fn email(random: &mut Random) -> String {
    format!("{}.{}@example.com", word(random), random.below(1_000))
}

fn address(random: &mut Random) -> String {
    format!(
        "https://{}.example.com/{}",
        word(random),
        random.below(100_000)
    )
}

/// A moment of the years 2020 to 2025.
fn moment(random: &mut Random, between: char, zone: &str) -> String {
    const DAYS: [usize; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let (year, month) = (2020 + random.below(6), random.below(12));
    let day = 1 + random.below(DAYS.get(month).copied().unwrap_or(28));
    let (hour, minute, second) = (random.below(24), random.below(60), random.below(60));
    format!(
        "{year}-{:02}-{day:02}{between}{hour:02}:{minute:02}:{second:02}{zone}",
        month + 1
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_kept() {
        let formats = [
            "date-time",
            "date",
            "time",
            "duration",
            "uuid",
            "email",
            "uri",
            "hostname",
            "ipv4",
            "ipv6",
        ];
        for format in formats {
            let schema = serde_json::json!({ "type": "string", "format": format });
            let validator = jsonschema::options()
                .should_validate_formats(true)
                .build(&schema)
                .unwrap();
            for seed in 0..100 {
                let limits = Limits {
                    format: Some(format),
                    ..Limits::default()
                };
                let text = text(&limits, "any", &mut Random::new(seed));
                assert!(validator.is_valid(&text.clone().into()), "{format}: {text}");
            }
        }
    }

    #[test]
    fn a_local_date_time_has_a_blank_and_no_zone() {
        let limits = Limits {
            format: Some("local-date-time"),
            ..Limits::default()
        };
        let text = text(&limits, "created_at", &mut Random::new(1));
        let shape: String = text
            .chars()
            .map(|it| if it.is_ascii_digit() { '0' } else { it })
            .collect();
        assert_eq!(shape, "0000-00-00 00:00:00");
    }

    #[test]
    fn names_let_expect_their_values() {
        let of = |name: &str| text(&Limits::default(), name, &mut Random::new(1));
        assert!(of("customer_phone").starts_with('+'));
        assert!(of("avatar_url").starts_with("https://"));
        assert!(of("email").ends_with("@example.com"));
        assert_eq!(of("uuid").len(), 36);
        assert_eq!(of("account_id").len(), 16);
    }

    #[test]
    fn lengths_are_kept() {
        for (least, most) in [(0, Some(0)), (0, Some(3)), (50, None), (7, Some(7))] {
            let limits = Limits {
                least,
                most,
                ..Limits::default()
            };
            let length = text(&limits, "title", &mut Random::new(1)).chars().count();
            assert!(
                length >= least && most.is_none_or(|most| length <= most),
                "{length}"
            );
        }
        let greedy = Limits {
            least: usize::MAX,
            ..Limits::default()
        };
        assert!(text(&greedy, "title", &mut Random::new(1)).len() < 2 * LONGEST);
    }
}
