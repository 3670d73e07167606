//! What workbooks may have that an annotation has nothing to do with: charts, pivot tables, slicers, macros and the like.
//!
//! Each is there with all that belongs to it: its parts, the links that lead to them, and the elements that name them.
//! `{main}` and `{links}` stand for the namespaces of the shape that it is put into.

/// One such thing.
#[derive(Debug)]
pub(super) struct Feature {
    /// Its parts: name, content type and content.
    pub(super) parts: &'static [(&'static str, &'static str, &'static [u8])],
    /// Its links: the part that has it, the id, the type and the target.
    pub(super) links: &'static [(&'static str, &'static str, &'static str, &'static str)],
    /// What stands in parts that every workbook has: the part, the element that it is or is put into, and the text.
    pub(super) inside: &'static [(&'static str, &'static str, &'static str)],
}

/// All of them.
pub(super) const ALL: [&Feature; 7] = [&DRAWING, &PIVOT, &SLICER, &MACROS, &EXTENSION, &DATA, &PRINTER];

pub(super) const BOOK: &str = "xl/workbook.xml";
pub(super) const FIRST: &str = "xl/worksheets/sheet1.xml";
pub(super) const SECOND: &str = "xl/worksheets/sheet2.xml";

/// A drawing with a chart and a picture.
pub(super) const DRAWING: Feature = Feature {
    parts: &[
        ("xl/drawings/drawing1.xml", DRAWING_KIND, PICTURES.as_bytes()),
        ("xl/charts/chart1.xml", "application/vnd.openxmlformats-officedocument.drawingml.chart+xml", CHART.as_bytes()),
        ("xl/media/image1.png", "image/png", PICTURE),
    ],
    links: &[
        (FIRST, "rIdD", "{links}/drawing", "../drawings/drawing1.xml"),
        ("xl/drawings/drawing1.xml", "rId1", "{links}/chart", "../charts/chart1.xml"),
        ("xl/drawings/drawing1.xml", "rId2", "{links}/image", "../media/image1.png"),
    ],
    inside: &[(FIRST, "drawing", "<drawing r:id=\"rIdD\"/>")],
};

/// A pivot table on the second sheet, with its cache.
pub(super) const PIVOT: Feature = Feature {
    parts: &[
        (
            "xl/pivotCache/pivotCacheDefinition1.xml",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheDefinition+xml",
            CACHE.as_bytes(),
        ),
        (
            "xl/pivotCache/pivotCacheRecords1.xml",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotCacheRecords+xml",
            RECORDS.as_bytes(),
        ),
        (
            "xl/pivotTables/pivotTable1.xml",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.pivotTable+xml",
            TABLE.as_bytes(),
        ),
    ],
    links: &[
        (BOOK, "rIdP", "{links}/pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
        ("xl/pivotCache/pivotCacheDefinition1.xml", "rId1", "{links}/pivotCacheRecords", "pivotCacheRecords1.xml"),
        (SECOND, "rIdP", "{links}/pivotTable", "../pivotTables/pivotTable1.xml"),
        (
            "xl/pivotTables/pivotTable1.xml",
            "rId1",
            "{links}/pivotCacheDefinition",
            "../pivotCache/pivotCacheDefinition1.xml",
        ),
    ],
    inside: &[(BOOK, "pivotCaches", "<pivotCaches><pivotCache cacheId=\"1\" r:id=\"rIdP\"/></pivotCaches>")],
};

/// A slicer of the pivot table.
pub(super) const SLICER: Feature = Feature {
    parts: &[
        ("xl/slicers/slicer1.xml", "application/vnd.ms-excel.slicer+xml", SLICERS.as_bytes()),
        ("xl/slicerCaches/slicerCache1.xml", "application/vnd.ms-excel.slicerCache+xml", SLICER_CACHE.as_bytes()),
        ("xl/drawings/drawing2.xml", DRAWING_KIND, SLICER_PICTURE.as_bytes()),
    ],
    links: &[
        (SECOND, "rIdD", "{links}/drawing", "../drawings/drawing2.xml"),
        (SECOND, "rIdS", "http://schemas.microsoft.com/office/2007/relationships/slicer", "../slicers/slicer1.xml"),
        (
            BOOK,
            "rIdS",
            "http://schemas.microsoft.com/office/2007/relationships/slicerCache",
            "slicerCaches/slicerCache1.xml",
        ),
    ],
    inside: &[
        (BOOK, "definedNames", "<definedName name=\"Slicer_Area\">#N/A</definedName>"),
        (
            BOOK,
            "extLst",
            "<ext uri=\"{BBE1A952-AA13-448e-AADC-164F8A28A991}\" \
             xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\"><x14:slicerCaches><x14:slicerCache \
             r:id=\"rIdS\"/></x14:slicerCaches></ext>",
        ),
        (SECOND, "drawing", "<drawing r:id=\"rIdD\"/>"),
        (
            SECOND,
            "extLst",
            "<ext uri=\"{A8765BA9-456A-4dab-B4F3-ACF838C121DE}\" \
             xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\"><x14:slicerList><x14:slicer \
             r:id=\"rIdS\"/></x14:slicerList></ext>",
        ),
    ],
};

/// Macros, which the workbook and its first sheet know by their code names.
pub(super) const MACROS: Feature = Feature {
    parts: &[("xl/vbaProject.bin", "application/vnd.ms-office.vbaProject", &CONTAINER)],
    links: &[(BOOK, "rIdM", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin")],
    inside: &[
        (BOOK, "workbookPr", "<workbookPr codeName=\"ThisWorkbook\"/>"),
        (FIRST, "sheetPr", "<sheetPr codeName=\"Sheet1\"/>"),
    ],
};

/// Formats and validations of the kind that came with Excel 2010.
pub(super) const EXTENSION: Feature = Feature { parts: &[], links: &[], inside: &[(FIRST, "extLst", EXTENSIONS)] };

/// Data of another program, which the workbook carries along.
pub(super) const DATA: Feature = Feature {
    parts: &[
        ("customXml/item1.xml", "application/xml", b"<anything xmlns=\"urn:other\"> <kept/> </anything>"),
        (
            "customXml/itemProps1.xml",
            "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
            b"<ds:datastoreItem ds:itemID=\"{5B0A0C5E-6E3B-4B63-9B0D-0E6B9B1E2F10}\" \
              xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\"><ds:schemaRefs><ds:schemaRef \
              ds:uri=\"urn:other\"/></ds:schemaRefs></ds:datastoreItem>",
        ),
    ],
    links: &[
        (BOOK, "rIdX", "{links}/customXml", "../customXml/item1.xml"),
        ("customXml/item1.xml", "rId1", "{links}/customXmlProps", "itemProps1.xml"),
    ],
    inside: &[],
};

/// What a printer wants to know.
pub(super) const PRINTER: Feature = Feature {
    parts: &[(
        "xl/printerSettings/printerSettings1.bin",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings",
        &[0, 255, 60, 47],
    )],
    links: &[(FIRST, "rIdPrint", "{links}/printerSettings", "../printerSettings/printerSettings1.bin")],
    inside: &[(FIRST, "pageSetup", "<pageSetup orientation=\"landscape\" r:id=\"rIdPrint\"/>")],
};

const DRAWING_KIND: &str = "application/vnd.openxmlformats-officedocument.drawing+xml";

const PICTURES: &str = "<xdr:wsDr xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"{links}\"><xdr:twoCellAnchor><xdr:from>\
    <xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to>\
    <xdr:col>9</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>12</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>\
    <xdr:graphicFrame macro=\"\"><xdr:nvGraphicFramePr><xdr:cNvPr id=\"2\" name=\"Chart 1\"/><xdr:cNvGraphicFramePr/>\
    </xdr:nvGraphicFramePr><xdr:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/></xdr:xfrm><a:graphic><a:graphicData \
    uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart \
    xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" r:id=\"rId1\"/></a:graphicData></a:graphic>\
    </xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor><xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col>\
    <xdr:colOff>0</xdr:colOff><xdr:row>7</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx=\"190500\" \
    cy=\"190500\"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id=\"3\" name=\"Picture 2\"/><xdr:cNvPicPr/></xdr:nvPicPr>\
    <xdr:blipFill><a:blip r:embed=\"rId2\"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:prstGeom \
    prst=\"rect\"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>";

const CHART: &str = "<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart><c:plotArea>\
    <c:layout/><c:barChart><c:barDir val=\"col\"/><c:grouping val=\"clustered\"/><c:ser><c:idx val=\"0\"/><c:order \
    val=\"0\"/><c:val><c:numRef><c:f>'Scores &amp; more'!$A$1:$A$4</c:f></c:numRef></c:val></c:ser><c:axId val=\"1\"/>\
    <c:axId val=\"2\"/></c:barChart><c:catAx><c:axId val=\"1\"/><c:scaling/><c:axPos val=\"b\"/><c:crossAx val=\"2\"/>\
    </c:catAx><c:valAx><c:axId val=\"2\"/><c:scaling/><c:axPos val=\"l\"/><c:crossAx val=\"1\"/></c:valAx></c:plotArea>\
    </c:chart></c:chartSpace>";

/// A picture of one dot.
const PICTURE: &[u8] =
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\
    \x00\x00\x00\x0cIDATx\x9cc0N\x9b\x09\x00\x02\x02\x013V\x87\xe2T\x00\x00\x00\x00IEND\xaeB`\x82";

const CACHE: &str = "<pivotCacheDefinition xmlns=\"{main}\" xmlns:r=\"{links}\" r:id=\"rId1\" refreshedBy=\"Sender\" \
    refreshedDate=\"45000\" createdVersion=\"6\" refreshedVersion=\"6\" minRefreshableVersion=\"3\" recordCount=\"2\">\
    <cacheSource type=\"worksheet\"><worksheetSource ref=\"A1:B3\" sheet=\"Scores &amp; more\"/></cacheSource><cacheFields \
    count=\"2\"><cacheField name=\"Area\" numFmtId=\"0\"><sharedItems count=\"2\"><s v=\"North\"/><s v=\"South\"/>\
    </sharedItems></cacheField><cacheField name=\"Grade\" numFmtId=\"0\"><sharedItems containsSemiMixedTypes=\"0\" \
    containsString=\"0\" containsNumber=\"1\" containsInteger=\"1\" minValue=\"1\" maxValue=\"4\"/></cacheField>\
    </cacheFields><extLst><ext uri=\"{725AE2AE-9491-48be-B2B4-4EB974FC3084}\" \
    xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\"><x14:pivotCacheDefinition \
    pivotCacheId=\"1\"/></ext></extLst></pivotCacheDefinition>";

const RECORDS: &str = "<pivotCacheRecords xmlns=\"{main}\" count=\"2\"><r><x v=\"0\"/><n v=\"1\"/></r><r><x v=\"1\"/>\
    <n v=\"4\"/></r></pivotCacheRecords>";

const TABLE: &str = "<pivotTableDefinition xmlns=\"{main}\" name=\"Grades\" cacheId=\"1\" dataCaption=\"Values\" \
    updatedVersion=\"6\" minRefreshableVersion=\"3\" createdVersion=\"6\" indent=\"0\" outline=\"1\" outlineData=\"1\">\
    <location ref=\"D3:E6\" firstHeaderRow=\"1\" firstDataRow=\"1\" firstDataCol=\"1\"/><pivotFields count=\"2\">\
    <pivotField axis=\"axisRow\" showAll=\"0\"><items count=\"3\"><item x=\"0\"/><item x=\"1\"/><item t=\"default\"/>\
    </items></pivotField><pivotField dataField=\"1\" showAll=\"0\"/></pivotFields><rowFields count=\"1\"><field x=\"0\"/>\
    </rowFields><rowItems count=\"3\"><i><x/></i><i><x v=\"1\"/></i><i t=\"grand\"><x/></i></rowItems><colItems \
    count=\"1\"><i/></colItems><dataFields count=\"1\"><dataField name=\"Sum of Grade\" fld=\"1\" baseField=\"0\" \
    baseItem=\"0\"/></dataFields></pivotTableDefinition>";

const SLICERS: &str = "<slicers xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\"><slicer \
    name=\"Area\" cache=\"Slicer_Area\" caption=\"Area\" rowHeight=\"241300\"/></slicers>";

const SLICER_CACHE: &str = "<slicerCacheDefinition xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\" \
    name=\"Slicer_Area\" sourceName=\"Area\"><pivotTables><pivotTable tabId=\"4\" name=\"Grades\"/></pivotTables><data>\
    <tabular pivotCacheId=\"1\"><items count=\"2\"><i x=\"0\" s=\"1\"/><i x=\"1\" s=\"1\"/></items></tabular></data>\
    </slicerCacheDefinition>";

const SLICER_PICTURE: &str = "<xdr:wsDr \
    xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><mc:AlternateContent \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><mc:Choice Requires=\"sle\" \
    xmlns:sle=\"http://schemas.microsoft.com/office/drawing/2010/slicer\"><xdr:twoCellAnchor><xdr:from><xdr:col>6</xdr:col>\
    <xdr:colOff>0</xdr:colOff><xdr:row>2</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>9</xdr:col>\
    <xdr:colOff>0</xdr:colOff><xdr:row>9</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:graphicFrame macro=\"\">\
    <xdr:nvGraphicFramePr><xdr:cNvPr id=\"2\" name=\"Area\"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm>\
    <a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/></xdr:xfrm><a:graphic><a:graphicData \
    uri=\"http://schemas.microsoft.com/office/drawing/2010/slicer\"><sle:slicer name=\"Area\"/></a:graphicData></a:graphic>\
    </xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></mc:Choice><mc:Fallback/></mc:AlternateContent></xdr:wsDr>";

const EXTENSIONS: &str = "<ext uri=\"{78C0D931-6437-407d-A8EE-F0AAD7539E65}\" \
    xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\"><x14:conditionalFormattings>\
    <x14:conditionalFormatting xmlns:xm=\"http://schemas.microsoft.com/office/excel/2006/main\"><x14:cfRule \
    type=\"expression\" priority=\"30\" id=\"{6C0A5B1F-52C5-4D5A-9C11-2F3B1F0C7A01}\"><xm:f>Hidden!$A$1&gt;1</xm:f><x14:dxf>\
    <font><b/></font></x14:dxf></x14:cfRule><xm:sqref>A4</xm:sqref></x14:conditionalFormatting>\
    </x14:conditionalFormattings></ext><ext uri=\"{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}\" \
    xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\"><x14:dataValidations count=\"1\" \
    xmlns:xm=\"http://schemas.microsoft.com/office/excel/2006/main\"><x14:dataValidation type=\"list\" \
    allowBlank=\"1\"><x14:formula1><xm:f>Hidden!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>A3</xm:sqref>\
    </x14:dataValidation></x14:dataValidations></ext>";

/// A container as macros are kept in: what it begins with, and nothing in it.
const CONTAINER: [u8; 1_536] = {
    let mut bytes = [0; 1_536];
    let beginning = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    let mut at = 0;
    while at < beginning.len() {
        bytes[at] = beginning[at];
        at += 1;
    }
    bytes
};
