#include "app/spot.hpp"

#include <array>
#include <boost/json.hpp>
#include <ostream>

#include "app/zone.hpp"
#include "base/time.hpp"
#include "base/utf8.hpp"
#include "cli/commands.hpp"
#include "cli/open.hpp"

namespace muniment::cli {
namespace {

using app::PossibleRequest;

constexpr std::array kOptions = {
    Option{"--all", "", "list those decided already, too"},
    Option{"--again", "", "look through everything from the beginning, for instance after the rules changed"},
    Option{"--json", "", "one JSON object a possible request"},
};
constexpr std::size_t kShown = 300;

void print_json(std::ostream& out, const PossibleRequest& request) {
  boost::json::array reasons;
  for (const auto& reason : request.reasons) reasons.push_back(boost::json::string(reason));
  boost::json::object line{{"seq", request.seq},
                           {"item", request.item},
                           {"id", request.id},
                           {"platform", request.platform},
                           {"account", request.account},
                           {"posted", request.posted},
                           {"captured", request.captured},
                           {"noticed", request.noticed},
                           {"text", request.text},
                           {"url", request.url},
                           {"reasons", std::move(reasons)},
                           {"state", request.decision.empty() ? "possible request" : "decided"}};
  if (request.decision.empty())
    line["decision"] = nullptr;
  else
    line["decision"] = boost::json::object{{"is_request", request.decision == "yes"},
                                           {"decided", request.decided},
                                           {"actor", request.decided_by},
                                           {"reason", request.why}};
  out << boost::json::serialize(line) << '\n';
}

class Page {
 public:
  Page(std::ostream& out, std::string zone) : out_(out), zone_(std::move(zone)) {}

  void print(const PossibleRequest& request) {
    auto text = base::for_terminal(request.text);
    if (text.size() > kShown) {
      std::size_t end = kShown;
      while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
      text = text.substr(0, end) + " …";
    }
    out_ << request.seq << "  " << request.platform << "  " << base::for_terminal(request.account)
         << "  (entry " << request.item << ")\n    " << text << '\n';
    out_ << "    posted " << local(request.posted) << ", captured " << local(request.captured) << ", noticed "
         << local(request.noticed) << '\n';
    for (const auto& reason : request.reasons) out_ << "    - " << base::for_terminal(reason) << '\n';
    if (!request.decision.empty())
      out_ << "    decided " << local(request.decided) << " by " << base::for_terminal(request.decided_by)
           << ": " << (request.decision == "yes" ? "a request" : "not a request") << "; "
           << base::for_terminal(request.why) << '\n';
  }

 private:
  std::string local(const std::string& time) const {
    const auto parsed = base::parse_rfc3339(time);
    return parsed ? app::local_text(zone_, *parsed) : std::string("at a time not given");
  }
  std::ostream& out_;
  std::string zone_;
};

Result<int> run_spot(const Arguments& arguments, Terminal& terminal) {
  auto archive = open_archive(arguments, app::Access::kWrite, terminal);
  if (!archive) return archive.error();
  const auto run = app::spot(*archive, arguments.has("again"));
  if (!run) return run.error();
  const auto requests = app::possible_requests(*archive, arguments.has("all"));
  if (!requests) return requests.error();
  const bool json = arguments.has("json");
  if (!json)
    terminal.out << run->items << (run->items == 1 ? " item" : " items") << " looked through, "
                 << run->noticed << " noticed as possible requests\n";
  Page page(terminal.out, archive->settings().timezone);
  for (const auto& request : *requests) json ? print_json(terminal.out, request) : page.print(request);
  if (!json && !requests->empty())
    terminal.out
        << "Whether one is a request, a person decides: muniment spot decide NUMBER yes|no --reason …\n";
  return 0;
}

}  // namespace

const Command kSpot = {
    "spot",
    "look through new items for requests for information, and list those that wait for a person",
    "An item may itself be a request: a question to the body asking for recorded information.  Rules in "
    "English "
    "look for\n"
    "their words; each that was found says why.  The rules miss some and find some wrongly, and decide "
    "nothing.  "
    "Three times\n"
    "are kept apart: when it was posted (as the platform claims), when it was captured, and when it was "
    "noticed.",
    {},
    kOptions,
    run_spot};

}  // namespace muniment::cli
