# What every compile of the project shares: the language, the warnings, the flags that keep bits equal, the sanitizers.
include(CheckCXXCompilerFlag)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")
set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)

add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Wshadow -ffp-contract=off)
add_compile_options($<$<BOOL:${FISHERLAB_WERROR}>:-Werror>)
add_link_options(-Wl,--enable-new-dtags)

# g++ follows every variable of the inlined lanes for its debug information: fifty times the compile time.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options($<$<CONFIG:Debug>:-fno-var-tracking>)
endif()
# Under a precompiled header g++ 12 no longer knows std::string for a system header, and tells of bounds that are kept
# (GCC bug 105651). The builds without one have the warning.
if(FISHERLAB_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wno-array-bounds -Wno-restrict -Wno-stringop-overread -Wno-stringop-overflow)
endif()
# g++ collects its own garbage from 128 MB on; a unit here needs 300 to 900 MB, so it collects often and frees little.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(--param=ggc-min-heapsize=400000)
endif()
if(FISHERLAB_SANITIZE)
  add_compile_options(-fsanitize=${FISHERLAB_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${FISHERLAB_SANITIZE})
endif()

# Paths below the project enter ccache's keys as relative ones, so a second checkout finds what the first compiled.
find_program(FISHERLAB_CCACHE ccache)
if(FISHERLAB_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER
    "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=1
    CCACHE_SLOPPINESS=pch_defines,time_macros "${FISHERLAB_CCACHE}")
  if(FISHERLAB_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-fpch-preprocess)  # so that ccache sees the precompiled header
  endif()
endif()

# Those of the given flags that the compiler knows, into `out`.
function(fisherlab_known_flags out)
  set(known "")
  foreach(flag IN LISTS ARGN)
    string(MAKE_C_IDENTIFIER "FISHERLAB_HAS${flag}" variable)
    check_cxx_compiler_flag("${flag}" ${variable})
    if(${variable})
      list(APPEND known "${flag}")
    endif()
  endforeach()
  set(${out} "${known}" PARENT_SCOPE)
endfunction()
