//! Organisations whose return about the whole says otherwise than its parts come to by the framework's own rule.

use super::FrameworkSeason;
use crate::document::{Column, Part, Table};
use crate::framework::Band;
use crate::season::Consolidation;
use crate::words::{agree, capital, count};

/// An organisation, what its own return comes to, and what its parts do together.
type Row<'a> = (&'a Consolidation, &'a Band, &'a Band);

/// Returns those whose two outcomes differ; `None` where nobody's do, or organisations may not be named.
pub(super) fn part(season: &FrameworkSeason) -> Option<Part> {
    let rows: Vec<Row> = season.consolidations.iter().filter_map(|of| differing(season, of)).collect();
    if rows.is_empty() || !season.is_named() {
        return None;
    }
    let sentence = format!(
        "{} {} out otherwise by {} own ¤return than {} parts do together by the rule of the framework. The outcomes above are those of the ¤returns \
         about the whole; the reports in \u{201c}organisations\u{201d} say what the parts come to.",
        capital(&count(rows.len(), "¤organisation", "¤organisations")),
        agree(rows.len(), "comes", "come"),
        agree(rows.len(), "its", "their"),
        agree(rows.len(), "its", "their"),
    );
    let columns = vec![
        Column::new("¤Organisation").share(1.2).cell(|(of, ..): &Row| (&of.organisation).into()),
        Column::new("Its own ¤return").share(1.0).cell(|(_, own, _): &Row| (&own.title).into()),
        Column::new("Its parts together").share(1.0).cell(|(.., together): &Row| (&together.title).into()),
        Column::new("By the rule").share(1.0).cell(|(of, ..): &Row| capital(&of.rule.words).into()),
    ];
    let table = Table::of(&rows, columns).caption("¤Organisations whose parts come to another outcome than the whole");
    Some(Part::new("Wholes that come out otherwise by the rule of their parts").lead([sentence]).block(table))
}

/// Returns an organisation whose two outcomes differ for certain.
fn differing<'a>(season: &FrameworkSeason<'a>, of: &'a Consolidation) -> Option<Row<'a>> {
    let framework = Some(season.framework).filter(|framework| framework.id == of.framework)?;
    let own = framework.band(of.whole.as_ref()?.band.as_ref()?)?;
    let together = framework.band(of.outcome.settled()?)?;
    (own.id != together.id).then_some((of, own, together))
}
