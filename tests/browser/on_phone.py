"""What tests do with a worker's phone: count, cut the network, and read what it keeps."""

import re

from playwright.sync_api import expect

LAST = "SELECT coalesce(max(id), 0) FROM activities_activity"
WAITING = """() => new Promise((resolve, reject) => {
    const opening = indexedDB.open("eitrack");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
        const all = {}, names = [...opening.result.objectStoreNames];
        const reading = opening.result.transaction(names);
        for (const name of names) {
            const request = reading.objectStore(name).getAll();
            request.onsuccess = () => all[name] = request.result;
        }
        reading.oncomplete = () => { opening.result.close(); resolve(all); };
    };
})"""
CHANGE_WAITING = """(changes) => new Promise((resolve) => {
    indexedDB.open("eitrack").onsuccess = ({ target: { result: base } }) => {
        const change = base.transaction("waiting", "readwrite");
        const store = change.objectStore("waiting");
        store.getAll().onsuccess = ({ target: { result: items } }) => {
            for (const item of items) {
                const values = item.values.map(([name, value]) => [name, changes[name] ?? value]);
                store.put({ ...item, ...changes.item, values });
            }
        };
        change.oncomplete = () => { base.close(); resolve(); };
    };
})"""
SERVED_BY = """async () => {
    const one = await navigator.serviceWorker.getRegistration("%s");
    return Boolean(one && one.active && new URL(one.scope).pathname === "%s");
}"""
IN_CACHES = """async () => {
    const found = {};
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            const answer = await cache.match(request, { ignoreVary: true });
            found[new URL(request.url).pathname] =
                [...answer.headers].flat().join(" ") + await answer.text();
        }
    }
    return found;
}"""


def until(page, condition):
    """Wait for an asynchronous condition; Playwright alone would take its promise as met."""
    assert waited_for(page, condition), f"Waited in vain: {condition}"


def waited_for(page, condition):
    """Whether the condition was met within fifteen seconds."""
    return page.evaluate(
        f"""async () => {{
            for (let tries = 0; !(await ({condition})()); tries++) {{
                if (tries === 300) return false;
                await new Promise((go) => setTimeout(go, 50));
            }}
            return true;
        }}"""
    )


def open_tally(page):
    page.goto("/tally/")
    until(page, SERVED_BY % ("/tally/", "/tally/"))
    until(page, "async () => (await caches.match('/tally/', {ignoreVary: true})) !== undefined")
    expect(counter(page, "Begun by a family")).to_be_visible()
    if not page.locator("#tally-site").input_value():
        page.locator("#tally-site").select_option(index=1)


def counter(page, words):
    return page.get_by_role("button", name=re.compile(words)).locator("visible=true")


def expect_nothing_waiting(page):
    """Any page of the server sends what is kept, so this may have happened before the tally."""
    until(page, f"async () => (await ({WAITING})()).waiting.length === 0")
    expect(page.locator(".kept-refused")).to_have_count(0)


def status(page):
    """What was answered to the last touch."""
    return page.locator("#tally-status")


def state(page):
    """What is true at the moment: no signal, how much waits."""
    return page.locator("#tally-state")


def kept_heading(page):
    return page.locator("#kept-heading:visible")


def count_conversations(page, number):
    for _ in range(number):
        counter(page, "Begun by a family").click()
    page.get_by_role("button", name="Finish").click()


def waiting(page):
    return page.evaluate(WAITING)["waiting"]


def look_for_signal(page):
    page.evaluate("dispatchEvent(new Event('online'))")


def saved_after(server, last):
    """Conversations of the records saved since, in the order of saving."""
    text = server.ask(
        "SELECT group_concat(conversations, ' ') FROM "
        "(SELECT conversations FROM activities_activity WHERE id > ? ORDER BY id)",
        last,
    )[0]
    return [int(word) for word in (text or "").split()]


class Wire:
    """The network between phone and server, to be cut."""

    def __init__(self, page):
        self.page = page

    def cut(self):
        self.page.context.set_offline(True)

    def mend(self):
        self.page.context.set_offline(False)


def finish_without_signal(page, number, waiting=1):
    """Count conversations, finish, and leave what was kept as it is."""
    count_conversations(page, number)
    expect(state(page)).to_contain_text(f"{waiting} waiting")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("button", name="Done")).to_have_count(0)
