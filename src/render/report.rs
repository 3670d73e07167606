//! The reports of a season, printed.

use super::typst::{self, Markup, Renderer, ReportError};
use crate::framework::{Framework, ReportKind};
use crate::report::{self, ConsolidatedView, Peers, ReturnView, Season, Setting};
use crate::review::Review;
use crate::season::{Consolidation, SeasonReturn};

/// Writes the report on one return for its sender; `peers` is the network, where the report compares with it.
pub fn return_report(
    renderer: &Renderer,
    setting: &Setting,
    framework: &Framework,
    review: &Review,
    peers: Option<&Peers>,
) -> Result<Markup, ReportError> {
    let template = template_of(framework, review);
    let document = renderer.render(template, &ReturnView::new(setting, framework, review, peers))?;
    Ok(with_logo(document, setting))
}

/// Returns the template of the kind of report that a pack declares; what wasn't read as a return has the plain one.
fn template_of(framework: &Framework, review: &Review) -> &'static str {
    match framework.report_kind() {
        ReportKind::Letter if review.paper.is_some() => "letter.typ",
        ReportKind::BoardPaper if review.paper.is_some() => "board-paper.typ",
        ReportKind::Assessment | ReportKind::Letter | ReportKind::BoardPaper => "return.typ",
    }
}

/// Writes the report on an organisation whose units are put together; `None` where the framework puts nothing together.
pub fn consolidated_report(
    renderer: &Renderer,
    setting: &Setting,
    framework: &Framework,
    consolidation: &Consolidation,
    returns: &[SeasonReturn],
) -> Option<Result<Markup, ReportError>> {
    let view = ConsolidatedView::new(setting, framework, consolidation, returns)?;
    Some(renderer.render("consolidated.typ", &view).map(|document| with_logo(document, setting)))
}

/// Writes the overarching report on a season for its managers.
pub fn overarching_report(
    renderer: &Renderer,
    setting: &Setting,
    framework: &Framework,
    season: &Season,
) -> Result<Markup, ReportError> {
    renderer.print(&report::overarching(setting, framework, season), &setting.branding)
}

/// Puts the logo among a document's files.
fn with_logo(mut document: Markup, setting: &Setting) -> Markup {
    document.files.extend(typst::logo(&setting.branding));
    document
}
