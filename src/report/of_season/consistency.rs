//! Whether the criteria go together, over all and by section.

use super::FrameworkSeason;
use crate::document::{Cell, Column, Format, Part, Table};
use crate::statistics::ConsistencyRow as Row;
use crate::statistics::verdict::{Coherence, coherence};

/// Returns how well the criteria go together; `None` where no part of the framework has enough returns for it.
pub(in crate::report) fn part(season: &FrameworkSeason) -> Option<Part> {
    let consistency = season.statistics.consistency.as_ref()?;
    let rows: Vec<&Row> = [&consistency.overall].into_iter().chain(&consistency.sections).collect();
    let alpha = "Cronbach's alpha over returns with all answers, with Feldt's 95 % interval; told from 30 returns on.";
    let columns = vec![
        Column::new("Criteria of").share(1.5).cell(|row: &&Row| coherence::about(row, season.statistics).into()),
        Column::new("Criteria").cell(|row: &&Row| row.criteria.into()),
        Column::new("Alpha").meaning(alpha).cell(|row: &&Row| Cell::figure(&row.alpha, Format::Fixed(2))),
        Column::new("Interval").meaning(alpha).cell(|row: &&Row| Cell::between(&row.low, &row.high, Format::Fixed(2))),
        Column::new("n").cell(|row: &&Row| row.returns.into()),
        Column::new("They").cell(|row: &&Row| Coherence::of(row).map_or("too few returns", Coherence::words).into()),
    ];
    let table = Table::of(&rows, columns).caption(
        "How well the criteria go together (Cronbach\u{2019}s alpha with its interval), over returns with all answers",
    );
    let part =
        Part::new("How well the criteria go together").lead(coherence::sentences(consistency, season.statistics));
    rows.iter().any(|row| row.alpha.is_shown()).then(|| part.block(table))
}
