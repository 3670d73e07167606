//! What stands on top of the sheet of findings: whose return it is, and what it comes to.

use super::Heading;
use crate::framework::Framework;
use crate::outcome::with_unit;
use crate::review::{OutcomeRecord, Review};

impl Heading {
    /// Returns the heading for a return; `frameworks` are those that it may be of.
    pub fn of(review: &Review, frameworks: &[Framework]) -> Self {
        let framework = review.framework_among(frameworks);
        let outcome = review.outcome.as_ref().zip(framework);
        Self {
            organisation: review.organisation.clone().unwrap_or_default(),
            framework: framework
                .map(|framework| format!("{}, version {}", framework.title, framework.version))
                .unwrap_or_default(),
            outcome: outcome.map(|(outcome, framework)| sentence(outcome, framework)).unwrap_or_default(),
            interval: outcome.map(|(outcome, framework)| interval(outcome, framework)).unwrap_or_default(),
            date: String::new(),
            original: review.sha256.clone(),
        }
    }
}

/// Says what a return comes to; nothing where the scheme gives no outcome to a return.
fn sentence(outcome: &OutcomeRecord, framework: &Framework) -> String {
    let Some(band) = &outcome.band else {
        return match (outcome.missing.is_empty(), outcome.unusable.is_empty()) {
            (true, true) => String::new(),
            (false, _) => "Provisional: answers are missing.".to_owned(),
            (true, false) => {
                let entries = outcome.entries_in_words().unwrap_or_default();
                format!("Provisional: {}.", entries.replace('\u{2019}', "'"))
            }
        };
    };
    let withheld =
        outcome.gates.iter().filter(|gate| gate.holds == Some(false) && outcome.raw_band.as_ref() != Some(band));
    let why: Vec<&str> = withheld.map(|gate| gate.why.as_str()).collect();
    let because = if why.is_empty() { String::new() } else { format!(" ({})", why.join("; ")) };
    let total = outcome.display.as_ref().map(|total| with_unit(total, &framework.outcome));
    let with = total.map_or_else(String::new, |total| framework.spelled(&format!(", with a ¤total of {total}")));
    format!("{}{with}{because}.", framework.band_title(band))
}

/// Says between what the outcome lies while answers are missing.
fn interval(outcome: &OutcomeRecord, framework: &Framework) -> String {
    let shown = |total| crate::outcome::shown(total, &framework.outcome);
    let widest = outcome.ends.at_the_widest();
    let total = outcome.lowest.as_ref().zip(outcome.highest.as_ref()).map(|(lowest, highest)| {
        let (lowest, highest) = (shown(lowest), shown(highest));
        let most = with_unit(&highest, &framework.outcome);
        if lowest == highest {
            framework.spelled(&format!("The ¤total will be {most}"))
        } else {
            framework.spelled(&format!("The ¤total will be between {lowest} and {most}{widest}"))
        }
    });
    let spec = &framework.outcome;
    let between = |low, high| {
        let widest = if outcome.can_be.is_empty() { widest } else { "" };
        format!("{}{widest}", spec.bands_between(low, high, &outcome.can_be))
    };
    match (total, outcome.band_lowest.as_ref().zip(outcome.band_highest.as_ref())) {
        (Some(total), Some((low, high))) if low == high => format!("{total}: {} either way.", spec.band_title(low)),
        (None, Some((low, high))) if low == high => format!("The outcome will be {} either way.", spec.band_title(low)),
        (Some(total), Some((low, high))) => {
            format!("{total}, the outcome {}.", between(low, high))
        }
        (None, Some((low, high))) => {
            format!("The outcome will be {}.", between(low, high))
        }
        (Some(total), None) => format!("{total}."),
        (None, None) => String::new(),
    }
}
