//! The data set of a list operation.

mod filter;
mod identity;

use serde_json::{Map, Value};
use specwright_openapi::{
    Description, OperationRef,
    openapiv3::{Parameter, ParameterSchemaOrContent, Schema},
    pagination::PagePlan,
    parameter_data,
};

use super::{
    random::Random,
    value::{Choices, Generator, Kind, Presence, Shape},
};
use identity::Identity;

/// How many different values a property has by which items are filtered.
const POOL: usize = 8;

/// The items of a list operation and what can be said of them.
#[derive(Debug)]
pub(crate) struct Data {
    /// The items in the order in which they are served.
    pub(crate) items: Vec<Value>,
    /// The filters, in the order of the parameters.
    pub(crate) filters: Vec<Filter>,
    /// The property whose type is best broken: a required one if there is one; `None` for the item itself.
    pub(crate) field: Option<String>,
    /// The type that it has.
    pub(crate) kind: Option<Kind>,
}

/// A query parameter that filters.
#[derive(Debug)]
pub(crate) struct Filter {
    /// The name of the parameter.
    pub(crate) name: String,
    /// The place in an item that it is compared with.
    pub(crate) place: Vec<String>,
}

impl Data {
    /// Generates `count` items.
    pub(crate) fn generate(
        description: &Description,
        operation: &OperationRef<'_>,
        plan: &PagePlan,
        random: &Random,
        count: usize,
    ) -> Self {
        let schemas: Vec<&Schema> = item_schema(description, operation, plan)
            .into_iter()
            .collect();
        let shape = Shape::first(description, &schemas);
        let seed = random.clone().next();
        let resources = resources(operation, plan);
        let resources: Vec<&str> = resources.iter().map(String::as_str).collect();
        let mut identity = Identity::find(description, &shape, &resources, seed);
        let name = identity.as_ref().map(|it| it.name);
        let (filters, pools) = filters(description, operation, plan, &schemas, name, random);
        let item = |index: usize| {
            let mut random = random.element(index);
            let id = identity
                .as_mut()
                .and_then(|it| Some((it.name, it.next(index, &mut random)?)));
            let mut item =
                Generator::new(description, &pools, Presence::Varied, random).value(&schemas);
            if let (Value::Object(object), Some((name, value))) = (&mut item, id) {
                object.insert(name.to_owned(), value);
            }
            compact(item)
        };
        let items = (0..count).map(item).collect();
        let (field, kind) = breakable(description, &shape, name);
        Self {
            items,
            filters,
            field,
            kind,
        }
    }

    /// Whether the query asks for some of the items only.
    pub(crate) fn filters_by(&self, query: &[(String, String)]) -> bool {
        let mut names = query.iter().map(|(name, _)| name);
        names.any(|name| self.filters.iter().any(|filter| filter.name == *name))
    }

    /// The places in the data set of the items that the query asks for, in order.
    pub(crate) fn matching(&self, query: &[(String, String)]) -> Vec<usize> {
        let wanted: Vec<(&[String], Vec<&str>)> = self
            .filters
            .iter()
            .map(|filter| {
                let values = query.iter().filter(|(name, _)| *name == filter.name);
                (
                    filter.place.as_slice(),
                    values.map(|(_, value)| value.as_str()).collect::<Vec<_>>(),
                )
            })
            .filter(|(_, values)| !values.is_empty())
            .collect();
        let fits = |item: &Value| {
            wanted
                .iter()
                .all(|(place, values)| filter::matches(item, place, values))
        };
        self.items
            .iter()
            .enumerate()
            .filter(|(_, item)| fits(item))
            .map(|(index, _)| index)
            .collect()
    }
}

/// The value in no more memory than it takes: objects grow by doubling, and a data set may have a million of them.
fn compact(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let mut exact = Map::with_capacity(object.len());
            exact.extend(
                object
                    .into_iter()
                    .map(|(name, value)| (name, compact(value))),
            );
            Value::Object(exact)
        }
        Value::Array(elements) => {
            let mut exact: Vec<Value> = elements.into_iter().map(compact).collect();
            exact.shrink_to_fit();
            Value::Array(exact)
        }
        plain => plain,
    }
}

fn item_schema<'a>(
    description: &'a Description,
    operation: &OperationRef<'a>,
    plan: &PagePlan,
) -> Option<&'a Schema> {
    let body = description.success_schema(operation)?;
    let array = description.schema_at(body, &plan.response.items)?;
    let item = description.items(array)?;
    description.resolve_boxed(item).map(|it| it.object)
}

/// Names that the resource may have: that of the array, that in the path.
fn resources(operation: &OperationRef<'_>, plan: &PagePlan) -> Vec<String> {
    let of_path = operation
        .path
        .rsplit('/')
        .find(|part| !part.starts_with('{'))
        .map(str::to_owned);
    plan.response
        .items
        .last()
        .into_iter()
        .chain(of_path)
        .collect()
}

/// The filters, and values for what they filter by, so that they find something.
fn filters(
    description: &Description,
    operation: &OperationRef<'_>,
    plan: &PagePlan,
    schemas: &[&Schema],
    identity: Option<&str>,
    random: &Random,
) -> (Vec<Filter>, Choices) {
    let fields = filter::fields(description, schemas);
    let (mut filters, mut pools) = (Vec::new(), Choices::new());
    for (parameter, _) in description.parameters(operation) {
        let data = parameter_data(parameter);
        let of_plan =
            [plan.position_parameter(), plan.size_parameter()].contains(&Some(data.name.as_str()));
        if of_plan || !matches!(parameter, Parameter::Query { .. }) {
            continue;
        }
        let said = element(
            description,
            parameter_schema(description, parameter)
                .into_iter()
                .collect(),
        );
        let kind = Shape::first(description, &said).kind;
        let Some(place) = filter::place(&fields, &data.name, kind) else {
            continue;
        };
        let is_identity = matches!(place.as_slice(), [only] if Some(only.as_str()) == identity);
        if !is_identity && !pools.contains_key(&place) {
            let random = Random::of(random.clone().next(), &data.name);
            pools.extend(
                pool(description, schemas, &place, &said, &random)
                    .map(|pool| (place.clone(), pool)),
            );
        }
        filters.push(Filter {
            name: data.name.clone(),
            place,
        });
    }
    (filters, pools)
}

fn parameter_schema<'a>(
    description: &'a Description,
    parameter: &'a Parameter,
) -> Option<&'a Schema> {
    match &parameter_data(parameter).format {
        ParameterSchemaOrContent::Schema(schema) => description.resolve(schema).map(|it| it.object),
        ParameterSchemaOrContent::Content(_) => None,
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

/// The property that every reader has to look at, with its type.
fn breakable(
    description: &Description,
    item: &Shape<'_>,
    identity: Option<&str>,
) -> (Option<String>, Option<Kind>) {
    let typed: Vec<(&str, Kind)> = item
        .properties
        .iter()
        .filter_map(|(name, schemas)| Some((*name, Shape::first(description, schemas).kind?)))
        .collect();
    let required = typed.iter().find(|(name, _)| item.required.contains(name));
    let known = typed.iter().find(|(name, _)| Some(*name) == identity);
    match required.or(known).or(typed.first()) {
        Some((name, kind)) => (Some((*name).to_owned()), Some(*kind)),
        None => (None, item.kind),
    }
}
