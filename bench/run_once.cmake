# Runs each benchmark once, for as short as it goes, and fails where one is missing from the results or met an error. No
# time is looked at. The two largest worlds of fold_of_ranks, ten seconds, are left out.
#   cmake -DBENCH=fisherlab_bench -DOUT=FOLDER -P run_once.cmake
set(filter "--benchmark_filter=-^fold_of_ranks/1000")
execute_process(COMMAND "${BENCH}" "${filter}" --benchmark_list_tests
  OUTPUT_VARIABLE list RESULT_VARIABLE code)
string(REGEX MATCHALL "[^\n]+" names "${list}")
list(LENGTH names expected)
if(code OR expected LESS 100)
  message(FATAL_ERROR "${BENCH} lists ${expected} benchmarks (exit code ${code})")
endif()

set(json "${OUT}/run_once.json")
execute_process(COMMAND "${BENCH}" "${filter}" --benchmark_min_time=0.0001 --benchmark_repetitions=1
    --benchmark_enable_random_interleaving=false "--benchmark_out=${json}" --benchmark_out_format=json
  OUTPUT_VARIABLE text ERROR_VARIABLE text RESULT_VARIABLE code)
if(code)
  message(FATAL_ERROR "The benchmarks ended with ${code}:\n${text}")
endif()
file(READ "${json}" results)
string(REGEX MATCHALL "\"run_type\": \"iteration\"" runs "${results}")
list(LENGTH runs done)
string(FIND "${results}" "\"error_occurred\": true" error)
if(NOT done EQUAL expected OR NOT error EQUAL -1)
  message(FATAL_ERROR "${done} of ${expected} benchmarks ran, or one met an error: see ${json}")
endif()
message(STATUS "${done} benchmarks ran")
