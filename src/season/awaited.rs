//! Which returns the roster lets expect on each framework, also in a folder with several.
//!
//! Of which framework an organisation's return is expected is told by the roster's column `framework` (its name or title), else by
//! the kinds that the roster names, where one framework alone has them, else by what the organisation sent.

use std::collections::BTreeSet;

use super::{Expected, Roster, Season, SeasonReturn};
use crate::framework::{EntryKind, FieldRole, Framework, FrameworkId};
use crate::wording::Wording;

/// What is expected of one organisation on one framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited<'a> {
    /// The organisation, as the roster names it.
    pub organisation: &'a str,
    /// The kinds of return; one of any kind where none is named.
    pub kinds: Vec<&'a str>,
}

impl Awaited<'_> {
    /// Returns how many returns are expected.
    pub fn returns(&self) -> usize {
        self.kinds.len().max(1)
    }

    /// Returns how many of them are among these.
    pub fn came(&self, returns: &[&SeasonReturn]) -> usize {
        let has = |kind: &&&str| returns.iter().any(|sent| self.is_of(sent) && is_kind(sent, kind));
        match self.kinds.as_slice() {
            [] => usize::from(returns.iter().any(|sent| self.is_of(sent))),
            kinds => kinds.iter().filter(has).count(),
        }
    }

    /// Whether a return is one of them.
    pub fn expects(&self, sent: &SeasonReturn) -> bool {
        self.is_of(sent) && (self.kinds.is_empty() || self.kinds.iter().any(|kind| is_kind(sent, kind)))
    }

    /// Whether a return is of the organisation.
    pub fn is_of(&self, sent: &SeasonReturn) -> bool {
        sent.organisation.as_deref().is_some_and(|name| Wording::of(name) == Wording::of(self.organisation))
    }
}

/// Whether a return is of a kind.
fn is_kind(sent: &SeasonReturn, kind: &str) -> bool {
    sent.review.kind.as_deref().is_some_and(|own| Wording::of(own) == Wording::of(kind))
}

impl Season<'_> {
    /// Returns what the roster expects on a framework; nothing without a roster.
    pub fn awaited(&self, framework: &FrameworkId) -> Vec<Awaited<'_>> {
        let expected = self.roster.iter().flat_map(Roster::organisations);
        let awaited = expected.filter_map(|expected| {
            let (_, kinds) = self.expected_on(expected).into_iter().find(|(id, _)| *id == framework)?;
            Some(Awaited { organisation: &expected.organisation, kinds })
        });
        awaited.collect()
    }

    /// Returns how many organisations of the roster are there of which it can't be told on which framework they are expected.
    pub fn unplaced(&self) -> usize {
        let expected = self.roster.iter().flat_map(Roster::organisations);
        expected.filter(|expected| self.expected_on(expected).is_empty()).count()
    }

    /// Returns the frameworks on which an organisation is expected, each with the kinds of return.
    fn expected_on<'a>(&'a self, expected: &'a Expected) -> Vec<(&'a FrameworkId, Vec<&'a str>)> {
        let used = self.frameworks_used();
        let all = || expected.kinds.iter().map(String::as_str).collect();
        let is_named = |framework: &&Framework| is_named(framework, expected);
        match (self.frameworks.iter().find(is_named), used.as_slice()) {
            (Some(named), _) => vec![(&named.id, all())],
            (None, [only]) => vec![(&only.id, all())],
            (None, several) => self.by_kind(expected, several),
        }
    }

    /// Returns the frameworks by their kinds of return, else those of which the organisation sent one.
    fn by_kind<'a>(&'a self, expected: &'a Expected, used: &[&'a Framework]) -> Vec<(&'a FrameworkId, Vec<&'a str>)> {
        let sent = self.sent_by(&expected.organisation);
        let mut placed: Vec<(&FrameworkId, Vec<&str>)> = Vec::new();
        for kind in &expected.kinds {
            let having: Vec<&FrameworkId> = used.iter().filter(|one| has_kind(one, kind)).map(|one| &one.id).collect();
            let of =
                if having.len() == 1 { having } else { having.into_iter().filter(|id| sent.contains(*id)).collect() };
            for id in of {
                match placed.iter_mut().find(|(other, _)| *other == id) {
                    Some((_, kinds)) => kinds.push(kind),
                    None => placed.push((id, vec![kind])),
                }
            }
        }
        if placed.is_empty() { sent.into_iter().map(|id| (id, Vec::new())).collect() } else { placed }
    }

    /// Returns the frameworks of which an organisation sent a return, whether or not it counts.
    fn sent_by(&self, organisation: &str) -> BTreeSet<&FrameworkId> {
        let mine = self.returns.iter().filter(|sent| sent.organisation.as_deref() == Some(organisation));
        mine.filter_map(|sent| sent.review.framework.as_ref()).collect()
    }
}

/// Whether the roster names a framework for an organisation.
fn is_named(framework: &Framework, expected: &Expected) -> bool {
    expected.columns.get("framework").is_some_and(|named| framework.is_called(named))
}

/// Whether a kind of return is one of a framework's.
fn has_kind(framework: &Framework, kind: &str) -> bool {
    let wording = Wording::of(kind);
    match framework.field_for(FieldRole::Kind).map(|field| &field.kind) {
        Some(EntryKind::Choice(choices)) => choices.iter().flatten().any(|choice| Wording::of(choice) == wording),
        Some(_) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::review::Review;
    use crate::season::{Roster, Surroundings, sample};

    /// Returns a framework of this name whose returns are of these kinds.
    fn framework(id: &str, kinds: &[&str]) -> Framework {
        let mut framework = Framework { id: id.into(), title: format!("The {id}"), ..sample::usual() };
        let choices = kinds.iter().map(|kind| vec![(*kind).to_owned()]).collect();
        let kind = framework.fields.iter_mut().find(|field| field.role == Some(FieldRole::Kind)).unwrap();
        kind.kind = EntryKind::Choice(choices);
        framework
    }

    fn expected(organisation: &str, kinds: &[&str], framework: Option<&str>) -> Expected {
        Expected {
            organisation: organisation.to_owned(),
            kinds: kinds.iter().map(ToString::to_string).collect(),
            columns: framework
                .map(|named| ("framework".to_owned(), named.to_owned()))
                .into_iter()
                .collect::<BTreeMap<_, _>>(),
        }
    }

    /// What a case is, the kinds and the framework that the roster names, what was sent, and the returns that are awaited of each.
    type Case = (&'static str, &'static [&'static str], Option<&'static str>, Option<usize>, [usize; 2]);

    #[test]
    fn who_is_expected_is_known_of_each_of_several_frameworks() {
        let frameworks = [framework("one", &["First", "Both"]), framework("two", &["Second", "Both"])];
        let cases: [Case; 8] = [
            ("by the column, its name", &[], Some("two"), None, [0, 1]),
            ("by the column, its title", &["First"], Some("The two"), None, [0, 1]),
            ("by the kind", &["First"], None, None, [1, 0]),
            ("by two kinds", &["First", "second"], None, None, [1, 1]),
            ("by a kind of both, and what was sent", &["Both"], None, Some(1), [0, 1]),
            ("a kind of both alone", &["Both"], None, None, [0, 0]),
            ("by what was sent alone", &[], None, Some(0), [1, 0]),
            ("by nothing", &[], None, None, [0, 0]),
        ];
        for (what, kinds, named, sent, counts) in cases {
            let review = |at: usize, name: &str| sample::review(&frameworks[at], name, "Both", &[Some(1); 12]);
            let mut reviews: Vec<Review> = vec![review(0, "Other 0"), review(1, "Other 1")];
            reviews.extend(sent.map(|at| review(at, "Acme")));
            let roster = Some(Roster::of(vec![expected("Acme", kinds, named)]));
            let season = Season::new(&frameworks, Surroundings { roster, ..Surroundings::default() }, reviews);
            let found = [0, 1].map(|at| season.awaited(&frameworks[at].id).iter().map(Awaited::returns).sum::<usize>());
            assert_eq!((found, season.unplaced()), (counts, usize::from(counts == [0, 0])), "{what}");
        }
    }

    #[test]
    fn what_came_is_told_from_what_was_expected() {
        let frameworks = [framework("one", &["First", "Second"])];
        let review = |name: &str, kind: &str| sample::review(&frameworks[0], name, kind, &[Some(1); 12]);
        let reviews = vec![review("Acme", "First"), review("Bolt", "Second"), review("Cord", "First")];
        let organisations = vec![expected("Acme", &["First", "Second"], None), expected("Bolt", &["First"], None)];
        let roster = Some(Roster::of(organisations));
        let season = Season::new(&frameworks, Surroundings { roster, ..Surroundings::default() }, reviews);
        let counted: Vec<&SeasonReturn> = season.counted().collect();
        let awaited = season.awaited(&frameworks[0].id);
        assert_eq!(awaited.iter().map(|one| (one.returns(), one.came(&counted))).collect::<Vec<_>>(), [(2, 1), (1, 0)]);
        let unexpected = counted.iter().filter(|sent| !awaited.iter().any(|one| one.expects(sent)));
        assert_eq!(unexpected.count(), 2);
    }
}
