//! What the expressions of a dated step see: all that the return's or the row's see, the days on which steps were done, and
//! working days.

use std::cell::RefCell;

use jiff::civil::Date;

use super::Ground;
use crate::exact::Exact;
use crate::framework::expression::{Quantity, Scope};
use crate::holiday::Nation;

/// The name of the day of letters.
pub(super) const LETTER_DATE: &str = "letter_date";

/// The scope of a dated step.
pub(super) struct StepScope<'a> {
    pub(super) ground: &'a Ground<'a>,
    inner: &'a dyn Scope,
    /// Why working days weren't counted; `None` where they were or nobody asked.
    uncounted: RefCell<Option<String>>,
}

impl<'a> StepScope<'a> {
    /// Returns the scope of a step of the return, or of the row that `inner` is about.
    pub(super) fn new(ground: &'a Ground<'a>, inner: &'a dyn Scope) -> Self {
        Self { ground, inner, uncounted: RefCell::default() }
    }

    /// Returns why working days weren't counted; `None` where they were or nobody asked.
    pub(super) fn why_uncounted(&self) -> Option<String> {
        self.uncounted.borrow().clone()
    }

    /// Counts working days from a day in the nation of a region.
    fn working_days_after(&self, day: Date, count: &Exact, region: &str) -> Option<Date> {
        let counted = match Nation::of_region(region) {
            None => Err(format!("“{region}” isn\u{2019}t one nation or region whose bank holidays are known")),
            Some(nation) => {
                let holidays = &self.ground.season.holidays;
                holidays.working_days_after(day, count.to_whole()?, nation).map_err(|error| error.to_string())
            }
        };
        counted.map_err(|why| *self.uncounted.borrow_mut() = Some(why)).ok()
    }
}

impl Scope for StepScope<'_> {
    fn name(&self, name: &str) -> Option<Quantity> {
        if name == LETTER_DATE {
            return Some(self.ground.season.letter_date.map_or(Quantity::Unknown, Quantity::Date));
        }
        self.inner.name(name)
    }

    fn attribute(&self, name: &str, part: &str) -> Option<Quantity> {
        if name == "done" {
            return Some(self.ground.done.get(part).copied().map_or(Quantity::Unknown, Quantity::Date));
        }
        self.inner.attribute(name, part)
    }

    fn call(&self, function: &str, arguments: &[Quantity]) -> Option<Quantity> {
        match (function, arguments) {
            ("working_days_after", [Quantity::Date(day), Quantity::Number(count), Quantity::Text(region)]) => {
                Some(self.working_days_after(*day, count, region).map_or(Quantity::Unknown, Quantity::Date))
            }
            ("working_days_after", _) => Some(Quantity::Unknown),
            (function, arguments) => self.inner.call(function, arguments),
        }
    }
}
