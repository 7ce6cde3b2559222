//! What the members of an envelope mean.

use super::value::{Kind, Shape};

/// What a page says in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The items.
    Items,
    /// Where the next page is.
    Next,
    /// Where the previous page is.
    Previous,
    /// Whether there is a next page.
    HasMore,
    /// Whether this is the last page.
    IsLast,
    /// Whether there is a previous page.
    HasPrevious,
    /// The number of all items.
    Total,
    /// The number of the page.
    Current,
    /// The number of the last page.
    Last,
    /// How many pages there are.
    Pages,
    /// Where the first page is.
    Start,
    /// Where the last page is.
    End,
    /// The page size.
    Size,
    /// How many items lie before the page.
    Offset,
    /// How many items the page has.
    Count,
    /// The number of the first item of the page, from 1.
    From,
    /// The number of the last item of the page.
    To,
    /// The id of the first item of the page.
    FirstId,
    /// The id of the last item of the page.
    LastId,
    /// That the request was fulfilled.
    Success,
    /// The path of the endpoint.
    Path,
    /// Something that a page of the mock never has, such as an error.
    Nothing,
}

impl Meaning {
    /// Whether a member of this type can mean that.
    pub(crate) fn fits(self, kind: Option<Kind>) -> bool {
        let Some(kind) = kind else { return true };
        match self {
            Self::Items => kind == Kind::Array,
            Self::Next | Self::Previous | Self::Path => kind == Kind::String,
            Self::Start | Self::End => kind == Kind::String,
            Self::HasMore | Self::IsLast | Self::HasPrevious | Self::Success => {
                kind == Kind::Boolean
            }
            Self::FirstId | Self::LastId => matches!(kind, Kind::String | Kind::Integer),
            Self::Nothing => true,
            _ => matches!(kind, Kind::Integer | Kind::Number),
        }
    }
}

/// What a member means that the page plan does not name, so that it does not contradict the page.
///
/// `is_url` tells whether it is a URL by its schema.
pub(crate) fn by_name(name: &str, is_url: impl Fn() -> bool) -> Option<Meaning> {
    let plain = plain(name);
    Some(match plain.as_str() {
        "nextcursor" | "nextpagetoken" => Meaning::Next,
        "prevcursor" | "previouscursor" => Meaning::Previous,
        "hasmore" | "hasnext" | "hasnextpage" => Meaning::HasMore,
        "islast" | "islastpage" | "lastpagereached" => Meaning::IsLast,
        "hasprev" | "hasprevious" | "haspreviouspage" => Meaning::HasPrevious,
        "total" | "totalcount" | "totalitems" | "totalresults" | "totalrecords"
        | "totalelements" => Meaning::Total,
        "page" | "currentpage" | "pagenumber" => Meaning::Current,
        "lastpage" => Meaning::Last,
        "totalpages" | "pagecount" => Meaning::Pages,
        "limit" | "perpage" | "pagesize" => Meaning::Size,
        "offset" | "skip" => Meaning::Offset,
        "count" | "returned" => Meaning::Count,
        "from" => Meaning::From,
        "to" => Meaning::To,
        "firstid" => Meaning::FirstId,
        "lastid" => Meaning::LastId,
        "success" | "ok" => Meaning::Success,
        "path" => Meaning::Path,
        "error" | "errors" => Meaning::Nothing,
        "nextpageurl" => Meaning::Next,
        "prevpageurl" | "previouspageurl" => Meaning::Previous,
        "firstpageurl" => Meaning::Start,
        "lastpageurl" => Meaning::End,
        "next" | "nexturl" if is_url() => Meaning::Next,
        "prev" | "previous" | "prevurl" | "previousurl" if is_url() => Meaning::Previous,
        "first" if is_url() => Meaning::Start,
        "last" if is_url() => Meaning::End,
        _ => return None,
    })
}

/// Whether a name of this kind says how many pages there are, and not the number of the last one.
pub(crate) fn counts_pages(name: &str) -> bool {
    let plain = plain(name);
    let plain = plain.strip_prefix('x').unwrap_or(&plain);
    matches!(
        plain,
        "totalpages"
            | "pagecount"
            | "pages"
            | "numpages"
            | "pagescount"
            | "pagetotal"
            | "numberofpages"
    )
}

/// Whether a text is a URL by its schema.
pub(crate) fn says_url(shape: &Shape<'_>) -> bool {
    matches!(
        shape.text.format,
        Some("uri" | "url" | "iri" | "uri-reference" | "iri-reference")
    )
}

fn plain(name: &str) -> String {
    name.chars()
        .filter(|it| it.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_matter() {
        for name in ["per_page", "perPage", "PER-PAGE"] {
            assert_eq!(by_name(name, || false), Some(Meaning::Size), "{name}");
        }
        assert_eq!(by_name("message", || true), None);
    }

    #[test]
    fn a_word_of_another_type_is_something_else() {
        assert!(
            Meaning::Success.fits(Some(Kind::Boolean))
                && !Meaning::Success.fits(Some(Kind::Object))
        );
        assert!(
            Meaning::Total.fits(Some(Kind::Integer)) && !Meaning::Total.fits(Some(Kind::Boolean))
        );
    }
}
