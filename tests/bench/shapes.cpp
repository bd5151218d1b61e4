#include "bench/shapes.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <functional>
#include <utility>

#include "bench/corpus.hpp"
#include "sources/html_text.hpp"
#include "sources/json_page.hpp"

namespace muniment::bench {
namespace {

std::string quoted_json(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    if (c == '\n')
      out += "\\n";
    else
      out.push_back(c);
  }
  return out + '"';
}

std::string text_number(std::uint64_t number) {
  return "\"" + std::to_string(number) + "\"";
}

// "Sun Jan 01 06:03:33 +0000 2023"
std::string x_time(std::uint64_t seconds) {
  const auto when = static_cast<std::time_t>(seconds);
  std::tm parts{};
  gmtime_r(&when, &parts);
  char out[40];
  std::strftime(out, sizeof out, "%a %b %d %H:%M:%S +0000 %Y", &parts);
  return out;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

// JSON of X on one line, or as its archives lay it out: "key" : value, each on a line of its own.
class XJson {
 public:
  // `depth`: of the lines within; 0: all on one line.
  explicit XJson(std::size_t depth) : depth_(depth) {}

  std::string object(const std::vector<std::pair<std::string_view, std::string>>& fields) const {
    std::string out = "{";
    for (const auto& [name, value] : fields) {
      if (out.size() > 1) out += ',';
      out += line(depth_ + 1) + "\"" + std::string(name) + (depth_ == 0 ? "\":" : "\" : ") + value;
    }
    return out + line(depth_) + "}";
  }
  std::string list(const std::vector<std::string>& values) const {
    if (values.empty()) return depth_ == 0 ? "[]" : "[ ]";
    std::string out = "[";
    for (const auto& value : values) out += (out.size() > 1 ? "," : "") + line(depth_ + 1) + value;
    return out + line(depth_) + "]";
  }
  XJson inside() const { return XJson(depth_ == 0 ? 0 : depth_ + 1); }
  // An archive writes every number as a text.
  std::string number(std::uint64_t number) const {
    return depth_ == 0 ? std::to_string(number) : text_number(number);
  }

 private:
  std::string line(std::size_t depth) const { return depth_ == 0 ? "" : "\n" + std::string(2 * depth, ' '); }
  std::size_t depth_;
};

// The words of a post as X has them: its links are shortened, and what stands where is listed.
struct XWords {
  std::string text;
  std::string entities;
};

XWords x_words(const Post& post, const XJson& json) {
  const XJson inner = json.inside().inside();
  std::string text;
  std::vector<std::string> tags, mentions, links;
  for (std::string_view rest = post.text; !rest.empty();) {
    const auto size = std::min(rest.find_first_of(" \n"), rest.size());
    std::string word(rest.substr(0, size));
    const std::string expanded = word;
    const bool is_link = word.starts_with("https://");
    if (is_link) {
      char shortened[32];
      std::snprintf(shortened, sizeof shortened, "https://t.co/%010llx",
                    static_cast<unsigned long long>(std::hash<std::string>{}(word)&0xFFFFFFFFFFULL));
      word = shortened;
    }
    const auto at = characters(text);
    const auto places = inner.inside().list({inner.number(at), inner.number(at + characters(word))});
    if (is_link)
      links.push_back(inner.object({{"url", quoted_json(word)},
                                    {"expanded_url", quoted_json(expanded)},
                                    {"display_url", quoted_json(std::string_view(expanded).substr(8))},
                                    {"indices", places}}));
    else if (word.starts_with('#') && word.size() > 1)
      tags.push_back(
          inner.object({{"text", quoted_json(std::string_view(word).substr(1))}, {"indices", places}}));
    else if (word.starts_with('@') && mentions.size() < post.mentions.size()) {
      const auto& [id, handle] = post.mentions[mentions.size()];
      mentions.push_back(inner.object({{"name", quoted_json(handle)},
                                       {"screen_name", quoted_json(handle)},
                                       {"indices", places},
                                       {"id_str", text_number(id)},
                                       {"id", inner.number(id)}}));
    }
    text += word;
    rest.remove_prefix(size);
    const auto gap = std::min(rest.find_first_not_of(" \n"), rest.size());
    text += rest.substr(0, gap);
    rest.remove_prefix(gap);
  }
  const XJson lists = json.inside();
  return {text, json.object({{"hashtags", lists.list(tags)},
                             {"symbols", lists.list({})},
                             {"user_mentions", lists.list(mentions)},
                             {"urls", lists.list(links)}})};
}

std::string x_user(const Post& post) {
  const auto id = std::to_string(post.author);
  return R"({"id":)" + id + R"(,"id_str":")" + id + R"(","name":)" + quoted_json(post.name) +
         R"(,"screen_name":)" + quoted_json(post.handle) +
         R"(,"location":"","description":"","url":null,"entities":{"description":{"urls":[]}},"protected":false,"followers_count":328,"friends_count":291,"listed_count":4,"created_at":"Mon Jun 01 09:00:00 +0000 2015","favourites_count":1204,"utc_offset":null,"time_zone":null,"geo_enabled":false,"verified":false,"statuses_count":5411,"lang":null,"contributors_enabled":false,"is_translator":false,"is_translation_enabled":false,"profile_background_color":"F5F8FA","profile_background_image_url":null,"profile_background_image_url_https":null,"profile_background_tile":false,"profile_image_url":"http://images.x.example/profile_images/)" +
         id + R"(/face_normal.jpg","profile_image_url_https":"https://images.x.example/profile_images/)" +
         id + R"(/face_normal.jpg","profile_banner_url":"https://images.x.example/profile_banners/)" + id +
         R"(","profile_link_color":"1DA1F2","profile_sidebar_border_color":"C0DEED","profile_sidebar_fill_color":"DDEEF6","profile_text_color":"333333","profile_use_background_image":true,"has_extended_profile":false,"default_profile":true,"default_profile_image":false,"following":null,"follow_request_sent":null,"notifications":null,"translator_type":"none"})";
}

std::string x_reply(const Post& post) {
  if (post.reply_to == 0)
    return R"("in_reply_to_status_id":null,"in_reply_to_status_id_str":null,"in_reply_to_user_id":null,"in_reply_to_user_id_str":null,"in_reply_to_screen_name":null)";
  const auto whom = post.mentions.empty() ? Mentioned{} : post.mentions.front();
  return R"("in_reply_to_status_id":)" + std::to_string(post.reply_to) + R"(,"in_reply_to_status_id_str":)" +
         text_number(post.reply_to) + R"(,"in_reply_to_user_id":)" + std::to_string(whom.id) +
         R"(,"in_reply_to_user_id_str":)" + text_number(whom.id) + R"(,"in_reply_to_screen_name":)" +
         quoted_json(whom.handle);
}

std::string x_line(const Post& post) {
  const auto id = std::to_string(post.id);
  const auto words = x_words(post, XJson(0));
  return R"({"created_at":")" + x_time(post.seconds) + R"(","id":)" + id + R"(,"id_str":")" + id +
         R"(","full_text":)" + quoted_json(words.text) + R"(,"truncated":false,"display_text_range":[0,)" +
         std::to_string(characters(words.text)) + R"(],"entities":)" + words.entities +
         R"(,"source":"<a href=\"https://x.example/app\" rel=\"nofollow\">Web App</a>",)" + x_reply(post) +
         R"(,"user":)" + x_user(post) +
         R"(,"geo":null,"coordinates":null,"place":null,"contributors":null,"is_quote_status":false,"retweet_count":1,"favorite_count":7,"favorited":false,"retweeted":false,"lang":"en"})";
}

std::string x_element(const Post& post) {
  const XJson outer(1), json(2), inner(3), innermost(4);
  const auto words = x_words(post, inner);
  const auto edit = innermost.object({{"editTweetIds", innermost.inside().list({text_number(post.id)})},
                                      {"editableUntil", "\"2023-01-01T07:03:33.697Z\""},
                                      {"editsRemaining", "\"5\""},
                                      {"isEditEligible", "true"}});
  std::vector<std::pair<std::string_view, std::string>> fields = {
      {"edit_info", inner.object({{"initial", edit}})},
      {"retweeted", "false"},
      {"source", R"("<a href=\"https://x.example/app\" rel=\"nofollow\">Web App</a>")"},
      {"entities", words.entities},
      {"display_text_range", inner.list({"\"0\"", text_number(characters(words.text))})},
      {"favorite_count", "\"7\""},
      {"id_str", text_number(post.id)},
      {"truncated", "false"},
      {"retweet_count", "\"1\""},
      {"id", text_number(post.id)},
      {"created_at", quoted_json(x_time(post.seconds))},
      {"favorited", "false"},
      {"full_text", quoted_json(words.text)},
      {"lang", "\"en\""}};
  if (post.reply_to != 0) {
    const auto whom = post.mentions.empty() ? Mentioned{} : post.mentions.front();
    fields.insert(fields.end(), {{"in_reply_to_status_id_str", text_number(post.reply_to)},
                                 {"in_reply_to_status_id", text_number(post.reply_to)},
                                 {"in_reply_to_user_id_str", text_number(whom.id)},
                                 {"in_reply_to_user_id", text_number(whom.id)},
                                 {"in_reply_to_screen_name", quoted_json(whom.handle)}});
  }
  return "  " + outer.object({{"tweet", json.object(fields)}});
}

std::string base36(std::uint64_t number) {
  std::string out;
  for (; number != 0; number /= 36)
    out.insert(out.begin(), "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36]);
  return out;
}

std::string reddit_line(const Post& post) {
  const auto id = base36(post.id), thread = base36(post.id / 4096);
  const auto parent = post.reply_to == 0 ? "t3_" + thread : "t1_" + base36(post.reply_to);
  const auto seconds = std::to_string(post.seconds);
  return R"({"all_awardings":[],"approved_at_utc":null,"approved_by":null,"archived":false,"associated_award":null,"author":)" +
         quoted_json(post.handle) +
         R"(,"author_flair_background_color":null,"author_flair_css_class":null,"author_flair_richtext":[],"author_flair_template_id":null,"author_flair_text":null,"author_flair_text_color":null,"author_flair_type":"text","author_fullname":"t2_)" +
         base36(post.author) +
         R"(","author_patreon_flair":false,"author_premium":false,"awarders":[],"banned_at_utc":null,"banned_by":null,"body":)" +
         quoted_json(post.text) +
         R"(,"can_gild":true,"can_mod_post":false,"collapsed":false,"collapsed_because_crowd_control":null,"collapsed_reason":null,"comment_type":null,"controversiality":0,"created":)" +
         seconds + R"(,"created_utc":)" + seconds +
         R"(,"distinguished":null,"downs":0,"edited":false,"gilded":0,"gildings":{},"id":")" + id +
         R"(","is_submitter":false,"likes":null,"link_id":"t3_)" + thread +
         R"(","locked":false,"mod_note":null,"mod_reason_by":null,"mod_reason_title":null,"mod_reports":[],"name":"t1_)" +
         id + R"(","no_follow":true,"num_reports":null,"parent_id":")" + parent +
         R"(","permalink":"/r/wexcombe/comments/)" + thread + "/the_quay/" + id +
         R"(/","removal_reason":null,"replies":"","report_reasons":null,"retrieved_on":)" + seconds +
         R"(,"saved":false,"score":7,"score_hidden":false,"send_replies":true,"stickied":false,"subreddit":"wexcombe","subreddit_id":"t5_2abcd","subreddit_name_prefixed":"r/wexcombe","subreddit_type":"public","top_awarded_type":null,"total_awards_received":0,"treatment_tags":[],"unrepliable_reason":null,"ups":7,"user_reports":[]})";
}

constexpr Shape kShapes[] = {
    {"x-lines", "", "\n", "\n", x_line},
    {"x-archive", "window.YTD.tweets.part0 = [\n", ",\n", "\n]\n", x_element},
    {"reddit-lines", "", "\n", "\n", reddit_line},
};

// "2023-01-01T06:03:33.697Z"
std::uint64_t seconds_of(std::string_view time) {
  std::tm parts{};
  strptime(std::string(time.substr(0, 19)).c_str(), "%Y-%m-%dT%H:%M:%S", &parts);
  return static_cast<std::uint64_t>(timegm(&parts));
}

Post post_of(sources::Json status) {
  Post post;
  post.id = status.field("id").number();
  post.reply_to = status.field("in_reply_to_id").number();
  post.seconds = seconds_of(status.field("created_at").text());
  post.text = sources::text_of_html(status.field("content").text(), nullptr);
  const auto account = status.field("account");
  post.handle = account.field("username").text();
  post.name = account.field("display_name").text();
  post.author = account.field("id").number();
  for (sources::JsonList one(status.field("mentions")); one; one.next())
    post.mentions.push_back(
        {one.value().field("id").number(), std::string(one.value().field("username").text())});
  return post;
}

}  // namespace

std::span<const Shape> shapes() {
  return kShapes;
}

void write_shape(const Shape& shape, std::uint64_t posts, const std::filesystem::path& file) {
  std::ofstream out(file, std::ios::binary);
  out << shape.begin;
  Corpus source(kSeed, posts);
  for (std::uint64_t written = 0; written < posts;) {
    const Page page = source.next(static_cast<std::size_t>(posts - written));
    const auto read = sources::JsonPage::parse(page.json);
    for (sources::JsonList one(read->root()); one; one.next())
      out << (written++ == 0 ? "" : shape.between) << shape.record(post_of(one.value()));
  }
  out << shape.end;
}

}  // namespace muniment::bench
