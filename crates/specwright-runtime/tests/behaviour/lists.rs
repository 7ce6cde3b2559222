//! Lists of numbers under every page style, for the laws of the pager.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use specwright_runtime::{
    BoxFuture, Client, ClientBuilder, FromJson, Items, JsonError, JsonReader, Operation, PagePlan,
    PageStyle, Pages, Paginated, Place, Request, ReqwestTransport, Reversible, Signal, Signals,
    Transport, TransportError, TransportRequest, TransportResponse, Value,
};

use crate::server::Server;

static NOWHERE: specwright_runtime::Server = specwright_runtime::Server {
    url: "http://127.0.0.1:1",
    variables: &[],
};

static LIST: Operation = Operation::new("listNumbers", "GET", "/numbers")
    .accept("application/json")
    .security(&[&["key"], &["bearer"]]);

static SEARCH: Operation =
    Operation::new("searchNumbers", "POST", "/numbers/search").accept("application/json");

/// A page that may say anything about its neighbours.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct NumberPage {
    pub items: Vec<i64>,
    pub next: Option<String>,
    pub previous: Option<String>,
    pub has_more: Option<bool>,
    pub current: Option<u64>,
    pub last: Option<u64>,
    pub total: Option<u64>,
    pub size: Option<u64>,
}

impl FromJson for NumberPage {
    fn from_json(json: &mut JsonReader<'_>) -> Result<Self, JsonError> {
        let mut page = Self::default();
        json.begin_object()?;
        while let Some(key) = json.next_key()? {
            match &*key {
                "items" => page.items = json.read()?,
                "next" => page.next = json.read()?,
                "previous" => page.previous = json.read()?,
                "has_more" => page.has_more = json.read()?,
                "current" => page.current = json.read()?,
                "last" => page.last = json.read()?,
                "total" => page.total = json.read()?,
                "size" => page.size = json.read()?,
                _ => json.skip()?,
            }
        }
        Ok(page)
    }
}

macro_rules! list {
    ($name:ident, $operation:ident, $signals:ident, $plan:expr) => {
        #[derive(Debug, Clone)]
        pub struct $name {
            request: Request,
        }

        #[allow(dead_code, reason = "not every list is used in every way")]
        impl $name {
            pub fn at(server: &Server) -> Self {
                Self::of(&client(server, |_| {}))
            }

            pub fn of(client: &Client) -> Self {
                Self {
                    request: client.request(&$operation),
                }
            }

            pub fn set(mut self, name: &'static str, value: impl ToString) -> Self {
                self.request.query(name, value);
                self
            }

            pub fn json(mut self, value: &Value) -> Self {
                self.request.json(value);
                self
            }

            pub fn items(self) -> Items<Self> {
                Items::new(self.request)
            }

            pub fn pages(self) -> Pages<Self> {
                Pages::new(self.request)
            }
        }

        impl Paginated for $name {
            type Page = NumberPage;
            type Item = i64;
            const PLAN: &'static PagePlan = &$plan;
            fn items(page: &Self::Page) -> &[Self::Item] {
                &page.items
            }
            fn into_items(page: Self::Page) -> Vec<Self::Item> {
                page.items
            }
            fn signals(page: &Self::Page) -> Signals<'_> {
                $signals(page)
            }
        }
    };
}

/// All that the page has in typed fields.
fn typed(page: &NumberPage) -> Signals<'_> {
    Signals {
        next: page.next.as_deref().map(Into::into),
        previous: page.previous.as_deref().map(Into::into),
        has_more: page.has_more,
        current: page.current,
        last: page.last,
        total: page.total,
        size: page.size,
    }
}

/// The keys of the first and last items.
fn keys(page: &NumberPage) -> Signals<'_> {
    let key = |item: Option<&i64>| item.map(|item| item.to_string().into());
    Signals {
        next: key(page.items.last()),
        previous: key(page.items.first()),
        has_more: page.has_more,
        ..Signals::default()
    }
}

fn untyped(_: &NumberPage) -> Signals<'_> {
    Signals::default()
}

const fn plan(style: PageStyle, position: &'static str) -> PagePlan {
    PagePlan::new(style)
        .position(Place::Query(position))
        .size(Place::Query("limit"))
        .default_size(10)
}

list!(ByCursor, LIST, typed, plan(PageStyle::Cursor, "cursor"));
list!(
    BothWays,
    LIST,
    typed,
    plan(PageStyle::Bidirectional, "cursor")
);
list!(
    ByOffset,
    LIST,
    typed,
    plan(PageStyle::Offset, "offset").all_size(0)
);
list!(ByPage, LIST, typed, plan(PageStyle::Page, "page"));
list!(ByToken, LIST, typed, plan(PageStyle::Token, "token"));
list!(ByUrl, LIST, typed, plan(PageStyle::NextUrl, "page"));
list!(ByLink, LIST, untyped, plan(PageStyle::Link, "page"));
list!(
    ByKey,
    LIST,
    keys,
    plan(PageStyle::Keyset, "after").previous(Place::Query("before"))
);
list!(
    ByHeader,
    LIST,
    untyped,
    PagePlan::new(PageStyle::Cursor)
        .position(Place::Header("x-cursor"))
        .size(Place::Header("x-size"))
        .header(&[(Signal::Next, "x-next"), (Signal::HasMore, "x-more")])
);
list!(
    ByBody,
    SEARCH,
    untyped,
    PagePlan::new(PageStyle::Cursor)
        .position(Place::Body("/page/cursor"))
        .size(Place::Body("/page/size"))
        .default_size(10)
        .pointers(&[(Signal::Next, "/meta/next")])
);
list!(
    ByNextOffset,
    LIST,
    untyped,
    plan(PageStyle::Offset, "offset").header(&[
        (Signal::Next, "x-next-offset"),
        (Signal::HasMore, "x-has-more"),
    ])
);

impl Reversible for BothWays {}
impl Reversible for ByPage {}
impl Reversible for ByOffset {}
impl Reversible for ByUrl {}
impl Reversible for ByLink {}
impl Reversible for ByKey {}

pub fn client(server: &Server, settings: impl FnOnce(&mut ClientBuilder)) -> Client {
    let mut builder = ClientBuilder::new(&NOWHERE);
    builder.base_url(server.url());
    settings(&mut builder);
    builder.build().unwrap()
}

/// A transport over real sockets whose clock stands still: it notes how long it should have slept.
#[derive(Clone)]
pub struct Awake {
    inner: Arc<ReqwestTransport>,
    pauses: Arc<Mutex<Vec<Duration>>>,
}

impl Awake {
    pub fn new() -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth();
        let client = reqwest::Client::builder().tls_backend_preconfigured(tls);
        Self {
            inner: Arc::new(ReqwestTransport::from_client(client.build().unwrap())),
            pauses: Arc::default(),
        }
    }

    pub fn pauses(&self) -> Vec<Duration> {
        self.pauses.lock().unwrap().clone()
    }
}

impl Transport for Awake {
    fn send(
        &self,
        request: TransportRequest,
    ) -> BoxFuture<'_, Result<TransportResponse, TransportError>> {
        self.inner.send(request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.pauses.lock().unwrap().push(duration);
        Box::pin(std::future::ready(()))
    }
}

/// All items, or the error that ends them.
pub async fn all<L: Paginated>(
    items: &mut Items<L>,
) -> (Vec<L::Item>, Option<specwright_runtime::Error>) {
    let mut taken = Vec::new();
    loop {
        match items.try_next().await {
            Ok(Some(item)) => taken.push(item),
            Ok(None) => return (taken, None),
            Err(error) => return (taken, Some(error)),
        }
    }
}
