//! Reports: from reviews and the season's statistics to documents that Typst turns into PDF.
//!
//! [`view`] holds what a return report says and [`season`] what the overarching report says; [`render`] fills in the
//! [`template`]s. A [`Document`] is text, and nothing here runs Typst: [`batch::typst`](crate::batch::typst) does.

mod branding;
mod escape;
mod letters;
pub mod peers;
mod render;
mod sentence;
pub mod season;
mod subject;
mod template;
mod view;

pub use branding::{Branding, NotAColour};
pub use letters::Letters;
pub use peers::{BestShare, Peers, Spread};
pub use render::{Document, Part, Renderer, ReportError};
pub use season::{Season, SeasonView};
pub use template::Templates;
pub use view::{Look, ReturnView, Setting};

use crate::framework::{Framework, ReportKind};
use crate::review::Review;

/// Writes the report on one return for its sender; `peers` is the network, where the report compares with it.
pub fn return_report(
    renderer: &Renderer,
    setting: &Setting,
    framework: &Framework,
    review: &Review,
    peers: Option<&Peers>,
) -> Result<Document, ReportError> {
    setting.branding.check()?;
    renderer.render(template_of(framework, review), &ReturnView::new(setting, framework, review, peers))
}

/// Returns the template of the kind of report that a pack declares; what wasn't read as a return has the plain one.
fn template_of(framework: &Framework, review: &Review) -> &'static str {
    match framework.report_kind() {
        ReportKind::Letter if review.paper.is_some() => "letter.typ",
        ReportKind::BoardPaper if review.paper.is_some() => "board-paper.typ",
        ReportKind::Assessment | ReportKind::Letter | ReportKind::BoardPaper => "return.typ",
    }
}

/// Writes the overarching report on a season for its managers.
pub fn overarching_report(
    renderer: &Renderer,
    setting: &Setting,
    framework: &Framework,
    season: &Season,
) -> Result<Document, ReportError> {
    setting.branding.check()?;
    renderer.render("overarching.typ", &SeasonView::new(setting, framework, season))
}
