#include "collect/json_check.hpp"

#include <algorithm>

namespace muniment::collect {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

}  // namespace

JsonCheck::JsonCheck(std::string_view before)
    : at_(before.size()), line_(1 + static_cast<std::uint64_t>(std::ranges::count(before, '\n'))) {}

void JsonCheck::take(std::string_view bytes) {
  for (const char c : bytes) {
    if (is_decided()) return;
    if (in_ == In::kNumber && !number_goes_on(c)) value_ends();
    if (!is_decided() && in_ == In::kNothing)
      structural(c);
    else if (!is_decided() && in_ != In::kNumber)
      text(c);
    ++at_;
    if (c == '\n') ++line_;
  }
}

void JsonCheck::breaks() {
  fault_ = "it is not well-formed JSON from byte " + std::to_string(at_ + 1) + " on (line " +
           std::to_string(line_) + ")";
}

std::string JsonCheck::fault(bool is_whole) const {
  if (!fault_.empty() || !is_whole) return fault_;
  const bool is_open = depth_ > 0 || (in_ != In::kNothing && in_ != In::kNumber);
  return is_open ? "it is cut short: it ends before all that it opens is closed" : std::string();
}

void JsonCheck::structural(char c) {
  if (is_blank(c)) return;
  switch (wants_) {
    case Wants::kFirstValue:
      if (c == ']') return close(c);
      return begin_value(c);
    case Wants::kValue:
      return begin_value(c);
    case Wants::kFirstKey:
      if (c == '}') return close(c);
      [[fallthrough]];
    case Wants::kKey:
      if (c != '"') return breaks();
      in_ = In::kText;
      is_key_ = true;
      return;
    case Wants::kColon:
      if (c != ':') return breaks();
      wants_ = Wants::kValue;
      return;
    case Wants::kCommaOrEnd:
      if (c == '}' || c == ']') return close(c);
      if (c != ',') return breaks();
      wants_ = is_object_[depth_] ? Wants::kKey : Wants::kValue;
      return;
    case Wants::kAnother:
      has_several_ = c != ';';
      if (c == '{' || c == '[') return open(c);
      is_over_ = has_several_;
      return;
  }
}

void JsonCheck::open(char c) {
  if (depth_ == sources::kMostJsonDepth) {
    fault_ = "it is nested more than " + std::to_string(sources::kMostJsonDepth) + " deep";
    return;
  }
  is_object_[++depth_] = c == '{';
  deepest_ = std::max(deepest_, depth_);
  wants_ = c == '{' ? Wants::kFirstKey : Wants::kFirstValue;
}

void JsonCheck::close(char c) {
  if (is_object_[depth_] != (c == '}')) return breaks();
  --depth_;
  value_ends();
}

void JsonCheck::begin_value(char c) {
  if (c == '{' || c == '[') return open(c);
  is_key_ = false;
  if (c == '"') {
    in_ = In::kText;
  } else if (c == 't' || c == 'f' || c == 'n') {
    in_ = In::kLiteral;
    literal_ = c == 't' ? "rue" : c == 'f' ? "alse" : "ull";
  } else if (c == '-' || is_digit(c)) {
    in_ = In::kNumber;
    number_ = c == '-' || c == '0' ? c : '1';
  } else {
    breaks();
  }
}

void JsonCheck::value_ends() {
  in_ = In::kNothing;
  wants_ = depth_ == 0 ? Wants::kAnother : Wants::kCommaOrEnd;
}

// False: it ended before this.
bool JsonCheck::number_goes_on(char c) {
  const char part = number_;
  const bool is_whole = part == '0' || part == '1' || part == '2' || part == '3';
  if (is_digit(c) && part != '0')
    number_ = part == '-'                  ? (c == '0' ? '0' : '1')
              : part == '.' || part == '2' ? '2'
              : part == '1'                ? '1'
                                           : '3';
  else if (c == '.' && (part == '0' || part == '1'))
    number_ = '.';
  else if ((c == 'e' || c == 'E') && is_whole && part != '3')
    number_ = 'e';
  else if ((c == '+' || c == '-') && part == 'e')
    number_ = '+';
  else if (is_whole && !is_digit(c))
    return false;
  else
    breaks();
  return true;
}

void JsonCheck::text(char c) {
  switch (in_) {
    case In::kText:
      if (c == '\\') {
        in_ = In::kEscape;
      } else if (static_cast<unsigned char>(c) < 0x20) {
        breaks();
      } else if (c == '"') {
        has_text_ = true;
        value_ends();
        if (is_key_) wants_ = Wants::kColon;
      }
      return;
    case In::kEscape:
      in_ = In::kText;
      hex_left_ = 4;
      if (c == 'u')
        in_ = In::kHex;
      else if (std::string_view("\"\\/bfnrt").find(c) == std::string_view::npos)
        breaks();
      return;
    case In::kHex:
      if (!is_hex(c)) return breaks();
      if (--hex_left_ == 0) in_ = In::kText;
      return;
    case In::kLiteral:
      if (c != literal_.front()) return breaks();
      literal_.remove_prefix(1);
      if (literal_.empty()) value_ends();
      return;
    case In::kNothing:
    case In::kNumber:
      return;
  }
}

}  // namespace muniment::collect
