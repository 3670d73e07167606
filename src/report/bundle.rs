//! What the returns of a bundle come to, in words that reports, the season workbook and the screen have in common.

use super::of_return::outcome::title;
use crate::framework::Framework;
use crate::season::bundle::{BundleRecord, MemberRecord, MemberReturn};
use crate::words::count;

/// Returns the outcome of a bundle: its band, or the range of bands that can come out.
pub(super) fn came_to(bundle: &Framework, of: &BundleRecord) -> String {
    if of.is_open() { format!("open: {}", title(bundle, &of.outcome)) } else { title(bundle, &of.outcome) }
}

/// Returns the band of a return in the words of its framework, or the range of those that can come out.
pub(super) fn of_return(framework: Option<&Framework>, sent: &MemberReturn) -> String {
    let band = framework.and_then(|framework| {
        let settled = sent.band.as_ref().map(|band| framework.band_title(band).to_owned());
        let range = || Some((sent.band_lowest.as_ref()?, sent.band_highest.as_ref()?));
        settled.or_else(|| range().map(|(low, high)| framework.outcome.bands_in_words(low, high, &sent.can_be)))
    });
    let told = band.or_else(|| sent.display.clone()).unwrap_or_else(|| "open".to_owned());
    match &sent.unit {
        Some(unit) => format!("{unit}: {told}"),
        None => told,
    }
}

/// Returns what is still wanted: how many returns of which instrument.
pub(super) fn wanted(of: &BundleRecord) -> Vec<String> {
    let told = |member: &MemberRecord| format!("{} of {}", count(member.awaited, "¤return", "¤returns"), member.title);
    of.members.iter().filter(|member| member.awaited > 0).map(told).collect()
}

/// Returns what came of a member, with what its returns come to.
pub(super) fn of_member(framework: Option<&Framework>, member: &MemberRecord) -> String {
    let returns = member.returns.iter().map(|sent| of_return(framework, sent));
    let awaited = (member.awaited > 0).then(|| format!("{} more wanted", member.awaited));
    let told: Vec<String> = returns.chain(awaited).collect();
    if told.is_empty() { "none".to_owned() } else { told.join("; ") }
}
