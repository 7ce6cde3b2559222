//! The generated crates behind one trait.

use std::fmt;

use specwright_runtime::{
    Call, Error, ErrorResponse, FromJson, Items, Pages, Paginated, RawResponse, ToJson, Transport,
};

/// A generated crate with its one list operation.
pub trait Api: Sized + 'static {
    /// The name of the API and of the crate.
    const NAME: &'static str;
    /// The id of the list operation.
    const OPERATION: &'static str;
    /// The largest documented page size; where none is documented, the default.
    const PAGE_SIZE: u16;
    /// The page size that is served when none is asked for.
    const DEFAULT_SIZE: usize;
    /// The query parameter of the page size.
    const SIZE: &'static str;
    /// The query parameter of the position.
    const POSITION: &'static str;
    /// The member of an item that tells it from the others.
    const ID: &'static str;

    /// The builder of clients.
    type Builder: fmt::Debug;
    /// The client.
    type Client: fmt::Debug + Clone;
    /// The request for the list.
    type List: Paginated<Page = Self::Page, Item = Self::Item>
        + IntoFuture<Output = Result<Self::Page, Error>, IntoFuture = Call<Self::Page>>
        + Clone
        + fmt::Debug;
    /// One page of the list.
    type Page: FromJson + ToJson + fmt::Debug;
    /// One item of the list.
    type Item: FromJson + ToJson + fmt::Debug;
    /// The documented error responses of the list operation.
    type Failure: ErrorResponse + fmt::Debug;

    /// A builder without any setting.
    fn builder() -> Self::Builder;
    /// Sets the bearer token.
    fn token(builder: Self::Builder, token: &str) -> Self::Builder;
    /// Sets the base URL.
    fn base_url(builder: Self::Builder, url: &str) -> Self::Builder;
    /// Sets the transport.
    fn transport(builder: Self::Builder, transport: impl Transport) -> Self::Builder;
    /// Makes the client.
    ///
    /// # Errors
    /// If a setting cannot be used.
    fn build(builder: Self::Builder) -> Result<Self::Client, Error>;

    /// The request for the list, of the account `me` where there are several.
    fn list(client: &Self::Client) -> Self::List;
    /// Sets the page size.
    fn page_size(list: Self::List, size: i64) -> Self::List;
    /// The items of all pages.
    fn items(list: Self::List) -> Items<Self::List>;
    /// The pages.
    fn pages(list: Self::List) -> Pages<Self::List>;
    /// The response as it is.
    fn send_raw(list: Self::List) -> Call<RawResponse>;
    /// What tells the item from the others; empty if it has nothing.
    fn id(item: &Self::Item) -> &str;

    /// A client for the server at `url`.
    ///
    /// # Errors
    /// If the URL or the token cannot be used.
    fn client(url: &str, token: &str) -> Result<Self::Client, Error> {
        Self::build(Self::base_url(Self::token(Self::builder(), token), url))
    }
}

macro_rules! api {
    (
        $(#[$doc:meta])*
        $name:ident: $package:ident, $operation:literal, $page:ident,
        list($($argument:expr)?), $position:literal, $size:ident($largest:literal, else $default:literal),
        $id:literal => |$item:ident| $text:expr
    ) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {}

        impl Api for $name {
            const NAME: &'static str = stringify!($package);
            const OPERATION: &'static str = $operation;
            const PAGE_SIZE: u16 = $largest;
            const DEFAULT_SIZE: usize = $default;
            const SIZE: &'static str = stringify!($size);
            const POSITION: &'static str = $position;
            const ID: &'static str = $id;

            type Builder = $package::ClientBuilder;
            type Client = $package::Client;
            type List = $package::conversations::ListConversations;
            type Page = $package::types::$page;
            type Item = $package::types::Conversation;
            type Failure = $package::conversations::ListConversationsError;

            fn builder() -> Self::Builder {
                $package::Client::builder()
            }

            fn token(builder: Self::Builder, token: &str) -> Self::Builder {
                builder.bearer_token(token)
            }

            fn base_url(builder: Self::Builder, url: &str) -> Self::Builder {
                builder.base_url(url)
            }

            fn transport(builder: Self::Builder, transport: impl Transport) -> Self::Builder {
                builder.transport(transport)
            }

            fn build(builder: Self::Builder) -> Result<Self::Client, Error> {
                builder.build()
            }

            fn list(client: &Self::Client) -> Self::List {
                client.conversations().list($($argument)?)
            }

            fn page_size(list: Self::List, size: i64) -> Self::List {
                list.$size(size)
            }

            fn items(list: Self::List) -> Items<Self::List> {
                list.items()
            }

            fn pages(list: Self::List) -> Pages<Self::List> {
                list.pages()
            }

            fn send_raw(list: Self::List) -> Call<RawResponse> {
                Box::pin(list.send_raw())
            }

            fn id($item: &Self::Item) -> &str {
                $text
            }
        }
    };
}

api!(
    /// TalkToHumans: an opaque cursor and a flag, forwards only.
    TalkToHumans: talktohumans, "listConversations", ConversationList,
    list(), "cursor", limit(25, else 10), "conversation_id" => |item| &item.conversation_id
);
api!(
    /// Parrot: offset and limit, nothing else.
    Parrot: parrot, "ParrotMobMacaw.ConversationController.index", ConversationList,
    list(parrot::types::AccountId::Me), "offset", limit(50, else 50), "id" => |item| item.id.as_deref().unwrap_or_default()
);
api!(
    /// Famulor: opaque cursors, both ways.
    Famulor: famulor, "listConversations", ConversationPage,
    list(), "cursor", per_page(100, else 15), "id" => |item| item.id.as_str()
);
api!(
    /// Mindhunters: numbered pages with a total.
    Mindhunters: mindhunters, "listConversations", ConversationList,
    list(), "page", per_page(100, else 15), "uuid" => |item| item.uuid.as_str()
);
