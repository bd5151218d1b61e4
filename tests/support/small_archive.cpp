#include "support/small_archive.hpp"

#include <stdexcept>

#include "base/sha256.hpp"
#include "db/database.hpp"

namespace muniment::support {
namespace {

void must(const Status& status) {
  if (!status) throw std::runtime_error(status.error().what);
}

db::Database open_for_writing(const std::filesystem::path& file) {
  auto database = db::Database::open(file, db::Open::kWrite);
  if (!database) throw std::runtime_error(database.error().what);
  return std::move(*database);
}

}  // namespace

SmallArchive::SmallArchive(int captures, bool sign) {
  records::BodyBuilder genesis;
  genesis.add("origin", kTestOrigin).add("log.vkey", ledger_.signer().verifier_key());
  if (auto done =
          ledger_.appender().append({std::string(ledger::kind::kGenesis), std::move(genesis).build()});
      !done)
    throw std::runtime_error(done.error().what);
  if (captures > 0) ledger_.append(captures);
  if (sign) ledger_.sign();
  settle();
}

verify::Policy SmallArchive::policy() {
  const std::string json = R"({"origin":")" + std::string(kTestOrigin) + R"(","log":[")" +
                           ledger_.signer().verifier_key() + R"("]})";
  auto policy = verify::parse_policy(json);
  if (!policy) throw std::runtime_error(policy.error().what);
  return *policy;
}

void SmallArchive::append_page(int items) {
  const auto done =
      ledger_.appender().append([&](const ledger::Head& head) -> Result<std::vector<ledger::Draft>> {
        std::vector<ledger::Draft> drafts(1);
        std::string page = "[";
        std::string frame = "[";
        std::string places;
        for (int i = 0; i < items; ++i) {
          const std::string raw = R"({"id":)" + std::to_string(i) + "}";
          if (i > 0) page += ',', frame += ',';
          places += std::to_string(frame.size()) + " " +
                    std::to_string(head.size + 1 + static_cast<std::uint64_t>(i)) + "\n";
          page += raw;
          records::BodyBuilder body;
          body.add("id", std::to_string(i)).add("platform", "mastodon").add_bytes("raw", raw);
          drafts.push_back({std::string(ledger::kind::kCapture), std::move(body).build()});
        }
        page += "]";
        frame += "]";
        records::BodyBuilder body;
        body.add("frame", frame).add("frame.items", places).add("url", "https://town.example/api");
        body.add("payload.sha256", base::to_hex(base::sha256(page))).add_number("payload.size", page.size());
        drafts[0] = {std::string(ledger::kind::kExchange), std::move(body).build()};
        return drafts;
      });
  if (!done) throw std::runtime_error(done.error().what);
}

void SmallArchive::settle() {
  for (const auto& file : {ledger_db(), keys_db()})
    must(open_for_writing(file).execute("PRAGMA wal_checkpoint(TRUNCATE)"));
}

void SmallArchive::tamper(const std::filesystem::path& file, const std::string& sql) {
  auto database = open_for_writing(file);
  std::vector<std::string> names, triggers;
  {
    auto rows =
        database.prepare("SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger' ORDER BY rowid");
    if (!rows) throw std::runtime_error(rows.error().what);
    for (auto row = rows->step(); row && *row; row = rows->step()) {
      names.emplace_back(rows->text(0));
      triggers.emplace_back(rows->text(1));
    }
  }
  for (const auto& name : names) must(database.execute("DROP TRIGGER " + name));
  must(database.execute(sql));
  for (const auto& trigger : triggers) must(database.execute(trigger));
  must(database.execute("PRAGMA wal_checkpoint(TRUNCATE)"));
}

}  // namespace muniment::support
