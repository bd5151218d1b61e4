// Result<T>: a value, or an Error that tells a person what to do.
// Only the subset of std::expected is offered, so that C++23 can take its place.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace muniment {

// A code says how the caller should react, not what broke.  Numbers are for ever:
// the command line prints them and docs/exit-codes.md lists them.
enum class Code : int {
  kNotFound = 1,     // what was named does not exist
  kInvalid = 2,      // the input is not acceptable; asking again will not help
  kConflict = 3,     // somebody else changed it first; read again and retry
  kUnavailable = 4,  // busy, locked, unreachable; try again later
  kCorrupt = 5,      // stored data is not what it must be; verify before anything else
  kDenied = 6,       // not allowed: rights, keys, policy, a release gate
  kIo = 7,           // disk or network failed; what was under way MAY have been written
  kInternal = 8,     // a fault of this program
};

// what: one sentence, what happened and what is safe.  hint: what to do next; may be empty.
// Neither ever holds a secret, a credential or a withheld word.
struct Error {
  Code code = Code::kInternal;
  std::string what;
  std::string hint = {};
};

// The same error, with the outer circumstance put before it: "reading the frame: not UTF-8".
inline Error wrap(Error inner, const std::string& outer) {
  inner.what = outer + ": " + inner.what;
  return inner;
}

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  // Precondition of each: has_value().  A breach throws std::bad_variant_access and ends the program.
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  T value_or(T other) const& { return has_value() ? value() : std::move(other); }

  // Precondition: !has_value().
  Error& error() & { return std::get<1>(state_); }
  const Error& error() const& { return std::get<1>(state_); }
  Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)), ok_(false) {}
  bool has_value() const noexcept { return ok_; }
  explicit operator bool() const noexcept { return ok_; }
  Error& error() & { return error_; }
  const Error& error() const& { return error_; }
  Error&& error() && { return std::move(error_); }

 private:
  Error error_{};
  bool ok_ = true;
};

using Status = Result<void>;

}  // namespace muniment
