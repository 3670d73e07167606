//! Files of every format, written as a test wants them: what stands in their cells, and how it looks.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::float_arithmetic,
    clippy::format_collect,
    reason = "a test writes few and small numbers, and short texts"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use scrutineer::cell::{CellRange, CellRef};
use scrutineer::workbook::{Cell, DateSystem, Format, Value, Workbook};

/// The formats that are written.
pub(crate) const FORMATS: [Format; 4] = [Format::Xlsx, Format::Xlsb, Format::Xls, Format::Ods];
/// How days are shown.
pub(crate) const DAY: &str = "dd/mm/yyyy";
/// How nothing is shown.
pub(crate) const HIDDEN: &str = ";;;";
/// The errors that every format has, by the number that binary formats give them.
const ERRORS: [(&str, u8); 7] = [
    ("#NULL!", 0x00),
    ("#DIV/0!", 0x07),
    ("#VALUE!", 0x0F),
    ("#REF!", 0x17),
    ("#NAME?", 0x1D),
    ("#NUM!", 0x24),
    ("#N/A", 0x2A),
];

/// A workbook that is to be written.
#[derive(Clone)]
pub(crate) struct Book {
    pub(crate) dates: DateSystem,
    pub(crate) sheets: Vec<Page>,
}

/// A sheet that is to be written.
#[derive(Clone)]
pub(crate) struct Page {
    pub(crate) name: String,
    pub(crate) cells: BTreeMap<CellRef, Laid>,
    pub(crate) merges: Vec<CellRange>,
}

/// What stands in a cell, and how it looks.
#[derive(Clone)]
pub(crate) struct Laid {
    pub(crate) value: Value,
    pub(crate) is_formula: bool,
    /// The code of its format; empty for the usual one.
    pub(crate) format: &'static str,
    pub(crate) is_struck: bool,
}

impl Laid {
    /// Lays a value out as it is usually shown.
    pub(crate) fn of(value: Value) -> Self {
        let format = if matches!(value, Value::Date(_)) { DAY } else { "" };
        Self { value, is_formula: false, format, is_struck: false }
    }

    /// Returns the number of its style: the formats, each struck out and not.
    fn style(&self) -> u16 {
        let format = LOOKS.iter().position(|format| *format == self.format).expect("the test uses these");
        u16::try_from(format * 2 + usize::from(self.is_struck)).unwrap()
    }
}

/// The codes of formats, and whether each is struck out, in order of the styles.
const LOOKS: [&str; 3] = ["", DAY, HIDDEN];

/// Returns the styles: the code of each and whether it strikes out.
fn styles() -> impl Iterator<Item = (usize, &'static str, bool)> {
    LOOKS.into_iter().enumerate().flat_map(|(number, code)| [(number, code, false), (number, code, true)])
}

impl Book {
    /// Lays out what a workbook holds, the results of formulas as constants.
    pub(crate) fn of(workbook: &Workbook) -> Self {
        let laid = |cell: &Cell| (cell.at, Laid::of(cell.value.clone()));
        let filled = |cell: &&Cell| !cell.value.is_blank();
        let sheets = workbook.sheets.iter().map(|sheet| Page {
            name: sheet.name.clone(),
            cells: sheet.cells.iter().filter(filled).map(laid).collect(),
            merges: sheet.merges.clone(),
        });
        Self { dates: workbook.date_system, sheets: sheets.collect() }
    }

    /// Writes the file.
    pub(crate) fn written(&self, format: Format) -> Vec<u8> {
        match format {
            Format::Xlsx | Format::Xlsm => self.xlsx(),
            Format::Xlsb => self.xlsb(),
            Format::Xls => self.xls(),
            Format::Ods => self.ods(),
        }
    }

    fn xlsx(&self) -> Vec<u8> {
        const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let mut parts = package("xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml");
        let (mut sheets, mut links) = (String::new(), String::new());
        for (number, page) in self.sheets.iter().enumerate() {
            let name = escaped(&page.name);
            write!(sheets, r#"<sheet name="{name}" sheetId="{}" r:id="r{number}"/>"#, number + 1).unwrap();
            links += &link(number, "worksheet", &format!("worksheets/sheet{number}.xml"));
            parts.push((format!("xl/worksheets/sheet{number}.xml"), page.xml(MAIN).into_bytes()));
        }
        links += &link(self.sheets.len(), "styles", "styles.xml");
        let is_1904 = u8::from(self.dates == DateSystem::From1904);
        let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let workbook = format!(
            r#"<workbook xmlns="{MAIN}" xmlns:r="{relations}"><workbookPr date1904="{is_1904}"/><sheets>{sheets}</sheets></workbook>"#
        );
        parts.push(("xl/workbook.xml".to_owned(), workbook.into_bytes()));
        parts.push(("xl/_rels/workbook.xml.rels".to_owned(), relationships(&links)));
        let codes: String = (0..LOOKS.len())
            .map(|number| format!(r#"<numFmt numFmtId="{}" formatCode="{}"/>"#, 164 + number, code(LOOKS[number])))
            .collect();
        let cells: String = styles()
            .map(|(number, _, is_struck)| {
                format!(r#"<xf numFmtId="{}" fontId="{}"/>"#, 164 + number, u8::from(is_struck))
            })
            .collect();
        let styles = format!(
            r#"<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts><fonts><font/><font><strike/></font></fonts><cellXfs>{cells}</cellXfs></styleSheet>"#
        );
        parts.push(("xl/styles.xml".to_owned(), styles.into_bytes()));
        zipped(&parts)
    }

    fn xlsb(&self) -> Vec<u8> {
        let mut parts = package("bin", "application/vnd.ms-excel.sheet.binary.macroEnabled.main");
        let (mut sheets, mut links) = (Vec::new(), String::new());
        for (number, page) in self.sheets.iter().enumerate() {
            let entry =
                [&[0; 4][..], &(number as u32 + 1).to_le_bytes(), &wide(&format!("r{number}")), &wide(&page.name)];
            sheets.extend(new_record(0x009C, &entry.concat()));
            links += &link(number, "worksheet", &format!("worksheets/sheet{number}.bin"));
            parts.push((format!("xl/worksheets/sheet{number}.bin"), page.new_records()));
        }
        links += &link(self.sheets.len(), "styles", "styles.bin");
        let is_1904 = u8::from(self.dates == DateSystem::From1904);
        let properties = new_record(0x0099, &[&[is_1904][..], &[0; 7], &wide("")].concat());
        let [begin, end] = [new_record(0x0083, &[]), new_record(0x0084, &[])];
        let [first, last] = [new_record(0x008F, &[]), new_record(0x0090, &[])];
        parts.push(("xl/workbook.bin".to_owned(), [begin, properties, first, sheets, last, end].concat()));
        parts.push(("xl/_rels/workbook.bin.rels".to_owned(), relationships(&links)));
        let fonts = [0, 8].map(|flags| new_record(0x002B, &[&[220, 0, flags, 0][..], &[0; 17], &wide("A")].concat()));
        let mut styles = fonts.concat();
        for (number, look) in LOOKS.iter().enumerate() {
            styles.extend(new_record(0x002C, &[&(164 + number as u16).to_le_bytes()[..], &wide(code(look))].concat()));
        }
        styles.extend(new_record(0x0269, &6_u32.to_le_bytes()));
        for (number, _, is_struck) in self::styles() {
            let numbers = [0, 164 + number as u16, u16::from(is_struck), 0, 0, 0, 0, 0];
            styles.extend(new_record(0x002F, &numbers.map(u16::to_le_bytes).concat()));
        }
        styles.extend(new_record(0x026A, &[]));
        parts.push(("xl/styles.bin".to_owned(), styles));
        zipped(&parts)
    }

    fn xls(&self) -> Vec<u8> {
        let begin = |kind: u8| old_record(0x0809, &[&[0, 6, kind, 0][..], &[0; 12]].concat());
        let end = old_record(0x000A, &[]);
        let mut globals = vec![begin(5)];
        globals.push(old_record(0x0022, &u16::from(self.dates == DateSystem::From1904).to_le_bytes()));
        globals
            .extend([0, 8].map(|flags| old_record(0x0031, &[&[220, 0, flags, 0][..], &[0; 10], b"\x01\0A"].concat())));
        for (number, look) in LOOKS.iter().enumerate() {
            let text = [&(164 + number as u16).to_le_bytes()[..], &long(code(look))].concat();
            globals.push(old_record(0x041E, &text));
        }
        for (number, _, is_struck) in styles() {
            let numbers = [u16::from(is_struck), 164 + number as u16];
            globals.push(old_record(0x00E0, &[&numbers.map(u16::to_le_bytes).concat()[..], &[0; 16]].concat()));
        }
        let entry = |page: &Page, start: u32| {
            let name: Vec<u8> = page.name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let length = u8::try_from(name.len() / 2).unwrap();
            old_record(0x0085, &[&start.to_le_bytes()[..], &[0, 0, length, 1], &name].concat())
        };
        let pages: Vec<Vec<u8>> =
            self.sheets.iter().map(|page| [begin(0x10), page.old_records(), end.clone()].concat()).collect();
        let entries: usize = self.sheets.iter().map(|page| entry(page, 0).len()).sum();
        let mut start = globals.concat().len() + entries + end.len();
        for (page, records) in self.sheets.iter().zip(&pages) {
            globals.push(entry(page, u32::try_from(start).unwrap()));
            start += records.len();
        }
        let stream = [globals.concat(), end, pages.concat()].concat();
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
        file.into_inner().into_inner()
    }

    fn ods(&self) -> Vec<u8> {
        let mut styles = String::from(
            r#"<number:date-style style:name="N1"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style><number:text-style style:name="N2"/>"#,
        );
        for (at, (number, code, is_struck)) in self::styles().enumerate() {
            let format = if code.is_empty() { String::new() } else { format!(r#" style:data-style-name="N{number}""#) };
            let strikes =
                if is_struck { r#"<style:text-properties style:text-line-through-style="solid"/>"# } else { "" };
            write!(
                styles,
                r#"<style:style style:name="ce{at}" style:family="table-cell"{format}>{strikes}</style:style>"#
            )
            .unwrap();
        }
        let tables: String = self.sheets.iter().map(|page| page.table(self.dates)).collect();
        let null_date = if self.dates == DateSystem::From1904 { "1904-01-01" } else { "1899-12-30" };
        let content = open_document(&format!(
            r#"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet><table:calculation-settings><table:null-date table:date-value="{null_date}"/></table:calculation-settings>{tables}</office:spreadsheet></office:body>"#
        ));
        let kind = b"application/vnd.oasis.opendocument.spreadsheet".to_vec();
        zipped(&[("mimetype".to_owned(), kind), ("content.xml".to_owned(), content.into_bytes())])
    }
}

impl Page {
    /// Returns the rows, in order.
    fn rows(&self) -> BTreeMap<u32, Vec<(CellRef, &Laid)>> {
        let mut rows: BTreeMap<u32, Vec<(CellRef, &Laid)>> = BTreeMap::new();
        for (at, cell) in &self.cells {
            rows.entry(at.row).or_default().push((*at, cell));
        }
        rows
    }

    fn xml(&self, main: &str) -> String {
        let mut rows = String::new();
        for (row, cells) in self.rows() {
            write!(rows, r#"<row r="{row}">"#).unwrap();
            for (at, cell) in cells {
                let formula = if cell.is_formula { r#"<f>""</f>"# } else { "" };
                let (kind, value) = match &cell.value {
                    Value::Text(text) if cell.is_formula => ("str", format!("<v>{}</v>", escaped(text))),
                    Value::Text(text) => {
                        ("inlineStr", format!(r#"<is><t xml:space="preserve">{}</t></is>"#, escaped(text)))
                    }
                    Value::Number(number) | Value::Date(number) | Value::Elapsed(number) => {
                        ("n", format!("<v>{number}</v>"))
                    }
                    Value::Logical(is_true) => ("b", format!("<v>{}</v>", u8::from(*is_true))),
                    Value::Error(error) => ("e", format!("<v>{error}</v>")),
                    Value::Empty | Value::Picture => ("n", String::new()),
                };
                let style = cell.style();
                write!(rows, r#"<c r="{at}" s="{style}" t="{kind}">{formula}{value}</c>"#).unwrap();
            }
            rows.push_str("</row>");
        }
        let merges: String = self.merges.iter().map(|merge| format!(r#"<mergeCell ref="{merge}"/>"#)).collect();
        let merges = if merges.is_empty() { merges } else { format!("<mergeCells>{merges}</mergeCells>") };
        format!(r#"<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>{merges}</worksheet>"#)
    }

    fn new_records(&self) -> Vec<u8> {
        let mut sheet = [new_record(0x0081, &[]), new_record(0x0094, &[0; 16]), new_record(0x0091, &[])].concat();
        for (row, cells) in self.rows() {
            sheet.extend(new_record(0x0000, &[&(row - 1).to_le_bytes()[..], &[0, 0, 0, 0, 44, 1], &[0; 7]].concat()));
            for (at, cell) in cells {
                let (kind, content) = match &cell.value {
                    Value::Text(text) if cell.is_formula => {
                        // A formula that gives an empty text: its flags, its tokens with their length, and nothing behind.
                        let tokens = b"\0\0\x03\0\0\0\x17\0\0\0\0\0\0";
                        (0x0008, [&wide(text)[..], tokens].concat())
                    }
                    Value::Text(text) => (0x0006, wide(text)),
                    Value::Number(number) | Value::Date(number) | Value::Elapsed(number) => {
                        (0x0005, number.to_le_bytes().to_vec())
                    }
                    Value::Logical(is_true) => (0x0004, vec![u8::from(*is_true)]),
                    Value::Error(error) => (0x0003, vec![code_of(error)]),
                    Value::Empty | Value::Picture => (0x0001, Vec::new()),
                };
                let place = [&(at.column - 1).to_le_bytes()[..], &u32::from(cell.style()).to_le_bytes()].concat();
                sheet.extend(new_record(kind, &[place, content].concat()));
            }
        }
        sheet.extend(new_record(0x0092, &[]));
        for merge in &self.merges {
            let corners = [merge.first.row, merge.last.row, merge.first.column, merge.last.column];
            sheet.extend(new_record(0x00B0, &corners.map(|corner| (corner - 1).to_le_bytes()).concat()));
        }
        sheet.extend(new_record(0x0082, &[]));
        sheet
    }

    fn old_records(&self) -> Vec<u8> {
        let short = |number: u32| u16::try_from(number - 1).unwrap().to_le_bytes();
        let mut sheet = Vec::new();
        for (at, cell) in &self.cells {
            let place = [short(at.row), short(at.column), cell.style().to_le_bytes()].concat();
            let (kind, content) = match &cell.value {
                Value::Text(_) if cell.is_formula => {
                    (0x0006, b"\x03\0\0\0\0\0\xFF\xFF\0\0\0\0\0\0\x03\0\x17\0\0".to_vec())
                }
                Value::Text(text) => (0x0204, long(text)),
                Value::Number(number) | Value::Date(number) | Value::Elapsed(number) => {
                    (0x0203, number.to_le_bytes().to_vec())
                }
                Value::Logical(is_true) => (0x0205, vec![u8::from(*is_true), 0]),
                Value::Error(error) => (0x0205, vec![code_of(error), 1]),
                Value::Empty | Value::Picture => (0x0201, Vec::new()),
            };
            sheet.extend(old_record(kind, &[place, content].concat()));
        }
        for merge in &self.merges {
            let corners = [merge.first.row, merge.last.row, merge.first.column, merge.last.column];
            sheet.extend(old_record(0x00E5, &[&[1, 0][..], &corners.map(short).concat()].concat()));
        }
        sheet
    }

    fn table(&self, dates: DateSystem) -> String {
        let mut rows = String::new();
        let mut row = 1;
        for (number, cells) in self.rows() {
            write!(rows, "{}<table:table-row>", gap("row", number - row)).unwrap();
            row = number + 1;
            let mut column = 1;
            for (at, cell) in cells {
                rows += &gap("cell", at.column - column);
                column = at.column + 1;
                let merge = self.merges.iter().find(|merge| merge.contains(at));
                let name =
                    if merge.is_some_and(|merge| merge.first != at) { "covered-table-cell" } else { "table-cell" };
                let spans = merge.filter(|merge| merge.first == at).map_or_else(String::new, |merge| {
                    let count = |first: u32, last: u32| last - first + 1;
                    format!(
                        r#" table:number-rows-spanned="{}" table:number-columns-spanned="{}""#,
                        count(merge.first.row, merge.last.row),
                        count(merge.first.column, merge.last.column)
                    )
                });
                write!(
                    rows,
                    r#"<table:{name} table:style-name="ce{}"{spans}{}</table:{name}>"#,
                    cell.style(),
                    stated(cell, dates)
                )
                .unwrap();
            }
            rows.push_str("</table:table-row>");
        }
        format!(r#"<table:table table:name="{}">{rows}</table:table>"#, escaped(&self.name))
    }
}

/// Returns what a cell of OpenDocument says of itself, and its paragraphs.
fn stated(cell: &Laid, dates: DateSystem) -> String {
    let formula = if cell.is_formula { r#" table:formula="of:=&quot;&quot;""# } else { "" };
    let is_hidden = cell.format == HIDDEN;
    let said = |kind: &str, name: &str, value: &str, shown: &str| {
        let shown = if is_hidden { String::new() } else { escaped(shown) };
        format!(r#"{formula} office:value-type="{kind}" office:{name}="{value}"><text:p>{shown}</text:p>"#)
    };
    match &cell.value {
        Value::Text(text) => {
            let spaced = escaped(text).replace("  ", r#" <text:s text:c="1"/>"#).replace('\n', "</text:p><text:p>");
            if is_hidden {
                return format!(r#" office:value-type="string" office:string-value="{}"><text:p/>"#, escaped(text));
            }
            format!(r#"{formula} office:value-type="string"><text:p>{spaced}</text:p>"#)
        }
        Value::Date(serial) => {
            let day = dates.date(*serial).unwrap();
            let seconds = (serial.fract() * 86_400.0).round();
            let time =
                format!("{:02}:{:02}:{:02}", seconds as u32 / 3600, seconds as u32 / 60 % 60, seconds as u32 % 60);
            let value = if seconds == 0.0 { day.to_string() } else { format!("{day}T{time}") };
            said("date", "date-value", &value, &day.strftime("%d/%m/%Y").to_string())
        }
        Value::Number(number) | Value::Elapsed(number) => {
            said("float", "value", &number.to_string(), &number.to_string())
        }
        Value::Logical(is_true) => {
            said("boolean", "boolean-value", &is_true.to_string(), &is_true.to_string().to_uppercase())
        }
        Value::Error(error) => {
            format!(r#"{formula} office:value-type="string" calcext:value-type="error"><text:p>{error}</text:p>"#)
        }
        Value::Empty | Value::Picture => ">".to_owned(),
    }
}

/// Returns so many rows or cells that hold nothing.
fn gap(what: &str, count: u32) -> String {
    let (element, repeated) = if what == "row" { ("table-row", "rows") } else { ("table-cell", "columns") };
    if count == 0 {
        return String::new();
    }
    format!(r#"<table:{element} table:number-{repeated}-repeated="{count}"/>"#)
}

/// Puts an OpenDocument part together.
pub(crate) fn open_document(content: &str) -> String {
    let spaces = ["office", "table", "text", "style", "number", "calcext"];
    let spaces: String = spaces.iter().map(|name| format!(r#" xmlns:{name}="urn:{name}""#)).collect();
    format!("<office:document-content{spaces}>{content}</office:document-content>")
}

/// Returns a code as a file has it.
fn code(look: &str) -> &str {
    if look.is_empty() { "General" } else { look }
}

/// Returns the number of an error.
fn code_of(error: &str) -> u8 {
    ERRORS.iter().find(|(name, _)| *name == error).map(|(_, code)| *code).expect("binary formats have it")
}

/// Returns a text as XML has it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// Returns a text with its length in four bytes before it.
fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u32::try_from(units.len()).unwrap().to_le_bytes();
    length.into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}

/// Returns a text with its length in two bytes before it, and a byte that says that its characters have two.
fn long(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u16::try_from(units.len()).unwrap().to_le_bytes();
    length.into_iter().chain([1]).chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}

/// Returns a record of the binary format in a zip.
fn new_record(kind: u16, content: &[u8]) -> Vec<u8> {
    let mut bytes = if kind < 0x80 { vec![kind as u8] } else { vec![(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8] };
    let mut length = content.len();
    while length >= 0x80 {
        bytes.push((length & 0x7F) as u8 | 0x80);
        length >>= 7;
    }
    bytes.push(length as u8);
    bytes.extend(content);
    bytes
}

/// Returns a record of Excel 97 to 2003, and what of it goes on in others.
fn old_record(kind: u16, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap();
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), content].concat()
}

/// Returns the parts of a package that say which its main one is.
fn package(extension: &str, main: &str) -> Vec<(String, Vec<u8>)> {
    let types = format!(
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="{extension}" ContentType="application/{extension}"/><Override PartName="/xl/workbook.{extension}" ContentType="{main}"/></Types>"#
    );
    let root = relationships(&link(0, "officeDocument", &format!("xl/workbook.{extension}")));
    vec![("[Content_Types].xml".to_owned(), types.into_bytes()), ("_rels/.rels".to_owned(), root)]
}

/// Returns a link to a part.
fn link(number: usize, word: &str, target: &str) -> String {
    let kind = format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{word}");
    format!(r#"<Relationship Id="r{number}" Type="{kind}" Target="{target}"/>"#)
}

/// Returns a part of links.
fn relationships(links: &str) -> Vec<u8> {
    format!(
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>"#
    )
    .into_bytes()
}

/// Puts parts into a zip.
pub(crate) fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
