#include "collect/notices.hpp"

#include <optional>
#include <string>
#include <utility>

#include "records/body.hpp"

namespace muniment::collect {
namespace {

std::string value_in(const ledger::Draft& exchange, std::string_view name) {
  return std::string(records::value_of(exchange.body, name).value_or(""));
}

}  // namespace

Result<ReportCounts> Notices::judge(std::vector<sources::Verdict> verdicts, ledger::Seq exchange,
                                    PageEntries& page) {
  if (verdicts.empty()) return ReportCounts{};
  const auto& draft = page.drafts.front();
  PageNotices notices{exchange, value_in(draft, "payload.sha256"), value_in(draft, "fetched"),
                      std::move(verdicts), false};
  auto reports = add_reports(notices, page, catalogue_, reader_);
  if (!reports) return reports.error();
  std::vector<sources::Verdict> early;
  for (const auto number : reports->not_held) {
    if (count_ == kMostWaiting) break;
    early.push_back(std::move(notices.verdicts[number]));
    --reports->counts.not_held;
    ++count_;
  }
  for (const auto number : reports->just_come) {
    if (count_ == kMostWaiting) break;
    early.push_back(std::move(notices.verdicts[number]));
    ++count_;
  }
  if (early.empty()) return reports->counts;
  // A page that is held already and brings nothing is not written again.
  const auto before = page.drafts.size() == 1 ? catalogue_.read_before(notices.digest)
                                              : Result<std::optional<ledger::Seq>>(std::nullopt);
  if (!before) return before.error();
  notices.exchange = before->value_or(exchange);
  notices.verdicts = std::move(early);
  notices.judged_once = true;
  waiting_.push_back({exchange, std::move(notices)});
  return reports->counts;
}

Result<ReportCounts> Notices::judge_again(std::size_t page, PageEntries& out) {
  const auto reports = add_reports(waiting_[page].notices, out, catalogue_, reader_);
  if (!reports) return reports.error();
  return reports->counts;
}

void Notices::forget_from(ledger::Seq exchange) {
  std::erase_if(waiting_, [&](const auto& page) { return page.from >= exchange; });
  count_ = 0;
  for (const auto& page : waiting_) count_ += page.notices.verdicts.size();
}

}  // namespace muniment::collect
