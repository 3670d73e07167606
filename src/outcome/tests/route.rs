//! The way to the next band is the cheapest, by trying all of them.

use proptest::prelude::*;

use super::*;
use crate::outcome::{Route, RouteStep};

/// Returns a route's changes as `id from→to`.
fn told(route: &Route) -> Vec<String> {
    route.steps.iter().map(|RouteStep { id, from, to }| format!("{id} {from}→{to}")).collect()
}

#[test]
fn a_gate_is_met_before_the_total() {
    let outcome = seqf::seqf(&seqf::scheme(), [20, 28, 27, 20, 29, 16], ["6", "4", "5", "5", "6"]);
    let next = outcome.award.next.unwrap();
    assert_eq!((next.band.as_str(), next.impossible.as_deref()), ("excellent", None));
    assert_eq!(told(&next), ["A 6→10"]);
}

#[test]
fn the_way_up_mixes_sections_by_what_they_add() {
    // 2.4375 points are missing; 1.1, 1.4 and the measures add 3/4 a step or a lookup step, the others less.
    let outcome = seqf::seqf(&seqf::scheme(), [18, 25, 24, 18, 27, 14], ["8", "8", "4", "4", "8"]);
    assert_eq!(outcome.award.total, Some(exact("87.5")));
    let next = outcome.award.next.unwrap();
    let added: usize =
        next.steps.iter().map(|step| usize::try_from((&step.to - &step.from).to_whole().unwrap()).unwrap()).sum();
    assert_eq!(next.steps.len(), 2, "{:?}", told(&next));
    assert!(added >= 4, "{:?}", told(&next));
}

#[test]
fn a_gate_on_single_scores_names_them() {
    let mut grades = ["4"; 13];
    grades[4] = "1";
    grades[9] = "1";
    let next = scored(&code_of_practice::scheme(), &grades).award.next.unwrap();
    assert_eq!((next.band.as_str(), told(&next)), ("exceeding", vec!["T2 1→2".to_owned(), "I2 1→2".to_owned()]));
}

#[test]
fn the_best_band_has_no_way_up() {
    assert!(scored(&code_of_practice::scheme(), &["4"; 13]).award.next.is_none());
}

#[test]
fn what_answers_cannot_change_makes_a_band_impossible() {
    let mut scheme = small(&[2, 2]);
    scheme.outcome.gates = vec![gate("paid", "field.data_date is given", "no data date is stated")];
    scheme.outcome.bands = vec![band("good", "9", &["paid"]), band("poor", "", &[])];
    scheme.fields = vec![data_date_field()];
    let next = scored(&scheme, &["0"; 4]).award.next.unwrap();
    let why =
        "even with every answer at its best, the total is 8.0 points, and good needs 9 or more; no data date is stated";
    assert_eq!((next.steps.len(), next.impossible.as_deref()), (0, Some(why)));
}

/// Returns a scheme of sections A, B, … with so many criteria scored 0 to 2.
fn small(sections: &[usize]) -> Framework {
    let mut scheme = framework("sum('all')");
    scheme.scales.insert("two".into(), points_scale(&["0", "1", "2"], Better::Higher));
    scheme.scales.insert("uneven".into(), points_scale(&["0", "5", "6", "9"], Better::Higher));
    scheme.sections = ["A", "B", "C"].iter().zip(sections).map(|(id, count)| section(id, *count, "two")).collect();
    scheme
}

/// Returns the cost of the cheapest way to a band or a better one, by trying all answers.
fn by_trying(scheme: &Framework, now: &[&str], target: usize) -> Option<(usize, usize)> {
    let ladders: Vec<Vec<String>> = scheme
        .criteria()
        .map(|criterion| match &scheme.scale(criterion).grades {
            Grades::Listed(grades) => grades.iter().map(|grade| grade.id.clone()).collect(),
            Grades::Range { .. } => Vec::new(),
        })
        .collect();
    let mut cheapest: Option<(usize, usize)> = None;
    let mut levels = vec![0; ladders.len()];
    loop {
        let above = |item: usize| levels[item] >= place(&ladders[item], now[item]);
        if (0..levels.len()).all(above) {
            let grades: Vec<&str> =
                levels.iter().zip(&ladders).map(|(level, ladder)| ladder[*level].as_str()).collect();
            let outcome = without_route(scheme, &grades);
            if outcome.is_some_and(|band| band <= target) {
                let steps = (0..levels.len()).map(|item| levels[item] - place(&ladders[item], now[item]));
                let cost = (steps.clone().sum(), steps.filter(|steps| *steps > 0).count());
                cheapest = Some(cheapest.map_or(cost, |lowest| lowest.min(cost)));
            }
        }
        let Some(item) = (0..levels.len()).find(|item| levels[*item] + 1 < ladders[*item].len()) else {
            return cheapest;
        };
        levels[item] += 1;
        levels[..item].fill(0);
    }
}

/// Returns the number of the band of a complete return.
fn without_route(scheme: &Framework, grades: &[&str]) -> Option<usize> {
    let band = scored(scheme, grades).award.band?;
    scheme.place_of_band(&band)
}

/// Returns the place of a grade on its ladder.
fn place(ladder: &[String], grade: &str) -> usize {
    ladder.iter().position(|other| other == grade).unwrap()
}

/// Holds a scheme's routes to the cheapest found by trying.
fn is_cheapest(scheme: &Framework, grades: &[&str]) -> Result<(), TestCaseError> {
    let outcome = scored(scheme, grades);
    let Some(current) = outcome.award.band.as_ref().and_then(|band| scheme.place_of_band(band)) else {
        return Ok(());
    };
    let Some(next) = outcome.award.next else {
        prop_assert_eq!(current, 0);
        return Ok(());
    };
    let Some(cheapest) = by_trying(scheme, grades, current - 1) else {
        prop_assert!(next.impossible.is_some() && next.steps.is_empty());
        return Ok(());
    };
    let cost_of = |step: &RouteStep| {
        let criterion = scheme.criterion(&step.id).unwrap();
        let Grades::Listed(grades) = &scheme.scale(criterion).grades else { return 0 };
        let at = |points: &Exact| grades.iter().position(|grade| grade.points.as_ref() == Some(points)).unwrap();
        at(&step.to) - at(&step.from)
    };
    let cost = (next.steps.iter().map(cost_of).sum::<usize>(), next.steps.len());
    prop_assert_eq!(cost, cheapest, "{:?} from {:?}", told(&next), grades);
    let mut changed: Vec<String> = grades.iter().map(|grade| (*grade).to_owned()).collect();
    for (criterion, grade) in scheme.criteria().zip(&mut changed) {
        if let Some(step) = next.step(&criterion.id) {
            *grade = step.to.to_string();
        }
    }
    let changed: Vec<&str> = changed.iter().map(String::as_str).collect();
    let comes_to = scored(scheme, &changed).award.band;
    prop_assert!(comes_to.as_ref().and_then(|band| scheme.place_of_band(band)).is_some_and(|band| band < current));
    prop_assert_eq!(comes_to, Some(next.band), "promised for {:?}", changed);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sums_and_gates_are_reached_cheapest(
        levels in proptest::collection::vec(0..3_usize, 6),
        least in 5..12_i32,
        within in 1..5_i32,
    ) {
        let mut scheme = small(&[3, 3]);
        scheme.outcome.gates = vec![
            gate("b", &format!("sum('B') >= {within}"), "B"),
            gate("low", "count_at('all', 0) <= 1 and lowest('A') > 0", "low"),
        ];
        scheme.outcome.bands = vec![
            band("top", &(least + 1).to_string(), &["b", "low"]),
            band("good", &least.to_string(), &["b"]),
            band("poor", "", &[]),
        ];
        let grades: Vec<&str> = levels.iter().map(|level| ["0", "1", "2"][*level]).collect();
        is_cheapest(&scheme, &grades)?;
    }

    #[test]
    fn weights_and_uneven_steps_are_reached_cheapest(
        two in proptest::collection::vec(0..3_usize, 3),
        uneven in proptest::collection::vec(0..4_usize, 3),
        least in 30..95_i32,
    ) {
        let mut scheme = small(&[3, 3]);
        for (section, weight) in scheme.sections.iter_mut().zip(["0.3", "0.7"]) {
            section.weight = Some(exact(weight));
        }
        for criterion in &mut scheme.sections[1].criteria {
            criterion.scale = "uneven".into();
        }
        scheme.outcome.total = expression("weighted_percentage()");
        scheme.values = vec![value("b", "score('B1') + score('B2')")];
        scheme.outcome.gates = vec![gate("b", "b > 6 or not (sum('A') < 5)", "b is {{ b }}")];
        scheme.outcome.bands = vec![band("good", &least.to_string(), &["b"]), band("poor", "", &[])];
        let grades = two.iter().map(|level| ["0", "1", "2"][*level]);
        let grades: Vec<&str> = grades.chain(uneven.iter().map(|level| ["0", "5", "6", "9"][*level])).collect();
        is_cheapest(&scheme, &grades)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn gates_of_any_bands_promise_what_comes_out(
        levels in proptest::collection::vec(0..3_usize, 6),
        gates in proptest::collection::vec(0..8_usize, 3),
        limits in proptest::collection::vec(0..12_i32, 3),
        mode in prop_oneof![Just(Mode::Cascade), Just(Mode::Literal)],
    ) {
        let mut scheme = small(&[3, 3]);
        scheme.outcome.mode = mode;
        let conditions = ["sum('B') >= 4", "count_at('all', 0) <= 1", "lowest('A') > 0"];
        let named = ["x", "y", "z"];
        scheme.outcome.gates = named.iter().zip(conditions).map(|(id, holds)| gate(id, holds, id)).collect();
        let mut limits = limits;
        limits.sort_unstable_by(|a, b| b.cmp(a));
        let titles = ["top", "good", "fair"].iter().zip(limits).zip(gates);
        scheme.outcome.bands = titles.map(|((title, limit), gates)| {
            let gates: Vec<&str> = (0..3).filter(|bit| gates >> bit & 1 == 1).map(|bit| named[bit]).collect();
            band(title, &limit.to_string(), &gates)
        }).collect();
        scheme.outcome.bands.push(band("poor", "", &[]));
        let grades: Vec<&str> = levels.iter().map(|level| ["0", "1", "2"][*level]).collect();
        keeps_its_promise(&scheme, &grades)?;
    }
}

/// Holds a scheme to what it says that changes come to.
fn keeps_its_promise(scheme: &Framework, grades: &[&str]) -> Result<(), TestCaseError> {
    let Some(next) = scored(scheme, grades).award.next.filter(|next| next.impossible.is_none()) else { return Ok(()) };
    let answer = |(criterion, now): (&Criterion, &&str)| {
        next.step(&criterion.id).map_or_else(|| (*now).to_owned(), |step| step.to.to_string())
    };
    let changed: Vec<String> = scheme.criteria().zip(grades).map(answer).collect();
    let changed: Vec<&str> = changed.iter().map(String::as_str).collect();
    prop_assert_eq!(scored(scheme, &changed).award.band, Some(next.band), "{:?} to {:?}", grades, changed);
    Ok(())
}

#[test]
fn equal_ways_change_what_comes_first() {
    let mut scheme = small(&[2, 2]);
    scheme.outcome.bands = vec![band("good", "3", &[]), band("poor", "", &[])];
    let next = scored(&scheme, &["0"; 4]).award.next.unwrap();
    assert_eq!(told(&next), ["A1 0→2", "A2 0→1"]);
}

#[test]
fn what_is_no_sum_is_still_reached() {
    let mut scheme = small(&[2, 2]);
    scheme.outcome.total = expression("min(sum('A'), sum('B'))");
    scheme.outcome.bands = vec![band("good", "3", &[]), band("poor", "", &[])];
    let next = scored(&scheme, &["0"; 4]).award.next.unwrap();
    assert_eq!(told(&next).len(), 4);
    assert_eq!(next.impossible, None);
}
