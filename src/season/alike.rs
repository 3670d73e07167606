//! Which texts of evidence say the same in words that nobody would find by chance, without comparing each with each.
//!
//! Texts are brought together by the runs of words that few organisations have. What two share weighs by how little the season's
//! other evidence leads to it: each word, after the word before it, by how seldom others go on like that. So figures and dates set
//! into a usual phrase weigh little, a sentence that only its own writers have weighs much, and what many organisations
//! write weighs nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::review::evidence::{EvidenceRecord, Step};
use crate::wording::Wording;

/// Texts that share fewer runs aren't compared: these are eight words in a row.
const LEAST_RUNS: usize = 4;

/// What two texts share weighs at least this much where one was copied: nine words in a row that nobody else has.
const LEAST_WEIGHT: f64 = 23.0;

/// How probable a word is that nobody else has written there.
const UNHEARD: f64 = 0.05;

/// Words that no more organisations than this share may be copied, however few there are.
const FEW: usize = 3;

/// Words that more than one in so many organisations share are a usual phrase.
const USUAL: usize = 10;

/// Of fewer organisations it can't be told which phrases are usual: there a copy is the same text, or as much in one run.
const ENOUGH: usize = 20;

/// As many texts of one run are compared each with each; more are compared with the first of them.
const EACH_WITH_EACH: usize = 8;

/// A text, and whose it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written<'a> {
    /// The organisation's number.
    pub organisation: usize,
    /// The number of the framework that it writes on.
    pub framework: usize,
    /// The text.
    pub text: &'a EvidenceRecord,
}

/// Texts that say the same.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Copied {
    /// How much of what they share can't be chance, more where more.
    pub weight: f64,
    /// The texts, by their place among those given, ascending.
    pub texts: Vec<usize>,
}

/// Returns texts of different organisations that say the same, what weighs most first.
pub(super) fn copied(written: &[Written]) -> Vec<Copied> {
    let season = Usage::of(written);
    let mut weights: BTreeMap<usize, f64> = BTreeMap::new();
    let mut group: Vec<usize> = (0..written.len()).collect();
    for ((one, other), weight) in season.pairs(written) {
        let heaviest = weights.entry(one).or_default();
        *heaviest = heaviest.max(weight);
        let (one, other) = (root(&group, one), root(&group, other));
        group[one.max(other)] = one.min(other);
    }
    let mut groups: BTreeMap<usize, Copied> = BTreeMap::new();
    for text in 0..written.len() {
        let of = groups.entry(root(&group, text)).or_insert(Copied { weight: 0.0, texts: Vec::new() });
        of.weight = of.weight.max(weights.get(&text).copied().unwrap_or_default());
        of.texts.push(text);
    }
    let is_shared =
        |of: &Copied| of.texts.iter().any(|text| written[*text].organisation != written[of.texts[0]].organisation);
    let mut shared: Vec<Copied> = groups.into_values().filter(is_shared).collect();
    shared.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    shared
}

/// Returns the least member of a text's group.
fn root(group: &[usize], mut text: usize) -> usize {
    while group[text] != text {
        text = group[text];
    }
    text
}

/// Which words how many organisations use, where that matters.
struct Usage {
    /// How many organisations write on each framework.
    writers: HashMap<usize, usize>,
    /// More organisations than this make a usual phrase of a run.
    most: usize,
    /// How many organisations have a run, where several have.
    runs: HashMap<u32, usize>,
    /// How many runs of few organisations two texts share, where enough.
    candidates: Vec<(usize, usize)>,
    /// How many organisations have a word, or two in a row, where a candidate has it.
    words: HashMap<u32, usize>,
}

impl Usage {
    /// Counts what the organisations have in common.
    fn of(written: &[Written]) -> Self {
        let organisations: HashSet<usize> = written.iter().map(|one| one.organisation).collect();
        let most = FEW.max(organisations.len() / USUAL);
        let writers: HashSet<(usize, usize)> = written.iter().map(|one| (one.framework, one.organisation)).collect();
        let writers = writers.into_iter().fold(HashMap::new(), |mut all, (framework, _)| {
            *all.entry(framework).or_default() += 1;
            all
        });
        let mut usage = Self { writers, most, runs: HashMap::new(), candidates: Vec::new(), words: HashMap::new() };
        usage.count_runs(written);
        usage.count_words(written);
        usage
    }

    /// Counts the organisations of each run, and finds the texts that have enough runs of few in common.
    fn count_runs(&mut self, written: &[Written]) {
        let mut places: Vec<(u32, usize, usize)> = Vec::new();
        for (at, one) in written.iter().enumerate() {
            places.extend(one.text.runs.iter().map(|run| (*run, one.organisation, at)));
        }
        places.sort_unstable();
        let mut shared: HashMap<(usize, usize), usize> = HashMap::new();
        for places in places.chunk_by(|a, b| a.0 == b.0) {
            let organisations = places.chunk_by(|a, b| a.1 == b.1).count();
            if organisations > 1 {
                self.runs.insert(places[0].0, organisations);
            }
            if organisations > 1 && organisations <= self.most {
                each_pair(places, |pair| *shared.entry(pair).or_default() += 1);
            }
        }
        let enough = shared.into_iter().filter(|(_, runs)| *runs >= LEAST_RUNS);
        self.candidates = enough.map(|(pair, _)| pair).collect();
        self.candidates.sort_unstable();
    }

    /// Counts the organisations that have the words of the candidates.
    fn count_words(&mut self, written: &[Written]) {
        if self.candidates.is_empty() {
            return;
        }
        let digests = |text: usize| written[text].text.steps().into_iter().flat_map(|step| [step.before, step.both]);
        let texts: HashSet<usize> = self.candidates.iter().map(|(one, _)| *one).collect();
        self.words = texts.into_iter().flat_map(digests).map(|digest| (digest, 0)).collect();
        let mut by_organisation: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, one) in written.iter().enumerate() {
            by_organisation.entry(one.organisation).or_default().push(at);
        }
        for texts in by_organisation.into_values() {
            let is_wanted = |digest: &u32| self.words.contains_key(digest);
            let has: BTreeSet<u32> = texts.into_iter().flat_map(digests).filter(is_wanted).collect();
            for digest in has {
                self.words.entry(digest).and_modify(|organisations| *organisations += 1);
            }
        }
    }

    /// Returns the texts that share what can't be chance, with how much that weighs.
    fn pairs(&self, written: &[Written]) -> Vec<((usize, usize), f64)> {
        let weighed = self.candidates.chunk_by(|a, b| a.0 == b.0).flat_map(|pairs| {
            let steps = written[pairs[0].0].text.steps();
            let weigh = |&(one, other): &(usize, usize)| {
                let shared = &written[other].text.runs;
                let weights: Vec<f64> = steps.iter().map(|step| self.weight(step, shared)).collect();
                let is_verbatim = || Wording::of(&written[one].text.text) == Wording::of(&written[other].text.text);
                let are_few = [one, other].into_iter().any(|text| self.are_few(written[text].framework));
                let weight =
                    if are_few && !is_verbatim() { heaviest_run(&steps, &weights) } else { weights.iter().sum() };
                ((one, other), weight)
            };
            pairs.iter().map(weigh).collect::<Vec<_>>()
        });
        weighed.filter(|(_, weight)| *weight >= LEAST_WEIGHT).collect()
    }

    /// Whether so few organisations write on a framework that nothing tells which phrases are usual.
    fn are_few(&self, framework: usize) -> bool {
        self.writers.get(&framework).is_none_or(|organisations| *organisations < ENOUGH)
    }

    /// Returns how little the evidence of others leads to a word that a text shares.
    #[expect(clippy::float_arithmetic, reason = "a likeness is no score")]
    fn weight(&self, step: &Step, shared: &[u32]) -> f64 {
        let organisations = |run: &u32| self.runs.get(run).copied().unwrap_or(1);
        let shared = step.runs.iter().filter(|run| shared.binary_search(run).is_ok());
        let Some(sharing) = shared.map(organisations).max() else { return 0.0 };
        if step.runs.iter().any(|run| organisations(run) > self.most) {
            return 0.0;
        }
        let others = |digest: u32| self.words.get(&digest).map_or(0, |all| all.saturating_sub(sharing));
        let [before, both] =
            [step.before, step.both].map(|digest| f64::from(u32::try_from(others(digest)).unwrap_or(u32::MAX)));
        ((before + 1.0) / (both + UNHEARD)).ln().max(0.0)
    }
}

/// Returns how much those steps weigh that follow one another without a gap, of the heaviest such run; none weighs more than one that nobody
/// else could have gone, since what few write elsewhere doesn't tell how usual a phrase is.
#[expect(clippy::float_arithmetic, reason = "a likeness is no score")]
fn heaviest_run(steps: &[Step], weights: &[f64]) -> f64 {
    let (mut heaviest, mut so_far) = (0.0_f64, 0.0);
    let most = (1.0 / UNHEARD).ln();
    let weights = weights.iter().map(|weight| weight.min(most));
    for (at, (step, weight)) in steps.iter().zip(weights).enumerate() {
        let before = at.checked_sub(1).map(|before| &steps[before]);
        let goes_on =
            weight > 0.0 && before.is_some_and(|before| before.runs.iter().any(|run| step.runs.contains(run)));
        so_far = if goes_on { so_far + weight } else { weight };
        heaviest = heaviest.max(so_far);
    }
    heaviest
}

/// Names each two texts that have a run, or each with the first where there are many.
fn each_pair(places: &[(u32, usize, usize)], mut name: impl FnMut((usize, usize))) {
    let mut texts: Vec<usize> = places.iter().map(|place| place.2).collect();
    texts.sort_unstable();
    let heads = if texts.len() > EACH_WITH_EACH { 1 } else { texts.len() };
    for at in 0..heads {
        texts[at + 1..].iter().for_each(|other| name((texts[at], *other)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::CellRef;
    use crate::finding::Place;
    use crate::review::evidence;
    use crate::season::sample::Dice;

    const COPIED: &str =
        "Twelve client files were sampled by an independent reviewer in February, and eleven held a signed plan.";

    /// Phrases that many write, with figures and months of their own.
    const STOCK: [&str; 6] = [
        "Report of {month} {year} from the database shows that {figure}% of all cases were complete",
        "Please see the minutes of the steering group of {month} {year}, item {figure}, for details",
        "See above; the same evidence as was given for the criterion before applies here too",
        "Staff survey of {month} {year} with {figure} replies, and the action plan that followed it",
        "Confirmed at interview with {figure} members of staff and with the chief executive in {month} {year}",
        "Staff handbook {year}, induction checklist, training plan, minutes of {figure} meetings, survey of {month} {year}",
    ];

    const MONTHS: [&str; 6] = ["January", "February", "March", "April", "May", "June"];

    fn record(text: &str) -> Option<EvidenceRecord> {
        evidence::record("1.1", &Place::cell("Sheet", CellRef::new(1, 1)), text, &BTreeSet::new())
    }

    fn stock(organisations: usize) -> Vec<(usize, String)> {
        let mut dice = Dice::new(7);
        let mut filled = |text: &str| {
            let month = MONTHS[usize::try_from(dice.below(6)).unwrap()];
            let text = text.replace("{month}", month).replace("{year}", &(2023 + dice.below(3)).to_string());
            text.replace("{figure}", &(10 + dice.below(80)).to_string())
        };
        (0..organisations).flat_map(|one| STOCK.map(|text| (one, filled(text)))).collect()
    }

    /// Returns the organisations of each text that is told, in order.
    fn told(texts: &[(usize, String)]) -> Vec<Vec<usize>> {
        let records: Vec<(usize, EvidenceRecord)> =
            texts.iter().filter_map(|(one, text)| Some((*one, record(text)?))).collect();
        let written: Vec<Written> = records
            .iter()
            .map(|(organisation, text)| Written { organisation: *organisation, framework: 0, text })
            .collect();
        let of = |copied: Copied| copied.texts.into_iter().map(|text| written[text].organisation).collect();
        copied(&written).into_iter().map(of).collect()
    }

    #[test]
    fn phrases_that_many_write_are_not_told() {
        assert_eq!(told(&stock(93)), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn a_copy_in_three_organisations_is_told_in_a_season_of_any_size() {
        for organisations in [3, 10, 30, 93, 300] {
            let mut texts = if organisations < 30 { Vec::new() } else { stock(organisations) };
            texts.extend((0..3).map(|one| (one, COPIED.to_owned())));
            assert_eq!(told(&texts), [[0, 1, 2]], "{organisations}");
        }
    }

    #[test]
    fn any_ten_words_that_nobody_else_has_are_told_whatever_others_write() {
        for seed in 1..40 {
            let mut dice = Dice::new(seed);
            let words = 10 + dice.below(20);
            let text: Vec<String> = (0..words).map(|_| format!("word{}", dice.below(1_000_000))).collect();
            let mut texts = vec![(0, text.join(" ")), (1, text.join(" "))];
            for others in 0..6 {
                assert_eq!(told(&texts), [[0, 1]], "seed {seed}, {others} others");
                let other: Vec<String> = (0..30).map(|_| format!("other{}", dice.below(50))).collect();
                texts.push((2 + others, other.join(" ")));
            }
        }
    }

    #[test]
    fn stock_phrases_in_another_order_are_no_copy_where_few_write() {
        let list = |entries: [&str; 3]| entries.join("\n");
        let (policy, staff, site) = (
            "HR policy and staff development records 2023",
            "CVs of the standards staff in spring",
            "Staff profiles on the public website of today",
        );
        let texts = [(0, list([policy, staff, site])), (1, list([policy, site, staff]))];
        assert_eq!(told(&texts), Vec::<Vec<usize>>::new());
        // Word for word it is one, and so is a longer run in one order.
        assert_eq!(told(&[(0, list([policy, staff, site])), (1, list([policy, staff, site]))]), [[0, 1]]);
        let texts = [(0, format!("{policy}\n{COPIED}")), (1, format!("{COPIED}\n{staff}"))];
        assert_eq!(told(&texts), [[0, 1]]);
    }

    #[test]
    fn a_phrase_of_seven_words_is_no_copy_where_few_write_whatever_others_write() {
        let phrase = "Profiles of 18 staff on the website";
        let (one, other) = ("Green kites over seven old harbour walls", "Our own charter for guests and visitors");
        let texts = [(0, format!("{one}\n{phrase}")), (1, format!("{phrase}\n{other}"))];
        // Others use each of its words, and go on otherwise.
        let words = ["Profiles", "of", "18", "staff", "on", "the"];
        let others = (2..12).map(|at| {
            let said = words.iter().enumerate().map(|(place, word)| format!("{word} {at}x{place} y{at}{place} z"));
            (at, said.collect::<Vec<_>>().join(" "))
        });
        let texts: Vec<(usize, String)> = texts.into_iter().chain(others).collect();
        assert_eq!(told(&texts), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn who_writes_on_other_frameworks_tells_of_no_usual_phrase() {
        let list = |entries: [&str; 3]| entries.join("\n");
        let (policy, staff, site) = (
            "HR policy and staff development records 2023",
            "CVs of the standards staff in spring",
            "Staff profiles on the public website of today",
        );
        let mut texts = vec![(0, list([policy, staff, site])), (1, list([policy, site, staff]))];
        let others =
            |at: usize| (at, format!("Note {at} tells of harbour {at} and of kites {at} over walls {at} at dusk"));
        texts.extend((2..40).map(others));
        let records: Vec<(usize, EvidenceRecord)> =
            texts.iter().filter_map(|(one, text)| Some((*one, record(text)?))).collect();
        let copies = |framework: fn(usize) -> usize| {
            let written = |(one, text): &'_ (usize, EvidenceRecord)| (*one, framework(*one), text.clone());
            let written: Vec<(usize, usize, EvidenceRecord)> = records.iter().map(written).collect();
            let written: Vec<Written> = written
                .iter()
                .map(|(organisation, framework, text)| Written {
                    organisation: *organisation,
                    framework: *framework,
                    text,
                })
                .collect();
            copied(&written).len()
        };
        assert_eq!(copies(|one| usize::from(one > 1)), 0);
        assert_eq!(copies(|_| 0), 1);
    }

    #[test]
    fn a_copy_within_a_longer_text_is_told() {
        let longer = format!(
            "Our own plan was agreed with all of the partners in spring. {COPIED} The board has seen it twice."
        );
        assert_eq!(told(&[(0, longer), (1, COPIED.to_owned())]), [[0, 1]]);
    }

    #[test]
    fn what_weighs_most_comes_first_and_one_organisation_shares_nothing_with_itself() {
        let short = "Green kites were flown over seven old harbour walls during autumn festivals";
        let texts = [
            (0, short),
            (1, short),
            (2, COPIED),
            (3, COPIED),
            (4, "the one that stands alone here has no other anywhere at all"),
        ];
        let texts: Vec<(usize, String)> = texts.iter().map(|(one, text)| (*one, (*text).to_owned())).collect();
        assert_eq!(told(&texts), [[2, 3], [0, 1]]);
        let own = [(0, COPIED.to_owned()), (0, COPIED.to_owned())];
        assert_eq!(told(&own), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn what_more_than_a_few_share_is_a_template() {
        let texts: Vec<(usize, String)> = (0..4).map(|one| (one, COPIED.to_owned())).collect();
        assert_eq!(told(&texts), Vec::<Vec<usize>>::new());
    }
}
