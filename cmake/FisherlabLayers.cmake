# The ladder of layers: sim < estimators < claims < reports < cli.
#
# Includes are root-relative ("sim/lanes.hpp"). Were the project's top folder on the include path, every layer could
# include every other, so each layer has a staged root of its own that holds one symlink, build/layers/sim/sim -> sim/.
# A target sees its own root and, through what it links, those of lower layers; an upward include finds no file.

# The levels of the hot libraries above the base. Extra flags: g++ tunes x86-64-v3 and -v4 for copies of aggregates in
# 16-byte halves, after which the vector loads miss store forwarding.
set(fisherlab_base_level x86-64-v2)
set(fisherlab_upper_levels x86-64-v3 x86-64-v4)
set(fisherlab_tuning_x86-64-v2 "")
set(fisherlab_tuning_x86-64-v3 -mmove-max=256 -mstore-max=256)
set(fisherlab_tuning_x86-64-v4 -mmove-max=512 -mstore-max=512 -mprefer-vector-width=512)
if(NOT FISHERLAB_LEVELS)
  set(fisherlab_upper_levels "")
  # A library of a level that is no longer built would still be chosen by the loader.
  file(REMOVE_RECURSE "${CMAKE_LIBRARY_OUTPUT_DIRECTORY}/glibc-hwcaps")
endif()

# Stages folder `layer`, without the folders in `parts`, which are libraries of their own: its include root into `root`, its files into `sources` and `headers` of the caller.
function(fisherlab_stage layer)
  set(folder "${PROJECT_SOURCE_DIR}/${layer}")
  set(root "${PROJECT_BINARY_DIR}/layers/${layer}")
  file(MAKE_DIRECTORY "${root}")
  file(CREATE_LINK "${folder}" "${root}/${layer}" SYMBOLIC)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${folder}/*.cpp")
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}" "${folder}/*.hpp")
  list(TRANSFORM headers PREPEND "${root}/")
  list(REMOVE_ITEM sources "${folder}/main.cpp")
  foreach(part IN LISTS ARGN)
    list(FILTER sources EXCLUDE REGEX "^${folder}/${part}/")
  endforeach()
  if(NOT sources)  # a layer of headers alone still is a library that others link to
    set(sources "${root}/no_sources.cpp")
    file(TOUCH "${sources}")
  endif()
  set(root "${root}" PARENT_SCOPE)
  set(sources "${sources}" PARENT_SCOPE)
  set(headers "${headers}" PARENT_SCOPE)
endfunction()

# Links a layer's library, of whatever level, to the layers below it and to the libraries it uses inside.
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
  target_link_libraries(${target} PRIVATE ${libraries})
endfunction()

# Gives a layer's library its public face: the name fisherlab::LAYER and the headers.
function(fisherlab_publish target layer root headers)
  add_library(fisherlab::${layer} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${layer})
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS "${root}" FILES ${headers})
endfunction()

# Compiles `target` for one level of x86-64, or plainly for another processor. Eigen's own vectorization would fuse
# products and sums, and order sums by the width of the level, so it is off where bits must be the same at every level.
function(fisherlab_compile_for target level)
  if(fisherlab_on_x86_64)
    fisherlab_known_flags(tuning ${fisherlab_tuning_${level}})
    target_compile_options(${target} PRIVATE -march=${level} ${tuning})
    target_compile_definitions(${target} PRIVATE FISHERLAB_LEVEL="${level}")
  else()
    target_compile_definitions(${target} PRIVATE FISHERLAB_LEVEL="${CMAKE_SYSTEM_PROCESSOR}")
  endif()
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O3>)
  target_compile_definitions(${target} PRIVATE EIGEN_DONT_VECTORIZE)
endfunction()

# fisherlab_hot_library(NAME [DEPENDS layer...] [LIBRARIES target...] [PARTS folder...])
#
# The shared library fisherlab::NAME of folder NAME/, compiled once for each level. The base level is what others link
# to; the variants have the same soname and lie beside it under glibc-hwcaps/LEVEL/, where the dynamic loader picks the
# highest one that the processor runs. There is no dispatch code. The sources in NAME/PARTS are left to libraries of
# their own.
function(fisherlab_hot_library layer)
  cmake_parse_arguments(arg "" "" "DEPENDS;LIBRARIES;PARTS" ${ARGN})
  fisherlab_stage(${layer} ${arg_PARTS})
  set(base fisherlab_${layer})
  add_library(${base} SHARED ${sources})
  fisherlab_publish(${base} ${layer} "${root}" "${headers}")
  fisherlab_link(${base} "${arg_DEPENDS}" "${arg_LIBRARIES}")
  fisherlab_compile_for(${base} ${fisherlab_base_level})
  if(arg_DEPENDS)  # the folder of libraries is laid out alike in the build and in the installed tree
    set_target_properties(${base} PROPERTIES INSTALL_RPATH "$ORIGIN" BUILD_WITH_INSTALL_RPATH ON)
  endif()

  foreach(level IN LISTS fisherlab_upper_levels)
    set(variant ${base}_${level})
    set(folder glibc-hwcaps/${level})
    add_library(${variant} SHARED ${sources})
    target_include_directories(${variant} PRIVATE "${root}")
    fisherlab_link(${variant} "${arg_DEPENDS}" "${arg_LIBRARIES}")
    fisherlab_compile_for(${variant} ${level})
    set_target_properties(${variant} PROPERTIES
      OUTPUT_NAME ${base}
      LIBRARY_OUTPUT_DIRECTORY "${CMAKE_LIBRARY_OUTPUT_DIRECTORY}/${folder}")
    if(arg_DEPENDS)
      set_target_properties(${variant} PROPERTIES INSTALL_RPATH "$ORIGIN/../.." BUILD_WITH_INSTALL_RPATH ON)
    endif()
    install(TARGETS ${variant} LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}/${folder}")
    # Whoever builds the base builds its variants too, for it is they that will be loaded.
    add_dependencies(${base} ${variant})
  endforeach()
endfunction()

# fisherlab_cold_library(NAME [DEPENDS layer...] [LIBRARIES target...])
#
# The static library fisherlab::NAME of folder NAME/, without main.cpp.
function(fisherlab_cold_library layer)
  cmake_parse_arguments(arg "" "" "DEPENDS;LIBRARIES" ${ARGN})
  fisherlab_stage(${layer})
  add_library(fisherlab_${layer} STATIC ${sources})
  fisherlab_publish(fisherlab_${layer} ${layer} "${root}" "${headers}")
  fisherlab_link(fisherlab_${layer} "${arg_DEPENDS}" "${arg_LIBRARIES}")
endfunction()

# fisherlab_part(NAME OF layer [LIBRARIES target...])
#
# The static library fisherlab::NAME of folder LAYER/NAME/, a part of the layer that is compiled once, for the base level:
# for work whose bits are fixed by one code path and whose time does not lie in lanes. Its headers are the layer's.
function(fisherlab_part part)
  cmake_parse_arguments(arg "" "OF" "LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${arg_OF}/${part}/*.cpp")
  add_library(fisherlab_${part} STATIC ${sources})
  add_library(fisherlab::${part} ALIAS fisherlab_${part})
  set_target_properties(fisherlab_${part} PROPERTIES EXPORT_NAME ${part})
  fisherlab_link(fisherlab_${part} "${arg_OF}" "${arg_LIBRARIES}")
endfunction()
