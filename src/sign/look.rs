//! How a signature looks, and where on the page.
//!
//! Nghị định 30/2020/NĐ-CP, Phụ lục I, gives each kind its look. A copy of paper and
//! an annex get one text, Times in 10 points, black, upright, in the top margin of
//! the first page on the right, and no picture (Phần II; Phụ lục III, mẫu 2.2 and
//! 3.2). A leader's signature is a picture centred between position and name; the
//! agency's is its red seal in real size over a third of the leader's signature
//! (Phần I, II.7 and II.8). A place that is taken is not written over: then there is
//! no room, and that is said.

use crate::cos::Object;
use crate::cos::syntax::{dict, named, number};
use crate::pki::Certificate;
use crate::print::{Cut, Faces, Pixels, Sheet, Style};
use crate::sign::SignError;
use crate::sign::field::Look;
use crate::sign::look::form::form;
use crate::sign::look::room::{block, leader, margin, on_page, own_rect, seen};
use crate::sign::place::{self, Spot};
use crate::sign::update::Update;
use crate::time::Timestamp;
use crate::units::Mm;
use crate::verify::claim::Claim;
use crate::verify::role::Role;

mod error;
mod form;
mod room;

pub use crate::sign::look::error::{LookError, Unseen};

/// Points of the letters of stamps (Phụ lục I, Phần II, I).
const SIZE: f64 = 10.0;
/// Millimetres from one baseline to the next.
const PITCH: f64 = 4.3;
/// Millimetres of a line at most: wider ones are broken after a semicolon.
const WIDEST: f64 = 105.0;
/// Millimetres to the edge that stay free: printers do not reach it.
const EDGE: f64 = 4.0;
/// Millimetres of a signature's picture, and of a seal, where nothing else is said.
const SIGNATURE_WIDTH: f64 = 40.0;
const SEAL_WIDTH: f64 = 36.0;
/// Millimetres of pictures.
const WIDTHS: std::ops::RangeInclusive<f64> = 5.0..=100.0;
/// What a stamp may lose of its size to fit into a field: a hair of rounding.
const LEAST_SCALE: f64 = 0.99;
/// The same for an officer's, whose size no rule gives: letters of six points.
const LEAST_LEGIBLE: f64 = 0.6;
/// The part of a picture that must be transparent.
const LEAST_CLEAR: f64 = 0.1;

/// What a signature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum As {
    /// A true copy (SAO Y).
    TrueCopy,
    /// A copy of a copy (SAO LỤC).
    Recopy,
    /// A part copied (TRÍCH SAO).
    Extract,
    /// An annex in a file of its own.
    Annex,
    /// The leader's.
    Leader,
    /// The agency's.
    Agency,
    /// An officer's, as the programs of Ban Cơ yếu show it.
    Officer,
}

/// What a look is made of.
#[derive(Clone, Debug)]
pub struct Brief<'a> {
    /// What the signature is.
    pub kind: As,
    /// The agency's name, as the stamp says it.
    pub agency: String,
    /// The signer's name.
    pub name: String,
    /// Number and notation of the document an annex belongs to.
    pub number: Option<String>,
    /// The picture of the signature or seal.
    pub picture: Option<Pixels>,
    /// Its width in millimetres.
    pub width: Option<f64>,
    /// The font.
    pub faces: &'a Faces,
    /// When.
    pub now: Timestamp,
}

impl As {
    /// The reason a signature of this kind states, where it has one.
    #[must_use]
    pub fn reason(self) -> Option<&'static str> {
        match self {
            Self::TrueCopy => Some("SAO Y"),
            Self::Recopy => Some("SAO LỤC"),
            Self::Extract => Some("TRÍCH SAO"),
            Self::Annex | Self::Leader | Self::Agency | Self::Officer => None,
        }
    }
}

impl Brief<'_> {
    /// Checks the order in which signatures are made (Nghị định 30/2020/NĐ-CP,
    /// Điều 32 and 33): copies by the agency's key, the agency after the leader.
    ///
    /// # Errors
    ///
    /// When the order is another.
    pub fn in_order(
        &self,
        own: &Certificate,
        signed: &[Certificate],
    ) -> Result<(), SignError> {
        let person =
            |certificate: &Certificate| Role::of(certificate, None) == Role::Person;
        let fault = match self.kind {
            As::TrueCopy | As::Recopy | As::Extract if person(own) => {
                LookError::NotAgency
            }
            As::Agency if !signed.iter().any(person) => LookError::LeaderFirst,
            As::Annex if self.number.is_none() => LookError::NoNumber,
            As::TrueCopy
            | As::Recopy
            | As::Extract
            | As::Annex
            | As::Leader
            | As::Agency
            | As::Officer => return Ok(()),
        };
        Err(SignError::Look(fault))
    }

    /// The lines of a stamp.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let (day, hour) = self.now.day_and_hour();
        let when = [day, format!("{hour} +07:00")];
        let parts: Vec<String> = match self.kind {
            As::TrueCopy | As::Recopy | As::Extract => {
                let form = self.kind.reason().unwrap_or_default().to_owned();
                [vec![form, self.agency.clone()], when.to_vec()].concat()
            }
            As::Annex => {
                let number = self.number.clone().unwrap_or_default();
                [vec![format!("Số: {number}")], when.to_vec()].concat()
            }
            As::Leader | As::Agency | As::Officer => {
                let [day, hour] = when;
                return vec![
                    format!("Người ký: {}", self.name),
                    format!("Cơ quan: {}", self.agency),
                    format!("Thời gian ký: {} {hour}", day.replace('/', ".")),
                ];
            }
        };
        let style = Style::new(Cut::Regular, SIZE);
        let mut lines: Vec<String> = Vec::new();
        for (place, part) in parts.iter().enumerate() {
            let part =
                if place + 1 < parts.len() { format!("{part};") } else { part.clone() };
            match lines.last_mut() {
                Some(line)
                    if style.width(self.faces, &format!("{line} {part}")) <= WIDEST =>
                {
                    *line = format!("{line} {part}");
                }
                _ => lines.push(part),
            }
        }
        lines
    }

    /// The stamp or picture, and its sides in millimetres.
    fn design(&self, width: f64) -> Result<Sheet, SignError> {
        let style = Style::new(Cut::Regular, SIZE);
        if let As::Leader | As::Agency = self.kind {
            let picture = self.picture.as_ref().ok_or(LookError::NoPicture);
            let picture = picture.map_err(SignError::Look)?;
            let height =
                width * f64::from(picture.height) / f64::from(picture.width.max(1));
            let mut sheet = Sheet::new((width, height));
            sheet.picture([0.0, 0.0, width, height], picture.clone());
            return Ok(sheet);
        }
        let lines = self.lines();
        let widths = lines.iter().map(|line| style.width(self.faces, line));
        let wide = widths.fold(0.0, f64::max);
        let count = u32::try_from(lines.len()).unwrap_or(1);
        let mut sheet = Sheet::new((wide + 0.4, PITCH * f64::from(count)));
        for (line, place) in lines.iter().zip(1..) {
            sheet.text(0.2, PITCH * f64::from(place) - 1.1, style, line);
        }
        Ok(sheet)
    }

    /// Finds the place in a document and puts the look into the update.
    ///
    /// # Errors
    ///
    /// When there is no room, or something is missing.
    pub fn put(
        &self,
        update: &mut Update<'_>,
        claims: &[Claim],
    ) -> Result<Look, SignError> {
        let view = update.view();
        let (page, sheet, spot) = match self.kind {
            As::TrueCopy | As::Recopy | As::Extract | As::Annex | As::Officer => {
                let sheet = self.design(0.0)?;
                let page = seen(view, place::page(view, 0)?)?;
                let place = margin(&page, &sheet)?;
                (0, sheet, (page, place))
            }
            As::Leader => {
                let (index, page, gap) = block(view)?;
                let width = self.wide(SIGNATURE_WIDTH)?;
                let mut sheet = self.design(width)?;
                let room = gap.bottom - gap.top - 2.0;
                if sheet.height > room {
                    sheet = self.design(width * room / sheet.height)?;
                }
                let left = f64::midpoint(gap.left, gap.right) - sheet.width / 2.0;
                let top = f64::midpoint(gap.top, gap.bottom) - sheet.height / 2.0;
                (index, sheet, (page, (left, top)))
            }
            As::Agency => {
                let (index, rect) = leader(view, claims)?;
                let sheet = self.design(self.wide(SEAL_WIDTH)?)?;
                let page = seen(view, place::page(view, index)?)?;
                let seen = on_page(&page, rect);
                // A third of the signature, on its left.
                let left = seen.left + seen.width() / 3.0 - sheet.width;
                let top = f64::midpoint(seen.top, seen.bottom) - sheet.height / 2.0;
                (index, sheet, (page, (left.max(EDGE), top)))
            }
        };
        let (of_page, (left, top)) = spot;
        let rect = (left, top, sheet.width, sheet.height);
        Ok(Look {
            page,
            rect: own_rect(&of_page, rect),
            form: form(update, &sheet, self.faces, &of_page)?,
        })
    }

    /// Puts the look into the update for a field that has its own place: in its real
    /// size in the middle. Only a leader's picture and an officer's lines may be smaller.
    ///
    /// # Errors
    ///
    /// When it does not fit, or something is missing.
    pub fn put_in(
        &self,
        update: &mut Update<'_>,
        spot: &Spot,
    ) -> Result<Look, SignError> {
        let page = seen(update.view(), spot.page)?;
        let sheet = self.design(match self.kind {
            As::Leader => self.wide(SIGNATURE_WIDTH)?,
            As::Agency => self.wide(SEAL_WIDTH)?,
            As::TrueCopy | As::Recopy | As::Extract | As::Annex | As::Officer => 0.0,
        })?;
        let inner = form(update, &sheet, self.faces, &page)?;
        let [left, bottom, right, top] = spot.rect;
        let (wide, high) = (right - left, top - bottom);
        let [x1, y1, x2, y2] = own_rect(&page, (0.0, 0.0, sheet.width, sheet.height));
        let scale = (wide / (x2 - x1)).min(high / (y2 - y1)).min(1.0);
        let least = match self.kind {
            As::Leader => 0.0,
            As::Officer => LEAST_LEGIBLE,
            As::TrueCopy | As::Recopy | As::Extract | As::Annex | As::Agency => {
                LEAST_SCALE
            }
        };
        if scale < least {
            return Err(SignError::Look(LookError::FieldSmall));
        }
        // Where the middle of the form comes to lie by its own matrix.
        let half = |mm: f64| Mm(mm).to_pt().0 / 2.0;
        let (across, down) = (half(sheet.width), half(sheet.height));
        let turn = page.own;
        let middle = (turn.a * across + turn.c * down, turn.b * across + turn.d * down);
        let (x, y) = (wide / 2.0 - scale * middle.0, high / 2.0 - scale * middle.1);
        let content = format!("q {scale:.4} 0 0 {scale:.4} {x:.3} {y:.3} cm /S Do Q");
        let zero = Object::Int(0);
        let sides = vec![zero.clone(), zero, number(wide), number(high)];
        let forms = dict([("S", Object::Ref(inner))]);
        let head = dict([
            ("Type", named("XObject")),
            ("Subtype", named("Form")),
            ("BBox", Object::Array(sides)),
            ("Resources", Object::Dict(dict([("XObject", Object::Dict(forms))]))),
        ]);
        let form = update.add_stream(head, content.into_bytes());
        Ok(Look { page: 0, rect: spot.rect, form })
    }

    fn wide(&self, usual: f64) -> Result<f64, SignError> {
        let width = self.width.unwrap_or(usual);
        if WIDTHS.contains(&width) {
            Ok(width)
        } else {
            Err(SignError::Look(LookError::Width))
        }
    }
}

/// Reads the picture of a signature or seal: PNG with a transparent ground.
///
/// # Errors
///
/// When it is none.
pub fn picture(bytes: &[u8]) -> Result<Pixels, LookError> {
    let read = image::load_from_memory_with_format(bytes, image::ImageFormat::Png);
    let pixels = read.map_err(|_bad| LookError::BadPicture)?.to_rgba8();
    let all = pixels.pixels().len();
    let clear = pixels.pixels().filter(|pixel| pixel.0[3] < 128).count();
    #[expect(clippy::cast_precision_loss, reason = "counts of pixels")]
    let part = clear as f64 / all.max(1) as f64;
    if part < LEAST_CLEAR {
        return Err(LookError::Opaque);
    }
    let (width, height) = pixels.dimensions();
    Ok(Pixels { width, height, rgba: pixels.into_raw() })
}
