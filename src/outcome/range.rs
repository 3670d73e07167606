//! Between which ends totals lie, whatever is answered.

use super::{Award, score};
use crate::exact::Exact;
use crate::framework::Framework;
use crate::returns::Return;

/// Returns two ends beyond which no total lies; `None` where none are known, or where nothing changes it.
pub fn extent(framework: &Framework) -> Option<(Exact, Exact)> {
    untouched(framework)?
        .bounds
        .filter(|bounds| bounds.lowest < bounds.highest)
        .map(|bounds| (bounds.lowest, bounds.highest))
}

/// Returns what is awarded while nothing is answered.
fn untouched(framework: &Framework) -> Option<Award> {
    let rater = framework.raters.first()?;
    Some(score(framework, &Return::empty(rater.id.clone()), &rater.id).award)
}

/// Returns the least and the most that answers can make the total; `None` where they aren't known for certain, or where nothing changes
/// it.
pub fn range(framework: &Framework) -> Option<(Exact, Exact)> {
    let award = untouched(framework)?;
    let bounds = award.bounds.filter(|_| award.ends.are_reached())?;
    (bounds.lowest < bounds.highest).then_some((bounds.lowest, bounds.highest))
}
