//! temporary
use crate::raster::{Depth, Raster};
use crate::units::{Affine, Quarter};
/// turn
#[must_use]
pub fn turn(r: &Raster, q: Quarter) -> Raster {
    if q == Quarter::None {
        return r.clone();
    }
    let (w, h) = (f64::from(r.width), f64::from(r.height));
    let (nw, nh) = if q.swaps_axes() { (r.height, r.width) } else { (r.width, r.height) };
    let back = Affine::turn(q, w, h).inverse().unwrap();
    let mut samples = Vec::new();
    for y in 0..nh {
        for x in 0..nw {
            let (sx, sy) = back.apply(f64::from(x) + 0.5, f64::from(y) + 0.5);
            samples.push(r.samples[sy as usize * r.width as usize + sx as usize]);
        }
    }
    Raster { width: nw, height: nh, depth: Depth::Grey, samples }
}
/// rotate: clockwise by degrees; map new to old
#[must_use]
pub fn rotate_grey(r: &Raster, degrees: f64) -> (Raster, Affine) {
    let (s, c) = degrees.to_radians().sin_cos();
    let (w, h) = (f64::from(r.width), f64::from(r.height));
    let (nw, nh) =
        ((w * c.abs() + h * s.abs()).ceil(), (w * s.abs() + h * c.abs()).ceil());
    let fwd = Affine::shift(-w / 2.0, -h / 2.0)
        .then(Affine::new([c, s, -s, c, 0.0, 0.0]))
        .then(Affine::shift(nw / 2.0, nh / 2.0));
    let back = fwd.inverse().unwrap();
    let get = |x: i64, y: i64| {
        if x < 0 || y < 0 || x >= i64::from(r.width) || y >= i64::from(r.height) {
            255.0
        } else {
            f64::from(r.samples[y as usize * r.width as usize + x as usize])
        }
    };
    let mut samples = Vec::new();
    for y in 0..nh as u32 {
        for x in 0..nw as u32 {
            let (sx, sy) = back.apply(f64::from(x) + 0.5, f64::from(y) + 0.5);
            let (sx, sy) = (sx - 0.5, sy - 0.5);
            let (ix, iy) = (sx.floor() as i64, sy.floor() as i64);
            let (fx, fy) = (sx - sx.floor(), sy - sy.floor());
            let v = get(ix, iy) * (1.0 - fx) * (1.0 - fy)
                + get(ix + 1, iy) * fx * (1.0 - fy)
                + get(ix, iy + 1) * (1.0 - fx) * fy
                + get(ix + 1, iy + 1) * fx * fy;
            samples.push(v as u8);
        }
    }
    (Raster { width: nw as u32, height: nh as u32, depth: Depth::Grey, samples }, back)
}
impl crate::raster::Scan {
    /// temp
    pub fn load_grey_reduced(
        &self,
        _f: u32,
    ) -> Result<Raster, crate::raster::DecodeError> {
        let mut samples = Vec::new();
        self.rows.decode(&mut |r| {
            samples.extend_from_slice(r);
            Ok(())
        })?;
        Ok(Raster {
            width: self.header.width,
            height: self.header.height,
            depth: Depth::Grey,
            samples,
        })
    }
}
