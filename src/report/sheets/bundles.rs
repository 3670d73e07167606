//! What the instruments of a bundle come to together, organisation by organisation.

use super::{SeasonView, sheet};
use crate::document::{Cell, Column, Document, Part, Table, Use};
use crate::framework::Framework;
use crate::report::bundle::{came_to, of_member};
use crate::report::graded;
use crate::report::of_return::gauge;
use crate::season::bundle::BundleRecord;

/// Returns the sheet; `None` where no instruments belong together.
pub(super) fn bundles(view: &SeasonView) -> Option<Document> {
    let bundles = view.season.frameworks.iter().filter(|framework| framework.is_bundle());
    let parts: Vec<Part> = bundles.filter_map(|bundle| part(view, bundle)).collect();
    let about = "What the ¤returns of several frameworks come to together that one ¤organisation sent. What is still wanted leaves it open.";
    (!parts.is_empty()).then(|| sheet(view, "Bundles", about).part(parts))
}

/// Returns the part on one bundle; `None` where nobody sent anything of it.
fn part(view: &SeasonView, bundle: &Framework) -> Option<Part> {
    let rows: Vec<&BundleRecord> = view.season.bundles.iter().filter(|of| of.framework == bundle.id).collect();
    let names = [
        Column::new("¤Organisation").chars(32.0).cell(|of: &&BundleRecord| (&of.organisation).into()),
        Column::new("Outcome")
            .meaning("What the ¤returns of the bundle come to together; a range while some are open or wanted.")
            .chars(36.0)
            .cell(move |of: &&BundleRecord| came_to(bundle, of).into()),
        Column::new("Total")
            .chars(14.0)
            .cell(move |of: &&BundleRecord| gauge::total(bundle, &of.outcome).map_or(Cell::Empty, Into::into)),
        Column::new("Why not better")
            .meaning("The conditions of better outcomes that don't hold, or that can't be told yet.")
            .chars(60.0)
            .cell(move |of: &&BundleRecord| why(bundle, of).into()),
    ];
    let members = bundle.members.iter().enumerate().map(|(at, member)| {
        let framework = view.season.framework_named(&member.framework);
        let cell = move |of: &&BundleRecord| {
            of.members.get(at).map_or(Cell::Empty, |member| of_member(framework, member).into())
        };
        Column::new(member.called(view.season.frameworks).to_owned()).chars(36.0).cell(cell)
    });
    let values = bundle.values.iter().enumerate().map(|(at, value)| {
        let cell = move |of: &&BundleRecord| of.values.get(at).map_or(Cell::Empty, |value| graded::value(value).into());
        Column::new(value.title.clone()).chars(20.0).cell(cell)
    });
    let table = Table::of(&rows, names.into_iter().chain(members).chain(values).collect()).used(Use::Kept(1));
    (!rows.is_empty()).then(|| Part::new(bundle.title.clone()).block(table))
}

/// Returns the conditions that don't hold, with why.
fn why(bundle: &Framework, of: &BundleRecord) -> String {
    let gates = of.outcome.gates.iter().filter(|gate| gate.holds != Some(true));
    let told = gates.filter_map(|state| Some(format!("{}: {}", bundle.gate(&state.id)?.title, state.why)));
    told.collect::<Vec<_>>().join("; ")
}
