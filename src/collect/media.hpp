// Files that captured items name: asked for one by one, and each an entry with what became of it, so that
// "it is not there" differs from "nobody asked".  docs/formats/capture.md is normative.
//
// Never with a credential, wherever the file lies; private addresses only at the source's own, where it has
// permission.  The bytes are sealed as they came, with all that stands in them (EXIF), and never shown.
#pragma once

#include <atomic>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/seams.hpp"
#include "collect/answer.hpp"
#include "collect/media_judgement.hpp"
#include "ledger/appender.hpp"
#include "ledger/reader.hpp"
#include "net/transport.hpp"

namespace muniment::collect {

inline constexpr std::uint64_t kMediaFileBytes = 25U << 20;  // unless somebody says otherwise
inline constexpr std::uint64_t kMediaRunBytes = 1U << 30;    // likewise; a run asks for nothing more after it
inline constexpr int kMediaFailuresInARow = 3;  // of one host; its other files wait for the next run

struct WantedMedia {
  ledger::Seq version = 0;  // the entry that names the file …
  std::uint16_t place = 0;  // … as its media.N.url
  ledger::Seq entry = 0;    // what is recorded of it so far, a `media` entry; 0: nothing
};

// What the archive holds already.  The index answers (through app/); this room may not depend on it.
class MediaCatalogue {
 public:
  virtual ~MediaCatalogue() = default;
  // Makes the answers below true for a ledger of exactly `size` entries.
  virtual Status at(ledger::Seq size) = 0;
  virtual Result<bool> is_held(ledger::Seq version, std::uint16_t place) = 0;
  // `media` entries that may hold a file of this SHA-256 (hexadecimal), oldest first.
  virtual Result<std::vector<ledger::Seq>> with_content(std::string_view sha256) = 0;
};

enum class MediaStep {
  kKept,     // its bytes are sealed now
  kSame,     // … and were there already
  kLater,    // recorded: could not be had, will be asked for again
  kRefused,  // recorded: could not be had or may not be kept, and is not asked for again
  kLeft,     // not recorded: nobody asked (the host was given up, or the run was stopped)
  kNothing,  // there is nothing to do: it is held by now, or its item was disposed of
};

struct MediaOutcome {
  MediaStep step = MediaStep::kNothing;
  std::string url;          // fit to be shown
  MediaFault fault;         // of kLater and kRefused
  std::string type;         // found from the content
  std::uint64_t bytes = 0;  // that came over the network
};

struct MediaRun {
  net::Transport& transport;  // bounds the size of an answer
  ledger::Appender& appender;
  ledger::Reader& reader;  // over the same ledger
  MediaCatalogue& catalogue;
  base::Clock& clock;
  base::Entropy& entropy;
  const std::atomic<bool>* stop = nullptr;  // may be null
};

// A file that somebody handed in, as it lay in an export.
struct SuppliedMedia {
  std::string name;  // "export.zip: photos/1.jpg"
  const std::string& bytes;
  std::string actor;  // who handed it in
};

// One run's worth: an address is asked once in it, whoever names it.
class MediaFetch {
 public:
  explicit MediaFetch(const MediaRun& run) : run_(run) {}

  // `source`: that brought the item; without name and address for one from a saved file.  An error means that
  // the ledger could not be read or written.
  Result<MediaOutcome> fetch(const SourceSettings& source, const WantedMedia& wanted);

  // The file was not asked for but supplied.  kLeft, with the fault: it may not be kept; nothing is recorded.
  Result<MediaOutcome> supply(const WantedMedia& wanted, const SuppliedMedia& file);

 private:
  // What was learnt of an address.
  struct Asked {
    ExchangeFacts facts;
    std::string claimed;  // type, as the host says
    std::string type;     // as found
    std::string sha256;   // hexadecimal
    std::uint64_t size = 0;
    MediaFault fault;
    ledger::Seq entry = 0;  // that recorded it first
    std::string actor;      // who supplied it; empty: it was asked for
  };
  struct Named;

  bool stopped() const { return run_.stop != nullptr && run_.stop->load(); }
  Result<std::optional<Named>> name(const WantedMedia& wanted);
  // Nothing: the run was stopped meanwhile.
  std::optional<Asked> ask(const SourceSettings& source, const std::string& address, const Named& named,
                           std::string& bytes);
  records::BodyBuilder begin(const WantedMedia& wanted, const Named& named, const Asked& asked);
  MediaStep add_fault(records::BodyBuilder& body, const Named& named, const MediaFault& fault);
  Result<MediaStep> add_file(records::BodyBuilder& body, ledger::Draft& draft, const Asked& asked,
                             const std::string& bytes);
  Result<std::optional<ledger::Seq>> holder(const Asked& asked, const std::string& bytes);
  Result<MediaOutcome> record(const WantedMedia& wanted, const Named& named, Asked& asked,
                              const std::string& bytes);

  const MediaRun& run_;
  std::map<std::string, Asked, std::less<>> asked_;   // by address
  std::map<std::string, int, std::less<>> failures_;  // in a row, by host
};

}  // namespace muniment::collect
