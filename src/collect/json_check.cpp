#include "collect/json_check.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>

#include "sources/json_page.hpp"

namespace muniment::collect {
namespace {

using boost::json::string_view;
using Code = boost::json::error_code;

// What the reader tells of what it reads: all is taken, and only counted.
struct Counts {
  static constexpr std::size_t max_object_size = SIZE_MAX;
  static constexpr std::size_t max_array_size = SIZE_MAX;
  static constexpr std::size_t max_key_size = SIZE_MAX;
  static constexpr std::size_t max_string_size = SIZE_MAX;

  std::size_t depth = 0, deepest = 0;
  bool has_text = false;

  bool open() {
    deepest = std::max(deepest, ++depth);
    return true;
  }
  bool close() {
    --depth;
    return true;
  }
  bool text() { return has_text = true; }

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_array_begin(Code&) { return open(); }
  bool on_array_end(std::size_t, Code&) { return close(); }
  bool on_object_begin(Code&) { return open(); }
  bool on_object_end(std::size_t, Code&) { return close(); }
  bool on_string_part(string_view, std::size_t, Code&) { return true; }
  bool on_string(string_view, std::size_t, Code&) { return text(); }
  bool on_key_part(string_view, std::size_t, Code&) { return true; }
  bool on_key(string_view, std::size_t, Code&) { return text(); }
  bool on_number_part(string_view, Code&) { return true; }
  bool on_int64(std::int64_t, string_view, Code&) { return true; }
  bool on_uint64(std::uint64_t, string_view, Code&) { return true; }
  bool on_double(double, string_view, Code&) { return true; }
  bool on_bool(bool, Code&) { return true; }
  bool on_null(Code&) { return true; }
  bool on_comment_part(string_view, Code&) { return true; }
  bool on_comment(string_view, Code&) { return true; }
};

boost::json::parse_options options() {
  boost::json::parse_options out;
  out.max_depth = sources::kMostJsonDepth;
  out.allow_invalid_utf8 = true;
  return out;
}

}  // namespace

class JsonCheck::Reader : public boost::json::basic_parser<Counts> {
 public:
  Reader() : basic_parser(options()) {}
  const Counts& counts() { return handler(); }
};

JsonCheck::JsonCheck(std::string_view before)
    : reader_(std::make_unique<Reader>()),
      at_(before.size()),
      line_(1 + static_cast<std::uint64_t>(std::ranges::count(before, '\n'))) {}
JsonCheck::~JsonCheck() = default;
JsonCheck::JsonCheck(JsonCheck&&) noexcept = default;
JsonCheck& JsonCheck::operator=(JsonCheck&&) noexcept = default;

void JsonCheck::take(std::string_view bytes) {
  while (!bytes.empty() && !is_decided()) {
    const auto count = reader_->done() ? go_on_behind_value(bytes) : read(bytes);
    bytes.remove_prefix(count);
  }
}

std::size_t JsonCheck::read(std::string_view bytes) {
  Code wrong;
  const auto count = reader_->write_some(true, bytes.data(), bytes.size(), wrong);
  at_ += count;
  line_ += static_cast<std::uint64_t>(std::ranges::count(bytes.substr(0, count), '\n'));
  if (wrong == boost::json::error::too_deep)
    fault_ = "it is nested more than " + std::to_string(sources::kMostJsonDepth) + " deep";
  else if (wrong)
    fault_ = "it is not well-formed JSON from byte " + std::to_string(at_ + 1) + " on (line " +
             std::to_string(line_) + ")";
  return count;
}

std::size_t JsonCheck::go_on_behind_value(std::string_view bytes) {
  constexpr std::string_view kBlank = " \t\r\n";
  const char c = bytes.front();
  if (c == '{' || c == '[') {
    has_several_ = true;
    reader_->reset();
    return 0;
  }
  if (c != ';' && kBlank.find(c) == std::string_view::npos) is_over_ = has_several_ = true;
  ++at_;
  if (c == '\n') ++line_;
  return 1;
}

std::string JsonCheck::fault(bool is_whole) const {
  if (!fault_.empty() || !is_whole || reader_->done()) return fault_;
  return "it is cut short: it ends before all that it opens is closed";
}

bool JsonCheck::looked_like_json() const {
  return reader_->counts().has_text || reader_->counts().deepest > 1;
}

}  // namespace muniment::collect
