//! Unified diffs, for people and for `patch -p0`.

/// How many lines around a change are shown.
const CONTEXT: usize = 3;
/// How many lines a change may span before everything that follows counts as changed.
const LONGEST: usize = 4_000;

/// A step from one text to the other: a range of lines of each, the same or not.
#[derive(Debug, PartialEq, Eq)]
struct Step {
    is_same: bool,
    /// The lines of the old text: the first, from 0, and how many.
    old: (usize, usize),
    /// The lines of the new text.
    new: (usize, usize),
}

/// What makes `old` into `new`, as a unified diff; nothing if they are the same.
pub(crate) fn unified(name: &str, old: &str, new: &str) -> String {
    let old: Vec<&str> = old.split_inclusive('\n').collect();
    let new: Vec<&str> = new.split_inclusive('\n').collect();
    let changes: Vec<Step> = steps(&old, &new)
        .into_iter()
        .filter(|it| !it.is_same)
        .collect();
    if changes.is_empty() {
        return String::new();
    }
    let mut text = format!("--- {name}\n+++ {name}\n");
    let near = |one: &Step, next: &Step| next.old.0 - (one.old.0 + one.old.1) <= 2 * CONTEXT;
    for hunk in changes.chunk_by(near) {
        text += &hunk_text(hunk, &old, &new);
    }
    text
}

/// Walks both texts side by side. Changes are few and small, so the nearest place where both go on alike is soon found.
fn steps(old: &[&str], new: &[&str]) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        let rest = (tail(old, i), tail(new, j));
        let same = rest.0.iter().zip(rest.1).take_while(|(a, b)| a == b);
        let same = same.count();
        let (is_same, removed, added) = if same > 0 {
            (true, same, same)
        } else {
            let (removed, added) = change(rest.0, rest.1);
            (false, removed, added)
        };
        steps.push(Step {
            is_same,
            old: (i, removed),
            new: (j, added),
        });
        (i, j) = (i + removed, j + added);
    }
    steps
}

/// How many lines of each go before both go on alike: with two lines, or to the end.
fn change(old: &[&str], new: &[&str]) -> (usize, usize) {
    for sum in 1..LONGEST.min(old.len() + new.len()) {
        for removed in (sum.saturating_sub(new.len())..=sum.min(old.len())).rev() {
            let (a, b) = (tail(old, removed), tail(new, sum - removed));
            let alike = a.first() == b.first() && a.get(1) == b.get(1);
            if alike && !a.is_empty() {
                return (removed, sum - removed);
            }
        }
    }
    (old.len(), new.len())
}

fn tail<'a, 't>(lines: &'a [&'t str], from: usize) -> &'a [&'t str] {
    lines.get(from..).unwrap_or_default()
}

fn hunk_text(changes: &[Step], old: &[&str], new: &[&str]) -> String {
    let (Some(first), Some(last)) = (changes.first(), changes.last()) else {
        return String::new();
    };
    let before = first.old.0.min(CONTEXT);
    let (old_end, new_end) = (last.old.0 + last.old.1, last.new.0 + last.new.1);
    let after = (old.len() - old_end).min(CONTEXT);
    let mut at = first.old.0 - before;
    let mut text = format!(
        "@@ -{} +{} @@\n",
        range(at, old_end + after),
        range(first.new.0 - before, new_end + after)
    );
    let mut add = |mark: char, lines: &[&str], (from, count): (usize, usize)| {
        for line in tail(lines, from).iter().take(count) {
            text.push(mark);
            text.push_str(line);
            if !line.ends_with('\n') {
                text.push_str("\n\\ No newline at end of file\n");
            }
        }
    };
    for step in changes {
        add(' ', old, (at, step.old.0 - at));
        add('-', old, step.old);
        add('+', new, step.new);
        at = step.old.0 + step.old.1;
    }
    add(' ', old, (at, after));
    text
}

/// The lines from a first, counted from 0, up to another as hunks name them; of no lines the one before.
fn range(from: usize, to: usize) -> String {
    let first = if to > from { from + 1 } else { from };
    format!("{first},{}", to - from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_has_no_diff() {
        assert_eq!(unified("a", "x\ny\n", "x\ny\n"), "");
    }

    #[test]
    fn changes_are_shown_with_three_lines_around_them() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let new = "1\n2\n3\n4\nfive\n6\n7\n8\n9\n";
        let expected = "--- a\n+++ a\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n";
        assert_eq!(unified("a", old, new), expected);
    }

    #[test]
    fn changes_that_are_near_share_a_hunk() {
        let old: String = (1..=20).map(|it| format!("{it}\n")).collect();
        let new = old.replace("\n2\n", "\n").replace("\n8\n", "\n8\nand\n");
        let new = new.replace("\n20\n", "\n");
        let expected = "--- a\n+++ a\n@@ -1,11 +1,11 @@\n 1\n-2\n 3\n 4\n 5\n 6\n 7\n 8\n+and\n 9\n 10\n 11\n@@ -17,4 +17,3 @@\n 17\n 18\n 19\n-20\n";
        assert_eq!(unified("a", &old, &new), expected);
    }

    #[test]
    fn a_missing_line_break_at_the_end_is_told() {
        let expected = "--- a\n+++ a\n@@ -1,2 +1,1 @@\n-x\n-y\n\\ No newline at end of file\n+x\n\\ No newline at end of file\n";
        assert_eq!(unified("a", "x\ny", "x"), expected);
    }

    #[test]
    fn a_text_can_begin_and_end_empty() {
        assert_eq!(
            unified("a", "", "x\n"),
            "--- a\n+++ a\n@@ -0,0 +1,1 @@\n+x\n"
        );
        assert_eq!(
            unified("a", "x\n", ""),
            "--- a\n+++ a\n@@ -1,1 +0,0 @@\n-x\n"
        );
    }
}
