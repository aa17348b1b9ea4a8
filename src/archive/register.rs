//! The registers of dossier codes: which numbers have been given out.
//!
//! One text file a day, `codes/2026/260716.txt`, one code a line. A printed
//! receipt with a code may exist long before its dossier does, and a dossier may
//! be removed; the number must not come back in either case. That is why the
//! register is part of the archive and not of the catalogue.

use std::path::PathBuf;

use crate::archive::code::{Code, Unit};
use crate::archive::error::ArchiveError;
use crate::archive::store;
use crate::archive::turn::Turn;
use crate::archive::{Archive, CODES, DOSSIERS, day_parts};
use crate::time::Day;

/// Largest register that is read: a million codes.
const LIMIT: u64 = 64 << 20;

/// Gives out the next code of `day`, durably noted.
pub(crate) fn next(turn: &Turn<'_>, day: Day) -> Result<Code, ArchiveError> {
    let archive = turn.archive;
    let settings = &archive.settings;
    // `Settings` made sure that the scheme has room for the agency.
    let unit = settings.scheme.write(&settings.agency_id);
    let unit = unit.unwrap_or_else(|| settings.agency_id.newer());
    let register = Register::read(archive, day, &unit)?;
    let mut code = Code::new(unit.clone(), day, register.last.saturating_add(1))?;
    // Numbers given from outside, with `--dossier`, are stepped over.
    while archive.find(&code)?.is_some() {
        code = Code::new(unit.clone(), day, code.sequence().saturating_add(1))?;
    }
    store::append_line(&register.path, register.whole, &format!("{code}\n"))?;
    Ok(code)
}

/// Whether this code was given out, however it is spelt.
pub(crate) fn is_given(archive: &Archive, code: &Code) -> Result<bool, ArchiveError> {
    let [year, ..] = day_parts(code.day());
    let path = archive.root.join(CODES).join(year);
    let path = path.join(format!("{}.txt", code.day().yymmdd()));
    let Some(bytes) = store::read(&path, LIMIT)? else { return Ok(false) };
    let text = String::from_utf8_lossy(&bytes);
    let mut codes = text.lines().filter_map(|line| line.parse::<Code>().ok());
    Ok(codes.any(|given| given.canonical() == code.canonical()))
}

/// The register of a day.
struct Register {
    path: PathBuf,
    /// Bytes up to the end of its last whole line.
    whole: u64,
    /// The highest number known to be taken; 0 for none.
    last: u32,
}

impl Register {
    /// Reads the register of `day`. Where it is missing or damaged, the
    /// dossiers that are there stand in for it.
    fn read(archive: &Archive, day: Day, unit: &Unit) -> Result<Self, ArchiveError> {
        let [year, ..] = day_parts(day);
        archive.guard(&archive.root.join(CODES).join(&year))?;
        let folder = store::make_dirs(&archive.root, &[CODES.to_owned(), year])?;
        let path = folder.join(format!("{}.txt", day.yymmdd()));
        let Some(bytes) = store::read(&path, LIMIT)? else {
            let last = highest_on_disk(archive, day, unit)?;
            return Ok(Self { path, whole: 0, last });
        };
        // A line without its end was being written when the power went; its
        // code was never given out.
        let whole =
            bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let text = String::from_utf8_lossy(bytes.get(..whole).unwrap_or_default());
        let number = |line: &str| line.parse::<Code>().ok().map(|code| code.sequence());
        let last = match text.lines().next_back().map(number) {
            Some(Some(last)) => last,
            Some(None) | None => {
                let noted = text.lines().filter_map(number).max().unwrap_or(0);
                noted.max(highest_on_disk(archive, day, unit)?)
            }
        };
        Ok(Self { path, whole: whole as u64, last })
    }
}

/// The highest number among the dossiers of `unit` on `day`; 0 for none.
fn highest_on_disk(
    archive: &Archive,
    day: Day,
    unit: &Unit,
) -> Result<u32, ArchiveError> {
    let mut folder = archive.root.join(DOSSIERS);
    folder.extend(day_parts(day));
    let names = match store::list(&folder) {
        Err(error) if error.is_missing() => return Ok(0),
        other => other?,
    };
    let codes = names.iter().filter_map(|name| name.to_str()?.parse::<Code>().ok());
    let ours = codes.filter(|code| code.unit().newer() == unit.newer());
    Ok(ours.map(|code| code.sequence()).max().unwrap_or(0))
}
