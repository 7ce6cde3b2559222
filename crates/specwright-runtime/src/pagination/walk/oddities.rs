//! What is odd about a page that leads on all the same.

use std::mem::discriminant;

use super::super::notice::Notice;
use super::super::plan::PageStyle;
use super::super::position::Position;
use super::super::signals::Signals;
use super::{Direction, Lead, Links, Walk, numbered};

impl Walk {
    pub(super) fn note_oddities(
        &mut self,
        at: &Position,
        items: u64,
        signals: &Signals<'_>,
        links: &Links,
    ) {
        let ends_empty =
            items == 0 && self.direction == Direction::Forward && links.next == Lead::End;
        let cursor = match self.direction {
            Direction::Forward => signals.next.as_deref(),
            Direction::Backward => signals.previous.as_deref(),
        };
        let at = || at.clone();
        let notice = match self.plan.style {
            PageStyle::Cursor if signals.has_more.is_none() && cursor == Some("") => {
                Some(Notice::EmptyCursor { at: at() })
            }
            PageStyle::Bidirectional if cursor == Some("") => {
                Some(Notice::EmptyCursor { at: at() })
            }
            PageStyle::Cursor => {
                let without_flag = signals.has_more.is_none() && matches!(links.next, Lead::To(_));
                without_flag.then(|| Notice::NoFlag { at: at() })
            }
            PageStyle::Offset if ends_empty && numbered::offset_announces_more(&at(), signals) => {
                Some(Notice::EmptyBeforeEnd { at: at() })
            }
            PageStyle::Page if ends_empty && numbered::page_announces_more(signals) => {
                Some(Notice::EmptyBeforeEnd { at: at() })
            }
            _ => None,
        };
        // An API without the flag lacks it on every page: once is enough.
        let same_kind = |other: &Notice| {
            notice
                .as_ref()
                .is_some_and(|notice| discriminant(notice) == discriminant(other))
        };
        if !self.notices.iter().any(same_kind) {
            self.notices.extend(notice);
        }
    }
}
