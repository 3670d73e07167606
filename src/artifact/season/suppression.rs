//! What disclosure control hid, and why.

use rust_xlsxwriter::XlsxError;

use super::SeasonView;
use super::page::Page;
use crate::network::disclosure::HidingReason;

/// Fills the sheet.
pub(super) fn fill(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    let limits = &view.network.settings.disclosure;
    page.widths(&[70.0, 26.0, 60.0])?;
    let about = format!(
        "Groups of fewer than {} are hidden, and so is what they could be worked out from; quartiles need {} contributors.",
        limits.k, limits.quantiles
    );
    page.title("Hidden figures", &about)?;
    page.headings(&["Figure", "Reason", "Why"])?;
    page.freeze(0)?;
    for hiding in &view.statistics.hidings {
        page.text(0, &hiding.figure)?;
        page.text(
            1,
            match hiding.reason {
                HidingReason::Primary => "too few",
                HidingReason::Secondary => "would give another away",
                HidingReason::Quantile => "too few for a quantile",
            },
        )?;
        page.text(2, &hiding.why)?;
        page.row += 1;
    }
    if view.statistics.hidings.is_empty() {
        page.text(0, "Nothing is hidden.")?;
    }
    Ok(())
}
