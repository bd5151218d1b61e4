# One interface target carries every compile and link flag.
add_library(muniment_flags INTERFACE)
target_include_directories(muniment_flags INTERFACE ${CMAKE_SOURCE_DIR}/include)
target_compile_definitions(muniment_flags INTERFACE MUNIMENT_VERSION="${PROJECT_VERSION}")
target_compile_options(muniment_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Wcast-qual -Woverloaded-virtual -Wnull-dereference -fno-omit-frame-pointer)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports these falsely inside the standard library at -O2.
  target_compile_options(muniment_flags INTERFACE -Wno-null-dereference -Wno-maybe-uninitialized -Wno-restrict)
  if(MUNIMENT_PCH)  # These too, once it no longer tells the library's headers from ours; the preset dev asks for them.
    target_compile_options(muniment_flags INTERFACE -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
  endif()
endif()
if(MUNIMENT_WERROR)
  target_compile_options(muniment_flags INTERFACE -Werror)
endif()
if(MUNIMENT_SANITIZE)
  target_compile_options(muniment_flags INTERFACE -fsanitize=${MUNIMENT_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(muniment_flags INTERFACE -fsanitize=${MUNIMENT_SANITIZE})
  find_program(LLD ld.lld)
  if(LLD AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")  # three times as quick on these programs of 100 MB and more
    target_link_options(muniment_flags INTERFACE -fuse-ld=lld)
  endif()
endif()
if(MUNIMENT_HARDEN)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
  target_compile_options(muniment_flags INTERFACE
    -fstack-protector-strong -fstack-clash-protection -fcf-protection -D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS)
  target_link_options(muniment_flags INTERFACE -pie -Wl,-z,relro,-z,now,-z,noexecstack)
endif()
# The fuzzer learns from the files that tell it which way they went.
add_library(muniment_watched_flags INTERFACE)
target_link_libraries(muniment_watched_flags INTERFACE muniment_flags)
if(MUNIMENT_FUZZ)
  target_compile_options(muniment_watched_flags INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(muniment_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
# With sanitizers optimising takes most of the time to compile, and these rooms' tests do not need it.
add_library(muniment_unwatched_flags INTERFACE)
target_link_libraries(muniment_unwatched_flags INTERFACE muniment_flags)
if(MUNIMENT_SANITIZE)
  target_compile_options(muniment_unwatched_flags INTERFACE -O0)
endif()
if(MUNIMENT_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # A time in it would make every build's differ, and ccache find none.
  target_compile_options(muniment_flags INTERFACE "SHELL:-Xclang -fno-pch-timestamp")
endif()
if(MUNIMENT_COVERAGE)
  target_compile_options(muniment_flags INTERFACE --coverage)
  target_link_options(muniment_flags INTERFACE --coverage)
endif()
