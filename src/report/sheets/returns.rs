//! The returns: what became of each file, and links to what was made of it.

use std::collections::BTreeSet;

use super::{ReturnFiles, SeasonView, open_copy, open_pack, open_report, sheet};
use crate::document::{Cell, Column, Document, Format, Part, Table, Use};
use crate::exact::Exact;
use crate::finding::Severity;
use crate::framework::Framework;
use crate::outcome::nearness;
use crate::review::Status;
use crate::season::{SeasonReturn, reassessment};
use crate::words::{capital, duty_of_some, number};

/// Returns the sheet.
pub(super) fn returns(view: &SeasonView) -> Document {
    let groups: BTreeSet<&String> = view.season.returns.iter().flat_map(|of| of.groups.keys()).collect();
    let columns = [whose(view), outcomes(view), duties(), grouped(groups), made(view)];
    let table = Table::of(&view.season.returns, columns.into_iter().flatten().collect()).used(Use::List(1));
    let about = "Each file of the folder, with what became of it. The last columns open the files made for it.";
    sheet(view, "¤Returns", about).part(Part::default().block(table))
}

/// Returns the columns that say whose return it is, and what became of it.
fn whose<'a>(view: &'a SeasonView) -> Vec<Column<'a, SeasonReturn>> {
    let framework = |of: &SeasonReturn| {
        let framework = view.season.framework(&of.review).map(|framework| framework.title.as_str());
        Cell::text_or_empty(framework.or(of.review.framework.as_deref()))
    };
    vec![
        Column::new("File").chars(44.0).cell(|of: &SeasonReturn| (&of.review.file).into()),
        Column::new("¤Organisation").chars(32.0).cell(|of: &SeasonReturn| super::whose(of.organisation.as_ref())),
        Column::new("Part")
            .meaning("The part of the ¤organisation that the ¤return is about, or the service or the like where the form is sent once for each and several were sent.")
            .chars(20.0)
            .cell(|of: &SeasonReturn| Cell::text_or_empty(of.part().as_deref()))
            .only_if(view.season.returns.iter().any(|of| of.part().is_some())),
        Column::new("Kind").chars(18.0).cell(|of: &SeasonReturn| Cell::text_or_empty(of.review.kind.as_deref())),
        Column::new("Framework").chars(22.0).cell(framework),
        Column::new("Status")
            .meaning("What became of the file. “Answers missing” ¤returns have an interval of outcomes instead of one.")
            .chars(15.0)
            .cell(|of: &SeasonReturn| status(of.review.status).into()),
    ]
}

/// Returns the columns with band, total, and the interval while answers are missing.
fn outcomes<'a>(view: &'a SeasonView) -> Vec<Column<'a, SeasonReturn>> {
    // What no framework here has, such as a total, would be empty in each row.
    let used = view.season.frameworks_used();
    let is_any = |has: fn(&Framework) -> bool| used.is_empty() || used.iter().any(|framework| has(framework));
    let has_bands = is_any(|framework| !framework.outcome.bands.is_empty());
    vec![
        Column::new("Outcome")
            .meaning("The band by the framework's rule; “open” while missing answers can change it.")
            .chars(16.0)
            .cell(|of| outcome(view, of))
            .only_if(has_bands),
        Column::new("¤Total")
            .meaning("The ¤total as the framework shows it; empty while answers are missing.")
            .chars(9.0)
            .cell(total)
            .only_if(is_any(|framework| framework.outcome.has_total())),
        Column::new("Can become")
            .meaning("The worst and the best band that can come out once all answers are in.")
            .chars(22.0)
            .cell(|of| Cell::text_or_empty(can_become(view, of).as_deref()))
            .only_if(has_bands),
        Column::new("Kept from the next")
            .meaning("What keeps the ¤return from the next better outcome: its ¤total, or the conditions that don't hold.")
            .chars(30.0)
            .cell(|of| Cell::text_or_empty(kept_from(view, of).as_deref()))
            .only_if(has_bands),
        Column::new("Stands for it")
            .meaning("Whether this is the ¤return that stands for its ¤organisation in the figures of the ¤network: one about the whole before its parts, then the kind that the framework names first, then the later one; one for each service or the like where the form is sent once for each.")
            .chars(9.0)
            .cell(|of: &SeasonReturn| if of.is_headline { "yes".into() } else { Cell::Empty }),
        Column::new("Another assessment")
            .meaning("Why the ¤return asks for action and another assessment, where the framework says so of a score or of the outcome.")
            .chars(20.0)
            .cell(|of| Cell::text_or_empty(asked_again(view, of).as_deref()))
            .only_if(view.season.returns.iter().any(|of| asked_again(view, of).is_some())),
        Column::new("Near a limit")
            .meaning("The band whose limit the ¤total lies near, by the framework's margin, and how far above or below it is.")
            .chars(14.0)
            .cell(|of| Cell::text_or_empty(near_a_limit(view, of).as_deref()))
            .only_if(is_any(|framework| framework.outcome.near.is_some() && framework.outcome.has_total())),
    ]
}

/// Returns the columns that count what there is to do.
fn duties<'a>() -> Vec<Column<'a, SeasonReturn>> {
    let duty = |severity, meaning| {
        let column = Column::new(capital(duty_of_some(severity))).meaning(meaning).chars(9.0);
        column.cell(move |of: &SeasonReturn| of.review.graded(severity).into())
    };
    vec![
        duty(Severity::Error, "How many findings must be put right before the ¤return can be accepted: errors."),
        duty(Severity::Warning, "How many findings must be put right or explained: warnings."),
    ]
}

/// Returns a column for each kind of group.
fn grouped(groups: BTreeSet<&String>) -> Vec<Column<'_, SeasonReturn>> {
    fn column(by: &String) -> Column<'_, SeasonReturn> {
        let of_group = move |of: &SeasonReturn| Cell::text_or_empty(of.groups.get(by).map(String::as_str));
        Column::new(capital(&by.replace(['_', '-'], " "))).chars(18.0).cell(of_group)
    }
    groups.into_iter().map(column).collect()
}

/// Returns the columns that open the files made for a return.
fn made<'a>(view: &'a SeasonView) -> Vec<Column<'a, SeasonReturn>> {
    let is_any = |of: fn(&ReturnFiles) -> &Option<String>| view.made.values().any(|made| of(made).is_some());
    vec![
        Column::new("Annotated copy")
            .chars(13.0)
            .cell(|of: &SeasonReturn| open_copy(view, &of.review.file))
            .only_if(is_any(|made| &made.annotated)),
        Column::new("Report")
            .chars(13.0)
            .cell(|of: &SeasonReturn| open_report(view, &of.review.file))
            .only_if(is_any(|made| &made.report)),
        Column::new("Benchmark pack")
            .chars(13.0)
            .cell(|of: &SeasonReturn| open_pack(view, &of.review.file))
            .only_if(is_any(|made| &made.benchmark)),
    ]
}

/// Returns the band, or that it is open.
fn outcome(view: &SeasonView, of: &SeasonReturn) -> Cell {
    let Some(outcome) = &of.review.outcome else { return Cell::Empty };
    let sums_up = view.season.framework(&of.review).is_none_or(|framework| !framework.outcome.bands.is_empty());
    match outcome.settled() {
        Some(band) => band_title(view, of, band).into(),
        None if sums_up => "open".into(),
        None => Cell::Empty,
    }
}

/// Returns the total as a number, with as many decimals as keep it on its side of a limit.
fn total(of: &SeasonReturn) -> Cell {
    let outcome = of.review.outcome.as_ref();
    let shown = outcome.and_then(|outcome| Some((outcome.total.clone()?, outcome.display.as_ref()?)));
    shown.map_or(Cell::Empty, |(total, display)| {
        let decimals = display.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        Cell::number(total, Format::Fixed(u32::try_from(decimals).unwrap_or_default()))
    })
}

/// Returns what the outcome can become while answers are missing.
fn can_become(view: &SeasonView, of: &SeasonReturn) -> Option<String> {
    let (outcome, framework) = (of.review.outcome.as_ref()?, view.season.framework(&of.review)?);
    outcome.is_open().then(|| outcome.bands_in_words(&framework.outcome))?
}

/// Returns why a return that counts asks for another assessment.
fn asked_again(view: &SeasonView, of: &SeasonReturn) -> Option<String> {
    let framework = view.season.framework(&of.review).filter(|_| of.counts())?;
    Some(reassessment::of(framework, &of.review)?.why)
}

/// Returns what keeps a return that counts from the next better outcome.
fn kept_from(view: &SeasonView, of: &SeasonReturn) -> Option<String> {
    let framework = view.season.framework(&of.review).filter(|_| of.counts())?;
    reassessment::kept_from(framework, &of.review)
}

/// Returns the limit that the total of a return that counts lies near.
fn near_a_limit(view: &SeasonView, of: &SeasonReturn) -> Option<String> {
    let framework = view.season.framework(&of.review).filter(|_| of.counts())?;
    let near = nearness::nearest(&framework.outcome, of.review.outcome.as_ref()?.total.as_ref()?)?;
    let sign = if near.above > Exact::zero() { "+" } else { "" };
    Some(format!("{}: {sign}{}", near.band.title, number(&near.above, 2)))
}

/// Returns a band's title, or its name where the framework isn't known.
fn band_title(view: &SeasonView, of: &SeasonReturn, band: &str) -> String {
    view.season.framework(&of.review).map_or(band, |framework| framework.band_title(band)).to_owned()
}

/// Returns the word for a status.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Scored => "complete",
        Status::Provisional => "answers missing",
        Status::Unreadable => "unreadable",
        Status::Unrecognised => "not recognised",
        Status::Duplicate => "duplicate",
        Status::Superseded => "superseded",
    }
}
