//! Which letters Typst's own fonts can print, and what is printed for the others.
//!
//! An accessible PDF may hold no letter without a shape, so one that no font has would cost the whole document. It is
//! printed as a box instead, and the report says so; one that is another form of plain letters, as a wide digit is, is printed as
//! those. Marks that have no shape of their own are left out, and so are those that turn the direction of what follows: a name must
//! not reorder the sentence it stands in.

use unicode_normalization::UnicodeNormalization;

/// Whose letters can be printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Letters {
    /// Those of the fonts that come with Typst.
    #[default]
    OfTypst,
    /// All: a folder of fonts is given that has the rest.
    All,
}

/// What is printed for a letter that no font has.
const BOX: char = '\u{25a1}';

impl Letters {
    /// Returns a text with only what can be printed.
    pub fn printable(self, text: &str) -> String {
        let mut printed = String::with_capacity(text.len());
        for letter in text.chars().filter(|letter| !is_mark(*letter)) {
            match self.shape(letter) {
                BOX => self.write_plain(letter, &mut printed),
                shape => printed.push(shape),
            }
        }
        printed
    }

    /// Whether each letter of a text can be printed, if in another form.
    pub fn can_print(self, text: &str) -> bool {
        text.contains(BOX) || !self.printable(text).contains(BOX)
    }

    /// Writes the plain letters that a letter without a shape is another form of, as a wide digit is of a digit; a box where it is of none
    /// that can be printed.
    fn write_plain(self, letter: char, printed: &mut String) {
        let plain: String = std::iter::once(letter).nfkc().collect();
        let has_shapes = plain.chars().all(|part| part != letter && !is_mark(part) && self.shape(part) == part);
        if has_shapes {
            printed.push_str(&plain);
        } else {
            printed.push(BOX);
        }
    }

    /// Returns what is printed for a letter.
    fn shape(self, letter: char) -> char {
        match self {
            Self::All => letter,
            Self::OfTypst if letter == '\n' || is_covered(letter) => letter,
            Self::OfTypst if letter.is_whitespace() => ' ',
            Self::OfTypst => BOX,
        }
    }
}

/// Whether a character has no shape, or only turns directions.
fn is_mark(letter: char) -> bool {
    match letter {
        '\n' | '\t' => false,
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}' => true,
        other => other.is_control(),
    }
}

/// Whether one of the fonts that come with Typst has the letter.
fn is_covered(letter: char) -> bool {
    let after = COVERED.partition_point(|(first, _)| *first <= letter);
    after.checked_sub(1).is_some_and(|at| letter <= COVERED[at].1)
}

/// The letters of Libertinus Serif, New Computer Modern and `DejaVu` Sans Mono as Typst 0.15 carries them, from first to last.
#[rustfmt::skip]
const COVERED: &[(char, char)] = &[
    ('\u{20}', '\u{7f}'), ('\u{a0}', '\u{377}'), ('\u{37a}', '\u{37f}'), ('\u{384}', '\u{38a}'),
    ('\u{38c}', '\u{38c}'), ('\u{38e}', '\u{3a1}'), ('\u{3a3}', '\u{4ff}'), ('\u{510}', '\u{513}'),
    ('\u{51a}', '\u{51d}'), ('\u{531}', '\u{58a}'), ('\u{58d}', '\u{58f}'), ('\u{591}', '\u{5c7}'),
    ('\u{5d0}', '\u{5ea}'), ('\u{5ef}', '\u{5f5}'), ('\u{5f7}', '\u{5f7}'), ('\u{606}', '\u{60c}'),
    ('\u{615}', '\u{615}'), ('\u{61b}', '\u{61b}'), ('\u{61f}', '\u{61f}'), ('\u{621}', '\u{63a}'),
    ('\u{640}', '\u{655}'), ('\u{65a}', '\u{65a}'), ('\u{660}', '\u{66d}'), ('\u{674}', '\u{674}'),
    ('\u{679}', '\u{67b}'), ('\u{67e}', '\u{680}'), ('\u{683}', '\u{684}'), ('\u{686}', '\u{687}'),
    ('\u{691}', '\u{691}'), ('\u{698}', '\u{698}'), ('\u{6a4}', '\u{6a4}'), ('\u{6a9}', '\u{6a9}'),
    ('\u{6af}', '\u{6af}'), ('\u{6be}', '\u{6be}'), ('\u{6cc}', '\u{6cc}'), ('\u{6f0}', '\u{6f9}'),
    ('\u{900}', '\u{97f}'), ('\u{e3f}', '\u{e3f}'), ('\u{e81}', '\u{e82}'), ('\u{e84}', '\u{e84}'),
    ('\u{e87}', '\u{e88}'), ('\u{e8a}', '\u{e8a}'), ('\u{e8d}', '\u{e8d}'), ('\u{e94}', '\u{e97}'),
    ('\u{e99}', '\u{e9f}'), ('\u{ea1}', '\u{ea3}'), ('\u{ea5}', '\u{ea5}'), ('\u{ea7}', '\u{ea7}'),
    ('\u{eaa}', '\u{eab}'), ('\u{ead}', '\u{eb9}'), ('\u{ebb}', '\u{ebc}'), ('\u{ec8}', '\u{ecd}'),
    ('\u{10d0}', '\u{10ff}'), ('\u{13a0}', '\u{13f5}'), ('\u{13f8}', '\u{13fd}'), ('\u{1ab0}', '\u{1ace}'),
    ('\u{1d00}', '\u{1f15}'), ('\u{1f18}', '\u{1f1d}'), ('\u{1f20}', '\u{1f45}'), ('\u{1f48}', '\u{1f4d}'),
    ('\u{1f50}', '\u{1f57}'), ('\u{1f59}', '\u{1f59}'), ('\u{1f5b}', '\u{1f5b}'), ('\u{1f5d}', '\u{1f5d}'),
    ('\u{1f5f}', '\u{1f7d}'), ('\u{1f80}', '\u{1fb4}'), ('\u{1fb6}', '\u{1fc4}'), ('\u{1fc6}', '\u{1fd3}'),
    ('\u{1fd6}', '\u{1fdb}'), ('\u{1fdd}', '\u{1fef}'), ('\u{1ff2}', '\u{1ff4}'), ('\u{1ff6}', '\u{1ffe}'),
    ('\u{2000}', '\u{2027}'), ('\u{2029}', '\u{2029}'), ('\u{202f}', '\u{2064}'), ('\u{2070}', '\u{2071}'),
    ('\u{2074}', '\u{208e}'), ('\u{2090}', '\u{209c}'), ('\u{20a0}', '\u{20c0}'), ('\u{20d0}', '\u{20f0}'),
    ('\u{2100}', '\u{2151}'), ('\u{2153}', '\u{2184}'), ('\u{2189}', '\u{2189}'), ('\u{2190}', '\u{23ff}'),
    ('\u{2422}', '\u{2423}'), ('\u{2460}', '\u{262f}'), ('\u{2638}', '\u{268b}'), ('\u{2690}', '\u{269c}'),
    ('\u{26a0}', '\u{26a7}'), ('\u{26aa}', '\u{26b2}'), ('\u{2701}', '\u{2704}'), ('\u{2706}', '\u{2709}'),
    ('\u{270c}', '\u{2727}'), ('\u{2729}', '\u{274b}'), ('\u{274d}', '\u{274d}'), ('\u{274f}', '\u{2752}'),
    ('\u{2756}', '\u{2756}'), ('\u{2758}', '\u{275e}'), ('\u{2761}', '\u{277f}'), ('\u{2794}', '\u{2794}'),
    ('\u{2798}', '\u{27af}'), ('\u{27b1}', '\u{27be}'), ('\u{27c0}', '\u{2b73}'), ('\u{2b76}', '\u{2b95}'),
    ('\u{2b97}', '\u{2bff}'), ('\u{2c60}', '\u{2cf3}'), ('\u{2cf9}', '\u{2cff}'), ('\u{2e02}', '\u{2e05}'),
    ('\u{2e08}', '\u{2e0a}'), ('\u{2e17}', '\u{2e18}'), ('\u{2e1f}', '\u{2e1f}'), ('\u{2e22}', '\u{2e25}'),
    ('\u{2e2e}', '\u{2e2e}'), ('\u{3012}', '\u{3012}'), ('\u{3016}', '\u{3017}'), ('\u{301a}', '\u{301b}'),
    ('\u{3030}', '\u{3030}'), ('\u{3036}', '\u{3036}'), ('\u{306e}', '\u{306e}'), ('\u{a46a}', '\u{a46b}'),
    ('\u{a640}', '\u{a641}'), ('\u{a648}', '\u{a649}'), ('\u{a656}', '\u{a657}'), ('\u{a708}', '\u{a716}'),
    ('\u{a71b}', '\u{a727}'), ('\u{a72d}', '\u{a72d}'), ('\u{a730}', '\u{a730}'), ('\u{a735}', '\u{a735}'),
    ('\u{a765}', '\u{a765}'), ('\u{a789}', '\u{a78e}'), ('\u{a790}', '\u{a791}'), ('\u{a793}', '\u{a793}'),
    ('\u{a7aa}', '\u{a7aa}'), ('\u{a7f8}', '\u{a7f9}'), ('\u{ab52}', '\u{ab52}'), ('\u{ab66}', '\u{ab66}'),
    ('\u{ab70}', '\u{abbf}'), ('\u{fb00}', '\u{fb06}'), ('\u{fb13}', '\u{fb17}'), ('\u{fb1d}', '\u{fb4f}'),
    ('\u{fb52}', '\u{fb81}'), ('\u{fb8a}', '\u{fb95}'), ('\u{fb9e}', '\u{fb9f}'), ('\u{fbaa}', '\u{fbad}'),
    ('\u{fbe8}', '\u{fbe9}'), ('\u{fbfc}', '\u{fbff}'), ('\u{fe00}', '\u{fe01}'), ('\u{fe20}', '\u{fe2f}'),
    ('\u{fe66}', '\u{fe66}'), ('\u{fe70}', '\u{fe74}'), ('\u{fe76}', '\u{fefc}'), ('\u{feff}', '\u{feff}'),
    ('\u{fff9}', '\u{fffd}'), ('\u{10140}', '\u{1018e}'), ('\u{102e0}', '\u{102fb}'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_font_has_is_a_box() {
        let cases = [
            ("Caf\u{e9} & Sons", "Caf\u{e9} & Sons"),
            ("\u{5d0}\u{5d1} \u{627}\u{628}", "\u{5d0}\u{5d1} \u{627}\u{628}"),
            ("\u{4e2d}\u{6587} Ltd", "\u{25a1}\u{25a1} Ltd"),
            ("\u{ff12} \u{ff21}\u{ff23}\u{ff2d}\u{ff25}", "2 ACME"),
            ("\u{3390} \u{3000}\u{1d7d2}", "Hz  4"),
            ("a\u{202e}b\u{0}c\u{fe0f}", "abc"),
            ("two\nlines\tand a tab", "two\nlines and a tab"),
        ];
        for (typed, printed) in cases {
            assert_eq!(Letters::OfTypst.printable(typed), printed, "{typed:?}");
        }
    }

    #[test]
    fn more_fonts_print_more() {
        assert_eq!(Letters::All.printable("\u{4e2d}"), "\u{4e2d}");
        assert!(Letters::OfTypst.can_print("plain \u{ff12}") && !Letters::OfTypst.can_print("\u{4e2d}"));
    }

    #[test]
    fn the_ranges_are_in_order() {
        assert!(COVERED.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }
}
