//! Signatures beside the file they sign, `.p7s`: where that file is, and its row.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::cli::failure::Failure;
use crate::cli::verify::bench::{Bench, Judged};
use crate::cli::verify::online;
use crate::cos::Source;
use crate::digest::Digest;
use crate::pki::Hash;
use crate::say::{self, Lang, Tell};
use crate::verify::beside::{
    self, Beside, BesideError, LOOK, MOST_BYTES, is_signed_data,
};
use crate::verify::examine::Report;
use crate::verify::fetch::Fetched;
use crate::verify::imprint::Imprint;
use crate::verify::report::{FileRow, SignedFileRow};

/// Endings of signatures beside files, and what of the name is the file's.
const ENDINGS: [&str; 3] = ["p7s", "p7m", "p7"];

/// Whether a name is that of a signature beside a file.
pub(super) fn is_named_so(path: &Path) -> bool {
    path.extension().is_some_and(|own| own.eq_ignore_ascii_case("p7s"))
}

/// The signature that lies beside a file, if there is one.
pub(super) fn of(path: &Path) -> Option<PathBuf> {
    let mut name = path.as_os_str().to_owned();
    name.push(".p7s");
    Some(PathBuf::from(name)).filter(|signature| signature.is_file())
}

/// Whether a file is such a signature, by its bytes.
pub(crate) fn is_one(source: &Source) -> bool {
    source.slice(0, LOOK).is_ok_and(|start| is_signed_data(&start))
}

/// Checks `--content` before any work: one file is signed by one signature.
pub(crate) fn check(
    content: Option<&Path>,
    files: &[PathBuf],
    lang: Lang,
) -> Result<(), Failure> {
    let Some(content) = content else { return Ok(()) };
    if !content.exists() {
        let error = io::ErrorKind::NotFound.into();
        let told = say::cli::cannot_read(lang, content.display());
        return Err(Failure::io(told, &error, lang));
    }
    // A file that cannot be read is told when it is judged.
    let beside =
        |path: &PathBuf| Source::open(path).map_or(true, |source| is_one(&source));
    let fits = content.is_dir() || matches!(files, [one] if beside(one));
    if fits {
        Ok(())
    } else {
        Err(Failure::new(say::verify::content_of_what(lang, content.display())))
    }
}

/// The file that a signature is to be about: the one named, the one of its name in
/// the folder named, or the one of its name beside it.
///
/// A signature that brings what it signs needs no such file; what was named must be
/// there all the same.
pub(crate) fn signed_file(
    signature: &Path,
    named: Option<&Path>,
    own: &Beside,
) -> Option<PathBuf> {
    let place = content(signature, named)?;
    let needless = own.data.content.is_some() && named.is_none() && !place.exists();
    (!needless).then_some(place)
}

fn content(signature: &Path, named: Option<&Path>) -> Option<PathBuf> {
    if let Some(file) = named.filter(|named| !named.is_dir()) {
        return Some(file.to_owned());
    }
    let ending = signature.extension()?.to_ascii_lowercase();
    if !ENDINGS.iter().any(|known| ending == *known) {
        return None;
    }
    let name = signature.file_stem()?;
    let folder = named.or(signature.parent());
    Some(folder.map_or_else(|| PathBuf::from(name), |folder| folder.join(name)))
}

/// Why nothing is said of a signature, in either language.
type Why = Box<dyn Fn(Lang) -> String>;

fn reason(error: io::Error) -> Why {
    Box::new(move |lang| say::io_reason(lang, &error))
}

fn told(error: impl Tell + 'static) -> Why {
    Box::new(move |lang| error.tell(lang))
}

/// The bytes of a signature; one that is too large is none.
fn signature(path: &Path) -> Result<Vec<u8>, Why> {
    let mut bytes = Vec::new();
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
    let read = fs::File::open(path)
        .and_then(|file| file.take(most.saturating_add(1)).read_to_end(&mut bytes));
    read.map_err(reason)?;
    if bytes.len() > MOST_BYTES {
        return Err(Box::new(say::verify::beside_too_large));
    }
    Ok(bytes)
}

impl Bench<'_> {
    /// The row of a signature that lies beside the file it signs.
    pub(super) fn judge_beside(&self, path: &Path, shown: &str, lang: Lang) -> Judged {
        self.beside(path, shown, lang)
            .unwrap_or_else(|why| Judged::unreadable(shown, why))
    }

    fn beside(&self, path: &Path, shown: &str, lang: Lang) -> Result<Judged, Why> {
        let bytes = signature(path)?;
        let sha256 = Digest::of(&bytes);
        let data = beside::read(&bytes).map_err(told)?;
        drop(bytes);
        let file = self.open_signed(path, &data)?;
        let imprint = file.as_ref().map(|(_, source)| Imprint::whole(source));
        let mut signs = None;
        if let (Some((place, _)), Some(imprint)) = (&file, &imprint) {
            let value: Result<[u8; 32], _> = imprint.of(Hash::Sha256).try_into();
            // A file that became shorter while it was read.
            let cut = |_| reason(io::ErrorKind::UnexpectedEof.into());
            let sha256 = value.map(Digest::from_bytes).map_err(cut)?;
            signs = Some(SignedFileRow { path: place.display().to_string(), sha256 });
        }
        if let Some(row) = self.finished.get(&(shown.to_owned(), sha256))
            && row.signs == signs
        {
            return Ok(Judged { row: row.clone(), new: false, until: None });
        }
        let (report, fetched) =
            self.examine_beside(&data, imprint.as_ref()).map_err(told)?;
        self.keep(&sha256, (&report, &fetched), lang)?;
        let mut row = FileRow::of(shown.to_owned(), Some(sha256), &report);
        row.signs = signs;
        row.findings.extend(fetched.iter().map(online::told));
        Ok(Judged { row, new: true, until: None })
    }

    /// The file that a signature is about; nothing if it brings what it signs.
    fn open_signed(
        &self,
        signature: &Path,
        data: &Beside,
    ) -> Result<Option<(PathBuf, Source)>, Why> {
        let named = self.plan.content.as_deref();
        let Some(place) = signed_file(signature, named, data) else { return Ok(None) };
        match Source::open(&place) {
            Ok(source) => Ok(Some((place, source))),
            Err(error) => Err(Box::new(move |lang| {
                let why = say::io_reason(lang, &error);
                say::verify::beside_content_gone(lang, place.display(), why)
            })),
        }
    }

    /// Judges, and where addresses may be asked, once more with what they gave.
    fn examine_beside(
        &self,
        data: &Beside,
        imprint: Option<&Imprint<'_>>,
    ) -> Result<(Report, Vec<Fetched>), BesideError> {
        self.until_settled(&mut |store| {
            beside::examine(data, imprint, &self.plan.terms(store))
        })
    }
}
