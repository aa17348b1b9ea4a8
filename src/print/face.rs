//! The letters administrative documents are set in.
//!
//! Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I.2 prescribes Times New Roman in
//! black. A font with its metrics and all letters of Vietnamese is looked for
//! where systems keep fonts; none is shipped with the program. A font that lacks
//! a letter of Vietnamese (as Liberation Serif 1 does) is passed over, because a
//! name with a hole in it is worse than an error.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider as _;
use skrifa::{FontRef, GlyphId, MetadataProvider as _};
use thiserror::Error;

use crate::say::{self, Lang, Tell};

/// Where fontconfig looks by default.
const FOLDERS: [&str; 4] = [
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/opt/homebrew/share/fonts",
    "/Windows/Fonts",
];

/// The same below the home folder of whoever runs the program.
const HOME_FOLDERS: [&str; 3] = [".local/share/fonts", ".fonts", "Library/Fonts"];

/// Families by the names of their files: regular, bold, italic, bold italic.
const FAMILIES: [[&str; 4]; 4] = [
    ["Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf"],
    ["times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"],
    [
        "Times_New_Roman.ttf",
        "Times_New_Roman_Bold.ttf",
        "Times_New_Roman_Italic.ttf",
        "Times_New_Roman_Bold_Italic.ttf",
    ],
    [
        "LiberationSerif-Regular.ttf",
        "LiberationSerif-Bold.ttf",
        "LiberationSerif-Italic.ttf",
        "LiberationSerif-BoldItalic.ttf",
    ],
];

/// Folders that are looked into, at most.
const MOST_FOLDERS: usize = 2_000;

/// A font file is at most this long, in bytes; Times New Roman is 1.2 MB.
const LARGEST: u64 = 8 << 20;

/// The letters of Vietnamese that a font must have besides ASCII.
const REQUIRED: &str = "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ\
    àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ–“”";

/// The cut of a letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cut {
    /// Upright (đứng).
    #[default]
    Regular,
    /// Bold (đậm).
    Bold,
    /// Italic (nghiêng).
    Italic,
    /// Bold italic.
    BoldItalic,
}

impl Cut {
    /// All four, in the order of [`FAMILIES`].
    pub const ALL: [Self; 4] =
        [Self::Regular, Self::Bold, Self::Italic, Self::BoldItalic];
}

/// Why there is nothing to print with.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FaceError {
    /// No complete family was found.
    #[error("no font with the metrics of Times and all letters of Vietnamese")]
    None,
    /// A file that was named is no TrueType font that can be used.
    #[error("`{0}` is not a usable TrueType font")]
    Unusable(PathBuf),
}

impl Tell for FaceError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::None => say::print::no_font(lang),
            Self::Unusable(path) => say::print::unusable_font(lang, path.display()),
        }
    }
}

/// A family in its four cuts.
#[derive(Clone, Debug)]
pub struct Faces([Face; 4]);

impl Faces {
    /// Finds a family below some folders; [`font_folders`] are the usual ones.
    ///
    /// # Errors
    ///
    /// When no family there has all four cuts and all letters of Vietnamese.
    pub fn find(folders: &[PathBuf]) -> Result<Self, FaceError> {
        let files = files_below(folders.to_vec());
        let of_family = |names: [&str; 4]| {
            let face = |name: &str| {
                let named = |path: &&PathBuf| {
                    path.file_name()
                        .and_then(|file| file.to_str())
                        .is_some_and(|file| file.eq_ignore_ascii_case(name))
                };
                Face::load(files.iter().find(named)?).ok()
            };
            let [regular, bold, italic, both] = names.map(face);
            let family = Self([regular?, bold?, italic?, both?]);
            family.0.iter().all(Face::is_complete).then_some(family)
        };
        FAMILIES.into_iter().find_map(of_family).ok_or(FaceError::None)
    }

    /// The face of a cut.
    #[must_use]
    pub fn face(&self, cut: Cut) -> &Face {
        let [regular, bold, italic, both] = &self.0;
        match cut {
            Cut::Regular => regular,
            Cut::Bold => bold,
            Cut::Italic => italic,
            Cut::BoldItalic => both,
        }
    }
}

/// One font file in memory, checked to be a TrueType font.
#[derive(Clone)]
pub struct Face {
    bytes: Arc<[u8]>,
    /// Its PostScript name, of letters, digits and hyphens only.
    pub(super) name: String,
    pub(super) metrics: Metrics,
}

/// The measures of a face in thousandths of the font size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Metrics {
    pub(super) ascent: f64,
    pub(super) descent: f64,
    pub(super) cap_height: f64,
    /// Degrees counter-clockwise from upright.
    pub(super) italic_angle: f64,
    /// Left, bottom, right, top of the box around all glyphs.
    pub(super) bounds: [f64; 4],
}

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Face").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Face {
    /// Loads a font file.
    ///
    /// # Errors
    ///
    /// When it cannot be read or is not a TrueType font.
    pub fn load(path: &Path) -> Result<Self, FaceError> {
        let unusable = || FaceError::Unusable(path.to_path_buf());
        let read = |path: &Path| -> io::Result<Vec<u8>> {
            match fs::metadata(path)?.len() {
                0..=LARGEST => fs::read(path),
                _ => Err(io::ErrorKind::FileTooLarge.into()),
            }
        };
        let bytes: Arc<[u8]> = read(path).map_err(|_unread| unusable())?.into();
        let font = FontRef::new(&bytes).map_err(|_malformed| unusable())?;
        if font.glyf().is_err() {
            return Err(unusable());
        }
        let found = font.metrics(Size::unscaled(), LocationRef::default());
        let em = f64::from(found.units_per_em);
        if em < 16.0 {
            return Err(unusable());
        }
        let scaled = |units: f32| f64::from(units) * 1000.0 / em;
        let metrics = Metrics {
            ascent: scaled(found.ascent),
            descent: scaled(found.descent),
            cap_height: found.cap_height.map_or(660.0, scaled),
            italic_angle: f64::from(found.italic_angle),
            bounds: found.bounds.map_or([-200.0, -300.0, 1500.0, 1000.0], |bounds| {
                [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(scaled)
            }),
        };
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("Font");
        let name =
            stem.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        Ok(Self { bytes, name, metrics })
    }

    /// What the font calls itself.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How far `text` reaches when set in this face, per unit of font size.
    #[must_use]
    pub fn width(&self, text: &str) -> f64 {
        let advance =
            |c: char| self.glyph(c).or_else(|| self.glyph(crate::print::UNKNOWN));
        text.chars().filter_map(advance).map(|(_, advance)| advance).sum::<f64>() / 1000.0
    }

    /// Whether the face has the letter.
    #[must_use]
    pub fn has(&self, letter: char) -> bool {
        self.glyph(letter).is_some()
    }

    /// The glyph of a letter and its advance in thousandths of the font size.
    pub(super) fn glyph(&self, letter: char) -> Option<(u16, f64)> {
        let font = self.font()?;
        let glyph: GlyphId = font.charmap().map(letter)?;
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let em = f64::from(font.head().ok()?.units_per_em());
        let advance = f64::from(metrics.advance_width(glyph)?) * 1000.0 / em;
        let index = u16::try_from(glyph.to_u32()).ok()?;
        (index != 0).then_some((index, advance))
    }

    /// The whole file.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn font(&self) -> Option<FontRef<'_>> {
        FontRef::new(&self.bytes).ok()
    }

    fn is_complete(&self) -> bool {
        (' '..='~').chain(REQUIRED.chars()).all(|letter| self.has(letter))
    }
}

/// Where systems keep fonts, and whoever runs the program theirs.
#[must_use]
pub fn font_folders(home: Option<&Path>) -> Vec<PathBuf> {
    let own = home.into_iter().flat_map(|home| HOME_FOLDERS.map(|one| home.join(one)));
    FOLDERS.iter().map(PathBuf::from).chain(own).collect()
}

/// All files below some folders, in the order of their paths.
fn files_below(mut folders: Vec<PathBuf>) -> Vec<PathBuf> {
    let (mut files, mut seen) = (Vec::new(), 0);
    while let Some(folder) = folders.pop()
        && seen < MOST_FOLDERS
    {
        seen += 1;
        let Ok(entries) = fs::read_dir(folder) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}
