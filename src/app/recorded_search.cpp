#include "app/recorded_search.hpp"

#include <algorithm>

#include "app/zone.hpp"
#include "base/sha256.hpp"
#include "base/time.hpp"
#include "base/utf8.hpp"
#include "collect/exchange.hpp"
#include "foi/selection.hpp"
#include "index/mistyped.hpp"
#include "index/search.hpp"

namespace muniment::app {
namespace {

constexpr std::size_t kMostHits = 100'000;

struct Found {
  foi::Seqs seqs;  // ascending
  ledger::Seq searched = 0;
};

Result<Found> find_all(Archive& archive, const std::string& text) {
  const auto query = index::parse_query(text);
  if (!query) return query.error();
  auto index = archive.whole_index();
  if (!index) return index.error();
  index::SearchOptions options;
  options.limit = kMostHits + 1;
  options.start_of_day = start_of_day(archive.settings().timezone);
  options.ledger = &archive.reader();
  auto hits = index->search(*query, options);
  if (!hits) return hits.error();
  if (hits->hits.size() > kMostHits)
    return Error{Code::kInvalid,
                 "more than " + std::to_string(kMostHits) + " records are found; nothing was recorded",
                 "narrow the question: from:, platform:, after:, before:"};
  Found out{{}, index->position()};
  for (const auto& hit : hits->hits) out.seqs.push_back(hit.seq);
  std::ranges::sort(out.seqs);
  return out;
}

}  // namespace

Result<SearchRecord> record_search(Archive& archive, const std::string& query, const std::string& request,
                                   const std::string& actor) {
  if (request.find_first_not_of(' ') == std::string::npos || base::for_terminal(request) != request)
    return Error{Code::kInvalid,
                 "the request's reference is not one line of plain text; nothing was recorded",
                 "give --for the reference the request was registered under"};
  if (auto meant = index::no_mistyped_filter(query); !meant)
    return Error{meant.error().code, meant.error().what + "; nothing was recorded", meant.error().hint};
  const auto found = find_all(archive, query);
  if (!found) return found.error();
  const auto list = foi::numbers_text(found->seqs);
  records::BodyBuilder body;
  body.add("request", request)
      .add_text("query", query)
      .add("asked", base::to_rfc3339(archive.clock().now()))
      .add("entries", std::to_string(found->searched))
      .add("hits", std::to_string(found->seqs.size()))
      .add("hits.list", list)
      .add("hits.sha256", base::to_hex(base::sha256(list)))
      .add("agent", std::string(collect::kAgent))
      .add_text("actor", actor);
  const auto appended = archive.appender().append({std::string(ledger::kind::kSearch), body.build()});
  if (!appended) return appended.error();
  return SearchRecord{appended->before.size, found->seqs.size(), archive.sign_and_index()};
}

}  // namespace muniment::app
