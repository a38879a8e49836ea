# Runs a test that is compiled for LEVEL if the processor has it; it is the loader that knows.
# cmake -DTEST=PROGRAM -DLEVEL=x86-64-v4 -P run_at_level.cmake
cmake_minimum_required(VERSION 3.25)

execute_process(COMMAND /lib64/ld-linux-x86-64.so.2 --help OUTPUT_VARIABLE help ERROR_QUIET)
if(NOT help MATCHES "${LEVEL} \\(supported")
  message(STATUS "skipped: this processor does not offer ${LEVEL}")
  return()
endif()
execute_process(COMMAND "${TEST}" RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "exit code ${status} at ${LEVEL}:\n${output}")
endif()
string(REGEX MATCH "\\[  PASSED  \\] [0-9]+ test[s]?" passed "${output}")
if(NOT passed)
  message(FATAL_ERROR "no test ran at ${LEVEL}:\n${output}")
endif()
message(STATUS "${LEVEL}: ${passed}")
