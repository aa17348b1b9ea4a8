// Sentences about PDF files, read or written; `raster.rs` says how the table works.

messages! {
}
