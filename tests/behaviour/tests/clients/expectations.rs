//! What the walk of each API has to make of each fault of its server: the one table of it.
//!
//! The faults are on page 3, or from page 3 on, as the mock places them; the lists have eleven pages.

use specwright_conformance::Fault;

use Ending::*;
use Failure::*;
use Outcome::*;

/// What becomes of a walk.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Outcome {
    /// There is no such fault where lists page in this style: the mock says so and does not start.
    NotInThisStyle,
    /// The walk ends without an error.
    Ends(Ending),
    /// After so many whole pages there is an error, and then nothing more.
    Fails(usize, Failure),
    /// After all items there are empty pages, until there are too many of them.
    NeverEnds,
    /// After so many whole pages there is an error that may pass. Asking again asks for the same page again, in vain.
    FailsAgain(usize, Failure),
    /// After so many whole pages there is an error that may pass. Asking again goes on without a gap.
    Resumes(usize, Failure),
}

/// Which items a walk gives that ends without an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Every one, in the usual number of requests.
    All,
    /// Every one, in pages of seven.
    AllInSevens,
    /// Every one, with one more request for the empty page.
    AllBeyondTheEmptyPage,
    /// The first two thirds: all that are left.
    AllThatAreLeft,
    /// Every one, and half as many again that came during the walk.
    AllThatHaveCome,
    /// What the server serves, the last of page 2 twice: lists may hold equal items, so walks take none away.
    OneTwice,
    /// What the server serves, without the first of page 3: no client can know of it.
    OneNever,
    /// Three pages: no flag contradicts the empty cursor, so it is the end, with a notice.
    ThreePages,
    /// Three pages: the server says that the third one is the last.
    ThreePagesByTheServer,
    /// Two pages: a response without content is the end of a list.
    TwoPages,
    /// Every one, in pages of the server's own size.
    AllInItsOwnSize,
    /// The first page in place of page 3: nothing in it tells of another place.
    FirstPageAgain,
    /// What the server serves, without page 3.
    PageLost,
    /// Every one, those of page 3 in the opposite order.
    PageReversed,
    /// What the server serves, the first of page 4 also as the last of page 3.
    OneTwiceLater,
}

/// The error that a walk meets.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Failure {
    /// The page leads to a cursor that was sent before.
    Loop,
    /// The page promises more and has no cursor.
    NoCursor,
    /// Page 1 came in place of page 3.
    OtherPage,
    /// A text was expected at this path.
    NoText(&'static str),
    /// HTML came in place of JSON.
    NoJson,
    /// The connection broke.
    Cut,
    /// An error response of this status.
    Status(u16),
}

/// Every fault and what it does to the walks through the lists of TalkToHumans, Parrot, Famulor and Mindhunters.
#[rustfmt::skip]
pub(crate) const TABLE: [(Fault, [Outcome; 4]); 33] = [
    // fault                    cursor and flag              offset             cursors, both ways           page number
    (Fault::RepeatedCursor,    [Fails(2, Loop),              NotInThisStyle,    Fails(2, Loop),              NotInThisStyle]),
    (Fault::CursorCycle,       [Fails(4, Loop),              NotInThisStyle,    Fails(4, Loop),              NotInThisStyle]),
    (Fault::MissingCursor,     [Fails(3, NoCursor),          NotInThisStyle,    NotInThisStyle,              NotInThisStyle]),
    (Fault::EmptyCursor,       [Fails(3, NoCursor),          NotInThisStyle,    Ends(ThreePages),            NotInThisStyle]),
    (Fault::EmptyPage,         [Ends(AllBeyondTheEmptyPage), NotInThisStyle,    Ends(AllBeyondTheEmptyPage), NotInThisStyle]),
    (Fault::ClampedSize,       [Ends(AllInSevens); 4]),
    (Fault::PageEchoMismatch,  [NotInThisStyle,              NotInThisStyle,    NotInThisStyle,              Fails(2, OtherPage)]),
    (Fault::ShrinkingLastPage, [Ends(AllThatAreLeft); 4]),
    (Fault::GrowingLastPage,   [Ends(AllThatHaveCome); 4]),
    (Fault::WrongType, [
        Fails(2, NoText("$.data.conversations[0].conversation_id")),
        Fails(2, NoText("$.data[0].id")),
        Fails(2, NoText("$.data[0].id")),
        Fails(2, NoText("$.data.data[0].uuid")),
    ]),
    (Fault::Unauthorized,      [Fails(2, Status(401)); 4]),
    (Fault::ServerError,       [FailsAgain(2, Status(500)); 4]),
    (Fault::ServerErrorOnce,   [Resumes(2, Status(500)); 4]),
    (Fault::CutBody,           [FailsAgain(2, Cut); 4]),
    (Fault::Html,              [Fails(2, NoJson); 4]),
    (Fault::RateLimitedOnce,   [Resumes(2, Status(429)); 4]),
    (Fault::DuplicateItem,     [Ends(OneTwice); 4]),
    (Fault::MissingItem,       [Ends(OneNever); 4]),
    (Fault::Slow,              [Ends(All); 4]),
    (Fault::IgnoredPosition,   [Fails(2, Loop),              Ends(FirstPageAgain), Fails(2, Loop),           Fails(2, OtherPage)]),
    (Fault::IgnoredSize,       [Ends(AllInItsOwnSize); 4]),
    (Fault::UnstablePage,      [Ends(All); 4]),
    (Fault::ContradictingFlag, [Ends(ThreePagesByTheServer), NotInThisStyle,    NotInThisStyle,              NotInThisStyle]),
    (Fault::EarlyEnd,          [Ends(ThreePagesByTheServer), NotInThisStyle,    Ends(ThreePagesByTheServer), Ends(ThreePagesByTheServer)]),
    (Fault::NeverEnds,         [NeverEnds,                   NotInThisStyle,    NeverEnds,                   NotInThisStyle]),
    (Fault::LostPage,          [Ends(PageLost),              NotInThisStyle,    Ends(PageLost),              NotInThisStyle]),
    (Fault::Overrun,           [Ends(OneTwiceLater),         Ends(All),         Ends(OneTwiceLater),         Ends(OneTwiceLater)]),
    (Fault::WrongTotal,        [NotInThisStyle,              NotInThisStyle,    NotInThisStyle,              Ends(All)]),
    (Fault::ReversedOrder,     [Ends(PageReversed); 4]),
    (Fault::ForeignNextUrl,    [NotInThisStyle; 4]),
    (Fault::BrokenNextUrl,     [NotInThisStyle; 4]),
    (Fault::DuplicateLink,     [NotInThisStyle; 4]),
    (Fault::NoContent,         [Ends(TwoPages); 4]),
];
