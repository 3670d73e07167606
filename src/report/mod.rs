//! What reports and sheets say: functions from reviews and a season's statistics to documents, which know nothing of how they are
//! printed.
//!
//! [`view`] holds what a return report says, [`consolidated`] what the report on an organisation whose units are put together
//! says, [`of_season`] what the overarching report says, and [`sheets`] what the season workbook says.

mod consolidated;
pub mod peers;
pub mod of_season;
mod setting;
pub mod sheets;
mod subject;
mod view;

pub use consolidated::ConsolidatedView;
pub use of_season::{Season, overarching, season_title};
pub use peers::{BestShare, Peers, Spread};
pub use setting::Setting;
pub use view::{Look, ReturnView};
