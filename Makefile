# `make demo` and `make test` do everything on a fresh Debian or Ubuntu machine.
# Each target installs what it needs and says so; nothing outside this folder
# is changed but the system packages and, where Rust is missing, ~/.cargo and
# ~/.rustup.

SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: demo test build system judges lint unit doc accuracy letters words fields bench bench-find bench-report bench-resume bench-check \
	qr fuzz fault flips \
	look hostile verify-corpus verify-flips clean
# Where rustup puts what it installs, known to a shell only after a new login.
export PATH := $(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)
TARGET := $(or $(CARGO_TARGET_DIR),target)

# What the program needs to be built and to run.
BUILD_PACKAGES := build-essential pkg-config nasm libtesseract-dev \
	libleptonica-dev tesseract-ocr tesseract-ocr-vie
# What the tests judge the program with, and what the benchmarks compare it with.
TEST_PACKAGES := poppler-utils qpdf mupdf-tools fonts-croscore softhsm2 zbar-tools \
	python3 python3-venv time

build: system
	cargo build --release --locked

system:
	@tests/judges/packages.sh $(BUILD_PACKAGES)
	@tests/judges/toolchain.sh

demo: build
	@examples/demo.sh $(TARGET)/release/sohoa $(TARGET)/demo/kho

judges: system
	@tests/judges/packages.sh $(TEST_PACKAGES)
	@tests/judges/setup.sh

test: lint doc unit

lint: judges
	@tests/judges/toolchain.sh fmt clippy
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings

doc: system
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --document-private-items

unit: judges
	cargo test --locked

# Pages as a browser shows them and workbooks as an office opens them; the
# pictures lie in target/look.
look: judges
	@tests/judges/packages.sh chromium libreoffice-calc-nogui
	mkdir -p $(TARGET)/look
	SOHOA_LOOK=$(abspath $(TARGET)/look) cargo test --locked --test it -- look::

# The verdicts on the signed files of the corpus against its answers, as a table.
verify-corpus: system
	cargo test --locked --test it verify::the_ -- --nocapture

# 2 000 single flipped bytes in each signed file of the corpus; takes a quarter of an hour.
verify-flips: system
	SOHOA_FLIPS=2000 cargo test --locked --release --test it verify::no_single -- --nocapture

# Word recall, precision and character errors against transcripts, and
# processor seconds. In parts: make accuracy PARTS="--set real --modes read,usual"
PARTS ?=
accuracy: judges $(TARGET)/fixtures-answers/answers.jsonl
	SOHOA_FIXTURES=$(TARGET)/fixtures cargo bench --locked --bench accuracy -- $(PARTS)

# How often letters that the recogniser offers besides are right, by how they differ.
letters: judges $(TARGET)/fixtures-answers/answers.jsonl
	SOHOA_FIXTURES=$(TARGET)/fixtures cargo bench --locked --bench accuracy -- \
		--set real,fixtures --modes read --letters $(PARTS)

$(TARGET)/fixtures-answers/answers.jsonl:
	cargo run --release --locked --example make_scans -- \
		--fixtures $(TARGET)/fixtures --pages 330 --seed 7

# The table of word pairs, from normative texts and the project's own.
LM ?= ../shared/lm
WORDS := $(TARGET)/words
words: system
	mkdir -p $(WORDS)
	combine_tessdata -u "$$(find /usr/share -name vie.traineddata | head -1)" $(WORDS)/vie.
	dawg2wordlist $(WORDS)/vie.lstm-unicharset $(WORDS)/vie.lstm-word-dawg $(WORDS)/list
	cargo run --release --locked --example count_words -- \
		src/text/words/pairs.bin $(WORDS)/list $(LM)/decree30.txt $(LM)/statutes.txt

# Fields of papers of every kind: right, flagged, wrong, missing.
FIELD_PAGES ?= 300
FIELD_SEED ?= 11
fields: judges
	cargo run --release --locked --example make_scans -- \
		--fixtures $(TARGET)/field-fixtures --register --pages $(FIELD_PAGES) --seed $(FIELD_SEED)
	SOHOA_FIELD_FIXTURES=$(abspath $(TARGET)/field-fixtures) cargo bench --locked --bench fields

# Speed and memory against other tools, on the same inputs in one run.
bench: judges
	cargo bench --locked --bench ingest
	cargo bench --locked --bench signatures
	cargo bench --locked --bench sign
	cargo bench --locked --bench verify

# Hostile bytes for every reader: `make fuzz SECONDS=3600 WHAT=cms`.
SECONDS := 30
fuzz: system
	cargo bench --locked --bench fuzz -- $(SECONDS) $(WHAT)

# A batch of 10 000 papers that are filed already, run again.
bench-resume: system
	cargo bench --locked --bench resume

# Checking an archive of a gigabyte, beside plain SHA-256 of the same bytes.
bench-check: system
	cargo bench --locked --bench check

# Filling and asking the catalogue of an archive of 100 000 pages, made for it.
bench-find: system
	cargo bench --locked --bench find

# Codes we print, spoiled and read back; false splits on the corpus; milliseconds.
qr: judges
	cargo bench --locked --bench qr

# Reports on an archive of 100 000 documents, made for it: time and memory.
bench-report: system
	cargo bench --locked --bench report

# Runs killed at random (`make fault KILLS=1000`), and a kill, a full and a failing
# disk at every write of ingest, set, check, reindex and export.
KILLS ?= 200
fault: judges
	SOHOA_FAULT_RUNS=$(KILLS) cargo test --locked --test it fault -- --nocapture
	SOHOA_FAULT_RUNS=$(KILLS) cargo test --locked --test it archive:: -- --nocapture

# Every single bit of a sample archive flipped, one after the other.
flips: system
	SOHOA_ALL_BITS=1 cargo test --locked --test it every_flipped_bit -- --nocapture

# Pages of 81 million pixels in every format, and what they take in memory.
hostile: judges
	SOHOA_HOSTILE=1 cargo test --locked --test it hostile -- --nocapture

clean:
	cargo clean
