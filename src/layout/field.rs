//! Finds the fields of the cover: a label, and the column of entries to its right.

use std::collections::{BTreeMap, HashSet};

use crate::cell::CellRef;
use crate::framework::{Field, FieldId, Framework, SheetId};
use crate::wording::Wording;

use super::FieldPlace;
use super::text::{SheetText, WorkbookText};

/// A text at least this alike is taken for a field's label in a column of labels.
const NEAR_MATE: f64 = 0.66;
/// And where no label of the sheet stands word for word.
const NEAR: f64 = 0.75;
/// How far right of its label an entry is looked for.
const REACH: u32 = 6;

/// Finds the fields whose sheet was found.
pub(super) fn locate(
    framework: &Framework,
    text: &WorkbookText,
    sheets: &BTreeMap<SheetId, usize>,
) -> BTreeMap<FieldId, FieldPlace> {
    let labels: Vec<(&Field, usize, CellRef)> = sheets
        .iter()
        .flat_map(|(id, index)| {
            let fields: Vec<&Field> = framework.fields.iter().filter(|field| field.sheet == *id).collect();
            labels_of(&fields, &text.sheets[*index])
                .into_iter()
                .map(|(field, at)| (field, *index, at))
                .collect::<Vec<_>>()
        })
        .collect();
    let mut hints: BTreeMap<&SheetId, HashSet<Wording>> = BTreeMap::new();
    for (field, ..) in &labels {
        hints.entry(&field.sheet).or_insert_with(|| self::hints(framework, &field.sheet));
    }
    let place = |(field, sheet, label): &(&Field, usize, CellRef)| {
        let mates = labels.iter().filter(|other| other.1 == *sheet).map(|other| other.2).collect::<Vec<_>>();
        let entry = entry(*label, &text.sheets[*sheet], &mates, &hints[&field.sheet]);
        (field.id.clone(), FieldPlace { sheet: *sheet, label: *label, entry })
    };
    labels.iter().map(place).collect()
}

/// Finds the labels of a sheet's fields: word for word, then by other words for them, then the most alike of the texts
/// that are no other field's label, in the columns where labels stand.
fn labels_of<'a>(fields: &[&'a Field], text: &SheetText) -> Vec<(&'a Field, CellRef)> {
    let all_labels: Vec<Vec<Wording>> = fields
        .iter()
        .map(|field| std::iter::once(&field.label).chain(&field.also).map(|label| Wording::of(label)).collect())
        .collect();
    let mut places: Vec<Option<CellRef>> =
        fields.iter().zip(&all_labels).map(|(field, labels)| in_row(field.row.as_deref()?, labels, text)).collect();
    for words in [0..1, 1..usize::MAX] {
        if words.start > 0 {
            take_bare(&all_labels, &mut places, text);
        }
        for (index, labels) in all_labels.iter().enumerate().filter(|(index, _)| fields[*index].row.is_none()) {
            let free = |at: CellRef| !places.contains(&Some(at));
            let said = labels
                .iter()
                .skip(words.start)
                .take(words.len())
                .find_map(|label| first(label, text, &all_labels, free));
            places[index] = places[index].or(said);
        }
    }
    let columns: Vec<u32> = places.iter().flatten().map(|at| at.column).collect();
    let enough = if columns.is_empty() { NEAR } else { NEAR_MATE };
    let mut pairs = Vec::new();
    let all_placed = places.iter().all(Option::is_some);
    let others =
        text.texts.iter().filter(|(at, _)| !all_placed && (columns.is_empty() || columns.contains(&at.column)));
    for (at, words) in others {
        let bare = bare(words);
        let missing =
            all_labels.iter().enumerate().filter(|(index, _)| places[*index].is_none() && fields[*index].row.is_none());
        pairs.extend(missing.map(|(index, labels)| {
            let said = labels.iter().flat_map(|label| [(label, words), (label, &bare)]);
            let likeness = said.filter_map(|(label, said)| label.likeness_from(said, enough)).fold(0.0, f64::max);
            (likeness, index, *at)
        }));
    }
    pairs.retain(|(likeness, ..)| *likeness >= enough);
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, index, at) in pairs {
        if places[index].is_none() && !places.contains(&Some(at)) {
            places[index] = Some(at);
        }
    }
    fields.iter().zip(places).filter_map(|(field, at)| Some((*field, at?))).collect()
}

/// Finds labels with a number before them or a remark behind, in the columns where others stand word for word.
fn take_bare(all_labels: &[Vec<Wording>], places: &mut [Option<CellRef>], text: &SheetText) {
    let columns: Vec<u32> = places.iter().flatten().map(|at| at.column).collect();
    for (at, words) in text.texts.iter().filter(|(at, _)| columns.contains(&at.column)) {
        let bare = bare(words);
        let missing = |index: &usize| places[*index].is_none() && all_labels[*index].first() == Some(&bare);
        if let Some(index) = (0..all_labels.len()).find(missing).filter(|_| !places.contains(&Some(*at))) {
            places[index] = Some(*at);
        }
    }
}

/// Finds a label that many rows have, in the row that begins with some words.
fn in_row(row: &str, labels: &[Wording], text: &SheetText) -> Option<CellRef> {
    let row = text.find(&Wording::of(row))?.row;
    text.row(row).iter().find(|(_, words)| labels.contains(words)).map(|(at, _)| *at)
}

/// Finds the first free cell that holds a label and isn't the entry of another; else the first free one.
fn first(
    label: &Wording,
    text: &SheetText,
    all_labels: &[Vec<Wording>],
    free: impl Fn(CellRef) -> bool,
) -> Option<CellRef> {
    let first = text.find(label)?;
    let is_entry = |at: CellRef| {
        let left = at.column.checked_sub(1).and_then(|column| text.at(CellRef::new(at.row, column)));
        left.is_some_and(|left| left != label && all_labels.iter().any(|labels| labels.first() == Some(left)))
    };
    if free(first) && !is_entry(first) {
        return Some(first);
    }
    let cells = text.texts.iter().filter(|(at, words)| words == label && free(*at)).map(|(at, _)| *at);
    cells.clone().find(|at| !is_entry(*at)).or(cells.clone().next())
}

/// Returns a label without a number before it and a remark in brackets after it.
fn bare(words: &Wording) -> Wording {
    let label = words.as_str().split_once(" (").map_or(words.as_str(), |(label, _)| label);
    Wording::of(label.trim_start_matches(|c: char| c.is_ascii_digit() || ".) ".contains(c)))
}

/// Finds the cell of a label's entry: below the label where nothing stands right of any; else right beside it, or, where
/// nothing stands beside any, in the next column in which most labels have something, this side of the form's own words.
fn entry(label: CellRef, text: &SheetText, labels: &[CellRef], hints: &HashSet<Wording>) -> CellRef {
    let beside = text.sheet.merge_over(label).map_or(label.column, |merge| merge.last.column) + 1;
    let column_mates: Vec<&CellRef> = labels.iter().filter(|other| other.column == label.column).collect();
    let is_hint = |at: CellRef| text.at(at).is_some_and(|words| hints.contains(words));
    let filled = |column: u32| {
        let beside = column_mates.iter().map(|mate| CellRef::new(mate.row, column));
        beside.filter(|at| text.sheet.cell(*at).is_some() && !is_hint(*at)).count()
    };
    let empty_beside = filled(beside) == 0;
    if empty_beside && (beside..beside + REACH).all(|column| filled(column) == 0) && stand_below(&column_mates, text) {
        return CellRef::new(label.row + 1, label.column);
    }
    let is_open = |column: &u32| {
        column_mates.iter().filter(|mate| is_hint(CellRef::new(mate.row, *column))).count() * 2 <= column_mates.len()
    };
    let further =
        (beside + 1..beside + REACH).take_while(is_open).find(|column| filled(*column) * 2 > column_mates.len());
    let column = further.filter(|_| empty_beside).unwrap_or(beside);
    CellRef::new(label.row, column)
}

/// Whether most labels of a column have something below them that is no label.
fn stand_below(labels: &[&CellRef], text: &SheetText) -> bool {
    let below = labels.iter().map(|label| CellRef::new(label.row + 1, label.column));
    let filled = below.filter(|at| !labels.contains(&at) && text.sheet.cell(*at).is_some()).count();
    filled * 2 > labels.len()
}

/// Returns what the issued form itself says on a sheet: its labels, and its hints on how to fill them in.
fn hints(framework: &Framework, sheet: &SheetId) -> HashSet<Wording> {
    let form = framework.issued_sheet(sheet);
    let texts = form.iter().flat_map(|sheet| &sheet.cells).filter_map(|cell| cell.text());
    texts.map(Wording::of).collect()
}
