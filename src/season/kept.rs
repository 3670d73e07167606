//! A season as results hold it.

use jiff::civil::Date;

use super::moderation::Drawn;
use super::record::PastSeason;
use super::{Consolidation, SeasonFinding};
use crate::review::Review;

/// The reviews of a folder, in order of their files, and what was found across them.
#[derive(Clone, Debug, Default)]
pub struct Season {
    /// How the season is called; `None` where nobody gave it a title.
    pub title: Option<String>,
    /// The day whose state it shows; `None` where neither the season nor a return names one.
    pub date: Option<Date>,
    /// One review a file.
    pub reviews: Vec<Review>,
    /// What needs more than one return, or none, to be said.
    pub findings: Vec<SeasonFinding>,
    /// What the units of organisations come to together.
    pub consolidations: Vec<Consolidation>,
    /// The returns that a moderator looks at.
    pub moderation: Vec<Drawn>,
    /// The seasons that this one was compared with, the earliest first.
    pub earlier: Vec<PastSeason>,
}

impl Season {
    /// Gives the season its title and its day.
    #[must_use]
    pub fn called(self, title: Option<String>, date: Option<Date>) -> Self {
        Self { title, date, ..self }
    }

    /// Returns how a later season calls this one: by its title, else by the month of its data.
    pub fn name(&self) -> String {
        let to = |date: Date| format!("the season to {}\u{a0}{}", date.strftime("%B"), date.year());
        self.title.clone().or_else(|| self.date.map(to)).unwrap_or_else(|| "an earlier season".to_owned())
    }
}
