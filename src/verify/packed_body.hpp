// A body as it lies in ledger.db: sealed, compressed, packed (docs/formats/archive.md).
// `ledger` has its own reader; the repetition is on purpose.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "verify/commitment.hpp"

namespace muniment::verify {

inline constexpr std::size_t kLargestBody = std::size_t{64} << 20;  // bytes, unpacked

// An opened body.  The views of `fields` point into `bytes`; move it as a whole only through its pointer.
struct OpenBody {
  std::string bytes;
  std::vector<std::uint32_t> lengths;
  std::vector<FieldView> fields;
  std::vector<std::pair<std::size_t, std::size_t>> sizes;  // segments and bytes of each field

  // The value of a field; nullopt when the body has none of that name.
  std::optional<std::string_view> value(std::string_view name) const;
  // Are all values?
  bool is_utf8() const;
};

// Reads the packed form out of body.bytes into body.fields.  False: it is not one, and `why` says so.
// Values are not looked at; names, lengths and the total are.
bool unpack(OpenBody& body, std::string& why);

enum class Unsealing {
  kOpened,
  kSealBroken,    // another key, or changed bytes
  kMalformed,     // the seal is whole, what is inside is no packed body
  kUnknownCodec,  // a later version wrote it
};

// Opens bodies.  Keeps OpenSSL's and zstd's contexts; one thread at a time.
class BodyOpener {
 public:
  // `dictionary`: the bytes of dictionary 1 (schema/dictionary-1.zdict).
  explicit BodyOpener(std::string_view dictionary);
  ~BodyOpener();
  BodyOpener(const BodyOpener&) = delete;
  BodyOpener& operator=(const BodyOpener&) = delete;

  Unsealing open(const base::Secret& secret, std::uint64_t seq, std::string_view sealed, OpenBody& body,
                 std::string& why);

 private:
  struct Tools;
  std::unique_ptr<Tools> tools_;
};

}  // namespace muniment::verify
