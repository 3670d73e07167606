//! Colours of a house style, and whether text on them can be read.
//!
//! Contrast is that of the Web Content Accessibility Guidelines 2.2: from 1, the same colour, to 21, black on white; text needs
//! [`LEAST`].
#![expect(clippy::float_arithmetic, reason = "contrast is no score")]

use std::fmt;
use std::str::FromStr;

/// The least contrast of text.
pub const LEAST: f64 = 4.5;

/// A colour: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour(pub [u8; 3]);

/// Why a colour can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a colour; write it as `#` and six digits of 0-9 and a-f, such as `#1f4e79`")]
pub struct NotAColour(pub String);

impl Colour {
    /// White.
    pub const WHITE: Self = Self([255, 255, 255]);
    /// Black.
    pub const BLACK: Self = Self([0, 0, 0]);
    /// The colour of texts.
    pub const INK: Self = Self([0x1a, 0x21, 0x27]);

    /// Returns the contrast with another colour.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Returns this colour, darkened or lightened as far as text in it needs to be read on all these grounds.
    #[must_use]
    pub fn readable_on(self, grounds: &[Self]) -> Self {
        let least = |colour: Self| grounds.iter().map(|ground| colour.contrast(*ground)).fold(f64::INFINITY, f64::min);
        let ends = [Self::BLACK, Self::WHITE];
        let end = if least(ends[0]) >= least(ends[1]) { ends[0] } else { ends[1] };
        let steps = (0_u8..=20).map(|step| self.mixed(end, step));
        steps.into_iter().find(|colour| least(*colour) >= LEAST).unwrap_or(end)
    }

    /// Returns the colour that text on this one has: white, the usual ink or black, the first that can be read.
    #[must_use]
    pub fn text(self) -> Self {
        let colours = [Self::WHITE, Self::INK];
        colours.into_iter().find(|colour| self.contrast(*colour) >= LEAST).unwrap_or(Self::BLACK)
    }

    /// Returns the colour as one number, red first.
    pub fn number(self) -> u32 {
        let [red, green, blue] = self.0;
        u32::from_be_bytes([0, red, green, blue])
    }

    /// Returns the colour so many twentieths of the way to another.
    fn mixed(self, other: Self, twentieths: u8) -> Self {
        let mut mixed = self;
        for (own, other) in mixed.0.iter_mut().zip(other.0) {
            let sum = u16::from(*own) * u16::from(20 - twentieths) + u16::from(other) * u16::from(twentieths);
            *own = u8::try_from(sum / 20).expect("a mean of bytes is a byte");
        }
        mixed
    }

    /// Returns the relative luminance, from 0 to 1.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl FromStr for Colour {
    type Err = NotAColour;

    fn from_str(written: &str) -> Result<Self, NotAColour> {
        let refused = || NotAColour(written.to_owned());
        let digits = written.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or_else(refused)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(refused());
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| refused())?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(to, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_colours_are_colours() {
        for (written, sound) in [
            ("#17415f", true),
            ("#FFAA00", true),
            ("red", false),
            ("#12345", false),
            ("#12345g", false),
            ("#+12345", false),
            ("\"); #panic()", false),
        ] {
            assert_eq!(written.parse::<Colour>().is_ok(), sound, "{written}");
        }
        assert_eq!("#FFAA00".parse::<Colour>().unwrap().to_string(), "#ffaa00");
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let grey: Colour = "#767676".parse().unwrap();
        assert_eq!(format!("{:.2}", Colour::BLACK.contrast(Colour::WHITE)), "21.00");
        assert_eq!(format!("{:.2}", grey.contrast(Colour::WHITE)), "4.54");
    }

    #[test]
    fn a_brand_colour_stays_where_it_can_be_read_and_moves_where_it_cannot() {
        let dark: Colour = "#17415f".parse().unwrap();
        assert_eq!(dark.readable_on(&[Colour::WHITE]), dark);
        for written in ["#ffd400", "#ffffff", "#7fb0b5", "#00ff00", "#808080"] {
            let brand: Colour = written.parse().unwrap();
            let text = brand.readable_on(&[Colour::WHITE, Colour([0xf1, 0xf4, 0xf6])]);
            assert!(text.contrast(Colour::WHITE) >= LEAST, "{written} became {text}");
            assert!(brand.text().contrast(brand) >= LEAST, "text on {written}");
        }
    }
}
