// Both real transports behind one door, so that each rule is tested with both.
#pragma once

#include <memory>
#include <ostream>

#include "net/fetch.hpp"
#include "net/transport.hpp"

namespace muniment::support {

enum class Wire {
  kWaits,     // net::CurlTransport
  kOneOfMany  // net::CurlMany, asked for one at a time
};
std::ostream& operator<<(std::ostream& out, Wire wire);

std::unique_ptr<net::Transport> either_transport(Wire wire, base::Clock& clock, net::FetchSettings settings);

}  // namespace muniment::support
