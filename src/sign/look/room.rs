//! Where on a page there is room for a signature: a free place in the margin, the
//! gap between position and name, the leader's signature for the agency's seal.
//!
//! Places are counted in millimetres from the top left corner of the page as it is
//! seen.

use crate::cos::document::View;
use crate::cos::{Id, Object, pages};
use crate::pdf::{self, Page, PageText};
use crate::print::Sheet;
use crate::raster::{DecodeError, Limits, Raster};
use crate::sign::SignError;
use crate::sign::leaf::leaf;
use crate::sign::look::EDGE;
use crate::sign::look::error::{LookError, Unseen};
use crate::text::fields::is_signers_title;
use crate::units::{Affine, Mm, Pt, Rect};
use crate::verify::claim::Claim;

/// Millimetres of the top margin (Phụ lục I, Phần I, I.2: 20 to 25).
const TOP_MARGIN: f64 = 20.0;
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

/// A free place in the top margin on the right: its left and top in millimetres.
pub(super) fn margin(page: &Page, sheet: &Sheet) -> Result<(f64, f64), SignError> {
    let unpainted = |error| SignError::Look(LookError::Page(Unseen::Unpainted(error)));
    let ground = Ground::of(page).map_err(unpainted)?;
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

/// The ink of a page, and the map from millimetres from its top left corner.
struct Ground {
    raster: Raster,
    /// From points as seen, from the bottom left, to pixels.
    map: Affine,
    height: f64,
}

impl Ground {
    fn of(page: &Page) -> Result<Self, DecodeError> {
        // A page of a PDF always has its place.
        let lost = || DecodeError::Undecodable { codec: "PDF" };
        let placed = page.scan.placed.ok_or_else(lost)?;
        let across = placed.map.a.hypot(placed.map.b).max(1e-6);
        let wanted = 72.0 / GROUND_DPI / across;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "bounded"
        )]
        let factor = wanted.floor().clamp(1.0, 64.0) as u32;
        let raster = page.scan.load_grey_reduced(factor)?;
        let shrink = Affine::scale(1.0 / f64::from(factor), 1.0 / f64::from(factor));
        let map = placed.map.inverse().ok_or_else(lost)?.then(shrink);
        Ok(Self { raster, map, height: placed.height })
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

/// The gap between the position and the name of the signer, on the last page that
/// has one, in millimetres as seen.
pub(super) fn block(view: View<'_>) -> Result<(usize, Page, Rect), SignError> {
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

/// The page and rectangle of the last signature that can be seen.
pub(super) fn leader(
    view: View<'_>,
    claims: &[Claim],
) -> Result<(usize, [f64; 4]), SignError> {
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

/// A page as it is seen, read by itself.
pub(super) fn seen(view: View<'_>, id: Id) -> Result<Page, SignError> {
    let damaged = |error| SignError::Look(LookError::Page(Unseen::Unreadable(error)));
    let alone = leaf(view, id)?;
    let opened = pdf::open(alone.into(), None, Limits::default()).map_err(damaged)?;
    opened.page_up_to(0, GROUND_DPI).map_err(damaged)
}

/// A rectangle of the page's own, in millimetres as seen.
pub(super) fn on_page(page: &Page, [left, bottom, right, top]: [f64; 4]) -> Rect {
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
pub(super) fn own_rect(
    page: &Page,
    (left, top, width, height): (f64, f64, f64, f64),
) -> [f64; 4] {
    let points = |mm: f64| Mm(mm).to_pt().0;
    let whole = page.scan.placed.map_or(0.0, |placed| placed.height);
    let one = page.own.apply(points(left), whole - points(top + height));
    let other = page.own.apply(points(left + width), whole - points(top));
    [one.0.min(other.0), one.1.min(other.1), one.0.max(other.0), one.1.max(other.1)]
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
