//! The path that a client may have meant.

use percent_encoding::percent_decode_str;

/// The longest path that is compared, in characters.
const LONGEST: usize = 512;

/// How many paths are compared.
const MOST: usize = 5_000;

/// What a part costs that is missing, added or nothing like the other one.
const WHOLE: usize = 10;

/// The known path that is most like the one that is asked for; `None` if none is.
pub(crate) fn nearest<'r>(path: &str, known: &'r [String]) -> Option<&'r str> {
    if path.len() > LONGEST {
        return None;
    }
    let path = percent_decode_str(path).decode_utf8_lossy();
    let asked: Vec<&str> = path.split('/').skip(1).collect();
    let costs = known.iter().take(MOST).filter_map(|candidate| {
        let parts: Vec<&str> = candidate.split('/').skip(1).collect();
        let difference = parts.len().abs_diff(asked.len());
        (difference <= 3).then(|| (cost(&asked, &parts), candidate.as_str()))
    });
    let (cost, found) = costs.min_by_key(|(cost, _)| *cost)?;
    // Something of it has to be the same.
    (cost < asked.len().max(1) * WHOLE).then_some(found)
}

/// What it takes to make the known path of the other one, by parts (Wagner and Fischer 1974).
fn cost(asked: &[&str], known: &[&str]) -> usize {
    distance(asked, known, WHOLE, |part, known| {
        if known.contains('{') {
            // Where both fit, a path that says the part is nearer.
            return 1 + usize::from(part.is_empty()) * WHOLE;
        }
        let (one, other): (Vec<char>, Vec<char>) = (
            part.chars().take(40).collect(),
            known.chars().take(40).collect(),
        );
        let longer = one.len().max(other.len()).max(1);
        let edits = distance(&one, &other, 1, |one, other| usize::from(one != other));
        (edits * WHOLE).div_ceil(longer)
    })
}

fn distance<T>(one: &[T], other: &[T], gap: usize, differ: impl Fn(&T, &T) -> usize) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).map(|it| it * gap).collect();
    for left in one {
        let mut diagonal = row.first().copied().unwrap_or_default();
        let mut before = diagonal + gap;
        let mut next = vec![before];
        for (right, above) in other.iter().zip(row.iter().skip(1)) {
            let here = (diagonal + differ(left, right))
                .min(above + gap)
                .min(before + gap);
            diagonal = *above;
            before = here;
            next.push(here);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_path_is_found() {
        let known: Vec<String> = [
            "/v2/orders",
            "/v2/orders/{id}",
            "/v2/orders/{id}/lines",
            "/v2/people",
        ]
        .map(str::to_owned)
        .into();
        for (path, expected) in [
            ("/orders/1", Some("/v2/orders/{id}")),
            ("/v2/order", Some("/v2/orders")),
            ("/v2/orders/", Some("/v2/orders")),
            ("/v2/orders/7/line", Some("/v2/orders/{id}/lines")),
            ("/v2/%70eopl", Some("/v2/people")),
            ("/v1/people", Some("/v2/people")),
            ("/qqq", None),
        ] {
            assert_eq!(nearest(path, &known), expected, "{path}");
        }
        assert_eq!(nearest(&"/a".repeat(1000), &known), None);
    }
}
