//! What a pager makes of a list that goes wrong.

use serde_json::Value;
use specwright_openapi::pagination::PagePlan;
use specwright_runtime::{Error, Items, Paginated, ToJson};

use super::{
    Broken, Operation,
    operation::ITEMS,
    same::{addition, short},
    seen::encoded,
};
use crate::{Fault, Mock, served_plan};

/// How many items a page of a walk holds, where the document allows it.
const PAGE: u64 = 20;

/// How often a walk may go on after an error that may pass.
const RETRIES: usize = 3;

/// How many requests a walk may make: every item on a page of its own, and as many again for what goes wrong.
const MOST_REQUESTS: u64 = 2 * ITEMS as u64 + 50;

/// Why a walk under a fault may end without an error although its list is not the data set: no client can see the fault,
/// or it is none of the data that is served. `None` for every other fault.
#[must_use]
pub fn why_invisible(fault: Fault, plan: &PagePlan) -> Option<&'static str> {
    let response = &plan.response;
    let has_flag = response.has_more.is_some() || response.is_last.is_some();
    Some(match fault {
        Fault::DuplicateItem => "a list may hold equal items",
        Fault::Overrun => "a list may hold equal items, and this one is served twice",
        Fault::MissingItem => "nothing tells of an item that is in no page",
        Fault::ReversedOrder => "the order is the server's",
        Fault::LostPage => "an empty page that leads on is no error",
        Fault::NoContent => "a response without content is the end of a list",
        Fault::EarlyEnd => "the server says that this is the end",
        Fault::ContradictingFlag => "the flag is what ends the list",
        Fault::ShrinkingLastPage => "what was gone when it was asked for is not in the list",
        Fault::EmptyCursor if !has_flag => "without a flag beside it an empty cursor is the end",
        Fault::IgnoredPosition if response.current.is_none() => {
            "nothing in an earlier page tells that it is not the one that was asked for"
        }
        _ => return None,
    })
}

impl Operation {
    /// Walks the list as it is, and again under every fault that can show in it.
    ///
    /// Without a fault the walk gives the data set of the mock. Under a fault it gives the data set, or an error, within a
    /// bounded number of requests; a list that is another one without an error is allowed only where no client can see
    /// the fault ([`why_invisible`]), and even then holds nothing that is not in the data set.
    ///
    /// # Errors
    /// Everything that is not so.
    pub async fn walks<L>(&mut self, list: impl Fn() -> Items<L>) -> Result<(), Broken>
    where
        L: Paginated,
        L::Item: ToJson,
    {
        let served = served_plan(&self.description, &self.described()?);
        let Some(plan) = served else {
            let line = "the document does not say how the list pages, so the mock does not either";
            return self.verdict(vec![line.to_owned()]);
        };
        let size = page_size(&plan);
        let sized = || match size {
            Some(size) => list().page_size(size),
            None => list(),
        };
        let mut problems = Vec::new();
        problems.extend(self.walk(&plan, None, sized()).await?);
        for fault in Fault::ALL.into_iter().filter(|it| it.applies_to(&plan)) {
            let problem = self.walk(&plan, Some(fault), sized()).await?;
            problems.extend(problem.map(|it| format!("with the fault `{fault}`: {it}")));
        }
        self.serve(None)?;
        self.verdict(problems)
    }

    /// What is wrong with one walk.
    async fn walk<L>(
        &mut self,
        plan: &PagePlan,
        fault: Option<Fault>,
        mut items: Items<L>,
    ) -> Result<Option<String>, Broken>
    where
        L: Paginated,
        L::Item: ToJson,
    {
        self.serve(fault)?;
        let before = self.server.request_count();
        let mut seen = Vec::new();
        let mut failure: Option<Error> = None;
        let mut retries = 0;
        while let Some(item) = items.next().await {
            if self.server.request_count() - before > MOST_REQUESTS {
                return Ok(Some(format!(
                    "it has not ended after {MOST_REQUESTS} requests"
                )));
            }
            match item {
                Ok(item) => match encoded(&item) {
                    Ok(item) => seen.push(item),
                    Err(error) => return Ok(Some(format!("an item cannot be encoded: {error}"))),
                },
                Err(error) if error.is_retryable() && retries < RETRIES => retries += 1,
                Err(error) => {
                    failure = Some(error);
                    break;
                }
            }
        }
        let is_invisible = fault.is_some_and(|it| why_invisible(it, plan).is_some());
        let data = self.server.data(&self.id);
        Ok(match failure {
            Some(error) if fault.is_none() => Some(format!("the walk fails: {error}")),
            Some(_) => None,
            // Items without a type take any value; those with one cannot hold it.
            None if fault == Some(Fault::WrongType) && others(data, &seen) == Some(1) => None,
            None if is_invisible => unknown_item(data, &seen),
            None => other_list(data, &seen),
        })
    }

    /// Has the mock serve with a fault or without.
    fn serve(&mut self, fault: Option<Fault>) -> Result<(), Broken> {
        let mock = Mock::new(std::sync::Arc::clone(&self.description)).items(ITEMS);
        let mock = match fault {
            Some(fault) => mock.fault(fault),
            None => mock,
        };
        let served = self.server.replace(mock);
        served.map_err(|error| Broken::new(format!("the mock cannot serve this: {error}")))
    }
}

/// The size of the pages of a walk, where requests can carry one.
fn page_size(plan: &PagePlan) -> Option<u64> {
    plan.request.size.as_ref()?;
    let least = plan.size.minimum.unwrap_or(1).max(1);
    let most = plan.size.maximum.unwrap_or(u64::MAX).max(least);
    Some(PAGE.clamp(least, most))
}

/// How the items of a walk are not those of the data set.
fn other_list(data: &[Value], seen: &[Value]) -> Option<String> {
    if data.len() != seen.len() {
        let (expected, found) = (data.len(), seen.len());
        return Some(format!("the list has {expected} items, and {found} came"));
    }
    let mut pairs = data.iter().zip(seen).enumerate();
    pairs.find_map(|(index, (expected, found))| {
        let difference = addition(expected, found)?;
        Some(format!(
            "item {index} is another one, {difference}: {}",
            short(expected)
        ))
    })
}

/// How many items of a list as long as the data set are not those of it; `None` if it is not as long.
fn others(data: &[Value], seen: &[Value]) -> Option<usize> {
    let pairs = || data.iter().zip(seen);
    let count = pairs()
        .filter(|(item, seen)| addition(item, seen).is_some())
        .count();
    (data.len() == seen.len()).then_some(count)
}

/// An item that is not in the data set.
fn unknown_item(data: &[Value], seen: &[Value]) -> Option<String> {
    let is_known = |item: &Value| data.iter().any(|it| addition(it, item).is_none());
    let unknown = seen.iter().find(|it| !is_known(it))?;
    Some(format!(
        "an item is not in the data set: {}",
        short(unknown)
    ))
}
