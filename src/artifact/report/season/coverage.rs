//! Who was expected, who came, and what counts.

use serde::Serialize;

use super::Season;
use crate::artifact::report::sentence::{agree, capital, count, list_of_at_most};
use crate::artifact::report::view::Fact;
use crate::review::Status;

/// Coverage as a template sees it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct CoverageView {
    sentences: Vec<String>,
    caption: String,
    rows: Vec<Fact>,
}

impl CoverageView {
    /// Returns the sentence that stands for all.
    pub(super) fn first(&self) -> &str {
        self.sentences.first().map_or("", String::as_str)
    }
}

/// Returns coverage as a template sees it.
pub(super) fn view(season: &Season) -> CoverageView {
    let coverage = &season.statistics.coverage;
    let unread: Vec<&str> = unread(season);
    let mut rows = Vec::new();
    rows.extend(coverage.expected.map(|expected| Fact::new("Returns expected", expected.to_string())));
    rows.push(Fact::new("Files received", coverage.received.to_string()));
    rows.push(Fact::new("Returns that count", coverage.counted.to_string()));
    rows.push(Fact::new("of these complete", coverage.complete.to_string()));
    rows.push(Fact::new("of these with answers missing", coverage.provisional.to_string()));
    rows.push(Fact::new("Duplicates, not counted", coverage.duplicate.to_string()));
    rows.push(Fact::new("Superseded by a later return", coverage.superseded.to_string()));
    rows.push(Fact::new("Not readable or of no known framework", unread.len().to_string()));
    CoverageView { sentences: sentences(season, &unread), caption: "What came and what counts".to_owned(), rows }
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
        Some(expected) => format!(
            "{} of {} expected returns {}, from {from}.",
            coverage.counted,
            expected,
            agree(coverage.counted, "counts", "count")
        ),
        None => format!(
            "{} from {from} {} in this report. Who was expected isn\u{2019}t known, so nothing can be said about who is absent.",
            capital(&count(coverage.counted, "return", "returns")),
            agree(coverage.counted, "counts", "count")
        ),
    }];
    if coverage.provisional > 0 {
        let (verb, has) = (
            agree(coverage.provisional, "is", "are"),
            agree(coverage.provisional, "its outcome is", "their outcomes are"),
        );
        sentences.push(format!("{} of them {verb} incomplete; {has} given as a range.", coverage.provisional));
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
            list_of_at_most(unread, 3)
        ));
    }
    if coverage.counted < 10 {
        sentences
            .push("With so few returns, shares and medians say little beyond these returns themselves.".to_owned());
    }
    sentences
}
