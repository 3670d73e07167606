//! Why a step's day isn't known.

use super::Ground;
use super::scope::{LETTER_DATE, StepScope};
use crate::framework::expression::{Expression, Mention, Quantity, Scope};
use crate::framework::{CalendarStep, unmarked};

/// Why a step may yet not arise.
const UNSETTLED: &str = "whether it arises isn\u{2019}t known while answers are missing";

/// Says why a step's day isn't known: what is blank, what isn't done yet, or which bank holidays aren't known.
pub(super) fn of(step: &CalendarStep, scope: &StepScope) -> String {
    if let Some(why) = scope.why_uncounted() {
        return why;
    }
    let arises = step.when.as_ref().is_none_or(|when| when.evaluate(scope).is_known());
    if arises && step.due.names().is_empty() {
        return "the scheme sets no day for it".to_owned();
    }
    let open = if arises { vec![&step.due] } else { Ground::expressions(step).collect() };
    let mentions: Vec<Mention> = open.into_iter().flat_map(Expression::names).collect();
    let mut missing: Vec<String> = mentions.iter().filter_map(|mention| missing(mention, step, scope)).collect();
    missing.dedup();
    if missing.is_empty() {
        let why = if arises { "the day doesn\u{2019}t follow from what is filled in" } else { UNSETTLED };
        return why.to_owned();
    }
    missing.join("; ")
}

/// Says what of an expression isn't known; `None` where it is known, or is nothing that people fill in.
fn missing(mention: &Mention, step: &CalendarStep, scope: &StepScope) -> Option<String> {
    let is_missing = |value: Option<Quantity>| !value.is_some_and(|value| value.is_known());
    let framework = scope.ground.framework;
    let blank = |label: &str| format!("“{}” isn\u{2019}t filled in", unmarked(label));
    match mention {
        Mention::Attribute(of, part) if is_missing(scope.attribute(of, part)) => match of.as_str() {
            "field" => framework.field(part).map(|field| blank(&field.label)),
            "done" => framework.step(part).map(|step| format!("it isn\u{2019}t known when “{}” was done", step.title)),
            _ => None,
        },
        Mention::Name(name) if name == LETTER_DATE && is_missing(scope.name(name)) => {
            Some("it runs from the date of the letter, which isn\u{2019}t set yet".to_owned())
        }
        Mention::Name(name) if is_missing(scope.name(name)) => {
            let register = framework.register(step.over.as_ref()?)?;
            let column = register.declared(name)?;
            Some(blank(&column.heading))
        }
        Mention::Attribute(..) | Mention::Name(_) | Mention::Call(..) => None,
    }
}
