# tfgraph: two commands do all the set-up, `make demo` and `make test`.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# Every target imports only what it declares: the layers of the house.
SWIFT_FLAGS := --explicit-target-dependency-import-check error
PRODUCTS := .build/debug
CHECKOUTS := .build/checkouts
STATE := $(CURDIR)/.build/demo
LARGEST := 100000
KILLS := 100
SECONDS := 60
HOSTILE := 1000000
PART := crashes in
# Tests that keep the processors busy for long; beside them what waits for processes would be too slow.
LAWS := FlowLintTests|FormattingLawTests|RunForecastTests|FlowListingTests|HostileSizeTests|SchemaTests|ExhaustiveTests|DiskFaultTests|CheckpointFaultTests

.PHONY: help setup build test conformance exhaustive crashes kills sanitize fuzz hostile bench format check output plugin \
  demo docs clean

help: ## Show what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## Install the system libraries that are missing (apt)
	@.ci/setup

build: setup ## Build the command
	@swift build $(SWIFT_FLAGS) --product tfgraph

test: setup ## Run the whole test suite
	@swift test $(SWIFT_FLAGS) --disable-xctest --skip '$(LAWS)'
	@swift test $(SWIFT_FLAGS) --disable-xctest --skip-build --filter '$(LAWS)'

conformance: setup ## Hold the recorded flows against the compiler and the engine
	@swift run $(SWIFT_FLAGS) conformance Tests/Conformance/cases.jsonl

exhaustive: setup ## Follow every run of small flows, against a plain reference and with crashes
	@swift run $(SWIFT_FLAGS) -c release exhaustive

crashes: setup ## Follow every run of flows of up to 3 tasks in which engines die at every step
	@swift run $(SWIFT_FLAGS) -c release exhaustive '$(PART)'

kills: setup ## Kill the command at any time, and have two go on with what it left; KILLS=1000 for more
	@TFGRAPH_KILLS=$(KILLS) swift test $(SWIFT_FLAGS) --disable-xctest --filter KillTests

sanitize: setup ## Run the tests of the engine and the model under the thread sanitizer
	@.ci/sanitize --filter 'FlowEngineTests|TaskFlowTests' --skip 'hundreds of processes leak'

fuzz: setup ## Read, lint and format files made by libFuzzer; SECONDS=600 for longer
	@.ci/fuzz $(SECONDS)

hostile: setup ## Lint files of a million tasks and more, made to cost time, memory or a crash
	@TFGRAPH_HOSTILE=$(HOSTILE) swift test $(SWIFT_FLAGS) -c release -Xswiftc -enable-testing \
	  --disable-xctest --filter HostileSizeTests

bench: setup ## Measure speed and growth; LARGEST=1000000 for larger flows
	@swift run -c release --package-path Tests/Benchmarks --scratch-path .build/benchmarks benchmarks $(LARGEST)

format: ## Bring the sources into the house's format
	@swift format -i -r Sources Tests samples Package.swift

check: ## Check the format
	@swift format lint --strict -r Sources Tests samples Package.swift

output: build ## Make output/ anew from the samples
	@swift build $(SWIFT_FLAGS) --product samples
	@.ci/output $(PRODUCTS)

plugin: build ## Use the plugin of the package manager, on this package and on a new one that depends on it
	@.ci/plugin new

demo: build ## Lint, draw, run and document the deploy sample
	@.ci/demo $(PRODUCTS)/tfgraph $(STATE)

docs: setup ## Make the documentation of the libraries, and prove that its links resolve
	@swift build $(SWIFT_FLAGS) --target FlowStoreSQLite
	@for module in TaskFlow FlowEngine FlowStoreSQLite; do \
	  mkdir -p .build-docs/$$module; \
	  swift symbolgraph-extract -module-name $$module -minimum-access-level public \
	    -target "$$(uname -m)-unknown-linux-gnu" -I $(PRODUCTS)/Modules -I Sources/CLibYAML \
	    -I $(CHECKOUTS)/swift-subprocess/Sources/_SubprocessCShims/include \
	    -I $(CHECKOUTS)/swift-system/Sources/CSystem/include \
	    -I $(CHECKOUTS)/GRDB.swift/Sources/GRDBSQLite -output-dir .build-docs/$$module; \
	  docc convert Sources/$$module/$$module.docc --warnings-as-errors \
	    --fallback-display-name $$module --fallback-bundle-identifier tfgraph.$$module \
	    --additional-symbol-graph-dir .build-docs/$$module \
	    --output-path .build-docs/$$module.doccarchive; \
	done

clean: ## Remove what was built
	@swift package clean
