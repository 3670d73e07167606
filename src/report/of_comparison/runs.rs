//! What differs between two seasons that were run.

use std::collections::{BTreeMap, BTreeSet};

use super::{Extent, Sides, difference, sheet, titled_band};
use crate::comparison::Presence;
use crate::comparison::of_runs::{BandChange, ReturnChange, RuleChange, RunComparison, Uncounted};
use crate::document::{Cell, Column, Document, Part, Table, Use};
use crate::framework::{self, BandId, Framework};
use crate::report::sheets::status;
use crate::words::{agree, list, number_of};

/// Returns the documents on two seasons: the headline, the organisations, the findings by rule.
pub fn on_runs(compared: &RunComparison, frameworks: &[Framework], extent: Extent) -> Vec<Document> {
    let documents =
        [headline(compared, frameworks), organisations(compared, frameworks, extent), rules(compared, extent)];
    let nouns = framework::nouns(frameworks);
    documents.into_iter().map(|document| document.spelled(&nouns)).collect()
}

fn headline(compared: &RunComparison, frameworks: &[Framework]) -> Document {
    let bands = Part::new("Headline").block(bands(&compared.bands, frameworks));
    let words = seasons(compared).into_iter().chain(unknown(compared, frameworks));
    sheet("Comparison", "Two seasons compared", words).part(Some(bands).filter(|part| !part.blocks.is_empty()))
}

fn seasons(compared: &RunComparison) -> Vec<String> {
    let of = |season: &Option<String>| season.clone().unwrap_or_default();
    let (before, after) = (of(&compared.seasons.before), of(&compared.seasons.after));
    let headline =
        "In the headline each ¤organisation counts once, or once for each part or service that it sent ¤returns about.";
    vec![format!("Before: {before}."), format!("After: {after}."), headline.to_owned()]
}

/// Says of which frameworks the pack isn't known; nothing where all are.
fn unknown(compared: &RunComparison, frameworks: &[Framework]) -> Option<String> {
    let ids: BTreeSet<&str> = compared.returns.iter().map(|row| row.framework.as_str()).collect();
    let unknown: Vec<&str> = ids.into_iter().filter(|id| framework::find(frameworks, id, None).is_none()).collect();
    (!unknown.is_empty()).then(|| {
        let (packs, are) = (agree(unknown.len(), "pack", "packs"), agree(unknown.len(), "isn\u{2019}t", "aren\u{2019}t"));
        format!(
            "The {packs} of {} {are} known here, so that outcomes go by their names in the pack and ¤totals can\u{2019}t be compared; \
             name the season\u{2019}s settings with --season.",
            list(&unknown)
        )
    })
}

fn bands(rows: &[BandChange], frameworks: &[Framework]) -> Table {
    let framework = |row: &BandChange| framework::find(frameworks, &row.framework, None);
    let title = move |row: &BandChange| framework(row).map_or_else(|| row.framework.to_string(), |of| of.title.clone());
    let band = move |row: &BandChange| titled_band(framework(row), row.band.as_ref());
    // A scheme without outcomes has none that could be open.
    let has_outcomes = |row: &&BandChange| framework(row).is_none_or(|of| !of.outcome.bands.is_empty());
    let rows: Vec<&BandChange> = rows.iter().filter(has_outcomes).collect();
    let [before, after] = Sides::in_time().names;
    Table::of(
        &rows,
        vec![
            Column::new("Framework").share(2.0).cell(move |row: &&BandChange| title(row).into()),
            Column::new("Outcome").share(1.0).cell(move |row: &&BandChange| band(row).into()),
            Column::new(before).chars(12.0).cell(|row: &&BandChange| row.before.into()),
            Column::new(after).chars(12.0).cell(|row: &&BandChange| row.after.into()),
        ],
    )
}

fn organisations(compared: &RunComparison, frameworks: &[Framework], extent: Extent) -> Document {
    let rows = extent.of(&compared.returns, |row| stands_out(row, frameworks));
    let table = match extent {
        Extent::Changes => moved(&rows, frameworks),
        Extent::Everything => returns(&rows, frameworks),
    };
    let table = table.used(Use::List(1));
    let left_out = left_out(compared).into_iter().chain(others(compared.returns.len() - rows.len()));
    let files =
        (extent == Extent::Everything).then(|| Part::new("Files that don\u{2019}t count").block(files(compared)));
    let files = files.filter(|part| !part.blocks.is_empty());
    sheet("¤Organisations", "¤Organisations", std::iter::once(movements(compared)).chain(left_out))
        .part(Part::default().block(table))
        .part(files)
}

fn movements(compared: &RunComparison) -> String {
    let count = |presence| compared.count(presence);
    let both = count(Presence::Both);
    let bands = compared.returns.iter().filter(|of| of.presence == Presence::Both && of.band.differs()).count();
    let came = number_of(both, "¤return that counts came in both", "¤returns that count came in both");
    let outcomes = number_of(bands, "outcome differs", "outcomes differ");
    let (joined, left) = (count(Presence::Joined), count(Presence::Left));
    format!("{came}: {outcomes}. {joined} came only after, {left} only before.")
}

/// Says how many files don't count, which may be of organisations that seem to have left or joined; nothing where all do.
fn left_out(compared: &RunComparison) -> Option<String> {
    let told = |files: &Option<Vec<Uncounted>>| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for file in files.iter().flatten() {
            *counts.entry(status(file.status)).or_default() += 1;
        }
        let each: Vec<String> = counts.into_iter().map(|(status, count)| format!("{count} {status}")).collect();
        if each.is_empty() { "none".to_owned() } else { list(&each) }
    };
    let (before, after) = (told(&compared.uncounted.before), told(&compared.uncounted.after));
    let why = "Whoever seems to have come only once may be among them.";
    (before != "none" || after != "none")
        .then(|| format!("Files that don\u{2019}t count: {before} (before); {after} (after). {why}"))
}

fn files(compared: &RunComparison) -> Table {
    let [before, after] = Sides::in_time().names;
    let of = |name: String, files: &Option<Vec<Uncounted>>| -> Vec<(String, Uncounted)> {
        files.iter().flatten().map(|file| (name.clone(), file.clone())).collect()
    };
    let rows = [of(before, &compared.uncounted.before), of(after, &compared.uncounted.after)].concat();
    Table::of(
        &rows,
        vec![
            Column::new("File").chars(44.0).cell(|(_, of): &(String, Uncounted)| (&of.file).into()),
            Column::new("Season").chars(24.0).cell(|(season, _): &(String, Uncounted)| season.into()),
            Column::new("What became of it").chars(24.0).cell(|(_, of): &(String, Uncounted)| status(of.status).into()),
        ],
    )
}

/// Whether a return came only once or has another outcome; of a scheme without outcomes, whether anything of it differs.
fn stands_out(row: &ReturnChange, frameworks: &[Framework]) -> bool {
    let has_outcomes =
        framework::find(frameworks, &row.framework, None).is_none_or(|framework| !framework.outcome.bands.is_empty());
    let differs =
        if has_outcomes { row.band.differs() } else { row.percent.differs() || row.gone + row.new + row.accepted > 0 };
    row.presence != Presence::Both || differs
}

/// Says how many returns aren't listed, and what lists them; nothing where all are.
fn others(number: usize) -> Option<String> {
    let others = number_of(
        number,
        "¤return isn\u{2019}t listed here, since its outcome is",
        "¤returns aren\u{2019}t listed here, since their outcomes are",
    );
    (number > 0).then(|| format!("{others} the same; a workbook (--out FILE.xlsx) lists all that changed."))
}

/// Returns whose a return is, with the part and the kind of it.
fn whose(row: &ReturnChange) -> String {
    let parts = [row.unit.as_deref(), row.kind.as_deref()].into_iter().flatten();
    parts.fold(row.organisation.clone(), |text, part| format!("{text}, {part}"))
}

/// Returns what stands out on a screen: which outcome became which.
fn moved(rows: &[&ReturnChange], frameworks: &[Framework]) -> Table {
    let band = |row: &ReturnChange, band: &Option<BandId>| {
        titled_band(framework::find(frameworks, &row.framework, None), band.as_ref())
    };
    let outcome = |row: &ReturnChange| match row.presence {
        Presence::Joined => format!("{}, came only after", band(row, &row.band.after)),
        Presence::Left => format!("{}, came only before", band(row, &row.band.before)),
        Presence::Both if row.band.differs() => {
            format!("{}, now {}", band(row, &row.band.before), band(row, &row.band.after))
        }
        Presence::Both => String::new(),
    };
    let is_several = rows.iter().any(|row| row.framework != rows[0].framework || is_of_two_versions(row));
    Table::of(
        rows,
        vec![
            Column::new("¤Return").cell(|row: &&ReturnChange| whose(row).into()),
            Column::new("Framework").cell(|row: &&ReturnChange| versions(row).into()).only_if(is_several),
            Column::new("Outcome").cell(move |row: &&ReturnChange| outcome(row).into()),
            Column::new("¤Total, in points of 100").cell(|row: &&ReturnChange| difference(&row.percent, 1)),
        ],
    )
}

fn returns(rows: &[&ReturnChange], frameworks: &[Framework]) -> Table {
    let band = |row: &ReturnChange, band: &Option<BandId>, absent: Presence| {
        let framework = framework::find(frameworks, &row.framework, None);
        if row.presence == absent { "\u{2013}".to_owned() } else { titled_band(framework, band.as_ref()) }
    };
    let in_both =
        |row: &ReturnChange, count: usize| if row.presence == Presence::Both { count.into() } else { Cell::Empty };
    let is_several = rows.iter().any(|row| row.framework != rows[0].framework || is_of_two_versions(row));
    let [before, after] = Sides::in_time().names;
    Table::of(
        rows,
        vec![
            Column::new("¤Return").chars(44.0).cell(|row: &&ReturnChange| whose(row).into()),
            Column::new("Framework").chars(24.0).cell(|row: &&ReturnChange| versions(row).into()).only_if(is_several),
            Column::new("Came").chars(14.0).cell(|row: &&ReturnChange| came(row.presence).into()),
            Column::new(before)
                .chars(18.0)
                .cell(move |row: &&ReturnChange| band(row, &row.band.before, Presence::Joined).into()),
            Column::new(after)
                .chars(18.0)
                .cell(move |row: &&ReturnChange| band(row, &row.band.after, Presence::Left).into()),
            Column::new("Change of the ¤total, in points of 100")
                .chars(22.0)
                .cell(|row: &&ReturnChange| difference(&row.percent, 1)),
            Column::new("Findings gone").chars(10.0).cell(move |row: &&ReturnChange| in_both(row, row.gone)),
            Column::new("Findings new").chars(10.0).cell(move |row: &&ReturnChange| in_both(row, row.new)),
            Column::new("Findings accepted")
                .chars(10.0)
                .cell(move |row: &&ReturnChange| in_both(row, row.accepted))
                .only_if(rows.iter().any(|row| row.accepted > 0)),
        ],
    )
}

fn is_of_two_versions(row: &ReturnChange) -> bool {
    row.presence == Presence::Both && row.version.differs()
}

fn versions(row: &ReturnChange) -> String {
    match (&row.version.before, &row.version.after) {
        (Some(before), Some(after)) if before != after => format!("{} {before}, now {after}", row.framework),
        (Some(_) | None, _) => row.framework.to_string(),
    }
}

const fn came(presence: Presence) -> &'static str {
    match presence {
        Presence::Both => "in both",
        Presence::Joined => "only after",
        Presence::Left => "only before",
    }
}

fn rules(compared: &RunComparison, extent: Extent) -> Document {
    let rows = extent.of(&compared.rules, |rule| rule.gone + rule.new + rule.accepted > 0 || rule.before != rule.after);
    let about = "How often each rule found something in the ¤returns that count and across ¤returns. Gone, new and accepted in \
                 between are counted in ¤returns that came in both.";
    let table = Table::of(
        &rows,
        vec![
            Column::new("Rule").chars(36.0).cell(|row: &&RuleChange| (&row.rule).into()),
            Column::new("Before").chars(10.0).cell(|row: &&RuleChange| row.before.into()),
            Column::new("After").chars(10.0).cell(|row: &&RuleChange| row.after.into()),
            Column::new("Gone").chars(10.0).cell(|row: &&RuleChange| row.gone.into()),
            Column::new("New").chars(10.0).cell(|row: &&RuleChange| row.new.into()),
            Column::new("Accepted")
                .chars(10.0)
                .cell(|row: &&RuleChange| row.accepted.into())
                .only_if(rows.iter().any(|row| row.accepted > 0)),
        ],
    );
    sheet("Findings", "Findings by rule", [about.to_owned()]).part(Part::default().block(table.used(Use::List(1))))
}
