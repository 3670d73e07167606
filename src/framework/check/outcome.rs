//! Checks how an outcome is found, what scores want beside them, the scheme's own rules and its dated steps.

use super::{About, Check};
use crate::framework::language::Kind;
use crate::framework::schema::{CalendarEntry, GateEntry, Number, OwnRuleEntry, RequirementEntry};
use crate::framework::written::Path;
use crate::framework::{
    Band, Better, CalendarStep, Gate, GateId, Limit, OutcomeSpec, OwnRule, Requirement, better_by_limits,
};
use crate::wording::Wording;
use crate::words::OPEN;

/// The general rules that a requirement may speak by.
const REQUIREMENT_RULES: [&str; 4] =
    ["evidence-missing", "action-missing", "action-incomplete", "reassessment-required"];

/// The general rules by whose name a scheme's own may speak.
const GENERAL_RULES: [&str; 14] = [
    "action-incomplete",
    "action-missing",
    "certificate-expired",
    "date-out-of-order",
    "date-out-of-period",
    "deadline-missed",
    "evidence-missing",
    "field-blank",
    "identifier-malformed",
    "identifier-repeated",
    "near-boundary",
    "outcome-differs",
    "placeholder-left",
    "total-differs",
];

/// What reports say in the place of an outcome that isn't known, or that there is none.
const TAKEN: [&str; 4] = [OPEN, "Open or none", "Not known", "Doesn\u{2019}t apply"];

impl<'a> Check<'a> {
    /// Checks how an outcome is found.
    pub(super) fn outcome(&mut self) -> OutcomeSpec {
        let outcome = &self.file.outcome;
        let at = Path::ROOT.key("outcome");
        self.outcomes(&at, &outcome.bands, &outcome.gates);
        let mut bands = outcome.bands.clone();
        let mut gates = self.gates(&at.key("gates"), &outcome.gates, About::whole(self.file));
        let levels = self.levels_of_parts(&at, &mut bands, &mut gates);
        self.nearness(&at, outcome.near.as_ref());
        OutcomeSpec {
            total: self.expression_of(&at.key("total"), &outcome.total, About::whole(self.file), Kind::Number),
            unit: outcome.unit.clone(),
            decimals: outcome.decimals,
            better: self.better(&at, outcome.better, &outcome.bands),
            mode: outcome.mode,
            bands,
            gates,
            levels,
            near: outcome.near.as_ref().map(|near| near.0.clone()),
            incomplete: outcome.incomplete.clone(),
            again: outcome.again.clone(),
        }
    }

    /// Holds that a margin by which a total is near to a band is one.
    pub(super) fn nearness(&mut self, at: &Path, near: Option<&Number>) {
        if let Some(near) = near.filter(|near| near.0.is_negative()) {
            let message = format!("no total is nearer to a band than {}", near.0);
            self.fault(&at.key("near"), message, "Write a number above nought, or take the key out.");
        }
    }

    /// Returns which end of the total is better, and tells limits that go the other way.
    pub(super) fn better(&mut self, at: &Path, better: Option<Better>, bands: &[Band]) -> Better {
        let Some(better) = better else { return better_by_limits(bands) };
        let list = at.key("bands");
        for (index, band) in bands.iter().enumerate() {
            if better == Better::Lower && band.limit().is_some_and(Limit::is_least) {
                let message = format!("less is better, and band `{}` asks for more", band.id);
                self.fault(&list.at(index), message, "Write the limit as `at_most` or `under`.");
            }
        }
        better
    }

    /// Checks the bands of an outcome or a grade, with the names of its gates.
    pub(super) fn outcomes(&mut self, at: &Path, bands: &[Band], gates: &[GateEntry]) {
        let (list, conditions) = (at.key("bands"), at.key("gates"));
        self.unique(&list, "id", "bands", bands.iter().map(|band| band.id.as_str()));
        self.unique(&conditions, "id", "gates", gates.iter().map(|gate| gate.id.as_str()));
        self.band_words(&list, bands);
        self.unused_gates(&conditions, bands, gates);
        let names: Vec<&str> = gates.iter().map(|gate| gate.id.as_str()).collect();
        for (index, band) in bands.iter().enumerate() {
            self.band(&list.at(index), band, &names);
        }
    }

    /// Tells bands that go by the same words: neither a form that states one nor a report could say which.
    fn band_words(&mut self, list: &Path, bands: &[Band]) {
        let words = |band: &Band| -> Vec<Wording> {
            std::iter::once(&band.title).chain(&band.written).map(|words| Wording::of(words)).collect()
        };
        let taken: Vec<Wording> = TAKEN.into_iter().map(Wording::of).collect();
        for (index, band) in bands.iter().enumerate() {
            let own = words(band);
            if taken.contains(&Wording::of(&band.title)) {
                let message =
                    format!("reports say “{}” of what isn't known, and band `{}` goes by it", band.title, band.id);
                self.doubt(&list.at(index).key("title"), message, "Give it another title.");
            }
            let Some(other) = bands[..index].iter().find(|other| words(other).iter().any(|word| own.contains(word)))
            else {
                continue;
            };
            let message = format!("bands `{}` and `{}` go by the same words: “{}”", other.id, band.id, band.title);
            self.doubt(&list.at(index).key("title"), message, "Give one of them other words.");
        }
    }

    /// Checks gates.
    pub(super) fn gates(&mut self, at: &Path, gates: &[GateEntry], about: About) -> Vec<Gate> {
        gates.iter().enumerate().map(|(index, gate)| self.gate(&at.at(index), gate, about)).collect()
    }

    /// Tells gates that withhold nothing.
    fn unused_gates(&mut self, at: &Path, bands: &[Band], gates: &[GateEntry]) {
        let used: Vec<&str> = bands.iter().flat_map(|band| &band.gates).map(GateId::as_str).collect();
        // A name that is mistyped at one of the two places is told at the band.
        if used.iter().any(|used| gates.iter().all(|gate| gate.id != *used)) {
            return;
        }
        for (index, gate) in gates.iter().enumerate().filter(|(_, gate)| !used.contains(&gate.id.as_str())) {
            let message = format!("no band needs the gate `{}`", gate.id);
            self.fault(&at.at(index).key("id"), message, "Name it in the `gates` of a band, or take it out.");
        }
    }

    /// Checks one band.
    fn band(&mut self, at: &Path, band: &Band, gates: &[&str]) {
        self.kebab(&at.key("id"), band.id.as_str());
        if [&band.at_least, &band.over, &band.at_most, &band.under].into_iter().flatten().count() > 1 {
            let message = format!("band `{}` has more than one of `at_least`, `over`, `at_most` and `under`", band.id);
            self.fault(at, message, "Keep the one that decides; the other end as printed is `printed_to`.");
        }
        let named = at.key("gates");
        for (index, gate) in band.gates.iter().enumerate() {
            self.refers(&named.at(index), gate.as_str(), "gate", gates);
        }
    }

    /// Checks one gate.
    fn gate(&mut self, at: &Path, gate: &GateEntry, about: About) -> Gate {
        self.kebab(&at.key("id"), &gate.id);
        self.message(&at.key("why"), &gate.why, about);
        Gate {
            id: gate.id.as_str().into(),
            title: gate.title.clone(),
            holds: self.condition(&at.key("holds"), &gate.holds, about),
            why: gate.why.clone(),
        }
    }

    /// Checks what scores want beside them.
    pub(super) fn requirements(&mut self) -> Vec<Requirement> {
        let list = Path::ROOT.key("requirements");
        let requirements = self.file.requirements.iter().enumerate();
        requirements.map(|(index, requirement)| self.requirement(&list.at(index), requirement)).collect()
    }

    /// Checks one requirement.
    fn requirement(&mut self, at: &Path, requirement: &RequirementEntry) -> Requirement {
        if let Some(rater) = &requirement.rater {
            let raters = self.names.raters.clone();
            self.refers(&at.key("rater"), rater, "rater", &raters);
        }
        let columns = self.file.tables.iter().flat_map(|table| &table.columns).map(|column| column.id.as_str());
        let columns: Vec<&str> = columns.collect();
        let any_of = at.key("any_of");
        for (index, column) in requirement.any_of.iter().enumerate() {
            self.refers(&any_of.at(index), column, "column", &columns);
        }
        self.refers(&at.key("rule"), &requirement.rule, "rule for requirements", &REQUIREMENT_RULES);
        Requirement {
            rater: requirement.rater.as_deref().map(Into::into),
            when: self.condition(&at.key("when"), &requirement.when, About::Score),
            any_of: requirement.any_of.iter().map(|column| column.as_str().into()).collect(),
            rule: requirement.rule.clone(),
            severity: requirement.severity,
            help: requirement.help.clone(),
        }
    }

    /// Checks the scheme's own rules.
    pub(super) fn own_rules(&mut self) -> Vec<OwnRule> {
        let list = Path::ROOT.key("rules");
        for (index, rule) in self.file.rules.iter().enumerate() {
            let first = self.file.rules.iter().find(|first| first.slug == rule.slug);
            if first.is_some_and(|first| first.severity != rule.severity || first.says != rule.says) {
                let message = format!("rule `{}` weighs or says something else than the one above", rule.slug);
                self.fault(&list.at(index).key("slug"), message, "Give it another name, or the same severity.");
            }
        }
        self.file.rules.iter().enumerate().map(|(index, rule)| self.own_rule(&list.at(index), rule)).collect()
    }

    /// Checks one rule of the scheme's own.
    fn own_rule(&mut self, at: &Path, rule: &OwnRuleEntry) -> OwnRule {
        self.kebab(&at.key("slug"), &rule.slug);
        let about = match &rule.over {
            Some(register) => {
                let registers: Vec<&str> = self.names.registers.keys().copied().collect();
                self.refers(&at.key("over"), register, "register", &registers);
                match &rule.marks {
                    Some(marked) => {
                        self.refers(&at.key("marks"), marked, "register", &registers);
                        About::Mark(register, marked)
                    }
                    None => About::Row(register, usize::MAX),
                }
            }
            None if rule.each.is_some() => About::Criterion,
            None => About::Return,
        };
        if let Some(place) = &rule.at {
            let mut places = self.places(rule.over.as_deref());
            if rule.each.is_some() {
                places.clone_from(&self.names.notes);
            }
            self.refers(&at.key("at"), place, "field, criterion, measure, column or register", &places);
        }
        self.message(&at.key("message"), &rule.message, about);
        if let Some(general) = &rule.says {
            self.refers(&at.key("says"), general, "general rule for packs", &GENERAL_RULES);
        }
        OwnRule {
            slug: rule.slug.clone(),
            says: rule.says.clone(),
            severity: rule.severity,
            over: rule.over.as_deref().map(Into::into),
            each: rule.each,
            marks: rule.marks.as_deref().map(Into::into),
            when: self.condition(&at.key("when"), &rule.when, about),
            message: rule.message.clone(),
            help: rule.help.clone(),
            at: rule.at.clone(),
        }
    }

    /// Returns what a rule may point to.
    fn places(&self, register: Option<&str>) -> Vec<&'a str> {
        if let Some(name) = register {
            let columns = self.names.registers.get(name).into_iter().flat_map(|register| &register.columns);
            columns.map(|column| column.id.as_str()).collect()
        } else {
            let items = self.names.fields.iter().chain(&self.names.criteria).chain(&self.names.measures).copied();
            items.chain(self.names.registers.keys().copied()).collect()
        }
    }

    /// Checks the dated steps.
    pub(super) fn calendar(&mut self) -> Vec<CalendarStep> {
        let list = Path::ROOT.key("calendar");
        let steps = &self.file.calendar;
        self.unique(&list, "id", "dated steps", steps.iter().map(|step| step.id.as_str()));
        steps.iter().enumerate().map(|(index, step)| self.dated_step(&list.at(index), step)).collect()
    }

    /// Checks one dated step.
    fn dated_step(&mut self, at: &Path, step: &'a CalendarEntry) -> CalendarStep {
        self.identifier(&at.key("id"), &step.id);
        let about = step.over.as_deref().map_or(About::Steps, |register| {
            let registers: Vec<&str> = self.names.registers.keys().copied().collect();
            self.refers(&at.key("over"), register, "register", &registers);
            About::Row(register, usize::MAX)
        });
        if let Some(kind) = &step.arrival_of {
            let kinds = self.kind_choices();
            self.refers(&at.key("arrival_of"), kind, "kind of return", &kinds);
        }
        if step.again && step.over.is_some() {
            let message = "a row's step is no day by which a return is wanted again";
            self.fault(&at.key("again"), message, "Take `again` out, or take `over` out.");
        }
        CalendarStep {
            id: step.id.as_str().into(),
            title: step.title.clone(),
            kind: step.kind,
            over: step.over.as_deref().map(Into::into),
            when: self.some_condition(&at.key("when"), step.when.as_ref(), about),
            due: self.expression_of(&at.key("due"), &step.due, about, Kind::Day),
            done: step.done.as_ref().map(|done| self.expression_of(&at.key("done"), done, about, Kind::Day)),
            arrival_of: step.arrival_of.clone(),
            again: step.again,
            basis: step.basis.clone(),
        }
    }
}
