# Every recipe is a thin line over cargo, for `just` need not be installed.

# What there is
default:
    @just --list

# Runs the example whose module its build script generates
example:
    cargo run --package example-music

# All tests
test:
    cargo test --workspace

# Tries the promises about types and NULL with so many random statements
sound statements="100000":
    SOUND={{statements}} cargo test --package sqlitenow --lib c81_random

# Tries so many texts that chance makes of annotated statements
fuzz-annotations texts="1000000":
    FUZZ={{texts}} cargo test --release --package sqlitenow --lib annotation::tests::fuzz -- --nocapture

# Asks rustfmt about so many times a hundred pieces of generated code
layout cases="300":
    LAYOUT={{cases}} cargo test --package sqlitenow --lib layout

# Generates the committed modules of the examples
generate:
    cargo run --package sqlitenow -- generate --config sql-examples/tasks/sqlitenow.toml
    cargo run --package sqlitenow -- generate --config sql-examples/shared-board/sqlitenow.toml

# Tries so many streams that chance makes of what owners and clients send each other
fuzz-frames streams="1000000":
    FUZZ={{streams}} cargo test --release --package sqlitenow-runtime --features sharing --lib wire::tests::fuzz -- --nocapture

# Writes what the golden tests expect: modules, diagnostics and `docs/diagnostics.md`, and the tables of functions in `docs/types.md`
bless:
    BLESS=1 cargo test --package sqlitenow-tests --test golden
    BLESS=1 cargo test --package sqlitenow --lib documented

# Turns around each condition of the templates, and lists those that no golden case notices
flip-templates:
    .ci/flip-templates

# Tries every order of events in the core; `just interleavings faults` also whether it finds all known faults
interleavings *faults:
    .ci/interleavings {{faults}}

# Formatting and lints
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- --deny warnings

# The documentation of all packages
doc:
    RUSTDOCFLAGS="--deny warnings" cargo doc --workspace --no-deps

# Figures against rusqlite by hand and other libraries; `just bench peers` runs the work alone whose name holds the word
bench *work:
    cargo build --release --manifest-path tests/benches/peers/tokio-rusqlite/Cargo.toml
    cargo run --release --package sqlitenow-tests --bin bench -- {{work}}

# Figures of sharing: round trips to an owner, news of commits, and what the death of a client costs the others
bench-sharing:
    cargo run --release --package sqlitenow-tests --bin bench-sharing

# Kills, stops and stalls among twenty processes on one file for so many seconds
chaos seconds="60" seed="1":
    CHAOS={{seconds}} CHAOS_SEED={{seed}} cargo test --package sqlitenow-tests --test chaos -- --nocapture

# Exactly what CI runs
ci:
    .ci/run
