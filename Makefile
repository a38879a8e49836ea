# A thin front to CMake's presets. `make` alone lists the targets.
MAKEFLAGS += --no-print-directory
jobs := $(shell nproc 2>/dev/null || echo 2)
program := build/release/fisherlab
sources = $(shell git ls-files -co --exclude-standard '*.cpp' '*.hpp')

.PHONY: help deps deps-lint build build-all verify test bench lint format nightly clang asan tsan headers sanitize clean
.DEFAULT_GOAL := help

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | column -t -s '|'

deps:  ## install what is missing (Debian; elsewhere print the list)
	@cmake/install_deps.sh

deps-lint:
	@cmake/install_deps.sh --lint

build: deps  ## build the program: build/release/fisherlab
	@$(call configure_and_build,release) --target fisherlab

build-all: deps
	@$(call configure_and_build,release)

verify: build  ## put the lecture notes to the test (about a minute)
	@$(program) verify notes

test: build-all  ## run all tests
	@ctest --preset release -j$(jobs)

bench: build-all  ## run the benchmarks, JSON to build/bench.json
	@build/release/bench/fisherlab_bench --benchmark_out=build/bench.json --benchmark_out_format=json

lint: deps-lint  ## check the format and run clang-tidy
	@clang-format --dry-run -Werror $(sources)
	@$(call configure,dev)
	@run-clang-tidy -quiet -j $(jobs) -p build/dev $(patsubst %,'^%$$',$(abspath $(filter %.cpp,$(sources))))

format: deps-lint  ## format the sources
	@clang-format -i $(sources)

nightly: build  ## run the nightly study and a short calibration into reports-out/nightly-DATE/
	@out=reports-out/nightly-$$(date -u +%Y-%m-%d); \
	$(program) verify nightly --seed $$(date -u +%Y%m%d) --history reports-out/history.sqlite --out "$$out"; verified=$$?; \
	$(program) calibrate --runs 50 --out "$$out/calibration"; calibrated=$$?; \
	case $$verified-$$calibrated in  # the worse of the two; 4, an open finding, is the mildest \
	  *-0) exit $$verified;; \
	  0-*|4-*) exit $$calibrated;; \
	  *) exit $$((verified > calibrated ? verified : calibrated));; \
	esac

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
