#include <curl/curl.h>

#include "net/curl_transfer.hpp"

namespace muniment::net {
namespace {

std::string count_of(std::uint64_t bytes) {
  return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
}

Error refused_error(const Transfer& transfer, const std::string& place) {
  const auto& limits = transfer.hop.limits;
  if (transfer.refusal == Refusal::kStopped)
    return {Code::kUnavailable,
            "stopped on request while asking " + place + "; nothing of the answer was kept"};
  if (transfer.refusal == Refusal::kHeaders)
    return {Code::kInvalid,
            "the headers from " + place + " exceed " + count_of(limits.header_bytes) + "; nothing was kept"};
  return {
      Code::kInvalid,
      "the answer from " + place + " is larger than " + count_of(limits.body_bytes) + "; nothing was kept",
      "if this page is rightly so large, raise the limit for the source"};
}

Error barred_error(const Transfer& transfer, const std::string& place) {
  return {Code::kDenied,
          place + " is at " + transfer.barred + ", which is not on the public Internet; it was not contacted",
          "if the source is meant to be on your own network, add it with --allow-private"};
}

}  // namespace

Error error_of(int code, const Transfer& transfer, const char* detail) {
  const auto place = shown_url(transfer.hop.url.whole);
  const auto got = "; " + count_of(transfer.answer.body.size()) + " had come, nothing was kept";
  if (transfer.refusal != Refusal::kNone) return refused_error(transfer, place);
  switch (code) {
    case CURLE_FILESIZE_EXCEEDED:
      return refused_error(transfer, place);
    case CURLE_OUT_OF_MEMORY:  // libcurl 7.88 also says so of one header line beyond 100 kB
      return {Code::kInvalid, "the answer from " + place + " needs more memory than it may have" + got};
    case CURLE_PEER_FAILED_VERIFICATION:
      return {Code::kDenied,
              "the certificate of " + place + " was not accepted: " + detail + "; nothing was asked",
              "if the site's certificate has just changed, try again later; if the system's list of "
              "authorities is old, update ca-certificates"};
    case CURLE_COULDNT_CONNECT:
      if (!transfer.barred.empty() && !transfer.attempted) return barred_error(transfer, place);
      return {Code::kUnavailable, "no connection to " + place,
              "see whether the site is up, and try again later"};
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return {Code::kUnavailable, "the name in " + place + " was not found",
              "check its spelling and this machine's name service"};
    case CURLE_OPERATION_TIMEDOUT:
      return {Code::kUnavailable, place + " took too long" + got, "try again later"};
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
      return {Code::kInvalid, place + " answered with something that is not HTTP as it should be" + got};
    case CURLE_FAILED_INIT:
    case CURLE_BAD_FUNCTION_ARGUMENT:
      return {Code::kInternal, "libcurl could not be set up"};
    default:
      return {Code::kUnavailable,
              "the answer from " + place + " broke off (" + curl_easy_strerror(static_cast<CURLcode>(code)) +
                  ")" + got,
              "try again later"};
  }
}

}  // namespace muniment::net
