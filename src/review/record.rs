//! A review as data: what results hold for one return, and what a child process answers with.
//!
//! Numbers, days and names are what they are elsewhere; written, an exact number is a decimal where it is finite and short, else
//! `p/q`. The names of the fields are part of the product.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::declared::PaperRecord;
use super::evidence::EvidenceRecord;
use super::{OpinionRecord, PlanRecord, RemarkRecord, UnitRecord};
use crate::exact::Exact;
use crate::finding::{Finding, Severity, listed};
use crate::framework::{
    self, ActionId, BandId, FieldId, FieldRole, Framework, FrameworkId, GradeId, ItemId, MeasureId, OutcomeSpec,
    RaterId, RegisterId, SectionId, StepId,
};
use crate::outcome::{Ends, GateState, Route, entries_told};
use crate::returns::{EntryValue, State};
use crate::rules::answer::answer_blank;
use crate::rules::outcome::outcome_provisional;
use crate::schedule::StepState;

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It was read and has an outcome, or needs none.
    Scored,
    /// It was read; answers are missing or can't be used, so the outcome is an interval.
    Provisional,
    /// It couldn't be read.
    Unreadable,
    /// It was read and is of no known framework.
    Unrecognised,
    /// Another file has the same content, or is of the same organisation and kind, and counts.
    Duplicate,
    /// A later return of the same organisation and kind counts.
    Superseded,
}

impl Status {
    /// Whether a return of which this became takes part in statistics.
    pub const fn counts(self) -> bool {
        matches!(self, Self::Scored | Self::Provisional)
    }

    /// Returns the word that results use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Scored => "scored",
            Self::Provisional => "provisional",
            Self::Unreadable => "unreadable",
            Self::Unrecognised => "unrecognised",
            Self::Duplicate => "duplicate",
            Self::Superseded => "superseded",
        }
    }
}

/// All that is known of one file of a season.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Review {
    /// The file within the season's folder, with `/` between folders.
    pub file: String,
    /// The digest of its content.
    pub sha256: String,
    /// Where it is a copy with our findings that came back: the digest of the file that the copy was made from, empty where it doesn't
    /// say; `None` for all others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_from: Option<String>,
    /// The framework; `None` where none was recognised.
    pub framework: Option<FrameworkId>,
    /// The framework's version.
    pub framework_version: Option<String>,
    /// Whose return it is, where it says so.
    pub organisation: Option<String>,
    /// Which kind of return it is, where it says so.
    pub kind: Option<String>,
    /// The rater whose answers make the outcome.
    pub counts: Option<RaterId>,
    /// What became of it.
    pub status: Status,
    /// The other fields of the cover that are filled in, by name.
    pub fields: BTreeMap<FieldId, EntryValue>,
    /// The sections, by the answers that count.
    pub sections: Vec<SectionRecord>,
    /// The answers of all raters.
    pub answers: Vec<AnswerRecord>,
    /// The measures.
    pub measures: Vec<MeasureRecord>,
    /// The rows of registers that have an outcome.
    pub rows: Vec<RowRecord>,
    /// The outcome; `None` for files that weren't read.
    pub outcome: Option<OutcomeRecord>,
    /// What parts of the scheme come to that have a grade; results leave it out where none has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<GradeRecord>,
    /// The scheme's named values; results leave them out where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<ValueRecord>,
    /// What was found, the worst first, then in order of place.
    #[serde(with = "listed")]
    #[schemars(with = "Vec<Finding>")]
    pub findings: Vec<Finding>,
    /// What the filled cells are.
    pub cells: CellCounts,
    /// The dated steps of the framework's calendar.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<DateRecord>,
    /// What its evidence is like, for comparing it with other returns'; results don't hold it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceRecord>,
    /// The digest of what its cells hold, for comparing it with a copy that came back; results don't hold it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub content: String,
    /// What others than the raters think of the criteria.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opinions: Vec<OpinionRecord>,
    /// The units that it lists, where it is about an organisation as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitRecord>,
    /// Strengths and development areas as the sender words them, for its report; results don't hold them.
    #[serde(default, skip_serializing)]
    pub remarks: Vec<RemarkRecord>,
    /// The sender's improvement plan, for its report; results don't hold it.
    #[serde(default, skip_serializing)]
    pub plan: Vec<PlanRecord>,
    /// The parts of its report that the pack declares; results don't hold them.
    #[serde(skip)]
    pub paper: Option<PaperRecord>,
}

impl Review {
    /// Returns the framework of which it is, among those that are known.
    pub fn framework_among<'a>(&self, frameworks: &'a [Framework]) -> Option<&'a Framework> {
        framework::find(frameworks, self.framework.as_ref()?, self.framework_version.as_deref())
    }

    /// Returns what stands in the field that plays a role.
    pub fn role(&self, framework: &Framework, role: FieldRole) -> Option<&EntryValue> {
        self.fields.get(framework.field_for(role)?.id.as_str())
    }

    /// Returns the day that it names for its data, as of which its steps stand too, else that of its assessment; `None` where it names neither.
    pub fn date(&self, framework: &Framework) -> Option<Date> {
        let roles = [FieldRole::DataDate, FieldRole::AssessmentDate];
        roles.into_iter().find_map(|role| self.role(framework, role)?.date())
    }

    /// Returns the outcome, settled even where answers are missing; `None` while it is open.
    pub fn settled(&self) -> Option<&BandId> {
        self.outcome.as_ref()?.settled()
    }

    /// Returns what a part comes to in a grade.
    pub fn grade(&self, grade: &str, of: &str) -> Option<&GradeRecord> {
        self.grades.iter().find(|record| record.grade == *grade && record.of == of)
    }

    /// Returns what a section comes to.
    pub fn section(&self, id: &str) -> Option<&SectionRecord> {
        self.sections.iter().find(|record| record.id == *id)
    }

    /// Returns what a measure comes to.
    pub fn measure(&self, id: &str) -> Option<&MeasureRecord> {
        self.measures.iter().find(|record| record.id == *id)
    }

    /// Returns what a rater answered to a criterion or measure.
    pub fn answer(&self, id: &str, rater: &RaterId) -> Option<&AnswerRecord> {
        self.answers.iter().find(|answer| answer.id == *id && answer.rater == *rater)
    }

    /// Returns how many of the findings about which the sender is asked have a severity.
    pub fn graded(&self, severity: Severity) -> usize {
        self.asked().filter(|finding| finding.severity == severity).count()
    }

    /// Returns how many of these a sender hasn't explained, so that they are still to be answered.
    pub fn to_answer(&self, severity: Severity) -> usize {
        self.asked().filter(|finding| finding.severity == severity && !finding.is_settled()).count()
    }

    /// Returns the findings about which the sender is asked: those that not nearly everybody gets, and that don't say again what
    /// others say.
    pub fn asked(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| self.is_asked(finding))
    }

    /// Whether the sender is asked about a finding.
    fn is_asked(&self, finding: &Finding) -> bool {
        !finding.is_everybodys && !self.says_again(finding)
    }

    /// Whether a finding says no more than that answers are missing, each of which has a finding of its own.
    fn says_again(&self, finding: &Finding) -> bool {
        let Some(outcome) = self.outcome.as_ref().filter(|_| finding.rule == outcome_provisional::RULE.id) else {
            return false;
        };
        let others = || self.findings.iter().filter(|other| other.rule != finding.rule && !other.is_everybodys);
        let is_told = |id: &ItemId| others().any(|other| other.subject.as_deref() == Some(id.as_str()));
        outcome.unusable.is_empty() && outcome.missing.iter().all(is_told)
    }

    /// Returns the answers that are missing, but for those that may be, as the team decided.
    pub fn missing(&self) -> Vec<String> {
        let is_waived = |id: &&ItemId| {
            let of = |finding: &&Finding| finding.subject.as_deref() == Some(id.as_str());
            self.findings
                .iter()
                .filter(of)
                .any(|finding| finding.waived.is_some() && finding.is_of(&answer_blank::RULE))
        };
        let missing = self.outcome.iter().flat_map(|outcome| &outcome.missing);
        missing.filter(|id| !is_waived(id)).map(ToString::to_string).collect()
    }

    /// Returns it as a letter tells it, which asks nobody about others' cells.
    #[must_use]
    pub fn for_letter(mut self) -> Self {
        self.findings.retain(|finding| finding.whose.is_none());
        self
    }

    /// Returns it with those of its findings that are to be kept.
    pub fn keeping(&self, is_kept: impl Fn(&Finding) -> bool) -> Cow<'_, Self> {
        if self.findings.iter().all(&is_kept) {
            return Cow::Borrowed(self);
        }
        Cow::Owned(Self {
            findings: self.findings.iter().filter(|finding| is_kept(finding)).cloned().collect(),
            ..self.clone()
        })
    }

    /// Returns it as its sender is told of it.
    #[must_use]
    pub fn for_sender(&self) -> Cow<'_, Self> {
        self.keeping(|finding| self.is_asked(finding))
    }

    /// Returns the review of a file that wasn't read as a return.
    pub fn unread(file: &str, sha256: String, status: Status, findings: Vec<Finding>) -> Self {
        Self {
            file: file.to_owned(),
            sha256,
            made_from: None,
            framework: None,
            framework_version: None,
            organisation: None,
            kind: None,
            counts: None,
            status,
            fields: BTreeMap::new(),
            sections: Vec::new(),
            answers: Vec::new(),
            measures: Vec::new(),
            rows: Vec::new(),
            outcome: None,
            grades: Vec::new(),
            values: Vec::new(),
            findings,
            cells: CellCounts::default(),
            dates: Vec::new(),
            evidence: Vec::new(),
            content: String::new(),
            opinions: Vec::new(),
            units: Vec::new(),
            remarks: Vec::new(),
            plan: Vec::new(),
            paper: None,
        }
    }
}

/// What a section comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SectionRecord {
    /// Which section.
    pub id: SectionId,
    /// The score; `None` while answers are missing.
    pub score: Option<Exact>,
    /// The most that can be scored.
    pub max: Exact,
    /// The least that the score can become.
    pub lowest: Exact,
    /// The most that the score can become.
    pub highest: Exact,
    /// The score in per cent of the most.
    pub percent: Option<Exact>,
    /// The least and the most that this can become while answers are missing, where it isn't the same of the score: what may not apply
    /// leaves the most, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent_ends: Option<[Exact; 2]>,
    /// The weight in per cent; `None` where sections aren't weighted.
    pub weight: Option<Exact>,
    /// What it adds to the total, in percentage points.
    pub contribution: Option<Exact>,
}

impl SectionRecord {
    /// Whether something of it applies; where nothing does, it is neither scored nor open.
    pub fn applies(&self) -> bool {
        self.score.is_none() || !self.max.is_zero()
    }
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerRecord {
    /// Which criterion or measure.
    pub id: ItemId,
    /// Whose answer.
    pub rater: RaterId,
    /// What came of reading it.
    pub state: State,
    /// The answer; `None` unless it is given.
    pub value: Option<String>,
    /// What it counts; `None` where it leaves the outcome open.
    pub points: Option<Exact>,
    /// The sheet; `None` where the place is absent.
    pub sheet: Option<String>,
    /// The cell.
    pub cell: Option<String>,
}

/// What a measure comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MeasureRecord {
    /// Which measure.
    pub id: MeasureId,
    /// The value as typed.
    pub value: Option<Exact>,
    /// The points that the typed value earns.
    pub points: Option<Exact>,
    /// The points that are claimed, which the outcome uses.
    pub claimed: Option<Exact>,
    /// The value that the registers give.
    pub from_register: Option<Exact>,
    /// The least that the registers can give, where that rests on entries that can't be used; results leave it out otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register_lowest: Option<Exact>,
    /// The most that they can give.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register_highest: Option<Exact>,
    /// How many people the registers' value rests on.
    pub cohort: Option<Exact>,
}

/// What a row of a register comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RowRecord {
    /// Which register.
    pub register: RegisterId,
    /// The row's key.
    pub key: String,
    /// What it comes to; `None` where that can't be told, because it rests on an entry that can't be used.
    pub outcome: Option<String>,
    /// What it can come to, where that can't be told; results leave it out otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub can_be: Vec<String>,
    /// What is wanting in it; results leave it out where nothing is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<ActionRecord>,
}

/// Something that is wanting in a row of a register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ActionRecord {
    /// Which action.
    pub id: ActionId,
    /// What is wanting and what is to be done.
    pub text: String,
}

/// What a return comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OutcomeRecord {
    /// The band; `None` while answers are missing.
    pub band: Option<BandId>,
    /// The band by the total alone.
    pub raw_band: Option<BandId>,
    /// The total; `None` while answers are missing.
    pub total: Option<Exact>,
    /// The total as it is shown.
    pub display: Option<String>,
    /// The least that the total can become; `None` when nothing is missing.
    pub lowest: Option<Exact>,
    /// The most that the total can become.
    pub highest: Option<Exact>,
    /// The worst band that can come out.
    pub band_lowest: Option<BandId>,
    /// The best band that can come out.
    pub band_highest: Option<BandId>,
    /// The bands that can come out, the best first, where not all between the worst and the best can; results leave it out otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub can_be: Vec<BandId>,
    /// Whether the ends can really come out, or only hold all that can; results leave it out where they can.
    #[serde(default, skip_serializing_if = "Ends::are_reached")]
    pub ends: Ends,
    /// Whether, beside what can come out while answers are missing, there may be no total at all: where nothing applies of what it is worked
    /// out from. Results leave it out where not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub may_be_none: bool,
    /// Whether it is what a part comes to of which nothing applies, and which has no grade. Results leave it out where not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub does_not_apply: bool,
    /// The gates.
    pub gates: Vec<GateState>,
    /// The way to the next better band.
    pub next: Option<Route>,
    /// The criteria and measures without a usable answer.
    pub missing: Vec<ItemId>,
    /// The entries that are wanting or can't be used and on which the total or the band rests, by sheet and cell; results leave them out where
    /// there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unusable: Vec<String>,
    /// Those of them that are the organisation's own weights and don't come to the whole; results leave them out where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uneven: Vec<String>,
}

impl OutcomeRecord {
    /// Returns the band that is certain: the one awarded, or the only one that can come out whatever the missing answers say.
    pub fn settled(&self) -> Option<&BandId> {
        let only = || self.band_lowest.as_ref().filter(|lowest| Some(*lowest) == self.band_highest.as_ref());
        self.band.as_ref().or_else(only)
    }

    /// Whether an outcome that isn't settled can still become a band; an end that isn't known bounds nothing. `place` gives a band's
    /// place from the best.
    pub fn can_become(&self, band: &str, place: impl Fn(&str) -> Option<usize>) -> bool {
        if !self.is_open() || self.settled().is_some() {
            return false;
        }
        let end = |band: &Option<BandId>| band.as_ref().and_then(|band| place(band));
        let (best, worst) = (end(&self.band_highest), end(&self.band_lowest));
        let is_within = |own: usize| best.is_none_or(|best| best <= own) && worst.is_none_or(|worst| own <= worst);
        let is_among = self.can_be.is_empty() || self.can_be.iter().any(|one| *one == *band);
        is_among && place(band).is_some_and(is_within)
    }

    /// Says which band it is, or which can come out; `None` where neither is known.
    pub fn bands_in_words(&self, spec: &OutcomeSpec) -> Option<String> {
        let range = || {
            let (lowest, highest) = self.band_lowest.as_ref().zip(self.band_highest.as_ref())?;
            let bands = spec.bands_in_words(lowest, highest, &self.can_be);
            Some(if self.may_be_none { format!("{bands}, or none") } else { bands })
        };
        self.band.as_ref().map(|band| spec.band_title(band).to_owned()).or_else(range)
    }

    /// Says which entries keep the outcome open, and why: `2 entries are blank or can't be used`; `None` where none does.
    pub fn entries_in_words(&self) -> Option<String> {
        let told = || entries_told(self.unusable.len(), self.uneven.len()).replace('\'', "\u{2019}");
        (!self.unusable.is_empty()).then(told)
    }

    /// Whether the outcome is an interval.
    pub fn is_open(&self) -> bool {
        !self.missing.is_empty() || !self.unusable.is_empty()
    }
}

/// What a part of the scheme comes to in a grade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GradeRecord {
    /// Which grade.
    pub grade: GradeId,
    /// The name of the section, group or tag.
    pub of: String,
    /// What it comes to.
    #[serde(flatten)]
    pub outcome: OutcomeRecord,
}

/// What a named value of the scheme comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ValueRecord {
    /// Its name in the pack.
    pub name: String,
    /// As people call it.
    pub title: String,
    /// What it comes to, a number exactly; `None` where that isn't known.
    pub value: Option<String>,
    /// The least that it can be, while it is open; `None` where that isn't known.
    #[serde(default)]
    pub lowest: Option<String>,
    /// The most that it can be, while it is open; `None` where that isn't known.
    #[serde(default)]
    pub highest: Option<String>,
    /// Whether these ends can really come out, or only hold all that can; results leave it out where they can.
    #[serde(default, skip_serializing_if = "Ends::are_reached")]
    pub ends: Ends,
}

/// One dated step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DateRecord {
    /// Which step.
    pub step: StepId,
    /// As people call it.
    pub title: String,
    /// Whether it is the end of something, a certificate or a membership, rather than something to do.
    pub is_end: bool,
    /// The register whose row it is about; `None` where it is about the return.
    pub register: Option<RegisterId>,
    /// The row's key.
    pub row: Option<String>,
    /// The day on which it is due or ends; `None` where that isn't known.
    #[schemars(with = "Option<String>")]
    pub date: Option<Date>,
    /// From what the day is counted.
    pub basis: String,
    /// When it was done; `None` where it wasn't or nobody says so.
    #[schemars(with = "Option<String>")]
    pub done: Option<Date>,
    /// Where it stands.
    pub state: StepState,
    /// The day as of which it stands there; `None` where neither the season nor the return says one.
    #[schemars(with = "Option<String>")]
    pub as_of: Option<Date>,
    /// Why the day, or where the step stands, isn't known; `None` where both are.
    pub why: Option<String>,
}

/// What the filled cells of a workbook are; the four parts add up to all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CellCounts {
    /// All filled cells.
    pub total: usize,
    /// The issued form's own text.
    pub form: usize,
    /// What senders fill in.
    pub answers: usize,
    /// Formulas.
    pub formulas: usize,
    /// Cells that belong to nothing that the framework knows.
    pub unexpected: usize,
}
