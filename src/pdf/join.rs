//! Joins PDF files into one, with a bookmark for each.
//!
//! Pages keep everything they show. What belongs to a file as a whole, forms,
//! attachments and bookmarks of its own, stays behind, and so do signatures: they
//! were made over other bytes and can hold for no other file.

use lopdf::{
    Dictionary, Document, LoadOptions, Object, ObjectId, StringFormat, dictionary,
};

/// How deep inherited page attributes are looked for.
const MOST_ANCESTORS: usize = 64;
/// What a page may inherit (ISO 32000-2, 7.7.3.4).
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

/// A joined file.
#[derive(Debug)]
pub struct Joined {
    /// Its bytes; `None` where no part had pages.
    pub bytes: Option<Vec<u8>>,
    /// The parts that could not be taken in, by their number from 0.
    pub left_out: Vec<usize>,
}

/// A file being joined.
#[derive(Debug)]
pub struct Joining {
    whole: Document,
    pages: Vec<ObjectId>,
    /// The first page of each part and its bookmark.
    marks: Vec<(String, ObjectId)>,
    root: ObjectId,
    parts: usize,
    left_out: Vec<usize>,
}

impl Default for Joining {
    fn default() -> Self {
        let mut whole = Document::with_version("1.7");
        let root = whole.new_object_id();
        Self {
            whole,
            pages: Vec::new(),
            marks: Vec::new(),
            root,
            parts: 0,
            left_out: Vec::new(),
        }
    }
}

impl Joining {
    /// Adds a file under a bookmark. One that cannot be taken apart is left out.
    pub fn add(&mut self, bookmark: &str, bytes: &[u8]) {
        if self.try_add(bookmark, bytes).is_none() {
            self.left_out.push(self.parts);
        }
        self.parts += 1;
    }

    fn try_add(&mut self, bookmark: &str, bytes: &[u8]) -> Option<()> {
        // Without a password only what anybody may read is opened.
        let options = LoadOptions::with_password("");
        let mut part = Document::load_mem_with_options(bytes, options).ok()?;
        part.renumber_objects_with(self.whole.max_id + 1);
        let pages: Vec<ObjectId> = part.get_pages().into_values().collect();
        let first = *pages.first()?;
        for page in &pages {
            let mut own = part.get_dictionary(*page).ok()?.clone();
            for name in INHERITED {
                if own.get(name).is_err()
                    && let Some(value) = inherited(&part, *page, name)
                {
                    own.set(name, value);
                }
            }
            own.set("Parent", Object::Reference(self.root));
            part.objects.insert(*page, Object::Dictionary(own));
        }
        for object in part.objects.values_mut() {
            if let Object::Dictionary(field) = object
                && field.get(b"FT").and_then(Object::as_name).is_ok_and(|n| n == b"Sig")
            {
                field.remove(b"V");
            }
        }
        self.whole.max_id = part.max_id;
        self.whole.objects.extend(part.objects);
        self.pages.extend(pages);
        self.marks.push((bookmark.to_owned(), first));
        Some(())
    }

    /// The joined file.
    #[must_use]
    pub fn finish(mut self, title: &str) -> Joined {
        let bytes = if self.pages.is_empty() { None } else { self.write(title) };
        Joined { bytes, left_out: self.left_out }
    }

    fn write(&mut self, title: &str) -> Option<Vec<u8>> {
        let kids: Vec<Object> = self.pages.iter().map(|page| (*page).into()).collect();
        let count = i64::try_from(kids.len()).ok()?;
        let tree = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
        self.whole.objects.insert(self.root, tree.into());
        let outlines = self.outlines()?;
        let catalogue = self.whole.add_object(dictionary! {
            "Type" => "Catalog",
            "Pages" => self.root,
            "Outlines" => outlines,
            "PageMode" => "UseOutlines",
        });
        let info = self.whole.add_object(dictionary! { "Title" => text(title) });
        self.whole.trailer = Dictionary::new();
        self.whole.trailer.set("Root", catalogue);
        self.whole.trailer.set("Info", info);
        self.whole.prune_objects();
        let mut bytes = Vec::new();
        self.whole.save_to(&mut bytes).ok()?;
        Some(bytes)
    }

    /// The bookmarks (ISO 32000-2, 12.3.3), one after the other.
    fn outlines(&mut self) -> Option<ObjectId> {
        let root = self.whole.new_object_id();
        let marks = std::mem::take(&mut self.marks);
        let ids: Vec<ObjectId> =
            marks.iter().map(|_| self.whole.new_object_id()).collect();
        for (number, ((title, page), id)) in marks.iter().zip(&ids).enumerate() {
            let there = vec![Object::Reference(*page), "Fit".into()];
            let mut mark = dictionary! {
                "Title" => text(title),
                "Parent" => root,
                "Dest" => there,
            };
            if let Some(before) = number.checked_sub(1).and_then(|at| ids.get(at)) {
                mark.set("Prev", *before);
            }
            if let Some(after) = ids.get(number + 1) {
                mark.set("Next", *after);
            }
            self.whole.objects.insert(*id, mark.into());
        }
        let (first, last) = (*ids.first()?, *ids.last()?);
        let outlines = dictionary! {
            "Type" => "Outlines",
            "First" => first,
            "Last" => last,
            "Count" => i64::try_from(ids.len()).ok()?,
        };
        self.whole.objects.insert(root, outlines.into());
        Some(root)
    }
}

/// Text for people (ISO 32000-2, 7.9.2.2): UTF-16 with its mark.
fn text(text: &str) -> Object {
    let units = [0xfeff].into_iter().chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

/// What a page inherits under this name.
fn inherited(doc: &Document, page: ObjectId, name: &[u8]) -> Option<Object> {
    let mut node = doc.get_dictionary(page).ok()?;
    for _ in 0..MOST_ANCESTORS {
        if let Ok(value) = node.get(name) {
            return Some(value.clone());
        }
        let parent = node.get(b"Parent").and_then(Object::as_reference).ok()?;
        node = doc.get_dictionary(parent).ok()?;
    }
    None
}
