//! What disclosure control hid, by its reason and in few words; the data have the full log.

use super::{FrameworkSeason, pairs};
use crate::disclosure::hiding::{Hidden, gather};
use crate::document::{Fact, Part};
use crate::words::{agree, capital, count, list_of_at_most};

/// The most names that are listed of one kind.
const MOST: usize = 24;

/// Returns what was hidden; `None` where nothing was.
pub(super) fn part(season: &FrameworkSeason) -> Option<Part> {
    let mut own = gather(season.hidings);
    own.retain(|hidden| season.statistics.framework == hidden.framework);
    let number: usize = own.iter().map(|hidden| hidden.figures).sum();
    let rows: Vec<Fact> = own.chunk_by(|one, other| one.cause == other.cause).map(row).collect();
    let sentence = format!(
        "{} {} not shown, so that nothing can be learned of a single organisation or person that it didn\u{2019}t publish \
         itself. The data of the season list {}.",
        capital(&count(number, "figure", "figures")),
        agree(number, "is", "are"),
        agree(number, "it", "each")
    );
    let table = pairs(&rows, ["Why", "What it is of"]).caption("Figures that are not shown");
    (number > 0).then(|| Part::new("What is not shown").lead([sentence]).block(table))
}

/// Returns the row of what one reason hides.
fn row(of_reason: &[Hidden]) -> Fact {
    let figures = of_reason.iter().map(|hidden| hidden.figures).sum();
    let cause = of_reason.first().map_or("", |hidden| hidden.cause.as_str());
    let said = of_reason.iter().map(|hidden| match hidden.names.len() {
        0 => format!("{}.", hidden.kind),
        _ => format!("{}: {}.", hidden.kind, list_of_at_most(&hidden.names, MOST)),
    });
    Fact::new(format!("{cause} ({})", count(figures, "figure", "figures")), said.collect::<Vec<_>>().join(" "))
}
