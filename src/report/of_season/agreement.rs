//! Self beside external.

use super::{FrameworkSeason, assessor, figure};
use crate::document::{Cell, Column, Format, Part, Side, Table};
use crate::exact::Exact;
use crate::report::Room;
use crate::statistics::verdict::{self, Chance, Reliance};
use crate::statistics::{
    Agreement, AgreementRow as Row, Figure, FigureState, FrameworkStatistics, ModerationRow, TotalAgreement,
};
use crate::words::{agree, capital, count, number};

/// The most answers that are listed for moderation.
const MOST_MODERATED: usize = 25;

/// Returns how far self and external assessment agree.
pub(in crate::report) fn part(agreement: &Agreement, season: &FrameworkSeason, room: Room) -> Part {
    let statistics = season.statistics;
    let sides = format!("{} beside {}", agreement.sides.0, agreement.sides.1.to_lowercase());
    let listed = &agreement.moderation[..agreement.moderation.len().min(MOST_MODERATED)];
    let far = season.is_named().then(|| moderation_sentence(agreement.moderation.len()));
    Part::new("Agreement of self-assessment and external assessment")
        .lead(sentences(agreement))
        .lead(assessor::without_names(season))
        .block(by_part(agreement, statistics, room).caption(sides))
        .block(totals(&agreement.totals, room).caption("¤Totals of both sides, as a percentage of the maximum"))
        .lead(verdict::agreement::differing_sentence(agreement, &season.statistics.assessors))
        .block(differences(agreement, statistics).caption("¤Criteria on which the two sides differ"))
        .lead(far)
        .block(moderation(listed, statistics).caption("Answers for moderation"))
}

/// How far the sides agree on something, and what that is.
type Told<'a> = (String, &'a Row);

/// Returns how far the sides agree on each section, and on a sheet on each criterion, too.
fn parts<'a>(
    agreement: &'a Agreement,
    statistics: &'a FrameworkStatistics,
    room: Room,
) -> impl Iterator<Item = Told<'a>> {
    let id = |row: &'a Row| row.about.as_deref().unwrap_or_default();
    let sections = agreement.sections.iter().map(move |row| (statistics.section_title(id(row)), row));
    let criteria = agreement.criteria.iter().filter(move |_| room == Room::Sheet);
    sections.chain(criteria.map(move |row| (statistics.criterion_title(id(row)), row)))
}

/// Returns the table of how far the sides agree.
fn by_part(agreement: &Agreement, statistics: &FrameworkStatistics, room: Room) -> Table {
    let all = ("All ¤criteria".to_owned(), &agreement.overall);
    let rows = [all].into_iter().chain(parts(agreement, statistics, room));
    // A page has no room for rows that tell nothing.
    let rows: Vec<Told> = rows.filter(|(_, row)| room == Room::Sheet || row.exact.is_shown()).collect();
    let has_kappa = room == Room::Sheet || is_kappa_told(agreement);
    let has_interval = has_kappa && rows.iter().any(|(_, row)| row.kappa_low.is_shown());
    let has_adjacent = rows.iter().any(|(_, row)| row.adjacent.is_shown());
    let columns = vec![
        Column::new("About").share(1.3).cell(|(about, _): &Told| about.into()),
        Column::new("Pairs").cell(|(_, row): &Told| row.pairs.into()),
        Column::new("Same")
            .meaning("The share of pairs of answers that are the same on both sides.")
            .cell(|(_, row): &Told| Cell::figure(&row.exact, Format::Share)),
        Column::new("Within one")
            .meaning("The share of pairs of answers that are the same or one step of the scale apart.")
            .cell(|(_, row): &Told| Cell::figure(&row.adjacent, Format::Share))
            .only_if(has_adjacent),
        Column::new("Mean difference")
            .meaning("The mean of self less external in steps of the scale.")
            .cell(|(_, row): &Told| Cell::figure(&row.bias, Format::Fixed(2))),
        Column::new("Weighted kappa")
            .meaning("Quadratic weighted kappa over the whole scale: 1 is full agreement, 0 what chance gives.")
            .cell(|(_, row): &Told| Cell::figure(&row.kappa, Format::Fixed(2)))
            .only_if(has_kappa),
        Column::new("Interval")
            .meaning("Of kappa the 95 % interval, by drawing whole ¤organisations again 2,000 times.")
            .cell(|(_, row): &Told| Cell::between(&row.kappa_low, &row.kappa_high, Format::Fixed(2)))
            .only_if(has_interval && room == Room::Page),
    ];
    let more = more().into_iter().map(|column| column.only_if(room == Room::Sheet));
    Table::of(&rows, columns.into_iter().chain(more).collect())
}

/// Whether weighted kappa is told of a part; else a sentence tells it of the whole.
fn is_kappa_told(agreement: &Agreement) -> bool {
    agreement.sections.is_empty() || agreement.sections.iter().any(|row| row.kappa.state() != FigureState::Hidden)
}

/// Returns the columns of how far the sides agree for which a page has no room.
fn more<'a>() -> Vec<Column<'a, Told<'a>>> {
    let (kappa, limits) = (
        "Of kappa the 95 % interval, by drawing whole ¤organisations again 2,000 times.",
        "The limits between which 95 % of differences lie.",
    );
    let fixed = |heading: &str, meaning, figure: fn(&Row) -> &Figure| {
        Column::new(heading).meaning(meaning).cell(move |(_, row): &Told| Cell::figure(figure(row), Format::Fixed(2)))
    };
    vec![
        fixed("Kappa from", kappa, |row| &row.kappa_low),
        fixed("Kappa to", kappa, |row| &row.kappa_high),
        fixed("Limit from", limits, |row| &row.limit_low),
        fixed("Limit to", limits, |row| &row.limit_high),
        Column::new("Gwet\u{2019}s AC2")
            .meaning("Agreement with quadratic weights that isn't misled where nearly all answers are alike.")
            .cell(|(_, row): &Told| Cell::figure(&row.gwet, Format::Fixed(2))),
        Column::new("p")
            .meaning("How often chance alone would give such differences or larger ones: Wilcoxon's signed ranks, exact up to 50 differences.")
            .cell(|(_, row): &Told| Cell::figure(&row.chance, Format::Likelihood)),
        Column::new("p, adjusted")
            .meaning("The same, allowing for how many ¤criteria are looked at (Benjamini and Hochberg).")
            .cell(|(_, row): &Told| Cell::figure(&row.chance_adjusted, Format::Likelihood)),
        Column::new("n").cell(|(_, row): &Told| row.organisations.into()),
    ]
}

/// Returns the table of how far the totals of both sides agree, for which a page has no room.
fn totals(totals: &TotalAgreement, room: Room) -> Table {
    let rows: Vec<&TotalAgreement> =
        [totals].into_iter().filter(|totals| room == Room::Sheet && totals.difference.mean.is_shown()).collect();
    let column = |heading: &str, format: Format, figure: fn(&TotalAgreement) -> &Figure| {
        Column::new(heading).cell(move |row: &&TotalAgreement| Cell::figure(figure(row), format.clone()))
    };
    let columns = vec![
        Column::new("¤Organisations").cell(|row: &&TotalAgreement| row.organisations.into()),
        column("Mean difference", Format::Fixed(1), |row| &row.difference.mean),
        column("Median difference", Format::Fixed(1), |row| &row.difference.median),
        column("p", Format::Likelihood, |row| &row.chance),
        column("Intraclass correlation", Format::Fixed(2), |row| &row.correlation)
            .meaning("ICC(A,1): 1 is full agreement of the ¤totals, 0 what chance gives."),
        column("From", Format::Fixed(2), |row| &row.low),
        column("To", Format::Fixed(2), |row| &row.high),
    ];
    Table::of(&rows, columns)
}

/// Returns the table of criteria on which the sides differ.
fn differences(agreement: &Agreement, statistics: &FrameworkStatistics) -> Table {
    let title = |row: &&Row| statistics.criterion_title(row.about.as_deref().unwrap_or_default()).into();
    let is_lower = |row: &&Row| row.bias.value.is_some_and(f64::is_sign_negative);
    let columns = vec![
        Column::new("¤Criterion").share(1.6).cell(title),
        Column::new("Mean difference").cell(|row: &&Row| Cell::figure(&row.bias, Format::Fixed(2))),
        Column::new("Stricter").cell(move |row| if is_lower(row) { "self" } else { "external" }.into()),
        Column::new("p").cell(|row: &&Row| Cell::figure(&row.chance_adjusted, Format::Likelihood)),
        Column::new("n").cell(|row: &&Row| row.organisations.into()),
    ];
    Table::of(&verdict::agreement::differing(agreement), columns)
}

/// Returns the table of answers for moderation.
fn moderation(rows: &[ModerationRow], statistics: &FrameworkStatistics) -> Table {
    let columns = vec![
        Column::new("¤Organisation").share(1.6).cell(|row: &ModerationRow| (&row.organisation).into()),
        Column::new("¤Criterion")
            .share(1.6)
            .cell(|row: &ModerationRow| statistics.criterion_title(&row.criterion).into()),
        Column::new("Self").side(Side::Right).cell(|row: &ModerationRow| (&row.own).into()),
        Column::new("External").side(Side::Right).cell(|row: &ModerationRow| (&row.external).into()),
    ];
    Table::of(rows, columns)
}

/// Says how many answers should be moderated.
fn moderation_sentence(far: usize) -> String {
    if far == 0 {
        return "No two answers lie two steps or more apart.".to_owned();
    }
    let pairs = capital(&count(far, "pair of answers lies", "pairs of answers lie"));
    let listed = format!("; the first {MOST_MODERATED} are listed");
    let listed = if far > MOST_MODERATED { listed.as_str() } else { "" };
    format!("{pairs} two steps or more apart and should be moderated{listed}.")
}

/// Returns how far the sides agree, in words.
fn sentences(agreement: &Agreement) -> Vec<String> {
    let overall = &agreement.overall;
    let adjacent = format!(" and {} at most one step apart", figure(&overall.adjacent, Format::Share));
    let adjacent = if overall.adjacent.state() == FigureState::Undefined { "" } else { adjacent.as_str() };
    let organisations = count(agreement.organisations, "¤organisation", "¤organisations");
    if !overall.exact.is_shown() {
        let have = agree(agreement.organisations, "has", "have");
        return vec![format!("{} {have} both, too few to say how far they agree.", capital(&organisations))];
    }
    let same = format!(
        "For {organisations} with both, {} of {} are the same on both sides{adjacent}.",
        figure(&overall.exact, Format::Share),
        count(agreement.pairs, "pair of answers", "pairs of answers"),
    );
    let no_kappa = "Weighted kappa isn\u{2019}t defined here, because one side gives everyone the same grade.";
    let is_undefined = overall.kappa.state() == FigureState::Undefined;
    let sentences = [
        Some(same),
        verdict::agreement::stricter(agreement),
        kappa(agreement),
        is_undefined.then(|| no_kappa.to_owned()),
        difference(&agreement.totals, &agreement.sides.0.to_lowercase()),
        reliance(&agreement.totals),
    ];
    sentences.into_iter().flatten().collect()
}

/// Tells weighted kappa of the whole; `None` where it stands beside that of its parts.
fn kappa(agreement: &Agreement) -> Option<String> {
    let overall = &agreement.overall;
    let [of, low, high] =
        [&overall.kappa, &overall.kappa_low, &overall.kappa_high].map(|of| figure(of, Format::Fixed(2)));
    let interval = if overall.kappa_low.is_shown() { format!(" ({low} to {high})") } else { String::new() };
    (overall.kappa.is_shown() && !is_kappa_told(agreement))
        .then(|| format!("Weighted kappa is {of}{interval}, where 1 is full agreement and 0 what chance gives."))
}

/// Says how far totals lie apart on average, as of answers above it; `None` where too few organisations show it.
fn difference(totals: &TotalAgreement, own: &str) -> Option<String> {
    let mean = totals.difference.mean.value.and_then(Exact::from_float).filter(|_| totals.organisations > 1)?;
    let way = if mean.is_negative() { "lower" } else { "higher" };
    let side = match number(&mean.abs(), 1) {
        _ if mean.rounded(1).is_zero() => "the same on both sides".to_owned(),
        points => format!("{points} percentage points {way} in the {own}"),
    };
    Some(format!(
        "Over all ¤criteria together, ¤totals of {} with all answers are {side} on average{}.",
        count(totals.organisations, "¤organisation", "¤organisations"),
        Chance::beside(&totals.chance)
    ))
}

/// Says whether one side's total can stand for the other's; `None` where too few organisations show it.
fn reliance(totals: &TotalAgreement) -> Option<String> {
    let reliance = Reliance::of(totals)?;
    let [correlation, low, high] =
        [&totals.correlation, &totals.low, &totals.high].map(|of| figure(of, Format::Fixed(2)));
    let interval = format!(", {low} to {high}");
    let interval = if totals.low.is_shown() { interval.as_str() } else { "" };
    Some(format!("{} (intraclass correlation {correlation}{interval}).", capital(reliance.words())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::rows;
    use crate::figure::sample as sample_figure;
    use crate::report::Audience;
    use crate::season::sample;
    use crate::statistics::Statistics;

    /// Returns what a page says of how far the sides of so many organisations' returns agree: its first sentence, and the parts of its table.
    fn of(organisations: usize, audience: Audience) -> (String, usize) {
        let frameworks = [sample::usual()];
        let season = sample::season(&frameworks, organisations);
        let statistics = match audience {
            Audience::Team => Statistics::of_season(&season).unwrap(),
            Audience::Everybody => Statistics::published(&season).unwrap(),
        };
        let view = FrameworkSeason::sampled(&season, &statistics, audience);
        let part = part(view.statistics.agreement.as_ref().unwrap(), &view, Room::Page);
        let table = rows(&part).into_iter().filter(|row| row.iter().any(|cell| cell == "hidden")).count();
        (part.leading()[0].clone(), table)
    }

    #[test]
    fn whether_answers_are_one_step_apart_is_no_column_where_it_is_told_of_none() {
        let frameworks = [sample::usual()];
        let season = sample::season(&frameworks, 40);
        let mut statistics = Statistics::of_season(&season).unwrap().frameworks.remove(0);
        let mut agreement = statistics.agreement.take().unwrap();
        let has_column = |agreement: &Agreement| {
            format!("{:?}", by_part(agreement, &statistics, Room::Sheet)).contains("Within one")
        };
        let (shown, hidden, undefined) =
            (sample_figure::shown(0.9, 9), sample_figure::hidden(), sample_figure::undefined());
        for (figure, expected) in [(shown, true), (hidden, false), (undefined, false)] {
            let sections = agreement.sections.iter_mut().chain(&mut agreement.criteria);
            for row in [&mut agreement.overall].into_iter().chain(sections) {
                row.adjacent = figure.clone();
            }
            assert_eq!(has_column(&agreement), expected, "{figure:?}");
        }
    }

    #[test]
    fn what_too_few_organisations_show_is_said_and_not_listed() {
        let (few, many) = (of(6, Audience::Everybody), of(40, Audience::Team));
        assert!(few.0.ends_with("have both, too few to say how far they agree."), "{few:?}");
        assert!(many.0.starts_with("For 14 ¤organisations with both, "), "{many:?}");
        assert_eq!((few.1, many.1, of(40, Audience::Everybody).1), (0, 0, 0));
    }
}
