//! What a request may ask a list for beside a page: which parameters filter and sort.

use serde_json::Value;
use specwright_openapi::{
    Description, OperationRef,
    openapiv3::{Parameter, Schema},
    pagination::PagePlan,
    parameter_data,
};

use super::{
    Blueprint, Sorting,
    filter::{Test, passes},
    find::{self, Field},
};
use crate::mock::{
    random::Random,
    request::parameter_schema,
    value::{Choices, Generator, Kind, Presence, Shape},
};

/// How many different values a property has by which items are filtered.
const POOL: usize = 8;

/// Names of parameters that look for a text in any property.
const SEARCHES: [&str; 7] = [
    "q",
    "search",
    "query",
    "keyword",
    "keywords",
    "term",
    "searchterm",
];

/// How many properties a text is looked for in.
const MOST_SEARCHED: usize = 40;

/// What requests may ask a list for.
#[derive(Debug)]
pub(crate) struct Refining {
    /// The filters, in the order of the parameters.
    pub(crate) filters: Vec<Filter>,
    /// How requests ask for an order.
    pub(crate) sorting: Sorting,
    /// Values for what the filters compare, so that they find something.
    pub(crate) choices: Choices,
}

/// A query parameter that filters.
#[derive(Debug, PartialEq)]
pub(crate) struct Filter {
    /// The name of the parameter.
    pub(crate) name: String,
    /// The places in an item that are looked at; one of them has to pass.
    places: Vec<Vec<String>>,
    test: Test,
}

/// A query parameter and what is said of it.
struct Input<'a> {
    name: &'a str,
    said: Vec<&'a Schema>,
    kind: Option<Kind>,
    is_array: bool,
    is_date: bool,
    is_required: bool,
    is_closed: bool,
}

impl Refining {
    /// Finds the filters and the parameters for an order.
    pub(crate) fn new(
        description: &Description,
        operation: &OperationRef<'_>,
        plan: &PagePlan,
        item: &Blueprint<'_>,
        random: &Random,
    ) -> Self {
        let fields = find::fields(description, &item.schemas);
        let (mut filters, mut choices) = (Vec::new(), Choices::new());
        let parameters = description.parameters(operation);
        let sorting = Sorting::new(description, &parameters, &fields);
        let unique = [item.identity.as_ref(), item.key.as_ref()];
        for (parameter, _) in &parameters {
            let data = parameter_data(parameter);
            let places = plan.request.places();
            let of_plan = places.iter().any(|(_, place)| {
                place.and_then(|place| place.query()) == Some(data.name.as_str())
            });
            if of_plan
                || sorting.is_asked_by(&data.name)
                || !matches!(parameter, Parameter::Query { .. })
            {
                continue;
            }
            let input = Input::new(description, parameter);
            let Some(filter) = filter(&fields, &input) else {
                continue;
            };
            if let ([place], Test::Equal(_)) = (filter.places.as_slice(), filter.test)
                && !unique.contains(&Some(place))
                && !choices.contains_key(place)
            {
                let random = Random::of(random.clone().next(), &data.name);
                let pool = pool(description, &item.schemas, place, &input.said, &random);
                choices.extend(pool.map(|pool| (place.clone(), pool)));
            }
            filters.push(filter);
        }
        Self {
            filters,
            sorting,
            choices,
        }
    }

    /// What the query asks of items; `None` if it asks for all of them.
    pub(crate) fn wanted<'q>(&'q self, query: &'q [(String, String)]) -> Option<Wanted<'q>> {
        let wanted: Vec<(&Filter, Vec<&str>)> = self
            .filters
            .iter()
            .map(|filter| {
                let values = query.iter().filter(|(name, _)| *name == filter.name);
                (filter, values.map(|(_, value)| value.as_str()).collect())
            })
            .filter(|(_, values): &(_, Vec<_>)| !values.is_empty())
            .collect();
        (!wanted.is_empty()).then_some(Wanted(wanted))
    }
}

/// What a query asks of items: filters, each with the values of which one has to fit.
#[derive(Debug)]
pub(crate) struct Wanted<'q>(Vec<(&'q Filter, Vec<&'q str>)>);

impl Wanted<'_> {
    /// Whether the item is one of those that are asked for.
    pub(crate) fn has(&self, item: &Value) -> bool {
        self.0.iter().all(|(filter, values)| {
            let mut places = filter.places.iter();
            places.any(|place| passes(item, place, filter.test, values))
        })
    }
}

impl<'a> Input<'a> {
    fn new(description: &'a Description, parameter: &'a Parameter) -> Self {
        let data = parameter_data(parameter);
        let own: Vec<&Schema> = parameter_schema(description, parameter)
            .into_iter()
            .collect();
        let is_array = Shape::first(description, &own).kind == Some(Kind::Array);
        let said = element(description, own);
        let shape = Shape::first(description, &said);
        Self {
            name: &data.name,
            kind: shape.kind,
            is_array,
            is_date: matches!(shape.text.format, Some("date" | "date-time")),
            is_required: data.required,
            is_closed: shape.members.is_some() || shape.kind == Some(Kind::Boolean),
            said,
        }
    }
}

/// What the parameter filters by, if its name clearly says so.
///
/// A parameter that every request has to send and that takes any value tells which list is meant and does not filter.
fn filter(fields: &[Field], input: &Input<'_>) -> Option<Filter> {
    let made = |places: Vec<Vec<String>>, test| {
        Some(Filter {
            name: input.name.to_owned(),
            places,
            test,
        })
    };
    let plain = inner(input.name);
    let singular = || {
        let name = plain.strip_suffix("es").or(plain.strip_suffix('s'));
        let one = plain
            .strip_suffix('s')
            .and_then(|it| find::place(fields, it, input.kind));
        let other = || find::place(fields, name?, input.kind);
        one.or_else(other).filter(|_| input.is_array)
    };
    let own = find::place(fields, plain, input.kind).or_else(singular);
    if let Some(place) = own {
        if input.is_required && !input.is_closed {
            return None;
        }
        let found = find::field(fields, &place);
        let is_closed = found.is_some_and(|it| it.is_closed || it.kind == Some(Kind::Integer));
        return made(vec![place], Test::Equal(input.is_array || is_closed));
    }
    if input.is_required {
        return None;
    }
    let words = find::words(input.name);
    if let Some((place, test)) = range(fields, input, &words) {
        return made(vec![place], test);
    }
    let searches = SEARCHES.contains(&words.concat().as_str());
    if searches && input.kind.is_none_or(|it| it == Kind::String) && !input.is_closed {
        let mut places = Vec::new();
        texts(fields, &mut Vec::new(), &mut places);
        if !places.is_empty() {
            return made(places, Test::Contains);
        }
    }
    None
}

/// The name of a field in the name of a parameter: `status[]` and `filter[status]` are `status`.
fn inner(name: &str) -> &str {
    let plain = name.strip_suffix("[]").unwrap_or(name);
    let bracketed = plain.strip_suffix(']').and_then(|it| it.split_once('['));
    match bracketed {
        Some(("filter" | "filters" | "where", field)) => field,
        _ => plain,
    }
}

/// The field and the comparison of `created_after`, `min_price`, `price[lte]`, `since` and their like.
fn range(fields: &[Field], input: &Input<'_>, words: &[String]) -> Option<(Vec<String>, Test)> {
    let has_order = |field: &Field| {
        let is_number = matches!(field.kind, Some(Kind::Integer | Kind::Number));
        let alike = match input.kind {
            None => true,
            Some(Kind::Integer | Kind::Number) => is_number,
            Some(Kind::String) => field.kind == Some(Kind::String) || is_number,
            Some(_) => false,
        };
        alike && (is_number || field.is_date)
    };
    let (first, rest) = words.split_first()?;
    let (last, start) = words.split_last()?;
    let sides = [(last, start), (first, rest)];
    for (word, field) in sides.into_iter().filter(|(_, field)| !field.is_empty()) {
        let found = find::named(fields, field, has_order);
        if let (Some(test), Some(field)) = (bound(word), found) {
            return Some((vec![field.name.clone()], test));
        }
    }
    // Names without a field mean the moment of the item, if it has one.
    let says_time = input.is_date || words.iter().any(|it| it == "date" || it == "time");
    let plain: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|it| !matches!(*it, "date" | "time" | "at"))
        .collect();
    let test = match plain.as_slice() {
        ["since" | "from"] => Test::AtLeast,
        ["until" | "to"] => Test::AtMost,
        ["start"] if says_time => Test::AtLeast,
        ["end"] if says_time => Test::AtMost,
        ["after"] if says_time => Test::Above,
        ["before"] if says_time => Test::Below,
        _ => return None,
    };
    let is_text = input.kind.is_none_or(|it| it == Kind::String);
    let moment = || fields.iter().find(|field| field.is_date);
    let usual = ["created", "date", "timestamp"]
        .into_iter()
        .find_map(|name| find::named(fields, &[name.to_owned()], |field| field.is_date));
    let field = usual.or_else(moment).filter(|_| is_text)?;
    Some((vec![field.name.clone()], test))
}

fn bound(word: &str) -> Option<Test> {
    Some(match word {
        "after" | "gt" => Test::Above,
        "before" | "lt" => Test::Below,
        "since" | "from" | "gte" | "ge" | "min" | "minimum" | "start" => Test::AtLeast,
        "until" | "to" | "lte" | "le" | "max" | "maximum" | "end" => Test::AtMost,
        _ => return None,
    })
}

/// The places of texts that people write.
fn texts(fields: &[Field], at: &mut Vec<String>, places: &mut Vec<Vec<String>>) {
    for field in fields {
        if places.len() >= MOST_SEARCHED || at.len() > 1 {
            return;
        }
        at.push(field.name.clone());
        if field.kind == Some(Kind::String) && !field.is_closed && !field.is_date {
            places.push(at.clone());
        }
        texts(&field.fields, at, places);
        at.pop();
    }
}

/// A few values that both the place and the parameter permit; `None` where there are few anyway.
fn pool(
    description: &Description,
    item: &[&Schema],
    place: &[String],
    parameter: &[&Schema],
    random: &Random,
) -> Option<Vec<Value>> {
    let mut schemas = item.to_vec();
    for name in place {
        let shape = Shape::first(description, &element(description, schemas));
        schemas = shape.properties.get(name.as_str())?.clone();
    }
    let mut schemas = element(description, schemas);
    let shape = Shape::first(description, &schemas);
    let is_open =
        shape.members.is_none() && matches!(shape.kind, Some(Kind::String | Kind::Integer) | None);
    schemas.extend(parameter);
    let none = Choices::new();
    let values = (0..POOL).map(|index| {
        let generator = Generator::new(description, &none, Presence::Full, random.element(index));
        generator
            .named(place.last().map_or("", String::as_str))
            .value(&schemas)
    });
    is_open.then(|| values.collect())
}

/// The schemas of the elements, if the schemas are those of an array.
fn element<'a>(description: &'a Description, schemas: Vec<&'a Schema>) -> Vec<&'a Schema> {
    let shape = Shape::first(description, &schemas);
    if shape.kind == Some(Kind::Array) {
        shape.items
    } else {
        schemas
    }
}
