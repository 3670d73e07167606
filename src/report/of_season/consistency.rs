//! Whether the criteria go together, over all and by section.

use super::FrameworkSeason;
use crate::document::{Block, Cell, Column, Format, Part, Table};
use crate::report::Room;
use crate::statistics::ConsistencyRow as Row;
use crate::statistics::verdict::{Coherence, coherence};

/// Returns how well the criteria go together; `None` where a framework has no such thing, and where no part of it has enough returns
/// for it on a page, on which methods and caveats say how many it takes.
pub(in crate::report) fn part(season: &FrameworkSeason, room: Room) -> Option<Part> {
    let consistency = season.statistics.consistency.as_ref()?;
    let rows: Vec<&Row> = [&consistency.overall].into_iter().chain(&consistency.sections).collect();
    let mean = "The mean correlation of each two ¤criteria over ¤returns with all answers, with its 95 % interval (Feldt's, of the standardised alpha that it comes to); told from 30 ¤returns on.";
    let alpha =
        "Cronbach's alpha over ¤returns with all answers, with Feldt's 95 % interval; told from 30 ¤returns on.";
    let columns = vec![
        Column::new("¤Criteria of").share(1.5).cell(|row: &&Row| coherence::about(row, season.statistics).into()),
        Column::new("¤Criteria").cell(|row: &&Row| row.criteria.into()),
        Column::new("Mean correlation").meaning(mean).cell(|row: &&Row| Cell::figure(&row.between, Format::Fixed(2))),
        Column::new("Interval")
            .meaning(mean)
            .cell(|row: &&Row| Cell::between(&row.between_low, &row.between_high, Format::Fixed(2))),
        Column::new("Alpha")
            .meaning(alpha)
            .cell(|row: &&Row| Cell::figure(&row.alpha, Format::Fixed(2)))
            .only_if(room == Room::Sheet),
        Column::new("Interval of alpha")
            .meaning(alpha)
            .cell(|row: &&Row| Cell::between(&row.low, &row.high, Format::Fixed(2)))
            .only_if(room == Room::Sheet),
        Column::new("n").cell(|row: &&Row| row.returns.into()),
        Column::new("They").cell(|row: &&Row| Coherence::of(row).map_or("too few ¤returns", Coherence::words).into()),
    ];
    let alpha = if room == Room::Sheet { ", and Cronbach\u{2019}s alpha" } else { "" };
    let caption =
        format!("How well the ¤criteria go together: the mean correlation of each two with its interval{alpha}");
    let table = Table::of(&rows, columns).caption(caption);
    let is_told = rows.iter().any(|row| row.alpha.is_shown());
    let sentences = coherence::sentences(consistency, season.statistics);
    let is_wanted = is_told || room == Room::Sheet && !sentences.is_empty();
    let part =
        Part::new("How well the ¤criteria go together").lead(sentences).blocks(is_told.then_some(Block::Table(table)));
    is_wanted.then_some(part)
}
