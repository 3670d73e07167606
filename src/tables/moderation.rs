//! The returns that were drawn for moderation, and what moderators say of them.

use polars::prelude::{DataFrame, PolarsResult};

use super::{column, count, near, printed, text};
use crate::season::Season;
use crate::season::moderation::Drawn;
use crate::season::moderation::said::Moderated;

/// A return that was drawn, with what a moderator says of it.
struct Row<'a> {
    drawn: &'a Drawn,
    risks: String,
    moderated: Option<&'a Moderated>,
}

/// Makes the table of drawn returns: a row a return. The last columns are the moderators' to fill in.
pub(super) fn moderation<'a>(season: &'a Season) -> PolarsResult<DataFrame> {
    let row = |drawn: &'a Drawn| {
        let Drawn { file, risks, .. } = drawn;
        let risks: Vec<&str> = risks.iter().map(|risk| risk.as_str()).collect();
        Row { drawn, risks: risks.join(" "), moderated: season.moderation.of_file(file) }
    };
    let rows: Vec<Row> = season.moderation.drawn.iter().map(row).collect();
    DataFrame::new_infer_height(vec![
        text(column::FRAMEWORK, &rows, |row| Some(&row.drawn.framework)),
        count("place", &rows, |row| row.drawn.place),
        text(column::FILE, &rows, |row| Some(&row.drawn.file)),
        text(column::ORGANISATION, &rows, |row| row.drawn.organisation.as_deref()),
        text("part", &rows, |row| row.drawn.unit.as_deref()),
        text(column::KIND, &rows, |row| row.drawn.kind.as_deref()),
        text(column::BAND, &rows, |row| row.drawn.band.as_deref()),
        text("drawn_for", &rows, |row| Some(row.drawn.drawn.as_str())),
        text("risks", &rows, |row| Some(row.risks.as_str()).filter(|risks| !risks.is_empty())),
        count("drawn_from", &rows, |row| row.drawn.from),
        count("drawn_of_these", &rows, |row| row.drawn.taken),
        near("probability", &rows, |row| Some(&row.drawn.probability)),
        text("seed", &rows, |_| Some(season.moderation.seed.as_str())),
        text("moderator", &rows, |row| Some(row.moderated?.moderator.as_str())),
        printed("moderated_outcome", &rows, |row| row.moderated?.band.as_ref()),
        text("remark", &rows, |row| Some(row.moderated?.remark.as_str())),
    ])
}
