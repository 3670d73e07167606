//! A change against last season beyond what is plausible.

use super::{Season, SeasonRule};
use crate::exact::Exact;
use crate::network::record::percent;
use crate::network::{SeasonFinding, SeasonReturn};

crate::rule!("change-implausible", Warning, "against last season, a change beyond the margin");

/// The rule with its check.
pub const CHECK: SeasonRule = SeasonRule { rule: &RULE, check };

/// Finds returns whose total is far from that of the like return of last season.
fn check(season: &Season) -> Vec<SeasonFinding> {
    season.counted().filter_map(|found| changed(season, found)).collect()
}

/// Says how far a total is from last season's, where that is too far.
fn changed(season: &Season, found: &SeasonReturn) -> Option<SeasonFinding> {
    let previous = season.previous?;
    let before: Exact = previous.like(found)?.percent.as_ref()?.parse().ok()?;
    let now = percent(&found.review, season.frameworks)?;
    let change = &now - &before;
    if change.abs() <= season.settings.implausible_change {
        return None;
    }
    let organisation = found.organisation.as_ref()?;
    let direction = if change.is_negative() { "fell" } else { "rose" };
    let message = format!(
        "the total of {organisation} {direction} from {} % in {} to {} %, by more than {} percentage points",
        before.to_fixed(1),
        previous.season,
        now.to_fixed(1),
        season.settings.implausible_change,
    );
    let help = "Ask what has changed, and check both returns against their evidence.";
    Some(SeasonFinding::new(&RULE, message, help).about(organisation).in_files([found.review.file.as_str()]))
}
