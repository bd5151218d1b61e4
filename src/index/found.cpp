#include "index/found.hpp"

#include <algorithm>
#include <utility>

#include "base/time.hpp"
#include "records/interaction.hpp"

namespace muniment::index {
namespace {

std::string value(const records::Body& body, std::string_view name) {
  return std::string(records::value_of(body, name).value_or(""));
}

Status fill(Found& found, const ledger::Entry& entry, const records::Body& body,
            const db::Tokenizer& tokenizer, const std::vector<Wanted>& wanted) {
  found.id = value(body, "id");
  found.platform = value(body, "platform");
  found.type = value(body, "type");
  found.source = value(body, "source");
  found.url = value(body, "url");
  found.account = value(body, "author.handle");
  if (found.account.empty()) found.account = records::text_of(body, "author.name").value_or("");
  if (found.account.empty()) found.account = value(body, "author.id");
  found.posted = value(body, "posted");
  found.captured = value(body, "fetched");
  if (found.captured.empty()) found.captured = base::to_rfc3339(entry.time);
  found.summary = records::text_of(body, "summary").value_or("");
  found.text = records::text_of(body, "text").value_or("");
  auto snippet = make_snippet(tokenizer, found.text, wanted);
  if (snippet && snippet->marks.empty() && !found.summary.empty()) {
    auto of_summary = make_snippet(tokenizer, found.summary, wanted);
    if (!of_summary) return of_summary.error();
    if (!of_summary->marks.empty() || found.text.empty()) snippet = std::move(of_summary);
  }
  if (!snippet) return snippet.error();
  found.snippet = std::move(*snippet);
  return {};
}

}  // namespace

Result<std::vector<Found>> read_hits(const Hits& hits, const db::Tokenizer& tokenizer,
                                     ledger::Reader& ledger) {
  std::vector<Found> all;
  all.reserve(hits.hits.size());
  for (const auto& hit : hits.hits) {
    Found found;
    found.seq = hit.seq;
    found.state = hit.state;
    found.readable = false;
    Status filled;
    auto read = ledger.each(hit.seq, hit.seq + 1, [&](const ledger::Entry& entry, const records::Body* body) {
      found.readable = body != nullptr;
      if (body != nullptr) filled = fill(found, entry, *body, tokenizer, hits.wanted);
      return true;
    });
    if (!read) return wrap(read.error(), "reading entry " + std::to_string(hit.seq));
    if (!filled) return filled.error();
    all.push_back(std::move(found));
  }
  return all;
}

}  // namespace muniment::index
