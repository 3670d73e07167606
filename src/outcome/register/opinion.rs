//! The judgements of others than the raters, counted and put together.

use super::Registers;
use crate::exact::Exact;
use crate::framework::expression::Quantity;
use crate::outcome::consolidation::{Declared, Voice};
use crate::returns::{Grading, Reading};
use crate::wording::name_words;

impl Registers<'_> {
    /// Counts the criteria on which somebody beside the raters gave a judgement that counts.
    pub(super) fn opinions_given(&self, who: &Quantity) -> Quantity {
        if !who.is_known() {
            return Quantity::Unknown;
        }
        let who = who.to_string();
        let theirs = self.sent.opinions.iter().filter(|((heading, _), _)| is_of(heading, &who));
        let given = theirs.filter(|(_, entry)| entry.given().is_some_and(|grading| grading.points.is_some()));
        Quantity::Number(given.count().into())
    }

    /// Returns the share of those beside the raters whose judgement on a criterion is a grade, each weighed by a column of
    /// the register in which they stand; those who gave none that counts are left out.
    pub(in crate::outcome) fn opinion_share(
        &self,
        criterion: &str,
        grade: &str,
        weight: Option<(&str, &str)>,
    ) -> Quantity {
        let (mut all, mut those, mut open) = (Exact::zero(), Exact::zero(), Exact::zero());
        for (heading, grading) in self.judgements(criterion) {
            let weight = match weight {
                Some((register, column)) => self.weight_of(heading, register, column),
                None => Some(Exact::one()),
            };
            let Some(weight) = weight else { return Quantity::Unknown };
            match grading {
                Some(grading) if grading.grade == grade => those = those + weight.clone(),
                Some(_) => {}
                None => open = open + weight.clone(),
            }
            all = all + weight;
        }
        let most = &those + &open;
        if open.is_zero() {
            return those.divided_by(&all).into();
        }
        Quantity::between(those.divided_by(&all).into(), most.divided_by(&all).into())
    }

    /// Returns the grade that the judgements of those beside the raters make for the whole, by the rule that the return
    /// names; those who gave none that counts are left out.
    pub(in crate::outcome) fn consolidated(&self, criterion: &str) -> Quantity {
        let Some(spec) = &self.framework.consolidation else { return Quantity::Unknown };
        let voices = self.judgements(criterion).map(|(heading, grading)| {
            let holds = grading.map(|grading| grading.grade == spec.grade);
            let listed = spec.register.as_ref().zip(spec.register_weight.as_ref());
            let weight =
                listed.and_then(|(register, column)| self.weight_of(heading, register.as_str(), column.as_str()));
            Voice { holds, weight }
        });
        let voices: Vec<Voice> = voices.collect();
        let holds = Declared::by_return(self.framework, self.sent).and_then(|declared| declared.decide(&voices));
        holds.map(|holds| Quantity::from(if holds { spec.grade.as_str() } else { spec.otherwise.as_str() })).into()
    }

    /// Returns the judgements on a criterion that count, each with who gave it; `None` stands for one that can't be used.
    fn judgements(&self, criterion: &str) -> impl Iterator<Item = (&str, Option<&Grading>)> {
        self.sent.opinions.iter().filter(move |((_, id), _)| id.as_str() == criterion).filter_map(
            |((who, _), entry)| {
                let grading = entry.given().filter(|grading| grading.points.is_some());
                (grading.is_some() || entry.reading == Reading::Unusable).then_some((who.as_str(), grading))
            },
        )
    }

    /// Returns what a column says of the row whose key is a heading.
    fn weight_of(&self, heading: &str, register: &str, column: &str) -> Option<Exact> {
        let key = self.spec(register)?.key.as_ref()?;
        let named =
            |row: &usize| self.value(register, *row, key.as_str()).text().is_some_and(|name| is_of(heading, name));
        let row = self.rows(register)?.into_iter().find(named)?;
        self.value(register, row, column).number().cloned()
    }
}

/// Whether a heading is somebody's: “Health & Safety” heads the column of “Health and Safety”, and “Health (inc. ICT)” that of “Health”.
fn is_of(heading: &str, name: &str) -> bool {
    let bare = |text: &str| text.split_once('(').map_or_else(Vec::new, |(before, _)| name_words(before));
    let (own, other) = (name_words(heading), name_words(name));
    own == other || !own.is_empty() && own == bare(name) || !other.is_empty() && other == bare(heading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_somebodys_with_and_without_what_stands_in_brackets() {
        let cases = [
            ("Health & Safety", "Health and Safety", true),
            ("Health (inc. ICT)", "Health", true),
            ("Health", "Health (inc. ICT)", true),
            ("Health (adults)", "Health (children)", false),
            ("Health and Safety (ICT)", "Health", false),
            ("(ICT)", "", false),
        ];
        for (heading, name, expected) in cases {
            assert_eq!(is_of(heading, name), expected, "{heading}: {name}");
        }
    }
}
