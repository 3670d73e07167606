//! What the template of a return report may see.
//!
//! Every sentence is written here, by rules from the figures; a template only says where it stands. Numbers come as text,
//! rounded once. What charts need to know of a size or a place comes as a number between its axis' ends.

mod criterion;
mod date;
mod finding;
mod gauge;
pub(in crate::report) mod outcome;
mod paper;
mod peer;
mod plan;
mod planned;
pub(in crate::report) mod remark;
pub(in crate::report) mod section;
pub(in crate::report) mod sent_plan;

use jiff::civil::Date;
use serde::Serialize;

use super::peers::Peers;
use super::setting::{Setting, illustrative};
use super::subject::Subjects;
use crate::day::long_date;
use crate::document::branding::paragraphs;
use crate::document::colour::Colour;
use crate::document::letters::Letters;
use crate::framework::{FieldRole, Framework};
use crate::review::{Review, Status};
use crate::words::{capital, file_title, list, sentence};

pub(in crate::report) use gauge::{Gauge, gauge};
pub(in crate::report) use outcome::GateView;
pub(in crate::report) use sent_plan::SentPlanView;

/// The colour of quiet texts.
const QUIET: Colour = Colour([0x51, 0x5c, 0x66]);

/// How a report looks and whose it is.
#[derive(Clone, Debug, Serialize)]
pub struct Look {
    /// The brand's colour, for rules.
    rule: String,
    /// The brand's colour for text, as far as it can be read.
    accent: String,
    panel: String,
    /// The colours of texts and of quiet texts on the panel.
    panel_ink: String,
    panel_quiet: String,
    owner: String,
    title: String,
    logo: Option<String>,
    logo_alt: String,
    /// The day in words: "20 April 2026"; empty where none is known.
    date: String,
    /// The same as the end of a line: ", as of 20 April 2026".
    as_of: String,
    contact: String,
}

/// A label with its value.
#[derive(Clone, Debug, Serialize)]
pub(in crate::report) struct Fact {
    /// What it is.
    pub(in crate::report) label: String,
    /// Its value.
    pub(in crate::report) value: String,
}

/// What `return.typ` may see.
#[derive(Clone, Debug, Serialize)]
pub struct ReturnView {
    look: Look,
    organisation: String,
    noun: String,
    framework: String,
    facts: Vec<Fact>,
    illustrative: Option<String>,
    introduction: Vec<String>,
    outcome: outcome::OutcomeView,
    paper: Option<paper::PaperView>,
    sections: Option<section::SectionsView>,
    peers: Option<peer::PeersView>,
    findings: finding::FindingsView,
    strengths: Option<plan::StrengthsView>,
    remarks: Option<remark::RemarksView>,
    sent_plan: Option<SentPlanView>,
    plan: Option<plan::PlanView>,
    dates: Option<date::DatesView>,
    criteria: Option<criterion::CriteriaView>,
    methods: Vec<String>,
}

impl Look {
    /// Returns how reports of this setting look.
    pub fn of(setting: &Setting, title: &str) -> Self {
        let branding = &setting.branding;
        let titled = if branding.title.is_empty() { title } else { &branding.title };
        let date = setting.date.map_or_else(String::new, long_date);
        let panel_ink = Colour::INK.readable_on(&[branding.panel]);
        Self {
            rule: branding.accent.to_string(),
            accent: branding.accent.readable_on(&[Colour::WHITE]).to_string(),
            panel: branding.panel.to_string(),
            panel_ink: panel_ink.to_string(),
            panel_quiet: QUIET.readable_on(&[branding.panel]).to_string(),
            owner: branding.organisation.clone(),
            title: titled.to_owned(),
            logo: branding.logo.as_ref().map(|logo| logo.name().to_owned()),
            logo_alt: branding.logo.as_ref().map_or_else(String::new, |logo| logo.alt.clone()),
            as_of: if date.is_empty() { String::new() } else { format!(", as of {date}") },
            date,
            contact: branding.contact.clone(),
        }
    }
}

impl Fact {
    /// Returns a fact.
    pub(in crate::report) fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

impl ReturnView {
    /// Returns what a return's report says.
    pub fn new(setting: &Setting, framework: &Framework, review: &Review, peers: Option<&Peers>) -> Self {
        let subjects = Subjects::of(framework, review);
        let introduction = paragraphs(&setting.branding.return_introduction);
        let compared = peers.and_then(|peers| peer::view(framework, review, peers, &subjects));
        let remarks = remark::view(framework, review, &subjects);
        let sent_plan =
            sent_plan::view(framework, review).filter(|_| planned::Planned::of(framework, review).is_none());
        Self {
            look: Look::of(setting, &framework.title),
            organisation: named(review),
            noun: capital(&framework.return_noun),
            framework: format!("{}, version {}", framework.title, framework.version),
            facts: facts(framework, review),
            illustrative: illustrative(framework),
            introduction,
            outcome: outcome::view(framework, review, &subjects),
            paper: paper::view(framework.report_kind(), review, setting.date),
            sections: section::view(framework, review, peers),
            findings: finding::view(review, &subjects),
            strengths: plan::strengths(framework, review, &subjects).filter(|_| remarks.is_none()),
            plan: plan::plan(framework, review, &subjects).filter(|_| sent_plan.is_none()),
            remarks,
            sent_plan,
            dates: date::view(review, &subjects),
            criteria: criterion::view(framework, review, &subjects),
            methods: methods(framework, review, setting.letters, compared.is_some().then_some(QUANTILES)),
            peers: compared,
        }
    }
}

/// Returns whose return it is; where it doesn't say, its file without folders and ending.
fn named(review: &Review) -> String {
    review.organisation.clone().unwrap_or_else(|| file_title(&review.file))
}

/// Returns a field's value as people write it: a date in words, all else as it is.
fn shown(value: &str) -> String {
    value.parse::<Date>().map_or_else(|_| value.to_owned(), long_date)
}

/// Returns what stands beside the title: which return this is.
fn facts(framework: &Framework, review: &Review) -> Vec<Fact> {
    let counts = review.counts.as_ref().and_then(|id| framework.rater(id));
    let field = |role| framework.field_for(role).and_then(|field| Some((field, review.fields.get(field.id.as_str())?)));
    let label = |text: &str| text.trim_end_matches([':', ' ']).to_owned();
    let roles = [FieldRole::Unit, FieldRole::AssessmentDate, FieldRole::DataDate, FieldRole::Region];
    // What isn't a form of the framework mustn't look like one.
    let known = review.framework.as_ref().map(|_| format!("{}, {}", framework.title, framework.version));
    let mut facts: Vec<Fact> = known.map(|known| Fact::new("Framework", known)).into_iter().collect();
    facts.extend(review.kind.iter().map(|kind| Fact::new("Kind of return", kind)));
    facts.extend(counts.map(|rater| Fact::new("Scores that count", &rater.title)));
    // A return about the whole is about no part of it.
    let is_whole = framework.consolidation.as_ref().is_some_and(|spec| review.kind.as_ref() == Some(&spec.whole_kind));
    let fields = roles.into_iter().filter(|role| !is_whole || *role != FieldRole::Unit).filter_map(field);
    facts.extend(fields.map(|(field, value)| Fact::new(label(&field.label), shown(value))));
    facts.push(Fact::new("File", &review.file));
    facts
}

/// Returns how the figures came about.
fn methods(framework: &Framework, review: &Review, letters: Letters, quantiles: Option<&str>) -> Vec<String> {
    let mut notes = Vec::new();
    if review.outcome.is_some() {
        let scored = framework.criteria().next().is_some() || framework.measures().next().is_some();
        notes.push(format!(
            "{} are those typed in the workbook {}; no formula was worked out again and none was trusted. Totals are \
             worked out exactly and rounded only where they are printed.",
            if scored { "Scores" } else { "Entries" },
            review.file
        ));
        notes.extend(scored.then(|| MISSING.to_owned()));
        notes.extend(quantiles.filter(|_| scored).map(ToOwned::to_owned));
        notes.extend(scored.then(|| trace(framework, review)));
        notes.extend(
            (!framework.provenance.is_empty())
                .then(|| format!("About the framework: {}", sentence(&framework.provenance))),
        );
    }
    if !letters.can_print(&named(review)) {
        notes.push("Letters that the report\u{2019}s fonts don\u{2019}t have are printed as \u{25a1}.".to_owned());
    }
    notes.push(format!("SHA-256 of the workbook: {}", grouped(&review.sha256)));
    notes
}

/// Says how a figure of the report is followed to the cells that it rests on.
fn trace(framework: &Framework, review: &Review) -> String {
    let section = framework.sections.first();
    let criterion = section.and_then(|section| section.criteria.first());
    let mut ends = vec!["/total".to_owned()];
    ends.extend(section.map(|section| format!("/section/{}", section.id)));
    ends.extend(criterion.map(|criterion| format!("/criterion/{}", criterion.id)));
    format!(
        "Who has the season\u{2019}s outputs can follow a figure to the cells that it rests on: \u{201c}scrutineer explain --figure \
         ID OUT\u{201d}, where the ID is {}/return/{} with an end such as {}.",
        framework.id,
        review.file,
        list(&ends)
    )
}

/// What a missing answer does.
const MISSING: &str = "A missing answer isn\u{2019}t nought: while answers are missing, the outcome is given as the range of what \
                       it can become.";

/// How the network's figures are worked out.
const QUANTILES: &str = "Medians and quartiles of the network are of type 7, as a spreadsheet\u{2019}s QUARTILE.INC. The expected \
                         range is where 95 in 100 returns would lie if they differed from the network only by chance.";

/// Returns a digest in groups, so that it can break over lines and be read aloud.
fn grouped(digest: &str) -> String {
    let letters: Vec<char> = digest.chars().collect();
    letters.chunks(8).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// Returns what became of a file, as a heading.
fn standing(status: Status) -> &'static str {
    match status {
        Status::Scored => "Scored",
        Status::Provisional => "Provisional",
        Status::Unreadable => "Could not be read",
        Status::Unrecognised => "Framework not recognised",
        Status::Duplicate => "Duplicate",
        Status::Superseded => "Superseded",
    }
}
