#include "cli/media_lines.hpp"

#include <boost/json.hpp>

#include "base/utf8.hpp"

namespace muniment::cli {
namespace {

std::string files(std::uint64_t count) {
  return std::to_string(count) + (count == 1 ? " file" : " files");
}

}  // namespace

std::string media_text(const app::MediaAnswer& answer) {
  auto out = "files: " + std::to_string(answer.kept) + " fetched";
  if (answer.same > 0) out += ", " + std::to_string(answer.same) + " the same as one that is held already";
  if (answer.later > 0) out += ", " + std::to_string(answer.later) + " to be asked for again later";
  if (answer.refused > 0) out += ", " + std::to_string(answer.refused) + " refused";
  out += '\n';
  for (const auto& [reason, count] : answer.reasons)
    out += "  " + reason + ": " + std::to_string(count) + '\n';
  if (answer.left > 0)
    out += "  " + files(answer.left) + " nobody asked for this time: the same command carries on\n";
  const auto& held = answer.held;
  out += "  now " + std::to_string(held.held) + " held, " + std::to_string(held.never_asked) +
         " never asked for, " + std::to_string(held.later) + " to be asked for again, " +
         std::to_string(held.refused) + " refused\n";
  return out;
}

std::string media_json(const app::MediaAnswer& answer) {
  boost::json::object reasons;
  for (const auto& [reason, count] : answer.reasons) reasons[reason] = count;
  const boost::json::object line{{"fetched", answer.kept},
                                 {"same", answer.same},
                                 {"later", answer.later},
                                 {"refused", answer.refused},
                                 {"left", answer.left},
                                 {"bytes", answer.bytes},
                                 {"reasons", std::move(reasons)},
                                 {"now",
                                  {{"held", answer.held.held},
                                   {"never_asked", answer.held.never_asked},
                                   {"later", answer.held.later},
                                   {"refused", answer.held.refused}}}};
  return boost::json::serialize(line) + '\n';
}

std::string supply_text(const app::SupplyAnswer& answer) {
  auto out = "files: " + std::to_string(answer.kept) + " taken in as supplied";
  if (answer.same > 0) out += ", " + std::to_string(answer.same) + " the same as one that is held already";
  if (answer.refused > 0) out += ", " + std::to_string(answer.refused) + " refused";
  out += '\n';
  if (answer.unnamed > 0)
    out += "  " + files(answer.unnamed) + " in it that no item held from it names, and nothing was kept of\n";
  return out;
}

std::string supply_json(const app::SupplyAnswer& answer) {
  boost::json::array faults;
  for (const auto& fault : answer.faults) faults.push_back(boost::json::string(base::to_valid_utf8(fault)));
  const boost::json::object line{{"supplied", answer.kept},
                                 {"same", answer.same},
                                 {"refused", answer.refused},
                                 {"unnamed", answer.unnamed},
                                 {"faults", std::move(faults)}};
  return boost::json::serialize(line) + '\n';
}

}  // namespace muniment::cli
