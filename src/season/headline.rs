//! Which of an organisation's returns stands for it in the figures of the network, so that each organisation is counted once.
//!
//! Of those that count, one about the whole comes before those about its parts; then goes the kind that the framework names first,
//! then the later one, then the first by its name. Where an organisation sent returns about its parts alone, each stands for its part, and
//! where the form is sent once for each of something, such as a service, one stands for each. A return that doesn't say whose it is
//! stands for itself; one that doesn't say which of several services it is about stands for none.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::SeasonReturn;
use super::about::About;
use super::standing::{NameRank, by_name, date_of};
use crate::framework::Framework;

/// By what one return stands before another: the lesser does.
type Rank<'a> = (usize, Reverse<Option<Date>>, NameRank<'a>);

/// What a return can stand for: its framework, whose it is or its file, and what it is about, without the part where there is a return about
/// the whole.
type Whose<'a> = (&'a str, Result<&'a str, &'a str>, About);

/// A part stands after every kind of return about the whole.
const OF_A_PART: usize = 1000;

/// Returns in which order a return stands for its organisation, nought first.
pub fn order(framework: Option<&Framework>, kind: Option<&str>, is_of_a_part: bool) -> usize {
    framework.map_or(0, |framework| framework.order_of_kind(kind)) + if is_of_a_part { OF_A_PART } else { 0 }
}

/// Marks the returns that stand for their organisation.
pub(super) fn mark(returns: &mut [SeasonReturn], frameworks: &[Framework]) {
    let counted = returns.iter().filter(|sent| sent.counts());
    let files: BTreeSet<String> = of(counted, frameworks).into_iter().map(|sent| sent.review.file.clone()).collect();
    for sent in returns {
        sent.is_headline = files.contains(&sent.review.file);
    }
}

/// Returns those of some returns that stand for their organisations, in the same order.
pub fn of<'a>(returns: impl Iterator<Item = &'a SeasonReturn>, frameworks: &[Framework]) -> Vec<&'a SeasonReturn> {
    let returns: Vec<&SeasonReturn> = returns.collect();
    let whole: BTreeSet<Whose> =
        returns.iter().filter(|sent| sent.unit.is_none()).map(|sent| whose(sent, sent.about())).collect();
    let mut first: BTreeMap<Whose, (Rank, &str)> = BTreeMap::new();
    for sent in &returns {
        let of_the_whole = whose(sent, sent.about().of_the_whole());
        let key = if whole.contains(&of_the_whole) { of_the_whole } else { whose(sent, sent.about()) };
        let mine = (rank(sent, frameworks), sent.review.file.as_str());
        first.entry(key).and_modify(|best| *best = (*best).min(mine)).or_insert(mine);
    }
    let first: Vec<(Whose, &str)> = first.into_iter().map(|(key, (_, file))| (key, file)).collect();
    let of_one = first.chunk_by(|(one, _), (other, _)| (one.0, one.1) == (other.0, other.1));
    let files: BTreeSet<&str> = of_one.flat_map(said).collect();
    returns.into_iter().filter(|sent| files.contains(sent.review.file.as_str())).collect()
}

/// Returns those of an organisation's that say what they are about, where another says more.
fn said<'a>(first: &[(Whose, &'a str)]) -> Vec<&'a str> {
    let is_said = |(one, _): &&(Whose, &str)| !first.iter().any(|(other, _)| one.2.is_less_than(&other.2));
    first.iter().filter(is_said).map(|(_, file)| *file).collect()
}

/// Returns whose a return is, that stands for what this is about.
fn whose(sent: &SeasonReturn, about: About) -> Whose<'_> {
    let review = &sent.review;
    (review.framework.as_deref().unwrap_or_default(), sent.organisation.as_deref().ok_or(&review.file), about)
}

/// Returns by what a return stands before others of its organisation.
fn rank<'a>(sent: &'a SeasonReturn, frameworks: &[Framework]) -> Rank<'a> {
    let review = &sent.review;
    let framework = review.framework_among(frameworks);
    let date = framework.and_then(|framework| date_of(review, framework));
    (order(framework, review.kind.as_deref(), sent.unit.is_some()), Reverse(date), by_name(&review.file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::ReturnKind;
    use crate::season::{Season, Surroundings, sample};

    /// A return: the organisation, the kind, the part that it is about, and the day of its data.
    type Sent = (&'static str, &'static str, Option<&'static str>, u32);

    /// Returns the numbers of the returns that stand for their organisation, where the framework names these kinds.
    fn standing(kinds: &[&str], returns: &[Sent]) -> Vec<usize> {
        let mut framework = sample::of_units(sample::usual());
        let kind = |choice: &&str| ReturnKind { choice: (*choice).to_owned(), bands: Vec::new() };
        framework.kinds = kinds.iter().map(kind).collect();
        let frameworks = [framework];
        let review = |(number, (organisation, kind, part, day)): (usize, &Sent)| {
            let mut review = sample::review(&frameworks[0], organisation, kind, &[Some(1); 12]);
            review.file = format!("{number}.xlsx");
            review.sha256 = format!("digest {number}");
            review.organisation = Some((*organisation).to_owned()).filter(|name| !name.is_empty());
            review.fields.insert("data_date".into(), format!("2026-03-{day:02}").as_str().into());
            review.fields.extend(part.map(|part| ("directorate".into(), part.into())));
            review
        };
        let reviews = returns.iter().enumerate().map(review).collect();
        let season = Season::new(&frameworks, Surroundings::default(), reviews);
        let number = |sent: &SeasonReturn| sent.review.file.trim_end_matches(".xlsx").parse().unwrap();
        season.headline().map(number).collect()
    }

    /// What a case is, the framework's kinds, the returns, and those that stand for their organisation.
    type Case<'a> = (&'a str, &'a [&'a str], &'a [Sent], &'a [usize]);

    #[test]
    fn one_return_stands_for_each_organisation() {
        let (own, external) = ("Self-assessment", "External assessment");
        let cases: [Case; 8] = [
            (
                "external before self",
                &[],
                &[("A", own, None, 9), ("A", external, None, 1), ("B", own, None, 1)],
                &[1, 2],
            ),
            ("as the framework names them", &[own, external], &[("A", own, None, 1), ("A", external, None, 9)], &[0]),
            ("a kind that isn\u{2019}t named", &[external], &[("A", "Other", None, 9), ("A", external, None, 1)], &[1]),
            ("the later", &[], &[("A", "First", None, 1), ("A", "Second", None, 9)], &[1]),
            ("the whole before its parts", &[], &[("A", external, Some("x"), 9), ("A", own, None, 1)], &[1]),
            (
                "parts alone",
                &[],
                &[("A", own, Some("x"), 1), ("A", external, Some("x"), 1), ("A", own, Some("y"), 1)],
                &[1, 2],
            ),
            ("nobody\u{2019}s", &[], &[("", own, None, 1), ("", own, None, 2)], &[0, 1]),
            ("each its own", &[], &[("A", own, None, 1), ("B", own, None, 1)], &[0, 1]),
        ];
        for (what, kinds, returns, expected) in cases {
            assert_eq!(standing(kinds, returns), expected, "{what}");
        }
    }
}
