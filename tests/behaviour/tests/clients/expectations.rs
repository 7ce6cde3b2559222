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
pub(crate) const TABLE: [(Fault, [Outcome; 4]); 19] = [
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
];
