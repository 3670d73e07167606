//! Who was expected, who came, and what counts.

use super::{FrameworkSeason, outcome};
use crate::document::{Column, Lies, Part, Table};
use crate::review::Status;
use crate::statistics::Coverage;
use crate::words::{agree, capital, count, file_title, list_of_at_most, thousands};

/// Fewer returns than this say little beyond themselves.
const FEW: usize = 10;

/// Returns who was expected, who came, and what counts.
pub(super) fn part(season: &FrameworkSeason) -> Part {
    let coverage = &season.statistics.coverage;
    let is_unread = |status| matches!(status, Status::Unreadable | Status::Unrecognised);
    let unread = season.returns.iter().map(|sent| &sent.review).filter(|review| is_unread(review.status));
    let unread: Vec<String> = unread.map(|review| file_title(&review.file)).collect();
    let expected = coverage.expected.map(|expected| ("Returns expected", expected));
    let came = [
        ("Files received", coverage.received),
        ("Returns that count", coverage.counted),
        ("\u{2003}of these complete", coverage.complete),
        ("\u{2003}of these with answers missing", coverage.provisional),
        ("Duplicates, not counted", coverage.duplicate),
        ("Superseded by a later return", coverage.superseded),
        ("Not readable or of no known framework", unread.len()),
    ];
    let rows: Vec<(&str, usize)> = expected.into_iter().chain(came).collect();
    let columns = vec![
        Column::new("What").share(1.0).cell(|(what, _): &(&str, usize)| (*what).into()),
        Column::new("Number").cell(|(_, number): &(&str, usize)| (*number).into()),
    ];
    Part::new("Coverage")
        .lying(Lies::NewPage)
        .lead(sentences(season, &unread))
        .block(Table::of(&rows, columns).caption("What came and what counts"))
}

/// Returns what coverage means for the rest of the report.
fn sentences(season: &FrameworkSeason, unread: &[String]) -> Vec<String> {
    let coverage = &season.statistics.coverage;
    let missing = &coverage.organisations_missing;
    let absent = || count(missing.len(), "organisation", "organisations");
    let unused = || capital(&count(unread.len(), "file", "files"));
    let sentences = [
        Some(counted(coverage)),
        (coverage.provisional > 0).then(|| incomplete(season)),
        (!missing.is_empty()).then(|| format!("Nothing came from {}: {}.", absent(), list_of_at_most(missing, 12))),
        (!unread.is_empty()).then(|| format!("{} couldn\u{2019}t be used: {}.", unused(), list_of_at_most(unread, 3))),
        (coverage.counted < FEW)
            .then(|| "With so few returns, shares and medians say little beyond these returns themselves.".to_owned()),
    ];
    sentences.into_iter().flatten().collect()
}

/// Says how many returns count, and how many were expected: some that came may not have been, and some that were may not have come.
fn counted(coverage: &Coverage) -> String {
    let counted = format!(
        "{} from {} {} in this report",
        capital(&count(coverage.counted, "return", "returns")),
        count(coverage.organisations, "organisation", "organisations"),
        agree(coverage.counted, "counts", "count")
    );
    match coverage.expected {
        Some(expected) => format!("{counted}; {} {} expected.", thousands(expected), agree(expected, "was", "were")),
        None => format!("{counted}. Who was expected isn\u{2019}t known, so nothing can be said about who is absent."),
    }
}

/// Says how many returns are incomplete.
fn incomplete(season: &FrameworkSeason) -> String {
    let (all, open) = (season.statistics.coverage.counted, season.statistics.coverage.provisional);
    let which = match (all, open) {
        (1, _) => "It".to_owned(),
        (all, open) if all == open => "All of them".to_owned(),
        (_, open) => format!("{} of them", thousands(open)),
    };
    let has = agree(open, "its outcome is", "their outcomes are");
    let range = format!("; {has} given as a range");
    let range = if outcome::sums_up(&season.statistics.outcomes) { range } else { String::new() };
    format!("{which} {} incomplete{range}.", agree(open, "is", "are"))
}
