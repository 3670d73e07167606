//! Holds that a bundle asks of the frameworks of its members what these have, once all of them are known.

use super::quoted_word::{Words, literals, refused};
use super::{FRAMEWORK_INVALID, names::among};
use crate::finding::{Finding, Findings};
use crate::framework::expression::{Expression, Mention, Node, Operator, Quantity};
use crate::framework::language::{Takes, function};
use crate::framework::message::Message;
use crate::framework::written::{Path, Written};
use crate::framework::{EntryKind, FieldRole, Framework, FrameworkId, Member, OutcomeSpec, PackText, expansion, find};
use crate::wording::Wording;
use crate::words::quoted;

/// What is wrong, and what to do.
type Refusal = (String, String);

/// Holds that a bundle and the frameworks of its members go together; what is wrong is among the findings. A pack that asks something
/// itself is passed over.
pub fn fits_members(pack: &PackText, bundle: &Framework, known: Known, findings: &mut Findings) {
    if bundle.is_bundle() {
        let (written, _) = expansion::whole(pack);
        Fit { written: &written, bundle, frameworks: known.frameworks, broken: known.broken, findings }.all();
    }
}

/// The frameworks that are known where a bundle is.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Those that can be relied on.
    pub frameworks: &'a [Framework],
    /// The names of those that are there and can't.
    pub broken: &'a [FrameworkId],
}

/// A bundle beside the frameworks that are known.
struct Fit<'a> {
    written: &'a Written<'a>,
    bundle: &'a Framework,
    frameworks: &'a [Framework],
    broken: &'a [FrameworkId],
    findings: &'a mut Findings,
}

impl Fit<'_> {
    /// Checks members, then all that is worked out from them.
    fn all(&mut self) {
        let at = Path::ROOT.key("bundle");
        let list = at.key("members");
        for (index, member) in self.bundle.members.iter().enumerate() {
            self.member(&list.at(index), member);
        }
        let (outcome, values) = (Path::ROOT.key("outcome"), Path::ROOT.key("values"));
        self.expression(&outcome.key("total"), &self.bundle.outcome.total);
        for (index, value) in self.bundle.values.iter().enumerate() {
            self.expression(&values.at(index).key("value"), &value.value);
        }
        let gates = outcome.key("gates");
        // Gates of minimums stand behind those that are written, and ask for values only.
        for (index, gate) in self.bundle.outcome.gates.iter().enumerate() {
            let at = gates.at(index);
            self.expression(&at.key("holds"), &gate.holds);
            let told = Message::parse(&gate.why).unwrap_or_default();
            for (node, _) in told.expressions() {
                self.node(&at.key("why"), node);
            }
        }
    }

    /// Says what is wrong.
    fn fault(&mut self, at: &Path, (message, help): Refusal) {
        let place = self.written.place(at);
        self.findings.push(Finding::new(&FRAMEWORK_INVALID, place, message).with_help(help));
    }

    /// Checks one member.
    fn member(&mut self, at: &Path, member: &Member) {
        let asking = self.frameworks.iter().filter(|framework| !framework.is_bundle());
        let names: Vec<&str> = asking.map(|framework| framework.id.as_str()).collect();
        let Some(framework) = self.framework(member) else {
            if self.broken.contains(&member.framework) {
                let message = format!("the pack of `{}` is here, and can\u{2019}t be relied on", member.framework);
                self.fault(&at.key("framework"), (message, "Check that pack, and put it right first.".to_owned()));
            } else if let Err(refusal) = among(&member.framework, "framework", &names) {
                self.fault(&at.key("framework"), refusal);
            }
            return;
        };
        let refusals = [
            ("framework", nobodys(framework)),
            ("kind", member.kind.as_ref().and_then(|kind| no_kind(framework, kind))),
            ("least", one_alone(framework, member)),
        ];
        for (key, refusal) in refusals {
            if let Some(refusal) = refusal {
                self.fault(&at.key(key), refusal);
            }
        }
    }

    /// Returns the framework of a member; `None` where it isn't known, or asks nothing itself.
    fn framework(&self, member: &Member) -> Option<&Framework> {
        find(self.frameworks, &member.framework, None).filter(|framework| !framework.is_bundle())
    }

    /// Checks an expression.
    fn expression(&mut self, at: &Path, expression: &Expression) {
        self.node(at, &expression.node);
    }

    /// Checks part of an expression.
    fn node(&mut self, at: &Path, node: &Node) {
        let mut refusals: Vec<Refusal> = Vec::new();
        for mention in node.names() {
            if let Mention::Call(name, arguments) = mention {
                refusals.extend(self.call(&name, &arguments));
            }
        }
        self.strange(node, &mut refusals);
        for refusal in refusals {
            self.fault(at, refusal);
        }
    }

    /// Says what the framework of a member doesn't have of what a call asks.
    fn call(&self, name: &str, arguments: &[Option<Quantity>]) -> Option<Refusal> {
        let texts: Vec<&str> = arguments.iter().flatten().filter_map(Quantity::text).collect();
        let (takes, member) = (function(name)?.takes, self.bundle.member(texts.first()?)?);
        let framework = self.framework(member)?;
        let is_of_one = matches!(name, "outcome_of" | "total_of" | "value_of" | "grade_of");
        if is_of_one && (member.least > 1 || comes_in_parts(framework)) {
            return Some(several(name, member));
        }
        let rest = texts.get(1..).unwrap_or_default();
        if takes == Takes::MemberBands {
            bands(&framework.outcome, rest)
        } else if matches!(takes, Takes::MemberGrade | Takes::MemberGradeBands) {
            of_part(framework, rest)
        } else if let Some(value) = rest.first() {
            let values: Vec<&str> = framework.values.iter().map(|value| value.name.as_str()).collect();
            among(value, "value", &values).err()
        } else if takes == Takes::MemberTotals || name == "total_of" {
            no_total(framework)
        } else {
            None
        }
    }

    /// Adds the words in quotes that the outcome of a member, or its grade of a part, never is.
    fn strange(&self, node: &Node, refusals: &mut Vec<Refusal>) {
        node.parts().for_each(|part| self.strange(part, refusals));
        let Node::Binary(operator, left, right) = node else { return };
        if matches!(operator, Operator::Equal | Operator::Unequal | Operator::In) {
            for (side, other) in [(left, right), (right, left)] {
                let Some((called, words)) = self.words_of(side) else { continue };
                refusals.extend(literals(other).iter().filter_map(|word| refused(&called, word, &words)));
            }
        }
    }

    /// Returns a call as it is written, and all that it can give; `None` where that is no list.
    fn words_of(&self, node: &Node) -> Option<(String, Words)> {
        let Node::Call(name, arguments) = node else { return None };
        let texts: Vec<&str> = arguments.iter().flat_map(literals).collect();
        let framework = self.framework(self.bundle.member(texts.first()?)?)?;
        let spec = match (name.as_str(), texts.as_slice()) {
            ("outcome_of", [_]) => &framework.outcome,
            ("grade_of", [_, grade, _]) => framework.grade(grade)?.spec()?,
            _ => return None,
        };
        let words = spec.bands.iter().map(|band| (band.id.to_string(), Some(band.title.clone()))).collect();
        Some((super::shown::shown(node), words))
    }
}

/// Says that it can't be told whose the returns of a framework are.
fn nobodys(framework: &Framework) -> Option<Refusal> {
    let message =
        format!("`{}` doesn\u{2019}t ask whose a return is, so that none can be put with another", framework.id);
    let help = "Give a field of its cover `role = \"organisation\"`.";
    framework.field_for(FieldRole::Organisation).is_none().then(|| (message, help.to_owned()))
}

/// Says that a framework has no such kind of return.
fn no_kind(framework: &Framework, kind: &str) -> Option<Refusal> {
    let field = framework.field_for(FieldRole::Kind).map(|field| &field.kind);
    let Some(EntryKind::Choice(choices)) = field else {
        let message = format!("`{}` doesn\u{2019}t ask which kind of return it is", framework.id);
        return Some((message, "Take `kind` out.".to_owned()));
    };
    let known: Vec<&str> = choices.iter().filter_map(|choice| choice.first().map(String::as_str)).collect();
    let is_meant = |choice: &&str| Wording::of(choice) == Wording::of(kind);
    if known.iter().any(is_meant) {
        return None;
    }
    Some((format!("`{}` has no kind of return `{kind}`", framework.id), format!("There are {}.", quoted(known))))
}

/// Says that several returns of one organisation never count, because a later one stands for those before.
fn one_alone(framework: &Framework, member: &Member) -> Option<Refusal> {
    let is_one = member.least > 1 && framework.field_for(FieldRole::Unit).is_none();
    let message = format!(
        "{} returns of `{}` are wanted, and of one organisation only one counts: the form doesn\u{2019}t ask which part of it a return is about",
        member.least, framework.id
    );
    let help = "Give a field of its cover `role = \"unit\"`, or leave `least` out.";
    is_one.then(|| (message, help.to_owned()))
}

/// Whether an organisation sends a return for each of its parts, which none about the whole stands for.
fn comes_in_parts(framework: &Framework) -> bool {
    framework.field_for(FieldRole::Unit).is_some() && framework.consolidation.is_none()
}

/// Says that a function asks for one return where several are wanted.
fn several(name: &str, member: &Member) -> Refusal {
    let why = if member.least > 1 {
        format!("of which {} are wanted", member.least)
    } else {
        "and of one organisation there is one for each of its parts".to_owned()
    };
    let message = format!("`{name}` asks for the one return of `{}`, {why}", member.id);
    let help = if name == "outcome_of" || name == "grade_of" {
        "Count them: `count_outcome`, `returns_share`, `count_grade_of`."
    } else {
        "Put them together: `mean_of`, `sum_of`, `lowest_of`, `highest_of`."
    };
    (message, help.to_owned())
}

/// Says which bands an outcome doesn't have.
fn bands(spec: &OutcomeSpec, named: &[&str]) -> Option<Refusal> {
    let known: Vec<&str> = spec.bands.iter().map(|band| band.id.as_str()).collect();
    named.iter().find_map(|band| among(band, "band", &known).err())
}

/// Says that a framework has no total.
fn no_total(framework: &Framework) -> Option<Refusal> {
    let message = format!("`{}` has no total", framework.id);
    (!framework.outcome.has_total()).then(|| (message, "Ask for its outcome or a named value.".to_owned()))
}

/// Says what of a grade of a part a framework doesn't have.
fn of_part(framework: &Framework, named: &[&str]) -> Option<Refusal> {
    let [grade, of, bands_named @ ..] = named else { return None };
    let grades: Vec<&str> = framework.grades.iter().map(|grade| grade.id.as_str()).collect();
    let Some(spec) = framework.grade(grade) else { return among(grade, "grade of parts", &grades).err() };
    let parts: Vec<&str> = spec.over.iter().map(|graded| graded.id.as_str()).collect();
    let no_part = among(of, "part with this grade", &parts).err();
    no_part.or_else(|| bands(spec.spec()?, bands_named))
}
