//! How findings are shown: for people, or in a format of another program.

use std::sync::LazyLock;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::export::{self, FORMATS};

/// How findings are shown.
#[derive(Clone, Copy, Debug)]
pub(super) enum Format {
    /// Each under the row it stands in.
    Human,
    /// Narrated, a sentence at a time.
    Plain,
    /// In a format of another program.
    Exported(&'static export::Format),
}

/// All of them, those for people first.
static ALL: LazyLock<Vec<Format>> =
    LazyLock::new(|| [Format::Human, Format::Plain].into_iter().chain(FORMATS.iter().map(Format::Exported)).collect());

impl Format {
    /// Returns its name on the command line.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Plain => "plain",
            Self::Exported(format) => format.name,
        }
    }
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, about) = match self {
            Self::Human => ("human", "Each under the row it stands in"),
            Self::Plain => ("plain", "Narrated, a sentence at a time"),
            Self::Exported(format) => (format.name, format.about),
        };
        Some(PossibleValue::new(name).help(about))
    }
}
