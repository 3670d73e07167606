//! Checks raters, scales, sections, criteria, measures, groups and named values.

use std::collections::BTreeMap;

use super::{About, Check};
use crate::exact::Exact;
use crate::framework::expression::{Expression, Mention, is_built_in};
use crate::framework::language::Kind;
use crate::framework::schema::{CriterionEntry, MeasureEntry, SectionEntry, StepEntry};
use crate::framework::written::Path;
use crate::framework::{Criterion, Edge, Lookup, LookupStep, Measure, NamedValue, Rater, Scale, ScaleId, Section};
use crate::words::{Nouns, plural};

/// The longest noun: the name of a sheet has room for it.
const LONGEST_NOUN: usize = 28;

impl Check<'_> {
    /// Takes the scheme's own words, which stand in sentences, headings and the names of sheets.
    pub(super) fn nouns(&mut self) -> Nouns {
        let Some(words) = &self.file.words else { return Nouns::default() };
        let at = Path::ROOT.key("words");
        let given = [
            ("criterion", &words.criterion),
            ("network", &words.network),
            ("organisation", &words.organisation),
            ("return", &words.returned),
            ("section", &words.section),
            ("total", &words.total),
        ];
        // Who has words of their own calls a return what the pack does, and not “return” beside it.
        let noun = self.file.framework.noun.as_str();
        let several = Some(plural(noun)).filter(|several| several.chars().count() <= LONGEST_NOUN);
        let mut nouns = several.map_or_else(Nouns::default, |several| Nouns::default().with("return", noun, &several));
        for (usual, own) in given {
            let Some([one, several]) = own else { continue };
            for (place, word) in [one, several].into_iter().enumerate() {
                let is_noun = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '\u{2019}');
                if word.trim() != word
                    || !(1..=LONGEST_NOUN).contains(&word.chars().count())
                    || !word.chars().all(is_noun)
                {
                    let message = format!("`{word}` can't stand in the place of “{usual}”");
                    let help = format!(
                        "Write a noun of up to {LONGEST_NOUN} letters, small but for names: `[\"issue\", \"issues\"]`."
                    );
                    self.fault(&at.key(usual).at(place), message, help);
                }
            }
            nouns = nouns.with(usual, one, several);
        }
        nouns
    }

    /// Checks who judges: somebody does in every return.
    pub(super) fn raters(&mut self) -> Vec<Rater> {
        let list = Path::ROOT.key("raters");
        let raters = &self.file.raters;
        self.unique(&list, "id", "raters", raters.iter().map(|rater| rater.id.as_str()));
        if raters.is_empty() && self.file.bundle.is_none() {
            self.fault(
                &Path::ROOT,
                "the pack doesn\u{2019}t say who judges",
                "Add `[[raters]]` with an `id` and a `title`.",
            );
            return Vec::new();
        }
        let always = raters.iter().filter(|rater| rater.counts_when.is_none()).count();
        if always != 1 && self.file.bundle.is_none() {
            let message =
                format!("{always} of the raters have no `counts_when`; exactly one counts where no other does");
            self.fault(&list, message, "Leave `counts_when` out for one rater.");
        }
        let checked = raters.iter().enumerate().map(|(index, rater)| {
            let at = list.at(index);
            let counts_when = self.some_condition(&at.key("counts_when"), rater.counts_when.as_ref(), About::Fields);
            Rater { id: rater.id.as_str().into(), title: rater.title.clone(), counts_when }
        });
        checked.collect()
    }

    /// Checks the scales.
    pub(super) fn scales(&mut self) -> BTreeMap<ScaleId, Scale> {
        let list = Path::ROOT.key("scales");
        let mut scales = BTreeMap::new();
        for (name, scale) in &self.file.scales {
            let checked = self.scale(&list.key(name), scale);
            scales.insert(ScaleId::from(name.as_str()), checked);
        }
        scales
    }

    /// Checks the sections; criteria and measures share their names' space, as expressions and results do.
    pub(super) fn sections(&mut self) -> Vec<Section> {
        let list = Path::ROOT.key("sections");
        let sections = &self.file.sections;
        self.unique(&list, "id", "sections", sections.iter().map(|section| section.id.as_str()));
        self.repeated_items();
        sections.iter().enumerate().map(|(index, section)| self.section(&list.at(index), section)).collect()
    }

    /// Tells criteria and measures that have the name of another.
    fn repeated_items(&mut self) {
        let mut seen: Vec<&str> = Vec::new();
        let list = Path::ROOT.key("sections");
        for (index, section) in self.file.sections.iter().enumerate() {
            let (at, criteria, measures) = (list.at(index), "criteria", "measures");
            let criterion = section.criteria.iter().enumerate().map(|(at, entry)| (criteria, at, entry.id.as_str()));
            let measure = section.measures.iter().enumerate().map(|(at, entry)| (measures, at, entry.id.as_str()));
            for (key, number, id) in criterion.chain(measure) {
                if seen.contains(&id) {
                    let message = format!("there are two criteria or measures called `{id}`");
                    self.fault(&at.key(key).at(number).key("id"), message, "Give one of them another name.");
                }
                seen.push(id);
            }
        }
    }

    /// Checks one section.
    fn section(&mut self, at: &Path, section: &SectionEntry) -> Section {
        if let Some(sheet) = &section.sheet {
            let sheets = self.names.sheets.clone();
            self.refers(&at.key("sheet"), sheet, "sheet", &sheets);
        }
        if section.criteria.is_empty() && section.measures.is_empty() {
            self.fault(at, format!("section `{}` has no criteria and no measures", section.id), "Add some.");
        }
        let weight_from = self.own_weight(at, section);
        self.own_weights(at, section);
        let (criteria, measures) = (at.key("criteria"), at.key("measures"));
        let scale = section.scale.as_deref();
        let criteria =
            section.criteria.iter().enumerate().map(|(index, entry)| self.criterion(&criteria.at(index), entry, scale));
        let criteria = criteria.collect();
        let measures =
            section.measures.iter().enumerate().map(|(index, entry)| self.measure(&measures.at(index), entry));
        Section {
            id: section.id.as_str().into(),
            title: section.title.clone(),
            weight: section.weight.as_ref().map(|weight| weight.0.clone()),
            weight_from,
            weights_in: section.weights_in.as_deref().map(Into::into),
            sheet: section.sheet.as_deref().map(Into::into),
            criteria,
            measures: measures.collect(),
        }
    }

    /// Checks the weight that an organisation gives a section, which no answer changes.
    fn own_weight(&mut self, at: &Path, section: &SectionEntry) -> Option<Expression> {
        let key = at.key("weight_from");
        let weight = self.some_number(&key, section.weight_from.as_ref())?;
        if section.weight.is_none() {
            let message =
                format!("section `{}` has no weight for organisations that give none of their own", section.id);
            self.fault(&key, message, "Add `weight`.");
        }
        let rests_on_answers = |mention: &Mention| match mention {
            Mention::Call(name, _) => !is_built_in(name) && name != "noted" && !name.starts_with("rows_"),
            Mention::Name(name) => name != "data_date",
            Mention::Attribute(of, _) => of != "field",
        };
        if weight.names().iter().any(rests_on_answers) {
            let message = "a weight can't rest on answers";
            self.fault(&key, message, "Take it from a field, or by `noted` from a column beside criteria.");
        }
        Some(weight)
    }

    /// Checks the column in which an organisation weights the criteria of a section.
    fn own_weights(&mut self, at: &Path, section: &SectionEntry) {
        let Some(column) = &section.weights_in else { return };
        let key = at.key("weights_in");
        let columns = self.names.notes.clone();
        self.refers(&key, column, "column", &columns);
        if self.names.kind_of_note(column).is_some_and(|kind| kind != Kind::Number) {
            self.fault(&key, format!("the column `{column}` holds no numbers"), "Give it the kind of a number.");
        }
        if !section.measures.is_empty() {
            let message =
                format!("section `{}` has measures, which have no weights beside those of criteria", section.id);
            self.fault(&key, message, "Put the measures into a section of their own.");
        }
    }

    /// Checks how often a criterion counts.
    fn weight(&mut self, at: &Path, entry: &CriterionEntry) -> Option<Exact> {
        let weight = entry.weight.as_ref().map(|weight| weight.0.clone())?;
        if weight <= Exact::zero() {
            let message = format!("criterion `{}` counts {weight} times", entry.id);
            self.fault(&at.key("weight"), message, "Write a number above nought, or leave it out to count once.");
        }
        Some(weight)
    }

    /// Checks one criterion; `scale` is its section's.
    fn criterion(&mut self, at: &Path, entry: &CriterionEntry, scale: Option<&str>) -> Criterion {
        let scales: Vec<&str> = self.file.scales.keys().map(String::as_str).collect();
        let scale = match (&entry.scale, scale) {
            (Some(own), _) => {
                self.refers(&at.key("scale"), own, "scale", &scales);
                own
            }
            (None, Some(shared)) => {
                self.refers(at, shared, "scale", &scales);
                shared
            }
            (None, None) => {
                let message = format!("criterion `{}` has no scale, and its section has none", entry.id);
                self.fault(at, message, "Add `scale` to the section, or to the criterion.");
                ""
            }
        };
        Criterion {
            id: entry.id.as_str().into(),
            text: entry.text.clone(),
            short: in_few_words(entry.short.as_ref(), &entry.text),
            scale: scale.into(),
            weight: self.weight(at, entry),
            tags: entry.tags.clone(),
            levels: entry.levels.clone(),
            note: entry.note.clone(),
        }
    }

    /// Checks one measure.
    fn measure(&mut self, at: &Path, entry: &MeasureEntry) -> Measure {
        if let Some(register) = &entry.register {
            let registers: Vec<&str> = self.names.registers.keys().copied().collect();
            self.refers(&at.key("register"), register, "register", &registers);
        }
        let plain = |number: &Option<crate::framework::schema::Number>| number.as_ref().map(|number| number.0.clone());
        Measure {
            id: entry.id.as_str().into(),
            text: entry.text.clone(),
            short: in_few_words(entry.short.as_ref(), &entry.text),
            unit: entry.unit.clone(),
            least: plain(&entry.least),
            greatest: plain(&entry.greatest),
            decimals: entry.decimals,
            maximum: entry.maximum.0.clone(),
            lookup: self.lookup(at, entry),
            from_register: self.some_number(&at.key("from_register"), entry.from_register.as_ref()),
            cohort: self.some_number(&at.key("cohort"), entry.cohort.as_ref()),
            small_cohort: plain(&entry.small_cohort),
            register: entry.register.as_deref().map(Into::into),
        }
    }

    /// Reads an expression about the return that comes to a number, where there is one.
    fn some_number(&mut self, at: &Path, written: Option<&String>) -> Option<Expression> {
        written.map(|written| self.expression_of(at, written, About::Return, Kind::Number))
    }

    /// Checks the steps from a value to points.
    fn lookup(&mut self, at: &Path, entry: &MeasureEntry) -> Option<Lookup> {
        let otherwise = entry.otherwise.as_ref().map_or_else(Exact::zero, |points| points.0.clone());
        let list = at.key("points");
        let steps = entry.points.as_ref()?.iter().enumerate();
        let steps: Vec<LookupStep> = steps.filter_map(|(index, step)| self.step(&list.at(index), step)).collect();
        for (index, pair) in steps.windows(2).enumerate() {
            if pair[0].edge.holds(&pair[1].limit, &pair[0].limit) && pair[0].edge == pair[1].edge {
                let message = "this step is never reached: every value that it takes, the one before takes";
                self.fault(&list.at(index + 1), message, "Put the steps that take fewest values first.");
            }
        }
        if let Some(most) = steps.iter().map(|step| &step.points).max()
            && *most > entry.maximum.0
        {
            let message = format!("a step gives {most} points; the measure's maximum is {}", entry.maximum.0);
            self.fault(&at.key("maximum"), message, "Correct the step or the maximum.");
        }
        Some(Lookup { steps, otherwise })
    }

    /// Checks one step: exactly one edge.
    fn step(&mut self, at: &Path, step: &StepEntry) -> Option<LookupStep> {
        let edges = [
            (Edge::AtLeast, &step.at_least),
            (Edge::Over, &step.over),
            (Edge::AtMost, &step.at_most),
            (Edge::Under, &step.under),
        ];
        let mut given = edges.iter().filter_map(|(edge, limit)| Some((*edge, limit.as_ref()?)));
        if let (Some((edge, limit)), None) = (given.next(), given.next()) {
            return Some(LookupStep { edge, limit: limit.0.clone(), points: step.points.0.clone() });
        }
        let message = "a step has exactly one of `at_least`, `over`, `at_most` and `under`";
        self.fault(at, message, "Say in one way which values it takes.");
        None
    }

    /// Checks the named sets.
    pub(super) fn groups(&mut self) -> BTreeMap<String, Vec<String>> {
        let list = Path::ROOT.key("groups");
        let names = &self.names;
        let members = [&names.criteria, &names.measures, &names.sections, &names.tags];
        let members: Vec<&str> = members.into_iter().flatten().copied().collect();
        for (name, group) in &self.file.groups {
            let at = list.key(name);
            for (index, member) in group.iter().enumerate() {
                self.refers(&at.at(index), member, "criterion, measure, section or tag", &members);
            }
        }
        self.file.groups.clone()
    }

    /// Checks the named values.
    pub(super) fn values(&mut self) -> Vec<NamedValue> {
        let list = Path::ROOT.key("values");
        self.unique(&list, "name", "values", self.file.values.iter().map(|value| value.name.as_str()));
        let values = self.file.values.iter().enumerate().map(|(index, value)| {
            let at = list.at(index);
            self.identifier(&at.key("name"), &value.name);
            self.not_the_languages(&at.key("name"), &value.name);
            let worked_out = self.expression(&at.key("value"), &value.value, About::whole(self.file));
            NamedValue { name: value.name.clone(), title: value.title.clone(), value: worked_out }
        });
        values.collect()
    }
}

/// Returns a few words for a criterion or measure: its own text where there are none, without the stop at its end, since words stand within
/// sentences.
pub(super) fn in_few_words(short: Option<&String>, text: &str) -> String {
    let whole = || text.strip_suffix('.').filter(|text| !text.ends_with('.')).unwrap_or(text).to_owned();
    short.cloned().unwrap_or_else(whole)
}
