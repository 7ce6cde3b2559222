//! What a response says of its pages.

use std::cmp::Reverse;

use specwright_diagnostics::Pointer;

use super::{
    super::{
        plan::ResponsePlace,
        surface::{self, Kind, Located, Success},
    },
    names::{self, Says, Strength},
};
use crate::{Description, OperationRef};

/// How deep a body is looked into.
const DEEPEST: usize = 4;

/// How many members are looked at: bodies of real documents have fewer.
const MOST_MEMBERS: usize = 5_000;

/// How deep it is looked into where no name speaks of pages.
const DEEPEST_OTHERS: usize = 2;

/// Something that a response says.
#[derive(Debug, Clone)]
pub(super) struct Signal {
    pub(super) says: Says,
    pub(super) strength: Strength,
    pub(super) place: ResponsePlace,
    pub(super) at: Pointer,
    pub(super) kind: Kind,
    /// It is called `next` or `previous` and no more: a URL perhaps, where others are cursors.
    is_bare: bool,
    /// How deep it stands.
    depth: usize,
}

/// An array that may hold the items.
#[derive(Debug, Clone)]
pub(super) struct Array<'a> {
    pub(super) pointer: Pointer,
    pub(super) schema: Located<'a>,
    name: String,
    depth: usize,
}

/// What a response says, the surest first.
#[derive(Debug, Default)]
pub(super) struct Answer<'a> {
    pub(super) signals: Vec<Signal>,
    pub(super) arrays: Vec<Array<'a>>,
    /// Where the header `Link` is declared.
    pub(super) link: Option<Pointer>,
    /// Members whose names begin with `next`, whatever they go on with, and those of objects that are called so.
    pub(super) nexts: Vec<Next>,
    /// Numbers that may be totals, if an array is called so.
    counts: Vec<(String, Signal)>,
    /// How many members were looked at.
    members: usize,
}

/// A member whose name begins with `next`.
#[derive(Debug)]
pub(super) struct Next {
    pub(super) plain: String,
    pub(super) pointer: Pointer,
    pub(super) at: Pointer,
}

impl Answer<'_> {
    /// The surest signal.
    pub(super) fn signal(&self, says: Says) -> Option<&Signal> {
        self.signals.iter().find(|it| it.says == says)
    }
}

pub(super) fn read<'a>(description: &'a Description, success: &Success<'a>) -> Answer<'a> {
    let mut answer = Answer::default();
    if let Some(body) = &success.body {
        let reader = Reader { description };
        reader.body(body, &mut answer);
    }
    for (name, at, _) in &success.headers {
        if name.eq_ignore_ascii_case("link") {
            answer.link = Some(at.clone());
        } else if let Some((says, strength)) = of_header(name) {
            answer.signals.push(Signal {
                says,
                strength,
                place: ResponsePlace::Header((*name).to_owned()),
                at: at.clone(),
                kind: Kind::Open,
                is_bare: false,
                depth: 0,
            });
        }
    }
    let totals: Vec<_> = std::mem::take(&mut answer.counts)
        .into_iter()
        .filter(|(plain, _)| {
            let mut arrays = answer.arrays.iter().map(|it| it.name.as_str());
            arrays.any(|name| counts_all(plain, name))
        })
        .map(|(_, signal)| signal)
        .collect();
    answer.signals.extend(totals);
    answer
        .signals
        .sort_by_key(|it| (Reverse(it.strength), it.is_bare, it.depth));
    answer
}

/// `total_transactions` and `transactions_total` beside `transactions`.
fn counts_all(plain: &str, array: &str) -> bool {
    let named = |rest: Option<&str>| {
        rest.is_some_and(|rest| rest == array || Some(rest) == array.strip_suffix('s'))
    };
    !array.is_empty()
        && (named(plain.strip_prefix("total"))
            || named(
                plain
                    .strip_prefix("total")
                    .and_then(|it| it.strip_suffix("count")),
            )
            || named(plain.strip_suffix("total"))
            || named(plain.strip_suffix("totalcount")))
}

/// `X-Total-Count`, `Pagination-Next-Cursor`.
fn of_header(name: &str) -> Option<(Says, Strength)> {
    let name = name.to_ascii_lowercase();
    let name = name.strip_prefix("x-").unwrap_or(&name);
    let name = name.strip_prefix("wp-").unwrap_or(name);
    let plain = names::plain(name);
    if plain.starts_with("ratelimit") {
        return None;
    }
    let found = names::flag(&plain)
        .filter(|(_, strength)| *strength == Strength::Strong)
        .or_else(|| names::number(&plain))
        .or_else(|| names::text(&plain));
    let grouped = || {
        let rest = plain
            .strip_prefix("pagination")
            .or_else(|| plain.strip_prefix("paging"))?;
        let (says, _) = names::number(rest).or_else(|| names::text(rest))?;
        Some((says, Strength::Strong))
    };
    // A count is a total in a header: nothing else is counted there.
    found
        .map(|(says, strength)| match says {
            Says::Total => (says, Strength::Strong),
            _ => (says, strength),
        })
        .or_else(grouped)
        .filter(|(says, strength)| *strength == Strength::Strong || *says == Says::Next)
}

struct Reader<'a> {
    description: &'a Description,
}

impl<'a> Reader<'a> {
    fn body(&self, body: &Located<'a>, answer: &mut Answer<'a>) {
        if self.is_array(body) {
            answer.arrays.push(Array {
                pointer: Pointer::root(),
                schema: body.clone(),
                name: String::new(),
                depth: 0,
            });
            return;
        }
        self.object(body, &Pointer::root(), "", DEEPEST, answer);
    }

    fn is_array(&self, schema: &Located<'a>) -> bool {
        match surface::kind(self.description, schema.schema) {
            Kind::Array => true,
            Kind::Open => self.description.is_array(schema.schema),
            _ => false,
        }
    }

    /// Looks at the members of an object that stands under the plain name `group`.
    fn object(
        &self,
        object: &Located<'a>,
        above: &Pointer,
        group: &str,
        left: usize,
        answer: &mut Answer<'a>,
    ) {
        let depth = DEEPEST - left;
        for (name, member) in surface::properties(self.description, object) {
            answer.members += 1;
            if answer.members > MOST_MEMBERS {
                return;
            }
            let pointer = above.join(&name);
            let plain = names::plain(&name);
            if self.is_array(&member) {
                answer.arrays.push(Array {
                    pointer,
                    schema: member,
                    name: plain,
                    depth,
                });
                continue;
            }
            let kind = surface::kind(self.description, member.schema);
            let is_near = depth < DEEPEST_OTHERS || names::groups_pages(&plain);
            if kind == Kind::Object && left > 1 && is_near {
                self.object(&member, &pointer, &plain, left - 1, answer);
            }
            let is_scalar = !matches!(kind, Kind::Object | Kind::Boolean);
            let next_to = match (plain.starts_with("next"), group.starts_with("next")) {
                (true, _) => Some(plain.clone()),
                (false, true) => Some(format!("next{plain}")),
                _ => None,
            };
            if let Some(plain) = next_to.filter(|_| is_scalar) {
                answer.nexts.push(Next {
                    plain,
                    pointer: pointer.clone(),
                    at: member.at.clone(),
                });
            }
            if matches!(kind, Kind::Integer | Kind::Number) && plain.contains("total") {
                let signal = Signal {
                    says: Says::Total,
                    strength: Strength::Strong,
                    place: ResponsePlace::Body(pointer.clone()),
                    at: member.at.clone(),
                    kind,
                    is_bare: false,
                    depth,
                };
                answer.counts.push((plain.clone(), signal));
            }
            if let Some((says, strength)) = meaning(&plain, group, kind, &member) {
                answer.signals.push(Signal {
                    says,
                    strength,
                    place: ResponsePlace::Body(pointer),
                    at: member.at.clone(),
                    kind,
                    is_bare: matches!(plain.as_str(), "next" | "previous" | "prev"),
                    depth,
                });
            }
        }
    }
}

/// What a member says.
fn meaning(plain: &str, group: &str, kind: Kind, member: &Located<'_>) -> Option<(Says, Strength)> {
    let in_pages = names::groups_pages(group);
    if group.contains("cursor")
        && matches!(kind, Kind::Text | Kind::Integer | Kind::Number | Kind::Open)
        && let Some(found) = names::in_cursors(plain)
    {
        return Some(found);
    }
    let found = match kind {
        Kind::Boolean => names::flag(plain),
        // A cursor may be a number.
        Kind::Integer | Kind::Number => names::number(plain).or_else(|| {
            names::text(plain).filter(|it| matches!(it, (Says::Next, Strength::Strong)))
        }),
        Kind::Text => text(plain, group, member),
        Kind::Open => names::flag(plain)
            .filter(|(_, strength)| *strength == Strength::Strong)
            .or_else(|| names::number(plain).filter(|(_, it)| *it == Strength::Strong))
            .or_else(|| text(plain, group, member)),
        // A link as an object: HAL, JSON:API.
        Kind::Object if names::groups_urls(group) => match plain {
            "next" => Some((Says::NextUrl, Strength::Strong)),
            "prev" | "previous" => Some((Says::PreviousUrl, Strength::Strong)),
            _ => None,
        },
        Kind::Object | Kind::Array => None,
    };
    let (says, strength) = found?;
    // `meta.count` and `page.number` speak of pages because of where they stand; so does what is described so.
    let is_sure = in_pages || names::speaks_of_pages(member.description());
    let is_total = says == Says::Total && {
        let text = member.description().to_ascii_lowercase();
        text.contains("total") || text.contains("all ") || text.contains("number of results")
    };
    Some(if (is_sure && says != Says::Total) || is_total {
        (says, Strength::Strong)
    } else {
        (says, strength)
    })
}

/// A text is a cursor, or a URL.
fn text(plain: &str, group: &str, member: &Located<'_>) -> Option<(Says, Strength)> {
    let (says, strength) = names::text(plain)?;
    let to_url = |says| match says {
        Says::Next => Says::NextUrl,
        Says::Previous => Says::PreviousUrl,
        other => other,
    };
    let format = member.format().unwrap_or_default();
    let description = member.description().to_ascii_lowercase();
    let looks_like_url = format.starts_with("ur")
        || member
            .example()
            .is_some_and(|it| it.starts_with("http") || it.starts_with('/'))
        || names::groups_urls(group)
        || description.contains("url")
        || description.contains("uri")
        || description.contains("link to");
    let may_be_url = matches!(
        plain,
        "next" | "previous" | "prev" | "nextpage" | "prevpage" | "previouspage"
    );
    if may_be_url && looks_like_url {
        return Some((to_url(says), Strength::Strong));
    }
    // Other links lead to other places: `links.last`.
    let is_link = names::groups_urls(group) && matches!(says, Says::Next | Says::Previous);
    (!is_link).then_some((says, strength))
}

/// The array that holds the items, and whether there is no doubt.
pub(super) fn items<'a, 's>(
    description: &Description,
    operation: &OperationRef<'_>,
    answer: &'s Answer<'a>,
) -> Option<(&'s Array<'a>, bool)> {
    let resources = resources(operation.path);
    let candidates = answer.arrays.iter().filter(|it| {
        !names::is_beside_items(&it.name) && (it.depth == 0 || !names::groups_pages(&it.name))
    });
    let mut ranked: Vec<_> = candidates
        .map(|it| (rank(description, &resources, answer, it), it))
        .collect();
    ranked.sort_by(|(a, _), (b, _)| b.cmp(a));
    let mut ranked = ranked.into_iter();
    let (first, found) = ranked.next()?;
    let is_clear = ranked.next().is_none_or(|(second, _)| second < first);
    Some((found, is_clear))
}

/// What speaks for an array, the weightiest first: it is called like what the path ends with, its name is not one that
/// mostly means something else, it stands beside signals,
/// it is called as items usually are, it is not deep, its name contains what the path names, it has objects.
type Rank = (
    Option<Reverse<usize>>,
    bool,
    usize,
    bool,
    Reverse<usize>,
    Option<Reverse<usize>>,
    bool,
);

fn rank(
    description: &Description,
    resources: &[String],
    answer: &Answer<'_>,
    array: &Array<'_>,
) -> Rank {
    let above = array.pointer.parent();
    let beside = answer.signals.iter().filter(|it| match &it.place {
        ResponsePlace::Body(pointer) => above.is_some() && pointer.parent() == above,
        _ => false,
    });
    let called = resources.iter().position(|it| *it == array.name);
    let stem = |name: &str| name.strip_suffix('s').unwrap_or(name).to_owned();
    let contains = resources
        .iter()
        .position(|it| it.len() > 3 && array.name.contains(&stem(it)));
    let of = surface::elements(description, &array.schema);
    let of_objects = of.is_some_and(|of| surface::kind(description, of.schema) == Kind::Object);
    (
        called.map(Reverse),
        !names::is_rarely_items(&array.name),
        beside.count().min(2),
        names::is_items(&array.name),
        Reverse(array.depth),
        contains.map(Reverse),
        of_objects,
    )
}

/// The literal segments of a path as plain names, the last first.
pub(super) fn resources(path: &str) -> Vec<String> {
    let literal = path
        .rsplit('/')
        .filter(|it| !it.is_empty() && !it.contains('{'));
    // `Messages.json`, `users.list`
    let words = literal.flat_map(|it| it.rsplit('.').map(names::plain));
    words
        .filter(|it| !matches!(it.as_str(), "json" | "list" | "search" | "query"))
        .take(3)
        .collect()
}

/// Whether the body is one thing with an identity, not an envelope around a list.
pub(super) fn is_resource(description: &Description, body: &Located<'_>, path: &str) -> bool {
    let ends_with_parameter = path.trim_end_matches('/').ends_with('}');
    let has_identity = surface::properties(description, body)
        .iter()
        .any(|(name, member)| {
            let plain = names::plain(name);
            let is_id = matches!(
                plain.as_str(),
                "id" | "uuid" | "guid" | "sid" | "nodeid" | "gid"
            );
            is_id
                && !matches!(
                    surface::kind(description, member.schema),
                    Kind::Array | Kind::Object
                )
        });
    has_identity && ends_with_parameter
}
