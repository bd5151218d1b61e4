#include "support/small_ledger.hpp"

#include <stdexcept>

namespace muniment::support {
namespace {

template <typename T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().what);
  return *std::move(result);
}
void must(const Status& status) {
  if (!status) throw std::runtime_error(status.error().what);
}

}  // namespace

ledger::Draft small_draft(int number) {
  const auto n = std::to_string(number);
  records::BodyBuilder body;
  body.add("platform", "mastodon")
      .add("id", "https://town.example/statuses/" + n)
      .add("author.handle", "user" + n);
  body.add("posted", "2026-11-22T02:45:57.000Z");
  body.add_text("text", "Message " + n + " about the water in Mill Lane, please answer.");
  body.add("raw", R"({"id":")" + n + R"(","content":"<p>Message</p>"})");
  return {std::string(ledger::kind::kCapture), body.build()};
}

SmallLedger::SmallLedger(int entries, const std::string& vfs) : vfs_(vfs) {
  must(ledger::SqliteStore::create(files(), kTestOrigin));
  store_ = open();
  appender_ = std::make_unique<ledger::Appender>(*store_, clock, entropy);
  reader_ = std::make_unique<ledger::Reader>(*store_);
  signer_ =
      std::make_unique<ledger::Signer>(must(ledger::Signer::create(folder() / "keys", kTestOrigin, entropy)));
  if (entries > 0) append(entries);
}

ledger::SqliteFiles SmallLedger::files() const {
  return {folder() / "ledger.db", folder() / "keys.db", vfs_, 10'000, folder() / "media"};
}

std::unique_ptr<ledger::SqliteStore> SmallLedger::open(bool writable) const {
  return must(ledger::SqliteStore::open(files(), writable));
}

void SmallLedger::append(int entries) {
  must(appender_->append([&](const ledger::Head&) -> Result<std::vector<ledger::Draft>> {
    std::vector<ledger::Draft> drafts;
    for (int i = 0; i < entries; ++i) drafts.push_back(small_draft(next_++));
    return drafts;
  }));
}

std::string SmallLedger::sign() {
  return must(signer_->sign(*store_, *reader_));
}

}  // namespace muniment::support
