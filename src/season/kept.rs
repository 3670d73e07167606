//! A season as results hold it.

use jiff::civil::Date;

use super::Consolidation;
use super::moderation::Drawn;
use super::record::PastSeason;
use crate::finding::{Finding, Severity};
use crate::review::Review;

/// The reviews of a folder, in order of their files, and what was found across them.
#[derive(Clone, Debug, Default)]
pub struct KeptSeason {
    /// How the season is called; `None` where nobody gave it a title.
    pub title: Option<String>,
    /// The day whose state it shows; `None` where neither the season nor a return names one.
    pub date: Option<Date>,
    /// One review a file.
    pub reviews: Vec<Review>,
    /// What needs more than one return, or none, to be said.
    pub findings: Vec<Finding>,
    /// What the units of organisations come to together.
    pub consolidations: Vec<Consolidation>,
    /// The returns that a moderator looks at.
    pub moderation: Vec<Drawn>,
    /// The seasons that this one was compared with, the earliest first.
    pub earlier: Vec<PastSeason>,
}

/// A finding among all of a season, with the return that it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    /// The return; `None` where several, or none, are needed to say it.
    pub review: Option<&'a Review>,
    /// The finding.
    pub finding: &'a Finding,
}

impl<'a> Listed<'a> {
    /// Returns the findings of returns, then those across them.
    pub fn all(reviews: impl IntoIterator<Item = &'a Review>, across: &'a [Finding]) -> impl Iterator<Item = Self> {
        let of = |review: &'a Review| review.findings.iter().map(move |finding| Self { review: Some(review), finding });
        reviews.into_iter().flat_map(of).chain(across.iter().map(|finding| Self { review: None, finding }))
    }

    /// Returns the return's file, else those that the finding names.
    pub fn files(self) -> &'a [String] {
        self.review.map_or(self.finding.files(), |review| std::slice::from_ref(&review.file))
    }

    /// Returns the return's organisation, else that which the finding names.
    pub fn organisation(self) -> Option<&'a str> {
        self.review.map_or(self.finding.organisation(), |review| review.organisation.as_deref())
    }
}

impl KeptSeason {
    /// Returns all findings, each with its return.
    pub fn listed(&self) -> impl Iterator<Item = Listed<'_>> {
        Listed::all(&self.reviews, &self.findings)
    }

    /// Returns the severity of the worst finding; `None` where there is no finding.
    pub fn worst(&self) -> Option<Severity> {
        self.listed().map(|listed| listed.finding.severity).max()
    }

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
