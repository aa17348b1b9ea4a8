//! What the samples of a picture mean: colour spaces (8.6), `Decode` arrays
//! (8.9.5.2) and stencils (8.9.6.2).

use std::panic::catch_unwind;

use hayro::hayro_syntax::object::{Array, Dict, Object, Stream};

use crate::pdf::filters;

/// Bytes of a colour profile.
const MOST_PROFILE: usize = 4 << 20;
/// Bytes of a palette.
const MOST_PALETTE: usize = 1 << 16;

/// The colour spaces decoded here; the others are `Foreign`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Space {
    Grey(Option<Vec<u8>>),
    Rgb(Option<Vec<u8>>),
    Palette(Vec<[u8; 3]>),
    Foreign,
}

/// The colour space of a picture (8.6).
pub(super) fn space(dict: &Dict<'_>) -> Space {
    dict.get::<Object<'_>>("ColorSpace")
        .or_else(|| dict.get("CS"))
        .map_or(Space::Foreign, |object| space_of(&object))
}

/// Whether the colour space has no colours.
pub(super) fn is_grey(dict: &Dict<'_>) -> bool {
    let family = dict
        .get::<Array<'_>>("ColorSpace")
        .and_then(|array| array.iter::<Object<'_>>().next().and_then(Object::into_name));
    family.is_some_and(|name| &*name == b"CalGray")
        || matches!(space(dict), Space::Grey(_))
}

fn space_of(object: &Object<'_>) -> Space {
    if let Some(name) = object.clone().into_name() {
        return match &*name {
            b"DeviceGray" | b"G" => Space::Grey(None),
            b"DeviceRGB" | b"RGB" => Space::Rgb(None),
            _ => Space::Foreign,
        };
    }
    let Some(array) = object.clone().into_array() else { return Space::Foreign };
    let mut items = array.iter::<Object<'_>>();
    let Some(family) = items.next().and_then(Object::into_name) else {
        return Space::Foreign;
    };
    match &*family {
        b"DeviceGray" | b"G" => Space::Grey(None),
        b"DeviceRGB" | b"RGB" => Space::Rgb(None),
        b"ICCBased" => {
            items.next().and_then(Object::into_stream).map_or(Space::Foreign, profile)
        }
        b"Indexed" | b"I" => palette(&array).map_or(Space::Foreign, Space::Palette),
        _ => Space::Foreign,
    }
}

/// An ICC profile for grey or RGB (8.6.5.5); one that is damaged or for
/// something else leaves the device space of as many components.
#[expect(clippy::needless_pass_by_value, reason = "the shape of a combinator's argument")]
fn profile(stream: Stream<'_>) -> Space {
    let components = stream.dict().get::<u32>("N").unwrap_or(0);
    let raw = stream.raw_data();
    let bytes = filters::decode(&raw, &filters::chain(&stream), MOST_PROFILE);
    let describes = |wanted: moxcms::DataColorSpace| {
        let parse = |bytes: &Vec<u8>| {
            let profile =
                catch_unwind(|| moxcms::ColorProfile::new_from_slice(bytes).ok());
            profile.ok().flatten().is_some_and(|profile| profile.color_space == wanted)
        };
        bytes.clone().filter(parse)
    };
    match components {
        1 => Space::Grey(describes(moxcms::DataColorSpace::Gray)),
        3 => Space::Rgb(describes(moxcms::DataColorSpace::Rgb)),
        _ => Space::Foreign,
    }
}

/// The colours of an indexed space (8.6.6.3) over grey or RGB.
fn palette(space: &Array<'_>) -> Option<Vec<[u8; 3]>> {
    let mut items = space.iter::<Object<'_>>().skip(1);
    let width = match space_of(&items.next()?) {
        Space::Grey(None) => 1,
        Space::Rgb(None) => 3,
        // A profile of the base space would have to describe the palette.
        Space::Grey(Some(_))
        | Space::Rgb(Some(_))
        | Space::Palette(_)
        | Space::Foreign => {
            return None;
        }
    };
    let last = usize::from(items.next()?.into_u8()?);
    let table = match items.next()? {
        Object::String(string) => string.as_bytes().to_vec(),
        Object::Stream(stream) => {
            filters::decode(&stream.raw_data(), &filters::chain(&stream), MOST_PALETTE)?
        }
        Object::Null(_)
        | Object::Boolean(_)
        | Object::Number(_)
        | Object::Name(_)
        | Object::Dict(_)
        | Object::Array(_) => return None,
    };
    let colours: Vec<[u8; 3]> = table
        .chunks_exact(width)
        .take(last + 1)
        .map(|colour| match colour {
            [r, g, b] => [*r, *g, *b],
            other => [other.first().copied().unwrap_or(0); 3],
        })
        .collect();
    (!colours.is_empty()).then_some(colours)
}

/// What a `Decode` array (8.9.5.2) does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Decode {
    Plain,
    /// Every component turned round.
    Inverted,
    Odd,
}

pub(super) fn decode_array(dict: &Dict<'_>, components: usize, most: f64) -> Decode {
    let Some(array) = dict.get::<Array<'_>>("Decode").or_else(|| dict.get("D")) else {
        return Decode::Plain;
    };
    let bounds: Vec<f64> = array.iter::<f64>().collect();
    let near = |value: f64, wanted: f64| (value - wanted).abs() < 1e-4;
    let all = |low: f64, high: f64| {
        bounds.len() >= 2 * components
            && bounds.chunks_exact(2).take(components).all(
                |pair| matches!(pair, [from, to] if near(*from, low) && near(*to, high)),
            )
    };
    if all(0.0, most) {
        Decode::Plain
    } else if all(most, 0.0) {
        Decode::Inverted
    } else {
        Decode::Odd
    }
}

pub(super) fn is_stencil(dict: &Dict<'_>) -> bool {
    dict.get::<bool>("ImageMask").or_else(|| dict.get("IM")).unwrap_or(false)
}

/// Whether a one-bit picture is inverted by `Decode`; `None` if its bits do
/// not simply mean black and white.
pub(super) fn is_inverted(dict: &Dict<'_>) -> Option<bool> {
    let bits =
        dict.get::<u32>("BitsPerComponent").or_else(|| dict.get("BPC")).unwrap_or(1);
    let plain = match space(dict) {
        Space::Grey(_) => true,
        Space::Palette(palette) => palette == [[0; 3], [255; 3]],
        Space::Rgb(_) | Space::Foreign => false,
    };
    if bits != 1 || !(plain || is_stencil(dict)) {
        return None;
    }
    match decode_array(dict, 1, 1.0) {
        Decode::Plain => Some(false),
        Decode::Inverted => Some(true),
        Decode::Odd => None,
    }
}
