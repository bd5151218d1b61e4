#include "bundle_json.hpp"
#include "muniment/exporters.hpp"
#include "page.hpp"

namespace muniment::exporters {

Status write_disclosure(const Disclosure& disclosure, Sink& sink) {
  if (auto written = sink.file("bundle.json", bundle_json(disclosure)); !written) return written;
  if (auto written = sink.file("release.txt", disclosure.release); !written) return written;
  return sink.file("index.html", disclosure_page(disclosure));
}

}  // namespace muniment::exporters
