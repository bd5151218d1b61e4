#include "collect/replay.hpp"

#include <algorithm>
#include <charconv>
#include <deque>
#include <map>

#include "collect/answer.hpp"
#include "collect/append_once.hpp"
#include "collect/former.hpp"
#include "net/url.hpp"
#include "sources/saved.hpp"

namespace muniment::collect {
namespace {

using ledger::Draft;
using ledger::Seq;
using sources::Ask;
using sources::Item;
using sources::Reading;

constexpr std::size_t kMostQuestions = 200'000;

std::string value(const records::Body& body, std::string_view name) {
  return std::string(records::value_of(body, name).value_or(""));
}

// Where a page came from: its address, or that of an answer in a crawl.
std::string origin_of(const ExchangeFacts& facts) {
  if (facts.method != kFromFile) return facts.final_url.empty() ? facts.url : facts.final_url;
  const auto colon = facts.url.rfind(": http");
  return colon == std::string::npos ? std::string() : facts.url.substr(colon + 2);
}

// By what it looks like, when nobody knows what it was asked for.
Result<Reading> read_by_looks(const StoredExchange& exchange) {
  if (exchange.facts.status != 200)
    return Error{Code::kInvalid, "it has status " + std::to_string(exchange.facts.status) + " and no items"};
  const auto format = sources::detect(exchange.page);
  if (!format) return format.error();
  auto reading = sources::read_saved(*format, exchange.page, {origin_of(exchange.facts), {}, {}});
  if (!reading) return reading;
  for (const auto& item : reading->items)
    if (item.interaction.platform != exchange.facts.format)
      return Error{Code::kInvalid, "it looks like " + std::string(sources::format_name(*format)) +
                                       ", and was asked for from " + exchange.facts.format};
  return reading;
}

Result<Reading> read_file_as(sources::Format format, const StoredExchange& exchange,
                             const sources::LocalZone& zone) {
  const auto& facts = exchange.facts;
  if (format->learn != nullptr || facts.part > 1)
    return Error{Code::kInvalid, "it cannot be read without the rest of its export: import that again"};
  if (!format->why_private.empty() && facts.authority.empty())
    return Error{Code::kInvalid, "it is private (" + std::string(format->why_private) + ")"};
  return fitting(sources::read_saved(format, exchange.page, {origin_of(facts), {}, {}, zone}), exchange.page);
}

// The answers of one poll, by address, in their order.
class Answers {
 public:
  Answers(const std::vector<PolledExchange>& exchanges, ledger::Reader& reader) : reader_(reader) {
    for (const auto& one : exchanges) waiting_[one.url].push_back(one.seq);
  }

  // The next answer to a question; nothing when there is none, or an item of it is gone.
  Result<std::optional<StoredExchange>> to(const Ask& ask) {
    const auto found = waiting_.find(net::shown_url(ask.url));
    if (found == waiting_.end() || found->second.empty()) return std::optional<StoredExchange>{};
    const auto seq = found->second.front();
    found->second.pop_front();
    return page(seq);
  }
  Result<std::optional<StoredExchange>> page(Seq seq) {
    auto stored = stored_exchange(reader_, seq);
    if (stored) return std::optional(*std::move(stored));
    if (stored.error().code == Code::kNotFound) return std::optional<StoredExchange>{};
    return stored.error();
  }
  std::vector<Seq> left() const {
    std::vector<Seq> out;
    for (const auto& [url, seqs] : waiting_) out.insert(out.end(), seqs.begin(), seqs.end());
    std::ranges::sort(out);
    return out;
  }

 private:
  ledger::Reader& reader_;
  std::map<std::string, std::deque<Seq>> waiting_;
};

class Recording {
 public:
  Recording(const StoredExchange& exchange, const ReplayRun& run) : exchange_(exchange), run_(run) {}

  Result<ReplayCounts> record(Reading reading) {
    page_ = exchange_.page;
    facts_ = exchange_.facts;
    facts_.left_out.clear();
    if (facts_.credential.empty() && facts_.authority.empty()) {
      const auto before = reading.items.size();
      if (auto left = leave_private_out(page_, reading, facts_); !left) return left.error();
      counts_.withheld = before - reading.items.size();
    }
    describe();
    for (const auto& remark : reading.remarks) facts_.remarks += remark + '\n';
    const auto compose = [&](const ledger::Head& head) { return drafts(head, reading.items); };
    if (run_.dry) {
      const auto head = run_.reader.head();
      if (!head) return head.error();
      if (auto counted = compose(*head); !counted) return counted.error();
      return counts_;
    }
    const auto written = append_once(run_.appender, run_.reader, run_.clock, compose,
                                     [&](const ledger::Entry& entry, const records::Body& body) {
                                       return entry.kind == ledger::kind::kExchange &&
                                              value(body, "method") == kReplay &&
                                              value(body, "of") == facts_.of;
                                     });
    if (!written) return written.error();
    return counts_;
  }

 private:
  // What stands in the first entry need not be said again.
  void describe() {
    facts_.method = kReplay;
    facts_.unread.clear();
    facts_.status = 0;
    facts_.headers.clear();
  }

  Result<std::vector<Draft>> drafts(const ledger::Head& head, std::vector<Item> items) {
    if (auto ready = run_.catalogue.at(head.size); !ready) return ready.error();
    const auto withheld = counts_.withheld;
    counts_ = {};
    counts_.withheld = withheld;
    const auto done = run_.is_done(exchange_.seq);
    if (!done) return done.error();
    if (*done) return std::vector<Draft>{};
    const auto leaf = run_.reader.leaf(exchange_.seq);
    if (!leaf) return leaf.error();
    facts_.of = ledger::citation(exchange_.seq, *leaf);
    if (auto placed = place_in_time(items); !placed) return placed.error();
    auto page = compose_page(head.size, facts_, page_, std::move(items), run_.catalogue, run_.reader);
    if (!page) return page.error();
    counts_.page = page->counts;
    return std::move(page->drafts);
  }

  // What is held in a form that came after this page is not made older again.
  Status place_in_time(std::vector<Item>& items) {
    std::vector<Item> out;
    for (auto& item : items) {
      const auto known = run_.catalogue.find(item.interaction.platform, item.interaction.id);
      if (!known) return known.error();
      const auto came_before = !*known ? Result(true) : is_before(**known);
      if (!came_before) return came_before.error();
      if (*came_before) {
        out.push_back(std::move(item));
        continue;
      }
      const auto content = run_.catalogue.fingerprint(records::version_content(item.interaction));
      if (disposed_ || (*known)->content == content) {
        ++counts_.later;
        continue;
      }
      ++counts_.former;
      make_former(item.interaction, facts_.fetched);
      out.push_back(std::move(item));
    }
    items = std::move(out);
    return {};
  }

  // Was what is held of it fetched before this page?
  Result<bool> is_before(const Known& known) {
    disposed_ = false;
    const auto body = run_.reader.body(known.raw);
    if (!body && body.error().code != Code::kNotFound) return body.error();
    disposed_ = !body;
    return body && known.state == ItemState::kPresent && value(*body, "fetched") <= facts_.fetched;
  }

  const StoredExchange& exchange_;
  const ReplayRun& run_;
  ExchangeFacts facts_;
  std::string page_;
  ReplayCounts counts_;
  bool disposed_ = false;
};

}  // namespace

ReplayCounts& ReplayCounts::operator+=(const ReplayCounts& other) {
  page += other.page;
  former += other.former;
  later += other.later;
  withheld += other.withheld;
  return *this;
}

Status play_poll(sources::Poll& poll, const std::vector<PolledExchange>& exchanges, ledger::Reader& reader,
                 const ReadAgain& visit) {
  Answers answers(exchanges, reader);
  auto first = poll.start();
  std::deque<Ask> queue(std::make_move_iterator(first.begin()), std::make_move_iterator(first.end()));
  for (std::size_t asked = 0; !queue.empty() && asked < kMostQuestions; ++asked) {
    const auto ask = std::move(queue.front());
    queue.pop_front();
    const auto exchange = answers.to(ask);
    if (!exchange) return exchange.error();
    if (!*exchange) continue;
    auto reading = fitting(poll.read(ask, answer_of(**exchange)), (*exchange)->page);
    if (reading) std::ranges::move(reading->next, std::back_inserter(queue));
    if (auto visited = visit(**exchange, std::move(reading)); !visited) return visited;
  }
  for (const auto seq : answers.left()) {
    const auto exchange = answers.page(seq);
    if (!exchange) return exchange.error();
    if (!*exchange) continue;
    auto reading = fitting(read_by_looks(**exchange), (*exchange)->page);
    if (auto visited = visit(**exchange, std::move(reading)); !visited) return visited;
  }
  return {};
}

Result<Reading> read_file_again(const StoredExchange& exchange, const sources::LocalZone& zone) {
  const auto& named = exchange.facts.format;
  if (const auto format = sources::format_named(named); format && !named.empty())
    if (auto reading = read_file_as(*format, exchange, zone)) return reading;
  // Whoever named a format may have named the wrong one.
  const auto format = sources::detect(exchange.page);
  if (!format) return format.error();
  return read_file_as(*format, exchange, zone);
}

Result<ReplayCounts> record_again(const StoredExchange& exchange, Reading reading, const ReplayRun& run) {
  return Recording(exchange, run).record(std::move(reading));
}

Result<Differences> differences(const StoredExchange& exchange, const Reading& reading,
                                ledger::Reader& reader) {
  using Name = std::pair<std::string, std::string>;
  std::map<Name, std::string> held;  // content of each version that stands in the page
  for (auto seq : exchange.holders) {
    const auto entry = reader.entry(seq);
    if (!entry) return entry.error();
    auto body = reader.body(seq);
    if (!body) return body.error();
    if (entry->kind == ledger::kind::kSeenAgain) {
      const auto of = value(*body, "of");
      std::from_chars(of.data(), of.data() + of.size(), seq);
      body = reader.body(seq);
      if (!body && body.error().code == Code::kNotFound) continue;
      if (!body) return body.error();
    }
    const auto item = records::interaction_of(*body);
    held[{item.platform, item.id}] = records::version_content(item);
  }
  Differences out;
  for (const auto& item : reading.items) {
    if (item.length == 0) continue;
    const auto found = held.find({item.interaction.platform, item.interaction.id});
    if (found == held.end()) {
      out.missing += item.why_private.empty();
      continue;
    }
    ++out.compared;
    out.different += found->second != records::version_content(item.interaction);
  }
  return out;
}

}  // namespace muniment::collect
