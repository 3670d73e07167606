//! Dates, times and durations written out as text, as the serial numbers that spreadsheets count with.

use super::DateSystem;

/// The seconds of a day.
const DAY: f64 = 86_400.0;

/// Returns the serial of `2025-03-01` or `2025-03-01T12:30:00`, or of a time alone; `None` where it is neither.
#[expect(clippy::float_arithmetic, reason = "a spreadsheet's serial is a float: days, and the time as a part of a day")]
pub(super) fn serial_of_time(text: &str, system: DateSystem) -> Option<f64> {
    let text = text.trim().trim_end_matches('Z');
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    let day = match date.parse::<jiff::civil::Date>() {
        Ok(date) => serial_of_date(date, system)?,
        // Excel writes the day that there wasn't, too.
        Err(_) if date == "1900-02-29" && system == DateSystem::From1900 => 60,
        Err(_) => return part_of_day(text),
    };
    let time = time.map_or(Some(0.0), part_of_day)?;
    Some(f64::from(day) + time)
}

/// Returns the number that stands for a day.
fn serial_of_date(date: jiff::civil::Date, system: DateSystem) -> Option<i32> {
    let days = |from| date.since((jiff::Unit::Day, from)).map(|span| span.get_days()).ok();
    match system {
        DateSystem::From1904 => days(jiff::civil::date(1904, 1, 1)),
        // A time of no day is written as on the day before the first, which is 30 December for who counts no 29 February.
        DateSystem::From1900 if date == jiff::civil::date(1899, 12, 30) => Some(0),
        // Day 60 is counted as 29 February 1900, which there wasn't.
        DateSystem::From1900 if date < jiff::civil::date(1900, 3, 1) => days(jiff::civil::date(1899, 12, 31)),
        DateSystem::From1900 => days(jiff::civil::date(1899, 12, 30)),
    }
    .filter(|days| *days >= 0)
}

/// Returns a time of day as a part of the day; 24:00 is all of it.
#[expect(clippy::float_arithmetic, reason = "a spreadsheet's time is a float, as a part of a day")]
fn part_of_day(text: &str) -> Option<f64> {
    // Programs write more decimals of a second than a clock has.
    const DECIMALS: usize = 9;
    let cut = text.find('.').map_or(text.len(), |point| text.len().min(point + 1 + DECIMALS));
    let text = text.get(..cut).filter(|_| text[cut..].bytes().all(|byte| byte.is_ascii_digit()))?;
    if text.strip_prefix("24:00").is_some_and(|rest| rest.bytes().all(|byte| matches!(byte, b':' | b'.' | b'0'))) {
        return Some(1.0);
    }
    let time: jiff::civil::Time = text.parse().ok()?;
    let seconds = i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60 + i32::from(time.second());
    Some((f64::from(seconds) + f64::from(time.subsec_nanosecond()) / 1e9) / DAY)
}

/// Returns a duration such as `PT36H30M00.5S` in days.
#[expect(clippy::float_arithmetic, reason = "a spreadsheet's duration is a float, in days")]
pub(super) fn serial_of_duration(text: &str) -> Option<f64> {
    let (sign, text) = text.trim().strip_prefix('-').map_or((1.0, text.trim()), |rest| (-1.0, rest));
    let (days, time) = text.strip_prefix('P')?.split_once('T').unwrap_or((text.strip_prefix('P')?, ""));
    let mut seconds = match days.strip_suffix('D') {
        Some(days) => days.parse::<f64>().ok()? * DAY,
        None if days.is_empty() => 0.0,
        None => return None,
    };
    for piece in time.split_inclusive(['H', 'M', 'S']) {
        let (amount, unit) = piece.split_at(piece.len() - 1);
        let amount: f64 = amount.parse().ok()?;
        seconds += match unit {
            "H" => amount * 3600.0,
            "M" => amount * 60.0,
            "S" => amount,
            _ => return None,
        };
    }
    Some(sign * seconds / DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_dates_are_serials() {
        let cases = [
            ("2025-01-01", DateSystem::From1900, Some(45658.0)),
            ("2025-01-01T18:00:00", DateSystem::From1900, Some(45658.75)),
            ("2025-01-01T00:00:00Z", DateSystem::From1904, Some(44196.0)),
            ("1900-02-28", DateSystem::From1900, Some(59.0)),
            ("1900-02-29", DateSystem::From1900, Some(60.0)),
            ("1900-02-29T12:00:00", DateSystem::From1900, Some(60.5)),
            ("1900-02-29", DateSystem::From1904, None),
            ("1900-03-01", DateSystem::From1900, Some(61.0)),
            ("1899-12-29", DateSystem::From1900, None),
            ("1899-12-30T12:00:00", DateSystem::From1900, Some(0.5)),
            ("1899-12-31T12:00:00", DateSystem::From1900, Some(0.5)),
            ("1900-01-01", DateSystem::From1900, Some(1.0)),
            ("1904-01-01", DateSystem::From1904, Some(0.0)),
            ("2025-01-01T24:00:00", DateSystem::From1900, Some(45659.0)),
            ("2025-01-01T06:00:00.00000000045242400", DateSystem::From1900, Some(45658.25)),
            ("2025-01-01T06:00:00.5.5", DateSystem::From1900, None),
            ("12:00:00", DateSystem::From1900, Some(0.5)),
            ("2025-02-30", DateSystem::From1900, None),
            ("soon", DateSystem::From1900, None),
        ];
        for (text, system, expected) in cases {
            assert_eq!(serial_of_time(text, system), expected, "{text} {system:?}");
        }
    }

    #[test]
    fn a_day_written_out_is_the_day_of_its_serial_in_both_systems() {
        for system in [DateSystem::From1900, DateSystem::From1904] {
            let (first, last) = (jiff::civil::date(1904, 1, 1), jiff::civil::date(2104, 12, 31));
            for day in first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last) {
                for time in ["", "T00:00:00", "T12:34:56.789", "T23:59:59Z"] {
                    let serial = serial_of_time(&format!("{day}{time}"), system).unwrap();
                    assert_eq!(system.date(serial), Some(day), "{day}{time} {system:?}");
                }
            }
        }
    }

    #[test]
    fn durations_are_days() {
        let cases = [
            ("PT36H00M00S", Some(1.5)),
            ("P1DT12H", Some(1.5)),
            ("-PT6H", Some(-0.25)),
            ("PT", Some(0.0)),
            ("36:00", None),
            ("P1Y", None),
        ];
        for (text, expected) in cases {
            assert_eq!(serial_of_duration(text), expected, "{text}");
        }
    }
}
