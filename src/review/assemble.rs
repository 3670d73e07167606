//! Puts what is known of a return into the record that results hold.

use std::collections::{BTreeMap, BTreeSet};

use crate::exact::Exact;
use crate::finding::{Finding, Place};
use crate::form::Account;
use crate::framework::expression::Quantity;
use crate::framework::{ActionId, Framework, ItemId, NamedValue, OutcomeSpec, RaterId, RegisterId, StepKind};
use crate::outcome::{Award, Ends, GradeAward, Outcome, SectionScore};
use crate::personal::masked;
use crate::returns::{Entry, EntryValue, Return};
use crate::rules::Judged;
use crate::schedule::DatedStep;

use super::{
    ActionRecord, AnswerRecord, CellCounts, DateRecord, GradeRecord, MeasureRecord, OutcomeRecord, Review, RowRecord,
    SectionRecord, Status, ValueRecord,
};
use super::{opinion, plan, remark, unit};

/// Makes the record of a return that was read, without the digest of its file.
pub(super) fn assemble(file: &str, judged: &Judged, account: Account, findings: Vec<Finding>) -> Review {
    let outcome = judged.outcome();
    let status = if outcome.is_open() { Status::Provisional } else { Status::Scored };
    let mut review = Review::unread(file, String::new(), status, findings);
    review.framework = Some(judged.framework.id.clone());
    review.framework_version = Some(judged.framework.version.clone());
    identify(&mut review, judged.framework, judged.sent);
    review.counts = Some(judged.sent.counts.clone());
    review.sections = outcome.sections.iter().map(section).collect();
    review.answers = answers(judged.framework, judged.sent);
    review.measures = measures(judged);
    review.rows = judged.framework.registers.iter().flat_map(|spec| rows(judged, &spec.id)).collect();
    review.outcome = Some(record(judged.framework, outcome));
    review.grades = outcome.grades.iter().filter_map(|award| grade(judged.framework, award)).collect();
    review.values = values(judged.framework, outcome);
    review.cells = counts(account);
    review.opinions = opinion::opinions(judged.framework, judged.sent);
    review.units = unit::units(judged.framework, judged.sent);
    review.remarks = remark::remarks(judged.framework, judged.sent);
    review.plan = plan::plan(judged.framework, judged.sent, outcome);
    review.dates = dates(judged);
    review
}

/// Fills in whose return it is and what its cover says.
fn identify(review: &mut Review, framework: &Framework, sent: &Return) {
    use crate::framework::FieldRole::{Kind, Organisation};
    review.organisation = sent.organisation(framework);
    review.kind = sent.role(framework, Kind).map(ToString::to_string);
    let others = framework.fields.iter().filter(|field| !matches!(field.role, Some(Organisation | Kind)));
    let given = others.filter_map(|field| Some((field.id.clone(), recorded(sent.fields.get(&field.id)?.given()?))));
    review.fields = given.collect();
}

/// Returns a field's value as a record has it that is written and read again: words that are a number or a day are one.
fn recorded(value: &EntryValue) -> EntryValue {
    match value {
        EntryValue::Text(text) => EntryValue::from(text.as_ref()),
        EntryValue::Number(_) | EntryValue::Date(_) => value.clone(),
    }
}

/// Returns the record of a section.
pub(crate) fn section(score: &SectionScore) -> SectionRecord {
    let hundred = Exact::from(100);
    SectionRecord {
        id: score.id.clone(),
        score: score.score.clone(),
        max: score.maximum.clone(),
        lowest: score.bounds.lowest.clone(),
        highest: score.bounds.highest.clone(),
        percent: score
            .score
            .as_ref()
            .and_then(|points| points.divided_by(&score.maximum))
            .or_else(|| score.share.as_ref()?.settled())
            .map(|share| &share * &hundred),
        percent_ends: score.share.as_ref().map(|ends| [&ends.lowest * &hundred, &ends.highest * &hundred]),
        weight: score.weight.as_ref().map(|weight| weight * &hundred),
        contribution: score.contribution.clone(),
    }
}

/// Returns the answers of all raters, in the framework's order; a rater whose column isn't there has none.
fn answers(framework: &Framework, sent: &Return) -> Vec<AnswerRecord> {
    let of = |rater: &RaterId| -> Vec<AnswerRecord> {
        let criteria = framework.criteria().filter_map(|criterion| {
            let entry = sent.answers.get(&(rater.clone(), criterion.id.clone()))?;
            let (value, points) = entry.given().map(|given| (given.grade.clone(), given.points.clone())).unzip();
            Some(answer(ItemId::from(&criterion.id), rater, entry, value, points.flatten()))
        });
        let measures = framework.measures().filter_map(|measure| {
            let entry = sent.points.get(&(rater.clone(), measure.id.clone()))?;
            let value = entry.given().map(ToString::to_string);
            Some(answer(ItemId::from(&measure.id), rater, entry, value, entry.given().cloned()))
        });
        criteria.chain(measures).collect()
    };
    framework.raters.iter().flat_map(|rater| of(&rater.id)).collect()
}

fn answer<T>(
    id: ItemId,
    rater: &RaterId,
    entry: &Entry<T>,
    value: Option<String>,
    points: Option<Exact>,
) -> AnswerRecord {
    AnswerRecord {
        id,
        rater: rater.clone(),
        state: entry.reading.state(),
        value,
        points,
        sheet: entry.place.as_ref().and_then(Place::sheet).map(ToOwned::to_owned),
        cell: entry.place.as_ref().and_then(Place::cells).map(|cells| cells.to_string()),
    }
}

fn measures(judged: &Judged) -> Vec<MeasureRecord> {
    let records = judged.framework.measures().filter_map(|measure| {
        let score = judged.outcome().measures.get(&measure.id)?;
        Some(MeasureRecord {
            id: measure.id.clone(),
            value: score.value.clone(),
            points: score.earned.clone(),
            claimed: score.claimed.clone(),
            from_register: score.from_register.clone(),
            register_lowest: score.register_bounds.as_ref().and_then(|bounds| bounds.lowest.clone()),
            register_highest: score.register_bounds.as_ref().and_then(|bounds| bounds.highest.clone()),
            cohort: score.cohort.clone(),
        })
    });
    records.collect()
}

/// Returns the rows of a register that come to something.
fn rows(judged: &Judged, id: &RegisterId) -> Vec<RowRecord> {
    let (Some(spec), Some(register), Some(scores)) =
        (judged.framework.register(id), judged.sent.registers.get(id), judged.outcome().registers.get(id))
    else {
        return Vec::new();
    };
    let rows = register.rows.iter().zip(scores).filter_map(|(row, score)| {
        let action = |(id, text): &(ActionId, String)| ActionRecord { id: id.clone(), text: masked(text).into_owned() };
        (score.comes_to != Quantity::Unknown).then(|| RowRecord {
            register: id.clone(),
            key: row.name(spec),
            outcome: Some(score.comes_to.clone()).filter(Quantity::is_known).map(|outcome| outcome.to_string()),
            can_be: if score.comes_to.is_open() {
                score.comes_to.all().map(ToString::to_string).collect()
            } else {
                Vec::new()
            },
            actions: score.actions.iter().map(action).collect(),
        })
    });
    rows.collect()
}

/// Returns the record of an outcome.
pub(crate) fn record(framework: &Framework, outcome: &Outcome) -> OutcomeRecord {
    OutcomeRecord {
        missing: outcome.missing.clone(),
        unusable: outcome.unusable.iter().filter_map(Place::named).collect(),
        uneven: outcome.uneven.iter().filter_map(Place::named).collect(),
        ..awarded(&framework.outcome, &outcome.award, outcome.is_open())
    }
}

/// Returns the record of what a part comes to in a grade; its fields are open where the grade isn't told for any reason.
fn grade(framework: &Framework, award: &GradeAward) -> Option<GradeRecord> {
    let spec = &framework.grade(&award.grade)?.of(&award.of)?.spec;
    let is_open = !award.missing.is_empty() || (award.award.band.is_none() && !award.award.is_dropped);
    let outcome = OutcomeRecord { missing: award.missing.clone(), ..awarded(spec, &award.award, is_open) };
    Some(GradeRecord { grade: award.grade.clone(), of: award.of.clone(), outcome })
}

/// Returns the record of an award; its ends while it is open.
pub(crate) fn awarded(spec: &OutcomeSpec, award: &Award, is_open: bool) -> OutcomeRecord {
    let bands = award.band_bounds.as_ref().filter(|_| is_open);
    let bounds = award.bounds.as_ref().filter(|_| is_open);
    OutcomeRecord {
        band: award.band.clone(),
        raw_band: award.raw_band.clone(),
        total: award.total.clone(),
        display: award.total.as_ref().map(|total| crate::outcome::shown(total, spec)),
        lowest: bounds.map(|bounds| bounds.lowest.clone()),
        highest: bounds.map(|bounds| bounds.highest.clone()),
        band_lowest: bands.map(|bands| bands.lowest.clone()),
        band_highest: bands.map(|bands| bands.highest.clone()),
        can_be: if is_open { award.some_between(spec) } else { Vec::new() },
        ends: if is_open { award.ends } else { Ends::Reached },
        may_be_none: is_open && award.may_be_none,
        does_not_apply: award.is_dropped,
        gates: award.gates.clone(),
        next: award.next.clone(),
        missing: Vec::new(),
        unusable: Vec::new(),
        uneven: Vec::new(),
    }
}

/// Returns what the named values come to.
fn values(framework: &Framework, outcome: &Outcome) -> Vec<ValueRecord> {
    named_values(framework, &outcome.values, &outcome.values_at_the_widest)
}

/// Returns the records of named values by what each comes to.
pub(crate) fn named_values(
    framework: &Framework,
    values: &BTreeMap<String, Quantity>,
    at_the_widest: &BTreeSet<String>,
) -> Vec<ValueRecord> {
    let told = |value: &Quantity| value.is_known().then(|| masked(&value.to_string()).into_owned());
    let value = |named: &NamedValue| {
        let value = values.get(&named.name);
        let open = value.filter(|value| value.is_open() && value.is_given());
        ValueRecord {
            name: named.name.clone(),
            title: named.title.clone(),
            value: value.and_then(told),
            lowest: open.and_then(|open| told(open.least())),
            highest: open.and_then(|open| told(open.most())),
            ends: if at_the_widest.contains(&named.name) { Ends::Outer } else { Ends::Reached },
        }
    };
    framework.values.iter().map(value).collect()
}

/// Returns the dated steps.
fn dates(judged: &Judged) -> Vec<DateRecord> {
    let record = |step: &DatedStep| DateRecord {
        step: step.id.clone(),
        title: step.title.clone(),
        is_end: step.kind == StepKind::End,
        register: step.row.as_ref().map(|(register, _)| register.clone()),
        row: step.row.as_ref().map(|(_, row)| row.clone()),
        date: step.due,
        basis: step.basis.clone(),
        done: step.done,
        state: step.state,
        as_of: judged.schedule.as_of,
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
