//! Organisations of the roster that sent nothing, or not all that is expected.

use super::{Season, SeasonRule};
use crate::finding::{Finding, Place, declare_rule};
use crate::review::Status;
use crate::season::bundle::{BundleRecord, MemberRecord};
use crate::season::{Expected, Roster, SeasonReturn};
use crate::wording::Wording;
use crate::words::list_and_others;

declare_rule! {
    RULE = "return-missing", Error, Allowed, "no return is known of an organisation on the roster"
}

/// The rule with its check.
pub const CHECK: SeasonRule = SeasonRule { rule: &RULE, check, is_ranked: false };

/// Finds organisations without a return, or without one of each expected kind.
fn check(season: &Season) -> Vec<Finding> {
    let expected = season.roster.iter().flat_map(Roster::organisations);
    expected.filter_map(|expected| missing(season, expected)).chain(wanted_together(season)).collect()
}

/// Finds the returns that a bundle still wants of organisations that sent others of it, unless the roster already misses them.
fn wanted_together(season: &Season) -> Vec<Finding> {
    let all = season.bundles.iter().flat_map(|of| of.members.iter().map(move |member| (of, member)));
    let told = all.filter(|(of, member)| member.awaited > 0 && !is_told(season, &of.organisation, member));
    let finding = |(of, member): (&BundleRecord, &MemberRecord)| {
        let bundle = season.framework_named(&of.framework).map_or(of.framework.as_str(), |bundle| &bundle.title);
        let (name, came) = (&of.organisation, member.came());
        let sent = if member.returns.is_empty() { "no ¤return".to_owned() } else { came };
        let message = format!("{name} sent {sent} of {}, which {bundle} puts together with others", member.title);
        Finding::new(&RULE, Place::of_season(Some(name), []), message)
            .with_help("Ask for what is wanted: what it says counts in the outcome of all together.")
    };
    told.map(finding).collect()
}

/// Whether the roster misses a return of a member's framework already.
fn is_told(season: &Season, organisation: &str, member: &MemberRecord) -> bool {
    let counted: Vec<&SeasonReturn> = season.counted().collect();
    let awaited = season.awaited(&member.framework);
    let mine = awaited.iter().filter(|awaited| Wording::of(awaited.organisation) == Wording::of(organisation));
    mine.into_iter().any(|awaited| awaited.came(&counted) < awaited.returns())
}

/// Says what is missing of one organisation.
fn missing(season: &Season, expected: &Expected) -> Option<Finding> {
    let sent = sent_kinds(season, &expected.organisation);
    let name = &expected.organisation;
    let candidates = files_by_name(season, name);
    let message = if sent.is_empty() {
        let silent = if candidates.is_empty() {
            format!("{name} is on the roster and sent nothing")
        } else {
            format!("{name} is on the roster, and no ¤return says that it is theirs")
        };
        match &expected.kinds[..] {
            [] => silent,
            kinds => format!("{silent}; expected: {}", list_and_others(kinds, 9)),
        }
    } else {
        let lacking: Vec<String> =
            expected.kinds.iter().filter(|kind| !sent.contains(&Wording::of(kind))).cloned().collect();
        if lacking.is_empty() {
            return None;
        }
        format!("{name} sent no ¤return of kind {}", list_and_others(&lacking, 9))
    };
    let help = help(season, &candidates);
    Some(Finding::new(&RULE, Place::of_season(Some(name), candidates), message).with_help(help))
}

/// Says what to do, given the files that may be the return.
fn help(season: &Season, candidates: &[&str]) -> String {
    let files = list_and_others(candidates, 3);
    let is_read = |file: &&&str| season.of_file(file).is_some_and(|sent| sent.review.framework.is_some());
    match candidates.iter().filter(is_read).count() {
        _ if candidates.is_empty() => {
            "Ask for the ¤return; if it came under another name, put that name right on its cover.".to_owned()
        }
        0 => format!("By its name it may be {files}, which couldn't be used: ask for it again."),
        _some => {
            format!("By its name it may be {files}, which doesn't say whose it is: if so, put the name on its cover.")
        }
    }
}

/// Returns the kinds of return that an organisation sent, whether or not they count.
fn sent_kinds(season: &Season, organisation: &str) -> Vec<Wording> {
    let returns = season.returns.iter().filter(|sent| sent.organisation.as_deref() == Some(organisation));
    returns.map(|sent| Wording::of(sent.review.kind.as_deref().unwrap_or_default())).collect()
}

/// Returns the files that say nothing of whose they are, and have the organisation in their name.
pub fn files_by_name<'a>(season: &'a Season, organisation: &str) -> Vec<&'a str> {
    let name = Wording::of(organisation);
    let silent = season
        .returns
        .iter()
        .filter(|sent| sent.organisation.is_none() && !matches!(sent.review.status, Status::Unrecognised));
    silent
        .map(|sent| sent.review.file.as_str())
        .filter(|file| Wording::of(file).as_str().contains(name.as_str()))
        .collect()
}
