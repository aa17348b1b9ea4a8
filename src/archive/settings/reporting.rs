//! What `sohoa.toml` says for reports: targets, units, officers, campaigns and
//! what paper costs. All of it may be missing.
//!
//! ```toml
//! [targets]                 # percent, by the names reports use
//! ky_so = 100
//! so_hoa = 80
//! [savings]
//! price = 350               # đồng a sheet, printed
//! duplex = true
//! copies = 3                # of each document, were it paper
//! [[units]]
//! id = "VPHĐND"
//! name = "Văn phòng HĐND và UBND"
//! group = "I"               # I departments, II land registry, III communes
//! from = 2025-07-01         # valid from and until, and what came after it
//! until = 2026-06-30
//! successor = "VP"
//! [[officers]]
//! id = "nva"
//! name = "Nguyễn Văn A"
//! unit = "VP"
//! leader = true
//! [[campaigns]]
//! name = "khong-giay-2026"
//! title = "30 ngày không in giấy"
//! from = 2026-07-15
//! to = 2026-08-15
//! due = 2026-08-20
//! targets = { ky_so = 100 }
//! ```

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::archive::settings::{Problem, SettingsError};
use crate::time::Day;

/// The figures for which there can be targets, as reports name them.
pub const INDICATORS: [&str; 17] = [
    "xu_ly_mang",
    "ky_so",
    "ky_so_lanh_dao",
    "so_hoa",
    "so_hoa_ho_so",
    "ket_qua_dien_tu",
    "tai_su_dung",
    "chia_se",
    "tthc_dan_cu",
    "ho_so_dan_cu",
    "chung_thuc_dien_tu",
    "dung_han",
    "truc_tuyen",
    "thanh_toan",
    "kpi",
    "da_ky_so",
    "phieu_hen",
];

/// What reports are told by the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reporting {
    /// Figures and what they should be, in hundredths of a percent.
    pub targets: Vec<(String, u32)>,
    /// What paper costs.
    pub savings: Savings,
    /// The units of the agency.
    pub units: Vec<UnitEntry>,
    /// Its officers.
    pub officers: Vec<Officer>,
    /// Its campaigns.
    pub campaigns: Vec<Campaign>,
}

/// What paper costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Savings {
    /// Đồng a printed sheet.
    pub price: u32,
    /// Whether both sides are printed.
    pub duplex: bool,
    /// Copies of each document, were it paper.
    pub copies: u32,
}

impl Default for Savings {
    fn default() -> Self {
        Self { price: 350, duplex: true, copies: 1 }
    }
}

/// A unit (đơn vị).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitEntry {
    /// What dossiers name it by.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its group in tables: `I`, `II`, `III`.
    pub group: String,
    /// Since when it has been there.
    pub from: Option<Day>,
    /// Until when it was there.
    pub until: Option<Day>,
    /// What came after it.
    pub successor: String,
    /// Whether it must provide certified electronic copies.
    pub certifies: bool,
}

/// An officer (cán bộ).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Officer {
    /// What dossiers name the officer by.
    pub id: String,
    /// The name, as certificates have it.
    pub name: String,
    /// The unit.
    pub unit: String,
    /// Whether the officer signs for the agency.
    pub leader: bool,
}

/// A campaign (phong trào).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    /// What the command line names it by.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// Its first day.
    pub from: Day,
    /// Its last day.
    pub to: Day,
    /// When the report is due.
    pub due: Option<Day>,
    /// Its own targets.
    pub targets: Vec<(String, u32)>,
}

/// The sections and their keys.
pub(super) const KNOWN: &[(&str, &[&str])] = &[
    ("targets", &INDICATORS),
    ("savings", &["price", "duplex", "copies"]),
    ("units", &["id", "name", "group", "from", "until", "successor", "certifies"]),
    ("officers", &["id", "name", "unit", "leader"]),
    ("campaigns", &["name", "title", "from", "to", "due", "targets"]),
];

/// Those that are lists of tables.
pub(super) const LISTS: [&str; 3] = ["units", "officers", "campaigns"];

/// Reads the sections; `line` tells the line of a byte.
pub(super) fn read(
    root: &DeTable<'_>,
    line: &dyn Fn(usize) -> usize,
) -> Result<Reporting, SettingsError> {
    let mut reporting = Reporting::default();
    let table = |name: &str| root.get(name)?.get_ref().as_table();
    if let Some(table) = table("targets") {
        reporting.targets = targets(table, "targets", line)?;
    }
    if let Some(table) = table("savings") {
        let section = Section { name: "savings", table, at: 0, line };
        let usual = Savings::default();
        reporting.savings = Savings {
            price: section.number("price")?.unwrap_or(usual.price),
            duplex: section.flag("duplex")?.unwrap_or(usual.duplex),
            copies: section.number("copies")?.unwrap_or(usual.copies),
        };
    }
    for section in sections(root, "units", line)? {
        reporting.units.push(UnitEntry {
            id: section.needed("id")?,
            name: section.needed("name")?,
            group: section.text("group")?,
            from: section.day("from")?,
            until: section.day("until")?,
            successor: section.text("successor")?,
            certifies: section.flag("certifies")?.unwrap_or_default(),
        });
    }
    for section in sections(root, "officers", line)? {
        reporting.officers.push(Officer {
            id: section.needed("id")?,
            name: section.needed("name")?,
            unit: section.text("unit")?,
            leader: section.flag("leader")?.unwrap_or_default(),
        });
    }
    for section in sections(root, "campaigns", line)? {
        reporting.campaigns.push(campaign(&section)?);
    }
    Ok(reporting)
}

fn campaign(section: &Section<'_>) -> Result<Campaign, SettingsError> {
    let needed_day = |key| match section.day(key)? {
        Some(day) => Ok(day),
        None => Err(section.missing(key)),
    };
    let (from, to) = (needed_day("from")?, needed_day("to")?);
    if to < from {
        return Err(section.bad("to", &format!("≥ {from}")));
    }
    let own = section.table.get("targets");
    let own = own.map(|own| match own.get_ref().as_table() {
        Some(table) => targets(table, "campaigns.targets", section.line),
        None => Err(section.bad("targets", "{ ky_so = 100 }")),
    });
    let name = section.needed("name")?;
    let title = section.text("title")?;
    Ok(Campaign {
        title: if title.is_empty() { name.clone() } else { title },
        name,
        from,
        to,
        due: section.day("due")?,
        targets: own.transpose()?.unwrap_or_default(),
    })
}

/// Figures and percents.
fn targets(
    table: &DeTable<'_>,
    name: &'static str,
    line: &dyn Fn(usize) -> usize,
) -> Result<Vec<(String, u32)>, SettingsError> {
    let mut targets = Vec::new();
    for (key, value) in table {
        let key_name: &str = key.get_ref().as_ref();
        let bad = |expected: &str| SettingsError {
            line: line(value.span().start),
            problem: Problem::BadValue {
                key: format!("{name}.{key_name}"),
                expected: expected.to_owned(),
            },
        };
        if !INDICATORS.contains(&key_name) {
            return Err(SettingsError {
                line: line(key.span().start),
                problem: Problem::UnknownKey {
                    key: format!("{name}.{key_name}"),
                    known: INDICATORS.to_vec(),
                },
            });
        }
        let written = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().to_owned(),
            DeValue::Float(number) => number.as_str().to_owned(),
            DeValue::String(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => return Err(bad("0–100")),
        };
        let percent = hundredths(&written).ok_or_else(|| bad("0–100"))?;
        targets.push((key_name.to_owned(), percent));
    }
    Ok(targets)
}

/// A percent with at most two decimals, point or comma, in hundredths.
#[must_use]
pub fn hundredths(text: &str) -> Option<u32> {
    let text = text.trim().trim_end_matches('%').replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let percent = whole.parse::<u32>().ok()?.checked_mul(100)?;
    let percent = percent.checked_add(format!("{part:0<2}").parse().ok()?)?;
    (percent <= 10_000).then_some(percent)
}

/// A table of the file.
struct Section<'a> {
    name: &'static str,
    table: &'a DeTable<'a>,
    /// The byte it begins at.
    at: usize,
    line: &'a dyn Fn(usize) -> usize,
}

/// The tables of a list.
fn sections<'a>(
    root: &'a DeTable<'a>,
    name: &'static str,
    line: &'a dyn Fn(usize) -> usize,
) -> Result<Vec<Section<'a>>, SettingsError> {
    let Some(found) = root.get(name) else { return Ok(Vec::new()) };
    let bad = |at: usize| SettingsError {
        line: line(at),
        problem: Problem::BadValue {
            key: name.to_owned(),
            expected: format!("`[[{name}]]`"),
        },
    };
    let list = found.get_ref().as_array().ok_or_else(|| bad(found.span().start))?;
    let section = |entry: &'a Spanned<DeValue<'a>>| {
        let at = entry.span().start;
        let table = entry.get_ref().as_table().ok_or_else(|| bad(at))?;
        Ok(Section { name, table, at, line })
    };
    list.iter().map(section).collect()
}

impl Section<'_> {
    fn value(&self, key: &str) -> Option<&DeValue<'_>> {
        self.table.get(key).map(Spanned::get_ref)
    }

    fn text(&self, key: &'static str) -> Result<String, SettingsError> {
        match self.value(key) {
            None => Ok(String::new()),
            Some(value) => match value.as_str() {
                Some(text) if !text.chars().any(char::is_control) => {
                    Ok(text.trim().to_owned())
                }
                Some(_) | None => Err(self.bad(key, "\"…\"")),
            },
        }
    }

    fn needed(&self, key: &'static str) -> Result<String, SettingsError> {
        let text = self.text(key)?;
        if text.is_empty() { Err(self.missing(key)) } else { Ok(text) }
    }

    fn flag(&self, key: &'static str) -> Result<Option<bool>, SettingsError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let flag = value.as_bool().ok_or_else(|| self.bad(key, "`true` · `false`"))?;
        Ok(Some(flag))
    }

    fn number(&self, key: &'static str) -> Result<Option<u32>, SettingsError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let number = match value {
            DeValue::Integer(number) => number.as_str().parse().ok(),
            DeValue::Float(_)
            | DeValue::String(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => None,
        };
        Ok(Some(number.ok_or_else(|| self.bad(key, "0, 1, 2, …"))?))
    }

    /// A day, as TOML writes one or in quotes as people do.
    fn day(&self, key: &'static str) -> Result<Option<Day>, SettingsError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let text = match value {
            DeValue::Datetime(day) => day.to_string(),
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => String::new(),
        };
        Ok(Some(Day::typed(&text).ok_or_else(|| self.bad(key, "`2026-07-15`"))?))
    }

    fn missing(&self, key: &'static str) -> SettingsError {
        let problem = Problem::MissingKey(format!("{}.{key}", self.name));
        SettingsError { line: (self.line)(self.at), problem }
    }

    fn bad(&self, key: &'static str, expected: &str) -> SettingsError {
        let at = self.table.get(key).map_or(self.at, |value| value.span().start);
        let problem = Problem::BadValue {
            key: format!("{}.{key}", self.name),
            expected: expected.to_owned(),
        };
        SettingsError { line: (self.line)(at), problem }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::settings::Settings;

    const HEAD: &str = "[agency]\nid = 'H32.18'\nname = 'UBND phường X'\n";

    #[test]
    fn everything_that_can_be_said_is_read() {
        let text = format!(
            "{HEAD}[targets]\nky_so = 100\nso_hoa = 79.5\n[savings]\nprice = 400\n\
             [[units]]\nid = 'A'\nname = 'Sở A'\nuntil = 2026-06-30\nsuccessor = 'B'\n\
             [[units]]\nid = 'B'\nname = 'Sở B'\n[[officers]]\nid = 'a'\nname = 'An'\n\
             [[campaigns]]\nname = 'c'\nfrom = 2026-07-15\nto = '15/08/2026'\n\
             targets = {{ ky_so = 90 }}\n"
        );
        let reporting = Settings::read(&text).unwrap().reporting;
        assert_eq!(reporting.targets[1], ("so_hoa".to_owned(), 7950));
        assert_eq!(reporting.savings, Savings { price: 400, duplex: true, copies: 1 });
        assert_eq!(reporting.units[0].until, Day::new(2026, 6, 30));
        assert_eq!(reporting.campaigns[0].to, Day::new(2026, 8, 15).unwrap());
        assert_eq!(reporting.campaigns[0].targets, [("ky_so".to_owned(), 9000)]);
    }

    #[test]
    fn what_cannot_be_meant_is_an_error_on_its_line() {
        let line =
            |rest: &str| Settings::read(&format!("{HEAD}{rest}")).unwrap_err().line;
        assert_eq!(line("[targets]\nkyso = 100\n"), 5);
        assert_eq!(line("[targets]\nky_so = 101\n"), 5);
        assert_eq!(line("[[units]]\nid = 'A'\n"), 4);
        assert_eq!(line("[[units]]\nid = 'A'\nname = 'A'\nfrm = 1\n"), 7);
        assert_eq!(line("[units]\nid = 'A'\n"), 4);
        let campaign = "[[campaigns]]\nname = 'c'\nfrom = 2026-07-15\nto = 2026-07-14\n";
        assert_eq!(line(campaign), 7);
    }

    #[test]
    fn percents_have_two_decimals_at_most() {
        assert_eq!(hundredths("80"), Some(8000));
        assert_eq!(hundredths("31,07%"), Some(3107));
        assert_eq!(hundredths("28.6"), Some(2860));
        for wrong in ["", "-1", "100.01", "1.234", "x", ".5"] {
            assert_eq!(hundredths(wrong), None, "{wrong}");
        }
    }
}
