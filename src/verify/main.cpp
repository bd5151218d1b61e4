// muniment-verify: for outsiders.  It needs the rooms base, db and verify, and nothing of the program
// that made what it checks.
#include <cstdio>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.hpp"
#include "base/file.hpp"
#include "base/utf8.hpp"
#include "verify/archive.hpp"
#include "verify/bundle.hpp"
#include "verify/checkpoints.hpp"

namespace {

using namespace muniment;

constexpr int kUsage = 2;
constexpr int kCouldNotCheck = 3;
constexpr int kBug = 70;
constexpr std::uint64_t kLargestCheckpoint = 65536;  // bytes

constexpr char kHelp[] =
    "muniment-verify checks an archive, a disclosure bundle, or two checkpoints.\n"
    "\n"
    "  muniment-verify archive DIR --policy FILE [--deep] [--threads N] [--json]\n"
    "  muniment-verify bundle DIR --policy FILE [--json]\n"
    "  muniment-verify checkpoints OLDER NEWER --policy FILE [--archive DIR] [--json]\n"
    "\n"
    "  --policy FILE   whose signatures to believe; ask the authority for it, never take it from a bundle\n"
    "  --deep          also unseal every body (needs keys.db) and check every word of it\n"
    "  --threads N     for --deep; as many as there are processors when not given\n"
    "  --archive DIR   whose entries prove that the newer checkpoint extends the older\n"
    "  --json          one line for programs\n"
    "\n"
    "It answers one of three things: verified (exit code 0), failed (1), could not be checked (3).\n"
    "Exit code 2: the command was not understood.\n";

struct Asked {
  std::vector<std::string> words;
  std::string policy, archive;
  unsigned threads = 0;
  bool deep = false, json = false;
};

int usage(const std::string& what) {
  std::fprintf(stderr, "muniment-verify: %s\n\n%s", base::for_terminal(what).c_str(), kHelp);
  return kUsage;
}

// nullopt: `wrong` says what was not understood.
std::optional<Asked> read_arguments(int count, char** values, std::string& wrong) {
  Asked out;
  bool only_words = false;
  for (int i = 1; i < count; ++i) {
    std::string word = values[i];
    if (only_words || word.empty() || word[0] != '-') {
      out.words.push_back(std::move(word));
      continue;
    }
    if (word == "--") {
      only_words = true;
      continue;
    }
    if (word == "--deep" || word == "--json") {
      (word == "--deep" ? out.deep : out.json) = true;
      continue;
    }
    std::string value;
    if (const auto equals = word.find('='); equals != std::string::npos) {
      value = word.substr(equals + 1);
      word.resize(equals);
    } else if (i + 1 < count) {
      value = values[++i];
    }
    if (word != "--policy" && word != "--archive" && word != "--threads")
      return wrong = "there is no option " + word, std::nullopt;
    if (value.empty()) return wrong = word + " needs a value", std::nullopt;
    if (word == "--policy") out.policy = value;
    if (word == "--archive") out.archive = value;
    if (word != "--threads") continue;
    if (value.size() > 3 || value.find_first_not_of("0123456789") != std::string::npos)
      return wrong = "--threads needs a number from 1 to 999", std::nullopt;
    out.threads = static_cast<unsigned>(std::stoul(value));
  }
  return out;
}

int unreadable(const Error& error) {
  std::fprintf(stderr, "muniment-verify: could not be checked: %s\n", base::for_terminal(error.what).c_str());
  if (!error.hint.empty()) std::fprintf(stderr, "  %s\n", base::for_terminal(error.hint).c_str());
  return kCouldNotCheck;
}

Result<verify::Report> verify_pair(const Asked& asked, const verify::Policy& policy) {
  const auto older = base::read_file(asked.words[1], kLargestCheckpoint);
  if (!older) return older.error();
  const auto newer = base::read_file(asked.words[2], kLargestCheckpoint);
  if (!newer) return newer.error();
  std::optional<std::filesystem::path> archive;
  if (!asked.archive.empty()) archive = asked.archive;
  return verify::verify_checkpoints(*older, *newer, policy, archive);
}

int run(const Asked& asked) {
  const std::string& command = asked.words[0];
  std::optional<verify::Policy> policy;
  if (!asked.policy.empty()) {
    auto read = verify::read_policy(asked.policy);
    if (!read) return unreadable(read.error());
    policy = std::move(*read);
  } else if (command != "archive") {
    return usage("--policy FILE is needed: it says whose signatures to believe");
  }
  const auto report = command == "archive"
                          ? verify::verify_archive(asked.words[1], policy, {asked.deep, asked.threads})
                      : command == "bundle" ? verify::verify_bundle(asked.words[1], *policy)
                                            : verify_pair(asked, *policy);
  if (!report) return unreadable(report.error());
  const std::string text = asked.json ? verify::to_json(*report) : verify::to_text(*report);
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (std::fflush(stdout) != 0) return unreadable({Code::kIo, "the answer could not be written", {}});
  return verify::exit_code(report->answer());
}

}  // namespace

int main(int count, char** values) {
  try {
    for (int i = 1; i < count; ++i)
      if (std::strcmp(values[i], "--help") == 0 || std::strcmp(values[i], "-h") == 0)
        return std::fputs(kHelp, stdout) < 0 ? kBug : 0;
    std::string wrong;
    const auto asked = read_arguments(count, values, wrong);
    if (!asked) return usage(wrong);
    if (asked->words.empty()) return usage("what is to be checked?");
    const std::string& command = asked->words[0];
    const std::size_t names = command == "archive" || command == "bundle" ? 1
                              : command == "checkpoints"                  ? 2
                                                                          : 0;
    if (names == 0) return usage("there is no command " + command);
    if (asked->words.size() != names + 1)
      return usage(command + " needs " + (names == 1 ? "one name" : "two names"));
    return run(*asked);
  } catch (const std::exception& broken) {
    std::fprintf(stderr, "muniment-verify: a fault of this program: %s\n",
                 base::for_terminal(broken.what()).c_str());
    return kBug;
  }
}
