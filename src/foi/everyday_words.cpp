#include "foi/everyday_words.hpp"

#include <algorithm>
#include <string>

namespace muniment::foi {
namespace {

// Sorted.
constexpr std::string_view kEveryday[] = {
    "about",     "account",   "action",    "advice",      "after",    "again",     "agency",  "alert",
    "alerts",    "all",       "also",      "always",      "and",      "another",   "answer",  "any",
    "anyone",    "area",      "ask",       "authority",   "back",     "bad",       "before",  "best",
    "better",    "bin",       "bins",      "board",       "book",     "books",     "bus",     "business",
    "but",       "call",      "can",       "care",        "centre",   "change",    "child",   "children",
    "citizen",   "city",      "clean",     "clerk",       "come",     "community", "contact", "council",
    "county",    "customer",  "day",       "department",  "desk",     "district",  "down",    "emergency",
    "enquiries", "event",     "events",    "every",       "everyone", "family",    "fire",    "first",
    "flood",     "floods",    "food",      "for",         "free",     "friend",    "friends", "from",
    "garden",    "get",       "girl",      "give",        "good",     "great",     "green",   "group",
    "guest",     "health",    "hello",     "help",        "here",     "high",      "home",    "house",
    "housing",   "how",       "info",      "information", "just",     "know",      "last",    "library",
    "life",      "light",     "like",      "live",        "local",    "long",      "look",    "love",
    "low",       "make",      "man",       "many",        "market",   "mayor",     "media",   "member",
    "money",     "more",      "most",      "mother",      "museum",   "music",     "name",    "national",
    "need",      "neighbour", "never",     "new",         "news",     "next",      "night",   "nobody",
    "not",       "nothing",   "now",       "off",         "office",   "officer",   "old",     "one",
    "only",      "open",      "other",     "our",         "out",      "over",      "parent",  "park",
    "parking",   "parks",     "people",    "person",      "planning", "please",    "police",  "post",
    "power",     "press",     "public",    "question",    "rain",     "real",      "reply",   "report",
    "resident",  "residents", "right",     "river",       "road",     "roads",     "safe",    "safety",
    "school",    "schools",   "service",   "services",    "she",      "shop",      "small",   "some",
    "someone",   "sorry",     "sport",     "staff",       "station",  "still",     "stop",    "street",
    "streets",   "summer",    "sun",       "support",     "tax",      "taxpayer",  "team",    "test",
    "thank",     "thanks",    "that",      "the",         "their",    "them",      "then",    "there",
    "they",      "thing",     "things",    "think",       "this",     "time",      "today",   "town",
    "traffic",   "train",     "transport", "travel",      "tree",     "trees",     "two",     "under",
    "update",    "updates",   "user",      "very",        "village",  "visitor",   "voice",   "vote",
    "waste",     "watch",     "water",     "way",         "weather",  "web",       "week",    "welcome",
    "well",      "what",      "when",      "where",       "who",      "why",       "will",    "winter",
    "with",      "woman",     "word",      "words",       "work",     "works",     "world",   "year",
    "yes",       "you",       "young",     "your",        "youth"};

}  // namespace

bool is_everyday_word(std::string_view word) {
  std::string lower(word);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return std::binary_search(std::begin(kEveryday), std::end(kEveryday), lower);
}

}  // namespace muniment::foi
