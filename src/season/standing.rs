//! Which of several returns counts.
//!
//! Of a return and the copy of it with our findings that came back, the copy counts: it is the sender's answer, whatever dates and
//! slips it puts right; one that came back as it was counts for nothing, and one that was filled in for another organisation, part of it or
//! kind is a return of its own. Of files with the same content one counts. Of returns of one organisation (or one part of it, where the form asks which),
//! framework and kind, and of one of what the form is sent once for each, the one with the later data date counts, or the later date of assessment where the form has no data
//! date. Where dates don't tell, the first by its name counts, so that the organisation isn't counted twice, and a finding asks
//! which it should be.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::SeasonReturn;
use super::about;
use super::namesake::alike;
use crate::finding::Finding;
use crate::form::rule::CONTENT_UNEXPECTED;
use crate::framework::{self, FieldRole, Framework};
use crate::review::{Review, Status};
use crate::wording::{Wording, words};
use crate::workbook::has_workbook_extension;

/// Why one return doesn't count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Displaced {
    /// The file that doesn't count.
    pub file: String,
    /// The file that counts instead.
    pub by: String,
    /// Why.
    pub reason: Displacement,
}

/// Why a return gives way to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Displacement {
    /// The other is the copy with our findings that was made from it and came back.
    Answered,
    /// This is a copy with our findings of the other, which came back as it was.
    Unanswered,
    /// The content is the same.
    SameContent,
    /// The other is later.
    Earlier,
    /// Both are of one organisation and kind, and nothing tells which is later.
    Undecided,
}

/// Decides which returns count, and sets the status of those that don't.
pub fn decide(returns: &mut [SeasonReturn], frameworks: &[Framework]) -> Vec<Displaced> {
    let mut displaced = unanswered(returns, frameworks);
    displaced.extend(answered(returns, frameworks, &displaced));
    displaced.extend(same_content(returns, &displaced));
    displaced.extend(same_kind(returns, frameworks, &displaced));
    displaced.sort_by(|a, b| a.file.cmp(&b.file));
    for sent in returns.iter_mut() {
        if let Some(by) = displaced.iter().find(|displaced| displaced.file == sent.review.file) {
            sent.review.status = match by.reason {
                Displacement::Unanswered | Displacement::SameContent | Displacement::Undecided => Status::Duplicate,
                Displacement::Answered | Displacement::Earlier => Status::Superseded,
            };
        }
    }
    displaced
}

/// By what the name of a file stands before those of others: what is least is first.
pub(super) type NameRank<'a> = (bool, bool, usize, &'a str);

/// Orders files by how likely they are the original: a workbook's name before any other, then one that isn't a copy's, then the shorter.
pub(super) fn by_name(file: &str) -> NameRank<'_> {
    (!has_workbook_extension(file), is_copy_name(file), file.chars().count(), file)
}

/// Whether people or programs name copies so: `Copy of Acme.xlsx`, `Acme - Copy.xlsx`, `Acme (2).xlsx`.
fn is_copy_name(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim().to_lowercase();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let numbered = stem.strip_suffix(')').and_then(|stem| stem.rsplit_once('('));
    let counted = numbered.filter(|(_, number)| is_number(number)).map(|(before, _)| before.trim_end());
    stem.starts_with("copy of ") || counted.is_some() || counted.unwrap_or(&stem).ends_with(" copy")
}

/// Finds copies with our findings that came back as they were, beside what they were made from.
fn unanswered(returns: &[SeasonReturn], frameworks: &[Framework]) -> Vec<Displaced> {
    let mut counting: Vec<&SeasonReturn> = returns.iter().filter(|sent| sent.counts()).collect();
    counting.sort_by_key(|sent| by_name(&sent.review.file));
    let of = |answer: &&SeasonReturn| {
        let original = counting.iter().find(|sent| is_answered_by(sent, answer, frameworks))?;
        let displaced = Displaced {
            file: answer.review.file.clone(),
            by: original.review.file.clone(),
            reason: Displacement::Unanswered,
        };
        says_the_same(&original.review, &answer.review).then_some(displaced)
    };
    counting.iter().filter_map(of).collect()
}

/// Whether nothing was changed in an answer, or said in it, since it was handed out.
fn says_the_same(original: &Review, answer: &Review) -> bool {
    let is_silent = |finding: &Finding| original.findings.iter().any(|other| other.explanation == finding.explanation);
    let is_explained = answer.findings.iter().any(|finding| finding.explanation.is_some() && !is_silent(finding));
    // What was written beside our findings is found in the answer alone.
    let is_there = |finding: &Finding| {
        original.findings.iter().any(|other| (&other.rule, &other.place) == (&finding.rule, &finding.place))
    };
    let is_written = answer.findings.iter().any(|finding| finding.is_of(&CONTENT_UNEXPECTED) && !is_there(finding));
    !original.content.is_empty() && original.content == answer.content && !is_explained && !is_written
}

/// Finds returns whose copies with our findings came back, each with the last answer to it.
fn answered(returns: &[SeasonReturn], frameworks: &[Framework], gone: &[Displaced]) -> Vec<Displaced> {
    let mut answers: BTreeMap<&str, &str> = BTreeMap::new();
    let mut counting: Vec<&SeasonReturn> =
        returns.iter().filter(|sent| sent.counts() && !is_gone(sent, gone)).collect();
    counting.sort_by_key(|sent| by_name(&sent.review.file));
    for answer in &counting {
        for sent in counting.iter().filter(|sent| is_answered_by(sent, answer, frameworks)) {
            answers.entry(&sent.review.file).or_insert(&answer.review.file);
        }
    }
    let last = |first: &&str| answers.keys().fold(*first, |by, _| answers.get(by).copied().unwrap_or(by)).to_owned();
    let displaced = answers.iter().map(|(file, by)| Displaced {
        file: (*file).to_owned(),
        by: last(by),
        reason: Displacement::Answered,
    });
    displaced.filter(|displaced| displaced.file != displaced.by).collect()
}

/// Whether a copy with our findings was made from a return: it says so, or a program that isn't ours took that out when it saved
/// the copy, and it still has the copy's name or the return's date. Where all that is ours was taken out, the copy's name alone says so.
fn is_answered_by(sent: &SeasonReturn, answer: &SeasonReturn, frameworks: &[Framework]) -> bool {
    if sent.review.file == answer.review.file {
        return false;
    }
    match answer.review.made_from.as_deref() {
        None => is_alike(sent, answer) && is_named_as_copy(sent, answer),
        Some("") => {
            is_alike(sent, answer) && (is_named_as_copy(sent, answer) || is_of_same_date(sent, answer, frameworks))
        }
        Some(digest) => sent.review.sha256 == digest && !is_another_s(sent, answer),
    }
}

/// Whether a copy with our findings was filled in for another than the return it was made from: another organisation, by more than a slip,
/// another part of it, or another kind.
fn is_another_s(sent: &SeasonReturn, answer: &SeasonReturn) -> bool {
    let differs = |of: fn(&SeasonReturn) -> Option<&str>| {
        let names = of(sent).zip(of(answer));
        names.is_some_and(|(one, other)| Wording::of(one) != Wording::of(other) && alike(&[one, other]).is_empty())
    };
    differs(|sent| sent.organisation.as_deref())
        || differs(|sent| sent.unit.as_deref())
        || differs(|sent| sent.review.kind.as_deref())
}

/// Returns the copies with our findings that were filled in for another than the return they were made from, each after that.
pub(super) fn refilled(returns: &[SeasonReturn]) -> Vec<(&SeasonReturn, &SeasonReturn)> {
    let origin = |answer: &SeasonReturn| {
        let digest = answer.review.made_from.as_deref().filter(|digest| !digest.is_empty());
        returns.iter().find(|sent| Some(sent.review.sha256.as_str()) == digest)
    };
    let pairs = returns.iter().filter_map(|answer| Some((origin(answer)?, answer)));
    pairs.filter(|(sent, answer)| is_another_s(sent, answer)).collect()
}

/// Whether two returns are of one organisation or part of it, framework and kind.
fn is_alike(a: &SeasonReturn, b: &SeasonReturn) -> bool {
    let of = |sent: &SeasonReturn| {
        let unit = sent.unit.as_deref().map(Wording::of);
        (sent.organisation.clone(), unit, sent.review.framework.clone(), sent.review.kind.clone())
    };
    of(a) == of(b)
}

/// Whether an answer still has the name of the copy that was handed out, with whatever people and programs put before and behind it:
/// `RE_ Acme.annotated (1).xlsx`.
fn is_named_as_copy(sent: &SeasonReturn, answer: &SeasonReturn) -> bool {
    let stem = |sent: &SeasonReturn| {
        let name = sent.review.file.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase()
    };
    let (name, copy) = (stem(answer), format!("{}.annotated", stem(sent)));
    let is_end_of_word = |before: &str| !before.ends_with(char::is_alphanumeric);
    name.match_indices(&copy).any(|(at, _)| is_end_of_word(&name[..at]))
}

/// Whether a return that is no copy of ours has the date of an answer.
fn is_of_same_date(sent: &SeasonReturn, answer: &SeasonReturn, frameworks: &[Framework]) -> bool {
    let date = |sent: &SeasonReturn| {
        let framework = framework::find(frameworks, sent.review.framework.as_deref()?, None)?;
        date_of(&sent.review, framework)
    };
    sent.review.made_from.is_none() && !about::are_others(&sent.each, &answer.each) && date(sent) == date(answer)
}

/// Whether a return gives way already.
fn is_gone(sent: &SeasonReturn, gone: &[Displaced]) -> bool {
    gone.iter().any(|displaced| displaced.file == sent.review.file)
}

/// Finds files with the content of another.
fn same_content(returns: &[SeasonReturn], gone: &[Displaced]) -> Vec<Displaced> {
    let mut contents: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for sent in returns.iter().filter(|sent| sent.counts() && !sent.review.sha256.is_empty() && !is_gone(sent, gone)) {
        contents.entry(&sent.review.sha256).or_default().push(&sent.review.file);
    }
    let groups = contents.into_values().filter(|files| files.len() > 1);
    groups.flat_map(|files| displace(files, Displacement::SameContent)).collect()
}

/// Lets all but the first by name give way to it.
fn displace(mut files: Vec<&str>, reason: Displacement) -> Vec<Displaced> {
    files.sort_by_key(|file| by_name(file));
    let by = files[0].to_owned();
    files[1..].iter().map(|file| Displaced { file: (*file).to_owned(), by: by.clone(), reason }).collect()
}

/// Finds earlier returns of one organisation or part of it, framework and kind.
fn same_kind(returns: &[SeasonReturn], frameworks: &[Framework], gone: &[Displaced]) -> Vec<Displaced> {
    let mut kinds: BTreeMap<(&str, &str, Option<&str>), Vec<&SeasonReturn>> = BTreeMap::new();
    for sent in returns.iter().filter(|sent| sent.counts()) {
        let review = &sent.review;
        if !is_gone(sent, gone)
            && let (Some(organisation), Some(framework)) = (&sent.organisation, &review.framework)
        {
            kinds.entry((organisation, framework, review.kind.as_deref())).or_default().push(sent);
        }
    }
    let parts = kinds.into_iter().flat_map(|((_, framework, _), returns)| {
        by_part(&returns).into_iter().filter(|part| part.len() > 1).map(move |part| (framework, part))
    });
    parts.flat_map(|(framework, part)| latest(part, framework, frameworks)).collect()
}

/// Gathers returns by the part of the organisation that they are about, and by what the form is sent once for each. A file that is named as
/// a version of another is about what that is about, whatever stands on its cover.
fn by_part<'a>(returns: &[&'a SeasonReturn]) -> Vec<Vec<&'a Review>> {
    let part = |sent: &SeasonReturn| sent.unit.as_deref().map(Wording::of);
    let mut parts: Vec<Vec<&SeasonReturn>> = Vec::new();
    for sent in returns {
        let is_mine = |other: &&SeasonReturn| {
            (part(other) == part(sent) && !about::are_others(&other.each, &sent.each))
                || is_named_as_version(&other.review.file, &sent.review.file)
        };
        match parts.iter_mut().find(|part| part.iter().any(is_mine)) {
            Some(part) => part.push(sent),
            None => parts.push(vec![sent]),
        }
    }
    parts.into_iter().map(|part| part.into_iter().map(|sent| &sent.review).collect()).collect()
}

/// The words by which people tell versions of a file apart.
const VERSION_WORDS: [&str; 18] = [
    "version",
    "ver",
    "v",
    "first",
    "second",
    "third",
    "old",
    "older",
    "earlier",
    "previous",
    "draft",
    "final",
    "new",
    "revised",
    "updated",
    "corrected",
    "resubmitted",
    "superseded",
];

/// Whether one file's name is the other's with nothing but words and numbers of versions behind it. A number alone is what a
/// program puts there when a file of that name is there already: two parts of an organisation may use one name.
fn is_named_as_version(a: &str, b: &str) -> bool {
    let stem = |file: &str| file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_lowercase();
    let (a, b) = (stem(a), stem(b));
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let is_of_version =
        |word: &&str| VERSION_WORDS.contains(&word.trim_end_matches(|letter: char| letter.is_ascii_digit()));
    let Some(rest) = long.strip_prefix(&short) else { return false };
    let words: Vec<&str> = words(rest).collect();
    words.iter().any(is_of_version) && words.iter().all(|word| is_of_version(word) || word.parse::<u32>().is_ok())
}

/// Decides between returns of one organisation or part of it, framework and kind.
fn latest(mut reviews: Vec<&Review>, framework: &str, frameworks: &[Framework]) -> Vec<Displaced> {
    let framework = framework::find(frameworks, framework, None);
    let date = |review: &Review| framework.and_then(|framework| date_of(review, framework));
    if reviews.iter().any(|review| date(review).is_none()) {
        return displace(reviews.iter().map(|review| review.file.as_str()).collect(), Displacement::Undecided);
    }
    reviews.sort_by_key(|review| (Reverse(date(review)), by_name(&review.file)));
    let first = reviews[0];
    let rest = reviews[1..].iter().map(|review| Displaced {
        file: review.file.clone(),
        by: first.file.clone(),
        reason: if date(review) == date(first) { Displacement::Undecided } else { Displacement::Earlier },
    });
    rest.collect()
}

/// Returns the day by which a return is earlier or later than another.
pub fn date_of(review: &Review, framework: &Framework) -> Option<Date> {
    let roles = [FieldRole::DataDate, FieldRole::AssessmentDate];
    roles.into_iter().find_map(|role| review.role(framework, role)?.date())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::returns::EntryValue;
    use crate::season::{Season, Surroundings, sample};

    /// Returns what becomes of two returns of one organisation on these parts of it, the second with a later data date.
    fn of_parts(parts: [Option<&str>; 2]) -> [Status; 2] {
        let frameworks = [sample::of_units(sample::usual())];
        let mut reviews = parts.map(|_| sample::review(&frameworks[0], "Acme", "Self-assessment", &[Some(1); 12]));
        for (place, (review, part)) in reviews.iter_mut().zip(parts).enumerate() {
            review.file = format!("{place}.xlsx");
            review.sha256 = format!("digest {place}");
            review.fields.insert("data_date".into(), format!("2026-03-3{place}").as_str().into());
            review.fields.extend(part.map(|part| ("directorate".into(), part.into())));
        }
        let season = Season::new(&frameworks, Surroundings::default(), reviews.to_vec());
        [season.returns[0].review.status, season.returns[1].review.status]
    }

    /// Returns a return with this content, made from that, with a later date than any before it if it is earlier in the list.
    fn answer(framework: &Framework, file: &str, content: &str, made_from: Option<&str>) -> Review {
        let mut review = sample::review(framework, "Acme", "Self-assessment", &[Some(1); 12]);
        review.file = file.to_owned();
        review.sha256 = content.to_owned();
        review.made_from = made_from.map(ToOwned::to_owned);
        review
    }

    #[test]
    fn an_answer_counts_in_place_of_what_it_answers() {
        let frameworks = [sample::usual()];
        let of = |name, content, made_from| answer(&frameworks[0], name, content, made_from);
        let cases: [(&str, Vec<Review>, &[&str]); 7] = [
            ("by digest", vec![of("A.xlsx", "1", None), of("x.xlsx", "2", Some("1"))], &["x.xlsx"]),
            (
                "an answer to an answer",
                vec![of("A.xlsx", "1", None), of("b.xlsx", "2", Some("1")), of("c.xlsx", "3", Some("2"))],
                &["c.xlsx"],
            ),
            (
                "both copies of what it answers",
                vec![of("A.xlsx", "1", None), of("A (1).xlsx", "1", None), of("x.xlsx", "2", Some("1"))],
                &["x.xlsx"],
            ),
            (
                "by name where the digest is lost",
                vec![of("A.xlsx", "1", None), of("back/A.annotated.xlsx", "2", Some(""))],
                &["back/A.annotated.xlsx"],
            ),
            (
                "by name where nothing of ours is left",
                vec![of("A.xlsx", "1", None), of("A.annotated (2).xlsx", "2", None)],
                &["A.annotated (2).xlsx"],
            ),
            (
                "by name among what people and programs put round it",
                vec![of("A.xlsx", "1", None), of("RE_ a.annotated (2).xlsx", "2", None)],
                &["RE_ a.annotated (2).xlsx"],
            ),
            ("what it answers isn\u{2019}t here", vec![of("x.xlsx", "2", Some("1"))], &["x.xlsx"]),
        ];
        for (what, reviews, expected) in cases {
            let later = |(at, mut review): (usize, Review)| {
                review.fields.insert("data_date".into(), format!("2026-03-{:02}", 20 - at).as_str().into());
                review
            };
            let reviews = reviews.into_iter().enumerate().map(later).collect();
            let season = Season::new(&frameworks, Surroundings::default(), reviews);
            let counted: Vec<&str> = season.counted().map(|sent| sent.review.file.as_str()).collect();
            assert_eq!(counted, expected, "{what}");
            assert!(season.findings.iter().all(|finding| finding.rule.as_str() != "return-duplicated"), "{what}");
        }
    }

    #[test]
    fn a_copy_that_was_filled_in_for_another_is_a_return_of_its_own() {
        let frameworks = [sample::usual()];
        let cases = [
            ("Acme", "Self-assessment", 1),
            ("Acmes", "Self-assessment", 1),
            ("Carlisle Works", "Self-assessment", 2),
            ("Acme", "External assessment", 2),
        ];
        for (organisation, kind, expected) in cases {
            let first = answer(&frameworks[0], "a.xlsx", "1", None);
            let mut second = sample::review(&frameworks[0], organisation, kind, &[Some(1); 12]);
            second.file = "b.xlsx".to_owned();
            second.sha256 = "2".to_owned();
            second.made_from = Some("1".to_owned());
            let season = Season::new(&frameworks, Surroundings::default(), vec![first, second]);
            assert_eq!(season.counted().count(), expected, "{organisation}, {kind}");
            let told = season.findings.iter().filter(|finding| finding.rule.as_str() == "return-superseded");
            let told: Vec<&str> = told.map(|finding| finding.message.as_str()).collect();
            let is_doubt = told.iter().any(|message| message.contains("both are counted"));
            assert_eq!((told.len(), is_doubt), (1, expected == 2), "{organisation}, {kind}: {told:?}");
        }
    }

    #[test]
    fn of_equal_files_the_one_with_the_likeliest_name_is_the_original() {
        let cases = [
            ("North/Retail.xlsx", "u"),
            ("seqf.xlsx", "5D2F1000"),
            ("seqf.xlsx", "a.tmp"),
            ("Acme Housing.xlsx", "Acme (2).xlsx"),
            ("North/Acme Works 2025.xlsx", "Copy of Acme.xlsx"),
            ("Acme Works.xlsx", "Acme - Copy.xlsx"),
            ("Acme Works.xlsx", "Acme - Copy (3).xlsx"),
            ("Acme.xlsx", "North/Acme.xlsx"),
            ("Photocopy Ltd.xlsx", "Photocopy Ltd 2.xlsx"),
        ];
        for (original, copy) in cases {
            assert!(by_name(original) < by_name(copy), "{original} / {copy}");
        }
    }

    #[test]
    fn an_answer_that_lost_its_origin_and_its_name_is_known_by_the_date() {
        let frameworks = [sample::usual()];
        for (dates, expected) in [
            ([Some("2026-03-01"), Some("2026-03-01")], "b.xlsx"),
            ([None, None], "b.xlsx"),
            ([Some("2026-03-02"), Some("2026-03-01")], "a.xlsx"),
        ] {
            let mut reviews =
                [answer(&frameworks[0], "a.xlsx", "1", None), answer(&frameworks[0], "b.xlsx", "2", Some(""))];
            for (review, date) in reviews.iter_mut().zip(dates) {
                review.fields.remove("data_date");
                review.fields.extend(date.map(|date| ("data_date".into(), date.into())));
            }
            let season = Season::new(&frameworks, Surroundings::default(), reviews.to_vec());
            let counted: Vec<&str> = season.counted().map(|sent| sent.review.file.as_str()).collect();
            assert_eq!(counted, [expected], "{dates:?}");
        }
    }

    #[test]
    fn a_version_is_known_by_its_name() {
        let cases = [
            ("North/Acme IiP.xlsx", "North/Acme IiP - first version.xlsx", true),
            ("Acme.xlsx", "Acme v2.ods", true),
            ("Acme.xlsx", "Acme (1).xlsx", false),
            ("Acme.xlsx", "Acme draft (1).xlsx", true),
            ("Acme.xlsx", "Acme Housing.xlsx", false),
            ("Acme.xlsx", "Acme Housing v2.xlsx", false),
            ("North/Acme.xlsx", "South/Acme old.xlsx", false),
        ];
        for (a, b, expected) in cases {
            assert_eq!((is_named_as_version(a, b), is_named_as_version(b, a)), (expected, expected), "{a} / {b}");
        }
    }

    #[test]
    fn each_of_what_a_form_is_sent_for_has_a_return_of_its_own() {
        let (counts, gone) = (Status::Scored, Status::Superseded);
        let cases = [
            ([Some("Joinery"), Some("Plumbing")], [counts, counts]),
            ([Some("Joinery"), Some(" joinery")], [gone, counts]),
            ([Some("Joinery"), Some("Jonery")], [gone, counts]),
            ([Some("Joinery"), None], [gone, counts]),
            ([Some("601/7485/1"), Some("601/7485/2")], [counts, counts]),
            ([Some("2023/24"), Some("2024/25")], [counts, counts]),
            ([Some("2024/25"), Some("2024-2025")], [gone, counts]),
        ];
        for (said, expected) in cases {
            let mut framework = sample::usual();
            framework.one_for_each = vec!["course".into()];
            let frameworks = [framework];
            let mut reviews = said.map(|_| sample::review(&frameworks[0], "Acme", "Self-assessment", &[Some(1); 12]));
            for (place, (review, said)) in reviews.iter_mut().zip(said).enumerate() {
                review.file = format!("{place}.xlsx");
                review.sha256 = format!("digest {place}");
                review.fields.insert("data_date".into(), format!("2026-03-3{place}").as_str().into());
                review.fields.extend(said.map(|said| ("course".into(), EntryValue::Text(said.into()))));
            }
            let season = Season::new(&frameworks, Surroundings::default(), reviews.to_vec());
            let came = [season.returns[0].review.status, season.returns[1].review.status];
            assert_eq!(came, expected, "{said:?}");
        }
    }

    #[test]
    fn each_part_of_an_organisation_has_a_return_of_its_own() {
        let (counts, gone) = (Status::Scored, Status::Superseded);
        let cases = [
            ([None, None], [gone, counts]),
            ([Some("Housing"), Some("housing ")], [gone, counts]),
            ([Some("Housing"), Some("Leisure")], [counts, counts]),
            ([None, Some("Leisure")], [counts, counts]),
        ];
        for (parts, expected) in cases {
            assert_eq!(of_parts(parts), expected, "{parts:?}");
        }
    }
}
