// The export of Disqus: one XML file of threads (the pages commented on) and posts (the comments).
//
// Numbers are unique within all of Disqus.  A post that was deleted and says nothing any more is a notice of
// its deletion.  Mail and network addresses of commenters stand in the raw bytes and in no field.
#include <map>
#include <pugixml.hpp>

#include "sources/beginning.hpp"
#include "sources/claims.hpp"
#include "sources/feed_names.hpp"
#include "sources/html_text.hpp"
#include "sources/saved_formats.hpp"
#include "sources/xml_part.hpp"

namespace muniment::sources {
namespace {

bool says_yes(const pugi::xml_node& in, std::string_view name) {
  const auto text = text_of_child(in, name);
  return text == "true" || text == "1";
}

std::string number_of(const pugi::xml_node& in) {
  return attribute_of(in, "id");
}

bool is_deleted(const pugi::xml_node& in) {
  return says_yes(in, "isDeleted");
}

// False: there is nothing to read in it.
bool read_post(const pugi::xml_node& in, const std::map<std::string, std::string>& pages, Item& item) {
  auto& out = item.interaction;
  out.platform = "disqus";
  out.id = number_of(in);
  out.type = "comment";
  out.posted = claimed_time(text_of_child(in, "createdAt"));
  out.text = text_of_html(with_paragraphs(text_of_child(in, "message")), &out.links);
  const auto author = child_of(in, "author");
  out.author.name = text_of_child(author, "name");
  out.author.handle = text_of_child(author, "username");
  if (!out.author.handle.empty()) out.author.url = "https://disqus.com/by/" + out.author.handle + "/";
  if (const auto parent = number_of(child_of(in, "parent")); !parent.empty()) {
    out.type = "reply";
    out.reply_to = parent;
  }
  const auto thread = number_of(child_of(in, "thread"));
  if (!thread.empty()) out.thread = "thread/" + thread;
  if (const auto page = pages.find(thread); page != pages.end())
    out.url = page->second + "#comment-" + out.id;
  if (says_yes(in, "isSpam")) out.visibility = "spam";
  if (is_deleted(in)) out.visibility = "deleted";
  if (!out.visibility.empty()) item.why_private = "a comment that is not published";
  return !is_deleted(in) || !out.text.empty();
}

Status read_file(std::string_view record, const SavedContext&, Reading& out) {
  auto part = read_xml(record);
  if (!part) return std::move(part).error();
  const auto root = part->document->document_element();
  std::map<std::string, std::string> pages;
  for (const auto& thread : root.children("thread"))
    if (auto link = text_of_child(thread, "link"); !link.empty()) pages[number_of(thread)] = std::move(link);
  if (!part->exact) {
    out.recovered = true;
    out.remarks.push_back("the export is not well-formed and was read as far as it made sense: " +
                          part->fault);
  }
  const auto places = part->exact ? elements_named(record, "post") : std::vector<Slice>();
  std::size_t at = 0;
  std::size_t nameless = 0;
  for (const auto& post : root.children("post")) {
    Item item;
    if (at < places.size()) {
      item.offset = places[at].offset;
      item.length = places[at].length;
    }
    ++at;
    const bool says_something = read_post(post, pages, item);
    if (item.interaction.id.empty())
      ++nameless;
    else if (is_deleted(post))
      out.verdicts.push_back({item.interaction.id, Fate::kGone, 0, "isDeleted", "disqus", {}, {}});
    if (says_something && !item.interaction.id.empty()) out.items.push_back(std::move(item));
  }
  if (nameless != 0)
    out.remarks.push_back(std::to_string(nameless) + " comments without a number were left out");
  if (at == 0) return Error{Code::kInvalid, "there are no comments in the export"};
  return {};
}

bool is_export(const Beginning& it) {
  return !it.is_json() && it.mentions("<disqus") && it.mentions("disqus.com");
}

}  // namespace

const SavedFormat kDisqusExport = {"disqus-export", "the export of Disqus", is_export, read_file};

}  // namespace muniment::sources
