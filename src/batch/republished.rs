//! Whether what is published now, beside what was published before into the same folder, tells of few organisations.
//!
//! What all returns come to with a late one, less what they came to without it, is what that one says. What was passed on can't be called
//! back, so that nothing but a word to the team helps.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::store;
use crate::export::results;
use crate::framework::FrameworkId;
use crate::review::Review;
use crate::season::Season;

/// The returns of organisations that count, by framework and by whose they are.
type ByOrganisation<'a> = BTreeMap<(&'a FrameworkId, &'a str), Vec<&'a Review>>;

/// Returns what to tell the team where the returns of few organisations differ from those that the folder's outputs were made of;
/// `None` where there are no earlier ones that can be read, or as many differ as may be told of.
pub(super) fn warning(out: &Path, published: &str, season: &Season) -> Option<String> {
    if !out.join(published).is_dir() {
        return None;
    }
    let earlier = results::read(&store::bytes(&out.join(results::RESULTS)).ok()?).ok()?;
    let (then, now) = (by_organisation(earlier.returns.iter()), by_organisation(season.reviews()));
    let few = few_differ(&then, &now, season.settings.disclosure.k);
    few.then(|| {
        format!(
            "Only few organisations\u{2019} returns differ from those that \u{201c}{}\u{201d} was made of before. Who has both can \
             work out what these say: if the earlier one was passed on, don\u{2019}t pass on this one",
            published.trim_end_matches('/')
        )
    })
}

/// Gathers the returns that count.
fn by_organisation<'a>(reviews: impl Iterator<Item = &'a Review>) -> ByOrganisation<'a> {
    let mut all = ByOrganisation::new();
    for review in reviews.filter(|review| review.status.counts()) {
        if let Some(framework) = &review.framework {
            all.entry((framework, review.organisation.as_deref().unwrap_or(&review.file))).or_default().push(review);
        }
    }
    all
}

/// Whether of any framework fewer than k organisations differ, and not none.
fn few_differ(then: &ByOrganisation, now: &ByOrganisation, k: usize) -> bool {
    let mut differing: BTreeMap<&FrameworkId, usize> = BTreeMap::new();
    for whose in then.keys().chain(now.keys()).collect::<BTreeSet<_>>() {
        let is_same = then.get(whose).zip(now.get(whose)).is_some_and(|(then, now)| are_same(then, now));
        *differing.entry(whose.0).or_default() += usize::from(!is_same);
    }
    differing.values().any(|number| (1..k).contains(number))
}

/// Whether returns say the same.
fn are_same(then: &[&Review], now: &[&Review]) -> bool {
    let is_same = |(then, now): (&&Review, &&Review)| {
        (&then.answers, &then.outcome, &then.rows) == (&now.answers, &now.outcome, &now.rows)
    };
    then.len() == now.len() && then.iter().zip(now).all(is_same)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::sample;

    #[test]
    fn a_return_that_came_late_is_told_where_few_did() {
        let framework = sample::usual();
        let all = sample::reviews(&framework, 20, 3);
        let of = |organisations: usize| -> Vec<Review> {
            let names: Vec<String> =
                (0..organisations).map(|number| format!("Organisation {:02}", number + 1)).collect();
            let is_wanted = |review: &&Review| review.organisation.as_ref().is_some_and(|name| names.contains(name));
            all.iter().filter(is_wanted).cloned().collect()
        };
        for (then, now, expected) in [(20, 20, false), (19, 20, true), (20, 16, true), (15, 20, false), (0, 20, false)]
        {
            let (then_returns, now_returns) = (of(then), of(now));
            let (then_by, now_by) = (by_organisation(then_returns.iter()), by_organisation(now_returns.iter()));
            assert_eq!(few_differ(&then_by, &now_by, 5), expected, "{then} then, {now} now");
        }
    }
}
