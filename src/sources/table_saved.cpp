// Tables (CSV) that no platform wrote: what a switchboard, a form or a spreadsheet gives out.  The first row
// says which column is which.
#include <algorithm>
#include <array>
#include <span>

#include "records/made_name.hpp"
#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/csv.hpp"
#include "sources/local_time.hpp"
#include "sources/saved_formats.hpp"
#include "sources/table_columns.hpp"
#include "sources/table_head.hpp"

namespace muniment::sources {
namespace {

// Any other word of visibility may mean that not everybody was to see it.
constexpr std::string_view kPublic[] = {
    "public",  "unlisted",   "everyone",   "everybody",   "all",
    "world",   "anyone",     "published",  "publish",     "open",
    "visible", "öffentlich", "Öffentlich", "oeffentlich", "öffentlich sichtbar",
    "jeder",   "alle",       "openbaar",   "publiek",     "iedereen"};
constexpr std::string_view kUtc = "date utc";  // says its zone

class Row {
 public:
  Row(const TableHead& head, std::string_view row) : head_(head), cells_(csv_cells(row, head.separator)) {}
  // The first of these that the table has; empty: it has none.
  std::string_view which(Names names) const {
    for (const auto name : names)
      if (place(name) < std::min(head_.names.size(), cells_.size())) return name;
    return {};
  }
  std::string operator[](Names names) const {
    const auto name = which(names);
    return name.empty() ? std::string() : cells_[place(name)];
  }
  std::size_t size() const { return cells_.size(); }
  // Empty ones do not count: spreadsheets leave them at the end.
  bool has_more_than(std::size_t cells) const {
    return cells_.size() > cells && std::any_of(cells_.begin() + static_cast<std::ptrdiff_t>(cells),
                                                cells_.end(), [](const auto& cell) { return !cell.empty(); });
  }

 private:
  std::size_t place(std::string_view name) const {
    return static_cast<std::size_t>(std::ranges::find(head_.names, name) - head_.names.begin());
  }

  const TableHead& head_;
  std::vector<std::string> cells_;
};

bool has(const TableHead& head, Names names) {
  return std::ranges::any_of(names, [&](auto name) { return std::ranges::count(head.names, name) == 1; });
}

// Words, and when or under which name they were said: less is any list of anything.
bool is_head(const TableHead& head) {
  return head.names.size() >= 2 && has(head, kText) &&
         (has(head, kPosted) || has(head, kId) || has(head, kUrl));
}

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

// Others in the table are referred to by its numbers.  Tables with the same columns are taken for parts of
// one series; the names of columns tell it from the numbers of another.
std::string local_name(const TableHead& head, const SavedContext& context, const std::string& id) {
  if (id.empty()) return {};
  std::string columns = context.origin;
  for (const auto& name : head.names) columns.append("\n").append(name);
  return records::made_mark(columns) + "/" + id;
}

// "1.5.2026 10:00" with the year first; with dots the day comes first everywhere.  Anything else as it is.
std::string year_first(std::string_view text) {
  const auto number = [&](std::size_t most) {
    const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
    std::string digits(text.substr(0, end));
    text.remove_prefix(end);
    if (digits.empty() || digits.size() > most) return std::string();
    if (digits.size() == 1) digits.insert(0, "0");
    return digits;
  };
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  text = text.substr(0, text.find_last_not_of(' ') + 1);
  const std::string as_it_is(text);
  const auto day = number(2);
  if (day.empty() || !text.starts_with('.')) return as_it_is;
  text.remove_prefix(1);
  const auto month = number(2);
  if (month.empty() || !text.starts_with('.')) return as_it_is;
  text.remove_prefix(1);
  const auto year = number(4);
  return year.size() == 4 ? year + "-" + month + "-" + day + std::string(text) : as_it_is;
}

// "2026-05-01 10:00:00 UTC", "2026-05-01 10:00 +0100"
std::string zone_joined(std::string time) {
  for (const std::string_view name : {" UTC", " GMT", " Z", " utc", " gmt"})
    if (time.ends_with(name)) return time.replace(time.size() - name.size(), name.size(), "Z");
  const auto sign = time.find_last_of("+-");
  if (sign != std::string::npos && sign > 1 && time[sign - 1] == ' ') time.erase(sign - 1, 1);
  return time;
}

bool has_offset(std::string_view text) {
  constexpr std::size_t kDay = 10;  // 2026-05-01
  return text.find_first_of("Zz+", kDay) != std::string_view::npos ||
         text.find('-', kDay) != std::string_view::npos;
}

bool is_day_only(std::string_view text) {
  return text.size() <= std::string_view("2026-05-01").size();
}

// As if it were UTC.
std::string posted_of(const Row& row, Reading& out) {
  const auto said = row[kPosted];
  auto time = claimed_time(zone_joined(year_first(said)));
  if (time.empty() && !said.empty())
    out.remarks.push_back(
        "a row's time cannot be told from \"" + excerpt(said) +
        "\": it has to be written year first, or with dots (2026-05-01 10:00, 1.5.2026 10:00)");
  return time;
}

void place_in_zone(const Row& row, const SavedContext& context, std::string& posted, Reading& out) {
  const auto said = zone_joined(year_first(row[kPosted]));
  // A day is that day, whatever the zone.
  if (posted.empty() || row.which(kPosted) == kUtc || has_offset(said) || is_day_only(said)) return;
  ++out.without_zone;
  posted = in_archives_zone(std::move(posted), context);
}

Status read_row(std::string_view record, const SavedContext& context, Reading& out) {
  const auto head = table_head(context.head);
  bool guessed = false;
  const auto text = table_row(record, head, guessed);
  if (!text) return text.error();
  const Row row(head, *text);
  if (row.size() < head.names.size() || row.has_more_than(head.names.size()))
    return Error{Code::kInvalid, "a row has " + std::to_string(row.size()) + " cells, and the table has " +
                                     std::to_string(head.names.size()) + " columns"};
  Item item;
  item.length = record.size();
  auto& it = item.interaction;
  it.platform = "table";
  it.text = row[kText];
  it.summary = row[kTitle];
  if (it.text.empty() && it.summary.empty()) return ++out.others, Status();
  it.type = row[kType].empty() ? "message" : plain_name(row[kType]);
  it.author = {row[kAccount], without_at(row[kHandle]), row[kName], ""};
  it.url = row[kUrl];
  it.lang = row[kLang];
  it.thread = row[kThread];
  it.local = local_name(head, context, row[kId]);
  it.reply_to = row.which(kId).empty() ? row[kReply] : local_name(head, context, row[kReply]);
  if (const auto channel = row[kChannel]; !channel.empty()) it.tags.push_back(channel);
  it.visibility = plain_name(row[kVisibility]);
  if (!it.visibility.empty() && std::ranges::count(kPublic, it.visibility) == 0)
    item.why_private = "a row that is not marked as public";
  it.posted = posted_of(row, out);
  it.id = name_of(row, it);
  place_in_zone(row, context, it.posted, out);  // a name does not change with the archive's zone
  item.has_made_name = true;
  out.guessed += guessed ? 1U : 0U;
  out.items.push_back(std::move(item));
  return {};
}

bool is_table(const Beginning& it) {
  if (it.is_json() || it.is_wide() || it.is_empty() || it.text().starts_with("\xfe\xff")) return false;
  const auto head = table_head(it.text());
  if (!is_head(head)) return false;
  const auto rows = first_rows(it.text(), head);
  return rows.fit * 2 >= rows.count;
}

}  // namespace

const SavedFormat kTable = {"table",
                            "tables (CSV) with a column for the text and one for the time or a number",
                            is_table, read_row, Cut::kRows};

}  // namespace muniment::sources
