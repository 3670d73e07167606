//! `run`: what it writes, what it refuses, and that nothing but the input changes its bytes.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{Scene, contents, json};
use crate::case_runner::file::repacked;
use crate::house::at;

const OUTPUTS: [&str; 34] = [
    "READ ME FIRST.txt",
    "calendar.ics",
    "data/bundles.csv",
    "data/bundles.parquet",
    "data/calendar.csv",
    "data/calendar.parquet",
    "data/consolidation.csv",
    "data/consolidation.parquet",
    "data/figures.json",
    "data/findings.csv",
    "data/findings.parquet",
    "data/grades.csv",
    "data/grades.parquet",
    "data/moderation.csv",
    "data/moderation.parquet",
    "data/results.json",
    "data/returns.csv",
    "data/returns.parquet",
    "data/rows.csv",
    "data/rows.parquet",
    "data/scores.csv",
    "data/scores.parquet",
    "data/statistics.csv",
    "data/statistics.parquet",
    "data/values.csv",
    "data/values.parquet",
    "overarching-report-code-of-practice.pdf",
    "overarching-report-investors-in-people.pdf",
    "overarching-report-seqf.pdf",
    "published/data/statistics.csv",
    "published/data/statistics.parquet",
    "published/season.xlsx",
    "run.json",
    "season.xlsx",
];

#[test]
fn the_number_of_threads_and_earlier_outputs_change_no_byte() {
    let season = at("samples/season").display().to_string();
    let scene = Scene::new();
    let cold = scene.run(&["run", &season, "--out", "a", "--jobs", "1"]);
    let one = contents(&scene.path("a"));
    scene.run(&["run", &season, "--out", "b", "--jobs", "4", "--only", "data"]);
    scene.run(&["run", &season, "--out", "b", "--jobs", "3"]);
    assert_eq!(cold.code, 3, "{}{}", cold.out, cold.err);
    let (wholes, rest): (Vec<&String>, Vec<&String>) = one.keys().partition(|name| name.starts_with("organisations/"));
    let (copies, others): (Vec<&String>, Vec<&String>) =
        rest.into_iter().partition(|name| name.starts_with("returns/"));
    assert_eq!(wholes.len(), 1, "{wholes:?}");
    assert_eq!(others, OUTPUTS.iter().collect::<Vec<_>>());
    assert!(copies.iter().any(|name| name.ends_with(".annotated.xlsx")), "{copies:?}");
    assert!(copies.iter().any(|name| name.ends_with(".findings.xlsx")), "{copies:?}");
    assert!(copies.iter().any(|name| name.ends_with(".report.pdf")), "{copies:?}");
    // So few organisations sent returns that each could tell what the others came to.
    assert!(copies.iter().all(|name| !name.contains(".benchmark.")), "{copies:?}");
    let other = contents(&scene.path("b"));
    for (name, bytes) in &one {
        assert!(other[name] == *bytes, "{name} differs");
    }
}

#[test]
fn what_is_published_names_no_organisation_and_no_file() {
    let scene = super::scheme::schools(15);
    scene.run(&["run", "in", "--out", "out", "--only", "data,season"]);
    let out = contents(&scene.path("out"));
    let returns: serde_json::Value = serde_json::from_slice(&out["data/results.json"]).unwrap();
    let of_each = |name: &str| -> BTreeSet<String> {
        let returns = returns["returns"].as_array().unwrap().iter();
        returns.filter_map(|sent| sent[name].as_str().map(|text| text.rsplit('/').next().unwrap().to_owned())).collect()
    };
    let names: BTreeSet<String> = of_each("organisation").union(&of_each("file")).cloned().collect();
    assert_eq!(names.len(), 30, "{names:?}");
    let published: Vec<_> = out.iter().filter(|(name, _)| name.starts_with("published/")).collect();
    assert!(published.len() > 1, "{published:?}");
    for (file, bytes) in published {
        let text = super::privacy::said(bytes);
        let shown = text.lines().filter(|line| line.contains(",shown,")).count();
        assert!(shown > 10 || !file.ends_with("statistics.csv"), "{file} tells {shown} figures: {text}");
        let told: Vec<&String> = names.iter().filter(|name| text.contains(name.as_str())).collect();
        assert!(told.is_empty(), "{file} names {told:?}");
    }
    assert!(out["READ ME FIRST.txt"].starts_with(b"READ ME FIRST"));
}

#[test]
fn a_whole_that_comes_out_otherwise_by_the_rule_of_its_parts_is_told_to_the_team() {
    let season = at("samples/season").display().to_string();
    let scene = Scene::new();
    scene.run(&["run", &season, "--out", "out", "--only", "season"]);
    let sheets = |name: &str| super::privacy::said(&std::fs::read(scene.path(name)).unwrap());
    let heading = "Wholes that come out otherwise by the rule of their parts";
    assert!(sheets("out/season.xlsx").contains(heading));
    assert!(!sheets("out/published/season.xlsx").contains(heading));
}

#[test]
fn every_file_of_the_samples_is_accounted_for() {
    let season = at("samples/season");
    let run = Scene::new().run(&["run", season.to_str().unwrap(), "--out", "out"]);
    let manifest = json(&run, "out/run.json");
    let names = |list: &str| -> BTreeSet<String> {
        let entries = manifest[list].as_array().unwrap().iter();
        entries.map(|entry| entry["file"].as_str().unwrap().to_owned()).collect()
    };
    let accounted: BTreeSet<String> = names("inputs").union(&names("ignored")).cloned().collect();
    assert_eq!(accounted, contents(&season).into_keys().collect::<BTreeSet<_>>());
    let counts = manifest["counts"].as_object().unwrap();
    let sum: u64 = counts.iter().filter(|(kind, _)| *kind != "files").map(|(_, count)| count.as_u64().unwrap()).sum();
    assert_eq!(counts["files"].as_u64().unwrap(), sum);
    for input in manifest["inputs"].as_array().unwrap() {
        let cells = |part: &str| input["cells"][part].as_u64().unwrap();
        let parts = cells("form") + cells("answers") + cells("formulas") + cells("unexpected");
        assert_eq!(cells("total"), parts, "{}", input["file"]);
    }
}

#[test]
fn a_file_that_cannot_be_read_costs_one_finding() {
    let scene = Scene::new()
        .with_sample("22.06.2025.xlsx", "in/good.xlsx")
        .with("in/empty.xls", b"")
        .with("in/text.xlsx", b"name,score\r\nAcme,3\r\n")
        .with("in/broken.ods", b"PK\x03\x04 and no more")
        .with("in/compound.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and no more")
        .with("in/~$good.xlsx", b"lock");
    let run = scene.run(&["run", "in", "--out", "out"]);
    let results = json(&run, "out/data/results.json");
    let returns = results["returns"].as_array().unwrap();
    let statuses: Vec<(&str, &str)> =
        returns.iter().map(|one| (one["file"].as_str().unwrap(), one["status"].as_str().unwrap())).collect();
    assert_eq!(run.code, 3, "{}", run.err);
    let unreadable: Vec<&str> =
        statuses.iter().filter(|(_, status)| *status == "unreadable").map(|(file, _)| *file).collect();
    assert_eq!(unreadable, ["broken.ods", "compound.xls", "empty.xls", "text.xlsx"]);
    for one in returns.iter().filter(|one| one["status"] == "unreadable") {
        assert_eq!(one["findings"].as_array().unwrap().len(), 1, "{one}");
    }
    assert_eq!(json(&run, "out/run.json")["counts"]["ignored"], 1);
}

#[test]
fn a_copy_that_cannot_be_written_costs_that_copy_alone() {
    let scene = Scene::new()
        .with_sample("22.06.2025.xlsx", "in/North/good.xlsx")
        .with_sample("22.06.2025.xlsx", "in/South/good.xlsx")
        .with("out/returns/North", b"a file where a folder is wanted");
    let run = scene.run(&["run", "in", "--out", "out", "--only", "data,annotated"]);
    assert_eq!(run.code, 3, "{}", run.err);
    let told = "returns/North/good.annotated.xlsx was not written";
    assert!(run.err.contains(told), "{}", run.err);
    let outputs = json(&run, "out/run.json");
    let listed: Vec<&str> =
        outputs["outputs"].as_array().unwrap().iter().map(|output| output["file"].as_str().unwrap()).collect();
    assert!(listed.contains(&"returns/South/good.annotated.xlsx"), "{listed:?}");
    assert!(listed.iter().all(|name| !name.contains("North")), "{listed:?}");
    assert!(run.files.contains_key("out/data/results.json"));
}

#[test]
fn outputs_among_the_returns_are_refused() {
    let scene = Scene::new().with("in/a.xlsx", b"");
    let run = scene.run(&["run", "in", "--out", "in/out"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("lies inside the input folder"), "{}", run.err);
    assert_eq!(run.files.keys().collect::<Vec<_>>(), ["in/a.xlsx"]);
}

#[test]
fn a_dry_run_writes_nothing() {
    let scene = Scene::new().with("in/a.xlsx", b"");
    let run = scene.run(&["run", "in", "--out", "out", "--dry-run"]);
    assert_eq!((run.code, run.files.len()), (3, 1), "{}", run.out);
    assert!(run.out.contains("Would write"), "{}", run.out);
}

#[test]
fn other_files_in_the_output_folder_stay() {
    let scene = Scene::new().with("in/a.xlsx", b"").with("out/data/mine.txt", b"mine");
    let run = scene.run(&["run", "in", "--out", "out"]);
    assert_eq!(run.files["out/data/mine.txt"], b"mine");
    assert!(run.files.contains_key("out/run.json"), "{}", run.err);
    let scene = scene.with("out/run.json", b"somebody's");
    let run = scene.run(&["run", "in", "--out", "out"]);
    assert_eq!((run.code, &run.files["out/run.json"][..]), (2, &b"somebody's"[..]), "{}", run.err);
}

#[test]
fn an_empty_folder_matches_nothing() {
    for (name, why) in [("in/notes.txt", "1 file is left out"), ("in/~$a.xlsx", "1 file is left out")] {
        let run = Scene::new().with(name, b"hello").run(&["run", "in", "--out", "out"]);
        assert_eq!((run.code, run.files.len(), run.out.as_str()), (4, 1, ""), "{name}");
        assert!(run.err.contains("There is no workbook") && run.err.contains(why), "{}", run.err);
    }
    let run = Scene::new().run(&["check", "."]);
    assert_eq!((run.code, run.out.as_str()), (4, ""));
    assert!(run.err.contains("There is no workbook"), "{}", run.err);
}

#[test]
fn a_season_grades_rules_but_not_those_that_are_always_told() {
    let settings = b"fail_on = \"warning\"\n[rule_status]\nsheet-renamed = \"off\"\n";
    let scene = Scene::new().with("in/a.xlsx", b"").with("in/season.toml", settings);
    let run = scene.run(&["run", "in", "--out", "out"]);
    let results = json(&run, "out/data/results.json");
    assert_eq!(results["season"]["findings"][0]["rule"], "rule-status-unused");
    assert_eq!(json(&run, "out/run.json")["settings"]["rule_status"]["sheet-renamed"], "off");
    let scene =
        Scene::new().with("in/a.xlsx", b"").with("in/season.toml", b"[rule_status]\nworkbook-unreadable = \"off\"");
    let run = scene.run(&["run", "in", "--out", "out"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("season.toml:2:1: `workbook-unreadable` is always told"), "{}", run.err);
}

/// Returns a workbook in which another name stands in place of this one.
fn renamed(bytes: &[u8], name: &str, other: &str) -> Vec<u8> {
    let mut old = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        if old.by_index(index).unwrap().name().unwrap() != "xl/sharedStrings.xml" {
            new.raw_copy_file(old.by_index_raw(index).unwrap()).unwrap();
            continue;
        }
        let mut text = String::new();
        old.by_index(index).unwrap().read_to_string(&mut text).unwrap();
        assert!(text.contains(name));
        new.start_file("xl/sharedStrings.xml", SimpleFileOptions::default()).unwrap();
        new.write_all(text.replace(name, other).as_bytes()).unwrap();
    }
    new.finish().unwrap().into_inner()
}

#[test]
fn workbooks_that_moderators_filled_in_say_what_they_say() {
    let truro = "Bridge Truro's SEQF self-assessment 2025.xlsx";
    let scene = Scene::new()
        .with_sample("New Start Hull - SEQF self-assessment (Aug 2025).xlsx", "returns/hull.xlsx")
        .with_sample(truro, "returns/truro.xlsx")
        .with_sample(truro, "returns/moderated/as sent.xlsx")
        .with_sample("Newry Community Enterprise_External assessment SEQF_v2.xlsb", "returns/moderated/of nobody.xlsb")
        .with_sample("Team budget 2025.xlsx", "returns/moderated/budget.xlsx")
        .with("returns/season.toml", b"[moderation]\nresults = \"moderated\"\n");
    let looked_at = renamed(&std::fs::read(scene.path("returns/truro.xlsx")).unwrap(), "Zoë Ahmed", "A. Moderator");
    let scene = scene
        .with("returns/moderated/second look.xlsx", &looked_at)
        .with("returns/moderated/second look again.xlsx", &looked_at);
    let run = scene.run(&["run", "returns", "--out", "out", "--only", "data", "--exit-zero"]);
    let results = json(&run, "out/data/results.json");
    assert_eq!(results["returns"].as_array().unwrap().len(), 2, "{}", run.err);
    let [moderated] = &results["season"]["moderated"].as_array().unwrap()[..] else { panic!("{}", results["season"]) };
    let truro = results["returns"].as_array().unwrap().iter().find(|sent| sent["file"] == "truro.xlsx").unwrap();
    assert_eq!((&moderated["file"], &moderated["band"]), (&"truro.xlsx".into(), &truro["outcome"]["band"]));
    assert_eq!(moderated["moderator"], "A. Moderator");
    let told = run.err.split_whitespace().collect::<Vec<&str>>().join(" ");
    for words in [
        "second look.xlsx is about truro.xlsx, as second look again.xlsx is; the first one counts",
        "as sent.xlsx: it is truro.xlsx itself, as that was sent",
        "of nobody.xlsb: no return that counts is called Newry Community Enterprise",
        "budget.xlsx: it is of no known framework",
    ] {
        assert!(told.contains(words), "{told}");
        let doubts = results["season"]["moderation_doubts"].as_array().unwrap();
        assert!(doubts.iter().any(|doubt| doubt.as_str().unwrap().contains(words)), "{doubts:?}");
    }
    assert!(run.in_one_line().contains("season.toml: what moderators say "), "{}", run.out);
    // The list of the draw beside them tells what they looked at.
    let list = String::from_utf8(run.files["out/data/moderation.csv"].clone()).unwrap();
    let other = list.replace(",accredited,", ",good,");
    assert_ne!(list, other);
    let scene = scene.with("returns/moderated/moderation.csv", other.as_bytes());
    let run = scene.run(&["run", "returns", "--out", "again", "--only", "data", "--exit-zero"]);
    let results = json(&run, "again/data/results.json");
    assert!(results["season"].get("moderated").is_none(), "{}", results["season"]);
    assert!(run.err.contains("truro.xlsx was \u{201c}Good\u{201d} when it was looked at"), "{}", run.err);
}

#[test]
fn what_a_season_says_of_dates_reaches_the_calendar() {
    let settings = "data_date = \"2025-12-01\"\nholidays = [\"2025-12-24\"]\n[done.\"Example Employment Service\"]\n\
                    draft_report = \"2025-12-19\"\n[done.Nobody]\npapers = \"2025-12-01\"\n";
    // The steps after an assessment are those of an external one.
    let bytes = repacked(&std::fs::read(at("tests/fixtures/seqf.xlsx")).unwrap(), &[], |_, text| {
        text.replace(">Self-assessment<", ">External assessment<")
    });
    let scene = Scene::new().with("in/a.xlsx", &bytes).with("in/season.toml", settings.as_bytes());
    let run = scene.run(&["run", "in", "--out", "out", "--only", "data"]);
    assert!(run.err.contains("season.toml says when “Nobody” did steps, and no return is theirs"), "{}", run.err);
    let table = String::from_utf8(run.files["out/data/calendar.csv"].clone()).unwrap();
    let comments = table.lines().find(|line| line.contains(",comments,")).unwrap();
    // Five working days without Christmas Eve, Christmas Day and Boxing Day.
    assert!(comments.contains(",2025-12-31,") && comments.contains(",due,2025-12-01,"), "{comments}");
    let events = String::from_utf8(run.files["out/calendar.ics"].clone()).unwrap();
    assert!(events.contains("DTSTART;VALUE=DATE:20251231\r\n"), "{events}");
    let scene = Scene::new().with("in/a.xlsx", b"").with("in/season.toml", b"[done.Acme]\npaper = \"2025-12-01\"\n");
    let run = scene.run(&["run", "in", "--out", "out"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("has a step `paper`; did you mean `papers`?"), "{}", run.err);
}

/// A season of one return with a house style of its own.
fn styled(settings: &str) -> Scene {
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"30\"><rect width=\"90\" height=\"30\"/></svg>";
    Scene::new()
        .with_sample("Copy of Code of Practice assessment The Logistics Standards Council.xlsx", "in/North/Acme.xlsx")
        .with("in/season.toml", settings.as_bytes())
        .with("in/logo.svg", svg)
        .with("in/roster.csv", b"organisation,size\nThe Logistics Standards Council,small\n")
}

#[test]
fn a_house_style_is_used_and_told() {
    let settings = "title = \"Review 2026\"\ngroup_by = [\"size\"]\n[disclosure]\nk = 3\n[reports]\norganisation = \"Us\"\n\
                    logo = \"logo.svg\"\naccent = \"#ffd400\"\npanel = \"#102030\"\nseason_introduction = \"For the board.\"\n\
                    templates = \"ours\"\n";
    let scene = styled(settings).with("in/ours/README.md", b"ours");
    let refused = scene.run(&["run", "in", "--out", "out"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("season.toml:11:13: the templates in `ours` can\u{2019}t be used"), "{}", refused.err);
    let own = scrutineer::render::typst::Templates::default();
    let layout = own.iter().find(|(name, _)| *name == "layout.typ").unwrap().1.to_owned();
    let scene = scene.with("in/ours/layout.typ", layout.as_bytes());
    let run = scene.run(&["run", "in", "--out", "out"]);
    assert!(run.code < 2, "{}{}", run.out, run.err);
    let told = "season.toml: title \u{201c}Review 2026\u{201d}; grouped by size; figures over fewer than 3 hidden; \
                reports\u{2019} organisation; reports\u{2019} logo; reports\u{2019} accent; reports\u{2019} panel; \
                reports\u{2019} season introduction; own templates layout.typ\n";
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words(&run.out).contains(&words(told)), "{}", run.out);
    assert!(words(&run.out).contains("season.xlsx is without it"), "{}", run.out);
    let manifest = json(&run, "out/run.json");
    assert_eq!(
        (&manifest["settings"]["disclosure"]["k"], &manifest["settings"]["group_by"][0]),
        (&3.into(), &"size".into())
    );
    let broken = scene.with("in/ours/layout.typ", format!("{layout}\n#nobody\n").as_bytes());
    let run = broken.run(&["run", "in", "--out", "out", "--only", "reports"]);
    assert_eq!(run.code, 3);
    assert_eq!(run.err.matches("error: unknown variable: nobody").count(), 1, "{}", run.err);
    assert!(run.err.contains("No PDF of 2 reports, ") && run.err.contains("ours/layout.typ:"), "{}", run.err);
    let own = "#let said = json(\"document.json\")\n#set document(title: said.title)\n#nobody\n";
    let of_one_kind =
        broken.with("in/ours/layout.typ", layout.as_bytes()).with("in/ours/overarching.typ", own.as_bytes());
    let run = of_one_kind.run(&["run", "in", "--out", "out", "--only", "reports"]);
    assert!(run.code == 3 && run.err.contains("ours/overarching.typ:3"), "{}", run.err);
    let broken = of_one_kind.with("in/ours/return.typ", b"#set document(title: \"Ours\")\n#nobody\n");
    let run = broken.run(&["run", "in", "--out", "out", "--only", "reports"]);
    assert!(run.code == 3 && run.err.contains("ours/return.typ:2:"), "{}", run.err);
}

#[test]
fn a_house_style_that_cannot_be_used_is_refused_with_its_place() {
    for (settings, expected) in [
        ("group_by = [\"siz\"]", "season.toml:1:13: neither the roster has a column `siz`"),
        (
            "[reports]\nlogo = \"none.png\"\nlogo_alt = \"x\"",
            "season.toml:2:8: can\u{2019}t find the logo `none.png`; check how",
        ),
        (
            "[reports]\nlogo = \"roster.csv\"\nlogo_alt = \"x\"",
            "season.toml:2:8: the logo `roster.csv` can\u{2019}t be used: it is neither",
        ),
        ("[reports]\nlogo = \"logo.svg\"", "season.toml:2:8: say in `logo_alt` what the logo `logo.svg` shows"),
        (
            "[reports]\ntemplates = \"none\"",
            "season.toml:2:13: can\u{2019}t find the folder of templates `none`; check how",
        ),
    ] {
        let run = styled(settings).run(&["run", "in", "--out", "out"]);
        assert_eq!(run.code, 2, "{settings}");
        assert!(run.err.contains(expected), "{settings}: {}", run.err);
        assert!(!run.files.keys().any(|name| name.starts_with("out/")), "{settings}");
    }
}

/// Packs a file of a name into a zip.
fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file(name, SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut writer, bytes).unwrap();
    writer.finish().unwrap().into_inner()
}

#[test]
fn what_may_be_a_return_and_is_not_read_is_named_on_the_screen() {
    let scene = Scene::new().with_sample("New Start Hull - SEQF self-assessment (Aug 2025).xlsx", "in/hull.xlsx");
    let hull = std::fs::read(scene.path("in/hull.xlsx")).unwrap();
    let scene = scene
        .with("in/South/returns.zip", &zipped("Retail/Retail.xlsx", &hull))
        .with("in/photos.zip", &zipped("office.jpg", b"photo"))
        .with("in/Acme.pdf", b"%PDF-1.7")
        .with("in/Bolt.csv", b"criterion,score\n")
        .with("in/mail.msg", b"mail")
        .with("in/roster.csv", b"organisation\nNew Start Hull\n")
        .with("in/letter.docx", b"letter");
    let run = scene.run(&["run", "in", "--out", "out", "--only", "data"]);
    let told = run.err.split_whitespace().chain(run.out.split_whitespace()).collect::<Vec<_>>().join(" ");
    for words in [
        "Not read, though a return may be among them: Acme.pdf (a PDF document), Bolt.csv",
        "mail.msg (a mail, whose attachments are not read)",
        "photos.zip (an archive, which is not unpacked)",
        "1 PDF document, 1 archive, 1 mail, 1 table as text and 2 left out (-v says why)",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains("roster.csv (") && run.code == 3, "{} {told}", run.code);
    let results = json(&run, "out/data/results.json");
    let packed = results["returns"].as_array().unwrap().iter().find(|one| one["file"] == "South/returns.zip").unwrap();
    assert_eq!((&packed["status"], &packed["findings"][0]["rule"]), (&"unreadable".into(), &"file-not-here".into()));
    assert!(
        packed["findings"][0]["message"].as_str().unwrap().contains("1 workbook in it, not read: Retail/Retail.xlsx")
    );
    let check = scene.run(&["check", "in"]);
    assert!(check.code == 3 && check.in_one_line().contains("photos.zip (an archive"), "{}", check.out);
    assert_eq!(scene.run(&["check", "in/South/returns.zip"]).code, 3);
}

#[test]
fn settings_that_do_not_hold_are_told_at_their_place() {
    let scene = Scene::new()
        .with_sample("Copy of Code of Practice assessment The Logistics Standards Council.xlsx", "in/North/Acme.xlsx")
        .with("in/North/season.toml", b"[disclosure]\nk = 1\n");
    let run = scene.run(&["run", "in", "--out", "out", "--only", "data"]);
    assert!(run.err.contains("North/season.toml doesn\u{2019}t hold") && run.err.contains("--season"), "{}", run.err);
    assert_eq!(json(&run, "out/run.json")["settings"]["disclosure"]["k"], 5);
    assert_eq!(json(&run, "out/run.json")["ignored"][0]["reason"], "settings");
    let checked = scene.run(&["check", "in"]);
    assert!(checked.err.contains("in/North/season.toml doesn\u{2019}t hold"), "{}", checked.err);
    for own in [&["check", "in/North"][..], &["check", "in", "--isolated"], &["check", "in/North/Acme.xlsx"]] {
        assert!(!scene.run(own).err.contains("doesn\u{2019}t hold"), "{own:?}");
    }
    let scene = scene.with("in/season.toml", b"# Of another program\n[tool.ruff]\nx = 1\n");
    let run = scene.run(&["run", "in", "--out", "out", "--only", "data"]);
    assert_eq!(run.code, 2);
    for told in ["season.toml:2:2: there is no setting `tool`", "take it away", "--season FILE", "--isolated"] {
        assert!(run.err.contains(told), "{told}: {}", run.err);
    }
    let named = scene.run(&["run", "in", "--season", "in/season.toml", "--out", "out", "--only", "data"]);
    assert!(named.code == 2 && !named.err.contains("take it away"), "{}", named.err);
}
