//! Links the recogniser; its C interface is in `src/ocr/tesseract.rs`. And names the
//! build by its sources: what one build judged another may judge otherwise.

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher as _;
use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    for library in ["tesseract", "lept", "gomp"] {
        println!("cargo:rustc-link-lib=dylib={library}");
    }
    println!("cargo:rerun-if-changed=build.rs");
    let mut sources = DefaultHasher::new();
    for name in ["Cargo.lock", "locales", "src"] {
        println!("cargo:rerun-if-changed={name}");
        take(Path::new(name), &mut sources)?;
    }
    println!("cargo:rustc-env=SOHOA_SOURCES={:016x}", sources.finish());
    Ok(())
}

/// Takes in a file, or all files below a folder in the order of their names.
fn take(path: &Path, into: &mut DefaultHasher) -> io::Result<()> {
    if !path.is_dir() {
        into.write(&fs::read(path)?);
        return Ok(());
    }
    let entries = fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = entries.collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    paths.iter().try_for_each(|path| take(path, into))
}
