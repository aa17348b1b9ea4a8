//! Links the recogniser; its C interface is in `src/ocr/tesseract.rs`.
fn main() {
    for library in ["tesseract", "lept", "gomp"] {
        println!("cargo:rustc-link-lib=dylib={library}");
    }
    println!("cargo:rerun-if-changed=build.rs");
}
