//! How an operation pages: what generated code declares in statics.

/// How one page leads to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PageStyle {
    /// An opaque cursor, forwards only.
    Cursor,
    /// Opaque cursors for both directions.
    Bidirectional,
    /// The number of items to skip.
    Offset,
    /// The number of the page.
    Page,
}

/// How an operation pages.
#[derive(Debug)]
pub struct PagePlan {
    /// How one page leads to the next.
    pub style: PageStyle,
    /// The query parameter that carries the position.
    pub position: &'static str,
    /// The query parameter of the page size, if there is one.
    pub size: Option<&'static str>,
    /// The page size without that parameter, if it is known.
    pub default_size: Option<u64>,
    /// The largest page size that the server keeps to, if it is known; more is cut to it.
    pub maximum_size: Option<u64>,
    /// The page size that means "everything in one response", if there is one.
    pub all: Option<u64>,
}
