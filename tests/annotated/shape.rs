//! Workbooks made for the tests: one small workbook in the shapes that different programs write it in.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

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
    /// Parts that we have nothing to do with: charts, pivot tables, macros and the like.
    pub(super) extras: bool,
}

/// What stands behind the cells of the first sheet, in the order of the schema.
const BEHIND: &str = "<mergeCells count=\"1\"><mergeCell ref=\"B4:C5\"/></mergeCells><conditionalFormatting \
    sqref=\"A1\"><cfRule type=\"expression\" dxfId=\"0\" priority=\"7\"><formula>A1&gt;1</formula></cfRule>\
    </conditionalFormatting><dataValidations count=\"1\"><dataValidation type=\"list\" sqref=\"A2\"><formula1>\"1,2\"\
    </formula1></dataValidation></dataValidations><pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\" \
    header=\"0.3\" footer=\"0.3\"/>";
const BEHIND_DRAWINGS: &str = "<extLst><ext uri=\"{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}\" \
    xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\"><x14:dataValidations count=\"0\"/></ext></extLst>";
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
            let text = text.replace("</", "\u{1}").replace('<', "<x:").replace('\u{1}', "</x:");
            let text = text.replace("<x:x14:", "<x14:").replace("</x:x14:", "</x14:");
            text.replacen(&format!("<x:{root}"), &format!("<x:{root} xmlns:x=\"{main}\""), 1)
        } else {
            text.replacen(&format!("<{root}"), &format!("<{root} xmlns=\"{main}\""), 1)
        };
        let declared = format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n{text}");
        if self.marked { format!("\u{feff}{declared}") } else { declared }
    }

    fn sheet(self) -> String {
        let cells = "<dimension ref=\"A1:C5\"/><sheetData><row r=\"1\"><c r=\"A1\" s=\"0\"><v>3</v></c><c r=\"B1\" \
            t=\"inlineStr\"><is><t>caf\u{e9} &amp; more</t></is></c></row><row r=\"4\"><c r=\"B4\"><f>A1*2</f><v>6</v></c></row></sheetData>";
        let drawing = if self.notes || self.controls { "<legacyDrawing r:id=\"rIdV\"/>" } else { "" };
        self.part("worksheet", &format!("{cells}{BEHIND}{drawing}{BEHIND_DRAWINGS}"))
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
        let author = if self.thread { "tc={0A}" } else { "Sender" };
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
        let sheets = "<sheets><sheet name=\"Scores &amp; more\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"Hidden\" sheetId=\"4\" \
            state=\"hidden\" r:id=\"rId2\"/></sheets><definedNames><definedName name=\"first\" localSheetId=\"0\">1</definedName></definedNames>";
        let bare = self.part("worksheet", "<sheetData/>");
        let sheet_kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
        let mut parts = vec![
            (
                "xl/workbook.xml",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                self.part("workbook", sheets),
            ),
            ("xl/worksheets/sheet1.xml", sheet_kind, self.sheet()),
            ("xl/worksheets/sheet2.xml", sheet_kind, bare),
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
            let thread = "<ThreadedComments xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments\">\
                <threadedComment ref=\"A1\" id=\"{0A}\"><text>why?</text></threadedComment></ThreadedComments>";
            let kind = "application/vnd.ms-excel.threadedcomments+xml";
            parts.push(("xl/threadedComments/threadedComment1.xml", kind, thread.to_owned()));
        }
        let mut parts: Vec<_> = parts.into_iter().map(|(name, kind, text)| (name, kind, text.into_bytes())).collect();
        if self.extras {
            let xml = "<anything xmlns=\"urn:other\"> <kept/> </anything>";
            for (name, kind) in EXTRAS {
                parts.push((name, kind, xml.as_bytes().to_vec()));
            }
            parts.push(("xl/vbaProject.bin", "application/vnd.ms-office.vbaProject", (0_u8..=255).collect()));
            parts.push((
                "xl/printerSettings/printerSettings1.bin",
                "application/vnd.printerSettings",
                vec![0, 255, 60, 47],
            ));
        }
        parts
    }

    fn links(self) -> Vec<(&'static str, String)> {
        let (_, links) = self.names();
        let root = if self.absolute { "/xl/" } else { "" };
        let up = if self.absolute { "/xl/" } else { "../" };
        let link = |id: &str, base: &str, word: &str, target: String| {
            format!("<Relationship Id=\"{id}\" Type=\"{base}/{word}\" Target=\"{target}\"/>")
        };
        let mut book = vec![
            link("rId1", links, "worksheet", format!("{root}worksheets/sheet1.xml")),
            link("rId2", links, "worksheet", format!("{root}worksheets/sheet2.xml")),
        ];
        if !self.no_styles {
            book.push(link("rId3", links, "styles", format!("{root}styles.xml")));
        }
        let mut sheet = Vec::new();
        if self.notes {
            sheet.push(link("rIdC", links, "comments", format!("{up}comments1.xml")));
        }
        if self.notes || self.controls {
            sheet.push(link("rIdV", LINKS, "vmlDrawing", format!("{up}drawings/vmlDrawing1.vml")));
        }
        if self.thread {
            let base = "http://schemas.microsoft.com/office/2017/10/relationships";
            sheet.push(link("rIdT", base, "threadedComment", format!("{up}threadedComments/threadedComment1.xml")));
        }
        let main = if self.absolute { "/xl/workbook.xml" } else { "xl/workbook.xml" };
        let all = [
            ("_rels/.rels", vec![link("rId1", links, "officeDocument", main.to_owned())]),
            ("xl/_rels/workbook.xml.rels", book),
            ("xl/worksheets/_rels/sheet1.xml.rels", sheet),
        ];
        let written = |(name, links): (&'static str, Vec<String>)| {
            let space = "http://schemas.openxmlformats.org/package/2006/relationships";
            (!links.is_empty())
                .then(|| (name, format!("<Relationships xmlns=\"{space}\">{}</Relationships>", links.concat())))
        };
        all.into_iter().filter_map(written).collect()
    }

    /// Returns the workbook.
    pub(super) fn workbook(self) -> Vec<u8> {
        let parts = self.parts();
        let links = self.links();
        let relationships = "application/vnd.openxmlformats-package.relationships+xml";
        let mut types = Vec::new();
        if !self.no_defaults {
            let xml = if self.xml_is_workbook { parts[0].1 } else { "application/xml" };
            types.push(format!("<Default Extension=\"rels\" ContentType=\"{relationships}\"/>"));
            types.push(format!("<Default Extension=\"xml\" ContentType=\"{xml}\"/>"));
        }
        let own = parts.iter().map(|(name, kind, _)| (*name, *kind)).collect::<Vec<_>>();
        let of_links = links.iter().filter(|_| self.no_defaults).map(|(name, _)| (*name, relationships));
        for (name, kind) in own.into_iter().chain(of_links) {
            types.push(format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>"));
        }
        let space = "http://schemas.openxmlformats.org/package/2006/content-types";
        let types = format!("<Types xmlns=\"{space}\">{}</Types>", types.concat());
        let texts = links.into_iter().chain([("[Content_Types].xml", types)]);
        let all = parts.into_iter().map(|(name, _, bytes)| (name, bytes));
        zipped(all.chain(texts.map(|(name, text)| (name, text.into_bytes()))), self.stored)
    }
}

/// Parts that stand for features that we have nothing to do with.
const EXTRAS: [(&str, &str); 7] = [
    ("xl/charts/chart1.xml", "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"),
    ("xl/media/image1.png", "image/png"),
    ("xl/pivotTables/pivotTable1.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotTable+xml"),
    (
        "xl/pivotCache/pivotCacheDefinition1.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml",
    ),
    ("xl/slicers/slicer1.xml", "application/vnd.ms-excel.slicer+xml"),
    ("customXml/item1.xml", "application/xml"),
    ("xl/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
];

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
