#include "sources/car.hpp"

#include "base/bytes.hpp"
#include "base/sha256.hpp"
#include "sources/dag_cbor.hpp"
#include "sources/json_page.hpp"

namespace muniment::sources {
namespace {

constexpr std::string_view kSha256 = "\x12\x20";  // of a multihash: the function, and how long its value is

// A number in groups of seven bits, least first (LEB128); false: it breaks off or is too large.
bool take_number(std::string_view& bytes, std::uint64_t& number) {
  number = 0;
  for (unsigned shift = 0; shift < 63 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    number |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
    if ((byte & 0x80U) == 0) return true;
  }
  return false;
}

// Of a block that begins with a CID of version 1; 0: it does not.
std::size_t cid_length(std::string_view block) {
  auto rest = block;
  std::uint64_t version = 0;
  std::uint64_t codec = 0;
  if (!take_number(rest, version) || version != 1 || !take_number(rest, codec)) return 0;
  auto hash = rest;
  std::uint64_t function = 0;
  std::uint64_t size = 0;
  if (!take_number(hash, function) || !take_number(hash, size) || size > hash.size()) return 0;
  return block.size() - hash.size() + static_cast<std::size_t>(size);
}

bool matches(std::string_view cid, std::string_view data) {
  if (cid.size() != 36 || cid.substr(2, 2) != kSha256) return false;
  return base::view(base::sha256(data)) == cid.substr(4);
}

Error no_car(const char* why) {
  return {Code::kInvalid, std::string("the file is no CAR: ") + why,
          "The bytes are kept as they came; nothing was read from them."};
}

}  // namespace

Result<Car> read_car(std::string_view bytes) {
  Car car;
  auto rest = bytes;
  std::uint64_t length = 0;
  if (!take_number(rest, length) || length == 0 || length > rest.size()) return no_car("it has no header");
  const auto header = json_of_cbor(rest.substr(0, static_cast<std::size_t>(length)));
  if (!header) return no_car("its header cannot be read");
  rest.remove_prefix(static_cast<std::size_t>(length));
  const auto page = JsonPage::parse(*header);
  if (!page || page->root().field("version").number() != 1) return no_car("its version is not 1");
  for (JsonList root(page->root().field("roots")); root; root.next())
    car.roots.emplace_back(root.value().field("$link").text());
  while (!rest.empty() && car.blocks.size() + car.mismatched < kMostBlocks) {
    if (!take_number(rest, length) || length > rest.size()) {
      car.cut_short = true;
      break;
    }
    const auto block = rest.substr(0, static_cast<std::size_t>(length));
    rest.remove_prefix(block.size());
    const auto named = cid_length(block);
    const auto cid = block.substr(0, named);
    const auto data = block.substr(named);
    if (named == 0 || !matches(cid, data)) {
      ++car.mismatched;
      continue;
    }
    const auto offset = static_cast<std::size_t>(data.data() - bytes.data());
    car.blocks.emplace(cid_text(cid), Slice{offset, data.size()});
  }
  return car;
}

}  // namespace muniment::sources
