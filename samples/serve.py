#!/usr/bin/env python3
"""Serves samples/harbour-week as a live site on 127.0.0.1: a WordPress blog and a Mastodon server.

    serve.py [--port N] [--port-file FILE] [--day 1|2]     serve until stopped; N = 0 takes a free port
    serve.py --save FOLDER                                 write the pages as files instead, day by day

The week has two states. Day 1 ends on Wednesday at seven; by day 2 posts were added, edited, put in the
bin and deleted. `POST /day/2` moves the clock on. Python's standard library only.
"""
import argparse
import email.utils
import hashlib
import html
import http.server
import json
import os
import re
import sys
import urllib.parse
from datetime import datetime, timezone

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "harbour-week")
BLOG = "https://blog.wexcombe.example"
HOME_SERVER = "social.wexcombe.example"


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


class Week:
    """What there is to see on a day."""

    def __init__(self, day):
        with open(os.path.join(FOLDER, "week.json"), encoding="utf-8") as file:
            self.source = json.load(file)
        self.day = day
        self.people = self.source["people"]
        self.ids = {}
        for number, item in enumerate(self.source["statuses"]):
            milliseconds = int(moment(item["at"]).timestamp() * 1000)
            self.ids[item["key"]] = str((milliseconds << 16) | (number * 977 & 0xFFFF))
        self.gone = {kind: {} for kind in ("statuses", "posts", "pages", "comments")}
        for kind in self.gone:
            setattr(self, kind, self.select(kind))

    def select(self, kind):
        kept = []
        for item in self.source[kind]:
            change = item.get("day_two") if self.day >= 2 else None
            if item.get("day", 1) > self.day:
                continue
            if isinstance(change, str):
                self.gone[kind][self.ids[item["key"]] if kind == "statuses" else item["id"]] = change
                continue
            kept.append({**item, **(change or {})})
        return kept

    # Mastodon

    def account(self, user, full=True):
        person = self.people[user]
        home = f"https://{person['server']}"
        local = person["server"] == HOME_SERVER
        number = str(109000000000000000 + sorted(self.people).index(user) * 7919)
        picture = f"{home}/avatars/original/missing.png"
        account = {
            "id": number, "username": user, "acct": user if local else f"{user}@{person['server']}",
            "display_name": person["name"], "locked": False, "bot": False, "created_at": "2022-11-14T00:00:00.000Z",
            "note": f"<p>{html.escape(person['note'], quote=False)}</p>", "url": f"{home}/@{user}",
            "uri": f"{home}/users/{user}", "avatar": picture, "avatar_static": picture,
            "header": f"{home}/headers/original/missing.png", "header_static": f"{home}/headers/original/missing.png",
            "followers_count": person["followers"], "following_count": 60, "statuses_count": 900,
            "last_status_at": "2026-03-04", "emojis": [], "fields": []}
        return account if full else {key: account[key] for key in ("id", "username", "url", "acct")}

    def status(self, item):
        number = self.ids[item["key"]]
        said_to = next((p for p in self.source["statuses"] if p["key"] == item.get("re")), None)
        parent = said_to if self.by_key(item.get("re")) else None  # a server forgets a deleted parent
        account = self.account(item["who"])
        text = html.escape(item["text"], quote=False)
        text = re.sub(r"(https://\S+)", r'<a href="\1" target="_blank" rel="nofollow noopener noreferrer"><span class="invisible">https://</span><span class="">\1</span></a>', text).replace('<span class="">https://', '<span class="">')
        for tag in item.get("tags", []):
            link = f"https://{HOME_SERVER}/tags/{tag}"
            text = text.replace("#" + tag, f'<a href="{link}" class="mention hashtag" rel="tag">#<span>{tag}</span></a>')
        mentions = []
        if said_to is not None and said_to["who"] != item["who"]:
            mention = self.account(said_to["who"], full=False)
            mentions.append(mention)
            text = f'<span class="h-card" translate="no"><a href="{mention["url"]}" class="u-url mention">@<span>{said_to["who"]}</span></a></span> {text}'
        replies = sum(1 for other in self.statuses if other.get("re") == item["key"])
        server = self.people[item["who"]]["server"]
        return {
            "id": number, "created_at": item["at"] + ".000Z", "in_reply_to_id": self.ids[parent["key"]] if parent else None,
            "in_reply_to_account_id": self.account(parent["who"])["id"] if parent else None, "sensitive": False,
            "spoiler_text": "", "visibility": "public", "language": item.get("lang", "en"),
            "uri": f"https://{server}/users/{item['who']}/statuses/{number}", "url": f"https://{server}/@{item['who']}/{number}",
            "replies_count": replies, "reblogs_count": len(item["text"]) % 7, "favourites_count": len(item["text"]) % 23,
            "edited_at": item["edited"] + ".000Z" if "edited" in item else None, "content": f"<p>{text}</p>", "reblog": None,
            "application": None, "account": account, "media_attachments": [], "mentions": mentions,
            "tags": [{"name": tag.lower(), "url": f"https://{HOME_SERVER}/tags/{tag.lower()}"} for tag in item.get("tags", [])],
            "emojis": [], "card": None, "poll": None}

    def by_key(self, key):
        return next((item for item in self.statuses if item["key"] == key), None)

    def by_id(self, number):
        return next((item for item in self.statuses if self.ids[item["key"]] == number), None)

    def context(self, item):
        ancestors, at = [], item
        while at is not None and at.get("re"):
            at = next((other for other in self.statuses if other["key"] == at["re"]), None)
            if at is not None:
                ancestors.insert(0, at)
        descendants, reached = [], {item["key"]}
        for other in self.statuses:
            if other.get("re") in reached:
                reached.add(other["key"])
                descendants.append(other)
        return {"ancestors": [self.status(a) for a in ancestors], "descendants": [self.status(d) for d in descendants]}

    # WordPress

    def post(self, item, kind="posts", embed=False):
        one = "post" if kind == "posts" else "page"
        link = f"{BLOG}/2026/03/{item['slug']}/" if kind == "posts" else f"{BLOG}/{item['slug']}/"
        edited = item.get("edited", item["at"])
        plain = re.sub("<[^>]+>", "", item["html"])
        shown = {
            "id": item["id"], "date": item["at"], "date_gmt": item["at"], "guid": {"rendered": f"{BLOG}/?p={item['id']}"},
            "modified": edited, "modified_gmt": edited, "slug": item["slug"], "status": "publish", "type": one, "link": link,
            "title": {"rendered": item["title"]}, "content": {"rendered": item["html"] + "\n", "protected": False},
            "excerpt": {"rendered": f"<p>{plain[:120].strip()} [&hellip;]</p>\n", "protected": False}, "author": 2,
            "featured_media": 0, "comment_status": "open", "ping_status": "closed", "sticky": False, "template": "",
            "format": "standard", "meta": [], "categories": [1], "tags": []}
        if embed:
            shown["_embedded"] = {"author": [{"id": 2, "name": "Town Clerk", "url": "", "description": "", "link": f"{BLOG}/author/clerk/", "slug": "clerk"}]}
        return shown

    def comment(self, item):
        link = next(p["slug"] for p in self.source["posts"] if p["id"] == item["post"])
        return {
            "id": item["id"], "post": item["post"], "parent": item.get("parent", 0), "author": 2 if item.get("official") else 0,
            "author_name": item["who"], "author_url": "", "date": item["at"], "date_gmt": item["at"],
            "content": {"rendered": item["html"] + "\n"}, "link": f"{BLOG}/2026/03/{link}/#comment-{item['id']}",
            "status": "approved", "type": "comment", "meta": []}

    def rss(self):
        items = []
        for item in sorted(self.posts, key=lambda p: p["at"], reverse=True)[:10]:
            link = f"{BLOG}/2026/03/{item['slug']}/"
            items.append(
                f"<item>\n<title>{html.escape(item['title'])}</title>\n<link>{link}</link>\n"
                f"<dc:creator><![CDATA[Town Clerk]]></dc:creator>\n<pubDate>{email.utils.format_datetime(moment(item['at']))}</pubDate>\n"
                f"<guid isPermaLink=\"false\">{BLOG}/?p={item['id']}</guid>\n"
                f"<content:encoded><![CDATA[{item['html']}]]></content:encoded>\n</item>\n")
        newest = max(item.get("edited", item["at"]) for item in self.posts)
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel>\n<title>Wexcombe Harbour: the Town Hall blog</title>\n'
            f"<link>{BLOG}/</link>\n<description>News of an invented town</description>\n"
            f"<lastBuildDate>{email.utils.format_datetime(moment(newest))}</lastBuildDate>\n{''.join(items)}</channel>\n</rss>\n")


def wordpress_json(value):
    return json.dumps(value, separators=(",", ":")).replace("/", "\\/")


def mastodon_json(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


class Answer(Exception):
    """What is sent back, thrown from wherever it is known."""

    def __init__(self, status, body, kind="application/json; charset=utf-8", headers=()):
        super().__init__(status)
        self.status, self.body, self.kind, self.headers = status, body, kind, dict(headers)


class Site:
    def __init__(self, day):
        self.week = Week(day)
        self.base = ""

    def answer(self, path, query):
        one = {key: values[-1] for key, values in query.items()}
        routes = [
            (r"/", self.front), (r"/wp-json/?", self.index), (r"/wp-json/wp/v2/(posts|pages|comments)/?", self.listing),
            (r"/wp-json/wp/v2/(posts|pages|comments)/(\d+)/?", self.single), (r"/feed/?", self.feed),
            (r"/api/v[12]/instance", self.instance), (r"/api/v1/accounts/lookup", self.lookup),
            (r"/api/v1/accounts/(\d+)", self.account), (r"/api/v1/accounts/(\d+)/statuses", self.account_statuses),
            (r"/api/v1/timelines/tag/([^/]+)", self.tag), (r"/api/v1/statuses/(\d+)", self.status),
            (r"/api/v1/statuses/(\d+)/context", self.context)]
        for pattern, route in routes:
            match = re.fullmatch(pattern, path)
            if match:
                route(one, *match.groups())
        raise Answer(404, "<!DOCTYPE html><title>Not found</title>", "text/html; charset=utf-8")

    def front(self, _query):
        raise Answer(200, f'<!DOCTYPE html><title>Wexcombe Harbour</title><link rel="https://api.w.org/" href="{self.base}/wp-json/">',
                     "text/html; charset=utf-8", {"Link": f'<{self.base}/wp-json/>; rel="https://api.w.org/"'})

    def index(self, _query):
        raise Answer(200, wordpress_json({"name": "Wexcombe Harbour", "description": "", "url": BLOG, "home": BLOG, "gmt_offset": 0,
                                          "timezone_string": "Europe/London", "namespaces": ["oembed/1.0", "wp/v2"], "authentication": [], "routes": {}}))

    def listing(self, query, kind):
        items = sorted(getattr(self.week, kind), key=lambda i: (i["at"], i["id"]), reverse=query.get("order", "desc") != "asc")
        if query.get("orderby") == "id":
            items.sort(key=lambda i: i["id"], reverse=query.get("order", "desc") != "asc")
        if query.get("orderby") == "modified":
            items.sort(key=lambda i: (i.get("edited", i["at"]), i["id"]), reverse=query.get("order", "desc") != "asc")
        changed = lambda i: i.get("edited", i["at"])
        for name, keep in (("after", lambda i, v: i["at"] > v), ("before", lambda i, v: i["at"] < v),
                           ("modified_after", lambda i, v: changed(i) > v), ("modified_before", lambda i, v: changed(i) < v)):
            if name in query:
                items = [item for item in items if keep(item, query[name][:19])]
        for name in ("include", "post", "parent"):
            if name in query:
                wanted = {int(n) for n in re.findall(r"\d+", query[name])}
                items = [item for item in items if item.get("id" if name == "include" else name, 0) in wanted]
        try:
            size, page = int(query.get("per_page", 10)), int(query.get("page", 1))
        except ValueError:
            size = 0
        if not 1 <= size <= 100 or page < 1:
            self.refuse(400, "rest_invalid_param", "Invalid parameter(s): per_page")
        pages = max(1, -(-len(items) // size))
        if page > pages and kind != "comments":
            self.refuse(400, "rest_post_invalid_page_number", "The page number requested is larger than the number of pages available.")
        headers = {"X-WP-Total": len(items), "X-WP-TotalPages": pages}
        if page < pages:
            rest = urllib.parse.urlencode({**query, "page": page + 1})
            headers["Link"] = f'<{self.base}/wp-json/wp/v2/{kind}?{rest}>; rel="next"'
        shown = items[(page - 1) * size:page * size]
        raise Answer(200, wordpress_json([self.wordpress(kind, item, query) for item in shown]), headers=headers)

    def wordpress(self, kind, item, query):
        return self.week.comment(item) if kind == "comments" else self.week.post(item, kind, "_embed" in query)

    def refuse(self, status, code, words):
        raise Answer(status, wordpress_json({"code": code, "message": words, "data": {"status": status}}))

    def single(self, query, kind, number):
        item = next((i for i in getattr(self.week, kind) if i["id"] == int(number)), None)
        one = {"posts": "post", "pages": "post", "comments": "comment"}[kind]
        if item is not None:
            raise Answer(200, wordpress_json(self.wordpress(kind, item, query)))
        if self.week.gone[kind].get(int(number)) == "trashed":
            self.refuse(401, "rest_cannot_read" if kind == "comments" else "rest_forbidden", "Sorry, you are not allowed to read this.")
        self.refuse(404, f"rest_{one}_invalid_id", f"Invalid {one} ID.")

    def feed(self, _query):
        raise Answer(200, self.week.rss(), "application/rss+xml; charset=UTF-8")

    def instance(self, _query):
        raise Answer(200, mastodon_json({"domain": HOME_SERVER, "uri": HOME_SERVER, "title": "Wexcombe Harbour", "version": "4.2.10"}))

    def unknown(self):
        raise Answer(404, '{"error":"Record not found"}')

    def lookup(self, query):
        user = query.get("acct", "").lstrip("@").split("@")[0]
        if user not in self.week.people:
            self.unknown()
        raise Answer(200, mastodon_json(self.week.account(user)))

    def user_of(self, number):
        return next((user for user in self.week.people if self.week.account(user)["id"] == number), None) or self.unknown()

    def account(self, _query, number):
        raise Answer(200, mastodon_json(self.week.account(self.user_of(number))))

    def statuses(self, query, items, path):
        number = lambda item: int(self.week.ids[item["key"]])
        items = sorted(items, key=number, reverse=True)
        size = min(40, int(query.get("limit", 20)))
        if query.get("exclude_replies") == "true":
            items = [item for item in items if not item.get("re")]
        if "max_id" in query:
            items = [item for item in items if number(item) < int(query["max_id"])]
        if "since_id" in query:
            items = [item for item in items if number(item) > int(query["since_id"])]
        if "min_id" in query:
            items = [item for item in items if number(item) > int(query["min_id"])][-size:]
        items, more = items[:size], len(items) > size
        headers = {}
        if items:
            links = [f'<{self.base}{path}?{urllib.parse.urlencode({**query, "min_id": number(items[0])})}>; rel="prev"']
            if more:
                links.insert(0, f'<{self.base}{path}?{urllib.parse.urlencode({**query, "max_id": number(items[-1])})}>; rel="next"')
            headers["Link"] = ", ".join(links)
        raise Answer(200, mastodon_json([self.week.status(item) for item in items]), headers=headers)

    def account_statuses(self, query, number):
        user = self.user_of(number)
        self.statuses(query, [item for item in self.week.statuses if item["who"] == user], f"/api/v1/accounts/{number}/statuses")

    def tag(self, query, tag):
        tag = urllib.parse.unquote(tag).lower()
        tagged = [item for item in self.week.statuses if tag in (t.lower() for t in item.get("tags", []))]
        self.statuses(query, tagged, f"/api/v1/timelines/tag/{tag}")

    def status(self, _query, number):
        raise Answer(200, mastodon_json(self.week.status(self.week.by_id(number) or self.unknown())))

    def context(self, _query, number):
        raise Answer(200, mastodon_json(self.week.context(self.week.by_id(number) or self.unknown())))


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "WexcombeHarbour/1"
    site = None

    def send(self, answer, wanted=None):
        body = answer.body.encode("utf-8")
        tag = '"%s"' % hashlib.sha256(body).hexdigest()[:16]
        feed = "xml" in answer.kind
        fresh = feed and wanted is not None and wanted == tag
        self.send_response(304 if fresh else answer.status)
        if feed:
            self.send_header("ETag", tag)
        for name, value in answer.headers.items():
            self.send_header(name, str(value))
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", "0" if fresh else str(len(body)))
        self.end_headers()
        if not fresh:
            self.wfile.write(body)

    def do_GET(self):
        parts = urllib.parse.urlsplit(self.path)
        self.site.base = "http://" + self.headers.get("Host", "127.0.0.1")
        try:
            self.site.answer(parts.path, urllib.parse.parse_qs(parts.query))
        except Answer as answer:
            self.send(answer, self.headers.get("If-None-Match"))

    def do_POST(self):
        match = re.fullmatch(r"/day/([12])", self.path)
        if not match:
            self.send(Answer(404, "{}"))
            return
        self.site.week = Week(int(match.group(1)))
        self.send(Answer(200, json.dumps({"day": self.site.week.day})))

    def log_message(self, *_arguments):
        pass


def save(folder):
    """Writes the pages as saved files, as somebody would have kept them who had no archive."""
    for day in (1, 2):
        week = Week(day)
        place = os.path.join(folder, f"day-{day}")
        os.makedirs(place, exist_ok=True)
        newest = lambda items: sorted(items, key=lambda i: i["at"], reverse=True)
        pages = {
            "mastodon-statuses.json": mastodon_json([week.status(i) for i in newest(week.statuses)]),
            "wordpress-posts.json": wordpress_json([week.post(i, embed=True) for i in newest(week.posts)]),
            "wordpress-comments.json": wordpress_json([week.comment(i) for i in newest(week.comments)]),
            "feed.xml": week.rss()}
        for name, text in pages.items():
            with open(os.path.join(place, name), "w", encoding="utf-8", newline="") as file:
                file.write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=8190)
    parser.add_argument("--port-file")
    parser.add_argument("--day", type=int, choices=(1, 2), default=1)
    parser.add_argument("--save", metavar="FOLDER")
    options = parser.parse_args()
    if options.save:
        save(options.save)
        return
    Handler.site = Site(options.day)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", options.port), Handler)
    port = server.server_address[1]
    if options.port_file:
        with open(options.port_file + ".part", "w", encoding="ascii") as file:
            file.write(f"{port}\n")
        os.rename(options.port_file + ".part", options.port_file)
    print(f"serving Wexcombe Harbour, day {options.day}, on http://127.0.0.1:{port}/", file=sys.stderr, flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
