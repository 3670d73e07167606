//! An assessor who gives otherwise than the others, and what follows from it.

use super::change_implausible::changes_by;
use super::{Season, SeasonRule};
use crate::finding::{Finding, Place, declare_rule};
use crate::season::assessor::Apart;
use crate::words::{count, list_and_others};

declare_rule! {
    RULE = "assessor-unlike-others", Warning, Allowed,
    "an assessor is harsher or more lenient than the others, by more than chance is likely to give"
}

/// The rule with its check.
pub const CHECK: SeasonRule = SeasonRule { rule: &RULE, check, is_ranked: false };

/// Finds assessors who give otherwise than the others, each with the changes against last season that it explains.
fn check(season: &Season) -> Vec<Finding> {
    season.assessors_apart.iter().map(|apart| said(season, apart)).collect()
}

/// Says how an assessor gives beside the others.
fn said(season: &Season, apart: &Apart) -> Finding {
    let explained = changes_by(season, apart);
    let direction = if apart.above.is_negative() { "below" } else { "above" };
    let message = format!(
        "{} is {} than the other assessors: beside what ¤organisations give themselves, {} of theirs {} {} percentage points {direction} \
         what an average assessor gives{}",
        apart.assessor,
        apart.manner(),
        count(apart.files.len(), "assessment", "assessments"),
        if apart.files.len() == 1 { "lies" } else { "lie" },
        apart.above.abs().to_fixed(1),
        because_of(&explained),
    );
    let help = "Look at these assessments with the assessor before the outcomes are final; the chapter on assessors in the overarching report \
                has what an average assessor would have given.";
    let place = Place::of_season(None, apart.files.iter().map(String::as_str));
    Finding::new(&RULE, place, message).with_subject(&apart.assessor).with_help(help).with_effects(explained)
}

/// Says which totals changed as they did because of it.
fn because_of(explained: &[Finding]) -> String {
    let whose: Vec<&str> = explained.iter().filter_map(Finding::organisation).collect();
    if whose.is_empty() {
        return String::new();
    }
    format!(". That explains how much the ¤totals of {} changed since last season", list_and_others(&whose, 9))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::rules::change_implausible;
    use crate::season::{SeasonRecord, Surroundings, sample};

    #[test]
    fn a_lenient_assessor_is_told_with_the_changes_that_it_explains() {
        let frameworks = [sample::assessed()];
        let last = Season::new(&frameworks, Surroundings::default(), sample::assessments(&frameworks[0], 20, 0));
        assert!(last.assessors_apart.is_empty() && last.findings.iter().all(|finding| !finding.is_of(&RULE)));
        let surroundings = Surroundings { previous: Some(SeasonRecord::of(&last)), ..Surroundings::default() };
        let season = Season::new(&frameworks, surroundings, sample::assessments(&frameworks[0], 20, 1));
        let told: Vec<&Finding> = season.findings.iter().filter(|finding| finding.is_of(&RULE)).collect();
        let [finding] = told[..] else { panic!("{told:?}") };
        assert!(finding.message.starts_with("Assessor 0 is more lenient than the other assessors: "), "{finding:?}");
        let explained = "the totals of Organisation 00, Organisation 05, Organisation 10 and Organisation 15 changed";
        assert!(finding.message.contains(explained), "{}", finding.message);
        assert_eq!((finding.files().len(), finding.effects.len()), (4, 4));
        assert!(!season.findings.iter().any(|finding| finding.is_of(&change_implausible::RULE)));
    }

    #[test]
    fn a_change_beyond_what_the_assessor_explains_is_still_told_and_looked_at_first() {
        let frameworks = [sample::assessed()];
        let blank = [Some(0); 12];
        let of_season = |more, odd: &dyn Fn(&mut Vec<crate::review::Review>)| {
            let mut reviews = sample::assessments(&frameworks[0], 40, more);
            odd(&mut reviews);
            reviews
        };
        // Organisation 11 had nothing last season, and its assessor is as the others.
        let last = Season::new(
            &frameworks,
            Surroundings::default(),
            of_season(0, &|reviews| {
                let mut review = sample::review(&frameworks[0], "Organisation 11", "External assessment", &blank);
                review.fields.clone_from(&reviews[23].fields);
                reviews[23] = review;
            }),
        );
        let surroundings = Surroundings { previous: Some(SeasonRecord::of(&last)), ..Surroundings::default() };
        let season = Season::new(&frameworks, surroundings, of_season(1, &|_| {}));
        let told = season.findings.iter().filter(|finding| finding.is_of(&change_implausible::RULE));
        assert_eq!(told.filter_map(Finding::organisation).collect::<Vec<_>>(), ["Organisation 11"]);
        let first = &season.moderation.drawn[0];
        assert_eq!(first.organisation.as_deref(), Some("Organisation 11"), "{:?}", season.moderation.drawn);
    }
}
