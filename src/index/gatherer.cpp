#include "index/gatherer.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <utility>

#include "base/check.hpp"
#include "base/time.hpp"
#include "index/columns.hpp"
#include "index/part.hpp"
#include "index/words.hpp"

namespace muniment::index {
namespace {

using ledger::kind::kBarred;
using ledger::kind::kCapture;
using ledger::kind::kContact;
using ledger::kind::kCoverage;
using ledger::kind::kDeletion;
using ledger::kind::kEdit;
using ledger::kind::kExchange;
using ledger::kind::kMedia;
using ledger::kind::kReported;
using ledger::kind::kSeenAgain;
using ledger::kind::kSource;

constexpr std::size_t kMostText = 32U << 20;
// Accounts whose names are remembered; when full it starts over, which costs look-ups and nothing else.
constexpr std::size_t kMostRemembered = 100'000;

// Entries of which a register is kept.
bool is_registered(std::string_view kind, const records::Body& body) {
  using namespace ledger::kind;
  if (kind == kExchange)
    return records::bytes_of(body, "unread").has_value() || records::value_of(body, "method") == "REPLAY";
  return kind == kSource || kind == kGap || kind == kSpotting || kind == kPossible || kind == kJudged ||
         kind == kSearch || kind == kDisclosure;
}

bool is_from_outside(const records::Body& body) {
  const auto method = records::value_of(body, "method");
  return method != "FILE" && method != "REPLAY";
}
// What was polled has a source.
bool is_file(const records::Body& body) {
  return !is_from_outside(body) && !records::value_of(body, "source");
}
bool is_polled(const records::Body& body) {
  return is_from_outside(body) && records::value_of(body, "source");
}

std::string_view given(const records::Body& body, std::string_view name) {
  return records::value_of(body, name).value_or(std::string_view{});
}

// The number that a text begins with: of "<seq> <leaf>" the first; 0 when there is none.
std::uint64_t number_in(std::string_view text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::int64_t milliseconds(std::string_view time) {
  const auto parsed = base::parse_rfc3339(time);
  return parsed ? parsed->time_since_epoch().count() : 0;
}

// The value of a header in "name: value" lines; empty when it is not there.  `name` in lower case.
std::string_view header(std::string_view lines, std::string_view name) {
  while (!lines.empty()) {
    const auto end = lines.find('\n');
    const auto line = lines.substr(0, end);
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    if (line.size() <= name.size() || line[name.size()] != ':') continue;
    bool same = true;
    for (std::size_t i = 0; i < name.size() && same; ++i) same = (line[i] | 0x20) == (name[i] | 0x20);
    if (!same) continue;
    const auto from = line.find_first_not_of(" \t", name.size() + 1);
    if (from == std::string_view::npos) return {};
    return line.substr(from, line.find_last_not_of(" \t\r") + 1 - from);
  }
  return {};
}

// Adds a name that is not there yet; answers its place.
std::size_t place_in(std::vector<std::string>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  names.emplace_back(name);
  return names.size() - 1;
}

}  // namespace

void Gathered::drop_before(ledger::Seq seq) {
  if (seq <= first) return;
  first = std::min(seq, end);
  const auto kept = std::partition_point(versions.begin(), versions.end(),
                                         [&](const Version& version) { return version.seq < seq; });
  const auto dropped = static_cast<std::size_t>(kept - versions.begin());
  versions.erase(versions.begin(), kept);
  std::erase_if(events, [&](const Event& event) { return event.seq < seq; });
  for (auto& event : events)
    if (event.what == What::kVersion) event.version -= dropped;
  std::erase_if(rows, [&](const GatheredRow& row) { return row.seq < seq; });
}

bool Gatherer::full() const {
  return out_.end - out_.first >= static_cast<ledger::Seq>(kPartDocuments) || out_.text.size() >= kMostText;
}

Gathered Gatherer::take() {
  Gathered out = std::exchange(out_, {});
  out_.first = out_.end = out.end;
  return out;
}

void Gatherer::reset() {
  out_ = {};
  accounts_.clear();
}

void Gatherer::add(const Decoded& decoded) {
  const auto& entry = decoded.entry;
  if (out_.empty()) out_.first = out_.end = entry.seq;
  MUNIMENT_CHECK(entry.seq == out_.end, "entries reach the index in order and without gaps");
  out_.end = entry.seq + 1;
  out_.root = entry.root;
  if (decoded.body == nullptr) return;
  const auto& body = *decoded.body;
  const std::string_view kind = entry.kind;
  if (is_registered(kind, body)) out_.rows.push_back({entry.seq, Registered{entry.seq, entry.kind}});
  if (kind == kCapture || kind == kEdit || kind == kContact) return add_version(entry, body, decoded.digests);
  if (kind == kExchange) return add_answer(entry, body);
  if (kind == kMedia) return add_media(entry, body);
  if (kind == kSeenAgain) return add_event(entry, body, What::kSeenAgain);
  if (kind == kDeletion) return add_event(entry, body, What::kDeletion);
  if (kind == kBarred) return add_event(entry, body, What::kBarred);
  if (kind == kReported) return add_event(entry, body, What::kReported);
  if (kind == kSource) return add_source(entry, body);
  if (kind == kCoverage) return add_poll(entry, body);
}

void Gatherer::add_version(const ledger::Entry& entry, const records::Body& body, const Digests& digests) {
  read_capture(fields_, body);
  auto& text = out_.text;
  Version version;
  version.seq = entry.seq;
  version.second = posted_second(fields_, entry.time.time_since_epoch().count() / 1000);
  if (!fields_.edit_of.empty()) version.state = DocumentState::kSuperseded;
  version.body = text.size();
  add_facets(entry, account_of());
  append_body(text, fields_);
  version.author = text.size();
  append_author(text, fields_);
  version.tags = text.size();
  append_tags(text, fields_);
  version.end = text.size();

  Event event;
  event.key = keys_.item(fields_.platform, fields_.id);
  event.seq = entry.seq;
  event.version = out_.versions.size();
  event.completes = !fields_.completes.empty();
  event.digests = digests.content != 0 ? digests : keys_.digests(body);
  if (!fields_.source.empty()) {
    event.source = place_in(out_.sources, fields_.source) + 1;
    event.id = fields_.id;
  }
  out_.versions.push_back(version);
  out_.events.push_back(std::move(event));
  if (!fields_.media.empty())
    out_.rows.push_back({entry.seq, MediaNamed{entry.seq, std::string(fields_.source), fields_.media}});
}

void Gatherer::add_facets(const ledger::Entry& entry, std::int64_t account) {
  auto& text = out_.text;
  (void)place_in(out_.platforms, fields_.platform);
  facet::append_platform(text, keys_.platform(fields_.platform));
  if (account != 0) facet::append_account(text, account);
  if (!fields_.source.empty()) facet::append_source(text, keys_.source(fields_.source));
  // What a reply answers is not always told.
  if (!fields_.reply_to.empty() || fields_.type == "reply") text.append(facet::kReply).push_back(' ');
  if (!fields_.reply_to.empty()) facet::append_answers(text, keys_.item(fields_.platform, fields_.reply_to));
  if (!fields_.local_id.empty() && fields_.local_id != fields_.id)
    facet::append_alias(text, keys_.item(fields_.platform, fields_.local_id));
  if (!fields_.edit_of.empty()) facet::append_form_of(text, keys_.item(fields_.platform, fields_.edit_of));
  // On many platforms the time of posting is that of the last edit where there was none; on X each edit is a
  // post of its own, and only one is said to be edited.
  const bool edited =
      !fields_.edited.empty() && (fields_.edited != fields_.posted || fields_.platform == "x");
  if (edited || (entry.kind == kEdit && fields_.completes.empty()))
    text.append(facet::kEdited).push_back(' ');
}

// The account of the version at hand; 0 when it names none.  Its names are handed out when they are new.
std::int64_t Gatherer::account_of() {
  const auto identity = fields_.author_id.empty() ? fields_.author_handle : fields_.author_id;
  if (identity.empty() && fields_.author_name.empty()) return 0;
  const auto account = keys_.account(fields_.platform, identity.empty() ? fields_.author_name : identity);
  const std::size_t names = std::hash<std::string_view>{}(fields_.author_handle) * 31 +
                            std::hash<std::string_view>{}(fields_.author_name);
  if (accounts_.size() >= kMostRemembered) accounts_.clear();
  const auto [known, added] = accounts_.try_emplace(account, names);
  if (!added && known->second == names) return account;
  known->second = names;
  out_.accounts.push_back({account, std::string(fields_.author_id), std::string(fields_.author_handle),
                           std::string(fields_.author_name)});
  return account;
}

void Gatherer::add_event(const ledger::Entry& entry, const records::Body& body, What what) {
  const auto platform = records::value_of(body, "platform");
  const auto id = records::value_of(body, "id");
  if (!platform || !id) return;
  Event event;
  event.key = keys_.item(*platform, *id);
  event.seq = entry.seq;
  event.what = what;
  if (what == What::kSeenAgain) {
    event.digests.raw = keys_.raw_digest(body);
    event.id = *id;
    if (const auto source = given(body, "source"); !source.empty())
      event.source = place_in(out_.sources, source) + 1;
  }
  out_.events.push_back(std::move(event));
}

void Gatherer::add_source(const ledger::Entry& entry, const records::Body& body) {
  const auto text = [&](std::string_view name) { return std::string(given(body, name)); };
  out_.rows.push_back({entry.seq, SourceChange{text("name"), text("action"), text("platform"), text("url"),
                                               text("allow-private"), text("credential"),
                                               entry.time.time_since_epoch().count()}});
}

void Gatherer::add_poll(const ledger::Entry& entry, const records::Body& body) {
  if (given(body, "source").empty()) return;
  out_.rows.push_back(
      {entry.seq, Poll{entry.seq, std::string(given(body, "source")), std::string(given(body, "outcome")),
                       std::string(given(body, "cursor")), milliseconds(given(body, "started")),
                       milliseconds(given(body, "finished"))}});
}

void Gatherer::add_media(const ledger::Entry& entry, const records::Body& body) {
  const auto outcome = given(body, "outcome");
  MediaFate fate;
  fate.entry = entry.seq;
  fate.version = number_in(given(body, "of"));
  fate.place = static_cast<std::uint16_t>(number_in(given(body, "place")));
  fate.state = outcome == "kept"    ? MediaState::kHeld
               : outcome == "later" ? MediaState::kLater
                                    : MediaState::kRefused;
  if (fate.state == MediaState::kLater) fate.due = milliseconds(given(body, "again"));
  if (fate.state == MediaState::kHeld) fate.content = keys_.raw_digest(given(body, "media.0.sha256"));
  out_.rows.push_back({entry.seq, fate});
}

void Gatherer::add_answer(const ledger::Entry& entry, const records::Body& body) {
  const auto source = given(body, "source");
  const auto url = given(body, "url");
  if (is_file(body)) {
    const auto page = given(body, "payload.sha256");
    const bool read = !records::bytes_of(body, "unread");
    out_.rows.push_back(
        {entry.seq, Registered{entry.seq, read ? keys_.page_register(page) : keys_.unread_register(page)}});
  }
  if (is_polled(body)) out_.rows.push_back({entry.seq, Answered{entry.seq, std::string(source)}});
  // Only an answer that came whole and was understood may spare us the next one.
  if (source.empty() || url.empty() || given(body, "status") != "200") return;
  Answer answer{std::string(source), std::string(url), {}, {}};
  if (given(body, "unread").empty()) {
    answer.etag = header(given(body, "headers"), "etag");
    answer.modified = header(given(body, "headers"), "last-modified");
  }
  out_.rows.push_back({entry.seq, std::move(answer)});
}

}  // namespace muniment::index
