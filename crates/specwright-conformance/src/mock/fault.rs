//! Ways in which the mock can go wrong on purpose.

use std::{fmt, str::FromStr};

use specwright_openapi::pagination::{PagePlan, ResponsePlace, Style};

macro_rules! faults {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// One way in which a server breaks its contract, or strains its clients within it.
        ///
        /// A fault shows on page 3 unless it is placed elsewhere ([`Fault::at`], [`Fault::from_page`]).
        /// The page of a request is told by the position it asks for; requests of operations without
        /// a page plan count as page 1. The text form is the name in kebab case.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Fault {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Fault {
            /// Every fault.
            pub const ALL: [Fault; [$($name),+].len()] = [$(Self::$variant),+];

            /// The name in kebab case.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

faults! {
    /// The next cursor is the cursor that was just used.
    RepeatedCursor = "repeated-cursor",
    /// The next cursor of the second page after this one leads back to this one: a cycle of three pages.
    CursorCycle = "cursor-cycle",
    /// More is promised by the flag, but there is no next cursor.
    MissingCursor = "missing-cursor",
    /// The next cursor is an empty text.
    EmptyCursor = "empty-cursor",
    /// A page without items, from which a valid cursor leads on to the items.
    EmptyPage = "empty-page",
    /// No page holds more than 7 items, whatever is asked for. Holds for every page, wherever it is placed.
    ClampedSize = "clamped-size",
    /// The page says that it is page 1.
    PageEchoMismatch = "page-echo-mismatch",
    /// From this page on, the last third of the data set is gone.
    ShrinkingLastPage = "shrinking-last-page",
    /// From this page on, the data set is longer by a half.
    GrowingLastPage = "growing-last-page",
    /// A field of the first item has another JSON type than documented: a required field if there is one.
    WrongType = "wrong-type",
    /// Status 401.
    Unauthorized = "unauthorized",
    /// Status 500.
    ServerError = "server-error",
    /// Status 500, only when the page is asked for the first time.
    ServerErrorOnce = "server-error-once",
    /// The connection is closed in the middle of the body.
    CutBody = "cut-body",
    /// Status 200 with a page of HTML.
    Html = "html",
    /// Status 429 with `Retry-After: 0`, only when the page is asked for the first time.
    RateLimitedOnce = "rate-limited-once",
    /// The page starts with the last item of the page before.
    DuplicateItem = "duplicate-item",
    /// The first item of the page is in no page.
    MissingItem = "missing-item",
    /// Every answer takes 50 milliseconds. Shows on every page unless it is placed.
    Slow = "slow",
    /// The position is not looked at: the first page comes again.
    IgnoredPosition = "ignored-position",
    /// The page size is not looked at: pages have the default size. Holds for every page, wherever it is placed.
    IgnoredSize = "ignored-size",
    /// Asked for again, the page has other items: it begins one item later.
    UnstablePage = "unstable-page",
    /// The flag says the opposite of the cursor: no more where one follows, more on the last page.
    ContradictingFlag = "contradicting-flag",
    /// The page says that it is the last one, and more items follow.
    EarlyEnd = "early-end",
    /// After the last page there are ever more empty pages. Shows on every page unless it is placed.
    NeverEnds = "never-ends",
    /// A page without items, from which a cursor leads on behind the items that it should have.
    LostPage = "lost-page",
    /// The page holds one item more than its size, which the next page holds as well.
    Overrun = "overrun",
    /// The total is one more than there are items.
    WrongTotal = "wrong-total",
    /// The items of the page come in the opposite order.
    ReversedOrder = "reversed-order",
    /// The URL of the next page is of another origin, which does not exist.
    ForeignNextUrl = "foreign-next-url",
    /// The URL of the next page is none.
    BrokenNextUrl = "broken-next-url",
    /// There are two links to the next page, of which the second one leads to the first page.
    DuplicateLink = "duplicate-link",
    /// Status 204, without a body.
    NoContent = "no-content",
}

impl Fault {
    /// The fault on one page, counted from 1.
    #[must_use]
    pub fn at(self, page: u64) -> PlacedFault {
        PlacedFault {
            fault: self,
            pages: Pages::At(page),
        }
    }

    /// The fault on this page and every one after it, counted from 1.
    #[must_use]
    pub fn from_page(self, page: u64) -> PlacedFault {
        PlacedFault {
            fault: self,
            pages: Pages::From(page),
        }
    }

    /// Whether the fault can show where lists page by `plan`.
    ///
    /// There are no cursors to spoil in the style `offset`, no flag beside the cursor in some lists, and so on.
    #[must_use]
    pub fn applies_to(self, plan: &PagePlan) -> bool {
        let has_token = matches!(
            plan.style,
            Style::Cursor | Style::Bidirectional | Style::Token
        );
        let by_url = matches!(plan.style, Style::NextUrl | Style::Link);
        let response = &plan.response;
        let has_flag = response.has_more.is_some() || response.is_last.is_some();
        let has_cursor = has_token || by_url;
        match self {
            Self::RepeatedCursor
            | Self::CursorCycle
            | Self::EmptyPage
            | Self::NeverEnds
            | Self::LostPage => has_cursor,
            Self::EmptyCursor => has_token,
            Self::MissingCursor | Self::ContradictingFlag => has_cursor && has_flag,
            Self::PageEchoMismatch => plan.style == Style::Page && response.current.is_some(),
            Self::EarlyEnd => {
                let counts = plan.style == Style::Page && response.last.is_some();
                let says_next = response.next.as_ref().is_some_and(is_beside_items);
                let says_total = response.total.is_some() && plan.style != Style::Keyset;
                by_url || says_next || has_flag || counts || says_total
            }
            Self::IgnoredSize => plan.request.size.is_some(),
            Self::WrongTotal => response.total.is_some(),
            Self::ForeignNextUrl | Self::BrokenNextUrl => by_url,
            Self::DuplicateLink => plan.style == Style::Link,
            _ => true,
        }
    }

    /// Whether the fault concerns any response, also those that are no pages.
    pub(crate) fn concerns_every_response(self) -> bool {
        matches!(
            self,
            Self::Unauthorized
                | Self::ServerError
                | Self::ServerErrorOnce
                | Self::CutBody
                | Self::Html
                | Self::RateLimitedOnce
                | Self::Slow
                | Self::NoContent
        )
    }
}

fn is_beside_items(place: &ResponsePlace) -> bool {
    matches!(place, ResponsePlace::Body(_) | ResponsePlace::Header(_))
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        let found = Self::ALL.into_iter().find(|fault| fault.name() == text);
        found.ok_or_else(|| UnknownFault {
            text: text.to_owned(),
        })
    }
}

/// The pages on which a fault shows, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pages {
    /// This page only.
    At(u64),
    /// This page and every one after it.
    From(u64),
}

impl Pages {
    /// Whether `page` is one of them.
    #[must_use]
    pub fn contains(self, page: u64) -> bool {
        match self {
            Self::At(only) => page == only,
            Self::From(first) => page >= first,
        }
    }

    /// The first of them.
    #[must_use]
    pub fn first(self) -> u64 {
        match self {
            Self::At(page) | Self::From(page) => page,
        }
    }
}

/// A fault and the pages on which it shows.
///
/// The text form is the name of the fault, followed by `@3` for one page or `@3..` for it and all after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlacedFault {
    /// What goes wrong.
    pub fault: Fault,
    /// Where.
    pub pages: Pages,
}

impl From<Fault> for PlacedFault {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Slow | Fault::ClampedSize | Fault::IgnoredSize | Fault::NeverEnds => {
                fault.from_page(1)
            }
            _ => fault.at(3),
        }
    }
}

impl fmt::Display for PlacedFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pages {
            Pages::At(page) => write!(f, "{}@{page}", self.fault),
            Pages::From(page) => write!(f, "{}@{page}..", self.fault),
        }
    }
}

impl FromStr for PlacedFault {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        let Some((name, pages)) = text.split_once('@') else {
            return text.parse::<Fault>().map(Self::from);
        };
        let fault: Fault = name.parse()?;
        let (number, open) = pages
            .strip_suffix("..")
            .map_or((pages, false), |number| (number, true));
        match number.parse() {
            Ok(page) if page > 0 => Ok(if open {
                fault.from_page(page)
            } else {
                fault.at(page)
            }),
            _ => Err(UnknownFault {
                text: text.to_owned(),
            }),
        }
    }
}

/// A text that names no fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFault {
    text: String,
}

impl fmt::Display for UnknownFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Fault::ALL.map(Fault::name);
        write!(
            f,
            "`{}` is not one of {}; a page may follow: `@3`, or `@3..` for it and all after it",
            self.text,
            names.join(", ")
        )
    }
}

impl std::error::Error for UnknownFault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_found_by_its_name() {
        for fault in Fault::ALL {
            assert_eq!(fault.to_string().parse(), Ok(fault));
            assert!(!fault.name().is_empty());
        }
    }

    #[test]
    fn a_fault_shows_on_page_three_unless_it_is_placed() {
        assert_eq!("html".parse(), Ok(Fault::Html.at(3)));
        assert_eq!("slow".parse(), Ok(Fault::Slow.from_page(1)));
        assert_eq!("html@7".parse(), Ok(Fault::Html.at(7)));
        assert_eq!("html@7..".parse(), Ok(Fault::Html.from_page(7)));
        assert!(
            Pages::From(7).contains(8) && !Pages::At(7).contains(8) && !Pages::From(7).contains(6)
        );
    }

    #[test]
    fn other_texts_are_refused_with_the_names() {
        for text in [
            "",
            "HTML",
            "html@",
            "html@0",
            "html@x",
            "html@..",
            "nothing@3",
        ] {
            let error = text.parse::<PlacedFault>().expect_err(text);
            assert!(error.to_string().contains("rate-limited-once"), "{error}");
        }
    }
}
