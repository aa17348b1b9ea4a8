//! The pages of a document (ISO 32000-2, 7.7.3): in order, and each with what it
//! inherits.

use crate::cos::document::View;
use crate::cos::{CosError, Dict, Expected, Id, Object, wrong};

/// Nodes of the tree of pages that are looked at.
const MOST_NODES: usize = 400_000;
/// How deep the tree may be.
const MOST_DEPTH: usize = 64;
/// What a page may have from those above it (7.7.3.4).
const INHERITED: [&[u8]; 4] = [b"MediaBox", b"CropBox", b"Rotate", b"Resources"];

/// The pages in their order, at most so many.
///
/// # Errors
///
/// When the tree of pages cannot be read.
pub fn pages(view: View<'_>, most: usize) -> Result<Vec<Id>, CosError> {
    let catalog = view.catalog()?;
    let Some(catalog) = catalog.dict() else { return wrong(0, Expected::Object) };
    let mut waiting: Vec<Id> =
        catalog.get(b"Pages").and_then(Object::reference).into_iter().collect();
    let (mut seen, mut found) = (0, Vec::new());
    while let Some(id) = waiting.pop() {
        seen += 1;
        if seen > MOST_NODES || found.len() >= most {
            break;
        }
        let node = view.object(id)?;
        let Some(node) = node.dict() else { continue };
        let kids = view.get(node, b"Kids");
        match kids.array() {
            Some(kids) => {
                waiting.extend(kids.iter().rev().filter_map(Object::reference));
            }
            None => found.push(id),
        }
    }
    Ok(found)
}

/// A page with what it inherits; `None` where there is none.
///
/// # Errors
///
/// When it cannot be read.
pub fn whole(view: View<'_>, page: Id) -> Result<Option<Dict>, CosError> {
    let found = view.object(page)?;
    let Some(mut page) = found.dict().cloned() else { return Ok(None) };
    let mut above = page.clone();
    for _ in 0..MOST_DEPTH {
        let parent = view.get(&above, b"Parent");
        let Some(parent) = parent.dict() else { break };
        for key in INHERITED {
            if let Some(value) = parent.get(key).filter(|_| !page.has(key)) {
                page = page.with(key, value.clone());
            }
        }
        above = parent.clone();
    }
    Ok(Some(page))
}
