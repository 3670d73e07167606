//! Who is left out of the change since last season, by lot, so that something can be told of it at all.
//!
//! What was published last season less what is compared with it would tell of one return that is incomplete now, as of few that are new or
//! gone. With k others left out beside them it tells of more than k together, and of nobody knows whose they are: by which lots hangs on
//! all that the workbooks of the season hold.

use std::collections::BTreeSet;

use super::two_seasons::tells_of_few;
use crate::framework::Framework;
use crate::season::moderation::{lot, seed};
use crate::season::record::percent;
use crate::season::{RecordedReturn, Season, SeasonReturn};

/// Returns the season with those marked in last season's record that aren't compared.
pub(super) fn leave_out(mut season: Season) -> Season {
    for framework in season.frameworks_used() {
        let out = left_out(&season, framework);
        let recorded = season.previous.iter_mut().flat_map(|previous| &mut previous.returns);
        for recorded in recorded.filter(|recorded| recorded.framework == framework.id) {
            recorded.is_left_out = out.contains(&recorded.organisation);
        }
    }
    season
}

/// Returns the organisations that are left out: nobody where nothing would be told of few, or fewer would be compared than left out.
fn left_out(season: &Season, framework: &Framework) -> BTreeSet<String> {
    let matched = season.matched(&framework.id);
    if !tells_of_few(season, framework) {
        return BTreeSet::new();
    }
    let has_both = |(sent, then): &(&SeasonReturn, &RecordedReturn)| {
        percent(&sent.review, season.frameworks).is_some() && then.percent.is_some()
    };
    let (mut whole, open): (Vec<_>, Vec<_>) = matched.into_iter().partition(has_both);
    let seed = seed(&season.returns);
    whole.sort_by_cached_key(|(sent, _)| lot(&seed, &framework.id, sent));
    let by_lot = season.settings.disclosure.k.min(whole.len());
    if whole.len() - by_lot < by_lot + open.len() {
        return BTreeSet::new();
    }
    let out = whole.into_iter().take(by_lot).chain(open);
    out.map(|(_, then)| then.organisation.clone()).collect()
}
