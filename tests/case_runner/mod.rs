//! Runs the cases: what is changed in a clean return, and what the program must say of it.
//!
//! A case is Markdown under `tests/cases`, in the folder of the module (or the framework) that has the rule, and named for
//! the rule. It has one or more scenes, with `---` between them: at least one that gives the finding, and the nearest that must not.
//! `scene` reads them, `edit` changes the return, `formula` keeps formulas right when rows and columns move, `file` makes
//! the files that no change of cells can make.
//!
//! ```markdown
//! # A number that the scale doesn't have
//! base: code-of-practice
//!
//! ## Assessment
//! |   | G |
//! |---|---|
//! | 5 | 5 |
//!
//! error[answer-off-scale] Assessment!G5: the answer is 5; it can be 1, 2, 3, 4 or Accredited
//! also: outcome-provisional
//! no answer-not-a-number
//! ```
//!
//! An entry is a number, a text in quotes (`\n` is a new line), a date as `2025-03-04`, `TRUE`, an error as `#N/A`,
//! `60%` for a cell that shows 0.6 so, `blank`, `=A1+1 -> 2` for a formula with its stored result, or `=A1+1` for one without. Under a sheet's heading stand
//! also `hide row 9`, `hide column C`, `delete row 5`, `insert row 5`, `repeat row 5`, `insert column D`,
//! `delete column D`, `swap columns D E`, `merge G4:G5`, `hide sheet`, `delete sheet`, `rename sheet to "Other"` and
//! `copy sheet to "Other"`; `add sheet` adds the sheet that is named. `file: cut off in the middle` takes the base as another file would bring it;
//! `shape: clients client_ref AA9999` is as if the framework wanted that shape of a register's references, and
//! `done: papers data_date` as if that field said when a step of its calendar was done.
//!
//! A case of a rule over the season has a folder of its own, `season`. Its scenes send several returns: `return: first.xlsx` opens one,
//! below which its changes stand, and `roster: Anytown Council,Directorate` expects returns of an organisation. Findings
//! then name files: `error[return-missing]: …`, `note[return-superseded] first.xlsx, second.xlsx: …`.
//!
//! Where no framework that the program brings along has what a rule is about, `base` names a good sample pack.
//!
//! What a formula shows is stored with it, so it doesn't follow a change of the answers: the program must say so, or the
//! case changes the result too. Errors and warnings that a scene doesn't expect fail it, unless `also:` names their rule;
//! notes don't.

mod compare;
mod coverage;
pub(crate) mod edit;
pub(crate) mod file;
mod formula;
mod scene;
mod variation;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use scrutineer::finding::{Finding, Findings};
use scrutineer::framework::{Framework, PackText, builtin, load};
use scrutineer::ooxml::Limits;
use scrutineer::review::{Review, Settings, review, review_workbook};
use scrutineer::season::{Roster, Season, Surroundings};
use scrutineer::workbook::{Source, Workbook, read};

use edit::Edit;
use scene::{Scene, Sent};

/// The folder of the cases.
const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
/// The folder of the good sample packs.
const PACKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/packs/good");
/// The folder of the clean returns.
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");

/// The frameworks that the program brings along.
static FRAMEWORKS: LazyLock<Vec<Framework>> = LazyLock::new(builtin::all);
/// What reviews are made with.
static SETTINGS: LazyLock<Settings> = LazyLock::new(|| Settings::new(&FRAMEWORKS, Limits::default()));

/// A case: one file with its scenes.
struct Case {
    /// The folder's name: the module that has the rule, or the framework.
    group: String,
    /// The rule: the file's name without its ending, after the framework's where it is the framework's own.
    rule: String,
    /// The scenes, in order.
    scenes: Vec<Scene>,
}

/// Reads all cases, in order of their paths.
fn cases() -> Vec<Case> {
    let mut paths: Vec<PathBuf> = folders(CASES).iter().flat_map(|folder| entries(folder)).collect();
    paths.sort();
    paths.iter().map(|path| case(path)).collect()
}

/// Reads one case.
fn case(path: &Path) -> Case {
    let text = std::fs::read_to_string(path).unwrap();
    let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    let scenes = scene::parse(&text).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    let (group, rule) = (name(path.parent().unwrap()), name(path));
    let is_own = FRAMEWORKS.iter().any(|framework| framework.id == *group);
    Case { rule: if is_own { format!("{group}/{rule}") } else { rule }, group, scenes }
}

/// Returns the folders of a folder.
fn folders(path: &str) -> Vec<PathBuf> {
    entries(Path::new(path)).into_iter().filter(|path| path.is_dir()).collect()
}

/// Returns what lies in a folder.
fn entries(path: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// The good sample packs, by their folders' names, each with what returns on it are reviewed with.
static SAMPLES: LazyLock<Vec<(String, Settings)>> = LazyLock::new(|| {
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let frameworks = SAMPLE_FRAMEWORKS
        .iter()
        .map(|(path, framework)| (name(path), Settings::new(std::slice::from_ref(framework), Limits::default())));
    frameworks.collect()
});
/// The frameworks of the good sample packs, by their folders.
static SAMPLE_FRAMEWORKS: LazyLock<Vec<(PathBuf, Framework)>> =
    LazyLock::new(|| folders(PACKS).into_iter().map(|path| (path.clone(), sample(&path))).collect());

/// Reads the framework of a sample pack.
fn sample(path: &Path) -> Framework {
    let pack = PackText {
        file: "framework.toml".to_owned(),
        text: std::fs::read_to_string(path.join("framework.toml")).unwrap(),
        form: Some(std::fs::read(path.join("form.xlsx")).unwrap()),
        criteria: std::fs::read(path.join("criteria.csv")).ok(),
    };
    load(&pack, &mut Findings::default()).unwrap()
}

/// Returns what returns on a base are reviewed with.
fn settings(base: &str) -> &'static Settings<'static> {
    SAMPLES.iter().find(|(name, _)| name == base).map_or(&SETTINGS, |(_, settings)| settings)
}

/// Returns the bytes of a framework's clean return.
fn fixture(base: &str) -> Vec<u8> {
    let is_sample = !builtin::NAMES.contains(&base);
    let path = if is_sample { format!("{PACKS}/{base}/return.xlsx") } else { format!("{FIXTURES}/{base}.xlsx") };
    std::fs::read(path).unwrap()
}

/// Returns a framework's clean return, read once.
fn clean(base: &str) -> &'static Workbook {
    static ALL: LazyLock<Vec<(&str, Workbook)>> = LazyLock::new(|| {
        let samples = SAMPLES.iter().map(|(name, _)| name.as_str());
        builtin::NAMES.iter().copied().chain(samples).map(|base| (base, open(base))).collect()
    });
    ALL.iter().find(|(known, _)| *known == base).map(|(_, workbook)| workbook).unwrap()
}

/// Reads a framework's clean return.
fn open(base: &str) -> Workbook {
    let source = Source::new(format!("{base}.xlsx"), fixture(base));
    read(&source, &Limits::default()).unwrap()
}

/// Returns a clean return with changes made to it.
fn changed(base: &str, edits: &[Edit]) -> Result<Workbook, String> {
    let mut workbook = clean(base).clone();
    edits.iter().try_for_each(|edit| edit.apply(&mut workbook))?;
    Ok(workbook)
}

/// Plays a scene: returns all that the program says, with what it says of a cell by several rules under each of them.
fn play(scene: &Scene) -> Result<Vec<Finding>, String> {
    if scene.is_season {
        return play_season(scene);
    }
    let findings = play_return(scene)?;
    let here = |finding: &Finding| -> Vec<Finding> {
        finding.effects.iter().filter(|effect| effect.place == finding.place).cloned().collect()
    };
    Ok(findings.into_iter().flat_map(|finding| [here(&finding), vec![finding]].concat()).collect())
}

/// Plays a scene of one return: returns all that the program says.
fn play_return(scene: &Scene) -> Result<Vec<Finding>, String> {
    if let Some(kind) = &scene.file {
        let (source, limits) = file::make(kind, &fixture(scene.base))?;
        return Ok(review(&Settings::new(&FRAMEWORKS, limits), &source).findings);
    }
    let workbook = changed(scene.base, &scene.returns[0].edits)?;
    let Some(variation) = &scene.variation else {
        return Ok(review_workbook(settings(scene.base), "return.xlsx", &workbook).findings);
    };
    let frameworks = variation.of(&FRAMEWORKS)?;
    Ok(review_workbook(&Settings::new(&frameworks, Limits::default()), "return.xlsx", &workbook).findings)
}

/// Plays a scene of several returns: returns what the program says of them together. All are copies of one return, so that their
/// evidence isn't compared.
fn play_season(scene: &Scene) -> Result<Vec<Finding>, String> {
    let review = |sent: &Sent| -> Result<Review, String> {
        let review = review_workbook(&SETTINGS, &sent.file, &changed(scene.base, &sent.edits)?);
        Ok(Review { evidence: Vec::new(), ..review })
    };
    let reviews: Result<Vec<Review>, String> = scene.returns.iter().map(review).collect();
    let roster = format!("organisation,expected_kinds\n{}", scene.roster.join("\n"));
    let file = Source::new("roster.csv", roster.into_bytes());
    let read = (!scene.roster.is_empty()).then(|| Roster::read(&file, &FRAMEWORKS));
    let roster = read.transpose().map_err(|fault| fault.to_string())?;
    let season = Season::new(&FRAMEWORKS, Surroundings { roster, ..Surroundings::default() }, reviews?);
    Ok(season.findings)
}

#[test]
fn clean_returns_have_no_faults() {
    for base in builtin::NAMES {
        let findings = review_workbook(&SETTINGS, "return.xlsx", clean(base)).findings;
        let listed: Vec<String> = findings.iter().map(compare::shown).collect();
        assert!(findings.iter().all(compare::is_note), "{base}:\n{}", listed.join("\n"));
    }
}

#[test]
fn cases_hold() {
    let mut faults = Vec::new();
    for case in cases() {
        for scene in &case.scenes {
            let differences = match play(scene) {
                Ok(findings) => compare::differences(scene, &findings),
                Err(fault) => vec![fault],
            };
            if !differences.is_empty() {
                faults.push(format!("{}/{} “{}”\n  {}", case.group, case.rule, scene.title, differences.join("\n  ")));
            }
        }
    }
    assert!(faults.is_empty(), "{} scenes don't hold\n\n{}", faults.len(), faults.join("\n\n"));
}
