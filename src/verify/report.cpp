#include "verify/report.hpp"

#include <iterator>
#include <string_view>
#include <utility>

#include "base/utf8.hpp"

namespace muniment::verify {
namespace {

void append_json(std::string& out, std::string_view text) {
  constexpr char kDigits[] = "0123456789abcdef";
  out += '"';
  for (const char c : base::to_valid_utf8(text)) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\u00";
      out += kDigits[static_cast<unsigned char>(c) >> 4];
      out += kDigits[static_cast<unsigned char>(c) & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_json(std::string& out, std::string_view name, const std::vector<std::string>& list) {
  out += ",\"" + std::string(name) + "\":[";
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += ',';
    append_json(out, list[i]);
  }
  out += ']';
}

void append_text(std::string& out, std::string_view title, const std::vector<std::string>& list) {
  if (list.empty()) return;
  out += std::string(title) + "\n";
  for (const auto& line : list) out += "  - " + base::for_terminal(line) + "\n";
}

std::string left_out_words(std::uint64_t count) {
  return "and " + std::to_string(count) + " more of the kind";
}

}  // namespace

void Report::add(Finding finding) {
  if (findings_.size() < kMostFindings)
    findings_.push_back(std::move(finding));
  else
    ++left_out_;
}

void Report::merge(Report&& other) {
  for (auto& finding : other.findings_) add(std::move(finding));
  left_out_ += other.left_out_;
  const auto take = [](std::vector<std::string>& to, std::vector<std::string>& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  };
  take(checked_, other.checked_);
  take(not_checked_, other.not_checked_);
  take(remarks_, other.remarks_);
}

Answer Report::answer() const {
  if (!findings_.empty()) return Answer::kFailed;
  return complete_ && not_checked_.empty() ? Answer::kVerified : Answer::kCouldNotCheck;
}

std::string_view word_for(Answer answer) {
  switch (answer) {
    case Answer::kVerified:
      return "verified";
    case Answer::kFailed:
      return "failed";
    case Answer::kCouldNotCheck:
      break;
  }
  return "could-not-be-checked";
}

int exit_code(Answer answer) {
  switch (answer) {
    case Answer::kVerified:
      return 0;
    case Answer::kFailed:
      return 1;
    case Answer::kCouldNotCheck:
      break;
  }
  return 3;
}

std::string to_text(const Report& report) {
  const Answer answer = report.answer();
  std::string out = answer == Answer::kVerified ? "VERIFIED"
                    : answer == Answer::kFailed ? "FAILED"
                                                : "COULD NOT BE CHECKED";
  out += ": " + std::to_string(report.entries) + (report.entries == 1 ? " entry\n" : " entries\n");
  if (!report.findings().empty()) out += "Does not match:\n";
  for (const auto& finding : report.findings()) {
    out += "  - ";
    if (finding.entry) out += "entry " + std::to_string(*finding.entry) + ": ";
    out += base::for_terminal(finding.words) + " [" + finding.code + "]\n";
  }
  if (report.findings_left_out() > 0) out += "  - " + left_out_words(report.findings_left_out()) + "\n";
  append_text(out, "Could not be checked:", report.not_checked());
  append_text(out, "Looked at:", report.checked());
  append_text(out, "Please note:", report.remarks());
  return out;
}

std::string to_json(const Report& report) {
  std::string out = "{\"result\":\"" + std::string(word_for(report.answer())) +
                    "\",\"entries\":" + std::to_string(report.entries) + ",\"findings\":[";
  bool first = true;
  for (const auto& finding : report.findings()) {
    out += first ? "{" : ",{";
    first = false;
    if (finding.entry) out += "\"entry\":" + std::to_string(*finding.entry) + ',';
    out += "\"code\":";
    append_json(out, finding.code);
    out += ",\"words\":";
    append_json(out, finding.words);
    out += '}';
  }
  out += "]";
  if (report.findings_left_out() > 0)
    out += ",\"findings_left_out\":" + std::to_string(report.findings_left_out());
  append_json(out, "checked", report.checked());
  append_json(out, "not_checked", report.not_checked());
  append_json(out, "remarks", report.remarks());
  return out + "}\n";
}

}  // namespace muniment::verify
