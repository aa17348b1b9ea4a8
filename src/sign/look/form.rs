//! The form that paints a look, put into the update.

use crate::cos::lexer::Lexer;
use crate::cos::syntax::{dict, named, number};
use crate::cos::{Dict, Id, Object};
use crate::pdf::Page;
use crate::print::{Faces, Sheet, ink};
use crate::sign::SignError;
use crate::sign::look::error::LookError;
use crate::sign::update::Update;

/// Puts the form that paints a sheet into the update.
pub(super) fn form(
    update: &mut Update<'_>,
    sheet: &Sheet,
    faces: &Faces,
    page: &Page,
) -> Result<Id, SignError> {
    let inked = ink(sheet, faces, update.next())?;
    if !inked.missing.is_empty() {
        let letters = inked.missing.iter().collect();
        return Err(SignError::Look(LookError::Letters(letters)));
    }
    for part in inked.parts {
        let entries = parsed(&part.entries)?;
        match part.data {
            Some(data) => update.add_stream(entries, data),
            None => update.add(entries),
        };
    }
    let (width, height) = inked.sides;
    let zero = Object::Int(0);
    let sides = vec![zero.clone(), zero.clone(), number(width), number(height)];
    // 12.5.5: the box is turned as the page is, and fitted into the rectangle.
    let turn = [page.own.a, page.own.b, page.own.c, page.own.d];
    let mut matrix: Vec<Object> = turn.into_iter().map(number).collect();
    matrix.extend([zero.clone(), zero]);
    let head = dict([
        ("Type", named("XObject")),
        ("Subtype", named("Form")),
        ("BBox", Object::Array(sides)),
        ("Matrix", Object::Array(matrix)),
        ("Resources", Object::Dict(parsed(&inked.resources)?)),
    ]);
    Ok(update.add_stream(head, inked.content))
}

/// The dictionary of these entries.
fn parsed(entries: &str) -> Result<Dict, SignError> {
    let whole = format!("<<{entries}>> ");
    match Lexer::new(whole.as_bytes(), 0).object() {
        Ok(Object::Dict(dict)) => Ok(dict),
        Ok(_) | Err(_) => Err(SignError::NotHolding),
    }
}
