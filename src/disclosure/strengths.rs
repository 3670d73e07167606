//! Whose strengths are named in what is passed on: theirs who agreed, as the season's settings say.

use std::collections::BTreeSet;

use crate::season::Season;
use crate::statistics::FrameworkStatistics;
use crate::wording::Wording;

/// Keeps of those with the best answer the organisations that share their strengths, and none where so many are named that fewer
/// than k others are left.
pub(super) fn may_be_shared(framework: &mut FrameworkStatistics, season: &Season) {
    let shared: BTreeSet<Wording> = season.settings.shared_strengths.iter().map(|name| Wording::of(name)).collect();
    let k = season.settings.disclosure.k;
    let all = framework.coverage.organisations;
    for row in framework.strongest.iter_mut().chain(&mut framework.weakest) {
        row.organisations.retain(|name| shared.contains(&Wording::of(name)));
        if all < row.organisations.len() + k {
            row.organisations = Vec::new();
        }
    }
}
