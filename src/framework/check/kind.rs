//! What kind of value each part of an expression is, and where kinds don't go together.
//!
//! Of what only a return tells the kind is open, and nothing is said; what is said can't work in any return.

use super::About;
use super::names::{Names, Refusal};
use super::shown::shown;
use crate::framework::expression::{Node, Operator, Quantity, Test, days};
use crate::framework::language::{Argument, Gives, Kind, NAMES, NameScope, Need, Takes, function};
use crate::framework::schema::KindEntry;

impl Names<'_> {
    /// Returns the kind of a part of an expression.
    pub(super) fn kind(&self, node: &Node, about: About) -> Kind {
        match node {
            Node::Constant(value) => of_constant(value),
            Node::Name(name) => self.kind_of_name(name, about),
            Node::Attribute(of, part) => self.kind_of_part(of, part, about),
            Node::Call(name, arguments) => self.kind_of_call(name, arguments, about),
            Node::Not(_) | Node::Is(_, Test::Given | Test::Blank) => Kind::Truth,
            Node::Negative(_) => Kind::Number,
            Node::Binary(operator, ..) => of_operator(*operator),
            Node::Choose(_, yes, no) => self.common([&**yes, no], about),
            Node::List(_) => Kind::List,
        }
    }

    /// Returns the kind that several parts have in common; where one is `none`, that of the others.
    fn common<'n>(&self, nodes: impl IntoIterator<Item = &'n Node>, about: About) -> Kind {
        let is_value = |node: &&Node| !matches!(node, Node::Constant(Quantity::Unknown));
        let mut kinds = nodes.into_iter().filter(is_value).map(|node| self.kind(node, about));
        let first = kinds.next().unwrap_or(Kind::Any);
        if kinds.all(|kind| kind == first) { first } else { Kind::Any }
    }

    /// Returns the kind of a name: one that expressions have, a value of the pack, or a column.
    fn kind_of_name(&self, name: &str, about: About) -> Kind {
        let scopes: &[NameScope] = match about {
            About::Score => &[NameScope::Score],
            About::Row(..) | About::RowTold(_) | About::Mark(..) => &[NameScope::Outcome, NameScope::Mark],
            About::Steps => &[NameScope::Return, NameScope::Step],
            About::Fields | About::Return | About::Section | About::Criterion | About::Bundle => &[NameScope::Return],
        };
        let known = NAMES.iter().find(|named| scopes.contains(&named.scope) && named.name == name);
        let column = || match about {
            About::Row(register, _) | About::RowTold(register) | About::Mark(register, _) => {
                self.kind_in_row(register, name)
            }
            About::Fields
            | About::Score
            | About::Return
            | About::Section
            | About::Criterion
            | About::Steps
            | About::Bundle => None,
        };
        let value = || self.kinds_of_values.get(name).copied();
        column().or_else(value).or_else(|| known.map(|named| named.kind)).unwrap_or(Kind::Any)
    }

    /// Returns the kind of a part of a name.
    fn kind_of_part(&self, of: &Node, part: &str, about: About) -> Kind {
        let of = if let Node::Name(name) = of { name.as_str() } else { "" };
        let of_scope =
            |scope| NAMES.iter().find(|named| named.scope == scope && named.name == part).map(|named| named.kind);
        let kind = match (of, about) {
            ("field", _) => self.file.field(part).map(|field| of_entry(&field.kind)),
            ("section", _) => of_scope(NameScope::Section),
            ("row", _) => of_scope(NameScope::Row),
            ("criterion", _) => of_scope(NameScope::Criterion).or_else(|| self.kind_of_note(part)),
            ("marked", About::Mark(_, marked)) => self.kind_in_row(marked, part),
            ("done", _) => Some(Kind::Day),
            (_, _) => None,
        };
        kind.unwrap_or(Kind::Any)
    }

    /// Returns the kind of what a function gives.
    fn kind_of_call(&self, name: &str, arguments: &[Node], about: About) -> Kind {
        let Some(function) = function(name) else { return Kind::Any };
        let text = |index: usize| arguments.get(index).and_then(text_of);
        let in_register = |index: usize| self.kind_in_row(text(0)?, text(index)?);
        match (function.gives, function.takes) {
            (Gives::A(kind), _) => kind,
            (Gives::LikeArguments, _) => match arguments {
                [Node::List(several)] => self.common(several, about),
                [Node::Constant(Quantity::List(_))] => Kind::Any,
                several => self.common(several, about),
            },
            (Gives::LikeColumn, Takes::Note) => {
                text(1).and_then(|column| self.kind_of_note(column)).unwrap_or(Kind::Any)
            }
            (Gives::LikeColumn, Takes::RowOfKey) => in_register(2).unwrap_or(Kind::Any),
            (Gives::LikeColumn, _) => in_register(1).unwrap_or(Kind::Any),
        }
    }

    /// Returns the kind of a column or derived value of a register.
    fn kind_in_row(&self, register: &str, name: &str) -> Option<Kind> {
        let entry = self.registers.get(register)?;
        let column = entry.column(name).map(|column| of_entry(&column.kind));
        column.or_else(|| self.kinds_of_derived.get(&(entry.id.as_str(), name)).copied())
    }

    /// Returns the kind of a column beside scores.
    pub(super) fn kind_of_note(&self, column: &str) -> Option<Kind> {
        let mut columns = self.file.tables.iter().flat_map(|table| &table.columns);
        columns.find(|entry| entry.id == column)?.holds.entry().map(of_entry)
    }

    /// Returns where kinds don't go together in an expression.
    pub(super) fn misfits(&self, node: &Node, about: About) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        self.gather_misfits(node, about, &mut refusals);
        refusals
    }

    /// Adds where kinds don't go together, the innermost first.
    fn gather_misfits(&self, node: &Node, about: About, refusals: &mut Vec<Refusal>) {
        node.parts().for_each(|part| self.gather_misfits(part, about, refusals));
        match node {
            Node::Not(of) => refusals.extend(self.no_condition(of, about)),
            Node::Choose(condition, ..) => refusals.extend(self.no_condition(condition, about)),
            Node::Binary(operator, left, right) => self.joined(*operator, left, right, about, refusals),
            Node::Call(name, arguments) => self.called(name, arguments, about, refusals),
            Node::Constant(_)
            | Node::Name(_)
            | Node::Attribute(..)
            | Node::Negative(_)
            | Node::Is(..)
            | Node::List(_) => {}
        }
    }

    /// Says that a part that has to be a condition is none.
    pub(super) fn no_condition(&self, node: &Node, about: About) -> Option<Refusal> {
        let kind = self.kind(node, about);
        let what = shown(node);
        let help = match kind {
            Kind::Truth | Kind::Any => return None,
            Kind::Number => format!("Compare it with a number, as in `{what} > 0`."),
            Kind::Text => format!("Compare it with a text, as in `{what} == 'Yes'`."),
            Kind::Day => format!("Compare it with a day, or ask whether there is one: `{what} is given`."),
            Kind::List => format!("Ask whether a value is one of them: `a in {what}`."),
        };
        Some((format!("`{what}` is {}, which is no condition", kind.told()), help))
    }

    /// Says that an expression comes to something else than what is wanted of it.
    pub(super) fn other_than(&self, wanted: Kind, node: &Node, about: About) -> Option<Refusal> {
        let kind = self.kind(node, about);
        if wanted == Kind::Truth {
            return self.no_condition(node, about);
        }
        if kind == wanted || kind == Kind::Any {
            return None;
        }
        let help = match wanted {
            Kind::Number => "Write what it counts, such as `sum('all')`.",
            Kind::Day => "Write a day, such as `months_after(data_date, 12)`.",
            Kind::Text | Kind::Truth | Kind::List | Kind::Any => "Write an expression that comes to that.",
        };
        let message = format!("`{}` is {}; {} is wanted", shown(node), kind.told(), wanted.told());
        Some((message, help.to_owned()))
    }

    /// Says what is wrong with the two sides of an operator.
    fn joined(&self, operator: Operator, left: &Node, right: &Node, about: About, refusals: &mut Vec<Refusal>) {
        match operator {
            Operator::And | Operator::Or => {
                refusals.extend([left, right].into_iter().filter_map(|side| self.no_condition(side, about)));
            }
            Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide => {
                refusals.extend([left, right].into_iter().filter_map(|side| self.no_number(side, about)));
                refusals.extend(Some(right).filter(|_| operator == Operator::Divide).and_then(by_nought));
            }
            Operator::Equal
            | Operator::Unequal
            | Operator::Less
            | Operator::AtMost
            | Operator::More
            | Operator::AtLeast => refusals.extend(self.unlike(left, right, about)),
            Operator::In => refusals.extend(self.no_list(left, right, about)),
            Operator::Join => {}
        }
    }

    /// Says that a part that is counted with is no number.
    fn no_number(&self, node: &Node, about: About) -> Option<Refusal> {
        let kind = self.kind(node, about);
        let help = match kind {
            Kind::Number | Kind::Any => return None,
            Kind::Text => "Texts are joined by `~`; a number stands without quotes.",
            Kind::Truth => "Write `1 if … else 0` to count what holds.",
            Kind::Day => "Use `days_after(day, number)` or `days_between(from, to)`.",
            Kind::List => "Use `max(…)`, `min(…)` or a function of a group.",
        };
        Some((format!("`{}` is {}; a number is wanted", shown(node), kind.told()), help.to_owned()))
    }

    /// Says that two values that are compared are of different kinds.
    fn unlike(&self, left: &Node, right: &Node, about: About) -> Option<Refusal> {
        let (one, other) = (self.kind(left, about), self.kind(right, about));
        if one == other || one == Kind::Any || other == Kind::Any {
            return None;
        }
        let message = format!(
            "`{}` is {} and `{}` {}: they are never the same, and neither is more",
            shown(left),
            one.told(),
            shown(right),
            other.told()
        );
        let literal = |node: &Node, wanted: Kind| match (node, wanted) {
            (Node::Constant(Quantity::Number(number)), Kind::Text) => {
                Some(format!("Write it as a text: `'{number}'`."))
            }
            (Node::Constant(Quantity::Text(text)), Kind::Number) => Some(match text.parse::<crate::exact::Exact>() {
                Ok(number) => format!("Write the number without quotes: `{number}`."),
                Err(_) => "Compare it with a number.".to_owned(),
            }),
            (Node::Constant(Quantity::Text(text)), Kind::Day) => Some(match days(text).next() {
                Some(day) => format!("Write the day as `date('{day}')`."),
                None => "Write a day as `date('2026-09-30')`, the year first.".to_owned(),
            }),
            (node, Kind::Day) => bare_day(node).map(|day| format!("Write the day as `date('{day}')`.")),
            _ => None,
        };
        let help = literal(right, one).or_else(|| literal(left, other));
        Some((message, help.unwrap_or_else(|| "Compare values of one kind.".to_owned())))
    }

    /// Says that what stands behind `in` has no parts, or parts of another kind.
    fn no_list(&self, item: &Node, several: &Node, about: About) -> Option<Refusal> {
        let kind = self.kind(several, about);
        if matches!(kind, Kind::Number | Kind::Truth | Kind::Day) {
            let message = format!("`{}` is {}; `in` wants several values", shown(several), kind.told());
            return Some((message, "Write them in square brackets: `['Met', 'Partly met']`.".to_owned()));
        }
        several.parts().find_map(|part| self.unlike(item, part, about)).or_else(|| {
            let Node::Constant(Quantity::List(constants)) = several else { return None };
            constants.iter().find_map(|constant| self.unlike(item, &Node::Constant(constant.clone()), about))
        })
    }

    /// Says which arguments of a function are of another kind than it takes.
    fn called(&self, name: &str, arguments: &[Node], about: About, refusals: &mut Vec<Refusal>) {
        let Some(function) = function(name) else { return };
        refusals.extend(arguments.get(1).filter(|_| name == "percentage").and_then(by_nought));
        let places = (0..).zip(arguments).filter_map(|(place, node)| Some((node, wanted(function.takes, place)?)));
        for (node, kind) in places {
            let found = self.kind(node, about);
            if found != kind && found != Kind::Any && kind != Kind::Any {
                let message = format!("`{name}` takes {}; `{}` is {}", kind.told(), shown(node), found.told());
                let help = if function.takes == Takes::GroupAndPoints {
                    "`count_grade('group', 'grade')` counts grades.".to_owned()
                } else if function.takes == Takes::GroupAndGrade {
                    "`count_at('group', points)` and its like count points.".to_owned()
                } else {
                    format!("Write `{}`, as in `{}`.", function.form(), function.example)
                };
                refusals.push((message, help));
            }
        }
    }
}

/// Returns the kind of an argument that stands at a place; `None` where it is a name that is looked up.
fn wanted(takes: Takes, place: usize) -> Option<Kind> {
    match (takes, place) {
        (Takes::Values(arguments), place) => of_argument(arguments, place).map(|argument| argument.kind),
        (Takes::GroupAndPoints | Takes::WorkingDays, 1) => Some(Kind::Number),
        (Takes::GroupAndGrade, 1) | (Takes::Opinion, 0) | (Takes::WorkingDays, 2) => Some(Kind::Text),
        (Takes::WorkingDays, 0) => Some(Kind::Day),
        (_, _) => None,
    }
}

/// Returns the day that three numbers with hyphens between them were to be, which count down from a year.
fn bare_day(node: &Node) -> Option<String> {
    let Node::Binary(Operator::Subtract, first, day) = node else { return None };
    let Node::Binary(Operator::Subtract, year, month) = &**first else { return None };
    let number =
        |node: &Node| if let Node::Constant(Quantity::Number(number)) = node { number.to_whole() } else { None };
    let (year, month, day) = (number(year)?, number(month)?, number(day)?);
    days(&format!("{year}-{month:02}-{day:02}")).next().map(|day| day.to_string())
}

/// Says that a part by which is divided is nought, whatever comes.
fn by_nought(divisor: &Node) -> Option<Refusal> {
    let Node::Constant(Quantity::Number(number)) = divisor else { return None };
    let message = "what is divided by nought comes to nothing".to_owned();
    number.is_zero().then(|| (message, "Divide by what there is of it, such as `count('all')`.".to_owned()))
}

/// Returns the argument that stands at a place; the last goes on where it is repeated.
fn of_argument(arguments: &[Argument], place: usize) -> Option<&Argument> {
    arguments.get(place).or_else(|| arguments.last().filter(|argument| argument.need == Need::Repeated))
}

/// Returns the text that an argument is, where it is written out.
fn text_of(node: &Node) -> Option<&str> {
    if let Node::Constant(value) = node { value.text() } else { None }
}

/// Returns the kind of what is written out.
fn of_constant(value: &Quantity) -> Kind {
    match value {
        Quantity::Unknown | Quantity::Open(_) => Kind::Any,
        Quantity::Number(_) => Kind::Number,
        Quantity::Text(_) => Kind::Text,
        Quantity::Truth(_) => Kind::Truth,
        Quantity::Date(_) => Kind::Day,
        Quantity::List(_) => Kind::List,
    }
}

/// Returns the kind of what an operator gives.
fn of_operator(operator: Operator) -> Kind {
    match operator {
        Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide => Kind::Number,
        Operator::Join => Kind::Text,
        Operator::Equal
        | Operator::Unequal
        | Operator::Less
        | Operator::AtMost
        | Operator::More
        | Operator::AtLeast
        | Operator::In
        | Operator::And
        | Operator::Or => Kind::Truth,
    }
}

/// Returns the kind of an entry; what is typed as a number or as a text is open.
fn of_entry(kind: &KindEntry) -> Kind {
    match kind {
        KindEntry::Text | KindEntry::Email | KindEntry::Contact | KindEntry::Choice(_) => Kind::Text,
        KindEntry::Number
        | KindEntry::Whole
        | KindEntry::Between(_)
        | KindEntry::AtLeast(_)
        | KindEntry::WholeBetween(_)
        | KindEntry::WholeAtLeast(_) => Kind::Number,
        KindEntry::Date | KindEntry::PastDate => Kind::Day,
        KindEntry::Reference | KindEntry::Mark(_) | KindEntry::Shape(_) | KindEntry::Registration(_) => Kind::Any,
    }
}
