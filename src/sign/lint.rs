//! What could change its meaning after it is signed.
//!
//! A signature is over bytes; a person signs what the screen shows. Where the
//! two can part without a byte being touched (scripts, content from elsewhere,
//! layers to be hidden, looks made by the reader), that is said before signing.

use crate::cos::section::Place;
use crate::cos::{Dict, Document, Id, Object};
use crate::say::{self, Lang, Sentence};
use crate::verify::claim;

/// Objects that are looked at.
const MOST_OBJECTS: usize = 100_000;
/// Depth within an object.
const MOST_DEPTH: usize = 24;

/// Something that could change its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concern {
    /// A script.
    Script,
    /// An action that starts a program, fetches or sends something.
    Action,
    /// Content that lies in another file.
    External,
    /// Layers that can be shown or hidden.
    Layers,
    /// The reader is asked to paint the fields itself.
    NeedAppearances,
    /// A field with a value and nothing that shows it.
    Unshown,
    /// Pictures with alternatives for other occasions.
    Alternates,
    /// Film, sound or models.
    Media,
}

impl Concern {
    /// In a sentence.
    #[must_use]
    pub fn told(self, lang: Lang) -> String {
        let sentence: Sentence = match self {
            Self::Script => say::sign::concern_script,
            Self::Action => say::sign::concern_action,
            Self::External => say::sign::concern_external,
            Self::Layers => say::sign::concern_layers,
            Self::NeedAppearances => say::sign::concern_need_appearances,
            Self::Unshown => say::sign::concern_unshown,
            Self::Alternates => say::sign::concern_alternates,
            Self::Media => say::sign::concern_media,
        };
        sentence(lang)
    }

    /// A stable word for it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Script => "content.script",
            Self::Action => "content.action",
            Self::External => "content.external",
            Self::Layers => "content.layers",
            Self::NeedAppearances => "content.need-appearances",
            Self::Unshown => "content.value-unshown",
            Self::Alternates => "content.alternates",
            Self::Media => "content.media",
        }
    }
}

/// Actions by what they do (ISO 32000-2, table 201).
const ACTIONS: [(&[u8], Concern); 8] = [
    (b"JavaScript", Concern::Script),
    (b"Launch", Concern::Action),
    (b"GoToR", Concern::Action),
    (b"SubmitForm", Concern::Action),
    (b"ImportData", Concern::Action),
    (b"Hide", Concern::Action),
    (b"SetOCGState", Concern::Layers),
    (b"Rendition", Concern::Media),
];
/// Annotations by what they show (table 171).
const ANNOTATIONS: [(&[u8], Concern); 5] = [
    (b"Movie", Concern::Media),
    (b"Sound", Concern::Media),
    (b"Screen", Concern::Media),
    (b"3D", Concern::Media),
    (b"RichMedia", Concern::Media),
];

/// All concerns about a document, each once.
#[must_use]
pub fn concerns(document: &Document) -> Vec<Concern> {
    let view = document.now();
    let mut found = Vec::new();
    let mut last = None;
    for (number, _, _) in document.table.rows().take(MOST_OBJECTS) {
        if last.replace(*number) == Some(*number) {
            continue;
        }
        let generation = match document.table.place(*number, view.section) {
            Place::At { generation, .. } => generation,
            Place::In { .. } => 0,
            Place::Free => continue,
        };
        let object = view.object(Id { number: *number, generation });
        if let Ok(object) = object {
            look(&object, MOST_DEPTH, &mut found);
            if let Object::Stream(stream) = &*object {
                // 7.3.8.2: a stream with `/F` has its data in another file.
                if stream.dict.has(b"F") {
                    found.push(Concern::External);
                }
            }
        }
    }
    let catalog = view.catalog().ok();
    if let Some(catalog) = catalog.as_ref().and_then(|catalog| catalog.dict()) {
        if catalog.has(b"OCProperties") {
            found.push(Concern::Layers);
        }
        let form = view.get(catalog, b"AcroForm");
        let form = form.dict().cloned().unwrap_or_default();
        if *view.get(&form, b"NeedAppearances") == Object::Bool(true) {
            found.push(Concern::NeedAppearances);
        }
    }
    for field in claim::fields(view) {
        let Some(own) = field.dict.dict() else { continue };
        let value = view.get(own, b"V");
        let said = value.text().is_some_and(|text| !text.is_empty());
        if said && own.has(b"Rect") && !own.has(b"AP") {
            found.push(Concern::Unshown);
        }
    }
    found.sort();
    found.dedup();
    found
}

fn look(object: &Object, depth: usize, found: &mut Vec<Concern>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match object {
        Object::Array(items) => items.iter().for_each(|item| look(item, depth, found)),
        Object::Dict(dict) => look_dict(dict, depth, found),
        Object::Stream(stream) => look_dict(&stream.dict, depth, found),
        Object::Null
        | Object::Bool(_)
        | Object::Int(_)
        | Object::Real(_)
        | Object::Name(_)
        | Object::Text(_)
        | Object::Ref(_) => {}
    }
}

fn look_dict(dict: &Dict, depth: usize, found: &mut Vec<Concern>) {
    let does = dict.get(b"S").and_then(Object::name);
    let shows = dict.get(b"Subtype").and_then(Object::name);
    let of = |table: &[(&[u8], Concern)], name: Option<&[u8]>| {
        table.iter().find(|(known, _)| Some(*known) == name).map(|(_, concern)| *concern)
    };
    found.extend(of(&ACTIONS, does));
    found.extend(of(&ANNOTATIONS, shows).filter(|_| dict.has(b"Rect")));
    if dict.has(b"JS") || dict.has(b"JavaScript") {
        found.push(Concern::Script);
    }
    if dict.has(b"Alternates") {
        found.push(Concern::Alternates);
    }
    if dict.is(b"Subtype", b"Form") && dict.has(b"Ref") {
        found.push(Concern::External);
    }
    for (_, value) in dict.entries() {
        look(value, depth, found);
    }
}
