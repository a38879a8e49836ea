# The instruction levels of the hot libraries.
#
# A build compiles them for one level, `fisherlab_own_level`: the highest that this machine runs (FISHERLAB_LEVELS ON),
# or the base alone (OFF). Target `fisherlab_levels` compiles them for every level, into build/lib/levels/LEVEL/. The
# variants have one soname; installed (FisherlabInstall.cmake), the base stands in lib/ and the others beside it under
# glibc-hwcaps/LEVEL/, where the dynamic loader picks the highest that the processor runs. There is no dispatch code.
set(fisherlab_base_level x86-64-v2)
# Extra flags: g++ tunes x86-64-v3 and -v4 for copies of aggregates in 16-byte halves, after which the vector loads miss
# store forwarding.
set(fisherlab_tuning_x86-64-v2 "")
set(fisherlab_tuning_x86-64-v3 -mmove-max=256 -mstore-max=256)
set(fisherlab_tuning_x86-64-v4 -mmove-max=512 -mstore-max=512 -mprefer-vector-width=512)
set(fisherlab_levels_folder "${CMAKE_LIBRARY_OUTPUT_DIRECTORY}/levels")

# A variant left here by an older build would be chosen by the loader.
file(REMOVE_RECURSE "${CMAKE_LIBRARY_OUTPUT_DIRECTORY}/glibc-hwcaps")

set(fisherlab_own_level ${fisherlab_base_level})
set(fisherlab_all_levels "")
if(FISHERLAB_LEVELS)
  set(fisherlab_all_levels x86-64-v2 x86-64-v3 x86-64-v4)
  execute_process(COMMAND /lib64/ld-linux-x86-64.so.2 --help OUTPUT_VARIABLE loader ERROR_QUIET)
  foreach(level IN ITEMS x86-64-v3 x86-64-v4)  # it is the loader that knows what the processor runs
    if(loader MATCHES "${level} \\(supported")
      set(fisherlab_own_level ${level})
    endif()
  endforeach()
  message(STATUS "this machine's level is ${fisherlab_own_level}")
  add_custom_target(fisherlab_levels)
endif()

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
