#include "collect/part_reader.hpp"

#include <algorithm>
#include <utility>

#include "base/time.hpp"
#include "collect/claims.hpp"
#include "sources/private_marks.hpp"
#include "sources/withhold.hpp"

namespace muniment::collect {
namespace {

Error unread_and_private(const Error& unread, std::string_view why) {
  return {Code::kDenied,
          unread.what + "; it seems to hold " + std::string(why) +
              ", which may be private, so nothing of it was kept",
          "put the file right, or ask for it again; with --include-private AUTHORITY its bytes are kept as "
          "they are"};
}

std::string_view digest_of(const ledger::Draft& exchange) {
  return records::value_of(exchange.body, "payload.sha256").value_or("");
}

void note_withheld(const sources::Withheld& withheld, ExchangeFacts& facts, ImportOutcome& outcome) {
  for (const auto& [why, count] : withheld.items) outcome.withheld[why] += count;
  for (const auto& place : withheld.places)
    facts.left_out += std::to_string(place.offset) + ' ' + std::to_string(place.length) + '\n';
}

void note_remarks(const std::string& path, const sources::Reading& reading, ImportOutcome& outcome) {
  for (const auto& remark : reading.remarks)
    if (outcome.remarks.size() < kMostFileRemarks) outcome.remarks.push_back({path, remark});
}

}  // namespace

Result<PageEntries> PartReader::read(const SavedFiles& saved, SavedPart part, ledger::Seq first,
                                     ImportOutcome& outcome) {
  ExchangeFacts facts;
  if (part.format == nullptr || part.format->may_hold_credentials)
    facts.withheld = sources::mask_credentials(part.bytes).size();
  auto reading = fitting(saved.read(part), part.bytes);
  if (reading && part.is_whole && sources::holds_nothing(*reading)) {
    if (!part.is_named) return outcome.passed_over.add(std::move(part.name)), PageEntries{};
    reading = sources::nothing_in(*reading);
  }
  if (part.number == 1) ++outcome.files;
  // Before anything is taken out: a number is the same with an authority and without.
  if (reading) alike_.number(part.number, reading->items);
  if (!may_be_kept(part, reading, facts, outcome)) return PageEntries{};
  describe(part, reading, facts);
  if (reading) note_remarks(part.name, *reading, outcome);
  return compose(part, std::move(reading), facts, first, outcome);
}

// Takes out of the part and its reading what is private.
bool PartReader::may_be_kept(SavedPart& part, Result<sources::Reading>& reading, ExchangeFacts& facts,
                             ImportOutcome& outcome) const {
  if (!reading) {
    const auto why = authority_.empty() ? sources::marked_private(part.bytes) : std::string_view{};
    outcome.refused.push_back(
        {part.name, why.empty() ? reading.error() : unread_and_private(reading.error(), why), why.empty()});
    return why.empty();
  }
  if (!authority_.empty()) return true;
  const auto withheld = sources::withhold_private(part.bytes, *reading);
  if (!withheld) {
    outcome.refused.push_back({part.name, withheld.error(), false});
    return false;
  }
  note_withheld(*withheld, facts, outcome);
  // Where nothing else was there, what remains is what stood around it: the name of a chat, say.
  const bool is_all = !withheld->places.empty() && reading->items.empty() && reading->verdicts.empty();
  if (is_all) note_remarks(part.name, *reading, outcome);
  return !is_all;
}

void PartReader::describe(const SavedPart& part, const Result<sources::Reading>& reading,
                          ExchangeFacts& facts) const {
  facts.method = kFromFile;
  facts.url = part.name;
  facts.fetched = base::to_rfc3339(clock_.now());
  facts.crawled = part.crawled;
  if (part.format != nullptr) facts.format = sources::format_name(part.format);
  if (!part.is_whole) {
    facts.part = part.number;
    facts.part_from = part.offset;
  }
  if (part.format != nullptr && !part.format->why_private.empty()) facts.authority = authority_;
  if (!reading) {
    facts.unread = reading.error().what;
    return;
  }
  for (const auto& remark : reading->remarks) facts.remarks += remark + '\n';
  if (sources::holds_private(*reading)) facts.authority = authority_;
}

Result<PageEntries> PartReader::compose(const SavedPart& part, Result<sources::Reading> reading,
                                        const ExchangeFacts& facts, ledger::Seq first,
                                        ImportOutcome& outcome) {
  const auto as = read_as(reading, catalogue_);
  if (pages_.has(part.bytes, as)) {
    const auto count = reading ? reading->items.size() : 0;
    outcome.counts += {.read = count, .unchanged = count};
    return PageEntries{};
  }
  const auto markers = reading ? take_markers(*reading, catalogue_) : PageCounts{};
  if (!markers) return markers.error();
  auto items = reading ? std::move(reading->items) : std::vector<sources::Item>{};
  auto page = compose_page(first, facts, part.bytes, std::move(items), catalogue_, reader_, settle_);
  if (!page) return page;
  if (reading) {
    const auto reports = notices_.judge(std::move(reading->verdicts), first, *page);
    if (!reports) return reports.error();
    outcome.reports += *reports;
  }
  for (const auto& id : page->collided)
    if (outcome.remarks.size() < kMostFileRemarks)
      outcome.remarks.push_back({part.name, claimed_by_several(id)});
  outcome.counts += *markers;
  outcome.counts += page->counts;
  const auto& exchange = page->drafts.front();
  pages_.add(digest_of(exchange), part.bytes.size(), as, first);
  const auto repeated = page->drafts.size() == 1 ? came_before(exchange) : Result<bool>(false);
  if (!repeated) return repeated.error();
  return *repeated ? PageEntries{} : std::move(page);
}

// A page that is held already, as it was read then, is no record a second time.
Result<bool> PartReader::came_before(const ledger::Draft& exchange) const {
  const auto page = digest_of(exchange);
  if (records::bytes_of(exchange.body, "unread")) return catalogue_.kept_unread(page);
  const auto read = catalogue_.read_before(page);
  if (!read) return read.error();
  return read->has_value();
}

// Items without names are numbered through their whole file.
void PartReader::pass_by(const SavedFiles& saved, const SavedPart& part) {
  if (auto reading = saved.read(part)) alike_.number(part.number, reading->items);
}

Result<PageEntries> PartReader::judge_again(std::size_t page, ImportOutcome& outcome) {
  PageEntries late;
  const auto reports = notices_.judge_again(page, late);
  if (!reports) return reports.error();
  outcome.reports += *reports;
  return late;
}

void PartReader::forget_from(ledger::Seq first) {
  pages_.forget_from(first);
  notices_.forget_from(first);
}

}  // namespace muniment::collect
