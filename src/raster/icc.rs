//! Colour profiles that travel with a scan: which are kept, and the one use
//! made of them here, turning CMYK into RGB.
//!
//! A profile that does not fit the rows is dropped, because the rows have
//! been converted or the file contradicts itself; what is left may stand in a
//! PDF as an `ICCBased` colour space (ISO 32000-2, 8.6.5.5).

use std::fmt::{self, Debug};
use std::sync::Arc;

use moxcms::{
    ColorProfile, DataColorSpace, Layout, ProfileClass, Transform8BitExecutor,
    TransformOptions,
};

use crate::raster::{Depth, Slice, guarded};

/// Largest profile that is looked at, in bytes. Profiles of scanners and
/// printers with large tables reach 3 MB.
pub(crate) const MOST_BYTES: usize = 4 << 20;

/// The profile, if it is valid and describes rows of `depth`.
pub(crate) fn fitting(profile: &[u8], depth: Depth) -> Option<Vec<u8>> {
    let space = match depth {
        Depth::Bilevel => return None,
        Depth::Grey => DataColorSpace::Gray,
        Depth::Rgb => DataColorSpace::Rgb,
    };
    (parse(profile)?.color_space == space).then(|| profile.to_vec())
}

/// The profile, if it is a valid one for CMYK.
pub(crate) fn for_cmyk(profile: Slice) -> Option<CmykProfile> {
    let parsed = parse(profile.as_bytes())?;
    (parsed.color_space == DataColorSpace::Cmyk).then_some(CmykProfile(profile))
}

/// A valid profile (ICC.1:2022, 7.2) of a device or colour space; links and
/// named colours cannot describe an image.
fn parse(profile: &[u8]) -> Option<ColorProfile> {
    let declared = u32::from_be_bytes(*profile.first_chunk()?) as usize;
    if profile.len() > MOST_BYTES || declared > profile.len() {
        return None;
    }
    let parsed = guarded(|| ColorProfile::new_from_slice(profile))?.ok()?;
    let describes_images = match parsed.profile_class {
        ProfileClass::InputDevice
        | ProfileClass::DisplayDevice
        | ProfileClass::OutputDevice
        | ProfileClass::ColorSpace => true,
        ProfileClass::DeviceLink | ProfileClass::Abstract | ProfileClass::Named => false,
    };
    describes_images.then_some(parsed)
}

/// A valid profile of a CMYK device.
#[derive(Clone, Debug)]
pub(crate) struct CmykProfile(Slice);

impl CmykProfile {
    /// The way from this device to sRGB; `None` if its tables do not allow it.
    pub(crate) fn to_srgb(&self) -> Option<ToSrgb> {
        let source = parse(self.0.as_bytes())?;
        let target = ColorProfile::new_srgb();
        // The four inks stand where a transform of RGBA has its four samples.
        let made = guarded(|| {
            source.create_transform_8bit(
                Layout::Rgba,
                &target,
                Layout::Rgb,
                TransformOptions::default(),
            )
        })?;
        made.ok().map(ToSrgb)
    }
}

/// Turns CMYK, 255 full ink, into sRGB.
pub(crate) struct ToSrgb(Arc<Transform8BitExecutor>);

impl ToSrgb {
    /// Converts whole pixels, four bytes to three; `None` if it cannot.
    pub(crate) fn convert(&self, cmyk: &[u8], rgb: &mut [u8]) -> Option<()> {
        guarded(|| self.0.transform(cmyk, rgb))?.ok()
    }
}

impl Debug for ToSrgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ToSrgb")
    }
}
