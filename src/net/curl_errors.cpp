#include <curl/curl.h>

#include "net/address_policy.hpp"
#include "net/curl_transfer.hpp"

namespace muniment::net {
namespace {

std::string count_of(std::uint64_t bytes) {
  constexpr std::uint64_t kKilo = 1U << 10, kMega = 1U << 20;
  if (bytes >= kMega) return std::to_string(bytes / kMega) + " MB";
  if (bytes >= kKilo) return std::to_string(bytes / kKilo) + " KB";
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
      "look at the address in a browser: no list of posts is so large"};
}

Error barred_error(const Transfer& transfer, const std::string& place) {
  return {Code::kDenied,
          place + " is at " + transfer.barred + ", which is not on the public Internet; it was not contacted",
          transfer.barred_for_ever ? "" : kAllowPrivate};
}

constexpr char kDistrust[] =
    "if your network looks into encrypted traffic, ask its administrators to add their certificate to this "
    "machine's list (ca-certificates), or name it in SSL_CERT_FILE; otherwise do not trust the answer";

// By the numbers of <openssl/x509_vfy.h>.
Error certificate_error(const Transfer& transfer, const std::string& place, const std::string& detail) {
  const auto refused = [&](const std::string& why, const char* hint) {
    return Error{Code::kDenied, "the certificate of " + place + " " + why + "; nothing was asked", hint};
  };
  if (detail.find("host name") != std::string::npos)
    return refused(
        "is for another host",
        "check the address; if it is right, the site is set up wrongly or somebody stands between");
  switch (transfer.verified) {
    case 9:
      return refused("is not valid yet", "see whether this machine's date is right");
    case 10:
      return refused("has expired",
                     "tell whoever runs the site; see also whether this machine's date is right");
    case 18:
      return refused("is signed by itself: nobody vouches for it", kDistrust);
    case 2:
    case 19:
    case 20:
    case 21:
      return refused("is signed by an authority that this machine does not know", kDistrust);
    default:
      return refused("was not accepted: " + detail, "tell whoever runs the site");
  }
}

// The handshake failed before there was a certificate to judge, or for the version of TLS.
Error handshake_error(const std::string& place, const std::string& detail) {
  const bool old = detail.find("protocol") != std::string::npos;
  if (old)
    return {Code::kDenied,
            "no secure connection with " + place +
                ": it offers no version of TLS that is still safe (1.2 or "
                "newer); nothing was asked",
            "tell whoever runs the site: it has to be brought up to date"};
  return {Code::kUnavailable, "no secure connection with " + place + ": " + detail + "; nothing was asked",
          "see whether the site is up and speaks https, and try again later"};
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
      return certificate_error(transfer, place, detail);
    case CURLE_SSL_CONNECT_ERROR:
      return handshake_error(place, detail);
    case CURLE_USE_SSL_FAILED:
      return {Code::kDenied,
              place +
                  " does not secure the connection (STARTTLS), so that others could read along; no login was "
                  "sent",
              "give the mailbox's address with imaps, if the server has that, or ask whoever runs it"};
    case CURLE_SSL_CACERT_BADFILE:
      return {Code::kDenied,
              "the certificates that SSL_CERT_FILE names could not be read, so " + place +
                  " could not be trusted; nothing was asked",
              "correct SSL_CERT_FILE, or unset it to use the system's own list"};
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
      return {Code::kInvalid, place + " answered with something that is not " +
                                  (transfer.hop.starttls ? "IMAP" : "HTTP") + " as it should be" + got};
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
