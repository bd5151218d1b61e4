#!/usr/bin/env python3
"""How schema/dictionary-1.zdict was made.

The dictionary is stored knowledge that every body is compressed with, for ever: it must not hold a word of
anybody's.  So it is trained on bodies whose keys and mark-up are those of the platforms and whose values are
random letters and digits, drawn anew for each sample, so that nothing but keys can recur.

Never run it to replace dictionary-1: archives depend on its bytes.  A better one is a new number and a new codec
(docs/formats/archive.md).

usage: train_dictionary.py OUT.zdict     (needs the zstd command)
"""
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

rng = random.Random(20261122)


# Letters as often as in English text, so that the dictionary's entropy tables suit text while its words are none.
COMMON = "e" * 12 + "t" * 9 + "a" * 8 + "o" * 7 + "i" * 7 + "n" * 7 + "s" * 6 + "h" * 6 + "r" * 6 + "d" * 4 + "l" * 4 + "uc" * 3 + "mwfgypb" * 2 + "vkjxqzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def letters(low, high):
    return "".join(rng.choices(COMMON, k=rng.randint(low, high)))


def digits(low, high):
    return "".join(rng.choice("0123456789") for _ in range(rng.randint(low, high)))


# The commonest words of English say nothing about anybody.
FUNCTION_WORDS = "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which you we were her she there would their will when who him been has more if no out so what up its about into than them can only other new some could time these two may then do first any my now such like our over me even most made after also did many before must through".split()


def words():
    return [rng.choice(FUNCTION_WORDS) if rng.random() < 0.4 else letters(1, 11) for _ in range(rng.randint(3, 40))]


def thinned(thing, often):
    """Now and then without one of its keys: servers of different versions leave some out."""
    optional = ["discoverable", "indexable", "hide_collections", "noindex", "roles", "filtered", "favourited", "reblogged", "muted", "bookmarked", "pinned", "quotes_count", "uri"]
    if rng.random() < often:
        return thing
    return {key: value for key, value in thing.items() if key not in optional or key == "uri" and "acct" not in thing}


def host():
    return letters(4, 12).lower() + "." + letters(2, 7).lower()


def stamp(fraction=".000", zone="Z"):
    return f"20{rng.randint(10, 39)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}T{rng.randint(0, 23):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}{fraction}{zone}"


def varint(n):
    out = bytearray()
    while n >= 0x80:
        out.append(0x80 | (n & 0x7F))
        n >>= 7
    out.append(n)
    return bytes(out)


def packed(fields, cut):
    """docs/formats/archive.md, with the texts in `cut` cut after each blank."""
    names = sorted(name for name, value in fields.items() if value)
    head = varint(len(names)) + b"".join(name.encode() + b"\n" for name in names)
    for name in names:
        value = fields[name]
        pieces = [w + " " for w in value.split(" ")] if name in cut else [value]
        if name in cut:
            pieces[-1] = pieces[-1][:-1]
        head += varint(len(pieces)) + b"".join(varint(len(p.encode())) for p in pieces)
    return head + b"".join(fields[name].encode() for name in names)


def mastodon():
    server, home = host(), host()
    user, number, ident = letters(3, 14), digits(5, 18), digits(17, 18)
    text = words()
    mentions = [{"id": digits(5, 18), "username": letters(3, 10), "url": f"https://{host()}/@{letters(3, 10)}", "acct": letters(3, 10)} for _ in range(rng.choice([0, 0, 0, 1, 2]))]
    tags = [{"name": (t := letters(3, 10)), "url": f"https://{server}/tags/{t}"} for _ in range(rng.choice([0, 0, 1, 2]))]
    content = "<p>" + " ".join(text)
    for m in mentions:
        content += f' <span class="h-card" translate="no"><a href="{m["url"]}" class="u-url mention">@<span>{m["username"]}</span></a></span>'
    for t in tags:
        content += f' <a href="{t["url"]}" class="mention hashtag" rel="tag">#<span>{t["name"]}</span></a>'
    link = f"https://{host()}/{letters(4, 20)}"
    if rng.random() < 0.25:
        content += f' <a href="{link}" target="_blank" rel="nofollow noopener noreferrer" translate="no"><span class="invisible">https://</span><span class="ellipsis">{link[8:]}</span><span class="invisible"></span></a>'
    content += "</p>"
    reply = rng.random() < 0.4
    counts = [rng.choice([0, 0, 0, rng.randint(1, 99)]) for _ in range(3)]
    media = [{"id": digits(17, 18), "type": rng.choice(["image", "video", "gifv", "audio"]), "url": f"https://{host()}/media_attachments/files/{digits(3, 3)}/{digits(3, 3)}/original/{letters(16, 16)}.jpeg", "preview_url": f"https://{host()}/media_attachments/files/{digits(3, 3)}/small/{letters(16, 16)}.jpeg", "remote_url": None, "preview_remote_url": None, "text_url": None, "meta": {"original": {"width": rng.randint(1, 4000), "height": rng.randint(1, 4000), "size": letters(4, 8), "aspect": 1.5}}, "description": " ".join(words()[:8]), "blurhash": letters(20, 30)} for _ in range(rng.choice([0, 0, 0, 0, 1]))]
    status = {
        "id": ident, "created_at": stamp(), "in_reply_to_id": digits(17, 18) if reply else None,
        "in_reply_to_account_id": digits(5, 18) if reply else None, "sensitive": rng.random() < 0.05, "spoiler_text": "",
        "visibility": rng.choice(["public", "public", "unlisted"]), "language": letters(2, 2).lower(),
        "uri": f"https://{server}/users/{user}/statuses/{ident}", "url": f"https://{server}/@{user}/{ident}",
        "replies_count": counts[0], "reblogs_count": counts[1], "favourites_count": counts[2], "quotes_count": 0,
        "edited_at": stamp() if rng.random() < 0.05 else None, "content": content, "reblog": None,
        "application": {"name": letters(3, 8), "website": f"https://{host()}"} if rng.random() < 0.5 else None,
        "account": {
            "id": number, "username": user, "acct": f"{user}@{server}" if rng.random() < 0.6 else user, "display_name": " ".join(words()[:2]),
            "locked": False, "bot": False, "discoverable": True, "indexable": False, "group": False, "created_at": stamp(),
            "note": "<p>" + " ".join(words()[:10]) + "</p>", "url": f"https://{server}/@{user}", "uri": f"https://{server}/users/{user}",
            "avatar": f"https://{home}/accounts/avatars/{digits(3, 3)}/{digits(3, 3)}/{digits(3, 3)}/original/{letters(16, 16)}.png",
            "avatar_static": f"https://{home}/accounts/avatars/{digits(3, 3)}/{digits(3, 3)}/{digits(3, 3)}/original/{letters(16, 16)}.png",
            "header": f"https://{home}/accounts/headers/{digits(3, 3)}/{digits(3, 3)}/{digits(3, 3)}/original/{letters(16, 16)}.png",
            "header_static": f"https://{home}/accounts/headers/original/{letters(16, 16)}.png",
            "followers_count": rng.randint(0, 9999), "following_count": rng.randint(0, 999), "statuses_count": rng.randint(0, 99999),
            "last_status_at": stamp()[:10], "hide_collections": False, "noindex": False, "emojis": [], "roles": [],
            "fields": [{"name": letters(3, 10), "value": letters(3, 20), "verified_at": None}] if rng.random() < 0.3 else [],
        },
        "media_attachments": media, "mentions": mentions, "tags": tags, "emojis": [],
        "card": None, "poll": None, "filtered": [], "favourited": False, "reblogged": False, "muted": False, "bookmarked": False, "pinned": False,
    }
    compact = (",", ":") if rng.random() < 0.8 else (", ", ": ")
    fields = {
        "platform": "mastodon", "id": status["uri"], "id.local": f"{server}/{ident}", "url": status["url"], "type": rng.choice(["post", "reply", "repost"]),
        "author.id": status["account"]["uri"], "author.handle": status["account"]["acct"], "author.name": status["account"]["display_name"],
        "author.url": status["account"]["url"], "posted": status["created_at"], "edited": status["edited_at"] or "", "fetched": stamp(),
        "text": " ".join(text), "lang": status["language"], "visibility": status["visibility"],
        "reply.to": f"https://{server}/users/{letters(3, 9)}/statuses/{digits(17, 18)}" if reply else "",
        "mentions": "\n".join(m["acct"] for m in mentions), "tags": "\n".join(t["name"] for t in tags), "links": link if rng.random() < 0.25 else "",
        "counts.replies": str(counts[0]), "counts.reposts": str(counts[1]), "counts.likes": str(counts[2]),
        "exchange": digits(1, 7), "source": letters(3, 9) if rng.random() < 0.5 else "",
        "raw": json.dumps(thinned(status | {"account": thinned(status["account"], 0.5)}, 0.5), separators=compact, ensure_ascii=False),
    }
    for i, m in enumerate(media):
        fields |= {f"media.{i}.url": m["url"], f"media.{i}.type": m["type"], f"media.{i}.alt": m["description"]}
    return packed(fields, {"text", "author.name", "media.0.alt"})


def wordpress():
    site = f"https://{host()}"
    number, post = rng.randint(1, 99999), rng.randint(1, 9999)
    kind = rng.choice(["comment", "comment", "comment", "post", "page"])
    text = " ".join(words())
    when, local = stamp("", ""), stamp("", "")
    if kind == "comment":
        parent = rng.choice([0, rng.randint(1, 99999)])
        item = {
            "id": number, "post": post, "parent": parent, "author": rng.choice([0, rng.randint(1, 99)]), "author_name": " ".join(words()[:2]), "author_url": "",
            "date": local, "date_gmt": when, "content": {"rendered": f"<p>{text}</p>\n"}, "link": f"{site}/{digits(4, 4)}/{digits(2, 2)}/{letters(4, 20)}/#comment-{number}",
            "status": "approved", "type": "comment", "author_avatar_urls": {s: f"https://secure.gravatar.com/avatar/{letters(32, 32)}?s={s}&d=mm&r=g" for s in ("24", "48", "96")},
            "meta": [], "_links": {"self": [{"href": f"{site}/wp-json/wp/v2/comments/{number}"}], "collection": [{"href": f"{site}/wp-json/wp/v2/comments"}],
                                   "up": [{"embeddable": True, "post_type": "post", "href": f"{site}/wp-json/wp/v2/posts/{post}"}],
                                   "in-reply-to": [{"embeddable": True, "href": f"{site}/wp-json/wp/v2/comments/{parent}"}]},
        }
    else:
        item = {
            "id": number, "date": local, "date_gmt": when, "guid": {"rendered": f"{site}/?p={number}"}, "modified": stamp("", ""), "modified_gmt": stamp("", ""),
            "slug": letters(4, 20), "status": "publish", "type": kind, "link": f"{site}/{digits(4, 4)}/{letters(4, 20)}/", "title": {"rendered": " ".join(words()[:6])},
            "content": {"rendered": f"\n<p>{text}</p>\n", "protected": False}, "excerpt": {"rendered": f"<p>{text}</p>\n", "protected": False}, "author": rng.randint(1, 99),
            "featured_media": 0, "comment_status": "open", "ping_status": "open", "sticky": False, "template": "", "format": "standard",
            "meta": {"footnotes": ""}, "categories": [rng.randint(1, 99)], "tags": [rng.randint(1, 99)],
            "_links": {"self": [{"href": f"{site}/wp-json/wp/v2/{kind}s/{number}"}], "collection": [{"href": f"{site}/wp-json/wp/v2/{kind}s"}],
                       "about": [{"href": f"{site}/wp-json/wp/v2/types/{kind}"}], "author": [{"embeddable": True, "href": f"{site}/wp-json/wp/v2/users/1"}],
                       "replies": [{"embeddable": True, "href": f"{site}/wp-json/wp/v2/comments?post={number}"}],
                       "version-history": [{"count": 1, "href": f"{site}/wp-json/wp/v2/{kind}s/{number}/revisions"}],
                       "wp:attachment": [{"href": f"{site}/wp-json/wp/v2/media?parent={number}"}],
                       "wp:term": [{"taxonomy": "category", "embeddable": True, "href": f"{site}/wp-json/wp/v2/categories?post={number}"},
                                   {"taxonomy": "post_tag", "embeddable": True, "href": f"{site}/wp-json/wp/v2/tags?post={number}"}],
                       "curies": [{"name": "wp", "href": "https://api.w.org/{rel}", "templated": True}]},
        }
    raw = json.dumps(item, separators=(",", ":"), ensure_ascii=False).replace("/", "\\/")
    return packed({
        "platform": "wordpress", "id": f"{site[8:]}/{kind}/{number}", "url": item["link"], "type": kind, "author.name": item.get("author_name", ""), "author.id": str(item["author"]),
        "posted": when + ".000Z", "fetched": stamp(), "text": text, "summary": item.get("title", {}).get("rendered", ""), "visibility": item["status"],
        "reply.to": f"{site[8:]}/comment/{digits(1, 5)}" if kind == "comment" else "", "thread": f"{site[8:]}/post/{post}" if kind == "comment" else "",
        "exchange": digits(1, 7), "source": letters(3, 9), "raw": raw,
    }, {"text", "summary", "author.name"})


def feed():
    site = f"https://{host()}"
    text, title, link = " ".join(words()), " ".join(words()[:6]), f"{site}/{letters(4, 24)}/"
    if rng.random() < 0.6:
        raw = (f"<item>\n\t\t<title>{title}</title>\n\t\t<link>{link}</link>\n\t\t<comments>{link}#comments</comments>\n\t\t<dc:creator><![CDATA[{letters(4, 12)}]]></dc:creator>\n"
               f"\t\t<pubDate>{letters(3, 3)}, {digits(2, 2)} {letters(3, 3)} 20{digits(2, 2)} {digits(2, 2)}:{digits(2, 2)}:{digits(2, 2)} +0000</pubDate>\n\t\t<category><![CDATA[{letters(4, 12)}]]></category>\n"
               f"\t\t<guid isPermaLink=\"false\">{site}/?p={digits(1, 5)}</guid>\n\t\t<description><![CDATA[<p>{text}</p>]]></description>\n\t\t<content:encoded><![CDATA[<p>{text}</p>\n]]></content:encoded>\n"
               f"\t\t<wfw:commentRss>{link}feed/</wfw:commentRss>\n\t\t<slash:comments>{digits(1, 2)}</slash:comments>\n\t\t</item>")
    else:
        raw = (f"<entry>\n\t\t<author>\n\t\t\t<name>{letters(4, 12)}</name>\n\t\t\t<uri>{site}</uri>\n\t\t</author>\n\t\t<title type=\"html\"><![CDATA[{title}]]></title>\n"
               f"\t\t<link rel=\"alternate\" type=\"text/html\" href=\"{link}\" />\n\t\t<id>{site}/?p={digits(1, 5)}</id>\n\t\t<updated>{stamp('', 'Z')}</updated>\n\t\t<published>{stamp('', 'Z')}</published>\n"
               f"\t\t<category scheme=\"{site}\" term=\"{letters(4, 12)}\" />\n\t\t<summary type=\"html\"><![CDATA[{text}]]></summary>\n\t\t<content type=\"html\" xml:base=\"{link}\"><![CDATA[<p>{text}</p>]]></content>\n\t</entry>")
    return packed({"platform": "feed", "id": f"{site}/?p={digits(1, 5)}", "url": link, "type": "post", "author.name": letters(4, 12), "posted": stamp(), "edited": stamp(),
                   "fetched": stamp(), "text": text, "summary": title, "tags": letters(4, 12), "exchange": digits(1, 7), "source": letters(3, 9), "lang": letters(2, 2), "raw": raw},
                  {"text", "summary", "author.name"})


def exchange():
    items = rng.randint(1, 60)
    places = "".join(f"{i + 1} {rng.randint(1, 999999)}\n" for i in range(items))
    return packed({"source": letters(3, 9), "agent": f"muniment/{digits(1, 1)}.{digits(1, 1)}.{digits(1, 1)}", "method": "GET", "url": f"https://{host()}/wp-json/wp/v2/comments?per_page=100&page={digits(1, 2)}&orderby=id&order=asc",
                   "status": "200", "headers": f"Date: {letters(8, 20)}\nServer: {letters(4, 10)}\nContent-Type: application/json; charset=UTF-8\nContent-Encoding: gzip\nCache-Control: no-cache\nETag: \"{letters(10, 20)}\"\nLast-Modified: {letters(20, 29)}\nLink: <https://{host()}/>; rel=\"next\"\nX-WP-Total: {digits(1, 4)}\nX-WP-TotalPages: {digits(1, 2)}\nVary: Accept-Encoding\nTransfer-Encoding: chunked",
                   "started": stamp(), "fetched": stamp(), "peer": f"{digits(2, 3)}.{digits(1, 3)}.{digits(1, 3)}.{digits(1, 3)}:443", "tls": f"TLSv1.3, certificate of {host()}, verified",
                   "format": rng.choice(["mastodon", "wordpress", "feed"]), "payload.sha256": "".join(rng.choice("0123456789abcdef") for _ in range(64)), "payload.size": digits(3, 6),
                   "frame": "[" + "," * (items - 1) + "]", "frame.items": places}, set())


def coverage():
    return packed({"source": letters(3, 9), "agent": f"muniment/{digits(1, 1)}.{digits(1, 1)}.{digits(1, 1)}", "started": stamp(), "finished": stamp(), "outcome": rng.choice(["complete", "partial", "failed"]),
                   "pages": digits(1, 3), "new": digits(1, 3), "changed": digits(1, 2), "unchanged": digits(1, 4), "missing": digits(1, 1), "cursor": digits(17, 18), "covers.from": stamp()}, set())


def main():
    makers = [mastodon] * 6 + [wordpress] * 3 + [feed] * 2 + [exchange, coverage]
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for i in range(6000):
            path = Path(folder) / f"{i:05}"
            path.write_bytes(makers[i % len(makers)]())
            files.append(str(path))
        listing = Path(folder) / "list"
        listing.write_text("\n".join(files))
        subprocess.run(["zstd", "-q", "--train-cover=k=400,d=8,steps=1", "-T1", "--maxdict=16384", "--filelist", str(listing), "-f", "-o", sys.argv[1]], check=True)


main()
