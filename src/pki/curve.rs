//! ECDSA on curves that have no crate of their own in this generation: short,
//! rare or foreign ones (SEC 1, 4.1.4; curves: SEC 2, FIPS 186-4, RFC 5639).
//!
//! Nothing here is secret, so time may depend on every value. The arithmetic is
//! that of `crypto-bigint`, as for DSA.

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd, Resize as _};

/// A curve y² = x³ + ax + b over a prime field, with a point of prime order;
/// numbers in hexadecimal, all of one length.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Domain {
    p: &'static str,
    a: &'static str,
    b: &'static str,
    x: &'static str,
    y: &'static str,
    order: &'static str,
}

/// NIST P-192.
pub(crate) const P192: Domain = Domain {
    p: "fffffffffffffffffffffffffffffffeffffffffffffffff",
    a: "fffffffffffffffffffffffffffffffefffffffffffffffc",
    b: "64210519e59c80e70fa7e9ab72243049feb8deecc146b9b1",
    x: "188da80eb03090f67cbf20eb43a18800f4ff0afd82ff1012",
    y: "07192b95ffc8da78631011ed6b24cdd573f977a11e794811",
    order: "ffffffffffffffffffffffff99def836146bc9b1b4d22831",
};
/// NIST P-224.
pub(crate) const P224: Domain = Domain {
    p: "ffffffffffffffffffffffffffffffff000000000000000000000001",
    a: "fffffffffffffffffffffffffffffffefffffffffffffffffffffffe",
    b: "b4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4",
    x: "b70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21",
    y: "bd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34",
    order: "ffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3d",
};
/// secp256k1.
pub(crate) const K256: Domain = Domain {
    p: "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f",
    a: "0000000000000000000000000000000000000000000000000000000000000000",
    b: "0000000000000000000000000000000000000000000000000000000000000007",
    x: "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
    y: "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8",
    order: "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
};
/// brainpoolP224r1.
pub(crate) const BRAINPOOL_224: Domain = Domain {
    p: "d7c134aa264366862a18302575d1d787b09f075797da89f57ec8c0ff",
    a: "68a5e62ca9ce6c1c299803a6c1530b514e182ad8b0042a59cad29f43",
    b: "2580f63ccfe44138870713b1a92369e33e2135d266dbb372386c400b",
    x: "0d9029ad2c7e5cf4340823b2a87dc68c9e4ce3174c1e6efdee12c07d",
    y: "58aa56f772c0726f24c6b89e4ecdac24354b9e99caa3f6d3761402cd",
    order: "d7c134aa264366862a18302575d0fb98d116bc4b6ddebca3a5a7939f",
};
/// brainpoolP320r1.
pub(crate) const BRAINPOOL_320: Domain = Domain {
    p: "d35e472036bc4fb7e13c785ed201e065f98fcfa6f6f40def4f92b9ec7893ec28fcd412b1f1b32e27",
    a: "3ee30b568fbab0f883ccebd46d3f3bb8a2a73513f5eb79da66190eb085ffa9f492f375a97d860eb4",
    b: "520883949dfdbc42d3ad198640688a6fe13f41349554b49acc31dccd884539816f5eb4ac8fb1f1a6",
    x: "43bd7e9afb53d8b85289bcc48ee5bfe6f20137d10a087eb6e7871e2a10a599c710af8d0d39e20611",
    y: "14fdd05545ec1cc8ab4093247f77275e0743ffed117182eaa9c77877aaac6ac7d35245d1692e8ee1",
    order: "d35e472036bc4fb7e13c785ed201e065f98fcfa5b68f12a32d482ec7ee8658e98691555b44c59311",
};
/// brainpoolP512r1.
pub(crate) const BRAINPOOL_512: Domain = Domain {
    p: "aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca70330871\
        7d4d9b009bc66842aecda12ae6a380e62881ff2f2d82c68528aa6056583a48f3",
    a: "7830a3318b603b89e2327145ac234cc594cbdd8d3df91610a83441caea9863bc\
        2ded5d5aa8253aa10a2ef1c98b9ac8b57f1117a72bf2c7b9e7c1ac4d77fc94ca",
    b: "3df91610a83441caea9863bc2ded5d5aa8253aa10a2ef1c98b9ac8b57f1117a7\
        2bf2c7b9e7c1ac4d77fc94cadc083e67984050b75ebae5dd2809bd638016f723",
    x: "81aee4bdd82ed9645a21322e9c4c6a9385ed9f70b5d916c1b43b62eef4d0098e\
        ff3b1f78e2d0d48d50d1687b93b97d5f7c6d5047406a5e688b352209bcb9f822",
    y: "7dde385d566332ecc0eabfa9cf7822fdf209f70024a57b1aa000c55b881f8111\
        b2dcde494a5f485e5bca4bd88a2763aed1ca2b2fa8f0540678cd1e0f3ad80892",
    order: "aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca70330870\
            553e5c414ca92619418661197fac10471db1d381085ddaddb58796829ca90069",
};

impl Domain {
    /// Whether the key `point` made the signature `r`, `s` over `digest`; none
    /// where the point, which must be uncompressed (SEC 1, 2.3.3), is none of the
    /// curve.
    pub(crate) fn verify(
        self,
        point: &[u8],
        digest: &[u8],
        (r, s): (&[u8], &[u8]),
    ) -> Option<bool> {
        let bytes = self.p.len() / 2;
        let wide = u32::try_from(bytes * 8).ok()?;
        let number = |bytes: &[u8]| BoxedUint::from_be_slice(bytes, wide).ok();
        let known = |text: &str| number(&unhex(text));
        let odd = |text: &str| Odd::new(known(text)?).into_option();
        let (prime, order) = (odd(self.p)?, odd(self.order)?);
        let field = BoxedMontyParams::new_vartime(prime.clone());
        let form = |value: BoxedUint| BoxedMontyForm::new(value, &field);
        let curve = Curve { a: form(known(self.a)?) };

        let (4, coordinates) = point.split_first()? else { return None };
        let (x, y) = coordinates.split_at_checked(bytes)?;
        let (x, y) = (number(x)?, number(y)?);
        if coordinates.len() != 2 * bytes || x >= *prime || y >= *prime {
            return None;
        }
        let (x, y) = (form(x), form(y));
        let right = x.square().add(&curve.a).mul(&x).add(&form(known(self.b)?));
        if y.square() != right {
            return None;
        }

        let zero = BoxedUint::zero_with_precision(wide);
        let (Some(r), Some(s)) = (number(r), number(s)) else { return Some(false) };
        if r == zero || s == zero || r >= *order || s >= *order {
            return Some(false);
        }
        let w = s.invert_odd_mod(&order).into_option()?;
        let modulus = order.as_nz_ref();
        // The order of each of these curves fills its bytes.
        let e = number(digest.get(..bytes).unwrap_or(digest))?.rem_vartime(modulus);
        let (u1, u2) = (e.resize(wide).mul_mod(&w, modulus), r.mul_mod(&w, modulus));

        let one = form(BoxedUint::one_with_precision(wide));
        let (gx, gy) = (form(known(self.x)?), form(known(self.y)?));
        let base = Point { x: gx, y: gy, z: one.clone() };
        let key = Point { x, y, z: one };
        let Some(sum) = curve.sum((&base, &u1), (&key, &u2), wide) else {
            return Some(false);
        };
        let z = sum.z.invert().into_option()?;
        let v = sum.x.mul(&z.square()).retrieve().rem_vartime(modulus);
        Some(v.resize(wide) == r)
    }
}

struct Curve {
    a: BoxedMontyForm,
}

/// A point in Jacobian coordinates; none for the one at infinity.
#[derive(Clone)]
struct Point {
    x: BoxedMontyForm,
    y: BoxedMontyForm,
    z: BoxedMontyForm,
}

impl Curve {
    /// One point so many times, and another so many times.
    fn sum(
        &self,
        (base, u1): (&Point, &BoxedUint),
        (key, u2): (&Point, &BoxedUint),
        bits: u32,
    ) -> Option<Point> {
        let both = self.add(base, key);
        let mut sum: Option<Point> = None;
        for bit in (0..bits).rev() {
            sum = sum.and_then(|sum| self.double(&sum));
            let step = match (u1.bit_vartime(bit), u2.bit_vartime(bit)) {
                (false, false) => continue,
                (true, false) => Some(base),
                (false, true) => Some(key),
                (true, true) => both.as_ref(),
            };
            sum = match (sum, step) {
                (Some(sum), Some(step)) => self.add(&sum, step),
                (sum, None) => sum,
                (None, Some(step)) => Some(step.clone()),
            };
        }
        sum
    }

    fn double(&self, point: &Point) -> Option<Point> {
        if is_zero(&point.y) {
            return None;
        }
        let squared = point.y.square();
        let s = twice(&twice(&point.x.mul(&squared)));
        let x_squared = point.x.square();
        let z_squared = point.z.square();
        let m = twice(&x_squared).add(&x_squared).add(&self.a.mul(&z_squared.square()));
        let x = m.square().sub(&twice(&s));
        let eight = twice(&twice(&twice(&squared.square())));
        let y = m.mul(&s.sub(&x)).sub(&eight);
        let z = twice(&point.y.mul(&point.z));
        Some(Point { x, y, z })
    }

    fn add(&self, one: &Point, other: &Point) -> Option<Point> {
        let (z1, z2) = (one.z.square(), other.z.square());
        let (u1, u2) = (one.x.mul(&z2), other.x.mul(&z1));
        let s1 = one.y.mul(&z2.mul(&other.z));
        let s2 = other.y.mul(&z1.mul(&one.z));
        let (h, r) = (u2.sub(&u1), s2.sub(&s1));
        if is_zero(&h) {
            return if is_zero(&r) { self.double(one) } else { None };
        }
        let h_squared = h.square();
        let h_cubed = h_squared.mul(&h);
        let v = u1.mul(&h_squared);
        let x = r.square().sub(&h_cubed).sub(&twice(&v));
        let y = r.mul(&v.sub(&x)).sub(&s1.mul(&h_cubed));
        let z = h.mul(&one.z).mul(&other.z);
        Some(Point { x, y, z })
    }
}

fn twice(value: &BoxedMontyForm) -> BoxedMontyForm {
    value.add(value)
}

fn is_zero(value: &BoxedMontyForm) -> bool {
    value.sub(value) == *value
}

/// The bytes of a number written in hexadecimal.
fn unhex(text: &str) -> Vec<u8> {
    let digits = text.chars().filter_map(|digit| digit.to_digit(16));
    let digits: Vec<u8> = digits.filter_map(|digit| u8::try_from(digit).ok()).collect();
    let pair = |pair: &[u8]| pair.iter().fold(0, |sum, digit| sum << 4 | digit);
    digits.chunks_exact(2).map(pair).collect()
}
