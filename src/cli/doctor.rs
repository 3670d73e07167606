//! `doctor`: whether all that the program needs is here.

use std::fmt::Write;
use std::time::Duration;

use super::args::SeasonArgs;
use super::exit::ExitStatus;
use super::failure::Failure;
use super::packs;
use super::{cache, console};
use crate::batch::cache::MOST;
use crate::batch::typst::{Typst, TypstOptions};
use crate::framework::pack::Pack;

/// Looks around and tells.
pub(super) fn doctor(season: &SeasonArgs) -> Result<ExitStatus, Failure> {
    let packs = packs::of_season(season)?;
    let mut text = format!("scrutineer {}\n", env!("CARGO_PKG_VERSION"));
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    let _infallible = writeln!(text, "ok       {cores} workbooks are reviewed at a time");
    for Pack { framework, id, .. } in &packs {
        let _infallible = writeln!(text, "ok       framework {} ({id})", framework.title);
    }
    let again = std::env::current_exe().is_ok_and(|program| program.is_file());
    let words = if again {
        "ok       the program can run itself for xls, xlsb and ods"
    } else {
        "missing  the program's own file: xls, xlsb and ods can't be read; start it by its full path"
    };
    let _infallible = writeln!(text, "{words}");
    let typst = Typst::find(TypstOptions {
        program: None,
        fonts: None,
        processes: 1,
        limit: Duration::from_secs(10),
        created: 0,
        scratch: std::env::temp_dir(),
    });
    let words = match &typst {
        Ok(typst) => format!("ok       Typst {} makes the PDF reports", typst.version),
        Err(error) => format!("missing  PDF reports: could not {error}"),
    };
    let _infallible = writeln!(text, "{words}");
    let _infallible = writeln!(text, "{}", kept());
    let screen = console::screen(false);
    let lines: Vec<String> = text.lines().map(|line| screen.fitted(line, "         ") + "\n").collect();
    console::show(&lines.concat())?;
    Ok(if again && typst.is_ok() { ExitStatus::Clean } else { ExitStatus::Incomplete })
}

/// Says where what was made before is kept, and how much that is.
fn kept() -> String {
    let Some(cache) = cache::usual() else {
        return "ok       nothing is kept between runs: this system has no place for it; `run --cache FOLDER` names one".to_owned();
    };
    let (folder, size) = (cache.folder().display(), indicatif::BinaryBytes(cache.size()));
    format!(
        "ok       {size} are kept for later runs, at most {}, in {folder}; delete it whenever you like",
        indicatif::BinaryBytes(MOST)
    )
}
