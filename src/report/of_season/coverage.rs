//! Who was expected, who came, and what counts.

use super::{FrameworkSeason, outcome, whom};
use crate::document::{Column, Part, Table};
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
    let expected = coverage.expected.map(|expected| ("¤Returns expected", expected));
    let came = [
        ("Files received", coverage.received + unread.len()),
        ("¤Returns that count", coverage.counted),
        ("\u{2003}of these complete", coverage.complete),
        ("\u{2003}of these with answers missing", coverage.provisional),
        ("Duplicates, not counted", coverage.duplicate),
        ("Superseded by a later ¤return", coverage.superseded),
        ("Not readable or of no known framework", unread.len()),
    ];
    let rows: Vec<(&str, usize)> = expected.into_iter().chain(came).collect();
    let columns = vec![
        Column::new("What").share(1.0).cell(|(what, _): &(&str, usize)| (*what).into()),
        Column::new("Number").cell(|(_, number): &(&str, usize)| (*number).into()),
    ];
    Part::new("Coverage")
        .lead(sentences(season, &unread))
        .block(Table::of(&rows, columns).caption("What came and what counts"))
}

/// Returns what coverage means for the rest of the report.
fn sentences(season: &FrameworkSeason, unread: &[String]) -> Vec<String> {
    let coverage = &season.statistics.coverage;
    let missing = &coverage.organisations_missing;
    let absent = || count(missing.len(), "¤organisation", "¤organisations");
    let unused = || capital(&count(unread.len(), "file", "files"));
    let sentences = [
        Some(counted(coverage)),
        (coverage.provisional > 0).then(|| incomplete(season)),
        over(coverage),
        (!missing.is_empty()).then(|| format!("Nothing came from {}: {}.", absent(), list_of_at_most(missing, 12))),
        unnamed(season),
        (!unread.is_empty()).then(|| format!("{} couldn\u{2019}t be used{}.", unused(), which(season, unread))),
        (coverage.counted < FEW).then(|| {
            "With so few ¤returns, shares and medians say little beyond these ¤returns themselves.".to_owned()
        }),
    ];
    sentences.into_iter().flatten().collect()
}

/// Names files after how many they are, where they may be named.
fn which(season: &FrameworkSeason, files: &[String]) -> String {
    if season.is_named() { format!(": {}", list_of_at_most(files, 3)) } else { String::new() }
}

/// Says how many returns count, and how many were expected: some that came may not have been, and some that were may not have come.
fn counted(coverage: &Coverage) -> String {
    let counted = format!(
        "{} from {} {} in this report",
        capital(&count(coverage.counted, "¤return", "¤returns")),
        count(coverage.organisations, "¤organisation", "¤organisations"),
        agree(coverage.counted, "counts", "count")
    );
    match coverage.expected {
        Some(expected) => format!("{counted}. {}", of_expected(coverage, expected)),
        None if coverage.unplaced > 0 => {
            format!("{counted}. The roster doesn\u{2019}t say who was expected on this framework.")
        }
        None => format!("{counted}. Who was expected isn\u{2019}t known, so nothing can be said about who is absent."),
    }
}

/// Says how many of the expected returns count, and how many count that weren't expected.
fn of_expected(coverage: &Coverage, expected: usize) -> String {
    let of = format!("Of {} that {} expected", thousands(expected), agree(expected, "was", "were"));
    let came = match coverage.came {
        came if came == expected => format!("{of}, all are among them"),
        came => format!("{of}, {} {} among them", thousands(came), agree(came, "is", "are")),
    };
    let unplaced = match coverage.unplaced {
        0 => String::new(),
        some => {
            let organisations = count(some, "¤organisation", "¤organisations");
            format!(" For {organisations} the roster doesn\u{2019}t say on which framework a ¤return was expected.")
        }
    };
    match coverage.unexpected {
        0 => format!("{came}.{unplaced}"),
        more => format!("{came}; {} {} not expected.{unplaced}", thousands(more), agree(more, "was", "were")),
    }
}

/// Says over what the figures are where organisations sent several returns; `None` where none did.
fn over(coverage: &Coverage) -> Option<String> {
    let whom = whom(coverage);
    (coverage.headline < coverage.counted).then(|| {
        format!("Where nothing else is said, figures are over {whom}; \u{201c}Methods and caveats\u{201d} says which.")
    })
}

/// Says of which organisations a return may have come that doesn't say whose it is; `None` where there is none.
fn unnamed(season: &FrameworkSeason) -> Option<String> {
    let rows = &season.statistics.coverage.organisations_unnamed;
    let status =
        |file: &str| season.returns.iter().find(|sent| sent.review.file == file).map(|sent| sent.review.status);
    let said = |(organisation, file): &(String, String)| {
        let counts = if status(file).is_some_and(Status::counts) { ", which counts" } else { "" };
        format!("{organisation} ({}{counts})", file_title(file))
    };
    let organisations = count(rows.len(), "¤organisation", "¤organisations");
    let listed = list_of_at_most(&rows.iter().map(said).collect::<Vec<_>>(), 12);
    (!rows.is_empty()).then(|| {
        format!(
            "No ¤return names {organisations} that {} expected, but by its name a file may be theirs: {listed}.",
            agree(rows.len(), "was", "were")
        )
    })
}

/// Says how many returns have answers missing.
fn incomplete(season: &FrameworkSeason) -> String {
    let (all, open) = (season.statistics.coverage.counted, season.statistics.coverage.provisional);
    let which = match (all, open) {
        (1, _) => "It".to_owned(),
        (all, open) if all == open => "All of them".to_owned(),
        (_, open) => format!("{} of them", thousands(open)),
    };
    let range = "; an outcome that hangs on them is given as a range".to_owned();
    let has_ranges = season.statistics.outcomes.iter().any(|row| row.at_most.is_shown());
    let range = if outcome::sums_up(&season.statistics.outcomes) && has_ranges { range } else { String::new() };
    format!("{which} {} answers missing{range}.", agree(open, "has", "have"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_expected_is_told_beside_what_came() {
        let none = "Who was expected isn\u{2019}t known, so nothing can be said about who is absent.";
        for (expected, came, unexpected, unplaced, said) in [
            (Some(48), 48, 0, 0, "Of 48 that were expected, all are among them."),
            (Some(48), 47, 1, 0, "Of 48 that were expected, 47 are among them; 1 was not expected."),
            (Some(1), 0, 2, 0, "Of 1 that was expected, 0 are among them; 2 were not expected."),
            (
                Some(9),
                8,
                0,
                3,
                "Of 9 that were expected, 8 are among them. For 3 ¤organisations the roster doesn\u{2019}t say on which framework a ¤return was expected.",
            ),
            (None, 0, 0, 3, "The roster doesn\u{2019}t say who was expected on this framework."),
            (None, 0, 0, 0, none),
        ] {
            let coverage = Coverage {
                nameless: 0,
                counted: 48,
                organisations: 37,
                expected,
                came,
                unexpected,
                unplaced,
                ..Coverage::default()
            };
            assert_eq!(whom(&Coverage { headline: 37, ..coverage.clone() }), "37 ¤organisations (one ¤return each)");
            let nameless = Coverage { headline: 38, nameless: 1, ..coverage.clone() };
            let said_of = "37 ¤organisations (one ¤return each) and one ¤return that doesn\u{2019}t say whose it is";
            assert_eq!(whom(&nameless), said_of);
            assert_eq!(counted(&coverage), format!("48 ¤returns from 37 ¤organisations count in this report. {said}"));
        }
    }
}
