//! Learners' names stay in their return: nothing that a run writes for others tells them.

use std::io::Read;

use scrutineer::cell::CellRef;
use scrutineer::document::branding::Branding;
use scrutineer::document::letters::Letters;
use scrutineer::framework::builtin;
use scrutineer::ooxml::Limits;
use scrutineer::render::typst::{Renderer, Templates};
use scrutineer::render::{overarching_report, return_report};
use scrutineer::report::{self, Setting};
use scrutineer::review::{Settings, review_workbook};
use scrutineer::season::{Season, Surroundings};
use scrutineer::statistics::Statistics;
use scrutineer::workbook::{Source, Value, Workbook, read};

use super::{Scene, contents};
use crate::house::at;
use crate::support::said as said_by;

/// The names in the fixture's tracker.
const NAMES: [&str; 6] =
    ["Wren Alderby", "Tomos Quill", "Saoirse Penhallow", "Idris Marlowe-Finch", "Beatrix Onyeka", "Lachlan Thrupp"];

/// Returns the fixture, in which there are learners.
fn submission() -> Vec<u8> {
    std::fs::read(at("tests/fixtures/employer-involvement.xlsx")).unwrap()
}

/// Fails where a text tells a name, whole or in part.
#[track_caller]
fn tells_no_name(what: &str, text: &str) {
    for part in NAMES.iter().flat_map(|name| name.split(' ')) {
        assert!(!text.contains(part), "{what} tells {part}");
    }
}

/// Returns all that a file says: the parts of a package, or its own bytes.
fn said(bytes: &[u8]) -> String {
    let Ok(mut package) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        return String::from_utf8_lossy(bytes).into_owned();
    };
    let mut text = String::new();
    for place in 0..package.len() {
        let mut part = Vec::new();
        package.by_index(place).unwrap().read_to_end(&mut part).unwrap();
        text.push_str(&String::from_utf8_lossy(&part));
    }
    text
}

#[test]
fn no_output_of_a_run_tells_a_learners_name() {
    let scene = Scene::new().with("in/harrowdale.xlsx", &submission());
    let run = scene.run(&["run", "in", "--out", "out", "-v"]);
    tells_no_name("what the run prints", &(run.out + &run.err));
    let files = contents(&scene.path("out"));
    assert!(said(&files["season.xlsx"]).contains("HDC1001"), "the season workbook has no register of learners");
    // The annotated copy is the return itself, and goes back to who sent it.
    for (name, bytes) in files.iter().filter(|(name, _)| !name.ends_with(".annotated.xlsx")) {
        tells_no_name(name, &said(bytes));
    }
}

/// Returns the fixture with what makes rows worth telling: no enrolment number, one twice, a name out of shape.
fn faulty() -> Workbook {
    let source = Source::new("return.xlsx", submission());
    let mut workbook = read(&source, &Limits::default()).unwrap();
    let tracker = workbook.sheets.iter_mut().find(|sheet| sheet.name == "Tracker").unwrap();
    let said = [("A9", ""), ("A10", "HDC1001"), ("C8", "#Wren Alderby?"), ("E11", "")];
    for (at, text) in said {
        let at: CellRef = at.parse().unwrap();
        let cell = tracker.cells.iter_mut().find(|cell| cell.at == at).unwrap();
        cell.value = if text.is_empty() { Value::Empty } else { Value::Text(text.into()) };
    }
    workbook
}

#[test]
fn no_report_tells_a_learners_name() {
    let frameworks = builtin::all();
    let settings = Settings::new(&frameworks, Limits::default());
    let review = review_workbook(&settings, "return.xlsx", &faulty());
    let framework = frameworks.iter().find(|framework| Some(&framework.id) == review.framework.as_ref()).unwrap();
    let date = jiff::civil::date(2026, 4, 20);
    let setting = Setting { branding: Branding::default(), date: Some(date), letters: Letters::OfTypst };
    let renderer = Renderer::new(&Templates::default(), Letters::OfTypst);
    let letter = said_by(&return_report(&renderer, &setting, framework, &review, None).unwrap());
    assert!(letter.contains("HDC1004"), "the letter has no improvement actions");
    tells_no_name("the letter", &letter);

    let season = Season::new(&frameworks, Surroundings::default(), vec![review]);
    let statistics = Statistics::of_season(&season).unwrap();
    let of_framework = report::FrameworkSeason {
        framework,
        statistics: statistics.of(&framework.id).unwrap(),
        hidings: &statistics.hidings,
        returns: &season.returns,
        findings: &season.findings,
    };
    let overarching = said_by(&overarching_report(&renderer, &setting, &of_framework).unwrap());
    assert!(overarching.contains("In brief"), "the overarching report says nothing");
    tells_no_name("the overarching report", &overarching);
}
