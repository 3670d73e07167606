//! The reports of a season, printed.

use super::typst::{Markup, Renderer, ReportError};
use crate::framework::Framework;
use crate::report::benchmark::Pack;
use crate::report::{self, FrameworkSeason, Peers, Setting};
use crate::review::Review;
use crate::season::bundle::BundleRecord;
use crate::season::{Consolidation, SeasonReturn};

/// Writes the report on one return for its sender; `peers` is the network, where the report compares with it.
pub fn return_report(
    renderer: &Renderer,
    setting: &Setting,
    framework: &Framework,
    review: &Review,
    peers: Option<&Peers>,
) -> Result<Markup, ReportError> {
    renderer.print(&report::on_return(setting, framework, review, peers), &setting.branding)
}

/// Writes the report on an organisation whose units are put together; `None` where the framework puts nothing together.
pub fn consolidated_report(
    renderer: &Renderer,
    setting: &Setting,
    framework: &Framework,
    consolidation: &Consolidation,
    returns: &[SeasonReturn],
) -> Option<Result<Markup, ReportError>> {
    let document = report::on_whole(setting, framework, consolidation, returns)?;
    Some(renderer.print(&document, &setting.branding))
}

/// Writes the report on an organisation's instruments that belong together.
pub fn bundle_report(
    renderer: &Renderer,
    setting: &Setting,
    bundle: &Framework,
    of: &BundleRecord,
    frameworks: &[Framework],
) -> Result<Markup, ReportError> {
    renderer.print(&report::on_bundle(setting, bundle, of, frameworks), &setting.branding)
}

/// Writes the overarching report on a season for its managers.
pub fn overarching_report(
    renderer: &Renderer,
    setting: &Setting,
    season: &FrameworkSeason,
) -> Result<Markup, ReportError> {
    renderer.print(&report::overarching(setting, season), &setting.branding)
}

/// Writes the benchmark pack of an organisation.
pub fn benchmark_pack(renderer: &Renderer, setting: &Setting, pack: &Pack) -> Result<Markup, ReportError> {
    renderer.print(&report::on_benchmark(setting, pack), &setting.branding)
}
