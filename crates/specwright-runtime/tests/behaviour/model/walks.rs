//! Walks over random lists, with and without faults.

use std::sync::{Arc, Mutex, PoisonError};

use specwright_runtime::{Error, Items, Paginated};

use super::{Fault, List, Random, Style};
use crate::lists::{
    Awake, BothWays, ByBody, ByCursor, ByHeader, ByKey, ByLink, ByNextOffset, ByOffset, ByPage,
    ByToken, ByUrl, client,
};
use crate::server::{Reply, Server};

/// The server of all cases, and the list that it has at the time.
pub struct Stage {
    pub list: Arc<Mutex<List>>,
    pub server: Server,
    pub client: specwright_runtime::Client,
    pub awake: Awake,
}

impl Stage {
    pub async fn new() -> Self {
        let first = List::new(&mut Random::new(1), Style::Page, Fault::None);
        let list = Arc::new(Mutex::new(first));
        let shown = Arc::clone(&list);
        let server = Server::start(move |request| -> Reply {
            let mut list = shown.lock().unwrap_or_else(PoisonError::into_inner);
            list.answer(request)
        })
        .await;
        let awake = Awake::new();
        let client = client(&server, |builder| builder.transport(awake.clone()));
        Self {
            list,
            server,
            client,
            awake,
        }
    }

    pub fn play(&self, list: List) {
        *self.list.lock().unwrap() = list;
    }

    pub fn after(&self) -> List {
        self.list.lock().unwrap().clone()
    }
}

/// What a walk is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wishes {
    pub limit: Option<u64>,
    pub prefetch: usize,
    pub retries: u32,
    pub max_empty_pages: Option<u32>,
    /// The walk is left after every so many items, and another one goes on.
    pub step: Option<usize>,
    /// Errors that pass are ignored.
    pub insists: bool,
}

pub struct Outcome {
    pub items: Vec<i64>,
    pub error: Option<Error>,
    /// Errors that passed.
    pub passed: usize,
}

/// Walks through the list of the stage.
pub async fn walk(stage: &Stage, style: Style, size: u64, wishes: Wishes) -> Outcome {
    let client = &stage.client;
    match style {
        Style::Flagged | Style::Cursor => {
            through(|| ByCursor::of(client).items().page_size(size), wishes).await
        }
        Style::Token => through(|| ByToken::of(client).items().page_size(size), wishes).await,
        Style::BothWays => through(|| BothWays::of(client).items().page_size(size), wishes).await,
        Style::Header => through(|| ByHeader::of(client).items().page_size(size), wishes).await,
        Style::Body => through(|| ByBody::of(client).items().page_size(size), wishes).await,
        Style::NextUrl => through(|| ByUrl::of(client).items(), wishes).await,
        Style::Link => through(|| ByLink::of(client).items(), wishes).await,
        Style::Key | Style::KeyFlagged => {
            through(|| ByKey::of(client).items().page_size(size), wishes).await
        }
        Style::Offset | Style::OffsetTotal => {
            through(|| ByOffset::of(client).items().page_size(size), wishes).await
        }
        Style::NextOffset => {
            through(|| ByNextOffset::of(client).items().page_size(size), wishes).await
        }
        Style::Page | Style::PageLast | Style::PageTotal => {
            through(|| ByPage::of(client).items().page_size(size), wishes).await
        }
    }
}

fn wished<L: Paginated>(mut items: Items<L>, wishes: Wishes) -> Items<L> {
    if let Some(limit) = wishes.limit {
        items = items.limit(limit);
    }
    if let Some(pages) = wishes.max_empty_pages {
        items = items.max_empty_pages(pages);
    }
    items.prefetch(wishes.prefetch).retries(wishes.retries)
}

async fn through<L: Paginated<Item = i64>>(list: impl Fn() -> Items<L>, wishes: Wishes) -> Outcome {
    let mut walk = wished(list(), wishes);
    let mut outcome = Outcome {
        items: Vec::new(),
        error: None,
        passed: 0,
    };
    let mut left = wishes.step;
    while let Some(item) = walk.next().await {
        match item {
            Ok(item) => outcome.items.push(item),
            Err(error) if wishes.insists && error.is_retryable() => outcome.passed += 1,
            Err(error) => {
                outcome.error = Some(error);
                assert!(walk.next().await.is_none(), "the error was not final");
                break;
            }
        }
        left = left.map(|left| left - 1);
        if left == Some(0) {
            let stored = walk.checkpoint().to_string();
            walk = wished(list(), wishes).resume(stored.parse().unwrap());
            left = wishes.step;
        }
    }
    outcome
}

/// As [`walk`], by an iterator that blocks.
#[cfg(feature = "blocking")]
pub fn walk_blocking(stage: &Stage, style: Style, size: u64, wishes: Wishes) -> Outcome {
    fn through<L: Paginated<Item = i64>>(items: Items<L>, wishes: Wishes) -> Outcome {
        let mut outcome = Outcome {
            items: Vec::new(),
            error: None,
            passed: 0,
        };
        for item in wished(items, wishes).blocking() {
            match item {
                Ok(item) => outcome.items.push(item),
                Err(error) if wishes.insists && error.is_retryable() => outcome.passed += 1,
                Err(error) => outcome.error = Some(error),
            }
        }
        outcome
    }
    let client = &stage.client;
    match style {
        Style::Flagged | Style::Cursor => {
            through(ByCursor::of(client).items().page_size(size), wishes)
        }
        Style::Token => through(ByToken::of(client).items().page_size(size), wishes),
        Style::BothWays => through(BothWays::of(client).items().page_size(size), wishes),
        Style::Header => through(ByHeader::of(client).items().page_size(size), wishes),
        Style::Body => through(ByBody::of(client).items().page_size(size), wishes),
        Style::NextUrl => through(ByUrl::of(client).items(), wishes),
        Style::Link => through(ByLink::of(client).items(), wishes),
        Style::Key | Style::KeyFlagged => {
            through(ByKey::of(client).items().page_size(size), wishes)
        }
        Style::Offset | Style::OffsetTotal => {
            through(ByOffset::of(client).items().page_size(size), wishes)
        }
        Style::NextOffset => through(ByNextOffset::of(client).items().page_size(size), wishes),
        Style::Page | Style::PageLast | Style::PageTotal => {
            through(ByPage::of(client).items().page_size(size), wishes)
        }
    }
}
