"""No signal, and a phone's store that fails, in the engines that are not in every run."""

from tests.engines.steps import FIELD, FORM, TYPED

NO_SIGNAL = """void (() => {
    const ask = window.fetch;
    window.fetch = (address, ...more) => String(address).includes("/signal/")
        ? Promise.reject(new TypeError("no signal")) : ask(address, ...more);
})()"""
STORE_REFUSED = """void (IDBDatabase.prototype.transaction = () => {
    throw new DOMException("refused", "InvalidStateError"); })"""
CONNECTION_DIES = """void (() => {
    const begin = IDBDatabase.prototype.transaction;
    let isDead = false;
    IDBDatabase.prototype.transaction = function (...words) {
        if (!isDead) { isDead = true; this.close(); }
        return begin.apply(this, words);
    };
})()"""
SAVE = ".save-bar button:not(.visually-hidden)"
FIRST_COUNTER = "[...document.querySelectorAll('.tally-counter')].find(one => one.offsetParent)"
CHOOSE_A_SITE = """void (() => {
    const sites = document.querySelector("#tally-site");
    sites.selectedIndex = 1;
    sites.dispatchEvent(new Event("change", { bubbles: true }));
})()"""


def open_the_tally(somebody):
    somebody.goes_to("/tally/")
    somebody.waits_until(
        lambda: somebody.browser.run("!document.querySelector('#tally').hidden"), "no counters"
    )
    somebody.browser.run(CHOOSE_A_SITE)


def counted(somebody):
    return int(somebody.browser.run(f"parseInt({FIRST_COUNTER}.innerText)"))


def tap(somebody):
    somebody.browser.run(f"void {FIRST_COUNTER}.click()")


def test_a_form_without_a_signal_stays_as_it_is_and_says_so(somebody):
    somebody.signs_in()
    somebody.goes_to(FORM)
    somebody.types(FIELD, TYPED)
    somebody.browser.run(NO_SIGNAL)

    somebody.browser.run(f"void document.querySelector('{SAVE}').click()")

    somebody.waits_until(lambda: "Nothing is lost" in somebody.sees(), "says nothing")
    assert somebody.value_of(FIELD) == TYPED


def test_a_tap_is_kept_although_the_connection_to_the_store_died(somebody):
    somebody.signs_in()
    open_the_tally(somebody)
    before = counted(somebody)
    somebody.browser.run(CONNECTION_DIES)

    tap(somebody)

    somebody.waits_until(lambda: counted(somebody) == before + 1, "the tap was not kept")
    assert "not kept" not in somebody.sees()


def test_a_store_that_refuses_says_that_nothing_is_kept(somebody):
    somebody.signs_in()
    open_the_tally(somebody)
    somebody.browser.run(STORE_REFUSED)

    tap(somebody)

    somebody.waits_until(lambda: "not kept on this phone" in somebody.sees().lower(), "silent")


def test_a_store_that_refuses_stops_no_ordinary_save(somebody):
    somebody.signs_in()
    somebody.goes_to("/log/playground/")
    somebody.browser.run(STORE_REFUSED)

    somebody.presses(SAVE)

    assert "No signal" not in somebody.sees()
