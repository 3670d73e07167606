//! This season beside the last, and the trend over several.

use super::{FrameworkSeason, assessor, figure, register, whole};
use crate::document::{Cell, Column, Format, Part, Table};
use crate::figure::{Disclosure, FigureState, Figured};
use crate::framework::{Better, Framework};
use crate::report::{Room, part_of_hundred, spread};
use crate::statistics::verdict::{self, Chance};
use crate::statistics::{
    ChangeBy, ChangeSummary, CriterionChange, Figure, MetChange, OutcomeChange, Spread, Trend, TrendPoint,
};
use crate::words::{agree, count, thousands};

/// A row of change: the total or a section, how it changed, and how likely chance alone gives that,
/// before and after allowing for how many sections are looked at.
type Row<'a> = (String, &'a Spread, [&'a Figure; 2]);

/// What is said in place of a change that is hidden, where those compared are few.
const FEW: &str = "How they changed isn\u{2019}t told, since they are few.";

/// What is said in place of a change that is hidden, where those are few that aren't compared.
const FEW_OTHERS: &str = "How they changed isn\u{2019}t told, since it would tell of the few that are new or gone.";

/// What is said of returns that come to nothing which could be compared.
const NOTHING: &str =
    "None of them comes to a ¤total or an outcome, so that there is nothing to compare but who sent one.";

/// Whether anything of the change is shown.
pub(super) fn is_told(change: &ChangeSummary) -> bool {
    change.figures().iter().any(|figure| figure.is_shown())
}

/// Returns how this season's returns differ from those of the last.
pub(in crate::report) fn part(change: &ChangeSummary, season: &FrameworkSeason, room: Room) -> Part {
    let statistics = season.statistics;
    let registers = register::change(season, &change.since);
    let sentences = sentences(
        change,
        (&season.one_each(change.matched + change.unmatched, ""), Counted::of(season)),
        (season.limits, season.framework.outcome.better),
    );
    // Where rows are compared there is something to compare.
    let sentences = sentences.into_iter().filter(|said| said != NOTHING || registers.is_empty());
    let part = Part::new("Change").lead(sentences).lead(assessor::without_names(season));
    if change.matched > 0 && !is_told(change) {
        return part.part(registers).part(who(change));
    }
    let sections = change.sections.iter();
    let sections = sections
        .map(|row| (statistics.section_title(&row.section), &row.difference, [&row.chance, &row.chance_adjusted]));
    let total = ("¤Total".to_owned(), &change.totals, [&change.chance, &change.chance_adjusted]);
    // What nobody has both times is no row: a scheme may have no totals.
    let has_any =
        |(_, spread, _): &Row| change.matched > 0 && (spread.n > 0 || spread.mean.state() == FigureState::Hidden);
    let rows: Vec<Row> = [total].into_iter().chain(sections).filter(has_any).collect();
    let about = Column::new("About").share(1.5).cell(|(about, ..): &Row| about.into());
    let likely = Column::new("p")
        .meaning("How often chance alone would give such a change or a larger one, allowing for the ¤total, the lowest band and all ¤sections (Benjamini and Hochberg).")
        .cell(|(.., [_, adjusted]): &Row| Cell::figure(adjusted, Format::Likelihood));
    let single = Column::new("p, each by itself")
        .cell(|(.., [single, _]): &Row| Cell::figure(single, Format::Likelihood))
        .only_if(room == Room::Sheet);
    let number = Column::new("n").cell(|(_, spread, _): &Row| spread.n.into());
    let columns = [about].into_iter().chain(spread(room)).chain([likely, single, number]).collect();
    let caption =
        format!("Change since {} in percentage points, and how likely chance alone gives the like of it", change.since);
    part.block(Table::of(&rows, columns).caption(caption))
        .block(lowest_band(change, room).caption("Out of the lowest band and into it"))
        .block(
            outcomes(change, season.framework)
                .caption(format!("Outcomes of the same ¤organisations in {} and now", change.since)),
        )
        .block(criteria(change, room))
        .part(registers)
        .part(who(change))
}

/// A row of outcomes: which, how many had it then, and how many have it now.
type OutcomeRow<'a> = (&'a str, [Cell; 2]);

/// Returns how many of those compared had each outcome then and have it now, and how many none yet.
fn outcomes(change: &ChangeSummary, framework: &Framework) -> Table {
    let shown = |row: &&OutcomeChange| row.before.is_shown() || row.now.is_shown();
    // Of bands by which none of those compared is judged nothing is told.
    let is_any = |row: &OutcomeChange| [&row.before, &row.now].into_iter().any(|count| whole(count) != Some(0));
    let judged = |row: &&OutcomeChange| {
        let lists = framework.band_lists();
        let list = lists.iter().find(|list| list.bands.iter().any(|band| band.id == *row.band));
        let beside =
            |other: &OutcomeChange| list.is_some_and(|list| list.bands.iter().any(|band| band.id == *other.band));
        change.outcomes.iter().any(|other| beside(other) && is_any(other))
    };
    let rows = change.outcomes.iter().filter(shown).filter(judged);
    let rows = rows.map(|row| (row.title.as_str(), [&row.before, &row.now].map(|of| Cell::figure(of, Format::Whole))));
    let mut rows: Vec<OutcomeRow> = rows.collect();
    rows.extend(open(change).filter(|_| !rows.is_empty()));
    let columns = vec![
        Column::new("Outcome").share(1.0).cell(|(title, _): &OutcomeRow| (*title).into()),
        Column::new("Then").cell(|(_, [then, _]): &OutcomeRow| then.clone()),
        Column::new("Now").cell(|(_, [_, now]): &OutcomeRow| now.clone()),
    ];
    Table::of(&rows, columns)
}

/// Returns the row of those compared that have no outcome; `None` where all have one both times, or a count is hidden.
fn open(change: &ChangeSummary) -> Option<OutcomeRow<'static>> {
    let without = |of: fn(&OutcomeChange) -> &Figure| {
        let with: Option<Vec<usize>> = change.outcomes.iter().map(|row| whole(of(row))).collect();
        change.matched.checked_sub(with?.iter().sum())
    };
    let open = [without(|row| &row.before)?, without(|row| &row.now)?];
    (open != [0, 0]).then(|| ("Open", open.map(Cell::from)))
}

/// Returns how criteria changed: all of them on a sheet, on a page those whose change is more than chance is likely to give.
fn criteria(change: &ChangeSummary, room: Room) -> Table {
    let told = |row: &&CriterionChange| room == Room::Sheet || Chance::is_unlikely(&row.chance_adjusted);
    let rows: Vec<&CriterionChange> = change.criteria.iter().filter(told).collect();
    let columns = vec![
        Column::new("¤Criterion")
            .share(1.5)
            .cell(|row: &&CriterionChange| format!("{} {}", row.criterion, row.short).into()),
        Column::new("Mean change")
            .meaning("The mean of the changes, in percentage points from the worst to the best answer of the scale.")
            .cell(|row: &&CriterionChange| Cell::figure(&row.difference.mean, Format::Signed(1))),
        Column::new("p")
            .meaning("How often chance alone would give such a change or a larger one, allowing for how many ¤criteria are looked at (Benjamini and Hochberg).")
            .cell(|row: &&CriterionChange| Cell::figure(&row.chance_adjusted, Format::Likelihood)),
        Column::new("p, each by itself")
            .cell(|row: &&CriterionChange| Cell::figure(&row.chance, Format::Likelihood))
            .only_if(room == Room::Sheet),
        Column::new("n").cell(|row: &&CriterionChange| row.difference.n.into()),
    ];
    let which = if room == Room::Sheet {
        "How ¤criteria changed"
    } else {
        "¤Criteria whose change is more than chance is likely to give"
    };
    Table::of(&rows, columns).caption(format!("{which}, in percentage points of the scale"))
}

/// Returns who is new, who came back and who is gone, by name; `None` where all are as they were.
fn who(change: &ChangeSummary) -> Option<Part> {
    let members = &change.members;
    let gone = |is_expected: bool| -> Vec<String> {
        let gone = members.left.iter().filter(|left| left.is_expected == is_expected);
        gone.map(|left| left.organisation.clone()).collect()
    };
    let rows = [
        ("New: in no season on record", members.joined.clone()),
        ("Came back: in an earlier season, not in the last", members.came_back.clone()),
        ("Gone: no ¤return says that it is theirs, though they are on the roster", gone(true)),
        ("Gone: no ¤return says that it is theirs, and no roster has them", gone(false)),
    ];
    let rows: Vec<(&str, Vec<String>)> = rows.into_iter().filter(|(_, names)| !names.is_empty()).collect();
    let columns = vec![
        Column::new("Since then").share(1.0).cell(|(what, _): &(&str, Vec<String>)| (*what).into()),
        Column::new("Number").cell(|(_, names): &(&str, Vec<String>)| names.len().into()),
        Column::new("¤Organisations").share(2.0).cell(|(_, names): &(&str, Vec<String>)| Cell::Lines(names.clone())),
    ];
    let table =
        Table::of(&rows, columns).caption("¤Organisations that are new, came back, or are gone since last season");
    (!rows.is_empty()).then(|| Part::new("Who came and who didn\u{2019}t").block(table))
}

/// Returns the table of those who came out of the lowest band or fell into it, for which a page has no room.
fn lowest_band(change: &ChangeSummary, room: Room) -> Table {
    let told = |met: &&MetChange| room == Room::Sheet && (met.gained.is_shown() || met.lost.is_shown());
    let rows: Vec<&MetChange> = change.met.iter().filter(told).collect();
    let columns = vec![
        Column::new("Came out of it").cell(|met: &&MetChange| Cell::figure(&met.gained, Format::Whole)),
        Column::new("Fell into it").cell(|met: &&MetChange| Cell::figure(&met.lost, Format::Whole)),
        Column::new("p")
            .meaning("How often chance alone would part those who came out from those who fell in so unevenly or more.")
            .cell(|met: &&MetChange| Cell::figure(&met.chance, Format::Likelihood)),
    ];
    Table::of(&rows, columns)
}

/// Returns the columns of how changes spread.
fn spread<'a>(room: Room) -> Vec<Column<'a, Row<'a>>> {
    match room {
        Room::Sheet => spread::columns(&Format::Signed(1), |(_, spread, _): &Row<'a>| *spread),
        Room::Page => vec![
            Column::new("Median").cell(|(_, spread, _): &Row| Cell::figure(&spread.median, Format::Signed(1))),
            Column::new("Middle half").cell(|(_, spread, _): &Row| {
                Cell::between(&spread.lower_quartile, &spread.upper_quartile, Format::Signed(1))
            }),
        ],
    }
}

/// What is compared: one return an organisation, or several of some.
#[derive(Clone, Copy)]
enum Counted {
    Organisations,
    Returns,
}

impl Counted {
    fn of(season: &FrameworkSeason) -> Self {
        if season.statistics.coverage.is_of_wholes() { Self::Organisations } else { Self::Returns }
    }

    /// Returns so many of those that there are in words.
    fn some(self, number: usize) -> String {
        match self {
            Self::Organisations => format!("{} of the ¤organisations", thousands(number)),
            Self::Returns => format!("{} of the ¤returns", thousands(number)),
        }
    }

    /// Returns so many of them in words.
    fn count(self, number: usize) -> String {
        match self {
            Self::Organisations => count(number, "¤organisation", "¤organisations"),
            Self::Returns => count(number, "¤return", "¤returns"),
        }
    }
}

/// Says in a sentence or two what changed; `None` where nothing of it is told.
pub(super) fn in_brief(change: &ChangeSummary, season: &FrameworkSeason) -> Option<String> {
    let counted = Counted::of(season);
    let percent = Format::Measured(1, "%".to_owned());
    let [before, now] = [&change.before.median, &change.now.median].map(|of| figure(of, percent.clone()));
    let is_shown = change.before.median.is_shown() && change.now.median.is_shown();
    let both = if change.left_out > 0 { counted.some(change.before.n) } else { counted.count(change.before.n) };
    let medians = format!(
        "Of {both} with a ¤total both times, the median ¤total was {before} of the maximum in {} and is {now}.",
        change.since
    );
    let has_moved = change.criteria.iter().any(|row| Chance::is_unlikely(&row.chance_adjusted));
    let moved = has_moved.then(|| verdict::change::of_criteria(change)).flatten();
    let said: Vec<String> =
        is_shown.then_some(medians).into_iter().chain(bands(change, counted)).chain(moved).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// Returns what changed, in words.
fn sentences(
    change: &ChangeSummary,
    (all, counted): (&str, Counted),
    (limits, better): (Disclosure, Better),
) -> Vec<String> {
    let since = &change.since;
    if change.matched == 0 {
        let why = "no ¤organisation sent a ¤return of the same kind and version then";
        return vec![format!("Nothing can be compared with {since}: {why}.")];
    }
    let without = match change.unmatched {
        0 => "",
        _ => " Of the others no such ¤return of then is known; they are left out.",
    };
    let or_again = if change.of_two_kinds > 0 { ", or was assessed again" } else { "" };
    let compared = format!(
        "Of {}, {} can be compared with {since}, because the same ¤organisation sent one of the same kind and version both times{or_again}.{without}",
        all, change.matched,
    );
    let of_two_kinds = (change.of_two_kinds > 0).then(|| {
        let are = agree(change.of_two_kinds, "is", "are");
        format!(
            "{} of those compared {are} so by ¤returns of two kinds: what stands now, and what stood then.",
            change.of_two_kinds
        )
    });
    let left_out = (change.left_out > 0).then(|| {
        format!(
            "How ¤totals, ¤sections and ¤criteria changed is told of {} of them: the others are left out, most of them by lot, so that \
             nothing can be worked out of the few that are incomplete, new or gone.",
            change.matched - change.left_out
        )
    });
    let sentences = [
        Some(compared),
        of_two_kinds,
        left_out,
        verdict::change::of_total(change).map(|told| told + direction(better)),
        bands(change, counted),
        change.met.as_ref().and_then(met),
        verdict::change::of_sections(change),
        verdict::change::of_criteria(change),
        untold(change, limits).map(ToOwned::to_owned),
    ];
    sentences.into_iter().flatten().chain(rests_on(change)).collect()
}

/// Says why nothing is told of the change; `None` where something is.
fn untold(change: &ChangeSummary, limits: Disclosure) -> Option<&'static str> {
    // Figures that are hidden are there all the same.
    let compares = change.totals.n > 0 || !(change.outcomes.is_empty() && change.criteria.is_empty());
    match (compares, is_told(change)) {
        (false, _) => Some(NOTHING),
        (true, true) => None,
        (true, false) if change.matched < limits.k => Some(FEW),
        (true, false) => Some(FEW_OTHERS),
    }
}

/// Says which way a total improves, where that isn't upward.
const fn direction(better: Better) -> &'static str {
    match better {
        Better::Higher => "",
        Better::Lower => " Less is better: a ¤total that falls is an improvement.",
    }
}

/// Says how many came to a better band and to a worse one; `None` where that is hidden.
fn bands(change: &ChangeSummary, counted: Counted) -> Option<String> {
    let [better, same, worse] = [&change.better, &change.same, &change.worse].map(|of| figure(of, Format::Whole));
    let compared: usize =
        [&change.better, &change.same, &change.worse].map(|of| whole(of).unwrap_or_default()).iter().sum();
    let both = counted.count(compared);
    let said = format!(
        "Of {both} with an outcome both times, {better} came to a better band, {same} stayed and {worse} came to a worse one."
    );
    (change.better.is_shown() && compared > 0).then(|| said + &assessed(change))
}

/// Says how many of those that came to a better or a worse band were assessed by somebody who gives otherwise than the others; nothing where
/// none was.
fn assessed(change: &ChangeSummary) -> String {
    let said = |number: usize, to: &str, whom: &str| {
        let were = agree(number, "was", "were");
        (number > 0).then(|| format!(" {number} of those that came to a {to} one {were} assessed by {whom}."))
    };
    let both = |by: &ChangeBy| [said(by.better, "better", &by.whom), said(by.worse, "worse", &by.whom)];
    change.apart.iter().flat_map(both).flatten().collect()
}

/// Says on whose assessments what changed rests, too, where somebody gives otherwise than the others.
fn rests_on(change: &ChangeSummary) -> impl Iterator<Item = String> {
    change.apart.iter().map(|by| {
        format!(
            "Of those compared {} assessed by {}: how ¤totals, ¤sections and ¤criteria changed rests on that, too.",
            agree(by.compared, "1 was", &format!("{} were", by.compared)),
            by.whom
        )
    })
}

/// Returns who left the lowest band and who fell into it; `None` where nobody did, or it is hidden.
fn met(met: &MetChange) -> Option<String> {
    let [gained, lost] = [&met.gained, &met.lost].map(|of| figure(of, Format::Whole));
    let beside = match Chance::of(&met.chance_adjusted) {
        Some(Chance::Unlikely) => Chance::beside(&met.chance_adjusted),
        Some(Chance::Possible) | None => ", no more of either than chance could give".to_owned(),
    };
    met.chance.is_shown().then(|| {
        format!(
            "From the lowest outcome to a better one went {gained}, and from a better one to the lowest {lost}{beside}."
        )
    })
}

/// Returns the trend over several seasons.
pub(in crate::report) fn trend(trend: &Trend, better: Better, room: Room) -> Part {
    let bar = |place| Cell::Bar { low: place, high: place, tick: None };
    let bar = move |point: &TrendPoint| point.median.value.map(part_of_hundred).map_or_else(|| "too few".into(), bar);
    let season = |point: &TrendPoint| point.season.as_deref().unwrap_or("This season").into();
    let columns = vec![
        Column::new("Season").share(1.0).cell(season),
        Column::new("0 to 100%").share(1.6).cell(bar),
        Column::new("Median")
            .cell(|point: &TrendPoint| Cell::figure(&point.median, Format::Measured(1, "%".to_owned()))),
    ];
    let caption = "The median ¤total as a percentage of the maximum, season by season, over the same ¤returns";
    let table = Table::of(&trend.seasons, columns).caption(caption);
    let tau = format!("Kendall\u{2019}s tau is {}, 1 being always up.", figure(&trend.tau, Format::Fixed(2)));
    let tau = (room == Room::Sheet && trend.tau.is_shown()).then_some(tau);
    let way = Some(direction(better).trim_start().to_owned()).filter(|way| !way.is_empty());
    Part::new("Trend").lead(verdict::change::of_trend(trend).into_iter().chain(way).chain(tau)).block(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Audience;
    use crate::season::{Season, SeasonRecord, Surroundings, sample};
    use crate::statistics::Statistics;

    /// Twelve returns in words, where each organisation sent one.
    const TWELVE: &str = "12 ¤returns, one an ¤organisation";

    /// Returns what is said of a season of twelve organisations after another that was different.
    fn said(change: impl Fn(&mut Season)) -> String {
        let frameworks = [sample::usual()];
        let mut last = sample::season(&frameworks, 12).called(Some("Spring 2025".to_owned()), None);
        change(&mut last);
        let previous = Some(SeasonRecord::of(&last));
        let surroundings = Surroundings { previous, ..Surroundings::default() };
        let season = Season::new(&frameworks, surroundings, sample::reviews(&frameworks[0], 12, 7));
        let statistics = Statistics::of_season(&season).unwrap();
        sentences(
            statistics.of("sample").unwrap().change.as_ref().unwrap(),
            (TWELVE, Counted::Organisations),
            (Disclosure::default(), Better::Higher),
        )
        .join(" ")
    }

    #[test]
    fn where_less_is_better_it_is_said_that_a_total_that_falls_is_an_improvement() {
        let frameworks = [sample::usual()];
        let previous = Some(SeasonRecord::of(&sample::season(&frameworks, 12)));
        let surroundings = Surroundings { previous, ..Surroundings::default() };
        let season = Season::new(&frameworks, surroundings, sample::reviews(&frameworks[0], 12, 7));
        let statistics = Statistics::of_season(&season).unwrap();
        let change = statistics.of("sample").unwrap().change.as_ref().unwrap();
        let said =
            |better| sentences(change, (TWELVE, Counted::Organisations), (Disclosure::default(), better)).join(" ");
        let less = "Less is better: a ¤total that falls is an improvement.";
        assert!(said(Better::Lower).contains(less) && !said(Better::Higher).contains(less), "{}", said(Better::Lower));
        for better in [Better::Higher, Better::Lower] {
            assert!(!said(better).contains(" rose ") && !said(better).contains(" fell"), "{}", said(better));
        }
    }

    #[test]
    fn who_rose_by_a_lenient_assessor_is_told_with_it() {
        let frameworks = [sample::assessed()];
        let last = Season::new(&frameworks, Surroundings::default(), sample::assessments(&frameworks[0], 20, 0));
        let surroundings = Surroundings { previous: Some(SeasonRecord::of(&last)), ..Surroundings::default() };
        let season = Season::new(&frameworks, surroundings, sample::assessments(&frameworks[0], 20, 1));
        let statistics = Statistics::of_season(&season).unwrap();
        let change = statistics.of("sample").unwrap().change.as_ref().unwrap();
        let said = bands(change, Counted::Organisations).unwrap();
        assert!(said.contains("assessed by Assessor 0, who is more lenient than the others."), "{said}");
        let published = Statistics::published(&season).unwrap();
        let told = published.of("sample").unwrap();
        let change = told.change.as_ref().unwrap();
        let view = FrameworkSeason::sampled(&season, &published, Audience::Everybody);
        let said = format!("{:?}", part(change, &view, Room::Page));
        assert!(change.apart.is_empty() && !said.contains("Assessor 0"), "{said}");
        assert!(
            said.contains("Some were assessed by somebody who is harsher or more lenient than the others"),
            "{said}"
        );
    }

    #[test]
    fn of_a_scheme_without_outcomes_or_totals_nothing_is_said_of_them() {
        let frameworks = [sample::usual()];
        let previous = Some(SeasonRecord::of(&sample::season(&frameworks, 12)));
        let surroundings = Surroundings { previous, ..Surroundings::default() };
        let season = Season::new(&frameworks, surroundings, sample::reviews(&frameworks[0], 12, 7));
        let mut statistics = Statistics::of_season(&season).unwrap();
        let (none, no_spread) = {
            let change = statistics.frameworks[0].change.as_mut().unwrap();
            for count in [&mut change.better, &mut change.same, &mut change.worse] {
                count.retell(Some(0.0));
            }
            for count in change.outcomes.iter_mut().flat_map(|row| [&mut row.before, &mut row.now]) {
                count.retell(Some(0.0));
            }
            (bands(change, Counted::Organisations), change.totals.n)
        };
        assert_eq!((none, no_spread > 0), (None, true));
        let change = statistics.frameworks[0].change.clone().unwrap();
        assert!(outcomes(&change, &frameworks[0]).rows.is_empty());
    }

    #[test]
    fn of_returns_that_come_to_nothing_it_is_said_that_there_is_nothing_to_compare() {
        let frameworks = [sample::usual()];
        let previous = Some(SeasonRecord::of(&sample::season(&frameworks, 12)));
        let surroundings = Surroundings { previous, ..Surroundings::default() };
        let season = Season::new(&frameworks, surroundings, sample::reviews(&frameworks[0], 12, 7));
        let mut statistics = Statistics::of_season(&season).unwrap();
        let change = statistics.frameworks[0].change.as_mut().unwrap();
        let told = |change: &ChangeSummary| {
            sentences(change, (TWELVE, Counted::Organisations), (Disclosure::default(), Better::Higher))
                .iter()
                .any(|sentence| sentence == NOTHING)
        };
        assert!(!told(change));
        (change.totals.n, change.outcomes, change.criteria) = (0, Vec::new(), Vec::new());
        assert!(told(change));
        change.each_mut(&mut Figure::conceal);
        assert!(told(change));
    }

    #[test]
    fn a_criterion_that_moved_stands_in_brief() {
        let frameworks = [sample::usual()];
        let mut last = sample::reviews(&frameworks[0], 40, 7);
        for answer in last.iter_mut().flat_map(|review| &mut review.answers).filter(|answer| answer.id == "2.1") {
            answer.points = answer.points.as_ref().map(|_| 0.into());
        }
        let mut now = sample::reviews(&frameworks[0], 40, 7);
        for answer in now.iter_mut().flat_map(|review| &mut review.answers).filter(|answer| answer.id == "2.1") {
            answer.points = answer.points.as_ref().map(|_| 1.into());
        }
        let previous = Some(SeasonRecord::of(&Season::new(&frameworks, Surroundings::default(), last)));
        let season = Season::new(&frameworks, Surroundings { previous, ..Surroundings::default() }, now);
        let statistics = Statistics::of_season(&season).unwrap();
        let change = statistics.of("sample").unwrap().change.as_ref().unwrap();
        let said = in_brief(change, &FrameworkSeason::sampled(&season, &statistics, Audience::Team)).unwrap();
        assert!(said.contains("On 1 of ") && said.contains(": 2.1 "), "{said}");
    }

    #[test]
    fn who_has_no_outcome_has_a_row_so_that_outcomes_add_up_to_those_compared() {
        let frameworks = [sample::usual()];
        let previous = Some(SeasonRecord::of(&sample::season(&frameworks, 12)));
        let surroundings = Surroundings { previous, ..Surroundings::default() };
        let season = Season::new(&frameworks, surroundings, sample::reviews(&frameworks[0], 12, 7));
        let statistics = Statistics::of_season(&season).unwrap();
        let mut change = statistics.of("sample").unwrap().change.clone().unwrap();
        assert_eq!(open(&change), Some(("Open", [1, 1].map(Cell::from))));
        let had = change.outcomes.iter().position(|row| row.now.value > Some(0.0)).unwrap();
        let now = change.outcomes[had].now.value.unwrap();
        let all = |change: &ChangeSummary| change.outcomes.iter().filter_map(|row| row.now.value).sum::<f64>();
        assert_eq!(all(&change).to_string(), (change.matched - 1).to_string());
        change.outcomes[had].now.retell(Some(now - 1.0));
        assert_eq!(open(&change), Some(("Open", [1, 2].map(Cell::from))));
        assert_eq!(outcomes(&change, &frameworks[0]).rows.len(), change.outcomes.len() + 1);
        let said = |counted| bands(&change, counted).unwrap();
        assert!(said(Counted::Organisations).contains(" ¤organisations with an outcome both times, "));
        assert!(said(Counted::Returns).contains(" ¤returns with an outcome both times, "));
    }

    #[test]
    fn it_is_said_how_many_are_compared_and_what_becomes_of_the_others() {
        let all = "Of 12 ¤returns, one an ¤organisation, 12 can be compared with Spring 2025, because the same ¤organisation sent one \
                   of the same kind and version both times. ¤Totals";
        let some = "Of 12 ¤returns, one an ¤organisation, 11 can be compared with Spring 2025, because the same ¤organisation sent \
                    one of the same kind and version both times. Of the others no such ¤return of then is known; they are left out. ¤Totals";
        let none = "Nothing can be compared with Spring 2025: no ¤organisation sent a ¤return of the same kind and version then.";
        let older = |last: &mut Season, most: usize| {
            let returns = last.returns.iter_mut().take(most);
            returns.for_each(|sent| sent.review.framework_version = Some("0".to_owned()));
        };
        for (most, expected) in [(0, all), (1, all), (2, some), (usize::MAX, none)] {
            let said = said(|last| older(last, most));
            assert!(said.starts_with(expected), "{said}");
        }
    }
}
