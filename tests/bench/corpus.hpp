// A synthetic corpus: pages as a Mastodon server would answer them, the same for the same seed.
//
// The words are invented but their statistics are those of public posts: Zipf (s = 1.1) within each of
// nine languages, pairs that stick together, topics, mentions, tags, links, emoji, threads, some edits.
// Figures measured on it say how the archive behaves, not what people write.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace muniment::bench {

inline constexpr std::uint64_t kSeed = 20261122;

struct Page {
  std::string json;       // an array of statuses, oldest first
  std::size_t posts = 0;  // statuses in it
  std::size_t edits = 0;  // how many of them are later versions of one that came before
};

class Corpus {
 public:
  explicit Corpus(std::uint64_t seed = kSeed, std::uint64_t expected = 1'000'000);
  ~Corpus();
  Corpus(const Corpus&) = delete;
  Corpus& operator=(const Corpus&) = delete;

  // The next page: 20 to 100 posts, fewer when only `most` are wanted.  Times run on from page to page,
  // from January 2023 to November 2026 when `expected` posts are drawn.
  Page next(std::size_t most = 100);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// English words of a class, for queries: how often each occurs is a matter of its rank.
enum class Frequency {
  kTop,     // the commonest twelve: in every third to tenth post
  kCommon,  // ranks 30 to 300
  kMid,     // ranks 1,000 to 5,000
  kRare,    // ranks from 20,000
};
std::vector<std::string> words_of(Frequency frequency, std::size_t most);

// Two or three words that the corpus likes to put side by side, in quotation marks; of three words always
// when `longer`.
std::vector<std::string> phrases(std::size_t most, bool longer = false);

// Names of accounts, drawn as the authors of posts are: most of them write much.
std::vector<std::string> author_names(std::size_t most);

}  // namespace muniment::bench
