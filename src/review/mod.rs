//! One file, from bytes to all that can be said about it: always gives a [`Review`].
//!
//! [`review`] reads the workbook, recognises its framework, locates and reads the return, scores it by each rater's answers,
//! runs the rules and compares it with the form as issued. What can't be read is a review with the reason.

pub(crate) mod assemble;
mod attainable;
mod cause;
mod commented;
mod content;
mod declared;
mod direction;
pub mod evidence;
mod forgotten;
mod item;
mod neighbour;
mod offered;
mod opinion;
mod plan;
mod record;
pub mod rehearsal;
mod remark;
mod unit;
mod whole;
mod whose;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::finding::{Finding, Findings, Place};
use crate::form::{self, Issued};
use crate::framework::Framework;
use crate::layout::rule::{FRAMEWORK_UNRECOGNISED, SHEET_AMBIGUOUS};
use crate::layout::{Insisted, Nearest, Recogniser, Recognition, WorkbookText, locate};
use crate::ooxml::Limits;
use crate::outcome::score_all;
use crate::returns::{Private, Return, extract};
use crate::rules::{self, Judged};
use crate::schedule::{SeasonDates, schedule};
use crate::words::list;
use crate::workbook::{Source, Workbook, inspect, read};

pub use declared::{
    BlockRecord, CardRecord, CellRecord, ColumnRecord, FigureRecord, PaperRecord, RowTableRecord, TallyRecord, paper,
};
pub use opinion::OpinionRecord;
pub use plan::PlanRecord;
pub use record::{
    ActionRecord, AnswerRecord, CellCounts, DateRecord, GradeRecord, MeasureRecord, OutcomeRecord, Review, RowRecord,
    SectionRecord, Status, ValueRecord,
};
pub use remark::{RemarkKind, RemarkRecord};
pub use unit::UnitRecord;
pub use whole::WholeReview;

/// What reviews are made with, prepared once for all of them.
#[derive(Debug)]
pub struct Settings<'a> {
    /// The frameworks that returns may be of, each with its form, in the order in which they are tried.
    prepared: Vec<PreparedFramework<'a>>,
    /// Tells of which of them a workbook is.
    recogniser: Recogniser<'a>,
    /// The framework that all returns must be of; `None` where each may be of any.
    insisted: Option<Insisted>,
    /// Beyond what a file isn't read.
    limits: Limits,
    /// What the season says of dates.
    season: SeasonDates,
}

/// A framework, with its form, prepared when the first return of it comes.
#[derive(Debug)]
struct PreparedFramework<'a> {
    framework: &'a Framework,
    form: OnceLock<PreparedForm<'a>>,
}

/// What is prepared of a framework's form.
#[derive(Debug)]
struct PreparedForm<'a> {
    /// The form as issued, where the pack has one.
    issued: Option<Issued<'a>>,
    /// The runs of words of the form's own texts.
    runs: BTreeSet<u32>,
}

impl<'a> PreparedFramework<'a> {
    /// Returns what is prepared of the form.
    fn form(&self) -> &PreparedForm<'a> {
        let framework = self.framework;
        let prepare = || PreparedForm { issued: Issued::of(framework), runs: evidence::runs_of_form(framework) };
        self.form.get_or_init(prepare)
    }
}

impl<'a> Settings<'a> {
    /// Prepares reviewing returns of these frameworks.
    pub fn new(frameworks: &'a [Framework], limits: Limits) -> Self {
        let prepared = frameworks.iter().map(|framework| PreparedFramework { framework, form: OnceLock::new() });
        let recogniser = Recogniser::new(frameworks);
        Self { prepared: prepared.collect(), recogniser, insisted: None, limits, season: SeasonDates::default() }
    }

    /// Insists on a framework: returns of others aren't read as such.
    #[must_use]
    pub fn insisting(self, insisted: Option<Insisted>) -> Self {
        Self { insisted, ..self }
    }

    /// Returns these settings for returns of a season that says something of dates.
    #[must_use]
    pub fn in_season(self, season: SeasonDates) -> Self {
        Self { season, ..self }
    }
}

/// Reviews one file.
pub fn review(settings: &Settings, source: &Source) -> Review {
    read_and_review(settings, source).0
}

/// A workbook that was read for its review.
#[derive(Debug)]
pub struct Seen {
    /// The workbook.
    pub workbook: Workbook,
    /// What may not leave it.
    pub private: Private,
}

/// Reviews one file, and returns what was read too; `None` where it can't be read.
pub fn read_and_review(settings: &Settings, source: &Source) -> (Review, Option<Seen>) {
    match read(source, &settings.limits) {
        Ok(workbook) => {
            let (review, seen) = review_seen(settings, source, workbook);
            (review, Some(seen))
        }
        Err(error) => {
            let findings = vec![inspect::finding_of(&error)];
            (Review::unread(&source.name, source.sha256(), Status::Unreadable, findings), None)
        }
    }
}

/// Reviews a file by a workbook that was read of it.
pub fn review_seen(settings: &Settings, source: &Source, workbook: Workbook) -> (Review, Seen) {
    let mut findings = Findings::default();
    inspect::inspect(source, &workbook, &mut findings);
    let (review, private) = review_read(settings, &source.name, source.sha256(), &workbook, findings);
    (review, Seen { workbook, private })
}

/// Returns what may not leave a workbook.
pub fn private_in(settings: &Settings, workbook: &Workbook) -> Option<Private> {
    let text = WorkbookText::new(workbook);
    match settings.recogniser.recognise(settings.insisted.as_ref(), &text) {
        Recognition::Fits(framework) | Recognition::Other(framework) => Some(private_by(framework, &text)),
        Recognition::Unrecognised(_) => None,
    }
}

/// Returns what may not leave a workbook that is a return of a framework.
pub fn private_of(framework: &Framework, workbook: &Workbook) -> Private {
    private_by(framework, &WorkbookText::new(workbook))
}

/// Returns what may not leave a workbook by its texts.
fn private_by(framework: &Framework, text: &WorkbookText) -> Private {
    Private::of(framework, text.workbook, &locate(framework, text, &mut Findings::default()))
}

/// Returns what a workbook holds, read as a return of a framework.
pub fn sent(framework: &Framework, workbook: &Workbook) -> Return {
    let (workbook, mut findings) = (commented::over_blank_cells(framework, workbook), Findings::default());
    let layout = locate(framework, &WorkbookText::new(&workbook), &mut findings);
    extract(framework, &workbook, &layout, &mut findings)
}

/// Reviews a workbook that is read already.
pub fn review_workbook(settings: &Settings, file: &str, workbook: &Workbook) -> Review {
    review_read(settings, file, String::new(), workbook, Findings::default()).0
}

/// Recognises a workbook's framework and reviews it as a return of it; with what may not leave the workbook.
fn review_read(
    settings: &Settings,
    file: &str,
    sha256: String,
    workbook: &Workbook,
    mut findings: Findings,
) -> (Review, Private) {
    let text = WorkbookText::new(workbook);
    match settings.recogniser.recognise(settings.insisted.as_ref(), &text) {
        Recognition::Fits(framework) => {
            let prepared = settings.prepared.iter().find(|prepared| std::ptr::eq(prepared.framework, framework));
            let prepared = prepared.expect("it was recognised among these");
            let others = settings.recogniser.others(framework, &text);
            findings.extend(others.iter().map(|(other, sheets)| second_form(framework, other, sheets)));
            let commented = commented::over_blank_cells(framework, workbook);
            let own;
            let text = match &commented {
                Cow::Borrowed(_) => &text,
                Cow::Owned(commented) => {
                    own = WorkbookText::new(commented);
                    &own
                }
            };
            let (review, private) = review_return(prepared, &settings.season, file, text, findings);
            return (Review { sha256, content: content::digest(workbook), ..review }, private);
        }
        Recognition::Other(other) => {
            findings.extend(settings.insisted.as_ref().map(|insisted| foreign(settings, other, insisted)));
        }
        Recognition::Unrecognised(nearest) => findings.push(unrecognised(nearest.as_ref())),
    }
    (Review::unread(file, sha256, Status::Unrecognised, findings.into_sorted()), Private::default())
}

/// Reviews a return of a framework.
fn review_return(
    prepared: &PreparedFramework,
    season: &SeasonDates,
    file: &str,
    text: &WorkbookText,
    mut findings: Findings,
) -> (Review, Private) {
    let (framework, form) = (prepared.framework, prepared.form());
    let issued = form.issued.as_ref();
    let layout = locate(framework, text, &mut findings);
    let sent = extract(framework, text.workbook, &layout, &mut findings);
    let scored = score_all(framework, &sent, season.data_date);
    let (outcomes, variants) = (&scored.outcomes, rules::variants(framework, &scored));
    let bases = rules::bases(framework, &sent, outcomes);
    let counted = outcomes.get(&sent.counts).zip(bases.get(&sent.counts));
    let (counted, rests_on) = counted.expect("each rater of the framework has an outcome");
    let schedule = schedule(&sent, counted, rests_on, season);
    let judged = Judged {
        framework,
        sent: &sent,
        outcomes,
        schedule: &schedule,
        season_date: season.data_date,
        bases: &bases,
        variants: variants.as_deref(),
    };
    rules::run(&judged, &mut findings);
    if let Some(issued) = issued {
        form::tampering(framework, issued, text.workbook, &layout, &sent, &mut findings);
        form::reworded(framework, issued, text.workbook, &layout, &mut findings);
        findings.extend(form::version(framework, issued, &sent));
    }
    let account = form::account(framework, issued, text, &layout, &sent, &mut findings);
    let mut findings = findings.into_sorted();
    rules::regrade(framework, &mut findings);
    let findings = cause::before_effects(&judged, text.workbook, findings);
    let findings = neighbour::said(&judged, text.workbook, findings);
    let mut findings = whose::said(framework, text.workbook, &layout, &sent, findings);
    item::said(framework, &mut findings);
    for finding in &mut findings {
        finding.reword(&|text| framework.spelled(text));
        sent.private.keep(finding);
        // What is cut in its middle is known for personal data no more.
        finding.shorten();
    }
    let evidence = evidence::evidence(framework, &sent, &form.runs);
    let paper = paper(&judged);
    let review = Review { evidence, paper, ..assemble::assemble(file, &judged, account, findings) };
    (review, sent.private)
}

/// Says that a workbook is of another framework than the one that all must be of.
fn foreign(settings: &Settings, other: &Framework, insisted: &Insisted) -> Finding {
    let meant =
        settings.prepared.iter().map(|prepared| prepared.framework).find(|framework| insisted.is_met_by(framework));
    let meant = meant.map_or(insisted.framework.as_str(), |framework| &framework.title);
    let message = format!("this is a return of “{}”; all returns here are to be of “{meant}”", other.title);
    Finding::new(&FRAMEWORK_UNRECOGNISED, Place::Workbook, message)
        .with_help("Take it to the returns of its own framework, or check it without insisting on one.")
}

/// Says that a workbook holds the form of another framework, too, on these sheets.
fn second_form(own: &Framework, other: &Framework, sheets: &[String]) -> Finding {
    let sheets: Vec<String> = sheets.iter().map(|sheet| format!("“{sheet}”")).collect();
    let message = format!(
        "the form of “{}” is in this workbook, too ({}); it was read as a return of “{}”, and nothing on the other form counts",
        other.title,
        list(&sheets.iter().map(String::as_str).collect::<Vec<_>>()),
        own.title
    );
    let help = "Send each form in a workbook of its own.";
    Finding::new(&SHEET_AMBIGUOUS, Place::Workbook, message).with_help(help)
}

/// Says that no framework fits, and how near the nearest comes.
fn unrecognised(nearest: Option<&Nearest>) -> Finding {
    let message = match nearest {
        Some(Nearest { framework, found, all, sheets }) => format!(
            "no framework fits: the nearest is “{}”, of whose form {found} of {all} texts and {sheets} of {} sheets are here",
            framework.title,
            framework.sheets.len()
        ),
        None => "no framework fits: the workbook has nothing in common with any form".to_owned(),
    };
    Finding::new(&FRAMEWORK_UNRECOGNISED, Place::Workbook, message)
        .with_help("Check that it is a return; if it is, send it in the form as issued, or name its framework.")
}
