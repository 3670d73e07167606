//! A return against the network.

use super::gauge::ends;
use crate::document::{Cell, Column, Part, Side, Strip, Table};
use crate::exact::Exact;
use crate::framework::{Criterion, Framework};
use crate::report::peers::{BestShare, Peers, Spread};
use crate::report::subject::Subjects;
use crate::review::Review;
use crate::statistics::Standing;
use crate::words::{agree, count, list_of_at_most, measured};

/// A criterion beside the network; places are between nought and one on its scale.
struct PeerRow {
    title: String,
    own: Option<f64>,
    own_label: String,
    lower: f64,
    median: f64,
    upper: f64,
    median_label: String,
    range_label: String,
    count: usize,
    standing: &'static str,
}

/// Returns the comparison; `None` where there is nothing to compare.
pub(super) fn part(framework: &Framework, review: &Review, peers: &Peers, subjects: &Subjects) -> Option<Part> {
    review.outcome.as_ref()?;
    let spread = |criterion: &Criterion| peers.criteria.iter().find(|(id, _)| *id == *criterion.id);
    let compared = framework.criteria().filter_map(|criterion| Some((criterion, &spread(criterion)?.1)));
    let rows: Vec<PeerRow> = compared.map(|(criterion, spread)| row(framework, criterion, spread, subjects)).collect();
    let strip = strip(framework, review, peers);
    if rows.iter().all(|row| row.own.is_none()) && strip.is_none() {
        return None;
    }
    let said = sentences(&rows, review, peers, framework);
    Some(Part::new("Against the network").lead(said).blocks(strip).block(table(&rows)))
}

/// Returns the table of criteria beside the network.
fn table(rows: &[PeerRow]) -> Table {
    let drawn = |row: &PeerRow| Cell::Range { lower: row.lower, median: row.median, upper: row.upper, own: row.own };
    let place = |row: &PeerRow| match row.standing {
        "within" => "within".into(),
        other => Cell::Strong(other.to_owned()),
    };
    let columns = vec![
        Column::new("Criterion").share(1.5).cell(|row: &PeerRow| (&row.title).into()),
        Column::new("Worst to best").share(1.2).cell(drawn),
        Column::new("Own").side(Side::Right).cell(|row: &PeerRow| (&row.own_label).into()),
        Column::new("Median").side(Side::Right).cell(|row: &PeerRow| (&row.median_label).into()),
        Column::new("Middle half").side(Side::Right).cell(|row: &PeerRow| (&row.range_label).into()),
        Column::new("n").cell(|row: &PeerRow| row.count.into()),
        Column::new("Place").cell(place),
    ];
    let caption = "Each criterion against the network: the bar is the middle half of returns, the tick their median, the \
                   diamond this return";
    Table::of(rows, columns).caption(caption)
}

/// Returns where the total lies; `None` while there is none.
fn strip(framework: &Framework, review: &Review, peers: &Peers) -> Option<Strip> {
    let own = review.outcome.as_ref()?.total.clone()?;
    let (spread, (least, most)) = (peers.total.as_ref()?, ends(framework)?);
    let unit = &framework.outcome.unit;
    let label = |value: f64| Exact::from_float(value).map_or_else(String::new, |value| measured(&value, unit, 1));
    let own_label = measured(&own, unit, framework.outcome.decimals);
    Some(Strip {
        caption: format!("The total among those of {}", count(spread.count, "return", "returns")),
        alt: format!(
            "The own total, {own_label}, on a scale with the network\u{2019}s lower quartile {}, median {} and upper quartile {}.",
            label(spread.lower),
            label(spread.median),
            label(spread.upper)
        ),
        least: least.to_float(),
        most: most.to_float(),
        lower: spread.lower,
        median: spread.median,
        upper: spread.upper,
        own: own.to_float(),
        own_label,
        median_label: label(spread.median),
    })
}

/// Returns a criterion's row.
fn row(framework: &Framework, criterion: &Criterion, spread: &Spread, subjects: &Subjects) -> PeerRow {
    let (least, most) =
        (framework.scale(criterion).minimum().to_float(), framework.scale(criterion).maximum().to_float());
    let own = subjects.points(criterion.id.as_str()).map(|points| points.to_float());
    PeerRow {
        title: format!("{} {}", criterion.id, criterion.short),
        own: own.map(|own| share(own, least, most)),
        own_label: own.map_or_else(|| "\u{2013}".to_owned(), short),
        lower: share(spread.lower, least, most),
        median: share(spread.median, least, most),
        upper: share(spread.upper, least, most),
        median_label: short(spread.median),
        range_label: format!("{}\u{2013}{}", short(spread.lower), short(spread.upper)),
        count: spread.count,
        standing: own.map_or("\u{2013}", |own| standing(own, spread)),
    }
}

/// Returns a figure with one decimal, or none where it is whole.
fn short(value: f64) -> String {
    Exact::from_float(value).map_or_else(String::new, |value| crate::words::number(&value, 1))
}

/// Returns where a figure lies on its scale, from nought to one.
#[expect(clippy::float_arithmetic, reason = "a place on a chart is no score")]
fn share(value: f64, least: f64, most: f64) -> f64 {
    if most > least { ((value - least) / (most - least)).clamp(0.0, 1.0) } else { 0.0 }
}

/// Returns where a figure lies against the middle half of the network.
fn standing(own: f64, spread: &Spread) -> &'static str {
    if own < spread.lower {
        "below"
    } else if own > spread.upper {
        "above"
    } else {
        "within"
    }
}

/// Returns what the comparison means.
fn sentences(rows: &[PeerRow], review: &Review, peers: &Peers, framework: &Framework) -> Vec<String> {
    let mut sentences: Vec<String> = total_sentence(review, peers, framework).into_iter().collect();
    sentences.extend(peers.best.as_ref().map(best_sentence));
    let titles = |standing: &str| -> Vec<&str> {
        rows.iter().filter(|row| row.standing == standing).map(|row| row.title.as_str()).collect()
    };
    for standing in ["above", "below"] {
        let titles = titles(standing);
        if !titles.is_empty() {
            let verb = agree(titles.len(), "is", "are");
            sentences
                .push(format!("{} {verb} {standing} the middle half of the network.", list_of_at_most(&titles, 5)));
        }
    }
    let far_below = |best: &BestShare| matches!(best.standing, Standing::FarBelow | Standing::Below);
    let is_below = rows.iter().any(|row| row.standing == "below") || peers.best.as_ref().is_some_and(far_below);
    sentences.extend(is_below.then(|| NO_FAULT.to_owned()));
    sentences
}

/// What a place below others doesn't mean.
const NO_FAULT: &str =
    "A place below others is no fault by itself: with few returns, chance alone moves a return by several places.";

/// Returns where the total lies against the median.
fn total_sentence(review: &Review, peers: &Peers, framework: &Framework) -> Option<String> {
    let own = review.outcome.as_ref()?.total.clone()?;
    let spread = peers.total.as_ref()?;
    let median = Exact::from_float(spread.median)?;
    let unit = &framework.outcome.unit;
    let side = match own.cmp(&median) {
        std::cmp::Ordering::Less => "below",
        std::cmp::Ordering::Equal => "at",
        std::cmp::Ordering::Greater => "above",
    };
    Some(format!(
        "The total of {} is {side} the network\u{2019}s median of {} ({}).",
        measured(&own, unit, framework.outcome.decimals),
        measured(&median, unit, 1),
        count(spread.count, "return", "returns")
    ))
}

/// Returns whether the number of best answers is more or less than chance would give.
fn best_sentence(best: &BestShare) -> String {
    let inside = match best.standing {
        Standing::FarBelow => "far fewer than",
        Standing::Below => "fewer than",
        Standing::Within => "within",
        Standing::Above => "more than",
        Standing::FarAbove => "far more than",
    };
    let percent = |share: f64| {
        Exact::from_float(share).map_or_else(String::new, |share| measured(&(&share * &Exact::from(100)), "%", 0))
    };
    format!(
        "{} of {} ({}) {} the best score: {inside} the {} to {} that chance alone would give at the network\u{2019}s share.",
        best.best,
        count(best.criteria, "criterion", "criteria"),
        Exact::ratio(best.best, best.criteria).map_or_else(String::new, |share| percent(share.to_float())),
        agree(best.best, "has", "have"),
        percent(best.low),
        percent(best.high)
    )
}
