// OpenSSL's objects, freed at the end of their scope, for servers of tests.
#pragma once

#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <memory>
#include <string>

namespace muniment::support {

struct FreeOpenssl {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* session) const { SSL_free(session); }
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Bio = std::unique_ptr<BIO, FreeOpenssl>;

// `text` must outlive it.
inline Bio reading(const std::string& text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

}  // namespace muniment::support
