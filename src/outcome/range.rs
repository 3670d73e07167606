//! Between which ends totals lie, whatever is answered.

use super::score;
use crate::exact::Exact;
use crate::framework::Framework;
use crate::returns::Return;

/// Returns the least and the most that answers can make the total; `None` where they aren't known for certain, or where nothing changes
/// it.
pub fn range(framework: &Framework) -> Option<(Exact, Exact)> {
    let rater = framework.raters.first()?;
    let award = score(framework, &Return::empty(rater.id.clone()), &rater.id).award;
    let bounds = award.bounds.filter(|_| award.ends.are_reached())?;
    (bounds.lowest < bounds.highest).then_some((bounds.lowest, bounds.highest))
}
