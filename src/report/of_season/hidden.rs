//! What disclosure control hid, in few words; the data have the full log.

use super::{FrameworkSeason, pairs};
use crate::disclosure::hiding::{Hidden, gather, rules, rules_for_everybody};
use crate::document::{Fact, Part};
use crate::words::{agree, capital, count, list_of_at_most, thousands};

/// The most names that are listed of one kind.
const MOST: usize = 24;

/// What holds of a report that names.
const NAMED: &str = "This report names ¤organisations with their outcomes, so it is for those who run the season. What may be passed on is in the folder \u{201c}published\u{201d}.";

/// What holds where no figure had to be hidden.
const NOTHING_HIDDEN: &str = "No figure had to be hidden. These are the rules by which figures are told.";

/// Returns what was hidden and by which rule; of what may be passed on the rules also where nothing was; else `None`.
pub(super) fn part(season: &FrameworkSeason) -> Option<Part> {
    let mut own = gather(season.hidings);
    own.retain(|hidden| season.statistics.framework == hidden.framework);
    let number: usize = own.iter().map(|hidden| hidden.figures).sum();
    let rows: Vec<Fact> = own.iter().map(row).collect();
    let sentence = format!(
        "{} {} not shown, since too few stand behind {} or behind what could be worked out from {}. {} list {}.",
        capital(&count(number, "figure", "figures")),
        agree(number, "is", "are"),
        agree(number, "it", "them"),
        agree(number, "it", "them"),
        if season.is_named() { "The data of the season" } else { "The data beside this report" },
        agree(number, "it", "each")
    );
    let table = pairs(&rows, ["Figures", "What they are of"]).caption("Figures that are not shown");
    let of = [season.statistics];
    let further = if season.is_named() { Vec::new() } else { rules_for_everybody(season.limits, &of) };
    let rules = further.into_iter().chain(rules(season.limits, &of));
    let named = season.is_named().then_some(NAMED);
    let lead = if number > 0 { sentence } else { NOTHING_HIDDEN.to_owned() };
    let part = || Part::new("What is not shown").lead([lead]).points(rules).paragraphs(named).block(table);
    (number > 0 || !season.is_named()).then(part)
}

/// Returns the row of what is hidden of one kind of thing.
fn row(hidden: &Hidden) -> Fact {
    let of = match hidden.names.len() {
        0 => format!("{}.", hidden.kind),
        _ => format!("{}: {}.", hidden.kind, list_of_at_most(&hidden.names, MOST)),
    };
    // A grouping that is left out as a whole has no figures to be counted.
    Fact::new(if hidden.figures == 0 { "\u{2013}".to_owned() } else { thousands(hidden.figures) }, of)
}
