#include "sources/html_elements.hpp"

#include <algorithm>
#include <optional>

#include "sources/html_reference.hpp"
#include "sources/markup_cursor.hpp"

namespace muniment::sources {
namespace {

constexpr std::string_view kVoid[] = {"area",  "base", "br",   "col",   "embed",  "hr",    "img",
                                      "input", "link", "meta", "param", "source", "track", "wbr"};
constexpr std::string_view kRaw[] = {"script", "style", "textarea", "title"};
constexpr std::size_t kNotWanted = static_cast<std::size_t>(-1);

bool is_one_of(std::string_view name, auto& names) {
  return std::ranges::find(names, name) != std::end(names);
}

class Walk {
 public:
  Walk(std::string_view html, bool (*wanted)(std::string_view)) : html_(html), at_(html), wanted_(wanted) {}

  Result<std::vector<HtmlElement>> walk() {
    while (to_next_tag())
      if (out_.size() > kMostElements)
        return Error{Code::kInvalid, "the page has more than " + std::to_string(kMostElements) +
                                         " elements, and is not read"};
    while (!open_.empty()) close(html_.size(), html_.size());
    return std::move(out_);
  }

 private:
  struct Open {
    std::string_view name;
    std::size_t number;  // among out_
  };

  // Over one tag.  False: there is none any more.
  bool to_next_tag() {
    at_.upto_any("<");
    if (at_.is_over()) return false;
    const auto begin = at_.place();
    if (at_.at("<!--")) return at_.behind("-->", 4);
    if (at_.at("</")) return end_tag(begin);
    if (at_.peek(1) == '!' || at_.peek(1) == '?') return at_.behind(">", 1);
    if (!starts_name(at_.peek(1))) return at_.step(), true;
    return start_tag(begin);
  }

  bool start_tag(std::size_t begin) {
    at_.step();
    const auto name = at_.name();
    for (;;) {
      at_.upto_any("\"'>");
      if (at_.is_over()) return false;
      const char quote = at_.peek();
      at_.step();
      if (quote == '>') break;
      if (!at_.behind(std::string_view(&quote, 1), 0)) return false;
    }
    const auto tag = html_.substr(begin, at_.place() - begin);
    const bool stays_open = !is_one_of(name, kVoid);
    if (stays_open && open_.size() >= kMostOpenElements) return true;
    auto number = kNotWanted;
    if (wanted_(tag)) {
      number = out_.size();
      out_.push_back({tag, begin, at_.place(), at_.place(), at_.place()});
    }
    if (stays_open) open_.push_back({name, number});
    if (is_one_of(name, kRaw)) at_.behind("</" + std::string(name), 0) ? back(name.size() + 2) : at_.stop();
    return true;
  }

  void back(std::size_t count) { at_.go_to(at_.place() - count); }

  bool end_tag(std::size_t begin) {
    at_.step(2);
    const auto name = at_.name();
    if (!at_.behind(">", 0)) return false;
    const auto which =
        std::find_if(open_.rbegin(), open_.rend(), [&](auto& open) { return open.name == name; });
    for (auto above = which == open_.rend() ? 0 : std::distance(open_.rbegin(), which); above > 0; --above)
      close(begin, begin);
    if (which != open_.rend()) close(begin, at_.place());
    return true;
  }

  void close(std::size_t inner_end, std::size_t end) {
    if (const auto number = open_.back().number; number != kNotWanted) {
      out_[number].inner_end = inner_end;
      out_[number].end = end;
    }
    open_.pop_back();
  }

  std::string_view html_;
  MarkupCursor at_;
  bool (*wanted_)(std::string_view);
  std::vector<Open> open_;
  std::vector<HtmlElement> out_;
};

}  // namespace

Result<std::vector<HtmlElement>> html_elements(std::string_view html, bool (*wanted)(std::string_view tag)) {
  return Walk(html, wanted).walk();
}

std::string_view html_tag_name(std::string_view tag) {
  MarkupCursor at(tag);
  at.step();
  return at.name();
}

std::string html_attribute(std::string_view tag, std::string_view name) {
  MarkupCursor at(tag);
  at.step();
  at.name();
  while (!at.is_over()) {
    at.blanks();
    const auto called = at.name();
    at.blanks();
    if (at.peek() != '=') {
      if (called.empty()) at.step();
      continue;
    }
    at.step();
    at.blanks();
    const char quote = at.peek();
    const bool is_quoted = quote == '"' || quote == '\'';
    if (is_quoted) at.step();
    const auto value = at.upto_any(is_quoted ? std::string_view(&quote, 1) : std::string_view(" \t\r\n>"));
    if (is_quoted) at.step();
    if (called != name) continue;
    std::string out;
    decode_html_references(value, HtmlReferences::kUsual, out);
    return out;
  }
  return {};
}

bool has_html_class(std::string_view tag, std::string_view name) {
  const auto all = html_attribute(tag, "class");
  for (MarkupCursor at(all); !at.is_over();) {
    at.blanks();
    if (at.upto_any(kMarkupBlanks) == name) return true;
  }
  return false;
}

}  // namespace muniment::sources
