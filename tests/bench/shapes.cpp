#include "bench/shapes.hpp"

#include <cstdio>
#include <ctime>
#include <fstream>

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

std::string x_reply(const Post& post) {
  if (post.reply_to == 0) return R"("in_reply_to_status_id":null,"in_reply_to_status_id_str":null)";
  return R"("in_reply_to_status_id":)" + std::to_string(post.reply_to) + R"(,"in_reply_to_status_id_str":)" +
         text_number(post.reply_to);
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

std::string x_line(const Post& post) {
  const auto id = std::to_string(post.id);
  return R"({"created_at":")" + x_time(post.seconds) + R"(","id":)" + id + R"(,"id_str":")" + id +
         R"(","full_text":)" + quoted_json(post.text) +
         R"(,"truncated":false,"display_text_range":[0,140],"entities":{"hashtags":[],"symbols":[],"user_mentions":[],"urls":[]},"source":"<a href=\"https://x.example/app\" rel=\"nofollow\">Web App</a>",)" +
         x_reply(post) +
         R"(,"in_reply_to_user_id":null,"in_reply_to_user_id_str":null,"in_reply_to_screen_name":null,"user":)" +
         x_user(post) +
         R"(,"geo":null,"coordinates":null,"place":null,"contributors":null,"is_quote_status":false,"retweet_count":1,"favorite_count":7,"favorited":false,"retweeted":false,"lang":"en"})";
}

std::string x_element(const Post& post) {
  const auto id = std::to_string(post.id);
  std::string reply;
  if (post.reply_to != 0)
    reply = R"(      "in_reply_to_status_id_str" : )" + text_number(post.reply_to) + ",\n";
  return "  {\n    \"tweet\" : {\n      \"edit_info\" : {\n        \"initial\" : {\n          "
         "\"editTweetIds\" : [\n            \"" +
         id +
         "\"\n          ],\n          \"editableUntil\" : \"2023-01-01T07:03:33.697Z\",\n          "
         "\"editsRemaining\" : \"5\",\n          \"isEditEligible\" : true\n        }\n      },\n      "
         "\"retweeted\" : false,\n      \"source\" : \"<a href=\\\"https://x.example/app\\\" "
         "rel=\\\"nofollow\\\">Web App</a>\",\n      \"entities\" : {\n        \"hashtags\" : [ ],\n        "
         "\"symbols\" : [ ],\n        \"user_mentions\" : [ ],\n        \"urls\" : [ ]\n      },\n      "
         "\"display_text_range\" : [\n        \"0\",\n        \"140\"\n      ],\n      \"favorite_count\" : "
         "\"7\",\n" +
         reply + "      \"id_str\" : \"" + id +
         "\",\n      \"truncated\" : false,\n      \"retweet_count\" : \"1\",\n      \"id\" : \"" + id +
         "\",\n      \"created_at\" : \"" + x_time(post.seconds) +
         "\",\n      \"favorited\" : false,\n      \"full_text\" : " + quoted_json(post.text) +
         ",\n      \"lang\" : \"en\"\n    }\n  }";
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
