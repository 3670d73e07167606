//! What the rows of registers come to over the season, and what is most often wanting in them.

use serde::Serialize;

use super::{Season, figure, percent, whole};
use crate::statistics::{ActionRow, RegisterRow, ResultRow};
use crate::words::{agree, amount, capital, count, list, thousands};

/// A register as a template sees it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RegisterView {
    title: String,
    sentences: Vec<String>,
    noun: String,
    caption: String,
    rows: Vec<ResultLine>,
    actions_sentence: Option<String>,
    actions_caption: String,
    actions: Vec<ActionLine>,
}

/// A result's row.
#[derive(Clone, Debug, Serialize)]
struct ResultLine {
    title: String,
    count: String,
    share: String,
    low: String,
    high: String,
}

/// An action's row.
#[derive(Clone, Debug, Serialize)]
struct ActionLine {
    title: String,
    count: String,
    returns: String,
}

impl RegisterView {
    /// Returns the sentence that stands for all.
    pub(super) fn first(&self) -> &str {
        self.sentences.first().map_or("", String::as_str)
    }
}

/// Returns the registers as a template sees them.
pub(super) fn views(season: &Season) -> Vec<RegisterView> {
    season.statistics.registers.iter().map(view).collect()
}

fn view(register: &RegisterRow) -> RegisterView {
    let nouns = format!("{}s", register.row_noun);
    let any = register.actions.iter().any(|row| row.count.is_shown());
    RegisterView {
        title: register.title.clone(),
        sentences: sentences(register, &nouns),
        noun: capital(&nouns),
        caption: format!("What each {} comes to, over all returns that count", register.row_noun),
        rows: register.results.iter().map(result).collect(),
        actions_sentence: actions_sentence(register, &nouns),
        actions_caption: "What is most often wanting".to_owned(),
        // A table of what is hidden tells nothing that the sentence above it doesn't.
        actions: if any { register.actions.iter().map(action).collect() } else { Vec::new() },
    }
}

/// Returns what the results mean.
fn sentences(register: &RegisterRow, nouns: &str) -> Vec<String> {
    let said = |row: &ResultRow| {
        let number = whole(&row.share.count).filter(|number| *number > 0)?;
        Some(format!("{} {} \u{201c}{}\u{201d}", thousands(number), agree(number, "comes to", "come to"), row.title))
    };
    let parts: Vec<String> = register.results.iter().filter_map(said).collect();
    let all = count(register.rows, &register.row_noun, nouns);
    let of = format!("{all} in {}", count(register.returns, "return", "returns"));
    let first = if parts.is_empty() {
        format!("There are {of}; too few to say what they come to.")
    } else {
        format!("Of {of}, {}.", list(&parts))
    };
    let hidden = register.results.iter().any(|row| !row.share.count.is_shown());
    let second = hidden.then(|| {
        "Small numbers are hidden, and so is what they could be worked out from; the season workbook lists every row for those who process it.".to_owned()
    });
    [Some(first), second].into_iter().flatten().collect()
}

/// Returns what is most often wanting; `None` where nothing is.
fn actions_sentence(register: &RegisterRow, nouns: &str) -> Option<String> {
    let most = register.actions.first()?;
    Some(match whole(&most.count) {
        Some(number) => format!(
            "Most often wanting: \u{201c}{}\u{201d}, for {} in {}.",
            most.title,
            count(number, &register.row_noun, nouns),
            count(most.returns, "return", "returns")
        ),
        None => format!("Few {nouns} want anything; their numbers are hidden."),
    })
}

fn result(row: &ResultRow) -> ResultLine {
    ResultLine {
        title: row.title.clone(),
        count: figure(&row.share.count, amount),
        share: figure(&row.share.share, percent),
        low: figure(&row.share.low, percent),
        high: figure(&row.share.high, percent),
    }
}

fn action(row: &ActionRow) -> ActionLine {
    let shown = row.count.is_shown();
    ActionLine {
        title: row.title.clone(),
        count: figure(&row.count, amount),
        returns: if shown { thousands(row.returns) } else { "hidden".to_owned() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::{Figure, Share};

    /// Returns a result of so many rows, or one that is hidden.
    fn row(title: &str, count: Option<f64>) -> ResultRow {
        let figure = |part: &str| {
            let id = format!("s/register/r/{title}/{part}");
            count.map_or_else(|| Figure::hidden(&id, "rests on fewer than 5"), |count| Figure::shown(&id, count, 9))
        };
        let share = Share { share: figure("share"), count: figure("count"), low: figure("low"), high: figure("high") };
        ResultRow { id: String::new(), result: title.to_owned(), title: title.to_owned(), share }
    }

    #[test]
    fn sentences_follow_the_figures() {
        let register = |results: Vec<ResultRow>| RegisterRow {
            id: "s/register/r".to_owned(),
            register: "r".to_owned(),
            title: "Tracker".to_owned(),
            row_noun: "learner".to_owned(),
            rows: 30,
            returns: 2,
            results,
            actions: Vec::new(),
        };
        let cases = [
            (
                vec![row("Met", Some(29.0)), row("Refer", Some(1.0)), row("Not met", Some(0.0))],
                "Of 30 learners in 2 returns, 29 come to \u{201c}Met\u{201d} and 1 comes to \u{201c}Refer\u{201d}.",
            ),
            (
                vec![row("Met", None), row("Refer", None)],
                "There are 30 learners in 2 returns; too few to say what they come to.",
            ),
        ];
        for (results, expected) in cases {
            let said = sentences(&register(results), "learners");
            assert_eq!(said[0], expected);
            assert_eq!(said.len() > 1, said[0].starts_with("There"));
        }
    }

    #[test]
    fn a_table_of_hidden_actions_is_left_out() {
        let action = |count: Option<f64>| ActionRow {
            action: "a".to_owned(),
            title: "Refer it".to_owned(),
            count: count.map_or_else(|| Figure::hidden("f", "few"), |count| Figure::shown("f", count, 9)),
            returns: 2,
        };
        for (counts, listed) in [([None, None], 0), ([Some(12.0), None], 2)] {
            let found = view(&RegisterRow {
                id: "s/register/r".to_owned(),
                register: "r".to_owned(),
                title: "Tracker".to_owned(),
                row_noun: "learner".to_owned(),
                rows: 30,
                returns: 2,
                results: Vec::new(),
                actions: counts.map(action).to_vec(),
            });
            assert_eq!(found.actions.len(), listed, "{counts:?}");
        }
    }
}
