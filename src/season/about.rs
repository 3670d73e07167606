//! What of its organisation a return is about: a part of it, and what the form is sent once for each of, such as a service.
//!
//! Which of several returns counts, which stand beside each other, which stand for their organisation and which are compared with an earlier
//! season's all go by this. Within a season a text counts as another is that says the same, and what isn't said is what the organisation's
//! other returns say where they say one thing. Between seasons, what says something else each time, such as the academic year, tells nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::SeasonReturn;
use crate::framework::expression::academic_year;
use crate::framework::{FieldId, Framework, FrameworkId};
use crate::review::Review;
use crate::wording::Wording;

/// What stands in the fields for each of whose entries an organisation sends a return, by field; what isn't said isn't there.
pub type Each = BTreeMap<FieldId, String>;

/// What of its organisation a return is about, as it is compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct About {
    unit: Option<Wording>,
    each: BTreeMap<FieldId, Wording>,
}

impl About {
    /// Returns what a return is about that says so.
    pub fn of(unit: Option<&str>, each: &Each) -> Self {
        let each = each.iter().map(|(field, said)| (field.clone(), Wording::of(said)));
        Self { unit: unit.map(Wording::of), each: each.collect() }
    }

    /// Returns the same without the part.
    #[must_use]
    pub fn of_the_whole(self) -> Self {
        Self { unit: None, ..self }
    }

    /// Whether another is about the same and says more of it.
    pub(super) fn is_less_than(&self, other: &Self) -> bool {
        self.unit == other.unit
            && self.each.len() < other.each.len()
            && self.each.iter().all(|(field, said)| other.each.get(field) == Some(said))
    }
}

/// Returns what a return is about as people read it; `None` where it is the whole of all that the organisation does.
pub(crate) fn named(unit: Option<&str>, each: &Each) -> Option<String> {
    let said: Vec<&str> = unit.into_iter().chain(each.values().map(String::as_str)).collect();
    (!said.is_empty()).then(|| said.join(", "))
}

/// Returns what a return says in the fields for each of whose entries an organisation sends one.
pub(crate) fn each(frameworks: &[Framework], review: &Review) -> Each {
    let fields = review.framework_among(frameworks).map(|framework| framework.one_for_each.as_slice());
    let said = |field: &FieldId| Some((field.clone(), review.fields.get(field.as_str())?.to_string()));
    fields.unwrap_or_default().iter().filter_map(said).collect()
}

/// Whether two returns say something else in a field. What isn't said tells nothing.
pub(super) fn are_others(one: &Each, other: &Each) -> bool {
    differ(one, other, |_, said, others| is_said_alike(said, others))
}

/// Whose a return is: the organisation, the framework, and the part of the organisation.
type Whose<'a> = (&'a str, Option<&'a FrameworkId>, Option<Wording>);

/// What a return says it is about, with whose it is.
pub(crate) struct Said<'a> {
    /// Whose it is.
    pub(crate) whose: Whose<'a>,
    /// What it is about.
    pub(crate) each: &'a Each,
    /// Which kind it is.
    pub(crate) kind: Option<&'a str>,
}

impl<'a> Said<'a> {
    /// Returns what a return of a season says.
    pub(crate) fn of(sent: &'a SeasonReturn) -> Self {
        let organisation = sent.organisation.as_deref().unwrap_or(&sent.review.file);
        Self {
            whose: (organisation, sent.review.framework.as_ref(), sent.unit.as_deref().map(Wording::of)),
            each: &sent.each,
            kind: sent.review.kind.as_deref(),
        }
    }
}

/// What stands in fields, each text once.
type Texts<'a> = Vec<(&'a FieldId, Vec<&'a str>)>;

/// Returns how each of a season's returns calls what it is about: in the words of the first that says the same, and as the organisation's
/// others do where it doesn't say and they say one thing.
pub(crate) fn settled(all: &[Said]) -> Vec<Each> {
    let mut wordings: BTreeMap<(&str, Option<&FrameworkId>, &FieldId), Vec<&str>> = BTreeMap::new();
    for said in all {
        for (field, text) in said.each {
            let known = wordings.entry((said.whose.0, said.whose.1, field)).or_default();
            if !known.iter().any(|other| is_said_alike(other, text)) {
                known.push(text);
            }
        }
    }
    let mut fields: BTreeMap<(&str, Option<&FrameworkId>), Texts> = BTreeMap::new();
    for ((organisation, framework, field), known) in wordings {
        fields.entry((organisation, framework)).or_default().push((field, known));
    }
    let settled = |said: &Said| {
        let known = fields.get(&(said.whose.0, said.whose.1)).map(Vec::as_slice).unwrap_or_default();
        let text = |(field, known): &(&FieldId, Vec<&str>)| {
            let text = match (said.each.get(*field), &known[..]) {
                (Some(text), _) => known.iter().find(|other| is_said_alike(other, text))?,
                (None, [only]) => only,
                (None, _) => return None,
            };
            Some(((*field).clone(), (*text).to_owned()))
        };
        known.iter().filter_map(text).collect()
    };
    all.iter().map(settled).collect()
}

/// Returns of each return whether the organisation's on the framework are about several things.
pub(crate) fn are_of_several(all: &[Said]) -> Vec<bool> {
    let mut each: BTreeMap<(&str, Option<&FrameworkId>), BTreeSet<&Each>> = BTreeMap::new();
    for said in all.iter().filter(|said| !said.each.is_empty()) {
        each.entry((said.whose.0, said.whose.1)).or_default().insert(said.each);
    }
    let is_of_several = |said: &Said| each.get(&(said.whose.0, said.whose.1)).is_some_and(|each| each.len() > 1);
    all.iter().map(is_of_several).collect()
}

/// Returns what each return of an earlier season is about in the words of those of a later one: what says the same, else what says the same
/// but for what says something else each season; what it says itself where there is none, or more than one. Those of its kind go first, since
/// an organisation may send one kind for this year and another for the next.
pub(crate) fn aligned(then: &[Said], now: &[Said]) -> Vec<Each> {
    let (before, after) = (gathered(then), gathered(now));
    let passing = passing(&before, &after);
    let aligned = |said: &Said| {
        let of = |of: &Gathered, key: &OfKind| of.get(key).cloned().unwrap_or_default();
        let passes = |field: &FieldId| said.whose.1.is_some_and(|id| passing.contains(&(id, field)));
        let [of_kind, of_any] = [Some(said.kind), None].map(|kind| (said.whose.clone(), kind));
        let key = if after.contains_key(&of_kind) { of_kind } else { of_any };
        Beside { then: of(&before, &key), now: of(&after, &key), passes: &passes }.meant(said.each)
    };
    then.iter().map(aligned).collect()
}

/// Whose some returns are, and of which kind; `None` are all kinds.
type OfKind<'a> = (Whose<'a>, Option<Option<&'a str>>);

/// What returns are about, by whose they are, those of each kind and all.
type Gathered<'a> = BTreeMap<OfKind<'a>, BTreeSet<Each>>;

/// Calls what the returns of one season are about as those of a later one do, where they are about the same.
pub fn align(then: &mut [SeasonReturn], now: &[SeasonReturn]) {
    let now: Vec<Said> = now.iter().map(Said::of).collect();
    let aligned = aligned(&then.iter().map(Said::of).collect::<Vec<_>>(), &now);
    for (sent, each) in then.iter_mut().zip(aligned) {
        sent.each = each;
    }
}

fn gathered<'a>(all: &[Said<'a>]) -> Gathered<'a> {
    let mut each = Gathered::new();
    for (said, kind) in all.iter().flat_map(|said| [Some(said.kind), None].map(|kind| (said, kind))) {
        each.entry((said.whose.clone(), kind)).or_default().insert(said.each.clone());
    }
    each
}

/// So many organisations must say something else in a field before it is one that says something else each season.
const TELLING: usize = 3;

/// Returns the fields in which no organisation says again what it said then in a return of the same kind.
fn passing<'a>(before: &'a Gathered<'a>, after: &Gathered) -> BTreeSet<(&'a FrameworkId, &'a FieldId)> {
    let mut changed: BTreeMap<(&FrameworkId, &FieldId), Option<usize>> = BTreeMap::new();
    for (whose, then) in before.iter().filter(|((_, kind), _)| kind.is_some()) {
        let Some((now, framework)) = after.get(whose).zip(whose.0.1) else { continue };
        let fields: BTreeSet<&FieldId> = then.iter().flat_map(BTreeMap::keys).collect();
        for field in fields {
            let texts = |of: &BTreeSet<Each>| of.iter().filter_map(|each| each.get(field).cloned()).collect::<Vec<_>>();
            let (then, now) = (texts(then), texts(now));
            let is_again = then.iter().any(|one| now.iter().any(|other| is_said_alike(one, other)));
            if !now.is_empty() {
                let count = changed.entry((framework, field)).or_insert(Some(0));
                *count = count.filter(|_| !is_again).map(|count| count + 1);
            }
        }
    }
    changed
        .into_iter()
        .filter(|(_, count)| count.is_some_and(|count| count >= TELLING))
        .map(|(field, _)| field)
        .collect()
}

/// What an organisation's returns on one framework are about in two seasons.
struct Beside<'a> {
    then: BTreeSet<Each>,
    now: BTreeSet<Each>,
    /// Whether a field says something else each season.
    passes: &'a dyn Fn(&FieldId) -> bool,
}

impl Beside<'_> {
    /// Returns what is now what one was about then.
    fn meant(&self, mine: &Each) -> Each {
        if let Some(same) = self.now.iter().find(|now| is_same(mine, now)) {
            return same.clone();
        }
        let is_open = |now: &&Each| !self.then.iter().any(|then| is_same(then, now)) && self.lasts(mine, now);
        let open: Vec<&Each> = self.now.iter().filter(is_open).collect();
        let first = open.iter().min_by_key(|now| year(now)).filter(|first| {
            let are_one = open.iter().all(|other| self.lasts(first, other));
            are_one && !self.is_followed(mine)
        });
        first.map_or_else(|| mine.clone(), |first| (*first).clone())
    }

    /// Whether something else of then is the same at a later time, and the same as nothing now.
    fn is_followed(&self, mine: &Each) -> bool {
        let follows = |then: &&Each| year(then) > year(mine) && self.lasts(mine, then);
        self.then.iter().filter(follows).any(|then| !self.now.iter().any(|now| is_same(then, now)))
    }

    /// Whether two are about the same at different times.
    fn lasts(&self, one: &Each, other: &Each) -> bool {
        let are_alone = self.then.len() < 2 && self.now.len() < 2;
        !differ(one, other, |field, said, others| {
            (self.passes)(field)
                || (year_of(said).is_some() && year_of(others).is_some())
                || is_said_alike(said, others)
                || (are_alone && is_said_within(said, others))
        })
    }
}

/// Whether two say the same of as much.
fn is_same(one: &Each, other: &Each) -> bool {
    one.keys().eq(other.keys()) && !are_others(one, other)
}

/// Whether two say in a field what isn't alike.
fn differ(one: &Each, other: &Each, is_alike: impl Fn(&FieldId, &str, &str) -> bool) -> bool {
    one.iter().any(|(field, said)| other.get(field).is_some_and(|others| !is_alike(field, said, others)))
}

/// Returns the latest year that one names.
fn year(each: &Each) -> Option<i16> {
    each.values().filter_map(|said| year_of(said)).max()
}

/// Returns the year that a text is, or the academic year that begins in it, or the day's.
fn year_of(text: &str) -> Option<i16> {
    let day = || text.parse::<jiff::civil::Date>().ok().map(jiff::civil::Date::year);
    academic_year(text).or_else(day).filter(|year| (1990..2100).contains(year))
}

/// Whether two texts say the same: word for word, as academic years, or but for a slip of the keyboard where no figures are.
fn is_said_alike(one: &str, other: &str) -> bool {
    let (words, others) = (Wording::of(one), Wording::of(other));
    let years = academic_year(one).zip(academic_year(other));
    words == others
        || years.is_some_and(|(one, other)| one == other)
        || (!has_figures(one) && !has_figures(other) && words.is_slip_of(&others))
}

/// Whether all words of one text are in the other, as where somebody wrote more of a name; figures are no words.
fn is_said_within(one: &str, other: &str) -> bool {
    let (words, others) = (Wording::of(one), Wording::of(other));
    let set = |of: &Wording| of.as_str().split(' ').map(ToOwned::to_owned).collect::<BTreeSet<String>>();
    let (words, others) = (set(&words), set(&others));
    !has_figures(one) && !has_figures(other) && (words.is_subset(&others) || others.is_subset(&words))
}

fn has_figures(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::{Season, SeasonRecord, Surroundings, pairs, sample};

    /// What an organisation's returns are about: a service and a year each.
    type Sent = (&'static str, &'static str);

    fn of((service, year): &Sent) -> Each {
        let fields = [("service", *service), ("year", *year)].into_iter().filter(|(_, said)| !said.is_empty());
        fields.map(|(field, said)| (FieldId::from(field), said.to_owned())).collect()
    }

    fn said<'a>(framework: &'a FrameworkId, sent: &'a [(&'static str, Each)]) -> Vec<Said<'a>> {
        let of = |(organisation, each): &'a (&'static str, Each)| Said {
            whose: (organisation, Some(framework), None),
            each,
            kind: None,
        };
        sent.iter().map(of).collect()
    }

    fn sent(organisation: &'static str, sent: &[Sent]) -> Vec<(&'static str, Each)> {
        sent.iter().map(|one| (organisation, of(one))).collect()
    }

    #[test]
    fn what_isn_t_said_is_what_the_others_say_where_they_say_one_thing() {
        let cases: [(&[Sent], &[Sent]); 4] = [
            (&[("Adult", ""), ("", "")], &[("Adult", ""), ("Adult", "")]),
            (&[("Adult", ""), ("Youth", ""), ("", "")], &[("Adult", ""), ("Youth", ""), ("", "")]),
            (&[("Adult service", ""), ("adult  servise", "")], &[("Adult service", ""), ("Adult service", "")]),
            (&[("Adult", "2024/25"), ("Adult", "2024-2025")], &[("Adult", "2024/25"), ("Adult", "2024/25")]),
        ];
        let framework = FrameworkId::from("sample");
        for (given, expected) in cases {
            let expected: Vec<Each> = expected.iter().map(of).collect();
            assert_eq!(settled(&said(&framework, &sent("A", given))), expected, "{given:?}");
        }
    }

    #[test]
    fn what_is_the_same_in_two_seasons_is_found_again() {
        let cases: [(&[Sent], &[Sent], &[Sent]); 9] = [
            (&[("Adult", ""), ("Youth", "")], &[("youth", ""), ("Adult", "")], &[("Adult", ""), ("youth", "")]),
            (&[("Adult", "")], &[("Youth", "")], &[("Adult", "")]),
            (&[("Job Support", "")], &[("Job Support Team", "")], &[("Job Support Team", "")]),
            (&[("Job Support", "")], &[("Job Support Team", ""), ("Work", "")], &[("Job Support", "")]),
            (&[("", "")], &[("Adult", "")], &[("Adult", "")]),
            (&[("", "")], &[("Adult", ""), ("Youth", "")], &[("", "")]),
            (&[("601/1", "2023/24")], &[("601/1", "2024/25"), ("601/2", "2024/25")], &[("601/1", "2024/25")]),
            (&[("601/1", "2023/24")], &[("601/1", "2024/25"), ("601/1", "2023-24")], &[("601/1", "2023-24")]),
            (
                &[("601/1", "2022/23"), ("601/1", "2023/24")],
                &[("601/1", "2024/25")],
                &[("601/1", "2022/23"), ("601/1", "2024/25")],
            ),
        ];
        let framework = FrameworkId::from("sample");
        for (then, now, expected) in cases {
            let expected: Vec<Each> = expected.iter().map(of).collect();
            let (before, after) = (sent("A", then), sent("A", now));
            assert_eq!(aligned(&said(&framework, &before), &said(&framework, &after)), expected, "{then:?}, {now:?}");
        }
    }

    #[test]
    fn one_kind_for_this_year_and_another_for_the_next_are_found_again_by_their_kind() {
        let framework = FrameworkId::from("sample");
        let organisations = ["A", "B", "C"];
        // A qualification's approval goes before the year in which it is taught, and its number may be another each year.
        let cases: [(&[Sent; 2], &[Sent; 2]); 2] = [
            (&[("601/2", "2024/25"), ("601/1", "2023/24")], &[("601/3", "2025/26"), ("601/4", "2024/25")]),
            (&[("601/1", "2024/25"), ("601/1", "2023/24")], &[("601/1", "2025/26"), ("601/1", "2024/25")]),
        ];
        for (then, now) in cases {
            let of = |sent: &[Sent; 2]| {
                let each = |name: &&'static str| sent.iter().map(|one| (*name, of(one))).collect::<Vec<_>>();
                organisations.iter().flat_map(each).collect::<Vec<_>>()
            };
            let (before, after) = (of(then), of(now));
            let kinds = ["Approval", "Submission"].iter().cycle();
            let of_kinds = |sent| -> Vec<Said> {
                let said: Vec<Said> = said(&framework, sent);
                said.into_iter().zip(kinds.clone()).map(|(said, kind)| Said { kind: Some(kind), ..said }).collect()
            };
            let found = aligned(&of_kinds(&before), &of_kinds(&after));
            let expected: Vec<Each> = after.iter().map(|(_, each)| each.clone()).collect();
            assert_eq!(found, expected, "{then:?}, {now:?}");
        }
    }

    #[test]
    fn what_nobody_says_again_tells_nothing_between_seasons() {
        let framework = FrameworkId::from("sample");
        for (organisations, expected) in [(&["A", "B", "C"][..], "Cohort 13"), (&["A", "B"], "Cohort 12")] {
            let of = |cohort| organisations.iter().flat_map(|name| sent(name, &[(cohort, "")])).collect::<Vec<_>>();
            let (then, now) = (of("Cohort 12"), of("Cohort 13"));
            let found = aligned(&said(&framework, &then), &said(&framework, &now));
            assert!(found.iter().all(|each| each.values().eq([expected])), "{found:?}");
        }
    }

    #[test]
    fn services_stand_beside_themselves_within_a_season_and_between_two() {
        let frameworks = [sample::of_services(sample::usual())];
        let (own, external) = ("Self-assessment", "External assessment");
        let reviews = |points: [u32; 4]| {
            let of = [("Adult", own), ("Adult", external), ("Youth", own), ("Youth", external)];
            let reviews = of.into_iter().zip(points);
            reviews.map(|((service, kind), points)| sample::of_service(&frameworks[0], service, kind, points)).collect()
        };
        let last = Season::new(&frameworks, Surroundings::default(), reviews([0, 0, 2, 2]));
        let surroundings = Surroundings { previous: Some(SeasonRecord::of(&last)), ..Surroundings::default() };
        let season = Season::new(&frameworks, surroundings, reviews([0, 0, 2, 2]));
        let (_, both) = pairs::sides(&season, &frameworks[0]).unwrap();
        assert_eq!((both.len(), both.iter().all(|both| both.pair.0 == both.pair.1)), (24, true));
        let parts: Vec<String> = season.headline().filter_map(SeasonReturn::part).collect();
        assert_eq!(parts, ["Adult", "Youth"]);
        let matched = season.matched(&frameworks[0].id);
        let of: Vec<_> = matched.iter().map(|(sent, then)| (sent.part(), then.percent.clone())).collect();
        let expected = [("Adult", 0), ("Youth", 100)];
        assert_eq!(of, expected.map(|(service, percent)| (Some(service.to_owned()), Some(percent.into()))));
        let told = season.findings.iter().filter(|finding| finding.rule.as_str() == "change-implausible");
        assert_eq!(told.count(), 0);
    }

    #[test]
    fn one_that_doesn_t_say_which_of_several_services_it_is_about_stands_for_none() {
        let frameworks = [sample::of_services(sample::usual())];
        let of = |service| sample::of_service(&frameworks[0], service, "Self-assessment", 1);
        let mut unsaid = sample::of_service(&frameworks[0], "", "External assessment", 1);
        unsaid.fields.remove("service");
        for (services, expected) in [(&["Adult", "Youth"][..], 2), (&["Adult"], 1)] {
            let reviews = services.iter().map(|service| of(service)).chain([unsaid.clone()]).collect();
            let season = Season::new(&frameworks, Surroundings::default(), reviews);
            assert_eq!(season.headline().count(), expected, "{services:?}");
        }
    }
}
