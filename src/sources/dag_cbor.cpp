#include "sources/dag_cbor.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include "base/bytes.hpp"
#include "base/utf8.hpp"

namespace muniment::sources {
namespace {

constexpr std::uint64_t kLink = 42;

enum Major : unsigned char { kUnsigned = 0, kNegative, kBytes, kText, kList, kMap, kTag, kSimple };

void append_quoted(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out.push_back('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (byte < 0x20) {
      out.append("\\u00").push_back(kHex[byte >> 4]);
      out.push_back(kHex[byte & 15]);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

// Writes JSON as it reads; with no place to write to it only walks.
class Reader {
 public:
  Reader(std::string_view cbor, std::string* out) : in_(cbor), out_(out) {}

  bool value(std::size_t depth) {
    if (depth > kMostCborDepth) return fail("it is nested too deep");
    if (at_ >= in_.size()) return fail("it breaks off");
    const auto first = static_cast<unsigned char>(in_[at_]);
    const auto major = static_cast<Major>(first >> 5);
    if (major == kSimple) return simple(first & 31);
    std::uint64_t number = 0;
    if (!head(number)) return false;
    switch (major) {
      case kUnsigned:
        return put(std::to_string(number));
      case kNegative:
        if (number > static_cast<std::uint64_t>(INT64_MAX)) return fail("a number is too small");
        return put(std::to_string(-1 - static_cast<std::int64_t>(number)));
      case kBytes:
        return bytes(number);
      case kText:
        return text(number);
      case kList:
        return list(number, depth);
      case kMap:
        return map(number, depth);
      case kTag:
        return link(number);
      case kSimple:
        break;
    }
    return fail("it is of no known kind");
  }

  std::size_t at() const { return at_; }
  const std::string& fault() const { return fault_; }

 private:
  bool fail(std::string why) {
    if (fault_.empty()) fault_ = std::move(why) + " at byte " + std::to_string(at_);
    return false;
  }

  bool put(std::string_view text) {
    if (out_ != nullptr) *out_ += text;
    return true;
  }

  // The number in a value's head, in its shortest form.
  bool head(std::uint64_t& number) {
    const unsigned info = static_cast<unsigned char>(in_[at_++]) & 31U;
    if (info < 24) {
      number = info;
      return true;
    }
    if (info > 27) return fail("a length is not given");
    const std::size_t count = std::size_t{1} << (info - 24);
    if (in_.size() - at_ < count) return fail("it breaks off");
    number = 0;
    for (std::size_t i = 0; i < count; ++i) number = number << 8 | static_cast<unsigned char>(in_[at_++]);
    constexpr std::array<std::uint64_t, 4> kLeast = {24, 0x100, 0x1'0000, 0x1'0000'0000};
    return number >= kLeast[info - 24] || fail("a number is not in its shortest form");
  }

  bool taken(std::uint64_t size, std::string_view& run) {
    if (size > in_.size() - at_) return fail("it breaks off");
    run = in_.substr(at_, static_cast<std::size_t>(size));
    at_ += static_cast<std::size_t>(size);
    return true;
  }

  bool bytes(std::uint64_t size) {
    std::string_view run;
    if (!taken(size, run)) return false;
    if (out_ == nullptr) return true;
    auto spelled = base::to_base64(run);
    while (spelled.ends_with('=')) spelled.pop_back();
    return put("{\"$bytes\":\"" + spelled + "\"}");
  }

  bool text(std::uint64_t size) {
    std::string_view run;
    if (!taken(size, run)) return false;
    if (!base::is_utf8(run)) return fail("a text is not UTF-8");
    if (out_ != nullptr) append_quoted(*out_, run);
    return true;
  }

  bool list(std::uint64_t size, std::size_t depth) {
    put("[");
    for (std::uint64_t i = 0; i < size; ++i) {
      if (i != 0) put(",");
      if (!value(depth + 1)) return false;
    }
    return put("]");
  }

  bool map(std::uint64_t size, std::size_t depth) {
    put("{");
    for (std::uint64_t i = 0; i < size; ++i) {
      if (i != 0) put(",");
      if (at_ >= in_.size() || (static_cast<unsigned char>(in_[at_]) >> 5) != kText)
        return fail("a name is no text");
      if (!value(depth + 1)) return false;
      put(":");
      if (!value(depth + 1)) return false;
    }
    return put("}");
  }

  // Tag 42 on bytes that begin with a NUL, and then the CID.
  bool link(std::uint64_t tag) {
    if (tag != kLink || at_ >= in_.size() || (static_cast<unsigned char>(in_[at_]) >> 5) != kBytes)
      return fail("a tag is no link");
    std::uint64_t size = 0;
    std::string_view run;
    if (!head(size) || !taken(size, run)) return false;
    if (run.size() < 2 || run.front() != '\0') return fail("a link is no CID");
    return put("{\"$link\":\"" + cid_text(run.substr(1)) + "\"}");
  }

  bool simple(unsigned info) {
    ++at_;
    if (info == 20) return put("false");
    if (info == 21) return put("true");
    if (info == 22) return put("null");
    if (info != 27) return fail("a value is of a kind that is not allowed");
    std::string_view run;
    if (!taken(8, run)) return false;
    std::uint64_t bits = 0;
    for (const char c : run) bits = bits << 8 | static_cast<unsigned char>(c);
    double number = 0;
    std::memcpy(&number, &bits, sizeof number);
    if (!std::isfinite(number)) return fail("a number is not finite");
    std::array<char, 40> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    return put({digits.data(), static_cast<std::size_t>(end - digits.data())});
  }

  std::string_view in_;
  std::string* out_;
  std::size_t at_ = 0;
  std::string fault_;
};

}  // namespace

Result<std::string> json_of_cbor(std::string_view cbor) {
  std::string out;
  if (cbor.size() > kMostBlockBytes) return Error{Code::kInvalid, "a block is larger than 4 MiB"};
  Reader reader(cbor, &out);
  if (!reader.value(0)) return Error{Code::kInvalid, "a block is not DAG-CBOR: " + reader.fault()};
  if (reader.at() != cbor.size())
    return Error{Code::kInvalid, "a block is not DAG-CBOR: something follows the value"};
  return out;
}

std::size_t cbor_length(std::string_view bytes) {
  Reader reader(bytes, nullptr);
  return reader.value(0) ? reader.at() : 0;
}

std::string cid_text(std::string_view cid) {
  constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz234567";
  std::string out = "b";
  unsigned bits = 0;
  unsigned count = 0;
  for (const char c : cid) {
    bits = (bits << 8 | static_cast<unsigned char>(c)) & 0xffffU;
    count += 8;
    while (count >= 5) {
      count -= 5;
      out.push_back(kAlphabet[(bits >> count) & 31U]);
    }
  }
  if (count > 0) out.push_back(kAlphabet[(bits << (5 - count)) & 31U]);
  return out;
}

}  // namespace muniment::sources
