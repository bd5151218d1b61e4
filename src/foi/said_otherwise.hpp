// Dates and short numbers that are withheld, where a text says them in another way: "12/06/1980" and "June
// 12th, 1980"; the age, the number of a house.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "foi/found.hpp"

namespace muniment::foi {

class SaidOtherwise {
 public:
  // A stretch of withheld words.  Its dates: three numbers in a row, or two and the English name of a month;
  // what may be a day or a month is taken for both, and of two digits a year is of this century or of the
  // last.  As a short number only what is all of the stretch, of two to four digits.
  void add(std::string_view run, const std::string& from);

  bool empty() const { return dates_.empty() && numbers_.empty(); }
  // The first date.
  std::optional<Found> find_date(std::string_view text) const;
  // The first short number, with its bundle::Word::hash.
  std::optional<std::pair<Found, std::uint64_t>> find_number(std::string_view text) const;

 private:
  std::map<std::uint32_t, std::string> dates_;    // year, month and day as one number
  std::map<std::uint64_t, std::string> numbers_;  // by bundle::Word::hash
};

}  // namespace muniment::foi
