//! The first element of a part and its children, each with its place in the bytes.
//!
//! A part's schema is a sequence: [`Outline::place_for`] tells where a new child belongs, and [`Outline::append`] adds to
//! a list such as `dxfs`, whether it is there, empty or missing.

use super::xml::{Node, scan};
use super::{Element, Limits, Namespace, Patch, Scan, Span, XmlFault};

/// The children of a worksheet, in the only order that spreadsheet programs accept.
pub(super) const SHEET_ORDER: &[&str] = &[
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// The children of a style sheet, likewise.
pub const STYLE_ORDER: &[&str] = &[
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
];

/// The children of a comments part, likewise.
pub const COMMENT_ORDER: &[&str] = &["authors", "commentList", "extLst"];

/// The first element of a part and its children.
#[derive(Clone, Debug)]
pub struct Outline {
    /// The first element's name, without its prefix.
    pub name: String,
    /// The vocabulary of the first element.
    pub namespace: Namespace,
    /// Its prefix with its colon; empty where there is none.
    pub prefix: String,
    /// Its opening tag.
    pub open: Span,
    /// Its closing tag; `None` where it is empty.
    pub close: Option<Span>,
    /// The prefix that it declares for relationship ids, without colon; `None` where it declares none.
    pub relationship_prefix: Option<String>,
    /// Its children in order.
    pub children: Vec<Child>,
}

/// A child of the first element.
#[derive(Clone, Debug)]
pub struct Child {
    /// The name without prefix; of a choice between versions, the name of what the first version holds.
    pub name: String,
    /// The name as it is written.
    pub qualified_name: String,
    /// The opening tag.
    pub open: Span,
    /// The closing tag; `None` where the element is empty.
    pub close: Option<Span>,
    /// How many elements it holds.
    pub items: usize,
}

impl Child {
    /// Returns where the whole element stands.
    pub fn span(&self) -> Span {
        self.open.start..self.close.as_ref().map_or(self.open.end, |close| close.end)
    }
}

impl Outline {
    /// Reads the outline of a part; `watch` is shown every element with the name of the child that it is or lies in.
    pub(super) fn read(
        bytes: &[u8],
        limits: &Limits,
        mut watch: impl FnMut(&Element<'_>, &Scan<'_>, &str) -> Result<(), XmlFault>,
    ) -> Result<Self, XmlFault> {
        let mut whole: Option<Self> = None;
        scan(bytes, limits, |node, scan| {
            match (node, &mut whole) {
                (Node::Open(element), None) => whole = Some(Self::of(&element)),
                (Node::Open(element), Some(outline)) => {
                    outline.meet(&element);
                    watch(&element, scan, outline.children.last().map_or("", |child| &child.name))?;
                }
                (Node::Close { span, depth: 0 }, Some(outline)) => outline.close = Some(span),
                (Node::Close { span, depth: 1 }, Some(outline)) => {
                    if let Some(child) = outline.children.last_mut() {
                        child.close = Some(span);
                    }
                }
                (Node::Close { .. } | Node::Text { .. }, _) => {}
            }
            Ok(())
        })?;
        whole.ok_or_else(|| XmlFault::Malformed("it has no element".to_owned()))
    }

    /// Reads the outline of a text that isn't a part yet.
    pub fn of_bytes(bytes: &[u8], limits: &Limits) -> Result<Self, XmlFault> {
        Self::read(bytes, limits, |_, _, _| Ok(()))
    }

    fn of(root: &Element<'_>) -> Self {
        Self {
            name: root.name().to_owned(),
            namespace: root.namespace,
            prefix: root.prefix().to_owned(),
            open: root.span.clone(),
            close: None,
            relationship_prefix: root.relationship_prefix(),
            children: Vec::new(),
        }
    }

    fn meet(&mut self, element: &Element<'_>) {
        if element.depth == 1 {
            self.children.push(Child {
                name: element.name().to_owned(),
                qualified_name: element.qualified_name().to_owned(),
                open: element.span.clone(),
                close: None,
                items: 0,
            });
        } else if let Some(child) = self.children.last_mut() {
            child.items += usize::from(element.depth == 2);
            // A choice between versions counts as what its first version holds.
            if element.depth == 3 && child.name == "AlternateContent" {
                element.name().clone_into(&mut child.name);
            }
        }
    }

    /// Returns the first child of a name.
    pub fn child(&self, name: &str) -> Option<&Child> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Returns where a new child belongs: before the first one that `order` puts behind it.
    pub fn place_for(&self, name: &str, order: &[&str]) -> usize {
        let rank = |name: &str| order.iter().position(|ordered| *ordered == name);
        let own = rank(name);
        let behind = self.children.iter().find(|child| rank(&child.name) > own);
        behind.map_or_else(|| self.end(), |child| child.open.start)
    }

    fn end(&self) -> usize {
        self.close.as_ref().map_or(self.open.end, |close| close.start)
    }

    /// Adds elements to the list `name` of a part, and raises its count; `items` are `added` elements.
    ///
    /// Returns how many elements the list held before: the index of the first added one.
    pub fn append(&self, patch: &mut Patch, bytes: &[u8], list: &str, order: &[&str], items: (&str, usize)) -> usize {
        let (text, added) = items;
        let Some(child) = self.child(list) else {
            let prefix = &self.prefix;
            let made = format!("<{prefix}{list} count=\"{added}\">{text}</{prefix}{list}>");
            patch.insert(self.place_for(list, order), made);
            return 0;
        };
        let tag = &bytes[child.open.clone()];
        if let Some((span, count)) = count_of(tag) {
            let grown = count.max(child.items) + added;
            patch.replace(child.open.start + span.start..child.open.start + span.end, grown.to_string());
        }
        fill(patch, child, text);
        child.items
    }

    /// Adds elements to the list `name` of a part that keeps no count.
    pub fn extend(&self, patch: &mut Patch, list: &str, order: &[&str], text: &str) {
        let Some(child) = self.child(list) else {
            let prefix = &self.prefix;
            return patch.insert(self.place_for(list, order), format!("<{prefix}{list}>{text}</{prefix}{list}>"));
        };
        fill(patch, child, text);
    }
}

/// Puts text at the end of an element, opening it where it is empty.
pub(super) fn fill(patch: &mut Patch, element: &Child, text: &str) {
    match &element.close {
        Some(close) => patch.insert(close.start, text),
        None => patch.replace(element.open.end - 2..element.open.end, format!(">{text}</{}>", element.qualified_name)),
    }
}

/// Finds the value of the attribute `count` within a tag, and reads it.
fn count_of(tag: &[u8]) -> Option<(Span, usize)> {
    let (at, quote) = attribute_of(tag, "count")?;
    let length = tag[at..].iter().position(|byte| *byte == quote)?;
    let count = std::str::from_utf8(&tag[at..at + length]).ok()?.trim().parse().ok()?;
    Some((at..at + length, count))
}

/// Finds where the value of an attribute begins within a tag, and the quote that ends it.
pub fn attribute_of(tag: &[u8], name: &str) -> Option<(usize, u8)> {
    let mut at = 0;
    while let Some(opening) = tag[at..].iter().position(|byte| matches!(byte, b'"' | b'\'')) {
        let start = at + opening + 1;
        let quote = tag[start - 1];
        let named = tag[at..start - 1].trim_ascii_end().strip_suffix(b"=").map(<[u8]>::trim_ascii);
        let word = named.and_then(|named| named.rsplit(u8::is_ascii_whitespace).next());
        if word == Some(name.as_bytes()) {
            return Some((start, quote));
        }
        at = start + tag[start..].iter().position(|byte| *byte == quote)? + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

    fn appended(styles: &str) -> (String, usize) {
        let bytes = styles.replace("<styleSheet", &format!("<styleSheet {MAIN}")).into_bytes();
        let outline = Outline::read(&bytes, &Limits::default(), |_, _, _| Ok(())).unwrap();
        let mut patch = Patch::default();
        let index = outline.append(&mut patch, &bytes, "dxfs", STYLE_ORDER, ("<dxf/>", 1));
        (String::from_utf8(patch.apply(&bytes)).unwrap().replace(&format!(" {MAIN}"), ""), index)
    }

    #[test]
    fn a_list_grows_whatever_its_shape() {
        let cases = [
            ("<styleSheet><dxfs/><colors/></styleSheet>", "<styleSheet><dxfs><dxf/></dxfs><colors/></styleSheet>", 0),
            (
                "<styleSheet><dxfs count='0' /></styleSheet>",
                "<styleSheet><dxfs count='1' ><dxf/></dxfs></styleSheet>",
                0,
            ),
            (
                "<styleSheet><dxfs  count = \"1\"><dxf/></dxfs></styleSheet>",
                "<styleSheet><dxfs  count = \"2\"><dxf/><dxf/></dxfs></styleSheet>",
                1,
            ),
            (
                "<styleSheet><fonts/><colors/></styleSheet>",
                "<styleSheet><fonts/><dxfs count=\"1\"><dxf/></dxfs><colors/></styleSheet>",
                0,
            ),
        ];
        for (before, after, index) in cases {
            assert_eq!(appended(before), (after.to_owned(), index), "{before}");
        }
    }

    #[test]
    fn a_choice_between_versions_stands_where_its_content_stands() {
        let bytes = format!(
            "<worksheet {MAIN} xmlns:mc=\"m\"><sheetData/><mc:AlternateContent><mc:Choice Requires=\"x\"><controls/>\
             </mc:Choice></mc:AlternateContent><tableParts/></worksheet>"
        );
        let outline = Outline::read(bytes.as_bytes(), &Limits::default(), |_, _, _| Ok(())).unwrap();
        let at = outline.place_for("legacyDrawing", SHEET_ORDER);
        assert!(bytes[at..].starts_with("<mc:AlternateContent>"));
        assert!(bytes[outline.place_for("extLst", SHEET_ORDER)..].starts_with("</worksheet>"));
    }
}
