#include "cli/poll_lines.hpp"

#include <boost/json.hpp>
#include <ostream>

#include "base/so_many.hpp"
#include "base/utf8.hpp"

namespace muniment::cli {
namespace {

boost::json::array strings(const std::vector<std::string>& texts) {
  boost::json::array out;
  for (const auto& text : texts) out.push_back(boost::json::string(base::to_valid_utf8(text)));
  return out;
}

}  // namespace

void print_json(std::ostream& out, const collect::PollOutcome& poll) {
  boost::json::object line;
  line["source"] = poll.source;
  line["outcome"] = std::string(collect::outcome_name(poll.outcome));
  line["interrupted"] = poll.interrupted;
  line["pages"] = poll.pages;
  line["read"] = poll.counts.read;
  line["new"] = poll.counts.fresh;
  line["changed"] = poll.counts.changed;
  line["unchanged"] = poll.counts.unchanged + poll.counts.moved;
  line["deleted"] = poll.deleted;
  line["unavailable"] = poll.unavailable;
  line["missing"] = poll.missing;
  if (!poll.credential.empty())
    line["credential"] = {{"name", poll.credential},
                          {"state", std::string(collect::access_name(poll.access))},
                          {"expires", poll.credential_expires}};
  if (poll.charged > 0) line["charged"] = poll.charged;
  if (!poll.cost.empty()) line["cost"] = poll.cost;
  line["errors"] = strings(poll.errors);
  line["hints"] = strings(poll.hints);
  line["remarks"] = strings(poll.remarks);
  line["started"] = poll.started;
  line["finished"] = poll.finished;
  out << boost::json::serialize(line) << '\n';
}

void print_text(std::ostream& out, const collect::PollOutcome& poll) {
  out << poll.source << ": " << collect::outcome_name(poll.outcome)
      << (poll.interrupted ? " (stopped early)" : "") << ", " << poll.pages
      << (poll.pages == 1 ? " page, " : " pages, ") << poll.counts.fresh << " new, " << poll.counts.changed
      << " changed, " << poll.counts.unchanged + poll.counts.moved << " unchanged";
  if (poll.deleted > 0) out << ", " << poll.deleted << " deleted on the platform";
  if (poll.unavailable > 0) out << ", " << poll.unavailable << " no longer shown by the platform";
  if (poll.missing > 0) out << ", " << poll.missing << " missing without a word";
  out << '\n';
  if (poll.access == collect::Access::kRefused)
    out << "  the credential " << poll.credential << " was refused; replace it\n";
  if (poll.charged > 0)
    out << "  " << base::so_many(poll.charged, "item counts", "items count")
        << " against the platform's allowance" << (poll.cost.empty() ? "" : ", and cost " + poll.cost)
        << '\n';
  for (const auto& error : poll.errors) out << "  failed: " << base::for_terminal(error) << '\n';
  for (const auto& hint : poll.hints) out << "    " << base::for_terminal(hint) << '\n';
  for (const auto& remark : poll.remarks) out << "  note: " << base::for_terminal(remark) << '\n';
}

}  // namespace muniment::cli
