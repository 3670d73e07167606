//! The returns of a season whose results were stored, under the names that another season uses.

use std::collections::BTreeMap;

use super::name::{Names, UsedName};
use super::{SeasonReturn, about, headline, settle, unit};
use crate::framework::Framework;
use crate::review::Review;

/// Returns stored reviews as returns of a season; whoever is named in a spelling of a standing name is called by that.
pub fn returns(frameworks: &[Framework], reviews: Vec<Review>, standing: &[&str]) -> Vec<SeasonReturn> {
    let names = Names::new(standing, reviews.iter().filter_map(UsedName::of));
    let placed = reviews.into_iter().map(|review| SeasonReturn {
        organisation: review.organisation.as_deref().and_then(|used| names.one(used)).map(ToOwned::to_owned),
        unit: unit(frameworks, &review),
        each: about::each(frameworks, &review),
        is_of_several: false,
        groups: BTreeMap::new(),
        is_headline: false,
        review,
    });
    let mut returns: Vec<SeasonReturn> = placed.collect();
    settle(&mut returns);
    headline::mark(&mut returns, frameworks);
    returns
}
