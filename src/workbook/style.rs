//! The styles of cells, as far as they say what is seen: number formats, struck-out text, checkboxes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::runs::Font;
use super::symbols::Symbols;
use super::{Cell, DateSystem, NumberFormat, Shows, Value};

/// How the cells of one style look.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    /// How numbers are shown; `None` for the usual way.
    pub(super) format: Option<Arc<NumberFormat>>,
    /// Whether what stands there is struck out.
    pub(super) is_struck: bool,
    /// The font, where it shows signs in place of letters.
    pub(super) symbols: Option<Symbols>,
    /// Whether logicals are shown as boxes.
    pub(super) is_checkbox: bool,
}

/// What a file says of its styles, in parts that name each other by number.
#[derive(Debug, Default)]
pub(super) struct StyleParts {
    /// The codes of formats, by their ids.
    pub(super) codes: BTreeMap<u32, String>,
    /// The fonts, in order.
    pub(super) fonts: Vec<Font>,
    /// The styles of cells, in order.
    pub(super) cells: Vec<StyleEntry>,
}

/// A style of cells as a file says it.
#[derive(Debug, Default)]
pub(super) struct StyleEntry {
    /// The id of its format.
    pub(super) format: u32,
    /// The number of its font.
    pub(super) font: usize,
    /// Whether logicals are boxes.
    pub(super) is_checkbox: bool,
}

impl StyleParts {
    /// Returns the styles; those of one format share it.
    pub(super) fn styles(&self) -> Vec<Style> {
        let mut formats: BTreeMap<u32, Option<Arc<NumberFormat>>> = BTreeMap::new();
        let cells = self.cells.iter().map(|&StyleEntry { format: id, font, is_checkbox }| {
            let written = self.codes.get(&id);
            let read = || written.map_or_else(|| NumberFormat::built_in(id), |code| NumberFormat::of(code));
            let format = formats.entry(id).or_insert_with(|| read().map(Arc::new)).clone();
            let Font { is_struck, symbols, .. } = self.fonts.get(font).copied().unwrap_or_default();
            Style { format, is_struck, symbols, is_checkbox }
        });
        cells.collect()
    }
}

impl Style {
    /// Gives a cell its look; what is struck out of a part of it is known already.
    pub(super) fn put_on(&self, cell: &mut Cell, system: DateSystem) {
        if let Value::Number(number) = cell.value {
            cell.value = Value::of_number(number, self.format.as_deref());
        } else if let Value::Date(serial) = cell.value
            && self.format.as_ref().is_some_and(|format| format.shows() == Shows::Elapsed)
        {
            cell.value = Value::Elapsed(serial);
        }
        if let (Some(symbols), Value::Text(letters)) = (self.symbols, &cell.value)
            && let Some(shown) = symbols.shown(letters)
        {
            cell.look.letters = Some(letters.clone());
            cell.value = Value::Text(shown.into());
        }
        cell.look.format.clone_from(&self.format);
        if let (Some(symbols), Value::Number(_)) = (self.symbols, &cell.value) {
            cell.look.seen = symbols.signs_of(&cell.shown(system)).map(Into::into);
        }
        cell.look.is_checkbox = self.is_checkbox;
        if cell.look.struck.is_none() && self.is_struck && !cell.value.is_blank() {
            cell.look.struck = Some(cell.shown(system).into());
        }
    }
}
