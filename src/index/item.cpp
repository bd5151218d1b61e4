#include "index/item.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <set>
#include <utility>

#include "index/file.hpp"
#include "index/words.hpp"
#include "records/body.hpp"

namespace muniment::index {
namespace {

constexpr std::string_view kItem = "SELECT seq, state FROM item WHERE key = ?1";
constexpr std::string_view kHistory = "SELECT seq, what FROM history WHERE key = ?1 ORDER BY seq";
constexpr std::string_view kDocument = "SELECT seq FROM document WHERE doc = ?1";
constexpr std::string_view kPlatforms = "SELECT name FROM platform";

// The identifiers in one entry.  The index only says where to look; these come from the ledger.
struct Names {
  std::string platform, id, local, reply_to, edit_of;
};

std::string value(const records::Body& body, std::string_view name) {
  return std::string(records::value_of(body, name).value_or(""));
}

class Items {
 public:
  Items(Searcher& index, ledger::Reader& ledger) : index_(index), ledger_(ledger) {}

  // nullopt: the entry names no item, or cannot be read any more.
  Result<std::optional<Names>> names(ledger::Seq seq) {
    std::optional<Names> names;
    auto read = ledger_.each(seq, seq + 1, [&](const ledger::Entry&, const records::Body* body) {
      if (body == nullptr || !records::value_of(*body, "id")) return true;
      names = Names{value(*body, "platform"), value(*body, "id"), value(*body, "id.local"),
                    value(*body, "reply.to"), value(*body, "edit.of")};
      return true;
    });
    if (!read) return read.error();
    return names;
  }

  // The item with exactly this identifier.
  Result<std::optional<ThreadItem>> by_id(const std::string& platform, const std::string& id) {
    auto statement = index_.database().prepare(kItem);
    if (!statement) return about_index(statement.error());
    const auto row = statement->bind(1, index_.keys().item(platform, id)).step();
    if (!row) return about_index(row.error());
    if (!*row) return std::optional<ThreadItem>{};
    const ThreadItem item{static_cast<ledger::Seq>(statement->integer(0)),
                          static_cast<ledger::Seq>(statement->integer(0)),
                          static_cast<DocumentState>(statement->integer(1))};
    const auto found = names(item.seq);
    if (!found) return found.error();
    if (!*found || (*found)->platform != platform || (*found)->id != id) return std::optional<ThreadItem>{};
    return std::optional(item);
  }

  // The item that an identifier or a local name stands for.
  Result<std::optional<ThreadItem>> called(const std::string& platform, const std::string& name) {
    auto direct = by_id(platform, name);
    if (!direct || *direct) return direct;
    std::string token;
    facet::append_alias(token, index_.keys().item(platform, name));
    auto seqs = with_token(token, 64);
    if (!seqs) return seqs.error();
    for (const auto seq : *seqs) {
      const auto found = names(seq);
      if (!found) return found.error();
      if (*found && (*found)->platform == platform && (*found)->local == name)
        return by_id(platform, (*found)->id);
    }
    return std::optional<ThreadItem>{};
  }

  // Items that answer to this one, oldest first.
  Result<std::vector<std::pair<ThreadItem, Names>>> replies(const Names& to) {
    std::vector<std::pair<ThreadItem, Names>> items;
    std::set<std::string> seen;
    for (const auto& name : {to.id, to.local}) {
      if (name.empty()) continue;
      std::string token;
      facet::append_answers(token, index_.keys().item(to.platform, name));
      auto seqs = with_token(token, kMostDescendants + 1);
      if (!seqs) return seqs.error();
      for (const auto seq : *seqs) {
        auto child = names(seq);
        if (!child) return child.error();
        if (!*child || (*child)->platform != to.platform || (*child)->reply_to != name) continue;
        if (!seen.insert((*child)->id).second) continue;
        const auto item = by_id(to.platform, (*child)->id);
        if (!item) return item.error();
        if (*item) items.emplace_back(**item, std::move(**child));
      }
    }
    return items;
  }

  Status add_forms(ItemStory& story) {
    std::string token;
    facet::append_form_of(token, index_.keys().item(story.platform, story.id));
    const auto seqs = with_token(token, kMostDescendants);
    if (!seqs) return seqs.error();
    for (const auto seq : *seqs) {
      const auto form = names(seq);
      if (!form) return form.error();
      if (*form && (*form)->platform == story.platform && (*form)->edit_of == story.id)
        story.forms.push_back({seq, seq, DocumentState::kSuperseded});
    }
    return {};
  }

  Status add_events(ItemStory& story) {
    auto statement = index_.database().prepare(kHistory);
    if (!statement) return about_index(statement.error());
    statement->bind(1, index_.keys().item(story.platform, story.id));
    for (;;) {
      const auto row = statement->step();
      if (!row) return about_index(row.error());
      if (!*row) break;
      story.events.push_back({static_cast<ledger::Seq>(statement->integer(0)),
                              static_cast<What>(statement->integer(1)),
                              {},
                              {}});
    }
    if (story.events.empty()) story.events.push_back({story.newest, What::kVersion, {}, {}});
    for (auto& event : story.events) {
      const auto entry = ledger_.entry(event.seq);
      if (!entry) return entry.error();
      const auto leaf = ledger_.leaf(event.seq);
      if (!leaf) return leaf.error();
      event.sealed = entry->time;
      event.leaf = *leaf;
    }
    return {};
  }

  Status add_ancestors(ItemStory& story, Names names_of) {
    std::set<std::string> seen = {story.id};
    while (!names_of.reply_to.empty() && story.ancestors.size() < kMostAncestors) {
      const auto parent = called(names_of.platform, names_of.reply_to);
      if (!parent) return parent.error();
      story.ancestor_missing = !*parent;
      if (!*parent) break;
      auto next = names((*parent)->seq);
      if (!next) return next.error();
      if (!*next || !seen.insert((*next)->id).second) break;
      story.ancestors.push_back(**parent);
      names_of = std::move(**next);
    }
    std::reverse(story.ancestors.begin(), story.ancestors.end());
    for (std::size_t i = 1; i < story.ancestors.size(); ++i)
      story.ancestors[i].parent = story.ancestors[i - 1].seq;
    return {};
  }

  Status add_descendants(ItemStory& story, const Names& names_of) {
    std::set<std::string> seen = {story.id};
    return add_replies(story, names_of, story.newest, 0, seen);
  }

 private:
  Status add_replies(ItemStory& story, const Names& to, ledger::Seq parent, std::size_t depth,
                     std::set<std::string>& seen) {
    auto children = replies(to);
    if (!children) return children.error();
    for (auto& [item, child] : *children) {
      if (!seen.insert(child.id).second) continue;
      if (story.descendants.size() >= kMostDescendants || depth >= kMostAncestors) {
        story.descendants_cut = true;
        return {};
      }
      item.parent = parent;
      story.descendants.push_back(item);
      if (auto done = add_replies(story, child, item.seq, depth + 1, seen); !done) return done;
    }
    return {};
  }

  // The oldest `most` versions with this token, oldest first.
  Result<std::vector<ledger::Seq>> with_token(std::string token, std::size_t most) {
    token.pop_back();
    auto docs = index_.words().newest("\"" + token + "\"", {}, 0);
    if (!docs) return about_index(docs.error());
    std::reverse(docs->begin(), docs->end());
    if (docs->size() > most) docs->resize(most);
    auto document = index_.database().prepare(kDocument);
    if (!document) return about_index(document.error());
    std::vector<ledger::Seq> seqs;
    for (const auto doc : *docs) {
      const auto found = document->bind(1, doc).step();
      if (!found) return about_index(found.error());
      if (*found) seqs.push_back(static_cast<ledger::Seq>(document->integer(0)));
      document->reset();
    }
    return seqs;
  }

  Searcher& index_;
  ledger::Reader& ledger_;
};

Error no_item(const std::string& what) {
  return {Code::kNotFound, what, "`muniment search` lists items with their numbers and identifiers"};
}

Result<ItemStory> find_story(Searcher& index, ledger::Reader& ledger, ledger::Seq seq) {
  Items items(index, ledger);
  const auto head = ledger.head();
  if (!head) return head.error();
  if (seq >= head->size) return no_item("the ledger has no entry " + std::to_string(seq));
  const auto named = items.names(seq);
  if (!named) return named.error();
  if (!*named)
    return no_item("entry " + std::to_string(seq) + " is about no item, or its words were disposed of");
  const auto item = items.by_id((*named)->platform, (*named)->id);
  if (!item) return item.error();
  if (!*item)
    return Error{Code::kUnavailable,
                 "the item of entry " + std::to_string(seq) + " is not in the search index yet",
                 "try again later; `muniment rebuild` makes the index anew"};
  ItemStory story;
  story.platform = (*named)->platform;
  story.id = (*named)->id;
  story.newest = (*item)->seq;
  story.state = (*item)->state;
  auto newest = items.names(story.newest);
  if (!newest) return newest.error();
  if (auto done = items.add_events(story); !done) return done.error();
  if (auto done = items.add_forms(story); !done) return done.error();
  if (auto done = items.add_ancestors(story, **newest); !done) return done.error();
  if (auto done = items.add_descendants(story, **newest); !done) return done.error();
  return story;
}

Result<std::optional<ledger::Seq>> find_named(Items& items, const std::vector<std::string>& platforms,
                                              std::string_view id) {
  std::optional<ledger::Seq> only;
  for (const auto& platform : platforms) {
    const auto item = items.called(platform, std::string(id));
    if (!item) return item.error();
    if (!*item) continue;
    if (only)
      return Error{Code::kConflict, "items of more than one platform are called so",
                   "name the entry's number instead, or PLATFORM:" + std::string(id)};
    only = (*item)->seq;
  }
  return only;
}

Result<ledger::Seq> find_named(Searcher& index, ledger::Reader& ledger, std::string_view id) {
  Items items(index, ledger);
  auto platforms = index.database().prepare(kPlatforms);
  if (!platforms) return about_index(platforms.error());
  std::vector<std::string> names;
  for (;;) {
    const auto row = platforms->step();
    if (!row) return about_index(row.error());
    if (!*row) break;
    names.emplace_back(platforms->text(0));
  }
  auto found = find_named(items, names, id);
  if (!found) return found.error();
  const auto colon = id.find(':');
  if (!*found && colon != std::string_view::npos)
    if (const auto platform = std::ranges::find(names, id.substr(0, colon)); platform != names.end())
      found = find_named(items, {*platform}, id.substr(colon + 1));
  if (!found) return found.error();
  if (!*found) return no_item("no item has this identifier");
  return **found;
}

}  // namespace

Result<ItemStory> story_of(Searcher& index, ledger::Reader& ledger, ledger::Seq seq) {
  return index.in_snapshot([&] { return find_story(index, ledger, seq); });
}

Result<ledger::Seq> item_named(Searcher& index, ledger::Reader& ledger, std::string_view id) {
  return index.in_snapshot([&] { return find_named(index, ledger, id); });
}

}  // namespace muniment::index
