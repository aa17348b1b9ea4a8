//! Many PDF files as one, with a bookmark for each, written as it is read.
//!
//! Pages keep everything they show, with all they refer to, byte for byte where it is
//! a stream. What belongs to a file as a whole, forms, attachments and bookmarks of
//! its own, stays behind, and so do signatures: they were made over other bytes and
//! can hold for no other file. What a field shows stays, as a picture on the page.
//! Layers that are off stay off.
//!
//! The parts come from files read in windows and go out object by object, so that what
//! is in memory is one stream and the numbers of the objects of one part.
//!
//! The whole claims to be PDF/A-2b (ISO 19005-2) where every part claims PDF/A-2 and
//! nothing is seen that would make the whole less: the claim is theirs, and what was
//! copied is what they are. Otherwise it claims nothing, and [`Unfit`] says why.

use std::io::{self, Write};

use crate::cos::document::View;
use crate::cos::join::shown::shown;
use crate::cos::{
    CosError, Dict, Document, Id, Moving, Object, Source, Span, Stream, pages, syntax,
};
use crate::digest::Digest;
use crate::pdfa::file::{self, File, text_string};
use crate::pdfa::{self, About, xmp};
use crate::say::{self, Lang};

mod shown;

/// Objects of one part.
const MOST_OBJECTS: usize = 8_000_000;
/// Pages of one part.
const MOST_PAGES: usize = 100_000;
/// Annotations of one page.
const MOST_ANNOTATIONS: usize = 100_000;
/// Bytes of a claim that is read: metadata of one part.
const MOST_CLAIM: usize = 4 << 20;
/// Bytes of a stream whose length is wrong.
const MOST_MENDED: usize = 64 << 20;
/// What a page is made of (ISO 32000-2, table 31); its place in a structure, its
/// thumbnail and what happens when it is opened stay behind.
const OF_PAGE: [&[u8]; 11] = [
    b"Type",
    b"MediaBox",
    b"CropBox",
    b"BleedBox",
    b"TrimBox",
    b"ArtBox",
    b"Rotate",
    b"Resources",
    b"Contents",
    b"UserUnit",
    b"Group",
];
/// What an output intent says besides its profile (table 401).
const OF_INTENT: [&[u8]; 6] = [
    b"Type",
    b"S",
    b"OutputConditionIdentifier",
    b"OutputCondition",
    b"RegistryName",
    b"Info",
];
/// What an annotation may do when it is clicked (table 201): go somewhere.
const GOING: [&[u8]; 3] = [b"GoTo", b"URI", b"Named"];

/// Why a part makes the whole no PDF/A-2b.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unfit {
    /// It does not claim PDF/A-2.
    NoClaim,
    /// It is encrypted.
    Encrypted,
    /// Its cross-references or the lengths of its streams are wrong.
    Damaged,
    /// Its colours are meant for another profile than those of the parts before.
    Profile,
}

impl Unfit {
    /// The reason in words.
    #[must_use]
    pub fn told(self, lang: Lang) -> String {
        match self {
            Self::NoClaim => say::pdf::join_no_claim(lang),
            Self::Encrypted => say::pdf::join_encrypted(lang),
            Self::Damaged => say::pdf::join_damaged(lang),
            Self::Profile => say::pdf::join_profile(lang),
        }
    }
}

/// What became of a part.
#[derive(Debug)]
pub enum Part {
    /// It is in; and why the whole is no PDF/A-2b by it, if it is not.
    Taken(Option<Unfit>),
    /// It cannot be taken apart, or only with a password.
    LeftOut,
}

/// A file being joined.
#[derive(Debug)]
pub struct Joining<W: Write> {
    file: File<W>,
    tree: file::Id,
    kids: Vec<file::Id>,
    /// The first page of each part and its bookmark.
    marks: Vec<(String, file::Id)>,
    /// All layers, and those that are off.
    layers: [Vec<String>; 2],
    /// What colours are meant for, written, and what its profile hashes to.
    intent: Option<(String, Digest)>,
    is_fit: bool,
    /// Whether the part in hand had streams of a wrong length.
    is_mended: bool,
}

impl<W: Write> Joining<W> {
    /// Begins a file.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn begin(out: W) -> io::Result<Self> {
        let mut file = File::begin(out)?;
        let tree = file.reserve();
        Ok(Self {
            file,
            tree,
            kids: Vec::new(),
            marks: Vec::new(),
            layers: [Vec::new(), Vec::new()],
            intent: None,
            is_fit: true,
            is_mended: false,
        })
    }

    /// Adds a part under a bookmark.
    ///
    /// # Errors
    ///
    /// When the file cannot be written. A part that cannot be read is left out.
    pub fn add(&mut self, bookmark: &str, source: Source) -> io::Result<Part> {
        let Ok(opening) = Document::open(source, None) else { return Ok(Part::LeftOut) };
        let document = opening.document;
        if document.cipher().is_some_and(|cipher| !cipher.opens()) {
            return Ok(Part::LeftOut);
        }
        let view = document.now();
        let (before, layers) = (self.kids.len(), self.layers.each_ref().map(Vec::len));
        self.is_mended = false;
        match self.take(view) {
            Ok(()) => {}
            Err(Trouble::Write(error)) => return Err(error),
            Err(Trouble::Read) => {
                // What is written of it already, nothing refers to.
                self.kids.truncate(before);
                for (layers, length) in self.layers.iter_mut().zip(layers) {
                    layers.truncate(length);
                }
                return Ok(Part::LeftOut);
            }
        }
        let Some(first) = self.kids.get(before) else { return Ok(Part::LeftOut) };
        self.marks.push((bookmark.to_owned(), *first));
        let is_broken = opening.broken.is_some() || self.is_mended;
        let unfit = match (document.cipher().is_some(), is_broken) {
            (true, _) => Some(Unfit::Encrypted),
            (_, true) => Some(Unfit::Damaged),
            (false, false) => self.claim(view)?,
        };
        self.is_fit &= unfit.is_none();
        Ok(Part::Taken(unfit))
    }

    /// Whether there is a page.
    #[must_use]
    pub fn has_pages(&self) -> bool {
        !self.kids.is_empty()
    }

    /// Ends the file; whether it claims to be PDF/A-2b.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn finish(mut self, about: &About) -> io::Result<(W, bool)> {
        let count = self.kids.len();
        let kids: Vec<String> = self.kids.iter().map(file::Id::to_string).collect();
        let tree = format!("<</Type/Pages/Count {count}/Kids[{}]>>", kids.join(" "));
        self.file.object(self.tree, tree)?;
        let outlines = self.outlines()?;
        let [root, info, meta] = [(); 3].map(|()| self.file.reserve());
        let level = self.is_fit.then_some("B");
        let packet = xmp::packet_of(about, level);
        self.file.stream(meta, "/Type/Metadata/Subtype/XML", packet.as_bytes())?;
        // Where parts claim different things, nothing is claimed.
        let intent = self.intent.take().filter(|_| self.is_fit);
        let intents = intent
            .map_or(String::new(), |(intent, _)| format!("/OutputIntents[{intent}]"));
        let (tree, language, layers) = (self.tree, xmp::LANGUAGE, self.layers());
        self.file.object(
            root,
            format!(
                "<</Type/Catalog/Pages {tree}/Metadata {meta}/Lang({language})\
                 /Outlines {outlines}/PageMode/UseOutlines\
                 /ViewerPreferences<</DisplayDocTitle true>>{intents}{layers}>>"
            ),
        )?;
        self.file.object(info, pdfa::information(about))?;
        let out = self.file.finish(root, info, about.origin)?;
        Ok((out, self.is_fit))
    }

    /// Takes the pages of a part over.
    fn take(&mut self, view: View<'_>) -> Result<(), Trouble> {
        let ids = pages::pages(view, MOST_PAGES + 1)?;
        let catalog = view.catalog()?;
        let catalog = catalog.dict().ok_or(Trouble::Read)?;
        let root = view.get(catalog, b"Pages");
        let count = root.dict().map(|root| view.get(root, b"Count"));
        // A tree that is not what it says may have lost pages.
        if ids.is_empty() || count.and_then(|count| count.count()) != Some(ids.len()) {
            return Err(Trouble::Read);
        }
        let mut moving = Moving::new(MOST_OBJECTS);
        for id in &ids {
            if moving.settled(*id).is_some() {
                return Err(Trouble::Read);
            }
            moving.settle(*id, self.file.next());
            let kid = self.file.reserve();
            self.kids.push(kid);
        }
        self.take_layers(view, catalog, &mut moving);
        for id in ids {
            self.page(view, id, &mut moving)?;
            while let Some((id, to)) = moving.take() {
                self.carry(view, (id, to), &mut moving)?;
            }
        }
        Ok(())
    }

    /// Takes a page over.
    fn page(
        &mut self,
        view: View<'_>,
        id: Id,
        moving: &mut Moving,
    ) -> Result<(), Trouble> {
        let page = pages::whole(view, id)?.ok_or(Trouble::Read)?;
        let to = moving.settled(id).ok_or(Trouble::Read)?;
        let mut kept = Dict::empty();
        for (key, value) in page.entries().filter(|(key, _)| OF_PAGE.contains(key)) {
            kept = kept.with(key, moving.moved(value, &mut || give(&mut self.file)));
        }
        let list = view.get(&page, b"Annots");
        let list = list.array().unwrap_or_default();
        let mut annotations = Vec::new();
        for annotation in list.iter().take(MOST_ANNOTATIONS) {
            annotations.extend(self.annotation(view, annotation, moving)?);
        }
        if !annotations.is_empty() {
            kept = kept.with(b"Annots", Object::Array(annotations));
        }
        // The node of pages is ours.
        let text = with(&kept, &format!("/Parent {}", self.tree));
        Ok(self.file.object(to.into(), text)?)
    }

    /// An annotation as it goes over: what it shows, and where it leads.
    fn annotation(
        &mut self,
        view: View<'_>,
        annotation: &Object,
        moving: &mut Moving,
    ) -> Result<Option<Object>, Trouble> {
        let found = view.resolve(annotation)?;
        let Some(own) = found.dict() else { return Ok(None) };
        let mut own = own.without(b"AA").without(b"StructParent");
        let action = view.get(&own, b"A");
        let kind = action.dict().map(|action| view.get(action, b"S"));
        if kind.is_some_and(|kind| !kind.name().is_some_and(|it| GOING.contains(&it))) {
            own = own.without(b"A");
        }
        if own.is(b"Subtype", b"Widget") {
            let Some(shown) = shown(view, &own) else { return Ok(None) };
            own = shown;
        }
        let moved = moving.dict(&own, &mut || give(&mut self.file));
        let Some(id) = annotation.reference() else {
            return Ok(Some(Object::Dict(moved)));
        };
        let to = moving.settled(id).unwrap_or_else(|| give(&mut self.file));
        moving.settle(id, to);
        self.file.object(to.into(), written(&Object::Dict(moved)))?;
        Ok(Some(Object::Ref(Id { number: to, generation: 0 })))
    }

    /// Takes over what something refers to.
    fn carry(
        &mut self,
        view: View<'_>,
        (id, to): (Id, u32),
        moving: &mut Moving,
    ) -> Result<(), Trouble> {
        let found = view.object(id)?;
        let kind = found.dict().map(|dict| view.get(dict, b"Type"));
        let kind = kind.as_ref().and_then(|kind| kind.name());
        // What leads back to the file as a whole leads nowhere.
        if matches!(kind, Some(b"Pages" | b"Page" | b"Catalog")) {
            return Ok(self.file.object(to.into(), "null".to_owned())?);
        }
        let Object::Stream(stream) = &*found else {
            let moved = moving.moved(&found, &mut || give(&mut self.file));
            return Ok(self.file.object(to.into(), written(&moved))?);
        };
        if stream.dict.has(b"F") {
            return Err(Trouble::Read);
        }
        let mended = if stream.sound { None } else { Some(mended(view, stream)?) };
        self.is_mended |= mended.is_some();
        let stream = mended.as_ref().unwrap_or(stream);
        let head = stream.dict.without(b"Length");
        let head = moving.dict(&head, &mut || give(&mut self.file));
        let mut entries = Vec::new();
        syntax::inner(&head, &mut entries);
        let entries = String::from_utf8_lossy(&entries).into_owned();
        let raw = view.raw(Some(id), stream).map_err(|_error| Trouble::Read)?;
        Ok(self.file.stream(to.into(), &entries, &raw)?)
    }

    /// Takes the layers of a part over (ISO 32000-2, 8.11.4).
    fn take_layers(&mut self, view: View<'_>, catalog: &Dict, moving: &mut Moving) {
        let found = view.get(catalog, b"OCProperties");
        let Some(own) = found.dict() else { return };
        let usual = view.get(own, b"D");
        let usual = usual.dict().cloned().unwrap_or_default();
        let listed = |dict: &Dict, key: &[u8]| -> Vec<Id> {
            let list = view.get(dict, key);
            let list = list.array().unwrap_or_default();
            list.iter().filter_map(Object::reference).collect()
        };
        let (all, on) = (listed(own, b"OCGs"), listed(&usual, b"ON"));
        let off = listed(&usual, b"OFF");
        let is_dark = usual.is(b"BaseState", b"OFF");
        for id in all {
            let object = Object::Ref(id);
            let moved = moving.moved(&object, &mut || give(&mut self.file));
            let Some(to) = moved.reference() else { continue };
            let [all, dark] = &mut self.layers;
            let shown = format!("{} 0 R", to.number);
            if off.contains(&id) || is_dark && !on.contains(&id) {
                dark.push(shown.clone());
            }
            all.push(shown);
        }
    }

    fn layers(&self) -> String {
        let [all, off] = &self.layers;
        if all.is_empty() {
            return String::new();
        }
        let (all, off) = (all.join(" "), off.join(" "));
        format!("/OCProperties<</OCGs[{all}]/D<</Name(sohoa)/Order[{all}]/OFF[{off}]>>>>")
    }

    /// Why a part makes the whole no PDF/A-2b; its profile becomes that of the whole,
    /// if it is the first.
    fn claim(&mut self, view: View<'_>) -> io::Result<Option<Unfit>> {
        let Ok(catalog) = view.catalog() else { return Ok(Some(Unfit::NoClaim)) };
        let Some(catalog) = catalog.dict() else { return Ok(Some(Unfit::NoClaim)) };
        if !claims(view, catalog) {
            return Ok(Some(Unfit::NoClaim));
        }
        let intents = view.get(catalog, b"OutputIntents");
        for intent in intents.array().unwrap_or_default() {
            let Ok(intent) = view.resolve(intent) else { continue };
            let Some(intent) = intent.dict() else { continue };
            let profile = view.get(intent, b"DestOutputProfile");
            let Some(stream) = profile.stream() else { continue };
            let id = intent.get(b"DestOutputProfile").and_then(Object::reference);
            let Ok(bytes) = view.data(id, stream) else {
                return Ok(Some(Unfit::Profile));
            };
            let digest = Digest::of(&bytes);
            match &self.intent {
                Some((_, known)) if *known == digest => {}
                Some(_) => return Ok(Some(Unfit::Profile)),
                None => {
                    let id = self.file.reserve();
                    let count = stream.dict.get(b"N").and_then(Object::int).unwrap_or(3);
                    self.file.deflated(id, &format!("/N {count}"), &bytes)?;
                    let mut kept = Dict::empty();
                    for key in OF_INTENT {
                        let value = view.get(intent, key);
                        if matches!(&*value, Object::Text(_) | Object::Name(_)) {
                            kept = kept.with(key, (*value).clone());
                        }
                    }
                    let intent = with(&kept, &format!("/DestOutputProfile {id}"));
                    self.intent = Some((intent, digest));
                }
            }
        }
        Ok(None)
    }

    /// The bookmarks (ISO 32000-2, 12.3.3), one after the other.
    fn outlines(&mut self) -> io::Result<file::Id> {
        let root = self.file.reserve();
        let ids: Vec<file::Id> = self.marks.iter().map(|_| self.file.reserve()).collect();
        let marks = std::mem::take(&mut self.marks);
        for (at, ((title, page), id)) in marks.iter().zip(&ids).enumerate() {
            let before = at.checked_sub(1).and_then(|at| ids.get(at));
            let before = before.map_or(String::new(), |id| format!("/Prev {id}"));
            let after = ids.get(at + 1);
            let after = after.map_or(String::new(), |id| format!("/Next {id}"));
            let title = text_string(&xmp::title(title));
            let mark = format!(
                "<</Title{title}/Parent {root}/Dest[{page}/Fit]{before}{after}>>"
            );
            self.file.object(*id, mark)?;
        }
        let ends = ids.first().zip(ids.last());
        let ends = ends.map_or(String::new(), |(first, last)| {
            format!("/First {first}/Last {last}/Count {}", ids.len())
        });
        self.file.object(root, format!("<</Type/Outlines{ends}>>"))?;
        Ok(root)
    }
}

/// Why a part could not be taken over.
enum Trouble {
    /// It cannot be read.
    Read,
    /// The whole cannot be written.
    Write(io::Error),
}

impl From<CosError> for Trouble {
    fn from(_: CosError) -> Self {
        Self::Read
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

/// A stream whose length is wrong, up to where it ends (ISO 32000-2, 7.3.8.1).
fn mended(view: View<'_>, stream: &Stream) -> Result<Stream, Trouble> {
    let start = stream.data.start;
    let end = start.saturating_add(MOST_MENDED);
    let found = view.document.source().slice(start, end).map_err(CosError::Io)?;
    let mark = b"endstream";
    let length = found.windows(mark.len()).position(|part| part == mark);
    let length = length.ok_or(Trouble::Read)?;
    // The end of line before the mark is not data.
    let data = found.get(..length).unwrap_or_default();
    let data = data.strip_suffix(b"\n").unwrap_or(data);
    let data = data.strip_suffix(b"\r").unwrap_or(data);
    let end = start.saturating_add(data.len());
    Ok(Stream { dict: stream.dict.clone(), data: Span { start, end }, sound: true })
}

/// The number of one more object.
fn give<W: Write>(file: &mut File<W>) -> u32 {
    let number = file.next();
    file.reserve();
    number
}

/// An object as it stands in a file; it is ASCII throughout.
fn written(object: &Object) -> String {
    let mut text = Vec::new();
    syntax::write(object, &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// A dictionary as it stands in a file, with entries of ours.
fn with(dict: &Dict, own: &str) -> String {
    let mut text = Vec::new();
    syntax::inner(dict, &mut text);
    format!("<<{}{own}>>", String::from_utf8_lossy(&text))
}

/// Whether a part claims to be PDF/A-2 (ISO 19005-2, 6.6.4).
fn claims(view: View<'_>, catalog: &Dict) -> bool {
    let meta = view.get(catalog, b"Metadata");
    let id = catalog.get(b"Metadata").and_then(Object::reference);
    let Some(stream) = meta.stream() else { return false };
    let Ok(bytes) = view.data(id, stream) else { return false };
    if bytes.len() > MOST_CLAIM {
        return false;
    }
    let text = String::from_utf8_lossy(&bytes);
    let text: String = text.split_whitespace().collect();
    ["pdfaid:part>2<", "pdfaid:part=\"2\"", "pdfaid:part='2'"]
        .iter()
        .any(|claim| text.contains(claim))
}
