//! What the rows of registers come to over the season, and what is most often wanting in them.

use super::outcome::shares;
use super::{FrameworkSeason, whole};
use crate::document::{Cell, Column, Format, Part, Table};
use crate::statistics::{ActionRow, RegisterRow, ResultRow};
use crate::words::{agree, capital, count, list, thousands};

/// Returns what the rows of each register come to.
pub(in crate::report) fn parts(season: &FrameworkSeason) -> Vec<Part> {
    season.statistics.registers.iter().map(|register| part(register, &season.whom())).collect()
}

/// Returns what the rows of a register come to, and what is most often wanting in them.
fn part(register: &RegisterRow, whom: &str) -> Part {
    let nouns = format!("{}s", register.row_noun);
    let results = shares(&register.results, ["Result", &capital(&nouns)], Vec::new(), |row| (&row.title, &row.share));
    let caption = format!("What each {} comes to, over {whom}", register.row_noun);
    Part::new(capital(&nouns))
        .lead(sentences(register, &nouns))
        .block(results.caption(caption))
        .lead(actions_sentence(register, &nouns))
        .block(wanting(register, &capital(&nouns)).caption("What is most often wanting"))
}

/// Returns what the rows of each register came to last season beside what they come to now: over all returns of each, as both are told.
pub(super) fn change(season: &FrameworkSeason, since: &str) -> Vec<Part> {
    let statistics = season.statistics;
    let both = statistics.registers.iter().filter_map(|now| {
        let before = statistics.registers_before.iter().find(|before| before.register == now.register)?;
        Some([before, now])
    });
    both.filter(|both| both.iter().all(|register| is_told(register))).map(|both| changed(both, since)).collect()
}

/// Whether it is told how many rows came to one of the results at least.
fn is_told(register: &RegisterRow) -> bool {
    register.results.iter().any(|row| whole(&row.share.count).is_some_and(|count| count > 0))
}

/// Returns what the rows of a register came to and come to now.
fn changed([before, now]: [&RegisterRow; 2], since: &str) -> Part {
    let nouns = format!("{}s", now.row_noun);
    let results: Vec<[&ResultRow; 2]> = before.results.iter().zip(&now.results).map(<[_; 2]>::from).collect();
    let count = |of: &ResultRow| Cell::figure(&of.share.count, Format::Whole);
    let share = |of: &ResultRow| Cell::figure(&of.share.share, Format::Share);
    let tells = |at: usize| results.iter().any(|both| both[at].share.share.is_shown());
    let columns = vec![
        Column::new("Result").share(1.0).cell(|[_, now]: &[&ResultRow; 2]| (&now.title).into()),
        Column::new("Then").cell(move |[before, _]: &[&ResultRow; 2]| count(before)),
        Column::new("Share then").cell(move |[before, _]: &[&ResultRow; 2]| share(before)).only_if(tells(0)),
        Column::new("Now").cell(move |[_, now]: &[&ResultRow; 2]| count(now)),
        Column::new("Share now").cell(move |[_, now]: &[&ResultRow; 2]| share(now)).only_if(tells(1)),
    ];
    let caption = format!("What each {} came to in {since}, and comes to now", now.row_noun);
    Part::new(format!("{} then and now", capital(&nouns)))
        .lead(with_a_result([before, now], &nouns, since))
        .block(Table::of(&results, columns).caption(caption))
}

/// Says how many rows had a result then, and how many have one now; where one of the two isn't told, whose rows they are alone.
fn with_a_result([before, now]: [&RegisterRow; 2], nouns: &str, since: &str) -> [String; 1] {
    let rows = |register: &RegisterRow| {
        let about = if register.are_people { "about " } else { "" };
        format!("{about}{}", count(register.settled, &register.row_noun, nouns))
    };
    let over = "These are of all ¤returns of each season, not only of those that are compared.";
    [if before.settled == 0 || now.settled == 0 {
        over.to_owned()
    } else {
        let have = agree(now.settled, "has", "have");
        format!("In {since} {} had a result, and now {} {have} one. {over}", rows(before), rows(now))
    }]
}

/// Says of each register how many rows came to the best result last season, where that is told.
pub(super) fn in_brief_then(season: &FrameworkSeason, since: &str) -> Vec<String> {
    let said = |before: &RegisterRow| {
        let best = before.results.first()?;
        let number = whole(&best.share.count).filter(|_| before.settled > 0)?;
        let about = if before.are_people { "about " } else { "" };
        let rows = count(before.settled, &before.row_noun, &format!("{}s", before.row_noun));
        Some(format!(
            "Of {about}{rows} with a result in {since}, {} came to \u{201c}{}\u{201d}.",
            thousands(number),
            best.title
        ))
    };
    season.statistics.registers_before.iter().filter_map(said).collect()
}

/// Returns the table of actions.
fn wanting(register: &RegisterRow, noun: &str) -> Table {
    // A table of what is hidden tells nothing that the sentence above it doesn't.
    let any = register.actions.iter().any(|row| row.count.is_shown());
    let rows: &[ActionRow] = if any { &register.actions } else { &[] };
    let columns = vec![
        Column::new("What to do").share(1.0).cell(|row: &ActionRow| (&row.title).into()),
        Column::new(noun).cell(|row: &ActionRow| Cell::figure(&row.count, Format::Whole)),
    ];
    Table::of(rows, columns)
}

/// Returns what the results mean.
fn sentences(register: &RegisterRow, nouns: &str) -> Vec<String> {
    let said = |row: &ResultRow| {
        let number = whole(&row.share.count).filter(|number| *number > 0)?;
        Some(format!("{} {} \u{201c}{}\u{201d}", thousands(number), agree(number, "comes to", "come to"), row.title))
    };
    let parts: Vec<String> = register.results.iter().filter_map(said).collect();
    let returns = count(register.returns, "¤return", "¤returns");
    let about = if register.are_people { "about " } else { "" };
    let of = format!("{about}{} with a result in {returns}", count(register.settled, &register.row_noun, nouns));
    let hidden = register.results.iter().any(|row| !row.share.count.is_shown());
    let first = match (parts.as_slice(), register.settled) {
        ([], 0) if hidden => format!("What the {nouns} in {returns} come to isn\u{2019}t told."),
        ([], 0) => format!("None of the {nouns} in {returns} has a result yet."),
        ([], _) => format!("There are {of}; too few to say what they come to."),
        (parts, 0) => format!("In {returns}, of the {nouns} with a result {about}{}.", list(parts)),
        (parts, _) => format!("Of {of}, {}.", list(parts)),
    };
    let second = "Small numbers are hidden, and so is what they could be worked out from.";
    let third = "Numbers are rounded, so that those told can seem to be all: that doesn\u{2019}t mean that what is hidden is nought.";
    let third = (hidden && !parts.is_empty()).then_some(third);
    [first].into_iter().chain(hidden.then_some(second).into_iter().chain(third).map(ToOwned::to_owned)).collect()
}

/// Returns what is most often wanting; `None` where nothing is, or it is hidden how much.
fn actions_sentence(register: &RegisterRow, nouns: &str) -> Option<String> {
    let most = register.actions.first()?;
    let number = whole(&most.count)?;
    let rows = count(number, &register.row_noun, nouns);
    let about = if register.are_people { "about " } else { "" };
    Some(format!("Most often wanting: \u{201c}{}\u{201d}, for {about}{rows}.", most.title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Block;
    use crate::figure::sample::{hidden, shown};
    use crate::statistics::Share;

    /// Returns a result of so many rows, or one that is hidden.
    fn row(title: &str, count: Option<f64>) -> ResultRow {
        let figure = || count.map_or_else(hidden, |count| shown(count, 9));
        let share = Share { share: figure(), count: figure(), low: figure(), high: figure() };
        ResultRow { title: title.to_owned(), share }
    }

    #[test]
    fn sentences_follow_the_figures() {
        let register = |settled, results: Vec<ResultRow>| RegisterRow {
            register: "r".to_owned(),
            title: "Tracker".to_owned(),
            row_noun: "learner".to_owned(),
            are_people: true,
            settled,
            returns: 2,
            results,
            actions: Vec::new(),
        };
        let cases = [
            (
                30,
                vec![row("Met", Some(29.0)), row("Refer", Some(1.0)), row("Not met", Some(0.0))],
                "Of about 30 learners with a result in 2 ¤returns, 29 come to \u{201c}Met\u{201d} and 1 comes to \u{201c}Refer\u{201d}.",
            ),
            (
                30,
                vec![row("Met", None), row("Refer", None)],
                "There are about 30 learners with a result in 2 ¤returns; too few to say what they come to.",
            ),
            (
                0,
                vec![row("Met", Some(30.0)), row("Refer", None)],
                "In 2 ¤returns, of the learners with a result about 30 come to \u{201c}Met\u{201d}.",
            ),
            (
                0,
                vec![row("Met", None), row("Refer", None)],
                "What the learners in 2 ¤returns come to isn\u{2019}t told.",
            ),
            (
                0,
                vec![row("Met", Some(0.0)), row("Refer", Some(0.0))],
                "None of the learners in 2 ¤returns has a result yet.",
            ),
        ];
        for (settled, results, expected) in cases {
            let is_hidden = results.iter().any(|row| !row.share.count.is_shown());
            let said = sentences(&register(settled, results), "learners");
            assert_eq!(said[0], expected);
            assert_eq!(said.len() > 1, is_hidden);
            // Beside others that are told, nought isn't to be read from their sum.
            assert_eq!(
                said.iter().any(|words| words.contains("can seem to be all")),
                said[0].contains("come to \u{201c}") && is_hidden
            );
        }
        let exact = RegisterRow { are_people: false, ..register(30, vec![row("Met", Some(30.0))]) };
        let expected = "Of 30 learners with a result in 2 ¤returns, 30 come to \u{201c}Met\u{201d}.";
        assert_eq!(sentences(&exact, "learners"), [expected]);
    }

    #[test]
    fn a_table_of_hidden_actions_is_left_out() {
        let action = |count: Option<f64>| ActionRow {
            title: "Refer it".to_owned(),
            count: count.map_or_else(hidden, |count| shown(count, 9)),
            returns: 2,
        };
        for (counts, listed) in [([None, None], 0), ([Some(12.0), None], 1)] {
            let part = part(
                &RegisterRow {
                    register: "r".to_owned(),
                    title: "Tracker".to_owned(),
                    row_noun: "learner".to_owned(),
                    are_people: true,
                    settled: 30,
                    returns: 2,
                    results: Vec::new(),
                    actions: counts.map(action).to_vec(),
                },
                "2 ¤organisations",
            );
            assert_eq!(
                part.blocks.iter().filter(|block| matches!(block, Block::Table(_))).count(),
                listed,
                "{counts:?}"
            );
        }
    }
}
