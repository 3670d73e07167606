//! A bundle's interval holds every way in which its members' returns can come out, and its ends come out where they are said to.

use proptest::prelude::*;

use super::known::{Known, Members};
use super::{Bundled, together};
use crate::exact::Exact;
use crate::framework::expression::Quantity;
use crate::framework::sample::{band, expression, framework};
use crate::framework::{Framework, Gate, Member, NamedValue, OutcomeSpec};
use crate::outcome::Ends;

/// Returns the outcome of a member: good from 8 on, fair from 5 on, else poor.
fn of_member() -> OutcomeSpec {
    let mut spec = framework("score('all')").outcome;
    spec.bands = vec![band("good", "8", &[]), band("fair", "5", &[]), band("poor", "0", &[])];
    spec
}

/// Returns a return of which the total lies between two ends.
fn known(least: i64, most: i64) -> Known {
    let spec = of_member();
    let place = |total: i64| {
        spec.bands.iter().position(|band| band.at_least.as_ref().is_some_and(|at| *at <= Exact::from(total)))
    };
    let bands = place(most).zip(place(least)).map(|(best, worst)| best..=worst);
    let bands = bands.into_iter().flatten().map(|number| spec.bands[number].id.as_str().into());
    let known = Known {
        band: Quantity::one_of(bands),
        total: Quantity::between(Exact::from(least).into(), Exact::from(most).into()),
        ends: Ends::Reached,
        ..Known::sent("return".to_owned())
    };
    known.in_pieces(&spec)
}

/// Returns a bundle of two members, one of one return and one of several.
fn bundle(total: &str, gates: [&str; 2]) -> Framework {
    let member = |id: &str| Member { id: id.to_owned(), title: None, framework: "member".into(), kind: None, least: 1 };
    let gate = |(id, holds): (&str, &str)| Gate {
        id: id.into(),
        title: id.to_owned(),
        holds: expression(holds),
        why: String::new(),
    };
    let mut bundle = framework(total);
    bundle.members = vec![member("one"), member("many")];
    bundle.outcome.gates = ["first", "second"].into_iter().zip(gates).map(gate).collect();
    bundle.outcome.bands =
        vec![band("best", "20", &["first", "second"]), band("middle", "12", &["second"]), band("last", "0", &[])];
    if total == "none" {
        bundle.outcome.bands.iter_mut().for_each(|band| band.at_least = None);
    }
    bundle
}

#[test]
fn an_open_condition_names_the_returns_that_it_asks_for_and_each_once() {
    let called = |known: Known, called: &str| Known { called: called.to_owned(), ..known };
    let awaited = || called(Known { is_awaited: true, ..known(0, 10) }, "survey, of which 2 more are wanted");
    let bundle = bundle("total_of('one')", ["outcome_of('one') == 'good'", "worst >= 5"]);
    let bundle = Framework {
        values: vec![NamedValue {
            name: "worst".to_owned(),
            title: "Worst".to_owned(),
            value: expression("lowest_of('many')"),
        }],
        ..bundle
    };
    let members = [
        ("one".to_owned(), vec![called(known(4, 9), "check.xlsx")]),
        (
            "many".to_owned(),
            vec![called(known(6, 6), "first.xlsx"), called(known(6, 9), "second.xlsx"), awaited(), awaited()],
        ),
    ];
    let bundled = together(&bundle, &Members(members.into_iter().collect()));
    let why: Vec<&str> = bundled.award.gates.iter().map(|gate| gate.why.as_str()).collect();
    assert_eq!(
        why,
        [
            "it can't be told yet: check.xlsx is open",
            "it can't be told yet: second.xlsx and survey, of which 2 more are wanted are open",
        ]
    );
}

/// Returns bundles that ask for totals, for bands, and for both.
fn bundles() -> Vec<Framework> {
    let of_totals = ["lowest_of('many') >= 5", "total_of('one') - highest_of('many') >= 0 - 4"];
    let of_bands = ["outcome_of('one') == 'good'", "count_outcome('many', 'good', 'fair') >= 2"];
    let of_shares = ["outcome_of('one') != 'poor'", "returns_share('many', 'poor') <= 1 / 3"];
    let sum = "total_of('one') + sum_of('many')";
    vec![
        bundle(sum, of_totals),
        bundle("none", of_bands),
        bundle(sum, of_bands),
        bundle("total_of('one') * 2 + 10 - mean_of('many')", of_shares),
    ]
}

/// Returns what a bundle comes to by ranges of totals.
fn of_ranges(bundle: &Framework, ranges: &[(i64, i64)]) -> Bundled {
    let returns: Vec<Known> = ranges.iter().map(|(least, most)| known(*least, *most)).collect();
    let (one, many) = returns.split_first().unwrap();
    together(bundle, &Members([("one".to_owned(), vec![one.clone()]), ("many".to_owned(), many.to_vec())].into()))
}

/// Returns each way to choose a total from ranges.
fn each_way(ranges: &[(i64, i64)]) -> Vec<Vec<(i64, i64)>> {
    let more = |ways: Vec<Vec<(i64, i64)>>, (least, most): &(i64, i64)| {
        let longer = ways.iter().flat_map(|way| (*least..=*most).map(|total| [&way[..], &[(total, total)]].concat()));
        longer.collect()
    };
    ranges.iter().fold(vec![Vec::new()], more)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_can_become_of_a_bundle_holds_every_way(
        ranges in proptest::collection::vec((0_i64..=10, 0_i64..=5), 2..=4),
        which in 0_usize..4,
    ) {
        let ranges: Vec<(i64, i64)> = ranges.iter().map(|(least, more)| (*least, (least + more).min(10))).collect();
        let bundle = &bundles()[which];
        let whole = of_ranges(bundle, &ranges).award;
        let ways: Vec<_> = each_way(&ranges).iter().map(|way| of_ranges(bundle, way).award).collect();
        if bundle.outcome.has_total() {
            let totals: Vec<Exact> = ways.iter().map(|award| award.total.clone().unwrap()).collect();
            let (least, most) = (totals.iter().min().unwrap(), totals.iter().max().unwrap());
            let bounds = whole.bounds.unwrap();
            prop_assert!(bounds.lowest <= *least && *most <= bounds.highest, "{bounds:?} {least} {most}");
            if whole.ends.are_reached() {
                prop_assert_eq!((&bounds.lowest, &bounds.highest), (least, most));
            }
        }
        let place = |id: &str| bundle.place_of_band(id).unwrap();
        let bands: Vec<usize> = ways.iter().map(|award| place(award.band.as_ref().unwrap())).collect();
        let ends = whole.band_bounds.unwrap();
        let (best, worst) = (place(&ends.highest), place(&ends.lowest));
        prop_assert!(bands.iter().all(|band| (best..=worst).contains(band)), "{ends:?} {bands:?}");
        prop_assert!(bands.iter().all(|band| whole.can_be.contains(&bundle.outcome.bands[*band].id)));
        if whole.ends.are_reached() {
            prop_assert!(bands.contains(&best) && bands.contains(&worst), "{ends:?} {bands:?}");
        }
        for (number, gate) in whole.gates.iter().enumerate() {
            let holds: Vec<Option<bool>> = ways.iter().map(|award| award.gates[number].holds).collect();
            prop_assert!(gate.holds.is_none() || holds.iter().all(|one| *one == gate.holds), "{gate:?} {holds:?}");
        }
    }
}
