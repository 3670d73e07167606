//! Hides criteria that nearly all answer alike, and what these could be worked out from.
//!
//! Whoever knows its own answer would know all others' where all give the same: so of a criterion nothing is told where fewer than k have
//! another answer than most, as of outcomes ([`are_alike`]). What a section comes to, less the criteria that are told, is what the others come
//! to; where so little of the most, or of the least, is missing there that fewer than k can have another answer, more criteria aren't told, then
//! the section, and of the sections in the same way the total.

use std::collections::{BTreeMap, BTreeSet};

use super::incomplete::stood_then;
use super::outcomes::are_alike;
use crate::exact::Exact;
use crate::figure::{Facet, Figure, Figured};
use crate::framework::{Criterion, CriterionId, Framework, Section, SectionId};
use crate::season::Season;
use crate::season::record::criteria;
use crate::statistics::FrameworkStatistics;

/// How often each answer to each criterion is given, by how good it is from 0 to 1.
type Answers = BTreeMap<CriterionId, BTreeMap<Exact, usize>>;

/// How the answers to some criteria lie, in points.
#[derive(Clone, Debug)]
struct Lie {
    /// What is missing to the most.
    below: Exact,
    /// What there is above the least.
    above: Exact,
    /// By how little two answers can differ.
    step: Exact,
}

/// What isn't told of a season.
#[derive(Clone, Debug, Default)]
struct Untold {
    criteria: BTreeSet<CriterionId>,
    sections: BTreeSet<SectionId>,
    total: bool,
}

/// Hides the criteria that nearly all answer alike, and what else would tell them, of this season and of the change since the last.
pub(super) fn protect(framework: &mut FrameworkStatistics, spec: &Framework, season: &Season) {
    let k = season.settings.disclosure.k;
    let untold = Untold::of(spec, &given(spec, season), k);
    for row in framework.criteria.iter_mut().filter(|row| untold.criteria.contains(row.criterion.as_str())) {
        row.each_mut(&mut Figure::conceal);
    }
    if !untold.criteria.is_empty() {
        without_places(framework);
    }
    sections(framework, &untold);
    change(framework, &[untold, Untold::of(spec, &given_then(spec, season), k)]);
    framework.rank_again(spec, season);
}

/// Hides between which places criteria lie among all, since those that aren't told are among them.
fn without_places(framework: &mut FrameworkStatistics) {
    for row in &mut framework.criteria {
        row.strongest.each_mut(&mut Figure::conceal);
        row.weakest.each_mut(&mut Figure::conceal);
    }
}

/// Hides the sections that aren't told, of all and of groups, and the total.
fn sections(framework: &mut FrameworkStatistics, untold: &Untold) {
    let is_untold = |id: &str| untold.sections.contains(id);
    for row in framework.sections.iter_mut().filter(|row| is_untold(&row.section)) {
        row.percent.each_mut(&mut Figure::conceal);
    }
    let of_groups = framework.groups.iter_mut().flat_map(|row| &mut row.sections);
    for figure in of_groups.filter(|of| matches!(&of.id.facet, Facet::Section(id) if is_untold(id))) {
        figure.conceal();
    }
    if untold.total {
        framework.totals.iter_mut().for_each(|row| row.each_mut(&mut Figure::conceal));
        for row in &mut framework.groups {
            row.totals.each_mut(&mut Figure::conceal);
            row.low.conceal();
            row.high.conceal();
        }
    }
}

/// Hides the change of what isn't told of one of two seasons: with the other it would be.
fn change(framework: &mut FrameworkStatistics, seasons: &[Untold; 2]) {
    let Some(change) = &mut framework.change else { return };
    for row in &mut change.criteria {
        if seasons.iter().any(|untold| untold.criteria.contains(row.criterion.as_str())) {
            row.each_mut(&mut Figure::conceal);
        }
    }
    for row in &mut change.sections {
        if seasons.iter().any(|untold| untold.sections.contains(row.section.as_str())) {
            row.each_mut(&mut Figure::conceal);
        }
    }
    if seasons.iter().any(|untold| untold.total) {
        for spread in [&mut change.totals, &mut change.before, &mut change.now] {
            spread.each_mut(&mut Figure::conceal);
        }
        change.chance.conceal();
        change.chance_adjusted.conceal();
    }
}

/// Returns the answers of this season that figures are over.
fn given(spec: &Framework, season: &Season) -> Answers {
    counted(season.headline_of(&spec.id).map(|sent| criteria(&sent.review, season.frameworks)))
}

/// Returns the answers that last season's figures were over.
fn given_then(spec: &Framework, season: &Season) -> Answers {
    let Some(previous) = &season.previous else { return Answers::new() };
    let returns = &previous.returns;
    counted(returns.iter().filter(|then| stood_then(returns, then, spec)).map(|then| then.criteria.clone()))
}

/// Counts answers.
fn counted(returns: impl Iterator<Item = BTreeMap<CriterionId, Exact>>) -> Answers {
    let mut answers = Answers::new();
    for (criterion, share) in returns.flatten() {
        *answers.entry(criterion).or_default().entry(share).or_default() += 1;
    }
    answers
}

impl Untold {
    /// Finds what isn't to be told of such answers.
    fn of(spec: &Framework, answers: &Answers, k: usize) -> Self {
        let mut untold = Self::default();
        if k <= 1 {
            return untold;
        }
        let lies = spec.sections.iter().map(|section| (section.id.clone(), of_section(spec, section, answers, k)));
        let mut sections: Vec<(SectionId, bool, Lie)> = Vec::new();
        for (section, mut mine) in lies.filter(|(_, mine)| !mine.is_empty()) {
            let is_told_by_sum = !hide_until_open(&mut mine, k);
            untold.criteria.extend(mine.iter().filter(|(_, hidden, _)| *hidden).map(|(id, ..)| id.clone()));
            let whole = mine.into_iter().map(|(.., lie)| lie).reduce(Lie::and);
            sections.extend(whole.map(|whole| (section, is_told_by_sum, whole)));
        }
        untold.total = !hide_until_open(&mut sections, k);
        untold.sections.extend(sections.into_iter().filter(|(_, hidden, _)| *hidden).map(|(id, ..)| id));
        untold
    }
}

/// Returns the criteria of a section that are answered, whether nearly all answer each alike, and how the answers lie.
fn of_section(spec: &Framework, section: &Section, answers: &Answers, k: usize) -> Vec<(CriterionId, bool, Lie)> {
    let answered = section.criteria.iter().filter_map(|criterion| Some((criterion, answers.get(&criterion.id)?)));
    let of = |(criterion, given): (&Criterion, &BTreeMap<Exact, usize>)| {
        let all = given.values().sum();
        let most = given.values().copied().max().unwrap_or_default();
        (criterion.id.clone(), are_alike(all, most, k), Lie::of(spec, criterion, given))
    };
    answered.map(of).collect()
}

/// Hides more parts of a whole until those that are hidden, which are what the whole comes to less the others, leave it open what k gave, the most
/// alike first; returns whether they do.
fn hide_until_open<T>(parts: &mut [(T, bool, Lie)], k: usize) -> bool {
    loop {
        let hidden = parts.iter().filter(|(_, hidden, _)| *hidden).map(|(.., lie)| lie.clone()).reduce(Lie::and);
        if hidden.is_none_or(|hidden| hidden.leaves_open(k)) {
            return true;
        }
        let told = parts.iter_mut().filter(|(_, hidden, _)| !*hidden);
        match told.min_by(|one, other| one.2.nearest_end().cmp(other.2.nearest_end())) {
            Some(next) => next.1 = true,
            None => return false,
        }
    }
}

impl Lie {
    /// Returns how the answers to a criterion lie.
    fn of(spec: &Framework, criterion: &Criterion, given: &BTreeMap<Exact, usize>) -> Self {
        let scale = spec.scale(criterion);
        let width = &scale.maximum() - &scale.minimum();
        let points = |share: &dyn Fn(&Exact) -> Exact| -> Exact {
            let each = given.iter().map(|(given, times)| &(&share(given) * &width) * &Exact::from(*times));
            each.fold(Exact::zero(), |sum, points| &sum + &points)
        };
        let steps = scale.steps().unwrap_or_default();
        let apart = steps.windows(2).map(|pair| (&pair[1] - &pair[0]).abs());
        Self {
            below: points(&|share| &Exact::one() - share),
            above: points(&Exact::clone),
            step: apart.min().unwrap_or_else(Exact::one),
        }
    }

    /// Returns how the answers to these and others lie together.
    fn and(self, other: Self) -> Self {
        Self { below: &self.below + &other.below, above: &self.above + &other.above, step: self.step.min(other.step) }
    }

    /// Whether k answers or more can be other than the best, and as many other than the worst, by what they come to.
    fn leaves_open(&self, k: usize) -> bool {
        *self.nearest_end() >= &self.step * &Exact::from(k)
    }

    /// Returns what is missing to the nearer end.
    fn nearest_end(&self) -> &Exact {
        (&self.below).min(&self.above)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::{SeasonRecord, Surroundings, sample};
    use crate::statistics::Statistics;

    /// Returns a season of twelve organisations of which so many give another answer than the best to each criterion, in its order.
    fn season(
        frameworks: &[Framework],
        others: [usize; 12],
        (worst, previous): (u32, Option<SeasonRecord>),
    ) -> Season<'_> {
        let answers = |number: usize| -> Vec<Option<u32>> {
            others.iter().map(|of| Some(if number < *of { worst } else { 2 })).collect()
        };
        let review = |number| {
            sample::review(&frameworks[0], &format!("Organisation {number:02}"), "Self-assessment", &answers(number))
        };
        let surroundings = Surroundings { previous, ..Surroundings::default() };
        Season::new(frameworks, surroundings, (0..12).map(review).collect())
    }

    fn published(season: &Season) -> FrameworkStatistics {
        Statistics::published(season).unwrap().frameworks.remove(0)
    }

    /// Returns the criteria that are told.
    fn told(of: &FrameworkStatistics) -> String {
        let told = of.criteria.iter().filter(|row| row.mean.is_shown());
        for row in &of.criteria {
            let all = row.grades.iter().all(|grade| grade.count.is_shown() == row.mean.is_shown());
            assert!(all && row.best.share.is_shown() == row.mean.is_shown(), "{row:?}");
        }
        told.map(|row| row.criterion.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_nearly_all_answer_alike_is_not_told_nor_what_would_tell_it() {
        let frameworks = [sample::usual()];
        let cases = [
            // Enough differ everywhere.
            ([6; 12], 0, "1.1 1.2 1.3 1.4 1.5 2.1 2.2 2.3 2.4 3.1 3.2 3.3"),
            // One is alike, and the next most alike of its section hides how many points it lacks.
            ([0, 6, 6, 5, 6, 6, 6, 6, 6, 6, 6, 6], 0, "1.2 1.3 1.5 2.1 2.2 2.3 2.4 3.1 3.2 3.3"),
            // Three that lack two points each need no other.
            ([3, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6], 0, "1.2 1.3 1.4 1.5 2.1 2.2 2.3 2.4 3.1 3.2 3.3"),
            // Two of a section with four answers other than the best each hide each other.
            ([4, 6, 4, 6, 6, 6, 6, 6, 6, 6, 6, 6], 1, "1.2 1.4 1.5 2.1 2.2 2.3 2.4 3.1 3.2 3.3"),
        ];
        for (others, worst, expected) in cases {
            assert_eq!(told(&published(&season(&frameworks, others, (worst, None)))), expected, "{others:?}");
        }
    }

    #[test]
    fn a_section_that_all_answer_alike_is_not_told_and_neither_is_another_that_the_total_would_tell_it_by() {
        let frameworks = [sample::usual()];
        let alike_in_one = [6, 6, 6, 6, 6, 6, 6, 6, 6, 0, 0, 0];
        let of = published(&season(&frameworks, alike_in_one, (0, None)));
        let sections: Vec<bool> = of.sections.iter().map(|row| row.percent.mean.is_shown()).collect();
        assert_eq!(sections, [true, false, false]);
        assert!(of.totals.iter().all(|row| row.spread.mean.is_shown()));
        let of = published(&season(&frameworks, [0; 12], (0, None)));
        assert!(of.sections.iter().all(|row| !row.percent.mean.is_shown()));
        assert!(of.totals.iter().all(|row| !row.spread.mean.is_shown()));
        assert!(of.strongest.is_empty() && of.weakest.is_empty());
    }

    #[test]
    fn change_to_or_from_what_is_not_told_is_not_told() {
        let frameworks = [sample::usual()];
        let [varied, alike] = [[6; 12], [3, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6]];
        for (then, now, is_told) in [(varied, varied, true), (alike, varied, false), (varied, alike, false)] {
            let last = SeasonRecord::of(&season(&frameworks, then, (0, None)));
            let of = published(&season(&frameworks, now, (0, Some(last))));
            let rows = of.change.unwrap().criteria;
            let row = rows.iter().find(|row| row.criterion == "1.1").unwrap();
            assert_eq!(row.difference.mean.is_shown(), is_told, "{then:?} {now:?}");
        }
    }

    #[test]
    fn those_told_are_ranked_among_themselves() {
        let frameworks = [sample::usual()];
        let of = published(&season(&frameworks, [3, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 7], (0, None)));
        let first: Vec<&str> =
            of.strongest.iter().filter(|row| row.rank == 1).map(|row| row.criterion.as_str()).collect();
        assert_eq!(first, ["1.2"]);
        assert!(of.strongest.iter().chain(&of.weakest).all(|row| row.mean.is_shown() && row.criterion != "1.1"));
    }

    #[test]
    fn the_team_is_told_all() {
        let frameworks = [sample::usual()];
        let season = season(&frameworks, [0; 12], (0, None));
        let of = Statistics::of_season(&season).unwrap().frameworks.remove(0);
        assert_eq!(told(&of).split(' ').count(), 12);
    }
}
