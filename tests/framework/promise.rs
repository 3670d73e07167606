//! What a return is promised for better answers is what it comes to with them: the shipped packs, over the samples' season and over
//! answers at random.

use std::collections::BTreeMap;

use proptest::prelude::*;

use scrutineer::exact::Exact;
use scrutineer::framework::{Framework, Grades, builtin};
use scrutineer::layout::Recogniser;
use scrutineer::ooxml::Limits;
use scrutineer::outcome::{Outcome, Route, score};
use scrutineer::returns::{Entry, Grading, Reading, Return, Standing};
use scrutineer::review::sent;
use scrutineer::workbook::{Source, read};

use crate::house::{at, files_below};

/// Returns the answer that counts so many points.
fn grading(framework: &Framework, criterion: &scrutineer::framework::Criterion, points: &Exact) -> Entry<Grading> {
    let named = match &framework.scale(criterion).grades {
        Grades::Listed(grades) => grades.iter().find(|grade| grade.points.as_ref() == Some(points)),
        Grades::Range { .. } => None,
    };
    let grade = named.map_or_else(|| points.to_string(), |grade| grade.id.clone());
    Entry::unplaced(Reading::Given(Grading { grade, points: Some(points.clone()), standing: Standing::Counts }))
}

/// Returns a return with the answers that a route asks for.
fn changed(framework: &Framework, before: &Return, route: &Route) -> Return {
    let mut after = before.clone();
    for criterion in framework.criteria() {
        if let Some(step) = route.step(&criterion.id) {
            let key = (before.counts.clone(), criterion.id.clone());
            after.answers.insert(key, grading(framework, criterion, &step.to));
        }
    }
    for measure in framework.measures() {
        if let Some(step) = route.step(&measure.id) {
            let points = Entry::unplaced(Reading::Given(step.to.clone()));
            after.points.insert((before.counts.clone(), measure.id.clone()), points);
        }
    }
    after
}

/// Returns the routes of an outcome with the bands that the changed return comes to: the whole's, and those of its parts.
fn promises(framework: &Framework, sent: &Return) -> Vec<(String, Option<String>)> {
    let of = |outcome: &Outcome| -> BTreeMap<String, (Option<Route>, Option<String>)> {
        let band = |award: &scrutineer::outcome::Award| {
            (award.next.clone(), award.band.as_ref().map(|band| band.as_str().to_owned()))
        };
        let parts = outcome.grades.iter().map(|part| (format!("{:?} {:?}", part.grade, part.of), band(&part.award)));
        parts.chain([("the whole".to_owned(), band(&outcome.award))]).collect()
    };
    let before = of(&score(framework, sent, &sent.counts));
    let reachable = before.into_iter().filter_map(|(part, (route, _))| Some((part, route?)));
    let told = reachable.filter(|(_, route)| route.impossible.is_none()).map(|(part, route)| {
        let after = of(&score(framework, &changed(framework, sent, &route), &sent.counts));
        (route.band.as_str().to_owned(), after[&part].1.clone())
    });
    told.collect()
}

#[test]
fn the_samples_season_is_promised_what_comes_out() {
    let frameworks = builtin::all();
    let recogniser = Recogniser::new(&frameworks);
    let mut promised = 0;
    for file in
        files_below(&at("samples/season")).iter().filter(|file| file.extension().is_some_and(|end| end != "csv"))
    {
        let source = Source::new(file.display().to_string(), std::fs::read(file).unwrap());
        let Ok(workbook) = read(&source, &Limits::default()) else { continue };
        let text = scrutineer::layout::WorkbookText::new(&workbook);
        let scrutineer::layout::Recognition::Fits(framework) = recogniser.recognise(None, &text) else { continue };
        for (told, comes_out) in promises(framework, &sent(framework, &workbook)) {
            promised += 1;
            assert_eq!(comes_out, Some(told), "{}", file.display());
        }
    }
    assert!(promised > 5, "{promised}");
}

/// Returns a return of a framework whose answers go by these numbers, best for the highest.
fn answered(framework: &Framework, numbers: &[u8], good: u8) -> Return {
    let mut sent = Return::empty(framework.raters[0].id.clone());
    let mut numbers = numbers.iter().cycle();
    let mut pick = |many: usize| {
        let number = *numbers.next().unwrap();
        if number <= good { many - 1 } else { usize::from(number) % many }
    };
    for criterion in framework.criteria() {
        let scale = framework.scale(criterion);
        let mut points: Vec<Exact> = match &scale.grades {
            Grades::Listed(grades) => grades.iter().filter_map(|grade| grade.points.clone()).collect(),
            Grades::Range { minimum, maximum, .. } => vec![minimum.clone(), maximum.clone()],
        };
        points.sort();
        let points = points[pick(points.len())].clone();
        sent.answers.insert((sent.counts.clone(), criterion.id.clone()), grading(framework, criterion, &points));
    }
    for measure in framework.measures() {
        let points = measure
            .lookup
            .as_ref()
            .map_or_else(|| vec![Exact::zero(), measure.maximum.clone()], scrutineer::framework::Lookup::reachable);
        let points = Entry::unplaced(Reading::Given(points[pick(points.len())].clone()));
        sent.points.insert((sent.counts.clone(), measure.id.clone()), points);
    }
    sent
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shipped_packs_promise_what_comes_out(
        numbers in proptest::collection::vec(any::<u8>(), 211),
        good in prop_oneof![Just(40_u8), Just(200), Just(245), Just(253)],
    ) {
        for framework in builtin::all() {
            for (told, comes_out) in promises(&framework, &answered(&framework, &numbers, good)) {
                prop_assert_eq!(comes_out, Some(told), "{}", framework.id);
            }
        }
    }
}
