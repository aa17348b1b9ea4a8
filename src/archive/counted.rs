//! What a report asks of an archive: the facts of all dossiers, the imported
//! registers, remembered verdicts, and a place for frozen reports.
//!
//! ```text
//! registers/2026/07.jsonl        dossiers of the one-stop shop received in July 2026
//! registers/undated.jsonl        those without a day of receipt
//! reports/2026-08-20-qd766-1/    a frozen report: its answer, and what it was made from
//! .catalogue/verdicts.sqlite     verdicts on signatures, to be deleted at will
//! ```
//!
//! **Registers** (sổ theo dõi hồ sơ) come from the one-stop software. A line is one
//! dossier, a JSON object under the portal's own names, in order of codes, so
//! that a register can be read, compared and corrected without us. Importing the
//! same rows again changes nothing. A secret dossier (`MienTru` = `MAT`) is a line
//! that says only when and in which unit: it is counted and nothing else; a digest
//! of its code stands in for the code. Each import is an event of the ledger.
//!
//! **Frozen reports** name the state of the ledger, which stands for every byte of
//! every dossier, and the digests of the registers and settings they were made
//! from; the digest of that list goes into the ledger.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::archive::check::proofs_of;
use crate::archive::error::ArchiveError;
use crate::archive::facts::DossierFacts;
use crate::archive::ledger::{self, Event, Happened, Ledger};
use crate::archive::store::{self, Existing};
use crate::archive::{Archive, catalogue, recover, settings};
use crate::digest::Digest;
use crate::time::{Day, Timestamp};

/// The folder of imported registers, in the archive's root.
pub(crate) const REGISTERS: &str = "registers";
/// The folder of frozen reports, in the archive's root.
pub(crate) const REPORTS: &str = "reports";
/// The register of dossiers without a day.
const UNDATED: &str = "undated.jsonl";
/// The ending of a register.
const ENDING: &str = ".jsonl";
/// Largest register of a month that is read: some million lines.
const LIMIT: u64 = 1 << 30;
/// Hexadecimal digits that stand in for the code of a secret dossier.
const STAND_IN: usize = 16;
/// What a secret line keeps besides the stand-in for its code.
const KEPT_OF_SECRETS: [&str; 3] = ["MienTru", "NgayTiepNhan", "DonVi"];
/// Frozen reports of one kind and day.
const MOST_FROZEN: u32 = 10_000;

/// A line of a register.
pub type Line = Map<String, Value>;

/// What is called for each line: its file, its number, the line or what is wrong
/// with it.
pub type EachLine<'a> = dyn FnMut(&str, u64, Result<Line, String>) + 'a;

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Dossiers that were not there before.
    pub new: u64,
    /// Dossiers about which something else is said now.
    pub changed: u64,
    /// Dossiers that were there as they are.
    pub same: u64,
}

impl Archive {
    /// Hands over the facts of every dossier in order of codes.
    ///
    /// # Errors
    ///
    /// When the catalogue cannot be read.
    pub fn each_facts(
        &self,
        each: &mut dyn FnMut(&DossierFacts<'_>),
    ) -> Result<(), ArchiveError> {
        let mut take = |packed: &[u8]| {
            DossierFacts::unpack(packed).is_some_and(|facts| {
                each(&facts);
                true
            })
        };
        self.of_catalogue(|catalogue| catalogue.each_facts(&mut take))
    }

    /// Hands over every line of the imported registers: its file relative to the
    /// archive, its number there from 1, and the line, or what is wrong with it.
    ///
    /// # Errors
    ///
    /// When a register cannot be read at all.
    pub fn registered(&self, each: &mut EachLine<'_>) -> Result<(), ArchiveError> {
        let mut read = || {
            for name in registers(&self.root)? {
                let path = self.root.join(REGISTERS).join(&name);
                self.guard(&path)?;
                let bytes = store::read(&path, LIMIT)?.unwrap_or_default();
                let shown = format!("{REGISTERS}/{name}");
                for (line, number) in bytes.split(|byte| *byte == b'\n').zip(1..) {
                    if !line.is_empty() {
                        let line =
                            serde_json::from_slice(line).map_err(|e| e.to_string());
                        each(&shown, number, line);
                    }
                }
            }
            Ok(())
        };
        self.told(read())
    }

    /// Takes the lines of a register, whose file had this digest. With `dry`
    /// nothing is written.
    ///
    /// # Errors
    ///
    /// When the archive may not be written to, or the disk refuses. What was
    /// taken until then is taken; the same import again does the rest.
    pub fn import(
        &self,
        lines: Vec<Line>,
        source: Digest,
        now: Timestamp,
        dry: bool,
    ) -> Result<Imported, ArchiveError> {
        let import = || {
            let turn = if dry { None } else { Some(self.turn(&|| false)?) };
            let mut there = self.lines_by_code()?;
            let mut imported = Imported::default();
            let mut touched = std::collections::BTreeSet::new();
            for line in lines {
                let line = without_secrets(line);
                let code = code_of(&line);
                let file = file_of(&line, &code);
                let old = there.insert(code, (file.clone(), line.clone()));
                match old {
                    None => imported.new += 1,
                    Some((_, old)) if old == line => {
                        imported.same += 1;
                        continue;
                    }
                    Some((other, _)) => {
                        imported.changed += 1;
                        touched.insert(other);
                    }
                }
                touched.insert(file);
            }
            if turn.is_some() && !touched.is_empty() {
                let ledger = ledger::ensure(self, now)?;
                ledger.admit(now)?;
                for file in touched {
                    self.write_register(&file, &there)?;
                }
                let event = Event::file(now, Happened::Imported, source, None);
                ledger.add(&event, self.settings.agency_id.as_str())?;
            }
            Ok(imported)
        };
        self.told(import())
    }

    /// All lines by code, each with its file.
    fn lines_by_code(&self) -> Result<BTreeMap<String, (String, Line)>, ArchiveError> {
        let mut there = BTreeMap::new();
        let strip =
            |file: &str| file.trim_start_matches(REGISTERS).trim_matches('/').to_owned();
        self.registered(&mut |file, _, line| {
            if let Ok(line) = line {
                there.insert(code_of(&line), (strip(file), line));
            }
        })?;
        Ok(there)
    }

    /// Writes the register of a month, in order of codes.
    fn write_register(
        &self,
        file: &str,
        lines: &BTreeMap<String, (String, Line)>,
    ) -> Result<(), ArchiveError> {
        let mut text = Vec::new();
        for (_, line) in lines.values().filter(|(of, _)| of == file) {
            // Nothing in a line can fail to be written.
            text.extend(serde_json::to_vec(line).unwrap_or_default());
            text.push(b'\n');
        }
        let mut folders = vec![REGISTERS.to_owned()];
        if let Some((year, _)) = file.split_once('/') {
            folders.push(year.to_owned());
        }
        store::make_dirs(&self.root, &folders)?;
        let path = self.root.join(REGISTERS).join(file);
        Ok(store::write_whole(&path, &text, Existing::Replace)?)
    }

    /// The verdicts remembered about files, by digest in rising order: those
    /// under this trust on this day, and those that no trust can change.
    ///
    /// # Errors
    ///
    /// When the memory cannot be read.
    pub fn remembered(
        &self,
        trust: &Digest,
        day: Day,
        each: &mut dyn FnMut(Digest, &[u8]),
    ) -> Result<(), ArchiveError> {
        let path = self.verdicts_file();
        let read = catalogue::remembered(&path, trust, day, each);
        self.told(read.map_err(|error| ArchiveError::Catalogue(path, error)))
    }

    /// Remembers verdicts; `None` for a trust where none can change the verdict.
    ///
    /// # Errors
    ///
    /// When the memory cannot be written, as on a disk that is read-only.
    pub fn remember(
        &self,
        trust: &Digest,
        day: Day,
        verdicts: &[(Digest, bool, Vec<u8>)],
    ) -> Result<(), ArchiveError> {
        let remember = || {
            store::make_dirs(&self.root, &[catalogue::FOLDER.to_owned()])?;
            let path = self.verdicts_file();
            catalogue::remember(&path, trust, day, verdicts)
                .map_err(|error| ArchiveError::Catalogue(path, error))
        };
        self.told(remember())
    }

    pub(crate) fn verdicts_file(&self) -> PathBuf {
        self.root.join(catalogue::FOLDER).join("verdicts.sqlite")
    }

    /// For every dossier in order of codes: when it was last proved good as it is
    /// now; `None` for never.
    ///
    /// # Errors
    ///
    /// When the folders of the archive cannot be read.
    pub fn proved(
        &self,
        each: &mut dyn FnMut(&str, Option<Timestamp>),
    ) -> Result<(), ArchiveError> {
        let mut day: Option<(Day, _)> = None;
        let walk = recover::each_dossier(&self.root, &mut |folder, code| {
            if day.as_ref().is_none_or(|(of, _)| *of != code.day()) {
                day = Some((code.day(), proofs_of(&self.root, code.day())?));
            }
            let proof = day.as_ref().and_then(|(_, proofs)| proofs.0.get(code));
            let holds = proof.filter(|proof| ledger::seal(folder) == Some(proof.seal));
            each(&code.to_string(), holds.map(|proof| proof.at));
            Ok(())
        });
        self.told(walk)
    }

    /// What a report made now stands on, a line each: the ledger's size and root,
    /// and the digests of settings and registers.
    ///
    /// # Errors
    ///
    /// When one of them cannot be read.
    pub fn basis(&self) -> Result<Vec<String>, ArchiveError> {
        let basis = || {
            let mut lines = Vec::new();
            let ledger = Ledger::of(&self.root);
            if ledger.is_there() {
                let head = ledger.head()?;
                lines.push(format!("{}  ledger {}", head.root, head.size));
            }
            let mut files = vec![settings::FILE.to_owned()];
            let names = registers(&self.root)?.into_iter();
            files.extend(names.map(|name| format!("{REGISTERS}/{name}")));
            for file in files {
                let bytes = store::read(&self.root.join(&file), LIMIT)?;
                lines
                    .extend(bytes.map(|bytes| format!("{}  {file}", Digest::of(&bytes))));
            }
            Ok(lines)
        };
        self.told(basis())
    }

    /// Keeps a report with what it was made from; where, relative to the archive.
    /// The digest of the list of its files and inputs goes into the ledger.
    ///
    /// # Errors
    ///
    /// When the archive may not be written to, or the disk refuses.
    pub fn freeze(
        &self,
        kind: &str,
        files: &[(&str, Vec<u8>)],
        basis: &[String],
        now: Timestamp,
    ) -> Result<PathBuf, ArchiveError> {
        let freeze = || {
            let _turn = self.turn(&|| false)?;
            let ledger = ledger::ensure(self, now)?;
            ledger.admit(now)?;
            let hashed = files.iter();
            let hashed =
                hashed.map(|(name, bytes)| format!("{}  {name}", Digest::of(bytes)));
            let lines: Vec<_> = hashed.chain(basis.iter().cloned()).collect();
            let manifest = lines.join("\n") + "\n";
            let dir = self.run()?.folder()?;
            let all = files.iter().map(|(name, bytes)| (*name, bytes.as_slice()));
            store::write_small(&dir, all.chain([("inputs.txt", manifest.as_bytes())]))?;
            store::sync_dir(&dir)?;
            let folder = store::make_dirs(&self.root, &[REPORTS.to_owned()])?;
            let name = (1..MOST_FROZEN)
                .map(|number| format!("{}-{kind}-{number}", now.day()))
                .find(|name| !folder.join(name).exists());
            let name = name.unwrap_or_else(|| format!("{}-{kind}", now.unix()));
            store::rename(&dir, &folder.join(&name))?;
            store::sync_dir(&folder)?;
            let seal = Digest::of(manifest.as_bytes());
            let event = Event::file(now, Happened::Reported, seal, None);
            ledger.add(&event, self.settings.agency_id.as_str())?;
            Ok(Path::new(REPORTS).join(name))
        };
        self.told(freeze())
    }
}

/// The registers there are, relative to their folder, in order.
fn registers(root: &Path) -> Result<Vec<String>, ArchiveError> {
    let folder = root.join(REGISTERS);
    let list = |dir: &Path| match store::list(dir) {
        Err(error) if error.is_missing() => Ok(Vec::new()),
        other => other,
    };
    let mut found = Vec::new();
    for name in list(&folder)?.iter().filter_map(|name| name.to_str()) {
        if name == UNDATED {
            found.push(name.to_owned());
        } else if name.bytes().all(|byte| byte.is_ascii_digit()) {
            let months = list(&folder.join(name))?;
            let months = months.iter().filter_map(|month| month.to_str());
            let months = months.filter(|month| month.ends_with(ENDING));
            found.extend(months.map(|month| format!("{name}/{month}")));
        }
    }
    Ok(found)
}

/// What a line is known by.
fn code_of(line: &Line) -> String {
    let code = line.get("MaHoSo").and_then(Value::as_str);
    code.unwrap_or_default().to_owned()
}

/// The register a line belongs into.
fn file_of(line: &Line, code: &str) -> String {
    let received = DossierFacts::of_fields(line).received;
    let by_code = || code.parse().ok().map(|code: crate::archive::Code| code.day());
    match received.or_else(by_code) {
        Some(day) => format!("{:04}/{:02}{ENDING}", day.year(), day.month()),
        None => UNDATED.to_owned(),
    }
}

/// A secret line with all but what is counted taken away.
fn without_secrets(line: Line) -> Line {
    if line.get("MienTru").and_then(Value::as_str) != Some("MAT") {
        return line;
    }
    let digest = Digest::of(code_of(&line).as_bytes()).to_string();
    let stand_in = format!("MAT-{}", digest.get(..STAND_IN).unwrap_or_default());
    let mut kept = Line::new();
    kept.insert("MaHoSo".to_owned(), stand_in.into());
    let of_line =
        |name: &str| line.get(name).cloned().map(|value| (name.to_owned(), value));
    kept.extend(KEPT_OF_SECRETS.into_iter().filter_map(of_line));
    kept
}
