//! Lists of numbers under every page style, for the laws of the pager.

use specwright_runtime::{
    Client, ClientBuilder, FromJson, Items, JsonError, JsonReader, Operation, PagePlan, PageStyle,
    Pages, Paginated, Place, Request, Reversible, Signals,
};

use crate::server::Server;

static NOWHERE: specwright_runtime::Server = specwright_runtime::Server {
    url: "http://127.0.0.1:1",
    variables: &[],
};

static LIST: Operation =
    Operation::new("listNumbers", "GET", "/numbers").accept("application/json");

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
    ($name:ident, $plan:expr) => {
        #[derive(Debug, Clone)]
        pub struct $name {
            request: Request,
        }

        impl $name {
            pub fn at(server: &Server) -> Self {
                Self {
                    request: client(server).request(&LIST),
                }
            }

            pub fn set(mut self, name: &'static str, value: impl ToString) -> Self {
                self.request.query(name, value);
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
        }
    };
}

const fn plan(style: PageStyle, position: &'static str) -> PagePlan {
    PagePlan::new(style)
        .position(Place::Query(position))
        .size(Place::Query("limit"))
        .default_size(10)
}

list!(ByCursor, plan(PageStyle::Cursor, "cursor"));
list!(BothWays, plan(PageStyle::Bidirectional, "cursor"));
list!(ByOffset, plan(PageStyle::Offset, "offset").all_size(0));
list!(ByPage, plan(PageStyle::Page, "page"));

impl Reversible for BothWays {}
impl Reversible for ByPage {}
impl Reversible for ByOffset {}

fn client(server: &Server) -> Client {
    let mut builder = ClientBuilder::new(&NOWHERE);
    builder.base_url(server.url());
    builder.build().unwrap()
}
