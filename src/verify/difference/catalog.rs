//! What a revision changed in the trailer and the catalogue.

use std::ops::Range;

use crate::cos::document::View;
use crate::cos::section::Place;
use crate::cos::walk::{References, references};
use crate::cos::{Dict, Object};
use crate::text::markup;
use crate::verify::change::Kind;
use crate::verify::difference::{Pair, keys, named};
use crate::verify::dss;

impl Pair<'_> {
    pub(super) fn trailer(&mut self, old: &Dict, new: &Dict) {
        const OWN: [&[u8]; 12] = [
            b"Root",
            b"Size",
            b"Prev",
            b"XRefStm",
            b"ID",
            b"Type",
            b"W",
            b"Index",
            b"Filter",
            b"DecodeParms",
            b"Length",
            b"Info",
        ];
        for key in keys(old, new) {
            if OWN.contains(&&*key) {
                continue;
            }
            // Linearized files and updates leave out what they need not repeat.
            let Some(value) = new.get(&key) else { continue };
            let same = self.same_key(old, new, &key);
            match &*key {
                b"Encrypt" if !same => self.note(Kind::Encryption, named(&key)),
                // ISO/TS 32004, 5: the code goes with the file as it is.
                b"Encrypt" | b"DocChecksum" | b"AuthCode" => {}
                // The source of the document, as LibreOffice keeps it beside the pages.
                b"AdditionalStreams" if same || !self.has_stream(value) => {}
                // An unknown way into the objects: nobody knows what it may show.
                _ if !same || leads_on(value) => self.note(Kind::Catalog, named(&key)),
                _ => {}
            }
        }
        if old.has(b"Encrypt") && !new.has(b"Encrypt") {
            self.note(Kind::Encryption, "Encrypt");
        }
        // 7.6.4.3.3: the first identifier is part of the key, for the whole file.
        let first = |dict: &Dict| {
            let id = dict.get(b"ID").and_then(Object::array);
            id.and_then(|id| id.first()).cloned()
        };
        let renamed =
            first(new).is_some_and(|id| first(old).is_some_and(|had| had != id));
        if new.has(b"Encrypt") && renamed {
            self.note(Kind::Encryption, "ID");
        }
        if !self.same_key(old, new, b"Info") {
            self.note(Kind::Metadata, "Info");
        }
        let size = |dict: &Dict| dict.get(b"Size").and_then(Object::count);
        if let (Some(had), Some(has)) = (size(old), size(new))
            && self.loses(has..had)
        {
            self.note(Kind::SizeLowered, "Size");
        }
    }

    /// Whether objects with these numbers are still there. A reader should take those
    /// from `/Size` on for missing (ISO 32000-2, 7.5.5); programs that append nothing
    /// write a `/Size` of 1, and no reader is known that loses anything by it.
    fn loses(&self, numbers: Range<usize>) -> bool {
        let table = &self.new.document.table;
        let number = |number| u32::try_from(number).unwrap_or(u32::MAX);
        let listed = table.listed(number(numbers.start)..number(numbers.end));
        listed.into_iter().any(|number| {
            !self.work(1) || table.place(number, self.new.section) != Place::Free
        })
    }

    /// Whether an array holds a stream.
    fn has_stream(&self, value: &Object) -> bool {
        let items = self.new.resolve(value);
        items.is_ok_and(|items| {
            let items = items.array().unwrap_or_default().iter();
            items
                .filter_map(|item| self.new.resolve(item).ok())
                .any(|item| item.stream().is_some())
        })
    }

    pub(super) fn catalog(&mut self, old: &Dict, new: &Dict) {
        for key in keys(old, new) {
            let name = named(&key);
            match &*key {
                b"AcroForm" | b"Pages" => {}
                b"DSS" => self.validation_data(old, new),
                b"Extensions" => self.extensions(old, new),
                b"Version" => self.version(old, new),
                b"Perms" => self.permissions(old, new),
                b"StructTreeRoot" => self.structure(old, new),
                b"Metadata" => self.metadata(old, new),
                _ => {
                    if !self.same_through(old, new, &key) {
                        self.note(Kind::Catalog, name);
                    }
                }
            }
        }
    }

    fn validation_data(&mut self, old: &Dict, new: &Dict) {
        if !new.has(b"DSS") {
            self.note(Kind::ValidationDataRemoved, "DSS");
        } else if !self.same_key(old, new, b"DSS") {
            let kind = match (dss::parts(self.old, old), dss::parts(self.new, new)) {
                (_, None) => Kind::ValidationDataBroken,
                (Some(had), Some(has)) if !had.is_subset(&has) => {
                    Kind::ValidationDataShrunk
                }
                (_, Some(_)) => Kind::ValidationData,
            };
            self.note(kind, "DSS");
        }
    }

    /// Metadata of the document: XML in a stream (14.3.2), whatever they say.
    fn metadata(&mut self, old: &Dict, new: &Dict) {
        if self.same_key(old, new, b"Metadata") {
            return;
        }
        let object = self.new.get(new, b"Metadata");
        let kind = match object.stream() {
            Some(stream) => {
                let id = new.get(b"Metadata").and_then(Object::reference);
                let text = self.new.data(id, stream);
                // What cannot be decrypted cannot be read either way.
                let sealed =
                    self.new.document.cipher().is_some_and(|cipher| !cipher.opens());
                if sealed || text.is_ok_and(|text| markup::is_xml(&text)) {
                    Kind::Metadata
                } else {
                    Kind::MetadataBroken
                }
            }
            None if *object == Object::Null => Kind::MetadataRemoved,
            None => Kind::MetadataBroken,
        };
        self.note(kind, "Metadata");
    }

    fn version(&mut self, old: &Dict, new: &Dict) {
        let of =
            |dict: &Dict| dict.get(b"Version").and_then(Object::name).map(<[u8]>::to_vec);
        let (old, new) = (of(old), of(new));
        if old != new {
            let kind = if new > old { Kind::Version } else { Kind::VersionLowered };
            self.note(kind, "Version");
        }
    }

    /// Developers' extensions (ISO 32000-2, 7.12).
    fn extensions(&mut self, old: &Dict, new: &Dict) {
        let (old, new) =
            (self.old.get(old, b"Extensions"), self.new.get(new, b"Extensions"));
        let Some(new) = new.dict() else {
            if old.dict().is_some() {
                self.note(Kind::ExtensionsRemoved, "Extensions");
            }
            return;
        };
        let empty = Dict::empty();
        let old = old.dict().unwrap_or(&empty);
        for key in keys(old, new) {
            if *key == *b"Type" {
                continue;
            }
            let (before, after) =
                (extension(self.old, old, &key), extension(self.new, new, &key));
            let Some(after) = after else {
                self.note(Kind::ExtensionRemoved, named(&key));
                continue;
            };
            let Some(before) = before else {
                self.note(Kind::Version, named(&key));
                continue;
            };
            if after.0 < before.0 {
                self.note(Kind::VersionLowered, named(&key));
            } else if after.1 < before.1 {
                self.note(Kind::ExtensionLowered, named(&key));
            } else if after != before {
                self.note(Kind::Version, named(&key));
            }
        }
    }

    fn permissions(&mut self, old: &Dict, new: &Dict) {
        if !new.has(b"Perms") {
            self.note(Kind::PermissionsRemoved, "Perms");
            return;
        }
        let (old, new) = (self.old.get(old, b"Perms"), self.new.get(new, b"Perms"));
        let empty = Dict::empty();
        let (old, new) = (old.dict().unwrap_or(&empty), new.dict().unwrap_or(&empty));
        for key in keys(old, new) {
            if !new.has(&key) || old.has(&key) && old.get(&key) != new.get(&key) {
                self.note(Kind::PermissionsChanged, named(&key));
            } else if !old.has(&key) && !self.certifies(&key, new) {
                self.note(Kind::Catalog, format!("Perms/{}", named(&key)));
            }
        }
    }

    /// Whether permissions that were added are those of a certification that was made
    /// with them (ISO 32000-2, 12.8.6).
    fn certifies(&self, key: &[u8], permissions: &Dict) -> bool {
        let made = permissions.get(key).and_then(Object::reference);
        key == b"DocMDP" && made.is_some_and(|made| self.old.place(made) == Place::Free)
    }
}

/// Whether a value refers to objects.
fn leads_on(value: &Object) -> bool {
    let mut found = References::default();
    references(value, 0, &mut found);
    !found.forward.is_empty() || !found.back.is_empty()
}

/// Base version and level of a developer's extensions; the highest of several.
fn extension(view: View<'_>, dict: &Dict, key: &[u8]) -> Option<(Vec<u8>, i64)> {
    let of = |object: &Object| {
        let object = view.resolve(object).ok()?;
        let dict = object.dict()?;
        let base = view.get(dict, b"BaseVersion").name().map(<[u8]>::to_vec)?;
        Some((base, view.get(dict, b"ExtensionLevel").int().unwrap_or(0)))
    };
    let value = view.get(dict, key);
    match value.array() {
        Some(several) => several.iter().filter_map(of).max(),
        None => of(&value),
    }
}
