//! Findings as a person sees them in the workbook: each under the row it stands in, with its neighbours.

use std::fmt::Write;

use super::console::{Paint, Screen, harmless, in_a_line, shortened};
use super::narrate::{first_of_each, is_shown};
use super::summary;
use super::work::Volume;
use textwrap::core::display_width;

use crate::batch::SheetRow;
use crate::cell::column_letters;
use crate::finding::{Finding, Severity};
use crate::review::Review;
use crate::season::Season;
use crate::words::number_of;

/// The least room for each cell that is drawn; where there isn't so much, fewer are.
const NARROWEST: usize = 6;
/// How many cells are drawn beside the one that is meant, on its left and on its right.
const BESIDE: (usize, usize) = (2, 1);
/// The most others that are told of a group, a line each.
const MOST_OTHERS: usize = 8;
/// So many findings of one kind are shown one by one.
const FEW: usize = 2;

/// Returns all that is shown of a file.
pub(super) fn file(
    season: &Season,
    (review, rows): (&Review, &[SheetRow]),
    volume: Volume,
    most: Option<usize>,
    screen: Screen,
) -> String {
    let all: Vec<&Finding> = review.findings.iter().filter(|finding| is_shown(finding, volume)).collect();
    let hidden = review.findings.len() - all.len();
    let (shown, cut) = first_of_each(all, most);
    let paint = screen.paint;
    let mut text = format!("{}\n", screen.fitted(&heading(season, review, paint), "  "));
    for group in grouped(&shown) {
        text.push_str(&finding(group[0], rows, screen));
        text.push_str(&others(&group[1..], screen));
    }
    for (rule, count) in cut {
        let line = screen.fitted(&format!("  and {count} more of {rule}"), "  ");
        let _infallible = writeln!(text, "{}", paint.faint(&line));
    }
    if hidden > 0 {
        let line = format!("  and {}, shown by -v", number_of(hidden, "note", "notes"));
        let _infallible = writeln!(text, "{}", paint.faint(&line));
    }
    text.push('\n');
    text
}

/// Returns the line over a file's findings.
pub(super) fn heading(season: &Season, review: &Review, paint: Paint) -> String {
    let framework = season.framework(review).map(|framework| framework.title.as_str());
    let facts = [review.organisation.as_deref(), framework, review.kind.as_deref()];
    let facts: Vec<&str> = facts.into_iter().flatten().collect();
    let mut parts = vec![paint.strong(&review.file)];
    parts.extend((!facts.is_empty()).then(|| facts.join(", ")));
    parts.push(summary::outcome(season, review));
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
fn finding(finding: &Finding, rows: &[SheetRow], screen: Screen) -> String {
    let paint = screen.paint;
    let mut text = format!("{}\n", screen.fitted(&summary::headline(finding, paint), "  "));
    let place = place(finding);
    if !place.is_empty() {
        let _infallible = writeln!(text, "{}", screen.fitted(&format!("  {}", paint.faint(&place)), "  "));
    }
    text.push_str(&picture(finding, rows, screen));
    if let Some(explanation) = &finding.explanation {
        let _infallible =
            writeln!(text, "{}", screen.fitted(&format!("  explained: {}", in_a_line(explanation)), "  "));
    } else if !finding.help.is_empty() {
        let _infallible = writeln!(text, "{}", screen.fitted(&format!("  help: {}", in_a_line(&finding.help)), "  "));
    }
    text
}

/// Returns where a finding stands, in words.
fn place(finding: &Finding) -> String {
    let mut parts = Vec::new();
    parts.extend(finding.sheet().map(|sheet| format!("sheet “{sheet}”")));
    parts.extend(finding.cell().map(|cell| format!("cell {cell}")));
    parts.extend(finding.about().map(ToOwned::to_owned));
    in_a_line(&parts.join(", "))
}

/// Tells the others of a group, a line each, and how many there are beyond those.
fn others(findings: &[&Finding], screen: Screen) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let mut text = format!("  and {} more of this kind\n", findings.len());
    for finding in findings.iter().take(MOST_OTHERS) {
        let place = finding.cell().or_else(|| finding.about().map(ToOwned::to_owned)).unwrap_or_default();
        let _infallible =
            writeln!(text, "{}", screen.fitted(&format!("    {place:5} {}", in_a_line(&finding.message)), "      "));
    }
    let rest = findings.len().saturating_sub(MOST_OTHERS);
    if rest > 0 {
        let line = format!("    … and {rest} more, all of them by --format plain");
        let _infallible = writeln!(text, "{}", screen.fitted(&line, "      "));
    }
    text
}

/// Draws the row that a finding stands in, with a mark under the cell and what was expected there.
fn picture(finding: &Finding, rows: &[SheetRow], screen: Screen) -> String {
    let expected =
        finding.expected.as_ref().map(|expected| format!("expected {}", in_a_line(expected))).unwrap_or_default();
    let row = finding.cells().and_then(|cells| {
        let is_it = |row: &&SheetRow| row.row == cells.first.row && Some(&*row.sheet) == finding.sheet();
        rows.iter().find(is_it).map(|row| (row, cells.first.column))
    });
    match row {
        Some((row, column)) => draw((row, column), &expected, finding.severity, screen),
        None if expected.is_empty() => String::new(),
        None => format!("{}\n", screen.fitted(&format!("  {expected}"), "  ")),
    }
}

/// Draws a row around one column.
fn draw((row, column): (&SheetRow, u32), note: &str, severity: Severity, screen: Screen) -> String {
    let number = row.row.to_string();
    let cells = around(row, column, screen.width.saturating_sub(number.len() + 5));
    let (mut letters, mut values, mut before, mut width) = (String::new(), String::new(), 0, 0);
    for (at, shown) in &cells {
        let letter = column_letters(*at);
        let wide = room(*at, shown);
        if *at == column {
            (before, width) = (display_width(&values) + 1, wide);
        }
        let blanks = " ".repeat(wide - display_width(shown));
        let _infallible = write!(letters, "  {letter:wide$} ");
        let _infallible = write!(values, "│ {shown}{blanks} ");
    }
    let margin = " ".repeat(number.len());
    let mark = format!("   {margin} {}{}", " ".repeat(before + 1), "^".repeat(width));
    format!(
        "   {margin} {}\n   {} {values}│\n{}\n",
        screen.paint.faint(letters.trim_end()),
        screen.paint.faint(&number),
        marked(&mark, note, severity, screen)
    )
}

/// Returns the mark under a cell and what is noted at it: beside it where there is room, else on lines of its own.
fn marked(mark: &str, note: &str, severity: Severity, screen: Screen) -> String {
    let beside = format!("{mark} {note}");
    if display_width(&beside) <= screen.width {
        return screen.paint.severity(severity, beside.trim_end());
    }
    let below = screen.fitted(&format!("  {note}"), "  ");
    format!("{}\n{}", screen.paint.severity(severity, mark), screen.paint.severity(severity, &below))
}

/// Returns the room that a cell takes beside its lines.
fn room(column: u32, shown: &str) -> usize {
    display_width(shown).max(column_letters(column).len()).max(1)
}

/// Returns the cell of a column, blank or not, with its nearest filled neighbours, as many and as long as there is room for.
fn around(row: &SheetRow, column: u32, width: usize) -> Vec<(u32, String)> {
    let left: Vec<&(u32, String)> = row.cells.iter().filter(|(at, _)| *at < column).collect();
    let right = row.cells.iter().filter(|(at, _)| *at > column);
    let itself = row.cells.iter().find(|(at, _)| *at == column).map_or("", |(_, shown)| shown);
    let mut cells: Vec<(u32, String)> = left[left.len().saturating_sub(BESIDE.0)..].iter().copied().cloned().collect();
    cells.push((column, itself.to_owned()));
    cells.extend(right.take(BESIDE.1).cloned());
    for (_, shown) in &mut cells {
        *shown = harmless(shown).into_owned();
    }
    while cells.len() > 1 && width < cells.len() * (NARROWEST + 3) {
        let is_first = cells[0].0 != column;
        cells.remove(if is_first { 0 } else { cells.len() - 1 });
    }
    let most = widest(&cells, width.saturating_sub(cells.len() * 3));
    cells.into_iter().map(|(at, shown)| (at, shortened(&shown, most))).collect()
}

/// Returns how wide a cell may be so that all fit together; the short ones leave their room to the others.
fn widest(cells: &[(u32, String)], width: usize) -> usize {
    let taken = |most: usize| cells.iter().map(|(at, shown)| room(*at, shown).min(most)).sum::<usize>();
    (1..=width).rev().find(|most| taken(*most) <= width).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn screen(width: usize) -> Screen {
        Screen { paint: Paint::None, width }
    }

    proptest! {
        #[test]
        fn excerpts_fit_and_the_mark_stands_under_its_cell(
            texts in proptest::collection::vec("[a-zé日本 ]{0,60}", 1..7),
            chosen in 0_usize..7,
            note in "([a-z]{1,9} ){0,20}",
            width in 40_usize..200,
        ) {
            let texts: Vec<String> =
                texts.iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
            let cells: Vec<(u32, String)> = (1..).zip(texts).filter(|(_, text)| !text.is_empty()).collect();
            let column = u32::try_from(chosen + 1).unwrap();
            let row = SheetRow { sheet: "S".to_owned(), row: 1234, cells: cells.clone() };
            let drawn = draw((&row, column), note.trim(), Severity::Error, screen(width));
            let lines: Vec<&str> = drawn.lines().collect();
            for line in &lines {
                prop_assert!(display_width(line) <= width, "{width}:\n{drawn}");
            }
            let at = |line: &str, byte: usize| display_width(&line[..byte]);
            let mark = at(lines[2], lines[2].find('^').unwrap());
            prop_assert_eq!(mark, at(lines[0], lines[0].find(&column_letters(column)).unwrap()), "\n{}", drawn);
            let starts: Vec<usize> = lines[1].match_indices('│').map(|(byte, _)| at(lines[1], byte) + 2).collect();
            prop_assert!(starts.contains(&mark), "\n{drawn}");
            for shown in lines[1].split('│').skip(1).map(str::trim).filter_map(|shown| shown.strip_suffix('…')) {
                let whole = |text: &str| text == shown || text.starts_with(&format!("{shown} "));
                let is_whole = cells.iter().any(|(_, text)| whole(text));
                prop_assert!(is_whole || !shown.contains(' '), "{shown}\n{drawn}");
            }
        }

        #[test]
        fn lines_fit_and_break_between_words(text in "([a-zé]{1,12} ){1,60}", width in 40_usize..200) {
            let fitted = screen(width).fitted(text.trim(), "  ");
            prop_assert!(fitted.lines().all(|line| display_width(line) <= width), "{fitted}");
            let (before, after): (Vec<&str>, Vec<&str>) =
                (text.split_whitespace().collect(), fitted.split_whitespace().collect());
            prop_assert_eq!(before, after);
        }
    }

    #[test]
    fn a_row_is_drawn_with_a_mark_under_the_cell() {
        let row = SheetRow {
            sheet: "S".to_owned(),
            row: 12,
            cells: vec![(1, "1.1.3".to_owned()), (3, "3".to_owned()), (4, "visit notes".to_owned())],
        };
        let drawn = draw((&row, 3), "expected 0, 1 or 2", Severity::Error, screen(80));
        let lines: Vec<&str> = drawn.lines().collect();
        assert_eq!(
            lines,
            ["        A       C   D", "   12 │ 1.1.3 │ 3 │ visit notes │", "                ^ expected 0, 1 or 2",]
        );
    }

    #[test]
    fn a_blank_cell_has_its_place_in_the_drawing() {
        let row = SheetRow { sheet: "S".to_owned(), row: 7, cells: vec![(1, "a".to_owned()), (5, "e".to_owned())] };
        assert_eq!(around(&row, 3, 80), [(1, "a".to_owned()), (3, String::new()), (5, "e".to_owned())]);
    }
}
