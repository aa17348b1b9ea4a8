//! What could change its meaning after it is signed.
//!
//! A signature is over bytes; a person signs what the screen shows. Where the
//! two can part without a byte being touched (scripts, content from elsewhere,
//! layers to be hidden, looks made by the reader), that is said before signing,
//! and of what is signed.

use crate::cos::document::View;
use crate::cos::lexer::{Lexer, is_regular};
use crate::cos::section::Place;
use crate::cos::{Dict, Document, Id, Object};
use crate::finding::{Finding, Weight};
use crate::say::{self, Lang, Sentence};
use crate::verify::claim::{self, Field};
use crate::verify::shown::{COMBO, chosen, inherited};

/// Objects that are looked at.
const MOST_OBJECTS: usize = 100_000;
/// Fields whose looks are held against their values.
const MOST_SHOWN: usize = 5_000;
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
    /// A field that shows something else than its value.
    Differs,
    /// Pictures with alternatives for other occasions.
    Alternates,
    /// Film, sound or models.
    Media,
    /// A second description of the form, which some readers show instead of the pages.
    Xfa,
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
            Self::Differs => say::sign::concern_differs,
            Self::Alternates => say::sign::concern_alternates,
            Self::Media => say::sign::concern_media,
            Self::Xfa => say::sign::concern_xfa,
        };
        sentence(lang)
    }

    /// The same about a document that is signed.
    #[must_use]
    pub fn finding(self) -> Finding {
        let weight = match self {
            Self::Action | Self::Media => Weight::Note,
            Self::Script
            | Self::External
            | Self::Layers
            | Self::NeedAppearances
            | Self::Unshown
            | Self::Differs
            | Self::Alternates
            | Self::Xfa => Weight::Warning,
        };
        Finding::new(self.code(), weight, |lang| {
            say::verify::may_change(lang, self.told(lang))
        })
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
            Self::Differs => "content.value-differs",
            Self::Alternates => "content.alternates",
            Self::Media => "content.media",
            Self::Xfa => "content.xfa",
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
    if let Ok(catalog) = view.catalog() {
        found.extend(catalog.dict().into_iter().flat_map(|it| of_catalog(view, it)));
    }
    let (fields, _) = claim::first(view, MOST_SHOWN);
    found.extend(fields.iter().filter_map(|field| shown(view, field)));
    found.sort();
    found.dedup();
    found
}

/// What the catalogue and the form say.
fn of_catalog(view: View<'_>, catalog: &Dict) -> Vec<Concern> {
    let mut found = Vec::new();
    if catalog.has(b"OCProperties") {
        found.push(Concern::Layers);
    }
    let form = view.get(catalog, b"AcroForm");
    let Some(form) = form.dict() else { return found };
    if *view.get(form, b"NeedAppearances") == Object::Bool(true) {
        found.push(Concern::NeedAppearances);
    }
    // ISO 32000-2, 12.7.8: deprecated, and not what the pages show.
    if *view.get(form, b"XFA") != Object::Null {
        found.push(Concern::Xfa);
    }
    found
}

/// Whether a widget of a field for text shows the field's value. What is written in
/// a font whose letters are not those of ASCII is not judged.
fn shown(view: View<'_>, field: &Field) -> Option<Concern> {
    let own = field.dict.dict().filter(|own| own.has(b"Rect"))?;
    let value = inherited(view, own, b"V");
    let wanted = value.text().filter(|text| !text.is_empty());
    match field.kind.as_deref()? {
        b"Tx" => {}
        // Lists show all there is to choose from; only boxes show what was chosen.
        b"Ch" if inherited(view, own, b"Ff").int().unwrap_or(0) & COMBO != 0 => {}
        _ => return None,
    }
    let looks = view.get(own, b"AP");
    let normal = looks.dict().and_then(|looks| looks.get(b"N")).cloned();
    let Some(normal) = normal else { return wanted.map(|_| Concern::Unshown) };
    let stream = view.resolve(&normal).ok()?;
    let data = view.data(normal.reference(), stream.stream()?).ok()?;
    let painted = written(&data)?;
    let Some(wanted) = wanted else {
        return (!painted.is_empty()).then_some(Concern::Differs);
    };
    let wanted = chosen(view, own, wanted);
    if painted.is_empty() {
        // Letters may be painted as pictures or by another form.
        let elsewhere = memchr::memmem::find(&data, b" Do").is_some();
        return (!elsewhere).then_some(Concern::Unshown);
    }
    let plain = |text: &[u8]| {
        text.iter().all(|byte| (b' '..=b'~').contains(byte) || byte.is_ascii_whitespace())
    };
    let letters = |text: &[u8]| -> Vec<u8> {
        text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect()
    };
    let judged = plain(&wanted) && plain(&painted);
    (judged && letters(&wanted) != letters(&painted)).then_some(Concern::Differs)
}

/// The bytes of all strings that content shows; nothing where it has pictures within.
fn written(content: &[u8]) -> Option<Vec<u8>> {
    let mut lexer = Lexer::new(content, 0);
    let mut strings = Vec::new();
    loop {
        lexer.spaces();
        if lexer.rest().is_empty() {
            return Some(strings);
        }
        if lexer.rest().starts_with(b"ID ") {
            return None;
        }
        match lexer.object() {
            Ok(Object::Text(text)) => strings.extend_from_slice(&text),
            Ok(Object::Array(items)) => {
                items.iter().filter_map(Object::text).for_each(|text| {
                    strings.extend_from_slice(text);
                });
            }
            Ok(_) => {}
            Err(_) => {
                let word = lexer.rest().iter().take_while(|byte| is_regular(**byte));
                lexer.skip(word.count().max(1));
            }
        }
    }
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
