//! Texts that match a regular expression.

use regex_syntax::{
    ParserBuilder,
    hir::{Class, Hir, HirKind, Look},
};

use super::{
    check,
    ecma::{translate, without_looks},
    limits::Limits,
};
use crate::mock::random::Random;

/// How often a repetition is usually drawn beyond its least.
const MORE: u32 = 6;

/// How many steps one text may take.
const STEPS: usize = 20_000;

/// How many texts are tried until the length fits.
const TRIES: usize = 40;

/// A text that matches the pattern and has a length within the limits.
///
/// `None` if the pattern is beyond what can be generated: it refers back, is no regular expression, looks for something
/// around that no try has, or makes only texts that are very long or of other lengths.
pub(crate) fn generate(pattern: &str, limits: &Limits<'_>, random: &mut Random) -> Option<String> {
    if let Some(hir) = parse(pattern) {
        let trusted = is_plain(&hir);
        return tries(&hir, limits, random)
            .find(|text| trusted || check::matches(text, pattern) == Some(true));
    }
    let (rest, ahead) = without_looks(pattern);
    let hir = parse(&rest).filter(|_| rest != pattern)?;
    let ahead: Vec<Hir> = ahead
        .iter()
        .filter_map(|it| parse(&format!("^{it}")))
        .collect();
    let plain: Vec<String> = tries(&hir, limits, random).collect();
    let found = plain
        .iter()
        .find(|text| check::matches(text, pattern) == Some(true));
    if let Some(found) = found {
        return Some(found.clone());
    }
    // What is looked for ahead, one after the other, is often a text that has all of it.
    let anything = Limits::default();
    let mut parts: Vec<String> = ahead
        .iter()
        .filter_map(|hir| tries(hir, &anything, random).last())
        .collect();
    let joined = parts.concat();
    parts.extend(plain.iter().map(|text| format!("{joined}{text}")));
    parts.push(joined);
    parts
        .into_iter()
        .find(|text| limits.has_room(text) && check::matches(text, pattern) == Some(true))
}

fn parse(pattern: &str) -> Option<Hir> {
    let mut parser = ParserBuilder::new().nest_limit(64).build();
    parser.parse(&translate(pattern)).ok()
}

/// Whether every text that is written for it matches: nothing looks at its surroundings but at both ends.
fn is_plain(hir: &Hir) -> bool {
    let looks = |hir: &Hir| !hir.properties().look_set().is_empty();
    let is_start = |hir: &Hir| matches!(hir.kind(), HirKind::Look(Look::Start));
    let is_end = |hir: &Hir| matches!(hir.kind(), HirKind::Look(Look::End));
    match hir.kind() {
        HirKind::Concat(parts) => {
            let last = parts.len().saturating_sub(1);
            parts.iter().enumerate().all(|(index, part)| {
                !looks(part) || index == 0 && is_start(part) || index == last && is_end(part)
            })
        }
        _ => !looks(hir) || is_start(hir) || is_end(hir),
    }
}

/// Texts of a length within the limits: short ones, the shortest, then such that one repetition, or each of several,
/// makes them long enough, and then any.
fn tries<'t>(
    hir: &'t Hir,
    limits: &'t Limits<'_>,
    random: &'t mut Random,
) -> impl Iterator<Item = String> + 't {
    let least = u32::try_from(limits.least).unwrap_or(u32::MAX);
    let most = limits.most.and_then(|it| u32::try_from(it).ok());
    let most = most.unwrap_or(u32::MAX);
    (0..TRIES).filter_map(move |attempt| {
        let (fewest, more) = match attempt {
            0..8 => (0, MORE.min(most)),
            8 => (0, 0),
            9..14 => (
                least >> (attempt - 9),
                least.saturating_add(MORE) >> (attempt - 9),
            ),
            _ => {
                let fewest = random.up_to(least.into());
                let fewest = u32::try_from(fewest).unwrap_or(least);
                let room = most.saturating_sub(fewest).min(MORE);
                let more = u32::try_from(random.up_to(room.into())).unwrap_or(room);
                (fewest, fewest.saturating_add(more))
            }
        };
        let mut writer = Writer {
            text: String::new(),
            left: STEPS,
            fewest,
            more,
            random,
        };
        let written = writer.write(hir);
        let text = writer.text;
        (written && limits.has_room(&text)).then_some(text)
    })
}

struct Writer<'r> {
    text: String,
    left: usize,
    /// How often a repetition that may go on is drawn beyond its least: at least and at most.
    fewest: u32,
    more: u32,
    random: &'r mut Random,
}

impl Writer<'_> {
    /// Writes a text that matches; false if that takes too long or nothing matches.
    fn write(&mut self, hir: &Hir) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => true,
            HirKind::Literal(literal) => {
                self.text.push_str(&String::from_utf8_lossy(&literal.0));
                true
            }
            HirKind::Class(class) => self.character(class).map(|it| self.text.push(it)).is_some(),
            HirKind::Capture(capture) => self.write(&capture.sub),
            HirKind::Concat(parts) => parts.iter().all(|part| self.write(part)),
            HirKind::Alternation(variants) => {
                let chosen = self.random.pick(variants);
                chosen.is_some_and(|variant| self.write(variant))
            }
            HirKind::Repetition(repetition) => {
                let room = repetition
                    .max
                    .map_or(u32::MAX, |most| most.saturating_sub(repetition.min));
                let (fewest, more) = (room.min(self.fewest), room.min(self.more));
                let further =
                    u64::from(fewest) + self.random.up_to(u64::from(more.saturating_sub(fewest)));
                let times = u64::from(repetition.min) + further;
                (0..times).all(|_| self.write(&repetition.sub))
            }
        }
    }

    /// A character of the class: a letter or digit if it has one, else one that can be printed.
    fn character(&mut self, class: &Class) -> Option<char> {
        let ranges: Vec<(char, char)> = match class {
            Class::Unicode(class) => class.iter().map(|it| (it.start(), it.end())).collect(),
            Class::Bytes(class) => class
                .iter()
                .map(|it| (char::from(it.start()), char::from(it.end())))
                .collect(),
        };
        let has = |it: &char| {
            ranges
                .iter()
                .any(|(first, last)| (*first..=*last).contains(it))
        };
        let plain: Vec<char> = ('0'..='9')
            .chain('a'..='z')
            .chain('A'..='Z')
            .filter(has)
            .collect();
        let printed: Vec<char> = (' '..='~').filter(has).collect();
        let best = if plain.is_empty() { printed } else { plain };
        self.random
            .pick(&best)
            .copied()
            .or(ranges.first().map(|(first, _)| *first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pattern: &str, least: usize, most: Option<usize>, seed: u64) -> Option<String> {
        let limits = Limits {
            least,
            most,
            ..Limits::default()
        };
        generate(pattern, &limits, &mut Random::new(seed))
    }

    #[test]
    fn texts_match_their_pattern() {
        let patterns = [
            "^[1-9][0-9]*$",
            r"^\+[1-9]\d{6,14}$",
            r"^(cat|dog)s?-\w+$",
            "^[^a-z]{3}$",
            r"^[A-Z]{2}\d{2}(?: ?\d{4}){4}$",
            r"^\p{L}+$",
            "a.c",
            "[a&&b]{2}",
            "^[[]$",
            "a$b|^c",
            "^(?!abc)[a-c]{3}$",
            r"^(?=.*[A-Z])(?=.*\d)(?=.*[!?])[A-Za-z\d!?]{8,}$",
            "",
        ];
        for pattern in patterns {
            let schema = serde_json::json!({ "type": "string", "pattern": pattern });
            let validator = jsonschema::validator_for(&schema).unwrap();
            for seed in 0..50 {
                let text = of(pattern, 0, None, seed).expect(pattern);
                assert!(
                    validator.is_valid(&text.clone().into()),
                    "{pattern}: {text}"
                );
            }
        }
    }

    /// As ECMA-262 allows on the web (annex B.1.2), though `jsonschema` does not read it.
    #[test]
    fn a_brace_that_opens_no_repetition_is_itself() {
        assert_eq!(of("^{x}$", 0, None, 1).as_deref(), Some("{x}"));
    }

    #[test]
    fn lengths_are_kept() {
        for seed in 0..50 {
            let long = of("^[a-z]*$", 40, None, seed).unwrap();
            assert!(long.len() >= 40, "{long}");
            let short = of("^[a-z]+$", 0, Some(2), seed).unwrap();
            assert!((1..=2).contains(&short.len()), "{short}");
        }
    }

    #[test]
    fn what_cannot_be_generated_is_given_up() {
        let endless = [
            "^(?=a)b",
            "(",
            r"(a)\1",
            "((a{1000}){1000}){1000}",
            "(a?){1000000000}",
        ];
        for pattern in endless {
            assert_eq!(of(pattern, 0, None, 1), None, "{pattern}");
        }
        assert_eq!(of("^a{3}$", 5, None, 1), None);
        assert_eq!(of(&"(".repeat(100_000), 0, None, 1), None);
    }
}
