#include "polls/answers.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "sources/claims.hpp"

namespace muniment::polls {

using sources::Answer;
using sources::excerpt;
using sources::Fate;

std::optional<Error> refusal(const Answer& answer, std::string_view words) {
  if (answer.status >= 200 && answer.status < 300) return std::nullopt;
  const auto status = "the server answered " + std::to_string(answer.status);
  const auto what = words.empty() ? status : status + ": " + excerpt(words);
  switch (fate_of(answer.status)) {
    case Fate::kGone:
      return Error{Code::kNotFound, what, "Look at the source's address in a browser."};
    case Fate::kBarred:
      return Error{Code::kDenied, what, "The site does not show this without a login, or bars this program."};
    default:
      break;
  }
  if (answer.status == 429 || answer.status >= 500)
    return Error{Code::kUnavailable, what, "Nothing is lost; the next harvest asks again."};
  return Error{Code::kInvalid, what, "Look at the source's address in a browser."};
}

Fate fate_of(int status) {
  if (status == 404 || status == 410) return Fate::kGone;
  if (status == 401 || status == 403) return Fate::kBarred;
  return Fate::kUnclear;
}

Result<sources::JsonPage> json_answer(const Answer& answer,
                                      const std::function<std::string(sources::Json)>& words) {
  auto page = sources::JsonPage::parse(answer.body);
  if (auto refused = refusal(answer, page ? words(page->root()) : std::string())) return std::move(*refused);
  return page;
}

bool is_word_of(std::string_view text, std::size_t longest, std::string_view more) {
  return !text.empty() && text.size() <= longest && std::ranges::all_of(text, [&](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           more.find(static_cast<char>(c)) != std::string_view::npos;
  });
}

}  // namespace muniment::polls
