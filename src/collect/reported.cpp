#include "collect/reported.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/utf8.hpp"
#include "records/body.hpp"
#include "records/interaction.hpp"

namespace muniment::collect {
namespace {

using ledger::Seq;
using sources::Fate;
using sources::Verdict;

constexpr std::size_t kMostHolders = 256;

bool says_something(const Verdict& verdict) {
  return verdict.fate == Fate::kGone || verdict.fate == Fate::kBarred;
}

Seq number_in(const records::Body& body, std::string_view name) {
  Seq seq = 0;
  const auto digits = records::value_of(body, name).value_or("");
  std::from_chars(digits.data(), digits.data() + digits.size(), seq);
  return seq;
}

// What is said of an item under one of its names.
struct Claim {
  const Verdict& verdict;
  std::string_view platform;
  std::size_t number;  // of the verdict
};

// Mastodon's interface and ActivityPub call a post by the same address, and an account by one of two.
std::vector<Claim> in_all_names(std::span<const Verdict> verdicts) {
  std::vector<Claim> out;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const auto& verdict = verdicts[i];
    if (!says_something(verdict)) continue;
    out.push_back({verdict, verdict.platform, i});
    if (verdict.platform == "activitypub") out.push_back({verdict, "mastodon", i});
  }
  return out;
}

std::vector<std::string> names_of(const std::string& account) {
  std::vector<std::string> names = {account};
  if (const auto at = account.find("/users/"); at != std::string::npos)
    names.push_back(account.substr(0, at) + "/@" + account.substr(at + 7));
  return names;
}

class Composer {
 public:
  Composer(const PageNotices& notices, PageEntries& page, Catalogue& catalogue, ledger::Reader& reader)
      : notices_(notices), page_(page), catalogue_(catalogue), reader_(reader) {}

  // True: it was written.
  Result<bool> add(const Claim& claim, const Known& known) {
    const auto& verdict = claim.verdict;
    if (known.state == ItemState::kDeleted || known.state == ItemState::kReported) return false;
    if (verdict.fate == Fate::kBarred && known.state == ItemState::kUnavailable) return false;
    const auto old = was_judged(claim);
    if (!old) return old.error();
    if (*old) return false;
    const auto author = is_of_author(verdict, known);
    if (!author) return author.error();
    if (!*author) return void(++out_.not_believed), false;
    if (auto written = write(claim, known); !written) return written.error();
    return true;
  }

  ReportCounts& counts() { return out_; }

 private:
  // Was the item held when this page was last read, or has this page been taken at its word?
  Result<bool> was_judged(const Claim& claim) {
    if (notices_.judged_once) return false;
    if (!looked_) {
      auto read = catalogue_.read_before(notices_.digest);
      if (!read) return read.error();
      read_ = *read;
      looked_ = true;
    }
    if (!read_) return false;
    const ItemName item{claim.platform, claim.verdict.id};
    const auto holders = catalogue_.holders(item, kMostHolders);
    if (!holders) return holders.error();
    if (!holders->empty() && holders->back() < *read_) return true;
    return was_reported(item);
  }

  Result<bool> was_reported(const ItemName& item) {
    const auto reports = catalogue_.reports(item, kMostHolders);
    if (!reports) return reports.error();
    for (const auto seq : *reports) {
      const auto report = reader_.body(seq);
      if (!report && report.error().code != Code::kNotFound) return report.error();
      if (!report) continue;
      const auto exchange = reader_.body(number_in(*report, "exchange"));
      if (!exchange && exchange.error().code != Code::kNotFound) return exchange.error();
      if (exchange && records::value_of(*exchange, "payload.sha256") == notices_.digest) return true;
    }
    return false;
  }

  // Nobody else may say that it is gone; where no author is known, its server was asked by the reader.
  Result<bool> is_of_author(const Verdict& verdict, const Known& known) {
    if (verdict.by.empty()) return true;
    const auto names = names_of(verdict.by);
    if (known.author != 0)
      return std::ranges::any_of(
          names, [&](const auto& name) { return catalogue_.fingerprint(name) == known.author; });
    const auto body = reader_.body(known.version);
    if (!body && body.error().code == Code::kNotFound) return true;
    if (!body) return body.error();
    const auto author = records::text_of(*body, "author.id").value_or("");
    return author.empty() || std::ranges::find(names, author) != names.end();
  }

  Status write(const Claim& claim, Known known) {
    const auto& verdict = claim.verdict;
    records::BodyBuilder body;
    body.add("platform", std::string(claim.platform)).add("id", verdict.id);
    const auto leaf = reader_.leaf(known.version);
    if (!leaf && leaf.error().code != Code::kNotFound) return leaf.error();
    if (leaf)
      body.add("of", ledger::citation(known.version, *leaf));
    else
      body.add_number("of", known.version);
    body.add_number("exchange", notices_.exchange).add("fetched", notices_.fetched);
    body.add("says", verdict.fate == Fate::kGone ? "deleted" : "unavailable");
    body.add("words", base::to_valid_utf8(verdict.words)).add("since", verdict.since);
    body.add("by", base::to_valid_utf8(verdict.by));
    if (known.state == ItemState::kPresent) known.state = ItemState::kReported;
    catalogue_.note(claim.platform, verdict.id, known);
    page_.drafts.push_back({std::string(ledger::kind::kReported), body.build()});
    page_.fingerprints.emplace_back();
    ++out_.written;
    return {};
  }

  const PageNotices& notices_;
  PageEntries& page_;
  Catalogue& catalogue_;
  ledger::Reader& reader_;
  ReportCounts out_;
  bool looked_ = false;
  std::optional<Seq> read_;
};

}  // namespace

ReportCounts& ReportCounts::operator+=(const ReportCounts& other) {
  written += other.written;
  not_held += other.not_held;
  not_believed += other.not_believed;
  return *this;
}

Result<PageCounts> take_markers(sources::Reading& reading, Catalogue& catalogue) {
  std::vector<ItemName> names;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < reading.items.size(); ++i) {
    const auto& item = reading.items[i];
    if (item.fate == Fate::kPresent) continue;
    names.push_back({item.interaction.platform, item.interaction.id});
    places.push_back(i);
  }
  if (names.empty()) return PageCounts{};
  const auto known = catalogue.find(names);
  if (!known) return known.error();
  std::vector<bool> taken(reading.items.size(), false);
  for (std::size_t i = 0; i < places.size(); ++i) {
    auto& item = reading.items[places[i]];
    const auto& held = (*known)[i];
    if (held && held->content == catalogue.fingerprint(records::version_content(item.interaction))) continue;
    taken[places[i]] = held.has_value();
    reading.verdicts.push_back(
        {item.interaction.id, item.fate, 0, std::string(item.fate_words), item.interaction.platform, {}, {}});
  }
  std::size_t at = 0;
  const auto count = std::erase_if(reading.items, [&](const auto&) { return taken[at++]; });
  PageCounts counts;
  counts.read = counts.unchanged = count;
  return counts;
}

Result<Reports> add_reports(const PageNotices& notices, PageEntries& page, Catalogue& catalogue,
                            ledger::Reader& reader) {
  const auto all = in_all_names(notices.verdicts);
  if (all.empty()) return Reports{};
  std::vector<ItemName> names;
  names.reserve(all.size());
  for (const auto& claim : all) names.push_back({claim.platform, claim.verdict.id});
  const auto known = catalogue.find(names);
  if (!known) return known.error();
  Composer composer(notices, page, catalogue, reader);
  std::set<std::size_t> not_held, held, just_come;
  for (std::size_t i = 0; i < all.size(); ++i) {
    ((*known)[i] ? held : not_held).insert(all[i].number);
    if (!(*known)[i]) continue;
    // The same notice may stand in the page twice.
    const auto now = catalogue.find(names[i].platform, names[i].id);
    if (!now) return now.error();
    const auto added = composer.add(all[i], **now);
    if (!added) return added.error();
    if (*added && (*now)->version > notices.exchange) just_come.insert(all[i].number);
  }
  std::erase_if(not_held, [&](auto number) { return held.contains(number); });
  composer.counts().not_held = not_held.size();
  return Reports{composer.counts(), {not_held.begin(), not_held.end()}, {just_come.begin(), just_come.end()}};
}

}  // namespace muniment::collect
