//! The Merkle tree of RFC 6962, section 2.1: leaves, roots, inclusion proofs.
//!
//! Arithmetic only. Where the hashes of complete subtrees come from, tiles or
//! memory, is the caller's; here they are asked for by level and index.

use crate::digest::Digest;

/// The hash of a leaf.
pub(super) fn leaf(entry: &[u8]) -> Digest {
    Digest::of(&[&[0], entry].concat())
}

/// The hash of an inner node.
pub(super) fn node(left: &Digest, right: &Digest) -> Digest {
    Digest::of(&[&[1], left.bytes().as_slice(), right.bytes().as_slice()].concat())
}

/// The root over a list of subtrees of one size, left to right; of nothing, the
/// hash of nothing.
pub(super) fn root(hashes: &[Digest]) -> Digest {
    match hashes {
        [] => Digest::of(b""),
        [only] => *only,
        _ => {
            // RFC 6962, 2.1: the largest power of two smaller than the count.
            let half = hashes.len().next_power_of_two() / 2;
            let (left, right) = hashes.split_at(half);
            node(&root(left), &root(right))
        }
    }
}

/// The hashes of complete subtrees: of the `index`-th with `1 << level` leaves.
pub(super) type Complete<'a, E> = dyn FnMut(u32, u64) -> Result<Digest, E> + 'a;

/// The hash over the leaves from `low` up to `high`, at least one, where `low`
/// is a multiple of the largest power of two that fits.
pub(super) fn range<E>(
    low: u64,
    high: u64,
    complete: &mut Complete<'_, E>,
) -> Result<Digest, E> {
    let count = high - low;
    if count.is_power_of_two() {
        return complete(count.trailing_zeros(), low >> count.trailing_zeros());
    }
    let half = count.next_power_of_two() / 2;
    let left = range(low, low + half, complete)?;
    let right = range(low + half, high, complete)?;
    Ok(node(&left, &right))
}

/// The proof that leaf `index` is in the tree of `size` leaves (RFC 6962,
/// 2.1.1), from the leaf up.
pub(super) fn inclusion<E>(
    index: u64,
    size: u64,
    complete: &mut Complete<'_, E>,
) -> Result<Vec<Digest>, E> {
    let (mut low, mut high) = (0, size);
    let mut proof = Vec::new();
    while high - low > 1 {
        let half = (high - low).next_power_of_two() / 2;
        if index < low + half {
            proof.push(range(low + half, high, complete)?);
            high = low + half;
        } else {
            proof.push(range(low, low + half, complete)?);
            low += half;
        }
    }
    proof.reverse();
    Ok(proof)
}

/// The root that a proof leads to (RFC 9162, 2.1.3.2); `None` where the proof
/// is not one for this leaf of a tree of this size.
pub(super) fn root_of_proof(
    entry: &Digest,
    index: u64,
    size: u64,
    proof: &[Digest],
) -> Option<Digest> {
    if index >= size {
        return None;
    }
    let (mut place, mut last, mut hash) = (index, size - 1, *entry);
    for other in proof {
        if last == 0 {
            return None;
        }
        if place & 1 == 1 || place == last {
            hash = node(other, &hash);
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            hash = node(&hash, other);
        }
        place >>= 1;
        last >>= 1;
    }
    (last == 0).then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The leaves with which implementations of RFC 6962 are compared.
    const LEAVES: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];

    fn leaves(count: usize) -> Vec<Digest> {
        LEAVES.iter().take(count).map(|entry| leaf(entry)).collect()
    }

    #[test]
    fn roots_are_those_of_other_implementations() {
        for (count, expected) in [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
            (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
            (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
        ] {
            assert_eq!(root(&leaves(count)).to_string(), expected, "{count}");
        }
    }

    #[test]
    fn every_leaf_of_every_tree_has_a_proof_and_no_other_leaf_has_it() {
        let at = |number: u64| usize::try_from(number).unwrap();
        for size in 1..=LEAVES.len() as u64 {
            let all = leaves(at(size));
            let mut complete = |level: u32, index: u64| {
                let (from, count) = (at(index << level), 1_usize << level);
                Ok::<_, ()>(root(&all[from..from + count]))
            };
            for index in 0..size {
                let proof = inclusion(index, size, &mut complete).unwrap();
                for other in 0..size {
                    let leads = root_of_proof(&all[at(other)], index, size, &proof);
                    assert_eq!(leads == Some(root(&all)), other == index);
                }
                let mut longer = proof.clone();
                longer.push(all[0]);
                assert_ne!(
                    root_of_proof(&all[at(index)], index, size, &longer),
                    Some(root(&all))
                );
            }
        }
    }
}
