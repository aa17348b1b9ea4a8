//! One page of a file by itself: what a signature is shown on is looked at without
//! reading the file as a whole, which may have hundreds of megabytes.
//!
//! The page is taken with all it refers to and what it inherits (ISO 32000-2,
//! 7.7.3.4), in clear, and nothing leads back to the other pages: of annotations
//! only what paints them is kept.

use crate::cos::document::View;
use crate::cos::syntax::{self, dict, named};
use crate::cos::{Dict, Id, Moving, Object, pages};
use crate::sign::SignError;
use crate::sign::look::{LookError, Unseen};

/// Objects of one page.
const MOST_OBJECTS: usize = 100_000;
/// Bytes of one page.
const MOST_BYTES: usize = 512 << 20;
/// What a page is made of (table 31).
const OF_PAGE: [&[u8]; 9] = [
    b"Type",
    b"MediaBox",
    b"CropBox",
    b"Rotate",
    b"Resources",
    b"Contents",
    b"UserUnit",
    b"Group",
    b"Annots",
];
/// What paints an annotation (table 166).
const OF_ANNOTATION: [&[u8]; 7] =
    [b"Type", b"Subtype", b"Rect", b"AP", b"AS", b"F", b"OC"];

/// The page with this number as a PDF of its own.
///
/// # Errors
///
/// When it cannot be read, or has more than a page can have.
pub fn leaf(view: View<'_>, page: Id) -> Result<Vec<u8>, SignError> {
    let mut leaf = Leaf {
        view,
        moving: Moving::new(MOST_OBJECTS),
        out: b"%PDF-1.7\n".to_vec(),
        offsets: vec![0, 0, 0],
    };
    let catalog = view.catalog()?;
    let mut own = dict([("Type", named("Catalog")), ("Pages", Object::Ref(number(2)))]);
    if let Some(layers) = catalog.dict().and_then(|it| it.get(b"OCProperties")) {
        own = own.with(b"OCProperties", leaf.moved(layers));
    }
    let node = dict([
        ("Type", named("Pages")),
        ("Kids", Object::Array(vec![Object::Ref(number(3))])),
        ("Count", Object::Int(1)),
    ]);
    let page = pages::whole(view, page)?.ok_or(SignError::NoPage)?;
    let page = leaf.page(&page).with(b"Parent", Object::Ref(number(2)));
    for (place, body) in [own, node, page].into_iter().enumerate() {
        leaf.write(place + 1, &Object::Dict(body), None)?;
    }
    while let Some((id, to)) = leaf.moving.take() {
        leaf.carry(id, to)?;
    }
    Ok(leaf.close())
}

fn number(number: u32) -> Id {
    Id { number, generation: 0 }
}

/// The new file as it grows.
struct Leaf<'d> {
    view: View<'d>,
    /// The objects that go with the page.
    moving: Moving,
    out: Vec<u8>,
    /// Where the objects lie, the first at 0; the catalogue, the node of pages and
    /// the page come first.
    offsets: Vec<usize>,
}

impl Leaf<'_> {
    /// The entries of a page that are kept.
    fn page(&mut self, page: &Dict) -> Dict {
        let mut kept = Dict::empty();
        for (key, value) in page.entries().filter(|(key, _)| OF_PAGE.contains(key)) {
            let value = if key == b"Annots" {
                let list = self.view.resolve(value);
                let list = list.as_ref().ok().and_then(|list| list.array());
                let list = list.unwrap_or_default().to_vec();
                Object::Array(list.iter().filter_map(|it| self.annotation(it)).collect())
            } else {
                self.moved(value)
            };
            kept = kept.with(key, value);
        }
        kept
    }

    fn annotation(&mut self, annotation: &Object) -> Option<Object> {
        let found = self.view.resolve(annotation).ok()?;
        let mut kept = Dict::empty();
        for (key, value) in found.dict()?.entries() {
            if OF_ANNOTATION.contains(&key) {
                kept = kept.with(key, self.moved(value));
            }
        }
        Some(Object::Dict(kept))
    }

    /// An object with the new numbers of what it refers to; the first three are those
    /// of the catalogue, the node of pages and the page.
    fn moved(&mut self, object: &Object) -> Object {
        let mut next = u32::try_from(self.moving.len()).unwrap_or(u32::MAX - 4) + 4;
        let mut give = || {
            next += 1;
            next - 1
        };
        self.moving.moved(object, &mut give)
    }

    /// Takes an object over.
    fn carry(&mut self, id: Id, to: u32) -> Result<(), SignError> {
        let place = usize::try_from(to).unwrap_or(usize::MAX);
        let Ok(object) = self.view.object(id) else {
            return self.write(place, &Object::Null, None);
        };
        let Object::Stream(stream) = &*object else {
            let moved = self.moved(&object);
            return self.write(place, &moved, None);
        };
        let view = self.view;
        let raw = view.raw(Some(id), stream)?;
        let length = i64::try_from(raw.len()).unwrap_or(i64::MAX);
        let head = self.moved(&Object::Dict(stream.dict.clone()));
        let head = head.dict().cloned().unwrap_or_default();
        let head = head.with(b"Length", Object::Int(length));
        self.write(place, &Object::Dict(head), Some(&raw))
    }

    fn write(
        &mut self,
        place: usize,
        object: &Object,
        data: Option<&[u8]>,
    ) -> Result<(), SignError> {
        if self.offsets.len() < place {
            self.offsets.resize(place, 0);
        }
        if let Some(offset) = self.offsets.get_mut(place - 1) {
            *offset = self.out.len();
        }
        self.out.extend_from_slice(format!("{place} 0 obj\n").as_bytes());
        syntax::write(object, &mut self.out);
        if let Some(data) = data {
            if self.out.len().saturating_add(data.len()) > MOST_BYTES {
                return Err(SignError::Look(LookError::Page(Unseen::TooLarge)));
            }
            self.out.extend_from_slice(b"\nstream\n");
            self.out.extend_from_slice(data);
            self.out.extend_from_slice(b"\nendstream");
        }
        self.out.extend_from_slice(b"\nendobj\n");
        Ok(())
    }

    /// The file with its table.
    fn close(mut self) -> Vec<u8> {
        let at = self.out.len();
        let size = self.offsets.len() + 1;
        let rows = self.offsets.iter().map(|offset| format!("{offset:010} 00000 n \n"));
        let rows: String = rows.collect();
        let tail = format!(
            "xref\n0 {size}\n0000000000 65535 f \n{rows}trailer\n<</Size {size}/Root 1 0 R>>\n\
             startxref\n{at}\n%%EOF\n"
        );
        self.out.extend_from_slice(tail.as_bytes());
        self.out
    }
}
