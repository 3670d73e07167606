//! What organisations come to by their returns on several frameworks, where a bundle puts the returns on this one with others.

use super::FrameworkSeason;
use crate::document::{Column, Part, Table};
use crate::framework::{Band, Framework};
use crate::report::bundle::{came_to, wanted};
use crate::season::bundle::BundleRecord;
use crate::words::{agree, capital, count, list};

/// Returns a part on each bundle of which the framework's returns are an instrument; none where organisations may not be named.
pub(super) fn parts(season: &FrameworkSeason) -> Vec<Part> {
    let is_of = |bundle: &&Framework| bundle.members.iter().any(|of| of.framework == season.framework.id);
    let bundles = season.frameworks.iter().filter(|framework| framework.is_bundle() && season.is_named());
    bundles.filter(is_of).filter_map(|bundle| part(season, bundle)).collect()
}

/// Returns the part on a bundle; `None` where nobody sent anything of it.
fn part(season: &FrameworkSeason, bundle: &Framework) -> Option<Part> {
    let all: Vec<&BundleRecord> = season.bundles.iter().filter(|of| of.framework == bundle.id).collect();
    let title = format!("Together as {}", bundle.title);
    (!all.is_empty()).then(|| {
        let part = Part::new(title).lead([sentence(season, bundle, &all)]);
        part.block(outcomes(bundle, &all)).block(open(bundle, &all))
    })
}

/// Says what the bundle is made of, and how many organisations' outcome is settled.
fn sentence(season: &FrameworkSeason, bundle: &Framework, all: &[&BundleRecord]) -> String {
    let called = bundle.members.iter().map(|member| member.called(season.frameworks).to_owned());
    let open = all.iter().filter(|of| of.is_open()).count();
    let open = match open {
        0 => "each is settled".to_owned(),
        open => format!("{open} {} open while ¤returns are wanted or answers are missing", agree(open, "is", "are")),
    };
    format!(
        "{} {} one outcome by {} together; {open}.",
        capital(&count(all.len(), "¤organisation", "¤organisations")),
        agree(all.len(), "has", "have"),
        list(&called.collect::<Vec<_>>()),
    )
}

/// Returns how many have each outcome for certain; a table without rows where the bundle has no bands or all are open.
fn outcomes(bundle: &Framework, all: &[&BundleRecord]) -> Table {
    let having = |band: &Band| all.iter().filter(|of| of.outcome.band.as_ref() == Some(&band.id)).count();
    let rows: Vec<(&Band, usize)> = bundle.outcome.bands.iter().map(|band| (band, having(band))).collect();
    let rows = if rows.iter().any(|(_, number)| *number > 0) { rows } else { Vec::new() };
    let columns = vec![
        Column::new("Outcome").share(1.0).cell(|(band, _): &(&Band, usize)| (&band.title).into()),
        Column::new("¤Organisations").cell(|(_, number): &(&Band, usize)| (*number).into()),
    ];
    Table::of(&rows, columns).caption(format!("Settled outcomes of {}", bundle.title))
}

/// Returns those whose outcome is open, with what is still wanted.
fn open(bundle: &Framework, all: &[&BundleRecord]) -> Table {
    let rows: Vec<&BundleRecord> = all.iter().copied().filter(|of| of.is_open()).collect();
    let outcome = |of: &&BundleRecord| came_to(bundle, of).into();
    let columns = vec![
        Column::new("¤Organisation").share(1.2).cell(|of: &&BundleRecord| (&of.organisation).into()),
        Column::new("Outcome").share(1.0).cell(outcome),
        Column::new("Still wanted").share(1.2).cell(|of: &&BundleRecord| list(&wanted(of)).into()),
    ];
    Table::of(&rows, columns).caption(format!("Open outcomes of {}", bundle.title))
}
