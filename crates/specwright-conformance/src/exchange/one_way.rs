//! Properties that go the other way: `readOnly` ones in requests, `writeOnly` ones in responses.

use serde_json::Value;
use specwright_diagnostics::{Pointer, Rule};

use super::{
    reading::Reader,
    rules,
    verdict::{Finding, Part, Verdict},
};
use crate::schema::Direction;

/// How many values are looked at.
const MOST: usize = 20_000;

/// How deep values are followed.
const DEEPEST: usize = 64;

/// How many properties are told.
const MOST_TOLD: usize = 20;

/// Notes properties of a body that should not be there.
pub(crate) fn judge(reader: &Reader<'_>, at: &Pointer, value: &Value, verdict: &mut Verdict) {
    let (field, rule) = match reader.direction {
        Direction::Request => ("readOnly", &rules::READ_ONLY),
        Direction::Response => ("writeOnly", &rules::WRITE_ONLY),
        Direction::Either => return,
    };
    let mut search = Search {
        reader,
        field,
        rule,
        left: MOST,
        told: 0,
        verdict,
    };
    search.value(at, value, &mut Pointer::root(), 0);
}

struct Search<'a> {
    reader: &'a Reader<'a>,
    field: &'static str,
    rule: &'static Rule,
    left: usize,
    told: usize,
    verdict: &'a mut Verdict,
}

impl Search<'_> {
    fn value(&mut self, at: &Pointer, value: &Value, place: &mut Pointer, depth: usize) {
        if self.left == 0 || self.told == MOST_TOLD || depth == DEEPEST {
            return;
        }
        self.left -= 1;
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    let Some(schema) = self.reader.property(at, name) else {
                        continue;
                    };
                    place.push(name);
                    if self.reader.says(&schema, self.field) {
                        self.tell(place, &schema);
                    } else {
                        self.value(&schema, member, place, depth + 1);
                    }
                    place.pop();
                }
            }
            Value::Array(items) => {
                let Some(schema) = self.reader.items(at).filter(|_| !items.is_empty()) else {
                    return;
                };
                for (index, item) in items.iter().enumerate() {
                    place.push(&index.to_string());
                    self.value(&schema, item, place, depth + 1);
                    place.pop();
                }
            }
            _ => {}
        }
    }

    fn tell(&mut self, place: &Pointer, schema: &Pointer) {
        self.told += 1;
        self.verdict.findings.push(Finding {
            rule: self.rule,
            part: Part::Body,
            instance: place.clone(),
            document: schema.clone(),
            message: format!("this property is `{}`", self.field),
        });
    }
}
