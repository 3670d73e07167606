//! Which returns are looked at a second time, what moderators found, and what that says of the others.

use super::{FrameworkSeason, figure};
use crate::document::{Cell, Column, Format, Part, Table};
use crate::exact::Exact;
use crate::framework::Framework;
use crate::statistics::{LEAST_SEEN, ModeratedRow, ModerationResults, ModerationSummary, Unseen};
use crate::words::{agree, capital, count, list_of_at_most, sentence, thousands};

/// The most things that couldn't be used that are told one by one.
const MOST_DOUBTS: usize = 5;

/// Returns how returns are drawn, and what moderators found.
pub(super) fn part(summary: &ModerationSummary, season: &FrameworkSeason) -> Part {
    let part = Part::new("Moderation").lead(drawn(summary, &season.one_each(summary.all, "")));
    let Some(results) = &summary.results else {
        let nothing = "Nothing has come back from moderators that can be used.";
        let nothing = if summary.doubts.is_empty() { "Nothing has come back from moderators." } else { nothing };
        return doubts(part.lead([nothing.to_owned()]), summary);
    };
    let changed: Vec<&ModeratedRow> = results.rows.iter().filter(|row| is_changed(row)).collect();
    let caption = if results.open > 0 {
        "Outcomes that moderation changed or settled"
    } else {
        "Outcomes that moderation changed"
    };
    let sums_up = !season.framework.outcome.bands.is_empty();
    let found = if sums_up { found(summary.all, results) } else { looked_at(summary.all, results) };
    doubts(part.lead(found), summary).block(table(&changed, season.framework).caption(caption))
}

/// Adds what moderators say that isn't put to a return: in a sentence, or the first of several in a list.
fn doubts(part: Part, summary: &ModerationSummary) -> Part {
    let doubts = &summary.doubts;
    let rest = doubts.len().saturating_sub(MOST_DOUBTS);
    let told = doubts.iter().take(MOST_DOUBTS).map(|doubt| sentence(doubt));
    match &doubts[..] {
        [] => part,
        [one] => part.lead([format!("One thing that moderators say isn\u{2019}t used: {one}.")]),
        several => {
            let many = count(several.len(), "thing", "things");
            let part = part.lead([format!("{} that moderators say aren\u{2019}t used:", capital(&many))]);
            part.points(told.chain((rest > 0).then(|| format!("And {rest} more."))))
        }
    }
}

/// Says how many are drawn, and for what.
fn drawn(summary: &ModerationSummary, all: &str) -> Vec<String> {
    let ModerationSummary { drawn, at_risk, risks, .. } = summary;
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

/// Says what moderators found of the outcomes, and what it says of the others.
fn found(all: usize, results: &ModerationResults) -> Vec<String> {
    let [same, better, worse] = [&results.same, &results.better, &results.worse].map(|of| figure(of, Format::Whole));
    let share = figure(&results.share, Format::Share);
    let stand = if same == "1" { "outcome stands" } else { "outcomes stand" };
    let open = match results.open {
        0 => String::new(),
        open => format!("; {} open as sent", count(open, "was", "were")),
    };
    let changed = format!(
        "Moderators looked at {}: {same} {stand} ({share}), {better} changed to a better one and {worse} to a worse one{open}.",
        of_all(all, results)
    );
    let as_sent = "Outcomes elsewhere in this report are those of the ¤returns as sent.".to_owned();
    [changed]
        .into_iter()
        .chain(undrawn(results))
        .chain(left(results))
        .chain(unseen(&results.unseen))
        .chain([as_sent])
        .collect()
}

/// Says at how many returns of a scheme without outcomes moderators looked.
fn looked_at(all: usize, results: &ModerationResults) -> Vec<String> {
    let (of, it) = (of_all(all, results), agree(results.rows.len(), "it", "them"));
    let looked_at = if results.rows.iter().any(|row| !row.remark.is_empty()) {
        format!("Moderators looked at {of}; what they say of {it} stands in the same sheet.")
    } else {
        format!(
            "Moderators looked at {of} and say nothing of {it} beside; a scheme without outcomes has none that could have changed, so \
             what they found stands in their own workbooks alone."
        )
    };
    [looked_at].into_iter().chain(undrawn(results)).chain(left(results)).collect()
}

/// Says at how many of all returns moderators looked.
fn of_all(all: usize, results: &ModerationResults) -> String {
    format!("{} of {}", figure(&results.returns, Format::Whole), count(all, "¤return", "¤returns"))
}

/// Says how many were looked at without being drawn; `None` where none was.
fn undrawn(results: &ModerationResults) -> Option<String> {
    let many = count(results.undrawn, "of these isn\u{2019}t drawn and says", "of these aren\u{2019}t drawn and say");
    (results.undrawn > 0).then(|| format!("{} nothing of the others.", capital(&many)))
}

/// Says how many nobody looked at; `None` where there are none.
fn left(results: &ModerationResults) -> Option<String> {
    let left = results.unseen.returns + results.unseen.beyond;
    let drawn = match results.waiting {
        0 => String::new(),
        waiting => format!(", of which {} drawn", count(waiting, "was", "were")),
    };
    (left > 0).then(|| format!("Nobody looked at the other {}{drawn}.", thousands(left)))
}

/// Says how many of those that nobody looked at would change.
fn unseen(unseen: &Unseen) -> Vec<String> {
    let likely = unseen.changed.value.and_then(Exact::from_float).filter(|_| unseen.returns > 0);
    let estimate = likely.as_ref().map(|likely| {
        let [low, high] = [&unseen.low, &unseen.high].map(|of| figure(of, Format::Whole));
        if low == "0" && high == thousands(unseen.returns) {
            let outcomes = count(unseen.returns, "outcome", "outcomes");
            return format!("Those drawn by chance are too few to say how many of the {outcomes} that they stand for moderation would change.");
        }
        format!(
            "Going by those drawn by chance, moderation would change {} of {} that they stand for, between {low} and {high} (95% interval).",
            likely.to_fixed(0),
            count(unseen.returns, "outcome", "outcomes"),
        )
    });
    let too_few = (likely.is_none() && unseen.returns > 0).then(|| {
        format!(
            "Too few of those drawn by chance were looked at to say how many of the other outcomes would change: at least {LEAST_SEEN} are needed."
        )
    });
    let others = if likely.is_some() { format!("the other {}", thousands(unseen.beyond)) } else { "them".to_owned() };
    let beyond = (unseen.beyond > 0 && too_few.is_none()).then(|| {
        format!("Of {others} nothing is known: no ¤return that was drawn by chance and looked at stands for them.")
    });
    estimate.into_iter().chain(too_few).chain(beyond).collect()
}

fn is_changed(row: &ModeratedRow) -> bool {
    row.moderated.is_some() && row.sent != row.moderated
}

/// Returns whose a return is, with the part or service that it is about.
fn whose(row: &ModeratedRow) -> String {
    let organisation = row.organisation.as_deref().unwrap_or("not said");
    row.part.as_ref().map_or_else(|| organisation.to_owned(), |part| format!("{organisation}, {part}"))
}

/// Returns the table of outcomes that changed.
fn table(rows: &[&ModeratedRow], framework: &Framework) -> Table {
    let columns = vec![
        Column::new("¤Organisation").share(1.5).cell(|row: &&ModeratedRow| whose(row).into()),
        Column::new("As sent").cell(move |row: &&ModeratedRow| {
            row.sent.as_ref().map_or("open", |band| framework.band_title(band)).into()
        }),
        Column::new("After moderation").cell(move |row: &&ModeratedRow| {
            Cell::text_or_empty(row.moderated.as_ref().map(|band| framework.band_title(band)))
        }),
        Column::new("What the moderator says").share(1.5).cell(|row: &&ModeratedRow| (&row.remark).into()),
    ];
    Table::of(rows, columns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Block;
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
            open: 0,
            undrawn: 0,
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
        let told = found(39, &results(7.5, 1, 5)).join(" ");
        assert_eq!(
            told,
            "Moderators looked at 4 of 39 ¤returns: 3 outcomes stand (75%), 0 changed to a better one and 1 to a worse one. Nobody looked at the other 35, of which 1 was drawn. Going by those drawn by chance, moderation would change 8 of 30 outcomes that they stand for, between 1 and 21 (95% interval). Of the other 5 nothing is known: no ¤return that was drawn by chance and looked at stands for them. Outcomes elsewhere in this report are those of the ¤returns as sent."
        );
        let told = found(34, &results(0.0, 2, 0)).join(" ");
        assert!(told.contains("30, of which 2 were drawn.") && !told.contains("nothing is known"), "{told}");
        let mut none = results(0.0, 2, 30);
        none.unseen.returns = 0;
        let told = found(34, &none).join(" ");
        assert!(told.contains("drawn. Of them nothing is known") && !told.contains("Going by"), "{told}");
        let mut few = results(0.0, 2, 0);
        let about = About::new("sample", FigureOf::Moderation, Disclosure::default()).open().facet(Facet::Unseen);
        for figure in [&mut few.unseen.changed, &mut few.unseen.low, &mut few.unseen.high] {
            *figure = about.figure(Measure::Count, Err("few"), 1);
        }
        let told = found(34, &few).join(" ");
        assert!(told.contains("Too few of those drawn by chance") && !told.contains("interval"), "{told}");
    }

    #[test]
    fn outcomes_that_were_open_and_returns_that_werent_drawn_are_told() {
        let remarked = |remark: &str| ModeratedRow {
            file: String::new(),
            organisation: None,
            part: None,
            sent: None,
            moderated: None,
            moderator: String::new(),
            remark: remark.to_owned(),
        };
        let results = ModerationResults { open: 2, undrawn: 1, ..results(0.0, 0, 0) };
        let told = found(36, &results).join(" ");
        assert!(told.contains("and 1 to a worse one; 2 were open as sent. 1 of these isn\u{2019}t drawn"), "{told}");
        let mute = ModerationResults { rows: vec![remarked("")], ..results.clone() };
        let told = looked_at(36, &mute).join(" ");
        assert!(told.contains("say nothing of it beside") && !told.contains("same sheet"), "{told}");
        let results = ModerationResults { rows: vec![remarked("Sound"), remarked("")], ..results };
        let told = looked_at(36, &results).join(" ");
        let expected = "Moderators looked at 4 of 36 ¤returns; what they say of them stands in the same sheet. 1 of these \
                        isn\u{2019}t drawn and says nothing of the others. Nobody looked at the other 30.";
        assert_eq!(told, expected);
    }

    #[test]
    fn what_isnt_used_is_told() {
        let summary = |doubts: &[&str]| ModerationSummary {
            all: 40,
            drawn: 7,
            at_risk: 0,
            risks: Vec::new(),
            seed: String::new(),
            doubts: doubts.iter().map(|doubt| (*doubt).to_owned()).collect(),
            results: None,
        };
        let blocks = |of: &[&str]| doubts(Part::default(), &summary(of)).blocks;
        assert_eq!(blocks(&[]), []);
        let lead = |words: &str| Block::Lead(vec![words.to_owned()]);
        let points = ["A.", "B.", "C.", "D.", "E.", "And 2 more."].map(ToOwned::to_owned).to_vec();
        assert_eq!(
            blocks(&["a", "b", "c", "d", "e", "f", "g"]),
            [lead("7 things that moderators say aren\u{2019}t used:"), Block::Points(points)]
        );
        assert_eq!(
            blocks(&["line 2: no return that counts is x.xlsx"]),
            [lead("One thing that moderators say isn\u{2019}t used: line 2: no return that counts is x.xlsx.")]
        );
    }
}
