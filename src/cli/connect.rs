//! Where the command line meets the work: a plan becomes a job of the library.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use crate::archive::code::Scheme;
use crate::archive::settings::Profile as Kept;
use crate::archive::store::StoreError;
use crate::archive::{Archive, ArchiveError, Code, Same, Settings};
use crate::cli::failure::Failure;
use crate::cli::ingest::{
    Blank, Collate, Damaged, Existing, Picture, Plan, Profile, Reuse, Source, Target,
    Text, Work,
};
use crate::cli::surroundings::Surroundings;
use crate::ingest::IngestError;
use crate::ingest::alike::{self, Unsaid};
use crate::ingest::collate::Order;
use crate::ingest::inputs;
use crate::ingest::job;
use crate::ingest::outcome::Watch;
use crate::ingest::run::{self, Report};
use crate::ocr::tesseract::{Tesseract, USUAL_FOLDERS};
use crate::page::read::Rules;
use crate::raster::Limits;
use crate::say::{self, Lang, Sentence};
use crate::time::Timestamp;

/// The language that papers are in where nothing is said.
const USUAL_LANGUAGES: &str = "vie";
/// Longest password file that is read.
const MOST_PASSWORD: u64 = 4096;

/// Carries a plan out; ends early, with what is done, when `stop` turns true.
pub(crate) fn ingest(
    plan: &Plan,
    around: &Surroundings,
    stop: &AtomicBool,
    watch: &dyn Watch,
    lang: Lang,
) -> Result<Report, Failure> {
    let now = around.now(lang)?;
    let engine = Tesseract::load(&plan.languages, &data_folders(around))
        .map_err(|error| told(&IngestError::Engine(error), lang))?;
    #[expect(clippy::disallowed_methods, reason = "only the command line measures time")]
    let start = Instant::now();
    let job = job::Job {
        sources: sources(plan, lang)?,
        target: target(plan, lang)?,
        work: work(plan, lang)?,
        engine: Arc::new(engine),
        jobs: plan.jobs,
        dry_run: plan.work == Work::Rehearse,
        reuse: plan.reuse == Reuse::Accepted,
        now,
        clock: &|| start.elapsed(),
        interrupted: &|| stop.load(Ordering::Relaxed),
    };
    run::run(&job, watch).map_err(|error| told(&error, lang))
}

/// Where the paper in a file is held already; read as it would be for filing.
pub(crate) fn held(
    archive: &Archive,
    file: &Path,
    around: &Surroundings,
    lang: Lang,
) -> Result<Result<Vec<Same>, Unsaid>, Failure> {
    let now = around.now(lang)?;
    let engine = Tesseract::load(USUAL_LANGUAGES, &data_folders(around))
        .map_err(|error| told(&IngestError::Engine(error), lang))?;
    let work = job::Work {
        rules: Rules::default(),
        limits: Limits::default(),
        profile: None,
        text: job::TextMode::Keep,
        password: None,
        skip_damaged: true,
        not_secret: None,
        separators: Vec::new(),
        collate: None,
    };
    Ok(alike::held(archive, file, &engine, &work, now))
}

/// Creates an archive for an agency.
pub(crate) fn create_archive(
    dir: &Path,
    (agency, name): (&str, &str),
    scheme: Scheme,
    now: Timestamp,
    lang: Lang,
) -> Result<(), Failure> {
    let agency = agency.parse().map_err(|error| Failure::told(&error, lang))?;
    let settings = Settings::new(agency, name)
        .and_then(|settings| settings.with_scheme(scheme))
        .map_err(|error| Failure::told(&error, lang))?;
    let told = |error: ArchiveError| Failure::told(&error, lang);
    Archive::create(dir, &settings).map_err(told)?;
    let (archive, _) = Archive::open(dir).map_err(told)?;
    archive.note_settings(now).map_err(told)
}

/// Where recognition data may lie: where the environment says, or as usual.
fn data_folders(around: &Surroundings) -> Vec<PathBuf> {
    match &around.tessdata {
        Some(folder) => vec![folder.clone(), folder.join("tessdata")],
        None => USUAL_FOLDERS.map(PathBuf::from).to_vec(),
    }
}

/// The sources, standard input already read.
fn sources(plan: &Plan, lang: Lang) -> Result<Vec<inputs::Source>, Failure> {
    let source = |source: &Source| match source {
        Source::Path(path) => Ok(inputs::Source::File(path.clone())),
        Source::Dossier(path) => Ok(inputs::Source::Dossier(path.clone())),
        Source::Stacks(fronts, backs) => {
            Ok(inputs::Source::Stacks(fronts.clone(), backs.clone()))
        }
        Source::Stdin => {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map_err(|error| {
                Failure::io(say::cli::cannot_read_stdin(lang), &error, lang)
            })?;
            Ok(inputs::Source::Stream(bytes.into()))
        }
    };
    plan.sources.iter().map(source).collect()
}

fn target(plan: &Plan, lang: Lang) -> Result<job::Target, Failure> {
    match &plan.target {
        Target::File(path) => Ok(job::Target::File {
            path: path.clone(),
            overwrite: plan.existing == Existing::Replaced,
            text: plan.text_out.clone(),
        }),
        Target::Archive(dir) => {
            let dossier = plan.dossier.as_deref().map(str::parse::<Code>).transpose();
            let dossier = dossier.map_err(|error| Failure::told(&error, lang))?;
            Ok(job::Target::Archive { dir: dir.clone(), dossier })
        }
    }
}

fn work(plan: &Plan, lang: Lang) -> Result<job::Work, Failure> {
    let profile = plan.profile.map(|profile| match profile {
        Profile::Nd30 => Kept::Nd30,
        Profile::Preservation => Kept::LuuTru,
        Profile::Compact => Kept::Gon,
    });
    Ok(job::Work {
        rules: Rules {
            dpi: plan.dpi,
            keep_blank: plan.blank == Blank::Keep,
            deskew: plan.picture == Picture::Straightened,
            budget: plan.page_timeout,
            care: plan.care,
        },
        limits: plan.limits,
        profile,
        text: match plan.text {
            Text::Keep => job::TextMode::Keep,
            Text::Redo => job::TextMode::Redo,
            Text::Force => job::TextMode::Force,
        },
        password: plan
            .password_file
            .as_deref()
            .map(|file| password(file, lang))
            .transpose()?,
        skip_damaged: plan.damaged == Damaged::LeftOut,
        separators: plan.separators.clone(),
        collate: plan.collate.map(|order| match order {
            Collate::Auto => Order::Auto,
            Collate::Reversed => Order::Reversed,
            Collate::Forward => Order::Forward,
        }),
        not_secret: plan.not_secret.clone(),
    })
}

/// The first line of a file, or of standard input.
pub(crate) fn password(file: &Path, lang: Lang) -> Result<String, Failure> {
    let mut text = String::new();
    let read = if file.as_os_str() == "-" {
        io::stdin().lock().take(MOST_PASSWORD).read_to_string(&mut text)
    } else {
        fs::File::open(file)
            .and_then(|file| file.take(MOST_PASSWORD).read_to_string(&mut text))
    };
    read.map_err(|error| {
        Failure::io(say::cli::cannot_read(lang, file.display()), &error, lang)
    })?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

/// What a disk refuses, and what a person can do about it.
const WHAT_DISKS_REFUSE: [(io::ErrorKind, Sentence); 4] = [
    (io::ErrorKind::PermissionDenied, say::cli::hint_rights),
    (io::ErrorKind::ReadOnlyFilesystem, say::cli::hint_rights),
    (io::ErrorKind::StorageFull, say::cli::hint_disk_full),
    (io::ErrorKind::QuotaExceeded, say::cli::hint_disk_full),
];

/// What can be done about a disk that refused an archive something.
pub(crate) fn of_disk(error: &ArchiveError) -> Option<Sentence> {
    if let ArchiveError::Store(cause) = error { refused(cause) } else { None }
}

fn refused(cause: &StoreError) -> Option<Sentence> {
    let known = WHAT_DISKS_REFUSE.iter();
    let mut known = known.filter(|(kind, _)| *kind == cause.source.kind());
    known.next().map(|(_, hint)| *hint)
}

/// An output that was not written, with what to type next; `can_replace` where the
/// command knows `--force`.
pub(crate) fn unwritten(error: &StoreError, can_replace: bool, lang: Lang) -> Failure {
    let hint = match (error.is_taken(), can_replace) {
        (true, true) => Some(say::cli::hint_force as Sentence),
        (true, false) => Some(say::cli::hint_other_name as Sentence),
        (false, _) => refused(error),
    };
    let failure = Failure::told(error, lang);
    match hint {
        Some(hint) => failure.hint(hint(lang)),
        None => failure,
    }
}

/// What stopped a run, with what to type next.
pub(crate) fn told(error: &IngestError, lang: Lang) -> Failure {
    let failure = Failure::told(error, lang);
    match error {
        IngestError::Engine(_) => failure.hint(say::cli::hint_doctor(lang)),
        IngestError::OutputExists(_) => failure.hint(say::cli::hint_force(lang)),
        IngestError::NotOneInput(_) => failure.hint(say::cli::hint_archive(lang)),
        IngestError::Archive(ArchiveError::NotAnArchive(_)) => {
            failure.hint(say::cli::hint_no_archive(lang))
        }
        IngestError::Archive(ArchiveError::Ledger(folder, _)) => {
            let archive = folder.parent().unwrap_or(folder);
            failure.hint(say::cli::hint_ledger(lang, archive.display()))
        }
        IngestError::Archive(error) => match of_disk(error) {
            Some(hint) => failure.hint(hint(lang)),
            None => failure,
        },
        IngestError::Store(cause) => match refused(cause) {
            Some(hint) => failure.hint(hint(lang)),
            None => failure,
        },
    }
}
