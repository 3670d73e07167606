//! The table of what organisations' instruments come to together.

use polars::prelude::{DataFrame, PolarsResult};

use super::{count, exact, text};
use crate::season::bundle::{BundleRecord, MemberRecord};

/// A bundle with what its members' returns are, in one text.
type Row<'a> = (&'a BundleRecord, String);

/// Returns the table: a row an organisation and bundle.
pub(super) fn bundles(all: &[BundleRecord]) -> PolarsResult<DataFrame> {
    let rows: Vec<Row> = all.iter().map(|of| (of, by_member(of))).collect();
    let awaited = |of: &BundleRecord| of.members.iter().map(|member| member.awaited).sum();
    DataFrame::new_infer_height(vec![
        text("organisation", &rows, |(of, _)| Some(&of.organisation)),
        text("framework", &rows, |(of, _)| Some(&of.framework)),
        text("band", &rows, |(of, _)| of.outcome.band.as_deref()),
        exact("total", &rows, |(of, _)| of.outcome.total.as_ref()),
        text("display", &rows, |(of, _)| of.outcome.display.as_deref()),
        exact("lowest", &rows, |(of, _)| of.outcome.lowest.as_ref()),
        exact("highest", &rows, |(of, _)| of.outcome.highest.as_ref()),
        text("band_lowest", &rows, |(of, _)| of.outcome.band_lowest.as_deref()),
        text("band_highest", &rows, |(of, _)| of.outcome.band_highest.as_deref()),
        count("returns", &rows, |(of, _)| of.members.iter().map(|member| member.returns.len()).sum()),
        count("awaited", &rows, |(of, _)| awaited(of)),
        text("by_member", &rows, |(_, members)| Some(members)),
    ])
}

/// Returns the returns of each member with their bands.
fn by_member(of: &BundleRecord) -> String {
    let said = |member: &MemberRecord| {
        let returns = member.returns.iter().map(|sent| sent.band.as_deref().unwrap_or("open").to_owned());
        let awaited = (member.awaited > 0).then(|| format!("{} awaited", member.awaited));
        format!("{}: {}", member.id, returns.chain(awaited).collect::<Vec<_>>().join(", "))
    };
    of.members.iter().map(said).collect::<Vec<_>>().join("; ")
}
