//! What people open of a run: the texts of workbooks, tables in spreadsheets, the files' names, and which file comes first.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use scrutineer::cell::CellRef;
use scrutineer::ooxml::Limits;
use scrutineer::workbook::{Sheet, Source, Value, read};

use super::{Run, Scene, json};
use crate::house::{at, files_below};

/// Returns the names that the program has for things of its own: those of rules, and all that packs give names to.
fn names_of_our_own() -> BTreeSet<String> {
    let packs = files_below(&at("src/framework/builtin")).into_iter().filter(|file| file.ends_with("framework.toml"));
    let texts: Vec<String> = packs.map(|file| fs::read_to_string(file).unwrap()).collect();
    let named = |line: &str| {
        let (key, rest) = line.split_once(" = \"")?;
        ["id", "name", "slug"].contains(&key).then(|| rest.trim_end_matches('"').to_owned())
    };
    let of_packs = texts.iter().flat_map(|text| text.lines().filter_map(named));
    let rules = scrutineer::catalogue::rules().into_iter().map(|rule| rule.id.to_owned());
    of_packs.chain(rules).filter(|name| name.contains(['-', '_'])).collect()
}

/// Whether a word is one that only the program's insides have.
fn is_of_our_own(word: &str, names: &BTreeSet<String>) -> bool {
    let is_snake = word.split('_').filter(|part| !part.is_empty()).count() > 1
        && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let is_debug =
        ["null", "NaN", "None", "undefined"].contains(&word) || word.starts_with("Some(") || word.contains("::");
    is_snake || is_debug || names.contains(word) || word.split_once('/').is_some_and(|(_, rule)| names.contains(rule))
}

/// Whether a file's name has an extension.
fn is_of(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|end| end == extension)
}

/// Returns the words of a text, without the marks around them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '_'))
}

/// Returns the texts of a sheet, and the notes on it, by their cells. Left out are the columns that are headed as of names of rules or
/// of files, or as what senders wrote.
fn texts(sheet: &Sheet) -> Vec<(String, &str)> {
    let texts: Vec<(CellRef, &str)> = sheet
        .cells
        .iter()
        .filter_map(|cell| if let Value::Text(text) = &cell.value { Some((cell.at, &**text)) } else { None })
        .collect();
    let apart = ["Rule", "File", "Workbook", "Found"];
    let columns: BTreeSet<u32> =
        texts.iter().filter(|(_, text)| apart.contains(text)).map(|(at, _)| at.column).collect();
    let cells = texts.into_iter().filter(|(at, _)| !columns.contains(&at.column));
    cells.map(|(at, text)| (at.to_string(), text)).chain(notes(sheet)).collect()
}

/// Returns the notes on a sheet by their cells.
fn notes(sheet: &Sheet) -> Vec<(String, &str)> {
    sheet.notes.iter().map(|(at, note)| (at.to_string(), note.as_str())).collect()
}

#[test]
fn no_text_of_a_workbook_is_of_the_programs_insides() {
    let season = at("samples/season");
    let scene = Scene::new();
    for fixture in ["employer-involvement", "employer-partners"] {
        let to = scene.path(&format!("more/{fixture}.xlsx"));
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(at(&format!("tests/fixtures/{fixture}.xlsx")), to).unwrap();
    }
    scene.run(&["run", season.to_str().unwrap(), "--out", "a", "--only", "season,annotated"]);
    let run = scene.run(&["run", "more", "--out", "b", "--only", "season,annotated"]);
    let names = names_of_our_own();
    let workbooks = run.files.iter().filter(|(name, _)| !name.starts_with("more/") && is_of(name, "xlsx"));
    let mut seen = 0;
    for (name, bytes) in workbooks {
        let workbook = read(&Source::new(name.as_str(), bytes.clone()), &Limits::default()).unwrap();
        for sheet in &workbook.sheets {
            let is_senders = name.ends_with(".annotated.xlsx") && !sheet.name.starts_with("Findings");
            assert!(!words(&sheet.name).any(|word| is_of_our_own(word, &names)), "{name}: {}", sheet.name);
            for (place, text) in if is_senders { notes(sheet) } else { texts(sheet) } {
                seen += 1;
                let told: Vec<&str> = words(text).filter(|word| is_of_our_own(word, &names)).collect();
                assert!(told.is_empty(), "{name}, {}!{place} has {told:?}: {text}", sheet.name);
            }
        }
    }
    assert!(seen > 4000, "{seen}");
}

/// Returns the fields of a comma-separated table that begins as spreadsheets want it.
#[track_caller]
fn fields(name: &str, bytes: &[u8]) -> Vec<String> {
    let plain = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or_else(|| panic!("{name} has no byte-order mark"));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(plain);
    reader.records().flat_map(|row| row.unwrap().iter().map(ToOwned::to_owned).collect::<Vec<_>>()).collect()
}

/// Whether a spreadsheet takes a field for a formula.
fn is_formula(field: &str) -> bool {
    let is_number = field.parse::<f64>().is_ok() || field.split('/').all(|part| part.parse::<i64>().is_ok());
    field.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number
}

#[test]
fn spreadsheets_open_every_table_rightly() {
    let (scene, copy) = super::returned::handed_out();
    let said = super::returned::explained(&copy, super::returned::WRITTEN, "=1+1");
    let scene = scene
        .with("back/=2+2.annotated.xlsx", &said)
        .with_sample("22.06.2025.xlsx", "in/=HYPERLINK(1).xlsx")
        .with_sample("Team budget 2025.xlsx", "in/@SUM(1).xlsx")
        .with("in/-3 or more.xlsx", b"no workbook")
        .with("in/+44 20.xls", b"no workbook")
        .with("roster.csv", b"organisation,region\n=cmd()|A1,+North\n@Acme,-South\n-Beta,=East\n\"\tGamma\",West\n");
    scene.run(&["run", "in", "--out", "out", "--only", "data", "--report", "csv=report.csv"]);
    let shown = scene.run(&["check", "in", "--format", "csv"]);
    let stripped = scene.run(&["strip", "back/=2+2.annotated.xlsx", "--explanations"]);
    let tables = stripped.files.iter().filter(|(name, _)| is_of(name, "csv") && *name != "roster.csv");
    let mut tables: Vec<(&str, &[u8])> = tables.map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    tables.push(("what `check` shows", shown.out.as_bytes()));
    assert!(tables.len() > 11, "{:?}", tables.iter().map(|(name, _)| name).collect::<Vec<_>>());
    for (name, bytes) in tables {
        let fields = fields(name, bytes);
        let formulas: Vec<&String> = fields.iter().filter(|field| is_formula(field)).collect();
        assert!(formulas.is_empty(), "{name}: {formulas:?}");
        let is_explained = name.ends_with(".explanations.csv");
        assert!(!is_explained || fields.iter().any(|field| field == "'=1+1"), "{name}: {fields:?}");
    }
}

/// Returns names of files that some system refuses, takes for another's, or cuts.
fn hostile_names() -> BTreeSet<String> {
    let devices = ["CON", "con", "aux", "NUL", "COM1", "lpt9", "LPT\u{b9}", "CONIN$"];
    let odd = [
        "Ynys M\u{f4}n",
        "Ynys Mo\u{302}n",
        "YNYS M\u{d4}N",
        "Stra\u{df}e",
        "STRASSE",
        "\u{fb01}le",
        "file",
        "FILE",
        "\u{1f4ca} scores",
        "\u{202e}slx",
        "a\u{200b}b",
        "ab",
        "a b",
        "a  b",
        "a.b",
        "a..b",
        "a?b",
        "a*b",
        "a:b",
        "a|b",
        "a\\b",
        "a\"b",
        "a<b",
        "a\nb",
        "a\tb",
        "a\u{1}b",
        "-rf",
        "--out",
        "%41",
        "$HOME",
        "`x`",
        "'",
        " ",
        "\u{a0}",
        "a.annotated",
        "a.findings",
        "a (2).annotated",
        "a.annotated.annotated",
        "a.report",
        "\u{4e2d}\u{6587}",
        "=1+1",
        "#",
        "&",
        "{x}",
        "a;b",
        "a,b",
    ];
    let plain = devices.iter().chain(&odd).map(|name| (*name).to_owned());
    let long = ["n", "\u{f4}", "\u{4e2d}", "\u{1f600}"].into_iter().map(|letter| letter.repeat(248 / letter.len()));
    let stems: Vec<String> = plain.chain(long).collect();
    let extensions = ["xlsx", "XLSX", "xlsm", "v2.xlsx"];
    let named = |stem: &String| extensions.map(|extension| format!("{stem}.{extension}"));
    let fitting = stems.iter().flat_map(named).filter(|name| name.len() <= 255);
    fitting
        .chain(["a .xlsx", "a. .xlsx", "AUX /a.xlsx", "x./a.xlsx", "x/a.xlsx", "nul.d/a.xlsx"].map(ToOwned::to_owned))
        .collect()
}

/// Writes a return under hostile names, and returns how many there are. A system that refuses a name has no such file.
fn with_hostile_names(folder: &Path) -> usize {
    let sent = fs::read(super::sample("22.06.2025.xlsx")).unwrap();
    let put = |path: &Path| {
        fs::create_dir_all(path.parent().unwrap()).is_ok() && !path.exists() && fs::write(path, &sent).is_ok()
    };
    let written = hostile_names().iter().filter(|name| put(&folder.join(name))).count();
    written + with_odd_bytes(&put, folder)
}

#[cfg(unix)]
fn with_odd_bytes(put: &dyn Fn(&Path) -> bool, folder: &Path) -> usize {
    use std::os::unix::ffi::OsStrExt;
    let names = [b"caf\xe8.xlsx".as_slice(), b"caf\xe9.xlsx", b"caf\xe8.xlsm", b"\xff.xlsx"];
    names.iter().filter(|name| put(&folder.join(std::ffi::OsStr::from_bytes(name)))).count()
}

#[cfg(not(unix))]
fn with_odd_bytes(_put: &dyn Fn(&Path) -> bool, _folder: &Path) -> usize {
    0
}

#[test]
fn every_file_has_its_own_outputs_whatever_it_is_called() {
    let season = tempfile::tempdir().unwrap();
    let many = with_hostile_names(season.path());
    assert!(many >= if cfg!(target_os = "linux") { 220 } else { 100 }, "{many}");
    let scene = Scene::new();
    let folder = season.path().to_str().unwrap();
    let run = |out: &str, jobs: &str| scene.run(&["run", folder, "--out", out, "--only", "annotated", "--jobs", jobs]);
    let (one, two) = (run("one", "1"), run("two", "3"));
    let told = json(&one, "one/run.json");
    let listed = |list: &str| -> Vec<String> {
        let entries = told[list].as_array().unwrap().iter();
        entries.map(|entry| entry["file"].as_str().unwrap().to_owned()).collect()
    };
    let accounted: Vec<String> = listed("inputs").into_iter().chain(listed("ignored")).collect();
    assert_eq!(accounted.iter().collect::<BTreeSet<_>>().len(), many);
    assert_eq!(accounted.len(), many);
    let outputs = listed("outputs");
    let distinct: BTreeSet<String> = outputs.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(distinct.len(), outputs.len());
    let there = |run: &Run, out: &str| -> BTreeSet<String> {
        run.files.keys().filter_map(|name| Some(name.strip_prefix(out)?.to_owned())).collect()
    };
    let files = there(&two, "one/");
    assert_eq!(files, there(&two, "two/"));
    let copies = |names: &mut dyn Iterator<Item = &String>| names.filter(|name| name.starts_with("returns/")).count();
    assert_eq!(copies(&mut files.iter()), listed("inputs").len(), "{}{}", one.out, one.err);
    assert_eq!(copies(&mut outputs.iter()), listed("inputs").len());
}

/// Returns the lines that a run ends with.
fn last_lines(run: &Run) -> Vec<String> {
    let text = run.out.replace("\n  ", " ");
    let is_last = |line: &&str| ["Open ", "For ", "There is"].iter().any(|start| line.starts_with(start));
    text.lines().filter(is_last).map(ToOwned::to_owned).collect()
}

#[test]
fn the_last_lines_say_what_there_is_to_open() {
    let scene = Scene::new()
        .with_sample("22.06.2025.xlsx", "good/a.xlsx")
        .with("bad/a.xlsx", b"name,score")
        .with("bad/b.xls", b"");
    fs::create_dir(scene.path("none")).unwrap();
    let season = |out: &str| format!("Open {out}/season.xlsx first: all returns, and what there is to do.");
    let tables = |out: &str| {
        format!(
            "Open {out}/data/findings.csv first: a line for each finding. READ ME FIRST.txt says how Excel opens tables."
        )
    };
    let nothing = "There is nothing to open: no copy and no report could be made.".to_owned();
    let managers = |out: &str| format!("For managers: {out}/overarching-report-code-of-practice.pdf");
    let senders = |out: &str, what: &str| format!("For senders, each their own: {what} in {out}/returns");
    let copy = "1 workbook with findings";
    let cases = [
        (
            "good",
            "data,season,annotated,reports",
            vec![season("1"), managers("1"), senders("1", "1 workbook with findings and 1 report")],
        ),
        ("good", "data", vec![tables("2")]),
        ("good", "season", vec![season("3")]),
        ("good", "annotated", vec![senders("4", copy)]),
        ("good", "data,annotated", vec![tables("5"), senders("5", copy)]),
        ("good", "reports", vec![managers("6"), senders("6", "1 report")]),
        ("bad", "data,season,annotated,reports", vec![season("7")]),
        ("bad", "data", vec![tables("8")]),
        ("bad", "annotated", vec![nothing.clone()]),
        ("bad", "reports", vec![nothing]),
    ];
    for (number, (folder, only, expected)) in (1..).zip(cases) {
        let out = number.to_string();
        let run = scene.run(&["run", folder, "--out", &out, "--only", only]);
        assert_eq!(last_lines(&run), expected, "{folder} {only}: {}{}", run.out, run.err);
        let named =
            expected.iter().flat_map(|line| line.split([' ', ','])).filter(|word| word.starts_with(&format!("{out}/")));
        for name in named {
            assert!(scene.path(name).exists(), "{name}");
        }
    }
    let run = scene.run(&["run", "none", "--out", "none-out"]);
    assert_eq!((run.out.as_str(), scene.path("none-out").exists()), ("", false), "{}", run.err);
    assert_eq!(run.err, "There is no workbook there: nothing is in it. Nothing was written.\n");
}
