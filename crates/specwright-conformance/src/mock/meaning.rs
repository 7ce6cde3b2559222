//! What the members of an envelope mean.

use super::value::Kind;

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
    /// Whether there is a previous page.
    HasPrevious,
    /// The number of all items.
    Total,
    /// The number of the page.
    Current,
    /// The number of the last page.
    Last,
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
            Self::HasMore | Self::HasPrevious | Self::Success => kind == Kind::Boolean,
            Self::Nothing => true,
            _ => matches!(kind, Kind::Integer | Kind::Number),
        }
    }
}

/// What a member means that the page plan does not name, so that it does not contradict the page.
pub(crate) fn by_name(name: &str) -> Option<Meaning> {
    let plain: String = name
        .chars()
        .filter(|it| it.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    Some(match plain.as_str() {
        "nextcursor" | "nextpagetoken" => Meaning::Next,
        "prevcursor" | "previouscursor" => Meaning::Previous,
        "hasmore" | "hasnext" | "hasnextpage" => Meaning::HasMore,
        "hasprev" | "hasprevious" | "haspreviouspage" => Meaning::HasPrevious,
        "total" | "totalcount" | "totalitems" | "totalresults" => Meaning::Total,
        "page" | "currentpage" | "pagenumber" => Meaning::Current,
        "lastpage" | "totalpages" | "pagecount" => Meaning::Last,
        "limit" | "perpage" | "pagesize" => Meaning::Size,
        "offset" | "skip" => Meaning::Offset,
        "count" | "returned" => Meaning::Count,
        "from" => Meaning::From,
        "to" => Meaning::To,
        "success" | "ok" => Meaning::Success,
        "path" => Meaning::Path,
        "error" | "errors" => Meaning::Nothing,
        "nextpageurl" | "prevpageurl" | "previouspageurl" | "firstpageurl" | "lastpageurl" => {
            Meaning::Nothing
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_matter() {
        for name in ["per_page", "perPage", "PER-PAGE"] {
            assert_eq!(by_name(name), Some(Meaning::Size), "{name}");
        }
        assert_eq!(by_name("message"), None);
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
