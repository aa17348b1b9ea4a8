//! What encoded pictures say of themselves in their headers.

use crate::pdf::document::find;

/// What the frame header of a JPEG says (ITU-T T.81, B.2.2).
pub(super) struct JpegHeader {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) components: u8,
    /// Baseline, extended or progressive, Huffman coded, 8 bits.
    pub(super) usual: bool,
    /// An Adobe marker stands before the frame.
    pub(super) adobe: bool,
}

pub(super) fn jpeg_header(data: &[u8]) -> Option<JpegHeader> {
    let mut at = find(data, &[0xff, 0xd8])? + 2;
    let mut adobe = false;
    loop {
        let start = data.get(at..)?.iter().position(|byte| *byte == 0xff)? + at;
        let fill = data.get(start..)?.iter().take_while(|byte| **byte == 0xff).count();
        let marker = *data.get(start + fill)?;
        at = start + fill + 1;
        if matches!(marker, 0 | 0x01 | 0xd0..=0xd8) {
            continue;
        }
        let length =
            usize::from(u16::from_be_bytes(data.get(at..at + 2)?.try_into().ok()?));
        let segment = data.get(at + 2..)?;
        match marker {
            0xd9 | 0xda => return None,
            0xee => adobe |= segment.starts_with(b"Adobe"),
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let &[precision, h1, h0, w1, w0, components, ..] = segment else {
                    return None;
                };
                return Some(JpegHeader {
                    width: u32::from(u16::from_be_bytes([w1, w0])),
                    height: u32::from(u16::from_be_bytes([h1, h0])),
                    components,
                    usual: matches!(marker, 0xc0..=0xc2) && precision == 8,
                    adobe,
                });
            }
            _ => {}
        }
        at += length.max(2);
    }
}

/// Image size in the SIZ marker of a JPEG 2000 codestream (ITU-T T.800, A.5.1).
pub(super) fn jpx_size(data: &[u8]) -> Option<(u32, u32)> {
    let at = find(data, &[0xff, 0x4f, 0xff, 0x51])?;
    let number = |offset: usize| {
        let bytes = data.get(at + offset..at + offset + 4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?))
    };
    let width = number(8)?.checked_sub(number(16)?)?;
    let height = number(12)?.checked_sub(number(20)?)?;
    Some((width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jpeg_header_is_found_behind_other_segments() {
        let mut data = vec![0xff, 0xd8, 0xff, 0xee, 0, 8];
        data.extend(b"Adobe\0");
        data.extend([0xff, 0xff, 0xc0, 0, 17, 8, 1, 2, 3, 4, 3]);
        let header = jpeg_header(&data).unwrap();
        assert_eq!((header.width, header.height, header.components), (0x304, 0x102, 3));
        assert!(header.adobe && header.usual);
        assert!(jpeg_header(&data[..14]).is_none());
    }
}
