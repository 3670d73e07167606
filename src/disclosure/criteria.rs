//! Hides criteria that nearly all answer alike, and what these could be worked out from.
//!
//! Whoever knows its own answer would know all others' where all give the same: so of a criterion nothing is told where fewer than k have
//! another answer than most, as of outcomes ([`are_alike`]). What a section comes to, less the criteria that are told, is what the others come
//! to: where that is one alone, its answers follow from that it isn't told; where so little of the most, or of the least, is missing there that
//! fewer than k can have another answer, that follows from their sum, which whoever is asking knows its own part of. So more criteria aren't
//! told, whatever is answered to these, then the section, and of the sections in the same way the total.

use std::collections::{BTreeMap, BTreeSet};

use super::incomplete::stood_then;
use super::outcomes::are_alike;
use crate::exact::Exact;
use crate::figure::{Facet, Figure, Figured};
use crate::framework::{Criterion, CriterionId, Framework, Section, SectionId};
use crate::season::record::criteria;
use crate::season::{Season, SeasonReturn};
use crate::statistics::FrameworkStatistics;

/// The answers to each criterion, each with the number of the organisation that gives it and how good it is from 0 to 1.
type Answers = BTreeMap<CriterionId, Vec<(usize, Exact)>>;

/// Points, by the number of the organisation.
type Points = BTreeMap<usize, Exact>;

/// How the answers to some criteria lie, in points.
#[derive(Clone, Debug)]
struct Lie {
    /// To how many criteria they are.
    criteria: usize,
    /// What is missing to the most.
    below: Points,
    /// What there is above the least.
    above: Points,
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
    let whose = |sent: &SeasonReturn| sent.organisation.clone().unwrap_or_else(|| sent.review.file.clone());
    counted(season.headline_of(&spec.id).map(|sent| (whose(sent), criteria(&sent.review, season.frameworks))))
}

/// Returns the answers that last season's figures were over.
fn given_then(spec: &Framework, season: &Season) -> Answers {
    let Some(previous) = &season.previous else { return Answers::new() };
    let returns = &previous.returns;
    let stood = returns.iter().filter(|then| stood_then(returns, then, spec));
    counted(stood.map(|then| (then.organisation.clone(), then.criteria.clone())))
}

/// Gathers the answers of organisations.
fn counted(returns: impl Iterator<Item = (String, BTreeMap<CriterionId, Exact>)>) -> Answers {
    let (mut answers, mut numbers) = (Answers::new(), BTreeMap::new());
    for (whose, given) in returns {
        let next = numbers.len();
        let number = *numbers.entry(whose).or_insert(next);
        for (criterion, share) in given {
            answers.entry(criterion).or_default().push((number, share));
        }
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
    let of = |(criterion, given): (&Criterion, &Vec<(usize, Exact)>)| {
        let mut times: BTreeMap<&Exact, usize> = BTreeMap::new();
        for (_, share) in given {
            *times.entry(share).or_default() += 1;
        }
        let most = times.into_values().max().unwrap_or_default();
        (criterion.id.clone(), are_alike(given.len(), most, k), Lie::of(spec, criterion, given))
    };
    answered.map(of).collect()
}

/// Hides more parts of a whole until those that are hidden, which are what the whole comes to less the others, leave it open what k gave;
/// returns whether they do. Which these are hangs on their order alone, and not on what is answered, so that nothing follows from it.
fn hide_until_open<T>(parts: &mut [(T, bool, Lie)], k: usize) -> bool {
    let first = parts.iter().position(|(_, hidden, _)| *hidden).unwrap_or_default();
    loop {
        let hidden = parts.iter().filter(|(_, hidden, _)| *hidden).map(|(.., lie)| lie.clone()).reduce(Lie::and);
        if hidden.is_none_or(|hidden| hidden.leaves_open(k)) {
            return true;
        }
        let (before, after) = parts.split_at_mut(first);
        match after.iter_mut().chain(before).find(|(_, hidden, _)| !*hidden) {
            Some(next) => next.1 = true,
            None => return false,
        }
    }
}

impl Lie {
    /// Returns how the answers to a criterion lie.
    fn of(spec: &Framework, criterion: &Criterion, given: &[(usize, Exact)]) -> Self {
        let scale = spec.scale(criterion);
        let width = &scale.maximum() - &scale.minimum();
        let points = |share: &dyn Fn(&Exact) -> Exact| {
            let each = given.iter().map(|(number, given)| (*number, &share(given) * &width));
            each.fold(Points::new(), |all, (number, points)| with(all, number, &points))
        };
        let steps = scale.steps().unwrap_or_default();
        let apart = steps.windows(2).map(|pair| (&pair[1] - &pair[0]).abs());
        Self {
            criteria: 1,
            below: points(&|share| &Exact::one() - share),
            above: points(&Exact::clone),
            step: apart.min().unwrap_or_else(Exact::one),
        }
    }

    /// Returns how the answers to these and others lie together.
    fn and(self, other: Self) -> Self {
        Self {
            criteria: self.criteria + other.criteria,
            below: together(self.below, &other.below),
            above: together(self.above, &other.above),
            step: self.step.min(other.step),
        }
    }

    /// Whether they are to several criteria, and k answers or more can be other than the best, and as many other than the worst, by what they
    /// come to without those of any one organisation, which knows its own.
    fn leaves_open(&self, k: usize) -> bool {
        let least = &self.step * &Exact::from(k);
        self.criteria > 1 && [&self.below, &self.above].into_iter().all(|points| of_others(points) >= least)
    }
}

/// Adds the points of an organisation.
fn with(mut all: Points, number: usize, points: &Exact) -> Points {
    let own = all.entry(number).or_insert_with(Exact::zero);
    *own = &*own + points;
    all
}

/// Returns the points of organisations by both.
fn together(one: Points, other: &Points) -> Points {
    other.iter().fold(one, |all, (number, points)| with(all, *number, points))
}

/// Returns what is left of points to the organisation that has most of them itself.
fn of_others(points: &Points) -> Exact {
    let all: Exact = points.values().sum();
    points.values().max().map_or_else(Exact::zero, |own| &all - own)
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
            // One is alike, and the next one of its section hides how many points it lacks.
            ([0, 6, 6, 5, 6, 6, 6, 6, 6, 6, 6, 6], 0, "1.3 1.4 1.5 2.1 2.2 2.3 2.4 3.1 3.2 3.3"),
            // What one alone comes to would tell its answers, however many points are missing.
            ([3, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6], 0, "1.3 1.4 1.5 2.1 2.2 2.3 2.4 3.1 3.2 3.3"),
            // Which one is hidden beside doesn't hang on its answers: after the last one it is the first.
            ([6, 6, 6, 5, 3, 6, 6, 6, 6, 6, 6, 6], 0, "1.2 1.3 1.4 2.1 2.2 2.3 2.4 3.1 3.2 3.3"),
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
        assert_eq!(sections, [false, true, false]);
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
        // Of what nobody changed whoever knows what it was then would know what it is now.
        for (then, now, worst, is_told) in [
            (varied, varied, 1, true),
            (varied, varied, 0, false),
            (alike, varied, 1, false),
            (varied, alike, 1, false),
        ] {
            let last = SeasonRecord::of(&season(&frameworks, then, (0, None)));
            let of = published(&season(&frameworks, now, (worst, Some(last))));
            let rows = of.change.unwrap().criteria;
            let row = rows.iter().find(|row| row.criterion == "1.1").unwrap();
            assert_eq!(row.difference.mean.is_shown(), is_told, "{then:?} {now:?}");
        }
    }

    #[test]
    fn those_told_are_ranked_among_themselves() {
        let frameworks = [sample::usual()];
        let of = published(&season(&frameworks, [3, 6, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7], (0, None)));
        let first: Vec<&str> =
            of.strongest.iter().filter(|row| row.rank == 1).map(|row| row.criterion.as_str()).collect();
        assert_eq!(first, ["1.3"]);
        assert!(of.strongest.iter().chain(&of.weakest).all(|row| row.mean.is_shown() && row.criterion != "1.1"));
    }

    #[test]
    fn what_is_missing_to_one_organisation_itself_hides_nothing_from_it() {
        let lie = |below: &[u32]| {
            let points = |each: &[u32]| each.iter().map(|points| Exact::from(*points)).enumerate().collect();
            Lie { criteria: 3, below: points(below), above: points(&[9, 9, 9]), step: Exact::one() }
        };
        for (below, is_open) in
            [(&[5, 1, 0][..], false), (&[5, 5, 0], true), (&[2, 2, 2], false), (&[0, 6, 0], false), (&[], false)]
        {
            assert_eq!(lie(below).leaves_open(5), is_open, "{below:?}");
        }
        assert!(!Lie { criteria: 1, ..lie(&[5, 5, 5]) }.leaves_open(5));
    }

    #[test]
    fn the_team_is_told_all() {
        let frameworks = [sample::usual()];
        let season = season(&frameworks, [0; 12], (0, None));
        let of = Statistics::of_season(&season).unwrap().frameworks.remove(0);
        assert_eq!(told(&of).split(' ').count(), 12);
    }
}
