//! Tells where a scheme contradicts itself: sums, counts, gaps between bands, points that nobody can earn.

use super::Check;
use crate::exact::Exact;
use crate::framework::schema::Number;
use crate::framework::written::Path;
use crate::framework::{Band, Criterion, Framework, Limit, Section};

/// What to do about a contradiction of the scheme's own.
const TELL: &str = "Tell the scheme's owner; correct the pack if the mistake is here.";

impl Check<'_> {
    /// Tells all contradictions of a framework that is otherwise sound.
    pub(super) fn consistency(&mut self, framework: &Framework) {
        self.weights(framework);
        self.counts(framework);
        self.section_maximums(framework);
        self.sums();
        self.band_order(&Path::ROOT.key("outcome").key("bands"), &self.bands_as_asked());
        self.band_gaps(framework);
        self.unreachable_points(framework);
        self.levels_beyond_reach(framework);
    }

    /// Compares the sum of the weights with what is printed, else with the whole.
    fn weights(&mut self, framework: &Framework) {
        let weights: Vec<&Exact> = framework.sections.iter().filter_map(|section| section.weight.as_ref()).collect();
        if weights.is_empty() {
            return;
        }
        if weights.len() < framework.sections.len() {
            let unweighted = framework.sections.iter().position(|section| section.weight.is_none()).unwrap_or_default();
            let list = Path::ROOT.key("sections");
            self.doubt(
                &list.at(unweighted),
                "this section has no weight, others have one",
                "Weight all sections or none.",
            );
        }
        self.own_weights_of_some(framework);
        let sum: Exact = weights.into_iter().sum();
        let printed = self.file.printed.as_ref().and_then(|printed| printed.weights.as_ref());
        let wanted = printed.map_or_else(Exact::one, |weights| weights.0.clone());
        if sum != wanted {
            let at = Path::ROOT.key("sections");
            let is_in_percent = sum == &wanted * &Exact::from(100);
            let (message, help) = if is_in_percent {
                let message = format!("the weights of the sections sum to {sum}; as shares they sum to {wanted}");
                (message, "Write each weight as a share: \"50%\", 0.5 or \"1/2\", not 50.")
            } else {
                let sums = format!("sum to {}, not to {}", percent(&sum), percent(&wanted));
                (format!("the weights of the sections {sums}"), "Correct the weight that is wrong.")
            };
            self.doubt(&at, message, help);
        }
    }

    /// Tells a section without weights of the organisation's own beside ones that have them: own weights come to the whole together.
    fn own_weights_of_some(&mut self, framework: &Framework) {
        let has_own = |section: &Section| section.weight_from.is_some();
        if !framework.sections.iter().any(has_own) {
            return;
        }
        let list = Path::ROOT.key("sections");
        for (index, _) in framework.sections.iter().enumerate().filter(|(_, section)| !has_own(section)) {
            let message =
                "this section has no `weight_from`, others have one, and own weights come to the whole together";
            self.doubt(&list.at(index), message, "Say where its own weight stands too, or of no section.");
        }
    }

    /// Compares counts with those printed.
    fn counts(&mut self, framework: &Framework) {
        let Some(printed) = &self.file.printed else { return };
        let least = |criterion: &Criterion| framework.scale(criterion).minimum();
        let least: Exact = framework.sections.iter().map(|section| section.together(least)).sum();
        let most: Exact = framework.sections.iter().map(|section| framework.maximum_of(section)).sum();
        let number = |number: &Option<Number>| number.as_ref().map(|number| number.0.clone());
        let counts = [
            ("criteria", printed.criteria.map(Exact::from), Exact::from(framework.criteria().count()), "criteria"),
            ("measures", printed.measures.map(Exact::from), Exact::from(framework.measures().count()), "measures"),
            ("minimum", number(&printed.minimum), least, "as the least score"),
            ("maximum", number(&printed.maximum), most, "as the greatest score"),
        ];
        let at = Path::ROOT.key("printed");
        for (key, printed, counted, what) in counts {
            if let Some(printed) = printed.filter(|printed| *printed != counted) {
                let message = format!("the scheme prints {printed} {what}; this pack comes to {counted}");
                self.doubt(&at.key(key), message, TELL);
            }
        }
    }

    /// Compares each section's maximum with the one printed.
    fn section_maximums(&mut self, framework: &Framework) {
        let list = Path::ROOT.key("sections");
        for (index, (section, entry)) in framework.sections.iter().zip(&self.file.sections).enumerate() {
            let computed = framework.maximum_of(section);
            if let Some(printed) = entry.maximum.as_ref().filter(|printed| printed.0 != computed) {
                let message =
                    format!("section {} prints a maximum of {}; it comes to {computed}", section.id, printed.0);
                self.doubt(&list.at(index).key("maximum"), message, TELL);
            }
        }
    }

    /// Compares printed sums with their parts.
    fn sums(&mut self) {
        let list = Path::ROOT.key("sums");
        for (index, sum) in self.file.sums.iter().enumerate() {
            let computed: Exact = sum.parts.iter().map(|part| part.0.clone()).sum();
            if computed != sum.total.0 {
                let message = format!("{}: printed total {}, computed {computed}", sum.title, sum.total.0);
                let help = sum.reading.as_deref().unwrap_or(TELL);
                self.doubt(&list.at(index).key("total"), message, help);
            }
        }
    }

    /// Returns the bands with what is asked of each by its own name; what a worse one asks, and so every better one, tells no order.
    fn bands_as_asked(&self) -> Vec<Band> {
        let outcome = &self.file.outcome;
        let levels = || outcome.minimums.iter().chain(&outcome.maximums);
        let mut bands = outcome.bands.clone();
        for band in &mut bands {
            let asked = levels().filter_map(|level| Some((&level.of, level.bands.get(band.id.as_str())?)));
            band.gates.extend(asked.map(|(of, limit)| format!("{of} {}", limit.0).as_str().into()));
        }
        bands
    }

    /// Holds that bands stand best first, each with a limit less strict than the one before.
    pub(super) fn band_order(&mut self, list: &Path, bands: &[Band]) {
        for (index, band) in bands.iter().enumerate() {
            let Some(above) = bands[..index].iter().find(|above| takes_all(above, band)) else { continue };
            let how = if above.gates.is_empty() { "takes all its totals" } else { "is better and asks for no more" };
            let message = format!("band `{}` can't be reached: `{}` {how}", band.id, above.id);
            self.fault(&list.at(index), message, "Put the bands in order, the best first, each asking for less.");
        }
    }

    /// Tells printed ranges between which a total can lie.
    fn band_gaps(&mut self, framework: &Framework) {
        let at = Path::ROOT.key("outcome");
        let list = at.key("bands");
        // Whole numbers of points leave nothing between 38 and 39; percentages do.
        let step = if is_whole(framework) { Exact::one() } else { Exact::zero() };
        for (index, pair) in framework.outcome.bands.windows(2).enumerate() {
            let (Some(begins), Some(ends)) =
                (pair[0].limit().filter(|limit| limit.is_least()).map(Limit::number), &pair[1].printed_to)
            else {
                continue;
            };
            let gap = begins - ends;
            if gap.is_negative() || gap > step {
                let what = if gap.is_negative() { "overlap between" } else { "leave a gap between" };
                let (low, high) = if gap.is_negative() { (begins, ends) } else { (ends, begins) };
                let message = format!(
                    "as printed, {} and {} {what} {low} and {high}; bands begin at their least total",
                    pair[1].title, pair[0].title
                );
                self.doubt(&list.at(index + 1).key("printed_to"), message, TELL);
            }
        }
    }

    /// Tells points that the form lets claim and no value can earn.
    fn unreachable_points(&mut self, framework: &Framework) {
        let list = Path::ROOT.key("sections");
        for (index, (section, entries)) in framework.sections.iter().zip(&self.file.sections).enumerate() {
            let (at, key) = (list.at(index), "measures");
            for (number, (measure, entry)) in section.measures.iter().zip(&entries.measures).enumerate() {
                let (Some(lookup), Some([least, most])) = (&measure.lookup, entry.printed_points) else { continue };
                let reachable = lookup.reachable();
                let unreachable = (least..=most).filter(|points| !reachable.contains(&Exact::from(*points)));
                let unreachable: Vec<String> = unreachable.map(|points| points.to_string()).collect();
                if !unreachable.is_empty() {
                    let message = format!(
                        "{}: the form allows {least} to {most} points; no value earns {}",
                        measure.id,
                        unreachable.join(", ")
                    );
                    self.doubt(&at.key(key).at(number).key("printed_points"), message, TELL);
                }
            }
        }
    }
}

/// Whether a band leaves nothing to one below it: each total of that is one of its own, and it asks for nothing else.
fn takes_all(above: &Band, below: &Band) -> bool {
    if above.gates.iter().any(|gate| !below.gates.contains(gate)) {
        return false;
    }
    let Some(limit) = above.limit() else { return true };
    match (limit, below.limit()) {
        (Limit::AtLeast(above), Some(Limit::AtLeast(below) | Limit::Over(below)))
        | (Limit::Over(above), Some(Limit::Over(below))) => below >= above,
        (Limit::Over(above), Some(Limit::AtLeast(below))) => below > above,
        (Limit::AtMost(above), Some(Limit::AtMost(below)))
        | (Limit::Under(above), Some(Limit::Under(below) | Limit::AtMost(below))) => below < above,
        (Limit::AtMost(above), Some(Limit::Under(below))) => below <= above,
        (Limit::AtLeast(_) | Limit::Over(_), Some(Limit::AtMost(_) | Limit::Under(_)) | None)
        | (Limit::AtMost(_) | Limit::Under(_), Some(Limit::AtLeast(_) | Limit::Over(_)) | None) => false,
    }
}

/// Whether every total is a whole number of points.
fn is_whole(framework: &Framework) -> bool {
    framework.outcome.unit != "%" && framework.measures().next().is_none() && framework.outcome.decimals == 0
}

/// Prints a share as a percentage.
fn percent(share: &Exact) -> String {
    format!("{} %", share * &Exact::from(100))
}
