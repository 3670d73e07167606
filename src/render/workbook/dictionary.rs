//! What the columns of the other sheets mean.

use rust_xlsxwriter::XlsxError;

use super::SeasonView;
use super::page::{Page, texts};
use crate::document::Document;
use crate::report::sheets;

/// Sheet, column, meaning.
const MEANINGS: [[&str; 3]; 22] = [
    ["Overview", "Share", "Returns with the outcome, of all that count: no duplicates, and none that is superseded."],
    [
        "Overview",
        "From, To",
        "The 95 % Wilson interval of the share: what would be found if the season were repeated with like organisations.",
    ],
    ["Overview", "Quartiles", "Of type 7, linear between the two nearest values, as QUARTILE.INC in a spreadsheet."],
    ["Statistics", "Returns", "How many complete returns the figures rest on."],
    ["Statistics", "Median distance", "MAD: half of the values lie at most this far from the median."],
    [
        "Statistics",
        "Totals that stand out",
        "0.6745 times the distance from the median, divided by MAD, is more than 3.5; told from 8 totals on.",
    ],
    [
        "Statistics",
        "Alpha, From, To",
        "Cronbach's alpha over returns with all answers, with Feldt's 95 % interval; told from 30 returns on.",
    ],
    ["Statistics", "Pooled", "All people of all registers taken as one group."],
    [
        "Statistics",
        "Mean of returns",
        "The mean of the returns' own values, each counting the same, however many people it has.",
    ],
    ["Statistics", "People", "To the nearest multiple that the disclosure rule sets."],
    [
        "Statistics",
        "The same, Within one step",
        "The share of criteria that both sides answer alike, or at most one step of the scale apart.",
    ],
    [
        "Statistics",
        "Bias, Limit",
        "The mean of self less external in steps of the scale, and the limits between which 95 % of differences lie.",
    ],
    [
        "Statistics",
        "Weighted kappa",
        "Quadratic weighted kappa over the whole scale: 1 is full agreement, 0 what chance gives.",
    ],
    ["Statistics", "From, To (of kappa)", "The 95 % interval, by drawing whole organisations again 2,000 times."],
    [
        "Statistics",
        "p",
        "How often chance alone would give such differences or larger ones: Wilcoxon's signed ranks, exact up to 50 differences.",
    ],
    [
        "Statistics",
        "p, adjusted",
        "The same, allowing for how many criteria or sections are looked at (Benjamini and Hochberg).",
    ],
    [
        "Statistics",
        "Gwet's AC2",
        "Agreement with quadratic weights that isn't misled where nearly all answers are alike.",
    ],
    [
        "Statistics",
        "Intraclass correlation",
        "ICC(A,1), absolute agreement of single judgements, over organisations with all answers on both sides; 95 % interval.",
    ],
    [
        "Statistics",
        "Came out, Fell in",
        "Matched returns that left the lowest band or fell into it; p is McNemar's exact test.",
    ],
    [
        "Statistics",
        "Trend",
        "From four seasons on: medians of those with a like return in each, the Theil–Sen slope and Kendall's tau.",
    ],
    [
        "Statistics",
        "Change",
        "This season less the last, over organisations with a like return in both, of the same framework version.",
    ],
    [
        "Statistics",
        "How widespread",
        "Systemic: at the same place in at least two in five returns. Nearly: in at least one in five.",
    ],
];

/// Fills the sheet.
pub(super) fn fill(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    page.title("Data dictionary", "What the columns of the other sheets mean.")?;
    page.columns(&[texts("Sheet", 18.0), texts("Column", 28.0), texts("Meaning", 100.0)], 0)?;
    let own = MEANINGS.into_iter().filter(|[sheet, ..]| is_wanted(view, sheet));
    let own = own.map(|meaning| meaning.map(ToOwned::to_owned));
    let documents = [sheets::returns(view), sheets::findings(view)].into_iter();
    let some =
        [sheets::criteria, sheets::consolidation, sheets::registers, sheets::dates, sheets::moderation, sheets::hidden]
            .map(|sheet| sheet(view));
    let documents: Vec<Document> = documents.chain(some.into_iter().flatten()).collect();
    for meaning in sheets::meanings(&documents).into_iter().chain(own) {
        for (column, text) in (0_u16..).zip(meaning) {
            page.text(column, &text)?;
        }
        page.next()?;
    }
    Ok(())
}

/// Whether a season has anything for a sheet.
fn is_wanted(view: &SeasonView, sheet: &str) -> bool {
    match sheet {
        "Statistics" => !view.statistics.frameworks.is_empty(),
        _ => true,
    }
}
