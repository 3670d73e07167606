//! Filled-in returns of each scheme whose headings lost their words, many at once: what is read is what stood there, or it is told and
//! what rests on it is open.

use std::collections::{BTreeMap, BTreeSet};

use scrutineer::cell::{CellRange, CellRef};
use scrutineer::finding::Findings;
use scrutineer::framework::{Framework, Holds, builtin};
use scrutineer::layout::{Layout, WorkbookText, locate};
use scrutineer::ooxml::Limits;
use scrutineer::returns::{Entry, Return, Row};
use scrutineer::review::{Review, Settings, review_workbook, sent};
use scrutineer::workbook::{Cell, Source, Value, Workbook, read};

/// Words that no form has.
const WORDS: [&str; 7] =
    ["Pennawd", "Cedwir yma", "Yr hyn a gawn", "Gwybodaeth arall", "Ein nodiadau ni", "Zz", "Rhywbeth"];

/// A scheme's clean return, and what is read in it.
struct Clean {
    framework: Framework,
    workbook: Workbook,
    layout: Layout,
    sent: Return,
    review: Review,
}

impl Clean {
    fn of(name: &str) -> Self {
        let framework = builtin::load(name).unwrap().framework;
        let path = format!("{}/tests/fixtures/{name}.xlsx", env!("CARGO_MANIFEST_DIR"));
        let workbook = read(&Source::new(name, std::fs::read(path).unwrap()), &Limits::default()).unwrap();
        let layout = locate(&framework, &WorkbookText::new(&workbook), &mut Findings::default());
        let (sent, review) = (sent(&framework, &workbook), reviewed(&framework, &workbook));
        Self { framework, workbook, layout, sent, review }
    }

    /// Returns the rows of headings: of each the sheet and the cells.
    fn headings(&self) -> Vec<(usize, Vec<CellRef>)> {
        let tables = self.layout.tables.iter().map(|place| (place.sheet, place.heading, &place.columns));
        let registers = self.layout.registers.values().map(|place| (place.sheet, place.heading, &place.columns));
        let cells = |(sheet, row, columns): (usize, u32, &BTreeMap<_, u32>)| {
            let columns: BTreeSet<u32> = columns.values().copied().collect();
            (sheet, columns.into_iter().map(|column| CellRef::new(row, column)).collect())
        };
        tables.chain(registers).map(cells).collect()
    }

    /// Asserts that a changed workbook says what this one does, or says less of it, tells so, and has no other outcome.
    fn assert_same_or_told(&self, changed: &Workbook, what: &str) -> usize {
        let (before, after) = (said(&self.sent), said(&sent(&self.framework, changed)));
        let wrong: Vec<_> = after.iter().filter(|(name, said)| before.get(*name) != Some(said)).collect();
        assert!(wrong.is_empty(), "{what}: {wrong:?}");
        let lost: Vec<&String> = before.keys().filter(|name| !after.contains_key(*name)).collect();
        let review = reviewed(&self.framework, changed);
        let is_told = review.findings.iter().any(|finding| finding.rule.as_str().starts_with("heading-"));
        assert!(is_told, "{what}: {lost:?}");
        assert!([self.review.settled(), None].contains(&review.settled()), "{what}: {:?}", review.outcome);
        let is_figure = |rule: &str| ["total-differs", "outcome-differs", "formula-overwritten"].contains(&rule);
        let figures: Vec<_> = review.findings.iter().filter(|finding| is_figure(finding.rule.as_str())).collect();
        assert!(figures.is_empty(), "{what}: {figures:#?}");
        lost.len()
    }
}

/// Reviews a workbook as a return of a scheme.
fn reviewed(framework: &Framework, workbook: &Workbook) -> Review {
    let settings = Settings::new(std::slice::from_ref(framework), Limits::default());
    review_workbook(&settings, "return", workbook)
}

/// Returns what is given in a return, by name.
pub(crate) fn said(sent: &Return) -> BTreeMap<String, String> {
    fn given<T>(name: String, entry: &Entry<T>) -> Option<(String, String)> {
        entry.given().map(|_| (name, entry.written.clone()))
    }
    let fields = sent.fields.iter().filter_map(|(id, entry)| given(id.to_string(), entry));
    let answers = sent.answers.iter().filter_map(|((rater, id), entry)| given(format!("{rater} {id}"), entry));
    let points = sent.points.iter().filter_map(|((rater, id), entry)| given(format!("{rater} {id}"), entry));
    let results = sent.results.iter().filter_map(|(id, entry)| given(id.to_string(), entry));
    let notes = sent.notes.iter().filter_map(|((id, column), entry)| given(format!("{id} {column}"), entry));
    let of_row = |id: String, row: &Row| -> Vec<(String, String)> {
        let columns = row
            .columns()
            .filter_map(|column| Some((format!("{id} {column}"), row.entry(column.as_str())?.written().to_owned())));
        columns.filter(|(_, written)| !written.is_empty()).collect()
    };
    let rows = sent.registers.iter().flat_map(|(id, register)| {
        register.rows.iter().enumerate().flat_map(move |(number, row)| of_row(format!("{id} {number}"), row))
    });
    fields.chain(answers).chain(points).chain(results).chain(notes).chain(rows).collect()
}

/// Writes other words into cells, or takes them away.
fn reword(workbook: &mut Workbook, sheet: usize, cells: &[CellRef], is_blank: bool) {
    let all = &mut workbook.sheets[sheet].cells;
    all.retain(|cell| !cells.contains(&cell.at));
    let words = cells.iter().zip(WORDS.iter().cycle()).enumerate();
    let words = words.map(|(number, (at, word))| Cell::new(*at, Value::Text(format!("{word} {number}").into()), None));
    all.extend(words.filter(|_| !is_blank));
    all.sort_by_key(|cell| cell.at);
}

#[test]
fn headings_that_all_lost_their_words_leave_what_is_read_as_it_is_or_open() {
    let (mut tried, mut lost) = (0, 0);
    for name in builtin::NAMES {
        let clean = Clean::of(name);
        for (sheet, cells) in clean.headings() {
            for is_blank in [false, true] {
                let mut changed = clean.workbook.clone();
                reword(&mut changed, sheet, &cells, is_blank);
                let what = format!("{name}, {} {}, blank: {is_blank}", changed.sheets[sheet].name, cells[0]);
                let missed = clean.assert_same_or_told(&changed, &what);
                assert!(missed == 0 || is_blank, "{what}: {missed} entries aren't read");
                let told = reviewed(&clean.framework, &changed).findings;
                let is_told = told.iter().any(|finding| finding.rule.as_str() == "personal-data-present");
                assert!(!is_told, "{what}: the form asks for it: {told:#?}");
                (tried, lost) = (tried + 1, lost + usize::from(missed > 0));
            }
        }
    }
    assert!(tried >= 30 && lost * 3 < tried, "of {tried} {lost} aren't read");
}

#[test]
fn one_heading_that_kept_its_words_is_enough() {
    for name in builtin::NAMES {
        let clean = Clean::of(name);
        for (sheet, cells) in clean.headings() {
            for kept in cells.iter().step_by(6) {
                let others: Vec<CellRef> = cells.iter().copied().filter(|at| at != kept).collect();
                let mut changed = clean.workbook.clone();
                reword(&mut changed, sheet, &others, false);
                let what = format!("{name}, {} all but {kept}", changed.sheets[sheet].name);
                assert_eq!(clean.assert_same_or_told(&changed, &what), 0, "{what}");
            }
        }
    }
}

/// Puts a column before one of a sheet, under a heading of the sender's own, that holds what the one after it does.
fn put_in_copy(workbook: &mut Workbook, sheet: usize, heading: CellRef) {
    let moved = |at: CellRef| CellRef::new(at.row, at.column + u32::from(at.column >= heading.column));
    let range = |range: &mut CellRange| *range = CellRange::new(moved(range.first), moved(range.last));
    let sheet = &mut workbook.sheets[sheet];
    let own = sheet.cells.iter().filter(|cell| cell.at.column == heading.column && cell.at.row >= heading.row);
    let own = own.filter(|cell| cell.formula.is_none()).cloned();
    let own: Vec<Cell> = own
        .map(|cell| if cell.at == heading { Cell::new(cell.at, Value::Text(WORDS[0].into()), None) } else { cell })
        .collect();
    sheet.cells.iter_mut().for_each(|cell| cell.at = moved(cell.at));
    sheet.cells.extend(own);
    sheet.cells.sort_by_key(|cell| cell.at);
    sheet.merges.iter_mut().for_each(range);
    sheet.validations.iter_mut().flat_map(|validation| &mut validation.cells).for_each(range);
}

#[test]
fn a_column_of_the_sender_s_own_beside_one_that_lost_its_heading_leaves_what_is_read_as_it_is_or_open() {
    let (mut tried, mut lost) = (0, 0);
    for name in builtin::NAMES {
        let clean = Clean::of(name);
        let headings =
            clean.layout.registers.values().flat_map(|place| {
                place.columns.values().map(|column| (place.sheet, CellRef::new(place.heading, *column)))
            });
        for (sheet, at) in headings.collect::<BTreeSet<_>>() {
            let below = |cell: &Cell| cell.at.column == at.column && cell.at.row > at.row && !cell.value.is_blank();
            if !clean.workbook.sheets[sheet].cells.iter().any(below) {
                continue;
            }
            let mut changed = clean.workbook.clone();
            // A heading over two rows has its words in the upper one where the lower is blank.
            let is_lower = clean.workbook.sheets[sheet].cell(at).is_some();
            let at = if is_lower { at } else { CellRef::new(at.row - 1, at.column) };
            put_in_copy(&mut changed, sheet, at);
            reword(&mut changed, sheet, &[CellRef::new(at.row, at.column + 1)], tried % 2 == 0);
            let what = format!("{name}, {} {at}", changed.sheets[sheet].name);
            lost += usize::from(clean.assert_same_or_told(&changed, &what) > 0);
            tried += 1;
        }
    }
    assert!(tried >= 80 && lost * 2 < tried, "of {tried} {lost} aren't read");
}

/// Takes what is filled in out of some cells.
fn blank(workbook: &mut Workbook, sheet: usize, is_meant: impl Fn(CellRef) -> bool) {
    workbook.sheets[sheet].cells.retain(|cell| cell.formula.is_some() || !is_meant(cell.at));
}

#[test]
fn of_what_is_not_planned_no_lost_heading_is_missed() {
    let mut tried = 0;
    for name in builtin::NAMES {
        let clean = Clean::of(name);
        for spec in &clean.framework.registers {
            let Some(other) = spec.repeated().and_then(|column| column.each.as_ref()) else { continue };
            let key = clean.framework.register(other).and_then(|other| other.key.as_ref()).unwrap();
            let (place, planned) = (&clean.layout.registers[&spec.id], &clean.layout.registers[other]);
            let column = |row: &Row| Some(*place.columns.get(row.given(key.as_str())?.to_string().as_str())?);
            let rows = &clean.sent.registers[other].rows;
            let columns: Vec<(u32, u32)> = rows.iter().filter_map(|row| Some((row.number, column(row)?))).collect();
            for (row, idle) in &columns {
                let mut unplanned = clean.workbook.clone();
                blank(&mut unplanned, planned.sheet, |at| at.row == *row && at.column != planned.columns[key]);
                blank(&mut unplanned, place.sheet, |at| at.column == *idle && at.row > place.heading);
                let before = reviewed(&clean.framework, &unplanned);
                for (_, lost) in columns.iter().filter(|(_, lost)| lost != idle) {
                    let mut changed = unplanned.clone();
                    let cells = [*lost, *idle].map(|column| CellRef::new(place.heading, column));
                    reword(&mut changed, place.sheet, &cells, tried % 2 == 0);
                    let review = reviewed(&clean.framework, &changed);
                    let title = clean.workbook.sheets[place.sheet].cell(cells[1]).unwrap().text();
                    let is_missed = review.findings.iter().any(|finding| {
                        finding.rule.as_str() == "heading-missing" && finding.expected.as_deref() == title
                    });
                    assert!(!is_missed, "{name}: {cells:?}: {:#?}", review.findings);
                    assert!([before.settled(), None].contains(&review.settled()), "{name}: {cells:?}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried >= 20, "{tried}");
}

#[test]
fn answers_that_were_pasted_a_row_too_low_are_nobody_s() {
    let mut tried = 0;
    for name in builtin::NAMES {
        let clean = Clean::of(name);
        for place in &clean.layout.tables {
            let columns = clean.framework.tables[place.table].columns.iter();
            let scores = columns.filter(|column| matches!(column.holds, Holds::Score(_)));
            let scores = scores.filter_map(|column| place.columns.get(&column.id).copied());
            for column in scores {
                let mut changed = clean.workbook.clone();
                let sheet = &mut changed.sheets[place.sheet];
                let rows: BTreeSet<u32> = place.rows.values().copied().collect();
                let is_answer =
                    |cell: &Cell| cell.at.column == column && rows.contains(&cell.at.row) && cell.formula.is_none();
                let (answers, mut others): (Vec<Cell>, Vec<Cell>) = sheet.cells.drain(..).partition(is_answer);
                if answers.len() > 2 {
                    let lower = |cell: Cell| Cell { at: CellRef::new(cell.at.row + 1, column), ..cell };
                    let lowered: Vec<Cell> = answers.into_iter().map(lower).collect();
                    others.retain(|cell| !lowered.iter().any(|lowered| lowered.at == cell.at));
                    others.extend(lowered);
                    others.sort_by_key(|cell| cell.at);
                    sheet.cells = others;
                    let what = format!("{name}, {} column {column}", sheet.name);
                    let review = reviewed(&clean.framework, &changed);
                    assert!(
                        review.findings.iter().any(|finding| finding.rule.as_str() == "answers-displaced"),
                        "{what}"
                    );
                    let (before, after) = (said(&clean.sent), said(&sent(&clean.framework, &changed)));
                    let wrong: Vec<_> = after.iter().filter(|(name, said)| before.get(*name) != Some(said)).collect();
                    assert!(wrong.is_empty(), "{what}: {wrong:?}");
                    assert!([clean.review.settled(), None].contains(&review.settled()), "{what}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried >= 9, "{tried}");
}
