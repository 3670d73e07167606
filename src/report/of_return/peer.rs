//! A return against the network.

use std::cmp::Ordering;

use super::gauge::{ends, format};
use crate::document::{Block, Cell, Chart, Column, Format, Part, Side, Table};
use crate::exact::Exact;
use crate::framework::{Better, Criterion, Framework};
use crate::report::peers::{Peers, Spread};
use crate::report::subject::Subjects;
use crate::statistics::{RangeRow, Standing};
use crate::words::{agree, count, list_of_at_most, number};

/// A criterion beside the network.
struct PeerRow<'a> {
    criterion: &'a Criterion,
    spread: &'a Spread,
    own: Option<f64>,
    /// The ends of its scale.
    ends: (f64, f64),
    /// Which of them is better.
    better: Better,
}

/// Returns the comparison; `None` where there is nothing to compare.
pub(in crate::report) fn part(subjects: &Subjects, peers: &Peers) -> Option<Part> {
    subjects.review.outcome.as_ref()?;
    let rows: Vec<PeerRow> =
        subjects.framework.criteria().filter_map(|criterion| row(criterion, subjects, peers)).collect();
    let total = Total::of(subjects, peers);
    if rows.iter().all(|row| row.own.is_none()) && total.is_none() {
        return None;
    }
    let strip = total.as_ref().and_then(|total| total.strip(subjects.framework)).map(Block::Chart);
    let told = total.as_ref().and_then(Total::sentence).into_iter().chain(sentences(&rows, peers));
    Some(Part::new("Against the ¤network").lead(told).blocks(strip).block(table(&rows)))
}

/// Returns a criterion's row; `None` where the network's answers aren't shown.
fn row<'a>(criterion: &'a Criterion, subjects: &Subjects, peers: &'a Peers) -> Option<PeerRow<'a>> {
    let spread = peers.criterion(&criterion.id)?;
    let scale = subjects.framework.scale(criterion);
    let own = subjects.points(&criterion.id).map(|points| points.to_float());
    Some(PeerRow {
        criterion,
        spread,
        own,
        ends: (scale.minimum().to_float(), scale.maximum().to_float()),
        better: scale.better,
    })
}

/// Returns the table of criteria beside the network.
fn table(rows: &[PeerRow]) -> Table {
    let median = |row: &PeerRow| short(row.spread.median).into();
    let half = |row: &PeerRow| format!("{}\u{2013}{}", short(row.spread.lower), short(row.spread.upper)).into();
    let place = |standing| Cell::strong_if(standing != "within", standing);
    let columns = vec![
        Column::new("¤Criterion").share(1.5).cell(|row: &PeerRow| row.title().into()),
        Column::new("Worst to best").share(1.2).cell(PeerRow::drawn),
        Column::new("Own").side(Side::Right).cell(|row: &PeerRow| Cell::or_dash(row.own.map(short))),
        Column::new("Median").side(Side::Right).cell(median),
        Column::new("Middle half").side(Side::Right).cell(half),
        Column::new("n").cell(|row: &PeerRow| row.spread.count.into()),
        Column::new("Place").cell(move |row: &PeerRow| Cell::or_dash(row.standing().map(place))),
    ];
    let caption = "Each ¤criterion against the ¤network: the bar is the middle half of ¤returns, the tick their median, the \
                   diamond this ¤return";
    Table::of(rows, columns).caption(caption)
}

impl PeerRow<'_> {
    /// Returns what it is called.
    fn title(&self) -> String {
        format!("{} {}", self.criterion.id, self.criterion.short)
    }

    /// Returns what it is called, and that less is better where it is.
    fn called(&self) -> String {
        self.title() + less_is_better(self.better, " (less is better)")
    }

    /// Returns the middle half, the median and the own figure on the criterion's scale, from its worst end to its best.
    fn drawn(&self) -> Cell {
        let (ends, quartiles) = match self.better {
            Better::Higher => (self.ends, [self.spread.lower, self.spread.upper]),
            Better::Lower => ((self.ends.1, self.ends.0), [self.spread.upper, self.spread.lower]),
        };
        let [lower, upper] = quartiles.map(|value| share(value, ends));
        Cell::Range { lower, median: share(self.spread.median, ends), upper, own: self.own.map(|own| share(own, ends)) }
    }

    /// Whether the own figure is worse than the middle half of the network.
    fn is_behind(&self) -> bool {
        self.standing()
            == Some(match self.better {
                Better::Higher => "below",
                Better::Lower => "above",
            })
    }

    /// Returns where the own figure lies against the middle half of the network.
    fn standing(&self) -> Option<&'static str> {
        Some(match self.own? {
            own if own < self.spread.lower => "below",
            own if own > self.spread.upper => "above",
            _within => "within",
        })
    }
}

/// Returns a figure with one decimal, or none where it is whole.
fn short(value: f64) -> String {
    Exact::from_float(value).map_or_else(String::new, |value| number(&value, 1))
}

/// Returns where a figure lies between two ends of its scale, from nought to one; nought where they are the same.
#[expect(clippy::float_arithmetic, reason = "a place on a chart is no score")]
fn share(value: f64, (first, last): (f64, f64)) -> f64 {
    let place = (value - first) / (last - first);
    if place.is_finite() { place.clamp(0.0, 1.0) } else { 0.0 }
}

/// Returns what is said where less is better, and nothing where more is.
const fn less_is_better(better: Better, said: &str) -> &str {
    match better {
        Better::Higher => "",
        Better::Lower => said,
    }
}

/// A total among those of the network.
struct Total<'a> {
    own: &'a Exact,
    spread: &'a Spread,
    label: String,
    /// Which end of totals is better.
    better: Better,
    /// How the network's figures are written.
    format: Format,
}

impl<'a> Total<'a> {
    /// Returns the total; `None` while there is none, and where the network's isn't shown.
    fn of(subjects: &Subjects<'a>, peers: &'a Peers) -> Option<Self> {
        let own = subjects.review.outcome.as_ref()?.total.as_ref()?;
        let spec = &subjects.framework.outcome;
        let format = Format::of_totals(spec.decimals, &spec.unit);
        Some(Self {
            own,
            spread: peers.total.as_ref()?,
            label: self::format(subjects.framework).text(own),
            better: spec.better,
            format,
        })
    }

    /// Returns a figure of the network as it is printed.
    fn told(&self, value: f64) -> String {
        Exact::from_float(value).map_or_else(String::new, |value| self.format.text(&value))
    }

    /// Returns where it lies, drawn; `None` where its scale has no ends.
    fn strip(&self, framework: &Framework) -> Option<Chart> {
        let (least, most) = ends(framework)?;
        let [lower, median, upper] = [self.spread.lower, self.spread.median, self.spread.upper];
        Some(Chart::Strip {
            caption: format!("The ¤total among those of {}", count(self.spread.count, "¤return", "¤returns")),
            alt: format!(
                "The own ¤total, {}, on a scale with the ¤network\u{2019}s lower quartile {}, median {} and upper quartile {}.",
                self.label,
                self.told(lower),
                self.told(median),
                self.told(upper)
            ),
            least: least.to_float(),
            most: most.to_float(),
            lower,
            median,
            upper,
            own: self.own.to_float(),
            own_label: self.label.clone(),
            median_label: self.told(median),
        })
    }

    /// Returns where it lies against the median.
    fn sentence(&self) -> Option<String> {
        let side = match self.own.cmp(&Exact::from_float(self.spread.median)?) {
            Ordering::Less => "below",
            Ordering::Equal => "at",
            Ordering::Greater => "above",
        };
        let (median, returns) = (self.told(self.spread.median), count(self.spread.count, "¤return", "¤returns"));
        let less = less_is_better(self.better, ", and less is better");
        let whose = "the ¤network\u{2019}s median";
        Some(format!("The ¤total of {} is {side} {whose} of {median} ({returns}){less}.", self.label))
    }
}

/// Returns what the comparison of criteria means.
fn sentences(rows: &[PeerRow], peers: &Peers) -> Vec<String> {
    let mut sentences: Vec<String> = peers.best.iter().filter_map(best_sentence).collect();
    let at = |standing: &str| -> Vec<String> {
        rows.iter().filter(|row| row.standing() == Some(standing)).map(PeerRow::called).collect()
    };
    for standing in ["above", "below"] {
        let (titles, verb) = (at(standing), agree(at(standing).len(), "is", "are"));
        let named = list_of_at_most(&titles, 5);
        let told = format!("{named} {verb} {standing} the middle half of the ¤network.");
        sentences.extend((!titles.is_empty()).then_some(told));
    }
    let is_far = |best: &RangeRow| matches!(best.standing, Some(Standing::FarBelow | Standing::Below));
    let is_behind = rows.iter().any(PeerRow::is_behind) || peers.best.as_ref().is_some_and(is_far);
    sentences.extend(is_behind.then(|| NO_FAULT.to_owned()));
    sentences
}

/// What a place behind others doesn't mean.
const NO_FAULT: &str =
    "A place behind others is no fault by itself: with few ¤returns, chance alone moves a ¤return by several places.";

/// Returns a share in percent with a decimal.
fn as_share(share: &Exact) -> String {
    format!("{}%", number(&(share * &Exact::from(100)), 1))
}

/// Says whether the number of best answers is more or less than is to be expected; `None` where too few returns show that.
fn best_sentence(best: &RangeRow) -> Option<String> {
    let (low, high) = (best.low_95.value.and_then(Exact::from_float)?, best.high_95.value.and_then(Exact::from_float)?);
    // A range that takes in all there can be says nothing.
    if low.is_zero() && high == Exact::one() {
        return None;
    }
    let inside = match best.standing? {
        Standing::FarBelow => "far fewer than",
        Standing::Below => "fewer than",
        Standing::Within => "within",
        Standing::Above => "more than",
        Standing::FarAbove => "far more than",
    };
    Some(format!(
        "{} of {} ({}) {} the best score: {inside} the {} to {} that would be usual for a ¤return of this ¤network, given how much its ¤returns differ.",
        best.best,
        count(best.criteria, "¤criterion", "¤criteria"),
        // With a decimal, so that what lies outside doesn't look as if it were within.
        as_share(&Exact::ratio(best.best, best.criteria)?),
        agree(best.best, "has", "have"),
        as_share(&low),
        as_share(&high)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::sample;

    #[test]
    fn where_less_is_better_the_least_end_is_drawn_as_the_best_and_said_to_be() {
        let framework = sample::usual();
        let criterion = framework.criteria().next().unwrap();
        let spread = Spread { count: 12, lower: 1.0, median: 2.0, upper: 3.0 };
        let row = |better, own| PeerRow { criterion, spread: &spread, own: Some(own), ends: (0.0, 4.0), better };
        let cases = [
            (Better::Higher, 0.0, [0.25, 0.5, 0.75, 0.0], true, ""),
            (Better::Higher, 4.0, [0.25, 0.5, 0.75, 1.0], false, ""),
            (Better::Lower, 0.0, [0.25, 0.5, 0.75, 1.0], false, " (less is better)"),
            (Better::Lower, 4.0, [0.25, 0.5, 0.75, 0.0], true, " (less is better)"),
        ];
        for (better, own, [lower, median, upper, place], is_behind, ending) in cases {
            let row = row(better, own);
            assert_eq!(row.drawn(), Cell::Range { lower, median, upper, own: Some(place) }, "{better:?} {own}");
            assert_eq!(row.is_behind(), is_behind, "{better:?} {own}");
            assert_eq!(row.called(), row.title() + ending, "{better:?} {own}");
        }
    }
}
