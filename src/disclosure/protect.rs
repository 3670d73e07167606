//! What the team that runs the season is shown: all of organisations, which their lists name anyway, and of people what isn't of few.

use super::people;
use crate::figure::{Disclosure, Figure, FigureId, FigureState};
use crate::framework::{self, RegisterSpec};
use crate::season::Season;
use crate::statistics::{Statistics, StatisticsError};

impl Statistics {
    /// Works out the statistics of a season for the team that runs it.
    pub fn of_season(season: &Season) -> Result<Self, StatisticsError> {
        let mut statistics = Self::worked_out(season, Disclosure::OPEN)?;
        for framework in &mut statistics.frameworks {
            let Some(spec) = framework::find(season.frameworks, &framework.framework, None) else { continue };
            people::protect(framework, spec, season, RegisterSpec::is_of_people);
            people::totals_beside_hidden(framework, spec, season);
        }
        statistics.log(Vec::new());
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
