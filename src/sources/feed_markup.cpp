#include "sources/feed_markup.hpp"

#include <algorithm>
#include <utility>

#include "base/utf8.hpp"
#include "sources/markup_cursor.hpp"
#include "sources/markup_faults.hpp"
#include "sources/markup_text.hpp"

namespace muniment::sources {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return x == y || ((x ^ y) == 32 && (x | 32) >= 'a' && (x | 32) <= 'z');
         });
}

// For a message; a name cut inside a character stays UTF-8.
std::string short_name(std::string_view name) {
  return base::to_valid_utf8(name.substr(0, 40));
}

class Tidier {
 public:
  // `repairing`: the page is known to be misnested, so an entry directly inside an entry begins a new one.
  Tidier(std::string_view text, bool repairing)
      : in_(text), repairing_(repairing), faults_(in_), write_(out_.xml, faults_) {
    out_.xml.reserve(text.size() + text.size() / 16 + 64);
  }

  Result<FeedMarkup> run() {
    while (!in_.is_over() && !ended_ && !faults_.refused()) {
      if (in_.peek() == '<')
        markup();
      else
        characters();
    }
    if (faults_.refused()) return faults_.refusal();
    if (!ended_)
      break_off();
    else
      after_root();
    out_.fault = faults_.first();
    return std::move(out_);
  }

 private:
  struct Open {
    std::string_view name;
    std::size_t out_at;  // in the output
    std::size_t slice;   // index of its slice; kNone when it is no entry
  };
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  void characters() {
    const auto run = in_.rest().substr(0, in_.rest().find('<'));
    if (!open_.empty())
      write_.content(run);
    else if (run.find_first_not_of(kMarkupBlanks) != std::string_view::npos)
      faults_.note("text before the feed begins");
    in_.step(run.size());
  }

  void literal_less_than(std::size_t place) {
    in_.go_to(place);
    faults_.note("a < that begins no tag");
    if (!open_.empty()) out_.xml += "&lt;";
    in_.step();
  }

  void markup() {
    if (in_.at("<!--")) return static_cast<void>(in_.behind("-->", 4));
    if (in_.at("<![CDATA[")) return character_data();
    if (in_.at("<?")) return static_cast<void>(in_.behind("?>", 2));
    if (in_.at("<!DOCTYPE") || in_.at("<!doctype")) return document_type();
    if (in_.at("</")) return end_tag();
    if (starts_name(in_.peek(1))) return start_tag();
    const auto rest = in_.rest();
    if (std::string_view("<!--").starts_with(rest) || std::string_view("<![CDATA[").starts_with(rest))
      return in_.stop();
    literal_less_than(in_.place());
  }

  void character_data() {
    constexpr std::size_t kMark = 9;
    const auto rest = in_.rest();
    const auto end = rest.find("]]>", kMark);
    if (end == std::string_view::npos) return in_.stop();
    if (!open_.empty()) {
      out_.xml += "<![CDATA[";
      write_.copy(rest.substr(kMark, end - kMark));
      out_.xml += "]]>";
    }
    in_.step(end + 3);
  }

  void document_type() {
    char quote = '\0';
    int brackets = 0;
    for (; !in_.is_over(); in_.step()) {
      const char c = in_.peek();
      if (quote != '\0') {
        if (c == quote) quote = '\0';
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '[') {
        ++brackets;
      } else if (c == ']') {
        --brackets;
      } else if (in_.at("<!ENTITY")) {
        out_.own_entities = true;
        write_.expect_own_entities();
      } else if (in_.at("<!--")) {
        if (!in_.behind("-->", 0)) return;
        in_.go_to(in_.place() - 1);
      } else if (c == '>' && brackets <= 0) {
        return in_.step();
      }
    }
  }

  bool begins_entry(std::string_view name) const {
    if (!is_entry_name(local_name(name)) || (!open_.empty() && open_.front().slice != kNone)) return false;
    return open_.size() < 2 || (open_.size() == 2 && local_name(open_[1].name) == "channel");
  }

  void start_tag() {
    const std::size_t start = in_.place();
    in_.step();
    const auto name = in_.name();
    const char after = in_.is_over() ? '>' : in_.peek();
    if (!is_markup_blank(after) && after != '>' && after != '/') return literal_less_than(start);
    if (repairing_ && open_.size() > 1 && open_.back().slice != kNone && same_name(open_.back().name, name))
      close_top();
    const bool entry = begins_entry(name);
    const std::size_t out_at = out_.xml.size();
    out_.xml.append("<").append(name);
    bool empty = false;
    if (!attributes(start, empty)) {
      out_.xml.resize(out_at);
      if (!in_.is_over() && !faults_.refused()) literal_less_than(start);
      return;
    }
    if (open_.empty()) out_.root = local_name(name);
    if (++elements_ > kFeedElements) return faults_.refuse("more than 1,000,000 elements and attributes");
    if (entry) out_.entries.push_back({start, 0});
    open_.push_back({name, out_at, entry ? out_.entries.size() - 1 : kNone});
    if (open_.size() > kFeedDepth) return faults_.refuse("elements are nested more than 256 deep");
    out_.xml += '>';
    if (empty) close_top();
  }

  // After the name; goes behind the tag.  False when this is no tag after all.
  bool attributes(std::size_t start, bool& empty) {
    for (std::size_t count = 0;;) {
      in_.blanks();
      if (in_.is_over()) return false;
      if (in_.place() - start > kFeedTagBytes) faults_.refuse("a tag is longer than 1 MiB");
      if (faults_.refused()) return false;
      const char c = in_.peek();
      empty = in_.at("/>");
      if (c == '>' || empty) {
        in_.step(empty ? 2 : 1);
        return true;
      }
      if (c == '<') return false;
      if (!starts_name(c)) {
        faults_.note("a tag holds something that is no attribute");
        in_.step();
        continue;
      }
      if (++count > kFeedAttributes) faults_.refuse("an element has more than 256 attributes");
      ++elements_;
      if (!attribute()) return false;
    }
  }

  bool attribute() {
    const auto name = in_.name();
    in_.blanks();
    std::string_view value;
    if (in_.peek() != '=')
      faults_.note("an attribute without a value");
    else if (!attribute_value(value))
      return false;
    out_.xml.append(" ").append(name).append("=\"");
    write_.attribute(value);
    out_.xml += '"';
    return true;
  }

  bool attribute_value(std::string_view& value) {
    in_.step();
    in_.blanks();
    if (in_.is_over()) return false;
    const char quote = in_.peek();
    if (quote != '"' && quote != '\'') {
      faults_.note("an attribute without quotation marks");
      value = in_.upto_any(" \t\r\n><");
      return true;
    }
    in_.step();
    value = in_.upto_any(std::string_view(&quote, 1));
    if (in_.is_over()) return false;
    in_.step();
    return true;
  }

  void end_tag() {
    const std::size_t start = in_.place();
    in_.step(2);
    const auto name = in_.name();
    in_.blanks();
    if (name.empty()) return literal_less_than(start);
    if (in_.at(">")) {
      in_.step();
    } else {
      faults_.note("an end tag without >");
      out_.misnested = out_.misnested || (!open_.empty() && open_.back().slice != kNone);
    }
    if (open_.empty()) return faults_.note("an end tag before the feed begins");
    if (open_.back().name == name) return close_top();
    faults_.note("</" + short_name(name) + "> does not end <" + short_name(open_.back().name) + ">");
    out_.misnested = true;
    const auto found = std::find_if(open_.rbegin(), open_.rend(),
                                    [&](const Open& open) { return same_name(open.name, name); });
    if (found == open_.rend()) return;
    for (auto close = found - open_.rbegin() + 1; close > 0; --close) close_top();
  }

  void close_top() {
    out_.xml.append("</").append(open_.back().name).append(">");
    if (open_.back().slice != kNone) {
      auto& slice = out_.entries[open_.back().slice];
      slice.length = in_.place() - slice.offset;
    }
    open_.pop_back();
    ended_ = open_.empty();
  }

  // The text is over and the root is not: what is open is closed, but for an entry, which goes.
  void break_off() {
    faults_.note(out_.root.empty() ? "there is no element" : "the page breaks off");
    out_.breaks_off = !out_.root.empty();
    const auto entry =
        std::find_if(open_.begin(), open_.end(), [](const Open& open) { return open.slice != kNone; });
    if (entry != open_.end()) {
      out_.xml.resize(entry->out_at);
      out_.entries.resize(entry->slice);
      open_.erase(entry, open_.end());
    }
    while (!open_.empty()) close_top();
  }

  void after_root() {
    do {
      in_.blanks();
    } while ((in_.at("<!--") && in_.behind("-->", 4)) || (in_.at("<?") && in_.behind("?>", 2)));
    if (!in_.is_over()) faults_.note("something stands after the end of the feed");
  }

  MarkupCursor in_;
  bool repairing_;
  FeedMarkup out_;
  MarkupFaults faults_;
  MarkupText write_;
  std::vector<Open> open_;
  std::size_t elements_ = 0;
  bool ended_ = false;
};

}  // namespace

std::string local_name(std::string_view name) {
  if (const auto colon = name.rfind(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
  std::string out(name);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 32);
  return out;
}

bool is_entry_name(std::string_view local) {
  return local == "item" || local == "entry";
}

Result<FeedMarkup> tidy_markup(std::string_view text) {
  auto tidy = Tidier(text, false).run();
  if (!tidy || !tidy->misnested) return tidy;
  auto repaired = Tidier(text, true).run();
  if (repaired) repaired->misnested = true;
  return repaired;
}

}  // namespace muniment::sources
