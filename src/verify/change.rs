//! What a later revision changed, told by path and by object.
//!
//! A change is matched by its exact place in the document (catalogue, page,
//! field, annotation, …) and by the identity of the object on both sides,
//! never by a key's name somewhere or by what a writer listed as changed. An
//! object may be reached by several ways; each way is walked, so that an
//! update that is allowed in one place and shows up in another is seen in
//! both. Whether a change is allowed is for `rights` to say.

use crate::cos::Id;
use crate::say::{self, Lang};

/// What kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `/DSS` added or changed: certificates and revocation data.
    ValidationData,
    /// An invisible document time-stamp added.
    TimeStamp,
    /// Metadata, dates, identifiers.
    Metadata,
    /// The version of PDF raised, or an extension added.
    Version,
    /// A field that was there for a signature has one now.
    FieldSigned,
    /// A new signature field, with its signature.
    SignatureAdded,
    /// A new signature field without a signature.
    EmptyFieldAdded,
    /// The value of a field.
    FieldFilled,
    /// The appearance of a field without its value.
    FieldAppearance,
    /// Structure elements for a new annotation, or without a removed one.
    StructureForAnnotation,
    /// An annotation added.
    AnnotationAdded,
    /// An annotation changed.
    AnnotationChanged,
    /// An annotation removed.
    AnnotationRemoved,
    /// An object that nothing refers to.
    Unreferenced,
    /// Something was laid over what the page showed before.
    ContentHidden,
    /// Something was laid over a page that cannot be painted.
    ContentUnseen,
    /// What was filled in hides what the page showed before.
    ContentFilledOver,
    /// A field that was filled in shows something else than its value.
    FieldShowsOther,
    /// How a field that was filled in is drawn: its size, its colour, whether at all.
    FieldDrawnAnew,
    /// An annotation that acts: a script, film, a program to be started.
    ActiveContent,
    /// More than is compared.
    NotCompared,
    /// Certificates or revocation data taken out of `/DSS`.
    ValidationDataShrunk,
    /// `/DSS` is not what it should be any more.
    ValidationDataBroken,
    /// The metadata of the document removed.
    MetadataRemoved,
    /// Objects are said to be missing that are there.
    SizeLowered,
    /// Metadata that are none.
    MetadataBroken,
    /// `/DSS` removed.
    ValidationDataRemoved,
    /// The version of PDF lowered.
    VersionLowered,
    /// `/Extensions` removed.
    ExtensionsRemoved,
    /// One developer's extension removed.
    ExtensionRemoved,
    /// The level of an extension lowered.
    ExtensionLowered,
    /// A field that is not for signatures added.
    FieldAdded,
    /// A field removed or renamed.
    FieldRemoved,
    /// Something else about a field or the form.
    FormChanged,
    /// The form removed.
    FormRemoved,
    /// A signature removed from its field.
    SignatureRemoved,
    /// A signature replaced by another.
    SignatureReplaced,
    /// Widgets added without a field, or removed.
    PageAnnotations,
    /// The content of a page, or what it draws with.
    Page,
    /// Pages added, removed or exchanged.
    Pages,
    /// The order in which a page's fields are reached.
    Tabs,
    /// Something else in the catalogue.
    Catalog,
    /// Permissions removed.
    PermissionsRemoved,
    /// Permissions changed.
    PermissionsChanged,
    /// The structure of a tagged document.
    Structure,
    /// That structure removed.
    StructureRemoved,
    /// A structure added to a document that had none.
    StructureAdded,
    /// How the file is encrypted.
    Encryption,
    /// A key that stands twice with different values, so that readers differ.
    KeyTwice,
    /// Too much to compare.
    Unknown,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Of what kind.
    pub kind: Kind,
    /// The revision that made it, counted from 0.
    pub revision: usize,
    /// What it is about: a field's name, a page's number, a key.
    pub about: String,
    /// The page, counted from 1.
    pub page: Option<usize>,
    /// The object.
    pub object: Option<Id>,
    /// A field's value before.
    pub before: Option<String>,
    /// A field's value after.
    pub after: Option<String>,
}

impl Kind {
    /// A stable name for scripts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::ValidationData => "change.validation-data",
            Self::TimeStamp => "change.time-stamp",
            Self::Metadata => "change.metadata",
            Self::Version => "change.version",
            Self::FieldSigned => "change.field-signed",
            Self::SignatureAdded => "change.signature-added",
            Self::EmptyFieldAdded => "UNEXPECTED_FORM_FIELD",
            Self::FieldFilled => "change.field-filled",
            Self::FieldAppearance => "change.field-appearance",
            Self::StructureForAnnotation => "change.structure-for-annotation",
            Self::AnnotationAdded | Self::AnnotationChanged | Self::AnnotationRemoved => {
                "ANNOTATIONS_MODIFIED"
            }
            Self::Unreferenced => "UNEXPECTED_ENTRY_IN_XREF",
            Self::ContentHidden => "CONTENT_HIDDEN",
            Self::ContentUnseen => "change.content-unseen",
            Self::ContentFilledOver => "change.content-filled-over",
            Self::FieldShowsOther => "change.field-shows-other",
            Self::FieldDrawnAnew => "change.field-drawn-anew",
            Self::ActiveContent => "UNRECOGNIZED_ACTION",
            Self::NotCompared => "change.not-compared",
            Self::ValidationDataShrunk => "change.validation-data-shrunk",
            Self::ValidationDataBroken => "change.validation-data-broken",
            Self::MetadataRemoved => "change.metadata-removed",
            Self::SizeLowered => "change.size-lowered",
            Self::MetadataBroken => "change.metadata-broken",
            Self::ValidationDataRemoved => "DSS_REMOVED",
            Self::VersionLowered => "BASE_VERSION_DECREASED",
            Self::ExtensionsRemoved => "EXTENSIONS_REMOVED",
            Self::ExtensionRemoved => "DEVELOPER_EXTENSION_REMOVED",
            Self::ExtensionLowered => "EXTENSION_LEVEL_DECREASED",
            Self::FieldAdded => "UNEXPECTED_FORM_FIELD",
            Self::FieldRemoved => "FIELD_REMOVED",
            Self::FormChanged => "NOT_ALLOWED_ACROFORM_CHANGES",
            Self::FormRemoved => "ACROFORM_REMOVED",
            Self::SignatureRemoved => "REFERENCE_REMOVED",
            Self::SignatureReplaced => "SIGNATURE_MODIFIED",
            Self::PageAnnotations => "PAGE_ANNOTATIONS_MODIFIED",
            Self::Page => "PAGE_MODIFIED",
            Self::Pages => "PAGES_MODIFIED",
            Self::Tabs => "TABS_MODIFIED",
            Self::Catalog => "NOT_ALLOWED_CATALOG_CHANGES",
            Self::PermissionsRemoved => "PERMISSIONS_REMOVED",
            Self::PermissionsChanged => "PERMISSION_REMOVED",
            Self::Structure => "STRUCT_TREE_ELEMENT_MODIFIED",
            Self::StructureRemoved => "STRUCT_TREE_ROOT_REMOVED",
            Self::StructureAdded => "STRUCT_TREE_ROOT_ADDED",
            Self::Encryption => "change.encryption",
            Self::KeyTwice => "change.key-twice",
            Self::Unknown => "change.unknown",
        }
    }

    /// Whether it shows on paper.
    #[must_use]
    pub fn is_visible(self) -> bool {
        !matches!(
            self,
            Self::ValidationData
                | Self::TimeStamp
                | Self::ValidationDataShrunk
                | Self::Metadata
                | Self::MetadataRemoved
                | Self::SizeLowered
                | Self::Version
                | Self::Unreferenced
        )
    }

    /// What it is, in words.
    #[must_use]
    pub fn told(self, lang: Lang) -> String {
        let sentence: say::Sentence = match self {
            Self::ValidationData => say::verify::kind_validation_data,
            Self::TimeStamp => say::verify::kind_time_stamp,
            Self::Metadata => say::verify::kind_metadata,
            Self::Version => say::verify::kind_version,
            Self::FieldSigned => say::verify::kind_field_signed,
            Self::SignatureAdded => say::verify::kind_signature_added,
            Self::EmptyFieldAdded => say::verify::kind_empty_field,
            Self::FieldFilled => say::verify::kind_field_filled,
            Self::FieldAppearance => say::verify::kind_field_appearance,
            Self::StructureForAnnotation => say::verify::kind_structure_annotation,
            Self::AnnotationAdded => say::verify::kind_annotation_added,
            Self::AnnotationChanged => say::verify::kind_annotation_changed,
            Self::AnnotationRemoved => say::verify::kind_annotation_removed,
            Self::Unreferenced => say::verify::kind_unreferenced,
            Self::ContentHidden => say::verify::kind_content_hidden,
            Self::ContentUnseen => say::verify::kind_content_unseen,
            Self::ContentFilledOver => say::verify::kind_content_filled_over,
            Self::FieldShowsOther => say::verify::kind_field_shows_other,
            Self::FieldDrawnAnew => say::verify::kind_field_drawn_anew,
            Self::ActiveContent => say::verify::kind_active_content,
            Self::NotCompared => say::verify::kind_not_compared,
            Self::ValidationDataShrunk => say::verify::kind_validation_data_shrunk,
            Self::ValidationDataBroken => say::verify::kind_validation_data_broken,
            Self::MetadataRemoved => say::verify::kind_metadata_removed,
            Self::SizeLowered => say::verify::kind_size_lowered,
            Self::MetadataBroken => say::verify::kind_metadata_broken,
            Self::ValidationDataRemoved => say::verify::kind_validation_data_removed,
            Self::VersionLowered => say::verify::kind_version_lowered,
            Self::ExtensionsRemoved => say::verify::kind_extensions_removed,
            Self::ExtensionRemoved => say::verify::kind_extension_removed,
            Self::ExtensionLowered => say::verify::kind_extension_lowered,
            Self::FieldAdded => say::verify::kind_field_added,
            Self::FieldRemoved => say::verify::kind_field_removed,
            Self::FormChanged => say::verify::kind_form_changed,
            Self::FormRemoved => say::verify::kind_form_removed,
            Self::SignatureRemoved => say::verify::kind_signature_removed,
            Self::SignatureReplaced => say::verify::kind_signature_replaced,
            Self::PageAnnotations => say::verify::kind_page_annotations,
            Self::Page => say::verify::kind_page,
            Self::Pages => say::verify::kind_pages,
            Self::Tabs => say::verify::kind_tabs,
            Self::Catalog => say::verify::kind_catalog,
            Self::PermissionsRemoved => say::verify::kind_permissions_removed,
            Self::PermissionsChanged => say::verify::kind_permissions_changed,
            Self::Structure => say::verify::kind_structure,
            Self::StructureRemoved => say::verify::kind_structure_removed,
            Self::StructureAdded => say::verify::kind_structure_added,
            Self::Encryption => say::verify::kind_encryption,
            Self::KeyTwice => say::verify::kind_key_twice,
            Self::Unknown => say::verify::kind_unknown,
        };
        sentence(lang)
    }
}

impl Change {
    /// The change as a line of a list.
    #[must_use]
    pub fn told(&self, lang: Lang) -> String {
        let what = match (&self.before, &self.after) {
            (None, None) => self.kind.told(lang),
            (before, after) => say::verify::field_from_to(
                lang,
                self.kind.told(lang),
                before.as_deref().unwrap_or(""),
                after.as_deref().unwrap_or(""),
            ),
        };
        let what = if self.about.is_empty() {
            what
        } else {
            say::verify::about(lang, what, &self.about)
        };
        let what = match self.page {
            Some(page) => say::verify::on_page(lang, what, page),
            None => what,
        };
        say::verify::in_revision(lang, what, self.revision + 1)
    }
}
