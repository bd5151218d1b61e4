// A credential, and a page that may hold it: after blotting, no secret stands in the page in any spelling
// that it is shown in.  The bytes before the first zero are the credential, those after it the page.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "collect/credential.hpp"

using namespace muniment;  // NOLINT

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const auto cut = std::min(all.find('\0'), all.size());
  std::string page(all.substr(std::min(cut + 1, all.size())));
  for (const auto parts : {"token", "user password"}) {
    auto credential = collect::Credential::read("town", all.substr(0, cut), parts);
    if (!credential) {
      if (credential.error().what.empty()) std::abort();
      continue;
    }
    const std::string part = parts == std::string_view("token") ? "token" : "password";
    sources::Ask ask{.url = "https://town.example/?a=1", .accept = "", .about = ""};
    ask.post = true;
    ask.body = "{}";
    using Place = sources::Showing::Place;
    for (const auto place : {Place::kBearer, Place::kParameter, Place::kJson}) {
      ask.shows = {{place, part, "access_token"}};
      net::Request request{ask.url, {}, false};
      request.body = ask.body;
      if (!credential->show(ask, request)) continue;
      auto shown = request.url + "\n" + request.body + "\n" + page;
      for (const auto& [name, value] : request.secret_headers) shown += "\n" + value;
      if (credential->blot(shown) == 0) std::abort();
      // A mark and what stands beside it may spell something by chance; between the marks nothing may.  What
      // is put there ends no line, for those may stand within a spelling.
      for (std::size_t at = 0; (at = shown.find("withheld", at)) != std::string::npos;)
        shown.replace(at, 8, "\1");
      if (credential->blot(shown) != 0) std::abort();
    }
    ask.learns = {{"access", "token"}};
    if (credential->learn(ask, page)) credential->blot(page);
    collect::blot_tokens_in_addresses(page);
  }
  return 0;
}
