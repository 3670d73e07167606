//! `framework diff`: what differs between two packs, and what that does to the outcomes of a season that was run.

use std::collections::BTreeMap;
use std::path::Path;

use super::args::DiffArgs;
use super::compare::{results_in, season};
use super::exit::ExitStatus;
use super::failure::Failure;
use super::handed_out;
use super::packs;
use crate::batch::plan::PlannedFile;
use crate::batch::{Plan, store};
use crate::comparison::Case;
use crate::comparison::rescoring::{PackComparison, Rescoring};
use crate::framework::Framework;
use crate::framework::difference::Definitions;
use crate::ooxml::Limits;
use crate::report::on_packs;
use crate::review::Review;
use crate::workbook::read;

/// Says what differs between two packs.
pub(super) fn diff(args: &DiffArgs) -> Result<ExitStatus, Failure> {
    handed_out::check(&args.output, [Path::new(&args.old), Path::new(&args.new)])?;
    let (before, after) = (packs::named(&args.old)?, packs::named(&args.new)?);
    let (old, new) = (&before.framework, &after.framework);
    if old.id != new.id {
        let told = format!("{} and {} are different frameworks; name two packs of one framework", before.id, after.id);
        return Err(Failure::Unknown(told));
    }
    let definitions = Definitions::of(&before.text, &after.text)
        .ok_or_else(|| Failure::Unknown("could not read one of the two definitions again".to_owned()))?;
    let compared = PackComparison::of(
        &definitions,
        [(&args.old, &before), (&args.new, &after)],
        rescoring(args, &definitions, old)?,
    );
    handed_out::hand_out(&args.output, &compared, |extent| on_packs(&compared, [old, new], extent))?;
    Ok(ExitStatus::Clean)
}

/// Scores the returns of a season by both packs, where one is named.
fn rescoring(args: &DiffArgs, definitions: &Definitions, framework: &Framework) -> Result<Option<Rescoring>, Failure> {
    let Some(path) = &args.against else { return Ok(None) };
    let file = if store::is_folder(path) { results_in(path)? } else { path.clone() };
    let run = season(&file)?;
    let counts = |review: &&Review| review.status.counts() && review.framework.as_ref() == Some(&framework.id);
    let reviews: Vec<&Review> = run.reviews.iter().filter(counts).collect();
    if reviews.is_empty() {
        return Err(Failure::Unknown(format!(
            "the season in `{}` has no return of {} that counts; name one that has",
            path.display(),
            framework.title
        )));
    }
    let unusable = || {
        "the two packs can\u{2019}t be used without their forms; run `scrutineer framework check` on both".to_owned()
    };
    let cases = cases(args.returns.as_deref(), framework, &reviews)?;
    Rescoring::of(definitions, &cases).map(Some).ok_or_else(|| Failure::Unknown(unusable()))
}

/// Returns the returns to be scored, with what their workbooks hold where these are at hand.
fn cases<'a>(folder: Option<&Path>, framework: &Framework, reviews: &[&'a Review]) -> Result<Vec<Case<'a>>, Failure> {
    let plan = folder.map(Plan::of_folder).transpose()?.unwrap_or_default();
    let at_hand = plan.files.iter().filter_map(PlannedFile::source).map(|source| (source.sha256(), source.name));
    let at_hand: BTreeMap<String, String> = at_hand.collect();
    let workbook = |review: &Review| {
        let name = at_hand.get(&review.sha256)?;
        let file = plan.files.iter().find(|file| file.name == *name)?;
        read(&file.source()?, &Limits::default()).ok()
    };
    let case = |review: &&'a Review| match workbook(review) {
        Some(workbook) => Case::read(framework, review, &workbook),
        None => Case::recorded(review),
    };
    Ok(reviews.iter().map(case).collect())
}
