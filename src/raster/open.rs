//! Opens a scan file (TIFF, JPEG, PNG, WebP, BMP) into pages.
