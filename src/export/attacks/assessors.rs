//! Nothing is passed on by assessor, however the season groups its returns.

use std::collections::{BTreeMap, BTreeSet};

use super::File;
use crate::document::branding::Branding;
use crate::document::letters::Letters;
use crate::framework::Framework;
use crate::report::sheets::{self, SeasonView};
use crate::report::{Audience, FrameworkSeason, Setting, overarching};
use crate::season::team_notes::TeamNotes;
use crate::season::{Expected, Roster, Season, Settings, Surroundings, sample};
use crate::statistics::Statistics;

/// What the name of each assessor begins with.
const ASSESSOR: &str = "Pat Quill";

/// Who assessed the organisation of a number: each of five has enough to be a group.
fn assessor(number: usize) -> String {
    format!("{ASSESSOR} {}", number % 5)
}

/// Returns a season whose roster has the assessors in a column, if its name is given, whose forms have them if they have such a field, and
/// which is grouped by these columns.
fn season<'a>(frameworks: &'a [Framework; 1], listed: Option<&str>, group_by: Option<&[&str]>) -> Season<'a> {
    let mut roster = Roster::default();
    let mut reviews = sample::reviews(&frameworks[0], 40, 3);
    for number in 1..=40 {
        let organisation = format!("Organisation {number:02}");
        let size = ("size".to_owned(), ["Large", "Small"][number % 2].to_owned());
        let column = listed.map(|column| (column.to_owned(), assessor(number)));
        for review in reviews.iter_mut().filter(|review| review.organisation.as_ref() == Some(&organisation)) {
            review.fields.insert("lead".into(), assessor(number).as_str().into());
        }
        let columns = [size].into_iter().chain(column).collect();
        roster.add(Expected { organisation, kinds: Vec::new(), columns });
    }
    let group_by = group_by.map(|columns| columns.iter().map(ToString::to_string).collect());
    let settings = Settings { group_by, ..Settings::default() };
    Season::new(frameworks, Surroundings { roster: Some(roster), settings, ..Surroundings::default() }, reviews)
}

/// Returns all that the report and the season workbook for everybody say.
fn said(season: &Season, published: &Statistics) -> String {
    let of = FrameworkSeason {
        framework: &season.frameworks[0],
        statistics: &published.frameworks[0],
        hidings: &published.hidings,
        returns: &season.returns,
        findings: &season.findings,
        silenced: &season.decisions.silenced,
        graded: &season.decisions.graded,
        consolidations: &season.consolidations,
        frameworks: season.frameworks,
        previous: season.previous.as_ref(),
        bundles: &season.bundles,
        limits: season.settings.disclosure,
        audience: Audience::Everybody,
        title_of: |_| None,
    };
    let setting = Setting {
        branding: Branding::default(),
        date: None,
        data_date: None,
        letter_date: None,
        letters: Letters::default(),
    };
    let view = SeasonView {
        title: "Season",
        branding: &setting.branding,
        season,
        statistics: published,
        notes: &TeamNotes::default(),
        made: &BTreeMap::new(),
        date: None,
        audience: Audience::Everybody,
        title_of: |_| None,
    };
    format!("{:?}{:?}", overarching(&setting, &of), sheets::season(&view))
}

#[test]
fn nothing_is_passed_on_by_assessor() {
    let (with_field, without) = ([sample::assessed()], [sample::usual()]);
    let all = ["size", "lead", "Lead_assessor", "assessor", "assessors", "seen_by"];
    for (frameworks, listed, group_by) in [
        (&with_field, None, Some(&["lead", "size"][..])),
        (&with_field, Some("lead"), None),
        (&with_field, Some("lead_assessor"), None),
        (&with_field, Some("assessor"), None),
        (&with_field, Some("assessor_s_name"), Some(&["size", "assessor_s_name"])),
        // The names are those that the forms give as their assessors'.
        (&with_field, Some("seen_by"), Some(&all)),
        // The form names nobody; the roster's heading says who it is.
        (&without, Some("assessors"), None),
        (&without, Some("external_assessor"), Some(&["external_assessor", "size"])),
    ] {
        let season = season(frameworks, listed, group_by);
        let by_assessor = |sent: &crate::season::SeasonReturn| sent.groups.values().any(|by| by.starts_with(ASSESSOR));
        assert!(season.headline().all(by_assessor), "{listed:?}: the season isn\u{2019}t grouped by assessor");
        let published = Statistics::published(&season).unwrap();
        let groups = File::of(&season).between("group/", "/returns");
        let columns: BTreeSet<&str> = groups.iter().filter_map(|group| group.split('/').next()).collect();
        // The region stands on the cover.
        assert!(columns.contains("size") && columns.is_subset(&["region", "size"].into()), "{listed:?}: {columns:?}");
        for told in [format!("{published:?}"), said(&season, &published)] {
            assert!(told.contains("Small") && !told.contains(ASSESSOR), "{listed:?} {group_by:?}: {told}");
        }
    }
}
