//! x
use serde::Serialize;
use super::view::Setting;
use crate::framework::Framework;
/// x
#[derive(Debug)]
pub struct Season;
/// x
#[derive(Debug,Serialize)]
pub struct SeasonView;
impl SeasonView { /// x
pub fn new(_: &Setting, _: &Framework, _: &Season) -> Self { Self } }
