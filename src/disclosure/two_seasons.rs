//! What of the change since last season may be passed on: what both seasons came to, less what those compared came to, would tell of
//! those who are new or gone, and of those who gave an answer one time only. What the criteria of a section changed by, less what the section did,
//! would tell of those compared by one and not by the other; so would sections less the total.

use std::collections::{BTreeMap, BTreeSet};

use super::outcomes::are_alike;
use crate::exact::Exact;
use crate::figure::{Figure, Figured};
use crate::framework::{CriterionId, Framework, FrameworkId, Section, SectionId};
use crate::season::record::{criteria, percent};
use crate::season::{RecordedReturn, Season, SeasonReturn};
use crate::statistics::{ChangeSummary, FrameworkStatistics, OutcomeChange};
use crate::tables::band;
use crate::words::INCOMPLETE;

/// Whether a return now has something.
type Has<'a> = &'a dyn Fn(&SeasonReturn) -> bool;

/// Whether a return then had it.
type Had<'a> = &'a dyn Fn(&RecordedReturn) -> bool;

/// Hides of the change what tells of few who are new or gone.
pub(super) fn protect(framework: &mut FrameworkStatistics, season: &Season) {
    let Some(change) = framework.change.as_mut() else { return };
    let apart = Apart::of(season, &framework.framework);
    counts(change, &apart);
    totals(change, &apart, season);
    parts(change, &apart, season);
    outcomes(change, &apart);
}

/// Hides how many rose, stayed and fell, and how many came out of the lowest band, where few are new or gone, or all of those compared
/// but few went the same way: whose outcome then is known would be known by it now.
fn counts(change: &mut ChangeSummary, apart: &Apart) {
    let are_few = apart.are_few_new_or_gone();
    let ChangeSummary { better, same, worse, met, .. } = change;
    let ways = [better, same, worse];
    let [moved, most] =
        [ways.iter().map(|way| way.counted()).sum(), ways.iter().map(|way| way.counted()).max().unwrap_or(0)];
    if are_few || are_alike(moved, most, apart.k) {
        ways.into_iter().for_each(Figure::conceal);
    }
    let crossed = met.as_ref().map_or(0, |met| met.gained.counted() + met.lost.counted());
    let known = met.as_ref().map_or(0, |met| met.gained.n);
    if are_few || are_alike(known, crossed.max(known.saturating_sub(crossed)), apart.k) {
        met.each_mut(&mut Figure::conceal);
    }
}

/// Hides the totals where those of few could be told, or all of those compared but few changed by the same.
fn totals(change: &mut ChangeSummary, apart: &Apart, season: &Season) {
    let is_alike =
        apart.changed_alike(|sent, then| Some(&percent(&sent.review, season.frameworks)? - then.percent.as_ref()?));
    if apart.tells_by_total(season) || is_alike {
        let ChangeSummary { totals, before, now, chance, chance_adjusted, .. } = change;
        for spread in [totals, before, now] {
            spread.each_mut(&mut Figure::conceal);
        }
        chance.conceal();
        chance_adjusted.conceal();
    }
}

/// Hides the sections and criteria where those of few could be told, or all of those compared but few changed by the same: whose answer then is
/// known would be known by it now.
fn parts(change: &mut ChangeSummary, apart: &Apart, season: &Season) {
    let answered = answered(apart, season);
    let levels = Levels::of(apart, &answered, season);
    for row in &mut change.sections {
        let of = |sent: &SeasonReturn, then: &RecordedReturn| {
            Some(sent.review.section(&row.section)?.percent.as_ref()? - then.sections.get(row.section.as_str())?)
        };
        if apart.tells_by_section(&row.section) || levels.tell_by_section(&row.section) || apart.changed_alike(of) {
            row.each_mut(&mut Figure::conceal);
        }
    }
    for row in &mut change.criteria {
        let of = |sent: &SeasonReturn, then: &RecordedReturn| {
            let id = row.criterion.as_str();
            Some(answered.get(&sent.review.file)?.get(id)? - then.criteria.get(id)?)
        };
        let told = apart.tells_by_criterion(&row.criterion, &answered) || levels.tell_by_criterion(&row.criterion);
        if told || apart.changed_alike(of) {
            row.each_mut(&mut Figure::conceal);
        }
    }
}

/// The answers that count of each return now, by file.
type Answered = BTreeMap<String, BTreeMap<CriterionId, Exact>>;

/// Returns the answers that count now.
fn answered(apart: &Apart, season: &Season) -> Answered {
    let given = |sent: &'_ SeasonReturn| (sent.review.file.clone(), criteria(&sent.review, season.frameworks));
    apart.now().map(given).collect()
}

/// Whether a return now has a total that is compared.
fn has_total(sent: &SeasonReturn, season: &Season) -> bool {
    percent(&sent.review, season.frameworks).is_some()
}

/// Whether a section of a return now is complete.
fn has_section(sent: &SeasonReturn, id: &str) -> bool {
    sent.review.section(id).is_some_and(|of| of.percent.is_some())
}

/// Whether a return now answers a criterion.
fn has_criterion(sent: &SeasonReturn, id: &str, answered: &Answered) -> bool {
    answered.get(&sent.review.file).is_some_and(|given| given.contains_key(id))
}

/// Whether totals, a section or a criterion would tell of few who have it one time only, were all others compared.
pub(super) fn tells_of_few(season: &Season, framework: &Framework) -> bool {
    let apart = Apart::of(season, &framework.id);
    let answered = answered(&apart, season);
    let levels = Levels::of(&apart, &answered, season);
    let by_section = |id: &str| apart.tells_by_section(id) || levels.tell_by_section(id);
    let by_criterion = |id: &str| apart.tells_by_criterion(id, &answered) || levels.tell_by_criterion(id);
    apart.tells_by_total(season)
        || framework.sections.iter().any(|section| by_section(&section.id))
        || framework.criteria().any(|criterion| by_criterion(&criterion.id))
}

/// Hides the outcomes where those of few could be told: they are those of all less these, band by band.
fn outcomes(change: &mut ChangeSummary, apart: &Apart) {
    let tells = |row: &OutcomeChange| {
        let had = |recorded: &RecordedReturn| recorded.band.as_ref().is_some_and(|band| band.as_str() == row.band);
        apart.is_few(apart.left_out(&|sent| band(&sent.review) == row.band, &had))
    };
    if change.outcomes.iter().any(tells)
        || apart.are_left_out_alike()
        || have_like_outcomes(&change.outcomes, change.matched, apart.k)
    {
        change.outcomes.iter_mut().for_each(|row| row.each_mut(&mut Figure::conceal));
    }
}

/// Whether all of those compared but few had the same outcome, or have it.
fn have_like_outcomes(rows: &[OutcomeChange], compared: usize, k: usize) -> bool {
    rows.iter().flat_map(|row| [&row.before, &row.now]).any(|count| are_alike(compared, count.counted(), k))
}

/// The returns that the change since last season compares, and those that it leaves out.
struct Apart<'a> {
    /// Those now, with what they are compared with.
    compared: Vec<(&'a SeasonReturn, &'a RecordedReturn)>,
    /// Those that stand for their organisations now and aren't among them.
    new: Vec<&'a SeasonReturn>,
    /// Those then of organisations, or of services of them, that aren't compared.
    gone: Vec<&'a RecordedReturn>,
    /// Of fewer nothing may be told.
    k: usize,
}

/// Which of those compared are compared by each of the levels that make one another up.
struct Levels {
    total: Compared,
    sections: BTreeMap<SectionId, Compared>,
    /// Each criterion with the section that it is of.
    criteria: BTreeMap<CriterionId, (SectionId, Compared)>,
    k: usize,
}

/// For each of those compared, whether it is by some level.
type Compared = Vec<bool>;

impl Levels {
    fn of(apart: &Apart, answered: &Answered, season: &Season) -> Self {
        let by = |has: Has, had: Had| -> Compared {
            let is_compared = |sent: &SeasonReturn, then: &RecordedReturn| !then.is_left_out && has(sent) && had(then);
            apart.compared.iter().map(|(sent, then)| is_compared(sent, then)).collect()
        };
        let section = |id: &SectionId| by(&|sent| has_section(sent, id), &|then| then.sections.contains_key(id));
        let criterion =
            |id: &CriterionId| by(&|sent| has_criterion(sent, id, answered), &|then| then.criteria.contains_key(id));
        let framework = apart.compared.first().and_then(|(sent, _)| sent.review.framework_among(season.frameworks));
        let sections = || framework.into_iter().flat_map(|framework| &framework.sections);
        let of_criteria = |of: &Section| -> Vec<_> {
            of.criteria.iter().map(|one| (one.id.clone(), (of.id.clone(), criterion(&one.id)))).collect()
        };
        Self {
            total: by(&|sent| has_total(sent, season), &|then| then.percent.is_some()),
            sections: sections().map(|of| (of.id.clone(), section(&of.id))).collect(),
            criteria: sections().flat_map(of_criteria).collect(),
            k: apart.k,
        }
    }

    /// Whether a section less the total would tell of few.
    fn tell_by_section(&self, id: &str) -> bool {
        self.sections.get(id).is_some_and(|section| self.are_few_apart(section, &self.total))
    }

    /// Whether a criterion less its section, or less the total, would tell of few.
    fn tell_by_criterion(&self, id: &str) -> bool {
        self.criteria.get(id).is_some_and(|(section, criterion)| {
            let section = self.sections.get(section);
            section.is_some_and(|section| self.are_few_apart(criterion, section))
                || self.are_few_apart(criterion, &self.total)
        })
    }

    /// Whether few are compared by one and not by the other; not where nobody is compared by one of the two.
    fn are_few_apart(&self, one: &Compared, other: &Compared) -> bool {
        let apart = one.iter().zip(other).filter(|(one, other)| one != other).count();
        one.contains(&true) && other.contains(&true) && (1..self.k).contains(&apart)
    }
}

impl<'a> Apart<'a> {
    fn of(season: &'a Season, framework: &FrameworkId) -> Self {
        let recorded = season.previous.iter().flat_map(|previous| &previous.returns);
        let then = recorded.filter(|recorded| recorded.framework == *framework);
        let compared = season.matched(framework);
        let files: BTreeSet<&str> = compared.iter().map(|(sent, _)| sent.review.file.as_str()).collect();
        let whose = |then: &'a RecordedReturn| (then.organisation.as_str(), &then.each_now);
        let matched: BTreeSet<_> = compared.iter().map(|(_, then)| whose(then)).collect();
        Self {
            new: season.headline_of(framework).filter(|sent| !files.contains(sent.review.file.as_str())).collect(),
            gone: then.filter(|recorded| !matched.contains(&whose(recorded))).collect(),
            k: season.settings.disclosure.k,
            compared,
        }
    }

    /// Returns those now, compared or not.
    fn now(&self) -> impl Iterator<Item = &'a SeasonReturn> {
        self.compared.iter().map(|(sent, _)| *sent).chain(self.new.iter().copied())
    }

    /// Whether few are new, or few are gone.
    fn are_few_new_or_gone(&self) -> bool {
        self.is_few(self.left_out(&|_| true, &|_| true))
    }

    /// Whether those that have something, but aren't among those that are compared by it, are few, either now or then.
    fn tells_of_few(&self, has: Has, had: Had) -> bool {
        let [new, gone] = self.left_out(has, had);
        let is_compared = |sent: &SeasonReturn, then: &RecordedReturn| !then.is_left_out && has(sent) && had(then);
        let rest: Vec<_> = self.compared.iter().filter(|(sent, then)| !is_compared(sent, then)).collect();
        let [now, then] =
            [rest.iter().filter(|(sent, _)| has(sent)).count(), rest.iter().filter(|(_, then)| had(then)).count()];
        self.is_few([new + now, gone + then])
    }

    /// Whether something changed by the same in all of those compared but few.
    fn changed_alike(&self, by: impl Fn(&SeasonReturn, &RecordedReturn) -> Option<Exact>) -> bool {
        let mut changes: BTreeMap<Exact, usize> = BTreeMap::new();
        for change in
            self.compared.iter().filter(|(_, then)| !then.is_left_out).filter_map(|(sent, then)| by(sent, then))
        {
            *changes.entry(change).or_default() += 1;
        }
        are_alike(changes.values().sum(), changes.values().copied().max().unwrap_or_default(), self.k)
    }

    /// Whether totals tell of few.
    fn tells_by_total(&self, season: &Season) -> bool {
        self.tells_of_few(&|sent| has_total(sent, season), &|then| then.percent.is_some())
    }

    /// Whether a section tells of few.
    fn tells_by_section(&self, id: &str) -> bool {
        self.tells_of_few(&|sent| has_section(sent, id), &|then| then.sections.contains_key(id))
    }

    /// Whether a criterion tells of few.
    fn tells_by_criterion(&self, id: &str, answered: &Answered) -> bool {
        self.tells_of_few(&|sent| has_criterion(sent, id, answered), &|then| then.criteria.contains_key(id))
    }

    /// Returns how many organisations that aren't compared have something now, and how many had it then.
    fn left_out(&self, has: Has, had: Had) -> [usize; 2] {
        let gone = self.gone.iter().filter(|then| had(then)).map(|then| then.organisation.as_str());
        [self.new.iter().filter(|sent| has(sent)).count(), gone.collect::<BTreeSet<_>>().len()]
    }

    /// Whether all but few of those who are new have one outcome, or had one of those who are gone: what all came to less what those compared
    /// did is theirs.
    fn are_left_out_alike(&self) -> bool {
        let new = self.new.iter().map(|sent| band(&sent.review).to_owned()).filter(|band| band != INCOMPLETE);
        let gone = self.gone.iter().filter_map(|then| then.band.as_ref()).map(ToString::to_string);
        let alike = |bands: &mut dyn Iterator<Item = String>| {
            let mut times: BTreeMap<String, usize> = BTreeMap::new();
            bands.for_each(|band| *times.entry(band).or_default() += 1);
            are_alike(times.values().sum(), times.values().copied().max().unwrap_or_default(), self.k)
        };
        alike(&mut new.into_iter()) || alike(&mut gone.into_iter())
    }

    fn is_few(&self, numbers: [usize; 2]) -> bool {
        numbers.iter().any(|number| (1..self.k).contains(number))
    }
}
