//! A scene as written: the returns it starts from, the changes, and what must and mustn't be said.

use scrutineer::cell::{CellRange, CellRef, column_number};
use scrutineer::finding::Severity;
use scrutineer::framework::builtin;

use super::edit::{Content, Edit, Move};
use super::variation::Variation;

/// One scene of a case.
#[derive(Debug)]
pub(super) struct Scene {
    /// The sentence at its head.
    pub(super) title: String,
    /// The framework from whose clean return it starts.
    pub(super) base: &'static str,
    /// The kind of file that the return comes as; `None` where its cells are changed and no file is made.
    pub(super) file: Option<String>,
    /// What the framework has in this scene; `None` where it is as shipped.
    pub(super) variation: Option<Variation>,
    /// The returns: one by itself, or those of a season.
    pub(super) returns: Vec<Sent>,
    /// Whether the returns are a season, of which only what needs several returns is told.
    pub(super) is_season: bool,
    /// The season's roster, a line an organisation.
    pub(super) roster: Vec<String>,
    /// The findings that must come.
    pub(super) expected: Vec<Expected>,
    /// The rules of other errors and warnings that may come.
    pub(super) also: Vec<String>,
    /// The rules that mustn't be found at all.
    pub(super) absent: Vec<String>,
}

/// A return of a scene.
#[derive(Debug)]
pub(super) struct Sent {
    /// The name of its file.
    pub(super) file: String,
    /// The changes, in order.
    pub(super) edits: Vec<Edit>,
}

impl Sent {
    /// Returns a clean return in a file of this name.
    fn clean(file: &str) -> Self {
        Self { file: file.to_owned(), edits: Vec::new() }
    }
}

/// A finding that must come.
#[derive(Debug)]
pub(super) struct Expected {
    /// As it is written.
    pub(super) line: String,
    pub(super) severity: Severity,
    pub(super) rule: String,
    /// The sheet, or the files of a season; `None` for the workbook or the season as a whole.
    pub(super) place: Option<String>,
    /// The cells; `None` for the sheet as a whole.
    pub(super) cells: Option<CellRange>,
    /// The message, where it matters.
    pub(super) message: Option<String>,
}

/// Reads the scenes of a case.
pub(super) fn parse(text: &str) -> Result<Vec<Scene>, String> {
    let mut scenes: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.lines() {
        match line.trim_end() {
            "---" => scenes.push(Vec::new()),
            line => scenes.last_mut().expect("one is there from the start").push(line),
        }
    }
    scenes.iter().map(|lines| scene(lines)).collect()
}

/// Reads one scene.
fn scene(lines: &[&str]) -> Result<Scene, String> {
    let mut lines = lines.iter().filter(|line| !line.is_empty());
    let title =
        lines.next().and_then(|line| line.strip_prefix("# ")).ok_or("a scene starts with `# ` and a sentence")?;
    let named = lines.next().and_then(|line| line.strip_prefix("base: "));
    let samples = super::SAMPLES.iter().map(|(name, _)| name.as_str());
    let base = builtin::NAMES.iter().copied().chain(samples).find(|name| named == Some(*name));
    let base = base.ok_or_else(|| format!("“{title}” has no line such as `base: seqf`"))?;
    let mut scene = Scene {
        title: title.to_owned(),
        base,
        file: None,
        variation: None,
        returns: vec![Sent::clean("return.xlsx")],
        is_season: false,
        roster: Vec::new(),
        expected: Vec::new(),
        also: Vec::new(),
        absent: Vec::new(),
    };
    let mut table = Table::default();
    for line in lines {
        scene.take(line, &mut table).map_err(|fault| format!("`{line}`: {fault}"))?;
    }
    Ok(scene)
}

/// The sheet and the columns that the rows of a table are about.
#[derive(Default)]
struct Table {
    sheet: Option<String>,
    columns: Vec<u32>,
}

impl Table {
    /// Returns the sheet that a line is about.
    fn sheet(&self) -> Result<String, String> {
        self.sheet.clone().ok_or_else(|| "no sheet is named above it".to_owned())
    }
}

impl Scene {
    /// Takes one line.
    fn take(&mut self, line: &str, table: &mut Table) -> Result<(), String> {
        if let Some(sheet) = line.strip_prefix("## ") {
            table.sheet = Some(sheet.to_owned());
        } else if let Some(cells) = line.strip_prefix('|') {
            self.take_cells(
                &cells.trim_end().trim_end_matches('|').split('|').map(str::trim).collect::<Vec<_>>(),
                table,
            )?;
        } else if let Some(file) = line.strip_prefix("return: ") {
            self.take_return(file);
            *table = Table::default();
        } else if let Some(organisation) = line.strip_prefix("roster: ") {
            self.roster.push(organisation.to_owned());
        } else if let Some(kind) = line.strip_prefix("file: ") {
            self.file = Some(kind.to_owned());
        } else if let Some(shape) = line.strip_prefix("shape: ") {
            self.variation = Some(Variation::shape(shape)?);
        } else if let Some(done) = line.strip_prefix("done: ") {
            self.variation = Some(Variation::done(done)?);
        } else if let Some(rules) = line.strip_prefix("also: ") {
            self.also.extend(rules.split(", ").map(str::to_owned));
        } else if let Some(rule) = line.strip_prefix("no ") {
            self.absent.push(rule.to_owned());
        } else if let Some(expected) = expected(line)? {
            self.expected.push(expected);
        } else {
            self.edits().push(command(line, table.sheet()?)?);
        }
        Ok(())
    }

    /// Takes the next return of a season.
    fn take_return(&mut self, file: &str) {
        if !self.is_season {
            self.returns.clear();
        }
        self.is_season = true;
        self.returns.push(Sent::clean(file));
    }

    /// Returns the changes of the return that is being read.
    fn edits(&mut self) -> &mut Vec<Edit> {
        &mut self.returns.last_mut().expect("one is there from the start").edits
    }

    /// Takes a line of a table: its column letters, the rule below them, or a row.
    fn take_cells(&mut self, cells: &[&str], table: &mut Table) -> Result<(), String> {
        if cells.iter().all(|cell| cell.starts_with("--")) {
            return Ok(());
        }
        let Some((first, rest)) = cells.split_first() else { return Ok(()) };
        if first.is_empty() {
            let columns: Option<Vec<u32>> = rest.iter().map(|letters| column_number(letters)).collect();
            table.columns = columns.ok_or("a column isn't named by letters")?;
            return Ok(());
        }
        let row: u32 = first.parse().map_err(|_| "a row has no number")?;
        for (written, column) in rest.iter().zip(&table.columns).filter(|(written, _)| !written.is_empty()) {
            let content = Content::parse(written)?;
            self.edits().push(Edit::Set { sheet: table.sheet()?, at: CellRef::new(row, *column), content });
        }
        Ok(())
    }
}

/// Reads a line as a finding that must come; `None` where it isn't one.
fn expected(line: &str) -> Result<Option<Expected>, String> {
    let Some((head, rest)) = line.split_once(']') else { return Ok(None) };
    let Some((severity, rule)) = head.split_once('[') else { return Ok(None) };
    let severity = match severity {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        "note" => Severity::Note,
        _ => return Ok(None),
    };
    let (place, message) = match rest.split_once(": ") {
        Some((place, message)) => (place.trim(), Some(message.to_owned())),
        None => (rest.trim(), None),
    };
    let (place, cells) = match place.rsplit_once('!') {
        Some((sheet, cells)) => (sheet, Some(cells.parse().map_err(|_| format!("`{cells}` are no cells"))?)),
        None => (place, None),
    };
    let place = Some(place.to_owned()).filter(|place| !place.is_empty());
    Ok(Some(Expected { line: line.to_owned(), severity, rule: rule.to_owned(), place, cells, message }))
}

/// Returns the name in quotes at the end of a line.
fn quoted(line: &str) -> Result<String, String> {
    let name = line.split_once('"').and_then(|(_, name)| name.strip_suffix('"'));
    name.map(str::to_owned).ok_or_else(|| "the new name stands in quotes".to_owned())
}

/// Reads a change of rows, columns or sheets.
fn command(line: &str, sheet: String) -> Result<Edit, String> {
    let words: Vec<&str> = line.split(' ').collect();
    let column = |letters: &str| column_number(letters).ok_or_else(|| format!("`{letters}` is no column"));
    let row = |number: &str| number.parse::<u32>().map_err(|_| format!("`{number}` is no row"));
    Ok(match words[..] {
        ["hide", "row", number] => Edit::HideRow { sheet, row: row(number)? },
        ["hide", "column", letters] => Edit::HideColumn { sheet, column: column(letters)? },
        ["hide", "sheet"] => Edit::HideSheet { sheet },
        ["delete", "row", number] => Edit::Move { sheet, how: Move::DeleteRow(row(number)?) },
        ["insert", "row", number] => Edit::Move { sheet, how: Move::InsertRow(row(number)?) },
        ["delete", "column", letters] => Edit::Move { sheet, how: Move::DeleteColumn(column(letters)?) },
        ["insert", "column", letters] => Edit::Move { sheet, how: Move::InsertColumn(column(letters)?) },
        ["swap", "columns", a, b] => Edit::Move { sheet, how: Move::SwapColumns(column(a)?, column(b)?) },
        ["repeat", "row", number] => Edit::RepeatRow { sheet, row: row(number)? },
        ["merge", cells] => Edit::Merge { sheet, cells: cells.parse().map_err(|_| format!("`{cells}` are no cells"))? },
        ["delete", "sheet"] => Edit::DeleteSheet { sheet },
        ["add", "sheet"] => Edit::AddSheet { sheet },
        ["rename", "sheet", "to", ..] => Edit::RenameSheet { sheet, name: quoted(line)? },
        ["copy", "sheet", "to", ..] => Edit::CopySheet { sheet, name: quoted(line)? },
        _ => return Err("that is no table, change or finding".to_owned()),
    })
}

#[test]
fn lines_are_read_as_findings() {
    let read = |line| expected(line).unwrap().map(|expected| (expected.rule, expected.place, expected.message));
    let some = |text: &str| Some(text.to_owned());
    let cases = [
        ("error[a-b] Sheet one!G5: is 5: bad", Some(("a-b".to_owned(), some("Sheet one"), some("is 5: bad")))),
        ("note[a] Sheet one", Some(("a".to_owned(), some("Sheet one"), None))),
        ("warning[a]", Some(("a".to_owned(), None, None))),
        ("warning[a]: why", Some(("a".to_owned(), None, some("why")))),
        ("hide row 9", None),
    ];
    for (line, wanted) in cases {
        assert_eq!(read(line), wanted, "{line}");
    }
}
