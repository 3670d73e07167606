//! What stands in the cells of tables.

use jiff::civil::Date;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::Format;
use crate::day::long_date;
use crate::exact::Exact;
use crate::figure::{Figure, FigureState};

/// What stands in a cell. Places on a chart lie between nought and one.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", content = "of", rename_all = "kebab-case")]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A text that must not be missed.
    Strong(String),
    /// A quiet word in place of a value.
    Faint(String),
    /// A name that is typed as it stands.
    Code(String),
    /// Several texts, one below the other.
    Lines(Vec<String>),
    /// A text with a quieter one below it.
    Noted(String, String),
    /// A day.
    #[serde(serialize_with = "long")]
    Day(Date),
    /// How many.
    Count(usize),
    /// A number or a figure that may be hidden.
    Number(Shown),
    /// What lies between two figures, which may be hidden.
    #[serde(serialize_with = "between")]
    Between(Shown, Shown),
    /// A bar from nought: solid up to what is reached, hatched up to what can be reached, with a tick for another's.
    Bar {
        /// What is reached.
        low: f64,
        /// What can be reached.
        high: f64,
        /// Another's; `None` where it isn't compared.
        tick: Option<f64>,
    },
    /// The middle half, the median, and the own one among them.
    Range {
        /// The lower quartile.
        lower: f64,
        /// The median.
        median: f64,
        /// The upper quartile.
        upper: f64,
        /// The own one; `None` where there is none.
        own: Option<f64>,
    },
    /// A point, with its interval where there is one.
    Interval {
        /// The lower end and the upper end.
        ends: Option<(f64, f64)>,
        /// The point.
        value: f64,
    },
    /// Shares that add up to one, from the worst to the best.
    Shares(Vec<f64>),
    /// How far up a scale something is, with its name.
    Level(Option<f64>, String),
    /// A figure on a ground that is darker for more.
    Heat {
        /// The place; `None` where there is no figure.
        place: Option<f64>,
        /// The figure as it is printed.
        label: String,
    },
    /// A text that opens something.
    Link {
        /// The text.
        text: String,
        /// What it opens.
        #[serde(skip)]
        target: Target,
    },
}

/// A number with its format, as far as it may be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Whether it is shown.
    pub state: FigureState,
    /// The number; `None` unless it is shown.
    pub value: Option<Exact>,
    /// How it is written.
    pub format: Format,
}

/// A file beside a document, and a place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The file, with `/` between folders.
    pub file: String,
    /// The sheet and the cell; `None` for the file as a whole.
    pub place: Option<(String, String)>,
}

impl Cell {
    /// Returns a figure; whoever prints it says that it is hidden or not defined.
    pub fn figure(figure: &Figure, format: Format) -> Self {
        Self::Number(Shown::of(figure, format))
    }

    /// Returns a number.
    pub fn number(value: Exact, format: Format) -> Self {
        Self::Number(Shown { state: FigureState::Shown, value: Some(value), format })
    }

    /// Returns what lies between two figures.
    pub fn between(low: &Figure, high: &Figure, format: Format) -> Self {
        Self::Between(Shown::of(low, format.clone()), Shown::of(high, format))
    }

    /// Returns a text that opens something.
    pub fn link(text: impl Into<String>, target: Target) -> Self {
        Self::Link { text: text.into(), target }
    }

    /// Returns a day where there is one.
    pub fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    /// Returns a text where there is one.
    pub fn text_or_empty(text: Option<&str>) -> Self {
        text.filter(|text| !text.is_empty()).map_or(Self::Empty, Self::from)
    }

    /// Returns what there is, or a dash where there is nothing.
    pub fn or_dash(given: Option<impl Into<Self>>) -> Self {
        given.map_or_else(|| "\u{2013}".into(), Into::into)
    }

    /// Returns a text, which must not be missed where this holds.
    pub fn strong_if(is_strong: bool, text: impl Into<String>) -> Self {
        if is_strong { Self::Strong(text.into()) } else { Self::Text(text.into()) }
    }

    /// Whether it is a figure that is hidden.
    pub fn is_hidden(&self) -> bool {
        match self {
            Self::Number(shown) => shown.state == FigureState::Hidden,
            Self::Between(low, high) => low.state_up_to(high) == FigureState::Hidden,
            Self::Empty
            | Self::Text(_)
            | Self::Strong(_)
            | Self::Faint(_)
            | Self::Code(_)
            | Self::Lines(_)
            | Self::Noted(..)
            | Self::Day(_)
            | Self::Count(_)
            | Self::Bar { .. }
            | Self::Range { .. }
            | Self::Interval { .. }
            | Self::Shares(_)
            | Self::Level(..)
            | Self::Heat { .. }
            | Self::Link { .. } => false,
        }
    }

    /// Whether it is a number, which stands on the right.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Count(_) | Self::Number(_) | Self::Between(..))
    }
}

impl Shown {
    /// Returns a figure's value with its format, as far as it may be shown.
    pub fn of(figure: &Figure, format: Format) -> Self {
        Self { state: figure.state(), value: figure.value.and_then(Exact::from_float), format }
    }

    /// Returns it as text; `None` where it isn't shown.
    pub fn text(&self) -> Option<String> {
        Some(self.format.text(self.number()?))
    }

    /// Returns the number; `None` where it isn't shown.
    pub fn number(&self) -> Option<&Exact> {
        self.value.as_ref().filter(|_| self.state == FigureState::Shown)
    }

    /// Returns whether what lies between this and another is shown.
    pub fn state_up_to(&self, high: &Self) -> FigureState {
        if self.state == FigureState::Shown { high.state } else { self.state }
    }

    /// Returns what lies between this and another as text; `None` where one of them isn't shown.
    pub fn up_to(&self, high: &Self) -> Option<String> {
        Some(self.format.range(self.number()?, high.number()?))
    }
}

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        stated(self.state, self.text().as_deref(), serializer)
    }
}

/// Writes a day as texts have it.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn long<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&long_date(*day))
}

/// Writes what lies between two figures, as one figure is written.
fn between<S: Serializer>(low: &Shown, high: &Shown, serializer: S) -> Result<S::Ok, S::Error> {
    stated(low.state_up_to(high), low.up_to(high).as_deref(), serializer)
}

/// Writes whether a figure is shown, and how.
fn stated<S: Serializer>(state: FigureState, text: Option<&str>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(2))?;
    map.serialize_entry("state", &state)?;
    map.serialize_entry("text", &text)?;
    map.end()
}

impl Target {
    /// Returns a file as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), place: None }
    }

    /// Returns a cell of a file.
    pub fn cell(file: impl Into<String>, sheet: impl Into<String>, cell: impl Into<String>) -> Self {
        Self { file: file.into(), place: Some((sheet.into(), cell.into())) }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}
