//! Which currency a text names: by its sign, by its code, or by one of the words that everybody uses.
//!
//! The same number of dollars and of pounds are two amounts, so that one is never read as the other.

use iso_currency::Currency;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use crate::wording::plain;

/// A currency, as a text names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Money {
    /// By a sign, which several currencies may have.
    Sign(char),
    /// By its code.
    Code(Currency),
}

/// Words for currencies, with the sign that stands for them.
const WORDS: [(&str, char); 7] = [
    ("pound", '£'),
    ("pounds", '£'),
    ("sterling", '£'),
    ("euro", '€'),
    ("euros", '€'),
    ("dollar", '$'),
    ("dollars", '$'),
];

/// Codes that people write in small letters too; of others these may be words: “all”, “top”, “try”.
const WELL_KNOWN: [Currency; 3] = [Currency::GBP, Currency::EUR, Currency::USD];

impl Money {
    /// The currency where nothing says which: formats that leave it open are read as in Britain too.
    pub(super) const HOME: Self = Self::Code(Currency::GBP);

    /// Returns the currency that a word names.
    fn of(word: &str) -> Option<Self> {
        let by_code = || Currency::from_code(word).or_else(|| small_code(word)).map(Self::Code);
        let by_word = || WORDS.iter().find(|(name, _)| *name == word.to_lowercase()).map(|(_, sign)| Self::Sign(*sign));
        signed(word).map(Self::Sign).or_else(by_code).or_else(by_word)
    }

    /// Whether two names can be of one currency.
    pub(super) fn can_be(self, other: Self) -> bool {
        match (self, other) {
            (Self::Code(code), Self::Sign(sign)) | (Self::Sign(sign), Self::Code(code)) => {
                code.symbol().symbol.contains(sign)
            }
            (Self::Code(_), Self::Code(_)) | (Self::Sign(_), Self::Sign(_)) => self == other,
        }
    }

    /// Returns its sign, or its code where it has none.
    pub(super) fn shown(self) -> String {
        match self {
            Self::Sign(sign) => sign.to_string(),
            Self::Code(code) => code.symbol().symbol,
        }
    }
}

/// Returns the sign that a word is, or ends with after the letters of a country: `US$`.
fn signed(word: &str) -> Option<char> {
    let sign = word.chars().next_back().filter(|c| is_sign(*c))?;
    let country = &word[..word.len() - sign.len_utf8()];
    (country.len() <= 2 && country.bytes().all(|byte| byte.is_ascii_uppercase())).then_some(sign)
}

/// Returns the currency whose code is written in small letters.
fn small_code(word: &str) -> Option<Currency> {
    WELL_KNOWN.into_iter().find(|code| code.code().eq_ignore_ascii_case(word))
}

/// Whether a character is the sign of a currency.
fn is_sign(c: char) -> bool {
    c.general_category() == GeneralCategory::CurrencySymbol
}

/// Whether a character belongs to a number rather than to a word beside it.
fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || c.is_whitespace() || ".,'-+()%".contains(c)
}

/// Returns the currencies that a text names.
pub(super) fn named(text: &str) -> Vec<Money> {
    plain(text).split(is_of_number).filter_map(Money::of).collect()
}

/// Returns the currencies that words over or beside numbers name. In capitals alone a code may be a word of another meaning.
pub(super) fn named_over(words: &str) -> Vec<Money> {
    let is_shouted = !words.contains(char::is_lowercase);
    let is_meant = |money: &Money| match money {
        Money::Sign(_) => true,
        Money::Code(code) => !is_shouted || WELL_KNOWN.contains(code),
    };
    named(words).into_iter().filter(is_meant).collect()
}

/// Signs and words for the hundredth of a currency's unit.
const HUNDREDTHS: [&str; 7] = ["p", "pence", "penny", "c", "cent", "cents", "\u{a2}"];

/// Whether an amount is shown in hundredths of a currency's unit: “1350p”.
pub(super) fn is_in_hundredths(amount: &str) -> bool {
    let mut words =
        plain(amount).split(is_of_number).filter(|word| !word.is_empty()).map(str::to_lowercase).collect::<Vec<_>>();
    words.retain(|word| HUNDREDTHS.contains(&word.as_str()));
    !words.is_empty() && named(amount).iter().all(|money| matches!(money, Money::Sign('\u{a2}')))
}

/// Drops a currency from either end of an amount.
pub(super) fn without(text: &str) -> &str {
    let text = text.trim();
    let before = text.find(is_of_number).filter(|at| Money::of(&text[..*at]).is_some());
    let text = before.map_or(text, |at| text[at..].trim_start());
    let after = text.trim_end_matches(|c| !is_of_number(c));
    if Money::of(&text[after.len()..]).is_some() { after.trim_end() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All currencies that have a code.
    fn all() -> impl Iterator<Item = Currency> {
        (0..1000).filter_map(Currency::from_numeric)
    }

    #[test]
    fn every_sign_and_code_is_found_and_dropped_wherever_it_stands() {
        // Some signs are the same as letters, and are compared as these.
        let is_own = |sign: &String| plain(sign).chars().all(is_sign);
        let signs = ('\0'..='\u{ffff}').filter(|c| is_sign(*c)).map(String::from).filter(is_own);
        let names: Vec<String> = signs.chain(all().map(|code| code.code().to_owned())).collect();
        assert!(names.len() > 190, "{}", names.len());
        for name in names.iter().map(String::as_str).chain(["euros", "Pounds", "US$", "gbp"]) {
            for written in [format!("{name}500"), format!("{name} 500"), format!("500{name}"), format!("500 {name}")] {
                assert_eq!(named(&written).len(), 1, "{written}");
                assert_eq!(without(&plain(&written)), "500", "{written}");
            }
        }
        for written in ["500", "500 all", "£m 5", "5k", "500%", "500 kr", "about 500", ""] {
            assert_eq!((named(written), without(written)), (Vec::new(), written), "{written}");
        }
    }

    #[test]
    fn one_currency_goes_by_its_sign_its_code_and_its_word() {
        let one = |text: &str| named(text)[0];
        for (one_name, other, expected) in [
            ("£", "GBP", true),
            ("\u{ffe1}", "gbp", true),
            ("pounds", "£", true),
            ("€", "EUR", true),
            ("$", "USD", true),
            ("US$", "usd", true),
            ("£", "$", false),
            ("£", "USD", false),
            ("€", "GBP", false),
            ("USD", "CAD", false),
            ("euros", "£", false),
        ] {
            assert_eq!(one(one_name).can_be(one(other)), expected, "{one_name} {other}");
            assert_eq!(one(other).can_be(one(one_name)), expected, "{other} {one_name}");
        }
    }
}
