//! What the instruments of bundles come to together, on the screen.

use super::console::Screen;
use super::summary::of_framework;
use super::work::Volume;
use crate::framework::Framework;
use crate::season::Season;
use crate::season::bundle::{BundleRecord, MemberRecord};
use crate::words::{list, number_of};

/// Returns a line for each bundle, and one for each organisation of which it is open; for all of them where all is asked for.
pub(super) fn told(season: &Season, volume: Volume, screen: Screen) -> String {
    let bundles = season.frameworks.iter().filter(|framework| framework.is_bundle());
    let text: String = bundles.map(|bundle| of_bundle(season, bundle, volume, screen)).collect();
    season.nouns().spelled(&text).into_owned()
}

/// Returns the lines on one bundle; nothing where nobody sent anything of it.
fn of_bundle(season: &Season, bundle: &Framework, volume: Volume, screen: Screen) -> String {
    let all: Vec<&BundleRecord> = season.bundles.iter().filter(|of| of.framework == bundle.id).collect();
    if all.is_empty() {
        return String::new();
    }
    let with = |id: &str| all.iter().filter(|of| of.outcome.band.as_ref().is_some_and(|band| *band == *id)).count();
    let bands = bundle.outcome.bands.iter().map(|band| (with(&band.id), band.title.as_str()));
    let open = all.iter().filter(|of| of.is_open()).count();
    let counts = bands.chain([(open, "open")]).filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, title)| format!("{count} {title}")).collect();
    let of = number_of(all.len(), "¤organisation", "¤organisations");
    let mut text = screen.fitted(&format!("{}: {of}: {}", bundle.title, list(&counts)), "  ") + "\n";
    for of in all.iter().filter(|of| of.is_open() || volume == Volume::Full) {
        text.push_str(&(screen.fitted(&format!("  {}", of_organisation(bundle, of)), "    ") + "\n"));
    }
    text
}

/// Returns what an organisation's instruments come to, and what is still wanted.
fn of_organisation(bundle: &Framework, of: &BundleRecord) -> String {
    let outcome = of_framework(&of.outcome, bundle).unwrap_or_else(|| "no outcome".to_owned());
    let told =
        |member: &MemberRecord| format!("{} of {}", number_of(member.awaited, "¤return", "¤returns"), member.title);
    let wanted: Vec<String> = of.members.iter().filter(|member| member.awaited > 0).map(told).collect();
    let wanted = if wanted.is_empty() { String::new() } else { format!("; still wanted: {}", list(&wanted)) };
    format!("{}: {outcome}{wanted}", of.organisation)
}
