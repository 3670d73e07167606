//! The returns that were drawn for moderation.

use polars::prelude::{DataFrame, PolarsResult};

use super::{column, count, text};
use crate::season::moderation::Drawn;

/// Makes the table of drawn returns: a row a return.
pub(super) fn moderation(drawn: &[Drawn]) -> PolarsResult<DataFrame> {
    DataFrame::new_infer_height(vec![
        text(column::FRAMEWORK, drawn, |drawn| Some(&drawn.framework)),
        count("place", drawn, |drawn| drawn.place),
        text(column::FILE, drawn, |drawn| Some(&drawn.file)),
        text(column::ORGANISATION, drawn, |drawn| drawn.organisation.as_deref()),
        text("part", drawn, |drawn| drawn.unit.as_deref()),
        text(column::KIND, drawn, |drawn| drawn.kind.as_deref()),
        text(column::BAND, drawn, |drawn| drawn.band.as_deref()),
        text("drawn_for", drawn, |drawn| Some(drawn.drawn.as_str())),
    ])
}
