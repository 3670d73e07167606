//! Hides what something hidden could be worked out from: figures that rest on too few are hidden as they are made.

use super::suppress::small;
use super::{groups, people};
use crate::figure::{Disclosure, Figure, FigureId, FigureState, Figured};
use crate::framework::{self, Framework};
use crate::season::Season;
use crate::statistics::{Agreement, AgreementRow, Statistics, StatisticsError, TotalRow};

impl Statistics {
    /// Works out the statistics of a season, and hides what may not be shown.
    pub fn of_season(season: &Season) -> Result<Self, StatisticsError> {
        let mut statistics = Self::worked_out(season)?;
        let limits = season.settings.disclosure;
        let mut hidings = Vec::new();
        for framework in &mut statistics.frameworks {
            totals(&mut framework.totals, limits);
            let Some(spec) = framework::find(season.frameworks, &framework.framework, None) else { continue };
            people::protect(framework, spec, season);
            if let Some(rows) = &mut framework.agreement {
                agreement(spec, rows, limits);
            }
            hidings.extend(groups::protect(framework, spec, season));
        }
        statistics.log(hidings);
        Ok(statistics)
    }

    /// Lists what is hidden, with what isn't there at all.
    pub(super) fn log(&mut self, mut hidings: Vec<FigureId>) {
        let is_hidden = |figure: &&Figure| figure.state() == FigureState::Hidden;
        hidings.extend(self.figures().into_iter().filter(is_hidden).map(|figure| figure.id.clone()));
        hidings.sort_by_cached_key(ToString::to_string);
        self.hidings = hidings;
    }
}

/// Hides the totals of kinds of return that a small one could be worked out from.
fn totals(rows: &mut [TotalRow], limits: Disclosure) {
    let [_, kinds @ ..] = rows else { return };
    let sizes: Vec<usize> = kinds.iter().map(|row| row.spread.n).collect();
    for (row, _) in kinds.iter_mut().zip(small(&sizes, limits.k)).filter(|(_, hidden)| *hidden) {
        row.spread.hide_all();
    }
}

/// Hides rows of agreement from which a hidden row could be worked out: the pairs of a section are those of its criteria, and the
/// pairs of all are those of the sections.
fn agreement(framework: &Framework, agreement: &mut Agreement, limits: Disclosure) {
    beside(&mut agreement.sections.iter_mut().collect::<Vec<_>>(), limits);
    for section in &framework.sections {
        let is_mine = |row: &&mut AgreementRow| row.about.as_deref().is_some_and(|id| section.holds(id));
        let is_hidden = agreement.section(&section.id).is_some_and(|row| !row.exact.is_shown());
        let mut criteria: Vec<&mut AgreementRow> = agreement.criteria.iter_mut().filter(is_mine).collect();
        beside(&mut criteria, limits);
        if is_hidden {
            for row in criteria {
                row.hide_all();
            }
        }
    }
}

/// Hides as many rows of agreement beside small ones as it takes.
fn beside(rows: &mut [&mut AgreementRow], limits: Disclosure) {
    let sizes: Vec<usize> = rows.iter().map(|row| row.organisations).collect();
    for (row, _) in rows.iter_mut().zip(small(&sizes, limits.k)).filter(|(_, hidden)| *hidden) {
        row.hide_all();
    }
}
