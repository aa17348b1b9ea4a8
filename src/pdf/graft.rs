//! Lays text over pages of an existing PDF and leaves everything else as it is.
//!
//! A file in which some pages have text and others are scans is not rebuilt:
//! its pages, links and bookmarks stay. The text comes as the pages of another
//! PDF, which hold nothing else, and each is laid over its page as a form
//! (ISO 32000-2, 8.10). The file is written anew, so this is never done to one
//! that is signed.

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream, dictionary};

use crate::units::Affine;

/// The name under which the form lies among a page's resources.
const FORM: &[u8] = b"SohoaText";
/// How deep inherited page attributes are looked for.
const MOST_ANCESTORS: usize = 64;

/// A page of text and where it goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Laid {
    /// The page it goes onto, from 0.
    pub onto: usize,
    /// Points of the page as seen to the page's own coordinates.
    pub map: Affine,
}

/// Lays the pages of `text` over pages of `file`, in order, as `laid` says.
/// `None` if either cannot be taken apart that far.
#[must_use]
pub fn lay(file: &[u8], password: &str, text: &[u8], laid: &[Laid]) -> Option<Vec<u8>> {
    let mut doc =
        Document::load_mem_with_options(file, LoadOptions::with_password(password))
            .ok()?;
    let mut over = Document::load_mem(text).ok()?;
    over.renumber_objects_with(doc.max_id + 1);
    let forms: Vec<(Object, Vec<u8>, Object)> = over
        .get_pages()
        .values()
        .map(|&page| form_parts(&over, page))
        .collect::<Option<_>>()?;
    if forms.len() != laid.len() {
        return None;
    }
    doc.max_id = over.max_id;
    doc.objects.extend(over.objects);
    let pages: Vec<ObjectId> = doc.get_pages().into_values().collect();
    for ((bounds, content, resources), laid) in forms.into_iter().zip(laid) {
        let Affine { a, b, c, d, e, f } = laid.map;
        let matrix = [a, b, c, d, e, f].map(real).to_vec();
        let form = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => bounds,
            "Matrix" => matrix,
            "Resources" => resources,
        };
        let mut form = Stream::new(form, content);
        form.compress().ok()?;
        let form = doc.add_object(form);
        put(&mut doc, *pages.get(laid.onto)?, form)?;
    }
    doc.trailer.remove(b"Encrypt");
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).ok()?;
    Some(bytes)
}

/// A number as PDF writes it.
#[expect(clippy::cast_possible_truncation, reason = "a page has few points")]
fn real(number: f64) -> Object {
    Object::Real(number as f32)
}

/// The box, the content and the resources of a page of text.
fn form_parts(over: &Document, page: ObjectId) -> Option<(Object, Vec<u8>, Object)> {
    let content = over.get_page_content(page);
    let page = over.get_dictionary(page).ok()?;
    Some((
        page.get(b"MediaBox").ok()?.clone(),
        content,
        page.get(b"Resources").ok()?.clone(),
    ))
}

/// Adds a form to the end of a page, in the page's own coordinates.
fn put(doc: &mut Document, page: ObjectId, form: ObjectId) -> Option<()> {
    let mut resources = inherited(doc, page).unwrap_or_default();
    let mut forms = match resources.get(b"XObject") {
        Ok(Object::Dictionary(forms)) => forms.clone(),
        Ok(Object::Reference(id)) => doc.get_dictionary(*id).ok()?.clone(),
        Ok(_) | Err(_) => Dictionary::new(),
    };
    forms.set(FORM, Object::Reference(form));
    resources.set("XObject", forms);
    // What the page leaves behind in the graphics state must not move the text.
    let before = doc.add_object(Stream::new(Dictionary::new(), b"q\n".to_vec()));
    let after = [b"\nQ q /".as_slice(), FORM, b" Do Q\n"].concat();
    let after = doc.add_object(Stream::new(Dictionary::new(), after));
    let own = match doc.get_dictionary(page).ok()?.get(b"Contents") {
        Ok(Object::Array(parts)) => parts.clone(),
        Ok(Object::Reference(id)) => match doc.get_object(*id).and_then(Object::as_array)
        {
            Ok(parts) => parts.clone(),
            Err(_stream) => vec![Object::Reference(*id)],
        },
        Ok(_) | Err(_) => Vec::new(),
    };
    let parts = [vec![before.into()], own, vec![after.into()]].concat();
    let page = doc.get_dictionary_mut(page).ok()?;
    page.set("Contents", parts);
    page.set("Resources", resources);
    Some(())
}

/// The resources of a page, its own or inherited (ISO 32000-2, 7.7.3.4).
fn inherited(doc: &Document, page: ObjectId) -> Option<Dictionary> {
    let mut node = doc.get_dictionary(page).ok()?;
    for _ in 0..MOST_ANCESTORS {
        match node.get(b"Resources") {
            Ok(Object::Dictionary(resources)) => return Some(resources.clone()),
            Ok(Object::Reference(id)) => return doc.get_dictionary(*id).ok().cloned(),
            Ok(_) | Err(_) => {}
        }
        let parent = node.get(b"Parent").and_then(Object::as_reference).ok()?;
        node = doc.get_dictionary(parent).ok()?;
    }
    None
}
