//! The policy that the line chooses: one known by name, or the file of an office.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::cli::failure::Failure;
use crate::cli::ui::harmless;
use crate::cli::verify::evidence::keep;
use crate::digest::Digest;
use crate::say::{self, Lang};
use crate::verify::demand::Demands;
use crate::verify::examine::Policy;
use crate::verify::office;
use crate::verify::report::PolicyRow;

/// What `--policy` says.
#[derive(Debug)]
pub(super) struct Chosen {
    /// As the line names it.
    pub(super) name: String,
    pub(super) policy: Policy,
    /// Who must have signed, and how.
    pub(super) demands: Demands,
    /// The file, if it is one.
    text: Option<String>,
}

impl Chosen {
    /// The policy of this name; the usual one if there is none.
    ///
    /// # Errors
    ///
    /// When it is the name of no policy and of no file, or of a file that is none.
    pub(super) fn of(name: Option<String>, lang: Lang) -> Result<Self, Failure> {
        let name = name.unwrap_or_else(|| "usual".to_owned());
        let policy = match &*name {
            "usual" => Policy::default(),
            "tt15" => Policy::TT15,
            _ => return Self::of_file(name, lang),
        };
        Ok(Self { name, policy, demands: Demands::default(), text: None })
    }

    fn of_file(name: String, lang: Lang) -> Result<Self, Failure> {
        let shown = harmless(&name);
        if !Path::new(&name).exists() {
            return Err(Failure::new(say::verify::no_policy(lang, shown)));
        }
        let mut text = String::new();
        let read = File::open(&name)
            .and_then(|file| file.take(office::MOST_BYTES + 1).read_to_string(&mut text));
        read.map_err(|error| {
            Failure::io(say::cli::cannot_read(lang, &shown), &error, lang)
        })?;
        let bad = |line, detail: &str| {
            Failure::new(say::verify::bad_policy(lang, &shown, line, harmless(detail)))
        };
        if text.len() as u64 > office::MOST_BYTES {
            let detail = say::verify::policy_too_large(lang, office::MOST_BYTES);
            return Err(bad(1, &detail));
        }
        let (policy, demands) =
            office::read(&text).map_err(|error| bad(error.line, &error.detail))?;
        Ok(Self { name, policy, demands, text: Some(text) })
    }

    /// How reports name it.
    pub(super) fn row(&self) -> PolicyRow {
        let sha256 = self.text.as_ref().map(|text| Digest::of(text.as_bytes()));
        PolicyRow { name: self.name.clone(), sha256 }
    }

    /// Keeps the file with the evidence: a third party judges by it too.
    pub(super) fn export(&self, dir: &Path, lang: Lang) -> Result<(), Failure> {
        let (Some(text), Some(sha256)) = (&self.text, self.row().sha256) else {
            return Ok(());
        };
        let kept = keep(&dir.join("policy"), &sha256, "toml", text.as_bytes());
        kept.map_err(|error| {
            let what = say::verify::cannot_write_evidence(lang, dir.display());
            Failure::io(what, &error, lang)
        })
    }
}
