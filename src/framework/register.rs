//! The form's tables of one row a learner, client, partner or action.

use schemars::JsonSchema;
use serde::Deserialize;

use super::expression::Expression;
use super::message::Message;
use super::{ActionId, ColumnId, EntryKind, NamedValue, Presence, RegisterId, SheetId};

/// A table of one row a client, learner, partner or action.
#[derive(Clone, Debug)]
pub struct RegisterSpec {
    /// The name.
    pub id: RegisterId,
    /// As people call it.
    pub title: String,
    /// What a row is about: "client".
    pub row_noun: String,
    /// What rows are.
    pub rows_are: RowsAre,
    /// The sheet.
    pub sheet: SheetId,
    /// The columns, in the form's order.
    pub columns: Vec<RegisterColumn>,
    /// The column whose entries must be unique.
    pub key: Option<ColumnId>,
    /// The columns of which one must be filled in for a row to be begun; empty where any begins one.
    pub begun_by: Vec<ColumnId>,
    /// Texts of the form below the rows; the rows end above the first of them.
    pub ends_at: Vec<String>,
    /// Values worked out for each row; each sees the columns, the fields and those before it.
    pub derived: Vec<NamedValue>,
    /// Columns whose dates must not go backwards, in this order.
    pub date_order: Vec<ColumnId>,
    /// What each row comes to, and the column that states it; `None` where rows have no outcome.
    pub outcome: Option<RowOutcome>,
    /// Whether a row that is begun must have all of `complete` filled in.
    pub complete: Vec<ColumnId>,
    /// Whether there must be rows.
    pub required: Presence,
    /// Which columns say what is to be improved and how; `None` where the register is no improvement plan.
    pub plan: Option<PlanColumns>,
}

/// What the rows of a register are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "RowsAreEntry")]
pub enum RowsAre {
    /// People, such as learners or clients: few of them are told to nobody.
    #[default]
    People,
    /// Organisations or parts of them, such as partners or directorates.
    Organisations,
    /// Things, such as activities, actions or documents.
    Things,
}

/// The columns of an improvement plan; several actions, timescales and owners may stand in one cell, one a line.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PlanEntry")]
pub struct PlanColumns {
    /// The weakness.
    #[schemars(with = "String")]
    pub what: ColumnId,
    /// What is done about it.
    #[schemars(with = "String")]
    pub how: ColumnId,
    /// What that is good for.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub why: Option<ColumnId>,
    /// By when.
    #[schemars(with = "String")]
    pub when: ColumnId,
    /// By whom.
    #[schemars(with = "String")]
    pub who: ColumnId,
    /// The derived value that is the last day of a row.
    #[serde(default)]
    pub deadline: Option<String>,
}

impl RegisterSpec {
    /// Whether its rows are people.
    pub fn is_of_people(&self) -> bool {
        self.rows_are == RowsAre::People
    }

    /// Returns what the pack says of a column that was found: the column itself, or the one that it is one of.
    pub fn column(&self, id: &ColumnId) -> Option<&RegisterColumn> {
        self.declared(id).filter(|column| column.each.is_none()).or_else(|| self.repeated())
    }

    /// Returns the column that the pack gives this name.
    pub fn declared(&self, id: &str) -> Option<&RegisterColumn> {
        self.columns.iter().find(|column| column.id == *id)
    }

    /// Returns the heading of a column; nothing where there is no such column.
    pub fn heading(&self, id: &ColumnId) -> &str {
        self.column(id).map_or("", |column| &column.heading)
    }

    /// Returns the column that there is for each row of another register; `None` where there is none.
    pub fn repeated(&self) -> Option<&RegisterColumn> {
        self.columns.iter().find(|column| column.each.is_some())
    }
}

/// What a register's row comes to.
#[derive(Clone, Debug)]
pub struct RowOutcome {
    /// The outcome of a row: an expression that gives its name.
    pub value: Expression,
    /// The column in which the sender states it; `None` where the form has none.
    pub stated: Option<ColumnId>,
    /// What that column should say; `None` where it is the outcome's name.
    pub stated_as: Option<Expression>,
    /// What that column can say, best first; empty where the pack doesn't weigh them.
    pub stated_order: Vec<String>,
    /// What a row can come to, best first; empty where the pack doesn't list it.
    pub results: Vec<RowResult>,
    /// What can be wanting in a row.
    pub actions: Vec<RowAction>,
}

/// Something that a row can come to.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "RowResultEntry")]
pub struct RowResult {
    /// The name that the expression gives: `not_met`.
    pub id: String,
    /// As people call it: "Not met".
    pub title: String,
}

/// Something that can be wanting in a row.
#[derive(Clone, Debug)]
pub struct RowAction {
    /// The name.
    pub id: ActionId,
    /// What is to be done, for rows together.
    pub title: String,
    /// The rows in which it is wanting.
    pub when: Expression,
    /// What is wanting in the row and what is to be done.
    pub text: Message,
}

impl RowOutcome {
    /// Returns what people call something that a row comes to; its name in words where the pack doesn't say.
    pub fn titled(&self, id: &str) -> String {
        let listed = self.results.iter().find(|result| result.id == id);
        listed.map_or_else(|| id.replace(['_', '-'], " "), |result| result.title.clone())
    }
}

/// A column of a register.
#[derive(Clone, Debug)]
pub struct RegisterColumn {
    /// The name under which expressions see the entry.
    pub id: ColumnId,
    /// The heading, as the form words it.
    pub heading: String,
    /// Other headings that it goes by.
    pub also: Vec<String>,
    /// What may stand in it.
    pub kind: EntryKind,
    /// The register for each of whose rows there is such a column, headed by that row's key; `None` where it is one column.
    pub each: Option<RegisterId>,
    /// The register whose keys its references are; `None` where they are no other's.
    pub refers_to: Option<RegisterId>,
    /// Whether people's names, birth dates and the like belong here: then nothing of it leaves the return.
    pub personal: Personal,
    /// Whether a row needs it.
    pub required: Presence,
    /// The rows in which there is something to enter, as a condition over the row; `None` where there may be in all.
    pub applies: Option<Expression>,
    /// A value that the form works out, as an expression over the row; the sender doesn't fill it in.
    pub computed: Option<Expression>,
    /// What the sender should state in it, as an expression over the row; `None` where it states nothing that is worked out.
    pub states: Option<Expression>,
    /// What an entry is that can't be used.
    pub unusable: Unusable,
    /// The first and the last day that the date may be; `None` where any may.
    pub period: Option<[Expression; 2]>,
}

/// What an entry is that can't be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "UnusableEntry")]
pub enum Unusable {
    /// Something that can't be told, and so is what rests on it.
    #[default]
    Open,
    /// As good as none.
    Blank,
}

/// Whether personal data belongs in a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "PersonalEntry")]
pub enum Personal {
    /// It does, and is nothing that needs protecting (the owner of an action).
    #[default]
    Allowed,
    /// It does, and nothing of it leaves the return (a learner's name).
    Belongs,
    /// It doesn't: only references and facts.
    Refused,
}
