#include "polls/wordpress_poll.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "polls/answers.hpp"
#include "polls/backfill.hpp"
#include "polls/wordpress_feeds.hpp"
#include "polls/wordpress_lists.hpp"
#include "sources/json_page.hpp"
#include "sources/url.hpp"
#include "sources/wordpress_page.hpp"

namespace muniment::polls {
namespace {

using sources::Answer;
using sources::Ask;
using sources::Fate;
using sources::Held;
using sources::is_one_host;
using sources::Json;
using sources::JsonList;
using sources::JsonPage;
using sources::path_of;
using sources::Poll;
using sources::PollSettings;
using sources::read_wordpress;
using sources::Reading;
using sources::root_of;
using sources::Showing;
using sources::wordpress_error;
using sources::wordpress_site;

struct Purpose {
  enum class Kind { kDiscovery, kListing, kSingle } kind = Kind::kDiscovery;
  std::size_t list = 0;
  std::size_t page = 0;
  bool is_again = false;  // the list became shorter, and the page's end was not read
};

// The site's own address, with a slash at its end, from any address of the site that an officer may give.
std::string front_of(std::string_view url) {
  std::string path(path_of(url));
  path = path.substr(0, path.find("/wp-json"));
  if (path.ends_with("index.php")) path.resize(path.size() - 9);
  if (!path.ends_with('/')) path.push_back('/');
  return root_of(url) + path;
}

constexpr std::size_t kMostLooksBack = 20;

class WordPressPoll : public Poll {
 public:
  explicit WordPressPoll(const PollSettings& settings)
      : front_(front_of(settings.url)),
        login_(settings.has_credential),
        progress_(settings.resume, login_),
        feeds_(front_, settings.cursor, settings.now) {}

  std::vector<Ask> start() override { return {ask(front_ + "wp-json/", {})}; }

  Result<Reading> read(const Ask& asked, const Answer& answer) override {
    if (feeds_.asked(asked)) return feeds_.read(asked, answer);
    const auto found = purposes_.find(asked.url);
    const auto purpose = found == purposes_.end() ? Purpose{} : found->second;
    auto page = JsonPage::parse(answer.body);
    const auto code = page ? wordpress_error(page->root()) : std::string();
    switch (purpose.kind) {
      case Purpose::Kind::kDiscovery:
        return discovery(asked, answer, page, code);
      case Purpose::Kind::kListing:
        return listing(purpose, answer, page, code);
      case Purpose::Kind::kSingle:
        return single(asked, answer, page, code);
    }
    return Error{};
  }

  std::vector<Ask> ask_after(const std::vector<Held>& held) override {
    std::vector<Ask> asks;
    const auto site = wordpress_site(api_);
    for (const auto& one : held) {
      if (asks.size() == kWordPressSingles) break;
      const auto rest = behind_site(one.id);
      if (api_.empty() || !is_one_host(one.id, site)) continue;
      const auto* list = std::ranges::find_if(
          kWordPressLists, [&](const WordPressList& each) { return is_item_of(each, rest); });
      if (list == std::end(kWordPressLists) || !progress_.is_missing(one.id, list->kind)) continue;
      const auto number = rest.substr(list->kind.size() + 1);
      asks.push_back(
          ask(route(std::string(list->route) + "/" + std::string(number)), {Purpose::Kind::kSingle, 0, 0}));
      asks.back().about = one.id;
      asks.back().optional = true;
      show_login(asks.back());
    }
    return asks;
  }

  std::string cursor() const override { return feeds_.cursor(); }

  std::string resume(const std::vector<Ask>&) const override { return progress_.resume(); }

 private:
  void show_login(Ask& ask) const {
    if (login_) ask.shows = {{Showing::Place::kBasic, "password"}};
  }

  Ask ask(std::string url, Purpose purpose) {
    purposes_[url] = purpose;
    return {.url = std::move(url),
            .accept = "application/json",
            .about = "",
            .conditional = false,
            .optional = false};
  }

  // "wp/v2/…" under either form of the API's address.
  std::string route(const std::string& path) const { return api_ + "wp/v2/" + path; }

  Ask list_page(std::size_t list, std::size_t page, bool is_again = false) {
    auto url = route(std::string(kWordPressLists[list].route));
    url += url.find('?') == std::string::npos ? "?" : "&";
    url += "per_page=" + std::to_string(kWordPressPageSize) +
           "&orderby=id&order=asc&page=" + std::to_string(page) + std::string(kWordPressLists[list].query);
    auto out = ask(std::move(url), {Purpose::Kind::kListing, list, page, is_again});
    if (!kWordPressLists[list].what.empty()) show_login(out);
    return out;
  }

  // Of "SITE/comment/12" what follows the site.
  static std::string_view behind_site(std::string_view id) {
    const auto number = id.rfind('/');
    const auto kind = number == std::string_view::npos || number == 0 ? number : id.rfind('/', number - 1);
    return kind == std::string_view::npos ? std::string_view{} : id.substr(kind + 1);
  }

  static bool is_item_of(const WordPressList& list, std::string_view rest) {
    if (!rest.starts_with(list.kind) || rest.size() <= list.kind.size() + 1 || rest[list.kind.size()] != '/')
      return false;
    const auto number = rest.substr(list.kind.size() + 1);
    return std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
  }

  // --- where the API is -------------------------------------------------------------------------------

  Result<Reading> discovery(const Ask& asked, const Answer& answer, Result<JsonPage>& page,
                            const std::string& code) {
    const bool is_busy = answer.status == 429 || answer.status >= 500;
    if (is_busy) return *refusal(answer, code);
    Reading reading;
    reading.only_leads = true;
    if (answer.status == 200 && page && speaks_v2(page->root())) {
      const auto& url = root_of(answer.url).empty() ? asked.url : answer.url;
      api_ = url.ends_with('/') ? url : url + "/";
      for (const auto list : progress_.due()) reading.next.push_back(list_page(list, progress_.first(list)));
      return reading;
    }
    if (asked.url.ends_with("/wp-json/")) {
      reading.next.push_back(ask(front_ + "?rest_route=/", {}));
      return reading;
    }
    for (const std::size_t i : {std::size_t{0}, std::size_t{2}}) fall_back(i, answer, code, reading);
    return reading;
  }

  static bool speaks_v2(Json root) {
    for (JsonList name(root.field("namespaces")); name; name.next())
      if (name.value().text() == "wp/v2") return true;
    return false;
  }

  // --- lists ------------------------------------------------------------------------------------------

  Result<Reading> listing(const Purpose& purpose, const Answer& answer, Result<JsonPage>& page,
                          const std::string& code) {
    Reading reading;
    // Somebody deleted while we read, and the last page is empty now; or it was full, and is the last.
    const bool is_behind_the_end = answer.status == 400 && code.ends_with("_invalid_page_number");
    if (is_behind_the_end && purpose.is_again) return reading;
    if (is_behind_the_end && purpose.page > 1) return end(purpose.list, reading), reading;
    const bool is_first = purpose.page == progress_.first(purpose.list) && !purpose.is_again;
    if (fate_of(answer.status) != Fate::kUnclear && is_first)
      return fall_back(purpose.list, answer, code, reading), reading;
    if (auto refused = refusal(answer, code)) return std::move(*refused);
    if (!page) return std::move(page).error();
    auto read = read_wordpress(*page, api_);
    if (!read) return read;
    reading = *std::move(read);
    if (purpose.is_again) return progress_.came_again(purpose.list, reading), reading;
    const auto fewer = progress_.came(purpose.list, purpose.page, reading, answer.total);
    if (fewer != 0) look_back(purpose, fewer, reading);
    go_on(purpose, answer, page->root().size(), reading);
    return reading;
  }

  // What was deleted above moves the list up: what would have begun this page ends the one before.
  void look_back(const Purpose& purpose, std::size_t fewer, Reading& reading) {
    if (fewer <= kWordPressPageSize && looks_back_++ < kMostLooksBack)
      reading.next.push_back(list_page(purpose.list, purpose.page - 1, true));
    else
      reading.faults.push_back(
          "the list of " + std::string(kWordPressLists[purpose.list].route) +
          " became much shorter while it was read; some of what stands may not have been read");
  }

  // `count`: how many entries stand on the page.
  void go_on(const Purpose& purpose, const Answer& answer, std::size_t count, Reading& reading) {
    const auto name = std::string(kWordPressLists[purpose.list].route);
    const bool is_named = names_next_page(answer, purpose.page);
    const bool is_barren = is_named && progress_.empty_pages(purpose.list) >= kMostEmptyPages;
    if (is_barren)
      reading.remarks.push_back(std::to_string(kMostEmptyPages) + " pages of the list of " + name +
                                " in a row held nothing; that was taken for its end");
    // One that is full may have another behind it, whatever is said of it.
    if (is_barren || (!is_named && count < kWordPressPageSize)) return end(purpose.list, reading);
    if (!is_named && progress_.is_repeated(purpose.list))
      reading.faults.push_back("the list of " + name + " shows on page " + std::to_string(purpose.page) +
                               " what it showed before; what stands behind that was not to be had");
    else if (purpose.page - progress_.first(purpose.list) + 1 == kWordPressPages)
      reading.faults.push_back("the list of " + name + " was read for " + std::to_string(kWordPressPages) +
                               " pages; the next poll goes on behind them");
    else
      reading.next.push_back(list_page(purpose.list, purpose.page + 1));
  }

  void end(std::size_t list, Reading& reading) {
    progress_.ended(list);
    if (auto remark = progress_.shortfall(list); !remark.empty())
      reading.remarks.push_back(std::move(remark));
  }

  // --- one by one -------------------------------------------------------------------------------------

  Result<Reading> single(const Ask& asked, const Answer& answer, Result<JsonPage>& page,
                         const std::string& code) {
    if (answer.status == 429 || answer.status >= 500) return *refusal(answer, code);
    Reading reading;
    auto fate = fate_of(answer.status);
    if (answer.status == 200 && page)
      if (auto read = read_wordpress(*page, api_)) {
        reading = *std::move(read);
        for (const auto& item : reading.items)
          if (item.interaction.id == asked.about) fate = Fate::kPresent;
      }
    // An editor is shown what lies in the bin; the public is not, and nor is it an edit.
    auto words = code;
    if (fate == Fate::kPresent && is_binned(reading.items.front().interaction.visibility)) {
      fate = Fate::kBarred;
      words = reading.items.front().interaction.visibility;
      reading.items.clear();
    }
    // 404 also comes from a proxy, or from an API that was switched off meanwhile: the code tells.
    if (answer.status == 404 && code != "rest_comment_invalid_id" && code != "rest_post_invalid_id")
      fate = Fate::kUnclear;
    if (answer.status == 401 && (code == "incorrect_password" || code.starts_with("invalid_")))
      fate = Fate::kUnclear;
    reading.verdicts.push_back({asked.about, fate, answer.status, words.substr(0, 200)});
    return reading;
  }

  static bool is_binned(std::string_view status) { return status == "trash" || status == "spam"; }

  // --- feeds ------------------------------------------------------------------------------------------

  void fall_back(std::size_t list, const Answer& answer, const std::string& code, Reading& reading) {
    const std::string route(kWordPressLists[list].route);
    reading.only_leads = true;
    const std::string said = std::to_string(answer.status) + (code.empty() ? "" : " " + code);
    if (!kWordPressLists[list].what.empty()) {
      reading.faults.push_back("the site does not list its " + std::string(kWordPressLists[list].what) +
                               " to this login (" + said + ")");
      return;
    }
    if (kWordPressLists[list].feed.empty()) {
      reading.remarks.push_back("the site does not list its " + route + " (" + said + ")");
      return;
    }
    reading.remarks.push_back("the site does not list its " + route + " (" + said +
                              "); its feed was read instead, which shows the newest only");
    feeds_.stand_in_for(list, reading);
  }

  std::string front_;
  bool login_;
  WordPressProgress progress_;
  WordPressFeeds feeds_;
  std::size_t looks_back_ = 0;
  std::string api_;  // ends in "/", also in its ?rest_route=/ form
  std::map<std::string, Purpose, std::less<>> purposes_;
};

}  // namespace

std::unique_ptr<Poll> new_wordpress_poll(const PollSettings& settings) {
  return std::make_unique<WordPressPoll>(settings);
}

}  // namespace muniment::polls
