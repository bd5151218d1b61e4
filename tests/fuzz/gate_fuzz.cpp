// The release gate on any bytes: it must end, within its bounds; and a withheld word that is put between
// them, as it stands or in one of the spellings that the gate undoes, must be found, whatever stands around
// it.
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "bundle/gate.hpp"

using namespace muniment;

namespace {

constexpr std::string_view kWord = "Featherstonehaugh";

using Spelling = std::string (*)(std::string_view word);

template <typename Each>
std::string of_each(std::string_view word, const Each& each) {
  std::string out;
  for (const char c : word) out += each(static_cast<unsigned char>(c));
  return out;
}

std::string in_hex(unsigned char c) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  return {kDigits[c >> 4U], kDigits[c & 15U]};
}

std::string plain(std::string_view word) {
  return std::string(word);
}
std::string percent(std::string_view word) {
  return of_each(word, [](unsigned char c) { return "%" + in_hex(c); });
}
std::string html(std::string_view word) {
  return of_each(word, [](unsigned char c) { return "&#x" + in_hex(c) + ";"; });
}
std::string json(std::string_view word) {
  return of_each(word, [](unsigned char c) { return "\\u00" + in_hex(c); });
}
std::string quoted_printable(std::string_view word) {
  return of_each(word, [](unsigned char c) { return "=" + in_hex(c); });
}
std::string base64(std::string_view word) {
  return base::to_base64("for " + std::string(word) + " only");
}
std::string hexadecimal(std::string_view word) {
  return of_each(word, in_hex);
}
std::string utf16(std::string_view word) {
  return of_each(word, [](unsigned char c) { return std::string{static_cast<char>(c), '\0'}; });
}
// What ends a tag that was open before it.
std::string in_tags(std::string_view word) {
  return "> said " +
         of_each(word, [](unsigned char c) { return "<b>" + std::string(1, static_cast<char>(c)) + "</b>"; });
}

constexpr std::array<Spelling, 9> kSpellings = {plain,  percent,     html,  json,   quoted_printable,
                                                base64, hexadecimal, utf16, in_tags};

bool is_found(std::string_view page) {
  static const bundle::Needles needles({{bundle::NeedleKind::kWords, std::string(kWord), "record 1"}});
  static const bundle::Opaque none;
  bundle::Gate gate(needles, none);
  gate.look_at("data/page.html", page);
  return !gate.findings().empty();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const std::string_view around(reinterpret_cast<const char*>(data) + 3, size - 3);
  const auto at = (data[1] * 256U + data[2]) % (around.size() + 1);
  const auto spelt = kSpellings[data[0] % kSpellings.size()](kWord);
  std::string page(around.substr(0, at));
  page.append("\n\n").append(spelt).append("\n\n").append(around.substr(at));
  if (is_found(page)) return 0;
  std::fprintf(stderr, "not found: spelling %d\n", data[0] % static_cast<int>(kSpellings.size()));
  std::abort();
}
