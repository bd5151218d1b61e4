#include "app/policy.hpp"

#include <boost/json.hpp>

namespace muniment::app {

Result<std::string> policy_of(const Layout& layout) {
  const auto settings = read_settings(layout.settings());
  if (!settings) return settings.error();
  const auto signer = ledger::Signer::open(layout.signer(), settings->origin);
  if (!signer) return signer.error();
  boost::json::object out;
  out["origin"] = settings->origin;
  out["log"] = boost::json::array{signer->verifier_key()};
  out["witnesses"] = boost::json::array{};
  out["quorum"] = 0;
  return boost::json::serialize(out) + '\n';
}

Result<std::string> policy_to_publish(const Layout& layout) {
  auto text = policy_of(layout);
  if (!text) return text;
  // Where the first entry cannot be read, nobody can tell.
  auto archive = Archive::open(layout.root, Access::kRead);
  if (!archive) return text;
  const auto own = archive->has_own_key();
  if (own && !*own) return not_its_key(layout, "nothing was printed");
  return text;
}

}  // namespace muniment::app
