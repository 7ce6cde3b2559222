//! What the demonstration does: every list walked over HTTP, and compared with what the server has.

use std::{
    error::Error,
    time::{Duration, Instant},
};

use specwright_conformance::{Fault, MockServer};
use specwright_runtime::{PageStyle, Paginated, Reversible};
use tokio::time::timeout;

use crate::{
    Api, Difference, LOOPBACK, Walk, backward, forward, ids, mock,
    table::{self, Align},
};

/// How many items each list has. No page size divides it, so the last page is a short one.
pub const ITEMS: usize = 1_003;

/// What all generated data follows from.
const SEED: u64 = 20_250_125;

/// The longest that one walk may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// What kept a walk from its end.
pub type Failure = Box<dyn Error + Send + Sync>;

/// One walk, as the table shows it.
#[derive(Debug)]
pub struct Row {
    api: &'static str,
    style: &'static str,
    operation: &'static str,
    pages: u64,
    items: usize,
    requests: u64,
    time: Duration,
    /// What is wrong with the items.
    pub difference: Difference,
}

/// Called with the API and the number of pages so far.
pub type Progress<'a> = &'a mut dyn FnMut(&'static str, u64);

/// Walks the list of an API from its start to its end, with the faults on the server's side.
///
/// # Errors
/// If the server does not start, or the walk fails or does not end in time.
pub async fn walk_forward<A: Api>(
    faults: &[Fault],
    progress: Progress<'_>,
) -> Result<Row, Failure> {
    there::<A>(faults, progress).await.map_err(named::<A>)
}

async fn there<A: Api>(faults: &[Fault], progress: Progress<'_>) -> Result<Row, Failure> {
    let stage = Stage::<A>::set(faults).await?;
    let walk = forward::<A>(stage.list.clone(), |pages| progress(A::NAME, pages));
    let (walk, time) = timed(walk).await?;
    Ok(stage.row(style(A::List::PLAN.style()), &walk, 0, time))
}

/// Walks the list of an API from its end to its start. The way to the end is not part of the row.
///
/// # Errors
/// If the server does not start, or a walk fails or does not end in time.
pub async fn walk_backward<A>(faults: &[Fault], progress: Progress<'_>) -> Result<Row, Failure>
where
    A: Api,
    A::List: Reversible,
{
    back::<A>(faults, progress).await.map_err(named::<A>)
}

async fn back<A>(faults: &[Fault], progress: Progress<'_>) -> Result<Row, Failure>
where
    A: Api,
    A::List: Reversible,
{
    let stage = Stage::<A>::set(faults).await?;
    let (there, _) = timed(forward::<A>(stage.list.clone(), |_| ())).await?;
    let before = stage.server.request_count();
    let walk = backward::<A>(stage.list.clone(), there.end, |pages| {
        progress(A::NAME, pages)
    });
    let (walk, time) = timed(walk).await?;
    Ok(stage.row("cursor, backward", &walk, before, time))
}

/// The table of the rows.
#[must_use]
pub fn draw(rows: &[Row]) -> String {
    let columns = [
        ("API", Align::Left),
        ("pagination", Align::Left),
        ("operation", Align::Left),
        ("pages", Align::Right),
        ("items", Align::Right),
        ("requests", Align::Right),
        ("duplicates", Align::Right),
        ("missing", Align::Right),
        ("time", Align::Right),
    ];
    let cells = |row: &Row| {
        vec![
            row.api.to_owned(),
            row.style.to_owned(),
            row.operation.to_owned(),
            row.pages.to_string(),
            row.items.to_string(),
            row.requests.to_string(),
            row.difference.duplicates.len().to_string(),
            row.difference.missing.len().to_string(),
            format!("{} ms", row.time.as_millis()),
        ]
    };
    table::draw(&columns, &rows.iter().map(cells).collect::<Vec<_>>())
}

/// What is wrong with the items of the rows, one line each; empty if nothing is.
#[must_use]
pub fn findings(rows: &[Row]) -> Vec<String> {
    let wrong = rows.iter().filter(|row| !row.difference.is_none());
    wrong
        .map(|row| format!("{}, {}: {}", row.api, row.style, row.difference))
        .collect()
}

/// A server and a request to it.
struct Stage<A: Api> {
    server: MockServer,
    list: A::List,
}

impl<A: Api> Stage<A> {
    async fn set(faults: &[Fault]) -> Result<Self, Failure> {
        let mock = faults
            .iter()
            .fold(mock::<A>()?, |mock, fault| mock.fault(*fault));
        let server = mock.seed(SEED).items(ITEMS).start(LOOPBACK).await?;
        let client = A::client(server.url(), "demonstration")?;
        let list = A::page_size(A::list(&client), A::PAGE_SIZE.into());
        Ok(Self { server, list })
    }

    fn row(&self, style: &'static str, walk: &Walk, before: u64, time: Duration) -> Row {
        Row {
            api: A::NAME,
            style,
            operation: A::OPERATION,
            pages: walk.pages,
            items: walk.ids.len(),
            requests: self.server.request_count() - before,
            time,
            difference: Difference::between(&ids::<A>(&self.server), &walk.ids),
        }
    }
}

async fn timed<T, E: Into<Failure>>(
    walk: impl Future<Output = Result<T, E>>,
) -> Result<(T, Duration), Failure> {
    let start = Instant::now();
    let walk = timeout(PATIENCE, walk).await?.map_err(Into::into)?;
    Ok((walk, start.elapsed()))
}

fn named<A: Api>(failure: Failure) -> Failure {
    format!("{}: {failure}", A::NAME).into()
}

fn style(style: PageStyle) -> &'static str {
    match style {
        PageStyle::Cursor => "cursor",
        PageStyle::Bidirectional => "cursor, forward",
        PageStyle::Offset => "offset",
        PageStyle::Page => "page number",
        PageStyle::Token => "token",
        PageStyle::Keyset => "key of the last item",
        PageStyle::NextUrl => "next URL",
        PageStyle::Link => "Link header",
    }
}
