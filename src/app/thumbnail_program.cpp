#include "app/thumbnail_program.hpp"

#include "cage/run.hpp"
#include "cage/thumbnail_answer.hpp"

namespace muniment::app {
namespace {

using cage::Answer;
using namespace std::string_view_literals;

constexpr std::string_view kProgram = "muniment-thumbnail";
constexpr std::string_view kSignature = "\x89PNG\r\n\x1A\n"sv;
constexpr std::size_t kHeadBytes = 13, kAroundChunk = 12;  // length, name, check sum
constexpr char kInstead[] = "`muniment attachment save` writes out the file itself, as it was sealed";

std::uint32_t number(std::string_view bytes) {
  std::uint32_t value = 0;
  for (const char c : bytes.substr(0, 4)) value = value << 8 | static_cast<std::uint8_t>(c);
  return value;
}

bool is_side(std::uint32_t pixels) {
  return pixels >= 1 && pixels <= cage::kThumbnailSide;
}

// Eight bits, with colours, with or without alpha, not interlaced.
bool is_plain_head(std::string_view head) {
  return head.size() == kHeadBytes && is_side(number(head)) && is_side(number(head.substr(4))) &&
         (head.substr(8) == "\x08\x02\0\0\0"sv || head.substr(8) == "\x08\x06\0\0\0"sv);
}

Error unread(std::string why) {
  return {Code::kInvalid, "no small picture could be made: " + std::move(why) + "; nothing was kept",
          kInstead};
}

Error not_made(const cage::Ended& ended) {
  if (ended.late)
    return {Code::kUnavailable, "no small picture was made: reading the picture took too long and was ended",
            "try again when the machine is less busy"};
  if (ended.loud) return unread("what came back was larger than any");
  if (ended.signal != 0)
    return unread("the picture brought the program that reads it to its end (signal " +
                  std::to_string(ended.signal) + "), as one does that was made to do harm");
  switch (static_cast<Answer>(ended.code)) {
    case Answer::kKind:
      return unread("the file is none of the kinds of picture that are read (JPEG, PNG, GIF, still WebP)");
    case Answer::kTooLarge:
      return unread("the picture is larger than what is read, 50 million pixels");
    case Answer::kDamaged:
      return unread("the picture is damaged, or not whole");
    case Answer::kNoCage:
      return {Code::kUnavailable,
              "no small picture was made: this system does not let a program shut itself in (seccomp), and "
              "nothing "
              "was read",
              kInstead};
    case Answer::kDone:
    case Answer::kNotSaid:
      break;
  }
  return unread("the program that reads it did not answer as it should");
}

}  // namespace

ThumbnailProgram installed_thumbnail_program() {
  std::error_code unknown;
  return {std::filesystem::read_symlink("/proc/self/exe", unknown).parent_path() / kProgram};
}

bool is_plain_thumbnail(std::string_view png) {
  if (png.size() > cage::kMostThumbnailBytes || !png.starts_with(kSignature)) return false;
  png.remove_prefix(kSignature.size());
  for (std::size_t chunk = 0; png.size() >= kAroundChunk; ++chunk) {
    const std::size_t size = number(png);
    if (size > png.size() - kAroundChunk) return false;
    const auto name = png.substr(4, 4), inside = png.substr(8, size);
    png.remove_prefix(size + kAroundChunk);
    if ((chunk == 0) != (name == "IHDR")) return false;
    if (name == "IEND") return size == 0 && png.empty() && chunk >= 2;
    const bool is_known =
        name == "IDAT" || (name == "IHDR" && is_plain_head(inside)) || (name == "sRGB" && size == 1);
    if (!is_known) return false;
  }
  return false;
}

Result<std::string> make_thumbnail(const ThumbnailProgram& program, std::string_view picture) {
  auto ended = cage::run(program.path, picture, cage::kMostThumbnailBytes, program.within);
  if (!ended) return ended.error();
  const bool is_done =
      !ended->late && !ended->loud && ended->signal == 0 && ended->code == static_cast<int>(Answer::kDone);
  if (!is_done || !is_plain_thumbnail(ended->output)) return not_made(*ended);
  return std::move(ended->output);
}

}  // namespace muniment::app
