//! Who was expected, who came, and what counts.

use super::{Season, outcome};
use crate::document::{Column, Lies, Part, Table};
use crate::review::Status;
use crate::words::{agree, capital, count, file_title, list_of_at_most, thousands};

/// Returns who was expected, who came, and what counts.
pub(super) fn part(season: &Season) -> Part {
    let coverage = &season.statistics.coverage;
    let unread: Vec<&str> = unread(season);
    let rows: Vec<(&str, usize)> = coverage
        .expected
        .map(|expected| ("Returns expected", expected))
        .into_iter()
        .chain([
            ("Files received", coverage.received),
            ("Returns that count", coverage.counted),
            ("\u{2003}of these complete", coverage.complete),
            ("\u{2003}of these with answers missing", coverage.provisional),
            ("Duplicates, not counted", coverage.duplicate),
            ("Superseded by a later return", coverage.superseded),
            ("Not readable or of no known framework", unread.len()),
        ])
        .collect();
    let table = Table::of(
        &rows,
        vec![
            Column::new("What").share(1.0).cell(|(what, _): &(&str, usize)| (*what).into()),
            Column::new("Number").cell(|(_, number): &(&str, usize)| (*number).into()),
        ],
    );
    Part::new("Coverage")
        .lying(Lies::NewPage)
        .lead(sentences(season, &unread))
        .block(table.caption("What came and what counts"))
}

/// Returns the files that weren't read as a return.
fn unread<'a>(season: &Season<'a>) -> Vec<&'a str> {
    let unread = |status| matches!(status, Status::Unreadable | Status::Unrecognised);
    season
        .returns
        .iter()
        .map(|found| &found.review)
        .filter(|review| unread(review.status))
        .map(|review| review.file.as_str())
        .collect()
}

/// Returns what coverage means for the rest of the report.
fn sentences(season: &Season, unread: &[&str]) -> Vec<String> {
    let coverage = &season.statistics.coverage;
    let from = count(coverage.organisations, "organisation", "organisations");
    let mut sentences = vec![match coverage.expected {
        // Some that came may not have been expected, and some that were may not have come.
        Some(expected) => format!(
            "{} from {from} {} in this report; {} {} expected.",
            capital(&count(coverage.counted, "return", "returns")),
            agree(coverage.counted, "counts", "count"),
            thousands(expected),
            agree(expected, "was", "were")
        ),
        None => format!(
            "{} from {from} {} in this report. Who was expected isn\u{2019}t known, so nothing can be said about who is absent.",
            capital(&count(coverage.counted, "return", "returns")),
            agree(coverage.counted, "counts", "count")
        ),
    }];
    if coverage.provisional > 0 {
        let verb = agree(coverage.provisional, "is", "are");
        let has = agree(coverage.provisional, "its outcome is", "their outcomes are");
        let has = if outcome::sums_up(&season.statistics.outcomes) {
            format!("; {has} given as a range")
        } else {
            String::new()
        };
        let which = match (coverage.counted, coverage.provisional) {
            (1, _) => "It".to_owned(),
            (all, open) if all == open => "All of them".to_owned(),
            (_, open) => format!("{} of them", thousands(open)),
        };
        sentences.push(format!("{which} {verb} incomplete{has}."));
    }
    if !coverage.organisations_missing.is_empty() {
        let missing = &coverage.organisations_missing;
        sentences.push(format!(
            "Nothing came from {}: {}.",
            count(missing.len(), "organisation", "organisations"),
            list_of_at_most(missing, 12)
        ));
    }
    if !unread.is_empty() {
        sentences.push(format!(
            "{} couldn\u{2019}t be used: {}.",
            capital(&count(unread.len(), "file", "files")),
            list_of_at_most(&unread.iter().map(|file| file_title(file)).collect::<Vec<_>>(), 3)
        ));
    }
    if coverage.counted < 10 {
        sentences
            .push("With so few returns, shares and medians say little beyond these returns themselves.".to_owned());
    }
    sentences
}
