//! What of the change since last season may be passed on: what both seasons came to, less what those compared came to, would tell of
//! those who are new or gone, and of those who gave an answer one time only.

use std::collections::{BTreeMap, BTreeSet};

use crate::figure::{Figure, Figured};
use crate::framework::FrameworkId;
use crate::season::record::{criteria, percent};
use crate::season::{RecordedReturn, Season, SeasonReturn};
use crate::statistics::{ChangeSummary, FrameworkStatistics, OutcomeChange};
use crate::tables::band;

/// Whether a return now has something.
type Has<'a> = &'a dyn Fn(&SeasonReturn) -> bool;

/// Whether a return then had it.
type Had<'a> = &'a dyn Fn(&RecordedReturn) -> bool;

/// Hides of the change what tells of few who are new or gone.
pub(super) fn protect(framework: &mut FrameworkStatistics, season: &Season) {
    let Some((change, previous)) = framework.change.as_mut().zip(season.previous.as_ref()) else { return };
    let recorded = previous.returns.iter().filter(|recorded| recorded.framework == framework.framework);
    let apart = Apart::of(season, &framework.framework, recorded);
    if apart.tells_of_few(&|_| true, &|_| true) {
        return change.each_mut(&mut Figure::conceal);
    }
    totals(change, &apart, season);
    parts(change, &apart, season);
    outcomes(change, &apart);
}

/// Hides the totals where those of few could be told.
fn totals(change: &mut ChangeSummary, apart: &Apart, season: &Season) {
    let has = |sent: &SeasonReturn| percent(&sent.review, season.frameworks).is_some();
    if apart.tells_of_few(&has, &|recorded| recorded.percent.is_some()) {
        let ChangeSummary { totals, before, now, .. } = change;
        for spread in [totals, before, now] {
            spread.each_mut(&mut Figure::conceal);
        }
    }
}

/// Hides the sections and criteria where those of few could be told.
fn parts(change: &mut ChangeSummary, apart: &Apart, season: &Season) {
    for row in &mut change.sections {
        let id = row.section.as_str();
        let has = |sent: &SeasonReturn| sent.review.section(id).is_some_and(|of| of.percent.is_some());
        if apart.tells_of_few(&has, &|recorded| recorded.sections.contains_key(id)) {
            row.each_mut(&mut Figure::conceal);
        }
    }
    let answered = |sent: &'_ SeasonReturn| (sent.review.file.clone(), criteria(&sent.review, season.frameworks));
    let answered: BTreeMap<String, _> = apart.now().map(answered).collect();
    for row in &mut change.criteria {
        let id = row.criterion.as_str();
        let has = |sent: &SeasonReturn| answered.get(&sent.review.file).is_some_and(|given| given.contains_key(id));
        if apart.tells_of_few(&has, &|recorded| recorded.criteria.contains_key(id)) {
            row.each_mut(&mut Figure::conceal);
        }
    }
}

/// Hides the outcomes where those of few could be told: they are those of all less these, band by band.
fn outcomes(change: &mut ChangeSummary, apart: &Apart) {
    let tells = |row: &OutcomeChange| {
        let had = |recorded: &RecordedReturn| recorded.band.as_ref().is_some_and(|band| band.as_str() == row.band);
        apart.is_few(apart.left_out(&|sent| band(&sent.review) == row.band, &had))
    };
    if change.outcomes.iter().any(tells) || are_alike(&change.outcomes, change.matched) {
        change.outcomes.iter_mut().for_each(|row| row.each_mut(&mut Figure::conceal));
    }
}

/// Whether all of those compared but one at most had the same outcome, or have it.
fn are_alike(rows: &[OutcomeChange], compared: usize) -> bool {
    rows.iter().flat_map(|row| [&row.before, &row.now]).any(|count| count.counted() + 1 >= compared.max(1))
}

/// The returns that the change since last season compares, and those that it leaves out.
struct Apart<'a> {
    /// Those now, with what they are compared with.
    compared: Vec<(&'a SeasonReturn, &'a RecordedReturn)>,
    /// Those that stand for their organisations now and aren't among them.
    new: Vec<&'a SeasonReturn>,
    /// Those then of organisations that aren't compared.
    gone: Vec<&'a RecordedReturn>,
    /// Of fewer nothing may be told.
    k: usize,
}

impl<'a> Apart<'a> {
    fn of(season: &'a Season, framework: &FrameworkId, then: impl Iterator<Item = &'a RecordedReturn>) -> Self {
        let compared = season.matched(framework);
        let files: BTreeSet<&str> = compared.iter().map(|(sent, _)| sent.review.file.as_str()).collect();
        let matched: BTreeSet<&str> = compared.iter().map(|(_, then)| then.organisation.as_str()).collect();
        Self {
            new: season.headline_of(framework).filter(|sent| !files.contains(sent.review.file.as_str())).collect(),
            gone: then.filter(|recorded| !matched.contains(recorded.organisation.as_str())).collect(),
            k: season.settings.disclosure.k,
            compared,
        }
    }

    /// Returns those now, compared or not.
    fn now(&self) -> impl Iterator<Item = &'a SeasonReturn> {
        self.compared.iter().map(|(sent, _)| *sent).chain(self.new.iter().copied())
    }

    /// Whether those that have something, but aren't among those that have it both times, are few, either now or then.
    fn tells_of_few(&self, has: Has, had: Had) -> bool {
        let [new, gone] = self.left_out(has, had);
        let both = |now: bool| self.compared.iter().filter(move |(sent, then)| has(sent) == now && had(then) != now);
        self.is_few([new + both(true).count(), gone + both(false).count()])
    }

    /// Returns how many organisations that aren't compared have something now, and how many had it then.
    fn left_out(&self, has: Has, had: Had) -> [usize; 2] {
        let gone = self.gone.iter().filter(|then| had(then)).map(|then| then.organisation.as_str());
        [self.new.iter().filter(|sent| has(sent)).count(), gone.collect::<BTreeSet<_>>().len()]
    }

    fn is_few(&self, numbers: [usize; 2]) -> bool {
        numbers.iter().any(|number| (1..self.k).contains(number))
    }
}
