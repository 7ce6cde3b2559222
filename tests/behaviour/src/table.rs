//! Tables as aligned text.

/// Where the texts of a column begin or end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// They begin below each other.
    Left,
    /// They end below each other, as numbers do.
    Right,
}

/// Draws a table: headings, a rule and rows, with two spaces between columns and a line break after each line.
///
/// Cells beyond the columns are left out.
#[must_use]
pub fn draw(columns: &[(&str, Align)], rows: &[Vec<String>]) -> String {
    let headings: Vec<String> = columns
        .iter()
        .map(|(heading, _)| (*heading).to_owned())
        .collect();
    let width = |index: usize| {
        let cells = rows
            .iter()
            .chain([&headings])
            .filter_map(|row| row.get(index));
        cells
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    let mut text = String::new();
    for row in [&headings, &rule].into_iter().chain(rows) {
        let cells = row
            .iter()
            .zip(columns)
            .zip(&widths)
            .map(|((cell, (_, align)), &width)| match align {
                Align::Left => format!("{cell:<width$}"),
                Align::Right => format!("{cell:>width$}"),
            });
        let line = cells.collect::<Vec<_>>().join("  ");
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [
            vec!["Bär".to_owned(), "7".to_owned()],
            vec!["a".to_owned(), "1003".to_owned()],
        ];
        let text = draw(&[("name", Align::Left), ("n", Align::Right)], &rows);
        assert_eq!(text, "name     n\n----  ----\nBär      7\na     1003\n");
    }

    #[test]
    fn a_table_without_rows_has_its_headings() {
        assert_eq!(
            draw(&[("a", Align::Left), ("bc", Align::Left)], &[]),
            "a  bc\n-  --\n"
        );
    }
}
