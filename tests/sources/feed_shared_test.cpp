// Feeds that others collected, where they are at hand: every entry found, nothing crashed, expectations kept.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <regex>
#include <set>

#include "base/utf8.hpp"
#include "sources/feed_dates.hpp"
#include "sources/feed_page.hpp"
#include "sources/html_text.hpp"

namespace muniment::sources {
namespace {

namespace fs = std::filesystem;

const fs::path kFeeds = fs::path(MUNIMENT_SHARED_DIR) / "data/platforms/feeds";
const fs::path kParser = kFeeds / "kurtmckee__feedparser";
const std::string kOrigin = "http://feed.example/feed";

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> files(const fs::path& folder) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

std::string header_of(const std::string& page, const std::string& name) {
  std::smatch found;
  const std::string head = page.substr(0, 2000);
  if (!std::regex_search(head, found, std::regex(name + ":[ \\t]*([^\\n]*)", std::regex::icase))) return {};
  std::string out = found[1];
  while (!out.empty() && static_cast<unsigned char>(out.back()) <= ' ') out.pop_back();
  return out;
}

std::string without(std::string page, const std::string& open, const std::string& close) {
  for (auto at = page.find(open); at != std::string::npos; at = page.find(open, at)) {
    const auto end = page.find(close, at);
    page.erase(at, end == std::string::npos ? std::string::npos : end + close.size() - at);
  }
  return page;
}

// Counts start tags of entries without reading anything else of the mark-up.
std::size_t naive_count(const std::string& page) {
  const std::string bare = without(without(page, "<!--", "-->"), "<![CDATA[", "]]>");
  const std::regex tag("<([A-Za-z0-9]+:)?(item|entry)[ \\t\\r\\n/>]", std::regex::icase);
  return static_cast<std::size_t>(std::distance(std::sregex_iterator(bare.begin(), bare.end(), tag), {}));
}

// A Python string literal, u'...' or '...' or "...", at the start of the text.
std::optional<std::string> python_string(std::string text) {
  if (text.starts_with('u') || text.starts_with('b')) text.erase(0, 1);
  std::string quote = text.substr(0, 1);
  if (quote != "'" && quote != "\"") return std::nullopt;
  if (text.starts_with(quote + quote + quote)) quote += quote + quote;
  std::string out;
  for (std::size_t i = quote.size(); i < text.size(); ++i) {
    if (text.compare(i, quote.size(), quote) == 0) {
      const auto rest = text.substr(i + quote.size());
      return rest.find_first_not_of(" \t)") == std::string::npos ? std::optional(out) : std::nullopt;
    }
    if (text[i] != '\\' || i + 1 == text.size()) {
      out.push_back(text[i]);
      continue;
    }
    const char c = text[++i];
    const std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits != 0) {
      base::append_utf8(out, static_cast<char32_t>(std::stoul(text.substr(i + 1, digits), nullptr, 16)));
      i += digits;
    } else {
      out.push_back(c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c);
    }
  }
  return std::nullopt;
}

std::string plain(const std::string& html) {
  std::string out = text_of_html(html, nullptr);
  const auto from = out.find_first_not_of(" \t\r\n");
  if (from == std::string::npos) return {};
  return out.substr(from, out.find_last_not_of(" \t\r\n") - from + 1);
}

std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (static_cast<unsigned char>(c) > ' ') out.push_back(c);
  return out;
}

// (2004, 1, 1, 19, 48, 21, 3, 1, 0)
std::string python_time(const std::string& text) {
  static const std::regex tuple(R"(\((\d+), *(\d+), *(\d+), *(\d+), *(\d+), *(\d+),.*)");
  std::smatch found;
  if (!std::regex_match(text, found, tuple)) return {};
  const auto two = [&](std::size_t i) { return (found[i].length() < 2 ? "0" : "") + found[i].str(); };
  return found[1].str() + "-" + two(2) + "-" + two(3) + "T" + two(4) + ":" + two(5) + ":" + two(6) + ".000Z";
}

// Where we mean to differ, by file and why.
const std::map<std::string, std::string> kDiffers = {
    {"encoding/bozo_linenoise.xml", "a guess at a character set that nobody can know"},
    {"encoding/demoronize-1.xml", "C1 control characters in valid UTF-8 stay as they are"},
    {"wellformed/atom/entry_created_multiple_values.xml", "of several dates the first counts"},
    {"wellformed/atom/entry_updated_multiple_values.xml", "of several dates the first counts"},
    {"wellformed/atom10/entry_category_term.xml", "a category's label is for people, its term is not"},
    {"wellformed/atom10/entry_category_term_non_ascii.xml",
     "a category's label is for people, its term is not"},
    {"wellformed/atom10/entry_content_and_summary.xml", "the whole text counts, not its summary"},
    {"wellformed/base/http_entry_id_base_content_location.xml",
     "an identifier is not an address; it is never resolved"},
    {"wellformed/base/http_entry_id_base_docuri.xml",
     "an identifier is not an address; it is never resolved"},
    {"wellformed/lang/entry_content_xml_lang_underscore.xml", "a language is kept as written"},
    {"wellformed/rss/entity_in_doctype.xml", "entities of the page's own are not expanded"},
    {"wellformed/rss/item_description_and_summary.xml", "RSS has no <summary>; <description> counts"},
    {"wellformed/rss/item_description_not_a_doctype.xml", "read as HTML reads it: a comment"},
    {"wellformed/rss/item_madeup_tags_element.xml", "RSS has no <tags>"},
    {"wellformed/rss/item_summary_and_description.xml", "RSS has no <summary>; <description> counts"},
    {"wellformed/sanitize/entry_content_iframe.xml", "what is inside an iframe is not read, as in a browser"},
    {"wellformed/sanitize/entry_summary_iframe.xml", "what is inside an iframe is not read, as in a browser"},
    {"wellformed/sanitize/item_content_encoded_iframe.xml",
     "what is inside an iframe is not read, as in a browser"},
    {"wellformed/sanitize/item_content_encoded_script_nested_cdata.xml", "read as HTML reads it: a comment"},
    {"wellformed/sanitize/item_description_iframe.xml",
     "what is inside an iframe is not read, as in a browser"},
    {"wellformed/sanitize/item_fullitem_iframe.xml", "what is inside an iframe is not read, as in a browser"},
};

struct Tally {
  int compared = 0;
  int held = 0;
  std::vector<std::string> broken;
};

class Expectations {
 public:
  // entries[N]['key'] == literal, joined by "and"; anything else is not ours to judge.
  void judge(const std::string& file, const std::string& expectation,
             const std::function<Result<Reading>()>& read) {
    static const std::regex simple(
        R"(entries\[(\d+)\](?:\['(\w+)'\]|\.(\w+))((?:\[\d+\])?(?:\['\w+'\])?) *== *(.*))");
    std::string rest = expectation;
    for (const auto& word : {"not bozo and ", "bozo and "})
      if (rest.starts_with(word)) rest.erase(0, std::string(word).size());
    for (std::size_t from = 0; from < rest.size();) {
      auto end = rest.find(" and entries[", from);
      if (end == std::string::npos) end = rest.size();
      const std::string one = rest.substr(from, end - from);
      from = end == rest.size() ? end : end + 5;
      std::smatch found;
      if (!std::regex_match(one, found, simple)) continue;
      const std::string key = found[2].str() + found[3].str() + found[4].str();
      compare(file, static_cast<std::size_t>(std::stoul(found[1])), key, found[5], read);
    }
  }

  const std::map<std::string, Tally>& tallies() const { return tallies_; }

 private:
  void compare(const std::string& file, std::size_t index, const std::string& key, const std::string& literal,
               const std::function<Result<Reading>()>& read) {
    const auto reader = readers().find(key);
    if (reader == readers().end()) return;
    const auto wanted = reader->second.time ? std::optional(python_time(literal)) : python_string(literal);
    if (!wanted || (reader->second.time && wanted->empty())) return;
    auto& tally = tallies_[key];
    ++tally.compared;
    const auto reading = read();
    const bool held = reading && index < reading->items.size() &&
                      reader->second.holds(reading->items[index].interaction, *wanted);
    if (held)
      ++tally.held;
    else
      tally.broken.push_back(file);
  }

  struct Reader {
    bool time;
    std::function<bool(const records::Interaction&, const std::string&)> holds;
  };
  static const std::map<std::string, Reader>& readers() {
    using Post = records::Interaction;
    using Text = const std::string&;
    // The parser keeps mark-up and cleans it; we keep readable text.  Both are brought to readable text.
    static const Reader words{false, [](const Post& post, Text html) {
                                return squeezed(post.text) == squeezed(plain(html)) ||
                                       squeezed(post.text) == squeezed(html);
                              }};
    static const Reader title{false, [](const Post& post, Text html) {
                                return squeezed(post.summary) == squeezed(html) ||
                                       squeezed(post.summary) == squeezed(plain(html));
                              }};
    static const Reader link{false, [](const Post& post, Text url) { return post.url == url; }};
    static const Reader id{false, [](const Post& post, Text guid) {
                             return post.id == guid || post.id == kOrigin + "#" + guid;
                           }};
    static const Reader author{false, [](const Post& post, Text name) {
                                 const auto& by = post.author;
                                 return name == by.name || name == by.handle ||
                                        name == by.name + " (" + by.handle + ")";
                               }};
    static const Reader posted{true, [](const Post& post, Text time) { return post.posted == time; }};
    static const Reader edited{
        true, [](const Post& post, Text time) { return post.edited == time || post.posted == time; }};
    static const Reader edited_text{false, [](const Post& post, Text time) {
                                      return post.edited == feed_date(time) || post.posted == feed_date(time);
                                    }};
    static const std::map<std::string, Reader> all = {
        {"title", title},
        {"title_detail['value']", title},
        {"link", link},
        {"id", id},
        {"guid", id},
        {"summary", words},
        {"description", words},
        {"summary_detail['value']", words},
        {"content[0]['value']", words},
        {"author", author},
        {"author_detail['name']", author},
        {"author_detail['email']", author},
        {"author_detail['url']", {false, [](const Post& post, Text url) { return post.author.url == url; }}},
        {"published_parsed", posted},
        {"updated_parsed", edited},
        {"created_parsed", edited},
        {"published", edited_text},
        {"updated", edited_text},
        {"created", edited_text},
        {"tags[0]['term']",
         {false, [](const Post& post, Text tag) { return !post.tags.empty() && post.tags[0] == tag; }}},
        {"category",
         {false, [](const Post& post, Text tag) { return !post.tags.empty() && post.tags[0] == tag; }}},
        {"enclosures[0]['url']",
         {false, [](const Post& post, Text url) { return !post.media.empty() && post.media[0].url == url; }}},
        {"enclosures[0]['href']",
         {false, [](const Post& post, Text url) { return !post.media.empty() && post.media[0].url == url; }}},
        {"enclosures[0]['type']",
         {false,
          [](const Post& post, Text type) { return !post.media.empty() && post.media[0].type == type; }}},
        {"content[0]['language']", {false, [](const Post& post, Text lang) { return post.lang == lang; }}},
    };
    return all;
  }

  std::map<std::string, Tally> tallies_;
};

void expect_sound(const std::string& page, const Reading& reading, const std::string& name) {
  std::size_t end = 0;
  for (const auto& item : reading.items) {
    ASSERT_FALSE(item.interaction.id.empty()) << name;
    ASSERT_TRUE(base::is_utf8(item.interaction.text)) << name;
    if (item.length == 0) continue;
    ASSERT_GE(item.offset, end) << name;
    const std::string slice = page.substr(item.offset, item.length);
    ASSERT_TRUE(std::regex_search(
        slice, std::regex("^<([A-Za-z0-9]+:)?(item|entry)[ \\t\\r\\n/>]", std::regex::icase)))
        << name;
    ASSERT_EQ(slice.back(), '>') << name;
    end = item.offset + item.length;
  }
}

TEST(FeedsOfOthers, YieldTheirEntriesAndKeepTheirExpectations) {
  if (!fs::exists(kParser)) GTEST_SKIP() << "the collected feeds are not at hand";
  Expectations expectations;
  std::size_t feeds = 0, refused = 0, recovered = 0, sliced = 0, entries = 0;
  std::map<std::string, int> refusals;
  for (const auto& path : files(kParser)) {
    if (path.extension() != ".xml") continue;
    const std::string page = contents(path), name = fs::relative(path, kParser).string();
    std::string type = header_of(page, "Header:[ \\t]*Content-type");
    const std::string location = header_of(page, "Header:[ \\t]*Content-Location");
    const auto read = [&] {
      return read_feed(page, kOrigin, type, location.empty() ? "http://127.0.0.1:8097/" + name : location);
    };
    const auto reading = read();
    if (!reading) {
      EXPECT_EQ(reading.error().code, Code::kInvalid) << name;
      EXPECT_EQ(naive_count(page), 0U) << name << ": " << reading.error().what;
      ++refusals[reading.error().what];
      ++refused;
      continue;
    }
    ++feeds;
    recovered += reading->recovered;
    entries += reading->items.size();
    ASSERT_NO_FATAL_FAILURE(expect_sound(page, *reading, name));
    for (const auto& item : reading->items) sliced += item.length != 0;
    if (!reading->recovered && page.find('\0') == std::string::npos)
      EXPECT_EQ(reading->items.size(), naive_count(page)) << name;
    expectations.judge(name, header_of(page, "Expect"), read);
  }
  int compared = 0, held = 0;
  for (const auto& [key, tally] : expectations.tallies()) {
    std::cout << "  " << key << ": " << tally.held << " of " << tally.compared << "\n";
    for (const auto& file : tally.broken) {
      const auto why = kDiffers.find(file);
      EXPECT_NE(why, kDiffers.end()) << file << ", " << key;
      if (why != kDiffers.end()) std::cout << "      " << file << ": " << why->second << "\n";
    }
    compared += tally.compared;
    held += tally.held;
  }
  std::cout << feeds << " feeds (" << recovered << " recovered), " << entries << " entries (" << sliced
            << " sliced), " << refused << " refused; " << held << " of " << compared
            << " expectations hold\n";
  for (const auto& [what, count] : refusals) std::cout << "  refused " << count << ": " << what << "\n";
  EXPECT_GT(compared, 500);
}

// Entries of a JSON Feed, by another parser.
std::size_t json_count(const std::string& page) {
  boost::system::error_code fault;
  const auto tree = boost::json::parse(page, fault);
  if (fault || !tree.is_object()) return 0;
  const auto* version = tree.get_object().if_contains("version");
  const auto* items = tree.get_object().if_contains("items");
  if (version == nullptr || !version->is_string() || items == nullptr || !items->is_array()) return 0;
  return items->get_array().size();
}

TEST(FeedsOfOthers, ReadersAndConvertersAreUnderstood) {
  if (!fs::exists(kFeeds)) GTEST_SKIP() << "the collected feeds are not at hand";
  for (const auto* folder : {"newsboat__newsboat", "snarfed__granary", "crawler-commons"})
    for (const auto& path : files(kFeeds / folder)) {
      const std::string page = contents(path), name = fs::relative(path, kFeeds).string();
      const auto reading = read_feed(page, kOrigin, "");
      const auto expected = path.extension() == ".json" ? json_count(page) : naive_count(page);
      if (path.extension() == ".opml" || expected == 0) {
        EXPECT_TRUE(!reading || reading->items.empty()) << name;
        continue;
      }
      ASSERT_TRUE(reading) << name << reading.error().what;
      EXPECT_EQ(reading->items.size(), expected) << name;
      if (path.extension() == ".json")
        for (const auto& item : reading->items) EXPECT_EQ(page[item.offset], '{') << name;
      else
        ASSERT_NO_FATAL_FAILURE(expect_sound(page, *reading, name));
    }
}

TEST(FeedsOfOthers, HostileXmlNeitherExpandsNorFetches) {
  const auto folder = fs::path(MUNIMENT_SHARED_DIR) / "data/platforms/hostile/tiran__defusedxml";
  if (!fs::exists(folder)) GTEST_SKIP() << "the hostile pages are not at hand";
  for (const auto& path : files(folder)) {
    const auto page = contents(path);
    const auto whole = read_feed(page, kOrigin, "");
    EXPECT_TRUE(!whole || whole->items.empty()) << path;
    // The same document type before a feed that uses its entities.
    const auto root = page.find("]>");
    if (root == std::string::npos) continue;
    const auto reading =
        read_feed(page.substr(0, root + 2) +
                      "<rss><channel><item><title>&a;&b;&c;&d;&bomb;</title></item></channel></rss>",
                  kOrigin, "");
    ASSERT_TRUE(reading) << path;
    EXPECT_EQ(reading->items.at(0).interaction.summary, "&a;&b;&c;&d;&bomb;") << path;
    EXPECT_FALSE(reading->remarks.empty()) << path;
  }
}

}  // namespace
}  // namespace muniment::sources
