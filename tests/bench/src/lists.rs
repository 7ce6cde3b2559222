//! The lists: generated crates behind one trait, and the loops that a user would write around their requests and around
//! the HTTP client.

use std::hint::black_box;

use reqwest::header::{ACCEPT, AUTHORIZATION, USER_AGENT};
use specwright_runtime::{
    Call, Error, FromJson, Items, Method, Pages, Paginated, RawResponse, ReqwestTransport, Url,
    from_slice,
};

use crate::{
    Failure,
    turns::Turn,
    walker::{TIMEOUT, TOKEN},
};

/// A generated crate with its one list.
pub(crate) trait List: 'static {
    /// The name of the API and of the crate.
    const NAME: &'static str;
    /// The id of the list operation.
    const OPERATION: &'static str;
    /// How many pages without items are asked for: the one behind the last, where nothing else tells the end.
    const EMPTY_PAGES: u64 = 0;
    /// Whether pages may be as large as one likes.
    const HAS_LARGE_PAGES: bool = false;

    /// The client.
    type Client;
    /// The request for the list.
    type Request: Paginated<Page = Self::Page>;
    /// One page of the list.
    type Page: FromJson;

    /// A client for the server at `url`.
    fn client(url: &str, transport: ReqwestTransport) -> Result<Self::Client, Error>;
    /// The request for the list in pages of `size` items.
    fn request(client: &Self::Client, size: i64) -> Self::Request;
    /// The items of all pages.
    fn items(request: Self::Request) -> Items<Self::Request>;
    /// The pages.
    fn pages(request: Self::Request) -> Pages<Self::Request>;
    /// The response as it is.
    fn raw(request: Self::Request) -> Call<RawResponse>;

    /// Walks with the generated request; gives the number of items.
    async fn by_request(client: &Self::Client, size: i64, turn: &Turn) -> Result<u64, Error>;
    /// Walks with the HTTP client; gives the number of items.
    async fn by_http(
        http: &reqwest::Client,
        base: &str,
        size: i64,
        turn: &Turn,
    ) -> Result<u64, Failure>;
}

/// What is the same for every generated crate.
macro_rules! generated {
    ($package:ident, $page:ident, list($($argument:expr)?), $size:ident) => {
        const NAME: &'static str = stringify!($package);

        type Client = $package::Client;
        type Request = $package::conversations::ListConversations;
        type Page = $package::types::$page;

        fn client(url: &str, transport: ReqwestTransport) -> Result<Self::Client, Error> {
            let builder = $package::Client::builder().bearer_token(TOKEN);
            builder.base_url(url).transport(transport).build()
        }

        fn request(client: &Self::Client, size: i64) -> Self::Request {
            client.conversations().list($($argument)?).$size(size)
        }

        fn items(request: Self::Request) -> Items<Self::Request> {
            request.items()
        }

        fn pages(request: Self::Request) -> Pages<Self::Request> {
            request.pages()
        }

        fn raw(request: Self::Request) -> Call<RawResponse> {
            request.send_raw()
        }
    };
}

/// By offset, without a total.
#[derive(Debug)]
pub(crate) enum Parrot {}

/// By opaque cursors.
#[derive(Debug)]
pub(crate) enum Famulor {}

/// By page number, with the number of the last page.
#[derive(Debug)]
pub(crate) enum Mindhunters {}

impl List for Parrot {
    const OPERATION: &'static str = "ParrotMobMacaw.ConversationController.index";
    const EMPTY_PAGES: u64 = 1;
    const HAS_LARGE_PAGES: bool = true;

    generated!(
        parrot,
        ConversationList,
        list(parrot::types::AccountId::Me),
        limit
    );

    async fn by_request(client: &Self::Client, size: i64, turn: &Turn) -> Result<u64, Error> {
        let (mut count, mut offset) = (0, 0);
        loop {
            let page = Self::request(client, size).offset(offset).await?;
            if page.data.is_empty() {
                return Ok(count);
            }
            offset += i64::try_from(page.data.len()).unwrap_or(i64::MAX);
            count += used(page.data);
            turn.page().await;
        }
    }

    async fn by_http(
        http: &reqwest::Client,
        base: &str,
        size: i64,
        turn: &Turn,
    ) -> Result<u64, Failure> {
        let (mut count, mut offset) = (0, 0);
        loop {
            let url =
                format!("{base}/api/v2/accounts/me/conversations?limit={size}&offset={offset}");
            let page: parrot::types::ConversationList = get(http, &url).await?;
            if page.data.is_empty() {
                return Ok(count);
            }
            offset += i64::try_from(page.data.len()).unwrap_or(i64::MAX);
            count += used(page.data);
            turn.page().await;
        }
    }
}

impl List for Famulor {
    const OPERATION: &'static str = "listConversations";

    generated!(famulor, ConversationPage, list(), per_page);

    async fn by_request(client: &Self::Client, size: i64, turn: &Turn) -> Result<u64, Error> {
        let (mut count, mut cursor) = (0, None::<String>);
        loop {
            let mut request = Self::request(client, size);
            if let Some(cursor) = cursor {
                request = request.cursor(cursor);
            }
            let page = request.await?;
            count += used(page.data);
            turn.page().await;
            match page.next_cursor {
                Some(next) => cursor = Some(next),
                None => return Ok(count),
            }
        }
    }

    async fn by_http(
        http: &reqwest::Client,
        base: &str,
        size: i64,
        turn: &Turn,
    ) -> Result<u64, Failure> {
        let first = format!("{base}/user/conversations?per_page={size}");
        let (mut count, mut cursor) = (0, None::<String>);
        loop {
            let url = match &cursor {
                None => first.clone(),
                // Cursors are of letters, digits, `-` and `_`.
                Some(cursor) => format!("{first}&cursor={cursor}"),
            };
            let page: famulor::types::ConversationPage = get(http, &url).await?;
            count += used(page.data);
            turn.page().await;
            match page.next_cursor {
                Some(next) => cursor = Some(next),
                None => return Ok(count),
            }
        }
    }
}

impl List for Mindhunters {
    const OPERATION: &'static str = "listConversations";

    generated!(mindhunters, ConversationList, list(), per_page);

    async fn by_request(client: &Self::Client, size: i64, turn: &Turn) -> Result<u64, Error> {
        let (mut count, mut number) = (0, 1);
        loop {
            let page = Self::request(client, size).page(number).await?.data;
            count += used(page.data);
            turn.page().await;
            if number >= page.last_page {
                return Ok(count);
            }
            number += 1;
        }
    }

    async fn by_http(
        http: &reqwest::Client,
        base: &str,
        size: i64,
        turn: &Turn,
    ) -> Result<u64, Failure> {
        let (mut count, mut number) = (0, 1);
        loop {
            let url = format!("{base}/api/v1/conversations?per_page={size}&page={number}");
            let list: mindhunters::types::ConversationList = get(http, &url).await?;
            count += used(list.data.data);
            turn.page().await;
            if number >= list.data.last_page {
                return Ok(count);
            }
            number += 1;
        }
    }
}

async fn get<T: FromJson>(http: &reqwest::Client, url: &str) -> Result<T, Failure> {
    let request = http
        .request(Method::GET, Url::parse(url)?)
        .header(USER_AGENT, "specwright-bench")
        .header(ACCEPT, "application/json")
        .header(AUTHORIZATION, format!("Bearer {TOKEN}"))
        .timeout(TIMEOUT);
    let response = request.send().await?.error_for_status()?;
    Ok(from_slice(&response.bytes().await?)?)
}

/// Takes items one by one, as a program does that has a use for each; gives their number.
pub(crate) fn used<T>(items: Vec<T>) -> u64 {
    let mut count = 0;
    for item in items {
        drop(black_box(item));
        count += 1;
    }
    count
}
