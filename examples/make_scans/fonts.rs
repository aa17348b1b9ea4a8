//! The two families the documents are set in: where they are found, how wide
//! their letters are, and their outlines.
//!
//! NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, I.2 asks for Times New Roman. Tinos has
//! its metrics and every Vietnamese letter precomposed; Arimo is its companion
//! without serifs. Both are free (package `fonts-croscore`).

use std::fs;
use std::path::{Path, PathBuf};

use ab_glyph::{Font as _, FontVec, OutlineCurve};
use anyhow::{Context as _, Result, anyhow, ensure};
use sohoa::digest::Digest;

use crate::ink::{Curve, Point, Shape};

/// Where Unix systems keep fonts.
const PLACES: [&str; 3] =
    ["/usr/share/fonts", "/usr/local/share/fonts", "/opt/homebrew/share/fonts"];

/// Folders of fonts within folders of fonts, at most.
const DEPTH: usize = 4;

/// With serifs or without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// Tinos, the metrics of Times New Roman.
    Serif,
    /// Arimo, the metrics of Arial.
    Sans,
}

/// The cut of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Face {
    /// Upright.
    Regular,
    /// Bold (đậm).
    Bold,
    /// Italic (nghiêng).
    Italic,
    /// Bold italic.
    BoldItalic,
}

impl Face {
    /// All four, as their files are named.
    const ALL: [(Self, &'static str); 4] = [
        (Self::Regular, "Regular"),
        (Self::Bold, "Bold"),
        (Self::Italic, "Italic"),
        (Self::BoldItalic, "BoldItalic"),
    ];

    /// Bold becomes plain and plain bold, as emphasis within bold text does.
    pub(crate) fn other_weight(self) -> Self {
        match self {
            Self::Regular => Self::Bold,
            Self::Bold => Self::Regular,
            Self::Italic => Self::BoldItalic,
            Self::BoldItalic => Self::Italic,
        }
    }

    /// Italic becomes upright and upright italic.
    pub(crate) fn other_slope(self) -> Self {
        match self {
            Self::Regular => Self::Italic,
            Self::Italic => Self::Regular,
            Self::Bold => Self::BoldItalic,
            Self::BoldItalic => Self::Bold,
        }
    }
}

/// How letters look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Style {
    /// With serifs or without.
    pub(crate) family: Family,
    /// The cut.
    pub(crate) face: Face,
    /// Points from baseline to baseline of text set solid (cỡ chữ).
    pub(crate) size: f64,
}

impl Style {
    /// The same letters in another cut.
    pub(crate) fn cut(self, face: Face) -> Self {
        Self { face, ..self }
    }

    /// The same letters in another size.
    pub(crate) fn sized(self, size: f64) -> Self {
        Self { size, ..self }
    }
}

/// The eight font files.
pub(crate) struct Fonts(Vec<Loaded>);

/// One font file in memory.
struct Loaded {
    family: Family,
    face: Face,
    font: FontVec,
    file: String,
    digest: Digest,
}

impl Fonts {
    /// Loads the fonts from `folder`, or from where the system keeps them.
    pub(crate) fn load(folder: Option<&Path>) -> Result<Self> {
        let mut all = Vec::new();
        for (family, stem) in [(Family::Serif, "Tinos"), (Family::Sans, "Arimo")] {
            for (face, cut) in Face::ALL {
                let file = format!("{stem}-{cut}.ttf");
                let path = find(&file, folder)?;
                let bytes = fs::read(&path)
                    .with_context(|| format!("cannot read `{}`", path.display()))?;
                let digest = Digest::of(&bytes);
                let font = FontVec::try_from_vec(bytes)
                    .with_context(|| format!("`{}` is not a font", path.display()))?;
                all.push(Loaded { family, face, font, file, digest });
            }
        }
        Ok(Self(all))
    }

    /// What the fonts are, in the format of `sha256sum`: other versions of
    /// them draw other pictures.
    pub(crate) fn checksums(&self) -> String {
        self.0.iter().map(|one| format!("{}  {}\n", one.digest, one.file)).collect()
    }

    /// How far a word in this style reaches, in points.
    pub(crate) fn width(&self, word: &str, style: Style) -> f64 {
        let (font, scale) = self.at(style);
        let advance = |c: char| f64::from(font.h_advance_unscaled(font.glyph_id(c)));
        word.chars().map(advance).sum::<f64>() * scale
    }

    /// The outline of a word whose baseline starts at `origin`.
    pub(crate) fn outline(&self, word: &str, style: Style, origin: Point) -> Shape {
        let (font, scale) = self.at(style);
        let mut shape = Shape::default();
        let (mut x, y) = origin;
        for glyph in word.chars().map(|c| font.glyph_id(c)) {
            let to = |p: ab_glyph::Point| {
                (x + f64::from(p.x) * scale, y - f64::from(p.y) * scale)
            };
            if let Some(outline) = font.outline(glyph) {
                shape.0.extend(outline.curves.iter().map(|curve| match *curve {
                    OutlineCurve::Line(a, b) => Curve::Line(to(a), to(b)),
                    OutlineCurve::Quad(a, b, c) => Curve::Quad(to(a), to(b), to(c)),
                    OutlineCurve::Cubic(a, b, c, d) => {
                        Curve::Cubic(to(a), to(b), to(c), to(d))
                    }
                }));
            }
            x += f64::from(font.h_advance_unscaled(glyph)) * scale;
        }
        shape
    }

    /// Makes sure that the fonts have every letter of a text.
    pub(crate) fn require(&self, text: &str) -> Result<()> {
        for letter in text.chars().filter(|letter| !letter.is_whitespace()) {
            for one in &self.0 {
                let found = one.font.glyph_id(letter).0 != 0;
                ensure!(found, "`{}` has no letter `{letter}`", one.file);
            }
        }
        Ok(())
    }

    /// The font of a style, and points per font unit.
    fn at(&self, style: Style) -> (&FontVec, f64) {
        let wanted = |one: &&Loaded| (one.family, one.face) == (style.family, style.face);
        let found = self.0.iter().find(wanted).map(|one| &one.font);
        #[expect(clippy::expect_used, reason = "`load` loads all eight or fails")]
        let font = found.expect("every family has every face");
        (font, style.size / f64::from(font.units_per_em().unwrap_or(2048.0)))
    }
}

/// The path of a font file.
fn find(file: &str, folder: Option<&Path>) -> Result<PathBuf> {
    let given = folder.map(Path::to_path_buf);
    let places: Vec<PathBuf> =
        given.map_or_else(|| PLACES.iter().map(PathBuf::from).collect(), |one| vec![one]);
    places.iter().find_map(|place| within(place, file, DEPTH)).ok_or_else(|| {
        let places: Vec<String> =
            places.iter().map(|place| format!("`{}`", place.display())).collect();
        anyhow!(
            "cannot find the font `{file}` below {}; it is in the package \
             `fonts-croscore` (apt-get install fonts-croscore), or name its folder with \
             --fonts",
            places.join(", ")
        )
    })
}

/// The file in a folder or the folders in it, in the order of their names.
fn within(folder: &Path, file: &str, depth: usize) -> Option<PathBuf> {
    let here = folder.join(file);
    if here.is_file() {
        return Some(here);
    }
    let deeper = depth.checked_sub(1)?;
    let mut folders: Vec<PathBuf> =
        fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders.iter().find_map(|path| within(path, file, deeper))
}
