//! Puts what is known of a return into the record that results hold.

use crate::exact::Exact;
use crate::finding::{Finding, Place};
use crate::form::Account;
use crate::framework::{Framework, GateId, RegisterId, StepKind};
use crate::outcome::{Outcome, Route, SectionScore};
use crate::returns::{Entry, Return};
use crate::rules::Judged;
use crate::schedule::DatedStep;

use super::about;
use super::{
    ActionRecord, AnswerRecord, CellCounts, DateRecord, GateRecord, MeasureRecord, NextRecord, OutcomeRecord, Review,
    RowRecord, SectionRecord, Status, StepRecord,
};

/// Makes the record of a return that was read, without the digest of its file.
pub(super) fn assemble(file: &str, judged: &Judged, account: Account, findings: Vec<Finding>) -> Review {
    let outcome = judged.outcome();
    let status = if outcome.missing.is_empty() { Status::Scored } else { Status::Provisional };
    let mut review = Review::unread(file, String::new(), status, findings);
    review.framework = Some(judged.framework.id.clone());
    review.framework_version = Some(judged.framework.version.clone());
    identify(&mut review, judged.framework, judged.said);
    review.counts = Some(judged.said.counts.to_string());
    review.sections = outcome.sections.iter().map(section).collect();
    review.answers = answers(judged.framework, judged.said);
    review.measures = measures(judged);
    review.rows = judged.framework.registers.iter().flat_map(|spec| rows(judged, &spec.id)).collect();
    review.outcome = Some(record(judged.framework, outcome));
    review.cells = counts(account);
    review.opinions = about::opinions(judged.framework, judged.said);
    review.units = about::units(judged.framework, judged.said);
    review.remarks = about::remarks(judged.framework, judged.said);
    review.plan = about::plan(judged.framework, judged.said, outcome);
    review.dates = dates(judged);
    review
}

/// Fills in whose return it is and what its cover says.
fn identify(review: &mut Review, framework: &Framework, said: &Return) {
    use crate::framework::FieldRole::{Kind, Organisation};
    review.organisation = said.organisation(framework);
    review.kind = said.role(framework, Kind).map(ToString::to_string);
    let others = framework.fields.iter().filter(|field| !matches!(field.role, Some(Organisation | Kind)));
    let given =
        others.filter_map(|field| Some((field.id.to_string(), said.fields.get(&field.id)?.given()?.to_string())));
    review.fields = given.collect();
}

/// Returns the record of a section.
pub(crate) fn section(score: &SectionScore) -> SectionRecord {
    let hundred = Exact::from(100);
    let percent = |score: &Exact, of: &Exact| (score * &hundred).divided_by(of).map(|percent| percent.to_string());
    SectionRecord {
        id: score.id.to_string(),
        score: score.score.as_ref().map(ToString::to_string),
        max: score.maximum.to_string(),
        lowest: score.bounds.lowest.to_string(),
        highest: score.bounds.highest.to_string(),
        percent: score.score.as_ref().and_then(|points| percent(points, &score.maximum)),
        weight: score.weight.as_ref().map(|weight| (weight * &hundred).to_string()),
        contribution: score.contribution.as_ref().map(ToString::to_string),
    }
}

/// Returns the answers of all raters, in the framework's order; a rater whose column isn't there has none.
fn answers(framework: &Framework, said: &Return) -> Vec<AnswerRecord> {
    let raters = framework.raters.iter().map(|rater| &rater.id);
    let of = |rater: &crate::framework::RaterId| -> Vec<AnswerRecord> {
        let criteria = framework.criteria().filter_map(|criterion| {
            let entry = said.answers.get(&(rater.clone(), criterion.id.clone()))?;
            let given = entry.given();
            let points = given.and_then(|grading| grading.points.as_ref());
            Some(answer(
                criterion.id.as_str(),
                rater.as_str(),
                entry,
                given.map(|grading| grading.grade.clone()),
                points,
            ))
        });
        let measures = framework.measures().filter_map(|measure| {
            let entry = said.points.get(&(rater.clone(), measure.id.clone()))?;
            Some(answer(
                measure.id.as_str(),
                rater.as_str(),
                entry,
                entry.given().map(ToString::to_string),
                entry.given(),
            ))
        });
        criteria.chain(measures).collect()
    };
    raters.flat_map(of).collect()
}

fn answer<T>(id: &str, rater: &str, entry: &Entry<T>, value: Option<String>, points: Option<&Exact>) -> AnswerRecord {
    AnswerRecord {
        id: id.to_owned(),
        rater: rater.to_owned(),
        state: entry.reading.state().to_owned(),
        value,
        points: points.map(ToString::to_string),
        sheet: entry.place.as_ref().and_then(Place::sheet).map(ToOwned::to_owned),
        cell: entry.place.as_ref().and_then(Place::cells).map(|cells| cells.to_string()),
    }
}

fn measures(judged: &Judged) -> Vec<MeasureRecord> {
    let text = |number: &Option<Exact>| number.as_ref().map(ToString::to_string);
    let found = judged.framework.measures().filter_map(|measure| {
        let score = judged.outcome().measures.get(&measure.id)?;
        Some(MeasureRecord {
            id: measure.id.to_string(),
            value: text(&score.value),
            points: text(&score.earned),
            claimed: text(&score.claimed),
            from_register: text(&score.from_register),
            cohort: text(&score.cohort),
        })
    });
    found.collect()
}

/// Returns the rows of a register that come to something.
fn rows(judged: &Judged, id: &RegisterId) -> Vec<RowRecord> {
    let spec = judged.framework.registers.iter().find(|spec| spec.id == *id);
    let (Some(spec), Some(register), Some(scores)) =
        (spec, judged.said.registers.get(id), judged.outcome().registers.get(id))
    else {
        return Vec::new();
    };
    let rows = register.rows.iter().zip(scores).filter_map(|(row, score)| {
        let action = |(id, text): &(String, String)| ActionRecord { id: id.clone(), text: text.clone() };
        Some(RowRecord {
            register: id.to_string(),
            key: row.name(spec),
            outcome: score.outcome.clone()?,
            actions: score.actions.iter().map(action).collect(),
        })
    });
    rows.collect()
}

/// Returns the record of an outcome.
pub(crate) fn record(framework: &Framework, outcome: &Outcome) -> OutcomeRecord {
    let open = !outcome.missing.is_empty();
    let bands = outcome.band_bounds.as_ref().filter(|_| open);
    OutcomeRecord {
        band: outcome.band.as_ref().map(ToString::to_string),
        raw_band: outcome.raw_band.as_ref().map(ToString::to_string),
        total: outcome.total.as_ref().map(ToString::to_string),
        display: outcome.total.as_ref().map(|total| crate::outcome::shown(total, &framework.outcome)),
        lowest: open.then(|| outcome.bounds.lowest.to_string()),
        highest: open.then(|| outcome.bounds.highest.to_string()),
        band_lowest: bands.map(|bands| bands.lowest.to_string()),
        band_highest: bands.map(|bands| bands.highest.to_string()),
        gates: outcome.gates.iter().map(|state| gate(&state.id, state.holds, &state.why)).collect(),
        next: outcome.next.as_ref().map(next),
        missing: outcome.missing.clone(),
    }
}

fn gate(id: &GateId, holds: Option<bool>, why: &str) -> GateRecord {
    GateRecord { id: id.to_string(), holds, why: why.to_owned() }
}

fn next(route: &Route) -> NextRecord {
    let steps = route.steps.iter().map(|step| StepRecord {
        id: step.id.clone(),
        from: step.from.to_string(),
        to: step.to.to_string(),
    });
    NextRecord { band: route.band.to_string(), steps: steps.collect(), impossible: route.impossible.clone() }
}

/// Returns the dated steps.
fn dates(judged: &Judged) -> Vec<DateRecord> {
    let as_of = judged.schedule.as_of.map(|day| day.to_string());
    let record = |step: &DatedStep| DateRecord {
        step: step.id.clone(),
        title: step.title.clone(),
        is_end: step.kind == StepKind::End,
        register: step.row.as_ref().map(|(register, _)| register.to_string()),
        row: step.row.as_ref().map(|(_, row)| row.clone()),
        date: step.due.map(|day| day.to_string()),
        basis: step.basis.clone(),
        done: step.done.map(|day| day.to_string()),
        state: step.state,
        as_of: as_of.clone(),
        why: step.open.clone(),
    };
    judged.schedule.steps.iter().map(record).collect()
}

fn counts(account: Account) -> CellCounts {
    CellCounts {
        total: account.form + account.answers + account.formulas + account.unexpected,
        form: account.form,
        answers: account.answers,
        formulas: account.formulas,
        unexpected: account.unexpected,
    }
}
