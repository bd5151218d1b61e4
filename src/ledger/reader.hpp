// Reads what the ledger holds.  One thread at a time; open another for another thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "ledger/entry.hpp"
#include "ledger/store.hpp"

namespace muniment::ledger {

class Reader {
 public:
  // The store must outlive the reader.
  explicit Reader(Store& store);
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  const std::string& origin() const;
  Result<Head> head();

  // kNotFound: no entry of that number.
  Result<Entry> entry(Seq seq);
  // The fields of an entry.  kNotFound: its secret or body is gone (disposed of); kCorrupt: it does not
  // unseal, or does not match the commitment in its entry.
  Result<records::Body> body(Seq seq);
  Result<base::Secret> secret(Seq seq);
  // The bytes of the file that media.`number`.file of `body`, the body of `seq`, names.  kNotFound: it names
  // none, or the file is gone; kCorrupt: it does not unseal, or is not the one whose SHA-256 was sealed.
  Result<std::string> attachment(Seq seq, const records::Body& body, std::uint16_t number);

  // Entries from `first` to before `end`, in order; `body` is null when it cannot be read any more.
  // `visit` answers false to stop.  Bodies are unsealed but their commitments are not recomputed:
  // whoever relies on the words (disclosure, verification) uses body().
  using Visit = std::function<bool(const Entry& entry, const records::Body* body)>;
  Status each(Seq first, Seq end, const Visit& visit);

  // Likewise, and no body is looked at.
  Status each_entry(Seq first, Seq end, const std::function<bool(const Entry& entry)>& visit);

  // Leaf hash of an entry.
  Result<base::Hash> leaf(Seq seq);
  // RFC 6962 sections 2.1.1 and 2.1.2.  Preconditions: seq < size, old_size <= size <= head.
  Result<std::vector<base::Hash>> inclusion(Seq seq, Seq size);
  Result<std::vector<base::Hash>> consistency(Seq old_size, Seq size);
  Result<base::Hash> root(Seq size);

  // The newest signed checkpoint; kNotFound when none was signed yet.
  Result<std::string> checkpoint();
  Result<std::string> checkpoint_covering(Seq size);  // the smallest that covers at least `size` entries

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace muniment::ledger
