//! The dated steps of one return: when each is due by the framework's calendar, whether it was done, and where it stands.
//!
//! [`schedule`] works them out from what the return says, from what the season says of its organisation, and from the bank
//! holidays of its nation. Nothing is judged by the clock: the day as of which steps stand is the season's data date, else
//! the return's own data date, else its assessment date. A day that isn't known says why. What a return doesn't say was done may
//! have been done since the return's own day: only what was past by then is overdue, unless the season says what was done.

mod reason;
mod scope;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::framework::expression::{Expression, Quantity, Scope};
use crate::framework::{CalendarStep, FieldRole, Framework, RegisterId, StepId, StepKind};
use crate::holiday::Holidays;
use crate::outcome::{Basis, Gaps, Outcome, OutcomeScope};
use crate::returns::{EntryValue, Return};
use crate::wording::Wording;
use scope::StepScope;

/// What a season says of dates, beside its returns.
#[derive(Clone, Debug, Default, Hash)]
pub struct SeasonDates {
    /// The day as of which the season is judged; `None` where each return says it for itself.
    pub data_date: Option<Date>,
    /// The day of letters, from which the steps count that run from one; `None` where nobody says it.
    pub letter_date: Option<Date>,
    /// The days on which nobody works.
    pub holidays: Holidays,
    /// When steps were done of which returns don't say it, by organisation and step.
    pub done: BTreeMap<Wording, BTreeMap<StepId, Date>>,
}

/// The dated steps of a return.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// The day as of which they stand; `None` where neither the season nor the return says one.
    pub as_of: Option<Date>,
    /// The steps, in the framework's order; those of a register's rows in theirs.
    pub steps: Vec<DatedStep>,
}

/// A step with its day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedStep {
    /// The step's name.
    pub id: StepId,
    /// As people call it.
    pub title: String,
    /// Whether it is something to do or the end of something.
    pub kind: StepKind,
    /// The register and the row whose step it is; `None` for the return's own.
    pub row: Option<(RegisterId, String)>,
    /// The day; `None` where it isn't known.
    pub due: Option<Date>,
    /// When it was done; `None` where it wasn't or nobody says so.
    pub done: Option<Date>,
    /// From what the day is counted, in words or as the pack writes it.
    pub basis: String,
    /// Where it stands.
    pub state: StepState,
    /// Why the day, or where it stands, isn't known; `None` where both are.
    pub open: Option<String>,
}

/// Where a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    /// It was done.
    Done,
    /// Its day is still to come, or is the day as of which steps stand.
    Due,
    /// Its day is past, and it wasn't done.
    Overdue,
    /// Its day is past, and it was the end of something.
    Expired,
    /// Its day isn't known, or it is past and nobody says whether the step was done.
    Unknown,
}

impl StepState {
    /// Returns the word that results use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Due => "due",
            Self::Overdue => "overdue",
            Self::Expired => "expired",
            Self::Unknown => "unknown",
        }
    }
}

/// What the steps of one return rest on.
struct Ground<'a> {
    framework: &'a Framework,
    season: &'a SeasonDates,
    /// What the season says of the return's organisation; `None` where it says nothing.
    stated: Option<&'a BTreeMap<StepId, Date>>,
    as_of: Option<Date>,
    /// The day of which the return itself tells; `None` where it doesn't say.
    own: Option<Date>,
    /// The kind of return; `None` where it doesn't say.
    kind: Option<String>,
    /// When the return's own steps were done, as far as known.
    done: BTreeMap<&'a str, Date>,
}

/// Works out the dated steps of a return.
///
/// `basis` is what expressions about the outcome rest on.
pub fn schedule(sent: &Return, outcome: &Outcome, basis: &Basis, season: &SeasonDates) -> Schedule {
    let framework = basis.framework();
    let whole = OutcomeScope::new(basis, outcome, Gaps::Open);
    let organisation = sent.organisation(framework).map(|name| Wording::of(&name));
    let stated = organisation.and_then(|name| season.done.get(&name));
    let own = own_day(framework, sent);
    let as_of = season.data_date.or(own);
    let kind = sent.role(framework, FieldRole::Kind).map(ToString::to_string);
    let mut ground = Ground { framework, season, stated, as_of, own, kind, done: BTreeMap::new() };
    for step in framework.calendar.iter().filter(|step| step.over.is_none()) {
        if let Some(day) = ground.done_on(step, &whole) {
            ground.done.insert(&step.id, day);
        }
    }
    let mut steps = Vec::new();
    for step in &framework.calendar {
        match &step.over {
            None => steps.extend(ground.dated(step, &whole, None)),
            Some(register) => steps.extend(ground.of_rows(step, register, sent, basis)),
        }
    }
    Schedule { as_of, steps }
}

/// Returns what the return says of when a step was done.
fn said_done(step: &CalendarStep, scope: &StepScope) -> Quantity {
    step.done.as_ref().map_or(Quantity::Unknown, |done| done.evaluate(scope))
}

/// Returns the day of which a return tells.
fn own_day(framework: &Framework, sent: &Return) -> Option<Date> {
    let of = |role| match sent.role(framework, role) {
        Some(EntryValue::Date(date)) => Some(*date),
        Some(EntryValue::Text(_) | EntryValue::Number(_)) | None => None,
    };
    of(FieldRole::DataDate).or_else(|| of(FieldRole::AssessmentDate))
}

impl<'a> Ground<'a> {
    /// Returns when a step was done, as far as the season or the return says so.
    fn done_on(&self, step: &CalendarStep, scope: &dyn Scope) -> Option<Date> {
        let stated = self.stated.filter(|_| step.over.is_none()).and_then(|done| done.get(&step.id).copied());
        stated.or_else(|| said_done(step, &StepScope::new(self, scope)).date())
    }

    /// Returns a step with its day; `None` where there is no such step.
    fn dated(&self, step: &'a CalendarStep, scope: &dyn Scope, row: Option<(RegisterId, String)>) -> Option<DatedStep> {
        let scope = StepScope::new(self, scope);
        let applies = step.when.as_ref().map_or(Quantity::Truth(true), |when| when.evaluate(&scope));
        if applies == Quantity::Truth(false) {
            return None;
        }
        let due = (applies == Quantity::Truth(true)).then(|| step.due.evaluate(&scope).date()).flatten();
        let said = said_done(step, &scope);
        let done = match row {
            None => self.done.get(step.id.as_str()).copied(),
            Some(_) => said.date(),
        };
        let is_illegible = done.is_none() && said.is_open();
        // The return that is read came, though nobody says when.
        if done.is_none() && !is_illegible && self.is_arrival(step) {
            return None;
        }
        let state = if is_illegible { StepState::Unknown } else { self.standing(step, due, done) };
        let open = match (due, state) {
            (None, _) => Some(reason::of(step, &scope)),
            (Some(_), StepState::Unknown) if is_illegible => Some(
                "whether it was done can\u{2019}t be told: what is entered for that can\u{2019}t be read".to_owned(),
            ),
            (Some(_), StepState::Unknown) if self.as_of.is_none() => Some("no data date is given".to_owned()),
            (Some(_), StepState::Unknown) => {
                Some("the day is past, and it isn\u{2019}t said whether it was done".to_owned())
            }
            (Some(_), StepState::Done | StepState::Due | StepState::Overdue | StepState::Expired) => None,
        };
        let basis = step.basis.clone().unwrap_or_else(|| step.due.to_string());
        let (id, title, kind) = (step.id.clone(), step.title.clone(), step.kind);
        Some(DatedStep { id, title, kind, row, due, done, basis, state, open })
    }

    /// Whether a step is the arrival of a return of this kind.
    fn is_arrival(&self, step: &CalendarStep) -> bool {
        step.arrival_of.is_some() && step.arrival_of == self.kind
    }

    /// Returns where a step stands. Where the season says of no step of an organisation when it was done, and the framework knows
    /// of no place that says so, or the return was filled in before the day, a past day tells nothing.
    fn standing(&self, step: &CalendarStep, due: Option<Date>, done: Option<Date>) -> StepState {
        let would_say = step.done.is_some() && due.is_some_and(|due| self.own.is_some_and(|own| own > due));
        let is_told = would_say || self.stated.is_some() && step.over.is_none();
        match (done, due, self.as_of, step.kind) {
            (Some(_), ..) => StepState::Done,
            (None, Some(due), Some(as_of), _) if as_of <= due => StepState::Due,
            (None, Some(_), Some(_), StepKind::End) => StepState::Expired,
            (None, Some(_), Some(_), StepKind::Task) if is_told => StepState::Overdue,
            (None, ..) => StepState::Unknown,
        }
    }

    /// Returns a step of each row of a register.
    fn of_rows(&self, step: &'a CalendarStep, register: &RegisterId, sent: &Return, basis: &Basis) -> Vec<DatedStep> {
        let spec = self.framework.register(register);
        let (Some(spec), Some(filled_in)) = (spec, sent.registers.get(register)) else { return Vec::new() };
        let dated = filled_in.rows.iter().enumerate().filter_map(|(number, row)| {
            self.dated(step, &basis.row(register, number)?, Some((register.clone(), row.name(spec))))
        });
        dated.collect()
    }

    /// Returns the expressions on which a step's day rests.
    fn expressions(step: &CalendarStep) -> impl Iterator<Item = &Expression> {
        step.when.iter().chain([&step.due])
    }
}
