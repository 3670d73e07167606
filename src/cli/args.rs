//! The command line, as it is written.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::styling::Styles;
use clap::builder::{OsStringValueParser, TypedValueParser as _};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use jiff::civil::Date;

use super::addresses::Addresses;
use super::format::Format;
use super::values::{self, WantedPart};
use crate::artifact::ArtifactKind;
use crate::finding::Severity;

/// Help begins with what the command is for and with examples.
const TEMPLATE: &str = "{about}{after-help}\n\n{usage-heading} {usage}\n\n{all-args}\n";

const EXAMPLES: &str = "\
Examples:
  scrutineer check \"Acme self-assessment.xlsx\"  what is wrong with one workbook
  scrutineer check North                        … with all workbooks of a folder
  scrutineer run returns --out out              the whole season, with reports
  scrutineer explain answer-off-scale           what a finding means, what to do
  scrutineer framework list                     the frameworks that are known";

const CHECK_EXAMPLES: &str = "\
Examples:
  scrutineer check \"Acme self-assessment.xlsx\"
  scrutineer check North South --fail-on warning
  scrutineer check return.xlsx --show-cells       what was read of each cell
  scrutineer check return.xlsx --annotate         a copy with notes beside it
  scrutineer check return.xlsx --annotate=marked  … in the folder marked
  scrutineer check returns --report csv=findings.csv
  scrutineer check returns --report junit=junit.xml --report sarif=out.sarif
  find . -newer last.xlsx -name '*.xlsx' | scrutineer check --files-from -
  scrutineer check - < return.xlsx";

const WATCH_EXAMPLES: &str = "\
Examples:
  scrutineer watch \"Acme self-assessment.xlsx\"  while you fill it in
  scrutineer watch returns                      a folder, as returns come in

Ctrl-C ends it.";

const RUN_EXAMPLES: &str = "\
Examples:
  scrutineer run returns --out out
  scrutineer run returns --out out --roster members.csv    who is missing, too
  scrutineer run returns --out out --previous 2024/out     what has changed
  scrutineer run returns --out out --only data,season      no copies, no PDFs
  scrutineer run returns --out out --framework seqf        of one scheme alone
  scrutineer run returns --out out --dry-run               what would be done";

const MERGE_EXAMPLES: &str = "\
Examples:
  scrutineer run returns --shard 1/2 --out part-1         on one machine
  scrutineer run returns --shard 2/2 --out part-2         on another
  scrutineer merge part-1 part-2 --out out                the whole season
  scrutineer merge part-* --out out --returns season      … which lies elsewhere";

const ANNOTATE_EXAMPLES: &str = "\
Examples:
  scrutineer annotate return.xlsx --findings findings.json
  scrutineer annotate return.xlsx --findings findings.json --out marked";

const STRIP_EXAMPLES: &str = "\
Examples:
  scrutineer strip return.annotated.xlsx                 to return.stripped.xlsx
  scrutineer strip a.annotated.xlsx b.annotated.xlsx --out plain  to a folder
  scrutineer strip return.annotated.xlsx --explanations  what the sender wrote";

const WAIVE_EXAMPLES: &str = "\
Examples:
  scrutineer waive out reassessment-required --return Acme.xlsx --subject U3
      --reason \"Agreed by the board\" --by \"J. Smith\" --until 2026-03-31
  scrutineer waive out --from-explanations --by \"J. Smith\" --until 2026-03-31
      (what senders explained, to look through; with --accept it is written)";

const COMPARE_EXAMPLES: &str = "\
Examples:
  scrutineer compare last-year.xlsx this-year.xlsx     what has changed
  scrutineer compare self.xlsx external.xlsx --format json
  scrutineer compare 2024/out out                      two seasons that were run
  scrutineer compare 2024/out out --out compared.xlsx  … as a workbook too";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  scrutineer explain                            all rules, a line each
  scrutineer explain evidence-missing           one rule, with what to do
  scrutineer explain seqf/period-not-a-year     a rule of one scheme
  scrutineer explain --figure seqf/outcome out  figures of a report, by id
  scrutineer explain --figure seqf/criterion/1.1.1/mean out
      (the returns and cells that a figure rests on)";

const DIFF_EXAMPLES: &str = "\
Examples:
  scrutineer framework diff seqf our-packs/seqf-next
      (weights, thresholds, gates, criteria, texts)
  scrutineer framework diff seqf our-packs/seqf-next --against out
      (whose outcome changes, and what changes it)
  scrutineer framework diff seqf our-packs/seqf-next --against out
      --out rescored.xlsx
  scrutineer framework diff seqf our-packs/seqf-next --against out
      --returns season

With --against it names organisations: it is for the quality-assurance team, and
not to be passed on.";

const FRAMEWORK_EXAMPLES: &str = "\
Examples:
  scrutineer framework list
  scrutineer framework show seqf
  scrutineer framework check my-scheme/framework.toml
  scrutineer framework functions count_at_least
  scrutineer framework diff seqf our-packs/seqf-next --against out
  scrutineer framework schema --results > results.schema.json";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  scrutineer completions bash > ~/.local/share/bash-completion/completions/scrutineer
  scrutineer completions fish > ~/.config/fish/completions/scrutineer.fish
  scrutineer completions powershell >> $PROFILE";

const MAN_EXAMPLES: &str = "\
Examples:
  scrutineer man | man -l -
  scrutineer man run | man -l -";

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
    /// Without a command: check these files and folders, and write annotated copies beside them.
    #[command(flatten)]
    pub(super) bare: CheckArgs,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Says what is wrong with workbooks, on the terminal; writes only what an option asks for.
    #[command(help_template = TEMPLATE, after_help = CHECK_EXAMPLES, arg_required_else_help = true)]
    Check(CheckArgs),
    /// Checks workbooks again on each save: what was put right, what is open, and what would settle the outcome.
    #[command(help_template = TEMPLATE, after_help = WATCH_EXAMPLES, arg_required_else_help = true)]
    Watch(WatchArgs),
    /// Works through a season: checks and scores all returns of a folder, and writes the season workbook, reports and copies.
    #[command(help_template = TEMPLATE, after_help = RUN_EXAMPLES)]
    Run(RunArgs),
    /// Puts the parts of a season together that `run --shard` reviewed, and writes what one run would have written.
    #[command(help_template = TEMPLATE, after_help = MERGE_EXAMPLES, arg_required_else_help = true)]
    Merge(MergeArgs),
    /// Writes a list of findings, ours or another program's, into a copy of a workbook.
    #[command(help_template = TEMPLATE, after_help = ANNOTATE_EXAMPLES)]
    Annotate(AnnotateArgs),
    /// Takes our notes, highlights and sheet out of annotated workbooks again.
    #[command(help_template = TEMPLATE, after_help = STRIP_EXAMPLES)]
    Strip(StripArgs),
    /// Writes down that a finding stands as it is: who decided so, why, and until when.
    #[command(help_template = TEMPLATE, after_help = WAIVE_EXAMPLES)]
    Waive(WaiveArgs),
    /// Compares two returns of a framework, or two seasons that were run: what changed, which findings are gone and new.
    #[command(help_template = TEMPLATE, after_help = COMPARE_EXAMPLES)]
    Compare(CompareArgs),
    /// Explains a rule: what it finds, why it matters, an example, what to do; or what a figure rests on.
    #[command(help_template = TEMPLATE, after_help = EXPLAIN_EXAMPLES)]
    Explain(ExplainArgs),
    /// Lists, shows and checks frameworks.
    #[command(help_template = TEMPLATE, after_help = FRAMEWORK_EXAMPLES)]
    Framework(FrameworkArgs),
    /// Looks whether all that the program needs is here: what makes PDFs, and the frameworks.
    Doctor(SeasonArgs),
    /// Writes what lets a shell complete commands and options.
    #[command(help_template = TEMPLATE, after_help = COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Writes the manual page, of the program or of one of its commands.
    #[command(help_template = TEMPLATE, after_help = MAN_EXAMPLES)]
    Man {
        /// The command.
        command: Option<String>,
    },
    /// Reviews one workbook as a child process, as the program does for formats whose reader may fail.
    #[command(hide = true)]
    ReviewChild(ChildArgs),
}

/// What `check` is asked.
#[derive(Clone, Debug, Args)]
pub(super) struct CheckArgs {
    /// Workbooks and folders; `-` reads one workbook from standard input.
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
    /// A file with more paths, one a line; `-` reads them from standard input.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) files_from: Option<PathBuf>,
    /// How findings are shown; plain narrates them, for screen readers.
    #[arg(long, value_enum, env = "SCRUTINEER_FORMAT", hide_env_values = true)]
    pub(super) format: Option<Format>,
    #[command(flatten)]
    pub(super) reports: ReportArgs,
    /// Write annotated copies beside the workbooks; with `=FOLDER`, into that folder.
    #[arg(long, value_name = "FOLDER", num_args = 0..=1, require_equals = true, default_missing_value = "",
        value_parser = OsStringValueParser::new().map(PathBuf::from), value_hint = ValueHint::DirPath)]
    pub(super) annotate: Option<PathBuf>,
    /// List the files that would be checked, and end.
    #[arg(long)]
    pub(super) show_files: bool,
    /// Show each cell as the program reads it, and end: to see what was read where that looks wrong. Aligned on a terminal;
    /// for programs, or with `--format json`, a line of JSON for each cell. What tells who a person is isn't shown.
    #[arg(long)]
    pub(super) show_cells: bool,
    /// List the settings and where each comes from, and end.
    #[arg(long)]
    pub(super) show_settings: bool,
    #[command(flatten)]
    pub(super) review: ReviewArgs,
    #[command(flatten)]
    pub(super) screen: ScreenArgs,
}

impl CheckArgs {
    /// Returns what is asked where paths stand alone, as when files are dropped on the program: annotated copies too.
    pub(super) fn dropped(self) -> Self {
        let is_stream = self.paths.iter().any(|path| path.as_os_str() == "-");
        let beside = (!is_stream).then(PathBuf::new);
        Self { annotate: self.annotate.or(beside), ..self }
    }
}

/// What `watch` is asked.
#[derive(Clone, Debug, Args)]
pub(super) struct WatchArgs {
    /// Workbooks and folders.
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) review: ReviewArgs,
    /// Show no colours; all else stays.
    #[arg(long)]
    pub(super) no_color: bool,
}

/// What `run` is asked.
#[derive(Clone, Debug, Args)]
pub(super) struct RunArgs {
    /// The folder with the season's returns; `s3://BUCKET/FOLDER` where the program was built with the feature s3.
    #[arg(value_hint = ValueHint::DirPath)]
    pub(super) folder: PathBuf,
    /// Review only the second of four parts, 2/4, to be put together by `merge`; `auto`, or auto/4, takes the part from Slurm's,
    /// Kubernetes' or AWS Batch's array.
    #[arg(long, value_name = "K/N", value_parser = WantedPart::read,
        conflicts_with_all = ["only", "dry_run", "show_files", "show_settings", "report"])]
    pub(super) shard: Option<WantedPart>,
    /// List the files that would be reviewed and left out, and end.
    #[arg(long)]
    pub(super) show_files: bool,
    /// List the settings and where each comes from, and end.
    #[arg(long)]
    pub(super) show_settings: bool,
    #[command(flatten)]
    pub(super) options: RunOptions,
}

/// What `merge` is asked.
#[derive(Debug, Args)]
pub(super) struct MergeArgs {
    /// The folders that `run --shard` wrote to, of all parts.
    #[arg(required = true, value_hint = ValueHint::DirPath)]
    pub(super) parts: Vec<PathBuf>,
    /// The folder with the season's returns, where it isn't where the parts found it.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub(super) returns: Option<PathBuf>,
    #[command(flatten)]
    pub(super) options: RunOptions,
}

/// How a season is made, in one run or of its parts.
#[derive(Clone, Debug, Args)]
pub(super) struct RunOptions {
    /// The folder to write to; it must not lie in the season's folder, and may be `s3://BUCKET/FOLDER` as that may.
    #[arg(long, short, value_name = "OUT", value_hint = ValueHint::DirPath)]
    pub(super) out: PathBuf,
    /// Who was expected: a list (CSV or workbook) of organisations, a line each; else `roster.csv` or `roster.xlsx` in the folder or
    /// beside it.
    ///
    /// One column is headed organisation. Another, `expected_kinds`, may say which kinds of return are expected of each, with ; between,
    /// in the words of the form: `Self-assessment;External assessment`; without it, one return of any kind will do. By all other columns,
    /// such as region, returns are grouped.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, env = "SCRUTINEER_ROSTER", hide_env_values = true)]
    pub(super) roster: Option<PathBuf>,
    /// The Typst program that makes the reports; else the `typst` on the search path.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, env = "SCRUTINEER_TYPST", hide_env_values = true)]
    pub(super) typst: Option<PathBuf>,
    /// Write only these kinds of outputs.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "KINDS")]
    pub(super) only: Vec<Kind>,
    /// Do all but write.
    #[arg(long, short = 'n')]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) reports: ReportArgs,
    #[command(flatten)]
    pub(super) review: ReviewArgs,
    #[command(flatten)]
    pub(super) cache: CacheArgs,
    #[command(flatten)]
    pub(super) screen: ScreenArgs,
    /// Which of the folders are copies of what lies in object storage.
    #[arg(skip)]
    pub(super) addresses: Addresses,
}

/// Findings for other programs, beside what is shown.
#[derive(Clone, Debug, Args)]
pub(super) struct ReportArgs {
    /// Write the findings to a file as well, `csv=findings.csv`: as json, jsonl, csv, sarif, junit or github; may be given several times.
    #[arg(long, value_name = "FORMAT=FILE", value_parser = values::report)]
    pub(super) report: Vec<(Format, PathBuf)>,
}

/// How returns are reviewed.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Reviewing")]
pub(super) struct ReviewArgs {
    /// Take returns of this framework alone, and say which are of another: its name in `framework list`; `seqf@2024-25` insists on a
    /// version.
    #[arg(long, value_name = "ID", env = "SCRUTINEER_FRAMEWORK", hide_env_values = true)]
    pub(super) framework: Option<String>,
    #[command(flatten)]
    pub(super) season: SeasonArgs,
    /// Compare with last season: the folder that `run` wrote to then, or its `data/results.json`.
    #[arg(long, value_name = "OUT", value_hint = ValueHint::AnyPath, env = "SCRUTINEER_PREVIOUS", hide_env_values = true)]
    pub(super) previous: Option<PathBuf>,
    /// How many workbooks are reviewed at a time; else as many as there are cores.
    #[arg(long, short, value_name = "N", env = "SCRUTINEER_JOBS", hide_env_values = true, value_parser = values::jobs,
        allow_negative_numbers = true)]
    pub(super) jobs: Option<NonZeroUsize>,
    /// Set a limit on workbooks, `cells=8000000`; may be given several times. `--show-settings` lists all.
    #[arg(long, value_name = "NAME=N", value_parser = values::limit)]
    pub(super) limit: Vec<(String, u64)>,
    /// The least severity that ends in exit code 1.
    #[arg(long, value_enum, value_name = "SEVERITY", env = "SCRUTINEER_FAIL_ON", hide_env_values = true)]
    pub(super) fail_on: Option<FailOn>,
    /// End with 0 whatever is found; workbooks that can't be read still end in 3.
    #[arg(long)]
    pub(super) exit_zero: bool,
}

/// Where what was made before is kept.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Keeping")]
pub(super) struct CacheArgs {
    /// Keep what was made, for the next run, in this folder; else where this system has programs keep such things, and where it is empty
    /// nowhere. It holds what senders wrote: only its owner may look into it, and it may be deleted at any time.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath, env = "SCRUTINEER_CACHE", hide_env_values = true,
        value_parser = OsStringValueParser::new().map(PathBuf::from))]
    pub(super) cache: Option<PathBuf>,
    /// Make everything anew, and keep nothing, whatever `--cache` says.
    #[arg(long)]
    pub(super) no_cache: bool,
}

/// Which settings count.
#[derive(Clone, Debug, Args)]
pub(super) struct SeasonArgs {
    /// The season's settings; else the nearest `season.toml` in or above the folder.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, env = "SCRUTINEER_SEASON", hide_env_values = true)]
    pub(super) season: Option<PathBuf>,
    /// Use no `season.toml`.
    #[arg(long, conflicts_with = "season")]
    pub(super) isolated: bool,
}

/// What is shown on the screen.
#[derive(Clone, Debug, Args)]
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
    /// Show at most so many findings of a rule in each workbook, and say how many more there are.
    #[arg(long, value_name = "N", value_parser = values::max_per_rule, allow_negative_numbers = true)]
    pub(super) max_per_rule: Option<usize>,
    /// Show no colours; all else stays.
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
    /// The annotated copy, or the folder that it goes to; else `NAME.annotated.xlsx` beside the workbook.
    #[arg(long, short, value_name = "FILE|FOLDER", value_hint = ValueHint::AnyPath)]
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
    /// The stripped copy, or the folder that copies go to; else `NAME.stripped.xlsx` beside each workbook.
    #[arg(long, short, value_name = "FILE|FOLDER", value_hint = ValueHint::AnyPath)]
    pub(super) out: Option<PathBuf>,
    /// Write what the sender wrote beside the findings as CSV too.
    #[arg(long)]
    pub(super) explanations: bool,
}

/// What `waive` is asked.
#[derive(Debug, Args)]
pub(super) struct WaiveArgs {
    /// The folder that `run` wrote to, from whose results the finding is taken.
    #[arg(value_hint = ValueHint::DirPath)]
    pub(super) out: PathBuf,
    /// The rule's name.
    #[arg(required_unless_present = "from_explanations")]
    pub(super) rule: Option<String>,
    /// The return that the finding is of, by its file, or the organisation; said for each of several that share it.
    #[arg(long = "return", value_name = "FILE|NAME")]
    pub(super) of_return: Vec<String>,
    /// The cell that it is at, with its sheet: `Scores!C7`.
    #[arg(long)]
    pub(super) cell: Option<String>,
    /// The criterion, measure, field or row that it is about.
    #[arg(long)]
    pub(super) subject: Option<String>,
    /// Why it stands as it is.
    #[arg(long, required_unless_present = "from_explanations", conflicts_with = "from_explanations",
        value_parser = values::words)]
    pub(super) reason: Option<String>,
    /// Who decided so.
    #[arg(long, value_name = "NAME", value_parser = values::words)]
    pub(super) by: String,
    /// The last day on which that holds, by the season's data date: `2026-03-31`.
    #[arg(long, value_name = "DAY", value_parser = values::day, allow_negative_numbers = true)]
    pub(super) until: Date,
    /// Show the waivers that the senders' explanations would make.
    #[arg(long)]
    pub(super) from_explanations: bool,
    /// Write those too.
    #[arg(long, requires = "from_explanations")]
    pub(super) accept: bool,
    /// The season's settings that they are written to; else the nearest `season.toml` in or above the folder that `run` wrote to, or this
    /// one.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, env = "SCRUTINEER_SEASON", hide_env_values = true)]
    pub(super) season: Option<PathBuf>,
}

/// What `compare` is asked.
#[derive(Debug, Args)]
pub(super) struct CompareArgs {
    /// What was before: a workbook, or the folder that `run` wrote to.
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(super) before: PathBuf,
    /// What is after: of the same sort.
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(super) after: PathBuf,
    #[command(flatten)]
    pub(super) output: ComparisonArgs,
    /// Take returns of this framework alone.
    #[arg(long, value_name = "ID", env = "SCRUTINEER_FRAMEWORK", hide_env_values = true)]
    pub(super) framework: Option<String>,
    #[command(flatten)]
    pub(super) season: SeasonArgs,
    /// The least severity of a new finding that ends in exit code 1.
    #[arg(long, value_enum, value_name = "SEVERITY", env = "SCRUTINEER_FAIL_ON", hide_env_values = true)]
    pub(super) fail_on: Option<FailOn>,
    /// End with 0 whatever is new; workbooks that can't be read still end in 3.
    #[arg(long)]
    pub(super) exit_zero: bool,
}

/// How a comparison is handed out.
#[derive(Debug, Args)]
pub(super) struct ComparisonArgs {
    /// How the differences are shown; plain narrates them, for screen readers.
    #[arg(long, value_enum)]
    pub(super) format: Option<ComparisonFormat>,
    /// Write all that was compared, what is the same too, as a workbook.
    #[arg(long, short, value_name = "FILE.xlsx", value_hint = ValueHint::FilePath)]
    pub(super) out: Option<PathBuf>,
    /// Show no colours; all else stays.
    #[arg(long)]
    pub(super) no_color: bool,
}

/// How a comparison is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ComparisonFormat {
    /// In tables, as far as they fit.
    Human,
    /// Narrated, a line for each difference.
    Plain,
    /// For programs.
    Json,
}

/// What `explain` is asked.
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The rule's name; without one, all rules are listed.
    pub(super) rule: Option<String>,
    /// Say instead which returns and cells a figure rests on: its id, as reports print it, and the folder that `run` wrote to.
    #[arg(long, num_args = 2, value_names = ["ID", "OUT"], conflicts_with = "rule")]
    pub(super) figure: Vec<String>,
    #[command(flatten)]
    pub(super) season: SeasonArgs,
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
    /// Lists the frameworks that are known here: the program's own, and those of the season's settings.
    List(SeasonArgs),
    /// Shows one framework: what it asks, the outcomes and what each needs, and what settings call them.
    Show {
        /// Its name, as `framework list` has it; `seqf@2024-25` for one version.
        #[arg(value_name = "NAME")]
        id: String,
        #[command(flatten)]
        season: SeasonArgs,
    },
    /// Checks packs, and says all that is wrong with them.
    Check {
        /// The packs: `framework.toml` files or their folders.
        #[arg(required = true, value_hint = ValueHint::AnyPath)]
        packs: Vec<PathBuf>,
    },
    /// Says what differs between two packs of one framework, and whose outcome that changes.
    #[command(help_template = TEMPLATE, after_help = DIFF_EXAMPLES)]
    Diff(DiffArgs),
    /// Lists the functions, operators and names of the language of packs, or says all of one of them: an example, and what
    /// becomes of it where an answer doesn't apply, is blank or can't be used.
    Functions {
        /// The function, operator or name; without one, all are listed.
        name: Option<String>,
        /// How they are shown.
        #[arg(long, value_enum)]
        format: Option<ListFormat>,
    },
    /// Writes the JSON Schema of packs, or of the results.
    Schema {
        /// The schema of `data/results.json` instead.
        #[arg(long)]
        results: bool,
    },
}

/// How a list is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    /// In lines that fit.
    Human,
    /// For programs.
    Json,
}

/// What `framework diff` is asked.
#[derive(Debug, Args)]
pub(super) struct DiffArgs {
    /// The pack as it was: its file or its folder, or the name of a framework that is known, `seqf` or `seqf@2024-25`.
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(super) old: String,
    /// The pack as it is to be.
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(super) new: String,
    /// Score a season's answers by both: the folder that `run` wrote to, or its `data/results.json`.
    #[arg(long, value_name = "OUT", value_hint = ValueHint::AnyPath)]
    pub(super) against: Option<PathBuf>,
    /// The season's workbooks, read again for what results don't hold: rows of registers.
    #[arg(long, value_name = "FOLDER", requires = "against", value_hint = ValueHint::DirPath)]
    pub(super) returns: Option<PathBuf>,
    #[command(flatten)]
    pub(super) output: ComparisonArgs,
}

/// What a child process is asked.
#[derive(Debug, Args)]
pub(super) struct ChildArgs {
    /// The file's name.
    #[arg(long, allow_hyphen_values = true)]
    pub(super) name: String,
    /// The framework that is insisted on.
    #[arg(long)]
    pub(super) framework: Option<String>,
    /// The season's settings.
    #[arg(long)]
    pub(super) season: Option<PathBuf>,
    /// Limits that aren't as usual.
    #[arg(long, value_parser = values::limit)]
    pub(super) limit: Vec<(String, u64)>,
    /// Whether the rows around findings are wanted.
    #[arg(long)]
    pub(super) rows: bool,
    /// Whether all cells are wanted, and no review.
    #[arg(long)]
    pub(super) cells: bool,
}

/// A shell for which there is a completion script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Shell {
    /// Bash.
    Bash,
    /// Elvish.
    Elvish,
    /// Fish.
    Fish,
    /// Nushell.
    Nushell,
    /// That of Windows.
    Powershell,
    /// Zsh.
    Zsh,
}

/// A kind of outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// The tables, `results.json` and `calendar.ics`.
    Data,
    /// The senders' own workbooks with the findings in them.
    Annotated,
    /// The season workbook.
    Season,
    /// The reports for senders and managers, made by Typst.
    Reports,
    /// The benchmark packs: each organisation's figures beside the network's, made by Typst and as tables.
    Benchmarks,
}

impl From<Kind> for ArtifactKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Data => Self::Data,
            Kind::Annotated => Self::Annotated,
            Kind::Season => Self::Season,
            Kind::Reports => Self::Reports,
            Kind::Benchmarks => Self::Benchmarks,
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
