//! Entries of registers that can't be used: what rests on them holds all that their completions give, in each shipped scheme and
//! under each column.

use jiff::Span;
use scrutineer::finding::Findings;
use scrutineer::framework::expression::{Quantity, Scope};
use scrutineer::framework::{EntryKind, Framework, RegisterId, RegisterSpec, Unusable, builtin};
use scrutineer::layout::{WorkbookText, locate};
use scrutineer::ooxml::Limits;
use scrutineer::outcome::{Basis, Gaps, Outcome, OutcomeScope, score, stated};
use scrutineer::returns::{EntryValue, Reading, Return, Row, extract};
use scrutineer::workbook::{Source, read};

/// Returns the filled form of a shipped scheme.
fn filled(framework: &Framework) -> Return {
    let path = format!("{}/tests/fixtures/{}.xlsx", env!("CARGO_MANIFEST_DIR"), framework.id);
    let source = Source::new("return.xlsx", std::fs::read(path).unwrap());
    let workbook = read(&source, &Limits::default()).unwrap();
    let layout = locate(framework, &WorkbookText::new(&workbook), &mut Findings::default());
    extract(framework, &workbook, &layout, &mut Findings::default())
}

/// Returns what an entry of a kind can be.
fn completions(kind: &EntryKind, given: &EntryValue) -> Vec<EntryValue> {
    let words = |text: &str| EntryValue::Text(text.into());
    match kind {
        EntryKind::Choice(choices) | EntryKind::Mark(choices) => choices.iter().map(|names| words(&names[0])).collect(),
        EntryKind::Number { minimum, maximum, .. } => {
            let least = minimum.clone().unwrap_or_else(|| (-50).into());
            let most = maximum.clone().unwrap_or_else(|| 5000.into());
            [least.clone(), least + 1.into(), most].into_iter().map(EntryValue::Number).collect()
        }
        EntryKind::Date(_) => {
            let day = given.date().unwrap();
            let days = [-4000, -400, -31, -1, 0, 1, 31, 400, 4000];
            days.iter().map(|days| EntryValue::Date(day.saturating_add(Span::new().days(*days)))).collect()
        }
        EntryKind::Text | EntryKind::Contact | EntryKind::Reference(_) | EntryKind::Registration(_) => {
            vec![given.clone(), words("A1"), words("A2"), words("none of these")]
        }
    }
}

/// Whether a value holds what a completion gives.
fn holds(open: &Quantity, completed: &Quantity) -> bool {
    match (open.is_open(), completed) {
        (false, completed) => open == completed,
        (true, Quantity::Unknown) => !open.is_given(),
        (true, completed) => open.can_be(completed),
    }
}

/// Returns a return in which an entry of a row reads otherwise.
fn with(sent: &Return, register: &RegisterId, row: usize, column: usize, reading: &Reading<EntryValue>) -> Return {
    let mut sent = sent.clone();
    let rows = &mut sent.registers.get_mut(register).unwrap().rows;
    rows[row] = rows[row].completed(column, reading);
    sent
}

/// Holds that all that an outcome says holds what a completion comes to.
fn held(framework: &Framework, open: (&Return, &Outcome), completed: (&Return, &Outcome), about: &str) {
    let ((open_sent, open), (sent, outcome)) = (open, completed);
    for (id, rows) in outcome.registers.iter() {
        for (was, is) in open.registers[id].iter().zip(rows) {
            for ((was, is), spec) in was.derived.iter().zip(&is.derived).zip(&framework.register(id).unwrap().derived) {
                assert!(holds(was, is), "{about}: {} is {is}, not {was:?}", spec.name);
            }
            assert!(holds(&was.comes_to, &is.comes_to), "{about}: {:?}, not {:?}", is.comes_to, was.comes_to);
            assert!(holds(&was.stated, &is.stated), "{about}: {:?}, not {:?}", is.stated, was.stated);
            assert!(was.actions.iter().all(|action| is.actions.contains(action)), "{about}: {:?}", is.actions);
        }
    }
    for (id, is) in &outcome.measures {
        let was = &open.measures[id];
        if let (Some(is), Some(bounds)) = (&is.from_register, &was.register_bounds) {
            assert!(bounds.lowest.as_ref().is_none_or(|lowest| lowest <= is), "{about}: {id} is {is}");
            assert!(bounds.highest.as_ref().is_none_or(|highest| highest >= is), "{about}: {id} is {is}");
        } else if was.register_bounds.is_none() {
            assert_eq!(was.from_register, is.from_register, "{about}: {id}");
        }
    }
    for (was, is) in open.award.gates.iter().zip(&outcome.award.gates) {
        assert!(was.holds.is_none() || was.holds == is.holds, "{about}: {} {:?} {:?}", is.id, was.holds, is.holds);
    }
    assert!(open.award.total.is_none() || open.award.total == outcome.award.total, "{about}");
    assert!(open.award.band.is_none() || open.award.band == outcome.award.band, "{about}");
    if let Some(total) = outcome.award.total.as_ref().filter(|_| open.award.total.is_none()) {
        assert!(
            open.is_open()
                && open.award.bounds.as_ref().is_some_and(|ends| ends.lowest <= *total && *total <= ends.highest),
            "{about}: {total}"
        );
    }
    let rank = |band: &_| framework.outcome.bands.iter().position(|of| of.id == *band);
    if let (Some(bounds), Some(band)) = (&open.award.band_bounds, &outcome.award.band) {
        assert!(rank(&bounds.highest) <= rank(band) && rank(band) <= rank(&bounds.lowest), "{about}: {band}");
    }
    let (was_basis, basis) = (Basis::of(framework, open_sent, open), Basis::of(framework, sent, outcome));
    let was_scope = OutcomeScope::new(&was_basis, open, Gaps::Open);
    let scope = OutcomeScope::new(&basis, outcome, Gaps::Open);
    for value in &framework.values {
        let (was, is) = (was_scope.name(&value.name).unwrap(), scope.name(&value.name).unwrap());
        assert!(holds(&was, &is) || open.award.band.is_none(), "{about}: {} is {is}, not {was:?}", value.name);
    }
    for spec in &framework.stated {
        let (was, is) = (stated(&was_basis, open, spec), stated(&basis, outcome, spec));
        assert!(holds(&was, &is), "{about}: {} is {is}, not {was:?}", spec.id);
    }
}

/// Tries an entry of a row.
fn try_entry(framework: &Framework, sent: &Return, spec: &RegisterSpec, at: (usize, &Row, usize)) -> usize {
    let (number, row, position) = at;
    let Some(column) = row.column(position).and_then(|id| spec.column(id)) else { return 0 };
    let Some(given) = row.entry_at(position).given() else { return 0 };
    if column.unusable == Unusable::Blank {
        return 0;
    }
    let unusable = with(sent, &spec.id, number, position, &Reading::Unusable);
    let open = score(framework, &unusable, &sent.counts);
    let completions = completions(&column.kind, given);
    for value in &completions {
        let completed = with(sent, &spec.id, number, position, &Reading::Given(value.clone()));
        let outcome = score(framework, &completed, &sent.counts);
        let about = format!("{}: {} of row {} as {value}", framework.id, column.heading, row.number);
        held(framework, (&unusable, &open), (&completed, &outcome), &about);
    }
    completions.len()
}

#[test]
fn what_rests_on_an_entry_that_cannot_be_used_holds_all_that_it_can_be() {
    let mut tried = 0;
    for framework in builtin::all() {
        let mut sent = filled(&framework);
        for register in sent.registers.values_mut() {
            register.rows.truncate(8);
        }
        for spec in &framework.registers {
            let Some(register) = sent.registers.get(&spec.id) else { continue };
            for (number, row) in register.rows.iter().enumerate().take(2) {
                for position in 0..row.columns().count() {
                    tried += try_entry(&framework, &sent, spec, (number, row, position));
                }
            }
        }
    }
    assert!(tried > 400, "{tried} completions were tried");
}
