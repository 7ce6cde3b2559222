//! How an operation pages: what generated code declares in statics.

/// Where a request carries something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// A query parameter.
    Query(&'static str),
    /// A header.
    Header(&'static str),
    /// A member of a JSON request body, as a JSON pointer (RFC 6901), such as `/page/cursor`.
    Body(&'static str),
}

impl Place {
    /// What tells places apart, in the same words for ever.
    pub(crate) fn text(self) -> String {
        match self {
            Self::Query(name) => format!("query:{name}"),
            Self::Header(name) => format!("header:{name}"),
            Self::Body(pointer) => format!("body:{pointer}"),
        }
    }

    /// The name of the parameter or header, or the pointer.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Query(name) | Self::Header(name) | Self::Body(name) => name,
        }
    }
}

/// How one page leads to the next. What ends a walk is told in the [module](super).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PageStyle {
    /// An opaque cursor, forwards only; a flag may say whether more follows.
    ///
    /// ```
    /// use specwright_runtime::{PagePlan, PageStyle, Place, Signal};
    ///
    /// // {"items": […], "next_cursor": "…", "has_more": true}
    /// static PLAN: PagePlan = PagePlan::new(PageStyle::Cursor)
    ///     .position(Place::Query("cursor"))
    ///     .size(Place::Query("limit"))
    ///     .pointers(&[(Signal::Next, "/next_cursor"), (Signal::HasMore, "/has_more")]);
    /// ```
    Cursor,
    /// Opaque cursors for both directions, in one parameter or in two.
    ///
    /// ```
    /// use specwright_runtime::{PagePlan, PageStyle, Place, Signal};
    ///
    /// // {"items": […], "paging": {"after": "…", "before": "…"}}
    /// static PLAN: PagePlan = PagePlan::new(PageStyle::Bidirectional)
    ///     .position(Place::Query("after"))
    ///     .previous(Place::Query("before"))
    ///     .pointers(&[(Signal::Next, "/paging/after"), (Signal::Previous, "/paging/before")]);
    /// ```
    Bidirectional,
    /// The number of items to skip. It advances by the items received, whatever the page size, if
    /// the server does not say where the next page is.
    ///
    /// ```
    /// use specwright_runtime::{PagePlan, PageStyle, Place, Signal};
    ///
    /// // A bare array, and the header `X-Total-Count: 250`
    /// static PLAN: PagePlan = PagePlan::new(PageStyle::Offset)
    ///     .position(Place::Query("offset"))
    ///     .size(Place::Query("limit"))
    ///     .header(&[(Signal::Total, "x-total-count")]);
    /// ```
    Offset,
    /// The number of the page.
    ///
    /// ```
    /// use specwright_runtime::{PagePlan, PageStyle, Place, Signal};
    ///
    /// // {"items": […], "page": 0, "is_last": false}, the first page being 0
    /// static PLAN: PagePlan = PagePlan::new(PageStyle::Page)
    ///     .position(Place::Query("page"))
    ///     .size(Place::Query("per_page"))
    ///     .first_page(0)
    ///     .pointers(&[(Signal::Current, "/page"), (Signal::IsLast, "/is_last")]);
    /// ```
    Page,
    /// The URL of the next page, in the body or a header: absolute, a relative reference or a path.
    /// It is asked for exactly as given, with the operation's method, headers, body and credentials,
    /// if it is of the same origin.
    ///
    /// ```
    /// use specwright_runtime::{PagePlan, PageStyle, Signal};
    ///
    /// // {"data": […], "links": {"next": {"href": "/articles?page=3"}, "prev": null}}
    /// static PLAN: PagePlan = PagePlan::new(PageStyle::NextUrl)
    ///     .pointers(&[(Signal::Next, "/links/next"), (Signal::Previous, "/links/prev")]);
    /// ```
    NextUrl,
    /// The header `Link` (RFC 8288) with the relations `next`, `prev`, `first` and `last`. URLs are
    /// treated as those of [`NextUrl`](Self::NextUrl).
    ///
    /// ```
    /// use specwright_runtime::{PagePlan, PageStyle, Place};
    ///
    /// // Link: <https://api.example.com/items?page=3>; rel="next"
    /// static PLAN: PagePlan = PagePlan::new(PageStyle::Link).size(Place::Query("per_page"));
    /// ```
    Link,
    /// The key of the last item: the next page has what follows it. Generated code takes the keys
    /// from the items.
    ///
    /// ```
    /// use specwright_runtime::{PagePlan, PageStyle, Place, Signal};
    ///
    /// // {"data": [{"id": "a"}, {"id": "b"}], "has_more": true}
    /// static PLAN: PagePlan = PagePlan::new(PageStyle::Keyset)
    ///     .position(Place::Query("starting_after"))
    ///     .previous(Place::Query("ending_before"))
    ///     .pointers(&[(Signal::HasMore, "/has_more")]);
    /// ```
    Keyset,
    /// An opaque token without a flag: an absent, null or empty token ends the walk.
    ///
    /// ```
    /// use specwright_runtime::{PagePlan, PageStyle, Place, Signal};
    ///
    /// // POST {"page": {"token": "…", "size": 50}} gives {"items": […], "next_page_token": ""}
    /// static PLAN: PagePlan = PagePlan::new(PageStyle::Token)
    ///     .position(Place::Body("/page/token"))
    ///     .size(Place::Body("/page/size"))
    ///     .pointers(&[(Signal::Next, "/next_page_token")]);
    /// ```
    Token,
}

impl PageStyle {
    /// The name of the style in documents, in the same words for ever.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Cursor => "cursor",
            Self::Bidirectional => "bidirectional",
            Self::Offset => "offset",
            Self::Page => "page",
            Self::NextUrl => "next-url",
            Self::Link => "link",
            Self::Keyset => "keyset",
            Self::Token => "token",
        }
    }
}

/// What a page says about its place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Signal {
    /// Where the next page is: a cursor, token, URL, number or key.
    Next,
    /// Where the previous page is.
    Previous,
    /// Whether more items follow.
    HasMore,
    /// Whether this is the last page: the opposite of [`HasMore`](Self::HasMore).
    IsLast,
    /// The number of this page.
    Current,
    /// The number of the last page.
    Last,
    /// The number of items in the whole list.
    Total,
    /// The size of pages that the server keeps to.
    Size,
}

/// How an operation pages.
///
/// ```
/// use specwright_runtime::{PagePlan, PageStyle, Place, Signal};
///
/// static LIST_PAGES: PagePlan = PagePlan::new(PageStyle::Cursor)
///     .position(Place::Query("cursor"))
///     .size(Place::Query("limit"))
///     .default_size(10)
///     .maximum_size(25)
///     .header(&[(Signal::Next, "x-next-cursor")]);
/// assert_eq!(LIST_PAGES.style(), PageStyle::Cursor);
/// ```
#[derive(Debug)]
pub struct PagePlan {
    pub(crate) style: PageStyle,
    pub(crate) position: Option<Place>,
    pub(crate) previous: Option<Place>,
    pub(crate) size: Option<Place>,
    pub(crate) default_size: Option<u64>,
    pub(crate) minimum_size: Option<u64>,
    pub(crate) maximum_size: Option<u64>,
    pub(crate) all_size: Option<u64>,
    pub(crate) first_page: u64,
    pub(crate) is_number: bool,
    pub(crate) headers: &'static [(Signal, &'static str)],
    pub(crate) pointers: &'static [(Signal, &'static str)],
}

impl PagePlan {
    /// A plan of which nothing but the style is known.
    pub const fn new(style: PageStyle) -> Self {
        Self {
            style,
            position: None,
            previous: None,
            size: None,
            default_size: None,
            minimum_size: None,
            maximum_size: None,
            all_size: None,
            first_page: 1,
            is_number: matches!(style, PageStyle::Offset | PageStyle::Page),
            headers: &[],
            pointers: &[],
        }
    }

    /// Where a request carries the position of its page.
    pub const fn position(mut self, place: Place) -> Self {
        self.position = Some(place);
        self
    }

    /// Where a request carries the position of a page on the way back, if not where the others are.
    pub const fn previous(mut self, place: Place) -> Self {
        self.previous = Some(place);
        self
    }

    /// Where a request carries the page size, in items.
    pub const fn size(mut self, place: Place) -> Self {
        self.size = Some(place);
        self
    }

    /// The page size of requests that carry none.
    pub const fn default_size(mut self, items: u64) -> Self {
        self.default_size = Some(items);
        self
    }

    /// The smallest page size that the server takes.
    pub const fn minimum_size(mut self, items: u64) -> Self {
        self.minimum_size = Some(items);
        self
    }

    /// The largest page size that the server keeps to; more is cut to it.
    pub const fn maximum_size(mut self, items: u64) -> Self {
        self.maximum_size = Some(items);
        self
    }

    /// The page size that means "everything in one response".
    pub const fn all_size(mut self, items: u64) -> Self {
        self.all_size = Some(items);
        self
    }

    /// The number of the first page of [`PageStyle::Page`]; 1 unless it is set.
    pub const fn first_page(mut self, number: u64) -> Self {
        self.first_page = number;
        self
    }

    /// Positions in a JSON body are numbers: a cursor that is a decimal integer is sent as one even
    /// if neither the request nor a page has shown one before. Offsets and page numbers are numbers
    /// anyway.
    pub const fn numeric_position(mut self) -> Self {
        self.is_number = true;
        self
    }

    /// Signals in response headers, by name: texts and numbers without the space around them, flags
    /// as `true`, `false`, `1` or `0`. Of `link` (RFC 8288) the relation counts that bears the
    /// signal's name.
    pub const fn header(mut self, signals: &'static [(Signal, &'static str)]) -> Self {
        self.headers = signals;
        self
    }

    /// Signals that are read from the body by JSON pointer (RFC 6901), because no typed place leads
    /// there.
    ///
    /// They are looked for from the end of the body, and nothing else is decoded: behind the items
    /// they cost next to nothing, before them another pass over the items.
    ///
    /// Of [`Signal::Next`] and [`Signal::Previous`] a string, the text of a number, or the string
    /// `href` of an object (JSON:API, HAL) counts. [`Signal::HasMore`] is true where there is
    /// anything but null, false, 0 or something empty, and false where there is nothing.
    pub const fn pointers(mut self, signals: &'static [(Signal, &'static str)]) -> Self {
        self.pointers = signals;
        self
    }

    /// How one page leads to the next.
    pub const fn style(&self) -> PageStyle {
        self.style
    }

    /// Whether a header or pointer is declared that says `signal`.
    pub(crate) fn declares(&self, signal: Signal) -> bool {
        let declared = self.headers.iter().chain(self.pointers);
        declared
            .into_iter()
            .any(|(declared, _)| *declared == signal)
    }

    /// Whether positions are URLs that the server gives.
    pub(crate) fn is_by_url(&self) -> bool {
        matches!(self.style, PageStyle::NextUrl | PageStyle::Link)
    }

    /// Whether positions are counted.
    pub(crate) fn is_numbered(&self) -> bool {
        matches!(self.style, PageStyle::Offset | PageStyle::Page)
    }

    /// Whether a walk can go back.
    pub(crate) fn is_reversible(&self) -> bool {
        match self.style {
            PageStyle::Cursor | PageStyle::Token | PageStyle::Offset => false,
            PageStyle::Keyset => self.previous.is_some(),
            PageStyle::Bidirectional | PageStyle::Page | PageStyle::NextUrl | PageStyle::Link => {
                true
            }
        }
    }
}
