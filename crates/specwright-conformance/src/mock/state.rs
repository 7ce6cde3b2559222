//! From a request to its answer.

use std::{
    collections::BTreeSet,
    fmt,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use hyper::HeaderMap;
use serde_json::Value;
use specwright_openapi::{
    Description, OperationRef, is_json,
    pagination::{self, Confidence, PagePlan, RequestPlace},
};

use crate::exchange::Exchanges;

use super::{
    Fault, Mock, MockError, Script,
    endpoint::{self, Chosen},
    list::{List, Setup},
    page::Refusal,
    refusal,
    reply::Reply,
    request::{documents, success_body},
    resource::{self, Role, roles},
    route::Routes,
    spoil::{Spoiler, has},
    store::Room,
    switch::Switched,
    way,
};

/// How long [`Fault::Slow`] holds answers back.
const DELAY: Duration = Duration::from_millis(50);

/// How many first times are remembered.
const FIRST_TIMES: usize = 10_000;

/// Everything that a running mock knows.
pub(crate) struct State {
    mock: Mock,
    description: Arc<Description>,
    routes: Routes,
    operations: Vec<Operation>,
    first_times: Mutex<BTreeSet<(usize, usize, Fault)>>,
    exchanges: OnceLock<Exchanges>,
    room: Arc<Room>,
    script: Mutex<Option<Script>>,
}

/// What is known of one operation.
struct Operation {
    id: String,
    plan: Option<PagePlan>,
    role: Role,
    list: OnceLock<List>,
}

impl Operation {
    fn shows(&self, fault: Fault) -> bool {
        match &self.plan {
            Some(plan) => fault.applies_to(plan),
            None => fault.concerns_every_response(),
        }
    }
}

/// A request, as far as answers depend on it.
#[derive(Debug)]
pub(crate) struct Asked<'r> {
    pub(crate) method: &'r str,
    /// The path as it was sent.
    pub(crate) path: &'r str,
    /// The decoded query.
    pub(crate) query: &'r [(String, String)],
    /// The query as it was sent.
    pub(crate) raw_query: &'r str,
    /// The header fields.
    pub(crate) headers: &'r HeaderMap,
    /// The body.
    pub(crate) body: &'r [u8],
    /// The faults that it asks for.
    pub(crate) faults: Switched,
}

/// The plan by which the mock pages an operation: one that the document declares, or one that is likely.
#[must_use]
pub fn served_plan<'a>(
    description: &'a Description,
    operation: &'a OperationRef<'a>,
) -> Option<PagePlan> {
    pagination::find(description, operation)?.plan_from(Confidence::Likely)
}

impl State {
    pub(crate) fn new(mock: Mock) -> Result<Self, MockError> {
        let description = Arc::clone(&mock.description);
        let plans: Vec<Option<PagePlan>> = description
            .operations()
            .map(|operation| served_plan(&description, &operation))
            .collect();
        let pages: Vec<bool> = plans.iter().map(Option::is_some).collect();
        let roles = roles(&description, &pages);
        let operations: Vec<Operation> = description
            .operations()
            .zip(plans)
            .zip(roles)
            .map(|((operation, plan), role)| Operation {
                id: operation.id(),
                plan,
                role,
                list: OnceLock::new(),
            })
            .collect();
        for placed in &mock.faults {
            if !operations.iter().any(|it| it.shows(placed.fault)) {
                return Err(MockError::FaultNotApplicable(placed.fault));
            }
        }
        let routes = Routes::new(&description);
        let first_times = Mutex::default();
        Ok(Self {
            mock,
            description,
            routes,
            operations,
            first_times,
            exchanges: OnceLock::new(),
            room: Arc::default(),
            script: Mutex::default(),
        })
    }

    /// The one answer that every request gets, if there is one.
    pub(crate) fn script(&self) -> Option<Script> {
        *self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_script(&self, script: Option<Script>) {
        *self.script.lock().unwrap_or_else(PoisonError::into_inner) = script;
    }

    pub(crate) fn description(&self) -> &Description {
        &self.description
    }

    /// The data set of the list operation of this id.
    pub(crate) fn data(&self, id: &str) -> &[Value] {
        let Some(index) = self.operations.iter().position(|it| it.id == id) else {
            return &[];
        };
        let Some(operation) = self.description.operations().nth(index) else {
            return &[];
        };
        let list = self.list(index, &operation);
        list.map_or(&[], |it| it.items(&self.description, &operation))
    }

    /// The query parameters by which the list operation of this id filters.
    pub(crate) fn filterable(&self, id: &str) -> Vec<String> {
        let index = self.operations.iter().position(|it| it.id == id);
        let list = index.and_then(|index| {
            let operation = self.description.operations().nth(index)?;
            self.list(index, &operation)
        });
        list.into_iter()
            .flat_map(List::filterable)
            .map(str::to_owned)
            .collect()
    }

    /// The list of the operation with this index, made ready when it is first wanted.
    fn list(&self, index: usize, operation: &OperationRef<'_>) -> Option<&List> {
        let known = self.operations.get(index)?;
        let plan = known.plan.as_ref()?;
        Some(known.list.get_or_init(|| {
            let parameter = match &known.role {
                Role::List(parameter) => parameter.clone(),
                Role::Item(..) | Role::Other => None,
            };
            let grows = has(&self.mock.faults, Fault::GrowingLastPage);
            List::new(
                &self.description,
                operation,
                plan.clone(),
                parameter,
                Setup {
                    seed: self.mock.seed,
                    items: self.mock.items,
                    grows,
                    number: index,
                    room: Arc::clone(&self.room),
                },
            )
        }))
    }

    /// The answer of an operation that reads or changes an item of a list, if it is one.
    fn resource(
        &self,
        index: usize,
        operation: &OperationRef<'_>,
        asked: &Asked<'_>,
        chosen: &Chosen<'_>,
    ) -> Option<Reply> {
        let Role::Item(of, deed) = self.operations.get(index)?.role else {
            return None;
        };
        chosen.is_usual.then_some(())?;
        let list_operation = self.description.operations().nth(of)?;
        let call = resource::Call {
            description: &self.description,
            of: &list_operation,
            operation,
            deed,
            chosen,
            seed: self.mock.seed,
        };
        resource::answer(self.list(of, &list_operation)?, call, asked)
    }

    pub(crate) fn routes(&self) -> &Routes {
        &self.routes
    }

    pub(crate) fn seed(&self) -> u64 {
        self.mock.seed
    }

    /// Whether bodies are generated even where there are examples.
    pub(crate) fn is_dynamic(&self) -> bool {
        self.mock.dynamic
    }

    /// The only secret that is accepted, if there is one.
    pub(crate) fn token(&self) -> Option<&str> {
        self.mock.token.as_deref()
    }

    /// How long the answer to the request of this number is held back.
    pub(crate) fn latency(&self, request: u64) -> Duration {
        self.mock.latency.of(self.mock.seed, request)
    }

    /// The id of the operation with this index.
    pub(crate) fn id(&self, index: usize) -> Option<&str> {
        self.operations.get(index).map(|it| it.id.as_str())
    }

    /// What requests are held against, if they are.
    pub(crate) fn exchanges(&self) -> Option<&Exchanges> {
        let document = self.mock.document.as_ref()?;
        let make = || Exchanges::new(&self.description, Arc::clone(document));
        Some(self.exchanges.get_or_init(make))
    }

    /// Where requests to the operation with this index ask for a page size, if one that is too large is served as the
    /// largest one.
    pub(crate) fn clamped(
        &self,
        index: usize,
        operation: &OperationRef<'_>,
    ) -> Option<&RequestPlace> {
        let plan = self.operations.get(index)?.plan.as_ref()?;
        let clamps = way::clamps(&self.description, operation) == Some(true);
        plan.request.size.as_ref().filter(|_| clamps)
    }

    /// Whether the fault can show in the operation with this index.
    pub(crate) fn can_show(&self, index: usize, fault: Fault) -> bool {
        self.operations.get(index).is_some_and(|it| it.shows(fault))
    }

    /// The answer of an operation to a request that may be answered.
    pub(crate) fn operation(
        &self,
        index: usize,
        operation: &OperationRef<'_>,
        asked: &Asked<'_>,
        chosen: &Chosen<'_>,
    ) -> Reply {
        let description = &*self.description;
        let faults = &*asked.faults.beside(&self.mock.faults, 1);
        let refuse =
            |status, detail: &str| refusal::documented(description, operation, status, detail);
        let list = self.list(index, operation).filter(|_| chosen.is_usual);
        let understood = match list
            .map(|list| list.understand(description, operation, asked, faults))
            .transpose()
        {
            Ok(understood) => understood,
            Err(refusal) => {
                let detail = format!("{}: {}", refusal.place, refusal.message);
                return refuse(status_of(&refusal, operation), &detail);
            }
        };
        let page = understood.as_ref().map_or(1, |it| it.page());
        let faults = &*asked.faults.beside(&self.mock.faults, page);
        let spoiler = Spoiler::new(faults, page);
        let once = |fault| spoiler.shows(fault) && self.is_first_time(index, page, fault);
        let mut reply = if spoiler.shows(Fault::Unauthorized) {
            refuse(401, "the token has expired").with("www-authenticate", "Bearer")
        } else if spoiler.shows(Fault::ServerError) || once(Fault::ServerErrorOnce) {
            refuse(500, "something went wrong")
        } else if once(Fault::RateLimitedOnce) {
            refuse(429, "too many requests").with("retry-after", "0")
        } else if spoiler.shows(Fault::Html) {
            Reply::new(
                200,
                "text/html; charset=utf-8",
                "<!doctype html><title>Maintenance</title><p>Back soon.\n",
            )
        } else if spoiler.shows(Fault::NoContent) {
            Reply::empty(204)
        } else if let (Some(list), Some(understood)) = (list, understood) {
            let known = success_body(description, operation);
            let content_type = known.map_or("application/json", |(_, name, _)| name);
            let content_type = chosen
                .content_type()
                .filter(|name| is_json(name))
                .unwrap_or(content_type);
            let unstable = spoiler.shows(Fault::UnstablePage);
            let before = unstable && !self.is_first_time(index, page, Fault::UnstablePage);
            let (body, fields) = list.answer(understood, asked, faults, before);
            let mut reply = Reply::json(chosen.status, content_type, &body);
            for (name, value) in fields {
                match value {
                    Some(value) => reply = reply.with(name, value),
                    None => reply.unsaid.push(name),
                }
            }
            reply
        } else if chosen.is_usual
            && let Some(reply) = self.resource(index, operation, asked, chosen)
        {
            reply
        } else {
            endpoint::answer(description, operation, chosen, asked.path, self.mock.seed)
        };
        reply.cut = spoiler.shows(Fault::CutBody);
        reply.delay = if spoiler.shows(Fault::Slow) {
            DELAY
        } else {
            Duration::ZERO
        };
        reply
    }

    /// Whether the page is asked for the first time, as the fault sees it.
    fn is_first_time(&self, operation: usize, page: usize, fault: Fault) -> bool {
        let mut seen = self
            .first_times
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        seen.len() < FIRST_TIMES && seen.insert((operation, page, fault))
    }
}

/// The status of a refusal: the usual one if the operation documents it, or else the other one that is usual. A position
/// that is well-formed and names no page of the list is not found where neither is documented.
fn status_of(refusal: &Refusal, operation: &OperationRef<'_>) -> u16 {
    let (usual, other) = match refusal.status {
        400 => (400, 422),
        usual => (usual, 400),
    };
    match (documents(operation, usual), documents(operation, other)) {
        (true, _) => usual,
        (false, true) => other,
        (false, false) if usual == 400 => 404,
        (false, false) => usual,
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("State")
            .field("mock", &self.mock)
            .finish_non_exhaustive()
    }
}
