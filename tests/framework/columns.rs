//! A column of the form that a return doesn't have: it is told once, what rests on it is open, and no row is blamed for it.

use scrutineer::cell::CellRef;
use scrutineer::finding::{Finding, Findings, Severity};
use scrutineer::framework::{Framework, Holds, Presence};
use scrutineer::layout::{Layout, WorkbookText, locate};
use scrutineer::returns::extract;
use scrutineer::review::Review;
use scrutineer::workbook::{Cell, Value, Workbook};

use crate::support::shipped::{Sound, put, reviewed, sound};

/// A column of a sheet: what heads it, in which row, and the last row of what it belongs to.
struct Column {
    sheet: usize,
    at: u32,
    rows: (u32, u32),
    heading: String,
}

/// Returns the columns that senders fill in: of registers, of the rows that mark another's, and beside scores.
fn columns(framework: &Framework, workbook: &Workbook, layout: &Layout) -> Vec<Column> {
    let sent = extract(framework, workbook, layout, &mut Findings::default());
    let mut all = Vec::new();
    for spec in &framework.registers {
        let Some(place) = layout.registers.get(&spec.id) else { continue };
        let rows = sent.registers.get(&spec.id).into_iter().flat_map(|register| &register.rows);
        let Some(end) = rows.map(|row| row.number).max() else { continue };
        for (id, at) in &place.columns {
            let Some(column) = spec.column(id).filter(|column| column.computed.is_none()) else { continue };
            let heading = if column.each.is_some() { id.as_str() } else { &column.heading };
            let heading = heading.to_owned();
            all.push(Column { sheet: place.sheet, at: *at, rows: (place.heading, end), heading });
        }
    }
    for place in &layout.tables {
        let Some(end) = place.rows.values().max() else { continue };
        for column in &framework.tables[place.table].columns {
            let is_entry = matches!((&column.holds, &column.required), (Holds::Entry(_), Presence::Optional));
            if let Some(at) = place.columns.get(&column.id).filter(|_| is_entry) {
                let heading = column.heading.clone();
                all.push(Column { sheet: place.sheet, at: *at, rows: (place.heading, *end), heading });
            }
        }
    }
    all
}

/// Returns a workbook without what stands in a column of a table.
fn without(workbook: &Workbook, column: &Column) -> Workbook {
    let mut workbook = workbook.clone();
    // A heading may run over two rows.
    let rows = column.rows.0 - 1..=column.rows.1;
    let is_here = |at: CellRef| at.column == column.at && rows.contains(&at.row);
    workbook.sheets[column.sheet].cells.retain(|cell| !is_here(cell.at));
    workbook
}

/// Returns what must be looked at, with what follows from it.
fn serious(review: &Review) -> Vec<&Finding> {
    let all = review.findings.iter().flat_map(Finding::with_its_effects);
    all.filter(|finding| finding.severity >= Severity::Warning).collect()
}

/// Says what is told of a return without a column, in place of that it isn't there.
fn blamed(sound: &Sound, column: &Column) -> Vec<String> {
    let review = reviewed(&without(&sound.workbook, column));
    let before = serious(&sound.review);
    let is_new = |finding: &&Finding| {
        !before
            .iter()
            .any(|told| (&told.rule, &told.place, &told.subject) == (&finding.rule, &finding.place, &finding.subject))
    };
    let is_told = |finding: &&Finding| {
        finding.rule.as_str() == "heading-missing" && finding.expected.as_ref() == Some(&column.heading)
    };
    let new: Vec<&Finding> = serious(&review).into_iter().filter(is_new).collect();
    let (told, others): (Vec<&Finding>, Vec<&Finding>) = new.into_iter().partition(is_told);
    let others = others.into_iter().filter(|finding| finding.rule.as_str() != "outcome-provisional");
    let others = others.map(|finding| format!("{} {:?}: {}", finding.rule.as_str(), finding.place, finding.message));
    let others: Vec<String> = others.take(3).collect();
    let untold = (told.len() != 1).then(|| format!("told {} times", told.len()));
    let named = |what: String| format!("{} {}: {what}", sound.framework.id, column.heading);
    untold.into_iter().chain(others).map(named).collect()
}

#[test]
fn a_column_that_isn_t_there_is_told_once_and_no_row_is_blamed() {
    let (mut tried, mut wrong) = (0, Vec::new());
    for sound in sound() {
        let layout = locate(sound.framework, &WorkbookText::new(&sound.workbook), &mut Findings::default());
        for column in columns(sound.framework, &sound.workbook, &layout) {
            tried += 1;
            wrong.extend(blamed(&sound, &column));
        }
    }
    assert!(tried > 90, "{tried}");
    assert!(wrong.is_empty(), "{} of {tried}: {wrong:#?}", wrong.len());
}

#[test]
fn a_column_headed_by_what_its_row_says_is_its_own_wherever_it_stands() {
    let sound = sound().find(|sound| sound.framework.id.as_str() == "employer-involvement").unwrap();
    let located = |workbook: &Workbook| locate(sound.framework, &WorkbookText::new(workbook), &mut Findings::default());
    let layout = located(&sound.workbook);
    let (planner, tracker) = (&layout.registers["activities"], &layout.registers["learners"]);
    let (plan, sheet) = (&sound.workbook.sheets[planner.sheet], &sound.workbook.sheets[tracker.sheet]);
    let title = |place: u32| {
        let at = CellRef::new(planner.heading + place, planner.columns["topic"]);
        plan.cell(at).and_then(Cell::text).unwrap().to_owned()
    };
    let (first, second) = (tracker.columns["A1"], tracker.columns["A2"]);
    for headings in [[title(1), title(2)], [title(2), title(1)], [title(2), "A1".to_owned()]] {
        let mut workbook = sound.workbook.clone();
        for (column, heading) in [first, second].into_iter().zip(&headings) {
            put(
                &mut workbook,
                &sheet.name,
                CellRef::new(tracker.heading, column),
                Value::Text(heading.as_str().into()),
            );
        }
        let columns = located(&workbook).registers["learners"].columns.clone();
        let expected = if headings[0] == title(1) { [first, second] } else { [second, first] };
        assert_eq!([columns["A1"], columns["A2"]], expected, "{headings:?}");
    }
}
