//! Fonts that show signs in place of letters: a “ü” in Wingdings is seen as a tick.
//!
//! What is seen counts. Signs that Unicode has are read as such; of a short text with another nobody knows what it is meant to say, so it
//! is read as that text in that font.

/// A font of signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Symbols {
    Wingdings,
    Wingdings2,
    Webdings,
    Marlett,
    Dingbats,
    Symbol,
}

/// So many letters that show unknown signs may be meant as a mark; more are words in a font that was hardly meant.
const LONGEST_MARK: usize = 3;

impl Symbols {
    /// All of them.
    const ALL: [Self; 6] =
        [Self::Wingdings, Self::Wingdings2, Self::Webdings, Self::Marlett, Self::Dingbats, Self::Symbol];

    /// Returns the font of signs that goes by a name; `None` where it shows letters.
    pub(super) fn named(name: &str) -> Option<Self> {
        let plain: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        Self::ALL.into_iter().find(|font| font.names().contains(&plain.as_str()))
    }

    /// Returns the names that it goes by, in small letters without blanks.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Wingdings => &["wingdings", "wingdingsregular"],
            Self::Wingdings2 => &["wingdings2"],
            Self::Webdings => &["webdings"],
            Self::Marlett => &["marlett"],
            Self::Dingbats => &["zapfdingbats", "zapfdingbatsitc", "itczapfdingbats", "monotypesorts"],
            Self::Symbol => &["symbol"],
        }
    }

    /// Returns what it is called.
    const fn name(self) -> &'static str {
        match self {
            Self::Wingdings => "Wingdings",
            Self::Wingdings2 => "Wingdings 2",
            Self::Webdings => "Webdings",
            Self::Marlett => "Marlett",
            Self::Dingbats => "Zapf Dingbats",
            Self::Symbol => "Symbol",
        }
    }

    /// Returns the letters that show signs which Unicode has, each with that.
    const fn signs(self) -> &'static [(char, char)] {
        match self {
            Self::Wingdings => &[
                ('ü', '✓'),
                ('û', '✗'),
                ('þ', '☑'),
                ('ý', '☒'),
                ('x', '☒'),
                ('¨', '☐'),
                ('o', '☐'),
                ('q', '☐'),
                ('n', '■'),
                ('l', '●'),
                ('¡', '○'),
                ('§', '▪'),
                ('à', '→'),
                ('è', '➔'),
                ('Ø', '➢'),
                ('C', '👍'),
                ('D', '👎'),
                ('J', '☺'),
                ('L', '☹'),
            ],
            Self::Wingdings2 => &[
                ('P', '✓'),
                ('O', '✗'),
                ('R', '☑'),
                ('Q', '☒'),
                ('S', '☒'),
                ('T', '☒'),
                ('£', '☐'),
                ('*', '☐'),
                ('¢', '■'),
            ],
            Self::Webdings => &[('a', '✓'), ('r', '✗'), ('c', '☐'), ('g', '■'), ('n', '●')],
            Self::Marlett => &[('a', '✓'), ('b', '✓'), ('r', '✗'), ('g', '■'), ('h', '●'), ('n', '●')],
            Self::Dingbats => &[
                ('3', '✓'),
                ('4', '✔'),
                ('5', '✗'),
                ('6', '✗'),
                ('7', '✗'),
                ('8', '✘'),
                ('n', '■'),
                ('o', '☐'),
                ('q', '☐'),
                ('l', '●'),
            ],
            Self::Symbol => &[('Ö', '√'), ('´', '×'), ('·', '•'), ('®', '→')],
        }
    }

    /// Returns what a letter shows; `None` where that is no sign that is known.
    fn sign(self, letter: char) -> Option<char> {
        /// Where programs keep the letters of fonts of signs apart from others.
        const APART: std::ops::RangeInclusive<u32> = 0xF020..=0xF0FF;
        let code = u32::from(letter);
        let letter = if APART.contains(&code) { char::from_u32(code - 0xF000)? } else { letter };
        if letter.is_whitespace() {
            return Some(letter);
        }
        self.signs().iter().find(|(written, _)| *written == letter).map(|(_, sign)| *sign)
    }

    /// Returns the signs that are seen in place of letters; `None` where one is none that is known.
    pub(super) fn signs_of(self, text: &str) -> Option<String> {
        text.chars().map(|letter| self.sign(letter)).collect()
    }

    /// Returns what is seen of a text; `None` where its letters may be read as they are.
    pub(super) fn shown(self, text: &str) -> Option<String> {
        if text.trim().is_empty() {
            return None;
        }
        let signs = self.signs_of(text);
        let is_short = || text.trim().chars().count() <= LONGEST_MARK;
        signs.or_else(|| is_short().then(|| format!("[{} “{}”]", self.name(), text.trim())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_letter_of_a_font_of_signs_shows_its_sign_wherever_it_is_kept() {
        for font in Symbols::ALL {
            assert_eq!(Symbols::named(font.name()), Some(font));
            for (letter, sign) in font.signs() {
                let apart = char::from_u32(0xF000 + u32::from(*letter)).unwrap();
                for written in [letter.to_string(), format!(" {letter}"), apart.to_string()] {
                    assert_eq!(font.shown(&written).unwrap().trim(), sign.to_string(), "{font:?} {written}");
                }
            }
        }
    }

    #[test]
    fn ticks_and_crosses_are_told_apart_in_every_font() {
        let cases = [
            ("Wingdings", "ü", "✓"),
            ("Wingdings", "û", "✗"),
            ("Wingdings", "þ", "☑"),
            ("Wingdings", "ý", "☒"),
            ("WINGDINGS 2", "P", "✓"),
            ("Wingdings2", "O", "✗"),
            ("Webdings", "a", "✓"),
            ("webdings", "r", "✗"),
            ("Marlett", "a", "✓"),
            ("Monotype Sorts", "4", "✔"),
            ("ZapfDingbats", "8", "✘"),
            ("Symbol", "Ö", "√"),
            ("Wingdings", "Y", "[Wingdings “Y”]"),
            ("Webdings", "N", "[Webdings “N”]"),
        ];
        for (font, written, seen) in cases {
            assert_eq!(Symbols::named(font).unwrap().shown(written).as_deref(), Some(seen), "{font} {written}");
        }
    }

    #[test]
    fn other_fonts_and_words_stay_letters() {
        for font in ["Calibri", "Segoe UI Symbol", "Arial", "Symbola", "Wingding", ""] {
            assert_eq!(Symbols::named(font), None, "{font}");
        }
        for text in ["", "  ", "Letters of support", "Sam Carter"] {
            assert_eq!(Symbols::Wingdings.shown(text), None, "{text}");
        }
    }
}
