//! What disclosure control hid: a row for each kind of thing, with how many figures; the data have each of them.

use super::{SeasonView, sheet};
use crate::disclosure::hiding::{Hidden, gather, rules, rules_for_everybody};
use crate::document::{Cell, Column, Document, Part, Table, Use};
use crate::report::Audience;
use crate::statistics::FrameworkStatistics;
use crate::words::list_of_at_most;

/// That nothing may be passed on.
const WITHHELD: &str = "Nothing can be told: of no framework is there an outcome or answer of enough ¤organisations.";

/// The most names that are listed of one kind.
const MOST: usize = 40;

/// Returns the sheet; `None` where there are no statistics, and for the team where nothing is hidden from it.
pub(super) fn hidden(view: &SeasonView) -> Option<Document> {
    let limits = view.season.settings.disclosure;
    let frameworks: Vec<&FrameworkStatistics> = view.statistics.frameworks.iter().collect();
    let further = match view.audience {
        Audience::Team => Vec::new(),
        Audience::Everybody => rules_for_everybody(limits, &frameworks),
    };
    // Each sentence has a line of its own, so that no row is higher than a screen.
    let rules: Vec<String> = further.into_iter().chain(rules(limits, &frameworks)).collect();
    let mut rules = rules.iter().flat_map(|text| text.split_inclusive(". ")).map(str::trim);
    let about = rules.next().unwrap_or_default().to_owned();
    let rows = gather(&view.statistics.hidings);
    let is_withheld = view.statistics.frameworks.is_empty();
    let nothing = if is_withheld { WITHHELD } else { "Nothing is hidden." };
    let nothing = rows.is_empty().then_some(nothing);
    let list = Part::default().lead(nothing).block(Table::of(&rows, columns(view)).used(Use::List(0)));
    let is_wanted = match view.audience {
        Audience::Team => !is_withheld && !rows.is_empty(),
        Audience::Everybody => true,
    };
    is_wanted.then(|| sheet(view, "Hidden figures", &about).part(Part::default().paragraphs(rules)).part(list))
}

fn columns<'a>(view: &'a SeasonView) -> Vec<Column<'a, Hidden<'a>>> {
    let title = |hidden: &Hidden| {
        view.statistics.of(hidden.framework).map_or(hidden.framework, |framework| framework.title.as_str()).into()
    };
    vec![
        Column::new("Framework").chars(34.0).cell(title),
        Column::new("Of what").chars(24.0).cell(|hidden: &Hidden| (&hidden.kind).into()),
        Column::new("Which").chars(60.0).cell(|hidden: &Hidden| list_of_at_most(&hidden.names, MOST).into()),
        Column::new("Figures")
            .meaning("How many figures are hidden there; each is in data/statistics.csv. Which part of the rule hides a figure isn't told, since that would narrow it down.")
            .chars(9.0)
            // A grouping that is left out as a whole has no figures to be counted.
            .cell(|hidden: &Hidden| Cell::or_dash((hidden.figures > 0).then_some(hidden.figures))),
    ]
}
