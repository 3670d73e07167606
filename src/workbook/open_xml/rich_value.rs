//! Values beyond those of a cell's own: pictures in cells, and entries of services that a cell shows by a text.
//!
//! A cell names its value by number in the part of metadata, which leads over two more to what the value is. Programs that
//! don't know them show the error that the cell has in their stead.

use quick_xml::events::{BytesStart, Event};

use crate::workbook::facts::element::{add_text, attribute, number, reader};

/// The names of the piece that a cell shows of an entry: as services give it, and as other programs write it.
const DISPLAYED: [&str; 2] = ["_DisplayString", "_Display"];

/// What a cell shows in the stead of its own value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RichValue {
    /// A picture.
    Picture,
    /// A text.
    Text(String),
    /// Nothing else: the cell's own value stands.
    Own,
}

/// The parts in which rich values are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts<'a> {
    /// Which value a number in a cell is.
    pub(super) metadata: &'a str,
    /// The values.
    pub(super) values: &'a str,
    /// What the values are, and the names of what they have.
    pub(super) structures: &'a str,
}

/// What kind of value a structure is for, and the names of its pieces.
type Structure = (String, Vec<String>);

/// Returns the values by the numbers that cells have, from one.
pub(super) fn read(parts: Parts<'_>) -> Result<Vec<RichValue>, quick_xml::Error> {
    let structures = structures(parts.structures)?;
    let values = values(parts.values)?;
    let meant = |index: Option<usize>| {
        let (structure, pieces) = values.get(index?)?;
        let (kind, names) = structures.get(*structure)?;
        let shown = || {
            let place = DISPLAYED.iter().find_map(|piece| names.iter().position(|name| name == piece));
            pieces.get(place?).cloned()
        };
        let is_picture = matches!(kind.as_str(), "_localImage" | "_webimage");
        if is_picture { Some(RichValue::Picture) } else { shown().map(RichValue::Text) }
    };
    let named = named(parts.metadata)?;
    Ok(named.into_iter().map(|index| meant(index).unwrap_or(RichValue::Own)).collect())
}

/// Returns for each number that cells have which of the values it is.
fn named(part: &str) -> Result<Vec<Option<usize>>, quick_xml::Error> {
    let (mut kinds, mut future, mut named) = (Vec::new(), Vec::new(), Vec::new());
    let (mut section, mut is_of_values) = (String::new(), false);
    each(part, |event| {
        let Event::Start(element) = event else { return };
        match (element.local_name().as_ref(), section.as_str()) {
            ("metadataType", _) => kinds.push(attribute(element, "name").unwrap_or_default()),
            ("futureMetadata", _) => {
                "future".clone_into(&mut section);
                is_of_values = attribute(element, "name").is_some_and(|name| name == "XLRICHVALUE");
            }
            (name @ ("valueMetadata" | "cellMetadata"), _) => name.clone_into(&mut section),
            ("rvb", "future") if is_of_values => future.push(index(element, "i")),
            ("bk", "valueMetadata") => named.push(None),
            ("rc", "valueMetadata") => {
                let kind = index(element, "t").and_then(|kind| kinds.get(kind.checked_sub(1)?));
                let index = index(element, "v").filter(|_| kind.is_none_or(|kind| kind == "XLRICHVALUE"));
                if let Some(last) = named.last_mut().filter(|_| index.is_some()) {
                    *last = index;
                }
            }
            (_, _) => {}
        }
    })?;
    Ok(named.into_iter().map(|at| future.get(at?).copied().flatten()).collect())
}

/// Reads the values: which structure each has, and its pieces.
fn values(part: &str) -> Result<Vec<(usize, Vec<String>)>, quick_xml::Error> {
    let mut values: Vec<(usize, Vec<String>)> = Vec::new();
    let mut is_piece = false;
    each(part, |event| {
        if let Event::Start(element) = event {
            is_piece = element.local_name().as_ref() == "v";
            if element.local_name().as_ref() == "rv" {
                values.push((index(element, "s").unwrap_or(usize::MAX), Vec::new()));
            } else if let Some((_, pieces)) = values.last_mut().filter(|_| is_piece) {
                pieces.push(String::new());
            }
        } else if let Event::End(_) = event {
            is_piece = false;
        } else if let Some(piece) = values.last_mut().and_then(|(_, pieces)| pieces.last_mut()).filter(|_| is_piece) {
            add_text(event, piece);
        }
    })?;
    Ok(values)
}

/// Reads the structures.
fn structures(part: &str) -> Result<Vec<Structure>, quick_xml::Error> {
    let mut structures: Vec<Structure> = Vec::new();
    each(part, |event| {
        let Event::Start(element) = event else { return };
        match element.local_name().as_ref() {
            "s" => structures.push((attribute(element, "t").unwrap_or_default(), Vec::new())),
            "k" => {
                let names = structures.last_mut().map(|(_, names)| names);
                if let Some(names) = names {
                    names.push(attribute(element, "n").unwrap_or_default());
                }
            }
            _ => {}
        }
    })?;
    Ok(structures)
}

/// Gives each event of a part to `visit`.
fn each(part: &str, mut visit: impl FnMut(&Event<'_>)) -> Result<(), quick_xml::Error> {
    let mut reader = reader(part);
    loop {
        let event = reader.read_event()?;
        if matches!(event, Event::Eof) {
            return Ok(());
        }
        visit(&event);
    }
}

/// Returns an attribute that counts from nought.
fn index(element: &BytesStart<'_>, name: &str) -> Option<usize> {
    number(element, name).map(|number| number as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_kind_an_entry_is_of_its_text_is_shown() {
        let metadata = "<metadata><metadataTypes><metadataType name=\"XLRICHVALUE\"/></metadataTypes><futureMetadata \
            name=\"XLRICHVALUE\"><bk><xlrd:rvb i=\"0\"/></bk></futureMetadata><valueMetadata><bk><rc t=\"1\" v=\"0\"/></bk>\
            </valueMetadata></metadata>";
        for kind in ["_entity", "_linkedentity", "_linkedentity2", "_linkedentitycore"] {
            for piece in ["_Display", "_DisplayString"] {
                let structures =
                    format!("<rvStructures><s t=\"{kind}\"><k n=\"_Format\"/><k n=\"{piece}\"/></s></rvStructures>");
                let values = "<rvData><rv s=\"0\"><v>General</v><v>England</v></rv></rvData>";
                let found = read(Parts { metadata, values, structures: &structures }).unwrap();
                assert_eq!(found, [RichValue::Text("England".to_owned())], "{kind} {piece}");
            }
        }
    }

    #[test]
    fn numbers_of_cells_lead_to_pictures_and_texts() {
        let parts = Parts {
            metadata: "<metadata><metadataTypes><metadataType name=\"XLDAPR\"/><metadataType name=\"XLRICHVALUE\"/>\
                </metadataTypes><futureMetadata name=\"XLDAPR\"><bk/></futureMetadata><futureMetadata name=\"XLRICHVALUE\">\
                <bk><extLst><ext><xlrd:rvb i=\"1\"/></ext></extLst></bk><bk><extLst><ext><xlrd:rvb i=\"0\"/></ext></extLst>\
                </bk><bk><extLst><ext><xlrd:rvb i=\"2\"/></ext></extLst></bk></futureMetadata><valueMetadata><bk><rc t=\"2\" \
                v=\"0\"/></bk><bk><rc t=\"2\" v=\"1\"/></bk><bk><rc t=\"2\" v=\"2\"/></bk><bk><rc t=\"1\" v=\"0\"/></bk>\
                </valueMetadata></metadata>",
            values: "<rvData><rv s=\"0\"><v>0</v><v>5</v></rv><rv s=\"1\"><v>1</v><v>A &amp; B</v></rv><rv s=\"2\"/></rvData>",
            structures: "<rvStructures><s t=\"_localImage\"><k n=\"_rvRel:LocalImageIdentifier\"/><k n=\"CalcOrigin\"/></s>\
                <s t=\"_linkedentity2\"><k n=\"%EntityId\"/><k n=\"_DisplayString\"/></s><s t=\"_error\"/></rvStructures>",
        };
        let expected = [RichValue::Text("A & B".to_owned()), RichValue::Picture, RichValue::Own, RichValue::Own];
        assert_eq!(read(parts).unwrap(), expected);
    }
}
