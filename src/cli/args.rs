//! The command line, as it is written.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::styling::Styles;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use crate::artifact::ArtifactKind;
use crate::finding::Severity;

/// Help begins with what the command is for and with examples.
const TEMPLATE: &str = "{about}{after-help}\n\n{usage-heading} {usage}\n\n{all-args}\n";

const EXAMPLES: &str = "\
Examples:
  scrutineer check \"Acme self-assessment.xlsx\"   what is wrong with one workbook
  scrutineer check North                         … with all workbooks of a folder
  scrutineer run returns --out out               the whole season: check, score, write tables
  scrutineer explain answer-off-scale            what a finding means and what to do
  scrutineer framework list                      the frameworks that are known";

const CHECK_EXAMPLES: &str = "\
Examples:
  scrutineer check \"Acme self-assessment.xlsx\"
  scrutineer check North South --fail-on warning
  scrutineer check returns --format csv > findings.csv
  find . -newer last-week -name '*.xlsx' | scrutineer check --files-from -
  scrutineer check - < return.xlsx";

const RUN_EXAMPLES: &str = "\
Examples:
  scrutineer run returns --out out
  scrutineer run returns --out out --only data --jobs 4
  scrutineer run returns --out out --framework seqf --statistics
  scrutineer run returns --out out --dry-run      what would be read and written";

const ANNOTATE_EXAMPLES: &str = "\
Examples:
  scrutineer annotate return.xlsx --findings findings.json
  scrutineer annotate return.xlsx --findings findings.json --out marked/return.xlsx";

const STRIP_EXAMPLES: &str = "\
Examples:
  scrutineer strip return.annotated.xlsx                   writes return.stripped.xlsx beside it
  scrutineer strip returns/*.annotated.xlsx --out plain    into a folder
  scrutineer strip return.annotated.xlsx --explanations    what the sender wrote, as CSV beside it";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  scrutineer explain                     all rules, a line each
  scrutineer explain evidence-missing    one rule: what it finds, why, an example, what to do
  scrutineer explain --figure seqf/section/1.1/median out    what a figure of the reports rests on
  scrutineer explain --figure seqf/outcome out               the figures whose ids begin so";

const FRAMEWORK_EXAMPLES: &str = "\
Examples:
  scrutineer framework list
  scrutineer framework show seqf
  scrutineer framework check my-scheme/framework.toml
  scrutineer framework schema --results > results.schema.json";

/// Checks, scores and reports quality-assurance workbooks.
#[derive(Debug, Parser)]
#[command(
    name = "scrutineer",
    version,
    about,
    styles = Styles::plain(),
    help_template = TEMPLATE,
    after_help = EXAMPLES,
    args_conflicts_with_subcommands = true,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub(super) struct Line {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// Without a command: check these files and folders.
    #[command(flatten)]
    pub(super) bare: CheckArgs,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Says what is wrong with workbooks, on the terminal; writes nothing.
    #[command(help_template = TEMPLATE, after_help = CHECK_EXAMPLES, arg_required_else_help = true)]
    Check(CheckArgs),
    /// Works through a season: checks and scores all returns of a folder, and writes tables and results.
    #[command(help_template = TEMPLATE, after_help = RUN_EXAMPLES)]
    Run(RunArgs),
    /// Writes a list of findings, ours or another program's, into a copy of a workbook.
    #[command(help_template = TEMPLATE, after_help = ANNOTATE_EXAMPLES)]
    Annotate(AnnotateArgs),
    /// Takes our notes out of annotated workbooks again.
    #[command(help_template = TEMPLATE, after_help = STRIP_EXAMPLES)]
    Strip(StripArgs),
    /// Explains a rule: what it finds, why it matters, an example, what to do; or what a figure rests on.
    #[command(help_template = TEMPLATE, after_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainArgs),
    /// Lists, shows and checks frameworks.
    #[command(help_template = TEMPLATE, after_help = FRAMEWORK_EXAMPLES)]
    Framework(FrameworkArgs),
    /// Looks whether all that the program needs is here.
    Doctor,
    /// Writes the completion script of a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Writes the manual page.
    Man,
    /// Examines one workbook apart, as the program does for formats whose reader may fail.
    #[command(hide = true)]
    ExamineApart(ApartArgs),
}

/// What `check` is asked.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Workbooks and folders; `-` reads one workbook from standard input.
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
    /// A file with more paths, one a line; `-` reads them from standard input.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) files_from: Option<PathBuf>,
    /// How findings are shown; plain narrates them, for screen readers.
    #[arg(long, value_enum)]
    pub(super) format: Option<Format>,
    /// Write annotated copies, beside the workbooks or into a folder.
    #[arg(long, value_name = "FOLDER", num_args = 0..=1, require_equals = true, default_missing_value = "", value_hint = ValueHint::DirPath)]
    pub(super) annotate: Option<PathBuf>,
    /// List the files that would be checked, and end.
    #[arg(long)]
    pub(super) show_files: bool,
    #[command(flatten)]
    pub(super) review: ReviewArgs,
    #[command(flatten)]
    pub(super) screen: ScreenArgs,
}

/// What `run` is asked.
#[derive(Debug, Args)]
pub(super) struct RunArgs {
    /// The folder with the season's returns.
    #[arg(value_hint = ValueHint::DirPath)]
    pub(super) folder: PathBuf,
    /// The folder to write to; it must not lie in the season's folder.
    #[arg(long, short, value_name = "OUT", value_hint = ValueHint::DirPath)]
    pub(super) out: PathBuf,
    /// Who was expected: a CSV with the column organisation and others to group by; else `roster.csv` in the folder or beside it.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) roster: Option<PathBuf>,
    /// The Typst program that makes the reports; else the `typst` on the search path.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) typst: Option<PathBuf>,
    /// Write only these kinds of outputs.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "KINDS")]
    pub(super) only: Vec<Kind>,
    /// List the files that would be reviewed and left out, and end.
    #[arg(long)]
    pub(super) show_files: bool,
    /// Do all but write.
    #[arg(long, short = 'n')]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) review: ReviewArgs,
    #[command(flatten)]
    pub(super) screen: ScreenArgs,
}

/// How returns are reviewed.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reviewing")]
pub(super) struct ReviewArgs {
    /// Take all returns for this framework's; `seqf@2024` insists on a version.
    #[arg(long, value_name = "ID")]
    pub(super) framework: Option<String>,
    /// The season's settings; else the nearest `season.toml` in or above the folder.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) season: Option<PathBuf>,
    /// How many workbooks are reviewed at a time; else as many as there are cores.
    #[arg(long, short, value_name = "N")]
    pub(super) jobs: Option<NonZeroUsize>,
    /// The least severity that ends in exit code 1.
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(super) fail_on: Option<FailOn>,
    /// End with 0 whatever is found; workbooks that can't be read still end in 3.
    #[arg(long)]
    pub(super) exit_zero: bool,
}

/// What is shown on the screen.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch that stands or doesn't")]
#[command(next_help_heading = "On the screen")]
pub(super) struct ScreenArgs {
    /// Show only the verdict.
    #[arg(long, short, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Show notes and the returns without fault as well.
    #[arg(long, short)]
    pub(super) verbose: bool,
    /// Show how often each rule found something.
    #[arg(long)]
    pub(super) statistics: bool,
    /// Show no colours.
    #[arg(long)]
    pub(super) no_color: bool,
}

/// What `annotate` is asked.
#[derive(Debug, Args)]
pub(super) struct AnnotateArgs {
    /// The workbook; it is only read.
    #[arg(value_hint = ValueHint::FilePath)]
    pub(super) workbook: PathBuf,
    /// The findings: a JSON list of objects with rule, severity, sheet, cell, message and help, as results.json has them.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) findings: PathBuf,
    /// The annotated copy; else `NAME.annotated.xlsx` beside the workbook.
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) out: Option<PathBuf>,
    /// Annotate a signed workbook too, which makes its signature invalid.
    #[arg(long)]
    pub(super) force: bool,
}

/// What `strip` is asked.
#[derive(Debug, Args)]
pub(super) struct StripArgs {
    /// The annotated workbooks; they are only read.
    #[arg(required = true, value_hint = ValueHint::FilePath)]
    pub(super) workbooks: Vec<PathBuf>,
    /// The folder to write to; else beside each workbook.
    #[arg(long, short, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub(super) out: Option<PathBuf>,
    /// Write what the sender wrote beside the findings as CSV too.
    #[arg(long)]
    pub(super) explanations: bool,
}

/// What `explain` is asked.
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The rule's name; without one, all rules are listed.
    pub(super) rule: Option<String>,
    /// Say instead which returns and cells a figure rests on: its id, as reports print it, and the folder that `run` wrote to.
    #[arg(long, num_args = 2, value_names = ["ID", "OUT"], conflicts_with = "rule")]
    pub(super) figure: Vec<String>,
}

/// What `framework` is asked.
#[derive(Debug, Args)]
pub(super) struct FrameworkArgs {
    #[command(subcommand)]
    pub(super) command: FrameworkCommand,
}

/// What to do with frameworks.
#[derive(Debug, Subcommand)]
pub(super) enum FrameworkCommand {
    /// Lists the frameworks that are known.
    List,
    /// Shows one framework: its sections, criteria, bands and gates.
    Show {
        /// Its name.
        id: String,
    },
    /// Checks packs, and says all that is wrong with them.
    Check {
        /// The packs: `framework.toml` files or their folders.
        #[arg(required = true, value_hint = ValueHint::AnyPath)]
        packs: Vec<PathBuf>,
    },
    /// Writes the JSON Schema of packs, or of the results.
    Schema {
        /// The schema of `data/results.json` instead.
        #[arg(long)]
        results: bool,
    },
}

/// What a child process is asked.
#[derive(Debug, Args)]
pub(super) struct ApartArgs {
    /// The file's name.
    #[arg(long, allow_hyphen_values = true)]
    pub(super) name: String,
    /// The framework that is insisted on.
    #[arg(long)]
    pub(super) framework: Option<String>,
    /// The season's settings.
    #[arg(long)]
    pub(super) season: Option<PathBuf>,
    /// Whether the rows around findings are wanted.
    #[arg(long)]
    pub(super) rows: bool,
}

/// How findings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Each under the row it stands in.
    Human,
    /// Narrated, a sentence at a time.
    Plain,
    /// All results as one JSON document.
    Json,
    /// A finding a line, each as JSON.
    Jsonl,
    /// A table of findings, comma-separated.
    Csv,
}

/// A kind of outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// The tables and `results.json`.
    Data,
    /// The senders' own workbooks with the findings in them.
    Annotated,
    /// The season workbook.
    Season,
    /// The reports for senders and managers, made by Typst.
    Reports,
}

impl From<Kind> for ArtifactKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Data => Self::Data,
            Kind::Annotated => Self::Annotated,
            Kind::Season => Self::Season,
            Kind::Reports => Self::Reports,
        }
    }
}

/// The least severity that counts as a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// Anything at all.
    Note,
    /// Warnings and errors.
    Warning,
    /// Errors.
    Error,
}

impl From<FailOn> for Severity {
    fn from(fail_on: FailOn) -> Self {
        match fail_on {
            FailOn::Note => Self::Note,
            FailOn::Warning => Self::Warning,
            FailOn::Error => Self::Error,
        }
    }
}
