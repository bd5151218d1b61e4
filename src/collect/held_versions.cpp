#include "collect/held_versions.hpp"

#include <charconv>
#include <utility>

#include "collect/former.hpp"
#include "sources/retold.hpp"
#include "sources/x_retold.hpp"

namespace muniment::collect {
namespace {

using ledger::Draft;
using ledger::Seq;

constexpr std::string_view kRetold = "x";

// By what was noted of it: X's interfaces say of one post what they like, and are saved as one format.
bool is_told_apart(const records::Interaction& item, std::uint64_t told, const Known& known) {
  return item.platform != kRetold || (told != 0 && known.told != 0 && told != known.told);
}

Seq number_in(std::string_view text) {
  Seq seq = 0;
  std::from_chars(text.data(), text.data() + text.size(), seq);
  return seq;
}

}  // namespace

std::uint64_t told_of(const records::Interaction& item, const Catalogue& catalogue) {
  if (item.platform != kRetold) return 0;
  std::string words;
  return sources::append_common_words(words, item) ? catalogue.fingerprint(words) : 0;
}

Result<Otherwise> HeldVersions::compare(const records::Interaction& item, std::uint64_t told,
                                        const Known& known, bool is_file, std::span<const Draft> here) {
  if (is_file && known.state == ItemState::kDeleted) return Otherwise::kEarlier;
  const auto edited = time_of_edit(item);
  const auto judge = [&](std::int64_t held_edited, bool same_format) {
    return is_file && is_earlier_form(edited, held_edited, same_format) ? Otherwise::kEarlier
                                                                        : Otherwise::kEdited;
  };
  if (known.format == fingerprint_ && is_told_apart(item, told, known)) return judge(known.edited, true);
  const auto held = read(known.version, here);
  if (!held) return held.error();
  if (!*held) return Otherwise::kEdited;
  const auto& [says, format] = **held;
  if (const auto same = same_told_otherwise(item, says, format, is_file);
      same != Otherwise::kEdited && known.state == ItemState::kPresent)
    return same;
  return judge(time_of_edit(says), format == format_);
}

Otherwise HeldVersions::same_told_otherwise(const records::Interaction& item,
                                            const records::Interaction& held,
                                            const std::optional<std::string>& format, bool is_file) const {
  const auto told = sources::retold(item, held);
  if (told == sources::Retold::kLess || (told == sources::Retold::kSame && is_file))
    return Otherwise::kSaysLess;
  if (told == sources::Retold::kMore) return Otherwise::kSaysMore;
  if (!format || *format == format_) return Otherwise::kEdited;
  if (records::leaves_out_only(item, held)) return Otherwise::kSaysLess;
  return records::leaves_out_only(held, item) ? Otherwise::kSaysMore : Otherwise::kEdited;
}

Result<std::optional<HeldVersions::Held>> HeldVersions::read(Seq version, std::span<const Draft> here) {
  auto found = body(version, here);
  if (!found) return found.error();
  if (!*found) return std::optional<Held>();
  Held out{records::interaction_of(**found), {}};
  const auto exchange = number_in(records::value_of(**found, "exchange").value_or(""));
  if (exchange == first_) {
    out.format = format_;
    return std::optional(std::move(out));
  }
  auto brought = body(exchange, here);
  if (!brought) return brought.error();
  if (*brought) out.format = records::value_of(**brought, "format").value_or("");
  return std::optional(std::move(out));
}

Result<std::optional<records::Body>> HeldVersions::body(Seq seq, std::span<const Draft> here) {
  if (seq >= first_ && seq - first_ < here.size()) return std::optional(here[seq - first_].body);
  auto read = reader_.body(seq);
  if (read) return std::optional(*std::move(read));
  if (read.error().code == Code::kNotFound) return std::optional<records::Body>();
  return read.error();
}

bool waits_for_what_is_on_its_way(const std::vector<sources::Item>& items,
                                  const std::vector<std::optional<Known>>& known, std::string_view format,
                                  const Catalogue& catalogue) {
  const auto indexed = catalogue.indexed();
  const auto same_format = catalogue.fingerprint(format);
  std::string content;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!known[i] || known[i]->version < indexed) continue;
    const auto& item = items[i].interaction;
    if (known[i]->format == same_format && is_told_apart(item, told_of(item, catalogue), *known[i])) continue;
    content.clear();
    records::append_version_content(content, item);
    if (catalogue.fingerprint(content) != known[i]->content) return true;
  }
  return false;
}

}  // namespace muniment::collect
