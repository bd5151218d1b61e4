# tests/ mirrors src/: every *_test.cpp in tests/ROOM belongs to one binary, so none can stand outside the build.
find_package(GTest REQUIRED)
include(GoogleTest)

file(GLOB support CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/support/*.cpp)
if(support)
  add_library(muniment_support STATIC ${support})
  set(scope PUBLIC)
else()
  add_library(muniment_support INTERFACE)
  set(scope INTERFACE)
endif()
target_include_directories(muniment_support ${scope} ${CMAKE_SOURCE_DIR}/tests)
target_compile_definitions(muniment_support ${scope}
  MUNIMENT_SOURCE_DIR="${CMAKE_SOURCE_DIR}" MUNIMENT_BINARY_DIR="${CMAKE_BINARY_DIR}"
  MUNIMENT_SHARED_DIR="${CMAKE_SOURCE_DIR}/../shared")
# GoogleTest's macros hold an if of their own.
target_compile_options(muniment_support ${scope} -Wno-dangling-else)
# What is tested is optimised and watched, not what tests it: that halves the time to compile it.
add_library(muniment_test_flags INTERFACE)
if(MUNIMENT_SANITIZE)
  target_compile_options(muniment_test_flags INTERFACE -O0 -fno-sanitize=undefined)
endif()
target_link_libraries(muniment_support ${scope} muniment_app muniment_cli muniment_pictures muniment_schema OpenSSL::SSL GTest::gtest GTest::gmock
  muniment_test_flags)
if(support)
  muniment_precompile(muniment_support <gmock/gmock.h> <gtest/gtest.h> ${MUNIMENT_PCH_ROOMS})
endif()

file(GLOB folders CONFIGURE_DEPENDS LIST_DIRECTORIES true ${CMAKE_SOURCE_DIR}/tests/*)
foreach(folder IN LISTS folders)
  get_filename_component(room ${folder} NAME)
  file(GLOB tests CONFIGURE_DEPENDS ${folder}/*_test.cpp)
  if(NOT tests)
    continue()
  endif()
  add_executable(test_${room} ${tests})
  target_link_libraries(test_${room} PRIVATE muniment_support GTest::gtest_main muniment_test_flags)
  muniment_share_precompiled(test_${room} muniment_support)
  gtest_discover_tests(test_${room} DISCOVERY_MODE PRE_TEST TEST_PREFIX "${room}/" PROPERTIES TIMEOUT 600)
endforeach()

# It starts the one program, and looks what the other links.
add_dependencies(test_app muniment-thumbnail muniment)

foreach(folder house bench cases faults fuzz verify_script)
  if(EXISTS ${CMAKE_SOURCE_DIR}/tests/${folder}/CMakeLists.txt)
    add_subdirectory(tests/${folder})
  endif()
endforeach()
