// YouTube in Takeout as it was until about 2022, as HTML: my-comments.html, my-live-chat-messages.html.
//
//   <ul><li>You added a <a href="http://www.youtube.com/watch?v=V&amp;lc=ID">comment</a> on a
//     <a href="http://www.youtube.com/watch?v=V">video</a> at 2020-05-24 20:10:05 UTC.<br/>TEXT</li>
//   <li>You <a href="…&amp;lc=ID.REPLY">replied</a> to a <a href="…&amp;lc=ID">comment</a> on a … at
//   TIME.<br/>TEXT <li>Sent at TIME while watching <a href="…watch?v=V">a video</a>.<br/>TEXT</li></ul>
// What was said in a live chat has no name, so one is made (made_name.hpp).
#include <algorithm>
#include <optional>

#include "records/made_name.hpp"
#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/csv.hpp"
#include "sources/export_owner.hpp"
#include "sources/html_elements.hpp"
#include "sources/html_text.hpp"
#include "sources/json_items.hpp"
#include "sources/saved_formats.hpp"
#include "sources/youtube_names.hpp"

namespace muniment::sources {
namespace {

bool is_wanted(std::string_view tag) {
  const auto name = html_tag_name(tag);
  return name == "li" || name == "a" || name == "br";
}

// Of an address: ?v=VALUE&lc=VALUE
std::string parameter(std::string_view url, std::string_view name) {
  for (auto at = url.find('?'); at != std::string_view::npos; at = url.find('&', at + 1)) {
    const auto rest = url.substr(at + 1);
    if (rest.starts_with(name) && rest.substr(name.size()).starts_with('='))
      return std::string(rest.substr(name.size() + 1, rest.find('&') - name.size() - 1));
  }
  return {};
}

std::string behind(std::string_view url, std::string_view mark) {
  const auto at = url.find(mark);
  if (at == std::string_view::npos) return {};
  const auto rest = url.substr(at + mark.size());
  return std::string(rest.substr(0, rest.find_first_of("/?&#")));
}

// The first "2020-05-24 20:10:05", which is followed by UTC.
std::string time_in(const std::string& text) {
  constexpr std::size_t kLength = 19;
  for (auto at = text.find("-"); at != std::string::npos; at = text.find("-", at + 1))
    if (at >= 4)
      if (auto time = claimed_time(std::string_view(text).substr(at - 4, kLength)); !time.empty())
        return time;
  return {};
}

class Comments {
 public:
  Comments(std::string_view html, const std::vector<HtmlElement>& elements, const SavedContext& context,
           Reading& out)
      : html_(html), elements_(elements), owner_(owner_in(context, "youtube")), out_(out) {}

  void read() {
    std::size_t behind = 0;
    for (auto it = elements_.begin(); it != elements_.end(); ++it)
      if (html_tag_name(it->tag) == "li" && it->begin >= behind) {
        one(it);
        behind = it->end;
      }
  }

 private:
  using At = std::vector<HtmlElement>::const_iterator;

  void one(At it) {
    const auto end =
        std::find_if(it, elements_.end(), [&](auto& other) { return other.begin >= it->inner_end; });
    const auto line = std::find_if(it, end, [](auto& in) { return html_tag_name(in.tag) == "br"; });
    if (line == end) return void(++out_.others);
    auto item = item_at({it->begin, it->end - it->begin});
    auto& out = item.interaction;
    out.platform = "youtube";
    out.type = "comment";
    out.author = owner_;
    out.posted = time_in(text_of_html(html_.substr(it->inner, line->begin - it->inner), nullptr));
    out.text = without_mark(text_of_html(html_.substr(line->end, it->inner_end - line->end), &out.links));
    std::string video;
    for (auto link = it; link != line; ++link) {
      const auto url = html_attribute(link->tag, "href");
      if (const auto id = parameter(url, "lc"); out.id.empty())
        out.id = id;
      else if (!id.empty() && id != out.id)
        out.reply_to = id;
      if (video.empty()) video = parameter(url, "v");
      for (const auto& [mark, kind] : {std::pair{"/post/", "post/"}, {"/channel/", "channel/"}})
        if (auto place = sources::behind(url, mark); !place.empty()) out.thread = kind + place;
    }
    if (!video.empty()) out.thread = "video/" + video;
    if (!out.reply_to.empty()) out.type = "reply";
    if (!video.empty()) out.url = "https://www.youtube.com/watch?v=" + video;
    if (!video.empty() && !out.id.empty()) out.url = youtube_comment_url(video, out.id);
    if (out.text.empty() || (out.id.empty() && out.posted.empty())) return void(++out_.others);
    if (out.id.empty()) {
      item.has_made_name = true;
      out.id = records::made_name("chat", out.posted, {out.thread, out.text});
    }
    out_.items.push_back(std::move(item));
  }

  std::string_view html_;
  const std::vector<HtmlElement>& elements_;
  records::Account owner_;
  Reading& out_;
};

Status read_page(std::string_view record, const SavedContext& context, Reading& out) {
  const auto elements = html_elements(record, is_wanted);
  if (!elements) return elements.error();
  Comments(record, *elements, context, out).read();
  return {};
}

bool is_page(const Beginning& it) {
  // What is said may stand behind a long style sheet.
  const auto has = [&](std::string_view words) { return it.text().find(words) != std::string_view::npos; };
  return !it.is_json() && !it.is_wide() && it.text().starts_with('<') && has("youtube.com/") &&
         (has("<li>You added a <a href") || has("<li>You <a href") ||
          (has("<li>Sent at ") && has("while watching")));
}

// channel.csv: "Channel ID,Channel Description,…,Channel Title (Original),…"; one row, as a rule.
void learn(const Beginning& it, std::string_view bytes, SavedContext& context) {
  if (it.is_json() || !it.text().starts_with("Channel ID,") || !it.mentions("Channel Title")) return;
  RowCutter cutter;
  std::vector<Slice> rows;
  cutter.look(bytes, true, rows);
  if (rows.size() != 1) return;  // which of several channels wrote it is not said
  auto head = bytes.substr(0, cutter.head());
  if (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
  const CsvRow row(head, bytes.substr(rows[0].offset, rows[0].length));
  records::Account owner;
  owner.id = row["Channel ID"];
  owner.name = row["Channel Title (Original)"];
  if (owner.name.empty()) owner.name = row["Channel Title"];
  if (owner.id.empty()) return;
  owner.url = youtube_channel_url(owner.id);
  context.owners.emplace("youtube", std::move(owner));
}

}  // namespace

const SavedFormat kYouTubeTakeoutPage = {.name = "youtube-takeout-page",
                                         .help = "comments and live chats of YouTube in Takeout (HTML)",
                                         .is = is_page,
                                         .read = read_page,
                                         .learn = learn,
                                         .owner_marks = "Channel ID,",
                                         .asks_owner = true};

}  // namespace muniment::sources
