//! Organisations that are assessed again within a season.

use super::SeasonReturn;
use crate::framework::{Framework, is_of_itself};
use crate::wording::Wording;

/// Returns the assessment that was before a return: of the same organisation and part of it, of a kind that comes before and is judged by
/// the same bands, and neither of them what the organisation says of itself; `None` where there is none.
pub fn before<'a>(
    counted: impl Iterator<Item = &'a SeasonReturn>,
    framework: &Framework,
    sent: &SeasonReturn,
) -> Option<&'a SeasonReturn> {
    let order = |of: &SeasonReturn| framework.order_of_kind(of.review.kind.as_deref());
    let are_both = is_assessment(sent) && sent.organisation.is_some();
    let is_before =
        |other: &&SeasonReturn| is_assessment(other) && order(other) > order(sent) && is_like(framework, other, sent);
    counted.filter(|_| are_both).filter(is_before).min_by_key(|other| order(other))
}

/// Whether a return says of an organisation what others found.
fn is_assessment(of: &SeasonReturn) -> bool {
    of.review.kind.is_some() && !is_of_itself(of.review.kind.as_deref())
}

/// Whether two returns are of the same organisation and part of it, on one framework, and judged by the same bands.
fn is_like(framework: &Framework, one: &SeasonReturn, other: &SeasonReturn) -> bool {
    let unit = |of: &SeasonReturn| of.unit.as_deref().map(Wording::of);
    let bands = |of: &SeasonReturn| -> Vec<&str> {
        framework.bands_of(of.review.kind.as_deref()).into_iter().map(|band| band.id.as_str()).collect()
    };
    one.review.framework == other.review.framework
        && one.organisation == other.organisation
        && unit(one) == unit(other)
        && bands(one) == bands(other)
}
