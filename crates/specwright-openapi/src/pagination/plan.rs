//! What a page plan says.

use std::fmt;

use serde_json::{Map, Value, json};
use specwright_diagnostics::Pointer;

/// How an operation pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagePlan {
    /// The family of pagination.
    pub style: Style,
    /// The request's side.
    pub request: RequestPlan,
    /// The response's side.
    pub response: ResponsePlan,
    /// Page sizes.
    pub size: PageSize,
    /// The number of the first page where it is not 1.
    pub first: Option<u64>,
}

/// The families of pagination.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// An opaque cursor from the response leads forward; a flag may tell the end.
    Cursor,
    /// Opaque cursors lead forward and back.
    Bidirectional,
    /// The number of items to skip.
    Offset,
    /// The number of the page.
    Page,
    /// The response has the URL of the next page.
    NextUrl,
    /// The response has `Link` headers (RFC 8288) with the relation `next`.
    Link,
    /// The next page begins after the last item, which is named by one of its fields.
    Keyset,
    /// An opaque token from the response leads forward; a page without one is the last.
    Token,
}

impl Style {
    /// Every style, in the order in which documentation lists them.
    pub const ALL: [Self; 8] = [
        Self::Cursor,
        Self::Bidirectional,
        Self::Offset,
        Self::Page,
        Self::NextUrl,
        Self::Link,
        Self::Keyset,
        Self::Token,
    ];

    /// The name in declarations.
    #[must_use]
    pub fn as_str(self) -> &'static str {
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

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a request carries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestPlan {
    /// Takes the cursor, offset, page number or key. Needed by all styles but `next-url` and `link`.
    pub position: Option<RequestPlace>,
    /// Takes the position of the way back, where `position` does not.
    pub previous: Option<RequestPlace>,
    /// Takes the page size.
    pub size: Option<RequestPlace>,
}

impl RequestPlan {
    /// Each place with its name in declarations.
    #[must_use]
    pub fn places(&self) -> [(&'static str, Option<&RequestPlace>); 3] {
        [
            ("position", self.position.as_ref()),
            ("previous", self.previous.as_ref()),
            ("size", self.size.as_ref()),
        ]
    }
}

/// Where a request carries something. Written `name`, `header:Name` or `body:/pointer`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestPlace {
    /// A query parameter.
    Query(String),
    /// A header parameter.
    Header(String),
    /// A member of the JSON body.
    Body(Pointer),
}

impl RequestPlace {
    /// Reads the form of declarations.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(pointer) = text.strip_prefix("body:") {
            let pointer = Pointer::parse(pointer)?;
            return (!pointer.is_root()).then_some(Self::Body(pointer));
        }
        let (name, place): (&str, fn(String) -> Self) = match text.strip_prefix("header:") {
            Some(name) => (name, Self::Header),
            None => (text, Self::Query),
        };
        (!name.is_empty()).then(|| place(name.to_owned()))
    }

    /// The name of the query parameter, if it is one.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        match self {
            Self::Query(name) => Some(name),
            Self::Header(_) | Self::Body(_) => None,
        }
    }
}

impl fmt::Display for RequestPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Query(name) => f.write_str(name),
            Self::Header(name) => write!(f, "header:{name}"),
            Self::Body(pointer) => write!(f, "body:{pointer}"),
        }
    }
}

/// What a response says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponsePlan {
    /// The array of items in the body.
    pub items: Pointer,
    /// The cursor, token, key or URL of the next page; with numbered pages the next number.
    pub next: Option<ResponsePlace>,
    /// The same of the previous page.
    pub previous: Option<ResponsePlace>,
    /// Whether there is a next page: a flag, or a text such as a URL whose presence says so.
    pub has_more: Option<ResponsePlace>,
    /// Whether this is the last page.
    pub is_last: Option<ResponsePlace>,
    /// The number of all items.
    pub total: Option<ResponsePlace>,
    /// The number of this page.
    pub current: Option<ResponsePlace>,
    /// The number of the last page.
    pub last: Option<ResponsePlace>,
    /// The page size that was served.
    pub size: Option<ResponsePlace>,
}

impl ResponsePlan {
    /// A plan that knows the items alone.
    #[must_use]
    pub fn of(items: Pointer) -> Self {
        Self {
            items,
            next: None,
            previous: None,
            has_more: None,
            is_last: None,
            total: None,
            current: None,
            last: None,
            size: None,
        }
    }

    /// Each place but the items, with its name in declarations.
    #[must_use]
    pub fn places(&self) -> [(&'static str, Option<&ResponsePlace>); 8] {
        [
            ("next", self.next.as_ref()),
            ("previous", self.previous.as_ref()),
            ("has_more", self.has_more.as_ref()),
            ("is_last", self.is_last.as_ref()),
            ("total", self.total.as_ref()),
            ("current", self.current.as_ref()),
            ("last", self.last.as_ref()),
            ("size", self.size.as_ref()),
        ]
    }

    /// The place of a name in declarations.
    pub(super) fn place_mut(&mut self, name: &str) -> Option<&mut Option<ResponsePlace>> {
        Some(match name {
            "next" => &mut self.next,
            "previous" => &mut self.previous,
            "has_more" => &mut self.has_more,
            "is_last" => &mut self.is_last,
            "total" => &mut self.total,
            "current" => &mut self.current,
            "last" => &mut self.last,
            "size" => &mut self.size,
            _ => return None,
        })
    }
}

/// Where a response says something. Written `/pointer`, `header:Name`, `last-item:/pointer` or `first-item:/pointer`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResponsePlace {
    /// In the JSON body.
    Body(Pointer),
    /// In a header.
    Header(String),
    /// In the last item of the page.
    LastItem(Pointer),
    /// In the first item of the page.
    FirstItem(Pointer),
}

impl ResponsePlace {
    /// Reads the form of declarations. A field of an item may be named without a slash.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let field = |text: &str| {
            if text.starts_with('/') {
                Pointer::parse(text)
            } else {
                (!text.is_empty()).then(|| Pointer::root().join(text))
            }
        };
        if let Some(name) = text.strip_prefix("header:") {
            return (!name.is_empty()).then(|| Self::Header(name.to_owned()));
        }
        if let Some(text) = text.strip_prefix("last-item:") {
            return field(text).map(Self::LastItem);
        }
        if let Some(text) = text.strip_prefix("first-item:") {
            return field(text).map(Self::FirstItem);
        }
        Pointer::parse(text).map(Self::Body)
    }

    /// The pointer into the body, if it is one.
    #[must_use]
    pub fn body(&self) -> Option<&Pointer> {
        match self {
            Self::Body(pointer) => Some(pointer),
            Self::Header(_) | Self::LastItem(_) | Self::FirstItem(_) => None,
        }
    }
}

impl fmt::Display for ResponsePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, field) = match self {
            Self::Body(pointer) => return write!(f, "{pointer}"),
            Self::Header(name) => return write!(f, "header:{name}"),
            Self::LastItem(field) => ("last-item", field),
            Self::FirstItem(field) => ("first-item", field),
        };
        let mut segments = field.segments();
        match (segments.next(), segments.next()) {
            (Some(name), None) if !name.is_empty() && !name.contains('/') => {
                write!(f, "{kind}:{name}")
            }
            _ => write!(f, "{kind}:{field}"),
        }
    }
}

/// What is known about page sizes, in items.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageSize {
    /// Served when none is asked for.
    pub default: Option<u64>,
    /// The smallest that may be asked for.
    pub minimum: Option<u64>,
    /// The largest that is served.
    pub maximum: Option<u64>,
    /// The size that asks for everything in one response.
    pub all: Option<u64>,
    /// Whether a size above the maximum is served as the maximum instead of being refused.
    pub clamps: bool,
}

impl PagePlan {
    /// The name of the query parameter that takes the position, if one does.
    #[must_use]
    pub fn position_parameter(&self) -> Option<&str> {
        self.request.position.as_ref()?.query()
    }

    /// The name of the query parameter that takes the page size, if one does.
    #[must_use]
    pub fn size_parameter(&self) -> Option<&str> {
        self.request.size.as_ref()?.query()
    }

    /// Whether the plan says how to go back.
    #[must_use]
    pub fn is_reversible(&self) -> bool {
        match self.style {
            Style::Bidirectional | Style::Page | Style::Link => true,
            Style::NextUrl | Style::Keyset => self.response.previous.is_some(),
            Style::Cursor | Style::Token | Style::Offset => false,
        }
    }

    /// The plan as it would be declared with `x-specwright-pagination`.
    ///
    /// Reading the declaration gives the plan again.
    #[must_use]
    pub fn to_declaration(&self) -> Value {
        let mut plan = Map::new();
        plan.insert("style".to_owned(), json!(self.style.as_str()));
        let mut request = Map::new();
        for (name, place) in self.request.places() {
            if let Some(place) = place {
                request.insert(name.to_owned(), json!(place.to_string()));
            }
        }
        if !request.is_empty() {
            plan.insert("request".to_owned(), Value::Object(request));
        }
        let mut response = Map::new();
        response.insert("items".to_owned(), json!(self.response.items.to_string()));
        for (name, place) in self.response.places() {
            if let Some(place) = place {
                response.insert(name.to_owned(), json!(place.to_string()));
            }
        }
        plan.insert("response".to_owned(), Value::Object(response));
        let mut size = Map::new();
        let numbers = [
            ("default", self.size.default),
            ("minimum", self.size.minimum),
            ("maximum", self.size.maximum),
            ("all", self.size.all),
        ];
        for (name, number) in numbers {
            if let Some(number) = number {
                size.insert(name.to_owned(), json!(number));
            }
        }
        if self.size.clamps {
            size.insert("clamps".to_owned(), json!(true));
        }
        if !size.is_empty() {
            plan.insert("size".to_owned(), Value::Object(size));
        }
        if let Some(first) = self.first {
            plan.insert("first".to_owned(), json!(first));
        }
        Value::Object(plan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_as_they_are_written() {
        for text in ["cursor", "header:X-Cursor", "body:/page/token"] {
            assert_eq!(RequestPlace::parse(text).unwrap().to_string(), text);
        }
        for text in [
            "/data/next",
            "",
            "header:Link",
            "last-item:id",
            "first-item:id",
            "last-item:/meta/id",
            "last-item:/a~1b",
        ] {
            assert_eq!(ResponsePlace::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "header:", "body:", "body:token"] {
            assert_eq!(RequestPlace::parse(text), None);
        }
        for text in ["next", "header:", "last-item:", "first-item:"] {
            assert_eq!(ResponsePlace::parse(text), None);
        }
    }
}
