// Tables (CSV) that no platform wrote: what a switchboard, a form or a spreadsheet gives out.  The first row
// says which column is which.
#include <algorithm>
#include <array>
#include <span>

#include "records/made_name.hpp"
#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/csv.hpp"
#include "sources/saved_formats.hpp"

namespace muniment::sources {
namespace {

// What people call a column; the first that a table has is taken.  Small letters, one space between words.
constexpr std::string_view kText[] = {"text", "message", "content", "comment", "body", "post"};
constexpr std::string_view kPosted[] = {"posted", "created", "created at", "date and time", "timestamp",
                                        "time",   "date",    "date utc",   "sent"};
constexpr std::string_view kId[] = {"id", "message id", "post id", "comment id", "reference", "ref"};
constexpr std::string_view kChannel[] = {"platform", "network", "channel", "source"};
constexpr std::string_view kName[] = {"author name", "name", "author", "from", "sender", "user"};
constexpr std::string_view kHandle[] = {"handle", "username", "user name", "screen name", "author handle"};
constexpr std::string_view kAccount[] = {"author id", "user id", "account", "account id"};
constexpr std::string_view kTitle[] = {"title", "subject", "summary"};
constexpr std::string_view kUrl[] = {"url", "link", "permalink", "address"};
constexpr std::string_view kReply[] = {"reply to", "in reply to", "parent id", "parent"};
constexpr std::string_view kThread[] = {"thread", "thread id", "conversation", "conversation id"};
constexpr std::string_view kType[] = {"type", "kind"};
constexpr std::string_view kLang[] = {"lang", "language"};
constexpr std::string_view kVisibility[] = {"visibility", "privacy"};
constexpr std::string_view kNotPublic[] = {"private", "direct", "hidden", "confidential", "followers"};

using Names = std::span<const std::string_view>;

// "Created_At " is "created at".
std::string plain(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool is_gap = c == ' ' || c == '_' || c == '-' || c == '\t';
    if (!is_gap)
      out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c);
    else if (!out.empty() && out.back() != ' ')
      out.push_back(' ');
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

class Row {
 public:
  Row(std::string_view head, std::string_view row) : names_(csv_cells(head)), cells_(csv_cells(row)) {
    for (auto& name : names_) name = plain(name);
  }
  std::string operator[](Names names) const {
    for (const auto name : names) {
      const auto at = static_cast<std::size_t>(std::ranges::find(names_, name) - names_.begin());
      if (at < std::min(names_.size(), cells_.size())) return cells_[at];
    }
    return {};
  }
  std::size_t columns() const { return names_.size(); }
  std::size_t size() const { return cells_.size(); }
  bool has(Names names) const {
    return std::ranges::any_of(names, [&](auto name) { return std::ranges::count(names_, name) == 1; });
  }

 private:
  std::vector<std::string> names_;
  std::vector<std::string> cells_;
};

std::string without_at(std::string handle) {
  if (handle.starts_with('@')) handle.erase(0, 1);
  return handle;
}

// Numbers of rows are everybody's: two tables that both count from one must not be taken for one table that
// was changed.  So who said it, and when, are part of a row's name.
std::string name_of(const Row& row, const records::Interaction& it) {
  const auto id = row[kId];
  const auto& said = id.empty() ? it.text : id;
  return records::made_name("row", it.posted,
                            {row[kChannel], said, it.author.id, it.author.handle, it.author.name});
}

Status read_row(std::string_view record, const SavedContext& context, Reading& out) {
  const Row row(context.head, record);
  if (row.size() < row.columns())
    return Error{Code::kInvalid, "a row has " + std::to_string(row.size()) + " of " +
                                     std::to_string(row.columns()) + " cells"};
  Item item;
  item.length = record.size();
  auto& it = item.interaction;
  it.platform = "table";
  it.text = row[kText];
  it.summary = row[kTitle];
  if (it.text.empty() && it.summary.empty()) return ++out.others, Status();
  it.type = row[kType].empty() ? "message" : plain(row[kType]);
  it.author = {row[kAccount], without_at(row[kHandle]), row[kName], ""};
  it.url = row[kUrl];
  it.lang = row[kLang];
  it.thread = row[kThread];
  it.reply_to = row[kReply];
  const auto posted = row[kPosted];
  it.posted = claimed_time(posted);
  if (it.posted.empty() && !posted.empty())
    out.remarks.push_back("a row's time cannot be told from \"" + excerpt(posted) +
                          "\": it has to be written year first (2026-05-01 10:00)");
  if (const auto channel = row[kChannel]; !channel.empty()) it.tags.push_back(channel);
  it.visibility = plain(row[kVisibility]);
  if (std::ranges::count(kNotPublic, it.visibility) != 0)
    item.why_private = "a row that is marked as not public";
  it.id = name_of(row, it);
  item.has_made_name = true;
  out.items.push_back(std::move(item));
  return {};
}

// Words, and when or under which name they were said: less is any list of anything.
bool is_table(const Beginning& it) {
  if (it.is_json() || it.is_wide() || it.is_empty()) return false;
  const auto text = it.text();
  const Row head(text.substr(0, text.find('\n')), {});
  return head.columns() >= 2 && head.has(kText) && (head.has(kPosted) || head.has(kId) || head.has(kUrl));
}

}  // namespace

const SavedFormat kTable = {"table",
                            "tables (CSV) with a column for the text and one for the time or a number",
                            is_table, read_row, Cut::kRows};

}  // namespace muniment::sources
