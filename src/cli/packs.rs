//! The frameworks of a run: those that the program brings along, and those of the season's folder of packs.

use std::path::{Path, PathBuf};

use super::args::SeasonArgs;
use super::config::{self, Config};
use super::console;
use super::failure::Failure;
use crate::batch::manifest::FrameworkUsed;
use crate::batch::store::{self, Astray, StoreError};
use crate::finding::{Finding, Findings, Place, Severity};
use crate::framework::pack::{self, Pack, PackId};
use crate::framework::{Framework, FrameworkId, Known, PackText, builtin, fits_members};
use crate::layout::Insisted;

/// The name of a pack's definition in its folder.
const DEFINITION: &str = "framework.toml";

/// The frameworks that returns may be of.
#[derive(Debug, Default)]
pub(super) struct Packs {
    /// The frameworks, in the order in which they are tried.
    pub(super) frameworks: Vec<Framework>,
    /// The one that all returns must be of; `None` where each may be of any.
    pub(super) insisted: Option<Insisted>,
    /// Where they come from, in the same order.
    texts: Vec<(PackId, PackText)>,
}

impl Packs {
    /// Returns those that are taken, as a run accounts for them.
    pub(super) fn used(&self) -> Vec<FrameworkUsed> {
        let is_meant = |framework| self.insisted.as_ref().is_none_or(|insisted| insisted.is_met_by(framework));
        let taken = self.texts.iter().zip(&self.frameworks).filter(|(_, framework)| is_meant(framework));
        let used = taken.map(|((id, text), _)| FrameworkUsed {
            id: id.framework.clone(),
            version: id.version.clone(),
            sha256: text.digest(),
        });
        used.collect()
    }

    /// Returns the digests of all, in their order.
    pub(super) fn digests(&self) -> Vec<String> {
        self.texts.iter().map(|(_, text)| text.digest()).collect()
    }
}

/// Returns the frameworks that are known, and the one that is insisted on.
pub(super) fn load(config: &Config, insisted: Option<&str>) -> Result<Packs, Failure> {
    let packs = all(config)?;
    let insists = |wanted| find(&packs, wanted).map(|pack| Insisted::new(pack.id.framework.clone(), wanted));
    let insisted = insisted.map(insists).transpose()?;
    let (texts, frameworks) = packs.into_iter().map(|pack| ((pack.id, pack.text), pack.framework)).unzip();
    Ok(Packs { frameworks, insisted, texts })
}

/// Returns all packs that a run in this folder would know, and tells what lies wrong among the season's.
pub(super) fn of_season(season: &SeasonArgs) -> Result<Vec<Pack>, Failure> {
    let config = config::load(season, Path::new("."))?;
    tell_astray(&config);
    all(&config)
}

/// Tells what lies in the season's folder of packs and isn't read.
pub(super) fn tell_astray(config: &Config) {
    let Some(folder) = &config.frameworks else { return };
    for astray in store::astray(folder, DEFINITION) {
        console::tell(&astray_told(&astray));
    }
    if store::definitions(folder, DEFINITION).is_ok_and(|files| files.is_empty()) {
        console::tell(&format!(
            "No framework is in `{}`: put each into a folder of its own there, as {DEFINITION}",
            folder.display()
        ));
    }
}

/// Says what lies wrong among packs, and what to do.
fn astray_told(astray: &Astray) -> String {
    let shown = |path: &Path| path.display().to_string();
    match astray {
        Astray::Itself(folder) => {
            format!(
                "`{}` is the folder of one framework: name the folder above it, which holds one folder for each",
                shown(folder)
            )
        }
        Astray::Beside(file) => {
            let own = file.with_extension("").join(DEFINITION);
            format!("`{}` isn\u{2019}t read: put it into a folder of its own, as `{}`", shown(file), shown(&own))
        }
        Astray::Misnamed(file) => format!("`{}` isn\u{2019}t read: call it {DEFINITION}", shown(file)),
        Astray::Below(folder) => {
            let above =
                folder.parent().and_then(Path::parent).map(|above| above.join(folder.file_name().unwrap_or_default()));
            let meant = above.map_or_else(String::new, |above| format!(" as `{}`", shown(&above)));
            format!("`{}` isn\u{2019}t read: move that folder up{meant}", shown(folder))
        }
        Astray::Empty(folder) => {
            format!("`{}` has no {DEFINITION} and isn\u{2019}t read as a framework", shown(folder))
        }
    }
}

/// Returns all packs; one of the season's stands in for the program's own of the same name and version.
fn all(config: &Config) -> Result<Vec<Pack>, Failure> {
    let mut packs = builtin::packs();
    let Some(folder) = &config.frameworks else { return Ok(packs) };
    for file in store::definitions(folder, DEFINITION)? {
        let own = opened(&file)?;
        packs.retain(|pack| pack.id.framework != own.id.framework || pack.id.version != own.id.version);
        packs.push(own);
    }
    let frameworks: Vec<Framework> = packs.iter().map(|pack| pack.framework.clone()).collect();
    packs.iter().try_for_each(|pack| fitted(pack, &frameworks))?;
    Ok(packs)
}

/// Holds that a bundle asks of the frameworks of its members what these have.
fn fitted(pack: &Pack, frameworks: &[Framework]) -> Result<(), Failure> {
    let mut findings = Findings::default();
    fits_members(&pack.text, &pack.framework, Known { frameworks, broken: &[] }, &mut findings);
    let findings = findings.into_sorted();
    if findings.is_empty() { Ok(()) } else { Err(broken(Path::new(&pack.text.file), findings)) }
}

/// Returns the frameworks that a pack can put together, the program's own and those that lie beside it, and the names of those that lie
/// there and can't be relied on.
pub(super) fn around(file: &Path) -> (Vec<Framework>, Vec<FrameworkId>) {
    let folder = file.parent().and_then(Path::parent);
    let folder = folder.map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let beside = folder.and_then(|folder| store::definitions(folder, DEFINITION).ok()).unwrap_or_default();
    let (mut frameworks, mut broken) = (Vec::new(), Vec::new());
    for text in beside.iter().filter_map(|file| text(file).ok()) {
        let name = text.named();
        match text.open(&mut Findings::default()) {
            Some(pack) => frameworks.push(pack.framework),
            None => broken.extend(name),
        }
    }
    frameworks.extend(builtin::all());
    (frameworks, broken)
}

/// Returns the pack of a name.
pub(super) fn find<'a>(packs: &'a [Pack], wanted: &str) -> Result<&'a Pack, Failure> {
    pack::find(packs, wanted).map_err(|error| Failure::Unknown(format!("could not {error}")))
}

/// Returns the pack that a person names: by its file or its folder, else one that is known by its name. A folder in which no pack lies, as
/// outputs may be called, names none where a pack is known by that name.
pub(super) fn named(name: &str) -> Result<Pack, Failure> {
    let path = Path::new(name);
    if path.is_file() || path.join(DEFINITION).is_file() {
        return opened(path);
    }
    match find(&all(&Config::default())?, name) {
        Err(_) if path.exists() => opened(path),
        Err(_) if is_written_as_path(name) => Err(Failure::Unknown(store::missing("framework", path, path))),
        found => Ok(found?.clone()),
    }
}

/// Whether what names a framework can only be a path.
fn is_written_as_path(name: &str) -> bool {
    name.contains(['/', '\\']) || Path::new(name).extension().is_some_and(|ending| ending == "toml")
}

/// Returns the pack of a file or a folder.
fn opened(path: &Path) -> Result<Pack, Failure> {
    let (text, mut findings) = (text(path)?, Findings::default());
    let file = PathBuf::from(&text.file);
    text.open(&mut findings).ok_or_else(|| broken(&file, findings.into_sorted()))
}

/// Returns the texts of the packs that a person names: by their files, their folders, or a folder of such folders, of which what
/// lies wrong is told.
pub(super) fn texts(paths: &[PathBuf]) -> Result<Vec<PackText>, Failure> {
    let mut texts = Vec::new();
    for path in paths {
        if !path.is_dir() || path.join(DEFINITION).is_file() {
            texts.push(text(path)?);
            continue;
        }
        let definitions = store::definitions(path, DEFINITION)?;
        let astray = store::astray(path, DEFINITION);
        let lines: Vec<String> = astray.iter().map(astray_told).collect();
        if definitions.is_empty() {
            let why = if lines.is_empty() { "it has no folder of a framework".to_owned() } else { lines.join("; ") };
            return Err(Failure::Unknown(format!("there is nothing to check in `{}`: {why}", path.display())));
        }
        for line in lines {
            console::tell(&line);
        }
        for file in definitions {
            texts.push(text(&file)?);
        }
    }
    Ok(texts)
}

/// Returns the text of the pack that a person names by its file or its folder.
pub(super) fn text(path: &Path) -> Result<PackText, StoreError> {
    let file = if path.is_dir() { path.join(DEFINITION) } else { path.to_owned() };
    let text = store::text(&file)?;
    let beside = |name: Option<String>| {
        let named = name.map(|name| file.with_file_name(name)).filter(|file| file.is_file());
        named.map(|file| store::bytes(&file)).transpose()
    };
    let (form, criteria) = (beside(PackText::form_beside(&text))?, beside(PackText::criteria_beside(&text))?);
    Ok(PackText { file: file.display().to_string(), form, criteria, text })
}

/// Says that a pack can't be relied on, and why.
fn broken(file: &Path, findings: Vec<Finding>) -> Failure {
    let faults = findings.into_iter().filter(|finding| finding.severity == Severity::Error);
    let lines: Vec<String> = faults.map(|finding| told(&finding)).collect();
    Failure::Unknown(format!("could not use the framework `{}`:\n{}", file.display(), lines.join("\n")))
}

/// Returns a finding of a definition as a line that editors understand: file, line, column, what is wrong.
pub(super) fn told(finding: &Finding) -> String {
    let words = format!("{}[{}]: {}", finding.severity, finding.rule, finding.message);
    match &finding.place {
        Place::Definition { file, line, column } => format!("{file}:{line}:{column}: {words}"),
        Place::Workbook | Place::Sheet(_) | Place::Cells(..) | Place::Season { .. } => words,
    }
}
