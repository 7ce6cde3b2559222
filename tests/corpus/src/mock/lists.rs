//! Every list of a document: whether walking it gives its data set once, and whether its pages are valid.

use std::{collections::BTreeMap, sync::Arc};

use serde_json::Value;
use specwright_conformance::{Mock, MockServer, schema::Direction, served_plan};
use specwright_openapi::{
    Description, OperationRef,
    diagnostics::Pointer,
    openapiv3::{ReferenceOr, Schema, StatusCode},
    pagination::PagePlan,
};
use tokio::runtime::Runtime;

use super::{
    client::Client,
    judge::{Judge, Verdict},
    original::{Original, place},
    request::Request,
    values::{SEEDS, verdict},
    walk::{Page, walk},
};

/// How many items each list has.
const ITEMS: usize = 57;

/// The page size that is asked for beside the default.
const SIZE: u64 = 7;

/// What was found about the lists of one document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lists {
    /// The operations with plans.
    pub(crate) plans: usize,
    /// Those whose every walk gave the data set once, in valid pages.
    pub(crate) right: usize,
    pub(crate) walks: usize,
    pub(crate) pages: usize,
    /// The data sets with fewer items than were asked for: there are no more that differ.
    pub(crate) small: usize,
    /// The others, with the first thing that was wrong.
    pub(crate) exceptions: Vec<String>,
}

/// Walks every list with every seed, by default and in pages of seven.
pub(crate) fn judge(
    description: &Arc<Description>,
    judge: &mut Judge,
    original: &Original<'_>,
) -> Lists {
    let mut found = Lists::default();
    let plans: Vec<(OperationRef<'_>, PagePlan)> = description
        .operations()
        .filter_map(|operation| {
            let plan = served_plan(description, &operation)?;
            Some((operation, plan))
        })
        .collect();
    found.plans = plans.len();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build();
    let (Ok(runtime), false) = (runtime, plans.is_empty()) else {
        return found;
    };
    let mut wrong: BTreeMap<String, String> = BTreeMap::new();
    for seed in SEEDS {
        let Some(server) = start(&runtime, description, seed) else {
            found.exceptions.push("the mock does not start".to_owned());
            break;
        };
        let mut client = Client::new(server.address());
        for (operation, plan) in &plans {
            let result = list(
                &mut found,
                &mut client,
                &server,
                description,
                operation,
                plan,
            );
            let result = result.and_then(|pages| {
                pages
                    .iter()
                    .try_for_each(|page| valid(description, operation, page, judge, original))
            });
            if let Err(reason) = result {
                wrong
                    .entry(operation.id())
                    .or_insert(format!("{} {seed}: {reason}", plan.style));
            }
        }
        runtime.block_on(server.shutdown());
    }
    found.right = found.plans - wrong.len();
    let named = wrong
        .into_iter()
        .map(|(id, reason)| format!("{id}: {reason}"));
    found.exceptions.extend(named);
    found
}

fn start(runtime: &Runtime, description: &Arc<Description>, seed: u64) -> Option<MockServer> {
    let mock = Mock::new(Arc::clone(description)).seed(seed).items(ITEMS);
    runtime
        .block_on(mock.start(([127, 0, 0, 1], 0).into()))
        .ok()
}

/// Walks one list by default and with another size; gives the pages.
fn list(
    found: &mut Lists,
    client: &mut Client,
    server: &MockServer,
    description: &Description,
    operation: &OperationRef<'_>,
    plan: &PagePlan,
) -> Result<Vec<Page>, String> {
    let url = server.url();
    let base = url
        .split_once("://")
        .and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)));
    let id = operation.id();
    let filters = server.filterable(&id);
    let request = Request::new(
        description,
        operation,
        plan,
        base.unwrap_or_default(),
        &filters,
    );
    let smallest = plan.size.minimum.unwrap_or_default();
    let largest = plan.size.maximum.unwrap_or(u64::MAX);
    let other = SIZE.max(smallest).min(largest);
    let sizes = [None, plan.request.size.is_some().then_some(other)];
    let mut all = Vec::new();
    for (index, size) in sizes.into_iter().enumerate() {
        if index > 0 && size.is_none() {
            continue;
        }
        found.walks += 1;
        let pages = walk(client, plan, &request, size).map_err(|it| match size {
            Some(size) => format!("in pages of {size}: {it}"),
            None => it,
        })?;
        found.pages += pages.len();
        let walked: Vec<&Value> = pages.iter().flat_map(|page| &page.items).collect();
        let data = server.data(&id);
        found.small += usize::from(data.len() < ITEMS && index == 0);
        let expected: Vec<&Value> = data.iter().collect();
        if walked != expected {
            return Err(difference(&walked, &expected, pages.len(), size));
        }
        all.extend(pages);
    }
    Ok(all)
}

fn difference(walked: &[&Value], expected: &[&Value], pages: usize, size: Option<u64>) -> String {
    let size = size.map_or("the default size".to_owned(), |it| format!("size {it}"));
    let missing = expected.iter().filter(|it| !walked.contains(it)).count();
    let foreign = walked.iter().filter(|it| !expected.contains(it)).count();
    format!(
        "{} of {} items in {pages} pages of {size}, {missing} missing, {foreign} foreign",
        walked.len(),
        expected.len()
    )
}

fn valid(
    description: &Description,
    operation: &OperationRef<'_>,
    page: &Page,
    judge: &mut Judge,
    original: &Original<'_>,
) -> Result<(), String> {
    let Some((schema, place)) = documented(description, operation, page) else {
        return Ok(());
    };
    let direction = Direction::Response;
    let own = original.judge(&place, direction, &page.body);
    let verdict = verdict(own, judge.judge(schema, direction, &page.body));
    match verdict {
        Verdict::Valid | Verdict::Undecided(_) => Ok(()),
        Verdict::Invalid(reason) => {
            let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
            let reason: String = reason.chars().take(200).collect();
            Err(format!("invalid: {reason}"))
        }
    }
}

/// The schema of the answer, and where it stands in the normal form.
fn documented<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
    page: &Page,
) -> Option<(&'a ReferenceOr<Schema>, Pointer)> {
    let responses = &operation.operation.responses;
    let status = page.answer.status;
    let exact = StatusCode::Code(status);
    let range = StatusCode::Range(status / 100);
    let coded = [exact, range].into_iter().find_map(|code| {
        let node = responses.responses.get(&code)?;
        Some((node, code.to_string()))
    });
    let default = responses
        .default
        .as_ref()
        .map(|node| (node, "default".to_owned()));
    let (node, code) = coded.or(default)?;
    let here = operation.pointer.join("responses").join(&code);
    let content = &description.resolve(node)?.object.content;
    let of_type = page.answer.header("content-type")?;
    let (name, media) = content.iter().find(|(name, _)| *name == of_type)?;
    let at = place(node, here).join("content").join(name).join("schema");
    Some((media.schema.as_ref()?, at))
}
