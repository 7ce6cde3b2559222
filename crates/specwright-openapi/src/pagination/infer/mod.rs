//! Plans concluded from names, types and declared headers.
//!
//! A request that can move a position and a response that tells the next one confirm each other; either alone is weaker.
//! Descriptions only support what names and types say.

mod names;
mod request;
mod response;

use specwright_diagnostics::Pointer;

use self::{
    names::{Move, Says, Strength},
    request::{Mover, Sizer},
    response::{Answer, Signal},
};
use super::{
    fit,
    found::{Confidence, Evidence, Found},
    plan::{PagePlan, PageSize, RequestPlace, RequestPlan, ResponsePlace, ResponsePlan, Style},
    surface::{self, Input, Kind, Located},
};
use crate::{Description, OperationRef};

/// What the operation's shape says of its pages; `None` if nothing speaks for any.
pub(super) fn find<'a>(
    description: &'a Description,
    operation: &'a OperationRef<'a>,
) -> Option<Found> {
    if !matches!(operation.method, "GET" | "POST" | "QUERY" | "PUT") {
        return None;
    }
    let success = surface::success(description, operation)?;
    success.body.as_ref()?;
    let answer = response::read(description, &success);
    if answer.arrays.is_empty() {
        return None;
    }
    let inputs = surface::inputs(description, operation);
    // What is sent as it is received is stored, not searched for.
    let sent = surface::request_body(description, operation);
    let is_stored = sent.is_some_and(|sent| {
        let received = success.body.as_ref();
        received.is_some_and(|received| std::ptr::eq(sent.schema, received.schema))
    });
    let inputs: Vec<Input<'a>> = inputs
        .into_iter()
        .filter(|it| match &it.place {
            RequestPlace::Body(_) => operation.method != "PUT" && !is_stored,
            RequestPlace::Query(_) | RequestPlace::Header(_) => true,
        })
        .collect();
    let movers = request::movers(description, &inputs);
    let sizer = request::sizer(description, &inputs);
    let (items, is_clear) = response::items(description, operation, &answer)?;
    let items_at = items.schema.at.clone();
    let element = surface::elements(description, &items.schema);
    let is_resource = response::is_resource(description, success.body.as_ref()?, operation.path);
    let looked = Looked {
        description,
        is_resource,
        may_be_url: operation.method == "GET",
        inputs: &inputs,
        resource: response::resources(operation.path)
            .into_iter()
            .next()
            .unwrap_or_default(),
        movers: &movers,
        sizer: sizer.as_ref(),
        answer: &answer,
        element: element.as_ref(),
    };
    let Some(mut guess) = looked.guess() else {
        return looked.without_plan();
    };
    guess.plan.response.items = items.pointer.clone();
    guess.evidence.insert(
        0,
        Evidence {
            part: "items",
            says: match items.pointer.as_str() {
                "" => "the response is an array".to_owned(),
                pointer => format!("`{pointer}` of the response is an array"),
            },
            pointer: items_at,
        },
    );
    if !is_clear {
        guess.doubt("more than one array could hold the items");
        guess.confidence = Confidence::Unsure;
    }
    fit::complete(description, operation, &mut guess.plan);
    Some(Found {
        plan: Some(guess.plan),
        confidence: guess.confidence,
        declared_by: None,
        evidence: guess.evidence,
        reservations: guess.reservations,
    })
}

/// Whether an object of this name is about pages.
pub(super) fn speaks_of_pages(name: &str) -> bool {
    names::groups_pages(&names::plain(name))
}

/// Whether an input of this name usually takes a page size.
pub(super) fn is_size_name(name: &str) -> bool {
    names::is_size(&names::plain(name)).is_some()
}

/// Whether an input of this name may take a position.
pub(super) fn is_position_name(name: &str) -> bool {
    names::moves(&names::plain(name)).is_some()
}

/// The array that holds the items of the response, if there is no doubt.
pub(super) fn items<'a>(
    description: &'a Description,
    operation: &'a OperationRef<'a>,
) -> Option<Pointer> {
    let success = surface::success(description, operation)?;
    let answer = response::read(description, &success);
    let (array, is_clear) = response::items(description, operation, &answer)?;
    is_clear.then(|| array.pointer.clone())
}

/// A plan in the making.
struct Guess {
    plan: PagePlan,
    confidence: Confidence,
    evidence: Vec<Evidence>,
    reservations: Vec<String>,
}

impl Guess {
    fn new(style: Style, confidence: Confidence) -> Self {
        Self {
            plan: PagePlan {
                style,
                request: RequestPlan::default(),
                response: ResponsePlan::of(Pointer::root()),
                size: PageSize::default(),
                first: None,
            },
            confidence,
            evidence: Vec::new(),
            reservations: Vec::new(),
        }
    }

    fn say(&mut self, part: &'static str, says: String, pointer: &Pointer) {
        self.evidence.push(Evidence {
            part,
            says,
            pointer: pointer.clone(),
        });
    }

    fn doubt(&mut self, reservation: &str) {
        self.reservations.push(reservation.to_owned());
    }

    fn position(mut self, mover: &Mover<'_, '_>) -> Self {
        self.plan.request.position = Some(mover.input.place.clone());
        self.say("position", shown(mover.input), &mover.input.at);
        self
    }

    /// Puts a signal into the part of this name.
    fn signal(mut self, part: &'static str, signal: Option<&Signal>) -> Self {
        let Some(signal) = signal else { return self };
        if let Some(slot) = self.plan.response.place_mut(part) {
            *slot = Some(signal.place.clone());
            self.say(
                part,
                format!("`{}` of the response", signal.place),
                &signal.at,
            );
        }
        self
    }
}

fn shown(input: &Input<'_>) -> String {
    use super::plan::RequestPlace as P;
    match &input.place {
        P::Query(name) => format!("query parameter `{name}`"),
        P::Header(name) => format!("header `{name}`"),
        P::Body(pointer) => format!("`{pointer}` of the request's body"),
    }
}

/// What was found on both sides.
struct Looked<'s, 'a> {
    description: &'a Description,
    /// The response is one thing with an identity, not an envelope.
    is_resource: bool,
    /// The operation reads: a URL in its response may lead to the next page.
    may_be_url: bool,
    inputs: &'s [Input<'a>],
    /// The last literal segment of the path.
    resource: String,
    movers: &'s [Mover<'s, 'a>],
    sizer: Option<&'s Sizer<'s, 'a>>,
    answer: &'s Answer<'a>,
    element: Option<&'s Located<'a>>,
}

impl Looked<'_, '_> {
    /// The first style that has what it needs, with the page size.
    fn guess(&self) -> Option<Guess> {
        let mut guess = self
            .by_cursor()
            .or_else(|| self.by_pair())
            .or_else(|| self.by_number_with_end())
            .or_else(|| self.by_link())
            .or_else(|| self.by_url())
            .or_else(|| self.by_key())
            .or_else(|| self.by_number())?;
        if let Some(sizer) = self.sizer
            && !matches!(guess.plan.style, Style::NextUrl | Style::Link)
                | sizer.input.place.query().is_some()
        {
            guess.plan.request.size = Some(sizer.input.place.clone());
            guess.say("size", shown(sizer.input), &sizer.input.at);
        }
        Some(guess)
    }

    /// A list whose request can move on, and whose response says nothing of where to.
    fn without_plan(&self) -> Option<Found> {
        let mover = self
            .mover(Move::Cursor)
            .filter(|it| it.strength == Strength::Strong)?;
        let reservation = format!(
            "{} takes a position, and nothing in the response is one",
            shown(mover.input)
        );
        Some(Found {
            plan: None,
            confidence: Confidence::Unsure,
            declared_by: None,
            evidence: vec![Evidence {
                part: "position",
                says: shown(mover.input),
                pointer: mover.input.at.clone(),
            }],
            reservations: vec![reservation],
        })
    }

    fn mover(&self, moves: Move) -> Option<&Mover<'_, '_>> {
        self.movers.iter().find(|it| it.moves == moves)
    }

    /// An input and what is called like it with `next` before it: `stream_position` and `next_stream_position`.
    fn by_pair(&self) -> Option<Guess> {
        let is_number = |input: &Input<'_>| {
            if names::is_size(&names::plain(&input.name)).is_some() {
                return true;
            }
            let mut movers = self.movers.iter();
            movers.any(|it| {
                std::ptr::eq(it.input, input)
                    && matches!(it.moves, Move::Page | Move::Offset)
                    && matches!(it.kind, Kind::Integer | Kind::Number)
            })
        };
        let (input, next) = self
            .inputs
            .iter()
            .filter(|it| !is_number(it))
            .find_map(|input| {
                let plain = names::plain(&input.name);
                if !names::is_position(&plain) {
                    return None;
                }
                let name = format!("next{plain}");
                let next = self.answer.nexts.iter().find(|it| it.plain == name)?;
                Some((input, next))
            })?;
        let has_more = self.answer.signal(Says::HasMore);
        let style = match has_more {
            Some(_) => Style::Cursor,
            None => Style::Token,
        };
        let mut guess = Guess::new(style, Confidence::Certain);
        guess.plan.request.position = Some(input.place.clone());
        guess.say("position", shown(input), &input.at);
        guess.plan.response.next = Some(ResponsePlace::Body(next.pointer.clone()));
        guess.say(
            "next",
            format!("`{}` of the response", next.pointer),
            &next.at,
        );
        Some(guess.signal("has_more", has_more))
    }

    /// A cursor to send and one in the response.
    fn by_cursor(&self) -> Option<Guess> {
        let next = self
            .answer
            .signals
            .iter()
            .find(|it| it.says == Says::Next && it.kind == Kind::Text)
            .or_else(|| {
                let mut signals = self.answer.signals.iter();
                signals.find(|it| {
                    it.says == Says::Next && matches!(it.place, ResponsePlace::Header(_))
                })
            });
        let by_name = self.mover(Move::Cursor);
        let (mover, next) = match (by_name, next) {
            (Some(mover), Some(next)) => (mover, next),
            // A cursor that is a number: the next one is called so.
            (Some(mover), None) => {
                let next = self.answer.signal(Says::Next)?;
                (mover, next)
            }
            // `page` and `offset` may take an opaque text: then the response has one.
            (None, Some(next)) => {
                let mut texts = self.movers.iter();
                let text = texts.find(|it| {
                    matches!(it.moves, Move::Page | Move::Offset)
                        && matches!(it.kind, Kind::Text | Kind::Open)
                        && matches!(next.place, ResponsePlace::Body(_))
                })?;
                (text, next)
            }
            (None, None) => return None,
        };
        let both = mover.strength.min(next.strength);
        let either = mover.strength.max(next.strength);
        let has_more = self.answer.signal(Says::HasMore);
        let confidence = match (both, either) {
            (Strength::Strong, _) => Confidence::Certain,
            (_, Strength::Strong) => Confidence::Likely,
            _ if has_more.is_some() || self.sizer.is_some() => Confidence::Likely,
            _ => Confidence::Unsure,
        };
        let is_last = self.answer.signal(Says::IsLast);
        let style = match (has_more, is_last) {
            (None, None) => Style::Token,
            _ => Style::Cursor,
        };
        let mut guess = Guess::new(style, confidence)
            .position(mover)
            .signal("next", Some(next))
            .signal("has_more", has_more)
            .signal("is_last", is_last)
            .signal(
                "total",
                self.answer
                    .signal(Says::Total)
                    .filter(|it| it.strength == Strength::Strong),
            );
        // The way back: a cursor for it, and an input that takes it.
        let previous = self.answer.signals.iter().find(|it| {
            it.says == Says::Previous && it.kind == Kind::Text && it.place != next.place
        });
        let back = self.mover(Move::Back);
        // Without an input of its own the way back is in the cursor itself, not in the id of an item.
        let plain = names::plain(&mover.input.name);
        let is_one_way = ["after", "next", "start"]
            .iter()
            .any(|it| plain.contains(it));
        let leads_back = |previous: &&Signal| {
            back.is_some() || (previous.strength == Strength::Strong && !is_one_way)
        };
        if let Some(previous) = previous.filter(leads_back) {
            guess.plan.style = Style::Bidirectional;
            guess = guess.signal("previous", Some(previous));
            if let Some(back) = back {
                guess.plan.request.previous = Some(back.input.place.clone());
                guess.say("previous", shown(back.input), &back.input.at);
            }
        }
        Some(guess)
    }

    /// The signals that tell the end of numbered pages.
    fn end_signals(&self, total_from: Strength) -> [(&'static str, Option<&Signal>); 6] {
        let signal = |says| self.answer.signal(says);
        let total = signal(Says::Total).filter(|it| it.strength >= total_from);
        let next = signal(Says::Next).filter(|it| it.kind != Kind::Text);
        [
            ("next", next),
            ("has_more", signal(Says::HasMore).or(signal(Says::NextUrl))),
            ("is_last", signal(Says::IsLast)),
            ("total", total),
            ("current", None),
            ("last", signal(Says::Last)),
        ]
    }

    fn number_mover(&self) -> Option<&Mover<'_, '_>> {
        let numbered = |moves| {
            let mut movers = self.movers.iter();
            movers.find(move |it| it.moves == moves)
        };
        let (page, offset) = (numbered(Move::Page), numbered(Move::Offset));
        match (page, offset) {
            (Some(page), Some(offset)) if offset.strength > page.strength => Some(offset),
            (page, offset) => page.or(offset),
        }
    }

    /// A page number or offset, and something that tells the end.
    fn by_number_with_end(&self) -> Option<Guess> {
        let mover = self.number_mover()?;
        // A count beside `next` and `previous` is the total, and so is one beside a page number and a page size.
        let has_neighbours = self.answer.signal(Says::NextUrl).is_some()
            || self.answer.signal(Says::Current).is_some();
        let total_from = if has_neighbours {
            Strength::Weak
        } else {
            Strength::Strong
        };
        let signals = self.end_signals(total_from);
        let tells_the_end =
            |(name, signal): &(&str, Option<&Signal>)| signal.is_some() && *name != "current";
        let only_a_url = signals
            .iter()
            .filter(|it| tells_the_end(it))
            .all(|(name, signal)| {
                *name == "has_more" && signal.is_some_and(|it| it.says == Says::NextUrl)
            });
        if only_a_url {
            return None;
        }
        let confidence = match (mover.strength, self.sizer) {
            (Strength::Strong, _) => Confidence::Certain,
            (Strength::Weak, Some(_)) => Confidence::Likely,
            (Strength::Weak, None) => Confidence::Unsure,
        };
        let mut guess = self.numbered(mover, confidence);
        for (part, signal) in signals {
            if part == "last" && guess.plan.style == Style::Offset {
                continue;
            }
            // A page says in one way that there is more.
            let is_said = part == "has_more"
                && guess.plan.response.next.is_some()
                && signal.is_some_and(|it| it.says == Says::NextUrl);
            if !is_said {
                guess = guess.signal(part, signal);
            }
        }
        if guess.plan.style == Style::Page {
            guess = guess.signal("current", self.current());
        }
        Some(guess)
    }

    /// The number of the page in the response, if it surely is that.
    fn current(&self) -> Option<&Signal> {
        let current = self.answer.signal(Says::Current)?;
        let is_number = matches!(current.kind, Kind::Integer | Kind::Number);
        is_number.then_some(current)
    }

    fn numbered(&self, mover: &Mover<'_, '_>, confidence: Confidence) -> Guess {
        let style = style_of(mover);
        let mut guess = Guess::new(style, confidence).position(mover);
        if let (Style::Page, Some(schema)) = (style, &mover.input.schema) {
            let first = schema.default_number().or(schema.bounds().0);
            let about = request::about(mover.input).to_ascii_lowercase();
            let says_zero = [
                "zero-based",
                "zero based",
                "0-based",
                "0 based",
                "zero-indexed",
                "0-indexed",
                "starts at 0",
                "starting from 0",
                "starting at 0",
                "starts from 0",
                "start from 0",
            ]
            .iter()
            .any(|words| about.contains(words));
            if says_zero || first == Some(0) {
                guess.plan.first = Some(0);
            }
        }
        guess
    }

    /// A declared `Link` header, or one that a parameter's description sends its readers to.
    fn by_link(&self) -> Option<Guess> {
        let movers_say = self.movers.iter().find(|it| {
            request::about(it.input)
                .to_ascii_lowercase()
                .replace('`', "")
                .contains("link header")
        });
        let movers_say = movers_say.or_else(|| {
            let of_relation = |it: &&Mover<'_, '_>| {
                let about = request::about(it.input).to_ascii_lowercase();
                about.contains("link relation") || about.contains("next link")
            };
            self.movers.iter().find(of_relation)
        });
        if self.is_resource {
            return None;
        }
        let is_paged = self.movers.iter().any(|it| it.strength == Strength::Strong)
            || self.sizer.is_some()
            || self.movers.len() > 1;
        let confidence = match (&self.answer.link, movers_say, is_paged) {
            (Some(_), _, true) => Confidence::Certain,
            (Some(_), _, false) | (None, Some(_), _) => Confidence::Likely,
            (None, None, _) => return None,
        };
        let mut guess = Guess::new(Style::Link, confidence);
        guess.plan.response.next = Some(ResponsePlace::Header("Link".to_owned()));
        match (&self.answer.link, movers_say) {
            (Some(at), _) => guess.say(
                "next",
                "the response declares the header `Link`".to_owned(),
                at,
            ),
            (None, Some(mover)) => {
                let says = format!(
                    "the description of {} names the header `Link`",
                    shown(mover.input)
                );
                guess.say("next", says, &mover.input.at);
                guess.doubt("the header `Link` is not declared");
            }
            (None, None) => {}
        }
        for mover in self
            .movers
            .iter()
            .filter(|it| it.strength == Strength::Strong)
        {
            guess.say("next", shown(mover.input), &mover.input.at);
        }
        Some(guess)
    }

    /// A URL of the next page in the response.
    fn by_url(&self) -> Option<Guess> {
        let next = self.answer.signal(Says::NextUrl)?;
        if self.is_resource || !self.may_be_url {
            return None;
        }
        let is_confirmed = self.movers.iter().any(|it| it.strength == Strength::Strong)
            || self.answer.signal(Says::PreviousUrl).is_some();
        let confidence = match (next.strength, is_confirmed) {
            (_, true) => Confidence::Certain,
            (Strength::Strong, false) => Confidence::Likely,
            (Strength::Weak, false) => Confidence::Unsure,
        };
        let total = self.answer.signal(Says::Total);
        let guess = Guess::new(Style::NextUrl, confidence)
            .signal("next", Some(next))
            .signal("previous", self.answer.signal(Says::PreviousUrl))
            .signal("total", total.filter(|it| it.strength == Strength::Strong));
        Some(guess)
    }

    /// A parameter that takes the id of the item after which to go on.
    fn by_key(&self) -> Option<Guess> {
        let mover = self.mover(Move::Cursor)?;
        if self.is_resource {
            return None;
        }
        let (key, schema) = self.key_of(mover.input)?;
        let has_more = self.answer.signal(Says::HasMore);
        let confidence = match (mover.strength, has_more) {
            (Strength::Strong, Some(_)) => Confidence::Certain,
            (_, Some(_)) | (Strength::Strong, None) => Confidence::Likely,
            (Strength::Weak, None) if self.sizer.is_some() => Confidence::Likely,
            _ => Confidence::Unsure,
        };
        let mut guess = Guess::new(Style::Keyset, confidence).position(mover);
        guess.plan.response.next = Some(ResponsePlace::LastItem(key.clone()));
        guess.say("next", format!("`{key}` of the items"), &schema.at);
        if let Some(back) = self.mover(Move::Back) {
            guess.plan.request.previous = Some(back.input.place.clone());
            guess.plan.response.previous = Some(ResponsePlace::FirstItem(key));
            guess.say("previous", shown(back.input), &back.input.at);
        }
        let total = self.answer.signal(Says::Total);
        Some(
            guess
                .signal("has_more", has_more)
                .signal("is_last", self.answer.signal(Says::IsLast))
                .signal("total", total.filter(|it| it.strength == Strength::Strong)),
        )
    }

    /// The field of the items that the parameter takes; that of an object in them, if they have no id themselves.
    fn key_of(&self, input: &Input<'_>) -> Option<(Pointer, Located<'_>)> {
        let fields = surface::properties(self.description, self.element?);
        let plain = names::plain(&input.name);
        let prefixes = [
            "startingafter",
            "startafter",
            "after",
            "last",
            "since",
            "from",
        ];
        let mut rests = prefixes
            .iter()
            .filter_map(|prefix| plain.strip_prefix(prefix));
        let names_a_field =
            rests.any(|rest| fields.iter().any(|(field, _)| names::plain(field) == rest));
        if names::is_opaque(&plain) && !names_a_field {
            return None;
        }
        let is_scalar = |schema: &Located<'_>| {
            !matches!(
                surface::kind(self.description, schema.schema),
                Kind::Object | Kind::Array
            )
        };
        let root = Pointer::root();
        // A list of users in which each item names its user.
        let singular = self.resource.strip_suffix('s').unwrap_or(&self.resource);
        let own = format!("{singular}id");
        let own = fields.iter().find(|(name, _)| names::plain(name) == own);
        if !fields.iter().any(|(name, _)| name == "id")
            && let Some((name, schema)) = own.filter(|(_, it)| is_scalar(it))
        {
            return Some((root.join(name), schema.clone()));
        }
        if let Some((name, schema)) = field_of(&fields, input).filter(|(_, it)| is_scalar(it)) {
            return Some((root.join(name), schema.clone()));
        }
        fields.iter().find_map(|(outer, object)| {
            let inner = surface::properties(self.description, object);
            let (name, schema) = inner.into_iter().find(|(name, _)| name == "id")?;
            is_scalar(&schema).then(|| (root.join(outer).join(&name), schema))
        })
    }

    /// A page number or offset alone: an empty page is the end.
    fn by_number(&self) -> Option<Guess> {
        let mover = self.number_mover()?;
        let is_number = matches!(mover.kind, Kind::Integer | Kind::Number);
        let confidence = match (mover.strength, is_number, self.sizer.is_some()) {
            (Strength::Strong, true, _) | (Strength::Strong, false, true) => Confidence::Likely,
            (Strength::Weak, true, true) => Confidence::Likely,
            _ => Confidence::Unsure,
        };
        let takes_an_id = style_of(mover) == Style::Offset
            && request::about(mover.input)
                .to_lowercase()
                .contains("identifier");
        let confidence = if self.is_resource || takes_an_id {
            Confidence::Unsure
        } else {
            confidence
        };
        let mut guess = self.numbered(mover, confidence);
        guess.doubt("nothing in the response tells the end: an empty page is the last");
        Some(guess)
    }
}

fn style_of(mover: &Mover<'_, '_>) -> Style {
    match mover.moves {
        Move::Offset => Style::Offset,
        _ => Style::Page,
    }
}

/// The field that an input takes: one that its name or description names, or the id.
fn field_of<'f, 'a>(
    fields: &'f [(String, Located<'a>)],
    input: &Input<'_>,
) -> Option<&'f (String, Located<'a>)> {
    let plain = names::plain(&input.name);
    let named = |name: &str| fields.iter().find(|(field, _)| field == name);
    // `after_token` takes the field `token`.
    let by_name = fields.iter().find(|(field, _)| {
        let field = names::plain(field);
        field.len() > 2 && plain.ends_with(&field) && plain.len() > field.len()
    });
    let about = request::about(input);
    let mentioned = fields.iter().filter_map(|field| {
        let at = about.find(&format!("`{}`", field.0))?;
        Some((at, field))
    });
    let by_words = mentioned.min_by_key(|(at, _)| *at).map(|(_, field)| field);
    const IDS: [&str; 10] = [
        "id", "_id", "ID", "Id", "uuid", "guid", "token", "key", "sid", "name",
    ];
    by_name
        .or(by_words)
        .or_else(|| IDS.into_iter().find_map(named))
}
