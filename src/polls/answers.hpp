// What an HTTP status says, for platforms that mean by it what HTTP means.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "muniment/result.hpp"
#include "sources/json_page.hpp"
#include "sources/source.hpp"

namespace muniment::polls {

// Nothing for 2xx.  kNotFound for 404 and 410, kDenied for 401 and 403, kUnavailable for 429 and 5xx,
// kInvalid for the rest.  `words`: what the platform said with it; may be empty.
std::optional<Error> refusal(const sources::Answer& answer, std::string_view words);

// About one item: kGone for 404 and 410, kBarred for 401 and 403, kUnclear for the rest.  (Whether 200 means
// kPresent only the page can tell.)
sources::Fate fate_of(int status);

// The error, when the answer is none of a list; `words`: what the platform said with it.
Result<sources::JsonPage> json_answer(const sources::Answer& answer,
                                      const std::function<std::string(sources::Json)>& words);

// Letters, digits, and those of `more`; 1 to `longest` of them.
bool is_word_of(std::string_view text, std::size_t longest, std::string_view more);

}  // namespace muniment::polls
