//! The table of `sohoa qr stamp --codes`: which file gets which code.
//!
//! It is held against the files before any is stamped. A file without a line and a
//! line without a file are both mistakes that would put a wrong code on paper, so
//! either stops the whole run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization as _;

use crate::archive::Code;
use crate::cli::failure::Failure;
use crate::ingest::source;
use crate::report::sheet::{self, Form};
use crate::say::{self, Lang, Tell as _};

/// Lines of a table at most.
const MOST_LINES: usize = 1_000_000;

/// The code of each of `files`, in their order, as the table in `path` says.
pub(super) fn of_files(
    path: &Path,
    files: &[&PathBuf],
    lang: Lang,
) -> Result<Vec<Code>, Failure> {
    let shown = path.display();
    let bytes = source::read(path).map_err(|fault| {
        let unread = say::cli::cannot_read(lang, &shown);
        Failure::new(format!("{unread}: {}", fault.tell(lang)))
    })?;
    let tables = sheet::sheets(&bytes, Form::Csv, MOST_LINES).map_err(Failure::new)?;
    let rows = tables.into_iter().flat_map(|table| table.rows);
    let mut codes = table(rows, &shown.to_string(), lang)?;
    let mut found = Vec::new();
    for file in files {
        let name = named(&file.file_name().unwrap_or_default().to_string_lossy());
        let code = codes.remove(&name).ok_or_else(|| {
            Failure::new(say::track::codes_missing(lang, name, &shown))
                .hint(say::track::hint_codes(lang))
        })?;
        found.push(code);
    }
    match codes.first_key_value() {
        Some((name, _)) => {
            Err(Failure::new(say::track::codes_unused(lang, name, &shown)))
        }
        None => Ok(found),
    }
}

/// Names and codes, line by line; a first line without a code names the columns.
fn table(
    rows: impl Iterator<Item = Vec<String>>,
    shown: &str,
    lang: Lang,
) -> Result<BTreeMap<String, Code>, Failure> {
    let mut codes = BTreeMap::new();
    for (row, line) in rows.zip(1_usize..) {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let code = row.get(1).and_then(|cell| cell.trim().parse::<Code>().ok());
        let name = named(row.first().map_or("", |cell| cell.trim()));
        match code.filter(|_| !name.is_empty() && row.len() == 2) {
            None if line == 1 => {}
            None => {
                return Err(Failure::new(say::track::codes_line(lang, line, shown))
                    .hint(say::track::hint_codes(lang)));
            }
            Some(code) => {
                if codes.insert(name.clone(), code).is_some() {
                    return Err(Failure::new(say::track::codes_twice(lang, name, shown)));
                }
            }
        }
    }
    Ok(codes)
}

/// A name as it is compared: one that came through macOS is the same (NFC).
fn named(name: &str) -> String {
    name.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<BTreeMap<String, Code>, String> {
        let rows = sheet::sheets(text.as_bytes(), Form::Csv, 100)?;
        let rows = rows.into_iter().flat_map(|table| table.rows);
        table(rows, "ma.csv", Lang::Vi).map_err(|failure| format!("{failure:?}"))
    }

    #[test]
    fn a_table_has_a_name_and_a_code_on_each_line() {
        let codes = read("tệp;mã\n\"đơn; 1.pdf\";H32.18-260716-0001\n\n").unwrap();
        assert_eq!(codes.len(), 1);
        assert!(codes.contains_key("đơn; 1.pdf"), "{codes:?}");
        let decomposed: String = "đơn.pdf".nfd().collect();
        let codes = read(&format!("{decomposed},H32.18-260716-0001")).unwrap();
        assert!(codes.contains_key("đơn.pdf"), "{codes:?}");
        for (wrong, said) in [
            ("a.pdf,H32.18-260716-0001\nb.pdf,H32", "dòng 2"),
            ("a.pdf,H32.18-260716-0001\nb.pdf", "dòng 2"),
            ("a.pdf,H32.18-260716-0001\n,H32.18-260716-0002", "dòng 2"),
            ("a.pdf,H32.18-260716-0001\na.pdf,H32.18-260716-0002", "hai dòng"),
        ] {
            let told = read(wrong).unwrap_err();
            assert!(told.contains(said), "{wrong}: {told}");
        }
    }
}
