// Photos and videos in Facebook's "download your information", in JSON.
//
//   album/0.json                    {"name", "photos": [photo, …], "description", "comments", "cover_photo"}
//   your_uncategorized_photos.json  {"other_photos_v2": [photo, …]}
//   your_videos.json                {"videos_v2": [video, …]}
// A photo is {"uri", "creation_timestamp", "title": the album's, "description": its words, "comments":
// [{"timestamp", "comment", "author"}], "media_metadata": {…}}; the metadata holds network addresses and is
// in no field.  Names are made (made_name.hpp), texts repaired (meta_text.hpp).
#include <algorithm>
#include <array>

#include "records/made_name.hpp"
#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/export_owner.hpp"
#include "sources/json_items.hpp"
#include "sources/meta_text.hpp"
#include "sources/saved_formats.hpp"

namespace muniment::sources {
namespace {

constexpr std::string_view kPlatform = "facebook";
constexpr std::array<std::string_view, 4> kPhotos = {"photos", "photos_v2", "other_photos",
                                                     "other_photos_v2"};
constexpr std::array<std::string_view, 2> kVideos = {"videos", "videos_v2"};

bool is_one_of(std::string_view name, auto& names) {
  return std::ranges::find(names, name) != names.end();
}

std::string said(Json field) {
  return meta_text(field.text());
}

class Album {
 public:
  Album(JsonPage& page, const SavedContext& context, Reading& out)
      : page_(page), owner_(owner_in(context, kPlatform)), out_(out) {}

  void read() {
    const auto root = page_.root();
    const auto id = root.field("name").is_text() ? album(root) : std::string();
    for (JsonFields field(root); field; field.next()) {
      if (field.key() == "comments") comments(field.value(), id);
      for (JsonList one(field.value()); one; one.next())
        if (is_one_of(field.key(), kPhotos))
          shown(one.value(), "image");
        else if (is_one_of(field.key(), kVideos))
          shown(one.value(), "video");
    }
  }

 private:
  Item begin(Slice place, std::string_view type) {
    auto item = item_at(place);
    item.has_made_name = true;
    item.interaction.platform = kPlatform;
    item.interaction.type = type;
    return item;
  }

  // The album is an item where somebody said something about it as a whole.  When that was is not said.
  std::string album(Json root) {
    auto item = begin(page_.slice_around(root), "post");
    auto& it = item.interaction;
    it.author = owner_;
    it.summary = said(root.field("name"));
    it.text = said(root.field("description"));
    if (it.text.empty() && root.field("comments").size() == 0) return {};
    it.id = records::made_name("album", "", {it.author.name, it.summary, it.text});
    out_.items.push_back(std::move(item));
    return out_.items.back().interaction.id;
  }

  void shown(Json value, std::string_view type) {
    const auto uri = value.field("uri").text();
    if (uri.empty()) return void(++out_.others);
    auto item = begin(page_.slice_around(value), "post");
    auto& it = item.interaction;
    it.author = owner_;
    it.posted = claimed_seconds(value.field("creation_timestamp").decimal());
    it.summary = said(value.field("title"));
    it.text = said(value.field("description"));
    it.media.push_back({std::string(uri), std::string(type), ""});
    // The folder's name is another in each year's exports, the file's is not.
    it.id = records::made_name("photo", it.posted, {it.author.name, it.text, uri.substr(uri.rfind('/') + 1)});
    const auto id = it.id;
    out_.items.push_back(std::move(item));
    comments(value.field("comments"), id);
  }

  void comments(Json list, const std::string& of) {
    for (JsonList one(list); one; one.next()) {
      const auto value = one.value();
      if (!value.field("comment").is_text()) {
        ++out_.others;
        continue;
      }
      auto item = begin(page_.slice(value), "comment");
      auto& it = item.interaction;
      it.author.name = said(value.field("author"));
      if (it.author.name == owner_.name) it.author = owner_;
      it.posted = claimed_seconds(value.field("timestamp").decimal());
      it.text = said(value.field("comment"));
      it.thread = it.reply_to = of;
      it.id = records::made_name("comment", it.posted, {it.author.name, of, it.text});
      out_.items.push_back(std::move(item));
    }
  }

  JsonPage& page_;
  records::Account owner_;
  Reading& out_;
};

bool is_album(const Beginning& it) {
  const auto holds = [&](std::string_view list) {
    return it.has({std::string(list) + ".uri", std::string(list) + ".creation_timestamp"});
  };
  return std::ranges::any_of(kPhotos, holds) || std::ranges::any_of(kVideos, holds);
}

}  // namespace

const SavedFormat kFacebookPhotos = {.name = "facebook-photos",
                                     .help = "albums, photos and videos of Facebook's export",
                                     .is = is_album,
                                     .read = read_document<Album>,
                                     .asks_owner = true};

}  // namespace muniment::sources
