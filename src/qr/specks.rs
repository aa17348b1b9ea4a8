//! Specks of a bad fax: whether a page is full of them, and the page without.

use crate::raster::Raster;

/// The share of pixels that stand alone from which a page is full of specks: a bad
/// fax has some twenty in a thousand, a clean scan less than one.
const MOST_SPECKS: f64 = 0.005;
/// Every so manieth row is asked for specks.
const SPECK_ROWS: usize = 16;
/// Least difference of grey to all four neighbours that makes a speck.
const SPECK_CONTRAST: i16 = 96;
/// Whether a page is so full of specks that corner patterns can drown in them.
pub(super) fn is_speckled(picture: &Raster) -> bool {
    let rows: Vec<&[u8]> = picture.rows().collect();
    let (mut specks, mut asked) = (0_u32, 0_u32);
    for three in rows.windows(3).step_by(SPECK_ROWS) {
        let [above, here, below] = three else { continue };
        let around = above.iter().skip(1).zip(below.iter().skip(1));
        for (side, (above, below)) in here.windows(3).zip(around) {
            let [left, pixel, right] = side else { continue };
            let apart = |other: &u8| i16::from(*pixel) - i16::from(*other);
            let all = [left, right, above, below].map(apart);
            let alone = all.iter().all(|by| *by >= SPECK_CONTRAST)
                || all.iter().all(|by| *by <= -SPECK_CONTRAST);
            specks += u32::from(alone);
            asked += 1;
        }
    }
    f64::from(specks) > MOST_SPECKS * f64::from(asked)
}

/// Each pixel the median of the nine around it; the edge stays.
pub(super) fn median(picture: &Raster) -> Raster {
    let width = picture.width as usize;
    let rows: Vec<&[u8]> = picture.rows().collect();
    let mut samples = Vec::with_capacity(picture.samples.len());
    samples.extend_from_slice(rows.first().copied().unwrap_or_default());
    for three in rows.windows(3) {
        let [above, here, below] = three else { continue };
        samples.extend(here.first());
        for ((above, here), below) in
            above.windows(3).zip(here.windows(3)).zip(below.windows(3))
        {
            if let ([a, b, c], [d, e, f], [g, h, i]) = (above, here, below) {
                samples.push(median_of([[*a, *b, *c], [*d, *e, *f], [*g, *h, *i]]));
            }
        }
        if width > 1 {
            samples.extend(here.last());
        }
    }
    if rows.len() > 1 {
        samples.extend_from_slice(rows.last().copied().unwrap_or_default());
    }
    if samples.len() == picture.samples.len() {
        Raster { samples, ..picture.clone() }
    } else {
        picture.clone()
    }
}

/// The median of nine, without a branch, so that many pixels are done at a time:
/// it is the median of the highest low, the middle middle and the lowest high of
/// any three that nine are parted into.
fn median_of(nine: [[u8; 3]; 3]) -> u8 {
    let [(a, b, c), (d, e, f), (g, h, i)] = nine.map(|[a, b, c]| {
        let (low, high) = (a.min(b), a.max(b));
        (low.min(c), high.min(c).max(low), high.max(c))
    });
    let (low, high) = (a.max(d).max(g), c.min(f).min(i));
    let middle = b.min(e).max(b.max(e).min(h));
    low.min(middle).max(low.max(middle).min(high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qr::make::paper;

    #[test]
    fn the_median_is_the_one_in_the_middle() {
        // A network that sorts what is only 0 and 1 sorts everything.
        for bits in 0..512_u16 {
            let nine: Vec<u8> =
                (0..9).map(|bit| u8::from(bits >> bit & 1 == 1)).collect();
            let mut sorted = nine.clone();
            sorted.sort_unstable();
            let (parts, _) = nine.as_chunks::<3>();
            assert_eq!(median_of(parts.try_into().unwrap()), sorted[4], "{nine:?}");
        }
    }

    #[test]
    fn specks_are_told_from_modules() {
        let clean = paper(300, 300, &[("H32.18-260716-0001", 80, 90)]);
        assert!(!is_speckled(&clean), "modules of three pixels are no specks");
        let mut page = clean;
        let mut state = 7_u32;
        for sample in &mut page.samples {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            if state >> 16 < 1_310 {
                *sample = 255 - *sample;
            }
        }
        assert!(is_speckled(&page), "one pixel of fifty the wrong way");
        assert!(!is_speckled(&paper(2, 300, &[])));
    }
}
