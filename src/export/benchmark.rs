//! The figures of benchmark packs as comma-separated text, a row a figure.

use super::CommaSeparated;
use crate::artifact::{Artifact, OutputNames};
use crate::exact::Exact;
use crate::report::benchmark::{Beside, Pack};
use crate::season::Season;
use crate::statistics::Statistics;

/// The columns: what it is of, the own figures, then the network's.
const HEADINGS: [&str; 11] = [
    "about",
    "id",
    "title",
    "own",
    "last_season",
    "network_n",
    "network_mean",
    "network_lower_quartile",
    "network_median",
    "network_upper_quartile",
    "organisation",
];

/// Returns the figures of the pack of each return that stands for its organisation.
pub fn figures(season: &Season, published: &Statistics, names: &OutputNames) -> Result<Vec<Artifact>, csv::Error> {
    let packs = season.headline().filter_map(|sent| {
        let statistics = published.of(sent.review.framework.as_deref()?);
        Pack::of(season, sent, statistics)
    });
    let figures = packs.map(|pack| {
        let bytes = of_pack(&pack)?;
        Ok(Artifact { name: names.benchmark_figures(&pack.sent.review.file), bytes })
    });
    figures.collect()
}

fn of_pack(pack: &Pack) -> Result<Vec<u8>, csv::Error> {
    let mut table = CommaSeparated::headed(HEADINGS)?;
    for row in pack.rows() {
        figure(&mut table, &row)?;
        table.text(pack.sent.organisation.as_deref().unwrap_or_default())?;
        table.end_row()?;
    }
    Ok(table.into_bytes())
}

/// Writes the cells of a figure.
fn figure(table: &mut CommaSeparated, row: &Beside) -> Result<(), csv::Error> {
    for text in [row.about.as_str(), &row.id, &row.title] {
        table.text(text)?;
    }
    let network = &row.network;
    let number = |value: &Option<Exact>| value.as_ref().map_or_else(String::new, |value| value.rounded(3).to_string());
    for value in [&row.own, &row.last] {
        table.number(&number(value))?;
    }
    table.number(&network.count.map_or_else(String::new, |count| count.to_string()))?;
    for value in [&network.mean, &network.lower, &network.median, &network.upper] {
        table.number(&number(value))?;
    }
    Ok(())
}
