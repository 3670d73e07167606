//! Checks where a workbook holds what: sheets, fields, tables and registers.

use super::{About, Check};
use crate::framework::language::Kind;
use crate::framework::schema::{
    ColumnEntry, FieldEntry, HoldsEntry, KindEntry, RegisterColumnEntry, RegisterEntry, RegistrationEntry,
    RowOutcomeEntry, TableEntry,
};
use crate::framework::written::Path;
use crate::framework::{
    Field, FieldRole, Filler, Holds, NamedValue, PlanColumns, Presence, RegisterColumn, RegisterSpec, RowAction,
    RowOutcome, SectionId, SheetId, SheetSpec, Table, TableColumn,
};

impl Check<'_> {
    /// Checks the sheets.
    pub(super) fn sheets(&mut self) -> Vec<SheetSpec> {
        let list = Path::ROOT.key("sheets");
        let sheets = &self.file.sheets;
        self.unique(&list, "id", "sheets", sheets.iter().map(|sheet| sheet.id.as_str()));
        self.unique(&list, "title", "sheets", sheets.iter().map(|sheet| sheet.title.as_str()));
        let checked = sheets.iter().enumerate().map(|(index, sheet)| SheetSpec {
            id: sheet.id.as_str().into(),
            title: sheet.title.clone(),
            also: sheet.also.clone(),
            signs: sheet.signs.clone(),
            required: self.presence(&list.at(index), sheet.required.as_ref(), Presence::Required, About::Fields),
        });
        checked.collect()
    }

    /// Holds that a sheet is there.
    pub(super) fn sheet(&mut self, at: &Path, sheet: &str) -> SheetId {
        let sheets = self.names.sheets.clone();
        self.refers(&at.key("sheet"), sheet, "sheet", &sheets);
        sheet.into()
    }

    /// Checks the fields.
    pub(super) fn fields(&mut self) -> Vec<Field> {
        let list = Path::ROOT.key("fields");
        let fields = &self.file.fields;
        self.unique(&list, "id", "fields", fields.iter().map(|field| field.id.as_str()));
        let mut roles: Vec<FieldRole> = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            if let Some(role) = field.role {
                if roles.contains(&role) {
                    let message = format!("field `{}` has the role of a field above", field.id);
                    self.fault(&list.at(index).key("role"), message, "Give each role to one field.");
                }
                roles.push(role);
            }
        }
        fields.iter().enumerate().map(|(index, field)| self.field(&list.at(index), field)).collect()
    }

    /// Checks who fills in what senders don't.
    pub(super) fn fillers(&mut self) -> Vec<Filler> {
        let (list, fields, raters) = (Path::ROOT.key("fillers"), self.names.fields.clone(), self.names.raters.clone());
        let (sheets, named) = (self.names.sheets.clone(), self.named_columns());
        let columns: Vec<&str> = named.iter().map(String::as_str).collect();
        let entries = &self.file.stated_rows;
        let cells = entries.iter().flat_map(|row| &row.cells).map(|cell| cell.id.as_str());
        let stated: Vec<&str> = self.file.stated.iter().map(|stated| stated.id.as_str()).chain(cells).collect();
        for (index, filler) in self.file.fillers.iter().enumerate() {
            let at = list.at(index);
            filler.fields.iter().for_each(|id| self.refers(&at.key("fields"), id.as_str(), "field", &fields));
            filler.stated.iter().for_each(|id| self.refers(&at.key("stated"), id, "stated value", &stated));
            filler.columns.iter().for_each(|name| self.refers(&at.key("columns"), name, "column", &columns));
            filler.sheets.iter().for_each(|id| self.refers(&at.key("sheets"), id.as_str(), "sheet", &sheets));
            filler.raters.iter().for_each(|id| self.refers(&at.key("raters"), id.as_str(), "rater", &raters));
        }
        self.file.fillers.clone()
    }

    /// Returns the columns of all tables by name, and of all registers as `register.column`.
    fn named_columns(&self) -> Vec<String> {
        let of_tables = self.file.tables.iter().flat_map(|table| &table.columns).map(|column| column.id.clone());
        let of_registers =
            self.file.registers.iter().flat_map(|register| {
                register.columns.iter().map(move |column| format!("{}.{}", register.id, column.id))
            });
        of_tables.chain(of_registers).collect()
    }

    /// Checks one field.
    fn field(&mut self, at: &Path, field: &FieldEntry) -> Field {
        self.identifier(&at.key("id"), &field.id);
        Field {
            id: field.id.as_str().into(),
            sheet: self.sheet(at, &field.sheet),
            label: field.label.clone(),
            also: field.also.clone(),
            row: field.row.clone(),
            kind: self.kind(at, &field.kind, &field.spellings),
            required: self.presence(at, field.required.as_ref(), Presence::Optional, About::Fields),
            role: field.role,
        }
    }

    /// Checks the tables; one without a sheet stands for one on the sheet of each of its sections.
    pub(super) fn tables(&mut self) -> Vec<Table> {
        let list = Path::ROOT.key("tables");
        let mut tables = Vec::new();
        for (index, table) in self.file.tables.iter().enumerate() {
            tables.extend(self.table(&list.at(index), table));
        }
        tables
    }

    /// Checks one table as written.
    fn table(&mut self, at: &Path, table: &TableEntry) -> Vec<Table> {
        let sections = self.names.sections.clone();
        let named = at.key("sections");
        for (index, section) in table.sections.iter().enumerate() {
            self.refers(&named.at(index), section, "section", &sections);
        }
        let list = at.key("columns");
        self.unique(&list, "id", "columns", table.columns.iter().map(|column| column.id.as_str()));
        let columns: Vec<TableColumn> =
            table.columns.iter().enumerate().map(|(index, column)| self.column(&list.at(index), column)).collect();
        let ids = || table.sections.iter().map(|section| SectionId::from(section.as_str()));
        if let Some(sheet) = &table.sheet {
            return vec![Table { sections: ids().collect(), sheet: self.sheet(at, sheet), columns }];
        }
        let sheets: Vec<SheetId> = table.sections.iter().map(|section| self.sheet_of(at, section)).collect();
        let one = |(section, sheet)| Table { sections: vec![section], sheet, columns: columns.clone() };
        ids().zip(sheets).map(one).collect()
    }

    /// Returns the sheet of a section that must have one.
    fn sheet_of(&mut self, at: &Path, section: &str) -> SheetId {
        let entry = self.file.section(section);
        if let Some(sheet) = entry.and_then(|section| section.sheet.as_deref()) {
            return sheet.into();
        }
        if entry.is_some() {
            let message = format!("the table names no sheet, and section `{section}` has none");
            self.fault(at, message, "Add `sheet` to the table or to the section.");
        }
        "".into()
    }

    /// Checks one column of a table.
    fn column(&mut self, at: &Path, column: &ColumnEntry) -> TableColumn {
        let holds = self.holds(at, column);
        let otherwise = match holds {
            Holds::Code | Holds::Text | Holds::CodeAndText | Holds::Score(_) => Presence::Required,
            Holds::Form | Holds::Opinions | Holds::Result | Holds::Entry(_) => Presence::Optional,
        };
        TableColumn {
            id: column.id.as_str().into(),
            heading: column.heading.clone(),
            also: column.also.clone(),
            holds,
            evidence: column.evidence,
            remarks: column.remarks.clone(),
            required: self.presence(at, column.required.as_ref(), otherwise, About::Fields),
        }
    }

    /// Checks what stands in a column.
    fn holds(&mut self, at: &Path, column: &ColumnEntry) -> Holds {
        match &column.holds {
            HoldsEntry::Code => Holds::Code,
            HoldsEntry::Text => Holds::Text,
            HoldsEntry::CodeAndText => Holds::CodeAndText,
            HoldsEntry::Form => Holds::Form,
            HoldsEntry::Opinions => Holds::Opinions,
            HoldsEntry::Result => Holds::Result,
            HoldsEntry::Score(rater) => {
                let raters = self.names.raters.clone();
                self.refers(&at.key("holds").key("score"), rater, "rater", &raters);
                Holds::Score(rater.as_str().into())
            }
            HoldsEntry::Entry(kind) => Holds::Entry(self.kind(at, kind, &column.spellings)),
        }
    }

    /// Checks the registers.
    pub(super) fn registers(&mut self) -> Vec<RegisterSpec> {
        let list = Path::ROOT.key("registers");
        let registers = &self.file.registers;
        self.unique(&list, "id", "registers", registers.iter().map(|register| register.id.as_str()));
        registers.iter().enumerate().map(|(index, register)| self.register(&list.at(index), register)).collect()
    }

    /// Checks one register.
    fn register(&mut self, at: &Path, register: &RegisterEntry) -> RegisterSpec {
        let list = at.key("columns");
        let names: Vec<&str> = register.columns.iter().map(|column| column.id.as_str()).collect();
        self.unique(&list, "id", "columns", names.iter().copied());
        self.column_lists(at, register, &names);
        for (index, column) in register.columns.iter().enumerate() {
            if let KindEntry::Registration(RegistrationEntry { stated_in: Some(stated), .. }) = &column.kind {
                let at = list.at(index);
                self.refers(&at.key("kind").key("registration").key("stated_in"), stated, "column", &names);
            }
        }
        self.repeated_columns(&list, register);
        let about = About::Row(&register.id, usize::MAX);
        let columns = register.columns.iter().enumerate();
        let columns = columns.map(|(index, column)| self.register_column(&list.at(index), column, about)).collect();
        RegisterSpec {
            id: register.id.as_str().into(),
            title: register.title.clone(),
            row_noun: register.row_noun.clone(),
            rows_are: register.rows_are,
            sheet: self.sheet(at, &register.sheet),
            columns,
            key: register.key.as_deref().map(Into::into),
            begun_by: register.begun_by.iter().map(|column| column.as_str().into()).collect(),
            ends_at: register.ends_at.clone(),
            derived: self.derived(at, register),
            date_order: register.date_order.iter().map(|column| column.as_str().into()).collect(),
            outcome: register.outcome.as_ref().map(|outcome| self.row_outcome(&at.key("outcome"), outcome, about)),
            complete: register.complete.iter().map(|column| column.as_str().into()).collect(),
            required: self.presence(at, register.required.as_ref(), Presence::Optional, About::Fields),
            plan: register.plan.as_ref().map(|plan| self.plan(at, register, plan)),
        }
    }

    /// Checks which columns of a register are its improvement plan's.
    fn plan(&mut self, at: &Path, register: &RegisterEntry, plan: &PlanColumns) -> PlanColumns {
        let columns: Vec<&str> = register.columns.iter().map(|column| column.id.as_str()).collect();
        let at = at.key("plan");
        let mut named = vec![("what", &plan.what), ("how", &plan.how), ("when", &plan.when), ("who", &plan.who)];
        named.extend(plan.why.as_ref().map(|why| ("why", why)));
        for (key, column) in named {
            self.refers(&at.key(key), column.as_str(), "column", &columns);
        }
        if let Some(deadline) = &plan.deadline {
            let derived: Vec<&str> = register.derived.iter().map(|value| value.name.as_str()).collect();
            self.refers(&at.key("deadline"), deadline, "derived value", &derived);
        }
        plan.clone()
    }

    /// Holds that a column for each row of another register names a register with a key, and is the only such column.
    fn repeated_columns(&mut self, list: &Path, register: &RegisterEntry) {
        let repeated =
            register.columns.iter().enumerate().filter_map(|(index, column)| Some((index, column.each.as_deref()?)));
        for (number, (index, other)) in repeated.enumerate() {
            let column = list.at(index);
            let at = column.key("each");
            let registers: Vec<&str> = self.names.registers.keys().copied().collect();
            self.refers(&at, other, "register", &registers);
            if self.names.registers.get(other).is_some_and(|other| other.key.is_none()) {
                self.fault(&at, format!("the rows of `{other}` have no key"), "Give that register a `key`.");
            }
            if number > 0 {
                let message = "a column above is repeated already, and its headings couldn't be told from these";
                self.fault(&at, message, "Keep one such column a register.");
            }
        }
    }

    /// Checks what a register's rows come to.
    fn row_outcome(&mut self, at: &Path, outcome: &RowOutcomeEntry, about: About) -> RowOutcome {
        self.unique(&at.key("results"), "id", "results", outcome.results.iter().map(|result| result.id.as_str()));
        let list = at.key("actions");
        self.unique(&list, "id", "actions", outcome.actions.iter().map(|action| action.id.as_str()));
        let actions = outcome.actions.iter().enumerate().map(|(index, action)| {
            let at = list.at(index);
            self.kebab(&at.key("id"), &action.id);
            RowAction {
                id: action.id.as_str().into(),
                title: action.title.clone(),
                when: self.condition(&at.key("when"), &action.when, about),
                text: self.message(&at.key("text"), &action.text, about),
            }
        });
        RowOutcome {
            actions: actions.collect(),
            results: outcome.results.clone(),
            value: self.expression(&at.key("value"), &outcome.value, about),
            stated: outcome.stated.as_deref().map(Into::into),
            stated_as: self.some_expression(&at.key("stated_as"), outcome.stated_as.as_ref(), about),
            stated_order: outcome.stated_order.clone(),
        }
    }

    /// Holds that the columns that a register names are there.
    fn column_lists(&mut self, at: &Path, register: &RegisterEntry, names: &[&str]) {
        if let Some(key) = &register.key {
            self.refers(&at.key("key"), key, "column", names);
        }
        if let Some(stated) = register.outcome.as_ref().and_then(|outcome| outcome.stated.as_deref()) {
            self.refers(&at.key("outcome").key("stated"), stated, "column", names);
            self.stated_order(&at.key("outcome").key("stated_order"), register, stated);
        }
        let lists =
            [("date_order", &register.date_order), ("complete", &register.complete), ("begun_by", &register.begun_by)];
        for (key, columns) in lists {
            let list = at.key(key);
            for (index, column) in columns.iter().enumerate() {
                self.refers(&list.at(index), column, "column", names);
            }
        }
    }

    /// Holds that what a row can state is what its column lets senders choose.
    fn stated_order(&mut self, at: &Path, register: &RegisterEntry, stated: &str) {
        let order = register.outcome.iter().flat_map(|outcome| &outcome.stated_order).enumerate();
        let column = register.column(stated);
        if let Some(KindEntry::Choice(choices)) = column.map(|column| &column.kind) {
            let choices: Vec<&str> = choices.iter().map(String::as_str).collect();
            for (index, word) in order {
                self.refers(&at.at(index), word, "choice", &choices);
            }
        }
    }

    /// Checks what is worked out for each row; each value sees those above it.
    fn derived(&mut self, at: &Path, register: &RegisterEntry) -> Vec<NamedValue> {
        let list = at.key("derived");
        let columns = register.columns.iter().map(|column| column.id.as_str());
        let names: Vec<&str> = columns.chain(register.derived.iter().map(|value| value.name.as_str())).collect();
        for (index, value) in register.derived.iter().enumerate() {
            let name = value.name.as_str();
            if names.iter().filter(|other| **other == name).count() > 1 {
                let message = format!("there is another column or value called `{name}`");
                self.fault(&list.at(index).key("name"), message, "Give one of them another name.");
            }
        }
        let values = register.derived.iter().enumerate().map(|(index, value)| {
            let at = list.at(index);
            self.identifier(&at.key("name"), &value.name);
            let worked_out = self.expression(&at.key("value"), &value.value, About::Row(&register.id, index));
            NamedValue { name: value.name.clone(), title: value.title.clone(), value: worked_out }
        });
        values.collect()
    }

    /// Holds that the references of a column are keys of a register that has some.
    fn referred_register(&mut self, at: &Path, column: &RegisterColumnEntry) {
        let Some(other) = &column.refers_to else { return };
        let registers: Vec<&str> = self.names.registers.keys().copied().collect();
        self.refers(at, other, "register", &registers);
        if self.names.registers.get(other.as_str()).is_some_and(|other| other.key.is_none()) {
            self.fault(at, format!("the rows of `{other}` have no key"), "Give that register a `key`.");
        }
    }

    /// Checks one column of a register.
    fn register_column(&mut self, at: &Path, column: &RegisterColumnEntry, about: About) -> RegisterColumn {
        self.identifier(&at.key("id"), &column.id);
        self.referred_register(&at.key("refers_to"), column);
        RegisterColumn {
            id: column.id.as_str().into(),
            heading: column.heading.clone(),
            also: column.also.clone(),
            kind: self.kind(at, &column.kind, &column.spellings),
            each: column.each.as_deref().map(Into::into),
            refers_to: column.refers_to.as_deref().map(Into::into),
            personal: column.personal,
            required: self.presence(at, column.required.as_ref(), Presence::Optional, about),
            applies: self.applies_to_rows(at, column, about),
            computed: self.some_expression(&at.key("computed"), column.computed.as_ref(), about),
            states: self.some_expression(&at.key("states"), column.states.as_ref(), about),
            unusable: column.unusable,
            period: column.period.as_ref().map(|[from, to]| {
                let list = at.key("period");
                [
                    self.expression_of(&list.at(0), from, about, Kind::Day),
                    self.expression_of(&list.at(1), to, about, Kind::Day),
                ]
            }),
        }
    }
}
