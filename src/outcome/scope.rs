//! What expressions see of one way of completing a return.
//!
//! A completion has one slot for each criterion and measure. Where slots are empty, [`Gaps`] says whether what rests on
//! them isn't known, or whether they are passed over, as a form's own `SUM` does.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::band::possible;
use super::basis::Basis;
use super::gate::holding;
use super::item::{Item, Points, Slot};
use super::item_weight::ItemWeights;
use super::spread;
use super::subject::Subject;
use super::weight;
use super::{Bounds, Outcome};
use crate::exact::Exact;
use crate::framework::expression::{Quantity, SCORED, Scope};
use crate::framework::{BandId, Criterion, GateId, GradeSpec, Graded, SectionId};

/// What becomes of sums where answers are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gaps {
    /// They aren't known.
    Open,
    /// They are of what is given.
    PassedOver,
    /// They lie between ends that hold all that the answers may be.
    Between,
}

/// One way of completing a return, as expressions see it.
pub(super) struct CompletionScope<'a> {
    pub(super) subject: Subject<'a>,
    pub(super) slots: &'a [Slot<'a>],
    gaps: Gaps,
    /// The name of the section, or other part, that `section` is.
    section: Option<&'a str>,
    /// The titles of the band by the total alone and of the band; `None` before bands are given.
    bands: Option<[Quantity; 2]>,
    /// What the subject's total comes to.
    worked_out: Rc<WorkedOut>,
    /// What values and grades come to, which are the whole return's.
    of_whole: Rc<WorkedOut>,
}

/// An outcome as the expressions of stated values and of a framework's own rules see it.
pub struct OutcomeScope<'a> {
    basis: &'a Basis<'a>,
    slots: Vec<Slot<'a>>,
    gaps: Gaps,
    section: Option<&'a str>,
    bands: [Quantity; 2],
    /// What its completions have worked out so far.
    worked_out: Rc<WorkedOut>,
}

/// The values worked out so far; `None` while one is being worked out, so that none can rest on itself.
type WorkedOut = RefCell<BTreeMap<String, Option<Quantity>>>;

impl<'a> OutcomeScope<'a> {
    /// Returns the scope of an outcome, whose basis was prepared by [`Basis::of`].
    pub fn new(basis: &'a Basis<'a>, outcome: &Outcome, gaps: Gaps) -> Self {
        let title = |band: Option<&BandId>| band_title(basis, band);
        let bands = [title(outcome.award.raw_band.as_ref()), title(outcome.award.band.as_ref())];
        Self { basis, slots: basis.given(), gaps, section: None, bands, worked_out: Rc::default() }
    }

    /// Returns the scope of one way of completing a return, with the bands that it gives, by the total alone and in the end.
    pub(super) fn completed(basis: &'a Basis<'a>, slots: Vec<Slot<'a>>, bands: [Option<&BandId>; 2]) -> Self {
        let bands = bands.map(|band| band_title(basis, band));
        Self { basis, slots, gaps: Gaps::Open, section: None, bands, worked_out: Rc::default() }
    }

    /// Returns the scope that holds all ways of completing a return.
    pub(super) fn between(basis: &'a Basis<'a>) -> Self {
        Self { gaps: Gaps::Between, ..Self::completed(basis, basis.given(), [None, None]) }
    }

    /// Returns the scope in which what is missing and may not apply doesn't: some forms' own sums count so what is blank.
    pub(super) fn without_blanks(self) -> Self {
        let dropped = |(slot, item): (Slot<'a>, &'a Item<'a>)| match item.not_applicable {
            Some(named) if slot.is_missing() => Slot::Dropped(named),
            Some(_) | None => slot,
        };
        let slots = self.slots.into_iter().zip(&self.basis.items).map(dropped).collect();
        Self { slots, worked_out: Rc::default(), ..self }
    }

    /// Returns the scope in which `section` is a given one.
    #[must_use]
    pub fn about(self, section: Option<&SectionId>) -> Self {
        let section = section.and_then(|id| self.basis.framework.section(id)).map(|section| section.id.as_str());
        Self { section, worked_out: Rc::default(), ..self }
    }

    /// Returns the completion that this is.
    fn completion(&self) -> CompletionScope<'_> {
        let mut scope = Subject::whole(self.basis).scope(&self.slots, self.gaps);
        scope.section = self.section;
        scope.bands = Some(self.bands.clone());
        scope.worked_out = Rc::clone(&self.worked_out);
        scope.of_whole = Rc::clone(&self.worked_out);
        scope
    }
}

impl Scope for OutcomeScope<'_> {
    fn name(&self, name: &str) -> Option<Quantity> {
        self.completion().name(name)
    }

    fn attribute(&self, name: &str, part: &str) -> Option<Quantity> {
        self.completion().attribute(name, part)
    }

    fn call(&self, function: &str, arguments: &[Quantity]) -> Option<Quantity> {
        self.completion().call(function, arguments)
    }
}

/// An outcome and one criterion of it, as the rules about each criterion see them.
pub struct CriterionScope<'a> {
    outcome: &'a OutcomeScope<'a>,
    criterion: &'a Criterion,
}

impl<'a> CriterionScope<'a> {
    /// Returns the scope of a criterion.
    pub fn new(outcome: &'a OutcomeScope<'a>, criterion: &'a Criterion) -> Self {
        Self { outcome, criterion }
    }

    /// Returns the name of the criterion's answer.
    fn grade(&self) -> Option<&str> {
        let item = self.outcome.basis.place_of(&self.criterion.id)?;
        let open = self.outcome.basis.items.get(item)?.open.as_deref();
        self.outcome.slots.get(item)?.grade().or(open)
    }
}

impl Scope for CriterionScope<'_> {
    fn name(&self, name: &str) -> Option<Quantity> {
        self.outcome.name(name)
    }

    fn attribute(&self, name: &str, part: &str) -> Option<Quantity> {
        match (name, part) {
            ("criterion", "id") => Some(Quantity::from(self.criterion.id.as_str())),
            ("criterion", "text") => Some(Quantity::from(self.criterion.text.as_str())),
            ("criterion", "grade") => Some(self.grade().map(Quantity::from).into()),
            ("criterion", "consolidated") => {
                Some(self.outcome.basis.registers.consolidated(self.criterion.id.as_str()))
            }
            ("criterion", column) => Some(self.outcome.basis.registers.noted(self.criterion.id.as_str(), column)),
            _ => self.outcome.attribute(name, part),
        }
    }

    fn call(&self, function: &str, arguments: &[Quantity]) -> Option<Quantity> {
        let weight = match (function, arguments) {
            ("opinion_share", [Quantity::Text(_)]) => None,
            ("opinion_share", [Quantity::Text(_), Quantity::Text(register), Quantity::Text(column)]) => {
                Some((&**register, &**column))
            }
            _ => return self.outcome.call(function, arguments),
        };
        let grade = arguments.first().and_then(Quantity::text)?;
        Some(self.outcome.basis.registers.opinion_share(self.criterion.id.as_str(), grade, weight))
    }
}

/// Returns how a form words a band, or an outcome that is open.
fn band_title(basis: &Basis<'_>, band: Option<&BandId>) -> Quantity {
    let title = band.and_then(|id| basis.framework.band(id)).map(|band| &band.title);
    title.or(basis.framework.outcome.incomplete.as_ref()).map(|title| Quantity::from(title.as_str())).into()
}

/// Works a value out once; one that rests on itself isn't known.
fn once(worked_out: &WorkedOut, name: &str, work: impl FnOnce() -> Quantity) -> Quantity {
    if let Some(value) = worked_out.borrow().get(name) {
        return value.clone().unwrap_or(Quantity::Unknown);
    }
    worked_out.borrow_mut().insert(name.to_owned(), None);
    let value = work();
    worked_out.borrow_mut().insert(name.to_owned(), Some(value.clone()));
    value
}

impl<'a> CompletionScope<'a> {
    /// Returns the scope of a completion.
    pub(super) fn new(subject: Subject<'a>, slots: &'a [Slot<'a>], gaps: Gaps) -> Self {
        let worked_out: Rc<WorkedOut> = Rc::default();
        let of_whole = if subject.part.is_some() { Rc::default() } else { Rc::clone(&worked_out) };
        Self { subject, slots, gaps, section: subject.part, bands: None, worked_out, of_whole }
    }

    /// Returns the total.
    pub(super) fn total(&self) -> Option<Exact> {
        self.name("total")?.number().cloned()
    }

    /// Returns between which ends the total lies, which are one where it is settled; `None` where there is none or an end isn't known.
    pub(super) fn total_bounds(&self) -> Option<Bounds<Exact>> {
        Bounds::of(&self.name("total")?)
    }

    /// Whether there is no total, whatever is answered, as where nothing applies of what it is worked out from.
    pub(super) fn has_no_total(&self) -> bool {
        self.name("total").is_none_or(|total| !total.is_open() && total.number().is_none())
    }

    /// Returns the same completion about the whole return.
    fn whole(&self) -> Self {
        Self {
            subject: Subject::whole(self.subject.basis),
            slots: self.slots,
            gaps: self.gaps,
            section: None,
            bands: self.bands.clone(),
            worked_out: Rc::clone(&self.of_whole),
            of_whole: Rc::clone(&self.of_whole),
        }
    }

    /// Returns the same completion about a part that has a grade.
    fn part(&self, graded: &'a Graded) -> Self {
        Self {
            of_whole: Rc::clone(&self.of_whole),
            ..Self::new(Subject::part(self.subject.basis, graded), self.slots, self.gaps)
        }
    }

    /// Returns the name of the band that a part has in a grade, or all that it can have; not known where it has none.
    fn graded(&self, grade: &'a GradeSpec, of: &str) -> Quantity {
        let Some(graded) = grade.of(of) else { return Quantity::Unknown };
        once(&self.of_whole, &format!("{} {}", grade.id, graded.id), || {
            let group = self.subject.basis.group(&graded.id).filter(|group| !group.is_empty());
            let applies = group.map_or(Quantity::Truth(true), |group| self.applies(group));
            if applies == Quantity::Truth(false) {
                return Quantity::Unknown;
            }
            let awarded = self.part(graded).awarded();
            if applies.is_open() { Quantity::one_of([awarded, Quantity::Unknown]) } else { awarded }
        })
    }

    /// Returns the name of the band that the subject is awarded, or all that it can be.
    fn awarded(&self) -> Quantity {
        let (spec, total) = (self.subject.spec, self.name("total").unwrap_or_default());
        let is_filled = || self.gaps != Gaps::Open || !self.slots.iter().any(Slot::is_missing);
        if total == Quantity::Unknown && spec.has_total() && is_filled() {
            return Quantity::Unknown;
        }
        let gates = holding(self);
        let holds = |gate: &GateId| gates.get(gate).copied().flatten();
        let (bands, may_be_none) = possible(spec, Bounds::of(&total).as_ref(), holds);
        let bands = bands.into_iter().filter_map(|number| spec.bands.get(number));
        Quantity::one_of(bands.map(|band| band.id.as_str().into()).chain(may_be_none.then_some(Quantity::Unknown)))
    }

    /// Counts the parts with a grade that have one of these bands; with any, where none is named.
    fn count_graded(&self, grade: &'a GradeSpec, bands: &[Quantity]) -> Quantity {
        let is_meant = |band: &Quantity| band.is_known() && (bands.is_empty() || bands.contains(band));
        let has = grade.over.iter().map(|graded| self.graded(grade, &graded.id));
        let has: Vec<Quantity> = has.collect();
        let surely = has.iter().filter(|band| band.all().count() > 0 && band.all().all(is_meant)).count();
        Quantity::counted(surely, has.iter().filter(|band| band.all().any(is_meant)).count())
    }

    /// Returns the points of a group's items; `None` where gaps are open and one is missing.
    fn points(&self, group: &[usize]) -> Option<Vec<&Points>> {
        if self.gaps == Gaps::Open && group.iter().any(|item| self.slot(*item).is_missing()) {
            return None;
        }
        Some(group.iter().filter_map(|item| self.slots.get(*item)?.points()).collect())
    }

    /// Whether only ends of what a group comes to are known.
    fn is_between(&self, group: &[usize]) -> bool {
        self.gaps == Gaps::Between && group.iter().any(|item| self.slot(*item).is_missing())
    }

    /// Returns the slot of an item.
    fn slot(&self, item: usize) -> Slot<'a> {
        self.slots.get(item).copied().unwrap_or(Slot::Missing)
    }

    /// Returns the sum of a group, each by its weight; `None` where it isn't known.
    pub(super) fn sum(&self, group: &[usize]) -> Option<Exact> {
        self.weighted_sum(group, &self.subject.basis.item_weights)
    }

    /// Returns the sum of a group by these weights; `None` where it isn't known.
    fn weighted_sum(&self, group: &[usize], weights: &ItemWeights) -> Option<Exact> {
        let points = self.points(group).filter(|_| !weights.are_open(group))?;
        Some(if weights.are_equal() { points.into_iter().sum() } else { self.given(group, weights) })
    }

    /// Returns the sum of what is given of a group by these weights.
    fn given(&self, group: &[usize], weights: &ItemWeights) -> Exact {
        let points = |item: &usize| Some((*item, self.slots.get(*item)?.points()?));
        group.iter().filter_map(points).map(|(item, points)| weights.weigh(item, &points.exact)).sum()
    }

    /// Whether something doesn't apply.
    pub(super) fn is_anything_dropped(&self) -> bool {
        self.slots.iter().any(Slot::is_dropped)
    }

    /// Returns the most that a group can come to, without what doesn't apply.
    pub(super) fn maximum(&self, group: &[usize]) -> Exact {
        self.weighted_maximum(group, &self.subject.basis.item_weights)
    }

    /// Returns the most that a group can come to by these weights, without what doesn't apply.
    fn weighted_maximum(&self, group: &[usize], weights: &ItemWeights) -> Exact {
        let counts = group.iter().filter(|item| !self.slot(**item).is_dropped());
        let items = counts.filter_map(|item| Some((*item, &self.subject.basis.items.get(*item)?.maximum)));
        if weights.are_equal() {
            return items.map(|(_, maximum)| maximum).sum();
        }
        items.map(|(item, maximum)| weights.weigh(item, &maximum.exact)).sum()
    }

    /// Works out a function over the points of a group that goes by a name.
    fn over_group(&self, function: &str, name: &str, group: &[usize]) -> Option<Quantity> {
        let basis = self.subject.basis;
        let weights = basis.item_weights.within(&basis.items, name, group);
        if weights.leave_open(function, group) {
            return Some(Quantity::Unknown);
        }
        if self.is_between(group) {
            return spread::over_group(self, function, group, weights);
        }
        let value = match function {
            "sum" | "score" | "points" => self.weighted_sum(group, weights),
            "mean" => self.mean(group, weights),
            "lowest" => {
                self.points(group).and_then(|points| points.into_iter().map(|points| &points.exact).min().cloned())
            }
            "highest" => {
                self.points(group).and_then(|points| points.into_iter().map(|points| &points.exact).max().cloned())
            }
            "count" => Some(self.number_of(group, |slot| !slot.is_dropped())),
            "answered" => Some(self.number_of(group, |slot| slot.points().is_some())),
            "given" => Some(self.given(group, weights)),
            "maximum" => Some(self.weighted_maximum(group, weights)),
            _ => return None,
        };
        Some(value.into())
    }

    /// Returns the percentage that a group's points are of the most that it can score, where only its ends are known.
    fn percentage_scored(&self, name: &str, group: &[usize]) -> Option<Quantity> {
        let basis = self.subject.basis;
        let weights = basis.item_weights.within(&basis.items, name, group);
        let is_between = self.is_between(group) && !weights.leave_open("sum", group);
        is_between.then(|| spread::percentage(self, group, weights)).flatten()
    }

    /// Returns the mean of a group's answers by these weights.
    fn mean(&self, group: &[usize], weights: &ItemWeights) -> Option<Exact> {
        let answered = group.iter().filter(|item| self.slot(**item).points().is_some());
        self.weighted_sum(group, weights)?.divided_by(&weights.sum(answered.copied()))
    }

    /// Counts the items of a group of which something is true.
    fn number_of(&self, group: &[usize], holds: impl Fn(&Slot<'a>) -> bool) -> Exact {
        group.iter().filter(|item| holds(&self.slot(**item))).count().into()
    }

    /// Counts the answers of a group that compare with a number of points as asked.
    fn count_points(&self, function: &str, group: &[usize], limit: &Exact) -> Option<Quantity> {
        let holds: fn(&Exact, &Exact) -> bool = match function {
            "count_at" => |points, limit| points == limit,
            "count_at_most" => |points, limit| points <= limit,
            "count_at_least" => |points, limit| points >= limit,
            _ => return None,
        };
        if self.is_between(group) {
            let between = match function {
                "count_at" => spread::counted(
                    self,
                    group,
                    |least, most| least == limit && most == limit,
                    |least, most| least <= limit && limit <= most,
                ),
                "count_at_most" => spread::counted(self, group, |_, most| most <= limit, |least, _| least <= limit),
                _at_least => spread::counted(self, group, |least, _| least >= limit, |_, most| most >= limit),
            };
            return Some(between);
        }
        let points = self.points(group);
        let counted = |points: Vec<&Points>| points.into_iter().filter(|points| holds(&points.exact, limit)).count();
        Some(points.map(|points| Exact::from(counted(points))).into())
    }

    /// Counts the answers of a group that have a name.
    fn count_grade(&self, group: &[usize], grade: &str) -> Quantity {
        let is_known = self.points(group).is_some();
        let open = group.iter().filter_map(|item| self.subject.basis.items.get(*item)?.open.as_deref());
        let open = Exact::from(open.filter(|open| *open == grade).count());
        if self.is_between(group) {
            let known = self.number_of(group, |slot| slot.grade() == Some(grade)) + open;
            let missing = self.number_of(group, Slot::is_missing);
            return Quantity::between(known.clone().into(), (known + missing).into());
        }
        is_known.then(|| self.number_of(group, |slot| slot.grade() == Some(grade)) + open).into()
    }

    /// Whether any of a group applies; not known while what is missing may not, unless another does.
    fn applies(&self, group: &[usize]) -> Quantity {
        let is_open = |item: &&usize| {
            let may_drop = self.subject.basis.items.get(**item).is_some_and(|of| of.not_applicable.is_some());
            self.slot(**item).is_missing() && may_drop
        };
        let applies = |item: &&usize| !self.slot(**item).is_dropped();
        if group.iter().filter(|item| !is_open(item)).any(|item| applies(&item)) {
            return Quantity::Truth(true);
        }
        match (group.iter().any(|item| is_open(&item)), self.gaps) {
            (false, _) => Quantity::Truth(false),
            (true, Gaps::Between) => Quantity::one_of([Quantity::Truth(true), Quantity::Truth(false)]),
            (true, Gaps::Open | Gaps::PassedOver) => Quantity::Unknown,
        }
    }

    /// Works out a function of a measure or a criterion by its name.
    fn of_item(&self, function: &str, id: &str) -> Option<Quantity> {
        let measure = self.subject.basis.measures.get(id);
        let value = match function {
            "grade" => {
                let item = self.subject.basis.place_of(id);
                if item.is_some_and(|item| self.is_between(&[item])) {
                    return Some(Quantity::between(Quantity::Unknown, Quantity::Unknown));
                }
                return Some(item.and_then(|item| self.slot(item).grade().map(Quantity::from)).into());
            }
            "weight" => self.subject.basis.weight(id).cloned(),
            "result" => measure.and_then(|measure| measure.value.clone()),
            "earned" => measure.and_then(|measure| measure.earned.clone()),
            "from_register" => measure.and_then(|measure| measure.from_register.clone()),
            "cohort" => measure.and_then(|measure| measure.cohort.clone()),
            _ => return None,
        };
        Some(value.into())
    }

    /// Returns the total of the weighted sections in percent.
    fn weighted_percentage(&self) -> Quantity {
        let all: Vec<usize> = (0..self.slots.len()).collect();
        if self.is_between(&all) { weight::between(self) } else { weight::weighted_percentage(self).into() }
    }

    /// Returns what people call a section, or another part that has a grade.
    fn title_of_part(&self, id: &'a str) -> &'a str {
        let framework = self.subject.basis.framework;
        let graded = framework.grades.iter().find_map(|grade| grade.of(id)).map(|graded| graded.title.as_str());
        framework.section(id).map(|section| section.title.as_str()).or(graded).unwrap_or(id)
    }

    /// Returns a part of the section that the expression is about.
    fn of_section(&self, part: &str) -> Option<Quantity> {
        let id = self.section?;
        let group = self.subject.basis.group(id)?;
        match part {
            "id" => Some(Quantity::from(id)),
            "title" => Some(Quantity::from(self.title_of_part(id))),
            "weight" => Some(self.subject.basis.weight(id).cloned().into()),
            "score" | "given" | "maximum" | "count" | "answered" | "mean" => self.over_group(part, id, group),
            SCORED => self.percentage_scored(id, group),
            _ => None,
        }
    }
}

impl Scope for CompletionScope<'_> {
    fn name(&self, name: &str) -> Option<Quantity> {
        let framework = self.subject.basis.framework;
        match name {
            "total" => Some(once(&self.worked_out, name, || self.subject.spec.total.evaluate(self))),
            "total_given" => Some(Self::new(self.subject, self.slots, Gaps::PassedOver).total().into()),
            "data_date" => Some(self.subject.basis.registers.day()),
            "raw_band" => self.bands.as_ref().map(|[raw, _]| raw.clone()),
            "band" => self.bands.as_ref().map(|[_, band]| band.clone()),
            _ => {
                if let Some(value) = framework.value(name) {
                    return Some(once(&self.of_whole, name, || value.value.evaluate(&self.whole())));
                }
                let grade = framework.grade(name)?;
                Some(grade.worded(&self.graded(grade, self.section?)))
            }
        }
    }

    fn attribute(&self, name: &str, part: &str) -> Option<Quantity> {
        match name {
            "field" if self.gaps != Gaps::PassedOver && self.bands.is_none() => {
                self.subject.basis.registers.filled_in_field(part)
            }
            "field" => self.subject.basis.registers.field(part),
            "section" => self.of_section(part),
            _ => None,
        }
    }

    fn call(&self, function: &str, arguments: &[Quantity]) -> Option<Quantity> {
        let group = |name: &str| self.subject.basis.group(name);
        match arguments {
            [] if function == "weighted_percentage" => Some(self.weighted_percentage()),
            [Quantity::Text(grade), Quantity::Text(of)] if function == "graded" => {
                Some(self.graded(self.subject.basis.framework.grade(grade)?, of))
            }
            [Quantity::Text(grade), bands @ ..] if function == "count_graded" => {
                Some(self.count_graded(self.subject.basis.framework.grade(grade)?, bands))
            }
            [Quantity::Text(of)] if function == "applies" => Some(self.applies(group(of)?)),
            [Quantity::Text(of)] if function == SCORED => self.percentage_scored(of, group(of)?),
            [Quantity::Text(id)] => self
                .of_item(function, id)
                .or_else(|| self.over_group(function, id, group(id)?))
                .or_else(|| self.subject.basis.registers.call(function, arguments)),
            [Quantity::Text(name), Quantity::Number(limit)] => self.count_points(function, group(name)?, limit),
            [Quantity::Text(name), Quantity::Text(grade)] if function == "count_grade" => {
                Some(self.count_grade(group(name)?, grade))
            }
            arguments => self.subject.basis.registers.call(function, arguments),
        }
    }
}
