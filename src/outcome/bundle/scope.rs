//! What the expressions of a bundle see of the returns of its members.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::known::{Known, Members};
use crate::exact::Exact;
use crate::framework::Framework;
use crate::framework::expression::{Quantity, Scope};

/// A bundle over one way in which its members' returns can come out.
pub(super) struct BundleScope<'a> {
    bundle: &'a Framework,
    members: &'a Members,
    /// The values worked out so far; `None` while one is, so that none rests on itself.
    worked_out: RefCell<BTreeMap<String, Option<Quantity>>>,
}

impl<'a> BundleScope<'a> {
    /// Returns the scope of a bundle.
    pub(super) fn new(bundle: &'a Framework, members: &'a Members) -> Self {
        Self { bundle, members, worked_out: RefCell::default() }
    }

    /// Returns the total.
    pub(super) fn total(&self) -> Quantity {
        self.value("total").unwrap_or_default()
    }

    /// Returns the total or a named value, worked out once.
    pub(super) fn value(&self, name: &str) -> Option<Quantity> {
        if let Some(value) = self.worked_out.borrow().get(name) {
            return Some(value.clone().unwrap_or_default());
        }
        let expression = if name == "total" { &self.bundle.outcome.total } else { &self.bundle.value(name)?.value };
        self.worked_out.borrow_mut().insert(name.to_owned(), None);
        let value = expression.evaluate(self);
        self.worked_out.borrow_mut().insert(name.to_owned(), Some(value.clone()));
        Some(value)
    }

    /// Returns how many returns of a member there are; those that are awaited may not come.
    fn returns(&self, member: &str) -> Quantity {
        let all = self.members.of(member);
        Quantity::counted(all.iter().filter(|known| !known.is_awaited).count(), all.len())
    }
}

/// Returns something of a member's return; not known where there are several, or none.
fn only(returns: &[Known], get: impl Fn(&Known) -> Quantity) -> Quantity {
    if let [only] = returns { get(only) } else { Quantity::Unknown }
}

/// Returns a named value of a return, or its total.
fn figure(known: &Known, value: Option<&Quantity>) -> Quantity {
    let Some(name) = value else { return known.total.clone() };
    name.text().and_then(|name| known.values.get(name)).cloned().unwrap_or_default()
}

/// Returns the band of a part of a return.
fn of_part(known: &Known, grade: &Quantity, part: &Quantity) -> Quantity {
    let place = grade.text().zip(part.text()).map(|(grade, part)| (grade.into(), part.to_owned()));
    place.and_then(|place| known.grades.get(&place)).cloned().unwrap_or_default()
}

/// Counts what has one of some bands, or any where none is named.
fn counted(has: impl Iterator<Item = Quantity>, bands: &[Quantity]) -> Quantity {
    let is_meant = |band: &Quantity| band.is_known() && (bands.is_empty() || bands.contains(band));
    let has: Vec<Quantity> = has.collect();
    let surely = |band: &&Quantity| band.all().count() > 0 && band.all().all(is_meant);
    // Of what is open without a list of what it can be, anything can be.
    let perhaps = |band: &&Quantity| band.all().any(is_meant) || (band.is_open() && band.all().count() == 0);
    Quantity::counted(has.iter().filter(surely).count(), has.iter().filter(perhaps).count())
}

/// Returns a part of so many, between its ends.
fn share(counted: &Quantity, all: usize) -> Quantity {
    let of = |end: &Quantity| -> Quantity { end.number().and_then(|number| number.divided_by(&all.into())).into() };
    if counted.is_open() { Quantity::between(of(counted.least()), of(counted.most())) } else { of(counted) }
}

/// Puts figures together; what has none is passed over, and what is open without ends leaves the result so.
fn put_together(function: &str, figures: impl Iterator<Item = Quantity>) -> Quantity {
    let figures: Vec<Quantity> = figures.filter(|figure| *figure != Quantity::Unknown).collect();
    let ends = |end: fn(&Quantity) -> &Quantity| -> Option<Exact> {
        let all: Vec<&Exact> = figures.iter().map(|figure| end(figure).number()).collect::<Option<_>>()?;
        let sum = || all.iter().copied().sum::<Exact>();
        match function {
            "sum_of" => Some(sum()),
            "mean_of" => sum().divided_by(&all.len().into()),
            "lowest_of" => all.iter().min().map(|least| (*least).clone()),
            _highest => all.iter().max().map(|most| (*most).clone()),
        }
    };
    if figures.is_empty() {
        return Quantity::Unknown;
    }
    let is_settled = figures.iter().all(|figure| !figure.is_open());
    let (least, most) = (ends(Quantity::least), ends(Quantity::most));
    if is_settled { least.into() } else { Quantity::between(least.into(), most.into()) }
}

impl Scope for BundleScope<'_> {
    fn name(&self, name: &str) -> Option<Quantity> {
        self.value(name)
    }

    fn attribute(&self, _: &str, _: &str) -> Option<Quantity> {
        None
    }

    fn call(&self, function: &str, arguments: &[Quantity]) -> Option<Quantity> {
        let (member, rest) = arguments.split_first()?;
        let returns = self.members.of(member.text()?);
        let bands = || returns.iter().map(|known| known.band.clone());
        Some(match (function, rest) {
            ("returns", []) => self.returns(member.text()?),
            ("outcome_of", []) => only(returns, |known| known.band.clone()),
            ("total_of", []) => only(returns, |known| known.total.clone()),
            ("value_of", [value]) => only(returns, |known| figure(known, Some(value))),
            ("grade_of", [grade, part]) => only(returns, |known| of_part(known, grade, part)),
            ("count_outcome", named) => counted(bands(), named),
            ("returns_share", named) => share(&counted(bands(), named), returns.len()),
            ("count_grade_of", [grade, part, named @ ..]) => {
                counted(returns.iter().map(|known| of_part(known, grade, part)), named)
            }
            ("sum_of" | "mean_of" | "lowest_of" | "highest_of", value) => {
                put_together(function, returns.iter().map(|known| figure(known, value.first())))
            }
            _ => return None,
        })
    }
}
