//! A return's findings as a list that programs read.
//!
//! What follows from a finding is told with it. What is wrong at its own cell by another rule, and what breaks a rule of the framework's
//! own, is also listed by itself, right after it and marked as caused by it, so that a program finds each cell under each rule that it
//! breaks; reading passes over it.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Finding;
use super::json::{Repeat, Written};

/// One entry of the list.
#[derive(Serialize)]
#[serde(untagged)]
enum Entry<'a> {
    Told(&'a Finding),
    Repeated(Repeat<'a>),
}

/// Writes findings, each followed by those of its effects that are listed by themselves.
pub fn serialize<S: Serializer>(findings: &[Finding], serializer: S) -> Result<S::Ok, S::Error> {
    let of = |cause| std::iter::once(Entry::Told(cause)).chain(repeats(cause));
    serializer.collect_seq(findings.iter().flat_map(of))
}

/// Returns the effects of a finding at its own cell, and those by rules of a framework's own.
fn repeats(cause: &Finding) -> impl Iterator<Item = Entry<'_>> {
    let here = cause.effects.iter().filter(|effect| effect.place == cause.place || effect.rule.is_of_a_framework());
    here.map(move |effect| Entry::Repeated(Repeat { effect, cause }))
}

/// Reads findings, each once.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Finding>, D::Error> {
    let written = Vec::<Written>::deserialize(deserializer)?;
    Ok(written.into_iter().filter(|written| !written.is_repeat()).map(Finding::from).collect())
}
