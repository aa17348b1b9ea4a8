//! What a signature shows on its page: where, in which form, and saying what.
//!
//! People believe what they see. The bytes of a look are signed, but nothing ties what
//! it says to the certificate: a look may name a leader while a clerk's key signed. So
//! a look is read as it was when it was signed, for `nd30` to hold it against the signature.

use crate::cos::document::View;
use crate::cos::{Dict, Document, Id, Object, pages};
use crate::units::{Affine, Pt, Rect};
use crate::verify::claim::Claim;
use crate::verify::drawn::{Allowance, Letters, affine, drawn};
pub use crate::verify::stated::Form;
use crate::verify::widget::{UNSEEN, area, with_kids};

/// Signatures of one file whose looks are read.
const MOST_LOOKS: usize = 256;
/// Pages among which theirs are sought.
const MOST_PAGES: usize = 5_000;
/// Widgets of one field.
const MOST_WIDGETS: usize = 16;
/// Letters of a look that are told.
const MOST_TEXT: usize = 500;

/// What a signature shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Appearance {
    /// Its form.
    pub form: Form,
    /// The page, counted from 1, where it is known.
    pub page: Option<usize>,
    /// Millimetres from the left and top of the page as it is seen.
    pub place: Option<Rect>,
    /// Millimetres of the page as it is seen, across and down.
    pub sides: Option<(f64, f64)>,
    /// What it says; none where a letter is not known.
    pub text: Option<String>,
    /// How its letters are set; sizes in points.
    pub(crate) letters: Vec<Letters>,
    /// Whether there is a picture.
    pub picture: bool,
}

/// What each of these signatures shows, as it was when it signed; none where that cannot
/// be told.
pub(crate) fn of(document: &Document, claims: &[Claim]) -> Vec<Option<Appearance>> {
    let mut listed: Option<Vec<Id>> = None;
    let mut left = Allowance::default();
    let mut look = |claim: &Claim| {
        let (range, holder) = (claim.range.ok()?, claim.holder?);
        let view = document.at(range.revision);
        let seen = with_kids(view, holder, MOST_WIDGETS)
            .into_iter()
            .find_map(|widget| seen(view, widget).map(|look| (widget, look)));
        let Some((widget, (rect, look))) = seen else { return Some(Appearance::none()) };
        let listed = listed.get_or_insert_with(|| {
            pages::pages(document.now(), MOST_PAGES).unwrap_or_default()
        });
        let page = page_of(view, widget, listed);
        Some(of_look(view, (rect, &look), page, &mut left))
    };
    let of_one = |(place, claim)| if place < MOST_LOOKS { look(claim) } else { None };
    claims.iter().enumerate().map(of_one).collect()
}

/// The place of a widget that can be seen, and its look.
fn seen(view: View<'_>, widget: Id) -> Option<(Rect, Object)> {
    let widget = view.object(widget).ok()?;
    let widget = widget.dict()?;
    let rect = area(view, widget)?;
    if view.get(widget, b"F").int().unwrap_or(0) & UNSEEN != 0 {
        return None;
    }
    let looks = view.get(widget, b"AP");
    Some((rect, looks.dict()?.get(b"N")?.clone()))
}

/// The page a widget is on, and its place among all.
fn page_of(view: View<'_>, widget: Id, listed: &[Id]) -> Option<(usize, Id)> {
    let place = |page: Id| listed.iter().position(|one| *one == page);
    let object = view.object(widget).ok()?;
    let named = object.dict()?.get(b"P").and_then(Object::reference);
    if let Some(page) = named
        && let Some(index) = place(page)
    {
        return Some((index, page));
    }
    let bears = |page: &Id| {
        let page = view.object(*page).ok();
        let page = page.as_ref().and_then(|page| page.dict());
        let annotations = page.map(|page| view.get(page, b"Annots"));
        let annotations = annotations.as_ref().and_then(|all| all.array());
        let mut annotations = annotations.unwrap_or_default().iter();
        annotations.any(|one| one.reference() == Some(widget))
    };
    listed.iter().copied().enumerate().find(|(_, page)| bears(page))
}

/// What a look in a place of a page shows.
fn of_look(
    view: View<'_>,
    (rect, look): (Rect, &Object),
    page: Option<(usize, Id)>,
    left: &mut Allowance,
) -> Appearance {
    let whole = page.and_then(|(_, page)| pages::whole(view, page).ok().flatten());
    let seen = whole.as_ref().and_then(|page| on_page(view, page, rect));
    let mut own = Appearance {
        form: Form::Unknown,
        page: page.map(|(index, _)| index + 1),
        place: seen.map(|(place, _)| place),
        sides: seen.map(|(_, sides)| sides),
        ..Appearance::none()
    };
    let Ok(object) = view.resolve(look) else { return own };
    let Some(stream) = object.stream() else { return own };
    let Ok(content) = view.data(look.reference(), stream) else { return own };
    let found = drawn(view, (&stream.dict, &content), left);
    let scale = fitted(view, &stream.dict, rect);
    own.letters = found.letters;
    for letters in &mut own.letters {
        letters.size *= scale;
    }
    own.picture = found.picture;
    own.text = found.text.map(|text| {
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ").chars().take(MOST_TEXT).collect()
    });
    own.form = Form::of(own.text.as_deref(), own.picture, content.is_empty());
    own
}

impl Appearance {
    fn none() -> Self {
        Self {
            form: Form::None,
            page: None,
            place: None,
            sides: None,
            text: None,
            letters: Vec::new(),
            picture: false,
        }
    }
}

/// How much larger a look is drawn than it is written (12.5.5).
fn fitted(view: View<'_>, look: &Dict, rect: Rect) -> f64 {
    let sides = view.get(look, b"BBox");
    let sides = sides.array().unwrap_or_default().iter().map(Object::number);
    let sides: Option<Vec<f64>> = sides.collect();
    let matrix = view.get(look, b"Matrix");
    let map = affine(matrix.array().unwrap_or_default()).unwrap_or(Affine::IDENTITY);
    let Some(&[x0, y0, x1, y1]) = sides.as_deref() else { return 1.0 };
    let corners = [(x0, y0), (x0, y1), (x1, y0), (x1, y1)];
    let corners = corners.map(|(x, y)| map.apply(x, y));
    let span = |of: fn(&(f64, f64)) -> f64| {
        let all = corners.iter().map(of);
        let (least, most) = all.fold((f64::MAX, f64::MIN), |(least, most), one| {
            (least.min(one), most.max(one))
        });
        most - least
    };
    let own = span(|corner| corner.0) * span(|corner| corner.1);
    let scale = (rect.width() * rect.height() / own).sqrt();
    // What the matrix of the look itself enlarges is in the box already.
    let inner = (map.a * map.d - map.b * map.c).abs().sqrt();
    if (scale * inner).is_normal() { scale * inner } else { 1.0 }
}

/// A rectangle in millimetres from the top left corner of a page as it is seen, and the
/// sides of the page.
fn on_page(view: View<'_>, page: &Dict, rect: Rect) -> Option<(Rect, (f64, f64))> {
    let boxed = |key: &[u8]| {
        let sides = view.get(page, key);
        let sides: Vec<f64> =
            sides.array()?.iter().map(Object::number).collect::<Option<_>>()?;
        let [x0, y0, x1, y1] = *sides else { return None };
        Some([x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)])
    };
    let [left, bottom, right, top] = boxed(b"CropBox").or_else(|| boxed(b"MediaBox"))?;
    let (wide, high) = (right - left, top - bottom);
    let turn = view.get(page, b"Rotate").int().unwrap_or(0).rem_euclid(360);
    let seen = |x: f64, y: f64| {
        let (x, y) = (x - left, top - y);
        match turn {
            90 => (high - y, x),
            180 => (wide - x, high - y),
            270 => (y, wide - x),
            _ => (x, y),
        }
    };
    let one = seen(rect.left, rect.top);
    let other = seen(rect.right, rect.bottom);
    let mm = |points: f64| Pt(points).to_mm().0;
    let place = Rect {
        left: mm(one.0.min(other.0)),
        top: mm(one.1.min(other.1)),
        right: mm(one.0.max(other.0)),
        bottom: mm(one.1.max(other.1)),
    };
    let sides = if turn % 180 == 90 { (high, wide) } else { (wide, high) };
    Some((place, (mm(sides.0), mm(sides.1))))
}
