//! How the season workbook looks: one palette that can be told apart without colour vision, and the formats of cells.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::document::colour::Colour;

/// The main colour of charts.
pub(super) const MAIN: Color = Color::RGB(0x002A_6F97);
/// The lighter colour of charts.
pub(super) const LIGHT: Color = Color::RGB(0x00A9_D6E5);
/// The low end of heat maps.
pub(super) const LOW: Color = Color::RGB(0x00E0_8E45);
/// The middle of heat maps.
pub(super) const MIDDLE: Color = Color::RGB(0x00F7_F7F7);
/// The high end of heat maps.
pub(super) const HIGH: Color = Color::RGB(0x004A_8FB9);
/// Quiet texts.
const QUIET: Color = Color::RGB(0x005A_6672);
/// Thin lines.
pub(super) const LINE: Color = Color::RGB(0x00D5_DCE3);

/// The formats of cells.
#[derive(Debug)]
pub(super) struct Style {
    /// The brand's colour.
    pub(super) accent: Color,
    /// The sheet's title.
    pub(super) title: Format,
    /// The line below it.
    pub(super) subtitle: Format,
    /// A part's heading.
    pub(super) part: Format,
    /// The heading of a part within.
    pub(super) inner_part: Format,
    /// What a table is of.
    pub(super) over: Format,
    /// A column's heading.
    pub(super) heading: Format,
    /// A heading over texts that stand beside others.
    pub(super) inner_heading: Format,
    /// A heading over numbers.
    pub(super) number_heading: Format,
    /// A column's heading that stands upright.
    pub(super) upright: Format,
    /// A text.
    pub(super) text: Format,
    /// A text that stands beside others, set off so that it doesn't run into a number.
    pub(super) inner_text: Format,
    /// Such a text that must not be missed.
    pub(super) strong: Format,
    /// The figures behind a chart.
    pub(super) behind: Format,
    /// A quiet word in place of a number.
    pub(super) quiet: Format,
    /// A text that runs on into the free cells beside it.
    pub(super) remark: Format,
    /// A day.
    pub(super) day: Format,
    /// A link.
    pub(super) link: Format,
    /// A count.
    pub(super) count: Format,
    /// A number with two decimals.
    pub(super) number: Format,
    /// A number with one decimal.
    pub(super) tenth: Format,
    /// A change, with its sign and one decimal.
    pub(super) signed: Format,
    /// What lies between two figures.
    pub(super) range: Format,
    /// A likelihood, with three decimals.
    pub(super) likelihood: Format,
    /// A share, shown in per cent.
    pub(super) share: Format,
    /// A large figure.
    pub(super) large: Format,
    /// What a large figure is.
    pub(super) caption: Format,
    /// A large figure at the left edge.
    pub(super) first_large: Format,
    /// What it is.
    pub(super) first_caption: Format,
    /// A cell of a heat map.
    pub(super) heat: Format,
}

impl Style {
    /// Makes the formats, headings in the brand's colour; texts in it or on it stay readable.
    pub(super) fn new(accent: Colour) -> Self {
        let color = |colour: Colour| Color::RGB(colour.number());
        let ink = color(accent.readable_on(&[Colour::WHITE]));
        let (ground, on_ground) = (color(accent), color(accent.text()));
        let base = || usual();
        let cell = || base().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Hair).set_border_color(LINE);
        // Programs set off only what stands on the left by its own word.
        let inner = || cell().set_indent(1).set_align(FormatAlign::Left);
        let heading = || base().set_bold().set_font_color(on_ground).set_background_color(ground).set_text_wrap();
        let large = || base().set_bold().set_font_size(22).set_font_color(MAIN).set_num_format("#,##0");
        let caption = || base().set_font_color(QUIET).set_align(FormatAlign::Top).set_text_wrap();
        Self {
            accent: ground,
            title: base().set_bold().set_font_size(20).set_font_color(ink),
            subtitle: base().set_font_color(QUIET),
            part: base()
                .set_bold()
                .set_font_size(13)
                .set_font_color(ink)
                .set_border_bottom(FormatBorder::Medium)
                .set_border_color(MAIN),
            inner_part: base().set_bold().set_font_size(11).set_font_color(ink),
            over: base().set_bold().set_font_color(QUIET),
            heading: heading().set_align(FormatAlign::VerticalCenter),
            inner_heading: heading().set_align(FormatAlign::VerticalCenter).set_indent(1),
            number_heading: heading().set_align(FormatAlign::VerticalCenter).set_align(FormatAlign::Right),
            upright: heading().set_rotation(90).set_align(FormatAlign::Center),
            text: cell().set_text_wrap(),
            inner_text: inner().set_text_wrap(),
            strong: inner().set_text_wrap().set_bold(),
            behind: base().set_font_color(QUIET).set_num_format("0.0"),
            quiet: cell().set_font_color(QUIET).set_italic().set_align(FormatAlign::Right),
            remark: inner(),
            day: inner().set_num_format("d mmm yyyy"),
            link: inner().set_text_wrap().set_font_color(MAIN).set_underline(rust_xlsxwriter::FormatUnderline::Single),
            count: cell().set_num_format("#,##0"),
            number: cell().set_num_format("0.00"),
            tenth: cell().set_num_format("0.0"),
            signed: cell().set_num_format("+0.0;\u{2212}0.0;0.0"),
            range: cell().set_align(FormatAlign::Right),
            likelihood: cell().set_num_format("[<0.001]\"<0.001\";0.000"),
            share: cell().set_num_format("0.0%"),
            large: large().set_align(FormatAlign::Right),
            caption: caption().set_align(FormatAlign::Right),
            first_large: large().set_align(FormatAlign::Left),
            first_caption: caption().set_align(FormatAlign::Left),
            heat: base().set_num_format("0%").set_align(FormatAlign::Center).set_font_size(9),
        }
    }
}

/// Returns the format of a cell that has none of its own. Columns' widths are measured in its digits, so its font is one that every
/// program has, or has the like of in the same width.
pub(super) fn usual() -> Format {
    Format::new().set_font_name("Arial").set_font_size(10)
}
