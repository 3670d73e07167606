//! Which returns are looked at a second time, what moderators found, and what that says of the others.

use super::{FrameworkSeason, figure};
use crate::document::{Column, Format, Part, Table};
use crate::exact::Exact;
use crate::framework::Framework;
use crate::statistics::{ModeratedRow, ModerationResults, ModerationSummary, Unseen};
use crate::words::{agree, capital, count, list_of_at_most};

/// Returns how returns are drawn, and what moderators found.
pub(super) fn part(summary: &ModerationSummary, season: &FrameworkSeason) -> Part {
    let part = Part::new("Moderation").lead(drawn(summary));
    let Some(results) = &summary.results else {
        return part.lead(["Nothing has come back from moderators.".to_owned()]);
    };
    let changed: Vec<&ModeratedRow> = results.rows.iter().filter(|row| is_changed(row)).collect();
    part.lead(found(results)).block(table(&changed, season.framework).caption("Outcomes that moderation changed"))
}

/// Says how many are drawn, and for what.
fn drawn(summary: &ModerationSummary) -> Vec<String> {
    let ModerationSummary { all, drawn, at_risk, risks, .. } = summary;
    let all = count(*all, "¤return, one an ¤organisation", "¤returns, one an ¤organisation");
    let reasons: usize = risks.iter().map(|(_, times)| times).sum();
    let several = if reasons > *at_risk { ", some for more than one reason" } else { "" };
    let named: Vec<String> = risks.iter().map(|(risk, times)| format!("{}: {times}", risk.words())).collect();
    let certain = match at_risk {
        0 => String::new(),
        _ => format!("{at_risk} for what asks for it{several} ({}), ", list_of_at_most(&named, 9)),
    };
    let by_chance = drawn - at_risk;
    let said = format!(
        "Of {all}, {drawn} {} drawn for a second look: {certain}{by_chance} by chance.",
        agree(*drawn, "is", "are")
    );
    vec![said, "They stand in the sheet \u{201c}Moderation\u{201d} of the season workbook.".to_owned()]
}

/// Says what moderators found, and what it says of the others.
fn found(results: &ModerationResults) -> Vec<String> {
    let [returns, same, better, worse] =
        [&results.returns, &results.same, &results.better, &results.worse].map(|of| figure(of, Format::Whole));
    let share = figure(&results.share, Format::Share);
    let changed = format!(
        "Moderators looked at {returns}: {same} outcomes stand ({share}), {better} changed to a better one and {worse} to a worse one."
    );
    let waiting = match results.waiting {
        0 => None,
        waiting => {
            let drawn = count(waiting, "¤return that was drawn hasn\u{2019}t", "of those drawn haven\u{2019}t");
            Some(format!("{} been looked at.", capital(&drawn)))
        }
    };
    let as_sent = "Outcomes elsewhere in this report are those of the ¤returns as sent.".to_owned();
    [Some(changed), waiting].into_iter().flatten().chain(unseen(&results.unseen)).chain([as_sent]).collect()
}

/// Says how many of those that nobody looked at would change.
fn unseen(unseen: &Unseen) -> Vec<String> {
    let likely = unseen.changed.value.and_then(Exact::from_float).filter(|_| unseen.returns > 0);
    let estimate = likely.map(|likely| {
        let [low, high] = [&unseen.low, &unseen.high].map(|of| figure(of, Format::Whole));
        format!(
            "Going by those drawn by chance, moderation would change {} of the {} outcomes that nobody looked at, between {low} and {high} of them (95% interval).",
            likely.to_fixed(0),
            unseen.returns,
        )
    });
    let beyond = (unseen.beyond > 0).then(|| {
        format!(
            "Nothing is known of {} of whose outcome no ¤return drawn by chance was looked at.",
            count(unseen.beyond, "further ¤return", "further ¤returns")
        )
    });
    estimate.into_iter().chain(beyond).collect()
}

fn is_changed(row: &ModeratedRow) -> bool {
    row.sent.as_ref() != Some(&row.moderated)
}

/// Returns the table of outcomes that changed.
fn table(rows: &[&ModeratedRow], framework: &Framework) -> Table {
    let columns = vec![
        Column::new("¤Organisation")
            .share(1.5)
            .cell(|row: &&ModeratedRow| row.organisation.as_deref().unwrap_or("not said").into()),
        Column::new("As sent").cell(move |row: &&ModeratedRow| {
            row.sent.as_ref().map_or("open", |band| framework.band_title(band)).into()
        }),
        Column::new("After moderation").cell(move |row: &&ModeratedRow| framework.band_title(&row.moderated).into()),
        Column::new("What the moderator says").share(1.5).cell(|row: &&ModeratedRow| (&row.remark).into()),
    ];
    Table::of(rows, columns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{About, Disclosure, Facet, FigureOf, Measure};
    use crate::statistics::Method;

    fn results(changed: f64, waiting: usize, beyond: usize) -> ModerationResults {
        let about = About::new("sample", FigureOf::Moderation, Disclosure::default()).open();
        let figure = |measure, value| about.figure(measure, Ok(value), 4);
        let unseen = about.facet(Facet::Unseen);
        let told = |measure, value| unseen.figure(measure, Ok(value), 4);
        ModerationResults {
            returns: figure(Measure::Returns, 4.0),
            same: figure(Measure::Same, 3.0),
            better: figure(Measure::Better, 0.0),
            worse: figure(Measure::Worse, 1.0),
            share: figure(Measure::Share, 0.75),
            waiting,
            unseen: Unseen {
                returns: 30,
                beyond,
                changed: told(Measure::Count, changed),
                low: told(Measure::Low, 1.0),
                high: told(Measure::High, 21.0),
                method: Method::Hypergeometric,
            },
            rows: Vec::new(),
        }
    }

    #[test]
    fn what_was_found_is_said_with_what_it_says_of_the_others() {
        let told = found(&results(7.5, 1, 5)).join(" ");
        assert_eq!(
            told,
            "Moderators looked at 4: 3 outcomes stand (75%), 0 changed to a better one and 1 to a worse one. 1 ¤return that was drawn hasn\u{2019}t been looked at. Going by those drawn by chance, moderation would change 8 of the 30 outcomes that nobody looked at, between 1 and 21 of them (95% interval). Nothing is known of 5 further ¤returns of whose outcome no ¤return drawn by chance was looked at. Outcomes elsewhere in this report are those of the ¤returns as sent."
        );
        let told = found(&results(0.0, 2, 0)).join(" ");
        assert!(
            told.contains("2 of those drawn haven\u{2019}t been looked at.") && !told.contains("Nothing is known"),
            "{told}"
        );
    }
}
