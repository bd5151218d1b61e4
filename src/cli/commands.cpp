#include "cli/commands.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <iostream>

#include "base/check.hpp"
#include "base/utf8.hpp"
#include "cli/parse.hpp"

namespace muniment::cli {
namespace {

constexpr std::array kTable = {&kAttachmentSave,
                               &kAttachmentThumbnail,
                               &kContactAdd,
                               &kCoverage,
                               &kDisclose,
                               &kExportCaseFile,
                               &kHarvest,
                               &kHelp,
                               &kImport,
                               &kInit,
                               &kLog,
                               &kMedia,
                               &kPolicy,
                               &kRebuild,
                               &kReplay,
                               &kSearch,
                               &kShow,
                               &kSourceAdd,
                               &kSourceList,
                               &kSourcePause,
                               &kSourceRemove,
                               &kSourceResume,
                               &kSourceWatch,
                               &kSpot,
                               &kSpotDecide,
                               &kStatus,
                               &kVerify};

constexpr std::array kCommon = {
    Option{"-A,--archive", "DIR", "the archive; otherwise the one MUNIMENT_ARCHIVE names"},
};

constexpr int kUsage = 2;
constexpr int kErrorBase = 10;
constexpr int kFault = 70;

void print(std::ostream& err, const Error& error) {
  err << "muniment: " << base::for_terminal(error.what, true) << '\n';
  if (!error.hint.empty()) err << "  " << base::for_terminal(error.hint, true) << '\n';
}

}  // namespace

std::span<const Command* const> commands() {
  return kTable;
}
std::span<const Option> common_options() {
  return kCommon;
}

std::string Arguments::get(const std::string& name, std::string otherwise) const {
  const auto found = values_.find(name);
  if (found == values_.end() || found->second.empty()) return otherwise;
  return found->second.front();
}

std::vector<std::string> Arguments::all(const std::string& name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>{} : found->second;
}

Result<std::uint64_t> Arguments::number(const std::string& name, std::uint64_t otherwise,
                                        std::uint64_t most) const {
  if (!has(name)) return otherwise;
  const auto text = get(name);
  std::uint64_t value = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (wrong == std::errc{} && end == text.data() + text.size() && value >= 1 && value <= most) return value;
  constexpr std::uint64_t kNobodyTypesMore = 1'000'000'000'000;
  return Error{Code::kInvalid,
               "--" + name + " takes a whole number" +
                   (most > kNobodyTypesMore ? ", 1 or more" : " from 1 to " + std::to_string(most))};
}

int run(int argc, const char* const* argv, Terminal& terminal) {
  const Parsed parsed = parse(argc, argv);
  if (parsed.command == nullptr) {
    if (!parsed.usage_error) {
      terminal.out << parsed.text;
      return 0;
    }
    terminal.err << "muniment: " << base::for_terminal(parsed.text, true)
                 << (parsed.meant == nullptr ? "\n  `muniment help` lists the commands\n"
                                             : "\n  `muniment help " + std::string(parsed.meant->name) +
                                                   "` says what it takes\n");
    return kUsage;
  }
  try {
    const auto code = parsed.command->run(parsed.arguments, terminal);
    terminal.out.flush();
    if (code && !terminal.out) {
      print(terminal.err, {Code::kIo, "the output could not be written in full", {}});
      return kErrorBase + static_cast<int>(Code::kIo);
    }
    if (code) return *code;
    print(terminal.err, code.error());
    return kErrorBase + static_cast<int>(code.error().code);
  } catch (const std::exception& fault) {
    terminal.err << "muniment: a fault of this program: " << base::for_terminal(fault.what())
                 << "\n  the archive is as it was before; please report what you did\n";
    return kFault;
  }
}

}  // namespace muniment::cli
