# `make demo` and `make test` do everything on a fresh Debian or Ubuntu machine.
# Each target installs what it needs and says so; nothing outside this folder
# is changed but the system packages.

SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: demo test build system judges lint unit doc accuracy bench fault clean

# What the program needs to be built and to run.
BUILD_PACKAGES := build-essential pkg-config nasm libtesseract-dev \
	libleptonica-dev tesseract-ocr tesseract-ocr-vie
# What the tests judge the program with.
TEST_PACKAGES := tesseract-ocr-osd poppler-utils qpdf mupdf-tools \
	fonts-croscore libtiff-tools man-db python3-venv time
DEMO_ARCHIVE := target/demo/kho

build: system
	cargo build --release --locked

system:
	@tests/judges/packages.sh $(BUILD_PACKAGES)

demo: build
	@examples/demo.sh target/release/sohoa $(DEMO_ARCHIVE)

judges: system
	@tests/judges/packages.sh $(TEST_PACKAGES)
	@tests/judges/setup.sh

test: lint unit doc

lint: judges
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings

unit: judges
	cargo test --locked

doc: system
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --document-private-items

# Word recall, precision and character errors against transcripts.
accuracy: judges
	cargo bench --locked --bench accuracy

# Speed and memory against other tools, on the same inputs in one run.
bench: judges
	cargo bench --locked --bench ingest

# 200 runs killed at random, and a full disk at every write.
fault: judges
	SOHOA_FAULT_RUNS=200 cargo test --locked --test it fault -- --nocapture

clean:
	cargo clean
