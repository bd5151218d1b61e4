#include "sources/feed_markup.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "base/utf8.hpp"
#include "sources/feed_entities.hpp"

namespace muniment::sources {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::size_t kLongestReference = 32;

bool is_blank(char c) {
  return kBlanks.find(c) != std::string_view::npos;
}

bool starts_name(char c) {
  return ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' || c == ':' || (c & 0x80) != 0;
}

bool is_name_char(char c) {
  return starts_name(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 && !is_blank(c);
}

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
  Tidier(std::string_view text, bool repairing) : text_(text), repairing_(repairing) {
    out_.xml.reserve(text.size() + text.size() / 16 + 64);
  }

  Result<FeedMarkup> run() {
    while (at_ < text_.size() && !ended_ && !refusal_) {
      if (text_[at_] == '<')
        markup();
      else
        characters();
    }
    if (refusal_) return *std::move(refusal_);
    if (!ended_)
      break_off();
    else
      after_root();
    return std::move(out_);
  }

 private:
  struct Open {
    std::string_view name;
    std::size_t out_at;  // in the output
    std::size_t slice;   // index of its slice; kNone when it is no entry
  };
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  std::string line() const {
    const auto upto = text_.substr(0, std::min(at_, text_.size()));
    return "line " + std::to_string(1 + std::count(upto.begin(), upto.end(), '\n'));
  }
  void fault(std::string_view what) {
    if (out_.fault.empty()) out_.fault = line() + ": " + std::string(what);
    if (++faults_ > kFeedFaults) refuse("more than 10,000 places are not well-formed");
  }
  void refuse(const std::string& what) {
    if (!refusal_)
      refusal_ = Error{Code::kInvalid, "the feed cannot be read, " + line() + ": " + what,
                       "the page itself is kept; ask the publisher to mend the feed"};
  }
  bool at(std::string_view what) const { return text_.substr(at_).starts_with(what); }

  void copy(std::string_view text) {
    for (;;) {
      const auto end = std::find_if(text.begin(), text.end(), is_control);
      out_.xml.append(text.begin(), end);
      if (end == text.end()) return;
      fault("a control character");
      out_.xml += "\xEF\xBF\xBD";
      text.remove_prefix(static_cast<std::size_t>(end - text.begin()) + 1);
    }
  }

  // Text with its references, up to `end`; `quote` is written out where it would end an attribute.
  void copy_with_references(std::string_view text, char quote) {
    for (std::size_t i = 0; i < text.size() && !refusal_;) {
      const std::size_t next = std::min(text.find_first_of(quote ? "&<\"" : "&", i), text.size());
      copy(text.substr(i, next - i));
      if (next == text.size()) return;
      i = next;
      if (text[i] == '&') {
        i += reference(text.substr(i));
      } else {
        if (text[i] == '<') fault("a < in an attribute");
        out_.xml += text[i] == '<' ? "&lt;" : "&quot;";
        ++i;
      }
    }
  }

  // At an ampersand; answers how many bytes were read.
  std::size_t reference(std::string_view text) {
    const auto end = text.substr(0, kLongestReference).find(';');
    const auto name = end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
    if (name.size() > 1 && name.front() == '#') {
      const bool hex = name[1] == 'x' || name[1] == 'X';
      const auto digits = name.substr(hex ? 2 : 1);
      std::uint32_t number = 0;
      const auto [stop, error] =
          std::from_chars(digits.data(), digits.data() + digits.size(), number, hex ? 16 : 10);
      if (!digits.empty() && stop == digits.data() + digits.size()) {
        const char32_t meant = error == std::errc() ? referred_character(number) : U'\xFFFD';
        if (meant == 0xFFFD && number != 0xFFFD) fault("a reference to a forbidden character");
        if (meant == '<' || meant == '&' || meant == '"' || meant == '\r' || meant == '\n' || meant == '\t')
          out_.xml += "&#" + std::to_string(static_cast<unsigned>(meant)) + ";";
        else
          base::append_utf8(out_.xml, meant);
        return end + 1;
      }
    }
    if (name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos") {
      out_.xml += text.substr(0, end + 1);
      return end + 1;
    }
    const std::string character = html_entity(name);
    if (!character.empty()) {
      out_.xml += character;
      return end + 1;
    }
    if (!out_.own_entities) fault("an & that begins no known character");
    out_.xml += "&amp;";
    return 1;
  }

  void characters() {
    const std::size_t end = std::min(text_.find('<', at_), text_.size());
    const auto run = text_.substr(at_, end - at_);
    if (!open_.empty())
      copy_with_references(run, '\0');
    else if (run.find_first_not_of(kBlanks) != std::string_view::npos)
      fault("text before the feed begins");
    at_ = end;
  }

  void literal_less_than() {
    fault("a < that begins no tag");
    if (!open_.empty()) out_.xml += "&lt;";
    ++at_;
  }

  void markup() {
    if (at("<!--")) return skip("-->", 4);
    if (at("<![CDATA[")) return character_data();
    if (at("<?")) return skip("?>", 2);
    if (at("<!DOCTYPE") || at("<!doctype")) return document_type();
    if (at("</")) return end_tag();
    if (at_ + 1 < text_.size() && starts_name(text_[at_ + 1])) return start_tag();
    if (at_ + 1 >= text_.size() || std::string_view("<!--").starts_with(text_.substr(at_)) ||
        std::string_view("<![CDATA[").starts_with(text_.substr(at_)))
      return stop();
    literal_less_than();
  }

  void stop() { at_ = text_.size(); }

  void skip(std::string_view until, std::size_t from) {
    const auto end = text_.find(until, at_ + from);
    if (end == std::string_view::npos) return stop();
    at_ = end + until.size();
  }

  void character_data() {
    const auto end = text_.find("]]>", at_ + 9);
    if (end == std::string_view::npos) return stop();
    if (!open_.empty()) {
      out_.xml += "<![CDATA[";
      copy(text_.substr(at_ + 9, end - at_ - 9));
      out_.xml += "]]>";
    }
    at_ = end + 3;
  }

  void document_type() {
    char quote = '\0';
    int brackets = 0;
    for (std::size_t i = at_; i < text_.size(); ++i) {
      const char c = text_[i];
      if (quote != '\0') {
        if (c == quote) quote = '\0';
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '[') {
        ++brackets;
      } else if (c == ']') {
        --brackets;
      } else if (c == '<' && text_.substr(i).starts_with("<!ENTITY")) {
        out_.own_entities = true;
      } else if (text_.substr(i).starts_with("<!--")) {
        const auto end = text_.find("-->", i);
        if (end == std::string_view::npos) return stop();
        i = end + 2;
      } else if (c == '>' && brackets <= 0) {
        at_ = i + 1;
        return;
      }
    }
    stop();
  }

  std::string_view take_name() {
    const std::size_t from = at_;
    while (at_ < text_.size() && is_name_char(text_[at_])) ++at_;
    return text_.substr(from, at_ - from);
  }
  void blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }

  bool begins_entry(std::string_view name) const {
    if (!is_entry_name(local_name(name)) || (!open_.empty() && open_.front().slice != kNone)) return false;
    return open_.size() < 2 || (open_.size() == 2 && local_name(open_[1].name) == "channel");
  }

  void start_tag() {
    const std::size_t start = at_++;
    const auto name = take_name();
    const char after = at_ < text_.size() ? text_[at_] : '>';
    if (!is_blank(after) && after != '>' && after != '/') {
      at_ = start;
      return literal_less_than();
    }
    if (repairing_ && open_.size() > 1 && open_.back().slice != kNone && same_name(open_.back().name, name))
      close_top();
    const bool entry = begins_entry(name);
    const std::size_t out_at = out_.xml.size();
    out_.xml += '<';
    out_.xml += name;
    bool empty = false;
    if (!attributes(start, empty)) {
      out_.xml.resize(out_at);
      if (at_ < text_.size() && !refusal_) {
        at_ = start;
        literal_less_than();
      }
      return;
    }
    if (open_.empty()) out_.root = local_name(name);
    if (++elements_ > kFeedElements) return refuse("more than 1,000,000 elements and attributes");
    if (entry) out_.entries.push_back({start, 0});
    open_.push_back({name, out_at, entry ? out_.entries.size() - 1 : kNone});
    if (open_.size() > kFeedDepth) return refuse("elements are nested more than 256 deep");
    out_.xml += '>';
    if (empty) close_top();
  }

  // After the name; leaves `at_` behind the tag.  False when this is no tag after all.
  bool attributes(std::size_t start, bool& empty) {
    for (std::size_t count = 0;;) {
      blanks();
      if (at_ >= text_.size()) return false;
      if (at_ - start > kFeedTagBytes) refuse("a tag is longer than 1 MiB");
      if (refusal_) return false;
      const char c = text_[at_];
      empty = c == '/' && at_ + 1 < text_.size() && text_[at_ + 1] == '>';
      if (c == '>' || empty) {
        at_ += empty ? 2 : 1;
        return true;
      }
      if (c == '<') return false;
      if (!starts_name(c)) {
        fault("a tag holds something that is no attribute");
        ++at_;
        continue;
      }
      if (++count > kFeedAttributes) refuse("an element has more than 256 attributes");
      ++elements_;
      if (!attribute()) return false;
    }
  }

  bool attribute() {
    const auto name = take_name();
    blanks();
    std::string_view value;
    if (at_ < text_.size() && text_[at_] == '=') {
      ++at_;
      blanks();
      if (at_ >= text_.size()) return false;
      const char quote = text_[at_];
      if (quote == '"' || quote == '\'') {
        const auto end = text_.find(quote, at_ + 1);
        if (end == std::string_view::npos) {
          stop();
          return false;
        }
        value = text_.substr(at_ + 1, end - at_ - 1);
        at_ = end + 1;
      } else {
        fault("an attribute without quotation marks");
        const auto end = std::min(text_.find_first_of(" \t\r\n><", at_), text_.size());
        value = text_.substr(at_, end - at_);
        at_ = end;
      }
    } else {
      fault("an attribute without a value");
    }
    out_.xml += ' ';
    out_.xml += name;
    out_.xml += "=\"";
    copy_with_references(value, '"');
    out_.xml += '"';
    return true;
  }

  void end_tag() {
    const std::size_t start = at_;
    at_ += 2;
    const auto name = take_name();
    blanks();
    if (name.empty()) {
      at_ = start;
      return literal_less_than();
    }
    if (at_ < text_.size() && text_[at_] == '>') {
      ++at_;
    } else {
      fault("an end tag without >");
      out_.misnested = out_.misnested || (!open_.empty() && open_.back().slice != kNone);
    }
    if (open_.empty()) return fault("an end tag before the feed begins");
    if (open_.back().name == name) return close_top();
    fault("</" + short_name(name) + "> does not end <" + short_name(open_.back().name) + ">");
    out_.misnested = true;
    const auto found = std::find_if(open_.rbegin(), open_.rend(),
                                    [&](const Open& open) { return same_name(open.name, name); });
    if (found == open_.rend()) return;
    for (auto close = found - open_.rbegin() + 1; close > 0; --close) close_top();
  }

  void close_top() {
    out_.xml += "</";
    out_.xml += open_.back().name;
    out_.xml += '>';
    if (open_.back().slice != kNone) {
      auto& slice = out_.entries[open_.back().slice];
      slice.length = at_ - slice.offset;
    }
    open_.pop_back();
    ended_ = open_.empty();
  }

  // The text is over and the root is not: what is open is closed, but for an entry, which goes.
  void break_off() {
    fault(out_.root.empty() ? "there is no element" : "the page breaks off");
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
    while (at_ < text_.size()) {
      blanks();
      if (at("<!--"))
        skip("-->", 4);
      else if (at("<?"))
        skip("?>", 2);
      else
        break;
    }
    if (at_ < text_.size()) fault("something stands after the end of the feed");
  }

  std::string_view text_;
  bool repairing_;
  FeedMarkup out_;
  std::vector<Open> open_;
  std::size_t at_ = 0;
  std::size_t elements_ = 0;
  std::size_t faults_ = 0;
  bool ended_ = false;
  std::optional<Error> refusal_;
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
