//! The report on a return for its sender: as a report on its scores, as a letter, or as a paper for a Board.
//!
//! Every sentence is written here, by rules from the figures. Numbers come as text, rounded once; what charts need to know of a
//! size or a place comes as a number between its axis' ends.

mod criterion;
mod date;
mod declared;
mod finding;
pub(super) mod gauge;
mod grade;
pub(super) mod outcome;
pub(super) mod peer;
mod plan;
mod planned;
pub(super) mod remark;
pub(super) mod section;
pub(super) mod sent;

use std::borrow::Cow;

use super::earlier;
use super::pairs;
use super::peers::Peers;
use super::setting::{Around, Setting, of_scheme};
use super::subject::Subjects;
use crate::day::long_date;
use crate::document::branding::paragraphs;
use crate::document::letters::Letters;
use crate::document::{Document, Fact, Kind, Lies, Part};
use crate::finding::{Finding, Severity};
use crate::framework::{Field, FieldId, FieldRole, Framework, ReportKind, unmarked};
use crate::returns::EntryValue;
use crate::review::{PaperRecord, Review};
use crate::rules::outcome::near_boundary;
use crate::words::{capital, file_title, sentence};
use declared::{Declared, declared};

/// Returns the report on a return, of the kind that its pack declares; what wasn't read as a return has the plain one.
/// `peers` is the network, where the report compares with it.
pub fn on_return(setting: &Setting, framework: &Framework, review: &Review, peers: Option<&Peers>) -> Document {
    let document = match (framework.report_kind(), &review.paper) {
        (ReportKind::Letter, Some(paper)) => letter(setting, framework, review, paper),
        (ReportKind::BoardPaper, Some(paper)) => board_paper(setting, framework, review, paper),
        (ReportKind::Assessment, _) | (ReportKind::Letter | ReportKind::BoardPaper, None) => {
            assessment(setting, framework, review, peers)
        }
    };
    document.spelled(&framework.nouns)
}

/// Returns a review without the note on a near limit, where the outcome itself says so.
fn said_once<'a>(framework: &Framework, review: &'a Review) -> Cow<'a, Review> {
    let is_of_whole = |finding: &Finding| finding.is_of(&near_boundary::RULE) && finding.subject.is_none();
    let says_again = |finding: &Finding| is_of_whole(finding) && finding.severity == Severity::Note;
    if !outcome::tells_nearness(framework, review) {
        return Cow::Borrowed(review);
    }
    review.keeping(|finding| !says_again(finding))
}

/// Returns the report on a return's scores.
fn assessment(setting: &Setting, framework: &Framework, review: &Review, peers: Option<&Peers>) -> Document {
    let review = &*said_once(framework, review);
    let subjects = &Subjects::of(framework, review);
    let (name, noun) = (named(review), noun(framework));
    let scheme = versioned(framework);
    let around = Around {
        scheme: &scheme,
        of: kind_and_file(framework, review),
        ..around(setting, framework, Kind::Return, &noun, &name)
    };
    let document = setting.document(around, framework);
    let compared = peers.and_then(|peers| peer::part(subjects, peers));
    let quantiles = compared.is_some().then(|| format!("{QUARTILES} {USUAL}"));
    let Declared { within, enclosed } = declared(ReportKind::Assessment, setting.letter_date, subjects);
    Document { facts: facts(framework, review), ..document }
        .introduction(paragraphs(&setting.branding.return_introduction))
        .part(outcome::part(subjects))
        .part(within)
        .part(grade::parts(subjects))
        .part(section::part(subjects, peers))
        .part(grade::values(subjects))
        .part(finding::part("What to put right", subjects))
        .part(compared)
        .part(peers.iter().flat_map(|peers| &peers.earlier).filter_map(|of| earlier::part(framework, review, of)))
        .part(strengths(subjects))
        .part(plans(subjects))
        .part(date::part(subjects, setting.date))
        .part(criterion::part(subjects))
        .part(enclosed)
        .part(made("report", methods(framework, review, setting.letters, quantiles.as_deref())))
        .part(setting.contact("report"))
}

/// Returns what the report on a return is called: "Assessment report".
fn noun(framework: &Framework) -> String {
    let noun = capital(&framework.return_noun);
    if noun.to_lowercase().contains("report") { noun } else { format!("{noun} report") }
}

/// Returns what a return is strong in, and, where its reviewer notes that, what is to be developed.
fn strengths(subjects: &Subjects) -> Vec<Part> {
    if remark::has_remarks(subjects) {
        return vec![remark::strengths(subjects), remark::developments(subjects)];
    }
    // Where answers make no total, being met is what is asked and no strength.
    let is_scored = subjects.framework.outcome.has_total();
    plan::strengths(subjects).filter(|_| is_scored).into_iter().collect()
}

/// Returns the improvement plan: the sender's own where its rows are about issues in the sender's words.
fn plans(subjects: &Subjects) -> Option<Part> {
    let own = sent::part(subjects.framework, subjects.review, sent::Findings::Here);
    own.filter(|_| planned::Planned::of(subjects).is_none()).or_else(|| plan::plan(subjects))
}

/// Returns a letter on a return.
fn letter(setting: &Setting, framework: &Framework, review: &Review, paper: &PaperRecord) -> Document {
    let setting = &setting.of_one(framework, review);
    let day = Fact::new("Date", setting.letter_date.map_or_else(String::new, long_date));
    let reference = paper.reference.iter().map(|reference| Fact::new("Reference", reference));
    let facts = std::iter::once(day).chain(reference).chain(declared::facts(&paper.facts)).collect();
    let title = paper.reference.as_ref().unwrap_or(&paper.title);
    let head = [named(review), title.clone()];
    let noun = capital(&framework.return_noun);
    // A letter says on top who sends it.
    let kicker = [&setting.branding.organisation, &setting.branding.title, &framework.title];
    let kicker = kicker.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default();
    Document { kicker, facts, head, ..signed(setting, framework, review, Kind::Letter, &noun) }
}

/// Returns a paper on a return, for those who decide.
fn board_paper(setting: &Setting, framework: &Framework, review: &Review, paper: &PaperRecord) -> Document {
    let setting = &setting.of_one(framework, review);
    let head = [paper.title.clone(), paper.reference.clone().unwrap_or_else(|| named(review))];
    let document = signed(setting, framework, review, Kind::BoardPaper, "Paper for decision");
    Document { facts: declared::facts(&paper.facts), head, ..document }
}

/// Returns a document of a return that is signed: what its pack declares, and what is enclosed.
fn signed(setting: &Setting, framework: &Framework, review: &Review, kind: Kind, noun: &str) -> Document {
    let subjects = Subjects::of(framework, review);
    let (title, to) = review.paper.as_ref().map(|paper| (paper.title.clone(), paper.to.clone())).unwrap_or_default();
    let scheme = format!("{}, {}", named(review), versioned(framework));
    let of = format!("{}, {}", named(review), kind_and_file(framework, review));
    let around = Around { title: &title, scheme: &scheme, of, ..around(setting, framework, kind, noun, &title) };
    let document = setting.document(around, framework);
    let notices = document.notices.iter().cloned();
    let notices = notices.chain(outcome::replaced(review)).collect();
    let Declared { within, enclosed } = declared(framework.report_kind(), setting.letter_date, &subjects);
    let called = if kind == Kind::Letter { "letter" } else { "paper" };
    Document { to, notices, ..document }
        .introduction(paragraphs(&setting.branding.return_introduction))
        .part(within)
        .part(setting.contact(called))
        .part(enclosed)
        .part(made(called, methods(framework, review, setting.letters, None)))
}

/// Returns what stands around a document on a return.
pub(super) fn around<'a>(
    setting: &'a Setting,
    framework: &'a Framework,
    kind: Kind,
    noun: &'a str,
    title: &'a str,
) -> Around<'a> {
    let foot = &setting.branding.title;
    let foot = if foot.is_empty() { framework.title.clone() } else { of_scheme(framework, foot) };
    Around { kind, noun, title, scheme: &framework.title, of: String::new(), foot }
}

/// Returns how a document was made.
pub(super) fn made(called: &str, notes: Vec<String>) -> Part {
    Part::new(format!("How this {called} was made")).lying(Lies::Together).points(notes)
}

/// Returns a framework's title with its version.
pub(super) fn versioned(framework: &Framework) -> String {
    format!("{}, version {}", framework.title, framework.version)
}

/// Returns whose return it is; where it doesn't say, its file without folders and ending.
pub(super) fn named(review: &Review) -> String {
    review.organisation.clone().unwrap_or_else(|| file_title(&review.file))
}

/// Says which of an organisation's returns it is: for what it was sent where the form is sent for each of several, its kind, and its file
/// without folders and ending.
pub(super) fn kind_and_file(framework: &Framework, review: &Review) -> String {
    let each = each(framework, review).map(|(_, said)| shown(said));
    each.chain(review.kind.iter().cloned()).chain([file_title(&review.file)]).collect::<Vec<_>>().join(", ")
}

/// Returns the fields for each of whose entries an organisation sends a return, with what stands there.
fn each<'a>(framework: &'a Framework, review: &'a Review) -> impl Iterator<Item = (&'a Field, &'a EntryValue)> {
    let said = |id: &FieldId| Some((framework.field(id)?, review.fields.get(id.as_str())?));
    framework.one_for_each.iter().filter_map(said)
}

/// Returns a field's value as people write it: a date in words, all else as it is.
fn shown(value: &EntryValue) -> String {
    value.date().map_or_else(|| value.to_string(), long_date)
}

/// Returns what stands beside the title: which return this is.
fn facts(framework: &Framework, review: &Review) -> Vec<Fact> {
    let counts = review.counts.as_ref().and_then(|id| framework.rater(id));
    let field = |role| framework.field_for(role).and_then(|field| Some((field, review.fields.get(field.id.as_str())?)));
    let roles = [FieldRole::Unit, FieldRole::AssessmentDate, FieldRole::DataDate, FieldRole::Region];
    // What isn't a form of the framework mustn't look like one.
    let framework_named = review.framework.as_ref().map(|_| format!("{}, {}", framework.title, framework.version));
    let mut facts: Vec<Fact> = framework_named.map(|named| Fact::new("Framework", named)).into_iter().collect();
    let of_each = each(framework, review).filter(|(field, _)| field.role.is_none_or(|role| !roles.contains(&role)));
    facts.extend(of_each.map(|(field, value)| Fact::new(unmarked(&field.label), shown(value))));
    facts.extend(review.kind.iter().map(|kind| Fact::new("Kind of ¤return", kind)));
    facts.extend(counts.map(|rater| Fact::new("Answers that count", &rater.title)));
    // A return about the whole is about no part of it.
    let is_whole = framework.consolidation.as_ref().is_some_and(|spec| review.kind.as_ref() == Some(&spec.whole_kind));
    let fields = roles.into_iter().filter(|role| !is_whole || *role != FieldRole::Unit).filter_map(field);
    facts.extend(fields.map(|(field, value)| Fact::new(unmarked(&field.label), shown(value))));
    let name = review.file.rsplit('/').next().unwrap_or_default();
    facts.push(Fact::new("File", name));
    facts
}

/// Returns how the figures came about.
fn methods(framework: &Framework, review: &Review, letters: Letters, quantiles: Option<&str>) -> Vec<String> {
    let scored = framework.criteria().next().is_some() || framework.measures().next().is_some();
    // Where nothing is scored, forms keep totals of what their rows come to.
    let has_total = framework.outcome.has_total() || !scored;
    let trusted = format!(
        "{} are those typed in the workbook {}. {} worked out from them, whatever the workbook\u{2019}s own formulas say, \
         exactly{}.",
        match (scored, has_total) {
            (false, _) => "Entries",
            (true, true) => "Scores",
            (true, false) => "Answers",
        },
        file_title(&review.file),
        if has_total { "¤Totals are" } else { "The outcome is" },
        if has_total { ", and rounded only where they are printed" } else { "" }
    );
    let mut notes = Vec::new();
    if review.outcome.is_some() {
        notes.push(trusted);
        if scored {
            notes.push(MISSING.to_owned());
            notes.extend(quantiles.map(ToOwned::to_owned));
        }
        let about = format!("About the framework: {}", sentence(&framework.provenance));
        notes.extend((!framework.provenance.is_empty()).then_some(about));
    }
    if !letters.can_print(&named(review)) {
        notes.push("Letters that the report\u{2019}s fonts don\u{2019}t have are printed as \u{25a1}.".to_owned());
    }
    notes
}

/// What a missing answer does.
const MISSING: &str = "A missing answer isn\u{2019}t nought: while answers are missing, the outcome is given as the range of what \
                       it can become.";

/// How medians and quartiles of the network are worked out.
pub(super) const QUARTILES: &str =
    "Medians and quartiles of the ¤network are of type 7, as a spreadsheet\u{2019}s QUARTILE.INC.";

/// How the usual range of best scores is worked out.
const USUAL: &str = "The usual range of best scores is where about 95 in 100 ¤returns of this ¤network lie, given how much they \
                     differ beyond chance (Spiegelhalter\u{2019}s additive model for over-dispersion); it is told from 10 \
                     ¤returns on.";
