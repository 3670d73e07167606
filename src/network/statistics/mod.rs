//! What a season's returns say together: distributions, strongest and weakest criteria, groups, agreement, change.
//!
//! [`Statistics`] is what it comes to; each figure has an id by which it is traced to returns and cells.

mod figure;
mod result;

pub use figure::{Figure, FigureState, Share, Spread};
pub use result::{
    Agreement, AgreementRow, BandRow, ChangeSummary, Consistency, Coverage, CriterionRow, FindingRow,
    FrameworkStatistics, GradeRow, GroupOutcome, GroupRow, MeasureRow, ModerationRow, Prevalence, RangeRow, RankedRow,
    SectionChange, SectionRow, Standing, Statistics, TotalRow,
};
