#include "support/test_authority.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace muniment::support {
namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;
using Bio = std::unique_ptr<BIO, Free>;

void must(bool done) {
  if (!done) throw std::runtime_error("OpenSSL could not make a test's certificate");
}

Key make_key() {
  Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
  must(key != nullptr);
  return key;
}

void extend(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, Free> extension(
      X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  must(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1);
}

// Unsigned; its issuer is `issuer`, or itself when there is none.
Certificate draft(const std::string& name, EVP_PKEY* key, X509* issuer, int from_days, int to_days) {
  static long serial = 1;
  Certificate made(X509_new());
  must(made != nullptr && X509_set_version(made.get(), X509_VERSION_3) == 1 &&
       X509_set_pubkey(made.get(), key) == 1);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), serial++);
  must(X509_time_adj_ex(X509_getm_notBefore(made.get()), from_days, 0, nullptr) != nullptr &&
       X509_time_adj_ex(X509_getm_notAfter(made.get()), to_days, 0, nullptr) != nullptr);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_issuer_name(made.get(), X509_get_subject_name(issuer != nullptr ? issuer : made.get()));
  return made;
}

std::string text_of(BIO* bio) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio, &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

std::string pem_of(X509* certificate) {
  const Bio bio(BIO_new(BIO_s_mem()));
  must(PEM_write_bio_X509(bio.get(), certificate) == 1);
  return text_of(bio.get());
}

std::string pem_of(EVP_PKEY* key) {
  const Bio bio(BIO_new(BIO_s_mem()));
  must(PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
  return text_of(bio.get());
}

}  // namespace

struct TestAuthority::State {
  Key key;
  Certificate certificate;
};

TestAuthority::TestAuthority(const std::string& name)
    : state_(std::make_unique<State>(State{make_key(), nullptr})) {
  state_->certificate = draft(name, state_->key.get(), nullptr, -365, 365);
  auto* own = state_->certificate.get();
  extend(own, own, NID_basic_constraints, "critical,CA:TRUE");
  extend(own, own, NID_key_usage, "critical,keyCertSign,cRLSign");
  extend(own, own, NID_subject_key_identifier, "hash");
  must(X509_sign(own, state_->key.get(), EVP_sha256()) > 0);
  own_ = {pem_of(own), pem_of(state_->key.get())};
}

TestAuthority::~TestAuthority() = default;

TlsIdentity TestAuthority::sign(const std::string& names, int from_days, int to_days) const {
  const Key key = make_key();
  auto* issuer = state_->certificate.get();
  const Certificate made = draft("a site of the tests", key.get(), issuer, from_days, to_days);
  extend(made.get(), issuer, NID_basic_constraints, "critical,CA:FALSE");
  extend(made.get(), issuer, NID_subject_alt_name, names);
  extend(made.get(), issuer, NID_ext_key_usage, "serverAuth");
  must(X509_sign(made.get(), state_->key.get(), EVP_sha256()) > 0);
  return {pem_of(made.get()), pem_of(key.get())};
}

}  // namespace muniment::support
