// A page of JSON: checked as a whole before anything of it is used, then read leniently.
//
// simdjson parses and checks; what is read here is its tape (one 64-bit word an element, documented by
// simdjson as doc/tape.md), so that this header stays free of the library and reading stays inline.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "muniment/result.hpp"
#include "sources/slice.hpp"

namespace muniment::sources {

inline constexpr std::size_t kMostJsonBytes = 64U << 20;
inline constexpr std::size_t kMostJsonDepth = 256;

// A value inside a page; valid as long as its page.  Every accessor takes any kind of value: what is
// not there, or not of the kind asked for, is empty.
class Json {
 public:
  Json() = default;
  Json(const std::uint64_t* tape, const std::uint8_t* strings, std::size_t at)
      : tape_(tape), strings_(strings), at_(at) {}

  explicit operator bool() const { return tape_ != nullptr && type() != 'n'; }  // there, and not null
  bool is_object() const { return type() == '{'; }
  bool is_list() const { return type() == '['; }
  bool is_text() const { return type() == '"'; }
  bool is_true() const { return type() == 't'; }

  std::string_view text() const {
    if (!is_text()) return {};
    const auto* begin = strings_ + payload();
    std::uint32_t size = 0;
    std::memcpy(&size, begin, sizeof size);
    return {reinterpret_cast<const char*>(begin) + sizeof size, size};
  }
  // A whole number that is not negative, also when it is spelled as a text; else 0.
  std::uint64_t number() const;
  // A number with or without a fraction, also when it is spelled as a text; else 0.
  double decimal() const;
  // A text, or a whole number in decimal digits: platforms spell identifiers either way.
  std::string name() const;
  // How many values a list holds, fields an object; at most 16,777,215, even where there are more.
  std::size_t size() const {
    return is_list() || is_object() ? static_cast<std::size_t>(payload() >> 32) : 0;
  }
  // The last field of that name, as in a browser.
  Json field(std::string_view name) const;

 private:
  friend class JsonFields;
  friend class JsonIndex;
  friend class JsonList;
  friend class JsonPage;

  char type() const { return tape_ == nullptr ? 'n' : static_cast<char>(tape_[at_] >> 56); }
  std::uint64_t payload() const { return tape_[at_] & ((std::uint64_t{1} << 56) - 1); }
  bool is_wide() const { return type() == 'l' || type() == 'u' || type() == 'd'; }
  // The tape index after this value.
  std::size_t after() const {
    if (is_object() || is_list()) return static_cast<std::uint32_t>(payload());
    return at_ + (is_wide() ? 2 : 1);
  }

  const std::uint64_t* tape_ = nullptr;
  const std::uint8_t* strings_ = nullptr;
  std::size_t at_ = 0;
};

// for (JsonFields f(object); f; f.next()) f.key(), f.value()
class JsonFields {
 public:
  explicit JsonFields(Json object) : key_(object), end_(0) {
    if (!object.is_object()) return;
    end_ = object.after() - 1;
    ++key_.at_;
  }
  explicit operator bool() const { return end_ != 0 && key_.at_ < end_; }
  std::string_view key() const { return key_.text(); }
  Json value() const { return {key_.tape_, key_.strings_, key_.at_ + 1}; }
  void next() { key_.at_ = value().after(); }

 private:
  friend class JsonIndex;
  Json key_;
  std::size_t end_;
};

// for (JsonList l(list); l; l.next()) l.value()
class JsonList {
 public:
  explicit JsonList(Json list) : value_(list), end_(0) {
    if (!list.is_list()) return;
    end_ = list.after() - 1;
    ++value_.at_;
  }
  explicit operator bool() const { return end_ != 0 && value_.at_ < end_; }
  Json value() const { return value_; }
  void next() { value_.at_ = value_.after(); }

 private:
  Json value_;
  std::size_t end_;
};

class JsonPage {
 public:
  // kInvalid: empty, too large, too deep, not JSON or not UTF-8; the sentence says which.
  // A byte order mark is passed over.  Half a surrogate pair, written as an escape, is read as U+FFFD.
  // `bytes` must outlive the page.
  static Result<JsonPage> parse(std::string_view bytes);
  JsonPage(JsonPage&&) noexcept;
  JsonPage& operator=(JsonPage&&) noexcept;
  ~JsonPage();

  Json root() const { return root_; }
  bool recovered() const { return recovered_; }
  // Where an object or list stands in the bytes.  Asked for in page order it is found from where the last one
  // ended; out of order, or inside the last one, from the page's beginning.
  Slice slice(Json value);
  // The same, for a value whose inner values will be asked for next: they are found from where it begins.
  Slice slice_around(Json value);

 private:
  struct Parsed;
  explicit JsonPage(std::unique_ptr<Parsed> parsed);
  std::size_t go_to(Json value);
  std::size_t closing_mark() const;

  std::unique_ptr<Parsed> parsed_;
  Json root_;
  std::string_view bytes_;
  std::size_t skipped_ = 0;  // bytes before the JSON: a byte order mark
  std::size_t mark_ = 0;     // how far slice() has come, in structural characters …
  std::size_t at_ = 1;       // … and on the tape
  bool recovered_ = false;
};

}  // namespace muniment::sources
