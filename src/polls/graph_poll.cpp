#include "polls/graph_poll.hpp"

#include <algorithm>
#include <optional>

#include "polls/api_poll.hpp"
#include "polls/graph_family.hpp"
#include "sources/claims.hpp"
#include "sources/saved_formats.hpp"
#include "sources/url.hpp"

namespace muniment::polls {
namespace {

using sources::claimed_seconds;
using sources::excerpt;
using sources::kGraph;
using sources::parameter;
using sources::path_of;
using sources::root_of;
using sources::server_of;
using sources::with_parameter;

constexpr int kMostDepth = 32;

class GraphPoll final : public ApiPoll {
 public:
  GraphPoll(const GraphFamily& family, const PollSettings& settings, std::string api, std::string node,
            std::string name)
      : ApiPoll(settings, kGraphPages),
        family_(family),
        api_(std::move(api)),
        node_(std::move(node)),
        name_(std::move(name)) {
    shows_ = {{Showing::Place::kParameter, "token", "access_token"}};
  }

  std::vector<Ask> start() override {
    std::vector<Ask> asks;
    if (family_.by_name) {
      auto facts = ask("token", api_ + "/debug_token");
      facts.shows.insert(facts.shows.begin(), {Showing::Place::kParameter, "token", "input_token"});
      facts.optional = true;
      asks.push_back(std::move(facts));
      for (auto& one : lists()) asks.push_back(std::move(one));
    } else {
      asks.push_back(ask("me", api_ + "/" + node_ + "?fields=id,username"));
    }
    return asks;
  }

  Result<Reading> take(const Ask& asked, const Answer& answer) override {
    const auto page = JsonPage::parse(answer.body);
    if (asked.step == "single") return single(asked, answer, page);
    if (const auto error = graph_error(answer, page)) return *error;
    if (!page) return page.error();
    if (asked.step == "token") return token(page->root());
    if (asked.step == "me") return me(page->root());
    auto reading = items_of(kGraph, answer, api_);
    if (!reading) return reading;
    place(asked, *reading);
    inner(page->root(), {}, {}, 0, *reading);
    if (asked.step.starts_with("inner")) {
      further(page->root(), asked.step, *reading);
    } else {
      // Of the address of the next page only the cursor is used: whose server it names does not matter.
      const auto next = page->root().field("paging").field("next").text();
      auto listed = page_by_time(*reading, cursor_in(next));
      if (!next.empty() && listed.next.empty())
        reading->faults.push_back(
            "the platform names a next page in a way that is not known here; what stands below was not read");
      listed.hides_older = true;
      go_on(listed, *reading);
    }
    return reading;
  }

  std::vector<Ask> ask_after(const std::vector<Held>& held) override {
    std::vector<Ask> asks;
    const auto must = [&](const Held& one) { return one.reply_to.empty() && is_within("posts", one); };
    for (const auto* one : due(
             held, kGraphMissing, [](const Held& item) { return is_graph_id(item.id); }, must))
      asks.push_back(ask_about(
          "single",
          api_ + "/" + one->id +
              "?fields=" + std::string(one->reply_to.empty() ? family_.fields : family_.fields_of_comment),
          one->id));
    return asks;
  }

 private:
  std::vector<Ask> lists() {
    std::vector<Ask> asks;
    for (const auto& list : family_.lists)
      if (!list.name.empty()) asks.push_back(top_of(std::string(list.name)));
    return asks;
  }

  Ask page_of(const std::string& name, const std::string& cursor) const override {
    const auto* list = std::ranges::find(family_.lists, name, &GraphList::name);
    auto out = ask(name, api_ + "/" + node_ + "/" + std::string(list->edge) +
                             "?limit=50&fields=" + std::string(family_.fields) + cursor);
    out.optional = list->optional && cursor.empty();
    return out;
  }

  // The address of the next page bears the token; what names the page is this.
  static std::string cursor_in(std::string_view next) {
    std::string out;
    for (const auto name : {"after", "until", "__paging_token"})
      if (const auto value = parameter(next, name); !value.empty())
        out += with_parameter("?", name, value).substr(1);
    return out;
  }

  bool refuses_cursor(const Answer& answer) const override {
    const auto error = graph_error(answer, JsonPage::parse(answer.body));
    return error && error->code == Code::kInvalid;
  }

  static Result<Reading> token(Json root) {
    Reading reading;
    reading.only_leads = true;
    const auto data = root.field("data");
    for (const auto name : {"expires_at", "data_access_expires_at"})
      if (const auto at = data.field(name).number(); at != 0) {
        auto time = claimed_seconds(static_cast<double>(at));
        if (reading.credential_expires.empty() || time < reading.credential_expires)
          reading.credential_expires = std::move(time);
      }
    return reading;
  }

  Result<Reading> me(Json root) {
    const auto name = root.field("username").text();
    if (name != name_)
      return Error{Code::kDenied,
                   "the token belongs to " + excerpt(name) + ", not to " + name_ + "; nothing was read",
                   "Name the credential of the account that is to be captured."};
    Reading reading;
    reading.only_leads = true;
    reading.next = lists();
    return reading;
  }

  // The token is shown to the platform's own server only.
  std::string next_of(Json list, Reading& reading) const {
    const auto next = list.field("paging").field("next").text();
    if (next.empty() || root_of(next) == root_of(api_)) return std::string(next);
    const std::string fault = "further comments stand at another server, which was not asked";
    if (std::ranges::find(reading.faults, fault) == reading.faults.end()) reading.faults.push_back(fault);
    return {};
  }

  // --- what stands inside -----------------------------------------------------------------------------

  // Further pages of comments, wherever their list stands, and the answers that stand nowhere.
  void inner(Json in, const std::string& post, const std::string& parent, int depth, Reading& reading) {
    if (depth > kMostDepth) return;
    const auto id = in.field("id").name();
    const bool is_item = is_graph_id(id) && (in.field("created_time") || in.field("timestamp"));
    const auto& root = is_item && post.empty() ? id : post;
    if (is_item && post.empty() && family_.answers.empty()) group_of_post_.try_emplace(id, group_of(in));
    const auto& nearest = is_item ? id : parent;
    for (const auto name : {"comments", "replies"})
      if (const auto next = next_of(in.field(name), reading); is_item && !next.empty() && !is_read(root))
        ask_inner(next, root, nearest, reading);
    if (is_item && !family_.answers.empty() && post.empty() && in.field("has_replies").is_true())
      ask_inner(api_ + "/" + id + "/" + std::string(family_.answers) +
                    "?limit=50&fields=" + std::string(family_.fields),
                id, id, reading);
    for (JsonFields field(in); field; field.next())
      if (field.value().is_object() || field.value().is_list())
        inner(field.value(), root, nearest, depth + 1, reading);
    for (JsonList one(in); one; one.next())
      if (one.value().is_object()) inner(one.value(), root, nearest, depth + 1, reading);
  }

  // An unfinished poll has read all that stood below it.
  bool is_read(const std::string& post) {
    const auto group = group_of_post_.find(post);
    return group != group_of_post_.end() && was_answered(group->second);
  }

  // A post and how many comments it has.
  static std::string group_of(Json post) {
    const auto summary = post.field("comments").field("summary").field("total_count");
    const auto count = summary ? summary : post.field("comments_count");
    return post.field("id").name() + "=" + std::to_string(count.number());
  }

  void ask_inner(std::string url, const std::string& post, const std::string& parent, Reading& reading) {
    const auto group = group_of_post_.find(post);
    if (!inner_.insert(url).second) return;
    auto out = ask("inner " + post + " " + parent, std::move(url));
    out.optional = out.owed = true;
    if (inner_.size() > kGraphInner) return too_many(out, reading);
    if (group != group_of_post_.end()) join(group->second, out);
    reading.next.push_back(std::move(out));
  }

  void too_many(const Ask& ask, Reading& reading) {
    const auto many = "comments came in more than " + std::to_string(kGraphInner) + " further pages; ";
    const bool is_owed = owe(ask);
    if (is_owed && !std::exchange(some_are_owed_, true))
      reading.faults.push_back(many + "the next polls go on with the others");
    if (!is_owed && !std::exchange(some_are_lost_, true))
      reading.faults.push_back(many +
                               "there are too many for the next polls, too, and the rest is not asked for");
  }

  void further(Json root, const std::string& step, Reading& reading) {
    const auto words = step.substr(6);
    const auto blank = words.find(' ');
    if (const auto next = next_of(root, reading); !next.empty())
      ask_inner(next, words.substr(0, blank), words.substr(blank + 1), reading);
  }

  // A comment on a page of its own does not say what it stands below.
  static void place(const Ask& asked, Reading& reading) {
    if (!asked.step.starts_with("inner ")) return;
    const auto words = std::string_view(asked.step).substr(6);
    const auto post = words.substr(0, words.find(' '));
    const auto parent = words.substr(words.find(' ') + 1);
    for (auto& item : reading.items) {
      auto& it = item.interaction;
      if (it.id == post) continue;
      if (it.thread.empty()) it.thread = post;
      if (it.reply_to.empty()) it.reply_to = parent;
      it.type = it.reply_to == it.thread ? "comment" : "reply";
    }
  }

  // --- one by one -------------------------------------------------------------------------------------

  Result<Reading> single(const Ask& asked, const Answer& answer, const Result<JsonPage>& page) {
    Reading reading;
    auto fate = Fate::kUnclear;
    std::string words;
    if (const auto error = graph_error(answer, page)) {
      if (error->code == Code::kUnavailable) return *error;
      const auto said = page ? page->root().field("error") : Json();
      words = said.field("code").name() + "/" + said.field("error_subcode").name();
      if (words == "100/33" || words == "10/" || words == "200/") fate = Fate::kBarred;
    } else if (page) {
      if (auto read = items_of(kGraph, answer, api_)) reading = *std::move(read);
      for (const auto& item : reading.items)
        if (item.interaction.id == asked.about) fate = Fate::kPresent;
      // Only its own page tells what a comment stands below.
      const bool is_whole = asked.url.find("fields=" + std::string(family_.fields)) != std::string::npos;
      if (fate == Fate::kPresent && is_whole)
        inner(page->root(), {}, {}, 0, reading);
      else if (fate == Fate::kPresent)
        reading.items.clear();
    }
    reading.verdicts.push_back(verdict(asked, fate, answer, words));
    return reading;
  }

  const GraphFamily& family_;
  std::string api_, node_, name_;
  std::set<std::string, std::less<>> inner_;
  std::map<std::string, std::string, std::less<>> group_of_post_;
  bool some_are_owed_ = false, some_are_lost_ = false;
};

Result<std::unique_ptr<Poll>> make(const GraphFamily& family, const PollSettings& settings,
                                   std::initializer_list<std::string_view> sites, std::string_view example) {
  auto path = std::string(path_of(settings.url));
  while (path.ends_with('/')) path.pop_back();
  auto server = server_of(settings.url);
  if (server.starts_with("www.")) server = server.substr(4);
  std::string api(family.api);
  auto name = path.substr(path.rfind('/') + 1);
  const bool is_site = std::ranges::find(sites, server) != sites.end();
  if (is_site && name.starts_with('@')) name.erase(0, 1);
  if (!is_site) api = root_of(settings.url) + path.substr(0, path.rfind('/'));
  const bool one_part = path.find('/', 1) == std::string::npos;
  if (!is_graph_id(name) || is_site != one_part)
    return Error{Code::kInvalid, "the address names no account of " + std::string(family.platform),
                 "Give it as " + std::string(example) + "."};
  auto node = family.by_name ? name : std::string("me");
  return std::unique_ptr<Poll>(
      std::make_unique<GraphPoll>(family, settings, std::move(api), std::move(node), std::move(name)));
}

}  // namespace

Result<std::unique_ptr<Poll>> new_facebook_poll(const PollSettings& settings) {
  return make(kFacebookGraph, settings, {"facebook.com"}, "https://www.facebook.com/PAGE");
}

Result<std::unique_ptr<Poll>> new_instagram_poll(const PollSettings& settings) {
  return make(kInstagramGraph, settings, {"instagram.com"}, "https://www.instagram.com/NAME");
}

Result<std::unique_ptr<Poll>> new_threads_poll(const PollSettings& settings) {
  return make(kThreadsGraph, settings, {"threads.net", "threads.com"}, "https://www.threads.net/@NAME");
}

}  // namespace muniment::polls
