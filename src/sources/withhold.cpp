#include "sources/withhold.hpp"

#include <algorithm>

namespace muniment::sources {
namespace {

constexpr std::string_view kNames[] = {"access_token", "client_secret", "refresh_token", "appsecret_proof"};

bool is_of_token(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' ||
         c == '.' || c == '|' || c == '%' || c == '~' || c == '+' || c == '/';
}

// Where the value begins that follows a name: after "=", or after "\": \"" in JSON; npos: none does.
std::size_t value_after(std::string_view bytes, std::size_t at) {
  if (at < bytes.size() && bytes[at] == '=') return at + 1;
  if (bytes.substr(at).starts_with("%3D")) return at + 3;
  if (bytes.substr(at).starts_with("\\u003d")) return at + 6;
  if (at >= bytes.size() || bytes[at] != '"') return std::string_view::npos;
  at = bytes.find_first_not_of(" \t\r\n", at + 1);
  if (at == std::string_view::npos || bytes[at] != ':') return std::string_view::npos;
  at = bytes.find_first_not_of(" \t\r\n", at + 1);
  return at != std::string_view::npos && bytes[at] == '"' ? at + 1 : std::string_view::npos;
}

}  // namespace

namespace {

struct Cutout {
  Slice place;               // in the bytes as they were
  std::string_view instead;  // what stands there now
};

// How many bytes fewer the cutouts within [begin, end) leave.
std::size_t shortened(const std::vector<Cutout>& cutouts, std::size_t begin, std::size_t end) {
  std::size_t less = 0;
  const auto first =
      std::ranges::lower_bound(cutouts, begin, {}, [](const Cutout& one) { return one.place.offset; });
  for (auto one = first; one != cutouts.end() && one->place.offset < end; ++one)
    less += one->place.length - one->instead.size();
  return less;
}

std::string without(const std::string& bytes, const std::vector<Cutout>& cutouts) {
  std::string rest;
  std::size_t copied = 0;
  for (const auto& [place, instead] : cutouts) {
    rest.append(bytes, copied, place.offset - copied).append(instead);
    copied = place.offset + place.length;
  }
  return rest.append(bytes, copied);
}

}  // namespace

Result<Withheld> withhold_private(std::string& bytes, Reading& reading) {
  Withheld out;
  if (std::ranges::all_of(reading.items, [](const Item& item) { return item.why_private.empty(); }))
    return out;
  std::vector<Item> kept;
  std::vector<Cutout> cutouts;
  std::size_t inside = 0;  // end of the private item that was met last, and why it is private
  std::string_view why;
  for (auto& item : reading.items) {
    const bool lies_inside = item.length != 0 && item.offset < inside;
    if (item.why_private.empty() && !lies_inside) {
      kept.push_back(std::move(item));
      continue;
    }
    if (item.length == 0)
      return Error{Code::kDenied,
                   "it holds " + std::string(item.why_private) +
                       " that cannot be parted from the rest; nothing of it was kept",
                   "With --include-private AUTHORITY it is kept, and the authority recorded."};
    ++out.items[std::string(lies_inside ? why : item.why_private)];
    if (lies_inside) continue;
    why = item.why_private;
    inside = item.offset + item.length;
    cutouts.push_back({{item.offset, item.length}, bytes[item.offset] == '{' ? "{}" : ""});
    out.places.push_back(cutouts.back().place);
  }
  std::size_t before = 0;  // bytes fewer before the item
  std::size_t at = 0;
  for (auto& item : kept) {
    if (item.length == 0) continue;
    for (; at < cutouts.size() && cutouts[at].place.offset < item.offset; ++at)
      before += cutouts[at].place.length - cutouts[at].instead.size();
    item.length -= shortened(cutouts, item.offset, item.offset + item.length);
    item.offset -= before;
  }
  if (!cutouts.empty()) bytes = without(bytes, cutouts);
  reading.items = std::move(kept);
  return out;
}

std::vector<Slice> mask_credentials(std::string& bytes) {
  std::vector<Slice> out;
  for (const auto name : kNames)
    for (auto at = bytes.find(name); at != std::string::npos; at = bytes.find(name, at)) {
      at += name.size();
      const auto begin = value_after(bytes, at);
      if (begin == std::string_view::npos) continue;
      auto end = begin;
      while (end < bytes.size() && is_of_token(bytes[end])) ++end;
      if (end == begin) continue;
      std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(begin),
                bytes.begin() + static_cast<std::ptrdiff_t>(end), 'x');
      out.push_back({begin, end - begin});
      at = end;
    }
  std::ranges::sort(out, {}, &Slice::offset);
  return out;
}

}  // namespace muniment::sources
