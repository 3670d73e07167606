//! Which part of a season is meant, and which files fall to it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::words::number_of;

/// One of some parts of a season, from one: `2/4`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Part {
    number: u32,
    of: u32,
}

/// Why no part is meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartError {
    /// It isn't written as one.
    #[error("`{0}` is no part; write it as K/N, the second of four as 2/4, or auto")]
    Unwritten(String),
    /// There is no such part.
    #[error("there is no part {0}: the parts of {1} are numbered from 1 to {1}")]
    Beyond(u32, u32),
    /// Nothing in the environment says which.
    #[error(
        "nothing says which part this is: {} are looked for; name it, as 2/4",
        crate::words::list(&ARRAYS.map(|array| array.index))
    )]
    Untold,
    /// The environment says which, and not of how many.
    #[error("`{0}` says which part this is, and nothing of how many; write auto/N")]
    Uncounted(&'static str),
    /// The environment tells of some tasks of an array alone, of which a season isn't made.
    #[error(
        "`{0}` is `{1}`, and the array has {2} from `{3}` on with gaps or without its beginning: it looks like tasks sent off again; \
         name the part of the season that this task is, as `--shard 2/4`"
    )]
    Again(&'static str, u32, String, u32),
    /// The environment says something that makes no part.
    #[error("`{0}` is `{1}`, which makes no part of {2}; name it, as 2/4")]
    Odd(&'static str, String, u32),
}

/// What numbers the tasks of a cluster's array.
struct Array {
    index: &'static str,
    first: Option<&'static str>,
    last: Option<&'static str>,
    step: Option<&'static str>,
    count: Option<&'static str>,
}

/// The arrays whose tasks are numbered in the environment.
const ARRAYS: [Array; 3] = [
    Array {
        index: "SLURM_ARRAY_TASK_ID",
        first: Some("SLURM_ARRAY_TASK_MIN"),
        last: Some("SLURM_ARRAY_TASK_MAX"),
        step: Some("SLURM_ARRAY_TASK_STEP"),
        count: Some("SLURM_ARRAY_TASK_COUNT"),
    },
    Array {
        index: "AWS_BATCH_JOB_ARRAY_INDEX",
        first: None,
        last: None,
        step: None,
        count: Some("AWS_BATCH_JOB_ARRAY_SIZE"),
    },
    Array { index: "JOB_COMPLETION_INDEX", first: None, last: None, step: None, count: None },
];

impl Part {
    /// Returns a part, from one.
    pub fn new(number: u32, of: u32) -> Result<Self, PartError> {
        if (1..=of).contains(&number) { Ok(Self { number, of }) } else { Err(PartError::Beyond(number, of)) }
    }

    /// Returns which it is, from one.
    pub fn number(self) -> u32 {
        self.number
    }

    /// Returns of how many it is one.
    pub fn of(self) -> u32 {
        self.of
    }

    /// Whether a file falls to it: by its name within the season's folder alone, so that each machine says the same.
    pub fn takes(self, name: &str) -> bool {
        let digest = Sha256::digest(name);
        let number = digest.iter().take(8).fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
        number % u64::from(self.of) == u64::from(self.number - 1)
    }

    /// Returns the part that a cluster's array gives this task; `of` says of how many where the array doesn't, and must agree where it does.
    pub fn of_array(of: Option<u32>, variable: &dyn Fn(&str) -> Option<String>) -> Result<Self, PartError> {
        let told = |array: &&Array| variable(array.index).is_some();
        let array = ARRAYS.iter().find(told).ok_or(PartError::Untold)?;
        let number = |name: Option<&'static str>, usual: u32| match name.and_then(|name| Some((name, variable(name)?)))
        {
            None => Ok(usual),
            Some((name, text)) => text.parse().map_err(|_| PartError::Odd(name, text, of.unwrap_or_default())),
        };
        let counted = number(array.count, of.unwrap_or_default())?;
        if counted == 0 {
            return Err(PartError::Uncounted(array.index));
        }
        let (index, first, step) = (number(Some(array.index), 0)?, number(array.first, 0)?, number(array.step, 1)?);
        let odd = || PartError::Odd(array.index, index.to_string(), of.unwrap_or(counted));
        let (is_told, last) = (of.is_some(), number(array.last, 0)?);
        let is_gapless = array.last.is_none_or(|name| variable(name).is_none())
            || u64::from(last) == u64::from(first) + u64::from(step) * u64::from(counted - 1);
        // Arrays begin at 0 or 1; one that doesn't, or has gaps, may be what is left of another.
        if !is_gapless || (!is_told && first > 1) {
            return Err(PartError::Again(array.index, index, number_of(counted as usize, "task", "tasks"), first));
        }
        let after = index.checked_sub(first).filter(|after| step > 0 && after % step == 0).ok_or_else(odd)?;
        if of.is_some_and(|of| of != counted) {
            return Err(odd());
        }
        Self::new(after / step + 1, counted).map_err(|_| odd())
    }
}

impl FromStr for Part {
    type Err = PartError;

    fn from_str(written: &str) -> Result<Self, PartError> {
        let numbers = written.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        let (number, of) = numbers.ok_or_else(|| PartError::Unwritten(written.to_owned()))?;
        Self::new(number, of)
    }
}

impl TryFrom<String> for Part {
    type Error = PartError;

    fn try_from(written: String) -> Result<Self, PartError> {
        written.parse()
    }
}

impl From<Part> for String {
    fn from(part: Part) -> Self {
        part.to_string()
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_falls_to_one_part_and_each_part_gets_about_as_many() {
        for of in [1, 2, 3, 4, 7] {
            let parts: Vec<Part> = (1..=of).map(|number| Part::new(number, of).unwrap()).collect();
            let mut counts = vec![0_usize; parts.len()];
            for file in 0..1000 {
                let name = format!("North/return {file}.xlsx");
                let takers: Vec<usize> = (0..parts.len()).filter(|at| parts[*at].takes(&name)).collect();
                let [taker] = takers[..] else { panic!("{name} falls to {takers:?}") };
                counts[taker] += 1;
            }
            let mean = 1000 / of as usize;
            assert!(counts.iter().all(|count| count.abs_diff(mean) < 60), "{counts:?}");
        }
    }

    #[test]
    fn a_part_is_written_as_its_number_of_how_many() {
        assert_eq!("2/4".parse(), Part::new(2, 4));
        assert_eq!(Part::new(2, 4).unwrap().to_string(), "2/4");
        for wrong in ["", "2", "0/4", "5/4", "a/4", "2/0", "-1/4", "2/4/1"] {
            assert!(wrong.parse::<Part>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_task_of_an_array_knows_its_part() {
        let part = |of: Option<u32>, variables: &[(&str, &str)]| {
            let variable =
                |name: &str| variables.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned());
            Part::of_array(of, &variable).map(|part| part.to_string()).map_err(|error| error.to_string())
        };
        let slurm = |id, min, step, count| {
            [
                ("SLURM_ARRAY_TASK_ID", id),
                ("SLURM_ARRAY_TASK_MIN", min),
                ("SLURM_ARRAY_TASK_STEP", step),
                ("SLURM_ARRAY_TASK_COUNT", count),
            ]
        };
        let until = |id, min, max, step, count| {
            let [id, min, step, count] = slurm(id, min, step, count);
            [id, min, ("SLURM_ARRAY_TASK_MAX", max), step, count]
        };
        let aws = [("AWS_BATCH_JOB_ARRAY_INDEX", "0"), ("AWS_BATCH_JOB_ARRAY_SIZE", "3")];
        let kubernetes = [("JOB_COMPLETION_INDEX", "3")];
        let right: [(_, &[(&str, &str)], _); 10] = [
            (None, &until("5", "1", "7", "2", "4"), "3/4"),
            (None, &until("6", "0", "6", "2", "4"), "4/4"),
            (None, &until("1", "1", "1", "1", "1"), "1/1"),
            (Some(1), &until("3", "3", "3", "1", "1"), "1/1"),
            (None, &slurm("1", "1", "1", "4"), "1/4"),
            (None, &slurm("3", "0", "1", "4"), "4/4"),
            (Some(4), &slurm("30", "10", "10", "4"), "3/4"),
            (None, &aws, "1/3"),
            (Some(4), &kubernetes, "4/4"),
            (Some(1), &[("JOB_COMPLETION_INDEX", "0")], "1/1"),
        ];
        for (of, variables, expected) in right {
            assert_eq!(part(of, variables).as_deref(), Ok(expected), "{variables:?}");
        }
        // Tasks that were sent off again count themselves alone.
        let wrong: [(_, &[(&str, &str)]); 12] = [
            (None, &until("3", "3", "3", "1", "1")),
            (Some(4), &until("3", "3", "3", "1", "1")),
            (None, &until("3", "3", "4", "1", "2")),
            (None, &until("1", "1", "3", "1", "2")),
            (None, &until("1", "1", "7", "3", "2")),
            (None, &[]),
            (None, &kubernetes),
            (Some(3), &kubernetes),
            (Some(4), &slurm("2", "2", "1", "1")),
            (None, &slurm("7", "1", "1", "3")),
            (None, &slurm("2", "1", "2", "3")),
            (None, &slurm("x", "1", "1", "3")),
        ];
        for (of, variables) in wrong {
            assert!(part(of, variables).is_err(), "{variables:?}");
        }
    }
}
