//! What disclosure control hid: a row for each reason and kind of thing, with how many figures; the data have each of them.

use super::{SeasonView, sheet};
use crate::disclosure::hiding::{Hidden, gather};
use crate::document::{Column, Document, Part, Table, Use};
use crate::figure::HidingReason;
use crate::words::list_of_at_most;

/// The most names that are listed of one kind.
const MOST: usize = 40;

/// Returns the sheet; `None` where there are no statistics.
pub(super) fn hidden(view: &SeasonView) -> Option<Document> {
    let limits = &view.season.settings.disclosure;
    let about = format!(
        "Groups of fewer than {} are hidden, and so is what they could be worked out from; quartiles need {} contributors. \
         data/statistics.csv lists each figure.",
        limits.k, limits.quantiles
    );
    let rows = gather(&view.statistics.hidings);
    let nothing = rows.is_empty().then_some("Nothing is hidden.");
    let part = Part::default().lead(nothing).block(Table::of(&rows, columns(view)).used(Use::List(0)));
    (!view.statistics.frameworks.is_empty()).then(|| sheet(view, "Hidden figures", &about).part(part))
}

fn columns<'a>(view: &'a SeasonView) -> Vec<Column<'a, Hidden<'a>>> {
    let title = |hidden: &Hidden| {
        view.statistics.of(hidden.framework).map_or(hidden.framework, |framework| framework.title.as_str()).into()
    };
    let reason = |hidden: &Hidden| match hidden.reason {
        HidingReason::Primary(_) | HidingReason::Withheld => "too few".into(),
        HidingReason::Secondary => "would give another away".into(),
        HidingReason::Quantile(_) => "too few for a quantile".into(),
    };
    vec![
        Column::new("Framework").chars(34.0).cell(title),
        Column::new("Reason")
            .meaning("Too few: they rest on fewer than the disclosure rule's least number. Would give another away: with them, a hidden figure could be found by subtraction.")
            .chars(24.0)
            .cell(reason),
        Column::new("Of what").chars(24.0).cell(|hidden: &Hidden| (&hidden.kind).into()),
        Column::new("Which").chars(60.0).cell(|hidden: &Hidden| list_of_at_most(&hidden.names, MOST).into()),
        Column::new("Figures")
            .meaning("How many figures are hidden there; each is in data/statistics.csv, with the reason.")
            .chars(9.0)
            .cell(|hidden: &Hidden| hidden.figures.into()),
        Column::new("Why").chars(44.0).cell(|hidden: &Hidden| (&hidden.cause).into()),
    ]
}
