// WhatsApp's "export chat": text, a message a line, longer ones going on in the lines below.
//
//   [30/12/2023, 14:29:00] Jo: Hello            iOS
//   12/9/20, 23:55 - Jo: Hello                  Android
//   2016-04-15, 3:04 PM - Jo: Hello
// Which of the first two numbers is the day is not said: a number above twelve anywhere in the file tells;
// when none does, dates are not given, for a wrong day would be worse than none.  The zone is that of the
// telephone and not said either: taken for the archive's.  Everything is private.  Nothing has a name: names
// are made (made_name.hpp) from the date as it is spelled.  In the place of a message that was deleted stands
// a mark (deleted_marks.hpp): what is left of it is who wrote it and when.
#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/time.hpp"
#include "base/utf8.hpp"
#include "records/made_name.hpp"
#include "sources/beginning.hpp"
#include "sources/deleted_marks.hpp"
#include "sources/local_time.hpp"
#include "sources/saved_formats.hpp"

namespace muniment::sources {
namespace {

constexpr std::size_t kMostMessages = 5'000'000;

struct Stamp {
  std::array<int, 3> date{};  // as they stand
  bool year_first = false;
  bool dotted = false;  // 30.12.2023 is never month before day
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::size_t length = 0;  // of the line's part that is the stamp
  std::string_view spelled;
};

// Reads a line from left to right.
class Scan {
 public:
  explicit Scan(std::string_view line) : line_(line) {}

  bool take(std::string_view text) {
    if (!line_.substr(at_).starts_with(text)) return false;
    at_ += text.size();
    return true;
  }
  // Blanks of any kind, and marks of direction.
  void blanks() {
    while (take(" ") || take("\u202f") || take("\u00a0") || take("\u200e") || take("\u200f")) {
    }
  }
  std::optional<int> number(std::size_t most) {
    int value = 0;
    std::size_t digits = 0;
    for (; at_ < line_.size() && line_[at_] >= '0' && line_[at_] <= '9'; ++at_, ++digits)
      if (digits < 6) value = value * 10 + (line_[at_] - '0');
    if (digits == 0 || digits > most) return std::nullopt;
    return value;
  }
  char separator() { return at_ < line_.size() ? line_[at_++] : '\0'; }
  std::size_t at() const { return at_; }
  std::string_view line() const { return line_; }

 private:
  std::string_view line_;
  std::size_t at_ = 0;
};

bool read_date(Scan& in, Stamp& out) {
  const auto first = in.number(4);
  if (!first) return false;
  const char separator = in.separator();
  if (separator != '/' && separator != '.' && separator != '-') return false;
  const auto second = in.number(2);
  if (!second || in.separator() != separator) return false;
  const auto third = in.number(4);
  if (!third) return false;
  out.date = {*first, *second, *third};
  out.year_first = *first > 99;
  out.dotted = separator == '.';
  return true;
}

bool read_clock(Scan& in, Stamp& out) {
  const auto hour = in.number(2);
  if (!hour || (!in.take(":") && !in.take("."))) return false;
  const auto minute = in.number(2);
  if (!minute) return false;
  out.hour = *hour;
  out.minute = *minute;
  if (in.take(":") || in.take(".")) {
    const auto second = in.number(2);
    if (!second) return false;
    out.second = *second;
  }
  in.blanks();
  const bool after_noon =
      in.take("PM") || in.take("pm") || in.take("p.m.") || in.take("p.\u00a0m.") || in.take("p. m.");
  const bool before_noon = !after_noon && (in.take("AM") || in.take("am") || in.take("a.m.") ||
                                           in.take("a.\u00a0m.") || in.take("a. m."));
  if (after_noon && out.hour < 12) out.hour += 12;
  if (before_noon && out.hour == 12) out.hour = 0;
  return out.hour < 24 && out.minute < 60 && out.second < 61;
}

std::optional<Stamp> stamp_of(std::string_view line) {
  Scan in(line);
  in.blanks();
  const bool bracket = in.take("[");
  Stamp out;
  const auto from = in.at();
  if (!read_date(in, out)) return std::nullopt;
  in.take(",");
  in.blanks();
  if (!read_clock(in, out)) return std::nullopt;
  out.spelled = line.substr(from, in.at() - from);
  in.blanks();
  if (bracket ? !in.take("]") : !in.take("-") && !in.take("\u2013")) return std::nullopt;
  in.blanks();
  out.length = in.at();
  return out;
}

enum class Order { kUnknown, kDayFirst, kMonthFirst };

std::string time_of(const Stamp& stamp, Order order) {
  auto [first, second, third] = stamp.date;
  int day = 0;
  int month = 0;
  int year = 0;
  if (stamp.year_first) {
    year = first;
    month = second;
    day = third;
  } else {
    if (order == Order::kUnknown) return {};
    day = order == Order::kDayFirst ? first : second;
    month = order == Order::kDayFirst ? second : first;
    year = third < 100 ? 2000 + third : third;
  }
  const auto time = base::from_civil(year, static_cast<unsigned>(month), static_cast<unsigned>(day),
                                     static_cast<unsigned>(stamp.hour), static_cast<unsigned>(stamp.minute),
                                     static_cast<unsigned>(std::min(stamp.second, 59)));
  return time ? base::to_rfc3339(*time) : std::string();
}

struct Line {
  Stamp stamp;
  std::size_t offset = 0;
  std::size_t length = 0;
};

class Chat {
 public:
  Chat(std::string_view text, const SavedContext& context) : text_(text), context_(context) {
    for (std::size_t at = 0; at < text.size() && lines_.size() < kMostMessages;) {
      const auto end = std::min(text.find('\n', at), text.size() - 1) + 1;
      if (const auto stamp = stamp_of(text.substr(at, end - at)))
        lines_.push_back({*stamp, at, end - at});
      else if (!lines_.empty())
        lines_.back().length = end - lines_.back().offset;
      at = end;
    }
  }

  bool empty() const { return lines_.empty(); }

  void read(Reading& out) {
    const auto order = find_order();
    std::size_t undated = 0;
    for (const auto& line : lines_) {
      Item item;
      if (!message(line, order, item)) {
        ++out.others;  // somebody joined, a name was changed
        continue;
      }
      ++(item.interaction.posted.empty() ? undated : out.without_zone);
      out.items.push_back(std::move(item));
    }
    if (undated != 0)
      out.remarks.push_back("whether day or month comes first cannot be told in this chat: " +
                            std::to_string(undated) + " messages are without a date");
  }

 private:
  Order find_order() const {
    bool day_first = false;
    bool month_first = false;
    for (const auto& line : lines_) {
      if (line.stamp.year_first) continue;
      day_first = day_first || line.stamp.date[0] > 12 || line.stamp.dotted;
      month_first = month_first || line.stamp.date[1] > 12;
    }
    if (day_first == month_first) return Order::kUnknown;
    return day_first ? Order::kDayFirst : Order::kMonthFirst;
  }

  bool message(const Line& line, Order order, Item& item) {
    auto words = text_.substr(line.offset, line.length);
    words.remove_prefix(line.stamp.length);
    while (words.ends_with('\n') || words.ends_with('\r')) words.remove_suffix(1);
    const auto colon = words.find(": ");
    if (colon == std::string_view::npos || words.substr(0, colon).find('\n') != std::string_view::npos)
      return false;
    item.offset = line.offset;
    item.length = line.length;
    item.why_private = "a message in a private chat";
    auto& out = item.interaction;
    out.platform = "whatsapp";
    out.type = "message";
    out.visibility = "direct";
    out.author.name = base::to_valid_utf8(words.substr(0, colon));
    out.text = base::to_valid_utf8(words.substr(colon + 2));
    std::erase(out.text, '\r');
    attachment(out);
    out.posted = in_archives_zone(time_of(line.stamp, order), context_);
    out.id = records::made_name("message", "", {line.stamp.spelled, out.author.name, out.text});
    // The same words by the same person within the same minute are another message.
    if (const auto again = ++seen_[out.id]; again > 1) out.id += "-" + std::to_string(again);
    if (const auto* mark = deleted_mark(out.text)) {
      item.fate = mark->fate;
      item.fate_words = mark->words;
      out.text.clear();
    }
    return true;
  }

  // "<attached: IMG_1.jpg>", "IMG_1.jpg (file attached)"
  static void attachment(records::Interaction& out) {
    constexpr std::string_view kBefore = "<attached: ";
    constexpr std::string_view kAfter = " (file attached)";
    if (const auto at = out.text.find(kBefore); at != std::string::npos) {
      const auto from = at + kBefore.size();
      if (const auto end = out.text.find('>', from); end != std::string::npos && end != from)
        out.media.push_back({out.text.substr(from, end - from), "", ""});
    } else if (const auto after = out.text.find(kAfter); after != std::string::npos && after != 0) {
      auto name = out.text.substr(0, after);
      if (name.starts_with("\u200e")) name.erase(0, 3);
      if (!name.empty()) out.media.push_back({std::move(name), "", ""});
    }
  }

  std::string_view text_;
  const SavedContext& context_;
  std::vector<Line> lines_;
  std::map<std::string, std::size_t> seen_;
};

Status read_chat(std::string_view record, const SavedContext& context, Reading& out) {
  Chat chat(record, context);
  if (chat.empty()) return Error{Code::kInvalid, "no line of the file begins as a message of WhatsApp"};
  chat.read(out);
  return {};
}

bool is_chat(const Beginning& it) {
  if (it.is_wide()) return false;
  const auto line = it.text().substr(0, it.text().find('\n'));
  return stamp_of(line).has_value();
}

}  // namespace

const SavedFormat kWhatsApp = {"whatsapp",
                               "a chat of WhatsApp, exported as text",
                               is_chat,
                               read_chat,
                               Cut::kWhole,
                               {},
                               "messages of a private chat"};

}  // namespace muniment::sources
