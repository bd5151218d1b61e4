#include "foi/known_values.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "bundle/words.hpp"
#include "foi/saying.hpp"

namespace muniment::foi {
namespace {

// Sorted.
constexpr std::string_view kKinds[] = {
    "animated", "application", "archive", "article", "audio",     "blog",    "circle",    "comment",
    "counter",  "deleted",     "direct",  "draft",   "email",     "event",   "followers", "friends",
    "future",   "gif",         "gifv",    "hidden",  "image",     "jpeg",    "jpg",       "letter",
    "limited",  "link",        "meeting", "message", "mp3",       "mp4",     "mpeg",      "mutuals",
    "note",     "octet",       "ogg",     "page",    "pdf",       "pending", "phone",     "photo",
    "plain",    "png",         "post",    "private", "protected", "public",  "publish",   "published",
    "question", "quote",       "reply",   "repost",  "review",    "spam",    "status",    "story",
    "stream",   "svg",         "text",    "topic",   "trash",     "tweet",   "unknown",   "unlisted",
    "version",  "video",       "webm",    "webp",    "whisper",   "xml"};

// "zh-Hant", "en-GB": its first part is one of two letters, for longer ones may be names.
bool is_language(std::string_view value) {
  constexpr std::string_view kScripts[] = {"Arab", "Cyrl", "Hans", "Hant", "Latn"};
  bool first = true;
  return std::ranges::all_of(bundle::words_of(value), [&](const bundle::Word& word) {
    const auto spelled = value.substr(word.begin, word.end - word.begin);
    const bool script =
        !std::exchange(first, false) && std::ranges::find(kScripts, spelled) != std::end(kScripts);
    return script || word.length <= 2 || (word.digits && word.length == 3);
  });
}

bool is_known_kind(std::string_view value) {
  return std::ranges::all_of(bundle::words_of(value), [&](const bundle::Word& word) {
    std::string small(value.substr(word.begin, word.end - word.begin));
    for (char& c : small)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return std::ranges::binary_search(kKinds, std::string_view(small));
  });
}

bool is_free(std::string_view name) {
  return name == "type" || name == "visibility" || name == "lang" ||
         (name.starts_with("media.") && name.ends_with(".type"));
}

}  // namespace

bool is_free_value(const records::Field& field) {
  // A source is called as somebody liked, and a notice says what a platform likes.
  if (field.name == "source" || field.name == "words") return true;
  if (field.name == "lang") return !is_language(field.value);
  return is_free(field.name) && !is_known_kind(field.value);
}

bool is_vocabulary(const records::Field& field) {
  return saying_of(field.name) == Saying::kNothing && !repeats_everything(field.name) &&
         !is_free_value(field);
}

}  // namespace muniment::foi
