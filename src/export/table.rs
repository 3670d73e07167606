//! Tables as files: Parquet with fixed settings, so that the same table gives the same bytes, and comma-separated text.
//!
//! Parquet holds every text as it is.

use polars::prelude::{AnyValue, Column, DataFrame, DataType, PolarsError};
use polars_io::parquet::write::{ParquetCompression, ParquetWriter, StatisticsOptions};

use super::CommaSeparated;
use crate::artifact::Artifact;
use crate::figure::Published;
use crate::season::Season;
use crate::statistics::Statistics;
use crate::tables::{Frames, figures, is_exact};

/// Why a table couldn't be made into a file.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The table couldn't be put together or written as Parquet.
    #[error("the table can't be put together")]
    Table(#[from] PolarsError),
    /// The table couldn't be written as comma-separated text.
    #[error("the table can't be written as comma-separated text")]
    Text(#[from] csv::Error),
}

/// Returns the tables of a season, each as Parquet and as comma-separated text, in the folder `data`.
pub fn tables(season: &Season) -> Result<Vec<Artifact>, TableError> {
    let frames = Frames::of(season)?;
    let mut artifacts = Vec::new();
    for (name, frame) in frames.published() {
        artifacts.push(Artifact { name: format!("data/{name}.parquet"), bytes: parquet(&frame)? });
        artifacts.push(Artifact { name: format!("data/{name}.csv"), bytes: comma_separated(&frame)? });
    }
    Ok(artifacts)
}

/// Returns the published figures of a season, as Parquet and as comma-separated text, in the folder `data` of this one.
pub fn statistics(statistics: &Statistics, folder: &str) -> Result<[Artifact; 2], TableError> {
    let published: Vec<Published> = statistics.figures().into_iter().map(Published::from).collect();
    let frame = figures(&published)?;
    Ok([
        Artifact { name: format!("{folder}data/statistics.parquet"), bytes: parquet(&frame)? },
        Artifact { name: format!("{folder}data/statistics.csv"), bytes: comma_separated(&frame)? },
    ])
}

/// Returns the findings of a season as comma-separated text.
pub fn findings(season: &Season) -> Result<Vec<u8>, TableError> {
    comma_separated(&Frames::of(season)?.published_findings())
}

/// Returns a table as Parquet.
fn parquet(frame: &DataFrame) -> Result<Vec<u8>, TableError> {
    let mut bytes = Vec::new();
    let writer = ParquetWriter::new(&mut bytes)
        .with_compression(ParquetCompression::Zstd(None))
        .with_statistics(StatisticsOptions::default())
        .with_row_group_size(Some(1 << 17))
        .set_parallel(false);
    writer.finish(&mut frame.clone())?;
    Ok(bytes)
}

/// Returns a table as comma-separated text.
fn comma_separated(frame: &DataFrame) -> Result<Vec<u8>, TableError> {
    let mut table = CommaSeparated::headed(frame.get_column_names().iter().map(|name| name.as_str()))?;
    for row in 0..frame.height() {
        for column in frame.columns() {
            let text = written(&column.get(row)?);
            if is_number(column) { table.number(&text)? } else { table.text(&text)? }
        }
        table.end_row()?;
    }
    Ok(table.into_bytes())
}

/// Returns a value as text; nothing is the empty text.
fn written(value: &AnyValue) -> String {
    value.get_str().map_or_else(|| if value.is_null() { String::new() } else { value.to_string() }, ToOwned::to_owned)
}

/// Whether a column holds numbers.
fn is_number(column: &Column) -> bool {
    *column.dtype() != DataType::String || is_exact(column.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::sample;

    #[test]
    fn a_number_below_nought_stays_a_number() {
        let columns = ["points", "value"].map(|name| Column::new(name.into(), ["-3.5"]));
        let text = comma_separated(&DataFrame::new_infer_height(columns.to_vec()).unwrap()).unwrap();
        assert_eq!(text, "\u{feff}points,value\n-3.5,'-3.5\n".as_bytes());
    }

    #[test]
    fn no_figures_give_a_table_with_headings() {
        let [_, text] = statistics(&Statistics::default(), "").unwrap();
        assert_eq!(
            (text.name.as_str(), text.bytes.as_slice()),
            ("data/statistics.csv", "\u{feff}id,state,value,n,why\n".as_bytes())
        );
    }

    #[test]
    fn a_list_of_moderation_that_comes_back_keeps_its_draw_and_what_was_written() {
        sample::try_list(|season| {
            let tables = tables(season).unwrap();
            tables.into_iter().find(|table| table.name == "data/moderation.csv").unwrap().bytes
        });
    }

    #[test]
    fn an_empty_season_gives_tables_with_headings() {
        let artifacts = tables(&Season::default()).unwrap();
        let returns = artifacts.iter().find(|artifact| artifact.name == "data/returns.csv").unwrap();
        assert!(returns.bytes.starts_with("\u{feff}file,framework,".as_bytes()));
        assert!(artifacts.iter().any(|artifact| artifact.name == "data/rows.parquet"));
    }
}
