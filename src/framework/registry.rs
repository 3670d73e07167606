//! The UK's public registers and the shapes of their numbers: companies, charities, providers of learning, learners.
//!
//! [`PublicRegister::read`] says what a number is in a register: as it should be, short of zeros, of a rare form, or none
//! of its numbers. Which register a number is of is never guessed: [`fitting`] gives all that it could be.

/// A public register.
#[derive(Debug, PartialEq, Eq)]
pub struct PublicRegister {
    /// The name by which packs mean it.
    pub id: &'static str,
    /// As people call it.
    pub title: &'static str,
    /// What its numbers look like, in words.
    pub looks: &'static str,
    /// The shapes of its numbers.
    shapes: &'static [Shape],
}

/// One shape: one of several prefixes, then digits, then what may follow.
#[derive(Debug, PartialEq, Eq)]
struct Shape {
    /// The prefixes; a number begins with one of them.
    prefixes: &'static [&'static str],
    /// The prefix as the register writes it, where senders may leave it out; empty where it stays as written.
    written: &'static str,
    /// The fewest digits, without lost zeros.
    least: usize,
    /// The most digits.
    most: usize,
    /// The fewest digits that are left when leading zeros are lost; `least` where none can be.
    short: usize,
    /// The digits, one of which comes first; empty where any may.
    first: &'static str,
    /// What may follow the digits.
    ending: Ending,
}

/// What may follow a number's digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// Nothing.
    None,
    /// A hyphen and a small number, for a linked charity.
    Linked,
    /// On few old records up to this many letters in the place of digits.
    Letters(usize),
    /// Nothing; the last digit checks the others: ten of them, weighed from ten down to one, leave ten when divided by eleven.
    Checked,
}

/// What a number is in a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Number {
    /// One of its numbers, as the register writes it.
    Sound(String),
    /// One of its numbers that has lost leading zeros, with them.
    Padded(String),
    /// Of a form that only few of its numbers have.
    Rare(String),
    /// None of its numbers.
    Foreign,
}

/// A shape of digits alone.
const DIGITS: Shape =
    Shape { prefixes: &[""], written: "", least: 8, most: 8, short: 8, first: "", ending: Ending::None };

/// The prefixes of company numbers: those that the registrar lists, and others in use.
const COMPANY_PREFIXES: &[&str] = &[
    "AC", "BR", "CE", "CS", "EN", "ES", "FC", "FE", "GE", "GN", "GS", "IC", "IP", "LP", "NA", "NC", "NF", "NI", "NL",
    "NO", "NP", "NR", "NV", "NZ", "OC", "OE", "PC", "R0", "RC", "SA", "SC", "SE", "SF", "SG", "SI", "SL", "SO", "SP",
    "SR", "SZ", "ZC",
];

/// The registers, by name.
pub const REGISTERS: &[PublicRegister] = &[
    PublicRegister {
        id: "ccni",
        title: "Charity Commission for Northern Ireland",
        looks: "NIC and 6 digits that begin with 1",
        shapes: &[Shape { prefixes: &["NIC", ""], written: "NIC", least: 6, most: 6, short: 6, first: "1", ..DIGITS }],
    },
    PublicRegister {
        id: "charity-commission",
        title: "Charity Commission (England and Wales)",
        looks: "6 or 7 digits, for a linked charity with -1, -2 and so on",
        shapes: &[Shape { least: 6, most: 7, short: 6, ending: Ending::Linked, ..DIGITS }],
    },
    PublicRegister {
        id: "companies-house",
        title: "Companies House",
        looks: "8 digits, or 2 letters and 6 digits",
        shapes: &[
            Shape { short: 5, ..DIGITS },
            Shape { prefixes: COMPANY_PREFIXES, least: 6, most: 6, short: 3, ending: Ending::Letters(1), ..DIGITS },
            Shape { prefixes: &["RS"], least: 6, most: 6, short: 3, ending: Ending::Letters(3), ..DIGITS },
        ],
    },
    PublicRegister {
        id: "oscr",
        title: "OSCR (Scotland)",
        looks: "SC and 6 digits",
        shapes: &[Shape { prefixes: &["SC"], least: 6, most: 6, short: 3, ..DIGITS }],
    },
    PublicRegister {
        id: "ukprn",
        title: "UK Register of Learning Providers",
        looks: "8 digits that begin with 1",
        shapes: &[Shape { first: "1", ..DIGITS }],
    },
    PublicRegister {
        id: "uln",
        title: "Learning Records Service",
        looks: "10 digits, the last of which checks the others",
        shapes: &[Shape { least: 10, most: 10, short: 10, first: "123456789", ending: Ending::Checked, ..DIGITS }],
    },
];

/// Returns the register of a name.
pub fn named(id: &str) -> Option<&'static PublicRegister> {
    REGISTERS.iter().find(|register| register.id == id)
}

/// Returns which of several registers have numbers of this form, lost zeros aside.
pub fn fitting(
    number: &str,
    among: impl IntoIterator<Item = &'static PublicRegister>,
) -> Vec<(&'static PublicRegister, String)> {
    let sound = among.into_iter().filter_map(|register| match register.read(number) {
        Number::Sound(plain) | Number::Rare(plain) => Some((register, plain)),
        Number::Padded(_) | Number::Foreign => None,
    });
    sound.collect()
}

impl PublicRegister {
    /// Says what a number is in this register.
    ///
    /// ```
    /// # use scrutineer::framework::registry::{Number, named};
    /// let companies = named("companies-house").unwrap();
    /// assert_eq!(companies.read("6506091"), Number::Padded("06506091".to_owned()));
    /// ```
    pub fn read(&self, number: &str) -> Number {
        if is_decimal(number) {
            return Number::Foreign;
        }
        let plain: String = number.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
        let plain = plain.replace(['\u{2010}', '\u{2011}', '\u{2013}'], "-").to_uppercase();
        let read = self.shapes.iter().map(|shape| shape.read(&plain));
        read.fold(Number::Foreign, |best, next| if best == Number::Foreign { next } else { best })
    }

    /// Returns the number that was meant where a letter stands for the digit that it looks like.
    pub fn meant(&self, number: &str) -> Option<String> {
        let swapped = |from: char, to: &str| number.to_uppercase().replacen(from, to, 1);
        let guesses = [swapped('O', "0"), swapped('0', "O"), swapped('I', "1"), swapped('L', "1")];
        guesses.into_iter().find_map(|guess| match self.read(&guess) {
            Number::Sound(plain) if guess != number.to_uppercase() => Some(plain),
            Number::Sound(_) | Number::Padded(_) | Number::Rare(_) | Number::Foreign => None,
        })
    }
}

/// Whether a text is a number with decimals, as programs export whole ones, and none whose digits somebody put into groups.
fn is_decimal(text: &str) -> bool {
    let Some((whole, decimals)) = text.trim().split_once('.') else { return false };
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    are_digits(whole) && are_digits(decimals) && (whole.len() > 3 || decimals.len() < 2)
}

impl Shape {
    /// Says what a number is, in capitals and without spaces and dots.
    fn read(&self, number: &str) -> Number {
        let prefix = self.prefixes.iter().find(|prefix| number.starts_with(**prefix));
        let Some(prefix) = prefix else { return Number::Foreign };
        let (body, linked) = self.without_link(&number[prefix.len()..]);
        let (digits, letters) = body.split_at(body.bytes().take_while(u8::is_ascii_digit).count());
        let prefix = if self.written.is_empty() { prefix } else { self.written };
        if !letters.is_empty() {
            return self.rare(prefix, &body, letters);
        }
        let starts = self.first.is_empty() || digits.starts_with(|c| self.first.contains(c));
        let checks = self.ending != Ending::Checked || has_check_digit(digits);
        match digits.len() {
            length if !starts || !checks || length < self.short || length > self.most => Number::Foreign,
            length if length < self.least => {
                Number::Padded(format!("{prefix}{}{digits}", "0".repeat(self.least - length)))
            }
            _ => Number::Sound(format!("{prefix}{digits}{linked}")),
        }
    }

    /// Splits the number of a linked charity off; hyphens elsewhere only divide.
    fn without_link(&self, body: &str) -> (String, String) {
        let link = body.rsplit_once('-').filter(|(main, link)| {
            self.ending == Ending::Linked
                && main.len() >= self.least
                && (1..=3).contains(&link.len())
                && link.bytes().all(|b| b.is_ascii_digit())
        });
        match link {
            Some((main, link)) => (main.replace('-', ""), format!("-{link}")),
            None => (body.replace('-', ""), String::new()),
        }
    }

    /// Returns a number that ends in letters, where few of the register's do.
    fn rare(&self, prefix: &str, body: &str, letters: &str) -> Number {
        let Ending::Letters(most) = self.ending else { return Number::Foreign };
        let fits = body.len() == self.most && letters.len() <= most && letters.bytes().all(|b| b.is_ascii_uppercase());
        if fits && !prefix.is_empty() { Number::Rare(format!("{prefix}{body}")) } else { Number::Foreign }
    }
}

/// Whether ten digits, weighed from ten down to one, leave ten when divided by eleven.
fn has_check_digit(digits: &str) -> bool {
    let weighed = digits.bytes().zip((1..=10_u32).rev()).map(|(digit, weight)| u32::from(digit - b'0') * weight);
    digits.len() == 10 && weighed.sum::<u32>() % 11 == 10
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound(number: &str) -> Number {
        Number::Sound(number.to_owned())
    }

    fn padded(number: &str) -> Number {
        Number::Padded(number.to_owned())
    }

    #[test]
    fn numbers_are_read_as_their_register_writes_them() {
        let cases = [
            ("companies-house", "06506091", sound("06506091")),
            ("companies-house", "6506091", padded("06506091")),
            ("companies-house", "RC000906", sound("RC000906")),
            ("companies-house", "oc 31-2345", sound("OC312345")),
            ("companies-house", "NI8312", padded("NI008312")),
            ("companies-house", "R0000123", sound("R0000123")),
            ("companies-house", "RO000123", Number::Foreign),
            ("companies-house", "XX123456", Number::Foreign),
            ("companies-house", "123456789", Number::Foreign),
            ("companies-house", "01.279.715", sound("01279715")),
            ("companies-house", "1279715.0", Number::Foreign),
            ("companies-house", "0127971.5", Number::Foreign),
            ("charity-commission", "279417.0", Number::Foreign),
            ("companies-house", "SL00012A", Number::Rare("SL00012A".to_owned())),
            ("companies-house", "RS007ABC", Number::Rare("RS007ABC".to_owned())),
            ("companies-house", "NI00ABCD", Number::Foreign),
            ("oscr", "SC 039576", sound("SC039576")),
            ("oscr", "SC39576", padded("SC039576")),
            ("oscr", "039576", Number::Foreign),
            ("charity-commission", "1090095", sound("1090095")),
            ("charity-commission", "1090095-1", sound("1090095-1")),
            ("charity-commission", "279417", sound("279417")),
            ("charity-commission", "312832", sound("312832")),
            ("charity-commission", "12345", Number::Foreign),
            ("ccni", "NIC100012", sound("NIC100012")),
            ("ccni", "100012", sound("NIC100012")),
            ("ccni", "200012", Number::Foreign),
            ("ukprn", "10000346", sound("10000346")),
            ("ukprn", "10010014", sound("10010014")),
            ("ukprn", "20010014", Number::Foreign),
            ("uln", "9276308686", sound("9276308686")),
            ("uln", "1000000019", sound("1000000019")),
            ("uln", "1234567899", sound("1234567899")),
            ("uln", "2000000036", sound("2000000036")),
            ("uln", "5555555554", sound("5555555554")),
            ("uln", "3000000061", sound("3000000061")),
            ("uln", "9276308687", Number::Foreign),
            ("uln", "0276308686", Number::Foreign),
        ];
        for (register, written, expected) in cases {
            assert_eq!(named(register).unwrap().read(written), expected, "{register} {written}");
        }
    }

    #[test]
    fn a_number_of_several_registers_is_of_none_without_doubt() {
        let titles = |number: &str| -> Vec<&str> {
            fitting(number, REGISTERS).into_iter().map(|(register, _)| register.id).collect()
        };
        assert_eq!(titles("SC039576"), ["companies-house", "oscr"]);
        assert_eq!(titles("100012"), ["ccni", "charity-commission"]);
        assert_eq!(titles("10000346"), ["companies-house", "ukprn"]);
        assert_eq!(titles("1090095"), ["charity-commission"]);
        assert_eq!(titles("no number"), Vec::<&str>::new());
    }

    #[test]
    fn a_letter_that_looks_like_a_digit_is_seen_through() {
        let companies = named("companies-house").unwrap();
        assert_eq!(companies.meant("RO000123").as_deref(), Some("R0000123"));
        assert_eq!(companies.meant("XX123456"), None);
    }
}
