//! A figure as it is published: shown, hidden for disclosure control, or not defined; with the id by which it is traced.
//!
//! [`About`] is the one door through which figures are made: it hides at birth what rests on too few. What else has to be hidden,
//! so that nothing hidden can be worked out, is found by `disclosure`.

mod about;
mod hiding;
mod id;
mod measure;
#[cfg(test)]
pub(crate) mod sample;

use serde::{Deserialize, Serialize};

use crate::exact::Exact;

pub use about::About;
pub use hiding::{Disclosure, HIDDEN};
pub use id::{Facet, FigureId, FigureOf, Part, ReturnPart};
pub use measure::Measure;

/// Whether a figure is there to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FigureState {
    /// The value is shown.
    Shown,
    /// Disclosure control hides it; the suppression log says why.
    Hidden,
    /// It can't be worked out from what there is; `why` says so.
    Undefined,
}

impl FigureState {
    /// Returns the word that tables use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Hidden => "hidden",
            Self::Undefined => "undefined",
        }
    }
}

/// Why a value isn't defined, where more isn't told.
const UNTOLD: &str = "what there is doesn\u{2019}t say";

/// Why a figure isn't shown.
#[derive(Clone, Debug, PartialEq)]
enum Why {
    /// Disclosure control hides what is behind it.
    Hidden {
        behind: Option<f64>,
    },
    Undefined(String),
}

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it is about, by which `explain --figure` finds what it rests on.
    pub id: FigureId,
    /// The value; `None` unless it is shown.
    pub value: Option<f64>,
    /// How many returns, pairs or answers it rests on; nought where that is hidden too.
    pub n: usize,
    /// Why it isn't shown; `None` where it is.
    why: Option<Why>,
}

impl Figure {
    /// Whether the value is shown.
    pub fn is_shown(&self) -> bool {
        self.why.is_none()
    }

    /// Returns whether it is there to be read.
    pub fn state(&self) -> FigureState {
        match &self.why {
            None => FigureState::Shown,
            Some(Why::Hidden { .. }) => FigureState::Hidden,
            Some(Why::Undefined(_)) => FigureState::Undefined,
        }
    }

    /// Hides the value where it is shown.
    pub fn hide(&mut self) {
        if self.is_shown() {
            self.conceal();
        }
    }

    /// Hides the value, or that there is none.
    pub fn conceal(&mut self) {
        let behind = self.behind();
        (self.value, self.n, self.why) = (None, 0, Some(Why::Hidden { behind }));
    }

    /// Tells a value that is shown to so many decimals.
    pub fn round(&mut self, places: u32) {
        self.told(|value| value.rounded(places));
    }

    /// Tells a value that is shown to the nearest multiple of a unit.
    pub fn round_to(&mut self, unit: &Exact) {
        self.told(|value| value.divided_by(unit).map_or_else(|| value.clone(), |parts| &parts.rounded(0) * unit));
    }

    /// Tells a value that is shown to so many decimals, so that whoever shows it to fewer shows what it is to those.
    pub fn round_for_fewer(&mut self, places: u32) {
        self.told(|value| rounded_for_fewer(value, places));
    }

    /// Tells another value in place of one that is shown; the same where there is none.
    pub fn retell(&mut self, value: Option<f64>) {
        self.value = self.value.map(|own| value.unwrap_or(own));
    }

    fn told(&mut self, rounded: impl Fn(&Exact) -> Exact) {
        let rounded = |value: f64| Exact::from_float(value).map(|value| rounded(&value).to_float());
        self.value = self.value.map(|value| rounded(value).unwrap_or(value));
    }

    /// Tells a number of people that is shown to the nearest multiple of a step, and how many people it rests on.
    pub fn round_people(&mut self, step: usize) {
        let rounded = |people: f64| Exact::from_float(people).map(|people| nearest(&people, step).to_float());
        self.value = self.value.map(|people| rounded(people).unwrap_or(people));
        self.round_contributors(step);
    }

    /// Tells how many people it rests on to the nearest multiple of a step.
    pub fn round_contributors(&mut self, step: usize) {
        let rounded = nearest(&Exact::from(self.n), step).to_whole();
        self.n = rounded.and_then(|whole| usize::try_from(whole).ok()).unwrap_or(self.n);
    }

    /// Returns the count, hidden or not, by which disclosure control tells what else it must hide.
    pub(crate) fn counted(&self) -> usize {
        let whole = self.behind().and_then(Exact::from_float).and_then(|value| value.to_whole());
        whole.and_then(|whole| usize::try_from(whole).ok()).unwrap_or_default()
    }

    /// Tells of a value that isn't defined no more than that: how many there would have to be, and how many there are, says of how few
    /// something is wanting.
    pub fn tell_no_reason(&mut self) {
        if let Some(Why::Undefined(why)) = &mut self.why {
            (*why, self.n) = (UNTOLD.to_owned(), 0);
        }
    }

    fn behind(&self) -> Option<f64> {
        match &self.why {
            Some(Why::Hidden { behind }) => *behind,
            Some(Why::Undefined(_)) | None => self.value,
        }
    }
}

/// Returns a number to so many decimals; one that would be rounded up to a half is told as the next below, so that it isn't rounded up
/// once more.
fn rounded_for_fewer(value: &Exact, places: u32) -> Exact {
    let size = value.abs();
    let rounded = size.rounded(places);
    let is_half = rounded.to_fixed(places).trim_end_matches('0').ends_with('5') && rounded > size;
    let told = if is_half { truncated(&rounded, places) } else { rounded };
    if value.is_negative() { &Exact::zero() - &told } else { told }
}

/// Returns the next number below with so many decimals.
fn truncated(value: &Exact, places: u32) -> Exact {
    let unit = Exact::ratio(1, 10_i64.saturating_pow(places)).unwrap_or_else(Exact::zero);
    value - &unit
}

/// Returns the multiple of a step that is nearest to a number.
pub fn nearest(number: &Exact, step: usize) -> Exact {
    let step = Exact::from(step.max(1));
    number.divided_by(&step).map_or_else(|| number.clone(), |parts| &parts.rounded(0) * &step)
}

/// A figure as tables and `figures.json` have it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// The name by which `explain --figure` finds what it rests on: `seqf/section/1.1/median`.
    pub id: String,
    /// Whether it is there to be read.
    pub state: FigureState,
    /// The value; `None` unless it is shown.
    pub value: Option<f64>,
    /// How many returns, pairs or answers it rests on; nought where that is hidden too.
    pub n: usize,
    /// Why it isn't shown; `None` where it is.
    pub why: Option<String>,
}

impl From<&Figure> for Published {
    fn from(figure: &Figure) -> Self {
        let why = figure.why.as_ref().map(|why| match why {
            Why::Hidden { .. } => HIDDEN.to_owned(),
            Why::Undefined(why) => why.clone(),
        });
        Self { id: figure.id.to_string(), state: figure.state(), value: figure.value, n: figure.n, why }
    }
}

/// What holds figures: it tells them once, for listing and hiding alike.
pub trait Figured {
    /// Shows each figure, in the order in which they are published.
    fn each<'f>(&'f self, see: &mut dyn FnMut(&'f Figure));

    /// Gives each figure to be changed.
    fn each_mut(&mut self, change: &mut dyn FnMut(&mut Figure));

    /// Hides all figures that are shown.
    fn hide_all(&mut self) {
        self.each_mut(&mut Figure::hide);
    }

    /// Returns all figures.
    fn figures(&self) -> Vec<&Figure> {
        let mut figures = Vec::new();
        self.each(&mut |figure| figures.push(figure));
        figures
    }
}

impl Figured for Figure {
    fn each<'f>(&'f self, see: &mut dyn FnMut(&'f Figure)) {
        see(self);
    }

    fn each_mut(&mut self, change: &mut dyn FnMut(&mut Figure)) {
        change(self);
    }
}

impl<T: Figured> Figured for Vec<T> {
    fn each<'f>(&'f self, see: &mut dyn FnMut(&'f Figure)) {
        for one in self {
            one.each(see);
        }
    }

    fn each_mut(&mut self, change: &mut dyn FnMut(&mut Figure)) {
        for one in self {
            one.each_mut(change);
        }
    }
}

impl<T: Figured> Figured for Option<T> {
    fn each<'f>(&'f self, see: &mut dyn FnMut(&'f Figure)) {
        if let Some(one) = self {
            one.each(see);
        }
    }

    fn each_mut(&mut self, change: &mut dyn FnMut(&mut Figure)) {
        if let Some(one) = self {
            one.each_mut(change);
        }
    }
}

/// Says which fields of a row hold its figures, in the order in which they are published.
macro_rules! figures {
    ($row:ty: $($field:ident),*) => {
        impl $crate::figure::Figured for $row {
            fn each<'f>(&'f self, see: &mut dyn FnMut(&'f $crate::figure::Figure)) {
                $($crate::figure::Figured::each(&self.$field, see);)*
            }

            fn each_mut(&mut self, change: &mut dyn FnMut(&mut $crate::figure::Figure)) {
                $($crate::figure::Figured::each_mut(&mut self.$field, change);)*
            }
        }
    };
}
pub(crate) use figures;

/// A share with its interval among all who were expected, of whom some didn't come.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// The share, from 0 to 1.
    pub share: Figure,
    /// How many are counted.
    pub count: Figure,
    /// The lower end of the 95 % Wilson interval for a finite population; undefined where the share is no estimate.
    pub low: Figure,
    /// The upper end of the 95 % Wilson interval for a finite population; undefined where the share is no estimate.
    pub high: Figure,
}

figures!(Share: share, count, low, high);

/// How values spread: quartiles by type 7 (linear between the two nearest values).
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// How many values.
    pub n: usize,
    /// The mean.
    pub mean: Figure,
    /// The lowest value.
    pub lowest: Figure,
    /// A quarter of the values are at or below this.
    pub lower_quartile: Figure,
    /// Half of the values are at or below this.
    pub median: Figure,
    /// Three quarters of the values are at or below this.
    pub upper_quartile: Figure,
    /// The highest value.
    pub highest: Figure,
    /// Half of the values lie at most this far from the median (MAD).
    pub deviation: Figure,
}

figures!(Spread: mean, lowest, lower_quartile, median, upper_quartile, highest, deviation);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_rounded_twice_is_what_it_would_be_rounded_once() {
        for numerator in -2000..2000 {
            let value = &Exact::ratio(numerator, 1999).unwrap() * &Exact::from(7);
            for places in 1..4 {
                let once = rounded_for_fewer(&value, places);
                assert!((&once - &value).abs() < Exact::ratio(1, 10_i64.pow(places)).unwrap(), "{value}");
                for fewer in 0..places {
                    assert_eq!(once.rounded(fewer), value.rounded(fewer), "{value} to {places}, then {fewer}");
                }
            }
        }
    }
}
