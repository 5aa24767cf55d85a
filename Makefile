# tfgraph: two commands do all the set-up, `make demo` and `make test`.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# Every target imports only what it declares: the layers of the house.
SWIFT_FLAGS := --explicit-target-dependency-import-check error
PRODUCTS := .build/debug
STATE := $(CURDIR)/.build/demo
LARGEST := 100000

.PHONY: help setup build test conformance exhaustive bench format check output demo clean

help: ## Show what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## Install the system libraries that are missing (apt)
	@.ci/setup

build: setup ## Build the command
	@swift build $(SWIFT_FLAGS) --product tfgraph

test: setup ## Run the whole test suite
	@swift test $(SWIFT_FLAGS) --disable-xctest

conformance: setup ## Hold the recorded flows against the compiler and the engine
	@swift run $(SWIFT_FLAGS) conformance Tests/Conformance/cases.jsonl

exhaustive: setup ## Follow every run of small flows, and hold them against a plain reference
	@TFGRAPH_EXHAUSTIVE=full swift test $(SWIFT_FLAGS) -c release -Xswiftc -enable-testing \
	  --disable-xctest --filter ExhaustiveTests

bench: setup ## Measure speed and growth; LARGEST=1000000 for larger flows
	@swift run -c release --package-path Tests/Benchmarks --scratch-path .build/benchmarks benchmarks $(LARGEST)

format: ## Bring the sources into the house's format
	@swift format -i -r Sources Tests samples Package.swift

check: ## Check the format
	@swift format lint --strict -r Sources Tests samples Package.swift

output: build ## Make output/ anew from the samples
	@swift build $(SWIFT_FLAGS) --product samples
	@.ci/output $(PRODUCTS)

demo: build ## Lint, draw, run and document the deploy sample
	@.ci/demo $(PRODUCTS)/tfgraph $(STATE)

clean: ## Remove what was built
	@swift package clean
