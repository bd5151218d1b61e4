#include "support/plain_scan.hpp"

#include <algorithm>

namespace muniment::support {

using index::Node;

FollowedEntries random_entries(std::uint32_t seed, int count) {
  std::mt19937 random(seed);
  FollowedEntries entries;
  for (int i = 0; i < count; ++i) {
    const auto id = std::to_string(random() % 60);
    std::string text;
    for (std::size_t n = 1 + random() % 6; n > 0; --n) text += "w" + std::to_string(random() % 12) + " ";
    auto item = small_post(id, text, static_cast<int>(random() % 5000));
    if (random() % 3 == 0) item.reply_to = std::to_string(random() % 60);
    switch (random() % 9) {
      case 0:
        entries.event(ledger::kind::kDeletion, "mastodon", id);
        break;
      case 1:
        entries.event(ledger::kind::kBarred, "mastodon", id);
        break;
      case 2:
        entries.event(ledger::kind::kSeenAgain, "mastodon", id, text);
        break;
      case 3:
        entries.event(ledger::kind::kReported, "mastodon", id);
        break;
      case 4:
        entries.edit(item, text, "town");
        break;
      default:
        entries.capture(item, text);
        break;
    }
  }
  return entries;
}

std::map<ledger::Seq, PlainVersion> plain_versions(const FollowedEntries& entries) {
  std::map<ledger::Seq, PlainVersion> versions;
  std::map<std::string, ledger::Seq> newest;
  for (const auto& one : entries.all()) {
    const std::string id(*records::value_of(*one.body, "id"));
    const auto before = newest.find(id);
    const bool version = one.entry.kind == ledger::kind::kCapture || one.entry.kind == ledger::kind::kEdit;
    if (version) {
      if (before != newest.end()) versions[before->second].state = "superseded";
      PlainVersion plain;
      plain.words = " " + std::string(*records::value_of(*one.body, "text"));
      plain.reply = records::value_of(*one.body, "reply.to").has_value();
      plain.edited = one.entry.kind == ledger::kind::kEdit;
      plain.posted = std::string(*records::value_of(*one.body, "posted"));
      versions[one.entry.seq] = plain;
      newest[id] = one.entry.seq;
    } else if (before != newest.end()) {
      auto& state = versions[before->second].state;
      if (one.entry.kind == ledger::kind::kDeletion) state = "deleted";
      if (one.entry.kind == ledger::kind::kBarred) state = "unavailable";
      if (one.entry.kind == ledger::kind::kReported && state == "current") state = "reported-gone";
    }
  }
  return versions;
}

bool matches(const Node& node, const PlainVersion& version) {
  switch (node.kind) {
    case Node::Kind::kText: {
      const auto at = version.words.find(" " + node.text + (node.prefix ? "" : " "));
      return at != std::string::npos;
    }
    case Node::Kind::kFilter:
      if (node.text == "reply") return version.reply;
      if (node.text == "edited") return version.edited || version.state == "superseded";
      return version.state == node.text;
    case Node::Kind::kNot:
      return !matches(node.parts[0], version);
    case Node::Kind::kAnd:
      return std::all_of(node.parts.begin(), node.parts.end(),
                         [&](const Node& n) { return matches(n, version); });
    case Node::Kind::kOr:
      break;
  }
  return std::any_of(node.parts.begin(), node.parts.end(),
                     [&](const Node& n) { return matches(n, version); });
}

std::string random_query(std::mt19937& random, int depth) {
  static const char* const kStates[] = {"is:reply",   "is:edited",     "is:deleted",      "is:unavailable",
                                        "is:current", "is:superseded", "is:reported-gone"};
  switch (depth > 3 ? random() % 4 : random() % 8) {
    case 0:
      return kStates[random() % 7];
    case 1:
      return "w" + std::to_string(random() % 2) + "*";
    case 2:
      return "\"w" + std::to_string(random() % 12) + " w" + std::to_string(random() % 12) + "\"";
    case 3:
      return "w" + std::to_string(random() % 14);
    case 4:
      return "NOT " + random_query(random, depth + 1);
    case 5:
      return "(" + random_query(random, depth + 1) + " OR " + random_query(random, depth + 1) + ")";
    default:
      return "(" + random_query(random, depth + 1) + " " + random_query(random, depth + 1) + ")";
  }
}

}  // namespace muniment::support
