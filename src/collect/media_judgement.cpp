#include "collect/media_judgement.hpp"

#include <algorithm>
#include <array>

#include "base/sha256.hpp"
#include "sources/media_address.hpp"

namespace muniment::collect {
namespace {

using std::chrono::hours;

constexpr std::string_view kNoAnswer = "no-answer";      // no connection, time-out, cut off
constexpr std::string_view kHostError = "host-error";    // a status that says nothing of the file
constexpr std::string_view kNotFound = "not-found";      // 404, 410
constexpr std::string_view kBarred = "barred";           // 401, 403, 451
constexpr std::string_view kWebPage = "web-page";        // a page for people stands in its place
constexpr std::string_view kEmpty = "empty";             // nothing came
constexpr std::string_view kOther = "not-the-file";      // not the bytes that its name promises
constexpr std::string_view kType = "type";               // of a kind that is not kept
constexpr std::string_view kTooLarge = "too-large";      // larger than the limit
constexpr std::string_view kNotAllowed = "not-allowed";  // private address, certificate, redirects
constexpr std::string_view kNoAddress = "no-address";    // nothing to ask at

struct Patience {
  std::string_view reason;
  int tries;
  hours first_pause;
};
constexpr Patience kPatience[] = {
    {kNoAnswer, 5, hours{1}}, {kHostError, 5, hours{1}},  {kNotFound, 2, hours{24}}, {kBarred, 2, hours{24}},
    {kWebPage, 2, hours{24}}, {kEmpty, 2, hours{24}},     {kOther, 2, hours{24}},    {kType, 1, hours{0}},
    {kTooLarge, 1, hours{0}}, {kNotAllowed, 1, hours{0}}, {kNoAddress, 1, hours{0}},
};

const Patience& patience_for(std::string_view reason) {
  const auto* found = std::ranges::find(kPatience, reason, &Patience::reason);
  return found == std::end(kPatience) ? kPatience[0] : *found;
}

constexpr std::array<std::string_view, 3> kKeptFamilies = {"image/", "audio/", "video/"};
constexpr std::array<std::string_view, 12> kKeptDocuments = {
    "application/pdf",
    "application/ogg",
    "application/vnd.apple.mpegurl",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/CDFV2",  // an Office file of before 2007 that does not say which
    "text/plain",
    "text/csv",
    "text/rtf",
    "text/calendar",
    "text/vcard",
};
constexpr std::array<std::string_view, 2> kKeptSuites = {"application/vnd.openxmlformats-officedocument.",
                                                         "application/vnd.oasis.opendocument."};

MediaFault fault_of_error(const Error& error) {
  const auto reason = [&] {
    switch (error.code) {
      case Code::kDenied:
        return kNotAllowed;
      case Code::kInvalid:
        return error.what.find("is larger than") == std::string::npos ? kHostError : kTooLarge;
      default:
        return kNoAnswer;
    }
  }();
  return {reason, error.what};
}

MediaFault fault_of_status(int status) {
  const auto words = "the host answered " + std::to_string(status);
  if (status == 404 || status == 410) return {kNotFound, words + ": it is not there"};
  if (status == 401 || status == 403 || status == 451) return {kBarred, words + ": it may not be seen"};
  return {kHostError, words};
}

}  // namespace

bool is_kept_type(std::string_view type) {
  const auto begins = [&](std::string_view with) { return type.starts_with(with); };
  return std::ranges::any_of(kKeptFamilies, begins) || std::ranges::any_of(kKeptSuites, begins) ||
         std::ranges::find(kKeptDocuments, type) != kKeptDocuments.end();
}

MediaFault media_fault(const Result<net::Response>& answer, std::string_view named, std::string_view type) {
  if (!answer) return fault_of_error(answer.error());
  if (answer->status != 200) return fault_of_status(answer->status);
  if (answer->body.empty()) return {kEmpty, "the host answered with an empty file"};
  if (type == "text/html") return {kWebPage, "a web page stands in its place"};
  if (!is_kept_type(type)) return {kType, "it is " + std::string(type) + ", which is not kept"};
  if (!sources::is_file_named(named, base::sha256(answer->body)))
    return {kOther, "what the host answered is not the file that the post names by its content"};
  return {};
}

MediaFault no_media_address() {
  return {kNoAddress, "it has no address at which it could be asked for"};
}

int media_tries(std::string_view reason) {
  return patience_for(reason).tries;
}

std::chrono::milliseconds media_pause(std::string_view reason, int attempt) {
  std::chrono::milliseconds pause = patience_for(reason).first_pause;
  for (int i = 1; i < attempt; ++i) pause *= 4;
  return pause;
}

}  // namespace muniment::collect
