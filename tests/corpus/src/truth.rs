//! Plans against labels that were written by hand.

use std::{collections::BTreeMap, fs, io, path::Path};

use specwright_openapi::{
    Description,
    pagination::{self, Confidence, PagePlan, Style},
};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/pagination");

/// The ways in which each operation of a document pages, by method and path.
type Labels = BTreeMap<String, Vec<Way>>;

/// Style, position, items and next.
type Way = [String; 4];

/// The document does not say enough.
const OPEN: [&str; 4] = ["?"; 4];

/// How the plans of one document compare with its labels.
#[derive(Debug, Clone, Default)]
pub(crate) struct Score {
    /// Operations that are labelled as paging.
    pub(crate) labelled: usize,
    /// Operations that have a plan.
    pub(crate) planned: usize,
    /// Plans that are as labelled.
    pub(crate) right: usize,
    /// Each label that is missed and each plan that is wrong.
    pub(crate) differences: Vec<String>,
}

impl Score {
    pub(crate) fn add(&mut self, other: &Self) {
        self.labelled += other.labelled;
        self.planned += other.planned;
        self.right += other.right;
    }

    /// `97 labelled, 96 planned, 96 right: precision 1.000, recall 0.990`.
    pub(crate) fn line(&self) -> String {
        let Self {
            labelled,
            planned,
            right,
            ..
        } = self;
        format!(
            "{labelled} labelled, {planned} planned, {right} right: precision {}, recall {}",
            ratio(*right, *planned),
            ratio(*right, *labelled)
        )
    }
}

/// A ratio with three digits, rounded down, so that no miss is rounded away.
fn ratio(part: usize, whole: usize) -> String {
    let thousandths = (part * 1000).checked_div(whole).unwrap_or(1000);
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}

/// How the plans of a document compare with its labels, if it has any.
pub(crate) fn score(file: &str, description: &Description) -> io::Result<Option<Score>> {
    let Some(labels) = labels(file)? else {
        return Ok(None);
    };
    let mut score = Score::default();
    for operation in description.operations() {
        let request = format!("{} {}", operation.method, operation.path);
        let found = pagination::find(description, &operation);
        let plan = found.and_then(|it| it.plan_from(Confidence::Likely));
        let ways = labels.get(&request);
        if ways.is_some_and(|it| it.iter().any(|way| *way == OPEN)) {
            continue;
        }
        score.labelled += usize::from(ways.is_some());
        let Some(plan) = plan.as_ref().map(way) else {
            if ways.is_some() {
                score.differences.push(format!("missed: {request}"));
            }
            continue;
        };
        score.planned += 1;
        if ways.is_some_and(|it| it.contains(&plan)) {
            score.right += 1;
        } else {
            let plan = plan.join(" ");
            score.differences.push(format!("wrong: {request}: {plan}"));
        }
    }
    Ok(Some(score))
}

/// A plan in the words of the labels.
fn way(plan: &PagePlan) -> Way {
    let style = match plan.style {
        Style::Cursor | Style::Bidirectional | Style::Token => "cursor",
        other => other.as_str(),
    };
    let by_url = matches!(plan.style, Style::NextUrl | Style::Link);
    let counted = matches!(plan.style, Style::Offset | Style::Page | Style::Link);
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let position = plan.request.position.as_ref().filter(|_| !by_url);
    let next = plan.response.next.as_ref().filter(|_| !counted);
    let items = plan.response.items.as_str();
    [
        style.to_owned(),
        or_dash(position.map(ToString::to_string)),
        if items.is_empty() { "\"\"" } else { items }.to_owned(),
        or_dash(next.map(ToString::to_string)),
    ]
}

fn labels(file: &str) -> io::Result<Option<Labels>> {
    let name = if file.contains("digitalocean") {
        "digitalocean"
    } else {
        let stem = Path::new(file).file_stem().and_then(|it| it.to_str());
        stem.filter(|_| !file.contains('/')).unwrap_or_default()
    };
    let path = Path::new(FOLDER).join(format!("{name}.tsv"));
    if name.is_empty() || !path.is_file() {
        return Ok(None);
    }
    let text = fs::read_to_string(path)?;
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let labels = lines.filter_map(|line| {
        let (request, ways) = line.split_once('\t')?;
        let cells: Vec<&str> = ways.split('\t').collect();
        if cells.first() == Some(&"?") {
            return Some((request.to_owned(), vec![OPEN.map(str::to_owned)]));
        }
        let ways = cells.split(|cell| *cell == "|").filter_map(|way| {
            let way: &[&str; 4] = way.try_into().ok()?;
            Some(way.map(str::to_owned))
        });
        Some((request.to_owned(), ways.collect()))
    });
    Ok(Some(labels.collect()))
}
