//! From marks to the operators and objects of a PDF.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;

use crate::pdfa::{Part, deflate, number};
use crate::print::subset::Subset;
use crate::print::{Cut, Faces, Mark, Pixels, Sheet, Style, UNKNOWN};
use crate::units::{Mm, Pt};

/// Digits after the point of a place: a thousandth of a point.
const DECIMALS: usize = 3;

/// A sheet as the content of a form, and the objects it needs.
#[derive(Clone, Debug)]
pub struct Inked {
    /// The operators. The origin is the bottom left corner of the sheet, the
    /// unit the point.
    pub content: Vec<u8>,
    /// Width and height in points.
    pub sides: (f64, f64),
    /// The entries of its resource dictionary, referring to `parts`.
    pub resources: String,
    /// The objects, numbered from the number that was asked for.
    pub parts: Vec<Part>,
    /// Letters that no font had; [`UNKNOWN`] stands for them.
    pub missing: BTreeSet<char>,
}

/// Makes a sheet the content of a form `XObject` (ISO 32000-1, 8.10). The objects
/// it needs are to be numbered from `first` on, in their order.
///
/// # Errors
///
/// When a font cannot be embedded.
pub fn ink(sheet: &Sheet, faces: &Faces, first: u32) -> io::Result<Inked> {
    let mut press = Press::new(faces);
    let content = press.sheet(sheet);
    let (parts, resources) = press.parts(first)?;
    let sides = (points(sheet.width), points(sheet.height));
    Ok(Inked { content, sides, resources, parts, missing: press.missing() })
}

/// Millimetres in points.
pub(super) fn points(mm: f64) -> f64 {
    let Pt(points) = Mm(mm).to_pt();
    points
}

/// What all sheets of a document share.
pub(super) struct Press<'a> {
    faces: &'a Faces,
    subsets: BTreeMap<Cut, Subset>,
    /// Pictures in the order of their names.
    pictures: Vec<Pixels>,
    missing: BTreeSet<char>,
}

impl<'a> Press<'a> {
    pub(super) fn new(faces: &'a Faces) -> Self {
        let (subsets, pictures, missing) = (BTreeMap::new(), Vec::new(), BTreeSet::new());
        Self { faces, subsets, pictures, missing }
    }

    /// The letters that were asked for and that no font has.
    pub(super) fn missing(&self) -> BTreeSet<char> {
        self.missing.clone()
    }

    /// The operators of a sheet.
    pub(super) fn sheet(&mut self, sheet: &Sheet) -> Vec<u8> {
        let mut to = Vec::new();
        let place = |(x, y): (f64, f64)| [points(x), points(sheet.height - y)];
        for mark in &sheet.marks {
            match mark {
                Mark::Text { x, y, style, text } => {
                    self.text(place((*x, *y)), *style, text, &mut to);
                }
                Mark::Rule { from, to: end, thick, colour } => {
                    paint(*colour, "G", "RG", &mut to);
                    numbers(&[*thick], "w", &mut to);
                    numbers(&place(*from), "m", &mut to);
                    numbers(&place(*end), "l", &mut to);
                    to.extend(b"S\n");
                }
                Mark::Fill { areas, colour } => {
                    paint(*colour, "g", "rg", &mut to);
                    for area in areas {
                        for (at, corner) in area.iter().enumerate() {
                            let operator = if at == 0 { "m" } else { "l" };
                            numbers(&place(*corner), operator, &mut to);
                        }
                        to.extend(b"h\n");
                    }
                    to.extend(b"f\n");
                }
                Mark::Picture { place: [left, top, width, height], picture } => {
                    let known = self.pictures.iter().position(|one| one == picture);
                    let index = known.unwrap_or_else(|| {
                        self.pictures.push(picture.clone());
                        self.pictures.len() - 1
                    });
                    let [x, y] = place((*left, top + height));
                    to.extend(b"q ");
                    let matrix = [points(*width), 0.0, 0.0, points(*height), x, y];
                    numbers(&matrix, "cm", &mut to);
                    to.extend(format!("/I{index} Do Q\n").bytes());
                }
            }
        }
        to
    }

    fn text(&mut self, [x, y]: [f64; 2], style: Style, text: &str, to: &mut Vec<u8>) {
        let face = self.faces.face(style.cut);
        let subset = self.subsets.entry(style.cut).or_default();
        let mut codes = String::new();
        for letter in text.chars() {
            let letter = if letter.is_control() { ' ' } else { letter };
            let code = subset.code(face, letter).or_else(|| {
                self.missing.insert(letter);
                subset.code(face, UNKNOWN)
            });
            if let Some((code, _)) = code {
                write!(codes, "{code:04X}").ok();
            }
        }
        paint(style.colour, "g", "rg", to);
        to.extend(format!("BT/{} ", name(style.cut)).bytes());
        numbers(&[style.size], "Tf", to);
        numbers(&[x, y], "Td", to);
        to.extend(format!("<{codes}>Tj ET\n").bytes());
    }

    /// How many objects [`parts`](Self::parts) makes.
    pub(super) fn count(&self) -> u32 {
        let fonts = u32::try_from(self.subsets.len()).unwrap_or(u32::MAX);
        let pictures = u32::try_from(self.pictures.len()).unwrap_or(u32::MAX);
        fonts.saturating_mul(Subset::PARTS).saturating_add(pictures.saturating_mul(2))
    }

    /// The objects of all sheets, numbered from `first`, and the entries of
    /// the resource dictionary that names them.
    pub(super) fn parts(&self, first: u32) -> io::Result<(Vec<Part>, String)> {
        let (mut parts, mut next) = (Vec::new(), first);
        let (mut fonts, mut pictures) = (String::new(), String::new());
        for (cut, subset) in &self.subsets {
            write!(fonts, "/{} {next} 0 R", name(*cut)).ok();
            parts.extend(subset.parts(self.faces.face(*cut), next)?);
            next += Subset::PARTS;
        }
        for (index, picture) in self.pictures.iter().enumerate() {
            write!(pictures, "/I{index} {next} 0 R").ok();
            parts.extend(picture.parts(next)?);
            next += 2;
        }
        let dictionary = |name: &str, entries: &str| match entries {
            "" => String::new(),
            entries => format!("/{name}<<{entries}>>"),
        };
        Ok((parts, dictionary("Font", &fonts) + &dictionary("XObject", &pictures)))
    }
}

impl Pixels {
    /// The picture and its mask, numbered from `first`.
    fn parts(&self, first: u32) -> io::Result<[Part; 2]> {
        let Self { width, height, rgba } = self;
        let (mut colours, mut opacity) = (Vec::new(), Vec::new());
        for pixel in rgba.chunks_exact(4) {
            if let [red, green, blue, alpha] = pixel {
                colours.extend([*red, *green, *blue]);
                opacity.push(*alpha);
            }
        }
        let head = format!(
            "/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8\
             /Filter/FlateDecode"
        );
        let mask = first + 1;
        Ok([
            Part::stream(
                format!("{head}/ColorSpace/DeviceRGB/SMask {mask} 0 R"),
                deflate(&colours)?,
            ),
            Part::stream(format!("{head}/ColorSpace/DeviceGray"), deflate(&opacity)?),
        ])
    }
}

/// What a cut is called among the resources.
fn name(cut: Cut) -> &'static str {
    match cut {
        Cut::Regular => "Fr",
        Cut::Bold => "Fb",
        Cut::Italic => "Fi",
        Cut::BoldItalic => "Fc",
    }
}

/// Sets the colour, grey where it is one.
fn paint([red, green, blue]: [f64; 3], grey: &str, rgb: &str, to: &mut Vec<u8>) {
    if (red - green).abs() < 1e-6 && (green - blue).abs() < 1e-6 {
        numbers(&[red], grey, to);
    } else {
        numbers(&[red, green, blue], rgb, to);
    }
}

/// Numbers and the operator that takes them.
fn numbers(values: &[f64], operator: &str, to: &mut Vec<u8>) {
    for value in values {
        number(to, *value, DECIMALS);
        to.push(b' ');
    }
    to.extend(operator.bytes());
    to.push(b'\n');
}
