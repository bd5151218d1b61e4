#include "collect/credential.hpp"

#include <algorithm>
#include <array>

#include "base/bytes.hpp"
#include "base/time.hpp"
#include "sources/json_page.hpp"
#include "sources/url.hpp"

namespace muniment::collect {
namespace {

using sources::Showing;

constexpr std::string_view kWithheld = "withheld";
constexpr char kPassword[] = "password", kToken[] = "token";
constexpr std::array<std::string_view, 2> kNoSecrets = {"user", "expires"};
constexpr std::array<std::string_view, 5> kPartNames = {"user", "password", "token", "key", "expires"};

template <typename List>
bool is_among(std::string_view name, const List& list) {
  return std::ranges::find(list, name) != list.end();
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const auto first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) + 1 - first);
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const auto word = text.substr(0, text.find(' '));
    if (!word.empty()) words.push_back(word);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return words;
}

bool has_controls(std::string_view text) {
  return std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

std::string as_json(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

// The address without the parameter: what stands there is not ours, or was withheld.
std::string without_parameter(const std::string& url, const std::string& name) {
  const auto question = url.find('?');
  if (question == std::string::npos) return url;
  std::string out = url.substr(0, question);
  std::string_view query = std::string_view(url).substr(question + 1);
  char before = '?';
  while (!query.empty()) {
    const auto field = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(field.size() + 1, query.size()));
    if (field.substr(0, field.find('=')) == name) continue;
    out.append(1, before).append(field);
    before = '&';
  }
  return out;
}

void add_json_field(std::string& body, const std::string& name, std::string_view value) {
  const auto close = body.rfind('}');
  const auto inside = trimmed(std::string_view(body).substr(0, close == std::string::npos ? 0 : close));
  auto field = (inside.size() > 1 ? ",\"" : "\"") + name + "\":\"" + as_json(value) + "\"";
  body = (close == std::string::npos ? "{" : body.substr(0, close)) + field + "}";
  base::wipe(field);
}

}  // namespace

Result<Credential> Credential::read(std::string name, std::string_view text, std::string_view parts) {
  Credential out;
  out.name_ = std::move(name);
  const auto wanted = words_of(parts);
  std::map<std::string, std::string_view> found;
  for (auto rest = text; !rest.empty();) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const auto equals = line.find('=');
    const auto key = trimmed(line.substr(0, equals));
    if (equals != std::string_view::npos && is_among(key, kPartNames))
      found[std::string(key)] = trimmed(line.substr(equals + 1));
  }
  const bool named = std::ranges::any_of(found, [](const auto& one) { return one.first != "expires"; });
  if (const auto whole = trimmed(text.substr(0, text.find('\n'))); !named && !wanted.empty()) {
    const auto colon = wanted.size() > 1 ? whole.find(':') : std::string_view::npos;
    if (wanted.size() == 1) found[std::string(wanted[0])] = whole;
    if (colon != std::string_view::npos) {
      found[std::string(wanted[0])] = trimmed(whole.substr(0, colon));
      found[std::string(wanted[1])] = trimmed(whole.substr(colon + 1));
    }
  }
  const std::string hint =
      "it is the value alone, or lines of NAME=VALUE; this platform takes: " + std::string(parts);
  const bool has_token = found.contains(kToken) && !found[kToken].empty();
  for (const auto part : wanted)
    if (found[std::string(part)].empty() && !(part == kPassword && has_token))
      return Error{Code::kInvalid, "the credential " + out.name_ + " has no " + std::string(part), hint};
  std::erase_if(found, [](const auto& one) { return one.second.empty(); });
  // First, for the others are spelled with it.
  if (const auto user = found.find("user"); user != found.end()) out.keep("user", user->second);
  for (const auto& [part, value] : found) {
    if (has_controls(value))
      return Error{Code::kInvalid, "the credential " + out.name_ + " holds control characters", hint};
    if (!is_among(part, kNoSecrets) && value.size() < kShortestSecret)
      return Error{
          Code::kInvalid,
          "the credential " + out.name_ + " is shorter than " + std::to_string(kShortestSecret) +
              " characters, so that it could not be told from ordinary words and kept out of the archive",
          "use a longer credential"};
    if (value.size() > kLongestSecret)
      return Error{
          Code::kInvalid,
          "the credential " + out.name_ + " is longer than " + std::to_string(kLongestSecret) + " characters",
          hint};
    if (!is_among(part, kNoSecrets) && value.find(kWithheld) != std::string_view::npos)
      return Error{Code::kInvalid,
                   "the credential " + out.name_ + " contains \"" + std::string(kWithheld) +
                       "\", which is what stands in the archive where a credential stood",
                   "use another credential"};
    if (part == "expires") {
      const auto time = base::parse_rfc3339(std::string(value) + (value.size() == 10 ? "T00:00:00Z" : ""));
      if (!time)
        return Error{Code::kInvalid, "the credential " + out.name_ + " expires at what is no date",
                     "write expires=2027-01-31"};
      out.expires_ = base::to_rfc3339(*time);
    } else {
      out.keep(part, value);
    }
  }
  return out;
}

void Credential::keep(const std::string& part, std::string_view value) {
  parts_[part] = base::SecretText(value);
  if (is_among(part, kNoSecrets)) return;
  if (value.size() < kShortestSecret) return;
  patterns_.add(value);
  std::string closed(value);
  std::erase(closed, ' ');
  if (closed.size() >= kShortestSecret) patterns_.add(closed);
  base::wipe(closed);
  const auto user = parts_.find("user");
  if (user == parts_.end()) return;
  // Whole, for what stands before it is withheld, too.
  const auto add = [&](std::string shown) {
    auto form = base::to_base64(shown);
    patterns_.add_as_it_is(form);
    base::wipe(form);
    base::wipe(shown);
  };
  const std::string name(user->second.reveal()), secret(value);
  add(name + ":" + secret);
  // As mailboxes are shown it (net/imap.hpp): a server may repeat what it does not take.
  add(std::string(1, '\0') + name + '\0' + secret);
  for (const auto& begin : {"user=" + name, "n,a=" + name + ","})
    add(begin + "\1auth=Bearer " + secret + "\1\1");
}

std::string_view Credential::part(const std::string& name) const {
  const auto found = parts_.find(name);
  return found == parts_.end() ? std::string_view() : found->second.reveal();
}

Status Credential::show(const sources::Ask& ask, net::Request& request) const {
  if (ask.shows.empty()) return {};
  // With imap:// nothing is shown to a public address before the connection is secured
  // (net/mailbox_transport.hpp).
  const bool is_secured = request.url.starts_with("https://") || request.url.starts_with("imap");
  if (!is_secured && !request.allow_private)
    return Error{
        Code::kDenied,
        "the credential " + name_ + " is not shown over a connection that others can read; nothing was sent",
        "give the source's address with https or imaps"};
  const bool is_mailbox = request.url.starts_with("imap");
  for (const auto& [place, name, field] : ask.shows) {
    const bool by_token = is_mailbox && name == kPassword && part(name).empty() && !part(kToken).empty();
    const auto value = by_token ? part(kToken) : part(name);
    if (value.empty())
      return Error{Code::kDenied, "the credential " + name_ + " has no " + name + "; nothing was sent", {}};
    switch (place) {
      case Showing::Place::kBearer:
        request.secret_headers.emplace_back("Authorization", "Bearer " + std::string(value));
        break;
      case Showing::Place::kBasic: {
        auto pair = std::string(part("user")) + ":" + std::string(value);
        request.secret_headers.emplace_back("Authorization",
                                            (by_token ? "Bearer " : "Basic ") + base::to_base64(pair));
        base::wipe(pair);
        break;
      }
      case Showing::Place::kHeader:
        request.secret_headers.emplace_back(field, std::string(value));
        break;
      case Showing::Place::kParameter:
        request.url = sources::with_parameter(without_parameter(request.url, field), field, value);
        break;
      case Showing::Place::kJson:
        add_json_field(request.body, field, value);
        break;
    }
  }
  return {};
}

Status Credential::learn(const sources::Ask& ask, std::string_view body) {
  if (ask.learns.empty()) return {};
  const auto page = sources::JsonPage::parse(body);
  if (!page || !page->root().is_object())
    return Error{Code::kInvalid, "what may hold a credential could not be read, and was not kept", {}};
  for (const auto& [part, field] : ask.learns) {
    const auto value = page->root().field(field).text();
    if (value.size() > kLongestSecret)
      return Error{Code::kInvalid, "it holds a credential that is too long, and was not kept", {}};
    if (!value.empty() && !has_controls(value)) keep(part, value);
  }
  return {};
}

std::size_t Credential::blot(std::string& text) const {
  const auto found = patterns_.find(text);
  if (found.empty()) return 0;
  std::string out;
  out.reserve(text.size() + found.size() * kWithheld.size());
  std::size_t copied = 0;
  for (const auto& stretch : found) {
    out.append(text, copied, stretch.begin - copied).append(kWithheld);
    copied = stretch.end;
  }
  out.append(text, copied);
  base::wipe(text);
  text = std::move(out);
  return found.size();
}

std::string Credential::blotted(std::string text) const {
  blot(text);
  return text;
}

std::size_t blot_tokens_in_addresses(std::string& text) {
  constexpr std::array<std::string_view, 2> kMarks = {"access_token=", "appsecret_proof="};
  std::size_t count = 0;
  for (const auto mark : kMarks)
    for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos;) {
      at += mark.size();
      const auto end = std::min(text.find_first_of("&\"'\\ <>#\n\r", at), text.size());
      if (end == at || std::string_view(text).substr(at, end - at) == kWithheld) continue;
      text.replace(at, end - at, kWithheld);
      ++count;
    }
  return count;
}

}  // namespace muniment::collect
