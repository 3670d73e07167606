//! Criteria over all returns: the strongest, the weakest, and all with their grades.

use super::{FrameworkSeason, pairs, whole};
use crate::document::{Cell, Column, Fact, Format, Part, Table, Width};
use crate::exact::Exact;
use crate::figure::FigureState;
use crate::report::Audience;
use crate::statistics::{CriterionRow as Row, RankedRow, Share};
use crate::words::{agree, count, list, list_of_at_most};

/// The most places of a ranking that are listed; many criteria can share one.
const MOST_RANKED: usize = 10;

/// More criteria than this share a place without being named one by one.
const MOST_NAMED: usize = 4;

/// More grades than this share the room beside the criteria.
const MOST_GRADES: usize = 5;

/// Returns the criteria; `None` where too few answers stand behind each to show any.
pub(super) fn part(season: &FrameworkSeason) -> Option<Part> {
    let (strongest, weakest) = (&season.statistics.strongest, &season.statistics.weakest);
    let is_shown = season.statistics.criteria.iter().any(|row| row.mean.is_shown());
    let untold = untold(season);
    if !is_shown {
        return untold.map(|why| Part::new("¤Criteria").lead([why]));
    }
    let of_told = |said: String| {
        if untold.is_some() { format!("Of the ¤criteria that are told, {}", within(&said)) } else { said }
    };
    let ends = [first(strongest, "strongest", "highest"), first(weakest, "weakest", "lowest")];
    Some(
        Part::new("¤Criteria")
            .lead(ends.into_iter().flatten().map(of_told))
            .lead(untold.clone())
            .part(ranking("Strongest", strongest, &whose(season)))
            .part(ranking("Weakest", weakest, &whose(season)))
            .part(shared(weakest.iter().chain(strongest), season.audience)),
    )
}

/// Returns a sentence as it stands within another.
fn within(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Says over whose answers the figures of criteria are: in what is passed on some returns aren't counted.
fn whose(season: &FrameworkSeason) -> String {
    told_of(season).map_or_else(|| season.whom(), |(least, most)| format!("the answers of {}", returns(least, most)))
}

/// Says of how many criteria nothing is told, so that whoever knows the ranks of all sees why these are others; `None` where all are told.
fn untold(season: &FrameworkSeason) -> Option<String> {
    let criteria = &season.statistics.criteria;
    let is_alike = |row: &&Row| row.mean.state() == FigureState::Hidden && row.answered >= season.limits.k;
    let hidden = criteria.iter().filter(is_alike).count();
    if hidden == criteria.len() && hidden > 0 {
        return Some(
            "Nothing is told of the ¤criteria: nearly all answer each alike, or such a one could be worked out from it.".to_owned(),
        );
    }
    (hidden > 0).then(|| {
        format!(
            "Nothing is told of {hidden} of {} ¤criteria, which nearly all answer alike or from which such a one could be worked out; the ranks are \
             those of the others.",
            criteria.len()
        )
    })
}

/// Returns the fewest and the most answers that stand behind a criterion that is told; `None` where as many as behind all else, and for the
/// team, whose figures leave nobody out.
fn told_of(season: &FrameworkSeason) -> Option<(usize, usize)> {
    let told = season.statistics.criteria.iter().filter(|row| row.mean.is_shown()).map(|row| row.answered);
    let (least, most) = (told.clone().min()?, told.max()?);
    (!season.is_named() && least < season.statistics.coverage.headline).then_some((least, most))
}

/// Says of how many returns answers are.
fn returns(least: usize, most: usize) -> String {
    let most_of_them = count(most, "¤return", "¤returns");
    if least == most { most_of_them } else { format!("{least} to {most_of_them}") }
}

/// Says that the figures of criteria are over fewer returns than others, and what comes of that; `None` where they aren't.
pub(super) fn over_fewer(season: &FrameworkSeason) -> Option<String> {
    let (least, most) = told_of(season)?;
    Some(format!(
        "Figures of ¤criteria are over the answers of {}, of {} in all: neither blanks are counted nor, where those are few, what incomplete \
         ¤returns answered, so that nobody can work it out. Over all answers the order of ¤criteria could be another.",
        returns(least, most),
        season.statistics.coverage.headline
    ))
}

/// Returns the places of a ranking that may be told.
fn ranks(rows: &[RankedRow]) -> impl Iterator<Item = &RankedRow> {
    rows.iter().filter(|row| row.mean.is_shown())
}

/// Says which criteria can have the first place of a ranking, and whether one surely has it; `None` where none is told.
fn first(rows: &[RankedRow], word: &str, mean: &str) -> Option<String> {
    let names =
        |wanted: fn(&RankedRow) -> bool| -> Vec<String> { ranks(rows).filter(|row| wanted(row)).map(title).collect() };
    let (alike, sure) = (names(|row| row.rank == 1), names(|row| row.place.is_first()));
    let possible = names(|row| row.place.can_be_first());
    let not_told = format!("these ¤returns don\u{2019}t tell which ¤criterion is the {word}");
    match (alike.as_slice(), possible.as_slice()) {
        ([], _) => None,
        (many, _) if many.len() > MOST_NAMED => {
            Some(format!("{} ¤criteria share the {mean} mean, among them {}.", many.len(), list(&many[..2])))
        }
        (alike, []) => Some(format!(
            "The {mean} mean {} {}; {not_told}.",
            agree(alike.len(), "is that of", "is shared by"),
            list(alike)
        )),
        (_, [only]) if sure.contains(only) => Some(format!("The {word} ¤criterion is {only}.")),
        (_, some) => {
            let told = &some[..some.len().min(MOST_NAMED)];
            let verb = agree(told.len(), "is", "are");
            Some(format!("Among the {word} ¤criteria {verb} {}; {not_told}.", list(told)))
        }
    }
}

/// Returns a ranked criterion's name with a few words for it.
fn title(row: &RankedRow) -> String {
    format!("{} {}", row.criterion, row.short)
}

/// Returns one end of the ranking, as far as it is listed; `None` where it has no place.
fn ranking(end: &str, rows: &[RankedRow], whom: &str) -> Option<Part> {
    let all = ranks(rows).count();
    let listed: Vec<&RankedRow> = ranks(rows).take(MOST_RANKED).collect();
    let sentence = format!(
        "{all} ¤criteria have a place here, because so many share one; {MOST_RANKED} are listed, and the annex has all."
    );
    let any_place = listed.iter().any(|row| row.place.low.is_shown());
    let columns = vec![
        Column::new("Rank").cell(|row: &&RankedRow| row.rank.into()),
        Column::new("¤Criterion").share(1.5).cell(|row: &&RankedRow| title(row).into()),
        Column::new("Mean").cell(|row: &&RankedRow| Cell::figure(&row.mean, Format::Share)),
        Column::new("Mean, 0 to 100%").share(1.1).cell(|row: &&RankedRow| drawn(row)),
        Column::new("Place")
            .cell(|row: &&RankedRow| Cell::between(&row.place.low, &row.place.high, Format::Whole))
            .only_if(any_place),
        Column::new("Best grade").cell(|row: &&RankedRow| Cell::figure(&row.best.share, Format::Share)),
    ];
    let places = if any_place { "with the places that each may have and its" } else { "with its" };
    let caption =
        format!("The {} ¤criteria over {whom} by their mean, {places} share of best grades", end.to_lowercase());
    let table = Table::of(&listed, columns).caption(caption).whole(MOST_RANKED);
    (all > 0).then(|| Part::new(end).lead((all > MOST_RANKED).then_some(sentence)).block(table))
}

/// Returns a mean as it is drawn; a dash where it is hidden.
fn drawn(row: &RankedRow) -> Cell {
    row.mean.value.map_or_else(|| "\u{2013}".into(), |value| Cell::Interval { ends: None, value })
}

/// Returns the interval of a share.
fn interval(share: &Share) -> Cell {
    Cell::between(&share.low, &share.high, Format::Share)
}

/// Returns all criteria, one after the other, for the annex; `None` where none may be shown.
pub(super) fn all(season: &FrameworkSeason) -> Option<Part> {
    let criteria = &season.statistics.criteria;
    // The order of figures that are hidden would tell them.
    let shown: Vec<&Row> = criteria.iter().filter(|row| row.mean.is_shown()).collect();
    let labels = |row: &Row| row.grades.iter().rev().map(|grade| grade.label.clone()).collect();
    // One table can only have the columns of one scale.
    let mut scales: Vec<Vec<String>> = criteria.iter().map(labels).collect();
    scales.dedup();
    let table = match scales.as_slice() {
        [grades] if !grades.is_empty() => by_grade(&shown, grades, &whose(season)),
        [] | [_, ..] => by_mean(&shown, &whose(season)),
    };
    let left_out = left_out(criteria.len() - shown.len(), criteria.len());
    (!shown.is_empty()).then(|| Part::new("All ¤criteria").lead(left_out).block(table))
}

/// Says how many of all criteria aren't among those that are listed; `None` where all are.
fn left_out(number: usize, all: usize) -> Option<String> {
    (number > 0).then(|| {
        format!("{number} of {all} ¤criteria {} left out, of which nothing is told.", agree(number, "is", "are"))
    })
}

/// Returns the table of criteria with how often each grade is given, from the worst to the best.
fn by_grade(rows: &[&Row], grades: &[String], whom: &str) -> Table {
    let mut columns = vec![
        Column::new("¤Criterion").share(3.2).cell(|row: &&Row| named(row)),
        Column::new("Worst to best").share(1.1).cell(|row: &&Row| shares(row).unwrap_or_else(|| "too few".into())),
    ];
    // Of very many grades each has an even share of the page.
    let width = if grades.len() > MOST_GRADES { Width::Share(0.9) } else { Width::Heading };
    columns.extend(grades.iter().enumerate().map(|(at, grade)| {
        let count = move |row: &&Row| Some(Cell::figure(&row.grades.iter().rev().nth(at)?.count, Format::Whole));
        Column::new(grade).width(width).cell(move |row| count(row).unwrap_or(Cell::Empty))
    }));
    columns.extend([
        Column::new("n").cell(|row: &&Row| row.answered.into()),
        Column::new("Mean").cell(|row: &&Row| Cell::figure(&row.mean, Format::Share)),
    ]);
    Table::of(rows, columns).caption(format!("How each ¤criterion is graded over {whom}, darker is better"))
}

/// Returns the table of criteria whose grades are too many to count each: the mean, and how often the best is given.
fn by_mean(rows: &[&Row], whom: &str) -> Table {
    let mean =
        |row: &&Row| row.mean.value.map_or_else(|| "too few".into(), |value| Cell::Interval { ends: None, value });
    let is_estimate = rows.iter().any(|row| row.best.low.is_shown());
    let columns = vec![
        Column::new("¤Criterion").share(1.6).cell(|row: &&Row| named(row)),
        Column::new("Mean, worst to best").share(1.2).cell(mean),
        Column::new("Mean").cell(|row: &&Row| Cell::figure(&row.mean, Format::Share)),
        Column::new("Best").cell(|row: &&Row| Cell::figure(&row.best.share, Format::Share)),
        Column::new("Interval").cell(|row: &&Row| interval(&row.best)).only_if(is_estimate),
        Column::new("n").cell(|row: &&Row| row.answered.into()),
    ];
    Table::of(rows, columns)
        .caption(format!("How each ¤criterion is scored over {whom}, and how often it has the best score"))
}

/// Returns a criterion's name with a few words for it.
fn named(row: &Row) -> Cell {
    format!("{} {}", row.criterion, row.short).into()
}

/// Returns the shares of a criterion's grades as they are drawn; `None` where one is hidden.
fn shares(row: &Row) -> Option<Cell> {
    let counts = row.grades.iter().rev().map(|grade| whole(&grade.count)).collect::<Option<Vec<usize>>>()?;
    let all = counts.iter().sum::<usize>();
    let part = |count| Exact::ratio(count, all).map_or(0.0, |part| part.to_float());
    Some(Cell::Shares(counts.into_iter().map(part).collect()))
}

/// More organisations than this with the best grade are no help to one that looks for somebody to learn from.
const MOST_SHOWING: usize = 8;

/// Returns criteria that few have at their best with those who do, those of the same organisations together; `None` where there are
/// none.
fn shared<'r>(rows: impl Iterator<Item = &'r RankedRow>, audience: Audience) -> Option<Part> {
    let mut together: Vec<(&[String], Vec<String>)> = Vec::new();
    for row in rows.filter(|row| is_rare(row)) {
        match together.iter_mut().find(|(organisations, _)| *organisations == row.organisations) {
            Some((_, titles)) if titles.contains(&title(row)) => {}
            Some((_, titles)) => titles.push(title(row)),
            None => together.push((&row.organisations, vec![title(row)])),
        }
    }
    let fact = |(organisations, titles): &(&[String], Vec<String>)| {
        Fact::new(list_of_at_most(titles, 6), list_of_at_most(organisations, MOST_SHOWING))
    };
    let rows: Vec<Fact> = together.iter().map(fact).collect();
    let number: usize = together.iter().map(|(_, titles)| titles.len()).sum();
    let sentence = format!(
        "Of those named above as strong or weak, few ¤organisations have the best grade on {}: they could show the others how.",
        count(number, "¤criterion", "¤criteria")
    );
    let who = match audience {
        Audience::Team => "who does",
        Audience::Everybody => "those of them who agreed to be named",
    };
    let table = pairs(&rows, ["¤Criterion", "¤Organisations"])
        .caption(format!("¤Criteria that few have at their best, and {who}"));
    (!rows.is_empty()).then(|| Part::new("Strengths to share").lead([sentence]).block(table))
}

/// Whether somebody has the best grade, and at most a quarter have.
fn is_rare(row: &RankedRow) -> bool {
    let having = whole(&row.best.count).unwrap_or_default().max(row.organisations.len());
    !row.organisations.is_empty() && (1..=MOST_SHOWING).contains(&having) && having * 4 <= row.best.share.n
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::sample::{hidden, shown};
    use crate::season::{Season, Surroundings, sample};
    use crate::statistics::{PlaceRange, Statistics};

    fn row(criterion: &str, organisations: &[&str]) -> RankedRow {
        let figure = || shown(1.0, 9);
        RankedRow {
            rank: 1,
            criterion: criterion.to_owned(),
            short: "Aims".to_owned(),
            mean: figure(),
            place: PlaceRange { low: figure(), high: figure() },
            best: Share { share: figure(), count: figure(), low: figure(), high: figure() },
            organisations: organisations.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn many_criteria_on_one_place_are_counted() {
        let rows: Vec<RankedRow> = (1..=32).map(|number| row(&format!("C{number}"), &[])).collect();
        let expected = "32 ¤criteria share the highest mean, among them C1 Aims and C2 Aims.";
        assert_eq!(first(&rows, "strongest", "highest").as_deref(), Some(expected));
    }

    /// The rank of a criterion, and between which places it lies.
    type Ranked = (usize, f64, f64);

    #[test]
    fn the_first_is_named_as_such_only_where_it_is_sure() {
        let row = |(rank, low, high): &(usize, f64, f64)| RankedRow {
            rank: *rank,
            place: PlaceRange { low: shown(*low, 9), high: shown(*high, 9) },
            ..row(&format!("C{rank}"), &[])
        };
        let cases: [(&[Ranked], &str); 3] = [
            (&[(1, 1.0, 1.0), (2, 2.0, 4.0)], "The strongest ¤criterion is C1 Aims."),
            (
                &[(1, 1.0, 3.0), (2, 1.0, 4.0), (3, 2.0, 5.0)],
                "Among the strongest ¤criteria are C1 Aims and C2 Aims; these ¤returns don\u{2019}t tell which ¤criterion is the strongest.",
            ),
            (
                &[(1, 1.0, 2.0), (2, 2.0, 4.0)],
                "Among the strongest ¤criteria is C1 Aims; these ¤returns don\u{2019}t tell which ¤criterion is the strongest.",
            ),
        ];
        for (places, expected) in cases {
            let rows: Vec<RankedRow> = places.iter().map(row).collect();
            assert_eq!(first(&rows, "strongest", "highest").as_deref(), Some(expected));
        }
    }

    #[test]
    fn of_too_few_returns_the_mean_is_told_and_no_first() {
        let place = || PlaceRange { low: hidden(), high: hidden() };
        let rows = [RankedRow { place: place(), ..row("A", &[]) }];
        let expected =
            "The highest mean is that of A Aims; these ¤returns don\u{2019}t tell which ¤criterion is the strongest.";
        assert_eq!(first(&rows, "strongest", "highest").as_deref(), Some(expected));
    }

    #[test]
    fn a_long_ranking_is_cut_and_says_so() {
        let rows: Vec<RankedRow> = (0..32).map(|number| row(&format!("C{number}"), &[])).collect();
        let ranking = ranking("Strongest", &rows, "40 ¤organisations").unwrap();
        assert!(crate::document::rows(&ranking).len() == 10 && ranking.leading()[0].starts_with("32 ¤criteria"));
    }

    #[test]
    fn strengths_of_the_same_organisations_share_a_row() {
        let most: Vec<String> = (0..9).map(|number| format!("Organisation {number}")).collect();
        let most: Vec<&str> = most.iter().map(String::as_str).collect();
        let rows = [
            row("A", &["Acme", "Bolt"]),
            row("B", &["Acme"]),
            row("C", &["Acme", "Bolt"]),
            row("D", &most),
            row("E", &most[..5]),
        ];
        assert!(shared(rows[3..].iter(), Audience::Team).is_none());
        for (audience, expected) in [(Audience::Team, "and who does"), (Audience::Everybody, "who agreed to be named")]
        {
            let part = format!("{:?}", shared(rows.iter(), audience).unwrap());
            assert!(part.contains(expected), "{part}");
        }
        let shared = crate::document::rows(&shared(rows.iter().chain(&rows), Audience::Team).unwrap());
        assert_eq!(shared, [["A Aims and C Aims", "Acme and Bolt"], ["B Aims", "Acme"]]);
    }

    #[test]
    fn criteria_that_are_told_over_fewer_returns_say_so_where_they_are_passed_on() {
        let frameworks = [sample::usual()];
        let mut reviews = sample::reviews(&frameworks[0], 20, 3);
        reviews.retain(|review| review.kind.as_deref() == Some("Self-assessment"));
        let season = Season::new(&frameworks, Surroundings::default(), reviews);
        let said =
            |audience, statistics: &Statistics| over_fewer(&FrameworkSeason::sampled(&season, statistics, audience));
        let published = Statistics::published(&season).unwrap();
        let told = said(Audience::Everybody, &published).unwrap();
        assert!(told.starts_with("Figures of ¤criteria are over the answers of 18 ¤returns, of 20 in all:"), "{told}");
        assert_eq!(said(Audience::Team, &Statistics::of_season(&season).unwrap()), None);
        assert_eq!([returns(18, 18), returns(18, 20)], ["18 ¤returns", "18 to 20 ¤returns"]);
    }
}
