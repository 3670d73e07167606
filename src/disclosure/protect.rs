//! Hides the figures of a season's statistics that may not be shown, and logs each.

use std::collections::{BTreeMap, BTreeSet};

use super::suppress::{small_groups, suppress};
use crate::exact::Exact;
use crate::figure::{Disclosure, Hiding, HidingReason};
use crate::framework::Framework;
use crate::season::Season;
use crate::statistics::{
    Agreement, AgreementRow, Figure, FigureState, FrameworkStatistics, GroupRow, MeasureRow, RegisterRow, Spread,
    Statistics, StatisticsError,
};

/// The log, and the limits that it follows.
struct Screen<'a> {
    limits: &'a Disclosure,
    hidings: Vec<Hiding>,
}

impl Statistics {
    /// Works out the statistics of a season, and hides what may not be shown.
    pub fn of_season(season: &Season) -> Result<Self, StatisticsError> {
        let mut statistics = Self::unprotected(season)?;
        protect(&mut statistics, season);
        Ok(statistics)
    }
}

/// Hides what may not be shown.
fn protect(statistics: &mut Statistics, season: &Season) {
    let mut screen = Screen { limits: &season.settings.disclosure, hidings: Vec::new() };
    for framework in &mut statistics.frameworks {
        screen.network_figures(framework);
        framework.measures.iter_mut().for_each(|measure| screen.measure(measure));
        framework.registers.iter_mut().for_each(|register| screen.register(register));
        screen.consistency(framework);
        screen.seasons(framework);
        let spec = season.frameworks.iter().find(|known| known.id == framework.framework);
        if let Some((agreement, spec)) = framework.agreement.as_mut().zip(spec) {
            screen.agreement(spec, agreement);
        }
        screen.groups(framework, season);
    }
    screen.hidings.sort();
    screen.hidings.dedup();
    statistics.hidings = screen.hidings;
}

impl Screen<'_> {
    /// Hides one figure, where it is shown.
    fn hide(&mut self, figure: &mut Figure, reason: HidingReason) {
        if figure.is_shown() {
            self.conceal(figure, reason);
        }
    }

    /// Hides one figure, and that it isn't defined.
    fn conceal(&mut self, figure: &mut Figure, reason: HidingReason) {
        let why = match reason {
            HidingReason::Primary => format!("rests on fewer than {}", self.limits.k),
            HidingReason::Secondary => "a hidden figure could be worked out from it".to_owned(),
            HidingReason::Quantile => {
                format!("has fewer than the {} contributors that a quantile needs", self.limits.quantiles)
            }
        };
        if figure.state != FigureState::Hidden {
            self.hidings.push(Hiding { figure: figure.id.clone(), reason, why: why.clone() });
            figure.hide(&why);
        }
    }

    /// Hides a spread that rests on too few, or its quantiles.
    fn spread(&mut self, spread: &mut Spread) {
        if spread.n < self.limits.k {
            self.whole(spread, HidingReason::Primary);
        } else if spread.n < self.limits.quantiles {
            let [_, quantiles @ ..] = spread.figures_mut();
            for figure in quantiles {
                self.hide(figure, HidingReason::Quantile);
            }
        }
    }

    /// Hides all of a spread.
    fn whole(&mut self, spread: &mut Spread, reason: HidingReason) {
        for figure in spread.figures_mut() {
            self.hide(figure, reason);
        }
    }

    /// Hides figures over all returns that rest on too few.
    fn network_figures(&mut self, framework: &mut FrameworkStatistics) {
        let k = self.limits.k;
        let kinds: Vec<usize> = framework.totals.iter().skip(1).map(|row| row.spread.n).collect();
        let together = small_groups(&kinds, k).unwrap_or_else(|| vec![true; kinds.len()]);
        for (row, hidden) in framework.totals.iter_mut().skip(1).zip(together) {
            if hidden && row.spread.n >= k {
                self.whole(&mut row.spread, HidingReason::Secondary);
            }
        }
        framework.totals.iter_mut().for_each(|row| self.spread(&mut row.spread));
        for section in &mut framework.sections {
            self.spread(&mut section.percent);
            section.mean_score = section.mean_score.take().filter(|_| section.percent.mean.is_shown());
        }
        let ranked = framework.strongest.iter_mut().chain(&mut framework.weakest);
        for row in ranked.filter(|row| row.mean.n < k) {
            self.hide(&mut row.mean, HidingReason::Primary);
            for figure in row.best.figures_mut() {
                self.hide(figure, HidingReason::Primary);
            }
            row.organisations.clear();
        }
        for row in framework.criteria.iter_mut().filter(|row| row.answered < k) {
            let figures = [&mut row.mean, &mut row.median].into_iter().chain(row.best.figures_mut());
            let figures = figures.chain(row.grades.iter_mut().map(|grade| &mut grade.count));
            for figure in figures {
                self.hide(figure, HidingReason::Primary);
            }
        }
        for row in framework.ranges.iter_mut().filter(|row| row.network.n < k) {
            let ends = [&mut row.network, &mut row.low_95, &mut row.high_95, &mut row.low_998, &mut row.high_998];
            for figure in ends {
                self.hide(figure, HidingReason::Primary);
            }
            row.standing = None;
        }
    }

    /// Hides whether criteria go together where too few returns show it.
    fn consistency(&mut self, framework: &mut FrameworkStatistics) {
        let rows = framework.consistency.iter_mut().flat_map(|found| {
            found
                .sections
                .iter_mut()
                .chain([&mut found.overall])
                .flat_map(|row| [&mut row.alpha, &mut row.low, &mut row.high])
        });
        let criteria = framework.criteria.iter_mut().flat_map(|row| [&mut row.discrimination, &mut row.alpha_without]);
        self.few(rows.chain(criteria));
    }

    /// Hides change and trend over too few, and returns that stand out from totals that are hidden.
    fn seasons(&mut self, framework: &mut FrameworkStatistics) {
        if let Some(change) = &mut framework.change {
            self.spread(&mut change.totals);
            self.few([&mut change.chance, &mut change.better, &mut change.same, &mut change.worse]);
            for section in &mut change.sections {
                self.spread(&mut section.difference);
                self.few([&mut section.chance, &mut section.chance_adjusted]);
            }
            self.few(change.met.iter_mut().flat_map(|met| [&mut met.gained, &mut met.lost, &mut met.chance]));
        }
        if let Some(trend) = &mut framework.trend {
            let reason = if trend.returns < self.limits.k { HidingReason::Primary } else { HidingReason::Quantile };
            let medians = trend.seasons.iter_mut().map(|point| &mut point.median);
            if trend.returns < self.limits.k.max(self.limits.quantiles) {
                medians.chain([&mut trend.slope, &mut trend.tau]).for_each(|figure| self.hide(figure, reason));
            }
        }
        if framework.totals.first().is_none_or(|row| !row.spread.deviation.is_shown()) {
            framework.outliers.clear();
        }
    }

    /// Hides figures that rest on too few.
    fn few<'f>(&mut self, figures: impl IntoIterator<Item = &'f mut Figure>) {
        let k = self.limits.k;
        for figure in figures.into_iter().filter(|figure| figure.n < k) {
            self.hide(figure, HidingReason::Primary);
        }
    }

    /// Hides what few rows of a register come to, as much of the rest as could give it away, and actions that few want or
    /// that say as much as a hidden result.
    fn register(&mut self, register: &mut RegisterRow) {
        let k = self.limits.k;
        let counts: Vec<usize> = register.results.iter().map(|row| rows_of(&row.share.count)).collect();
        let hidden = small_groups(&counts, k).unwrap_or_else(|| vec![true; counts.len()]);
        let mut secret = Vec::new();
        for ((row, hidden), count) in register.results.iter_mut().zip(hidden).zip(&counts) {
            if hidden {
                secret.push(*count);
                let reason = if *count < k { HidingReason::Primary } else { HidingReason::Secondary };
                row.share.figures_mut().into_iter().for_each(|figure| self.hide(figure, reason));
            }
        }
        for action in &mut register.actions {
            let count = rows_of(&action.count);
            if count < k {
                self.hide(&mut action.count, HidingReason::Primary);
            } else if secret.contains(&count) {
                self.hide(&mut action.count, HidingReason::Secondary);
            }
        }
    }

    /// Hides a measure that few people stand behind, or of whom few did or few didn't, and rounds how many there are.
    #[expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "people are rounded to be shown")]
    fn measure(&mut self, measure: &mut MeasureRow) {
        let k = self.limits.k as f64;
        self.spread(&mut measure.spread);
        if measure.spread.n < self.limits.k {
            self.hide(&mut measure.mean_of_returns, HidingReason::Primary);
            self.hide(&mut measure.pooled, HidingReason::Primary);
            self.hide(&mut measure.people, HidingReason::Primary);
        }
        let people = measure.people.value.unwrap_or(0.0);
        let few = |count: f64| count > 0.5 && count < k - 0.5;
        let reached = measure.pooled.value.filter(|_| measure.unit == "%").map(|percent| percent * people / 100.0);
        if few(people) || reached.is_some_and(|reached| few(reached) || few(people - reached)) {
            self.hide(&mut measure.pooled, HidingReason::Primary);
        }
        if few(people) {
            self.hide(&mut measure.people, HidingReason::Primary);
        }
        let step = self.limits.rounding.max(1) as f64;
        measure.people.value = measure.people.value.map(|people| (people / step).round() * step);
        measure.pooled_exact = measure.pooled_exact.take().filter(|_| measure.pooled.is_shown());
    }

    /// Hides agreement over too few organisations, and rows from which a hidden row could be worked out: the pairs of a section are
    /// those of its criteria, and the pairs of all are those of the sections.
    fn agreement(&mut self, framework: &Framework, agreement: &mut Agreement) {
        let totals = &mut agreement.totals;
        self.spread(&mut totals.difference);
        self.few([&mut totals.chance, &mut totals.correlation, &mut totals.low, &mut totals.high]);
        self.rows(&mut agreement.sections.iter_mut().collect::<Vec<_>>());
        for section in &framework.sections {
            let mut criteria: Vec<&mut AgreementRow> = agreement
                .criteria
                .iter_mut()
                .filter(|row| section.criteria.iter().any(|one| Some(one.id.as_str()) == row.about.as_deref()))
                .collect();
            self.rows(&mut criteria);
            let own = agreement.sections.iter().find(|row| row.about.as_deref() == Some(section.id.as_str()));
            if own.is_some_and(|row| !row.exact.is_shown()) {
                let figures = criteria.into_iter().flat_map(agreement_figures);
                figures.for_each(|figure| self.hide(figure, HidingReason::Secondary));
            }
        }
        self.rows(&mut [&mut agreement.overall]);
    }

    /// Hides rows of agreement over too few organisations, and as many others as it takes.
    fn rows(&mut self, rows: &mut [&mut AgreementRow]) {
        let sizes: Vec<usize> = rows.iter().map(|row| row.organisations).collect();
        let hidden = small_groups(&sizes, self.limits.k).unwrap_or_else(|| vec![true; sizes.len()]);
        for (row, _) in rows.iter_mut().zip(hidden).filter(|(_, hidden)| *hidden) {
            let few = row.organisations < self.limits.k;
            let reason = if few { HidingReason::Primary } else { HidingReason::Secondary };
            for figure in agreement_figures(row) {
                self.hide(figure, reason);
            }
        }
    }

    /// Hides small groups, and what they could be worked out from.
    fn groups(&mut self, framework: &mut FrameworkStatistics, season: &Season) {
        let columns: BTreeSet<String> = framework.groups.iter().map(|row| row.by.clone()).collect();
        let mut withheld = BTreeSet::new();
        for by in &columns {
            let mut rows: Vec<&mut GroupRow> = framework.groups.iter_mut().filter(|row| row.by == *by).collect();
            if self.grouping(&mut rows).is_none() {
                let figure = format!("{}/group/{by}", framework.framework);
                let why = "the groups are too small to show any of them".to_owned();
                self.hidings.push(Hiding { figure, reason: HidingReason::Primary, why });
                withheld.insert(by.clone());
            }
        }
        framework.groups.retain(|row| !withheld.contains(&row.by));
        self.same_members(framework, season);
    }

    /// Hides what must be hidden of one grouping; `None` where nothing of it can be shown.
    fn grouping(&mut self, rows: &mut [&mut GroupRow]) -> Option<()> {
        let k = self.limits.k;
        merge_columns(rows, k);
        let counts: Vec<Vec<usize>> =
            rows.iter().map(|row| row.outcomes.iter().map(|outcome| outcome.count.n).collect()).collect();
        let table = suppress(&counts, k)?;
        self.by_size(rows, |row| &mut row.totals);
        for (place, row) in rows.iter_mut().enumerate() {
            let own = if row.returns.n < k { HidingReason::Primary } else { HidingReason::Secondary };
            if table.free[place] {
                self.hide_row(row, own);
            }
            for (column, outcome) in row.outcomes.iter_mut().enumerate() {
                if table.hidden[place][column] {
                    let small = (1..k).contains(&table.counts[place][column]);
                    self.hide(&mut outcome.count, if small { HidingReason::Primary } else { HidingReason::Secondary });
                }
            }
            if table.hidden[place].contains(&true) {
                forget_counts(row);
            }
        }
        Some(())
    }

    /// Hides the spreads of groups with too few contributors, and of others from which they could be worked out.
    fn by_size(&mut self, rows: &mut [&mut GroupRow], of: fn(&mut GroupRow) -> &mut Spread) {
        let sizes: Vec<usize> = rows.iter_mut().map(|row| of(row).n).collect();
        let hidden = small_groups(&sizes, self.limits.k).unwrap_or_else(|| vec![true; sizes.len()]);
        for (row, hidden) in rows.iter_mut().zip(hidden) {
            if hidden && of(row).n >= self.limits.k {
                self.whole(of(row), HidingReason::Secondary);
            }
            self.spread(of(row));
            for place in 0..row.sections.len() {
                if hidden || row.sections[place].n < self.limits.k {
                    self.hide(&mut row.sections[place], HidingReason::Primary);
                }
            }
        }
    }

    /// Hides all of a group; that a figure isn't defined would tell that nobody of the group has a total.
    fn hide_row(&mut self, row: &mut GroupRow, reason: HidingReason) {
        let counts = row.outcomes.iter_mut().map(|outcome| &mut outcome.count);
        let figures = row.totals.figures_mut().into_iter().chain(&mut row.sections).chain(counts);
        figures.chain([&mut row.returns]).for_each(|figure| self.conceal(figure, reason));
        row.totals.n = 0;
    }

    /// Hides groups that have the same members as a hidden one under another column, until nothing more is found.
    fn same_members(&mut self, framework: &mut FrameworkStatistics, season: &Season) {
        let members = members(framework, season);
        loop {
            let hidden: BTreeSet<&BTreeSet<String>> = framework
                .groups
                .iter()
                .filter(|row| !row.returns.is_shown())
                .filter_map(|row| members.get(&row.id))
                .collect();
            let found = framework.groups.iter_mut().find(|row| {
                row.returns.is_shown() && members.get(&row.id).is_some_and(|members| hidden.contains(members))
            });
            match found {
                Some(row) => self.hide_row(row, HidingReason::Secondary),
                None => return,
            }
        }
    }
}

/// Returns the files of each group, by the group's figure id.
fn members(framework: &FrameworkStatistics, season: &Season) -> BTreeMap<String, BTreeSet<String>> {
    let of = |row: &GroupRow| {
        let mine = season.counted().filter(|found| found.review.framework.as_ref() == Some(&framework.framework));
        let mine = mine.filter(|found| found.groups.get(&row.by) == row.group.as_ref());
        mine.map(|found| found.review.file.clone()).collect()
    };
    framework.groups.iter().map(|row| (row.id.clone(), of(row))).collect()
}

/// Puts outcomes together that are so rare in the network that even their total would narrow a hidden count down too far.
fn merge_columns(rows: &mut [&mut GroupRow], k: usize) {
    loop {
        let columns = rows.first().map_or(0, |row| row.outcomes.len());
        let totals: Vec<usize> =
            (0..columns).map(|column| rows.iter().map(|row| row.outcomes[column].count.n).sum()).collect();
        let mut used: Vec<usize> = (0..columns).filter(|column| totals[*column] > 0).collect();
        used.sort_by_key(|column| totals[*column]);
        let [smallest, next, ..] = used[..] else { return };
        if totals[smallest] >= 2 * k {
            return;
        }
        let (keep, lose) = (smallest.min(next), smallest.max(next));
        for row in rows.iter_mut() {
            merge(row, keep, lose);
        }
    }
}

/// Puts one outcome of a group into another.
#[expect(clippy::cast_precision_loss, reason = "a count is shown as a number")]
fn merge(row: &mut GroupRow, keep: usize, lose: usize) {
    let gone = row.outcomes.remove(lose);
    let into = &mut row.outcomes[keep];
    let n = into.count.n + gone.count.n;
    into.band = format!("{}+{}", into.band, gone.band);
    into.count = Figure::shown(format!("{}+{}", into.count.id, gone.band), n as f64, n);
}

/// Takes away how many returns each figure of a group rests on, from which hidden counts could be worked out.
fn forget_counts(row: &mut GroupRow) {
    row.totals.n = 0;
    let figures = row.totals.figures_mut().into_iter().chain(&mut row.sections);
    for figure in figures {
        figure.n = 0;
    }
}

/// Returns all figures of a row of agreement.
fn agreement_figures(row: &mut AgreementRow) -> [&mut Figure; 12] {
    [
        &mut row.exact,
        &mut row.adjacent,
        &mut row.bias,
        &mut row.limit_low,
        &mut row.limit_high,
        &mut row.kappa,
        &mut row.kappa_low,
        &mut row.kappa_high,
        &mut row.krippendorff,
        &mut row.gwet,
        &mut row.chance,
        &mut row.chance_adjusted,
    ]
}

/// Returns how many rows a figure counts.
fn rows_of(figure: &Figure) -> usize {
    let whole = figure.value.and_then(Exact::from_float).and_then(|value| value.to_whole());
    whole.and_then(|whole| usize::try_from(whole).ok()).unwrap_or_default()
}
