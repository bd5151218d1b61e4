// Compressed streams inside bytes: gzip, zlib (so PDF and PNG), zstd and zip, at the beginning or further in.
//
// Other archives (7z, rar, xz, bzip2, …), encrypted ones, and streams that begin soundly and end badly are
// `closed`: nobody can say what is in them, so a release must not hold them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace muniment::bundle {

struct Unpacked {
  std::vector<std::string>
      contents;         // of each stream; names inside an archive stand in its bytes as they are
  bool closed = false;  // something could not be opened, or was larger than `most`
};

// `most`: how many bytes may come out altogether.
//
// `by_chance`: the bytes were decoded from what is most likely a word, so that two or three of them tell
// nothing: a beginning of gzip or compress is then one only when what follows may be a whole file.
Unpacked unpack(std::string_view bytes, std::size_t most, bool by_chance = false);

}  // namespace muniment::bundle
