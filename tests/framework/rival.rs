//! Two sheets of which nothing tells which counts, in each shipped scheme: what both say is read as if there were one, and a
//! cell in which they differ is open, it and no other.

use std::collections::BTreeMap;

use scrutineer::cell::CellRef;
use scrutineer::finding::{Findings, Place};
use scrutineer::framework::{Framework, builtin};
use scrutineer::layout::{WorkbookText, locate};
use scrutineer::outcome::score;
use scrutineer::returns::{Entry, Return, extract};
use scrutineer::workbook::{Cell, Sheet, Value, Workbook};

use super::values::sound;

/// At most this many cells of a sheet are tried.
const TRIED: usize = 10;

/// Reads a return, and says which rules found something.
fn read_return(framework: &Framework, workbook: &Workbook) -> (Return, Vec<String>) {
    let mut findings = Findings::default();
    let layout = locate(framework, &WorkbookText::new(workbook), &mut findings);
    let sent = extract(framework, workbook, &layout, &mut findings);
    let rules = findings.iter().map(|finding| finding.rule.as_str().to_owned());
    let own = ["sheet-ambiguous", "sheet-renamed"];
    (sent, rules.filter(|rule| !own.contains(&rule.as_str())).collect())
}

/// Returns what each entry of a return reads, by what it is and where it stands.
fn readings(sent: &Return) -> BTreeMap<String, (Option<Place>, String)> {
    fn entries<K: std::fmt::Debug, T: std::fmt::Debug>(
        what: &str,
        entries: &BTreeMap<K, Entry<T>>,
    ) -> Vec<(String, (Option<Place>, String))> {
        let entries = entries.iter();
        let read = |(key, entry): (&K, &Entry<T>)| {
            (format!("{what} {key:?}"), (entry.place.clone(), format!("{:?}", entry.reading)))
        };
        entries.map(read).collect()
    }
    let all = [
        entries("field", &sent.fields),
        entries("answer", &sent.answers),
        entries("points", &sent.points),
        entries("result", &sent.results),
        entries("note", &sent.notes),
        entries("opinion", &sent.opinions),
    ];
    let registers = sent.registers.iter().map(|(id, register)| {
        let rows: Vec<_> =
            register.rows.iter().map(|row| row.entries().map(|entry| entry.given()).collect::<Vec<_>>()).collect();
        (format!("register {id}"), (None, format!("{rows:?}")))
    });
    all.into_iter().flatten().chain(registers).collect()
}

/// Returns a workbook in which a sheet has another name, with a second one in which a cell says something else.
fn twice(workbook: &Workbook, name: &str, at: CellRef) -> [Workbook; 2] {
    let mut alone = workbook.clone();
    let sheet = alone.sheets.iter_mut().find(|sheet| sheet.name == name).unwrap();
    "Ours".clone_into(&mut sheet.name);
    let mut second = Sheet { name: "Theirs".to_owned(), ..sheet.clone() };
    second.cells.retain(|cell| cell.at != at);
    second.cells.push(Cell::new(at, Value::Text("something else".into()), None));
    second.cells.sort_by_key(|cell| cell.at);
    let mut twice = alone.clone();
    twice.sheets.push(second);
    [alone, twice]
}

/// Returns at most so many of some, over all of them.
fn some<T>(all: Vec<T>) -> impl Iterator<Item = T> {
    let step = all.len().div_ceil(TRIED).max(1);
    all.into_iter().step_by(step)
}

#[test]
fn a_cell_in_which_two_sheets_differ_is_open_and_no_other() {
    let mut tried = 0;
    for name in ["code-of-practice", "seqf", "employer-involvement", "employer-partners", "investors-in-people"] {
        let framework = builtin::load(name).unwrap().framework;
        let workbook = sound(framework.id.as_str());
        let (plain, _) = read_return(&framework, &workbook);
        for spec in &framework.sheets {
            let places = readings(&plain).into_values().filter_map(|(place, _)| place);
            let here = places.filter(|place| place.sheet() == Some(&spec.title));
            let mut cells: Vec<CellRef> = here.filter_map(|place| place.cells()).map(|cells| cells.first).collect();
            cells.sort_unstable();
            cells.dedup();
            for at in some(cells) {
                let [alone, twice] = twice(&workbook, &spec.title, at);
                let ((one, said), (two, said_of_both)) =
                    (read_return(&framework, &alone), read_return(&framework, &twice));
                let (expected, mut read) = (readings(&one), readings(&two));
                assert_eq!(expected.len(), read.len(), "{name}, {} {at}", spec.title);
                for (what, (place, reading)) in expected {
                    let (_, both) = read.remove(&what).unwrap_or_default();
                    let is_there = place.as_ref().and_then(Place::cells).is_some_and(|cells| cells.first == at)
                        && place.as_ref().and_then(Place::sheet) == Some("Ours");
                    let wanted = if is_there { "Unusable" } else { &reading };
                    assert_eq!(both, wanted, "{name}, {} {at}: {what}", spec.title);
                }
                assert!(
                    said_of_both.iter().all(|rule| said.contains(rule)),
                    "{name}, {} {at}: {said_of_both:?}",
                    spec.title
                );
                assert!(two.untold.registers.is_empty(), "{name}, {} {at}", spec.title);
                tried += 1;
            }
        }
    }
    assert!(tried > 60, "{tried} cells were tried");
}

#[test]
fn a_register_that_isn_t_the_same_on_two_sheets_is_open_as_a_whole() {
    for name in ["seqf", "employer-involvement", "employer-partners", "investors-in-people"] {
        let framework = builtin::load(name).unwrap().framework;
        let workbook = sound(framework.id.as_str());
        let (plain, _) = read_return(&framework, &workbook);
        let rows = plain.registers.iter().filter_map(|(id, register)| Some((id, register.rows.first()?)));
        for (id, row) in rows {
            let place = row.entries().find(|entry| entry.given().is_some()).unwrap().place();
            let at = place.cells().unwrap().first;
            let [alone, twice] = twice(&workbook, row.sheet(), at);
            let ((one, _), (two, _)) = (read_return(&framework, &alone), read_return(&framework, &twice));
            assert_eq!(two.untold.registers.keys().collect::<Vec<_>>(), [id], "{name}: {id}");
            assert!(one.registers.contains_key(id) && !two.registers.contains_key(id), "{name}: {id}");
            let mut expected = readings(&one);
            expected.remove(&format!("register {id}"));
            assert_eq!(readings(&two), expected, "{name}: {id}");
        }
    }
}

#[test]
fn what_rests_on_open_answers_is_a_range() {
    let framework = builtin::load("code-of-practice").unwrap().framework;
    let workbook = sound(framework.id.as_str());
    let (plain, _) = read_return(&framework, &workbook);
    for ((rater, _), answer) in plain.answers.iter().filter(|(_, answer)| answer.given().is_some()) {
        let at = answer.place.as_ref().and_then(Place::cells).unwrap().first;
        let [alone, twice] = twice(&workbook, answer.place.as_ref().and_then(Place::sheet).unwrap(), at);
        let ((one, _), (two, _)) = (read_return(&framework, &alone), read_return(&framework, &twice));
        let (one, two) = (score(&framework, &one, rater), score(&framework, &two, rater));
        assert!(!one.is_open() && two.is_open(), "{at}");
    }
}
