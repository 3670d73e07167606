//! Decisions of the quality-assurance team that findings stand as they are, applied once, after grading.
//!
//! A waiver silences the findings that it names, with what follows from them, and no other: of its rule, of its return or organisation,
//! at its place, with the value that it covers, up to its last day. What it names stays in all outputs, as a note that says who decided
//! why.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::day::long_date;
use crate::finding::{Finding, Place, Rule, Waived};
use crate::review::Review;
use crate::season::decision::{Decision, DecisionState, WAIVER_EXCEEDED, WAIVER_EXPIRED, WAIVER_UNUSED};
use crate::season::standing::Displacement;
use crate::season::{Season, SeasonReturn};
use crate::wording::Wording;

/// What a waiver names, why, who decided it, and until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// The public name of the rule.
    pub rule: String,
    /// The return's file, as outputs name it; `None` where the organisation alone says whose finding it is.
    #[serde(rename = "return", skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The organisation, in any spelling; `None` where the return alone says whose finding it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The cell or range with its sheet, `Scores!C7`, or the sheet alone; `None` for findings at none, or wherever they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// The criterion, measure, field or row key; `None` for findings about none, or whatever they are about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The value that it covers: what was found, empty where nothing stands; for findings that have none what they say, and for those of
    /// the season the files that they are about. `None` covers any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// Why.
    pub reason: String,
    /// Who decided it.
    pub by: String,
    /// The last day on which it holds, as the season's data date counts.
    pub until: Date,
}

/// How a waiver and a finding go together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// It names another.
    Other,
    /// It names the finding, but covers another value.
    OtherValue,
    /// It names the finding as it is.
    Whole,
}

/// What came of a waiver.
#[derive(Clone, Copy, Default)]
struct Use {
    /// It names a finding as it is.
    is_used: bool,
    /// It names a finding with another value.
    is_exceeded: bool,
    /// How many findings it settles.
    settles: usize,
}

/// Where a finding stands: in a return, or over several of the season.
#[derive(Clone, Copy)]
enum Of<'a> {
    /// The return, with whose the season's returns are.
    Return(&'a Review, &'a Whose),
    /// The season, with whose its returns are.
    Season(&'a Whose),
}

impl<'a> Of<'a> {
    /// Returns the files that a finding is about, with those that its return is the answer to, and the organisations: of the season also
    /// those whose returns it names.
    fn whose(self, finding: &'a Finding) -> (Vec<&'a str>, Vec<&'a str>) {
        match self {
            Self::Return(review, whose) => {
                let files = whose.answered(&review.file).chain([review.file.as_str()]);
                (files.collect(), review.organisation.as_deref().into_iter().collect())
            }
            Self::Season(whose) => {
                let named = finding.files().iter().filter_map(|file| whose.names.get(file)).flatten();
                let organisations = finding.organisation().into_iter().chain(named.map(String::as_str));
                (finding.files().iter().map(String::as_str).collect(), organisations.collect())
            }
        }
    }
}

/// Whose the returns of a season are.
struct Whose {
    /// By file: as they say it, and as the season calls it.
    names: BTreeMap<String, Vec<String>>,
    /// The returns that were answered, each with the file that counts in its place: also those that aren't here any more, by the names that our
    /// copies have.
    answers: BTreeMap<String, String>,
}

impl Whose {
    fn of(season: &Season) -> Self {
        let names = |sent: &SeasonReturn| {
            [&sent.review.organisation, &sent.organisation].into_iter().flatten().cloned().collect::<Vec<_>>()
        };
        let answered = season.displaced.iter().filter(|displaced| displaced.reason == Displacement::Answered);
        let names: BTreeMap<String, Vec<String>> =
            season.returns.iter().map(|sent| (sent.review.file.clone(), names(sent))).collect();
        let copy_of = |file: &String| (file.replacen(".annotated.", ".", 1), file.clone());
        let copies = names.keys().filter(|file| file.contains(".annotated.")).map(copy_of);
        let alone = copies.filter(|(original, _)| !names.contains_key(original));
        let answered = answered.map(|displaced| (displaced.file.clone(), displaced.by.clone()));
        let answers = alone.chain(answered).collect();
        Self { names, answers }
    }

    /// Returns the files that a file is the answer to: what was decided of them was decided of what stands in it too.
    fn answered<'a>(&'a self, file: &str) -> impl Iterator<Item = &'a str> {
        self.answers.iter().filter(move |(_, by)| *by == file).map(|(answered, _)| answered.as_str())
    }

    /// Returns whose the return in a file is, as the season calls it; `None` where that isn't known.
    fn of_file(&self, file: &str) -> Option<String> {
        self.names.get(file)?.last().cloned()
    }
}

/// All waivers of a season.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Waivers(pub Vec<Waiver>);

impl Waivers {
    /// Marks what they name in the returns and in the season, as of a day, and returns what is to be told of those that are expired,
    /// exceeded or unused.
    pub fn apply(&self, season: &mut Season, date: Option<Date>) -> Vec<Finding> {
        let mut uses = vec![Use::default(); self.0.len()];
        let whose = Whose::of(season);
        for sent in &mut season.returns {
            let findings = std::mem::take(&mut sent.review.findings);
            let of = Of::Return(&sent.review, &whose);
            // What was answered has nothing left to settle; the answer has.
            let mut nowhere = uses.clone();
            let count = if whose.answers.contains_key(&sent.review.file) { &mut nowhere } else { &mut uses };
            let waived = findings.into_iter().flat_map(|finding| self.waived(finding, of, date, count));
            sent.review.findings = waived.collect::<Vec<_>>();
        }
        let findings = std::mem::take(&mut season.findings);
        let of = Of::Season(&whose);
        let across = findings.into_iter().flat_map(|finding| self.waived(finding, of, date, &mut uses));
        season.findings = across.collect();
        let all = || self.0.iter().zip(&uses);
        season.decisions.waivers = all().map(|(waiver, used)| waiver.decided(*used, &whose, date)).collect();
        all().filter_map(|(waiver, used)| waiver.told(*used, date)).collect()
    }

    /// Marks a finding with what follows from it; what is waived apart from its cause stands by itself.
    fn waived(&self, finding: Finding, of: Of, date: Option<Date>, uses: &mut [Use]) -> Vec<Finding> {
        let (cause, effects) = finding.apart();
        let decided = self.decided(&cause, of, date, uses);
        let (mut apart, mut along) = (Vec::new(), Vec::new());
        for effect in effects {
            match self.decided(&effect, of, date, uses) {
                Some(waiver) => apart.push(effect.waived(&waiver.decision())),
                None => along.push(effect),
            }
        }
        let cause = cause.with_effects(along);
        let cause = decided.iter().fold(cause, |cause, waiver| cause.waived(&waiver.decision()));
        std::iter::once(cause).chain(apart).collect()
    }

    /// Returns the first of them that names a finding as it is, and holds.
    fn decided(&self, finding: &Finding, of: Of, date: Option<Date>, uses: &mut [Use]) -> Option<&Waiver> {
        let mut decided = None;
        for (waiver, used) in self.0.iter().zip(uses) {
            let fit = waiver.fit(finding, of);
            used.is_used |= fit == Fit::Whole;
            used.is_exceeded |= fit == Fit::OtherValue;
            if fit == Fit::Whole && !waiver.is_expired(date) && decided.is_none() {
                used.settles += 1;
                decided = Some(waiver);
            }
        }
        decided
    }
}

impl Waiver {
    /// Whether another names the same, for whatever reason and until whenever.
    pub fn names_the_same(&self, other: &Self) -> bool {
        let name = |of: &Self| {
            (
                of.rule.clone(),
                of.file.clone(),
                of.organisation.clone(),
                of.cell.clone(),
                of.subject.clone(),
                of.found.clone(),
            )
        };
        name(self) == name(other)
    }

    /// Returns how it goes together with a finding of a return, or of the season.
    fn fit(&self, finding: &Finding, of: Of) -> Fit {
        let is_meant = self.rule == finding.rule.as_str() && self.is_of(finding, of) && self.is_at(finding);
        match &self.found {
            _ if !is_meant => Fit::Other,
            Some(found) if !covers(found, finding) => Fit::OtherValue,
            Some(_) | None => Fit::Whole,
        }
    }

    /// Whether the finding is of the return and the organisation that it names.
    fn is_of(&self, finding: &Finding, of: Of) -> bool {
        let (files, organisations) = of.whose(finding);
        let is_name = |name: &String| organisations.iter().any(|whose| Wording::of(whose) == Wording::of(name));
        self.file.as_ref().is_none_or(|file| files.contains(&file.as_str()))
            && self.organisation.as_ref().is_none_or(is_name)
    }

    /// Whether the finding is at the cell, or about the subject, that it names. Where it names neither it means a finding that has
    /// neither, save where a value tells which it means, or it covers any.
    fn is_at(&self, finding: &Finding) -> bool {
        let is_cell = self.cell.as_ref().is_none_or(|cell| place(finding).as_ref() == Some(cell));
        let is_subject = self.subject.as_ref().is_none_or(|subject| finding.is_about(subject));
        let is_told = self.cell.is_some() || self.subject.is_some() || self.found.as_deref() != Some("");
        let is_at_none = place(finding).is_none() && finding.subject.is_none();
        is_cell && is_subject && (is_told || is_at_none)
    }

    /// Whether its last day is past.
    fn is_expired(&self, date: Option<Date>) -> bool {
        date.is_some_and(|date| self.until < date)
    }

    /// Returns what it decides.
    fn decision(&self) -> Waived {
        let until = self.until.to_string();
        Waived { reason: self.reason.clone(), by: self.by.clone(), until, ..Waived::default() }
    }

    /// Returns it with what came of it, to be listed.
    fn decided(&self, used: Use, whose: &Whose, date: Option<Date>) -> Decision {
        let state = match used {
            Use { settles, .. } if settles > 0 => DecisionState::Holds(settles),
            Use { is_used: true, .. } if self.is_expired(date) => DecisionState::Ended,
            Use { is_used: true, .. } => DecisionState::Repeated,
            Use { is_exceeded: true, .. } => DecisionState::Exceeded,
            Use { .. } => DecisionState::Unused,
        };
        Decision {
            rule: self.rule.clone(),
            file: self.file.clone(),
            organisation: self.organisation.clone().or_else(|| whose.of_file(self.file.as_ref()?)),
            at: self.cell.clone().or_else(|| self.subject.clone()),
            covers: self.found.clone(),
            reason: self.reason.clone(),
            by: self.by.clone(),
            until: self.until,
            state,
        }
    }

    /// Returns what is wrong with it after a run; `None` where it did what it is for.
    fn told(&self, used: Use, date: Option<Date>) -> Option<Finding> {
        let what = format!("the waiver of `{}`{}", self.rule, self.whose());
        if used.is_used && self.is_expired(date) {
            let message = format!("{what} ended on {}, and what it covers is still there", long_date(self.until));
            return Some(self.finding(&WAIVER_EXPIRED, message, "Decide again: give it a later day, or take it out."));
        }
        if used.is_exceeded && !used.is_used {
            let found = self.found.as_deref().unwrap_or_default();
            let message = format!("{what} covers \u{201c}{found}\u{201d}, and something else stands there now");
            let help = "Look at the value that stands there now, and decide again with `scrutineer waive`.";
            return Some(self.finding(&WAIVER_EXCEEDED, message, help));
        }
        let help = "Take it out, or check that it names the finding that you mean.";
        (!used.is_used).then(|| self.finding(&WAIVER_UNUSED, format!("{what} names nothing that was found"), help))
    }

    /// Returns the words for what it names, after the rule.
    fn whose(&self) -> String {
        let at = self.cell.as_ref().or(self.subject.as_ref()).map(|at| format!(" at {at}"));
        let of = self.file.as_ref().or(self.organisation.as_ref()).map(|of| format!(" of {of}"));
        format!("{}{}", at.unwrap_or_default(), of.unwrap_or_default())
    }

    fn finding(&self, rule: &'static Rule, message: String, help: &str) -> Finding {
        let place = Place::of_season(self.organisation.as_deref(), self.file.as_deref());
        Finding::new(rule, place, message).with_help(help)
    }

    /// Returns the waiver that names one finding and no other, with why, who decided it, and its last day.
    pub fn of(finding: &Finding, of: Option<&Review>, reason: &str, by: &str, until: Date) -> Self {
        let file = of.map_or_else(|| finding.files().first().cloned(), |review| Some(review.file.clone()));
        Self {
            rule: finding.rule.to_string(),
            organisation: file.is_none().then(|| finding.organisation().map(ToOwned::to_owned)).flatten(),
            file,
            cell: place(finding),
            subject: finding.subject.clone(),
            found: Some(value(finding)),
            reason: reason.to_owned(),
            by: by.to_owned(),
            until,
        }
    }
}

/// Returns where a finding of a return stands, as waivers name it.
fn place(finding: &Finding) -> Option<String> {
    match (finding.sheet(), finding.cell()) {
        (Some(sheet), Some(cell)) => Some(format!("{sheet}!{cell}")),
        (Some(sheet), None) => Some(sheet.to_owned()),
        (None, _) => None,
    }
}

/// Returns the value that a waiver of a finding covers: what was found, else what the finding says, such as by how much a total misses a
/// band. What a finding of the season says hangs on much else, such as the nearest name on the roster: its files stand for it there.
fn value(finding: &Finding) -> String {
    let found = finding.found.clone();
    match &finding.place {
        Place::Season { .. } => found.unwrap_or_else(|| finding.files().join(", ")),
        Place::Workbook | Place::Sheet(_) | Place::Cells(..) | Place::Definition { .. } => {
            found.unwrap_or_else(|| finding.message.clone())
        }
    }
}

/// Whether a waiver of this value covers a finding: the value is the same, or of a finding of the season, whose results keep no value, its
/// files, or what it says, as such waivers were written by their message. Waivers of other findings without a value were once written without
/// what these say.
fn covers(found: &str, finding: &Finding) -> bool {
    let is_of_season = matches!(finding.place, Place::Season { .. });
    let stands_for = || found == finding.message || found == finding.files().join(", ");
    let says_nothing = || found.is_empty() && finding.found.is_none();
    found == value(finding) || if is_of_season { stands_for() } else { says_nothing() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;
    use crate::cell::CellRef;
    use crate::finding::Severity;
    use crate::season::standing::Displaced;

    /// Returns a waiver of a rule for an organisation that names nothing else.
    fn plain(rule: &str, organisation: &str) -> Waiver {
        Waiver {
            rule: rule.to_owned(),
            file: None,
            organisation: Some(organisation.to_owned()),
            cell: None,
            subject: None,
            found: None,
            reason: "Agreed".to_owned(),
            by: "J. Smith".to_owned(),
            until: jiff::civil::date(2099, 12, 31),
        }
    }

    /// Returns what becomes of a season's finding under a waiver: whether it is settled, and the rules of what is told.
    fn season(finding: Finding, waiver: Waiver, date: Option<Date>) -> (bool, Vec<String>) {
        let mut season = Season { findings: vec![finding], ..Season::default() };
        let told = Waivers(vec![waiver]).apply(&mut season, date);
        (season.findings[0].waived.is_some(), told.iter().map(|finding| finding.rule.to_string()).collect())
    }

    #[test]
    fn a_finding_of_the_season_is_waived_by_whose_it_is_whatever_its_words() {
        let rule = catalogue::find("return-missing").unwrap();
        let missing = |message: &str, files: &[&str]| {
            Finding::new(rule, Place::of_season(Some("Acme"), files.iter().copied()), message)
        };
        let written =
            Waiver::of(&missing("Acme sent nothing", &[]), None, "Agreed", "J. Smith", jiff::civil::date(2099, 12, 31));
        let said = "Acme sent nothing; the nearest name there is Acne";
        for waiver in [plain("return-missing", "ACME"), written.clone()] {
            assert_eq!(season(missing(said, &[]), waiver, None), (true, Vec::new()));
        }
        // What it is about is another matter now.
        assert_eq!(season(missing(said, &["a.xlsx"]), written, None), (false, vec!["waiver-exceeded".to_owned()]));
        let by_message = Waiver { found: Some("Acme sent nothing".to_owned()), ..plain("return-missing", "Acme") };
        assert_eq!(season(missing("Acme sent nothing", &[]), by_message, None), (true, Vec::new()));
    }

    #[test]
    fn a_finding_without_a_value_is_waived_for_what_it_says() {
        let rule = catalogue::find("near-boundary").unwrap();
        let finding = |message: &str| Finding::new(rule, Place::cell("Outcome", CellRef::new(3, 4)), message);
        let mut review = Review::unread("a.xlsx", String::new(), crate::review::Status::Scored, Vec::new());
        let day = jiff::civil::date(2099, 12, 31);
        let waiver = Waiver::of(&finding("39 just reaches Meeting"), Some(&review), "Agreed", "J. Smith", day);
        let written_before = Waiver { found: Some(String::new()), ..waiver.clone() };
        for (waiver, says, settled, expected) in [
            (&waiver, "39 just reaches Meeting", true, None),
            (&waiver, "38 just misses Meeting", false, Some("waiver-exceeded")),
            (&written_before, "38 just misses Meeting", true, None),
        ] {
            review.findings = vec![finding(says)];
            let mut season = Season::of_files(&[], None, vec![review.clone()]);
            let told = Waivers(vec![waiver.clone()]).apply(&mut season, None);
            assert_eq!(season.returns[0].review.findings[0].waived.is_some(), settled, "{says}");
            assert_eq!(told.first().map(|finding| finding.rule.as_str()), expected, "{says}");
        }
    }

    #[test]
    fn what_follows_from_a_waived_finding_stays_with_it_and_is_settled_too() {
        let at = |id, row| {
            Finding::new(catalogue::find(id).unwrap(), Place::cell("A", CellRef::new(row, 3)), format!("{id} {row}"))
        };
        let cause = at("number-as-text", 2).with_effects([at("total-differs", 9), at("outcome-differs", 10)]);
        let mut review = Review::unread("a.xlsx", String::new(), crate::review::Status::Scored, Vec::new());
        review.findings = vec![cause.clone()];
        let of_file = |rule| Waiver { file: Some("a.xlsx".to_owned()), organisation: None, ..plain(rule, "") };
        for (waivers, expected) in [
            (vec![of_file("number-as-text")], vec![("number-as-text", 2, Severity::Note)]),
            (
                vec![of_file("outcome-differs")],
                vec![("number-as-text", 1, cause.severity), ("outcome-differs", 0, Severity::Note)],
            ),
            (
                vec![of_file("outcome-differs"), of_file("number-as-text")],
                vec![("number-as-text", 1, Severity::Note), ("outcome-differs", 0, Severity::Note)],
            ),
        ] {
            let mut season = Season::of_files(&[], None, vec![review.clone()]);
            assert_eq!(Waivers(waivers).apply(&mut season, None), []);
            let findings = &season.returns[0].review.findings;
            let told = findings.iter().map(|one| (one.rule.as_str(), one.effects.len(), one.severity));
            assert_eq!(told.collect::<Vec<_>>(), expected);
            let is_settled = |one: &&Finding| one.waived.is_some();
            assert!(findings.iter().filter(is_settled).flat_map(|one| &one.effects).all(|one| is_settled(&one)));
        }
    }

    #[test]
    fn a_decision_on_a_return_is_listed_with_whose_that_is() {
        let rule = catalogue::find("evidence-missing").unwrap();
        let mut review = Review::unread("a.xlsx", String::new(), crate::review::Status::Scored, Vec::new());
        review.organisation = Some("Acme".to_owned());
        review.findings = vec![Finding::new(rule, Place::cell("Scores", CellRef::new(3, 4)), "m")];
        for (file, expected) in [("a.xlsx", Some("Acme")), ("b.xlsx", None)] {
            let mut season = Season::of_files(&[], None, vec![review.clone()]);
            let by_file = Waiver { file: Some(file.to_owned()), organisation: None, ..plain("evidence-missing", "") };
            Waivers(vec![by_file]).apply(&mut season, None);
            assert_eq!(season.decisions.waivers[0].organisation.as_deref(), expected, "{file}");
        }
    }

    #[test]
    fn a_decision_on_a_return_holds_for_the_answer_that_came_back() {
        let rule = catalogue::find("evidence-missing").unwrap();
        let review = |name: &str, found: &str| {
            let mut review = Review::unread(name, String::new(), crate::review::Status::Scored, Vec::new());
            let finding = Finding::new(rule, Place::cell("Scores", CellRef::new(3, 4)), "m").with_found(found);
            (review.organisation, review.findings) = (Some("Acme".to_owned()), vec![finding]);
            review
        };
        for (found, answered, settled, expected) in [
            ("none", true, true, DecisionState::Holds(1)),
            ("none", false, false, DecisionState::Holds(1)),
            ("other", true, false, DecisionState::Exceeded),
        ] {
            let reviews = vec![review("a.xlsx", "none"), review("a.annotated.xlsx", found)];
            let mut season = Season::of_files(&[], None, reviews);
            let answer = Displaced {
                file: "a.xlsx".to_owned(),
                by: "a.annotated.xlsx".to_owned(),
                reason: Displacement::Answered,
            };
            season.displaced = answered.then_some(answer).into_iter().collect();
            let found = Some("none".to_owned());
            // It needn't be here any more.
            if answered {
                let mut alone = Season::of_files(&[], None, vec![season.returns[1].review.clone()]);
                assert_eq!(alone.returns[0].review.file, "a.annotated.xlsx");
                let waiver = Waiver {
                    file: Some("a.xlsx".to_owned()),
                    found: found.clone(),
                    ..plain("evidence-missing", "Acme")
                };
                Waivers(vec![waiver]).apply(&mut alone, None);
                assert_eq!(alone.returns[0].review.findings[0].waived.is_some(), settled);
            }
            let waiver = Waiver { file: Some("a.xlsx".to_owned()), found, ..plain("evidence-missing", "Acme") };
            Waivers(vec![waiver]).apply(&mut season, None);
            let answer = season.of_file("a.annotated.xlsx").unwrap();
            assert_eq!(answer.review.findings[0].waived.is_some(), settled);
            assert_eq!(season.decisions.waivers[0].state, expected);
        }
    }

    #[test]
    fn a_finding_over_several_returns_is_waived_by_any_of_their_organisations() {
        let rule = catalogue::find("evidence-shared").unwrap();
        let review = |name: &str| {
            let mut review = Review::unread(name, String::new(), crate::review::Status::Scored, Vec::new());
            review.organisation = Some(name.to_owned());
            review
        };
        for (organisation, settled) in [("acme", true), ("Beta", true), ("Gamma", false)] {
            let mut season = Season::of_files(&[], None, ["Acme", "Beta", "Gamma"].map(review).to_vec());
            season.findings = vec![Finding::new(rule, Place::of_season(None, ["Acme", "Beta"]), "m")];
            let told = Waivers(vec![plain("evidence-shared", organisation)]).apply(&mut season, None);
            assert_eq!((season.findings[0].waived.is_some(), told.is_empty()), (settled, settled), "{organisation}");
        }
    }

    #[test]
    fn of_two_waivers_that_name_the_same_the_first_one_holds() {
        let rule = catalogue::find("return-missing").unwrap();
        let finding = Finding::new(rule, Place::of_season(Some("Acme"), []), "m");
        let mut season = Season { findings: vec![finding], ..Season::default() };
        let told = Waivers(vec![plain("return-missing", "Acme"); 2]).apply(&mut season, None);
        let states = season.decisions.waivers.iter().map(|decision| decision.state);
        assert_eq!(states.collect::<Vec<_>>(), [DecisionState::Holds(1), DecisionState::Repeated]);
        assert_eq!(told, []);
    }

    #[test]
    fn a_waiver_without_cell_and_value_covers_all_of_the_rule_and_says_when_it_ended() {
        let rule = catalogue::find("evidence-missing").unwrap();
        let finding = |row| Finding::new(rule, Place::cell("Scores", CellRef::new(row, 4)), "m").with_subject("1.1");
        let mut review = Review::unread("a.xlsx", String::new(), crate::review::Status::Scored, Vec::new());
        review.organisation = Some("Acme".to_owned());
        review.findings = vec![finding(3), finding(4)];
        for (date, settled, told) in [(None, 2, None), (Some(jiff::civil::date(2100, 1, 1)), 0, Some("waiver-expired"))]
        {
            let mut season = Season::of_files(&[], None, vec![review.clone()]);
            let rules = Waivers(vec![plain("evidence-missing", "Acme")]).apply(&mut season, date);
            let waived = season.returns[0].review.findings.iter().filter(|finding| finding.waived.is_some()).count();
            assert_eq!((waived, rules.first().map(|finding| finding.rule.as_str())), (settled, told), "{date:?}");
            let state = season.decisions.waivers[0].state;
            assert_eq!(state, if settled > 0 { DecisionState::Holds(2) } else { DecisionState::Ended });
        }
    }
}
