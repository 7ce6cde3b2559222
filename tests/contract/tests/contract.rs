//! Every operation of the cases and of `generated/`: what it sends, what it takes, and what it refuses.

#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;

use serde_json::{Value, json};
use specwright_contract::{
    Amount, Answer, Call, Called, Document, Instances, Level, Operation, Wire, calls,
    problems_of_request, same, validator, violations,
};
use specwright_runtime::Error;

const SEEDS: u64 = 8;

/// Runs a check over every call and fails with everything that it finds.
fn over_all(check: impl Fn(&Document, &Operation, &Call, &mut Report)) {
    let mut documents: BTreeMap<&str, Document> = BTreeMap::new();
    let mut report = Report::default();
    let calls = calls();
    for call in &calls {
        let document = documents
            .entry(call.document)
            .or_insert_with(|| Document::load(call.document));
        let operation = document.operation(call.operation);
        report.about = format!("{} {} {}", call.document, call.operation, call.variant);
        check(document, operation, call, &mut report);
    }
    println!("{} calls, {} checks", calls.len(), report.checks);
    assert!(
        report.checks >= calls.len(),
        "there is hardly anything to check"
    );
    let count = report.problems.len();
    assert!(
        count == 0,
        "{count} problems:\n{}",
        report.problems.join("\n")
    );
}

#[derive(Default)]
struct Report {
    about: String,
    checks: usize,
    problems: Vec<String>,
}

impl Report {
    fn check(&mut self, fine: bool, problem: impl FnOnce() -> String) {
        self.checks += 1;
        if !fine {
            self.problems.push(format!("{}: {}", self.about, problem()));
        }
    }
}

fn run(call: &Call, level: Level, answer: Answer) -> (Wire, Called) {
    let wire = Wire::new(answer);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let called = runtime.block_on((call.run)(wire.clone(), level));
    (wire, called)
}

/// A documented response.
struct Documented {
    status: u16,
    media: Option<(String, Value)>,
}

/// Every response of an operation with every media type that the call can take.
fn documented(document: &Document, operation: &Operation, call: &Call) -> Vec<Documented> {
    let mut all = Vec::new();
    let responses = operation.object["responses"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    let succeeds = responses.keys().any(|it| it.starts_with('2'));
    for (status, response) in &responses {
        let status = match status.as_str() {
            "default" if succeeds => 599,
            "default" => 299,
            "2XX" => 298,
            "4XX" => 498,
            "5XX" => 598,
            code => code.parse().unwrap_or(0),
        };
        if !(200..600).contains(&status) || (300..400).contains(&status) {
            continue;
        }
        let response = document.resolve(response);
        let content = response["content"].as_object().cloned().unwrap_or_default();
        let head = operation.place.starts_with("HEAD") || matches!(status, 204 | 205);
        let streams = call.sends.ends_with("events") || call.sends.ends_with("lines");
        let wanted = content.iter().find(|(media, _)| {
            let stream = media.contains("event-stream") || media.contains("jsonl");
            (stream && streams && status < 300) || (!stream && (!streams || status >= 300))
        });
        if head || content.is_empty() {
            all.push(Documented {
                status,
                media: None,
            });
        } else if let Some((media, object)) = wanted {
            let schema = object.get("schema").cloned().unwrap_or_else(|| json!({}));
            all.push(Documented {
                status,
                media: Some((media.clone(), schema)),
            });
        }
    }
    all
}

/// A response with an instance of its schema.
fn answer(response: &Documented, call: &Call, instance: &Value) -> Answer {
    let Some((media, _)) = &response.media else {
        return Answer {
            status: response.status,
            content_type: None,
            body: Vec::new(),
        };
    };
    let items = instance.as_array().cloned().unwrap_or_default();
    let body = if response.status >= 300 || media.contains("json") && !media.contains("jsonl") {
        match instance {
            Value::String(text) if !media.contains("json") => text.clone(),
            other => other.to_string(),
        }
    } else if media.contains("event-stream") {
        let data = |it: &Value| match it {
            Value::String(text) if call.sends == "send_text_events" => text.clone(),
            other => other.to_string(),
        };
        items
            .iter()
            .map(|it| format!("data: {}\n\n", data(it).replace('\n', "\ndata: ")))
            .collect()
    } else if media.contains("jsonl") {
        items.iter().map(|it| format!("{it}\n")).collect()
    } else {
        instance.as_str().unwrap_or("bytes").to_owned()
    };
    Answer {
        status: response.status,
        content_type: Some(media.clone()),
        body: body.into_bytes(),
    }
}

/// Instances of the schema of a response that a validator takes.
fn instances(document: &Document, response: &Documented) -> Vec<Value> {
    let Some((media, schema)) = &response.media else {
        return vec![Value::Null];
    };
    let validator = validator(document, schema);
    let stream = media.contains("event-stream") || media.contains("jsonl");
    let seeds = (1..=SEEDS).map(Amount::Random);
    let amounts = [Amount::Least, Amount::Most].into_iter().chain(seeds);
    let made = amounts.filter_map(|it| Instances::new(document, it).received(schema));
    let wrap = |it: Value| {
        if stream && !it.is_array() {
            json!([it])
        } else {
            it
        }
    };
    // Schemas that contradict themselves have no instance at all.
    made.filter(|it| stream || validator.is_valid(it))
        .map(wrap)
        .collect()
}

#[test]
fn arguments_survive_the_wire() {
    over_all(|document, operation, call, report| {
        for level in [Level::Least, Level::Most, Level::Null] {
            let answer = Answer {
                status: 500,
                content_type: None,
                body: Vec::new(),
            };
            let (wire, called) = run(call, level, answer);
            let received = wire.received();
            let [received] = received.as_slice() else {
                report.check(false, || {
                    format!("{level:?}: {} requests, {called:?}", received.len())
                });
                continue;
            };
            let problems = problems_of_request(document, operation, level, &wire.given(), received);
            report.check(problems.is_empty(), || {
                format!("{level:?}: {problems:?} in {}", received.url)
            });
        }
    });
}

#[test]
fn documented_responses_are_read_without_a_loss() {
    over_all(|document, operation, call, report| {
        for response in documented(document, operation, call) {
            let schema = response
                .media
                .as_ref()
                .map_or_else(|| json!({}), |it| it.1.clone());
            let all = instances(document, &response);
            let contradicts = call.document.contains("all-of-conflicts");
            report.check(!all.is_empty() || contradicts, || {
                format!("no instance for {}", response.status)
            });
            for instance in all {
                let (_, called) = run(call, Level::Least, answer(&response, call, &instance));
                let found = match (&called, response.status) {
                    (Called::Success(value), 200..=299) => value.clone().unwrap_or(Value::Null),
                    (Called::Failure(failure), 300..) => match &**failure {
                        (Error::Api(error), None) if error.status() == response.status => {
                            let typed = call.typed_errors && response.media.is_some();
                            report.check(!typed, || format!("{}: no typed body", response.status));
                            continue;
                        }
                        (Error::Api(_), Some(Ok(body))) => body.clone(),
                        other => {
                            report.check(false, || format!("{instance}: {other:?}"));
                            continue;
                        }
                    },
                    (other, status) => {
                        report.check(false, || format!("{status} {instance}: {other:?}"));
                        continue;
                    }
                };
                let silent = response.media.is_none() || call.sends == "send_unit";
                let items = match response.media.as_ref() {
                    Some((media, _))
                        if media.contains("event-stream") || media.contains("jsonl") =>
                    {
                        json!({ "items": schema })
                    }
                    _ => schema.clone(),
                };
                let expected = if silent && response.status < 300 {
                    Value::Null
                } else {
                    instance.clone()
                };
                report.check(same(document, &items, &expected, &found), || {
                    format!("{}: {expected} is read as {found}", response.status)
                });
            }
        }
    });
}

#[test]
fn violations_are_typed_errors_with_their_path() {
    over_all(|document, operation, call, report| {
        report.check(true, String::new);
        for response in documented(document, operation, call) {
            let Some((media, schema)) = &response.media else {
                continue;
            };
            let whole = media.contains("json")
                && !media.contains("jsonl")
                && !call.sends.contains("stream");
            if !whole || (response.status >= 300 && !call.typed_errors) {
                continue;
            }
            let Some(instance) = instances(document, &response).into_iter().nth(1) else {
                continue;
            };
            let validator = validator(document, schema);
            let forbidden = violations(document, schema, &instance);
            for violation in forbidden.iter().filter(|it| !validator.is_valid(&it.value)) {
                let (_, called) = run(
                    call,
                    Level::Least,
                    answer(&response, call, &violation.value),
                );
                let path = refused(&called, response.status);
                report.check(path.as_deref() == Some(&violation.path), || {
                    format!("{} at {}: {called:?}", violation.what, violation.path)
                });
            }
            let mut page = answer(&response, call, &instance);
            page.body = b"<html></html>".to_vec();
            let (_, called) = run(call, Level::Least, page);
            let anything = validator.is_valid(&json!("<html></html>")) && call.sends == "send_text";
            report.check(
                anything || refused(&called, response.status).is_some(),
                || format!("not JSON: {called:?}"),
            );
        }
    });
}

/// Where the body of a response is said to be wrong, if it is.
fn refused(called: &Called, status: u16) -> Option<String> {
    let Called::Failure(failure) = called else {
        return None;
    };
    match &**failure {
        (Error::Decode(error), None) if status < 300 => Some(error.path().to_owned()),
        (Error::Api(_), Some(Err(error))) if status >= 300 => Some(error.path().to_owned()),
        _ => None,
    }
}

#[test]
fn undocumented_statuses_are_errors() {
    over_all(|_, operation, call, report| {
        let open = ["default", "4XX"]
            .iter()
            .any(|it| operation.object["responses"].get(it).is_some());
        let answer = Answer {
            status: 418,
            content_type: Some("text/plain".to_owned()),
            body: b"teapot".to_vec(),
        };
        let (_, called) = run(call, Level::Least, answer);
        let fine = match &called {
            Called::Failure(failure) => match &**failure {
                (Error::Api(error), body) => error.status() == 418 && (body.is_none() || open),
                _ => false,
            },
            Called::Success(_) => false,
        };
        report.check(fine, || format!("{called:?}"));
    });
}
