//! The returns that were drawn for moderation, with a column for what the moderator says.

use super::{SeasonView, list, open_copy, whose};
use crate::document::{Cell, Column, Document, Table, Use};
use crate::season::moderation::{Drawn, DrawnFor};

/// Returns the sheet; `None` where no return was drawn.
pub(super) fn moderation(view: &SeasonView) -> Option<Document> {
    let about = "Returns drawn by chance for a second look, one of each outcome first. The same season and seed draw the same returns; the last two columns are yours.";
    list(view, "Moderation", about, Table::of(&view.season.moderation, columns(view)).used(Use::List(3)))
}

fn columns<'a>(view: &'a SeasonView) -> Vec<Column<'a, Drawn>> {
    let title = |drawn: &Drawn| {
        let framework = view.season.framework_named(&drawn.framework);
        framework.map_or(drawn.framework.as_str(), |framework| &framework.title).into()
    };
    let drawn_as = |drawn: &Drawn| match drawn.drawn {
        DrawnFor::Outcome => "first of its outcome".into(),
        DrawnFor::Rest => "one of the rest".into(),
    };
    vec![
        Column::new("Framework").chars(30.0).cell(title),
        Column::new("Place").chars(8.0).cell(|drawn: &Drawn| drawn.place.into()),
        Column::new("Organisation").chars(34.0).cell(|drawn: &Drawn| whose(drawn.organisation.as_ref())),
        Column::new("Part").chars(20.0).cell(|drawn: &Drawn| Cell::text_or_empty(drawn.unit.as_deref())),
        Column::new("Kind").chars(20.0).cell(|drawn: &Drawn| Cell::text_or_empty(drawn.kind.as_deref())),
        Column::new("Outcome").chars(18.0).cell(|drawn| outcome(view, drawn)),
        Column::new("Drawn as")
            .meaning("The draw takes one of each outcome first, as far as they fit, then of all others; the same seed gives the same draw.")
            .chars(20.0)
            .cell(drawn_as),
        Column::new("Workbook").chars(34.0).cell(|drawn: &Drawn| (&drawn.file).into()),
        Column::new("Annotated copy").chars(13.0).cell(|drawn: &Drawn| open_copy(view, &drawn.file)),
        Column::new("Moderator").chars(18.0),
        Column::new("What the moderator says").chars(44.0),
    ]
}

/// Returns the band, or that it is open; nothing where the framework sums no return up.
fn outcome(view: &SeasonView, drawn: &Drawn) -> Cell {
    match (view.season.framework_named(&drawn.framework), &drawn.band) {
        (Some(framework), Some(band)) => framework.band_title(band).into(),
        (Some(framework), None) if framework.outcome.bands.is_empty() => Cell::Empty,
        (Some(_) | None, _) => "open".into(),
    }
}
