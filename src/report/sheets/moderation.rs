//! The returns that were drawn for moderation, with a column for what the moderator says.

use super::{SeasonView, sheet};
use crate::document::{Cell, Column, Document, Part, Table, Target};
use crate::framework::Framework;
use crate::season::moderation::{Drawn, DrawnFor};

/// Returns the sheet; `None` where no return was drawn.
pub fn moderation(view: &SeasonView) -> Option<Document> {
    let drawn = &view.season.moderation;
    let about = "Returns drawn by chance for a second look, one of each outcome first. The same season and seed draw the same returns; the last two columns are yours.";
    let part = Part::untitled().block(Table::of(drawn, columns(view)).list(3));
    (!drawn.is_empty()).then(|| sheet(view, "Moderation", about).part(part))
}

fn columns<'a>(view: &'a SeasonView) -> Vec<Column<'a, Drawn>> {
    let title = |drawn: &Drawn| framework(view, drawn).map_or(&drawn.framework, |framework| &framework.title).into();
    vec![
        Column::new("Framework").chars(30.0).cell(title),
        Column::new("Place").chars(8.0).cell(|drawn: &Drawn| drawn.place.into()),
        Column::new("Organisation")
            .chars(34.0)
            .cell(|drawn: &Drawn| drawn.organisation.as_deref().unwrap_or("not said").into()),
        Column::new("Part").chars(20.0).cell(|drawn: &Drawn| Cell::text_or_empty(drawn.unit.as_deref())),
        Column::new("Kind").chars(20.0).cell(|drawn: &Drawn| Cell::text_or_empty(drawn.kind.as_deref())),
        Column::new("Outcome").chars(18.0).cell(|drawn| outcome(view, drawn)),
        Column::new("Drawn as")
            .meaning("The draw takes one of each outcome first, as far as they fit, then of all others; the same seed gives the same draw.")
            .chars(20.0)
            .cell(|drawn: &Drawn| drawn_as(drawn.drawn).into()),
        Column::new("Workbook").chars(34.0).cell(|drawn| workbook(view, drawn)),
        Column::new("Moderator").chars(18.0),
        Column::new("What the moderator says").chars(44.0),
    ]
}

fn framework<'a>(view: &SeasonView<'a>, drawn: &Drawn) -> Option<&'a Framework> {
    view.season.frameworks.iter().find(|framework| framework.id == drawn.framework)
}

/// Returns the band, or that it is open; nothing where the framework sums no return up.
fn outcome(view: &SeasonView, drawn: &Drawn) -> Cell {
    let framework = framework(view, drawn);
    match (framework, &drawn.band) {
        (Some(framework), Some(band)) => framework.band_title(band).into(),
        (Some(framework), None) if framework.outcome.bands.is_empty() => Cell::Empty,
        (Some(_) | None, _) => "open".into(),
    }
}

fn drawn_as(drawn: DrawnFor) -> &'static str {
    match drawn {
        DrawnFor::Outcome => "first of its outcome",
        DrawnFor::Rest => "one of the rest",
    }
}

/// Returns the file, which opens the annotated copy where there is one.
fn workbook(view: &SeasonView, drawn: &Drawn) -> Cell {
    let copy = view.made.get(&drawn.file).and_then(|made| made.annotated.as_ref());
    copy.map_or_else(|| (&drawn.file).into(), |copy| Cell::link(&drawn.file, Target::file(copy)))
}
