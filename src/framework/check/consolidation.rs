//! Checks the kinds of return, and how judgements on the units of an organisation make one on the whole.

use super::Check;
use crate::framework::schema::KindEntry;
use crate::framework::written::Path;
use crate::framework::{ConsolidationSpec, FieldRole, ReturnKind, ShareRule};

impl<'a> Check<'a> {
    /// Checks the consolidation, where the pack has one.
    pub(super) fn consolidation(&mut self) -> Option<ConsolidationSpec> {
        let entry = self.file.consolidation.as_ref()?;
        let at = Path::ROOT.key("consolidation");
        self.kinds(&at, entry);
        self.shared_grades(&at, entry);
        self.choices(&at, entry);
        self.listed_units(&at, entry);
        Some(entry.clone())
    }

    /// Returns the choices of the field that says the kind of return.
    pub(super) fn kind_choices(&self) -> Vec<&'a str> {
        let file = self.file;
        let field = file.fields.iter().find(|field| field.role == Some(FieldRole::Kind));
        match field.map(|field| &field.kind) {
            Some(KindEntry::Choice(choices)) => choices.iter().map(String::as_str).collect(),
            Some(_) | None => Vec::new(),
        }
    }

    /// Checks the kinds of return: each is a choice of the field that says the kind, and comes to bands that are there.
    pub(super) fn return_kinds(&mut self) -> Vec<ReturnKind> {
        let list = Path::ROOT.key("kinds");
        let kinds = &self.file.kinds;
        self.unique(&list, "choice", "kinds of return", kinds.iter().map(|kind| kind.choice.as_str()));
        let choices = self.kind_choices();
        let bands: Vec<&str> = self.file.outcome.bands.iter().map(|band| band.id.as_str()).collect();
        for (index, kind) in kinds.iter().enumerate() {
            let at = list.at(index);
            self.refers(&at.key("choice"), &kind.choice, "kind of return", &choices);
            for (place, band) in kind.bands.iter().enumerate() {
                self.refers(&at.key("bands").at(place), band.as_str(), "band", &bands);
            }
        }
        kinds.clone()
    }

    /// Holds that both kinds of return are choices of the field that says the kind, and that a field names the unit.
    fn kinds(&mut self, at: &Path, entry: &ConsolidationSpec) {
        let kinds = self.kind_choices();
        let is_named = self.file.fields.iter().any(|field| field.role == Some(FieldRole::Unit));
        self.refers(&at.key("unit_kind"), &entry.unit_kind, "kind of return", &kinds);
        self.refers(&at.key("whole_kind"), &entry.whole_kind, "kind of return", &kinds);
        if !is_named {
            let message = "no field says which unit a return is about";
            self.fault(at, message, "Give the field that names it the role `unit`.");
        }
    }

    /// Holds that both grades are on a scale.
    fn shared_grades(&mut self, at: &Path, entry: &ConsolidationSpec) {
        let scales = self.file.scales.values().flat_map(|scale| scale.grades.iter().flatten());
        let grades: Vec<&str> = scales.map(|grade| grade.id.as_str()).collect();
        self.refers(&at.key("grade"), &entry.grade, "grade", &grades);
        self.refers(&at.key("otherwise"), &entry.otherwise, "grade", &grades);
    }

    /// Holds that the fields that choose the rule are there, and that a rule that asks for a share gets one.
    fn choices(&mut self, at: &Path, entry: &ConsolidationSpec) {
        let fields = self.names.fields.clone();
        for (key, field) in [("chosen_in", &entry.chosen_in), ("share_in", &entry.share_in), ("weight", &entry.weight)]
        {
            if let Some(field) = field {
                self.refers(&at.key(key), field.as_str(), "field", &fields);
            }
        }
        let of_field = entry.chosen_in.as_ref().and_then(|chosen| self.file.field(chosen));
        let words: Vec<&str> = match of_field.map(|field| &field.kind) {
            Some(KindEntry::Choice(choices)) => choices.iter().map(String::as_str).collect(),
            Some(_) | None => Vec::new(),
        };
        for choice in entry.choices.keys() {
            self.refers(&at.key("choices").key(choice), choice, "choice", &words);
        }
        if matches!(entry.rule, ShareRule::Share | ShareRule::WeightedShare) && entry.share.is_none() {
            let message = "the rule asks for a share, and none is set";
            self.fault(&at.key("rule"), message, "Add `share`, between 0 and 1.");
        }
    }

    /// Holds that the register that lists the units has a key and the column with the weights.
    fn listed_units(&mut self, at: &Path, entry: &ConsolidationSpec) {
        let Some(named) = &entry.register else { return };
        let registers: Vec<&str> = self.names.registers.keys().copied().collect();
        self.refers(&at.key("register"), named.as_str(), "register", &registers);
        let Some(register) = self.names.registers.get(named.as_str()).copied() else { return };
        if register.key.is_none() {
            let message = format!("register `{named}` has no key by which units are told");
            self.fault(&at.key("register"), message, "Give the register a `key`.");
        }
        if let Some(column) = &entry.register_weight {
            let columns: Vec<&str> = register.columns.iter().map(|column| column.id.as_str()).collect();
            self.refers(&at.key("register_weight"), column.as_str(), "column", &columns);
        }
    }
}
