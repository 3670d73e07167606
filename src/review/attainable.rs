//! What no return can come to, by all the ways in which a blank one can be completed: bands beyond the ends of the total, conditions that
//! never hold, totals that nothing changes, of a return and of the parts of it that have a grade.
//!
//! What follows from a fault that is told already is not told beside it.

use crate::exact::Exact;
use crate::finding::{Finding, Findings};
use crate::framework::check::FRAMEWORK_INCONSISTENT;
use crate::framework::expression::{Expression, Mention};
use crate::framework::language::{self, Place as UsedIn};
use crate::framework::{
    Applies, Band, BandId, Definition, Edge, Framework, GateId, GradeId, GradeSpec, Limit, Mode, Otherwise,
    OutcomeSpec, Part,
};
use crate::outcome::{Award, Bounds, Outcome, score};
use crate::returns::Return;

/// A percentage is no total that never comes to so much.
const PERCENTAGE: i64 = 10;

/// Says what no return can come to, as far as that rests on answers alone.
pub(super) fn unattainable(framework: &Framework, definition: &Definition, findings: &mut Findings) {
    let Some(rater) = framework.raters.first() else { return };
    let framework = &with_what_is_optional(framework);
    let untouched = score(framework, &Return::empty(rater.id.clone()), &rater.id);
    let before = findings.iter().count();
    for grade in &framework.grades {
        let awards = untouched.grades.iter().filter(|award| award.grade == grade.id).map(|award| &award.award);
        if let Some(of) = Graded::of_parts(grade, awards.collect()) {
            of.told(framework, definition, findings);
        }
    }
    let whole = Graded {
        spec: &framework.outcome,
        awards: vec![&untouched.award],
        grade: None,
        follows: findings.iter().count() > before,
    };
    whole.told(framework, definition, findings);
    values_beyond_reach(framework, definition, &untouched, findings);
}

/// Returns a framework that has all answered of which a blank is no fault: these count where they are there.
fn with_what_is_optional(framework: &Framework) -> Framework {
    let decides = |applies: &&Applies| applies.otherwise == Otherwise::NotApplicable;
    let applies = framework.applies.iter().filter(decides).cloned().collect();
    Framework { applies, ..framework.clone() }
}

/// What a return, or each of its parts that have a grade, comes to while nothing is answered.
struct Graded<'a> {
    spec: &'a OutcomeSpec,
    awards: Vec<&'a Award>,
    /// Which grade of parts it is; `None` of the whole.
    grade: Option<&'a GradeId>,
    /// Whether it may follow from what is told of grades of parts which conditions hold and which bands come out.
    follows: bool,
}

impl<'a> Graded<'a> {
    /// Returns a grade of parts; `None` where nothing has it.
    fn of_parts(grade: &'a GradeSpec, awards: Vec<&'a Award>) -> Option<Self> {
        Some(Self { spec: grade.spec()?, awards, grade: Some(&grade.id), follows: false })
    }

    /// Says what no return can come to.
    fn told(&self, framework: &Framework, definition: &Definition, findings: &mut Findings) {
        let before = findings.iter().count();
        if !self.spec.has_total() {
            self.limits_of_nothing(definition, findings);
        } else if let Some(bounds) = self.bounds().filter(|_| rests_on_answers(framework, &self.spec.total, 0)) {
            self.beyond(&bounds, definition, findings);
        }
        if self.follows {
            return;
        }
        self.gates(framework, definition, findings);
        let is_told = findings.iter().count() > before;
        if !is_told && self.deciding().all(|expression| rests_on_answers(framework, expression, 0)) {
            self.never_given(definition, findings);
        }
    }

    /// Returns how a band is called.
    fn band(&self, band: &BandId) -> String {
        self.grade.map_or_else(|| format!("band `{band}`"), |grade| format!("band `{band}` of the grade `{grade}`"))
    }

    /// Returns where a band stands.
    fn part<'b>(&self, band: &'b BandId) -> Part<'b>
    where
        'a: 'b,
    {
        self.grade.map_or(Part::Band(band), |grade| Part::GradeBand(grade, band))
    }

    /// Returns the total and the conditions that decide.
    fn deciding(&self) -> impl Iterator<Item = &Expression> {
        std::iter::once(&self.spec.total).chain(self.spec.gates.iter().map(|gate| &gate.holds))
    }

    /// Returns the ends beyond which no total lies; `None` where they aren't known of each part.
    fn bounds(&self) -> Option<Bounds<Exact>> {
        let all: Vec<&Bounds<Exact>> = self.awards.iter().map(|award| award.bounds.as_ref()).collect::<Option<_>>()?;
        let lowest = all.iter().map(|bounds| &bounds.lowest).min()?.clone();
        let highest = all.iter().map(|bounds| &bounds.highest).max()?.clone();
        Some(Bounds { lowest, highest })
    }

    /// Says that bands have limits, and that there is no total.
    fn limits_of_nothing(&self, definition: &Definition, findings: &mut Findings) {
        for band in self.spec.bands.iter().filter(|band| band.limit().is_some()) {
            let message = format!("{} has a limit, and there is no total that it could be of", self.band(&band.id));
            let help = "Write the total, or take the limit out.";
            say(self.part(&band.id), message, help, (definition, findings));
        }
    }

    /// Says what lies beyond the ends of the total.
    fn beyond(&self, bounds: &Bounds<Exact>, definition: &Definition, findings: &mut Findings) {
        if bounds.lowest == bounds.highest {
            return self.constant(bounds, definition, findings);
        }
        for band in &self.spec.bands {
            if let Some(why) = band.limit().and_then(|limit| beyond(limit, bounds)) {
                let message = format!("{} can\u{2019}t be reached: it {why}", self.band(&band.id));
                say(self.part(&band.id), message, "Correct its limit, or the total.", (definition, findings));
            }
        }
        if let Some((first, message)) = self.shares_of_a_percentage(bounds) {
            let help = "Write limits as the total counts: 85 for 85 %, and not 0.85.";
            say(self.part(&first.id), message, help, (definition, findings));
        }
        if let Some((band, left)) = without_band(self.spec, bounds) {
            let message = format!("a total of {left} has no band: the last, `{}`, has a limit too", band.id);
            let help = "Take its limit out, or add a band for all that is worse.";
            say(self.part(&band.id), message, help, (definition, findings));
        }
    }

    /// Says that nothing changes the total, unless that may follow from what is said already.
    fn constant(&self, bounds: &Bounds<Exact>, definition: &Definition, findings: &mut Findings) {
        if findings.iter().next().is_none() {
            let message = format!("the total is {} whatever is answered", bounds.lowest);
            let help = "Rest it on answers, such as `sum('all')`; where there is no total, write `total = \"none\"`.";
            let part = self.grade.map_or(Part::Total, Part::GradeTotal);
            say(part, message, help, (definition, findings));
        }
    }

    /// Returns the first band with a limit, and that all limits are shares while the total is a percentage.
    fn shares_of_a_percentage(&self, bounds: &Bounds<Exact>) -> Option<(&Band, String)> {
        let limited = || self.spec.bands.iter().filter_map(|band| Some((band, band.limit()?.number())));
        let (nought, one) = (Exact::zero(), Exact::one());
        let are_shares = limited().all(|(_, limit)| *limit >= nought && *limit <= one)
            && limited().any(|(_, limit)| *limit > nought && *limit < one);
        let is_percentage = self.spec.unit == "%" && bounds.highest >= Exact::from(PERCENTAGE);
        let (first, limit) = limited().next().filter(|_| are_shares && is_percentage)?;
        let Bounds { lowest, highest } = bounds;
        Some((
            first,
            format!(
                "the limit of {} is {limit}; the total is a percentage from {lowest} to {highest}",
                self.band(&first.id)
            ),
        ))
    }

    /// Says which conditions never hold.
    fn gates(&self, framework: &Framework, definition: &Definition, findings: &mut Findings) {
        let is_of_level =
            |id: &GateId| self.spec.levels.iter().flat_map(|level| &level.asked).any(|asked| asked.gate == *id);
        for gate in self.spec.gates.iter().filter(|gate| !is_of_level(&gate.id)) {
            let state = |award: &&Award| award.gates.iter().find(|state| state.id == gate.id)?.holds;
            let never = !self.awards.is_empty() && self.awards.iter().all(|award| state(award) == Some(false));
            if never && rests_on_answers(framework, &gate.holds, 0) {
                let message = format!("gate `{}` never holds, whatever is answered", gate.id);
                let help = "Correct the condition: no return gets a band that needs it.";
                let part = self.grade.map_or(Part::Gate(&gate.id), |grade| Part::GradeGate(grade, &gate.id));
                say(part, message, help, (definition, findings));
            }
        }
    }

    /// Says which bands no answers give.
    fn never_given(&self, definition: &Definition, findings: &mut Findings) {
        if self.awards.is_empty() || self.awards.iter().any(|award| award.can_be.is_empty()) {
            return;
        }
        let can_be = |band: &Band| self.awards.iter().any(|award| award.can_be.contains(&band.id));
        for band in self.spec.bands.iter().filter(|band| !can_be(band)) {
            let message = format!("{} is never given, whatever is answered", self.band(&band.id));
            let help = "Correct what it asks, or what the bands above it ask.";
            say(self.part(&band.id), message, help, (definition, findings));
        }
    }
}

/// Says something of a part, unless something is said there already.
fn say(part: Part, message: String, help: &str, (definition, findings): (&Definition, &mut Findings)) {
    let place = definition.place(part);
    if findings.iter().all(|told| told.place != place) {
        findings.push(Finding::new(&FRAMEWORK_INCONSISTENT, place, message).with_help(help));
    }
}

/// Says how a limit lies beyond the ends of the total; `None` where it doesn't.
fn beyond(limit: Limit, bounds: &Bounds<Exact>) -> Option<String> {
    let Bounds { lowest, highest } = bounds;
    match limit {
        Limit::AtLeast(least) if least > highest => {
            Some(format!("begins at {least}, and no total is more than {highest}"))
        }
        Limit::Over(end) if end >= highest => Some(format!("begins over {end}, and no total is more than {highest}")),
        Limit::AtMost(most) if most < lowest => Some(format!("ends at {most}, and no total is less than {lowest}")),
        Limit::Under(end) if end <= lowest => Some(format!("ends under {end}, and no total is less than {lowest}")),
        Limit::AtLeast(_) | Limit::Over(_) | Limit::AtMost(_) | Limit::Under(_) => None,
    }
}

/// Returns the last band with an end of the total that no band takes; `None` where one takes each.
fn without_band<'a>(spec: &'a OutcomeSpec, bounds: &'a Bounds<Exact>) -> Option<(&'a Band, &'a Exact)> {
    let last = spec.bands.last().filter(|_| spec.mode == Mode::Cascade)?;
    let is_taken = |total: &Exact| spec.bands.iter().any(|band| band.limit().is_none_or(|limit| limit.holds(total)));
    let left = [&bounds.lowest, &bounds.highest].into_iter().find(|total| !is_taken(total))?;
    Some((last, left))
}

/// Says which bands ask more of a value than it comes to.
fn values_beyond_reach(framework: &Framework, definition: &Definition, untouched: &Outcome, findings: &mut Findings) {
    for level in framework.outcome.levels.iter().filter(|level| level.edge == Edge::AtLeast) {
        let most = untouched.values.get(&level.of).and_then(|value| value.most().number());
        for (asked, most) in level.asked.iter().filter_map(|asked| Some((asked, most?))) {
            if asked.limit > *most {
                let message = format!(
                    "band `{}` can\u{2019}t be reached: it asks {} of `{}`, which comes to {most} at most",
                    asked.band, asked.limit, level.of
                );
                let place = definition.place(Part::Band(&asked.band));
                findings.push(Finding::new(&FRAMEWORK_INCONSISTENT, place, message).with_help("Correct the number."));
            }
        }
    }
}

/// Whether an expression rests on criteria and measures alone, or on nothing, but not on fields or rows.
fn rests_on_answers(framework: &Framework, expression: &Expression, depth: usize) -> bool {
    let mentions = expression.names();
    let is_of_answers = |mention: &Mention| match mention {
        Mention::Call(name, _) => language::function(name)
            .is_some_and(|function| matches!(function.place, UsedIn::Everywhere | UsedIn::Return)),
        Mention::Name(name) if name == "total" => {
            depth < framework.values.len() && rests_on_answers(framework, &framework.outcome.total, depth + 1)
        }
        Mention::Name(name) => framework.value(name).is_some_and(|value| {
            depth < framework.values.len() && rests_on_answers(framework, &value.value, depth + 1)
        }),
        Mention::Attribute(of, _) => of == "section",
    };
    mentions.iter().all(is_of_answers)
}
