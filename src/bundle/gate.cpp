#include "bundle/gate.hpp"

#include <algorithm>

#include "base/file.hpp"
#include "bundle/encoded.hpp"
#include "bundle/own_names.hpp"
#include "bundle/punycode.hpp"
#include "bundle/unpack.hpp"
#include "bundle/views.hpp"

namespace muniment::bundle {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiece = std::size_t{1} << 20U;  // texts are read in pieces, to bound memory
constexpr std::size_t kOverlap = 8192;
constexpr int kMostNesting = 8;
constexpr int kMostEscapes = 5;
constexpr std::size_t kMostFindings = 100;
constexpr std::uint64_t kLargestFile = std::uint64_t{4} << 30U;
constexpr std::size_t kNoiseRun = 8;
constexpr std::size_t kNoiseWord = 6;
// Any word decodes to a few bytes, and those may by chance be letters.
constexpr std::size_t kShortDecoded = 16;
constexpr std::size_t kShortestDecoded = 4;

std::string_view name_of(NeedleKind kind) {
  switch (kind) {
    case NeedleKind::kWords:
      return "a withheld word";
    case NeedleKind::kHandle:
      return "a withheld account name";
    case NeedleKind::kUrl:
      return "a withheld address";
    case NeedleKind::kSecret:
      return "the seed or salt of a withheld part";
    case NeedleKind::kHash:
      return "a plain hash of something withheld";
  }
  return "something withheld";
}

// Where a piece may end without cutting a word or an escape: after white space, a quote or a tag.
std::size_t soft_end(std::string_view text, std::size_t from, std::size_t to) {
  if (to >= text.size()) return text.size();
  for (std::size_t end = to; end > from && to - end < kOverlap / 2; --end)
    if (std::string_view(" \n\"<>").find(text[end - 1]) != std::string_view::npos) return end;
  return to;
}

std::string printable_runs(std::string_view bytes) {
  std::string out;
  std::string run;
  for (const char c : bytes) {
    if (c >= 0x20 && c < 0x7F) {
      run.push_back(c);
      continue;
    }
    if (run.size() >= kNoiseRun) out += run + "\n";
    run.clear();
  }
  return run.size() >= kNoiseRun ? out + run : out;
}

}  // namespace

// Made for every token, and put into words for what is found.
struct Gate::Place {
  std::string_view file;
  const Place* outer = nullptr;  // in which this was read
  std::string_view step = {};    // how
  int depth = 0;
  bool decoded = false;  // from base64 or hexadecimal: may be chance
  Place deeper(std::string_view by, bool is_decoded) const { return {file, this, by, depth + 1, is_decoded}; }
  std::string how() const {
    if (outer == nullptr) return {};
    return (depth == 1 ? "after " : outer->how() + ", then ") + std::string(step);
  }
  std::string way(bool respelt) const {
    if (!respelt) return depth == 0 ? "as it stands" : how();
    return (depth == 0 ? "" : how() + ", ") + "spelt in another way";
  }
};

void Gate::refuse(std::string file, std::string what) {
  if (findings_.size() < kMostFindings && reported_.insert(file + "\n" + what).second)
    findings_.push_back({std::move(file), std::move(what), {}, {}});
}

void Gate::report(const Match& match, const Place& place) {
  if (findings_.size() >= kMostFindings) return;
  const Needle& found = needles_[match.needle];
  const std::string what(name_of(found.kind));
  const std::string file(place.file);
  if (reported_.insert(file + "\n" + what + "\n" + found.from).second)
    findings_.push_back({file, what, found.from, place.way(match.respelt)});
}

bool Gate::spend(std::size_t bytes, const Place& place) {
  if (place.depth > kMostNesting) {
    refuse(std::string(place.file), "something packed too many times inside itself to be looked into");
    return false;
  }
  if (bytes > budget_) {
    refuse(std::string(place.file), "more packed content than can be looked through");
    budget_ = 0;
    return false;
  }
  budget_ -= bytes;
  return true;
}

void Gate::look_at(std::string_view path, std::string_view bytes) {
  if (!is_own_name(path)) look_at_text(path, {"the name of a file"});
  const bool named = std::any_of(findings_.begin(), findings_.end(),
                                 [](const Finding& f) { return f.file == "the name of a file"; });
  const std::string place = named ? "a file" : std::string(path);
  if (path == "manifest-sha256.txt" || path == "tagmanifest-sha256.txt")
    look_at_part(place, without_own_names(bytes));
  else
    look_at_part(place, bytes);
}

void Gate::look_at_part(std::string_view place, std::string_view text) {
  budget_ += text.size() * 8;
  look_at_blob(text, {place});
}

void Gate::look_at_blob(std::string_view bytes, const Place& place) {
  const bool plain = is_plain_text(bytes);
  if (place.decoded || !plain) look_for_bytes(bytes, place);
  if (plain) return look_at_text(bytes, place);
  look_at_streams(bytes, place);
  if (place.decoded) return look_at_noise(bytes, place);
  look_at_text(bytes, place);
  for (const auto& wide : wide_readings(bytes))
    look_at_text(wide, place.deeper("reading it as UTF-16", false));
  look_at_text(from_latin1(bytes), place.deeper("reading it as ISO 8859-1", false));
}

// Decoding any long word gives bytes, and bytes by chance hold short words; longer printable runs are none.
void Gate::look_at_noise(std::string_view bytes, const Place& place) {
  const auto zeros = std::count(bytes.begin(), bytes.end(), '\0');
  if (bytes.size() >= 2 * kNoiseRun && zeros * 3 > static_cast<std::ptrdiff_t>(bytes.size()))
    for (const auto& text : wide_readings(bytes))
      if (is_plain_text(text)) look_at_text(text, place.deeper("reading it as UTF-16", false));
  const auto printable = printable_runs(bytes);
  if (printable.empty()) return;
  for (const auto& match : needles_.find_words(printable))
    if (match.end - match.begin >= kNoiseWord) report(match, place);
}

void Gate::look_at_streams(std::string_view bytes, const Place& place) {
  if (bytes.size() < 6) return;
  const auto unpacked = unpack(bytes, static_cast<std::size_t>(budget_), place.decoded);
  if (unpacked.closed)
    refuse(std::string(place.file), "something packed that cannot be opened and looked into");
  for (const auto& content : unpacked.contents) {
    const Place inside = place.deeper("unpacking", false);
    if (!spend(content.size(), inside)) return;
    look_at_blob(content, inside);
  }
}

void Gate::look_for_bytes(std::string_view bytes, const Place& place) {
  for (const auto& match : needles_.find_bytes(bytes)) report(match, place);
}

void Gate::look_at_text(std::string_view text, const Place& place) {
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = soft_end(text, from, from + kPiece);
    look_at_piece(text.substr(from, end - from), place);
    if (end == text.size()) break;
    from = soft_end(text, from, end - kOverlap);
  }
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || (text[first] != '{' && text[first] != '[')) return;
  const std::string values = json_values(text);
  for (std::size_t from = 0; from < values.size();) {
    const std::size_t end = soft_end(values, from, from + kPiece);
    std::vector<std::string> taken;
    const auto piece = without_opaque(std::string_view(values).substr(from, end - from), opaque_, taken);
    look_at_reading(without_escapes(piece), place);
    if (end == values.size()) break;
    from = soft_end(values, from, end - kOverlap);
  }
}

void Gate::look_at_piece(std::string_view text, const Place& place) {
  std::vector<std::string> taken;
  std::string reading = without_opaque(text, opaque_, taken);
  for (const auto& token : taken)
    for (const auto& bytes : decodings(token.substr(0, token.find('=')), false)) look_for_bytes(bytes, place);
  look_at_reading(reading, place);
  look_at_tokens(reading, place);
  if (reading.find('=') != std::string::npos) {
    const auto plain = without_quoted_printable(reading);
    if (plain != reading) look_at_reading(plain, place.deeper("undoing escapes", false));
  }
  for (int i = 0; i < kMostEscapes; ++i) {
    std::string next = without_escapes(reading);
    if (next == reading) return;
    const Place undone = place.depth == 0 ? place.deeper("undoing escapes", false) : place;
    taken.clear();
    reading = without_opaque(next, opaque_, taken);
    if (!is_plain_text(reading)) look_for_bytes(reading, undone);
    look_at_reading(reading, undone);
    look_at_tokens(reading, undone);
  }
}

void Gate::look_at_reading(std::string_view text, const Place& place) {
  const std::size_t shortest = place.decoded && text.size() < kShortDecoded ? kShortestDecoded : 1;
  for (const auto& match : needles_.find_words(text))
    if (match.end - match.begin >= shortest) report(match, place);
  if (text.find("--") != std::string_view::npos)
    if (const auto named = without_punycode(text); named != text)
      for (const auto& match : needles_.find_words(named))
        report(match, place.deeper("undoing punycode", false));
  if (text.find('<') == std::string_view::npos) return;
  const auto bare = without_tags(text);
  for (const auto& match : needles_.find_words(bare)) report(match, place.deeper("taking tags out", false));
}

void Gate::look_at_tokens(std::string_view text, const Place& place) {
  for (const Encoded& token : encoded_tokens(text)) {
    const auto spelled = text.substr(token.begin, token.end - token.begin);
    if (!seen_.insert(std::hash<std::string_view>{}(spelled)).second) continue;
    for (const bool hex : {false, true}) {
      if (hex && !token.hex) continue;
      const Place inside = place.deeper(hex ? "decoding hexadecimal" : "decoding base64", true);
      for (const auto& decoded : decodings(spelled, hex)) {
        if (decoded.size() < 3) continue;
        if (!spend(decoded.size(), inside)) return;
        look_at_blob(decoded, inside);
      }
    }
  }
}

Status Gate::verdict_of(const std::vector<Finding>& findings) {
  if (findings.empty()) return {};
  std::string what = "the release gate refuses the bundle: ";
  constexpr std::size_t kNamed = 5;
  for (std::size_t i = 0; i < findings.size() && i < kNamed; ++i) {
    const auto& [file, kind, from, how] = findings[i];
    if (i > 0) what += "; ";
    what += kind;
    if (!from.empty()) what += " (" + from + ")";
    what += " is in " + file;
    if (!how.empty() && how != "as it stands") what += ", " + how;
  }
  if (findings.size() > kNamed) what += "; and " + std::to_string(findings.size() - kNamed) + " more";
  // What cannot be opened repeats nothing that is known.
  const bool repeated = std::ranges::any_of(findings, [](const Finding& one) { return !one.from.empty(); });
  return Error{
      Code::kDenied, what,
      repeated
          ? "withhold the same there as well (--withhold FIELD=CODE, --redact ID:FIELD:RANGES=CODE), show "
            "it in both places, or choose other words for --under where it is repeated there"
          : "nobody can say what is in it: withhold it there (--redact ID:FIELD:RANGES=CODE), or leave the "
            "record out"};
}

Status gate(const fs::path& folder, const Needles& needles, const Opaque& opaque) {
  Gate gate(needles, opaque);
  std::error_code failure;
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure)) {
    const auto status = at->symlink_status(failure);
    if (failure) break;
    const auto relative = at->path().lexically_relative(folder).generic_string();
    if (fs::is_directory(status)) {
      gate.look_at(relative, {});
    } else if (fs::is_regular_file(status)) {
      files.push_back(at->path());
    } else {
      gate.refuse("the bundle", "a link or special file");
    }
  }
  if (failure) return Error{Code::kIo, "listing the finished bundle: " + failure.message(), {}};
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    const auto bytes = base::read_file(file, kLargestFile);
    if (!bytes)
      gate.refuse("the bundle", "a file that cannot be read");
    else
      gate.look_at(file.lexically_relative(folder).generic_string(), *bytes);
  }
  return gate.verdict();
}

}  // namespace muniment::bundle
