//! Workbooks made for the tests: one small workbook in the shapes that different programs write it in.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::feature::{BOOK, FIRST, Feature, SECOND};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/spreadsheetml/main";
const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STRICT_LINKS: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";

/// What a workbook has, and how its program writes it.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is something that a workbook has or hasn't")]
pub(super) struct Shape {
    /// All names of spreadsheets have the prefix `x:`.
    pub(super) prefixed: bool,
    /// The strict form of the standard.
    pub(super) strict: bool,
    /// Parts begin with a byte order mark.
    pub(super) marked: bool,
    /// Targets are absolute.
    pub(super) absolute: bool,
    /// Every part has a content type of its own, and no extension has one.
    pub(super) no_defaults: bool,
    /// The extension `xml` stands for the workbook.
    pub(super) xml_is_workbook: bool,
    /// The sender has notes.
    pub(super) notes: bool,
    /// The sheet has a thread of comments.
    pub(super) thread: bool,
    /// The sheet has form controls, and so a drawing of the old kind without notes.
    pub(super) controls: bool,
    /// There are no styles.
    pub(super) no_styles: bool,
    /// The lists of the styles are there, but for formats of highlights.
    pub(super) no_formats: bool,
    /// Nothing is packed.
    pub(super) stored: bool,
    /// Names in the zip have backslashes, as an old library wrote them.
    pub(super) backslashes: bool,
    /// What we have nothing to do with: charts, pivot tables, macros and the like.
    pub(super) features: &'static [&'static Feature],
}

/// What stands behind the cells of the first sheet, in the order of the schema.
const BEHIND: &str = "<mergeCells count=\"1\"><mergeCell ref=\"B4:C5\"/></mergeCells><conditionalFormatting \
    sqref=\"A1\"><cfRule type=\"expression\" dxfId=\"0\" priority=\"7\"><formula>A1&gt;1</formula></cfRule>\
    </conditionalFormatting><dataValidations count=\"1\"><dataValidation type=\"list\" sqref=\"A2\"><formula1>\"1,2\"\
    </formula1></dataValidation></dataValidations><pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\" \
    header=\"0.3\" footer=\"0.3\"/>";
/// The id of the thread, by which its note names it.
const THREAD: &str = "{7A3C1B52-9D1E-4F0B-8A77-2C5D8E6F1A01}";
const SHAPE: &str = "<v:shape id=\"_x0000_s1025\" type=\"#_x0000_t202\" style=\"visibility:hidden\"><x:ClientData \
    ObjectType=\"KIND\"><x:Anchor>1, 15, 0, 2, 3, 31, 4, 1</x:Anchor><x:Row>0</x:Row><x:Column>0</x:Column></x:ClientData>\
    </v:shape>";

impl Shape {
    fn names(self) -> (&'static str, &'static str) {
        if self.strict { (STRICT, STRICT_LINKS) } else { (MAIN, LINKS) }
    }

    /// Writes a part of spreadsheets.
    fn part(self, root: &str, content: &str) -> String {
        let (main, links) = self.names();
        let text = format!("<{root} xmlns:r=\"{links}\">{content}</{root}>");
        let text = if self.prefixed {
            let text = prefixed(&text);
            text.replacen(&format!("<x:{root}"), &format!("<x:{root} xmlns:x=\"{main}\""), 1)
        } else {
            text.replacen(&format!("<{root}"), &format!("<{root} xmlns=\"{main}\""), 1)
        };
        let declared = format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n{text}");
        if self.marked { format!("\u{feff}{declared}") } else { declared }
    }

    /// Returns what the features have in a part, at an element.
    fn inside(self, part: &str, element: &str) -> String {
        let all = self.features.iter().flat_map(|feature| feature.inside);
        all.filter(|(of, at, _)| *of == part && *at == element).map(|(_, _, text)| *text).collect()
    }

    /// Returns what the features have in the extensions of a part.
    fn extensions(self, part: &str) -> String {
        let extensions = self.inside(part, "extLst");
        if extensions.is_empty() { extensions } else { format!("<extLst>{extensions}</extLst>") }
    }

    fn book(self) -> String {
        let of = |element| self.inside(BOOK, element);
        let sheets = "<sheets><sheet name=\"Scores &amp; more\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"Hidden\" sheetId=\"4\" \
            state=\"hidden\" r:id=\"rId2\"/></sheets>";
        let names = format!("<definedName name=\"first\" localSheetId=\"0\">1</definedName>{}", of("definedNames"));
        let content = [
            of("workbookPr"),
            sheets.to_owned(),
            format!("<definedNames>{names}</definedNames>"),
            of("pivotCaches"),
            self.extensions(BOOK),
        ];
        self.part("workbook", &content.concat())
    }

    fn sheet(self) -> String {
        let of = |element| self.inside(FIRST, element);
        let cells = "<dimension ref=\"A1:C5\"/><sheetData><row r=\"1\"><c r=\"A1\" s=\"0\"><v>3</v></c><c r=\"B1\" \
            t=\"inlineStr\"><is><t>caf\u{e9} &amp; more</t></is></c></row><row r=\"4\"><c r=\"B4\"><f>A1*2</f><v>6</v></c></row></sheetData>";
        let notes = if self.notes || self.controls { "<legacyDrawing r:id=\"rIdV\"/>" } else { "" };
        let (properties, behind) = (of("sheetPr"), of("pageSetup") + &of("drawing"));
        let extensions = self.extensions(FIRST);
        self.part("worksheet", &format!("{properties}{cells}{BEHIND}{behind}{notes}{extensions}"))
    }

    fn second_sheet(self) -> String {
        let behind = self.inside(SECOND, "drawing") + &self.extensions(SECOND);
        self.part("worksheet", &format!("<sheetData/>{behind}"))
    }

    fn styles(self) -> String {
        let lists = "<fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills count=\"2\"><fill>\
            <patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders \
            count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\"><xf \
            numFmtId=\"0\"/></cellStyleXfs><cellXfs count=\"1\"><xf numFmtId=\"0\" xfId=\"0\"/></cellXfs>";
        let formats = if self.no_formats { "<dxfs count=\"0\"/>" } else { "<dxfs count=\"1\"><dxf/></dxfs>" };
        self.part("styleSheet", &format!("{lists}{formats}<tableStyles count=\"0\"/>"))
    }

    fn comments(self) -> String {
        let author = if self.thread { format!("tc={THREAD}") } else { "Sender".to_owned() };
        let comments = format!(
            "<authors><author>{author}</author></authors><commentList><comment ref=\"A1\" authorId=\"0\"><text><t>the \
             sender&apos;s own</t></text></comment></commentList>"
        );
        self.part("comments", &comments)
    }

    fn drawing(self) -> String {
        let shape = SHAPE.replace("KIND", if self.notes { "Note" } else { "Checkbox" });
        // The break that isn't closed is what Excel writes, and no XML.
        format!(
            "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
             xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" \
             data=\"1\"/></o:shapelayout>{shape}<v:shape id=\"_x0000_s1026\"><div>a<br>b</div></v:shape></xml>"
        )
    }

    /// Returns the parts: name, content type and content.
    fn parts(self) -> Vec<(&'static str, &'static str, Vec<u8>)> {
        let macros = self.features.iter().any(|feature| feature.parts.iter().any(|(name, ..)| name.contains("vba")));
        let book_kind = if macros {
            "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        } else {
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        };
        let sheet_kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
        let mut parts = vec![
            (BOOK, book_kind, self.book()),
            (FIRST, sheet_kind, self.sheet()),
            (SECOND, sheet_kind, self.second_sheet()),
        ];
        if !self.no_styles {
            let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
            parts.push(("xl/styles.xml", kind, self.styles()));
        }
        if self.notes {
            let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
            parts.push(("xl/comments1.xml", kind, self.comments()));
        }
        if self.notes || self.controls {
            let kind = "application/vnd.openxmlformats-officedocument.vmlDrawing";
            parts.push(("xl/drawings/vmlDrawing1.vml", kind, self.drawing()));
        }
        if self.thread {
            let space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments";
            let person = "{1D2C3B4A-5E6F-4789-8ABC-DEF012345678}";
            let thread = format!(
                "<ThreadedComments xmlns=\"{space}\"><threadedComment ref=\"A1\" dT=\"2026-05-01T09:00:00.00\" \
                 personId=\"{person}\" id=\"{THREAD}\"><text>why?</text></threadedComment></ThreadedComments>"
            );
            let persons = format!(
                "<personList xmlns=\"{space}\"><person displayName=\"Sender\" id=\"{person}\" userId=\"sender\" \
                 providerId=\"None\"/></personList>"
            );
            let kind = "application/vnd.ms-excel.threadedcomments+xml";
            parts.push(("xl/threadedComments/threadedComment1.xml", kind, thread));
            parts.push(("xl/persons/person.xml", "application/vnd.ms-excel.person+xml", persons));
        }
        let parts = parts.into_iter().map(|(name, kind, text)| (name, kind, text.into_bytes()));
        let of_features = self.features.iter().flat_map(|feature| feature.parts);
        let of_features = of_features.map(|(name, kind, bytes)| (*name, *kind, self.in_namespaces(bytes)));
        parts.chain(of_features).collect()
    }

    /// Puts the namespaces into a part of a feature that is text.
    fn in_namespaces(self, bytes: &[u8]) -> Vec<u8> {
        let (main, links) = self.names();
        let named = |text: &str| text.replace("{main}", main).replace("{links}", links).into_bytes();
        std::str::from_utf8(bytes).map_or_else(|_| bytes.to_vec(), named)
    }

    /// Returns the links: the part that has them (nothing for the package), id, type and target.
    fn links(self) -> Vec<(&'static str, &'static str, String, &'static str)> {
        let (_, links) = self.names();
        let newer = "http://schemas.microsoft.com/office/2017/10/relationships";
        let mut all = vec![
            ("", "rId1", links, "officeDocument", BOOK),
            (BOOK, "rId1", links, "worksheet", "worksheets/sheet1.xml"),
            (BOOK, "rId2", links, "worksheet", "worksheets/sheet2.xml"),
        ];
        if !self.no_styles {
            all.push((BOOK, "rId3", links, "styles", "styles.xml"));
        }
        if self.notes {
            all.push((FIRST, "rIdC", links, "comments", "../comments1.xml"));
        }
        if self.notes || self.controls {
            all.push((FIRST, "rIdV", LINKS, "vmlDrawing", "../drawings/vmlDrawing1.vml"));
        }
        if self.thread {
            all.push((FIRST, "rIdT", newer, "threadedComment", "../threadedComments/threadedComment1.xml"));
            all.push((BOOK, "rIdT", newer, "person", "persons/person.xml"));
        }
        let own = all.into_iter().map(|(of, id, base, word, target)| (of, id, format!("{base}/{word}"), target));
        let of_features = self.features.iter().flat_map(|feature| feature.links);
        let of_features = of_features.map(|(of, id, kind, target)| (*of, *id, kind.replace("{links}", links), *target));
        own.chain(of_features).collect()
    }

    /// Returns the parts that list the links: name and content.
    fn link_parts(self) -> Vec<(String, String)> {
        let mut lists: BTreeMap<&str, String> = BTreeMap::new();
        for (of, id, kind, target) in self.links() {
            let target = if self.absolute { absolute(of, target) } else { target.to_owned() };
            let link = format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>");
            lists.entry(of).or_default().push_str(&link);
        }
        let space = "http://schemas.openxmlformats.org/package/2006/relationships";
        let written = |(of, links): (&str, String)| {
            let (folder, name) =
                of.rsplit_once('/').map_or((String::new(), of), |(path, name)| (format!("{path}/"), name));
            (format!("{folder}_rels/{name}.rels"), format!("<Relationships xmlns=\"{space}\">{links}</Relationships>"))
        };
        lists.into_iter().map(written).collect()
    }

    /// Returns the workbook.
    pub(super) fn workbook(self) -> Vec<u8> {
        let parts = self.parts();
        let links = self.link_parts();
        let relationships = "application/vnd.openxmlformats-package.relationships+xml";
        let mut types = Vec::new();
        if !self.no_defaults {
            let xml = if self.xml_is_workbook { parts[0].1 } else { "application/xml" };
            types.push(format!("<Default Extension=\"rels\" ContentType=\"{relationships}\"/>"));
            types.push(format!("<Default Extension=\"xml\" ContentType=\"{xml}\"/>"));
        }
        let own = parts.iter().map(|(name, kind, _)| (*name, *kind));
        let of_links = links.iter().filter(|_| self.no_defaults).map(|(name, _)| (name.as_str(), relationships));
        for (name, kind) in own.chain(of_links) {
            types.push(format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>"));
        }
        let space = "http://schemas.openxmlformats.org/package/2006/content-types";
        let types = format!("<Types xmlns=\"{space}\">{}</Types>", types.concat());
        let texts = links.into_iter().chain([("[Content_Types].xml".to_owned(), types)]);
        let all = parts.into_iter().map(|(name, _, bytes)| (name.to_owned(), bytes));
        let all = all.chain(texts.map(|(name, text)| (name, text.into_bytes())));
        let named =
            |(name, bytes): (String, Vec<u8>)| (if self.backslashes { name.replace('/', "\\") } else { name }, bytes);
        let all: Vec<(String, Vec<u8>)> = all.map(named).collect();
        zipped(all.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())), self.stored)
    }
}

/// Puts the prefix `x:` before the names of elements that have none.
fn prefixed(text: &str) -> String {
    let mut pieces = text.split('<');
    let before = pieces.next().unwrap_or_default().to_owned();
    let tag = |piece: &str| {
        let (slash, rest) = piece.strip_prefix('/').map_or(("", piece), |rest| ("/", rest));
        let name = rest.split([' ', '>', '/']).next().unwrap();
        if name.contains(':') { format!("<{piece}") } else { format!("<{slash}x:{rest}") }
    };
    before + &pieces.map(tag).collect::<String>()
}

/// Returns the target that begins at the package, of one that begins at the part that has the link.
fn absolute(of: &str, target: &str) -> String {
    let folder = of.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        if step == ".." {
            steps.pop();
        } else {
            steps.push(step);
        }
    }
    format!("/{}", steps.join("/"))
}

/// Packs parts into a zip.
pub(super) fn zipped<'a>(parts: impl IntoIterator<Item = (&'a str, Vec<u8>)>, stored: bool) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let method = if stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
    for (name, bytes) in parts {
        writer.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
