# The ladder of rooms: base < findings < sim < estimators < claims < runs < cli, and reports, which sees findings and
# base alone.
#
# Includes are root-relative ("sim/lanes.hpp"). Were the project's top folder on the include path, every room could
# include every other, so each room has a staged root of its own that holds one symlink, build/rooms/sim/sim -> sim/.
# A target sees its own root and, through what it links, those of lower rooms; an upward include finds no file.

include(FisherlabLevels)

# Stages folder `room`, without the folders in `parts`, which are libraries of their own: its include root into `root`,
# its files into `sources` and `headers` of the caller.
function(fisherlab_stage room)
  set(folder "${PROJECT_SOURCE_DIR}/${room}")
  set(root "${PROJECT_BINARY_DIR}/rooms/${room}")
  file(MAKE_DIRECTORY "${root}")
  file(CREATE_LINK "${folder}" "${root}/${room}" SYMBOLIC)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${folder}/*.cpp")
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}" "${folder}/*.hpp")
  list(TRANSFORM headers PREPEND "${root}/")
  list(REMOVE_ITEM sources "${folder}/main.cpp")
  foreach(part IN LISTS ARGN)
    list(FILTER sources EXCLUDE REGEX "^${folder}/${part}/")
  endforeach()
  set(root "${root}" PARENT_SCOPE)
  set(sources "${sources}" PARENT_SCOPE)
  set(headers "${headers}" PARENT_SCOPE)
endfunction()

# Lets a room's library, and what links it, include the room: from its staged root here, from the installed headers
# elsewhere (FisherlabFace.cmake). The preset `headers` compiles each header alone, as a file of TARGET_headers.
function(fisherlab_include target)
  target_include_directories(${target} PUBLIC
    "$<BUILD_INTERFACE:${root}>" "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
  add_library(${target}_headers INTERFACE)
  target_sources(${target}_headers INTERFACE FILE_SET HEADERS BASE_DIRS "${root}" FILES ${headers})
  target_link_libraries(${target}_headers INTERFACE ${target})
endfunction()

# Links a room's library, of whatever level, to the rooms below it and to the libraries it uses inside. Those that are
# headers alone are of no concern to who links an installed room.
function(fisherlab_link target depends libraries)
  if(depends)
    list(TRANSFORM depends PREPEND fisherlab_)
    target_link_libraries(${target} PUBLIC ${depends})
  else()
    target_link_libraries(${target} PUBLIC Eigen3::Eigen)
    target_compile_features(${target} PUBLIC cxx_std_20)
    target_compile_options(${target} PUBLIC -ffp-contract=off)
    # Libraries of different levels hand Eigen objects to one another, so their alignment must not follow the level.
    target_compile_definitions(${target} PUBLIC EIGEN_MAX_ALIGN_BYTES=64 EIGEN_MAX_STATIC_ALIGN_BYTES=64)
  endif()
  foreach(library IN LISTS libraries)
    get_target_property(type ${library} TYPE)
    if(type STREQUAL "INTERFACE_LIBRARY")
      set(library "$<BUILD_INTERFACE:${library}>")
    endif()
    target_link_libraries(${target} PRIVATE "${library}")
  endforeach()
endfunction()

# Optimises less where no time is spent: the rooms that ask, judge and print. It saves a tenth of the build.
function(fisherlab_is_cool target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
endfunction()

# Leaves a target without sanitizers in the build of the fuzzers: it reads no files, and its formulas, instrumented, take an
# hour to compile.
function(fisherlab_reads_no_files target)
  if(FISHERLAB_FUZZ)
    target_compile_options(${target} PRIVATE -fno-sanitize=all)
  endif()
endfunction()

# Compiles once what many files of a target include.
function(fisherlab_precompile target)
  if(FISHERLAB_PCH AND ARGN)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()

# fisherlab_hot_library(NAME [DEPENDS room...] [LIBRARIES target...] [PARTS folder...] [PRECOMPILE header...])
#
# The shared library fisherlab::NAME of folder NAME/, for the level that FisherlabLevels chose for this build; and, on
# demand, its variants for the other levels. The sources in NAME/PARTS are left to libraries of their own.
function(fisherlab_hot_library room)
  cmake_parse_arguments(arg "" "" "DEPENDS;LIBRARIES;PARTS;PRECOMPILE" ${ARGN})
  fisherlab_stage(${room} ${arg_PARTS})
  set(base fisherlab_${room})
  add_library(${base} SHARED ${sources})
  add_library(fisherlab::${room} ALIAS ${base})
  set_target_properties(${base} PROPERTIES EXPORT_NAME ${room})
  fisherlab_include(${base})
  fisherlab_link(${base} "${arg_DEPENDS}" "${arg_LIBRARIES}")
  set_target_properties(${base} PROPERTIES FISHERLAB_HOT ON)
  fisherlab_compile_for(${base} "${fisherlab_own_level}")
  fisherlab_reads_no_files(${base})
  fisherlab_precompile(${base} ${arg_PRECOMPILE})
  # The folder of libraries is laid out alike in the build and in the installed tree.
  set_target_properties(${base} PROPERTIES INSTALL_RPATH "$ORIGIN" BUILD_WITH_INSTALL_RPATH ON)

  foreach(level IN LISTS fisherlab_all_levels)
    set(variant ${base}_${level})
    if(level STREQUAL fisherlab_own_level)  # compiled already
      add_custom_target(${variant}
        COMMAND "${CMAKE_COMMAND}" -E make_directory "${fisherlab_levels_folder}/${level}"
        COMMAND "${CMAKE_COMMAND}" -E copy_if_different "$<TARGET_FILE:${base}>" "${fisherlab_levels_folder}/${level}"
        DEPENDS ${base} VERBATIM)
      add_dependencies(fisherlab_levels ${variant})
      continue()
    endif()
    add_library(${variant} SHARED EXCLUDE_FROM_ALL ${sources})
    target_include_directories(${variant} PRIVATE "${root}")
    fisherlab_link(${variant} "${arg_DEPENDS}" "${arg_LIBRARIES}")
    set_target_properties(${variant} PROPERTIES FISHERLAB_HOT ON)
    fisherlab_compile_for(${variant} ${level})
    fisherlab_precompile(${variant} ${arg_PRECOMPILE})
    set_target_properties(${variant} PROPERTIES
      OUTPUT_NAME ${base}
      LIBRARY_OUTPUT_DIRECTORY "${fisherlab_levels_folder}/${level}"
      INSTALL_RPATH "$ORIGIN/../..;$ORIGIN" BUILD_WITH_INSTALL_RPATH ON)
    add_dependencies(fisherlab_levels ${variant})
  endforeach()
endfunction()

# fisherlab_cold_library(NAME [DEPENDS room...] [LIBRARIES target...] [PRECOMPILE header...])
#
# The static library fisherlab::NAME of folder NAME/, without main.cpp.
function(fisherlab_cold_library room)
  cmake_parse_arguments(arg "" "" "DEPENDS;LIBRARIES;PRECOMPILE" ${ARGN})
  fisherlab_stage(${room})
  set(target fisherlab_${room})
  add_library(${target} STATIC ${sources})
  add_library(fisherlab::${room} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${room})
  fisherlab_include(${target})
  fisherlab_link(${target} "${arg_DEPENDS}" "${arg_LIBRARIES}")
  fisherlab_precompile(${target} ${arg_PRECOMPILE})
endfunction()

# fisherlab_part(NAME OF room [LIBRARIES target...] [PRECOMPILE header...])
#
# The static library fisherlab::NAME of folder ROOM/NAME/, a part of the room that is compiled once, for the base level:
# for work whose bits are fixed by one code path and whose time does not lie in lanes. Its headers are the room's.
function(fisherlab_part part)
  cmake_parse_arguments(arg "" "OF" "LIBRARIES;PRECOMPILE" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${arg_OF}/${part}/*.cpp")
  add_library(fisherlab_${part} STATIC ${sources})
  add_library(fisherlab::${part} ALIAS fisherlab_${part})
  set_target_properties(fisherlab_${part} PROPERTIES EXPORT_NAME ${part})
  fisherlab_link(fisherlab_${part} "${arg_OF}" "${arg_LIBRARIES}")
  fisherlab_reads_no_files(fisherlab_${part})
  fisherlab_precompile(fisherlab_${part} ${arg_PRECOMPILE})
endfunction()
