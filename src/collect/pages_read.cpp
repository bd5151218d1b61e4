#include "collect/pages_read.hpp"

#include <charconv>
#include <string>

#include "base/bytes.hpp"
#include "base/sha256.hpp"

namespace muniment::collect {

std::uint64_t read_as(const Result<sources::Reading>& reading, const Catalogue& catalogue) {
  if (!reading) return 0;
  std::string names;
  for (const auto& item : reading->items) {
    names += item.interaction.platform;
    names.push_back('\n');
    names += item.interaction.id;
    names.push_back('\n');
  }
  return catalogue.fingerprint(names);
}

PagesRead::Key PagesRead::key_of(std::string_view digest, std::uint64_t as) {
  constexpr std::size_t kDigits = 16;
  Key key{0, 0, as};
  for (const std::size_t half : {0U, 1U}) {
    const auto digits = digest.substr(half * kDigits, kDigits);
    std::from_chars(digits.data(), digits.data() + digits.size(), key[half], 16);
  }
  return key;
}

bool PagesRead::has(std::string_view page, std::uint64_t as) const {
  return sizes_.contains(page.size()) && pages_.contains(key_of(base::to_hex(base::sha256(page)), as));
}

void PagesRead::add(std::string_view digest, std::size_t size, std::uint64_t as, ledger::Seq exchange) {
  pages_.emplace(key_of(digest, as), exchange);
  sizes_.insert(size);
}

void PagesRead::forget_from(ledger::Seq exchange) {
  std::erase_if(pages_, [&](const auto& page) { return page.second >= exchange; });
}

}  // namespace muniment::collect
