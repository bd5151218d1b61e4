#include "sources/feed_encoding.hpp"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/utf8.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kPrologBytes = 4096;  // where an XML declaration is looked for
constexpr std::size_t kGuessBytes = 64U << 10;

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

struct CloseDetector {
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 32);
  return out;
}

// name="value" or name=value; the value ends at a quote, blank or semicolon.
std::string value_after(std::string_view text, std::string_view name) {
  const std::string small = lower(text);
  for (std::size_t at = small.find(name); at != std::string::npos; at = small.find(name, at + 1)) {
    std::size_t from = at + name.size();
    from = std::min(small.find_first_not_of(" \t\r\n", from), small.size());
    if (from == small.size() || small[from] != '=') continue;
    from = std::min(small.find_first_not_of(" \t\r\n\"'", from + 1), small.size());
    const std::size_t to = std::min(small.find_first_of(" \t\r\n\"';?>", from), small.size());
    return small.substr(from, to - from);
  }
  return {};
}

// The encoding of the XML declaration, which in real pages may come after blanks or comments.
std::string declared(std::string_view page) {
  const auto prolog = page.substr(0, kPrologBytes);
  const auto start = prolog.find("<?xml ");
  if (start == std::string_view::npos) return {};
  const auto end = prolog.find("?>", start);
  if (end == std::string_view::npos) return {};
  return value_after(prolog.substr(start, end - start), "encoding");
}

struct Mark {
  std::string_view bytes;
  std::string_view charset;
  bool is_text;  // the first character of the page itself, not a mark before it
};
constexpr Mark kMarks[] = {
    {{"\xFF\xFE\0\0", 4}, "UTF-32LE", false}, {{"\0\0\xFE\xFF", 4}, "UTF-32BE", false},
    {{"<\0\0\0", 4}, "UTF-32LE", true},       {{"\0\0\0<", 4}, "UTF-32BE", true},
    {"\xEF\xBB\xBF", "UTF-8", false},         {"\xFF\xFE", "UTF-16LE", false},
    {"\xFE\xFF", "UTF-16BE", false},          {{"<\0", 2}, "UTF-16LE", true},
    {{"\0<", 2}, "UTF-16BE", true},           {"\x4C\x6F\xA7\x94", "ibm-037", true},
};

bool is_utf8_label(std::string_view label) {
  return label.empty() || label == "utf-8" || label == "utf8";
}

// Labels under which bytes below 0x80 are not simply ASCII.
bool shifts_ascii(std::string_view label) {
  return label.starts_with("iso-2022") || label.starts_with("csiso2022") || label.starts_with("hz") ||
         label.starts_with("utf-7") || label.starts_with("utf7") || label.starts_with("cp037") ||
         label.starts_with("ibm") || label.starts_with("ebcdic");
}

Converter open_converter(const std::string& label) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(label.c_str(), &status));
  if (U_FAILURE(status)) return nullptr;
  return converter;
}

bool is_single_byte(const std::string& label) {
  const auto converter = open_converter(label);
  return converter && ucnv_getMaxCharSize(converter.get()) == 1;
}

// What the label means in practice (as in the WHATWG encoding standard).
std::string meant_by(const std::string& label) {
  if (label == "us-ascii" || label == "ascii" || label == "iso-8859-1" || label == "latin1" ||
      label == "latin-1" || label == "iso8859-1" || label == "iso_8859-1")
    return "windows-1252";
  if (label == "gb2312" || label == "gbk" || label == "gb_2312-80") return "gb18030";
  if (label == "ks_c_5601-1987" || label == "euc-kr") return "windows-949";
  if (label == "tis-620" || label == "iso-8859-11") return "windows-874";
  if (label == "shift_jis" || label == "sjis") return "ibm-943_P15A-2003";
  return label;
}

// nullopt when the label is unknown or, unless `replacing`, when the bytes make no sense under it.
std::optional<std::string> convert(std::string_view bytes, const std::string& label, bool replacing) {
  const auto from = open_converter(label);
  const auto to = open_converter("UTF-8");
  if (!from || !to) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  if (!replacing)
    ucnv_setToUCallBack(from.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 4);
  std::array<char, 16384> piece;
  std::array<UChar, 4096> pivot;
  UChar* pivot_from = pivot.data();
  UChar* pivot_to = pivot.data();
  const char* source = bytes.data();
  const char* const end = source + bytes.size();
  bool first = true;
  do {
    char* target = piece.data();
    status = U_ZERO_ERROR;
    ucnv_convertEx(to.get(), from.get(), &target, piece.data() + piece.size(), &source, end, pivot.data(),
                   &pivot_from, &pivot_to, pivot.data() + pivot.size(), first, true, &status);
    first = false;
    out.append(piece.data(), static_cast<std::size_t>(target - piece.data()));
    // No character set makes more than three bytes of UTF-8 of one byte.
    if (out.size() > 3 * bytes.size() + 16) return std::nullopt;
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  if (U_FAILURE(status)) return std::nullopt;
  return base::is_utf8(out) ? out : base::to_valid_utf8(out);
}

// Mostly UTF-8 with a few bad bytes, rather than another character set.
bool is_broken_utf8(std::string_view bytes) {
  std::size_t good = 0, bad = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const std::size_t before = at;
    base::next_code_point(bytes, at);
    ++(at - before > 1 ? good : bad);
  }
  return good > 4 * bad;
}

std::string guess(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, CloseDetector> detector(ucsdet_open(&status));
  if (U_FAILURE(status)) return "windows-1252";
  const auto sample = bytes.substr(0, kGuessBytes);
  ucsdet_setText(detector.get(), sample.data(), static_cast<std::int32_t>(sample.size()), &status);
  ucsdet_enableInputFilter(detector.get(), true);
  std::int32_t count = 0;
  const UCharsetMatch* const* const matches =
      U_SUCCESS(status) ? ucsdet_detectAll(detector.get(), &count, &status) : nullptr;
  for (std::int32_t i = 0; U_SUCCESS(status) && matches && i < count; ++i) {
    const char* const name = ucsdet_getName(matches[i], &status);
    // A page without a mark of its own was written on top of ASCII, or it would hold no tags.
    if (U_SUCCESS(status) && name && !shifts_ascii(lower(name)) && !lower(name).starts_with("utf"))
      return meant_by(lower(name));
  }
  return "windows-1252";
}

FeedText from_mark(std::string_view page, const Mark& mark) {
  FeedText out;
  out.page = page;
  const auto rest = mark.is_text ? page : page.substr(mark.bytes.size());
  out.offset = page.size() - rest.size();
  const bool utf8 = mark.charset == "UTF-8";
  if (utf8 && base::is_utf8(rest)) return out;
  out.exact = false;
  auto text = utf8 ? std::nullopt : convert(rest, std::string(mark.charset), false);
  if (!text) {
    out.recovered = true;
    out.remark = "bytes that are not " + std::string(mark.charset) + " were replaced";
    text = utf8 ? base::to_valid_utf8(rest) : convert(rest, std::string(mark.charset), true).value_or("");
  }
  out.converted = std::move(*text);
  return out;
}

FeedText guessed(FeedText out, const std::string& label) {
  const auto page = out.page;
  out.exact = false;
  out.recovered = true;
  const std::string said =
      label.empty() ? "the page names no character set" : "the page is not in the character set it names";
  if (is_broken_utf8(page)) {
    out.remark = "bytes that are not UTF-8 were replaced";
    out.converted = base::to_valid_utf8(page);
    return out;
  }
  const std::string charset = guess(page);
  out.remark = said + "; it was read as " + charset;
  out.converted = convert(page, charset, true).value_or("");
  return out;
}

}  // namespace

Result<FeedText> feed_text(std::string_view page, std::string_view content_type) {
  if (page.size() > kFeedBytes)
    return Error{Code::kInvalid, "the page is longer than the 32 MiB that are read of a feed",
                 "save it in parts"};
  for (const auto& mark : kMarks)
    if (page.starts_with(mark.bytes)) return from_mark(page, mark);
  FeedText out;
  out.page = page;
  const std::string labels[] = {value_after(content_type, "charset"), declared(page)};
  const bool ascii = std::none_of(page.begin(), page.end(), [](char c) { return (c & 0x80) != 0; });
  const bool utf8 = ascii || base::is_utf8(page);
  std::string first;
  for (const auto& label : labels) {
    if (first.empty()) first = label;
    if (label.empty() || (ascii && !shifts_ascii(label))) continue;
    if (is_utf8_label(label) && utf8) return out;
    if (is_utf8_label(label) || label.starts_with("utf-16") || label.starts_with("utf-32")) continue;
    if (utf8 && !ascii && is_single_byte(label)) {
      out.remark = "the page names another character set but is UTF-8";
      return out;
    }
    if (auto text = convert(page, meant_by(label), false)) {
      out.exact = false;
      out.converted = std::move(*text);
      return out;
    }
  }
  if (utf8) return out;
  return guessed(std::move(out), first);
}

}  // namespace muniment::sources
