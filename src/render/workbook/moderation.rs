//! The returns that were drawn for moderation, with a column for what the moderator says.

use rust_xlsxwriter::XlsxError;

use super::SeasonView;
use super::page::{Page, at_cell, numbers, texts};
use crate::season::moderation::{Drawn, DrawnFor};

/// Whether any return was drawn.
pub(super) fn is_wanted(view: &SeasonView) -> bool {
    !view.season.moderation.is_empty()
}

/// Fills the sheet.
pub(super) fn fill(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    page.title(
        "Moderation",
        "Returns drawn by chance for a second look, one of each outcome first. The same season and seed draw the same returns; the last two columns are yours.",
    )?;
    page.columns(
        &[
            texts("Framework", 30.0),
            numbers("Place", 8.0),
            texts("Organisation", 34.0),
            texts("Part", 20.0),
            texts("Kind", 20.0),
            texts("Outcome", 18.0),
            texts("Drawn as", 20.0),
            texts("Workbook", 34.0),
            texts("Moderator", 18.0),
            texts("What the moderator says", 44.0),
        ],
        3,
    )?;
    for drawn in &view.season.moderation {
        row(view, page, drawn)?;
    }
    Ok(())
}

/// Writes one return.
fn row(view: &SeasonView, page: &mut Page, drawn: &Drawn) -> Result<(), XlsxError> {
    let framework = view.season.frameworks.iter().find(|framework| framework.id == drawn.framework);
    let band = framework.and_then(|framework| {
        framework.outcome.bands.iter().find(|band| Some(band.id.as_str()) == drawn.band.as_deref())
    });
    let why = match drawn.drawn {
        DrawnFor::Outcome => "first of its outcome",
        DrawnFor::Rest => "one of the rest",
    };
    page.text(0, framework.map_or(drawn.framework.as_str(), |framework| &framework.title))?;
    page.count(1, drawn.place)?;
    // A framework may sum no return up.
    let sums_up = framework.is_none_or(|framework| !framework.outcome.bands.is_empty());
    let without = if sums_up { "open" } else { "" };
    let said = [
        drawn.organisation.as_deref().unwrap_or("not said"),
        drawn.unit.as_deref().unwrap_or_default(),
        drawn.kind.as_deref().unwrap_or_default(),
        band.map_or(without, |band| &band.title),
        why,
    ];
    for (column, text) in (2_u16..).zip(said) {
        page.text(column, text)?;
    }
    match view.made.get(&drawn.file).and_then(|made| made.annotated.as_ref()) {
        Some(annotated) => page.link(7, &drawn.file, &at_cell(annotated, None, None))?,
        None => page.text(7, &drawn.file)?,
    }
    page.text(8, "")?;
    page.text(9, "")?;
    page.next()
}

#[cfg(test)]
mod tests {
    use crate::render::workbook::tests::sheet;
    use crate::season::sample;

    #[test]
    fn each_drawn_return_has_its_row() {
        let frameworks = [sample::usual()];
        let season = sample::season(&frameworks, 12);
        let rows = sheet(&season, "Moderation").unwrap();
        let drawn: Vec<String> = season.moderation.iter().map(|drawn| drawn.file.clone()).collect();
        let listed: Vec<String> = rows.iter().map(|row| row.last().unwrap().clone()).collect();
        assert_eq!((listed, rows[0][1].as_str()), (drawn, "1"));
        assert!(sheet(&sample::season(&frameworks, 0), "Moderation").is_none());
    }
}
