/* The counters: every tap is on the phone's disk before the next one, with or without a signal. */

(() => {
  const $ = (name) => document.getElementById(`tally-${name}`);
  const page = document.getElementById("tally");
  const status = $("status");
  const groups = [...page.querySelectorAll(".tally-counters")];
  const QUICK = 4000;
  const MOST_MINUTES = 960;
  let tally = null;

  const afresh = (owner, before = {}) => ({
    owner,
    kind: before.kind || groups[0].dataset.kind,
    site: before.site || "",
    taps: [],
    startedAt: null,
    finishedAt: null,
    token: crypto.randomUUID(),
  });

  const say = (text, link) => {
    status.textContent = text;
    if (link) status.append(" ", Object.assign(document.createElement("a"), link));
  };

  const group = () => groups.find((one) => one.dataset.kind === tally.kind);
  const buttons = () => [...group().querySelectorAll(".tally-counter")];
  const count = (field) => tally.taps.filter((tap) => tap === field).length;
  const words = (button) => button.querySelector(".tally-word").textContent;

  function show() {
    $("kind").value = tally.kind;
    $("site").value = tally.site;
    for (const one of groups) one.hidden = one !== group();
    for (const button of buttons()) {
      button.querySelector(".tally-number").textContent = count(button.dataset.field);
    }
    $("undo").disabled = !tally.taps.length;
    $("afresh").hidden = !tally.finishedAt;
    showClock();
    page.hidden = false;
  }

  function elapsed() {
    return tally.startedAt ? (tally.finishedAt || Date.now()) - tally.startedAt : 0;
  }

  function showClock() {
    if (!tally || !tally.startedAt) return $("clock").replaceChildren("Start the clock");
    const seconds = Math.floor(elapsed() / 1000);
    const two = (number) => String(number).padStart(2, "0");
    $("clock").textContent =
      `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}` +
      (tally.finishedAt ? " stopped" : "");
  }

  async function save() {
    show();
    await phone.setRunning(tally);
  }

  function runClock() {
    if (!tally.startedAt) tally.startedAt = Date.now();
    tally.finishedAt = null;
  }

  async function tap(button) {
    runClock();
    tally.taps.push(button.dataset.field);
    if (navigator.vibrate) navigator.vibrate(15);
    say(`${words(button)}: ${count(button.dataset.field)}`);
    await save();
  }

  async function undo() {
    const field = tally.taps.pop();
    const button = buttons().find((one) => one.dataset.field === field);
    if (button) say(`Undone. ${words(button)}: ${count(field)}`);
    await save();
  }

  /* The fields of the log form, filled in. */
  function values() {
    const start = new Date(tally.startedAt);
    const two = (number) => String(number).padStart(2, "0");
    const minutes = Math.min(MOST_MINUTES, Math.max(1, Math.round(elapsed() / 60000)));
    const counted = buttons().map((button) => [button.dataset.field, String(count(button.dataset.field))]);
    const people = count("adults") + count("children");
    const fields = counted.map(([field]) => field);
    const hasPeople = fields.includes("adults") && (people || !fields.includes("conversations"));
    return [
      ["form_token", tally.token],
      ["date", `${start.getFullYear()}-${two(start.getMonth() + 1)}-${two(start.getDate())}`],
      ["starts_at", `${two(start.getHours())}:${two(start.getMinutes())}`],
      ["site", tally.site],
      ["contact_minutes", String(minutes)],
      ...(hasPeople ? [["attendance", String(people)]] : []),
      ...counted.filter(([field]) => hasPeople || !["adults", "children"].includes(field)),
    ];
  }

  async function finish() {
    if (!tally.startedAt) return say("Nothing is counted yet. Tap a counter, or start the clock.");
    if (!tally.site) {
      say("Choose the site first.");
      return $("site").focus();
    }
    $("finish").disabled = true;
    try {
      tally.finishedAt = tally.finishedAt || Date.now();
      await save();
      say("Looking for a signal…");
      const now = navigator.onLine && (await sender.ready("", QUICK).catch(() => false));
      if (now && now.owner === tally.owner) {
        location.assign(`/log/${tally.kind}/?${new URLSearchParams(values())}`);
      } else {
        await keep();
      }
    } finally {
      $("finish").disabled = false;
    }
  }

  async function keep() {
    await phone.keep(tally.owner, tally.kind, values());
    tally = afresh(tally.owner, tally);
    await save();
    const waiting = (await phone.waiting(tally.owner)).length;
    say(`Kept on this phone, ${waiting} waiting. It is sent by itself when there is a signal.`);
    document.dispatchEvent(new CustomEvent("kept", { detail: { state: "kept" } }));
    sender.look();
  }

  async function open(owner) {
    const running = await phone.running(owner);
    const isKept = running && (await phone.waiting(owner)).some((item) => new Map(item.values).get("form_token") === running.token);
    tally = running && !isKept ? running : afresh(owner, running);
    show();
  }

  /* What only the server knows: who is signed in, their usual site, whether the last one is saved. */
  async function ask() {
    let now;
    try {
      now = await sender.ready(`?usual${tally && tally.finishedAt ? `&token=${tally.token}` : ""}`);
    } catch {
      return say(tally ? "No signal. What you finish is kept on this phone." : "Open this page once with a signal, signed in.");
    }
    if (!now) return say(tally ? "You are signed out. What you finish is kept on this phone." : "Sign in to count.", { href: "/account/login/?next=/tally/", textContent: "Sign in" });
    if (!tally || tally.owner !== now.owner) await open(now.owner);
    if (now.is_saved) tally = afresh(tally.owner, tally);
    if (tally.finishedAt) say("Finished, but not saved yet.");
    const known = now.sites.map(String).find((site) => $("site").querySelector(`option[value="${CSS.escape(site)}"]`));
    if (!tally.site && known) tally.site = known;
    await save();
  }

  page.addEventListener("click", (event) => {
    const button = event.target.closest(".tally-counter");
    if (button) tap(button);
  });
  $("undo").addEventListener("click", undo);
  $("finish").addEventListener("click", finish);
  $("afresh").addEventListener("click", async () => {
    tally = afresh(tally.owner, tally);
    say("");
    await save();
  });
  $("clock").addEventListener("click", async () => {
    if (!tally.startedAt) runClock();
    await save();
  });
  for (const name of ["kind", "site"]) {
    $(name).addEventListener("change", async () => {
      tally[name] = $(name).value;
      await save();
    });
  }
  setInterval(showClock, 1000);
  // A page that the browser had put aside may have been saved, or signed out, meanwhile.
  addEventListener("pageshow", (event) => event.persisted && location.reload());

  (async () => {
    const owner = await phone.owner();
    if (owner) await open(owner);
    await ask();
    sender.look();
  })();
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register("/tally-worker.js", { scope: "/tally/" }).catch(() => {});
  }
})();
