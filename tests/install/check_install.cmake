# Checks the installed tree; see CMakeLists.txt beside this file for the arguments.
cmake_minimum_required(VERSION 3.25)

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    string(JOIN " " command ${ARGN})
    message(FATAL_ERROR "exit code ${status} from ${command}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

function(require path)
  if(NOT EXISTS "${path}")
    message(FATAL_ERROR "${path} was not installed")
  endif()
endfunction()

set(prefix "${WORK}/moved")
file(REMOVE_RECURSE "${WORK}/staged" "${prefix}")
run("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${WORK}/staged" --config "${CONFIG}")
file(RENAME "${WORK}/staged" "${prefix}")

require("${prefix}/include/fisherlab/sim/lanes.hpp")
require("${prefix}/share/fisherlab/studies")
require("${prefix}/share/fisherlab/data")
require("${prefix}/share/man/man1/fisherlab.1")
require("${prefix}/share/bash-completion/completions/fisherlab")
require("${prefix}/share/zsh/site-functions/_fisherlab")
if(NOT EXISTS "${LEVELS}/x86-64-v2/libfisherlab_estimators.so")
  set(levels "")  # not built: this machine's own level is installed alone
else()
  set(levels x86-64-v3 x86-64-v4)
endif()
foreach(level IN LISTS levels)
  require("${prefix}/${LIBDIR}/glibc-hwcaps/${level}/libfisherlab_sim.so")
  require("${prefix}/${LIBDIR}/glibc-hwcaps/${level}/libfisherlab_estimators.so")
endforeach()
run("${prefix}/bin/fisherlab" --help)
run("${prefix}/bin/fisherlab" list studies)

# Only the closure of the public headers is there, and it asks for nothing but the standard library, Eigen and the
# processor's own.
file(GLOB_RECURSE headers RELATIVE "${prefix}/include" "${prefix}/include/*.hpp")
foreach(header IN LISTS headers)
  file(STRINGS "${prefix}/include/${header}" includes REGEX "^ *#include")
  foreach(line IN LISTS includes)
    if(line MATCHES "<(fisherlab/.*)>")
      require("${prefix}/include/${CMAKE_MATCH_1}")
    elseif(NOT line MATCHES "<(Eigen/Core|[ei]mmintrin\\.h|[a-z0-9_]+)>")
      message(FATAL_ERROR "installed header ${header} has ${line}")
    endif()
  endforeach()
endforeach()
if(EXISTS "${prefix}/include/fisherlab/runs/studies/toml_table.hpp")
  message(FATAL_ERROR "a header that no public one includes was installed")
endif()

set(sanitize "")
if(SANITIZE)
  set(sanitize "-DCMAKE_CXX_FLAGS=-fsanitize=${SANITIZE}")
endif()

# Configures and builds the project in `folder` against what was installed, and runs the program of that name.
function(build_and_run folder)
  cmake_path(GET folder FILENAME name)
  file(REMOVE_RECURSE "${WORK}/${name}-build")
  run("${CMAKE_COMMAND}" -S "${folder}" -B "${WORK}/${name}-build" -G "${GENERATOR}" "-DCMAKE_PREFIX_PATH=${prefix}"
    "-DCMAKE_CXX_COMPILER=${COMPILER}" -DCMAKE_BUILD_TYPE=Debug ${sanitize})
  run("${CMAKE_COMMAND}" --build "${WORK}/${name}-build")
  run("${WORK}/${name}-build/${name}")
  message(STATUS "${name}: ${output}")
  set(output "${output}" PARENT_SCOPE)
endfunction()

function(expect_in_output pattern)
  if(NOT output MATCHES "${pattern}")
    message(FATAL_ERROR "no '${pattern}' in the output\n${output}")
  endif()
endfunction()

# Builds the example of that name, and puts the words to its program; `status` and `output` are what came.
function(build_example name)
  file(REMOVE_RECURSE "${WORK}/${name}-build")
  run("${CMAKE_COMMAND}" -S "${EXAMPLES}/${name}" -B "${WORK}/${name}-build" -G "${GENERATOR}"
    "-DCMAKE_PREFIX_PATH=${prefix}" "-DCMAKE_CXX_COMPILER=${COMPILER}" -DCMAKE_BUILD_TYPE=Release ${sanitize})
  run("${CMAKE_COMMAND}" --build "${WORK}/${name}-build")
endfunction()

function(expect_of_example name status_wanted pattern)
  file(REMOVE_RECURSE "${WORK}/${name}-out")
  execute_process(COMMAND "${WORK}/${name}-build/${name}" ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output
    ERROR_VARIABLE output)
  if(NOT status EQUAL status_wanted OR NOT output MATCHES "${pattern}")
    message(FATAL_ERROR "${name} gave ${status} in place of ${status_wanted}, or no '${pattern}':\n${output}")
  endif()
endfunction()

# The compiler names what a model class lacks, in its first line.
function(expect_requirement member pattern)
  file(READ "${EXAMPLES}/decay/decay.cpp" source)
  string(REPLACE "${member}" "not_${member}" source "${source}")
  file(WRITE "${WORK}/lacking.cpp" "${source}")
  execute_process(COMMAND "${COMPILER}" -std=c++20 -fsyntax-only "-I${prefix}/include" -isystem /usr/include/eigen3
    "${WORK}/lacking.cpp" RESULT_VARIABLE status ERROR_VARIABLE output)
  string(REGEX MATCH "error: [^\n]*" first "${output}")
  if(status EQUAL 0 OR NOT first MATCHES "${pattern}")
    message(FATAL_ERROR "without ${member} the compiler says not '${pattern}' but\n${first}")
  endif()
endfunction()

build_and_run("${CONSUMER}")
build_and_run("${EXAMPLES}/minimal")
expect_in_output("score-mean on gamma: [^\n]*, verified, pass")
expect_in_output("score-mean on exponential[^\n]*, refuted, pass")
build_and_run("${EXAMPLES}/own_model")
expect_in_output("maxwell: 0 laws broken")
expect_in_output("information-equality [^\n]*, verified")

build_example(skew_normal)
expect_of_example(skew_normal 0 "derived: -E of the Hessian by quadrature" show skew_normal)
expect_of_example(skew_normal 0 "mle: shape" simulate skew_normal --theta location=1,scale=2,shape=3 --n 200
  --replicates 1024 --quiet --out "${WORK}/skew_normal-out")
expect_of_example(skew_normal 0 "4 as expected" verify "${EXAMPLES}/skew_normal/study.toml" --quiet
  --out "${WORK}/skew_normal-out")
build_example(decay)
expect_of_example(decay 0 "6 as expected" verify "${EXAMPLES}/decay/study.toml" --quiet --out "${WORK}/decay-out")
build_example(scalar_functions)
expect_of_example(scalar_functions 0 "derivatives +by differences of the log density" show burr)
expect_of_example(scalar_functions 0 "derivatives +by complex steps of the log density" show complex_burr)
expect_of_example(scalar_functions 0 "Derivatives of burr: by differences of the log density" simulate burr
  --theta shape=2,tail=3 --n 50 --replicates 256 --quiet --out "${WORK}/scalar_functions-out")
expect_of_example(scalar_functions 0 "11 as expected, 0 failed, 0 open" verify "${EXAMPLES}/scalar_functions/study.toml"
  --quiet --out "${WORK}/scalar_functions-out")
file(READ "${WORK}/scalar_functions-out/manifest.json" output)
expect_in_output("\"derivatives of complex_burr\": \"by complex steps")
expect_of_example(scalar_functions 2 "wrong_burr: its score in tail is wrong, [^\n]* where the log density gives"
  simulate wrong_burr --theta shape=2,tail=3 --n 20 --quiet --out "${WORK}/scalar_functions-out")
build_example(wrong_score)
expect_of_example(wrong_score 2 "bell: its score in sd is wrong, [^\n]* where the log density gives" simulate bell
  --theta mean=1,sd=2 --n 20 --quiet --out "${WORK}/wrong_score-out")
expect_requirement("in_space" "a model needs [^\n]*in_space")
expect_requirement("in_support" "a model needs [^\n]*in_support")
expect_requirement("log_density" "a model needs [^\n]*log_density")
expect_requirement("dimension" "a model needs [^\n]*dimension")
expect_requirement("card" "a model needs [^\n]*card")
expect_requirement("draw" "a model needs [^\n]*draw")
