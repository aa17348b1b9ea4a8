//! When the result of a dossier is owed.
//!
//! Working days are Monday to Friday without the holidays of Bộ luật Lao động
//! 2019, Điều 112. Those that follow the moon, and days moved by a decision of
//! the Government, come from a file; the day of receipt does not count (Bộ luật
//! Dân sự 2015, Điều 147). Certifications are owed the same day, or the next
//! working day for what arrives after 15:00 (Nghị định 23/2015/NĐ-CP, Điều 7).

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt;

use crate::say::{self, Lang, Tell};
use crate::time::{Day, Timestamp};

/// The file of holidays, in the archive's root.
pub const HOLIDAYS_FILE: &str = "ngay-nghi.txt";
/// The file of procedures, in the archive's root.
pub const PROCEDURES_FILE: &str = "thu-tuc.toml";
/// Holidays that stand in the sun's calendar, day and month: New Year's Day,
/// Reunification, Labour Day, National Day.
const FIXED: [(i8, i8); 4] = [(1, 1), (30, 4), (1, 5), (2, 9)];
/// The hour after which what arrives for certification is owed the next day.
const CUT_OFF: i8 = 15;
/// When the office closes: results owed on a day are there by then.
const CLOSING: (i8, i8) = (17, 0);
/// Most working days a procedure may take.
pub const MOST_DAYS: u32 = 1_000;
/// Longest holiday that is looked across, in days.
const LONGEST_HOLIDAY: usize = 60;

/// Which days are worked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    off: BTreeSet<Day>,
    worked: BTreeSet<Day>,
}

impl Calendar {
    /// Reads a file of holidays: a day a line, a comment after it. A `+` before
    /// the day makes it a working day (ngày làm bù).
    ///
    /// ```text
    /// # Tết Bính Ngọ
    /// 2026-02-16  giao thừa
    /// +22/08/2026 làm bù
    /// ```
    ///
    /// # Errors
    ///
    /// When a line does not begin with a day of the calendar.
    pub fn read(text: &str) -> Result<Self, CalendarError> {
        let mut calendar = Self::default();
        for (line, number) in text.trim_start_matches('\u{feff}').lines().zip(1..) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (into, rest) = match line.strip_prefix('+') {
                Some(rest) => (&mut calendar.worked, rest.trim_start()),
                None => (&mut calendar.off, line),
            };
            let word = rest.split_whitespace().next().unwrap_or_default();
            let day = Day::typed(word).ok_or_else(|| CalendarError {
                line: number,
                found: word.chars().take(40).collect(),
            })?;
            into.insert(day);
        }
        Ok(calendar)
    }

    /// Whether the office works that day.
    fn is_working(&self, day: Day) -> bool {
        if self.worked.contains(&day) {
            return true;
        }
        let is_fixed = FIXED.contains(&(day.day(), day.month()));
        !(day.is_weekend() || is_fixed || self.off.contains(&day))
    }

    /// Whether the file names a holiday of that year: a year without one lacks
    /// Tết.
    #[must_use]
    pub fn knows(&self, year: i16) -> bool {
        self.off.iter().any(|day| day.year() == year)
    }

    /// The day itself if it is worked, or the next one that is (Bộ luật Dân sự
    /// 2015, Điều 148.5); `None` across more than sixty days off.
    #[must_use]
    pub fn working_from(&self, day: Day) -> Option<Day> {
        let days = std::iter::successors(Some(day), |day| day.next());
        days.take(LONGEST_HOLIDAY).find(|day| self.is_working(*day))
    }

    /// The working day `count` working days after `day`.
    fn after(&self, day: Day, count: u32) -> Option<Day> {
        (0..count).try_fold(day, |day, _| self.working_from(day.next()?))
    }
}

/// A line of the file of holidays that is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarError {
    /// The line, from 1.
    pub line: usize,
    /// What stands there.
    pub found: String,
}

impl Tell for CalendarError {
    fn tell(&self, lang: Lang) -> String {
        say::track::holiday_line(lang, HOLIDAYS_FILE, self.line, &self.found)
    }
}

impl Error for CalendarError {}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

/// How long a procedure takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// So many working days, the day of receipt not counted.
    Days(u32),
    /// The same day, or the next working day after 15:00.
    SameDay,
}

impl Term {
    /// Working days it is owed within; 0 is the same day.
    #[must_use]
    pub fn days(self) -> u32 {
        match self {
            Self::Days(days) => days,
            Self::SameDay => 0,
        }
    }

    /// When the result is owed of what was received then; `None` beyond the
    /// calendar. What arrives on a day off counts as received on the next
    /// working day.
    #[must_use]
    pub fn due(self, received: Timestamp, calendar: &Calendar) -> Option<Timestamp> {
        let arrived = received.day();
        let counted = calendar.working_from(arrived)?;
        let (hour, minute) = received.hour_and_minute();
        let is_late = counted == arrived && (hour, minute) > (CUT_OFF, 0);
        let day = match self {
            Self::Days(days) => calendar.after(counted, days)?,
            Self::SameDay if is_late => calendar.after(counted, 1)?,
            Self::SameDay => counted,
        };
        Timestamp::at(day, CLOSING.0, CLOSING.1)
    }
}

/// A procedure (thủ tục hành chính).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Procedure {
    /// Its name; empty where it is not known.
    pub name: String,
    /// How long it takes.
    pub term: Term,
}

/// The procedures an office offers, by code (mã TTHC).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Procedures(BTreeMap<String, Procedure>);

impl Default for Procedures {
    /// The certifications and extracts that every commune does.
    fn default() -> Self {
        let known = [
            ("2.000815", "Chứng thực bản sao từ bản chính giấy tờ, văn bản"),
            ("2.000908", "Cấp bản sao từ sổ gốc"),
            ("2.000635", "Cấp bản sao trích lục hộ tịch"),
        ];
        let same_day =
            |name: &str| Procedure { name: name.to_owned(), term: Term::SameDay };
        Self(known.map(|(code, name)| (code.to_owned(), same_day(name))).into())
    }
}

impl Procedures {
    /// Those of a file, besides those every commune has.
    ///
    /// ```toml
    /// ["1.004873"]
    /// name = "Cấp giấy xác nhận tình trạng hôn nhân"
    /// days = 3
    /// ```
    ///
    /// # Errors
    ///
    /// When it is not TOML, a code is none, or a term is missing or too long.
    pub fn read(text: &str) -> Result<Self, ProceduresError> {
        let table: toml::Table = text.trim_start_matches('\u{feff}').parse().map_err(
            |error: toml::de::Error| ProceduresError::Syntax(error.message().to_owned()),
        )?;
        let mut all = Self::default();
        for (code, about) in table {
            let bad = || ProceduresError::Procedure(code.chars().take(60).collect());
            let about =
                about.as_table().filter(|_| is_procedure(&code)).ok_or_else(bad)?;
            let known = ["name", "days", "same_day"];
            if about.keys().any(|key| !known.contains(&key.as_str())) {
                return Err(bad());
            }
            let days = about.get("days").and_then(toml::Value::as_integer);
            let days = days.and_then(|days| u32::try_from(days).ok());
            let same_day = about.get("same_day").and_then(toml::Value::as_bool);
            let term = match (days, same_day.unwrap_or(false)) {
                (None, true) => Term::SameDay,
                (Some(days), false) if (1..=MOST_DAYS).contains(&days) => {
                    Term::Days(days)
                }
                (Some(_) | None, _) => return Err(bad()),
            };
            let name =
                about.get("name").and_then(toml::Value::as_str).unwrap_or_default();
            all.0.insert(code.clone(), Procedure { name: name.to_owned(), term });
        }
        Ok(all)
    }

    /// The procedure of this code. A code that names the level it is offered
    /// at is that of the plain code, if it has no entry of its own.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Procedure> {
        self.0.get(code).or_else(|| self.0.get(code.get(..PLAIN)?))
    }
}

/// Letters of a procedure's code without the level it is offered at.
const PLAIN: usize = 8;

/// `^\d\.\d{6}(\.(000\.00\.00\.)?[A-Z]\d{2})?$`
#[must_use]
pub fn is_procedure(code: &str) -> bool {
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let Some((plain, level)) = code.split_at_checked(PLAIN) else { return false };
    let is_plain = plain.split_once('.').is_some_and(|(group, number)| {
        group.len() == 1 && is_digits(group) && is_digits(number)
    });
    let is_level = |level: &str| {
        let level = level.strip_prefix("000.00.00.").unwrap_or(level);
        let mut letters = level.chars();
        letters.next().is_some_and(|c| c.is_ascii_uppercase())
            && letters.as_str().len() == 2
            && is_digits(letters.as_str())
    };
    is_plain && (level.is_empty() || level.strip_prefix('.').is_some_and(is_level))
}

/// What is wrong with the file of procedures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProceduresError {
    /// It is not TOML; the parser's words.
    Syntax(String),
    /// This entry is no procedure.
    Procedure(String),
}

impl Tell for ProceduresError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Syntax(detail) => {
                say::track::procedures_syntax(lang, PROCEDURES_FILE, detail)
            }
            Self::Procedure(code) => {
                say::track::procedures_entry(lang, PROCEDURES_FILE, code)
            }
        }
    }
}

impl Error for ProceduresError {}

impl fmt::Display for ProceduresError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Received on a Thursday, 16 July 2026, unless said otherwise.
    fn due(term: Term, received: &str, calendar: &Calendar) -> String {
        let received = Timestamp::read(&format!("{received}:00+07:00")).unwrap();
        term.due(received, calendar).unwrap().to_string().chars().take(16).collect()
    }

    #[test]
    fn the_day_of_receipt_and_weekends_do_not_count() {
        let plain = Calendar::default();
        assert_eq!(due(Term::Days(1), "2026-07-16T09:00", &plain), "2026-07-17T17:00");
        assert_eq!(due(Term::Days(2), "2026-07-16T09:00", &plain), "2026-07-20T17:00");
        assert_eq!(due(Term::Days(5), "2026-07-16T16:59", &plain), "2026-07-23T17:00");
    }

    #[test]
    fn certifications_after_three_are_owed_the_next_working_day() {
        let plain = Calendar::default();
        let same = |received| due(Term::SameDay, received, &plain);
        assert_eq!(same("2026-07-16T15:00"), "2026-07-16T17:00");
        assert_eq!(same("2026-07-16T15:01"), "2026-07-17T17:00");
        assert_eq!(same("2026-07-17T15:30"), "2026-07-20T17:00", "a Friday");
        assert_eq!(same("2026-07-18T15:30"), "2026-07-20T17:00", "a Saturday");
    }

    #[test]
    fn holidays_and_moved_days_come_from_the_file() {
        let text = "# Tết\n2026-02-16 giao thừa\n17/02/2026\n\n18/2/2026\n2026-02-19\n\
                    2026-02-20\n+2026-02-28 làm bù\n";
        let calendar = Calendar::read(text).unwrap();
        assert_eq!(due(Term::Days(1), "2026-02-13T09:00", &calendar), "2026-02-23T17:00");
        assert_eq!(due(Term::Days(1), "2026-02-27T09:00", &calendar), "2026-02-28T17:00");
        assert!(calendar.knows(2026) && !calendar.knows(2027));
        let fixed = due(Term::Days(1), "2026-04-29T09:00", &calendar);
        assert_eq!(fixed, "2026-05-04T17:00", "30 April, 1 May, a weekend");
        let error = Calendar::read("2026-02-16\n30/02/2026\n").unwrap_err();
        assert_eq!((error.line, error.found.as_str()), (2, "30/02/2026"));
    }

    #[test]
    fn procedures_have_codes_and_terms() {
        let text = "[\"1.004873\"]\nname = 'Xác nhận'\ndays = 3\n";
        let all = Procedures::read(text).unwrap();
        assert_eq!(all.get("1.004873").map(|p| p.term), Some(Term::Days(3)));
        let with_level = all.get("2.000815.000.00.00.H32");
        assert_eq!(with_level.map(|p| p.term), Some(Term::SameDay));
        assert_eq!(all.get("1.999999"), None);
        for wrong in
            ["[x]\ndays = 3", "[\"1.004873\"]\n", "[\"1.004873\"]\ndays = 0", "="]
        {
            assert!(Procedures::read(wrong).is_err(), "{wrong}");
        }
        for code in ["2.000815", "1.010708.000.00.00.H56", "1.000948.H38"] {
            assert!(is_procedure(code), "{code}");
        }
        for none in ["2000815", "2.00081", "22.00081", "2.000815.", "2.000815.H3", "1.đ"]
        {
            assert!(!is_procedure(none), "{none}");
        }
    }
}
