#include "index/fold.hpp"

#include "index/words.hpp"

namespace muniment::index {

Result<std::string> fold_name(const db::Tokenizer& tokenizer, std::string_view name) {
  std::string folded;
  std::string words;
  append_words(words, name.substr(0, 512));
  auto outcome = tokenizer.each(words, [&](std::string_view token, std::size_t, std::size_t) {
    if (!folded.empty()) folded.push_back(' ');
    folded.append(token);
  });
  if (!outcome) return outcome.error();
  return folded;
}

}  // namespace muniment::index
