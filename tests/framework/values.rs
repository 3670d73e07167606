//! What is no answer is told as what it is, wherever an answer, an entry or a figure may stand.

use std::collections::BTreeMap;

use scrutineer::cell::CellRef;
use scrutineer::finding::{Finding, Findings};
use scrutineer::framework::{EntryKind, Framework, Holds, builtin};
use scrutineer::layout::{Layout, WorkbookText, locate};
use scrutineer::ooxml::Limits;
use scrutineer::review::{Settings, review_workbook};
use scrutineer::workbook::{Cell, Source, Value, Workbook, read};

/// Every error that a spreadsheet shows.
const ERRORS: [&str; 16] = [
    "#NULL!",
    "#DIV/0!",
    "#VALUE!",
    "#REF!",
    "#NAME?",
    "#NUM!",
    "#N/A",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#BUSY!",
    "#PYTHON!",
    "#GETTING_DATA",
];

/// A place of a return: its sheet, its cell, and whether words belong there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) sheet: usize,
    pub(super) at: CellRef,
    is_for_words: bool,
}

/// Reads the return of a framework that has no fault.
pub(super) fn sound(id: &str) -> Workbook {
    let bytes = std::fs::read(format!("{}/tests/fixtures/{id}.xlsx", env!("CARGO_MANIFEST_DIR"))).unwrap();
    read(&Source::new(format!("{id}.xlsx"), bytes), &Limits::default()).unwrap()
}

/// Returns the places of a return, those of a group together.
pub(super) fn places(framework: &Framework, workbook: &Workbook, layout: &Layout) -> BTreeMap<&'static str, Vec<Spot>> {
    let spot = |sheet: usize, at: CellRef, kind: Option<&EntryKind>| Spot {
        sheet,
        at: workbook.sheets[sheet].shown_at(at),
        is_for_words: kind.is_some_and(EntryKind::is_words),
    };
    let mut places: BTreeMap<&str, Vec<Spot>> = BTreeMap::new();
    for field in &framework.fields {
        let place = layout.fields.get(&field.id).map(|place| spot(place.sheet, place.entry, Some(&field.kind)));
        places.entry("entries").or_default().extend(place);
    }
    for table in &layout.tables {
        for (column, (row, number)) in
            table.rows.values().flat_map(|row| table.columns.iter().map(move |column| (column.0, (*row, *column.1))))
        {
            let spec = framework.tables[table.table].columns.iter().find(|known| known.id == *column).unwrap();
            let at = CellRef::new(row, number);
            match &spec.holds {
                Holds::Score(_) | Holds::Result => {
                    places.entry("entries").or_default().push(spot(table.sheet, at, None));
                }
                Holds::Entry(kind) => places.entry("entries").or_default().push(spot(table.sheet, at, Some(kind))),
                Holds::Code | Holds::Text | Holds::CodeAndText | Holds::Form | Holds::Opinions => {}
            }
        }
    }
    for spec in &framework.registers {
        let Some(place) = layout.registers.get(&spec.id) else { continue };
        let columns = place.columns.iter().filter_map(|(id, column)| Some((spec.column(id)?, *column)));
        let columns = columns
            .filter(|(column, _)| column.computed.as_ref().is_none_or(|computed| computed.to_string() != "none"));
        for (number, (column, at)) in (0_u32..).zip(columns) {
            let at = CellRef::new(place.heading + 1 + number % 3, at);
            let group = if column.computed.is_some() { "worked out in rows" } else { "entries" };
            places.entry(group).or_default().push(spot(place.sheet, at, Some(&column.kind)));
        }
    }
    places.entry("stated").or_default().extend(layout.stated.values().map(|(sheet, at)| spot(*sheet, *at, None)));
    places
}

/// Puts a value into places.
fn put(workbook: &mut Workbook, places: &[Spot], value: &Value) {
    for spot in places {
        let sheet = &mut workbook.sheets[spot.sheet];
        sheet.cells.retain(|cell| cell.at != spot.at);
        sheet.cells.push(Cell::new(spot.at, value.clone(), None));
        sheet.cells.sort_by_key(|cell| cell.at);
    }
}

#[test]
fn what_is_no_answer_is_told_wherever_it_stands() {
    let errors = ERRORS.map(|error| Value::Error(error.into()));
    let values: Vec<Value> =
        errors.into_iter().chain([Value::Picture, Value::Logical(true), Value::Elapsed(1.5)]).collect();
    let mut untold = Vec::new();
    for framework in builtin::all() {
        let workbook = sound(framework.id.as_str());
        let layout = locate(&framework, &WorkbookText::new(&workbook), &mut Findings::default());
        let places = places(&framework, &workbook, &layout);
        let frameworks = [framework];
        let settings = Settings::new(&frameworks, Limits::default());
        for ((group, spots), value) in places.iter().flat_map(|group| values.iter().map(move |value| (group, value))) {
            let mut sent = workbook.clone();
            put(&mut sent, spots, value);
            let findings = review_workbook(&settings, "a.xlsx", &sent).findings;
            for spot in spots.iter().filter(|spot| !(spot.is_for_words && matches!(value, Value::Elapsed(_)))) {
                let sheet = &sent.sheets[spot.sheet].name;
                let is_told = |finding: &&Finding| {
                    finding.place.sheet() == Some(sheet)
                        && finding.place.cells().is_some_and(|cells| cells.contains(spot.at))
                };
                if !findings.iter().any(|finding| is_told(&finding)) {
                    untold.push(format!("{} {group} {sheet}!{} {value:?}", frameworks[0].id, spot.at));
                }
            }
        }
    }
    assert!(untold.is_empty(), "{} untold: {untold:#?}", untold.len());
}

/// How people say that there is nothing to enter.
const NOTHING: [&str; 11] =
    ["N/A", "n/a", "NA", "n.a.", "Not applicable", "none", "nil", "-", "\u{2013}", " N/A ", "Amherthnasol"];

#[test]
fn that_there_is_nothing_to_enter_is_told_only_where_there_is_something() {
    const DECLINED: u32 = 14;
    const ACCEPTED: u32 = 9;
    let framework = builtin::load("employer-partners").unwrap().framework;
    let workbook = sound("employer-partners");
    let layout = locate(&framework, &WorkbookText::new(&workbook), &mut Findings::default());
    let (id, place) = layout.registers.iter().find(|(id, _)| id.as_str() == "partners").unwrap();
    let spec = framework.register(id.as_str()).unwrap();
    let of_accepted = spec
        .columns
        .iter()
        .filter(|column| column.applies.as_ref().is_some_and(|condition| condition.to_string().contains("decision")));
    let columns: Vec<u32> = of_accepted.map(|column| place.columns[&column.id]).collect();
    assert!(columns.len() > 6, "{columns:?}");
    let settings = Settings::new(std::slice::from_ref(&framework), Limits::default());
    let told = |row: u32, words: &str| {
        let mut changed = workbook.clone();
        let spots = columns.iter().map(|column| Spot {
            sheet: place.sheet,
            at: CellRef::new(row, *column),
            is_for_words: false,
        });
        put(&mut changed, &spots.collect::<Vec<_>>(), &Value::Text(words.into()));
        let findings = review_workbook(&settings, "a.xlsx", &changed).findings;
        let all = findings.iter().flat_map(Finding::with_its_effects).filter_map(Finding::cells);
        let here: Vec<CellRef> = all.map(|cells| cells.first).filter(|at| at.row == row).collect();
        columns.iter().filter(|column| here.contains(&CellRef::new(row, **column))).count()
    };
    for words in NOTHING {
        assert_eq!(told(DECLINED, words), 0, "{words:?} of one that is declined");
        assert_eq!(told(ACCEPTED, words), columns.len(), "{words:?} of one that is accepted");
    }
}

/// Spaces that look like the usual one, or wider or narrower.
const SPACES: [char; 8] =
    ['\u{a0}', '\u{2002}', '\u{2007}', '\u{2009}', '\u{202f}', '\u{205f}', '\u{3000}', '\u{1680}'];

/// Returns all that is told of a workbook but for the digest of its very content, with its spaces made alike.
fn told_of(settings: &Settings, workbook: &Workbook) -> String {
    let mut review = serde_json::to_value(review_workbook(settings, "a.xlsx", workbook)).unwrap();
    review["content"] = serde_json::Value::Null;
    let review = serde_json::to_string_pretty(&review).unwrap();
    let spaced: String = review.chars().map(|c| if SPACES.contains(&c) { ' ' } else { c }).collect();
    spaced.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

#[test]
fn spaces_of_other_kinds_change_nothing() {
    let mut differences = Vec::new();
    for framework in builtin::all() {
        let workbook = sound(framework.id.as_str());
        let frameworks = [framework];
        let settings = Settings::new(&frameworks, Limits::default());
        let expected = told_of(&settings, &workbook);
        for space in SPACES {
            let mut sent = workbook.clone();
            let spaced = |text: &str| text.replace(' ', &space.to_string());
            for sheet in &mut sent.sheets {
                sheet.name = spaced(&sheet.name);
                for cell in &mut sheet.cells {
                    if let Value::Text(text) = &mut cell.value {
                        *text = spaced(text).into();
                    }
                }
            }
            let given = told_of(&settings, &sent);
            let differing: Vec<(&str, &str)> =
                given.lines().zip(expected.lines()).filter(|(one, other)| one != other).take(9).collect();
            if !differing.is_empty() || given.len() != expected.len() {
                differences.push(format!("{} {space:?} {differing:#?}", frameworks[0].id));
            }
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
}
