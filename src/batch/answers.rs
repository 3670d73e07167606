//! Workbooks of findings that came back: what was written in them goes to the returns that they are about. Copies with our findings that
//! lost what names the file that they were made from are given it again, by what was found in it.

use super::plan::{Ignored, Reason};
use super::review_file::{ReviewedFile, explain};
use crate::annotated::{Answer, explanations_of};
use crate::artifact::is_name_of_copy;
use crate::finding::{Finding, Place};
use crate::review::{Review, Status};
use crate::wording::Wording;
use crate::workbook::rule::FILE_NOT_HERE;

/// How many of the findings on our sheet have to be those of a return for it to be what the sheet was made of.
const NEARLY_ALL: (usize, usize) = (4, 5);

/// Puts what came back beside the findings that it is about, and takes such workbooks out of what was reviewed; one whose
/// return isn't there stays, with a finding that says so.
pub(super) fn take_in(reviewed: &mut Vec<ReviewedFile>) -> Vec<Ignored> {
    name_originals(reviewed);
    let mut taken = Vec::new();
    for at in 0..reviewed.len() {
        let Some(answer) = reviewed[at].answer.clone() else { continue };
        let file = reviewed[at].review.file.clone();
        let about = returns_of(&file, &answer, reviewed);
        if about.is_empty() {
            reviewed[at] = without_return(&reviewed[at].review, &answer).into();
            continue;
        }
        for place in about {
            explain(&mut reviewed[place].review.findings, &answer.explanations);
        }
        taken.push(Ignored { file, reason: Reason::Answer });
    }
    reviewed.retain(|file| file.answer.is_none());
    taken
}

/// Says of copies that lost it which file they were made from: programs other than Excel keep our sheet, and nothing else that names it.
fn name_originals(reviewed: &mut [ReviewedFile]) {
    for at in 0..reviewed.len() {
        let original = original_of(at, reviewed).map(|original| original.sha256.clone());
        reviewed[at].review.made_from = original.or(reviewed[at].review.made_from.take());
    }
}

/// Returns the return whose findings stand on our sheet in a copy, nearly all: a newer program may tell some in other words.
fn original_of(at: usize, reviewed: &[ReviewedFile]) -> Option<&Review> {
    let ReviewedFile { review: copy, told, .. } = &reviewed[at];
    let is_lost = |review: &Review| review.made_from.as_deref() == Some("");
    let can_be = |review: &&Review| !is_lost(review) && is_of_same_sender(review, copy);
    let found = |review: &Review| explanations_of(told, &review.findings).into_iter().flatten().count();
    let all = reviewed.iter().filter(|file| is_lost(copy) && file.answer.is_none()).map(|file| &file.review);
    let nearly_all = all.filter(can_be).map(|review| (found(review), review));
    let nearly_all = nearly_all.filter(|(found, _)| *found > 0 && found * NEARLY_ALL.1 >= told.len() * NEARLY_ALL.0);
    nearly_all.max_by_key(|(found, review)| (*found, review.made_from.is_none())).map(|(_, review)| review)
}

/// Returns the places of the returns that an answer is about: the file that its findings were made of, else those of its name, else
/// those of its organisation; and what came of the same organisation since.
fn returns_of(file: &str, answer: &Answer, reviewed: &[ReviewedFile]) -> Vec<usize> {
    let places = |is_meant: &dyn Fn(&Review) -> bool| -> Vec<usize> {
        let is_meant = |at: &usize| reviewed[*at].answer.is_none() && is_meant(&reviewed[*at].review);
        (0..reviewed.len()).filter(is_meant).collect()
    };
    let original = places(&|review| !answer.original.is_empty() && review.sha256 == answer.original);
    if !original.is_empty() {
        let is_later = |review: &Review| original.iter().any(|at| is_of_same_sender(&reviewed[*at].review, review));
        return places(&|review| review.sha256 == answer.original || is_later(review));
    }
    let named = places(&|review| is_named_for(file, &review.file));
    if !named.is_empty() || answer.organisation.is_empty() {
        return named;
    }
    let organisation = Wording::of(&answer.organisation);
    places(&|review| review.organisation.as_deref().map(Wording::of).as_ref() == Some(&organisation))
}

/// Whether two returns are of one organisation, framework and kind.
fn is_of_same_sender(a: &Review, b: &Review) -> bool {
    let of = |review: &Review| {
        let organisation = review.organisation.as_deref().map(Wording::of);
        (organisation, review.framework.clone(), review.kind.clone())
    };
    a.organisation.is_some() && of(a) == of(b)
}

/// Whether a workbook of findings has the name that it gets for a return, or that with a program's number behind it.
fn is_named_for(companion: &str, original: &str) -> bool {
    let name = |file: &str| file.rsplit('/').next().unwrap_or_default().to_owned();
    let (companion, original) = (name(companion), name(original));
    let stem = original.rsplit_once('.').map_or(&*original, |(stem, _)| stem);
    is_name_of_copy(&companion, &original) || companion.starts_with(&format!("{stem}.findings"))
}

/// Returns what is told of a workbook of findings whose return isn't there.
fn without_return(review: &Review, answer: &Answer) -> Review {
    let message = "this is our workbook of findings, which came back without the return that it is about";
    let finding = Finding::new(&FILE_NOT_HERE, Place::Workbook, message)
        .with_help("Put the return itself beside it; what is written here is then read with it.");
    let organisation = Some(answer.organisation.clone()).filter(|name| !name.is_empty());
    let unread = Review::unread(&review.file, review.sha256.clone(), Status::Unreadable, vec![finding]);
    Review { organisation, ..unread }
}
