//! Moments and days in Vietnam.
//!
//! Vietnam has kept UTC+07:00 without daylight saving since 1975, so a fixed
//! offset is the whole time zone. Moments are written in ISO 8601 with
//! `+07:00`, as Nghị định 30/2020/NĐ-CP, Phụ lục I, asks; people see
//! `dd/mm/yyyy`. The clock itself is read in `cli` only.

use std::fmt;

use jiff::civil;
use jiff::tz::Offset;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Seconds between UTC and Vietnamese time.
const VIETNAM: i32 = 7 * 3600;

/// A moment, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(jiff::Timestamp);

impl Timestamp {
    /// The moment `seconds` after 1970-01-01T00:00:00Z, or `None` beyond the
    /// years -9999 to 9999.
    #[must_use]
    pub fn from_unix(seconds: i64) -> Option<Self> {
        jiff::Timestamp::from_second(seconds).ok().map(Self)
    }

    /// Reads ISO 8601.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn unix(self) -> i64 {
        self.0.as_second()
    }

    /// The moment that `text` names: an ISO 8601 moment with its offset, or a day,
    /// which ends at midnight in Vietnam.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        if let Ok(moment) = text.parse() {
            return Some(Self(moment));
        }
        let day: civil::Date = text.parse().ok()?;
        let last = day.at(23, 59, 59, 0);
        Offset::from_seconds(VIETNAM).ok()?.to_timestamp(last).ok().map(Self)
    }

    /// The day of this moment in Vietnam.
    #[must_use]
    pub fn day(self) -> Day {
        Day(self.civil().date())
    }

    /// Day and minute as people read them in Vietnam: `16/07/2026 10:13`.
    #[must_use]
    pub fn minute(self) -> String {
        self.civil().strftime("%d/%m/%Y %H:%M").to_string()
    }

    /// `hhmmss`, the time of day in Vietnam.
    #[must_use]
    pub fn hhmmss(self) -> String {
        self.civil().strftime("%H%M%S").to_string()
    }

    /// The form PDF dates take: `D:20260716101345+07'00'`
    /// (ISO 32000-2, 7.9.4).
    #[must_use]
    pub fn pdf(self) -> String {
        self.civil().strftime("D:%Y%m%d%H%M%S+07'00'").to_string()
    }

    /// Hour and minute in Vietnam.
    #[must_use]
    pub fn hour_and_minute(self) -> (i8, i8) {
        let civil = self.civil();
        (civil.hour(), civil.minute())
    }

    /// The moment a clock in Vietnam shows `hour:minute` on `day`; `None` for
    /// an hour no clock shows.
    #[must_use]
    pub fn at(day: Day, hour: i8, minute: i8) -> Option<Self> {
        let time = civil::Time::new(hour, minute, 0, 0).ok()?;
        let civil = day.0.to_datetime(time);
        Offset::from_seconds(VIETNAM).ok()?.to_timestamp(civil).ok().map(Self)
    }

    /// The form of `UTCTime`: `260716031345Z` (RFC 5652, 11.3; until 2049).
    #[must_use]
    pub fn utc(self) -> String {
        self.0.strftime("%y%m%d%H%M%SZ").to_string()
    }

    /// As people write it: `16/07/2026` and `10:13:45` (Nghị định 30/2020/NĐ-CP,
    /// Phụ lục III).
    #[must_use]
    pub fn day_and_hour(self) -> (String, String) {
        let civil = self.civil();
        (civil.strftime("%d/%m/%Y").to_string(), civil.strftime("%H:%M:%S").to_string())
    }

    /// This many seconds later, at the end of time at most.
    #[must_use]
    pub fn after(self, seconds: i64) -> Self {
        Self::from_unix(self.unix().saturating_add(seconds)).unwrap_or(self)
    }

    /// Wall-clock time in Vietnam.
    fn civil(self) -> civil::DateTime {
        Offset::from_seconds(VIETNAM).unwrap_or(Offset::UTC).to_datetime(self.0)
    }
}

/// ISO 8601: `2026-07-16T10:13:45+07:00`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.civil().strftime("%Y-%m-%dT%H:%M:%S+07:00"))
    }
}

/// ISO 8601.
impl Serialize for Day {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map(Self).map_err(serde::de::Error::custom)
    }
}

/// A calendar day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(civil::Date);

impl Day {
    /// The day with this year, month (1-12) and day of the month, if there is one.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok().map(Self)
    }

    /// The day a dossier code names: `yymmdd`, of this century
    /// (Thông tư 01/2018/TT-VPCP, Điều 19).
    #[must_use]
    pub fn from_yymmdd(text: &str) -> Option<Self> {
        if text.len() != 6 || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<i8>().ok();
        Self::new(2000 + i16::from(part(0..2)?), part(2..4)?, part(4..6)?)
    }

    /// A day as people type it: `2026-07-16` (ISO 8601) or `16/07/2026`, leading
    /// zeros as they like.
    #[must_use]
    pub fn typed(text: &str) -> Option<Self> {
        let separator = if text.contains('/') { '/' } else { '-' };
        let mut parts: Vec<&str> = text.trim().split(separator).collect();
        if separator == '/' {
            parts.reverse();
        }
        let [year, month, day] = parts.try_into().ok()?;
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || ![year, month, day].into_iter().all(is_number) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The day so many days later, or earlier for a negative number; the same
    /// day where the calendar of the years -9999 to 9999 ends.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        let span = jiff::Span::new().try_days(days);
        let there = span.and_then(|span| self.0.checked_add(span));
        there.map_or(self, Self)
    }

    /// Days from this one to `other`; negative if that was before.
    #[must_use]
    pub fn days_until(self, other: Self) -> i64 {
        other.0.duration_since(self.0).as_hours() / 24
    }

    /// The day of the week, Monday 1 to Sunday 7 (ISO 8601).
    #[must_use]
    pub fn weekday(self) -> i8 {
        self.0.weekday().to_monday_one_offset()
    }

    /// Year and number of the week (ISO 8601).
    #[must_use]
    pub fn week(self) -> (i16, i8) {
        let week = self.0.iso_week_date();
        (week.year(), week.week())
    }

    /// The first day of its month.
    #[must_use]
    pub fn first_of_month(self) -> Self {
        Self(self.0.first_of_month())
    }

    /// The last day of its month.
    #[must_use]
    pub fn last_of_month(self) -> Self {
        Self(self.0.last_of_month())
    }

    /// `yymmdd`, as in a dossier code.
    #[must_use]
    pub fn yymmdd(self) -> String {
        self.0.strftime("%y%m%d").to_string()
    }

    /// Year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Month, 1 to 12.
    #[must_use]
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// Day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The day after; `None` after the last day of the calendar.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        self.0.tomorrow().ok().map(Self)
    }

    /// Whether it is a Saturday or a Sunday.
    #[must_use]
    pub fn is_weekend(self) -> bool {
        use civil::Weekday::{Saturday, Sunday};
        matches!(self.0.weekday(), Saturday | Sunday)
    }

    /// As people read it in Vietnam: `16/07/2026`.
    #[must_use]
    pub fn vietnamese(self) -> String {
        self.0.strftime("%d/%m/%Y").to_string()
    }
}

/// ISO 8601: `2026-07-16`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.strftime("%Y-%m-%d"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_in_vietnamese_time() {
        let t = Timestamp::from_unix(1_784_171_625).unwrap();
        assert_eq!(t.to_string(), "2026-07-16T10:13:45+07:00");
        assert_eq!(t.pdf(), "D:20260716101345+07'00'");
        assert_eq!(t.day().vietnamese(), "16/07/2026");
    }

    #[test]
    fn the_day_changes_at_midnight_in_vietnam() {
        let t = Timestamp::from_unix(1_784_171_625 - 11 * 3600).unwrap();
        assert_eq!(t.day().to_string(), "2026-07-15");
    }

    #[test]
    fn a_day_that_does_not_exist_is_none() {
        assert_eq!(Day::from_yymmdd("260230"), None);
        assert_eq!(Day::from_yymmdd("26023"), None);
        assert_eq!(Day::from_yymmdd("260716").unwrap().yymmdd(), "260716");
    }

    #[test]
    fn a_day_is_read_as_people_type_it() {
        let day = Day::new(2026, 7, 6);
        for typed in ["2026-07-06", "06/07/2026", "6/7/2026", " 2026-7-6 "] {
            assert_eq!(Day::typed(typed), day, "{typed}");
        }
        for none in ["2026-02-30", "06-07-2026", "6/7/26", "2026-07", "", "2026-07-06-01"]
        {
            assert_eq!(Day::typed(none), None, "{none}");
        }
    }

    #[test]
    fn json_and_back() {
        let t = Timestamp::from_unix(1_784_171_625).unwrap();
        let json = serde_json::to_string(&t).unwrap();
        assert_eq!(serde_json::from_str::<Timestamp>(&json).unwrap(), t);
    }
}
