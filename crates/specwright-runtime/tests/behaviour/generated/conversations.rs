//! Operations, in the words of the generator.

use specwright_runtime as runtime;
use specwright_runtime::{
    Call, DecodeError, Error, ErrorResponse, Items, Operation, PagePlan, PageStyle, Pages,
    Paginated, Place, RawResponse, Signals,
};

use super::types::{AccountId, Conversation, ConversationPage, ErrorBody};

#[derive(Debug, Clone, Copy)]
pub struct Conversations<'a> {
    pub(super) client: &'a runtime::Client,
}

impl<'a> Conversations<'a> {
    pub fn list(&self, account_id: impl Into<AccountId>) -> ListConversations {
        let mut request = self.client.request(&LIST_CONVERSATIONS);
        request.path("account_id", account_id.into());
        ListConversations { request }
    }
}

static LIST_CONVERSATIONS: Operation = Operation::new(
    "listConversations",
    "GET",
    "/api/v2/accounts/{account_id}/conversations",
)
.accept("application/json")
.security(&[&["bearerAuth"]]);

static LIST_CONVERSATIONS_PAGES: PagePlan = PagePlan::new(PageStyle::Cursor)
    .position(Place::Query("cursor"))
    .size(Place::Query("limit"))
    .default_size(10)
    .maximum_size(25);

#[derive(Debug, Clone)]
#[must_use = "a request does nothing until it is awaited or its items are read"]
pub struct ListConversations {
    request: runtime::Request,
}

impl ListConversations {
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.request.query("tag", tag.into());
        self
    }

    pub fn limit(mut self, limit: i64) -> Self {
        self.request.query("limit", limit);
        self
    }

    pub fn items(self) -> Items<Self> {
        Items::new(self.request)
    }

    pub fn pages(self) -> Pages<Self> {
        Pages::new(self.request)
    }

    pub fn send_raw(self) -> Call<RawResponse> {
        self.request.send_raw()
    }
}

impl IntoFuture for ListConversations {
    type Output = Result<ConversationPage, Error>;
    type IntoFuture = Call<ConversationPage>;
    fn into_future(self) -> Self::IntoFuture {
        self.request.send()
    }
}

impl Paginated for ListConversations {
    type Page = ConversationPage;
    type Item = Conversation;
    const PLAN: &'static PagePlan = &LIST_CONVERSATIONS_PAGES;
    fn items(page: &Self::Page) -> &[Self::Item] {
        &page.data.conversations
    }
    fn into_items(page: Self::Page) -> Vec<Self::Item> {
        page.data.conversations
    }
    fn signals(page: &Self::Page) -> Signals<'_> {
        Signals {
            next: page.data.pagination.next_cursor.as_deref().map(Into::into),
            has_more: page.data.pagination.has_more,
            ..Signals::default()
        }
    }
}

/// Documented error responses of `listConversations`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ListConversationsError {
    Unauthorized(ErrorBody),
    Default(ErrorBody),
}

impl ErrorResponse for ListConversationsError {
    fn from_response(response: &RawResponse) -> Option<Result<Self, DecodeError>> {
        match response.status().as_u16() {
            401 => Some(response.json().map(Self::Unauthorized)),
            _ => Some(response.json().map(Self::Default)),
        }
    }
}
