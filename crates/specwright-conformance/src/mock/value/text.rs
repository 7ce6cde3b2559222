//! Seeded texts: by format, by what a name lets expect, or some words.

use base64::{Engine, engine::general_purpose::STANDARD};

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

/// A text within the limits for the property `name`.
pub(crate) fn text(limits: &Limits<'_>, name: &str, random: &mut Random) -> String {
    let matching = limits
        .pattern
        .and_then(|pattern| pattern::generate(pattern, limits, random));
    matching
        .or_else(|| limits.format.and_then(|format| by_format(format, random)))
        .unwrap_or_else(|| fit(by_name(name, random), limits, random))
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
        "byte" | "base64" => STANDARD.encode(words(random, 3)),
        "int64" | "int32" | "decimal" => random.below(100_000).to_string(),
        "phone" => phone(random),
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
