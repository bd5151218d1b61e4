#include "app/source_address.hpp"

#include "net/url.hpp"
#include "sources/source.hpp"

namespace muniment::app {

Result<std::string> address_to_keep(std::string_view typed) {
  auto url = sources::normalise_url(typed);
  if (!url) return url;
  if (const auto field = net::secret_field(*url); !field.empty())
    return Error{
        Code::kInvalid,
        "the address has a field \"" + field +
            "\", which looks like a key to what others may not read; it would be stored with every "
            "record and go out with what is disclosed; nothing was written",
        "ask the site for an address without it; if the key is still good, have it changed: it may be "
        "in the history of this shell"};
  return url;
}

}  // namespace muniment::app
