//! Findings as a person sees them in the workbook: each under the row it stands in, with its neighbours.

use std::fmt::Write;

use super::console::Paint;
use super::narrate::{first_of_each, is_shown};
use super::summary;
use super::work::Volume;
use crate::batch::SheetRow;
use crate::cell::column_letters;
use crate::finding::{Finding, Severity};
use crate::review::Review;
use crate::words::number_of;

/// The widest that a cell is drawn.
const WIDEST: usize = 30;
/// How many cells are drawn beside the one that is meant, on its left and on its right.
const BESIDE: (usize, usize) = (2, 1);
/// The most others that are told of a group, a line each.
const MOST_OTHERS: usize = 8;
/// So many findings of one kind are shown one by one.
const FEW: usize = 2;

/// Returns all that is shown of a file.
pub(super) fn file(review: &Review, rows: &[SheetRow], volume: Volume, most: Option<usize>, paint: Paint) -> String {
    let all: Vec<&Finding> = review.findings.iter().filter(|finding| is_shown(finding, volume)).collect();
    let hidden = review.findings.len() - all.len();
    let (shown, cut) = first_of_each(all, most);
    let mut text = format!("{}\n", heading(review, paint));
    for group in grouped(&shown) {
        text.push_str(&finding(group[0], rows, paint));
        text.push_str(&others(&group[1..]));
    }
    for (rule, count) in cut {
        let _infallible = writeln!(text, "{}", paint.faint(&format!("  and {count} more of {rule}")));
    }
    if hidden > 0 {
        let line = format!("  and {}, shown by -v", number_of(hidden, "note", "notes"));
        let _infallible = writeln!(text, "{}", paint.faint(&line));
    }
    text.push('\n');
    text
}

/// Returns the line over a file's findings.
fn heading(review: &Review, paint: Paint) -> String {
    let facts = [&review.organisation, &review.framework, &review.kind];
    let facts: Vec<&str> = facts.into_iter().flatten().map(String::as_str).collect();
    let mut parts = vec![paint.strong(&review.file)];
    parts.extend((!facts.is_empty()).then(|| facts.join(", ")));
    parts.push(summary::outcome(review));
    parts.join(" · ")
}

/// Returns findings in groups of one kind on one sheet, each where its first stands.
fn grouped<'a>(findings: &[&'a Finding]) -> Vec<Vec<&'a Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings {
        let same = groups.iter_mut().find(|group| is_same(group[0], finding));
        match same {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    let apart = |group: Vec<&'a Finding>| {
        if group.len() > FEW { vec![group] } else { group.into_iter().map(|finding| vec![finding]).collect() }
    };
    groups.into_iter().flat_map(apart).collect()
}

/// Whether two findings are of one kind on one sheet.
fn is_same(a: &Finding, b: &Finding) -> bool {
    (&a.rule, a.severity, a.sheet()) == (&b.rule, b.severity, b.sheet())
}

/// Returns one finding.
fn finding(finding: &Finding, rows: &[SheetRow], paint: Paint) -> String {
    let mut text = format!("{}\n", summary::headline(finding, paint));
    let place = place(finding);
    if !place.is_empty() {
        let _infallible = writeln!(text, "  {}", paint.faint(&place));
    }
    text.push_str(&picture(finding, rows, paint));
    if !finding.help.is_empty() {
        let _infallible = writeln!(text, "  help: {}", finding.help);
    }
    text
}

/// Returns where a finding stands, in words.
fn place(finding: &Finding) -> String {
    let mut parts = Vec::new();
    parts.extend(finding.sheet().map(|sheet| format!("sheet “{sheet}”")));
    parts.extend(finding.cell().map(|cell| format!("cell {cell}")));
    parts.extend(finding.subject.clone());
    parts.join(", ")
}

/// Tells the others of a group, a line each, and how many there are beyond those.
fn others(findings: &[&Finding]) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let mut text = format!("  and {} more of this kind\n", findings.len());
    for finding in findings.iter().take(MOST_OTHERS) {
        let place = finding.cell().or_else(|| finding.subject.clone()).unwrap_or_default();
        let _infallible = writeln!(text, "    {place:5} {}", finding.message);
    }
    let rest = findings.len().saturating_sub(MOST_OTHERS);
    if rest > 0 {
        let _infallible = writeln!(text, "    … and {rest} more, all of them by --format plain");
    }
    text
}

/// Draws the row that a finding stands in, with a mark under the cell and what was expected there.
fn picture(finding: &Finding, rows: &[SheetRow], paint: Paint) -> String {
    let expected = finding.expected.as_ref().map(|expected| format!("expected {expected}")).unwrap_or_default();
    let row = finding.cells().and_then(|cells| {
        let is_it = |row: &&SheetRow| row.row == cells.first.row && Some(&*row.sheet) == finding.sheet();
        rows.iter().find(is_it).map(|row| (row, cells.first.column))
    });
    match row {
        Some((row, column)) => draw(row, column, &expected, finding.severity, paint),
        None if expected.is_empty() => String::new(),
        None => format!("  {expected}\n"),
    }
}

/// Draws a row around one column.
fn draw(row: &SheetRow, column: u32, note: &str, severity: Severity, paint: Paint) -> String {
    let cells = around(row, column);
    let (mut letters, mut values, mut before, mut width) = (String::new(), String::new(), 0, 0);
    for (at, shown) in &cells {
        let letter = column_letters(*at);
        let wide = shown.chars().count().max(letter.len()).max(1);
        if *at == column {
            (before, width) = (values.chars().count() + 1, wide);
        }
        let _infallible = write!(letters, "  {letter:wide$} ");
        let _infallible = write!(values, "│ {shown:wide$} ");
    }
    let number = row.row.to_string();
    let margin = " ".repeat(number.len());
    let mark = format!("{}{} {note}", " ".repeat(before + 1), "^".repeat(width));
    format!(
        "   {margin} {}\n   {} {values}│\n   {margin} {}\n",
        paint.faint(letters.trim_end()),
        paint.faint(&number),
        paint.severity(severity, mark.trim_end())
    )
}

/// Returns the cell of a column, blank or not, with its nearest filled neighbours, shortened.
fn around(row: &SheetRow, column: u32) -> Vec<(u32, String)> {
    let short = |text: &str| {
        let letters: Vec<char> = text.chars().collect();
        if letters.len() <= WIDEST { text.to_owned() } else { letters[..WIDEST - 1].iter().chain(&['…']).collect() }
    };
    let left: Vec<&(u32, String)> = row.cells.iter().filter(|(at, _)| *at < column).collect();
    let right = row.cells.iter().filter(|(at, _)| *at > column);
    let itself = row.cells.iter().find(|(at, _)| *at == column).map_or("", |(_, shown)| shown);
    let mut cells: Vec<(u32, String)> =
        left[left.len().saturating_sub(BESIDE.0)..].iter().map(|(at, shown)| (*at, short(shown))).collect();
    cells.push((column, short(itself)));
    cells.extend(right.take(BESIDE.1).map(|(at, shown)| (*at, short(shown))));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_drawn_with_a_mark_under_the_cell() {
        let row = SheetRow {
            sheet: "S".to_owned(),
            row: 12,
            cells: vec![(1, "1.1.3".to_owned()), (3, "3".to_owned()), (4, "visit notes".to_owned())],
        };
        let drawn = draw(&row, 3, "expected 0, 1 or 2", Severity::Error, Paint::None);
        let lines: Vec<&str> = drawn.lines().collect();
        assert_eq!(
            lines,
            ["        A       C   D", "   12 │ 1.1.3 │ 3 │ visit notes │", "                ^ expected 0, 1 or 2",]
        );
    }

    #[test]
    fn a_blank_cell_has_its_place_in_the_drawing() {
        let row = SheetRow { sheet: "S".to_owned(), row: 7, cells: vec![(1, "a".to_owned()), (5, "e".to_owned())] };
        assert_eq!(around(&row, 3), [(1, "a".to_owned()), (3, String::new()), (5, "e".to_owned())]);
    }
}
