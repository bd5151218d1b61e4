#include "sources/json_page.hpp"

#include <simdjson.h>

#include <array>
#include <charconv>

#include "base/check.hpp"
#include "base/utf8.hpp"
#include "sources/beginning.hpp"

namespace muniment::sources {

namespace dom = simdjson::dom;

// Parsers are kept between pages, one a thread: their buffers are many times as large as a page, and
// fresh memory costs more than parsing.
struct JsonPage::Parsed {
  dom::parser parser;
};

namespace {

constexpr std::size_t kMostKeptBytes = 4U << 20;  // a parser that has grown beyond this is let go
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::string_view kKept = "The bytes are kept as they came; nothing was read from them.";

Error not_json(simdjson::error_code fault, std::string_view json) {
  if (base::looks_like_utf16(json)) return in_utf16("the page");
  switch (fault) {
    case simdjson::EMPTY:
      return {Code::kInvalid, "the page is empty where JSON should stand", std::string(kKept)};
    case simdjson::DEPTH_ERROR:
      return {Code::kInvalid, "the page is JSON nested more than " + std::to_string(kMostJsonDepth) + " deep",
              std::string(kKept)};
    case simdjson::UTF8_ERROR:
      return {Code::kInvalid, "the page is not UTF-8, as JSON must be", std::string(kKept)};
    case simdjson::MEMALLOC:
      return {Code::kUnavailable, "there was no memory to read a page of JSON", "Try again later."};
    default:
      return {Code::kInvalid,
              std::string("the page is not well-formed JSON (") + simdjson::error_message(fault) + ")",
              std::string(kKept)};
  }
}

constexpr std::array<signed char, 256> nesting() {
  std::array<signed char, 256> table{};
  table['{'] = table['['] = 1;
  table['}'] = table[']'] = -1;
  return table;
}
constexpr auto kNesting = nesting();

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The code unit of an escape "\uXXXX" at `at`; -1 when there is none.
int unit_at(std::string_view text, std::size_t at) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') return -1;
  int unit = 0;
  for (std::size_t i = at + 2; i < at + 6; ++i) {
    if (hex(text[i]) < 0) return -1;
    unit = unit * 16 + hex(text[i]);
  }
  return unit;
}

bool is_high(int unit) {
  return unit >= 0xd800 && unit < 0xdc00;
}
bool is_low(int unit) {
  return unit >= 0xdc00 && unit < 0xe000;
}

// Writes the escape of U+FFFD over every half of a surrogate pair; lengths and offsets stay.
bool mend_surrogates(std::string& text) {
  bool mended = false;
  for (auto at = text.find('\\'); at != std::string::npos; at = text.find('\\', at)) {
    const int unit = unit_at(text, at);
    if (unit < 0) {
      at += 2;
    } else if (is_high(unit) && is_low(unit_at(text, at + 6))) {
      at += 12;
    } else {
      if (is_high(unit) || is_low(unit)) {
        text.replace(at, 6, "\\ufffd");
        mended = true;
      }
      at += 6;
    }
  }
  return mended;
}

}  // namespace

std::uint64_t Json::number() const {
  if (type() == 'u' || type() == 'l') {
    const auto value = tape_[at_ + 1];
    return type() == 'l' && static_cast<std::int64_t>(value) < 0 ? 0 : value;
  }
  const auto digits = text();
  std::uint64_t value = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return fault == std::errc() && end == digits.data() + digits.size() ? value : 0;
}

double Json::decimal() const {
  if (type() == 'u') return static_cast<double>(tape_[at_ + 1]);
  if (type() == 'l') return static_cast<double>(static_cast<std::int64_t>(tape_[at_ + 1]));
  double value = 0;
  if (type() == 'd') {
    std::memcpy(&value, &tape_[at_ + 1], sizeof value);
    return value;
  }
  const auto digits = text();
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return fault == std::errc() && end == digits.data() + digits.size() ? value : 0;
}

std::string Json::name() const {
  if (is_text()) return std::string(text());
  if (type() == 'u') return std::to_string(tape_[at_ + 1]);
  if (type() == 'l') return std::to_string(static_cast<std::int64_t>(tape_[at_ + 1]));
  return {};
}

Json Json::field(std::string_view name) const {
  Json found;
  for (JsonFields fields(*this); fields; fields.next())
    if (fields.key() == name) found = fields.value();
  return found;
}

namespace {
thread_local std::unique_ptr<dom::parser> kept_parser;
}  // namespace

JsonPage::JsonPage(std::unique_ptr<Parsed> parsed) : parsed_(std::move(parsed)) {}
JsonPage::JsonPage(JsonPage&&) noexcept = default;
JsonPage& JsonPage::operator=(JsonPage&&) noexcept = default;

JsonPage::~JsonPage() {
  if (parsed_ && parsed_->parser.capacity() <= kMostKeptBytes)
    kept_parser = std::make_unique<dom::parser>(std::move(parsed_->parser));
}

Result<JsonPage> JsonPage::parse(std::string_view bytes) {
  if (bytes.size() > kMostJsonBytes)
    return Error{Code::kInvalid, "the page is larger than 64 MiB", std::string(kKept)};
  JsonPage page(std::make_unique<Parsed>());
  if (kept_parser) page.parsed_->parser = std::move(*kept_parser);
  kept_parser.reset();
  page.bytes_ = bytes;
  if (bytes.starts_with(kByteOrderMark)) page.skipped_ = kByteOrderMark.size();
  const auto json = bytes.substr(page.skipped_);

  auto& parser = page.parsed_->parser;
  if (parser.capacity() < json.size())
    if (const auto fault = parser.allocate(json.size(), kMostJsonDepth)) return not_json(fault, json);
  auto fault = parser.parse(json.data(), json.size()).error();
  if (fault == simdjson::STRING_ERROR)
    if (std::string mended(json); mend_surrogates(mended)) {
      page.recovered_ = true;
      fault = parser.parse(mended).error();
    }
  if (fault) return not_json(fault, json);
  page.root_ = Json(parser.doc.tape.get(), parser.doc.string_buf.get(), 1);
  return page;
}

// Walks to the value's first character and answers where that is.
std::size_t JsonPage::go_to(Json value) {
  MUNIMENT_CHECK(value.is_object() || value.is_list(), "slices are asked for of objects and lists");
  if (value.at_ < at_) {  // from the beginning again
    mark_ = 0;
    at_ = 1;
  }
  const auto* marks = parsed_->parser.implementation->structural_indexes.get();
  const auto* json = bytes_.data() + skipped_;
  const auto separates = [&] { return json[marks[mark_]] == ':' || json[marks[mark_]] == ','; };
  // Elements on the tape and structural characters other than ':' and ',' go in step; a number takes
  // two words of tape.
  while (at_ < value.at_) {
    if (!separates()) at_ += Json(value.tape_, value.strings_, at_).is_wide() ? 2U : 1U;
    ++mark_;
  }
  while (separates()) ++mark_;
  return marks[mark_];
}

// Of the bracket that closes the value at mark_.
std::size_t JsonPage::closing_mark() const {
  const auto* marks = parsed_->parser.implementation->structural_indexes.get();
  const auto* json = bytes_.data() + skipped_;
  auto mark = mark_;
  for (int depth = 0; (depth += kNesting[static_cast<unsigned char>(json[marks[mark]])]) != 0;) ++mark;
  return mark;
}

Slice JsonPage::slice(Json value) {
  const auto begin = go_to(value);
  mark_ = closing_mark();
  const auto end = parsed_->parser.implementation->structural_indexes[mark_++];
  at_ = value.after();
  return {skipped_ + begin, end + 1 - begin};
}

Slice JsonPage::slice_around(Json value) {
  const auto begin = go_to(value);
  const auto end = parsed_->parser.implementation->structural_indexes[closing_mark()];
  return {skipped_ + begin, end + 1 - begin};
}

}  // namespace muniment::sources
