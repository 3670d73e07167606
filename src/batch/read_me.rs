//! What stands beside the outputs to say for whom each of them is.

use crate::artifact::Artifact;
use crate::words::Nouns;

/// Which file is for whom.
const TEXT: &str = "READ ME FIRST\r\n\r\n\
This folder is for the team that runs the season. It names ¤organisations and ¤returns, with their answers, outcomes and findings,\r\n\
and lists rows of registers by their keys. Don't pass it on as a whole. What stands in it, as far as it was asked for:\r\n\r\n\
season.xlsx             for the team, to be opened first: all ¤returns, and what there is to do\r\n\
overarching-report      for those who run the season and their managers: it names ¤organisations\r\n\
returns                 each report, each annotated copy and each benchmark pack for its own sender, and for nobody else\r\n\
organisations           each report for its own ¤organisation, and for nobody else\r\n\
data, run.json          for the team's own programs: everything that was read, of everybody\r\n\
calendar.ics            for the team: deadlines, with whose they are\r\n\
published               for everybody: a season workbook and figures that name nobody, and a report where enough ¤organisations sent ¤returns;\r\n\
                        it names nobody but those that the settings say agreed to be named with their strengths\r\n\
kept                    for the team: files of an earlier run in which somebody had worked, as they were\r\n\r\n\
Owner, state and comment in season.xlsx are yours, and so are the moderators' columns: the next run carries them over. It replaces\r\n\
the files that run.json lists, and no others; what else is written into one of these is found again under kept.\r\n\r\n\
Only the folder \"published\" is made to be passed on. Which figures are left out there and by which rule stands in its season workbook,\r\n\
on the sheet \"Hidden figures\". Passing on a file of this folder beside it can undo that.\r\n\
Publish a season once: who has \"published\" of two runs between which one ¤return came late, or was put right, can work out what that\r\n\
¤return says. The run tells you where it finds that the folder held such another one.\r\n\r\n\
Tables (.csv) in Excel: opened by a double click, Excel takes 1.10 for 1.1 and 5/6 for a day. Begin with an empty workbook instead, choose\r\n\
Data > From Text/CSV, name the table, and choose \"Do not detect data types\". An apostrophe before = + - or @ keeps a text from being\r\n\
taken for a formula.\r\n";

/// Returns the file, in a scheme's nouns.
pub(super) fn artifact(nouns: &Nouns) -> Artifact {
    Artifact { name: "READ ME FIRST.txt".to_owned(), bytes: nouns.spelled(TEXT).into_owned().into_bytes() }
}
