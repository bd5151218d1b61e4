#include "verify/archive.hpp"

#include <unistd.h>

#include <cerrno>
#include <optional>
#include <set>
#include <string>

#include "base/file.hpp"
#include "db/database.hpp"
#include "db/no_traces.hpp"
#include "schema/schema.hpp"
#include "verify/chain.hpp"
#include "verify/damage.hpp"
#include "verify/deep.hpp"
#include "verify/leaf.hpp"
#include "verify/presence.hpp"
#include "verify/stored_bodies.hpp"
#include "verify/stored_schema.hpp"

namespace muniment::verify {
namespace {

constexpr std::int64_t kLedgerId = 0x4D554E4C;  // 'MUNL'
constexpr std::int64_t kKeysId = 0x4D554E4B;    // 'MUNK'

// The archive's name; empty when it has none that can be used.
std::string check_identity(db::Database& ledger, const std::optional<Policy>& policy, Report& report) {
  auto rows = ledger.prepare("SELECT id, origin, schema FROM archive");
  if (!rows) return report_unreadable(report, rows.error(), "the archive's name in ledger.db"), std::string();
  const auto row = rows->step();
  if (!row) return report_unreadable(report, row.error(), "the archive's name in ledger.db"), std::string();
  const bool typed = *row && rows->is_text(1) && rows->is_text(2);  // asked first: reading makes text of it
  std::string origin(*row ? rows->text(1) : std::string_view{});
  if (!typed || rows->integer(0) != 1 || !is_origin(origin))
    return report.find("identity", "ledger.db does not say which archive it belongs to"), std::string();
  if (rows->text(2) != schema::ledger_sql_sha256)
    report.find("schema", "ledger.db says that it was made from another schema than that of format 1");
  if (const auto more = rows->step(); more && *more)
    report.find("identity", "ledger.db names more than one archive");
  if (policy && policy->origin != origin)
    report.find("origin",
                "this is the archive of \"" + origin + "\", the policy speaks of \"" + policy->origin + "\"");
  return origin;
}

void check_keys_schema(db::Database& keys, bool deep, Report& report) {
  check_schema(keys, {"keys.db", schema::keys_sql, kKeysId}, report);
  if (deep) check_every_page(keys, "keys.db", report);
}

// Why there are no secrets to be had; empty: they are there, and something is wrong with them.
std::string why_no_keys(const std::filesystem::path& file, const Error& error) {
  if (error.code == Code::kNotFound) return "is not there";
  const bool denied = error.code == Code::kDenied && ::access(file.c_str(), R_OK) != 0 && errno == EACCES;
  return denied ? "may not be read by this account" : "";
}

// An outsider's copy without secrets is a good one: it proves the chain, and can be read by nobody.  So is
// one whose secrets are kept from whoever checks it.  Its keeper has lost every word.
void report_no_keys(const std::filesystem::path& file, const Error& error, const Options& options,
                    Report& report) {
  const auto why = why_no_keys(file, error);
  const bool missing = error.code == Code::kNotFound;
  if (why.empty())
    return report_unreadable(report, error, options.deep ? "the words of the bodies" : "keys.db");
  if (missing && options.by_its_keeper)
    return report.could_not(
        "the words of the bodies: keys.db is not there, and nobody can read them without it; put "
        "it back from the newest backup");
  if (options.deep)
    return report.could_not("the words of the bodies: they are read with keys.db, which " + why +
                            (missing ? "; put it back from a backup, or leave out --deep"
                                     : "; let its owner run this, or leave out --deep"));
  report.remark("keys.db " + why +
                ": the chain was checked, but no body can be read with these files.  If this is the archive "
                "itself and not a copy without secrets, " +
                (missing ? "put keys.db back from a backup" : "its owner can check the words with --deep"));
}

// Whoever looked at every body knows which are there.
Presence presence_of(BodyCheck* deep, db::Database& ledger, std::uint64_t size, Report& report) {
  if (deep != nullptr) {
    deep->run();
    auto missing = deep->missing(size);
    const auto strays = missing ? stray_bodies(ledger, size, report) : std::nullopt;
    if (strays) return {*std::move(missing), *strays, true};
  }
  return read_bodies(ledger, size, report);
}

// Without the secrets it cannot be told which bodies were disposed of.
void check_bodies_alone(const Presence& bodies, const Chain& chain, Report& report) {
  if (bodies.missing.empty()) return;
  if (chain.disposals.empty()) return check_presence(bodies, {}, "body", report);
  report.could_not("whether the " + std::to_string(bodies.missing.size()) +
                   " bodies that are gone were disposed of: that is told with keys.db");
}

// Who may delete can write an entry that excuses it; nobody but the signer can have it signed.
void check_disposals_are_signed(const Disposed& disposed, const Chain& chain, Report& report) {
  std::set<std::uint64_t> unsigned_ones;
  for (const auto& [seq, by] : disposed.by)
    if (by >= chain.covered) unsigned_ones.insert(by);
  for (const auto by : unsigned_ones)
    report.find("disposal", by,
                "it excuses what is gone, and no signed checkpoint covers it: a disposal is signed before "
                "anything is deleted");
}

// Bodies and secrets: there, gone by disposal, or gone.  True when bodies can be unsealed.
bool check_what_is_there(const std::filesystem::path& archive, db::Database& ledger, const Chain& chain,
                         const Options& options, BodyCheck* deep, Report& report) {
  const auto file = archive / "keys.db";
  auto keys = db::Database::open(file, db::Open::kRead);
  Presence secrets;
  if (keys) {
    check_keys_schema(*keys, deep != nullptr, report);
    secrets = read_secrets(*keys, chain.size, report);
  }
  const Presence bodies = presence_of(keys ? deep : nullptr, ledger, chain.size, report);
  if (bodies.strays > 0 && chain.whole)
    report.find("stray-body",
                std::to_string(bodies.strays) + " bodies are stored for entries that do not exist");
  if (!keys) {
    check_bodies_alone(bodies, chain, report);
    report_no_keys(file, keys.error(), options, report);
    return false;
  }
  if (secrets.strays > 0)
    report.remark(std::to_string(secrets.strays) +
                  " secrets in keys.db belong to no entry: of appends that were cut short, or are under way");
  Disposed disposed;
  if (!chain.disposals.empty()) {
    auto stored = StoredBodies::open(archive, schema::dictionary_1_zdict);
    if (!stored) return report_unreadable(report, stored.error(), "the disposal entries"), false;
    disposed = read_disposals(*stored, chain.disposals, report);
  }
  check_disposals_are_signed(disposed, chain, report);
  if (bodies.read) check_presence(bodies, disposed, "body", report);
  if (secrets.read) check_presence(secrets, disposed, "secret", report);
  if (!disposed.by.empty())
    report.check(std::to_string(disposed.by.size()) + " disposals, against what is gone");
  return bodies.read && secrets.read;
}

struct SignerState {
  std::optional<Checkpoint> last;
  std::string why;  // where there is none that can be used
  std::string mend = "put it back from the newest backup of the folder keys";
};

SignerState read_signer_state(const std::filesystem::path& archive) {
  const auto text = base::read_file(archive / "keys" / "last", 4096);
  if (!text && text.error().code == Code::kNotFound) return {std::nullopt, "keys/last is not there"};
  if (!text && text.error().code == Code::kDenied)
    return {std::nullopt, "keys/last may not be read by this account",
            "work as the account that keeps the archive; if this is that account, have the file given back "
            "to it"};
  if (!text) return {std::nullopt, "keys/last cannot be read: " + text.error().what};
  const auto last = parse_checkpoint(*text);
  if (!last) return {std::nullopt, "keys/last is not what a signer writes there"};
  return {last, {}};
}

// The signer keeps its last state outside the databases: a ledger that is shorter was put back.  (One with
// other entries is told by check_chain.)
void check_signer_state(const SignerState& state, const Chain& chain, bool by_its_keeper, Report& report) {
  const auto& [last, why, mend] = state;
  if (!last && by_its_keeper)
    return report.could_not("whether the end was cut off since the signer last signed: " + why + "; " + mend);
  if (!last)
    return report.remark(why +
                         ": whether the end was cut off since the signer last signed was not looked at");
  if (last->size > chain.size)
    report.find("missing-entries", "the signer has signed " + std::to_string(last->size) + " entries, only " +
                                       std::to_string(chain.size) +
                                       " are here: an older copy was put back, or the end was cut off");
}

// How many there are, whatever their numbers say: a made-up number must not send the deep pass looking for
// entries for ever.  0 when that cannot be read, which check_chain() reports.
std::uint64_t count_entries(db::Database& ledger) {
  const auto count = ledger.integer("SELECT count(*) FROM entry");
  return count && *count > 0 ? static_cast<std::uint64_t>(*count) : 0;
}

void check_ledger(const std::filesystem::path& archive, db::Database& ledger, SignerState signer,
                  const std::optional<Policy>& policy, const Options& options, Report& report) {
  if (!check_schema(ledger, {"ledger.db", schema::ledger_sql, kLedgerId}, report)) return;
  // The bodies are looked at beside everything else; what is found there is told last.
  std::optional<BodyCheck> deep;
  if (options.deep)
    deep.emplace(DeepOptions{archive, count_entries(ledger), options.threads, schema::dictionary_1_zdict});
  check_small_tables(ledger, report);
  const std::string origin = check_identity(ledger, policy, report);
  if (origin.empty()) return;
  if (signer.last && signer.last->origin != origin)
    signer = {std::nullopt, "keys/last is of another archive"};
  const Chain chain = check_chain(ledger, origin, policy, signer.last, report);
  report.entries = chain.size;
  if (chain.size == 0) report.find("empty", "there is no entry, not even the first");
  report.check("every entry from 0 to " + std::to_string(chain.size - (chain.size > 0 ? 1 : 0)) +
               ": its seven lines, and the hash of everything before it");
  check_signer_state(signer, chain, options.by_its_keeper, report);
  const bool bodies = check_what_is_there(archive, ledger, chain, options, deep ? &*deep : nullptr, report);
  if (deep && bodies) deep->tell(report);
  if (!options.deep) report.remark("bodies were not unsealed; --deep does, and commits to every word again");
  if (chain.whole) report.complete();
}

}  // namespace

Result<Report> verify_archive(const std::filesystem::path& archive, const std::optional<Policy>& policy,
                              const Options& options) {
  const db::NoTraces of_ledger(archive / "ledger.db"), of_keys(archive / "keys.db");
  Report report;
  auto ledger = db::Database::open(archive / "ledger.db", db::Open::kRead);
  if (!ledger) {
    std::error_code wrong;
    (void)std::filesystem::exists(archive / "ledger.db", wrong);
    if (wrong == std::errc::permission_denied)
      return Error{Code::kDenied, archive.string() + " may not be entered by this account",
                   "work as the account that keeps the archive, or ask it for a copy"};
    if (ledger.error().code == Code::kNotFound)
      return Error{Code::kNotFound, archive.string() + " is not an archive: it holds no ledger.db"};
    report_unreadable(report, ledger.error(), "ledger.db");
    return report;
  }
  // Before the ledger: what is signed after this may be missing there.
  auto signer = read_signer_state(archive);
  // One snapshot for all that follows, whoever appends meanwhile.
  if (auto begun = ledger->execute("BEGIN"); !begun) {
    report_unreadable(report, begun.error(), "ledger.db");
    return report;
  }
  check_ledger(archive, *ledger, std::move(signer), policy, options, report);
  report.remark(
      "what this cannot show: that nothing was cut off after the newest checkpoint that others hold; compare "
      "with one");
  return report;
}

}  // namespace muniment::verify
