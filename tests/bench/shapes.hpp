// The corpus's posts again, as other platforms would hand them out: one file of records each, with the fields
// and the bulk that the real ones have.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace muniment::bench {

struct Mentioned {
  std::uint64_t id = 0;
  std::string handle;
};

// What a record of any platform is made from.
struct Post {
  std::uint64_t id = 0;
  std::uint64_t reply_to = 0;  // 0: none
  std::uint64_t seconds = 0;   // since 1970
  std::string text;
  std::string handle;
  std::string name;
  std::uint64_t author = 0;
  std::vector<Mentioned> mentions;  // in the text's order; of a reply the first is whom it answers
};

struct Shape {
  std::string_view name;   // "x-lines"
  std::string_view begin;  // of the file
  std::string_view between;
  std::string_view end;
  std::string (*record)(const Post& post);
};

// X: lines of API objects with their authors, as twarc keeps them, and tweets.js of an archive;
// Reddit: lines of comments, as Pushshift keeps them.
std::span<const Shape> shapes();

// Writes the first `posts` of the corpus in one file.
void write_shape(const Shape& shape, std::uint64_t posts, const std::filesystem::path& file);

}  // namespace muniment::bench
