#include "collect/media.hpp"

#include <algorithm>
#include <charconv>

#include "base/sha256.hpp"
#include "base/time.hpp"
#include "base/utf8.hpp"
#include "collect/append_once.hpp"
#include "collect/file_type.hpp"
#include "net/url.hpp"
#include "sources/media_address.hpp"

namespace muniment::collect {
namespace {

using ledger::Draft;
using ledger::Seq;

constexpr std::size_t kLongestWords = 1000;

std::string value(const records::Body& body, std::string_view name) {
  return std::string(records::value_of(body, name).value_or(""));
}

int tries_in(const records::Body& body) {
  const auto text = value(body, "try");
  int tries = 0;
  std::from_chars(text.data(), text.data() + text.size(), tries);
  return value(body, "outcome") == "later" ? tries : 0;
}

std::string one_line(std::string_view text) {
  auto line = base::to_valid_utf8(text.substr(0, kLongestWords));
  std::ranges::replace_if(
      line, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return line;
}

}  // namespace

// What an item says of the file, and what was tried before.
struct MediaFetch::Named {
  std::string url;
  std::string platform, id, source;
  std::string of;  // citation of the version
  int tries = 0;   // that failed, and are recorded
};

// Nothing: the item was disposed of, or names no such file.
Result<std::optional<MediaFetch::Named>> MediaFetch::name(const WantedMedia& wanted) {
  std::optional<Named> nothing;
  const auto body = run_.reader.body(wanted.version);
  if (!body && body.error().code == Code::kNotFound) return nothing;
  if (!body) return body.error();
  const auto leaf = run_.reader.leaf(wanted.version);
  if (!leaf) return leaf.error();
  Named named;
  named.url = value(*body, "media." + std::to_string(wanted.place) + ".url");
  if (named.url.empty()) return nothing;
  named.platform = value(*body, "platform");
  named.id = value(*body, "id");
  named.source = value(*body, "source");
  named.of = ledger::citation(wanted.version, *leaf);
  if (wanted.entry != 0) {
    const auto before = run_.reader.body(wanted.entry);
    if (!before && before.error().code != Code::kNotFound) return before.error();
    if (before) named.tries = tries_in(*before);
  }
  return std::optional(std::move(named));
}

std::optional<MediaFetch::Asked> MediaFetch::ask(const SourceSettings& source, const std::string& address,
                                                 const Named& named, std::string& bytes) {
  const sources::Ask ask{.url = address, .accept = "*/*", .about = {}};
  Asked asked;
  asked.facts.source = named.source;
  asked.facts.url = net::shown_url(address);
  asked.facts.started = base::to_rfc3339(run_.clock.now());
  auto answer = run_.transport.get(request_for(source, ask, {}, false));
  if (!answer && stopped()) return std::nullopt;
  if (answer) {
    asked.facts = facts_of(source, ask, *answer);
    asked.facts.source = named.source;
    asked.claimed = one_line(net::header(answer->headers, "content-type"));
    asked.type = file_type(answer->body);
  }
  asked.fault = media_fault(answer, named.url, asked.type);
  if (answer && !answer->body.empty()) {
    asked.sha256 = base::to_hex(base::sha256(answer->body));
    asked.size = answer->body.size();
    bytes = std::move(answer->body);
  }
  return asked;
}

// An entry whose file is these very bytes.
Result<std::optional<Seq>> MediaFetch::holder(const Asked& asked, const std::string& bytes) {
  const auto entries = run_.catalogue.with_content(asked.sha256);
  if (!entries) return entries.error();
  for (const auto seq : *entries) {
    const auto body = run_.reader.body(seq);
    if (!body || value(*body, "media.0.sha256") != asked.sha256) continue;
    // Where the address was asked before in this run, its bytes are gone, and its entry speaks for them.
    if (bytes.empty() && records::find(*body, "media.0.file") != nullptr) return std::optional(seq);
    const auto there = run_.reader.attachment(seq, *body, 0);
    if (there && *there == bytes) return std::optional(seq);
  }
  return std::optional<Seq>{};
}

namespace {

void add_answer(records::BodyBuilder& body, const ExchangeFacts& facts) {
  if (facts.final_url != facts.url) body.add_bytes("url.final", facts.final_url);
  body.add_bytes("redirects", facts.redirects);
  if (facts.status != 0) body.add_number("status", static_cast<std::uint64_t>(facts.status));
  body.add_bytes("headers", facts.headers).add("peer", facts.peer).add_bytes("tls", facts.tls);
}

}  // namespace

// What every entry says, whatever became of the file.
records::BodyBuilder MediaFetch::begin(const WantedMedia& wanted, const Named& named, const Asked& asked) {
  records::BodyBuilder body;
  body.add("agent", std::string(kAgent)).add("of", named.of).add_number("place", wanted.place);
  body.add("platform", named.platform).add("id", named.id).add("source", named.source);
  body.add_bytes("url", asked.facts.url).add("started", asked.facts.started);
  body.add("fetched", asked.facts.fetched);
  if (asked.actor.empty()) body.add_number("try", static_cast<std::uint64_t>(named.tries + 1));
  if (asked.entry != 0)
    body.add_number("asked.by", asked.entry);
  else
    add_answer(body, asked.facts);
  body.add("media.0.type.claimed", asked.claimed).add("media.0.type", asked.type);
  if (asked.size != 0) body.add_number("media.0.size", asked.size).add("media.0.sha256", asked.sha256);
  if (!asked.type.empty()) body.add("provenance.media.0.type", "derived");
  return body;
}

MediaStep MediaFetch::add_fault(records::BodyBuilder& body, const Named& named, const MediaFault& fault) {
  const int tries = named.tries + 1;
  const bool again = tries < media_tries(fault.reason);
  body.add("outcome", again ? "later" : "refused").add("reason", std::string(fault.reason));
  body.add("words", one_line(fault.words));
  if (again) body.add("again", base::to_rfc3339(run_.clock.now() + media_pause(fault.reason, tries)));
  return again ? MediaStep::kLater : MediaStep::kRefused;
}

Result<MediaStep> MediaFetch::add_file(records::BodyBuilder& body, Draft& draft, const Asked& asked,
                                       const std::string& bytes) {
  const auto there = holder(asked, bytes);
  if (!there) return there.error();
  if (!*there && bytes.empty()) return MediaStep::kLeft;
  body.add("outcome", "kept").add("actor", asked.actor);
  body.add("provenance.media.0", asked.actor.empty() ? "observed" : "supplied");
  if (*there) {
    const auto leaf = run_.reader.leaf(**there);
    if (!leaf) return leaf.error();
    body.add("same-as", ledger::citation(**there, *leaf));
    return MediaStep::kSame;
  }
  ledger::Attachment file{0, ledger::new_attachment_name(run_.entropy), bytes};
  body.add("media.0.file", file.name);
  draft.attachments.push_back(std::move(file));
  return MediaStep::kKept;
}

// `bytes`: empty when the address was asked before in this run.
Result<MediaOutcome> MediaFetch::record(const WantedMedia& wanted, const Named& named, Asked& asked,
                                        const std::string& bytes) {
  MediaOutcome out{MediaStep::kNothing, asked.facts.url, asked.fault, asked.type, 0};
  const auto compose = [&](const ledger::Head& head) -> Result<std::vector<Draft>> {
    std::vector<Draft> drafts;
    out.step = MediaStep::kNothing;
    if (auto ready = run_.catalogue.at(head.size); !ready) return ready.error();
    const auto held = run_.catalogue.is_held(wanted.version, wanted.place);
    if (!held) return held.error();
    if (*held) return drafts;
    Draft draft{std::string(ledger::kind::kMedia), {}};
    auto body = begin(wanted, named, asked);
    const auto step = asked.fault ? add_fault(body, named, asked.fault) : add_file(body, draft, asked, bytes);
    if (!step) return step.error();
    out.step = *step;
    if (out.step == MediaStep::kLeft) return drafts;
    draft.body = body.build();
    drafts.push_back(std::move(draft));
    return drafts;
  };
  const auto seq = append_once(run_.appender, run_.reader, run_.clock, compose,
                               [&](const ledger::Entry& entry, const records::Body& body) {
                                 return entry.kind == ledger::kind::kMedia && value(body, "of") == named.of &&
                                        value(body, "place") == std::to_string(wanted.place) &&
                                        value(body, "started") == asked.facts.started;
                               });
  if (!seq) return seq.error();
  const bool is_recorded = out.step != MediaStep::kNothing && out.step != MediaStep::kLeft;
  if (is_recorded && asked.entry == 0) asked.entry = *seq;
  return out;
}

Result<MediaOutcome> MediaFetch::fetch(const SourceSettings& source, const WantedMedia& wanted) {
  auto named = name(wanted);
  if (!named) return named.error();
  if (!*named) return MediaOutcome{};
  const auto address = sources::media_address((*named)->url, source.url);
  const auto url = net::read_url(address);
  if (!url) {
    Asked asked;
    asked.facts.url = net::shown_url((*named)->url);
    asked.facts.started = base::to_rfc3339(run_.clock.now());
    asked.fault = no_media_address();
    return record(wanted, **named, asked, {});
  }
  if (const auto known = asked_.find(address); known != asked_.end())
    return record(wanted, **named, known->second, {});
  auto& failures = failures_[url->host];
  if (stopped() || failures >= kMediaFailuresInARow)
    return MediaOutcome{MediaStep::kLeft, net::shown_url(address), {}, {}, 0};
  std::string bytes;
  auto asked = ask(source, address, **named, bytes);
  if (!asked) return MediaOutcome{MediaStep::kLeft, net::shown_url(address), {}, {}, 0};
  failures = asked->fault.reason == "no-answer" ? failures + 1 : 0;
  const auto came = asked->size;
  auto out = record(wanted, **named, *asked, bytes);
  if (!out) return out;
  out->bytes = came;
  if (asked->entry != 0) asked_.emplace(address, *std::move(asked));
  return out;
}

Result<MediaOutcome> MediaFetch::supply(const WantedMedia& wanted, const SuppliedMedia& file) {
  auto named = name(wanted);
  if (!named) return named.error();
  if (!*named) return MediaOutcome{};
  Asked asked;
  asked.facts.url = file.name;
  asked.facts.started = base::to_rfc3339(run_.clock.now());
  asked.type = file_type(file.bytes);
  asked.size = file.bytes.size();
  asked.sha256 = base::to_hex(base::sha256(file.bytes));
  asked.actor = file.actor;
  net::Response as_if;
  as_if.status = 200;
  as_if.body = file.bytes;
  if (auto fault = media_fault(as_if, (*named)->url, asked.type))
    return MediaOutcome{MediaStep::kLeft, file.name, std::move(fault), asked.type, 0};
  return record(wanted, **named, asked, file.bytes);
}

}  // namespace muniment::collect
