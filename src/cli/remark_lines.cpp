#include "cli/remark_lines.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/utf8.hpp"

namespace muniment::cli {
namespace {

constexpr std::size_t kFewRecords = 3;
constexpr std::size_t kLongestList = 400;

struct Line {
  foi::Seqs records;
  std::string keep;  // of the first
  bool several = false;
  std::string fields;
  std::string code;
  std::string what;

  std::string key() const { return fields + "\n" + code + "\n" + (keep.empty() ? "" : "keep") + "\n" + what; }
};

bool are_of_one_line(const foi::Remark& a, const foi::Remark& b) {
  return a.seq == b.seq && a.code == b.code && a.what == b.what && a.keep.empty() == b.keep.empty();
}

std::vector<Line> lines_of(const std::vector<foi::Remark>& remarks) {
  std::vector<Line> out;
  for (auto first = remarks.begin(); first != remarks.end();) {
    const auto end =
        std::find_if(first, remarks.end(), [&](const auto& one) { return !are_of_one_line(*first, one); });
    Line line{{first->seq}, first->keep, end - first > 1, first->field, first->code, first->what};
    for (auto one = first + 1; one != end; ++one) line.fields += ", " + one->field;
    out.push_back(std::move(line));
    first = end;
  }
  return out;
}

std::string records_text(foi::Seqs records) {
  if (records.size() == 1) return std::to_string(records[0]);
  std::ranges::sort(records);
  records.erase(std::unique(records.begin(), records.end()), records.end());
  auto list = foi::numbers_text(records);
  if (list.size() > kLongestList) list = list.substr(0, list.rfind(',', kLongestList)) + ",…";
  return list + " (" + std::to_string(records.size()) + " records)";
}

std::string keep_text(const Line& line) {
  if (line.keep.empty()) return {};
  const auto keep = line.records.size() == 1 ? line.keep : "NUMBER" + line.keep.substr(line.keep.find(':'));
  return "; --keep " + keep + (line.several ? " (or another of them) shows it" : " shows it");
}

}  // namespace

std::vector<std::string> remark_lines(const std::vector<foi::Remark>& remarks) {
  auto lines = lines_of(remarks);
  std::map<std::string, std::vector<std::size_t>> alike;
  for (std::size_t i = 0; i < lines.size(); ++i) alike[lines[i].key()].push_back(i);
  for (const auto& [key, places] : alike) {
    if (places.size() <= kFewRecords) continue;
    auto& first = lines[places.front()];
    for (std::size_t i = 1; i < places.size(); ++i)
      first.records.push_back(std::exchange(lines[places[i]].records, {}).front());
  }
  std::vector<std::string> out;
  for (const auto& line : lines)
    if (!line.records.empty())
      out.push_back("  " + records_text(line.records) + "  " + line.fields +
                    (line.code.empty() ? "" : "  " + line.code) + "  " + base::for_terminal(line.what) +
                    keep_text(line));
  return out;
}

}  // namespace muniment::cli
