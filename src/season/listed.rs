//! All findings of a season in one list.

use crate::finding::Finding;
use crate::review::Review;

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
