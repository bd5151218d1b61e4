// Amounts of money as people write them: whole numbers of millionths, for fractions of a cent add up.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace muniment::base {

struct Money {
  std::uint64_t millionths = 0;
  std::string currency = {};  // as it was typed: "USD", "€"; empty: nobody said
  friend bool operator==(const Money&, const Money&) = default;
};

inline constexpr std::uint64_t kMillion = 1'000'000;
inline constexpr std::uint64_t kMostMoney = 1'000'000'000;  // in whole units

// "20", "0.005", "12.50 EUR": at most kMostMoney and six decimals; a currency is up to twelve bytes without
// blanks, digits and slashes.  nullopt: it is none of these.
std::optional<Money> read_money(std::string_view text);

// "0.005 USD"; read_money() reads it back.
std::string money_text(const Money& money);

}  // namespace muniment::base
