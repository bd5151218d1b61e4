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

class Cutting {
 public:
  explicit Cutting(std::string& bytes) : bytes_(bytes) {}

  void take_aside(const Aside& aside) {
    if (aside.place.offset < inside_) return;
    take(aside.place, aside.why_private);
    ++asides_[std::string(why_)];
  }

  // Is it private, or within what is?
  bool takes(const Item& item) {
    const bool lies_inside = item.length != 0 && item.offset < inside_;
    if (item.why_private.empty() && !lies_inside) return false;
    if (item.length == 0) return true;
    if (!lies_inside) take({item.offset, item.length}, item.why_private);
    ++out_.items[std::string(why_)];
    return true;
  }

  // `kept`: the other items, which are moved to where they stand then.
  Withheld cut(std::vector<Item>& kept) {
    out_.items.merge(asides_);
    std::size_t before = 0;  // bytes fewer before the item
    std::size_t at = 0;
    for (auto& item : kept) {
      if (item.length == 0) continue;
      for (; at < cutouts_.size() && cutouts_[at].place.offset < item.offset; ++at)
        before += cutouts_[at].place.length - cutouts_[at].instead.size();
      item.length -= shortened(cutouts_, item.offset, item.offset + item.length);
      item.offset -= before;
    }
    if (!cutouts_.empty()) bytes_ = without(bytes_, cutouts_);
    return std::move(out_);
  }

 private:
  void take(Slice place, std::string_view why) {
    why_ = why;
    inside_ = place.offset + place.length;
    cutouts_.push_back({place, bytes_[place.offset] == '{' ? "{}" : ""});
    out_.places.push_back(place);
  }

  std::string& bytes_;
  Withheld out_;
  std::vector<Cutout> cutouts_;
  std::size_t inside_ = 0;  // end of what was taken out last, and why it was
  std::string_view why_;
  decltype(out_.items) asides_;  // as out_.items
};

}  // namespace

bool holds_private(const Reading& reading) {
  return !reading.asides.empty() ||
         std::ranges::any_of(reading.items, [](const Item& item) { return !item.why_private.empty(); });
}

Result<Withheld> withhold_private(std::string& bytes, Reading& reading) {
  if (!holds_private(reading)) return Withheld{};
  Cutting cutting(bytes);
  std::vector<Item> kept;
  auto aside = reading.asides.begin();
  for (auto& item : reading.items) {
    for (; item.length != 0 && aside != reading.asides.end() && aside->place.offset <= item.offset; ++aside)
      cutting.take_aside(*aside);
    if (!cutting.takes(item))
      kept.push_back(std::move(item));
    else if (item.length == 0)
      return Error{Code::kDenied,
                   "it holds " + std::string(item.why_private) +
                       " that cannot be parted from the rest; nothing of it was kept",
                   "With --include-private AUTHORITY it is kept, and the authority recorded."};
  }
  for (; aside != reading.asides.end(); ++aside) cutting.take_aside(*aside);
  auto out = cutting.cut(kept);
  reading.items = std::move(kept);
  reading.asides.clear();
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
