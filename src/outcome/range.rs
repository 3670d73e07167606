//! Between which ends totals lie, whatever is answered.

use super::{Award, Bounds, score};
use crate::exact::Exact;
use crate::framework::Framework;
use crate::returns::Return;

/// Returns two ends beyond which no total lies; `None` where none are known, or where nothing changes it.
pub fn extent(framework: &Framework) -> Option<(Exact, Exact)> {
    apart(untouched(framework)?.bounds?)
}

/// Returns the least and the most that answers can make the total; `None` where they aren't known for certain, or where nothing changes
/// it.
pub fn range(framework: &Framework) -> Option<(Exact, Exact)> {
    let award = untouched(framework)?;
    apart(award.bounds.filter(|_| award.ends.are_reached())?)
}

/// Returns what is awarded while nothing is answered.
fn untouched(framework: &Framework) -> Option<Award> {
    let rater = framework.raters.first()?;
    Some(score(framework, &Return::empty(rater.id.clone()), &rater.id).award)
}

/// Returns two ends; `None` where they are one.
fn apart(Bounds { lowest, highest }: Bounds<Exact>) -> Option<(Exact, Exact)> {
    (lowest < highest).then_some((lowest, highest))
}
