//! What moderators say of returns: read from a list that they fill in, or from workbooks of their own, and put to the returns that it is
//! about.
//!
//! The list is `data/moderation.csv` or the season workbook's sheet, with the outcome filled in that a moderator gives. Its columns are
//! found by their words, in any order, below whatever title stands above them. A workbook of a moderator's own is the return's form,
//! answered as the moderator judges; its outcome is worked out as the return's is.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use schemars::JsonSchema;
use serde::Serialize;

use super::Season;
use crate::framework::{BandId, FieldRole, Framework, FrameworkId};
use crate::review::Review;
use crate::season::SeasonReturn;
use crate::season::roster::RosterError;
use crate::season::roster::lines::{self, Line};
use crate::wording::Wording;
use crate::words::list_of_at_most;
use crate::workbook::Source;

/// What a column holds, by the words that may stand above it.
const HEADINGS: [(Holds, &[&str]); 7] = [
    (Holds::File, &["workbook", "file"]),
    (Holds::Organisation, &["organisation", "organization"]),
    (Holds::Framework, &["framework"]),
    (Holds::Part, &["part"]),
    (Holds::Moderator, &["moderator"]),
    (Holds::Outcome, &["outcome after moderation", "moderated outcome"]),
    (Holds::Remark, &["what the moderator says", "remark", "remarks"]),
];

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    File,
    Organisation,
    Framework,
    Part,
    Moderator,
    Outcome,
    Remark,
}

/// What a line or a workbook says of a return.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Where that stands: the line, or the workbook.
    at: String,
    file: String,
    organisation: String,
    framework: String,
    part: String,
    /// The kind of return, where a workbook says it.
    kind: String,
    moderator: String,
    outcome: String,
    remark: String,
}

/// What a moderator says of a return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Moderated {
    /// The return.
    pub file: String,
    /// The framework.
    pub framework: FrameworkId,
    /// Who looked at it; empty where that isn't said.
    pub moderator: String,
    /// The outcome that the moderator gives.
    pub band: BandId,
    /// What the moderator says beside.
    pub remark: String,
}

/// Why a list of what moderators say can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ModeratedError {
    /// It can't be read.
    #[error(transparent)]
    Unread(#[from] RosterError),
    /// Its headings aren't there.
    #[error(
        "no line has the headings \u{201c}Workbook\u{201d} (or \u{201c}Organisation\u{201d}) and \u{201c}Outcome after moderation\u{201d}; fill in data/moderation.csv or the sheet \u{201c}Moderation\u{201d} of the season workbook"
    )]
    NoHeadings,
}

/// Reads what moderators say.
///
/// ```
/// # use scrutineer::season::moderation::said;
/// # use scrutineer::workbook::Source;
/// let list = "file,moderator,moderated_outcome,remark\nacme.xlsx,A. Moderator,good,as sent\n";
/// assert_eq!(said::read(&Source::new("moderated.csv", list.as_bytes().to_vec())).unwrap().len(), 1);
/// ```
pub fn read(file: &Source) -> Result<Vec<Said>, ModeratedError> {
    let lines = lines::read(file, &|lines| headings(lines).is_some())?;
    let (columns, below) = headings(&lines).ok_or(ModeratedError::NoHeadings)?;
    let said = below.iter().map(|line| Said::of(line, &columns));
    Ok(said.filter(|said| !said.outcome.is_empty() || !said.remark.is_empty()).collect())
}

/// Returns what each column holds, and the lines below; `None` where no line has the headings.
fn headings(lines: &[Line]) -> Option<(Vec<Option<Holds>>, &[Line])> {
    let of = |line: &Line| -> Vec<Option<Holds>> { line.entries.iter().map(|heading| Holds::of(heading)).collect() };
    let is_heading = |line: &Line| {
        let columns = of(line);
        let has = |one: Holds| columns.contains(&Some(one));
        has(Holds::Outcome) && (has(Holds::File) || has(Holds::Organisation))
    };
    let (heading, below) = lines::below_heading(lines, is_heading)?;
    Some((of(heading), below))
}

impl Holds {
    /// Returns what stands below a heading; `None` where it is none of ours.
    fn of(heading: &str) -> Option<Self> {
        let words = Wording::of(&heading.replace('_', " "));
        HEADINGS.iter().find(|(_, names)| names.contains(&words.as_str())).map(|(holds, _)| *holds)
    }
}

impl Said {
    fn of(line: &Line, columns: &[Option<Holds>]) -> Self {
        let mut said = Self { at: format!("line {}", line.number), ..Self::default() };
        for (holds, entry) in columns.iter().zip(&line.entries) {
            let place = match holds {
                Some(Holds::File) => &mut said.file,
                Some(Holds::Organisation) => &mut said.organisation,
                Some(Holds::Framework) => &mut said.framework,
                Some(Holds::Part) => &mut said.part,
                Some(Holds::Moderator) => &mut said.moderator,
                Some(Holds::Outcome) => &mut said.outcome,
                Some(Holds::Remark) => &mut said.remark,
                None => continue,
            };
            entry.clone_into(place);
        }
        said
    }

    /// Returns what a moderator's own workbook says.
    pub fn of_workbook(review: &Review, frameworks: &[Framework]) -> Self {
        let framework = review.framework_among(frameworks);
        let role = |role| framework.and_then(|of| review.role(of, role)).map(ToString::to_string).unwrap_or_default();
        Self {
            at: review.file.clone(),
            file: if review.organisation.is_none() { review.file.clone() } else { String::new() },
            organisation: review.organisation.clone().unwrap_or_default(),
            kind: review.kind.clone().unwrap_or_default(),
            framework: review.framework.as_ref().map(ToString::to_string).unwrap_or_default(),
            part: role(FieldRole::Unit),
            moderator: role(FieldRole::Assessor),
            outcome: review.settled().map(ToString::to_string).unwrap_or_default(),
            remark: String::new(),
        }
    }

    /// Returns what it is called in a sentence.
    fn named(&self) -> &str {
        if self.file.is_empty() { &self.organisation } else { &self.file }
    }

    /// Whether a return that stands for its organisation is the one that it is about, whatever its file is called.
    fn is_about(&self, season: &Season, sent: &SeasonReturn) -> bool {
        let is = |said: &str, other: &str| Wording::of(said) == Wording::of(other);
        let framework = season.framework(&sent.review);
        let of_framework = self.framework.is_empty() || framework.is_some_and(|own| own.is_called(&self.framework));
        // A workbook that was put right may have another name.
        !self.organisation.is_empty()
            && of_framework
            && sent.organisation.as_deref().is_some_and(|own| is(&self.organisation, own))
            && is(&self.part, sent.unit.as_deref().unwrap_or_default())
    }
}

/// Puts what moderators say to the returns that count, and tells what can't be put to one.
pub(super) fn settle(season: &Season, said: &[Said]) -> (Vec<Moderated>, Vec<String>) {
    let (mut moderated, mut doubts): (Vec<Moderated>, Vec<String>) = (Vec::new(), Vec::new());
    let mut places: BTreeMap<String, &str> = BTreeMap::new();
    for one in said {
        match settled(season, one) {
            Ok(new) => match places.entry(new.file.clone()) {
                Entry::Occupied(first) => {
                    doubts.push(format!(
                        "{} is about {}, as {} is; the first one counts",
                        one.at,
                        new.file,
                        first.get()
                    ));
                }
                Entry::Vacant(place) => {
                    place.insert(&one.at);
                    moderated.push(new);
                }
            },
            Err(doubt) => doubts.push(format!("{}: {doubt}", one.at)),
        }
    }
    (moderated, doubts)
}

/// Puts what a moderator says to a return.
fn settled(season: &Season, said: &Said) -> Result<Moderated, String> {
    let file = Wording::of(&said.file);
    let by_file = |sent: &&SeasonReturn| Wording::of(&sent.review.file) == file;
    let is_about = |sent: &&SeasonReturn| said.is_about(season, sent);
    let is_of_kind = |sent: &&SeasonReturn| sent.review.kind.as_deref() == Some(&said.kind) && is_about(sent);
    let sent = season.counted().find(by_file).or_else(|| season.counted().find(is_of_kind));
    let sent = sent.or_else(|| season.headline().find(is_about));
    let sent = sent.ok_or_else(|| format!("no return that counts is {}", said.named()))?;
    let framework = season.framework(&sent.review).ok_or_else(|| format!("no outcome is known of {}", said.named()))?;
    Ok(Moderated {
        file: sent.review.file.clone(),
        framework: framework.id.clone(),
        moderator: said.moderator.clone(),
        band: outcome(framework, &said.outcome)?,
        remark: said.remark.clone(),
    })
}

/// Returns the outcome that a moderator names, by its title or its name.
fn outcome(framework: &Framework, named: &str) -> Result<BandId, String> {
    let wording = Wording::of(named);
    let bands = &framework.outcome.bands;
    let is_it = |title: &str| Wording::of(title) == wording;
    let band = bands.iter().find(|band| is_it(&band.title) || is_it(&band.id));
    let titles: Vec<String> = bands.iter().map(|band| band.title.clone()).collect();
    band.map(|band| band.id.clone()).ok_or_else(|| match named {
        "" => "no outcome after moderation comes of it; each return that was looked at needs one, also where it stays"
            .to_owned(),
        named => format!("“{named}” is no outcome of {}; it has {}", framework.title, list_of_at_most(&titles, 9)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::{Surroundings, sample};

    fn season<'a>(frameworks: &'a [Framework], list: &str) -> Season<'a> {
        let moderated = read(&Source::new("moderated.csv", list.as_bytes().to_vec())).unwrap();
        let surroundings = Surroundings { moderated, ..Surroundings::default() };
        Season::new(frameworks, surroundings, sample::reviews(&frameworks[0], 12, 5))
    }

    #[test]
    fn what_moderators_say_is_put_to_the_return_that_they_name() {
        let frameworks = [sample::usual()];
        let file = "Organisation 02 Self-assessment.xlsx";
        let cases = [
            (format!("file,moderated_outcome\n{file},good\n"), file),
            (format!("Workbook;Outcome after moderation\n{file};Good\n"), file),
            (format!("Moderation\n\nOrganisation\tOutcome after moderation\tWorkbook\n\tGOOD\t{file}\n"), file),
            (
                "organisation,moderated_outcome\nOrganisation 01,Good\n".to_owned(),
                "Organisation 01 External assessment.xlsx",
            ),
            (
                "organisation,file,moderated_outcome\nORGANISATION 01,old name.xlsx,Good\n".to_owned(),
                "Organisation 01 External assessment.xlsx",
            ),
            (format!("organisation,framework,file,moderated_outcome\n,Sample Framework,{file},Good\n"), file),
        ];
        for (list, expected) in cases {
            let moderation = season(&frameworks, &list).moderation;
            assert_eq!(moderation.doubts, Vec::<String>::new(), "{list}");
            let files: Vec<&str> = moderation.moderated.iter().map(|one| one.file.as_str()).collect();
            assert_eq!((files, moderation.moderated[0].band.as_str()), (vec![expected], "good"), "{list}");
        }
    }

    #[test]
    fn what_cannot_be_put_to_a_return_is_told() {
        let frameworks = [sample::usual()];
        let cases = [
            ("file,moderated_outcome\nelsewhere.xlsx,good\n", "line 2: no return that counts is elsewhere.xlsx"),
            (
                "organisation,moderated_outcome\nOrganisation 02,Goood\n",
                "line 2: “Goood” is no outcome of Sample Framework; it has Excellent, Good and None",
            ),
            (
                "organisation,moderated_outcome,remark\nOrganisation 02,,as sent\n",
                "line 2: no outcome after moderation comes of it; each return that was looked at needs one, also where it stays",
            ),
            (
                "organisation,moderated_outcome\nOrganisation 02,good\nOrganisation 02,none\n",
                "line 3 is about Organisation 02 Self-assessment.xlsx, as line 2 is; the first one counts",
            ),
        ];
        for (list, expected) in cases {
            assert_eq!(season(&frameworks, list).moderation.doubts, [expected], "{list}");
        }
        assert!(season(&frameworks, "file,moderated_outcome\nelsewhere.xlsx,\n").moderation.doubts.is_empty());
        let list = Source::new("moderated.csv", b"organisation,outcome\nAcme,good\n".to_vec());
        assert!(matches!(read(&list), Err(ModeratedError::NoHeadings)));
    }
}
