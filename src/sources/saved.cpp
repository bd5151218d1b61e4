// The one place that knows every format.
#include "sources/saved.hpp"

#include <algorithm>
#include <cstring>
#include <map>

#include "base/so_many.hpp"
#include "base/utf8.hpp"
#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/cut.hpp"
#include "sources/private_shapes.hpp"
#include "sources/saved_formats.hpp"
#include "sources/table_columns.hpp"

namespace muniment::sources {
namespace {

// Those that ask for more come first.
constexpr Format kFormats[] = {
    &kBlueskyRepository,
    &kXArchive,
    &kXCircle,
    &kXMessages,
    &kBluesky,
    &kGraph,
    &kXPages,
    &kXLookup,
    &kReddit,
    &kYouTube,
    &kDiscourse,
    &kTelegram,
    &kMetaMessages,
    &kFacebookExport,
    &kInstagramExport,
    &kInstagram2018Export,
    &kThreadsExport,
    &kFacebookPhotos,
    &kFacebookRecommendations,
    &kFacebookReviews,
    &kMetaLabels,
    &kGooglePlus,
    &kGooglePlusPage,
    &kActivityPub,
    &kSavedWordPress,
    &kSavedMastodon,
    &kWordPressExport,
    &kDisqusExport,
    &kSavedFeed,
    &kYouTubeTakeout,
    &kYouTubeTakeoutPage,
    &kLinkedInMessages,
    &kLinkedInPosts,
    &kTable,
    &kMailbox,
    &kWhatsApp,
    &kMailMessage,
};

Error unknown(std::string what) {
  return {Code::kInvalid, std::move(what),
          "`muniment help import` lists what can be read; if it is one of these, name it with --format."};
}

Error table_without_words(std::string_view bytes) {
  std::string names;
  for (const auto& name : table_head(bytes).names) names += (names.empty() ? "" : ", ") + name;
  return {Code::kInvalid,
          "the file is a table, but its first row (" + excerpt(base::to_valid_utf8(names)) +
              ") does not name a column for what was said, and one for when, a number or a link",
          "Import a copy in which these columns are called text and date, and keep both files."};
}

std::string what_it_looks_like(const Beginning& it) {
  if (it.is_empty()) return "the file is empty";
  if (it.is_json())
    return it.has_any() ? "the file is JSON, but of no platform known here"
                        : "the file is JSON without any item in it";
  if (it.mentions("<!doctype html") || it.mentions("<!DOCTYPE html") || it.mentions("<html"))
    return "the file is a web page (HTML)";
  if (it.text().front() == '<') return "the file is XML, but not a feed";
  return "the file is neither JSON nor XML, and no text of a kind known here";
}

constexpr std::size_t kMostRemarks = 20;

}  // namespace

std::span<const Format> formats() {
  return kFormats;
}

std::string format_names() {
  std::string out;
  for (const auto* format : kFormats) out += (out.empty() ? "" : ", ") + std::string(format->name);
  return out;
}

Result<Format> format_named(std::string_view name) {
  for (const auto* format : kFormats)
    if (format->name == name) return format;
  return Error{Code::kInvalid, "there is no format of that name", "Formats: " + format_names() + "."};
}

Result<Format> detect(std::string_view bytes) {
  const Beginning beginning(bytes);
  for (const auto* format : kFormats)
    if (format->is(beginning)) return format;
  if (!beginning.is_json() && !beginning.is_wide() && looks_like_table(beginning.text()))
    return table_without_words(beginning.text());
  if (base::looks_like_utf16(bytes)) return in_utf16("the file");
  return unknown(what_it_looks_like(beginning));
}

bool may_tell_owner(std::string_view beginning) {
  beginning = beginning.substr(0, kOwnerMarkBytes);
  for (const auto* format : kFormats)
    for (auto marks = format->owner_marks; !marks.empty();) {
      const auto end = std::min(marks.find('|'), marks.size());
      if (memmem(beginning.data(), beginning.size(), marks.data(), end) != nullptr) return true;
      marks.remove_prefix(std::min(end + 1, marks.size()));
    }
  return false;
}

void learn(std::string_view bytes, SavedContext& context) {
  const Beginning beginning(bytes);
  for (const auto* format : kFormats)
    if (format->learn != nullptr) format->learn(beginning, bytes, context);
}

bool holds_nothing(const Reading& reading) {
  return reading.others != 0 && reading.items.empty() && reading.verdicts.empty() && reading.asides.empty();
}

Error nothing_in(const Reading& reading) {
  return {Code::kInvalid, "there are no posts or messages in it, but " + std::to_string(reading.others) +
                              (reading.others == 1 ? " other thing" : " other things")};
}

namespace {

bool is_text(const records::Account& it) {
  return base::is_utf8(it.id) && base::is_utf8(it.name) && base::is_utf8(it.handle) && base::is_utf8(it.url);
}

bool is_text(const records::Interaction& it) {
  if (!is_text(it.author) || !is_text(it.repost_author)) return false;
  for (const auto* text : {&it.id, &it.local, &it.url, &it.type, &it.posted, &it.edited, &it.text})
    if (!base::is_utf8(*text)) return false;
  for (const auto* text : {&it.summary, &it.lang, &it.visibility, &it.thread, &it.reply_to})
    if (!base::is_utf8(*text)) return false;
  for (const auto* text : {&it.quote_of, &it.repost_of, &it.edit_of, &it.revision})
    if (!base::is_utf8(*text)) return false;
  for (const auto* list : {&it.mentions, &it.tags, &it.links})
    for (const auto& text : *list)
      if (!base::is_utf8(text)) return false;
  for (const auto& media : it.media)
    if (!base::is_utf8(media.url) || !base::is_utf8(media.type) || !base::is_utf8(media.alt)) return false;
  return true;
}

// JSON is UTF-8 or is not read at all; tables, mail and plain text may hold anything.
Status read_record(Format format, std::string_view record, const SavedContext& context, Reading& out) {
  const auto before = out.items.size();
  if (auto status = format->read(record, context, out); !status || format->cut == Cut::kJson) return status;
  for (auto i = before; i < out.items.size(); ++i)
    if (!is_text(out.items[i].interaction)) return Error{Code::kInvalid, "what it says is not UTF-8"};
  return {};
}

// "WHERE: WHAT": of many that say the same, the first ones and how many more.
void shorten(std::vector<std::string>& remarks) {
  std::map<std::string, std::size_t> said;
  std::vector<std::string> out;
  for (auto& remark : remarks) {
    const auto colon = remark.find(": ");
    if (colon == std::string::npos || ++said[remark.substr(colon + 2)] <= kMostRemarks)
      out.push_back(std::move(remark));
  }
  for (const auto& [what, count] : said)
    if (count > kMostRemarks)
      out.push_back("and " + std::to_string(count - kMostRemarks) +
                    " more of which the same is true: " + what);
  remarks = std::move(out);
}

}  // namespace

Result<Reading> read_records(Format format, std::string_view part, std::span<const Slice> records,
                             const SavedContext& context) {
  // Readers take a chat's name and the like from there.
  if (format->cut == Cut::kJson && !base::is_utf8(context.head))
    return Error{Code::kInvalid, "what stands before its first record is not UTF-8", {}};
  Reading reading;
  std::size_t unread = 0;
  Error first;
  for (const auto& record : records) {
    const auto before = reading.items.size();
    const auto asides = reading.asides.size();
    const auto bytes = part.substr(record.offset, record.length);
    const auto status = read_record(format, bytes, context, reading);
    if (!status) {
      reading.items.resize(before);
      // It stays where it stood, but for what is marked private in it.
      if (const auto why = private_shape_in(bytes); !why.empty()) {
        reading.asides.resize(asides);
        reading.asides.push_back({{0, record.length}, why});
      }
      if (unread++ == 0) first = status.error();
      if (unread <= kMostRemarks && records.size() > 1)
        reading.remarks.push_back("at byte " + std::to_string(record.offset) + ": " + status.error().what);
    }
    for (auto i = before; i < reading.items.size(); ++i) reading.items[i].offset += record.offset;
    for (auto i = asides; i < reading.asides.size(); ++i) reading.asides[i].place.offset += record.offset;
  }
  if (unread == records.size() && unread != 0) return first;
  shorten(reading.remarks);
  if (reading.others != 0 && !holds_nothing(reading))
    reading.remarks.push_back(base::so_many(reading.others, "thing that is no post or message was left out",
                                            "things that are no posts or messages were left out"));
  if (reading.without_zone != 0)
    reading.remarks.push_back("times are given without their zone; they were taken for those of " +
                              context.zone.name + ", the archive's zone");
  if (reading.mended != 0)
    reading.remarks.push_back("half a character (one of two surrogates) stands in " +
                              base::so_many(reading.mended, "record", "records") +
                              "; it was read as U+FFFD, and the bytes are kept as they came");
  if (reading.guessed != 0)
    reading.remarks.push_back(
        (reading.guessed == 1 ? "1 row is" : std::to_string(reading.guessed) + " rows are") +
        std::string(" not in UTF-8, and taken for Windows-1252"));
  if (unread > kMostRemarks)
    reading.remarks.push_back(std::to_string(unread - kMostRemarks) + " more records could not be read");
  reading.recovered = reading.recovered || unread != 0;
  return reading;
}

Result<Reading> read_saved(Format format, std::string_view bytes, const SavedContext& context) {
  auto cutter = new_cutter(*format);
  std::vector<Slice> records;
  cutter->look(bytes, true, records);
  if (records.empty() && format->cut != Cut::kJson)
    return Error{Code::kInvalid, "there is no record in the file",
                 "The bytes are kept as they came; nothing was read from them."};
  auto whole = context;
  whole.head = bytes.substr(0, cutter->head());
  auto reading = read_records(format, bytes, records, whole);
  if (reading && holds_nothing(*reading)) return nothing_in(*reading);
  return reading;
}

}  // namespace muniment::sources
