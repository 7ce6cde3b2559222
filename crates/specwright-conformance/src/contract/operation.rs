//! An operation with a mock of its own.

use std::sync::Arc;

use specwright_openapi::{Description, MemoryLoader, OperationRef, load_with_document};

use super::Broken;
use crate::{Mock, MockServer, exchange::Exchanges, mock::route::base_path};

/// How many items the lists of the mock have: more than a page, and no multiple of a usual page size.
pub(crate) const ITEMS: usize = 205;

/// An operation of a document, and a mock of the document on a free port of the loopback interface.
#[derive(Debug)]
pub struct Operation {
    pub(crate) description: Arc<Description>,
    pub(crate) exchanges: Exchanges,
    pub(crate) server: MockServer,
    url: String,
    pub(crate) method: String,
    pub(crate) path: String,
    /// The `operationId`, or the method and the path.
    pub(crate) id: String,
    /// Its number in the order of the description.
    pub(crate) index: usize,
}

impl Operation {
    /// The operation `place` (method and path, as `GET /pets`) of a document in JSON or YAML, and its mock.
    ///
    /// # Errors
    /// If the document has no such operation, or no port is free.
    pub async fn of(document: &str, place: &str) -> Result<Self, Broken> {
        let loader = MemoryLoader::default().with("document.json", document);
        let loaded = load_with_document("document.json", &loader)
            .map_err(|error| Broken::new(format!("the document cannot be read: {error}")))?;
        let (Some(description), Some(document)) = (loaded.description, loaded.document) else {
            return Err(Broken::new("the document cannot be used"));
        };
        let description = Arc::new(description);
        let (method, path) = place.split_once(' ').unwrap_or(("GET", place));
        let found = description
            .operations()
            .enumerate()
            .find_map(|(index, it)| {
                (it.path == path && it.method == method).then(|| (index, it.id()))
            });
        let missing = || Broken::new(format!("the document has no operation `{place}`"));
        let (index, id) = found.ok_or_else(missing)?;
        let base = description.operation_at(path, method).map(|it| {
            let servers = description.servers(&it);
            servers.first().map(base_path).unwrap_or_default()
        });
        let exchanges = Exchanges::new(&description, document);
        let server = Mock::new(Arc::clone(&description))
            .items(ITEMS)
            .start(([127, 0, 0, 1], 0).into())
            .await
            .map_err(|error| Broken::new(format!("the mock does not start: {error}")))?;
        let url = format!("http://{}{}", server.address(), base.unwrap_or_default());
        Ok(Self {
            description,
            exchanges,
            server,
            url,
            method: method.to_owned(),
            path: path.to_owned(),
            id,
            index,
        })
    }

    /// The base URL for the client: that of the mock, with the path of the operation's first server.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The operation in the description.
    pub(crate) fn described(&self) -> Result<OperationRef<'_>, Broken> {
        let found = self.description.operation_at(&self.path, &self.method);
        found.ok_or_else(|| Broken::new("the operation is gone"))
    }

    /// Fails with the lines, each after the method and path.
    pub(crate) fn verdict(&self, lines: Vec<String>) -> Result<(), Broken> {
        let place = |line: String| format!("{} {}: {line}", self.method, self.path);
        Broken::of(lines.into_iter().map(place).collect())
    }
}
