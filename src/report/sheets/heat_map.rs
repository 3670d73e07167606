//! The criteria of each return as colours, worst to best: one sheet for each framework, so that its headings stay in sight.

use super::{SeasonView, sheet, upright_name};
use crate::document::{Cell, Column, Document, Mark, Part, Table, Use};
use crate::exact::Exact;
use crate::framework::{Criterion, Framework};
use crate::report::subject::Subjects;
use crate::season::SeasonReturn;
use crate::words::{file_title, percent};

/// More returns than this make a map that nobody can read.
const MOST: usize = 250;

/// The most letters that the name of a sheet can have.
const SHEET_LETTERS: usize = 31;

/// How many of them a number takes, with the blank before it.
const NUMBER_LETTERS: usize = 4;

/// The width of a return's column, in letters.
const WIDTH: f64 = 5.3;

/// Returns the sheets: one for each framework that has criteria and returns.
pub(super) fn heat_maps(view: &SeasonView) -> Vec<Document> {
    let used = view.season.frameworks_used().into_iter().filter(|framework| framework.criteria().next().is_some());
    let with_returns = used.map(|framework| (framework, returns(view, framework)));
    let maps: Vec<(&Framework, Vec<&SeasonReturn>)> = with_returns.filter(|(_, returns)| !returns.is_empty()).collect();
    let names = names(&maps.iter().map(|(framework, _)| framework.title.as_str()).collect::<Vec<_>>());
    let map = |(name, (framework, returns)): (&String, &(&Framework, Vec<&SeasonReturn>))| {
        document(view, name, framework, returns)
    };
    names.iter().zip(&maps).map(map).collect()
}

/// Returns the returns on a framework that count.
fn returns<'a>(view: &SeasonView<'a>, framework: &Framework) -> Vec<&'a SeasonReturn> {
    view.season.counted().filter(|sent| sent.review.framework.as_ref() == Some(&framework.id)).collect()
}

/// Returns the names of the sheets of frameworks with these titles; such names are short, and no two may be the same.
fn names(titles: &[&str]) -> Vec<String> {
    if titles.len() == 1 {
        return vec!["Heat map".to_owned()];
    }
    let short: Vec<String> = titles.iter().map(|title| name(title, SHEET_LETTERS)).collect();
    let is_own = |name: &String| short.iter().filter(|other| other.to_lowercase() == name.to_lowercase()).count() == 1;
    let all = short.iter().zip(titles).enumerate();
    let named = |(at, (short, title)): (usize, (&String, &&str))| {
        let numbered = || format!("{} {}", name(title, SHEET_LETTERS - NUMBER_LETTERS), at + 1);
        if is_own(short) { short.clone() } else { numbered() }
    };
    all.map(named).collect()
}

/// Returns the first words of a sheet's name that fit, without the marks that no such name may have.
fn name(title: &str, most: usize) -> String {
    let plain: String = title.chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c }).collect();
    let mut name = "Heat map".to_owned();
    for word in plain.split_whitespace() {
        let longer = format!("{name} {word}");
        if letters(&longer) >= most {
            return name + "\u{2026}";
        }
        name = longer;
    }
    name
}

/// Returns how many letters Excel counts.
fn letters(name: &str) -> usize {
    name.encode_utf16().count()
}

/// Returns the sheet of one framework.
fn document(view: &SeasonView, name: &str, framework: &Framework, returns: &[&SeasonReturn]) -> Document {
    let shown = &returns[..returns.len().min(MOST)];
    let left_out = match returns.len() - shown.len() {
        0 => String::new(),
        more => format!(" {more} more ¤returns are in the data."),
    };
    let about = format!(
        "Each answer that counts, from 0 % (the worst, orange) to 100 % (the best, blue). Empty: no usable answer.{left_out}"
    );
    let criteria: Vec<&Criterion> = framework.criteria().collect();
    let names = [
        Column::new("¤Criterion").chars(10.0).cell(|criterion: &&Criterion| criterion.id.as_str().into()),
        Column::new("In a few words").chars(40.0).cell(|criterion: &&Criterion| criterion.few_words().into()),
    ];
    let columns = names.into_iter().chain(shown.iter().map(|sent| column(framework, sent))).collect();
    let part = Part::default().block(Table::of(&criteria, columns).used(Use::List(2)));
    let title = format!("Heat map: {}", framework.title);
    Document { title, ..sheet(view, name, &about) }.part(part)
}

/// Returns the column of a return: how far up its scale each answer that counts is.
fn column<'a>(framework: &'a Framework, sent: &'a SeasonReturn) -> Column<'a, &'a Criterion> {
    let name = sent.organisation.clone().unwrap_or_else(|| file_title(&sent.review.file));
    let part = sent.part().map_or_else(String::new, |part| format!(", {part}"));
    let kind = sent.review.kind.as_deref().map_or_else(|| part.clone(), |kind| format!("{part}, {kind}"));
    let subjects = Subjects::of(framework, &sent.review);
    let cell = move |criterion: &&Criterion| subjects.level(criterion).map_or(Cell::Empty, |level| heat(&level));
    Column::new(upright_name(&name, &kind)).upright().chars(WIDTH).mark(Mark::Ground).cell(cell)
}

/// Returns a cell of the map.
fn heat(place: &Exact) -> Cell {
    Cell::Heat { place: Some(place.to_float()), label: percent(place) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_named_by_the_titles_of_frameworks() {
        let long = "A title whose words are many, and more than a tab can hold";
        let cases: [(&[&str], &[&str]); 4] = [
            (&["Anything"], &["Heat map"]),
            (&["Safety", "Training: levels"], &["Heat map Safety", "Heat map Training levels"]),
            (&["Safety", "SAFETY"], &["Heat map Safety 1", "Heat map SAFETY 2"]),
            (
                &[long, long, "[]"],
                &["Heat map A title whose\u{2026} 1", "Heat map A title whose\u{2026} 2", "Heat map"],
            ),
        ];
        for (titles, expected) in cases {
            assert_eq!(names(titles), expected, "{titles:?}");
        }
        for length in 1..60 {
            for letter in ["a", "\u{f4}", "\u{1f600}", "a "] {
                let title = letter.repeat(length);
                for name in names(&[&title, &title, "Other"]) {
                    assert!(letters(&name) <= SHEET_LETTERS && name == name.trim(), "{name}");
                }
            }
        }
    }
}
