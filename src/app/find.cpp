#include "app/find.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <map>

#include "app/named.hpp"
#include "app/zone.hpp"
#include "base/so_many.hpp"
#include "base/time.hpp"
#include "collect/exchange.hpp"
#include "index/file.hpp"
#include "index/mistyped.hpp"
#include "ledger/disposals.hpp"

namespace muniment::app {
namespace {

using index::What;
using ledger::Seq;

// So many entries are added to the index in a few milliseconds; with more, a search would no longer be quick.
constexpr Seq kFew = 1000;

struct Searching {
  index::Searcher index;
  std::vector<std::string> remarks;
};

Result<index::Searcher> open_index(Archive& archive) {
  return index::Searcher::open(archive.layout().index(), archive.settings().origin);
}

std::string not_searchable(Seq lacking, bool can_be_written) {
  return "the newest " + std::to_string(lacking) + (lacking == 1 ? " entry is" : " entries are") +
         (can_be_written
              ? " not searchable yet: another process is adding to the archive, or was stopped while it did; "
                "`muniment rebuild` makes all searchable"
              : " not searchable here: the search index is behind, and nothing can be written in this "
                "folder; a copy on a disk that can be written makes all searchable");
}

// A reader never waits for a writer: what is not in the index yet is remarked on.
Result<Searching> searcher(Archive& archive) {
  auto opened = open_index(archive);
  const auto head = archive.reader().head();
  if (!head) return head.error();
  const bool can_be_written = archive.can_be_written();
  if (!opened || !index::follows(opened->position(), opened->root(), archive.reader(), head->size)) {
    const auto made = archive.catch_up();
    if (!made && !can_be_written) return made.error();
    opened = open_index(archive);
    if (!opened && !made) return made.error();
  }
  if (!opened) return opened.error();
  const Seq lacking = head->size - std::min(head->size, opened->position());
  if (lacking == 0 || (lacking <= kFew && can_be_written && archive.catch_up_if_free()))
    return Searching{*std::move(opened), {}};
  return Searching{*std::move(opened), {not_searchable(lacking, can_be_written)}};
}

std::string value(const records::Body& body, std::string_view name) {
  return std::string(records::value_of(body, name).value_or(""));
}

// A page that was read again came as the exchange says that it is of.
void read_origin(ledger::Reader& reader, const records::Body& page, VersionStory& out) {
  Seq first = 0;
  const auto of = value(page, "of");
  std::from_chars(of.data(), of.data() + of.size(), first);
  const auto origin = of.empty() ? Result(page) : reader.body(first);
  if (!origin) return;
  out.from_file = value(*origin, "method") == collect::kFromFile;
  out.crawled = value(*origin, "crawled");
}

Result<VersionStory> version(Archive& archive, Seq seq) {
  auto& reader = archive.reader();
  auto body = reader.body(seq);
  if (!body) return body.error();
  const auto entry = reader.entry(seq);
  if (!entry) return entry.error();
  VersionStory out;
  out.seq = seq;
  out.kind = entry->kind;
  out.leaf = base::to_base64(ledger::leaf_hash(reader.origin(), *entry));
  out.sealed = base::to_rfc3339(entry->time);
  out.interaction = records::interaction_of(*body);
  Seq exchange = 0;
  const auto number = value(*body, "exchange");
  std::from_chars(number.data(), number.data() + number.size(), exchange);
  if (const auto page = reader.body(exchange); !number.empty() && page) {
    out.exchange_url = records::bytes_of(*page, "url").value_or("");
    out.exchange_status = value(*page, "status");
    out.exchange_method = value(*page, "method");
    read_origin(reader, *page, out);
  }
  auto attachments = attachments_of(archive, seq, *body);
  if (!attachments) return attachments.error();
  out.attachments = *std::move(attachments);
  out.body = *std::move(body);
  return out;
}

Result<EventStory> event(ledger::Reader& reader, const index::ItemEvent& item) {
  const auto entry = reader.entry(item.seq);
  if (!entry) return entry.error();
  EventStory out{item.seq, entry->kind, base::to_base64(item.leaf), base::to_rfc3339(item.sealed), {},
                 {},       {}};
  if (auto body = reader.body(item.seq)) {
    out.fetched = value(*body, "fetched");
    out.status = value(*body, "status");
    out.words = value(*body, "words");
    out.says = value(*body, "says");
    out.by = value(*body, "by");
    out.since = value(*body, "since");
    out.body = *std::move(body);
  }
  return out;
}

std::vector<ThreadStory> thread(ledger::Reader& reader, const std::vector<index::ThreadItem>& items,
                                bool replies) {
  std::vector<ThreadStory> out;
  std::map<Seq, int> depths;
  for (const auto& item : items) {
    ThreadStory story{item.seq, {}, std::string(index::state_name(item.state)), {}, {}, {}, 0};
    if (item.parent != item.seq) story.parent = item.parent;
    const auto above = depths.find(item.parent);
    if (replies) story.depth = above == depths.end() ? 1 : above->second + 1;
    depths[item.seq] = story.depth;
    if (const auto body = reader.body(item.seq)) {
      auto interaction = records::interaction_of(*body);
      story.account = interaction.author.handle.empty() ? interaction.author.name : interaction.author.handle;
      const bool is_form = !interaction.edit_of.empty() && !interaction.edited.empty();
      story.posted = is_form ? interaction.edited : interaction.posted;
      story.text = interaction.text.empty() ? interaction.summary : interaction.text;
    }
    out.push_back(std::move(story));
  }
  return out;
}

// What may have been typed otherwise than it was meant.
void add_remarks(const std::string& query, bool found_any, std::vector<std::string>& remarks) {
  std::ranges::move(index::mistyped_filters(query), std::back_inserter(remarks));
  if (auto small = found_any ? std::string() : index::small_operator(query); !small.empty())
    remarks.push_back(std::move(small));
}

// What cannot be read was disposed of, or something is wrong.  Answers a sentence about those of the second
// kind.
std::string tell_lost(ledger::Reader& reader, std::vector<index::Found>& found) {
  if (std::ranges::all_of(found, &index::Found::readable)) return {};
  const auto disposals = ledger::Disposals::read(reader);
  std::size_t lost = 0;
  for (auto& one : found) {
    one.lost = !one.readable && !(disposals && disposals->name(one.seq));
    lost += one.lost;
  }
  if (lost == 0) return {};
  return base::so_many(lost, "of these cannot be read, and nobody disposed of it",
                       "of these cannot be read, and nobody disposed of them") +
         ": write nothing more, and ask `muniment verify`";
}

Result<Story> story_of(Archive& archive, index::Searcher& index, const Named& what) {
  auto& reader = archive.reader();
  const auto item = index::story_of(index, reader, what.seq);
  if (!item && !what.remark.empty()) return Error{item.error().code, item.error().what, what.remark};
  if (!item) return item.error();

  Story story;
  if (what.by_number) story.asked = what.seq;
  story.platform = item->platform;
  story.id = item->id;
  story.state = index::state_name(item->state);
  if (!what.remark.empty()) story.remarks.push_back(what.remark);
  for (const auto& happened : item->events) {
    if (happened.what == What::kVersion) {
      auto one = version(archive, happened.seq);
      if (!one) return one.error();
      story.versions.push_back(*std::move(one));
    } else {
      auto one = event(reader, happened);
      if (!one) return one.error();
      story.events.push_back(*std::move(one));
    }
  }
  story.ancestors = thread(reader, item->ancestors, false);
  story.descendants = thread(reader, item->descendants, true);
  story.forms = thread(reader, item->forms, false);
  story.ancestor_missing = item->ancestor_missing;
  story.descendants_cut = item->descendants_cut;
  story.checkpointed = archive.checkpointed();
  return story;
}

}  // namespace

Result<SearchAnswer> search(Archive& archive, const SearchWishes& wishes) {
  const auto query = index::parse_query(wishes.query);
  if (!query) return query.error();
  auto index = searcher(archive);
  if (!index) return index.error();
  index::SearchOptions options;
  options.limit = wishes.limit;
  options.order = wishes.order;
  options.start_of_day = start_of_day(archive.settings().timezone);
  options.ledger = &archive.reader();
  auto hits = index->index.search(*query, options);
  if (!hits) return hits.error();
  auto found = index::read_hits(*hits, index->index.tokenizer(), archive.reader());
  if (!found) return found.error();
  if (auto lost = tell_lost(archive.reader(), *found); !lost.empty())
    hits->remarks.push_back(std::move(lost));
  add_remarks(wishes.query, !found->empty(), hits->remarks);
  std::ranges::move(index->remarks, std::back_inserter(hits->remarks));
  return SearchAnswer{*std::move(found), hits->more, std::move(hits->remarks)};
}

Result<CountAnswer> count(Archive& archive, const std::string& text) {
  const auto query = index::parse_query(text);
  if (!query) return query.error();
  auto index = searcher(archive);
  if (!index) return index.error();
  auto counted = index->index.count(*query, start_of_day(archive.settings().timezone));
  if (!counted) return counted.error();
  add_remarks(text, counted->number > 0, counted->remarks);
  std::ranges::move(index->remarks, std::back_inserter(counted->remarks));
  return CountAnswer{counted->number, std::move(counted->remarks)};
}

Result<Story> show(Archive& archive, const std::string& id) {
  auto index = searcher(archive);
  if (!index) return index.error();
  const auto what = named(index->index, archive.reader(), id);
  if (!what && what.error().code == Code::kNotFound && !index->remarks.empty())
    return Error{Code::kUnavailable,
                 "whether anything is called so cannot be told: " + index->remarks.front(),
                 "try again later"};
  if (!what) return what.error();
  auto story = story_of(archive, index->index, *what);
  if (story) std::ranges::move(index->remarks, std::back_inserter(story->remarks));
  return story;
}

Result<Story> show_whole(Archive& archive, const std::string& id) {
  auto index = archive.whole_index();
  if (!index) return index.error();
  const auto what = named(*index, archive.reader(), id);
  if (!what) return what.error();
  return story_of(archive, *index, *what);
}

Result<std::vector<std::string>> with_items_named(Archive& archive, std::vector<std::string> lists) {
  auto index = archive.whole_index();
  if (!index) return index.error();
  for (auto& list : lists) {
    auto whole = with_items_named(*index, archive.reader(), list);
    if (!whole) return whole.error();
    list = *std::move(whole);
  }
  return lists;
}

}  // namespace muniment::app
