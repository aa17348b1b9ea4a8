//! How a signature looks, and where on the page.
//!
//! Nghị định 30/2020/NĐ-CP, Phụ lục I, gives each kind its look. A copy of paper and
//! an annex get one text, Times in 10 points, black, upright, in the top margin of
//! the first page on the right, and no picture (Phần II; Phụ lục III, mẫu 2.2 and
//! 3.2). A leader's signature is a picture centred between position and name; the
//! agency's is its red seal in real size over a third of the leader's signature
//! (Phần I, II.7 and II.8). A place that is taken is not written over: then there is
//! no room, and that is said.

use crate::cos::document::View;
use crate::cos::lexer::Lexer;
use crate::cos::syntax::{dict, named};
use crate::cos::{Dict, Id, Object, pages};
use crate::pdf;
use crate::pdf::{Page, PageText};
use crate::pki::Certificate;
use crate::print::{Cut, Faces, Pixels, Sheet, Style, ink};
use crate::raster::{Limits, Raster};
use crate::say;
use crate::say::Sentence;
use crate::sign::SignError;
use crate::sign::leaf::leaf;
use crate::sign::place::{self, Look, Spot, number};
use crate::sign::update::Update;
use crate::text::fields::is_signers_title;
use crate::time::Timestamp;
use crate::units::{Affine, Mm, Pt, Rect};
use crate::verify::claim::Claim;
use crate::verify::role::Role;

/// Points of the letters of stamps (Phụ lục I, Phần II, I).
const SIZE: f64 = 10.0;
/// Millimetres from one baseline to the next.
const PITCH: f64 = 4.3;
/// Millimetres of a line at most: wider ones are broken after a semicolon.
const WIDEST: f64 = 105.0;
/// Millimetres of the top margin (Phụ lục I, Phần I, I.2: 20 to 25).
const TOP_MARGIN: f64 = 20.0;
/// Millimetres to the edge that stay free: printers do not reach it.
const EDGE: f64 = 4.0;
/// Millimetres of the right margin (15 to 20), the usual first.
const RIGHT_MARGINS: [f64; 3] = [15.0, 17.5, 20.0];
/// Steps in which a place is looked for, in millimetres.
const STEP: f64 = 0.5;
/// Pixels an inch at which the ground is looked at.
const GROUND_DPI: f64 = 100.0;
/// Grey below which a pixel is ink, and the part of a place that may be.
const INK: u8 = 150;
const MOST_INK: f64 = 0.004;
/// Millimetres between position and name at least, for a signature to fit.
const LEAST_GAP: f64 = 8.0;
/// Millimetres between them at most.
const MOST_GAP: f64 = 70.0;
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

/// Why a signature cannot look so.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LookError {
    /// The page cannot be looked at.
    Page(String),
    /// No free place in the top margin.
    NoRoom,
    /// No position with a name below it.
    NoBlock,
    /// No leader's signature that can be seen.
    NoLeader,
    /// The agency signs after the leader.
    LeaderFirst,
    /// A copy is certified by the agency's key.
    NotAgency,
    /// An annex without the number of its document.
    NoNumber,
    /// No picture was given.
    NoPicture,
    /// The picture cannot be read.
    BadPicture,
    /// The picture hides what is under it.
    Opaque,
    /// A width that cannot be.
    Width,
    /// The font lacks letters.
    Letters(String),
    /// The field has no place on a page where it can be seen, or several.
    NoWidget,
    /// The field is too small for it.
    FieldSmall,
}

impl LookError {
    /// In a sentence.
    #[must_use]
    pub fn told(&self, lang: say::Lang) -> String {
        let plain: Sentence = match self {
            Self::NoRoom => say::sign::look_no_room,
            Self::NoBlock => say::sign::look_no_block,
            Self::NoLeader => say::sign::look_no_leader,
            Self::LeaderFirst => say::sign::look_leader_first,
            Self::NotAgency => say::sign::look_not_agency,
            Self::NoNumber => say::sign::look_no_number,
            Self::NoPicture => say::sign::look_no_picture,
            Self::BadPicture => say::sign::look_bad_picture,
            Self::Opaque => say::sign::look_opaque,
            Self::Width => say::sign::look_width,
            Self::NoWidget => say::sign::look_no_widget,
            Self::FieldSmall => say::sign::look_field_small,
            Self::Page(why) => return say::sign::look_page(lang, why),
            Self::Letters(letters) => return say::sign::look_letters(lang, letters),
        };
        plain(lang)
    }
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

/// The ink of a page, and the map from millimetres from its top left corner.
struct Ground {
    raster: Raster,
    /// From points as seen, from the bottom left, to pixels.
    map: Affine,
    height: f64,
}

impl Ground {
    fn of(page: &Page) -> Option<Self> {
        let placed = page.scan.placed?;
        let across = placed.map.a.hypot(placed.map.b).max(1e-6);
        let wanted = 72.0 / GROUND_DPI / across;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "bounded"
        )]
        let factor = wanted.floor().clamp(1.0, 64.0) as u32;
        let raster = page.scan.load_grey_reduced(factor).ok()?;
        let shrink = Affine::scale(1.0 / f64::from(factor), 1.0 / f64::from(factor));
        let map = placed.map.inverse()?.then(shrink);
        Some(Self { raster, map, height: placed.height })
    }

    /// Whether there is ink in a place, in millimetres as seen.
    fn is_inked(&self, (left, top, width, height): (f64, f64, f64, f64)) -> bool {
        let points = |mm: f64| Mm(mm).to_pt().0;
        let corners = [(left, top), (left + width, top + height)];
        let corners =
            corners.map(|(x, y)| self.map.apply(points(x), self.height - points(y)));
        let [(x1, y1), (x2, y2)] = corners;
        let span = |one: f64, other: f64, most: u32| {
            let clamp = |v: f64| v.clamp(0.0, f64::from(most));
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "clamped"
            )]
            let ends = (
                clamp(one.min(other)).floor() as usize,
                clamp(one.max(other)).ceil() as usize,
            );
            ends
        };
        let (from, to) = span(x1, x2, self.raster.width);
        let (first, last) = span(y1, y2, self.raster.height);
        let (mut dark, mut all) = (0_u32, 0_u32);
        for row in self.raster.rows().skip(first).take(last.saturating_sub(first)) {
            for pixel in row.iter().skip(from).take(to.saturating_sub(from)) {
                all += 1;
                dark += u32::from(*pixel < INK);
            }
        }
        f64::from(dark) > f64::from(all) * MOST_INK
    }
}

/// A free place in the top margin on the right: its left and top in millimetres.
fn margin(page: &Page, sheet: &Sheet) -> Result<(f64, f64), SignError> {
    let ground = Ground::of(page).ok_or_else(|| {
        SignError::Look(LookError::Page(say::sign::look_no_room(say::Lang::Vi)))
    })?;
    let placed = page.scan.placed.map_or(0.0, |placed| placed.width);
    let wide = Pt(placed).to_mm().0;
    let high = page.scan.placed.map_or(0.0, |placed| placed.height);
    let lines: Vec<Rect> =
        page.text.iter().flat_map(|text| visible(text, high)).collect();
    let most = ((TOP_MARGIN - sheet.height - EDGE) / STEP).floor();
    for right in RIGHT_MARGINS {
        let left = wide - right - sheet.width;
        let mut down = 0.0;
        while left >= EDGE && down <= most {
            let top = EDGE + down * STEP;
            let place =
                Rect { left, top, right: left + sheet.width, bottom: top + sheet.height };
            let written = lines.iter().any(|line| meet(line, &place));
            let spot = (left, top, sheet.width, sheet.height);
            if !written && !ground.is_inked(spot) {
                return Ok((left, top));
            }
            down += 1.0;
        }
    }
    Err(SignError::Look(LookError::NoRoom))
}

/// The lines that can be seen, in millimetres.
fn visible(text: &PageText, height: f64) -> impl Iterator<Item = Rect> {
    let lines = text.lines.iter().filter(|line| line.visible);
    lines.map(move |line| millimetres(downwards(line.place, height)))
}

/// A place counted from the bottom edge, counted from the top.
fn downwards(place: Rect, height: f64) -> Rect {
    Rect { top: height - place.bottom, bottom: height - place.top, ..place }
}

fn millimetres(rect: Rect) -> Rect {
    let mm = |points: f64| Pt(points).to_mm().0;
    Rect {
        left: mm(rect.left),
        top: mm(rect.top),
        right: mm(rect.right),
        bottom: mm(rect.bottom),
    }
}

fn meet(one: &Rect, other: &Rect) -> bool {
    one.left < other.right
        && other.left < one.right
        && one.top < other.bottom
        && other.top < one.bottom
}

/// The gap between the position and the name of the signer, on the last page that
/// has one, in millimetres as seen.
fn block(view: View<'_>) -> Result<(usize, Page, Rect), SignError> {
    let pages = pages::pages(view, usize::MAX)?;
    for (index, id) in pages.into_iter().enumerate().rev() {
        let page = seen(view, id)?;
        let wide = Pt(page.scan.placed.map_or(0.0, |placed| placed.width)).to_mm().0;
        let high = page.scan.placed.map_or(0.0, |placed| placed.height);
        let Some(text) = &page.text else { continue };
        let lines: Vec<(String, Rect)> = text
            .lines
            .iter()
            .filter(|line| !line.annotation)
            .map(|line| (line.text.clone(), millimetres(downwards(line.place, high))))
            .filter(|(_, place)| f64::midpoint(place.left, place.right) > wide * 0.5)
            .collect();
        if let Some(gap) = gap_in(&lines) {
            return Ok((index, page, gap));
        }
    }
    Err(SignError::Look(LookError::NoBlock))
}

/// The lowest title with a name below it, and what is between them.
fn gap_in(lines: &[(String, Rect)]) -> Option<Rect> {
    let is_title = |text: &str| {
        let capitals = text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        capitals && is_signers_title(text)
    };
    let is_name = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
        (2..=6).contains(&words.len()) && words.iter().all(capital)
    };
    let mut titles: Vec<&(String, Rect)> =
        lines.iter().filter(|(text, _)| is_title(text)).collect();
    titles.sort_by(|one, other| other.1.bottom.total_cmp(&one.1.bottom));
    titles.into_iter().find_map(|(_, title)| {
        let middle = f64::midpoint(title.left, title.right);
        let mut below: Vec<&(String, Rect)> = lines
            .iter()
            .filter(|(_, place)| place.top > title.bottom)
            .filter(|(_, place)| {
                (f64::midpoint(place.left, place.right) - middle).abs() < 30.0
            })
            .collect();
        below.sort_by(|one, other| one.1.top.total_cmp(&other.1.top));
        let (text, name) = below.first()?;
        let gap = name.top - title.bottom;
        let fits = is_name(text) && (LEAST_GAP..=MOST_GAP).contains(&gap);
        fits.then_some(Rect {
            left: title.left.min(name.left),
            right: title.right.max(name.right),
            top: title.bottom,
            bottom: name.top,
        })
    })
}

/// The page and rectangle of the last signature that can be seen.
fn leader(view: View<'_>, claims: &[Claim]) -> Result<(usize, [f64; 4]), SignError> {
    let pages = pages::pages(view, usize::MAX)?;
    for claim in claims.iter().rev() {
        let holder = claim.holder.and_then(|id| view.object(id).ok());
        let Some(holder) = holder.as_ref().and_then(|holder| holder.dict()) else {
            continue;
        };
        let rect = view.get(holder, b"Rect");
        let sides: Vec<f64> =
            rect.array().unwrap_or_default().iter().filter_map(Object::number).collect();
        let [left, bottom, right, top] = *sides else { continue };
        if right - left < 1.0 || top - bottom < 1.0 {
            continue;
        }
        let Some(page) = holder.get(b"P").and_then(Object::reference) else { continue };
        if let Some(index) = pages.iter().position(|known| *known == page) {
            return Ok((index, [left, bottom, right, top]));
        }
    }
    Err(SignError::Look(LookError::NoLeader))
}

/// A page as it is seen, read by itself.
fn seen(view: View<'_>, id: Id) -> Result<Page, SignError> {
    let damaged =
        |error: pdf::PdfError| SignError::Look(LookError::Page(error.to_string()));
    let alone = leaf(view, id)?;
    let opened = pdf::open(alone.into(), None, Limits::default()).map_err(damaged)?;
    opened.page_up_to(0, GROUND_DPI).map_err(damaged)
}

/// A rectangle of the page's own, in millimetres as seen.
fn on_page(page: &Page, [left, bottom, right, top]: [f64; 4]) -> Rect {
    let height = page.scan.placed.map_or(0.0, |placed| placed.height);
    let seen = page.own.inverse().unwrap_or(Affine::IDENTITY);
    let (x1, y1) = seen.apply(left, bottom);
    let (x2, y2) = seen.apply(right, top);
    millimetres(Rect {
        left: x1.min(x2),
        right: x1.max(x2),
        top: height - y1.max(y2),
        bottom: height - y1.min(y2),
    })
}

/// A place as seen, in millimetres, as a rectangle of the page's own.
fn own_rect(page: &Page, (left, top, width, height): (f64, f64, f64, f64)) -> [f64; 4] {
    let points = |mm: f64| Mm(mm).to_pt().0;
    let whole = page.scan.placed.map_or(0.0, |placed| placed.height);
    let one = page.own.apply(points(left), whole - points(top + height));
    let other = page.own.apply(points(left + width), whole - points(top));
    [one.0.min(other.0), one.1.min(other.1), one.0.max(other.0), one.1.max(other.1)]
}

/// Puts the form that paints a sheet into the update.
fn form(
    update: &mut Update<'_>,
    sheet: &Sheet,
    faces: &Faces,
    page: &Page,
) -> Result<Id, SignError> {
    let inked = ink(sheet, faces, update.next())?;
    if !inked.missing.is_empty() {
        let letters = inked.missing.iter().collect();
        return Err(SignError::Look(LookError::Letters(letters)));
    }
    for part in inked.parts {
        let entries = parsed(&part.entries)?;
        match part.data {
            Some(data) => update.add_stream(entries, data),
            None => update.add(entries),
        };
    }
    let (width, height) = inked.sides;
    let zero = Object::Int(0);
    let sides = vec![zero.clone(), zero.clone(), number(width), number(height)];
    // 12.5.5: the box is turned as the page is, and fitted into the rectangle.
    let turn = [page.own.a, page.own.b, page.own.c, page.own.d];
    let mut matrix: Vec<Object> = turn.into_iter().map(number).collect();
    matrix.extend([zero.clone(), zero]);
    let head = dict([
        ("Type", named("XObject")),
        ("Subtype", named("Form")),
        ("BBox", Object::Array(sides)),
        ("Matrix", Object::Array(matrix)),
        ("Resources", Object::Dict(parsed(&inked.resources)?)),
    ]);
    Ok(update.add_stream(head, inked.content))
}

/// The dictionary of these entries.
fn parsed(entries: &str) -> Result<Dict, SignError> {
    let whole = format!("<<{entries}>> ");
    match Lexer::new(whole.as_bytes(), 0).object() {
        Ok(Object::Dict(dict)) => Ok(dict),
        Ok(_) | Err(_) => Err(SignError::NotHolding),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, left: f64, top: f64) -> (String, Rect) {
        (text.to_owned(), Rect { left, top, right: left + 40.0, bottom: top + 5.0 })
    }

    #[test]
    fn a_signature_goes_between_the_position_and_the_name() {
        let lines = [
            line("TM. ỦY BAN NHÂN DÂN", 120.0, 200.0),
            line("CHỦ TỊCH", 120.0, 206.0),
            line("Nguyễn Văn Bình", 120.0, 236.0),
        ];
        let gap = gap_in(&lines).unwrap();
        assert!((gap.top - 211.0).abs() < 0.1 && (gap.bottom - 236.0).abs() < 0.1);
        assert!(gap_in(&lines[..2]).is_none());
        let close =
            [line("CHỦ TỊCH", 120.0, 206.0), line("Nguyễn Văn Bình", 120.0, 213.0)];
        assert!(gap_in(&close).is_none(), "no room for a signature");
    }
}
