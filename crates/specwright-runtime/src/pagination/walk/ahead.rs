//! What is likely to be asked for next, as far as it can be known: for prefetching and size hints.

use super::super::position::Position;
use super::{Direction, Lead, Walk};

impl Walk {
    /// The positions that follow the page delivered last on the way forward, `most` at the most, if
    /// `needed` more items are of interest. Behind an opaque position nothing can be known; numbers
    /// are counted as far as a total or last page goes.
    pub(in super::super) fn ahead(&self, most: usize, needed: Option<u64>) -> Vec<Position> {
        let room = match self.rules.max_pages {
            Some(pages) => pages.saturating_sub(self.delivered),
            None => u64::MAX,
        };
        let pages = needed.map_or(u64::MAX, |items| items.div_ceil(self.largest_page.max(1)));
        let most = room.min(pages).min(most as u64);
        let Some((_, links)) = &self.current else {
            return Vec::new();
        };
        let Lead::To(next) = &links.next else {
            return Vec::new();
        };
        if self.over || self.direction == Direction::Backward || most == 0 {
            return Vec::new();
        }
        let stride = self.largest_page;
        let follow = |count: u64| -> Option<Position> {
            match next {
                Position::Offset(offset) if stride > 0 => {
                    let offset = offset.checked_add(count.checked_mul(stride)?)?;
                    (offset < self.total?).then_some(Position::Offset(offset))
                }
                Position::Page(first) => {
                    let number = first.checked_add(count)?;
                    (number <= self.last_page(*first)?).then_some(Position::Page(number))
                }
                _ => None,
            }
        };
        let mut positions = vec![next.clone()];
        positions.extend((1..most).map_while(follow));
        positions
    }

    /// The number of the last page, if it is known; `next` is that of the next one.
    fn last_page(&self, next: u64) -> Option<u64> {
        if let Some(last) = self.last {
            return Some(last);
        }
        let left = self.total?.checked_sub(self.counted?)?;
        let pages = left.checked_div(self.largest_page)?
            + u64::from(left.checked_rem(self.largest_page)? > 0);
        next.checked_add(pages)?.checked_sub(1)
    }

    /// How many items follow the page delivered last, if that is known as far as the server's total
    /// holds.
    pub(in super::super) fn items_left(&self) -> Option<u64> {
        if self.is_at_end() {
            return Some(0);
        }
        let (_, links) = self.current.as_ref()?;
        match &links.next {
            Lead::To(Position::Offset(offset)) => Some(self.total?.saturating_sub(*offset)),
            _ => Some(self.total?.saturating_sub(self.counted?)),
        }
    }

    /// How many pages follow the one delivered last, at the most, if that is known as far as the
    /// server's last page holds.
    pub(in super::super) fn pages_left(&self) -> Option<u64> {
        if self.is_at_end() {
            return Some(0);
        }
        let bound = self
            .rules
            .max_pages
            .map(|pages| pages.saturating_sub(self.delivered));
        let links = self.current.as_ref().map(|(_, links)| &links.next);
        let last = match (links, self.last) {
            (Some(Lead::To(Position::Page(next))), Some(last)) => {
                Some(last.saturating_add(1).saturating_sub(*next))
            }
            _ => None,
        };
        match (bound, last) {
            (Some(bound), Some(last)) => Some(bound.min(last)),
            (bound, last) => bound.or(last),
        }
    }

    /// Nothing will be asked for on the way forward.
    fn is_at_end(&self) -> bool {
        let bound = self.rules.max_pages;
        let ended = matches!(&self.current, Some((_, links)) if links.next == Lead::End);
        self.over || bound.is_some_and(|most| self.delivered >= most) || ended
    }
}
