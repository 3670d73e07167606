//! What disclosure control hid: a row for each reason and kind of thing, with how many figures; the data have each of them.

use rust_xlsxwriter::XlsxError;

use super::SeasonView;
use super::page::{Page, numbers, texts};
use crate::disclosure::hiding::{Hidden, gather};
use crate::figure::HidingReason;
use crate::words::list_of_at_most;

/// The most names that are listed of one kind.
const MOST: usize = 40;

/// Fills the sheet.
pub(super) fn fill(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    let limits = &view.season.settings.disclosure;
    let about = format!(
        "Groups of fewer than {} are hidden, and so is what they could be worked out from; quartiles need {} contributors. \
         data/statistics.csv lists each figure.",
        limits.k, limits.quantiles
    );
    page.title("Hidden figures", &about)?;
    page.columns(
        &[
            texts("Framework", 34.0),
            texts("Reason", 24.0),
            texts("Of what", 24.0),
            texts("Which", 60.0),
            numbers("Figures", 9.0),
            texts("Why", 44.0),
        ],
        0,
    )?;
    for hidden in gather(&view.statistics.hidings) {
        row(view, page, &hidden)?;
    }
    if view.statistics.hidings.is_empty() {
        page.text(0, "Nothing is hidden.")?;
    }
    Ok(())
}

/// Writes a row.
fn row(view: &SeasonView, page: &mut Page, hidden: &Hidden) -> Result<(), XlsxError> {
    let title = view.statistics.of(hidden.framework).map_or(hidden.framework, |framework| framework.title.as_str());
    page.text(0, title)?;
    page.text(
        1,
        match hidden.reason {
            HidingReason::Primary(_) | HidingReason::Withheld => "too few",
            HidingReason::Secondary => "would give another away",
            HidingReason::Quantile(_) => "too few for a quantile",
        },
    )?;
    page.text(2, &hidden.kind)?;
    page.text(3, &list_of_at_most(&hidden.names, MOST))?;
    page.count(4, hidden.figures)?;
    page.text(5, &hidden.cause)?;
    page.next()
}
