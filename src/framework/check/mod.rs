//! As written to checked: makes a [`Framework`] of a pack and says all that is wrong with it, not just the first fault.
//!
//! [`load`] goes in three steps, each told in full before the next is tried: the text must be TOML, its shape the
//! language's, its sense sound. What a scheme says of itself and contradicts is a warning; the pack still works.

mod applies;
mod bracket;
mod bundle;
mod circle;
mod consistency;
mod consolidation;
mod decided;
mod divisor;
mod entry;
mod grades;
mod habit;
mod kind;
mod levels;
mod member;
mod names;
mod no_toml;
mod outcome;
mod own_words;
mod protected;
mod quoted_word;
mod range;
mod report;
mod scale;
mod scoring;
mod shown;
mod stated;
mod workbook;

use std::collections::BTreeSet;

use serde::Deserialize;

use super::expression::{Expression, ExpressionError, Mention, Node, Quantity};
use super::language::Kind;
use super::message::{Message, Use};
use super::pack_text::{PackText, lies_beside};
use super::schema::shape::Misshape;
use super::schema::{self, PackFile, SCHEMA, shape};
use super::written::{Path, Written};
use super::{Framework, FrameworkId, IssuedForm, expansion};
use crate::finding::{Finding, Findings, declare_rules};
use crate::wording::nearest;
use crate::words::quoted;
use crate::workbook::ReadError;
use habit::Habit;
pub use member::{Known, fits_members};
use names::{Names, Refusal};

declare_rules! {
    FRAMEWORK_INVALID = "framework-invalid", Error, Never, "a pack that can't be relied on";
    FRAMEWORK_INCONSISTENT = "framework-inconsistent", Warning, Allowed,
        "weights that don't sum, printed totals that differ from computed ones, bands with gaps, criteria counted wrongly";
}

/// Makes a framework of a pack; `None` where it can't be relied on. What is wrong or odd is among the findings.
pub fn load(pack: &PackText, findings: &mut Findings) -> Option<Framework> {
    let text = bracket::mended(&pack.file, &pack.text, &SCHEMA, findings);
    let is_mended = *text != *pack.text;
    let mut misshapes = Vec::new();
    let (mut written, errors) = expansion::parse(&pack.file, &text, pack.criteria.as_deref(), &mut misshapes);
    if !errors.is_empty() {
        findings.extend(no_toml::told(&written, &text, &errors));
        return None;
    }
    misshapes.extend(shape::compare(&written.root, &SCHEMA));
    if misshapes.is_empty() {
        expansion::complete(&mut written, &mut misshapes);
    }
    if !misshapes.is_empty() {
        findings.extend(misshapes.into_iter().map(|misshape| told(&written, misshape)));
        return None;
    }
    let form = pack.form.clone().map(IssuedForm::read);
    of_shape(form, &written, findings).filter(|_| !is_mended)
}

/// Makes a framework of a pack that is known to be sound, with a form that can be read, which isn't read yet; `None` where it can't be made.
/// Nothing of it is looked at again: whether names and kinds of values go together costs more than to read them.
pub(in crate::framework) fn load_sound(pack: &PackText) -> Option<Framework> {
    let (written, errors) = expansion::whole(pack);
    let form = pack.form.clone().map(|bytes| Ok(IssuedForm::readable(bytes)));
    let mut findings = Findings::default();
    let file = read(&written, &mut findings).filter(|_| errors.is_empty())?;
    let mut check = Check { is_sound: true, ..Check::new(&written, &file, &mut findings) };
    let framework = check.framework(form);
    (!check.is_broken).then_some(framework)
}

/// Says at its place what isn't as the language has it.
fn told(written: &Written, misshape: Misshape) -> Finding {
    let place = written.place_at(misshape.offset);
    Finding::new(&FRAMEWORK_INVALID, place, misshape.message).with_help(misshape.help)
}

/// Makes a framework of a pack of the right shape, and its form where one is beside it.
fn of_shape(
    form: Option<Result<IssuedForm, ReadError>>,
    written: &Written,
    findings: &mut Findings,
) -> Option<Framework> {
    let file = read(written, findings)?;
    let mut check = Check::new(written, &file, findings);
    let framework = check.framework(form);
    (!check.is_broken).then_some(framework)
}

/// Reads a pack of the right shape.
fn read(written: &Written, findings: &mut Findings) -> Option<PackFile> {
    let span = written.root.span();
    let root = toml::Spanned::new(span, written.root.get_ref().as_table().cloned().unwrap_or_default());
    match PackFile::deserialize(toml::de::Deserializer::from(root)) {
        Ok(file) => Some(file),
        Err(error) => {
            let place = written.place_at(error.span().map_or(0, |span| span.start));
            let finding = Finding::new(&FRAMEWORK_INVALID, place, error.message().to_owned());
            findings.push(finding.with_help("Compare it with the language's reference."));
            None
        }
    }
}

/// A check under way.
struct Check<'a> {
    written: &'a Written<'a>,
    file: &'a PackFile,
    names: Names<'a>,
    findings: &'a mut Findings,
    is_broken: bool,
    /// Whether the pack is known to be sound, so that it is made and not looked at.
    is_sound: bool,
}

/// What an expression is about, and so which names it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About<'a> {
    /// The fields alone.
    Fields,
    /// The return with its scores.
    Return,
    /// The return and one section of it.
    Section,
    /// One score.
    Score,
    /// One row of a register, with so many of its derived values.
    Row(&'a str, usize),
    /// One row of a register with what it comes to, for those who read of it.
    RowTold(&'a str),
    /// One mark of a row of the first register on a row of the second.
    Mark(&'a str, &'a str),
    /// The return and one criterion of it.
    Criterion,
    /// The return and the dated steps.
    Steps,
    /// What the members of a bundle come to.
    Bundle,
}

impl About<'_> {
    /// Returns what the total, the values and the gates of a pack are about.
    fn whole(file: &PackFile) -> Self {
        if file.bundle.is_some() { Self::Bundle } else { Self::Return }
    }
}

impl<'a> Check<'a> {
    /// Begins to check a pack.
    fn new(written: &'a Written<'a>, file: &'a PackFile, findings: &'a mut Findings) -> Self {
        Self { written, file, names: Names::of(file), findings, is_broken: false, is_sound: false }
    }

    /// Checks the whole pack.
    fn framework(&mut self, form: Option<Result<IssuedForm, ReadError>>) -> Framework {
        let head = &self.file.framework;
        let path = Path::ROOT.key("framework");
        self.head(&path);
        let sections = self.sections();
        self.elsewhere(&path.key("elsewhere"));
        self.one_for_each(&path.key("one_for_each"));
        if !self.is_sound {
            self.own_words();
            self.circles();
        }
        let framework = Framework {
            id: FrameworkId(head.id.clone()),
            version: head.version.clone(),
            title: head.title.clone(),
            owner: head.owner.clone(),
            return_noun: head.noun.clone(),
            nouns: self.nouns(),
            valid_from: head.valid_from.map(|day| day.0),
            valid_until: head.valid_until.map(|day| day.0),
            provenance: head.provenance.clone(),
            illustrative: head.illustrative,
            members: self.members(),
            raters: self.raters(),
            scales: self.scales(),
            groups: self.groups(),
            applies: self.applies(),
            values: self.values(),
            grades: self.grades_of_parts(),
            outcome: self.outcome(),
            sheets: self.sheets(),
            fields: self.fields(),
            tables: self.tables(),
            registers: self.registers(),
            stated: self.stated(),
            fillers: self.fillers(),
            requirements: self.requirements(),
            kinds: self.return_kinds(),
            consolidation: self.consolidation(),
            rules: self.own_rules(),
            severities: self.file.severities.clone(),
            one_for_each: head.one_for_each.iter().map(|field| field.as_str().into()).collect(),
            tolerance: head.tolerance.as_ref().map(|number| number.0.clone()),
            calendar: self.calendar(),
            report: self.report(),
            form: self.form(form),
            sections,
        };
        if !self.is_broken && !self.is_sound {
            self.consistency(&framework);
        }
        framework
    }

    /// Checks the head: the language's version, the name, the days.
    fn head(&mut self, path: &Path) {
        let head = &self.file.framework;
        if head.language != schema::LANGUAGE {
            let message =
                format!("the pack is written in language {}; this program reads {}", head.language, schema::LANGUAGE);
            self.fault(&path.key("language"), message, "Use a program that reads this language, or rewrite the pack.");
        }
        self.kebab(&path.key("id"), &head.id);
        if let (Some(from), Some(until)) = (head.valid_from, head.valid_until)
            && from.0 > until.0
        {
            let message = format!("the version ends on {}, before it begins on {}", until.0, from.0);
            self.fault(&path.key("valid_until"), message, "Correct one of the two days.");
        }
    }

    /// Holds that what stands on other versions of the form is there.
    fn elsewhere(&mut self, path: &Path) {
        let file = self.file;
        let cells = file.stated_rows.iter().flat_map(|row| &row.cells).map(|cell| cell.id.as_str());
        let stated = file.stated.iter().map(|stated| stated.id.as_str()).chain(cells);
        let names: Vec<&str> =
            self.names.fields.iter().chain(self.names.registers.keys()).copied().chain(stated).collect();
        for (index, name) in file.framework.elsewhere.iter().enumerate() {
            self.refers(&path.at(index), name, "field, register or stated value", &names);
        }
    }

    /// Holds that the fields are there that tell returns apart.
    fn one_for_each(&mut self, path: &Path) {
        let fields = self.names.fields.clone();
        for (index, name) in self.file.framework.one_for_each.iter().enumerate() {
            self.refers(&path.at(index), name, "field", &fields);
        }
    }

    /// Takes the form that comes with the pack.
    fn form(&mut self, form: Option<Result<IssuedForm, ReadError>>) -> Option<IssuedForm> {
        let name = self.file.framework.form.as_deref();
        let head = Path::ROOT.key("framework");
        match (name, form) {
            (None, _) => None,
            (Some(name), None) => {
                let (message, help) = if lies_beside(name) {
                    let help = "Put the issued workbook there under this name, or take the key out.";
                    (format!("the form `{name}` isn't beside the pack"), help)
                } else {
                    let help = "Put the issued workbook there, and write its name alone.";
                    (format!("`{name}` is no name of a file beside the pack"), help)
                };
                self.fault(&head.key("form"), message, help);
                None
            }
            (Some(_), Some(Ok(form))) => Some(form),
            (Some(_), Some(Err(error))) => {
                self.fault(&head.key("form"), format!("the form can't be read: {error}"), "Save it anew as .xlsx.");
                None
            }
        }
    }

    /// Says what makes the pack unusable.
    fn fault(&mut self, path: &Path, message: impl Into<String>, help: impl Into<String>) {
        self.is_broken = true;
        let place = self.written.place(path);
        self.findings.push(Finding::new(&FRAMEWORK_INVALID, place, message).with_help(help));
    }

    /// Says what contradicts itself but doesn't keep the pack from use.
    fn doubt(&mut self, path: &Path, message: impl Into<String>, help: impl Into<String>) {
        let place = self.written.place(path);
        self.findings.push(Finding::new(&FRAMEWORK_INCONSISTENT, place, message).with_help(help));
    }

    /// Holds that a name is in kebab-case.
    fn kebab(&mut self, path: &Path, name: &str) {
        let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.is_empty() || !name.chars().all(sound) {
            self.fault(
                path,
                format!("the name `{name}` isn't in kebab-case"),
                "Use small letters, digits and hyphens.",
            );
        }
    }

    /// Holds that a name can stand in an expression.
    fn identifier(&mut self, path: &Path, name: &str) {
        let letter = |c: char| c.is_ascii_alphabetic() || c == '_';
        let sound = name.starts_with(letter) && name.chars().all(|c| letter(c) || c.is_ascii_digit());
        if !sound {
            let message = format!("the name `{name}` can't stand in an expression");
            self.fault(path, message, "Use letters, digits and underscores, a letter first.");
        } else if !Expression::parse(name).is_ok_and(|read| matches!(read.node, Node::Name(_))) {
            let message = format!("`{name}` is a word of expressions, and can't be a name in them");
            self.fault(path, message, "Give it another name.");
        }
    }

    /// Holds that a name for expressions isn't one that they have already.
    fn not_the_languages(&mut self, path: &Path, name: &str) {
        if names::is_of_the_language(name) {
            let message = format!("`{name}` means something in expressions already");
            self.fault(path, message, "Give it another name.");
        }
    }

    /// Holds that names are used once; `key` is where an entry has its name.
    fn unique<'n>(&mut self, list: &Path, key: &str, what: &str, names: impl IntoIterator<Item = &'n str>) {
        let mut seen = BTreeSet::new();
        for (index, name) in names.into_iter().enumerate() {
            if !seen.insert(name) {
                let message = format!("there are two {what} called `{name}`");
                self.fault(&list.at(index).key(key), message, "Give one of them another name.");
            }
        }
    }

    /// Holds that a name is one of those that there are.
    fn refers(&mut self, path: &Path, name: &str, what: &str, names: &[&str]) {
        // Where two have one name, which is told there, one of them is the one that is missed.
        if names.contains(&name) || names::are_repeated(what, names) {
            return;
        }
        let help = match nearest(name, names.iter().copied(), 0.5) {
            Some(near) => format!("Did you mean `{near}`?"),
            None if names.is_empty() => format!("Declare it first: the pack has no {what}."),
            None => format!("There are {}.", quoted(names)),
        };
        self.fault(path, format!("there is no {what} `{name}`"), help);
    }

    /// Reads an expression and holds that it uses only what there is, and as it can be used.
    fn expression(&mut self, path: &Path, written: &str, about: About) -> Expression {
        match Expression::parse(written) {
            Ok(expression) => {
                if !self.is_sound && self.mentions(path, &expression.names(), about) {
                    self.sense(path, &expression.node, about);
                }
                expression
            }
            Err(error) => {
                self.unreadable(path, &error, &habit::all(written), "expression");
                Expression { written: written.to_owned(), node: Node::Constant(Quantity::Unknown) }
            }
        }
    }

    /// Reads an expression where there is one.
    fn some_expression(&mut self, path: &Path, written: Option<&String>, about: About) -> Option<Expression> {
        written.map(|written| self.expression(path, written, about))
    }

    /// Reads an expression that has to come to a value of a kind.
    fn expression_of(&mut self, path: &Path, written: &str, about: About, kind: Kind) -> Expression {
        let expression = self.expression(path, written, about);
        if self.is_sound {
            return expression;
        }
        if let Some((message, help)) = self.names.other_than(kind, &expression.node, about) {
            self.fault(path, message, help);
        }
        expression
    }

    /// Reads a condition.
    fn condition(&mut self, path: &Path, written: &str, about: About) -> Expression {
        self.expression_of(path, written, about, Kind::Truth)
    }

    /// Reads a condition where there is one.
    fn some_condition(&mut self, path: &Path, written: Option<&String>, about: About) -> Option<Expression> {
        written.map(|written| self.condition(path, written, about))
    }

    /// Reads a message and holds that it uses only what there is, as it can be used, and nothing that stays in the return.
    fn message(&mut self, path: &Path, written: &str, about: About) -> Message {
        match Message::parse(written) {
            Ok(message) => {
                self.message_holds(path, &message, about);
                message
            }
            Err(error) => {
                self.unreadable(path, &error, &habit::in_message(written, error.offset), "message");
                Message::default()
            }
        }
    }

    /// Holds that a message uses only what there is, as it can be used, and nothing that stays in the return.
    fn message_holds(&mut self, path: &Path, message: &Message, about: About) {
        if self.is_sound {
            return;
        }
        if self.mentions(path, &message.names(), about) {
            self.message_sense(path, message, about);
        }
        self.tells_nobody(path, &message.names(), about);
        self.braced_once(path, message, about);
    }

    /// Tells values between single braces: people would read the expression in place of what it comes to.
    fn braced_once(&mut self, path: &Path, message: &Message, about: About) {
        let within = |text: &str| -> Vec<String> {
            let parts = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
            parts.map(|(within, _)| within.trim().to_owned()).collect()
        };
        for within in message.texts().into_iter().flat_map(within) {
            let names = Expression::parse(&within).map(|read| read.names()).unwrap_or_default();
            let is_value = !names.is_empty() && names.iter().all(|name| self.names.allows(name, about).is_ok());
            if is_value {
                let message = format!("`{{ {within} }}` has single braces, and would be read as it is written");
                self.fault(path, message, format!("Write `{{{{ {within} }}}}`."));
            }
        }
    }

    /// Holds that kinds of values go together in an expression, and that words in quotes can stand where it compares them.
    fn sense(&mut self, path: &Path, node: &Node, about: About) {
        let refusals = [self.names.misfits(node, about), self.names.strange_words(node, about)].concat();
        for (message, help) in refusals {
            self.fault(path, message, help);
        }
        let mut doubts = [self.names.vain(node, about), quoted_word::at_odds(node), self.names.divisors(node)].concat();
        if doubts.is_empty() {
            doubts = self.names.decided(node, about);
        }
        for (message, help) in doubts {
            self.doubt(path, message, help);
        }
    }

    /// Holds the same of the expressions of a message, and that what chooses is a condition.
    fn message_sense(&mut self, path: &Path, message: &Message, about: About) {
        for (node, used) in message.expressions() {
            self.sense(path, node, about);
            let refusal = if used == Use::Condition { self.names.no_condition(node, about) } else { None };
            if let Some((message, help)) = refusal {
                self.fault(path, message, help);
            }
        }
    }

    /// Says that an expression or message can't be read, at the very letter; what is a habit of spreadsheets is answered.
    fn unreadable(&mut self, path: &Path, error: &ExpressionError, habits: &[Habit], what: &str) {
        self.is_broken = true;
        let offset = habits.first().map_or(error.offset, |habit| habit.offset);
        let (message, help) = habit::told(habits)
            .unwrap_or_else(|| (format!("the {what} can't be read: {error}"), format!("Correct the {what}.")));
        let place = self.written.place_within(path, offset);
        self.findings.push(Finding::new(&FRAMEWORK_INVALID, place, message).with_help(help));
    }

    /// Holds that all that an expression uses is there, and says whether it is.
    fn mentions(&mut self, path: &Path, mentions: &[Mention], about: About) -> bool {
        let refusals: Vec<Refusal> =
            mentions.iter().filter_map(|mention| self.names.allows(mention, about).err()).collect();
        let is_there = refusals.is_empty();
        for (message, help) in refusals {
            self.fault(path, message, help);
        }
        is_there
    }
}
