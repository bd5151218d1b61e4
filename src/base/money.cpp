#include "base/money.hpp"

#include <algorithm>
#include <charconv>

#include "base/utf8.hpp"

namespace muniment::base {
namespace {

constexpr std::size_t kDecimals = 6;
constexpr std::size_t kLongestCurrency = 12;

bool are_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_currency(std::string_view text) {
  return text.size() <= kLongestCurrency && is_utf8(text) &&
         std::none_of(text.begin(), text.end(), [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte <= ' ' || byte == 0x7F || c == '/' || (c >= '0' && c <= '9');
         });
}

std::uint64_t number_of(std::string_view digits) {
  std::uint64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

}  // namespace

std::optional<Money> read_money(std::string_view text) {
  const auto blank = std::min(text.find(' '), text.size());
  const auto amount = text.substr(0, blank);
  const auto currency = text.substr(std::min(blank + 1, text.size()));
  const auto point = amount.find('.');
  const auto whole = amount.substr(0, point);
  auto decimals = point == std::string_view::npos ? std::string("0") : std::string(amount.substr(point + 1));
  if (!are_digits(whole) || whole.size() > 10 || !are_digits(decimals) || decimals.size() > kDecimals)
    return std::nullopt;
  if (!is_currency(currency) || (currency.empty() && blank != text.size())) return std::nullopt;
  decimals.resize(kDecimals, '0');
  const auto units = number_of(whole);
  if (units > kMostMoney) return std::nullopt;
  return Money{units * kMillion + number_of(decimals), std::string(currency)};
}

std::string money_text(const Money& money) {
  auto out = std::to_string(money.millionths / kMillion);
  auto decimals = std::to_string(kMillion + money.millionths % kMillion).substr(1);
  while (decimals.ends_with('0')) decimals.pop_back();
  if (decimals.size() == 1) decimals += '0';  // 12.50, as prices are written
  if (!decimals.empty()) out += "." + decimals;
  if (!money.currency.empty()) out += " " + money.currency;
  return out;
}

}  // namespace muniment::base
