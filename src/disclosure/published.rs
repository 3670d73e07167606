//! What of a season's statistics may be passed on to everybody: it names nobody, and tells less where more is hidden.
//!
//! Who gets it may have the list of organisations, be one of them, know what was published of the season before, and put all tables
//! together.

use super::hiding::WIDER;
use super::{
    agreement, criteria, groupings, groups, incomplete, lots, outcomes, people, several, strengths, two_seasons,
};
use crate::figure::{Disclosure, Figure, FigureId, FigureOf, Figured, Measure};
use crate::framework::{self, Framework, FrameworkId};
use crate::season::Season;
use crate::season::members::Members;
use crate::statistics::{ChangeSummary, Coverage, FrameworkStatistics, Statistics, StatisticsError};

impl Statistics {
    /// Works out what of a season's statistics may be passed on.
    pub fn published(season: &Season) -> Result<Self, StatisticsError> {
        let (mut published, mut withheld) = protected(season)?;
        let usual = season.settings.disclosure;
        let own =
            published.frameworks.iter().map(|of| (of.framework.clone(), several::in_returns(&of.coverage, usual)));
        let own: Vec<(FrameworkId, Disclosure)> = own.filter(|(_, limits)| *limits != usual).collect();
        for (framework, limits) in own {
            replace((&mut published, &mut withheld), &framework, protected(&limited(season, limits))?);
        }
        published.frameworks.retain(|framework| outcomes::are_enough(framework, season));
        withheld.retain(|id| published.frameworks.iter().any(|told| told.framework.0 == id.framework));
        published.log(withheld);
        Ok(published)
    }
}

/// Works out what of a season's statistics may be passed on, in which returns are counted for organisations; with the groupings that are
/// withheld.
fn protected(season: &Season) -> Result<(Statistics, Vec<FigureId>), StatisticsError> {
    let season = &lots::leave_out(incomplete::without_few(season));
    let mut published = Statistics::worked_out(season, season.settings.disclosure)?;
    let mut withheld = Vec::new();
    for framework in &mut published.frameworks {
        let Some(spec) = framework::find(season.frameworks, &framework.framework, None) else { continue };
        withheld.extend(protect(framework, spec, season));
    }
    Ok((published, withheld))
}

/// Returns a season with other limits.
fn limited<'a>(season: &Season<'a>, limits: Disclosure) -> Season<'a> {
    let mut limited = season.clone();
    limited.settings.disclosure = limits;
    limited
}

/// Puts what is told of a framework under its own limits in the place of what would be told under those of all.
fn replace(
    (published, withheld): (&mut Statistics, &mut Vec<FigureId>),
    framework: &FrameworkId,
    (stricter, own): (Statistics, Vec<FigureId>),
) {
    withheld.retain(|id| id.framework != framework.0);
    withheld.extend(own.into_iter().filter(|id| id.framework == framework.0));
    for told in stricter.frameworks.into_iter().filter(|told| told.framework == *framework) {
        published.frameworks.iter_mut().filter(|of| of.framework == *framework).for_each(|of| of.clone_from(&told));
    }
}

/// Hides what may not be passed on of a framework's statistics; returns the groupings that are withheld.
fn protect(framework: &mut FrameworkStatistics, spec: &Framework, season: &Season) -> Vec<FigureId> {
    let limits = season.settings.disclosure;
    without_names(framework, season);
    let mut withheld = groupings::without_people(framework, spec, season);
    people::hide_few(framework, limits);
    people::protect(framework, spec, season, |_| true);
    people::totals(framework, spec, season);
    people::without_few(framework, limits);
    outcomes::protect(&mut framework.outcomes, limits.k);
    outcomes::protect_parts(&mut framework.grades, limits.k);
    if let Some(rows) = &mut framework.agreement {
        agreement::protect(rows, limits);
    }
    if !outcomes::are_told(&framework.outcomes) {
        without_outcomes(framework);
    }
    withheld.extend(groups::protect(framework, spec, season));
    withheld.extend(groupings::protect(framework, season));
    groupings::compared(framework);
    two_seasons::protect(framework, season);
    criteria::protect(framework, spec, season);
    strengths::may_be_shared(framework, season);
    let limit = limits.quantiles.saturating_mul(WIDER);
    framework.each_mut(&mut |figure| coarse(figure, limit));
    withheld
}

/// Takes out all from which hidden outcomes of the network could be worked out.
fn without_outcomes(framework: &mut FrameworkStatistics) {
    framework.groups.iter_mut().for_each(|row| row.outcomes = Vec::new());
    if let Some(ChangeSummary { outcomes, better, same, worse, met, .. }) = &mut framework.change {
        outcomes.each_mut(&mut Figure::conceal);
        met.each_mut(&mut Figure::conceal);
        [better, same, worse].into_iter().for_each(Figure::conceal);
    }
}

/// Takes out whatever names an organisation or a file, is of one return, or tells by kind what differs from the whole by few.
fn without_names(framework: &mut FrameworkStatistics, season: &Season) {
    let k = several::counted(season, &framework.framework);
    framework.ranges = Vec::new();
    framework.outliers = Vec::new();
    framework.moderation = None;
    framework.assessors = Vec::new();
    framework.totals.retain(|row| row.kind.is_none());
    let found = framework.findings.len();
    framework.findings.retain(|row| row.returns >= k);
    framework.are_findings_untold |= framework.findings.len() < found;
    if let Some(ChangeSummary { members, apart, .. }) = &mut framework.change {
        *members = Members::default();
        apart.clear();
    }
    let Coverage { organisations_missing, organisations_unnamed, .. } = &mut framework.coverage;
    (*organisations_missing, *organisations_unnamed) = (Vec::new(), Vec::new());
}

/// Tells a figure as roughly as it is passed on: no single value, quartiles of many only, and few decimals.
fn coarse(figure: &mut Figure, limit: usize) {
    let Some(measure) = figure.id.measure else { return };
    let is_single = matches!(measure, Measure::Lowest | Measure::Highest);
    let is_of_group = matches!(figure.id.of, FigureOf::Group { .. });
    let is_of_answers = matches!(figure.id.of, FigureOf::Criterion(_));
    let is_rank = measure.is_quantile() && !is_of_answers;
    // With the mean, the ends of its interval tell how a group's totals spread.
    let is_spread = is_rank || (is_of_group && matches!(measure, Measure::Low | Measure::High));
    if is_single || (is_spread && (is_of_group || figure.n < limit)) {
        figure.hide();
    }
    figure.tell_no_reason();
    match figure.id.of {
        _ if matches!(measure, Measure::Chance | Measure::ChanceAdjusted) => figure.round_for_fewer(3),
        FigureOf::Total(_) | FigureOf::Group { .. } | FigureOf::Change => figure.round(1),
        // Reports show sections in whole per cent, and must not round them up twice.
        FigureOf::Section(_) => figure.round_for_fewer(1),
        FigureOf::Agreement(_) => figure.round(agreement::PLACES),
        FigureOf::Outcome(_)
        | FigureOf::Graded { .. }
        | FigureOf::Criterion(_)
        | FigureOf::Measure(_)
        | FigureOf::Grouping(_)
        | FigureOf::Range(_)
        | FigureOf::Consistency(_)
        | FigureOf::Trend
        | FigureOf::Moderation
        | FigureOf::Assessor(_)
        | FigureOf::Register { .. }
        | FigureOf::Finding(_)
        | FigureOf::Return { .. } => figure.round_for_fewer(3),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::Exact;
    use crate::figure::About;

    #[test]
    fn a_section_is_the_same_whole_per_cent_as_for_the_team() {
        for tenth_of_thousandth in 0..2_000 {
            let value = 60.0 + f64::from(tenth_of_thousandth) / 1_000.0;
            let about = About::new("sample", FigureOf::Section("A".to_owned()), Disclosure::default());
            let for_the_team = about.figure(Measure::Median, Ok(value), 40);
            let mut passed_on = for_the_team.clone();
            coarse(&mut passed_on, 20);
            let shown = |figure: &Figure| Exact::from_float(figure.value.unwrap()).unwrap().rounded(0);
            assert_eq!(shown(&passed_on), shown(&for_the_team), "{value}");
        }
    }
}
