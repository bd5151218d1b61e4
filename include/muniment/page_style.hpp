// The look of every page for people: one style, inside the page, for screen, small screen and paper.
#pragma once

#include <string>
#include <string_view>

#include "muniment/markup.hpp"

namespace muniment::markup {

inline constexpr std::string_view kStyle = R"css(
:root{color-scheme:light;--ink:#1b1b1b;--soft:#4a4f55;--line:#b6bcc2;--band:#f3f4f5;--link:#0b4a8f}
*{box-sizing:border-box}
body{margin:0;color:var(--ink);background:#fff;font:1.0625rem/1.55 "Liberation Sans","Noto Sans",Arial,sans-serif}
main,header,footer{max-width:62rem;margin:0 auto;padding:0 1.25rem}
header{border-bottom:4px solid var(--ink);padding-top:1.5rem;padding-bottom:1rem;margin-bottom:1.5rem}
h1{font-size:1.9rem;line-height:1.2;margin:.2rem 0 .6rem}
h2{font-size:1.4rem;line-height:1.25;margin:2.4rem 0 .7rem}
h3{font-size:1.15rem;line-height:1.3;margin:0 0 .5rem}
p,ul,ol,dl{margin:.5rem 0}
a{color:var(--link)}
a:focus{outline:3px solid #ffbf47;outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:#fff;padding:.5rem}
h1,h2,h3,p,li,dd,dt,code,pre,td bdi,td .hash{overflow-wrap:anywhere}
td,th{overflow-wrap:break-word}
th[scope=row] a{white-space:nowrap}
dd bdi,td bdi{white-space:pre-line}
h4{margin:1rem 0 .3rem}
code,pre,.hash{font-family:"Liberation Mono","Noto Sans Mono",monospace;font-size:.88em}
pre{white-space:pre-wrap;background:var(--band);padding:.75rem;margin:.5rem 0}
dl.facts{display:grid;grid-template-columns:minmax(9rem,15rem) 1fr;gap:.2rem 1rem}
dl.facts dt{color:var(--soft)}dl.facts dd{margin:0;min-width:0}
table{border-collapse:collapse;width:100%;margin:.75rem 0}
caption{text-align:left;font-weight:bold;padding-bottom:.4rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
thead th{background:var(--band)}
article{border:1px solid var(--line);border-left:6px solid var(--soft);padding:1rem 1.1rem;margin:1.2rem 0}
blockquote{margin:.8rem 0;padding:.7rem .9rem;background:var(--band);white-space:pre-wrap;overflow-wrap:anywhere}
.summary{font-weight:bold}
.withheld{background:#1b1b1b;color:#fff;font-family:"Liberation Sans",Arial,sans-serif;font-weight:bold;font-size:.85em;
padding:.05em .45em;border:2px solid #1b1b1b;border-radius:.2em;white-space:nowrap;unicode-bidi:isolate;direction:ltr;
-webkit-print-color-adjust:exact;print-color-adjust:exact}
.hidden-character{border:1px dashed #a33;color:#a33;font:.75em "Liberation Mono",monospace;padding:0 .2em;
unicode-bidi:isolate;direction:ltr}
.note{border-left:6px solid #0b4a8f;background:#eef4fa;padding:.6rem .9rem;margin:.9rem 0}
.internal{border:3px solid #a33;padding:.6rem .9rem;font-weight:bold}
details{margin:.6rem 0}summary{cursor:pointer;color:var(--link)}
footer{border-top:1px solid var(--line);margin-top:2.5rem;padding-top:1rem;padding-bottom:2rem;color:var(--soft)}
@media (max-width:40rem){
dl.facts{grid-template-columns:1fr;gap:0}dl.facts dd{margin-bottom:.5rem}
table.stacks thead{position:absolute;left:-99rem}
table.stacks tr{display:block;border-bottom:2px solid var(--line);padding:.4rem 0}
table.stacks td,table.stacks th[scope=row]{display:block;border:0;padding:.1rem 0}
table.stacks td::before{content:attr(data-label) ": ";color:var(--soft)}
h1{font-size:1.5rem}article{padding:.8rem}}
@media print{
body{font-size:10.5pt}main,header,footer{max-width:none;padding:0}article{break-inside:auto}
h2,h3,caption{break-after:avoid}tr,dl.facts>*{break-inside:avoid}.skip{display:none}
a{color:inherit;text-decoration:none}details{display:none}
@page{margin:18mm 15mm}}
)css";

// Everything before the contents of <main>.  No script, nothing fetched from anywhere.
inline std::string page_head(std::string_view title) {
  return "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
         "'unsafe-inline'\">\n"
         "<meta name=\"robots\" content=\"noindex\">\n<title>" +
         escaped(title) + "</title>\n<style>" + std::string(kStyle) +
         "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Go to the main part</a>\n";
}

}  // namespace muniment::markup
