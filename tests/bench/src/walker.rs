//! Walking a list once.

use std::{collections::VecDeque, hint::black_box, time::Duration};

use specwright_runtime::{Paginated, ReqwestTransport};
use tokio::runtime::{Builder, Runtime};

use crate::{
    Failure,
    lists::{List, used},
    turns::Turn,
    way::Way,
};

/// What the mock takes for a token.
pub(crate) const TOKEN: &str = "benchmark";

/// The longest that one request may take, as generated clients have it.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(60);

/// A client, and what it was made of.
pub(crate) struct Walker<L: List> {
    http: reqwest::Client,
    client: L::Client,
    url: String,
}

impl<L: List> Walker<L> {
    /// A walker through the list of the server at `url`. Both the generated client and the loop without it use one HTTP
    /// client, set up as generated clients set theirs up, and with that its connections.
    pub(crate) fn new(url: &str) -> Result<Self, Failure> {
        let http = ReqwestTransport::client_builder()?.no_proxy().build()?;
        let transport = ReqwestTransport::from_client(http.clone());
        Ok(Self {
            http,
            client: L::client(url, transport)?,
            url: url.to_owned(),
        })
    }

    /// The request for the list in pages of `page` items.
    pub(crate) fn request(&self, page: u64) -> L::Request {
        L::request(&self.client, signed(page))
    }

    /// Walks the whole list in pages of `page` items; gives the number of items.
    pub(crate) async fn walk(&self, way: Way, page: u64, turn: &Turn) -> Result<u64, Failure> {
        match way {
            Way::Loop => Ok(L::by_request(&self.client, signed(page), turn).await?),
            Way::Http => L::by_http(&self.http, &self.url, signed(page), turn).await,
            other => self.walk_pages(other, page, u64::MAX, turn).await,
        }
    }

    /// Walks the first `pages` pages with the pager; gives the number of items.
    pub(crate) async fn walk_pages(
        &self,
        way: Way,
        page: u64,
        pages: u64,
        turn: &Turn,
    ) -> Result<u64, Failure> {
        let request = self.request(page);
        let mut count = 0;
        match way {
            Way::Items | Way::Prefetch => {
                let mut end_of_page = page;
                let ahead = usize::from(way == Way::Prefetch);
                let mut items = L::items(request).max_pages(pages).prefetch(ahead);
                while let Some(item) = items.try_next().await? {
                    drop(black_box(item));
                    count += 1;
                    if count == end_of_page {
                        end_of_page += page;
                        turn.page().await;
                    }
                }
            }
            Way::Pages => {
                let mut all = L::pages(request).max_pages(pages);
                while let Some(page) = all.try_next().await? {
                    count += used(L::Request::into_items(page));
                    turn.page().await;
                }
            }
            Way::Hoard => {
                let mut all = L::pages(request).max_pages(pages);
                let mut kept = VecDeque::new();
                while let Some(page) = all.try_next().await? {
                    count += L::Request::items(&page).len() as u64;
                    kept.push_back(page);
                    if kept.len() > 3 {
                        kept.pop_front();
                    }
                }
            }
            Way::Loop | Way::Http => return Err("loops by hand walk the whole list".into()),
        }
        Ok(count)
    }
}

/// Everything of this process in one thread.
pub(crate) fn runtime() -> Result<Runtime, Failure> {
    Ok(Builder::new_current_thread().enable_all().build()?)
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
