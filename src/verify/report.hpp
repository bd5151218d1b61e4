// What a verification found.  A report starts from "not shown": nothing is verified until the
// verifier has said that it looked at everything it was asked to look at.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace muniment::verify {

enum class Answer {
  kVerified,       // everything asked for was checked, and it matches
  kFailed,         // something does not match; `findings` says what
  kCouldNotCheck,  // nothing contradicts, but something could not be looked at
};

// Something that does not match.  `code` is a stable name for programs, `words` a sentence for people.
struct Finding {
  std::string code;
  std::optional<std::uint64_t> entry;
  std::string words;
};

class Report {
 public:
  std::uint64_t entries = 0;  // how many entries were looked at

  void find(std::string code, std::string words) { add({std::move(code), std::nullopt, std::move(words)}); }
  void find(std::string code, std::uint64_t entry, std::string words) {
    add({std::move(code), entry, std::move(words)});
  }
  void check(std::string what) { checked_.push_back(std::move(what)); }  // looked at, whatever was found
  void could_not(std::string what) { not_checked_.push_back(std::move(what)); }  // asked for, not possible
  void remark(std::string what) { remarks_.push_back(std::move(what)); }  // worth knowing, decides nothing
  // The verifier went through everything it was asked to.  Without this the answer is never kVerified.
  void complete() { complete_ = true; }
  void merge(Report&& other);

  Answer answer() const;
  const std::vector<Finding>& findings() const { return findings_; }
  std::uint64_t findings_left_out() const { return left_out_; }
  const std::vector<std::string>& checked() const { return checked_; }
  const std::vector<std::string>& not_checked() const { return not_checked_; }
  const std::vector<std::string>& remarks() const { return remarks_; }

 private:
  void add(Finding finding);

  std::vector<Finding> findings_;  // at most kMostFindings; the rest are counted
  std::uint64_t left_out_ = 0;
  std::vector<std::string> checked_, not_checked_, remarks_;
  bool complete_ = false;
};

inline constexpr std::size_t kMostFindings = 1000;

// "verified", "failed", "could-not-be-checked": the words of the JSON answer.
std::string_view word_for(Answer answer);
// 0, 1, 3: the exit codes of both programs.
int exit_code(Answer answer);

// For people, on a terminal: control characters from what was read are spelled out.
std::string to_text(const Report& report);
// One line: {"result":…,"entries":N,"findings":[{"entry":N,"code":…,"words":…}],"checked":[…],
// "not_checked":[…],"remarks":[…]}; `entry` is absent where a finding concerns no single entry.
std::string to_json(const Report& report);

}  // namespace muniment::verify
