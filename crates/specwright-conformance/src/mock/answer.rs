//! The order of things between a request and its answer.

use specwright_openapi::OperationRef;

use super::{
    cors, endpoint,
    nearest::nearest,
    refusal,
    reply::Reply,
    route::Found,
    security,
    state::{Asked, State},
    switch, validate,
};

/// Methods that HTTP has (RFC 9110 §9.3, RFC 5789); others are not implemented unless the description has them.
const METHODS: [&str; 8] = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH",
];

/// The longest target of a request, in bytes; RFC 9110 §4.1 asks for 8,000 at least.
pub(crate) const LONGEST_TARGET: usize = 16_000;

/// The answer, with the id of the operation that gave it.
pub(crate) fn answer<'s>(state: &'s State, asked: &Asked<'_>) -> (Reply, Option<&'s str>) {
    let (reply, id) = unshared(state, asked);
    (cors::share(reply, asked.headers), id)
}

fn unshared<'s>(state: &'s State, asked: &Asked<'_>) -> (Reply, Option<&'s str>) {
    if asked.path.len() + asked.raw_query.len() > LONGEST_TARGET {
        let detail = format!("the target is longer than {LONGEST_TARGET} bytes");
        return (refusal::problem(414, &detail), None);
    }
    let routes = state.routes();
    if cors::is_preflight(asked.method, asked.headers) {
        let methods = allowed(&routes.methods_at(asked.path));
        return (cors::preflight(asked.headers, &methods), None);
    }
    let index = match routes.find(asked.method, asked.path, asked.query) {
        Found::Operation(index) => index,
        Found::Nothing if asked.method == "OPTIONS" && asked.path == "*" => {
            // About the server as a whole (RFC 9110 §9.3.7).
            return (Reply::empty(204).with("allow", METHODS.join(", ")), None);
        }
        Found::Nothing if !METHODS.contains(&asked.method) && !routes.knows(asked.method) => {
            let detail = format!("the description has no method `{}`", asked.method);
            return (refusal::problem(501, &detail), None);
        }
        Found::Nothing => return (nothing(asked.path, routes.shown()), None),
        Found::OtherMethods(methods) => {
            let allow = allowed(&methods).join(", ");
            let reply = if asked.method == "OPTIONS" {
                Reply::empty(204)
            } else {
                let detail = format!("the path has {allow}");
                refusal::problem(405, &detail)
            };
            return (reply.with("allow", allow), None);
        }
    };
    let description = state.description();
    let place = routes.place(index);
    let operation = place.and_then(|(path, method)| description.operation_at(path, method));
    match operation {
        Some(operation) => {
            let reply = of_operation(state, index, &operation, asked);
            (reply, state.id(index))
        }
        None => (nothing(asked.path, routes.shown()), None),
    }
}

fn of_operation(
    state: &State,
    index: usize,
    operation: &OperationRef<'_>,
    asked: &Asked<'_>,
) -> Reply {
    let description = state.description();
    if let Some(denied) = security::denied(description, operation, asked, state.token()) {
        let reply = refusal::documented(description, operation, 401, &denied.detail);
        let challenges = denied.challenges.into_iter();
        return challenges.fold(reply, |reply, it| reply.with("www-authenticate", it));
    }
    if let Some(script) = state.script() {
        return script.reply(description, operation, asked, state.seed());
    }
    if let Some(reply) = validate::refused(state, index, asked, operation) {
        return reply;
    }
    let hidden = asked.faults.faults().find(|it| !state.can_show(index, *it));
    if let Some(fault) = hidden {
        let detail = format!(
            "the fault `{fault}` in `{}` cannot show in this operation",
            switch::FIELD
        );
        return refusal::problem(400, &detail);
    }
    match endpoint::choose(description, operation, asked, state.is_dynamic()) {
        Ok(mut chosen) => {
            let mut reply = state.operation(index, operation, asked, &chosen);
            if reply.is_example && validate::is_invalid(state, index, &reply) {
                chosen.generate();
                let made =
                    endpoint::answer(description, operation, &chosen, asked.path, state.seed());
                (reply.headers, reply.body) = (made.headers, made.body);
            }
            chosen.finish(description, operation, reply, state.seed())
        }
        Err(reply) => *reply,
    }
}

/// The methods that a path answers to: those of its operations, `HEAD` where there is `GET`, and `OPTIONS`.
fn allowed<'m>(methods: &[&'m str]) -> Vec<&'m str> {
    let mut allowed = Vec::new();
    for method in methods {
        allowed.push(*method);
        if *method == "GET" && !methods.contains(&"HEAD") {
            allowed.push("HEAD");
        }
    }
    if !methods.is_empty() && !methods.contains(&"OPTIONS") {
        allowed.push("OPTIONS");
    }
    allowed
}

fn nothing(path: &str, known: &[String]) -> Reply {
    let detail = match nearest(path, known) {
        Some(nearest) => format!("no operation has this path; the nearest one is `{nearest}`"),
        None => "no operation has this path".to_owned(),
    };
    refusal::problem(404, &detail)
}
