//! How sheets lie on paper: what size and scale their columns need, and how many lines a text takes in a cell.

/// Margins, in inches.
pub(super) struct Margins {
    /// On the left and on the right.
    pub(super) side: f64,
    /// Above and below.
    pub(super) end: f64,
}

/// The margins of all sheets.
pub(super) const MARGINS: Margins = Margins { side: 0.5, end: 0.7 };

/// Paper, and the scale at which a sheet is printed on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Paper {
    size: Size,
    /// How the sheet lies.
    pub(super) turn: Turn,
    /// In per cent.
    pub(super) scale: u16,
    /// Whether all columns fit on the paper at that scale.
    pub(super) fits: bool,
}

/// A size of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Size {
    A4,
    A3,
}

/// How a sheet lies on its paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Higher than wide.
    Upright,
    /// Wider than high.
    OnItsSide,
}

impl Size {
    /// What can be printed on, in points, across and down.
    #[expect(clippy::float_arithmetic, reason = "lengths on paper")]
    fn printable(self, turn: Turn) -> (f64, f64) {
        let (long, short) = match self {
            Self::A4 => (841.9, 595.3),
            Self::A3 => (1190.6, 841.9),
        };
        let (across, down) = match turn {
            Turn::Upright => (short, long),
            Turn::OnItsSide => (long, short),
        };
        (across - 144.0 * MARGINS.side, down - 144.0 * MARGINS.end)
    }

    /// The scale at which something so wide takes the whole width, in per cent.
    #[expect(clippy::float_arithmetic, reason = "lengths on paper")]
    fn scale(self, turn: Turn, width: f64) -> f64 {
        let (across, _) = self.printable(turn);
        if width > 0.0 { (100.0 * across / width).floor() } else { 100.0 }
    }
}

impl Paper {
    /// Below this, texts can't be read; such a sheet takes the larger paper.
    const READABLE: f64 = 62.0;

    /// The scale of long and narrow sheets, at which many rows are on a page.
    const SMALL: u16 = 75;

    /// Below this a sheet isn't made to fit: what is too wide goes on to further pages.
    const LEAST: f64 = 40.0;

    /// Returns the paper for a sheet of this width, in points.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a per cent from 40 to 100")]
    pub(super) fn for_width(width: f64) -> Self {
        let turn = Turn::OnItsSide;
        let size = if Size::A4.scale(turn, width) >= Self::READABLE { Size::A4 } else { Size::A3 };
        let scale = size.scale(turn, width);
        Self { size, turn, scale: scale.clamp(Self::LEAST, 100.0) as u16, fits: scale >= Self::LEAST }
    }

    /// Returns upright paper for a long and narrow sheet; `None` where it is too wide for that.
    pub(super) fn upright(width: f64) -> Option<Self> {
        let fits = Size::A4.scale(Turn::Upright, width) >= f64::from(Self::SMALL);
        // Not fitted, since that would never make such a sheet smaller than it is.
        fits.then_some(Self { size: Size::A4, turn: Turn::Upright, scale: Self::SMALL, fits: false })
    }

    /// The number by which workbooks know the size.
    pub(super) fn number(self) -> u8 {
        match self.size {
            Size::A4 => 9,
            Size::A3 => 8,
        }
    }

    /// How many points of rows fit on a page, with some to spare, since programs differ in the scale at which columns fit.
    #[expect(clippy::float_arithmetic, reason = "lengths on paper")]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a page's height in points")]
    pub(super) fn room(self) -> u32 {
        let (_, down) = self.size.printable(self.turn);
        (down * 94.0 / f64::from(self.scale)).floor() as u32
    }
}

/// Returns the width of columns with something beside them, in points.
#[expect(clippy::float_arithmetic, reason = "lengths on paper")]
pub(super) fn points(columns: &[f64], beside: f64) -> f64 {
    columns.iter().map(|width| (width * 7.0 + 5.0) * 0.75).sum::<f64>() + beside
}

/// Returns how many lines a text takes in a column of this many characters; rather one too many, since programs differ in how
/// wide they make letters.
#[expect(clippy::float_arithmetic, reason = "lengths on paper")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a column's width in characters")]
pub(super) fn lines(text: &str, width: f64) -> u16 {
    let most = ((width * 1.1) as usize).max(1) * TENTHS;
    let lines: usize = text.lines().map(|line| lines_of(line, most)).sum();
    u16::try_from(lines.max(1)).unwrap_or(u16::MAX)
}

/// How many parts a usual letter's breadth has.
const TENTHS: usize = 10;

/// Returns how broad a letter is, in tenths of a usual one.
fn breadth(letter: char) -> usize {
    match letter {
        letter if letter.is_uppercase() => 13,
        letter if letter >= '\u{1100}' && letter.is_alphabetic() => 18,
        _ => TENTHS,
    }
}

/// Returns how many lines a text without line ends takes, broken between words; a word that is too long is broken anywhere.
fn lines_of(text: &str, most: usize) -> usize {
    let (mut lines, mut taken) = (1, 0);
    for word in text.split(' ') {
        let length: usize = word.chars().map(breadth).sum();
        let after = if taken == 0 { length } else { taken + TENTHS + length };
        if after <= most {
            taken = after;
            continue;
        }
        lines += usize::from(taken > 0) + length.saturating_sub(1) / most;
        taken = if length > most { length - (length - 1) / most * most } else { length };
    }
    lines
}

/// Returns the least width, in characters and not below `least`, at which the headings over a column of numbers keep away from those
/// beside them. Where the words nearly fill a column, some programs break the line and others don't: there the column is widened.
#[expect(clippy::float_arithmetic, reason = "lengths on paper")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a column's width in tenths of a letter")]
pub(super) fn width_of_headings(headings: &[&str], least: f64) -> f64 {
    let is_apart = |width: &f64| {
        // Narrow letters may leave a line whole that is a fifth too long.
        let (wide, narrow) = ((width * 10.0) as usize, (width * 12.0) as usize);
        headings.iter().all(|heading| fullest_line(heading, narrow) + TENTHS <= wide)
    };
    std::iter::successors(Some(least), |width| Some(width + 1.0)).find(is_apart).unwrap_or(least)
}

/// Returns how broad the fullest line of a text is that is broken between words, in tenths of a letter.
fn fullest_line(text: &str, most: usize) -> usize {
    let (mut fullest, mut taken) = (0, 0);
    for word in text.split_whitespace() {
        let length: usize = word.chars().map(breadth).sum();
        let after = if taken == 0 { length } else { taken + TENTHS + length };
        taken = if after <= most { after } else { length };
        fullest = fullest.max(taken);
    }
    fullest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_take_the_lines_that_their_words_need() {
        for (text, width, expected) in [
            ("", 10.0, 1),
            ("nine of 9", 10.0, 1),
            ("eleven of it", 10.0, 2),
            ("a bbbbbbb ccccccccc", 10.0, 2),
            ("a-file-name-without-any-space.xlsx", 10.0, 4),
            ("short a-file-name-without-any-space", 10.0, 4),
            ("one\ntwo", 10.0, 2),
            ("INVESTORS", 10.0, 2),
        ] {
            assert_eq!(lines(text, width), expected, "{text}");
        }
    }

    #[test]
    fn headings_of_numbers_keep_away_from_those_beside_them() {
        for (headings, least, expected) in [
            (&[][..], 12.0, 12.0),
            (&["Mean"], 12.0, 12.0),
            // Too long for the column in every program, so in two lines.
            (&["Median distance"], 12.0, 12.0),
            // So long that some programs break the line, and others fill the column to its ends.
            (&["Lower quartile"], 12.0, 16.0),
            (&["Complete returns"], 16.0, 18.0),
            (&["Not complete"], 12.0, 14.0),
            // What is wide enough for one may let another stand in a line.
            (&["Median distance", "Not complete"], 12.0, 17.0),
            // A word that no program breaks.
            (&["Strongest, from"], 9.0, 12.0),
        ] {
            assert_eq!(width_of_headings(headings, least).to_string(), expected.to_string(), "{headings:?}");
        }
    }

    #[test]
    fn wide_sheets_take_larger_paper_before_they_are_too_small_to_read() {
        for (width, size, scale) in [(400.0, 9, 100), (1_000.0, 9, 76), (1_500.0, 8, 74), (9_000.0, 8, 40)] {
            let paper = Paper::for_width(width);
            assert_eq!((paper.number(), paper.scale, paper.fits), (size, scale, width < 2_000.0), "{width}");
        }
    }

    #[test]
    fn only_narrow_sheets_stand_upright() {
        for (width, expected) in [(400.0, Some((Turn::Upright, 75))), (690.0, Some((Turn::Upright, 75))), (720.0, None)]
        {
            assert_eq!(Paper::upright(width).map(|paper| (paper.turn, paper.scale)), expected, "{width}");
        }
    }
}
