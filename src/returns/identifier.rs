//! Numbers of public registers: read in the register that the row names, never guessed.
//!
//! A number whose register isn't named and that several could have is kept as it stands and told as ambiguous. Words
//! without any digit ("exempt", "not registered") are no number, and the entry counts as blank.

use crate::finding::{Finding, Findings, Severity};
use crate::framework::Registration;
use crate::framework::registry::{self, Number, PublicRegister};
use crate::wording::{Wording, plain};

use super::place::Spot;
use super::rule::{IDENTIFIER_AMBIGUOUS, IDENTIFIER_MALFORMED, IDENTIFIER_PADDED};
use super::stopgap::{is_stopgap, read_words};
use super::{EntryValue, Reading};

/// Reads a number; `stated` is what the row names as its register.
pub(super) fn read(
    spot: &Spot,
    registration: &Registration,
    stated: Option<&str>,
    findings: &mut Findings,
) -> Reading<EntryValue> {
    let written = plain(&spot.words());
    if !written.contains(|c: char| c.is_ascii_digit()) {
        return if is_stopgap(&written) { read_words(spot, findings) } else { Reading::Blank };
    }
    let (register, number) = register_of(registration, stated, &written);
    let plain = match register {
        Named::Register(register) => in_register(spot, register, number, findings),
        Named::None => in_any(spot, registration, number, findings),
        Named::Unlisted => number.to_owned(),
    };
    let mark = registration
        .marks
        .iter()
        .find(|_| number.len() < written.len())
        .map(|_| &written[..written.len() - number.len()]);
    Reading::Given(EntryValue::Text(format!("{}{plain}", mark.unwrap_or_default()).into()))
}

/// Which register a row names for its number.
enum Named {
    /// This one.
    Register(&'static PublicRegister),
    /// One that has no numbers of a known form.
    Unlisted,
    /// None.
    None,
}

/// Returns the register of a number, and the number without the mark that tells it.
fn register_of<'a>(registration: &Registration, stated: Option<&str>, written: &'a str) -> (Named, &'a str) {
    for (mark, register) in &registration.marks {
        let (head, rest) = written.split_at(written.find(|c: char| !c.is_alphabetic()).unwrap_or(0));
        if Wording::of(head) == Wording::of(mark) {
            return (Named::Register(register), rest.trim_start_matches([' ', ':', '/', '-', '–', '.']));
        }
    }
    let named = |word: &str| {
        let register = registration.registers.iter().find(|(name, _)| Wording::of(name) == Wording::of(word));
        register.map_or(Named::Unlisted, |(_, register)| Named::Register(register))
    };
    match (stated, &registration.stated_in, &registration.registers[..]) {
        (Some(stated), ..) => (named(stated), written),
        (None, None, [(_, register)]) => (Named::Register(register), written),
        (None, ..) => (Named::None, written),
    }
}

/// Returns the registers of which a number that was read may be, each with the number as that writes it, whether another column names the
/// register or a mark before the number does; one without a name where that which is named has no numbers of a known form.
pub fn registered(registration: &Registration, stated: Option<&str>, read: &str) -> Vec<(&'static str, String)> {
    let (register, number) = register_of(registration, stated, read);
    let plain = |register: &PublicRegister| match register.read(number) {
        Number::Sound(plain) | Number::Padded(plain) | Number::Rare(plain) => plain,
        Number::Foreign => number.to_owned(),
    };
    match register {
        Named::Register(register) => vec![(register.id, plain(register))],
        Named::Unlisted => vec![("", number.to_owned())],
        Named::None => {
            fitting(registration, number).into_iter().map(|(register, plain)| (register.id, plain)).collect()
        }
    }
}

/// Returns the registers that a row can name of which a number may be, each with the number as that writes it.
fn fitting(registration: &Registration, number: &str) -> Vec<(&'static PublicRegister, String)> {
    let mut registers: Vec<&'static PublicRegister> = Vec::new();
    for (_, register) in registration.registers.iter().chain(&registration.marks) {
        if !registers.contains(register) {
            registers.push(register);
        }
    }
    registry::fitting(number, registers.iter().copied())
}

/// Reads a number in the register that is named.
fn in_register(spot: &Spot, register: &'static PublicRegister, number: &str, findings: &mut Findings) -> String {
    match register.read(number) {
        Number::Sound(plain) => plain,
        Number::Padded(plain) => {
            let message = format!("“{number}” has lost leading zeros; it was read as {plain}");
            let finding = spot.finding(&IDENTIFIER_PADDED, message).with_expected(&plain);
            findings.push(finding.with_help("Format the cell as text and type the number with its zeros."));
            plain
        }
        Number::Rare(plain) => {
            let message = format!("“{number}” ends in a letter, as few numbers of {} do", register.title);
            let finding = spot.finding(&IDENTIFIER_MALFORMED, message).with_expected(register.looks);
            let finding = finding.with_help("Check the number against the register.");
            findings.push(Finding { severity: Severity::Warning, ..finding });
            plain
        }
        Number::Foreign => {
            findings.push(malformed(spot, register, number));
            number.to_owned()
        }
    }
}

/// Says that a number isn't one of its register's.
fn malformed(spot: &Spot, register: &PublicRegister, number: &str) -> Finding {
    let meant = register.meant(number).map(|meant| format!("; did you mean {meant}?")).unwrap_or_default();
    let message =
        format!("“{number}” is no number of {}, where numbers have {}{meant}", register.title, register.looks);
    let help = if is_shortened(number) {
        "Its last digits were lost when it was shortened: type the number again in full, in a cell formatted as text."
            .to_owned()
    } else {
        format!("Copy the number from the register ({}).", register.title)
    };
    spot.finding(&IDENTIFIER_MALFORMED, message).with_expected(register.looks).with_help(help)
}

/// Whether a number is written as programs shorten long ones: `9.18E+09`.
fn is_shortened(number: &str) -> bool {
    let Some((digits, power)) = number.split_once(['E', 'e']) else { return false };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number(&digits.replacen(['.', ','], "", 1)) && power.strip_prefix('+').is_some_and(is_number)
}

/// Says that a date or a truth stands where a number belongs.
pub(super) fn no_number(spot: &Spot) -> Finding {
    let message = format!("“{}” stands where a registration number belongs", spot.written());
    spot.finding(&IDENTIFIER_MALFORMED, message).with_help("Format the cell as text and type the number.")
}

/// Reads a number whose register isn't named.
fn in_any(spot: &Spot, registration: &Registration, number: &str, findings: &mut Findings) -> String {
    match &fitting(registration, number)[..] {
        [(_, plain)] => plain.clone(),
        [] => {
            let message = format!("“{number}” is no number of any of the registers that can be named");
            findings.push(
                spot.finding(&IDENTIFIER_MALFORMED, message).with_help("Name the register and check the number."),
            );
            number.to_owned()
        }
        several => {
            let titles: Vec<&str> = several.iter().map(|(register, _)| register.title).collect();
            let message = format!("“{number}” could be of {}, and no register is named", titles.join(" or "));
            findings.push(
                spot.finding(&IDENTIFIER_AMBIGUOUS, message).with_help("Name the register that the number is of."),
            );
            number.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_programs_shortened_are_known() {
        let cases = [
            ("9.18E+09", true),
            ("1,0E+10", true),
            ("7e+9", true),
            ("7E9", false),
            ("E+09", false),
            ("9.18E+", false),
            ("SC123456", false),
            ("9180000000", false),
            ("1.2.3E+09", false),
        ];
        for (written, expected) in cases {
            assert_eq!(is_shortened(written), expected, "{written}");
        }
    }
}
