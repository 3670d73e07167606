//! Seasons of sample schemes: what is published of grades of parts, and the scheme's own words.

use super::privacy::said;
use super::{Scene, contents};
use crate::case_runner::file::repacked;
use crate::house::at;

/// Returns a season of so many schools that a sample pack reads; every third one doesn't meet what the others do.
pub(super) fn schools(number: usize) -> Scene {
    let read = |name: &str| std::fs::read(at("samples/packs/good/report-card").join(name)).unwrap();
    let mut scene = Scene::new()
        .with("packs/report-card/framework.toml", &read("framework.toml"))
        .with("packs/report-card/form.xlsx", &read("form.xlsx"))
        .with("season.toml", b"frameworks = \"packs\"\n");
    let names = [
        "Ashby",
        "Brightmoor",
        "Calderwood",
        "Dunford",
        "Elmstead",
        "Fairlight",
        "Garston",
        "Hollins",
        "Inkberrow",
        "Jesmond",
        "Kelmscott",
        "Lowdham",
        "Marston",
        "Northgate",
        "Oldbury",
    ];
    for (place, name) in names.into_iter().enumerate().take(number) {
        let sent = repacked(&read("return.xlsx"), &[], |_, text| {
            let text = if place % 3 == 2 { text.replace(">Met<", ">Not met<") } else { text.clone() };
            let text = text.replace("Millbrook Primary School", &format!("{name} School"));
            text.replace("Visit of May", &format!("Seen at {name} in May"))
        });
        scene = scene.with(&format!("in/{name}.xlsx"), &sent);
    }
    scene
}

#[test]
fn grades_of_parts_are_published_where_enough_have_them_and_enough_others() {
    for (number, expected) in [(15, Some("10.0")), (6, None)] {
        let scene = schools(number);
        let run = scene.run(&["run", "in", "--out", "out", "--only", "data,season"]);
        let published = std::fs::read_to_string(scene.path("out/published/data/statistics.csv")).unwrap();
        let line = published.lines().find(|line| line.contains("report-card/graded/area/teaching/grade/strong"));
        let shown = line.and_then(|line| line.split(',').nth(2)).filter(|value| !value.is_empty());
        assert_eq!(shown, expected, "{}{}{published}", run.out, run.err);
        let sheets = said(&std::fs::read(scene.path("out/published/season.xlsx")).unwrap());
        assert_eq!(sheets.contains("Grade of each part"), expected.is_some(), "{number}");
        assert!(!sheets.contains("Ashby"), "it names nobody");
    }
}

#[test]
fn what_a_scheme_calls_its_things_stands_on_sheets_and_in_reports_alone() {
    let read = |name: &str| std::fs::read(at("samples/packs/good/step-free").join(name)).unwrap();
    let scene = Scene::new()
        .with("packs/step-free/framework.toml", &read("framework.toml"))
        .with("packs/step-free/criteria.csv", &read("criteria.csv"))
        .with("packs/step-free/form.xlsx", &read("form.xlsx"))
        .with("season.toml", b"frameworks = \"packs\"\n")
        .with("in/a.xlsx", &read("return.xlsx"));
    let run = scene.run(&["run", "in", "--out", "out", "--only", "data,season"]);
    assert!(run.out.contains("all audits"), "{}{}", run.out, run.err);
    let sheets = said(&std::fs::read(scene.path("out/season.xlsx")).unwrap());
    for words in ["Questions", "Audits", "Station", "Areas, as a percentage of the maximum"] {
        assert!(sheets.contains(words), "{words}");
    }
    assert!(!sheets.contains('\u{a4}') && !sheets.contains("Criteria"), "no usual word and no mark is left");
    for (name, bytes) in contents(&scene.path("out")).into_iter().filter(|(name, _)| !name.ends_with(".parquet")) {
        assert!(!said(&bytes).contains('\u{a4}'), "a mark is left in {name}");
    }
}

#[test]
fn a_season_of_a_scheme_without_totals_has_no_columns_for_them() {
    let scene = schools(3);
    let run = scene.run(&["run", "in", "--out", "out", "--only", "season"]);
    let sheets = said(&std::fs::read(scene.path("out/season.xlsx")).unwrap());
    assert!(sheets.contains("Kept from the next"), "{}{}", run.out, run.err);
    for words in ["Near a limit", "as the framework shows it"] {
        assert!(!sheets.contains(words), "{words}");
    }
}
