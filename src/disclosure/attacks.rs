//! Holds over all that is published of made-up seasons that nothing hidden can be worked out from it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::figure::{Disclosure, Facet, FigureId, FigureOf, FigureState, Figured, HIDDEN, Measure, Published, Spread};
use crate::finding::Severity;
use crate::framework::{Framework, builtin};
use crate::review::{ActionRecord, Review, RowRecord, Status};
use crate::season::{Expected, Roster, Season, SeasonRecord, Settings, Surroundings, sample};
use crate::statistics::{AgreementRow, FrameworkStatistics, GroupOutcome, GroupRow, Statistics};
use crate::words::INCOMPLETE;

/// A made-up season with a season before it, of so many organisations.
fn season(frameworks: &[Framework], organisations: usize, seed: u64, k: usize) -> Season<'_> {
    let mut roster = Roster::default();
    for number in 0..organisations {
        let size = ["Large", "Small", "Tiny"][(number * 7 + organisations) % 5 % 3].to_owned();
        let columns = BTreeMap::from([("size".to_owned(), size)]);
        let organisation = format!("Organisation {:02}", number + 1);
        roster.add(Expected { organisation, kinds: Vec::new(), columns });
    }
    let of = |previous, seed| {
        let settings = Settings { disclosure: Disclosure { k, ..Disclosure::default() }, ..Settings::default() };
        let surroundings = Surroundings { roster: Some(roster.clone()), settings, previous, ..Surroundings::default() };
        Season::new(frameworks, surroundings, sample::reviews(&frameworks[0], organisations, seed))
    };
    let mut previous = None;
    for number in 0..3 {
        let season = of(previous, seed + number).called(Some(format!("Season {number}")), None);
        previous = Some(SeasonRecord::of(&season));
    }
    of(previous, seed + 3)
}

/// A made-up season, what is published of it, and the k that it goes by.
type Case = (Season<'static>, Statistics, usize);

/// The seasons: of many sizes and rules.
static SEASONS: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let sizes = [(1, 5), (4, 5), (9, 3), (13, 5), (17, 5), (28, 10), (33, 5), (40, 2)];
    let of = |((organisations, k), seed)| {
        let season = season(&*FRAMEWORKS, organisations, seed, k);
        let statistics = Statistics::published(&season).unwrap();
        (season, statistics, k)
    };
    sizes.into_iter().zip([3, 11, 29].into_iter().cycle()).map(of).collect()
});

/// The framework of all of them.
static FRAMEWORKS: LazyLock<[Framework; 1]> = LazyLock::new(|| [sample::usual()]);

/// Runs a check over the seasons.
fn over_seasons(check: impl Fn(&Season, &Statistics, usize)) {
    SEASONS.iter().for_each(|(season, statistics, k)| check(season, statistics, *k));
}

#[test]
fn no_shown_figure_rests_on_fewer_than_k() {
    over_seasons(|_, statistics, k| {
        for figure in statistics.figures().iter().filter(|figure| figure.is_shown()) {
            // How many organisations have an outcome or a grade is no secret of the network's; n is that count itself.
            let is_count = matches!(figure.id.of, FigureOf::Outcome(_)) || matches!(figure.id.facet, Facet::Grade(_));
            assert!(is_count || figure.n == 0 || figure.n >= k, "{figure:?}");
        }
    });
}

#[test]
fn whatever_is_hidden_is_in_the_log() {
    over_seasons(|_, statistics, _| {
        for figure in statistics.figures().iter().filter(|figure| figure.state() == FigureState::Hidden) {
            assert!(statistics.hidings.contains(&figure.id), "{}", figure.id);
        }
    });
}

#[test]
fn no_figure_is_forgotten_when_they_are_listed() {
    over_seasons(|_, statistics, _| {
        for framework in &statistics.frameworks {
            let framework = FrameworkStatistics { strongest: Vec::new(), weakest: Vec::new(), ..framework.clone() };
            assert_eq!(framework.figures().len(), format!("{framework:?}").matches("Figure {").count());
        }
    });
}

#[test]
fn every_id_is_read_as_it_is_written() {
    over_seasons(|_, statistics, _| {
        for figure in statistics.figures() {
            assert_eq!(FigureId::parse(&figure.id.to_string()).as_ref(), Some(&figure.id), "{}", figure.id);
        }
        for hiding in &statistics.hidings {
            assert_eq!(FigureId::parse(&hiding.to_string()).as_ref(), Some(hiding), "{hiding}");
        }
    });
}

/// Returns a season whose organisations are of two large groups, a smaller one and one of few.
fn of_uneven_groups(seed: u64) -> Season<'static> {
    let mut dice = sample::Dice::new(seed);
    let size = |number: usize| ["Large", "Large", "Small", "Small", "Tiny"][number % 5];
    let organisations = (0..90).map(|number| {
        let size = if dice.below(30) == 0 { "One of few" } else { size(number) };
        let columns = BTreeMap::from([("size".to_owned(), size.to_owned())]);
        let organisation = format!("Organisation {:02}", number + 1);
        Expected { organisation, kinds: Vec::new(), columns }
    });
    let roster = Some(Roster::of(organisations));
    let surroundings = Surroundings { roster, ..Surroundings::default() };
    let mut reviews = sample::reviews(&FRAMEWORKS[0], 90, seed);
    reviews.retain(|review| review.settled().is_some());
    Season::new(&*FRAMEWORKS, surroundings, reviews)
}

#[test]
fn outcomes_are_counted_by_all_groups_of_a_grouping_or_by_none() {
    let mut told = [0, 0];
    for season in (1..13).map(of_uneven_groups) {
        let published = Statistics::published(&season).unwrap().frameworks.remove(0);
        for by in ["region", "size"] {
            let (hidden, shown): (Vec<&GroupRow>, Vec<&GroupRow>) =
                published.groups.iter().filter(|row| row.by == by).partition(|row| !row.returns.is_shown());
            let outcomes: Vec<&GroupOutcome> = shown.iter().flat_map(|row| &row.outcomes).collect();
            told[usize::from(!outcomes.is_empty())] += 1;
            assert!(outcomes.iter().all(|of| of.count.is_shown()), "{by}: {outcomes:?}");
            for band in outcomes.iter().map(|of| of.band.as_str()).collect::<BTreeSet<_>>() {
                let mine = outcomes.iter().filter(|of| of.band == band).map(|of| of.count.value.unwrap());
                let all = band.split('+').filter_map(|band| published.outcome(band)?.share.count.value).sum::<f64>();
                let rest = all - mine.clone().sum::<f64>();
                let are_many = mine.chain((!hidden.is_empty()).then_some(rest)).all(|count| count >= 5.0);
                assert!(are_many || all == 0.0, "{by} {band}: {rest} of {all} are left");
            }
        }
    }
    assert!(told.iter().all(|times| *times > 2), "{told:?} untold and told");
}

#[test]
fn whatever_is_hidden_is_hidden_for_one_reason() {
    over_seasons(|_, statistics, _| {
        for figure in statistics.figures() {
            let published = Published::from(figure);
            assert_eq!(
                published.why.as_deref() == Some(HIDDEN),
                published.state == FigureState::Hidden,
                "{published:?}"
            );
        }
    });
}

/// Returns a framework of those that come with the program whose register names results and actions.
fn with_register() -> Framework {
    let is_wanted = |framework: &Framework| {
        let outcomes = framework.registers.iter().filter_map(|register| register.outcome.as_ref());
        outcomes.into_iter().any(|outcome| outcome.results.len() > 2 && !outcome.actions.is_empty())
    };
    builtin::all().into_iter().find(is_wanted).expect("a framework has such a register")
}

/// Returns a season of returns with so many rows of each result; each row that isn't the best wants an action and has a finding
/// that tells its result.
fn with_rows<'a>(frameworks: &'a [Framework], counts: &[usize]) -> Season<'a> {
    let spec = frameworks[0].registers.iter().find(|register| register.outcome.is_some()).unwrap();
    let outcome = spec.outcome.as_ref().unwrap();
    let mut reviews: Vec<Review> = Vec::new();
    for number in 0..7 {
        let name = format!("Organisation {number}");
        let mut review = Review::unread(&format!("{name}.xlsx"), name.clone(), Status::Scored, Vec::new());
        (review.framework, review.organisation) = (Some(frameworks[0].id.clone()), Some(name));
        reviews.push(review);
    }
    let results = counts.iter().enumerate().flat_map(|(result, count)| std::iter::repeat_n(result, *count));
    for (number, result) in results.enumerate() {
        let review = &mut reviews[number % 7];
        let action = &outcome.actions[result % outcome.actions.len()];
        let action = ActionRecord { id: action.id.clone(), text: String::new() };
        review.rows.push(RowRecord {
            register: spec.id.clone(),
            key: format!("K{number}"),
            outcome: Some(outcome.results[result].id.clone()),
            can_be: Vec::new(),
            actions: if result == 0 { Vec::new() } else { vec![action] },
        });
        review.findings.extend(
            (result > 0)
                .then(|| sample::finding(&format!("result-{result}"), Severity::Warning, &format!("K{number}"), 1)),
        );
    }
    Season::new(frameworks, Surroundings::default(), reviews)
}

#[test]
fn hidden_results_of_registers_cannot_be_told_from_actions_findings_or_totals() {
    let frameworks = [with_register()];
    let spec = frameworks[0].registers.iter().find(|register| register.outcome.is_some()).unwrap();
    let results = spec.outcome.as_ref().unwrap().results.len();
    let (mut dice, mut hidden, mut shown) = (sample::Dice::new(5), 0, 0);
    for _ in 0..60 {
        let mut below = |most| usize::try_from(dice.below(most)).unwrap();
        let mut counts: Vec<usize> = (0..results).map(|_| below(4) * below(9)).collect();
        counts[0] += 40;
        let season = with_rows(&frameworks, &counts);
        let statistics = Statistics::of_season(&season).unwrap();
        let of = &statistics.frameworks[0];
        let register = &of.registers[0];
        let is_hidden: Vec<bool> = register.results.iter().map(|row| !row.share.count.is_shown()).collect();
        if is_hidden.contains(&true) {
            hidden += 1;
            assert!(register.actions.iter().all(|action| !action.count.is_shown()), "{counts:?}");
            assert!(of.findings.iter().all(|row| !row.rule.starts_with("result-")), "{counts:?}");
        } else {
            shown += 1;
        }
        for figure in register.figures().into_iter().filter(|figure| figure.is_shown()) {
            let is_people = matches!(figure.id.measure, Some(Measure::Count));
            let multiple = |people: f64| people % 5.0 == 0.0;
            assert!(figure.n % 5 == 0 && (!is_people || figure.value.is_none_or(multiple)), "{figure:?}");
        }
    }
    assert!(hidden > 20 && shown > 5, "{hidden} hidden, {shown} shown");
}

#[test]
fn what_is_said_of_people_fits_k_numbers_of_them() {
    let tried = std::cell::Cell::new(0);
    over_seasons(|_, statistics, k| {
        for row in statistics.frameworks.iter().flat_map(|framework| &framework.measures).filter(|_| k > 1) {
            let Some((people, percent)) = row.people.value.zip(row.pooled.value) else { continue };
            let unit = [0.1, 1.0, 5.0, 10.0].into_iter().find(|unit| unit * (people - 5.0) >= 100.0).unwrap();
            let fits = |reached: f64, people: f64| (reached / people * 100.0 - percent).abs() <= unit / 2.0 + 1e-9;
            let near = (people - 2.0).max(1.0)..=people + 2.0;
            let all = (0..5).map(|more| near.start() + f64::from(more)).filter(|people| near.contains(people));
            let possible = all.filter(|people| (0..2000).any(|reached| fits(f64::from(reached), *people))).count();
            tried.set(tried.get() + 1);
            assert!(possible >= 5, "{people} people, {percent} %: {possible}");
        }
    });
    assert!(tried.get() > 0, "no measure is told");
}

#[test]
fn only_bands_beside_each_other_are_counted_together() {
    over_seasons(|_, statistics, _| {
        let order = ["excellent", "good", "none"];
        for outcome in statistics.frameworks.iter().flat_map(|of| &of.groups).flat_map(|row| &row.outcomes) {
            let together = outcome.band.replace('+', " ");
            assert!(together == INCOMPLETE || order.join(" ").contains(&together), "{together}");
            assert!(together != order.join(" "), "one column of all bands tells nothing");
        }
    });
}

#[test]
fn what_is_published_names_nobody_and_tells_no_single_value() {
    over_seasons(|_, published, _| {
        let all = format!("{published:?}");
        assert!(!all.contains("Organisation ") && !all.contains(".xlsx"), "a name in {all}");
        for figure in published.figures().into_iter().filter(|figure| figure.is_shown()) {
            let measure = figure.id.measure;
            assert!(!matches!(measure, Some(Measure::Lowest | Measure::Highest)), "{figure:?}");
            let is_of_group = matches!(figure.id.of, FigureOf::Group { .. });
            assert!(!is_of_group || !measure.is_some_and(Measure::is_quantile), "{figure:?}");
        }
        for figure in published.figures().iter().filter(|figure| figure.state() == FigureState::Hidden) {
            assert!(published.hidings.contains(&figure.id), "{}", figure.id);
        }
    });
}

/// Returns the files of each group of a column of which something is told; those that are hidden together are one.
fn told_of<'a>(season: &'a Season, published: &FrameworkStatistics, by: &str) -> Vec<BTreeSet<&'a str>> {
    let rows = published.groups.iter().filter(|row| row.by == by);
    let (shown, hidden): (Vec<&GroupRow>, Vec<&GroupRow>) = rows.partition(|row| row.returns.is_shown());
    let files = |row: &&GroupRow| -> BTreeSet<&'a str> {
        let mine = season.headline().filter(|sent| sent.groups.get(&row.by) == row.group.as_ref());
        mine.map(|sent| sent.review.file.as_str()).collect()
    };
    let rest: BTreeSet<&str> = hidden.iter().flat_map(files).collect();
    shown.iter().map(files).chain([rest].into_iter().filter(|rest| !rest.is_empty())).collect()
}

/// Returns all unions of some sets.
fn unions<'a>(sets: &[BTreeSet<&'a str>]) -> Vec<BTreeSet<&'a str>> {
    let chosen = |choice: usize| sets.iter().enumerate().filter(move |(place, _)| choice >> place & 1 == 1);
    (0..1_usize << sets.len()).map(|choice| chosen(choice).flat_map(|(_, set)| set.iter().copied()).collect()).collect()
}

/// Returns a season whose roster has regions, and nations that regions lie in but for some organisations.
fn nested(organisations: usize, seed: u64) -> Season<'static> {
    let mut dice = sample::Dice::new(seed);
    let mut roster = Roster::default();
    for number in 0..organisations {
        let region = dice.below(6);
        let nation = if dice.below(12) == 0 { 3 } else { region / 2 };
        let columns = [("region", format!("Region {region}")), ("nation", format!("Nation {nation}"))];
        let columns = columns.into_iter().map(|(column, group)| (column.to_owned(), group)).collect();
        let organisation = format!("Organisation {:02}", number + 1);
        roster.add(Expected { organisation, kinds: Vec::new(), columns });
    }
    let surroundings = Surroundings { roster: Some(roster), ..Surroundings::default() };
    Season::new(&*FRAMEWORKS, surroundings, sample::reviews(&FRAMEWORKS[0], organisations, seed))
}

#[test]
fn groupings_within_each_other_tell_of_no_few_returns_together() {
    let (mut both, mut withheld) = (0, 0);
    for seed in 1..25 {
        let season = nested(30 + usize::try_from(seed * 4).unwrap(), seed);
        let published = Statistics::published(&season).unwrap();
        let framework = &published.frameworks[0];
        let [regions, nations] = ["region", "nation"].map(|by| told_of(&season, framework, by));
        if regions.is_empty() || nations.is_empty() {
            withheld += 1;
            continue;
        }
        both += 1;
        for (one, other) in
            unions(&regions).iter().flat_map(|one| unions(&nations).into_iter().map(move |other| (one, other)))
        {
            let apart = one.symmetric_difference(&other).count();
            assert!(!(1..5).contains(&apart), "{seed}: {apart} are told apart");
        }
        let counted = framework.groups.iter().filter(|row| !row.outcomes.is_empty());
        assert!(counted.map(|row| &row.by).collect::<BTreeSet<_>>().len() <= 1);
    }
    assert!(both > 0 && withheld > 0, "{both} with both groupings, {withheld} with one");
}

#[test]
fn counts_of_change_are_not_published_where_few_are_new_or_gone_and_totals_without_some() {
    let reviews = |from: usize, to: usize, seed| {
        let all = sample::reviews(&FRAMEWORKS[0], 40, seed);
        let wanted: Vec<String> = (from..to).map(|number| format!("Organisation {:02}", number + 1)).collect();
        let is_wanted = |review: &Review| review.organisation.as_ref().is_some_and(|name| wanted.contains(name));
        all.into_iter().filter(is_wanted).collect::<Vec<Review>>()
    };
    for (before, now, shown) in [
        ((0, 30), (0, 30), true),
        ((0, 30), (0, 31), false),
        ((0, 30), (0, 34), false),
        ((0, 30), (0, 36), true),
        ((0, 31), (0, 30), false),
        ((0, 36), (0, 30), true),
        ((0, 36), (1, 37), false),
    ] {
        let last = Season::new(&*FRAMEWORKS, Surroundings::default(), reviews(before.0, before.1, 3));
        let surroundings = Surroundings { previous: Some(SeasonRecord::of(&last)), ..Surroundings::default() };
        let season = Season::new(&*FRAMEWORKS, surroundings, reviews(now.0, now.1, 4));
        let published = Statistics::published(&season).unwrap();
        let change = published.frameworks[0].change.as_ref().unwrap();
        assert_eq!(change.better.is_shown(), shown, "{before:?} {now:?}");
        // With others left out by lot totals tell of more than few.
        let rest = change.matched - change.left_out;
        assert!(change.totals.mean.is_shown() && change.totals.n <= rest, "{before:?} {now:?}");
        assert_eq!(change.left_out > 0, !shown, "{before:?} {now:?}");
    }
}

/// Takes the answer to criterion 2.1 out of the returns of the first organisations.
fn without_one_answer(reviews: &mut [Review], organisations: usize) {
    let names: Vec<String> = (0..organisations).map(|number| format!("Organisation {:02}", number + 1)).collect();
    let is_meant = |review: &&mut Review| review.organisation.as_ref().is_some_and(|name| names.contains(name));
    for review in reviews.iter_mut().filter(is_meant) {
        without_answer(review, "2.1", "2");
    }
}

/// Takes an answer to a criterion out of a return, with what follows from it.
fn without_answer(review: &mut Review, criterion: &str, section: &str) {
    review.answers.iter_mut().filter(|answer| answer.id == *criterion).for_each(|answer| answer.points = None);
    review.sections.iter_mut().filter(|of| of.id == *section).for_each(|of| (of.percent, of.score) = (None, None));
    review.outcome.as_mut().unwrap().total = None;
}

/// Returns the complete returns of organisations numbered so, made up.
fn whole(numbers: std::ops::Range<usize>, seed: u64) -> Vec<Review> {
    let is_whole = |review: &Review| review.outcome.as_ref().is_some_and(|outcome| outcome.total.is_some());
    let all: Vec<Review> = sample::reviews(&FRAMEWORKS[0], 200, seed).into_iter().filter(is_whole).collect();
    let named = |(number, mut review): (usize, Review)| {
        review.organisation = Some(format!("Organisation {:02}", number + 1));
        review
    };
    all.into_iter().take(numbers.end).enumerate().skip(numbers.start).map(named).collect()
}

#[test]
fn change_by_criterion_less_change_by_section_or_of_the_total_tells_of_no_few() {
    let mut told = 0;
    for seed in 1..9 {
        // One organisation that is compared is open in a section then, as are many that are gone now, while many are new.
        let mut then = whole(0..60, seed);
        then[50..].iter_mut().for_each(|review| without_answer(review, "1.2", "1"));
        without_answer(&mut then[0], "1.2", "1");
        let mut now = whole(0..70, seed + 40);
        now.drain(50..60);
        let last = Season::new(&*FRAMEWORKS, Surroundings::default(), then);
        let surroundings = Surroundings { previous: Some(SeasonRecord::of(&last)), ..Surroundings::default() };
        let season = Season::new(&*FRAMEWORKS, surroundings, now);
        let change = Statistics::published(&season).unwrap().frameworks.remove(0).change.unwrap();
        let are_few = |one: &Spread, other: &Spread| {
            one.mean.is_shown() && other.mean.is_shown() && (1..5).contains(&one.n.abs_diff(other.n))
        };
        for section in &change.sections {
            let spec = FRAMEWORKS[0].section(&section.section).unwrap();
            assert!(!are_few(&section.difference, &change.totals), "{seed}: {}", section.section);
            for row in change.criteria.iter().filter(|row| spec.holds(&row.criterion)) {
                assert!(!are_few(&row.difference, &section.difference), "{seed}: {}", row.criterion);
                assert!(!are_few(&row.difference, &change.totals), "{seed}: {}", row.criterion);
                told += usize::from(row.difference.mean.is_shown());
            }
        }
    }
    assert!(told > 0);
}

#[test]
fn change_of_a_part_tells_of_no_few_who_answered_it_one_time_only() {
    for (then, now, organisations) in
        [(0, 0, 40), (3, 3, 40), (0, 1, 40), (1, 0, 40), (0, 4, 40), (0, 6, 40), (4, 4, 60), (0, 1, 13), (0, 1, 11)]
    {
        let reviews = |seed, blanks| {
            let mut reviews = sample::reviews(&FRAMEWORKS[0], organisations, seed);
            reviews.retain(|review| review.outcome.as_ref().is_some_and(|outcome| outcome.total.is_some()));
            without_one_answer(&mut reviews, blanks);
            reviews
        };
        let last = Season::new(&*FRAMEWORKS, Surroundings::default(), reviews(3, then));
        let surroundings = Surroundings { previous: Some(SeasonRecord::of(&last)), ..Surroundings::default() };
        let season = Season::new(&*FRAMEWORKS, surroundings, reviews(4, now));
        let [before, published] =
            [&last, &season].map(|season| Statistics::published(season).unwrap().frameworks.remove(0));
        let change = published.change.as_ref().unwrap();
        let all = |of: &FrameworkStatistics| {
            let totals = of.total().map(|row| ("total".to_owned(), row.spread.mean.n));
            let sections = of.sections.iter().map(|row| (row.section.clone(), row.percent.mean.n));
            let criteria = of.criteria.iter().map(|row| (row.criterion.clone(), row.mean.n));
            totals.into_iter().chain(sections).chain(criteria).collect::<BTreeMap<String, usize>>()
        };
        let (then_all, now_all) = (all(&before), all(&published));
        let sections = change.sections.iter().map(|row| (row.section.as_str(), &row.difference));
        let criteria = change.criteria.iter().map(|row| (row.criterion.as_str(), &row.difference));
        let parts: Vec<(&str, &Spread)> =
            [("total", &change.totals)].into_iter().chain(sections).chain(criteria).collect();
        for (part, compared) in parts.iter().filter(|(_, compared)| compared.mean.is_shown()) {
            for whole in [then_all[*part], now_all[*part]] {
                let rest = whole - compared.mean.n;
                assert!(rest == 0 || rest >= 5, "{then} then, {now} now of {organisations}: {part} leaves {rest}");
            }
        }
        for (part, compared) in parts {
            // What isn't told of one of the seasons has no change, nor what all but few of few changed alike.
            let is_told = organisations > 11 && then_all[part] > 0 && now_all[part] > 0;
            let is_of_few = organisations < 40;
            let is_shown = compared.mean.is_shown();
            assert!(
                is_shown == is_told || (is_of_few && !is_shown),
                "{then} then, {now} now of {organisations}: {part}"
            );
        }
    }
}

#[test]
fn outcomes_of_two_seasons_are_not_published_where_those_of_few_are_the_rest() {
    let mut told = [0, 0];
    let last = Season::new(&*FRAMEWORKS, Surroundings::default(), sample::reviews(&FRAMEWORKS[0], 40, 3));
    let last = SeasonRecord::of(&last);
    for seed in 1..30 {
        let surroundings = Surroundings { previous: Some(last.clone()), ..Surroundings::default() };
        let season = Season::new(&*FRAMEWORKS, surroundings, sample::reviews(&FRAMEWORKS[0], 60, seed));
        let published = Statistics::published(&season).unwrap();
        let framework = &published.frameworks[0];
        let rows = &framework.change.as_ref().unwrap().outcomes;
        let shown: Vec<f64> = rows
            .iter()
            .filter_map(|row| Some(framework.outcome(&row.band)?.share.count.value? - row.now.value?))
            .collect();
        assert!(shown.iter().all(|rest| *rest == 0.0 || *rest >= 5.0), "{shown:?}");
        // Whose outcome is new would be known where all but few of the new have one.
        let (all, most) = (shown.iter().sum::<f64>(), shown.iter().copied().fold(0.0, f64::max));
        assert!(all == 0.0 || all - most >= 5.0, "{shown:?}");
        told[usize::from(shown.is_empty())] += 1;
    }
    assert!(told[0] > 0 && told[1] > 0, "{told:?}");
}

/// Whether exactly one of several parts of a shown whole is hidden, which is then the whole less the others.
fn gives_one_away<'a>(whole_is_shown: bool, parts: impl Iterator<Item = &'a AgreementRow>) -> bool {
    whole_is_shown && parts.filter(|row| !row.exact.is_shown()).count() == 1
}

#[test]
fn no_hidden_row_of_agreement_is_the_rest_of_a_shown_one() {
    let check = |statistics: &FrameworkStatistics, framework: &Framework| {
        let Some(agreement) = &statistics.agreement else { return };
        assert!(!gives_one_away(agreement.overall.exact.is_shown(), agreement.sections.iter()));
        for section in &framework.sections {
            let own = agreement.section(&section.id);
            let ids: Vec<&str> = section.criteria.iter().map(|criterion| criterion.id.as_str()).collect();
            let mine = agreement.criteria.iter().filter(|row| row.about.as_deref().is_some_and(|id| ids.contains(&id)));
            assert!(!gives_one_away(own.is_some_and(|row| row.exact.is_shown()), mine), "{}", section.id);
        }
    };
    over_seasons(|season, statistics, _| statistics.frameworks.iter().for_each(|of| check(of, &season.frameworks[0])));
}

#[test]
fn nothing_is_published_of_a_framework_where_one_of_few_could_subtract_itself() {
    let frameworks = [sample::usual()];
    for (organisations, k, shown) in [(1, 5, false), (5, 5, false), (6, 5, true), (2, 1, true), (1, 1, true)] {
        let season = season(&frameworks, organisations, 5, k);
        let published = Statistics::published(&season).unwrap();
        assert_eq!(!published.frameworks.is_empty(), shown, "{organisations} with k = {k}");
        assert_eq!(Statistics::of_season(&season).unwrap().frameworks.len(), 1, "the team has all");
    }
}

#[test]
fn the_team_sees_all_of_organisations() {
    for organisations in [3, 20] {
        let frameworks = [sample::usual()];
        let season = season(&frameworks, organisations, 5, 5);
        let statistics = Statistics::of_season(&season).unwrap();
        let framework = &statistics.frameworks[0];
        let (change, trend) = (framework.change.as_ref().unwrap(), framework.trend.as_ref().unwrap());
        assert!(change.chance.state() != FigureState::Hidden, "{:?}", change.chance);
        assert_eq!(trend.seasons.len(), 4);
        assert!(trend.seasons.iter().all(|point| point.median.is_shown()), "{trend:?}");
        assert!(framework.groups.iter().all(|row| row.returns.is_shown()), "{:?}", framework.groups);
        let hidden: Vec<String> = statistics.hidings.iter().map(ToString::to_string).collect();
        assert!(hidden.iter().all(|id| id.contains("/measure/")), "{hidden:?}");
    }
}

/// Returns the truth of how many organisations have each outcome, in the order of the bands.
fn bands_of(bands: &[&str]) -> Statistics {
    let frameworks = [sample::usual()];
    let answers = |band: &str| -> Vec<Option<u32>> {
        let points = match band {
            "excellent" => 2,
            "none" => 0,
            _good => 1,
        };
        (0..12).map(|at| Some(if points == 1 && at < 4 { 2 } else { points })).collect()
    };
    let review = |(number, band): (usize, &&str)| {
        sample::review(&frameworks[0], &format!("Organisation {number:02}"), "Self-assessment", &answers(band))
    };
    let reviews = bands.iter().enumerate().map(review).collect();
    Statistics::published(&Season::new(&frameworks, Surroundings::default(), reviews)).unwrap()
}

#[test]
fn outcomes_are_not_published_where_one_could_tell_what_all_others_came_to() {
    let cases = [
        (vec!["good"; 12], false),
        ([vec!["good"; 11], vec!["none"]].concat(), false),
        ([vec!["good"; 10], vec!["none"; 2]].concat(), false),
        ([vec!["good"; 10], vec!["none"; 4]].concat(), false),
        ([vec!["good"; 10], vec!["none"; 5]].concat(), true),
        ([vec!["good"; 10], vec!["none"; 2], vec!["excellent"; 3]].concat(), true),
    ];
    for (bands, shown) in cases {
        let published = bands_of(&bands);
        let outcomes = &published.frameworks[0].outcomes;
        let are_shown = outcomes.iter().filter(|row| row.band != INCOMPLETE).all(|row| row.share.count.is_shown());
        assert_eq!(are_shown, shown, "{bands:?}");
    }
}
