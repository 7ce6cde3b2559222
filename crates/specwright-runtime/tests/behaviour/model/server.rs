//! The list that the server has, and how it pages it.

use serde_json::{Value, json};

use super::Random;
use crate::server::{Received, Reply};

/// How the list is paged, and what pages say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// By cursor with a flag.
    Flagged,
    /// By cursor without a flag.
    Cursor,
    Token,
    BothWays,
    Header,
    Body,
    NextUrl,
    Link,
    Key,
    KeyFlagged,
    Offset,
    OffsetTotal,
    NextOffset,
    Page,
    PageLast,
    PageTotal,
}

impl Style {
    pub const ALL: [Self; 16] = [
        Self::Flagged,
        Self::Cursor,
        Self::Token,
        Self::BothWays,
        Self::Header,
        Self::Body,
        Self::NextUrl,
        Self::Link,
        Self::Key,
        Self::KeyFlagged,
        Self::Offset,
        Self::OffsetTotal,
        Self::NextOffset,
        Self::Page,
        Self::PageLast,
        Self::PageTotal,
    ];

    /// Whether positions are cursors, tokens or URLs that the server makes up.
    pub fn is_opaque(self) -> bool {
        !self.is_numbered() && !self.is_by_key()
    }

    pub fn is_by_key(self) -> bool {
        matches!(self, Self::Key | Self::KeyFlagged)
    }

    pub fn is_by_url(self) -> bool {
        matches!(self, Self::NextUrl | Self::Link)
    }

    pub fn is_numbered(self) -> bool {
        matches!(
            self,
            Self::Offset
                | Self::OffsetTotal
                | Self::NextOffset
                | Self::Page
                | Self::PageLast
                | Self::PageTotal
        )
    }

    /// Whether nothing but an empty page says that the list is at its end.
    pub fn ends_with_an_empty_page(self) -> bool {
        matches!(self, Self::Key | Self::Offset | Self::Page)
    }
}

/// What goes wrong, at a page counted from 0 where there is one.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    None,
    /// The page leads back to the position asked for so many requests ago.
    Cycle(usize, usize),
    /// Every request gets the first page.
    Deaf,
    /// The flag says that there is more and no cursor leads there.
    NoCursor(usize),
    /// Only empty pages from here on, and always another one.
    EmptyForEver(usize),
    /// What pages call the total.
    Total(usize),
    /// The page leads to another host.
    Foreign(usize),
    /// The page fails so often with a status that passes, then comes.
    Busy(usize, u16, usize),
    /// The page is refused for good.
    Refused(usize),
    /// The page is no JSON.
    Malformed(usize),
}

/// A list of increasing numbers on a server, and what was asked of it.
#[derive(Debug, Clone)]
pub struct List {
    pub style: Style,
    pub fault: Fault,
    /// The items that are there all the time.
    pub lasting: Vec<i64>,
    items: Vec<i64>,
    /// The items on a page unless the request asks for fewer.
    pub size: usize,
    /// One in so many pages of an opaque style is empty; 0 for none.
    pub empty: usize,
    /// One in so many requests finds new items; 0 for none.
    pub growing: usize,
    random: Random64,
    /// How many pages were answered with 200.
    pub answered: usize,
    /// Positions asked for, in order.
    pub asked: Vec<String>,
    failures: usize,
    /// A page said that it is the last.
    pub ended: bool,
    /// Requests that came after that.
    pub late: usize,
}

#[derive(Debug, Clone)]
struct Random64(u64);

impl List {
    pub fn new(random: &mut Random, style: Style, fault: Fault) -> Self {
        let count = random.below(40);
        let lasting: Vec<i64> = (1..=i64::try_from(count).unwrap())
            .map(|n| n * 1000)
            .collect();
        let plain = fault == Fault::None;
        let stable = style.is_numbered() || !plain;
        Self {
            style,
            fault,
            items: lasting.clone(),
            lasting,
            size: 1 + random.below(7),
            empty: if style.is_opaque() && plain {
                random.pick(&[0, 2, 4])
            } else {
                0
            },
            growing: if stable { 0 } else { random.pick(&[0, 1, 3]) },
            random: Random64(random.below(1 << 30) as u64),
            answered: 0,
            asked: Vec::new(),
            failures: 0,
            ended: false,
            late: 0,
        }
    }

    /// How many pages there are, counted as the style counts them, without empty ones in between.
    pub fn pages(&self) -> usize {
        self.lasting.len().div_ceil(self.size).max(1)
    }

    fn one_in(&mut self, bound: usize) -> bool {
        let mut random = Random::new(self.random.0);
        self.random.0 = self.random.0.wrapping_add(1);
        bound > 0 && random.one_in(bound)
    }

    /// What the server has at a position: the position as text, and the index of the first item.
    fn locate(&self, request: &Received) -> (String, usize) {
        let behind = |key: i64| self.items.partition_point(|item| *item <= key);
        let query = |name: &str| request.query(name).map(str::to_owned);
        let text = match self.style {
            Style::Header => request.header("x-cursor").map(str::to_owned),
            Style::Body => {
                let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
                let cursor = body.pointer("/page/cursor");
                cursor.and_then(|cursor| cursor.as_str().map(str::to_owned))
            }
            Style::Token => query("token"),
            Style::Flagged | Style::Cursor | Style::BothWays | Style::NextUrl | Style::Link => {
                query("cursor")
            }
            Style::Key | Style::KeyFlagged => query("after"),
            Style::Offset | Style::OffsetTotal | Style::NextOffset => query("offset"),
            Style::Page | Style::PageLast | Style::PageTotal => query("page"),
        };
        let Some(text) = text else {
            return (String::new(), 0);
        };
        // Cursors are the key of the item before them and a number that no other cursor has.
        let key = text.split('.').next().unwrap();
        let number: i64 = key.parse().unwrap();
        let from = match self.style {
            Style::Offset | Style::OffsetTotal | Style::NextOffset => {
                usize::try_from(number).unwrap()
            }
            Style::Page | Style::PageLast | Style::PageTotal => {
                (usize::try_from(number).unwrap() - 1) * self.size
            }
            _ => behind(number),
        };
        (text, from.min(self.items.len()))
    }

    pub fn answer(&mut self, request: &Received) -> Reply {
        if self.ended {
            self.late += 1;
        }
        if self.one_in(self.growing) && !self.items.is_empty() {
            let at = self.random.0 as usize % self.items.len();
            // Behind each of the first items once, so that the list does not grow for ever.
            let new = self.items[at] + 1;
            if self.items[at] % 1000 == 0 && !self.items.contains(&new) {
                self.items.insert(at + 1, new);
            }
        }
        let (at, mut from) = self.locate(request);
        self.asked.push(at);
        let page = self.answered;
        match self.fault {
            Fault::Busy(k, status, times) if k == page && self.failures < times => {
                self.failures += 1;
                self.asked.pop();
                return Reply::status(status, "busy");
            }
            Fault::Refused(k) if k == page => return Reply::status(400, "no"),
            Fault::Malformed(k) if k == page => return Reply::json("{\"items\": [1, "),
            Fault::Deaf => from = 0,
            _ => {}
        }
        self.answered += 1;
        let in_middle = from > 0 && from < self.items.len();
        let is_empty = (in_middle && self.one_in(self.empty))
            || matches!(self.fault, Fault::EmptyForEver(k) if page >= k);
        let asked = request
            .number("limit")
            .map_or(self.size, |limit| usize::try_from(limit).unwrap());
        let size = if is_empty { 0 } else { asked.min(self.size) };
        let to = (from + size).min(self.items.len());
        let for_ever = matches!(self.fault, Fault::EmptyForEver(_));
        let more = to < self.items.len() || for_ever;
        self.ended = if self.style.ends_with_an_empty_page() {
            to == from
        } else {
            !more
        };
        self.reply(page, from, to, more)
    }

    /// The page of the items `from..to`.
    fn reply(&mut self, page: usize, from: usize, to: usize, more: bool) -> Reply {
        let items = self.items[from..to].to_vec();
        let key = match to {
            0 => 0,
            _ => self.items[to - 1],
        };
        let mut next = more.then(|| format!("{key}.{page}"));
        let mut total = self.items.len();
        match self.fault {
            Fault::Deaf => next = more.then(|| format!("{key}")),
            Fault::Cycle(k, back) if k == page => next = Some(self.asked[k + 1 - back].clone()),
            Fault::NoCursor(k) if k == page => next = None,
            Fault::Total(other) => total = other,
            _ => {}
        }
        let url = next.as_ref().map(|next| match self.fault {
            Fault::Foreign(k) if k == page => "http://127.0.0.1:1/numbers".to_owned(),
            _ => format!("?cursor={next}"),
        });
        let number = from / self.size + 1;
        let body = match self.style {
            Style::Flagged => json!({"next": next, "has_more": more}),
            Style::Cursor | Style::BothWays => json!({"next": next}),
            Style::Token => json!({"next": next.clone().unwrap_or_default()}),
            Style::Body => json!({"meta": {"next": next}}),
            Style::NextUrl => json!({"next": url}),
            Style::KeyFlagged => json!({"has_more": more}),
            Style::OffsetTotal | Style::PageTotal => json!({"total": total}),
            Style::PageLast if self.fault == Fault::Deaf => json!({"last": self.pages()}),
            Style::PageLast => json!({"current": number, "last": self.pages()}),
            Style::Header
            | Style::Link
            | Style::Key
            | Style::Offset
            | Style::NextOffset
            | Style::Page => json!({}),
        };
        let mut body = body;
        body["items"] = json!(items);
        let reply = Reply::json(body.to_string());
        match (self.style, next, url) {
            (Style::Header, Some(next), _) => reply
                .with_header("x-next", next)
                .with_header("x-more", "true"),
            (Style::Link, _, Some(url)) => {
                reply.with_header("link", format!("<{url}>; rel=\"next\""))
            }
            (Style::NextOffset, Some(_), _) => reply.with_header("x-next-offset", to.to_string()),
            _ => reply,
        }
    }
}
