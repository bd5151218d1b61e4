# The libraries from outside; their Debian packages are listed in tools/packages.txt.
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto SSL)
find_package(SQLite3 3.40 REQUIRED)
find_package(CURL REQUIRED)
find_package(ICU 72 REQUIRED COMPONENTS uc i18n)
find_package(simdjson REQUIRED)
find_package(pugixml REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(ZLIB REQUIRED)
find_package(Threads REQUIRED)
find_package(date REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(gumbo REQUIRED IMPORTED_TARGET gumbo)
pkg_check_modules(gmime REQUIRED IMPORTED_TARGET gmime-3.0)
# Its -pthread would keep the room that uses it from sharing precompiled headers; threads are linked anyway.
set_property(TARGET PkgConfig::gmime PROPERTY INTERFACE_COMPILE_OPTIONS "")
pkg_check_modules(archive REQUIRED IMPORTED_TARGET libarchive)

# The allocator of the programs: entries are made on one thread and freed on another, which glibc's
# allocator is slow at.  Sanitizers bring their own.
if(NOT MUNIMENT_SANITIZE)
  find_library(JEMALLOC jemalloc)
endif()

# What each room takes from outside.  A room not named here takes nothing.
set(MUNIMENT_LIBS_base simdjson::simdjson OpenSSL::Crypto PkgConfig::zstd Boost::json Threads::Threads)
set(MUNIMENT_LIBS_db SQLite::SQLite3)
set(MUNIMENT_LIBS_containers PkgConfig::archive ZLIB::ZLIB)
set(MUNIMENT_LIBS_net CURL::libcurl)
set(MUNIMENT_LIBS_records ICU::uc)
set(MUNIMENT_LIBS_sources simdjson::simdjson pugixml::pugixml PkgConfig::gumbo PkgConfig::gmime Boost::url ICU::uc ICU::i18n)
set(MUNIMENT_LIBS_verify simdjson::simdjson)
set(MUNIMENT_LIBS_foi tomlplusplus::tomlplusplus)
set(MUNIMENT_LIBS_bundle ICU::uc ZLIB::ZLIB)
set(MUNIMENT_LIBS_app tomlplusplus::tomlplusplus date::date-tz)
set(MUNIMENT_LIBS_cli CLI11::CLI11)
