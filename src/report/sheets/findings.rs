//! The findings as a worklist: who has to do what, with links to the cells, and columns for the team to fill in.

use super::{MOST_ROWS, SeasonView, beyond, copy, open_copy, sheet, whose};
use crate::document::{Cell, Column, Document, Part, Table, Target, Use};
use crate::finding::Finding;
use crate::season::SeasonReturn;
use crate::season::team_notes::{COMMENT, Note, OWNER, STATE};
use crate::words::{duty, sentence};

/// What the team can say of a finding's state.
const STATES: [&str; 5] = ["open", "asked", "explained", "waived", "done"];

/// A finding with its return; without one it is of the season.
#[derive(Clone, Copy)]
struct Of<'a> {
    sent: Option<&'a SeasonReturn>,
    finding: &'a Finding,
}

/// Returns the sheet.
pub(super) fn findings(view: &SeasonView) -> Document {
    let across = view.season.findings.iter().map(|finding| Of { sent: None, finding });
    let of = |sent: &'_ SeasonReturn| sent.review.asked().count();
    let all = view.season.findings.len() + view.season.returns.iter().map(of).sum::<usize>();
    let sent = view.season.returns.iter();
    let each = sent.flat_map(|sent| sent.review.asked().map(move |finding| Of { sent: Some(sent), finding }));
    let rows: Vec<Of> = across.chain(each).take(MOST_ROWS).collect();
    let about = format!(
        "All that was found, to be worked off. Owner, state and comment are yours; cells link to the annotated copies.{}",
        beyond(all)
    );
    let columns = [places(view), words(), team(view)].into_iter().flatten().collect();
    let table = Table::of(&rows, columns).used(Use::Worklist("Findings", 3));
    let part = Part { blocks: vec![table.into()], ..Part::default() };
    sheet(view, "Findings", &about).part(part)
}

/// Returns the columns that say whose finding it is, and where.
fn places<'a>(view: &'a SeasonView) -> Vec<Column<'a, Of<'a>>> {
    let whose = |of: &Of| match of.sent {
        Some(sent) => whose(sent.organisation.as_ref()),
        None => of.finding.organisation().unwrap_or_default().into(),
    };
    vec![
        Column::new("Duty")
            .meaning("Must be put right: an error. Please check or explain: a warning. For information: a note.")
            .chars(16.0)
            .cell(|of: &Of| duty(of.finding.severity).into()),
        Column::new("¤Organisation").chars(26.0).cell(whose),
        Column::new("File").chars(34.0).cell(file),
        Column::new("Sheet").chars(20.0).cell(|of: &Of| Cell::text_or_empty(of.finding.sheet())),
        Column::new("Cell")
            .meaning("Opens the cell in the annotated copy, where the file's format can be annotated.")
            .chars(10.0)
            .cell(|of| place(view, of)),
    ]
}

/// Returns the columns that say what was found.
fn words<'a>() -> Vec<Column<'a, Of<'a>>> {
    fn text<'a>(of: &Of<'a>, text: fn(&'a Finding) -> Option<&'a String>) -> Cell {
        Cell::text_or_empty(text(of.finding).map(String::as_str))
    }
    vec![
        Column::new("About")
            .meaning("The ¤criterion, measure, field or register row.")
            .chars(16.0)
            .cell(|of: &Of| Cell::text_or_empty(of.finding.about())),
        Column::new("Rule")
            .meaning("The public name of the finding; “scrutineer explain” followed by it tells more.")
            .chars(22.0)
            .cell(|of: &Of| of.finding.rule.as_str().into()),
        Column::new("What is there").chars(46.0).cell(|of: &Of| sentence(&of.finding.message).into()),
        Column::new("Found").chars(16.0).cell(|of: &Of| text(of, |finding| finding.found.as_ref())),
        Column::new("Expected").chars(20.0).cell(|of: &Of| text(of, |finding| finding.expected.as_ref())),
        Column::new("What to do").chars(40.0).cell(|of: &Of| (&of.finding.help).into()),
        Column::new("Explanation")
            .meaning("What the sender wrote beside the finding in the copy that came back.")
            .chars(40.0)
            .cell(|of: &Of| text(of, |finding| finding.explanation.as_ref())),
    ]
}

/// Returns the columns for the team.
fn team<'a>(view: &'a SeasonView) -> Vec<Column<'a, Of<'a>>> {
    let column = |heading: &str| {
        Column::new(heading).meaning("For the team. States: open, asked, explained, waived, done.").chars(12.0)
    };
    vec![
        column(OWNER).cell(|of: &Of| noted(view, of, |note| &note.owner)),
        column(STATE).choices(&STATES).cell(|of: &Of| state(view, of)),
        column(COMMENT).chars(24.0).cell(|of: &Of| noted(view, of, |note| &note.comment)),
    ]
}

/// Returns the file, or the first files of a finding over several, a line each.
fn file(of: &Of) -> Cell {
    of.sent.map_or_else(|| Cell::Lines(files(of.finding.files())), |sent| (&sent.review.file).into())
}

/// Returns what the team noted of a finding.
fn note<'a>(view: &SeasonView<'a>, of: &Of) -> Option<&'a Note> {
    view.notes.of(of.sent.map(|sent| sent.review.file.as_str()), of.finding)
}

/// Returns a part of what the team noted; an empty cell where it noted nothing.
fn noted(view: &SeasonView, of: &Of, part: fn(&Note) -> &String) -> Cell {
    Cell::text_or_empty(note(view, of).map(|note| part(note).as_str()).filter(|part| !part.is_empty()))
}

/// Returns how a finding stands, by what the team noted; else one that the sender has explained, or the team has waived, isn't asked again.
fn state(view: &SeasonView, of: &Of) -> Cell {
    match (note(view, of).filter(|note| note.is_decided()), of.finding) {
        (Some(note), _) => (&note.state).into(),
        (None, Finding { waived: Some(_), .. }) => STATES[3].into(),
        (None, Finding { explanation: Some(_), .. }) => STATES[2].into(),
        (None, _) => STATES[0].into(),
    }
}

/// Returns the first files, and how many more there are.
fn files(files: &[String]) -> Vec<String> {
    let rest = files.len().saturating_sub(4);
    files.iter().take(4).cloned().chain((rest > 0).then(|| format!("and {rest} more"))).collect()
}

/// Returns the cell, which opens it in the copy, or the copy where the finding is at no cell. A companion workbook doesn't have the
/// return's sheets.
fn place(view: &SeasonView, of: &Of) -> Cell {
    let Some(cell) = of.finding.cell() else {
        return of.sent.map_or(Cell::Empty, |sent| open_copy(view, &sent.review.file));
    };
    let copy = of.sent.and_then(|sent| copy(view, &sent.review.file)).filter(|copy| copy.contains(".annotated."));
    match copy.zip(of.finding.sheet()) {
        Some((copy, sheet)) => Cell::link(&cell, Target::cell(copy, sheet, &cell)),
        None => cell.into(),
    }
}
