# What one does with Chokepoint. `make` alone lists the targets; `make demo` and `make test` set up
# everything they need on a bare Debian machine with a Swift toolchain.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo scenarios test build backcast format lint clean

SCENARIOS := scenarios/deepseek-r1.yaml scenarios/h800-vs-h100.yaml
SWIFT_FILES := Sources Tests Package.swift $(wildcard Benchmarks/Package.swift Benchmarks/Sources)
# What docs/validation.md is made from: the vintage of 2024, and the world as it is shipped.
BACKCAST := scenarios/backcast-vintage-2024-12.yaml scenarios/backcast-2022-2025.yaml --known-until 2024-12
# The same of the shipped world, which the next build takes in, so that answers can say how right it was.
RECORD := Sources/Scenarios/Facts/backcast.csv
# The reference world in `make bench`: 12 labs, 63 months, 5 regimes.
WORLD := scenarios/diffusion-caps.yaml
# Replicates of the demo and the backcast, instead of what the scenarios say.
REPLICATES ?=

# Compilers tell their progress on a terminal, and nothing but faults elsewhere.
QUIET := $(if $(MAKE_TERMOUT),,--quiet)
# A crash is to print its reason, not to stop and wait in a debugger's prompt.
export SWIFT_BACKTRACE ?= interactive=no

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-15s %s\n", $$1, $$2}'

demo: ## set up, build, run the scenarios, print what they say
	@tools/setup
	@echo "demo: building in release mode (some minutes the first time)"
	@swift build $(QUIET) --configuration release --product chokepoint
	@for scenario in $(SCENARIOS); do \
	  echo "demo: running $$scenario"; \
	  "$$(swift build --configuration release --show-bin-path)/chokepoint" run "$$scenario" \
	    --force $(if $(REPLICATES),--replicates $(REPLICATES)); \
	done

scenarios: ## set up, build, run every shipped scenario, write the tables of scenarios/README.md anew
	@tools/setup
	@swift build $(QUIET) --configuration release --product chokepoint
	@for scenario in scenarios/*.yaml; do \
	  echo "scenarios: running $$scenario"; \
	  "$$(swift build --configuration release --show-bin-path)/chokepoint" run "$$scenario" \
	    --force --quiet --set run.exact_values=1000000000 \
	    $(if $(REPLICATES),--replicates $(REPLICATES)); \
	done
	@tools/scenario-tables

test: ## set up, build, run every test but those of `make mutants`
	@tools/setup tests
	@tools/validators
	@echo "test: building (some minutes the first time)"
	@swift build $(QUIET) --build-tests
	@echo "test: running"
	@swift test --quiet --skip-build --disable-xctest --skip MutantTests

# Bounded use of a real browser; DeepSeek's runs, an economy, and worst names.
.PHONY: test-browser
PAGES := scenarios/deepseek-r1.yaml scenarios/h800-vs-h100.yaml
test-browser: ## set up, build, hold report.html to what a page has to be, in Chromium
	@tools/setup browser
	@tools/validators
	@swift build $(QUIET) --configuration release --product chokepoint
	@tools/test-browser "$$(swift build --configuration release --show-bin-path)/chokepoint" $(PAGES)

.PHONY: test-kills
test-kills: ## set up, build, kill runs, shards and racing runs at random moments, 24 times each
	@tools/setup tests
	@swift build $(QUIET) --build-tests
	@CHOKEPOINT_KILLS=24 swift test --quiet --skip-build --disable-xctest --filter 'ShardTests|RacingRunTests'

# Builds of their own, beside the usual one; each takes as long as the first build of all. GSL and SQLite are not
# instrumented, so that what they do by themselves is not seen.
SANITIZERS := thread address
FILTER ?= StochasticsTests|SimulationTests|AnalysisTests|ReportingTests
.PHONY: test-sanitizers
test-sanitizers: ## set up, build, run tests (FILTER) under the thread and the address sanitizer
	@tools/setup tests
	@for sanitizer in $(SANITIZERS); do \
	  echo "test-sanitizers: $$sanitizer"; \
	  swift build $(QUIET) --build-tests --sanitize $$sanitizer \
	    --scratch-path .build/sanitize-$$sanitizer; \
	  swift test --quiet --skip-build --disable-xctest --sanitize $$sanitizer \
	    --scratch-path .build/sanitize-$$sanitizer --filter '$(FILTER)'; \
	done

# Both take release builds: the shards must be long enough to be killed in the midst, not longer.
.PHONY: test-slurm test-schedulers
test-slurm: ## set up, build, run a batch on a real Slurm, which is started and ended here
	@tools/setup
	@swift build $(QUIET) --configuration release --product chokepoint
	@tools/test-slurm "$$(swift build --configuration release --show-bin-path)/chokepoint"

test-schedulers: ## set up, build, run the examples for GNU parallel and Snakemake
	@tools/setup
	@swift build $(QUIET) --configuration release --product chokepoint
	@tools/test-schedulers "$$(swift build --configuration release --show-bin-path)/chokepoint"

.PHONY: test-studies
test-studies: ## set up, build, compare studies with libraries that do the same, on the same samples
	@tools/setup
	@swift build $(QUIET) --configuration release --product chokepoint
	@tools/test-studies "$$(swift build --configuration release --show-bin-path)/chokepoint"

# A build of its own, which holds its libraries; as long as the first build of all.
.PHONY: dist test-dist test-python
dist: ## set up, build, pack the program into dist/: tarball, Debian package, Python wheel, source
	@tools/dist

test-dist: dist ## try the packages in a bare Debian 12, which is made here (as root or with sudo)
	@tools/test-dist

test-python: dist ## try the wheel, its functions and the notebook in a fresh virtual environment
	@tools/test-python

.PHONY: levers
levers: ## set up, build, hold every lever of the shipped scenarios to what it is there for
	@tools/setup
	@swift build $(QUIET) --configuration release --product chokepoint
	@tools/check-levers "$$(swift build --configuration release --show-bin-path)/chokepoint" $(REPLICATES)

# Debug builds: variants are put into the model through what only tests may see.
.PHONY: mutants
mutants: ## set up, build, hold the tests to broken variants of the model, rules and samplers, and list them
	@tools/setup tests
	@swift build $(QUIET) --build-tests
	@tools/mutants

.PHONY: lag-parts
lag-parts: ## set up, build, print on what the lag rests, and what the rules do to it
	@tools/setup
	@swift build $(QUIET) --configuration release --product chokepoint
	@tools/rests-on "$$(swift build --configuration release --show-bin-path)/chokepoint" tools/lag-parts.csv \
	  scenarios/model-access.yaml --regimes no-controls,current-law --figure lag_months:CN \
	  --months 2025-12,2030-12 $(if $(REPLICATES),--replicates $(REPLICATES))

build: ## set up and build
	@tools/setup
	@swift build $(QUIET)

format: ## put every Swift file into the project's format
	@swift format --in-place --recursive $(SWIFT_FILES)

lint: ## say where a Swift file is not in the project's format
	@swift format lint --strict --recursive $(SWIFT_FILES)

.PHONY: picture
picture: ## set up, build, draw the picture of the README anew
	@tools/setup
	@tools/validators
	@swift build $(QUIET) --configuration release --product chokepoint
	@PATH="$$PWD/.build-venv/bin:$$PATH"; folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
	  program="$$(swift build --configuration release --show-bin-path)/chokepoint"; \
	  "$$program" run scenarios/h800-vs-h100.yaml --quiet --output "$$folder/result"; \
	  "$$program" charts "$$folder/result" --format svg >/dev/null; \
	  cp "$$folder/result/charts/stock-h100e-difference.svg" docs/picture.svg

# Debug builds do: the pages depend on declarations and data alone.
.PHONY: docs
docs: ## write the generated pages of docs/ anew, and the reference of the libraries (.build/reference)
	@swift build $(QUIET) --product chokepoint
	@"$$(swift build --show-bin-path)/chokepoint" commands >docs/commands.md
	@"$$(swift build --show-bin-path)/chokepoint" metrics --markdown >docs/metrics.md
	@"$$(swift build --show-bin-path)/chokepoint" metrics --parameters --markdown >docs/parameters.md
	@"$$(swift build --show-bin-path)/chokepoint" schema --markdown >docs/scenarios.md
	@tools/docc

ifneq ($(wildcard Benchmarks/Package.swift),)
.PHONY: bench
bench: ## set up, build and run the benchmarks
	@tools/setup
	@swift run $(QUIET) --package-path Benchmarks --configuration release benchmark
	@swift run $(QUIET) --package-path Benchmarks --configuration release benchmark \
	  replicates $(WORLD) --replicates 1000 --rounds 2
	@swift run $(QUIET) --package-path Benchmarks --configuration release benchmark phases $(WORLD)
	@swift run $(QUIET) --package-path Benchmarks --configuration release benchmark pairing

# Apart from `make bench`, since it takes half an hour.
.PHONY: bench-scale
bench-scale: ## set up, build, measure runs of up to a million replicates
	@tools/setup scale
	@swift build $(QUIET) --configuration release --product chokepoint
	@program="$$(swift build --configuration release --show-bin-path)/chokepoint"; \
	tools/measure-runs "$$program" scenarios/deepseek-r1.yaml 10000 1000000 10000; \
	tools/measure-runs "$$program" $(WORLD) 10000 100000 10000

# Apart from `make bench`, since it takes minutes and installs NumPy and Mesa.
.PHONY: bench-peers
bench-peers: ## set up, build, hold the engine to NumPy and Mesa on one small workload
	@tools/setup peers
	@tools/virtual-environment Benchmarks/Peers/requirements.txt .build-venv-peers
	@swift build $(QUIET) --package-path Benchmarks --configuration release --product peer-workload
	@.build-venv-peers/bin/python Benchmarks/Peers/compare \
	  "$$(swift build --package-path Benchmarks --configuration release --show-bin-path)/peer-workload"

# Ten million draws of a published estimate, beside NumPy; DRAWS for another number.
DRAWS ?= 10000000
.PHONY: bench-estimates
bench-estimates: ## set up, build, hold an estimate of ten million draws to NumPy and to what was published
	@tools/setup peers
	@tools/virtual-environment Benchmarks/Estimates/requirements.txt .build-venv-estimates
	@swift build $(QUIET) --configuration release --product chokepoint
	@.build-venv-estimates/bin/python Benchmarks/Estimates/compare \
	  "$$(swift build --configuration release --show-bin-path)/chokepoint" --draws $(DRAWS)

# Scenarios first, then shards, plans and manifests, on all processors. An input follows from its number and the
# seed: FROM goes on where one was, and INPUTS=1 looks at one again. When MINUTES are over (0 for no limit), what
# is left is told.
INPUTS ?= 1000000
SHARDS ?= 5000
SEED ?= 1
FROM ?= 0
MINUTES ?= 180
.PHONY: fuzz
fuzz: ## set up, build, read INPUTS spoiled scenarios (from FROM, of SEED; MINUTES at most) and SHARDS spoiled shards
	@tools/setup
	@swift build $(QUIET) --package-path Benchmarks --configuration release --product fuzz
	@program="$$(swift build --package-path Benchmarks --configuration release --show-bin-path)/fuzz"; \
	"$$program" --kind scenarios --inputs $(INPUTS) --from $(FROM) --seed $(SEED) \
	  --minutes $(MINUTES); \
	if [ $(SHARDS) -gt 0 ]; then "$$program" --kind shards --inputs $(SHARDS) --seed $(SEED); fi

# The last month of which a fit is to know anything, such as 2024-12.
CUTOFF ?=
.PHONY: calibrate
calibrate: ## compute the fitted numbers of the reference world again, beside the file's; with CUTOFF, write that vintage
	@tools/setup
	@swift run $(QUIET) --package-path Benchmarks calibrate $(if $(CUTOFF),--cutoff $(CUTOFF))
endif

# The page is put in place even when a target is missed unexpectedly, which then fails the target.
backcast: ## hold the model to what was observed, into docs/validation.md
	@tools/setup
	@swift build $(QUIET) --configuration release --product chokepoint
	@status=0; \
	"$$(swift build --configuration release --show-bin-path)/chokepoint" backcast $(BACKCAST) \
	  --markdown $(if $(REPLICATES),--replicates $(REPLICATES)) >docs/validation.md.new || status=$$?; \
	if [ -s docs/validation.md.new ]; then mv docs/validation.md.new docs/validation.md; \
	else rm -f docs/validation.md.new; fi; \
	"$$(swift build --configuration release --show-bin-path)/chokepoint" backcast \
	  scenarios/backcast-2022-2025.yaml --csv $(if $(REPLICATES),--replicates $(REPLICATES)) \
	  >$(RECORD).new || status=$$?; \
	if [ -s $(RECORD).new ]; then mv $(RECORD).new $(RECORD); else rm -f $(RECORD).new; fi; \
	exit $$status

# Writes docs/published.md in any case, and fails where a figure is missed that no case explains.
.PHONY: verify
verify: ## set up, build, compute the published cases again, into docs/published.md
	@tools/setup
	@swift build $(QUIET) --configuration release --product chokepoint
	@status=0; \
	program="$$(swift build --configuration release --show-bin-path)/chokepoint"; \
	"$$program" validate --strict scenarios/published/*.yaml >/dev/null; \
	"$$program" verify --markdown >docs/published.md.new || status=$$?; \
	if [ -s docs/published.md.new ]; then mv docs/published.md.new docs/published.md; \
	else rm -f docs/published.md.new; fi; \
	sed -n 3p docs/published.md; exit $$status

clean: ## remove what was built, not the results of runs
	@rm -rf .build .build-dist .build-vega dist .build-venv* Benchmarks/.build
