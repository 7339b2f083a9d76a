/* The counters: a tap is counted when the phone's disk has it, with or without a signal. What the
   disk does not take is shown apart, and still goes into the form that Finish opens. */

(() => {
  const $ = (name) => document.getElementById(`tally-${name}`);
  const page = document.getElementById("tally");
  const groups = [...page.querySelectorAll(".tally-counters")];
  const QUICK = 4000;
  const AGAIN = 5000;
  let tally = null;
  // What of it is on the disk, and what the disk was asked to take last; where the server is; how much waits.
  let kept = null;
  let asked = null;
  let fails = false;
  let state = "looked";
  let waiting = 0;
  let turn = Promise.resolve();

  const say = (text) => {
    $("status").textContent = text;
  };
  const group = () => groups.find((one) => one.dataset.kind === tally.kind) || groups[0];
  const buttons = () => [...group().querySelectorAll(".tally-counter")];
  const words = (button) => button.querySelector(".tally-word").textContent;
  const startAfresh = (owner, before = { kind: groups[0].dataset.kind }) => tallying.afresh(owner, before);

  /* How many of a counter's taps are on the disk, and how many are not. */
  function counted(field) {
    const all = tallying.count(tally, field);
    const safe = kept && kept.token === tally.token ? Math.min(all, tallying.count(kept, field)) : 0;
    return [safe, fails ? all - safe : 0];
  }

  function show() {
    $("kind").value = tally.kind;
    $("site").value = tally.site;
    for (const one of groups) one.hidden = one !== group();
    for (const button of buttons()) {
      const [safe, more] = counted(button.dataset.field);
      button.querySelector(".tally-number").textContent = safe;
      button.querySelector(".tally-unkept").textContent = more ? `and ${more} not kept` : "";
    }
    $("undo").disabled = !tally.taps.length;
    $("afresh").hidden = !tally.finishedAt;
    showClock();
    showState();
    page.hidden = false;
  }

  function showClock() {
    if (tally) $("clock").textContent = tally.startedAt ? tallying.clock(tally) : "Start the clock";
  }

  function stateInWords() {
    if (fails) return "Not kept on this phone: its storage fails. What you count is on this screen only. Finish it while there is a signal.";
    const also = waiting ? `Kept on this phone, ${waiting} waiting. It is sent by itself` : "";
    if (state === "signed out") return tally ? `You are signed out. ${also ? `${also} when you sign in.` : "What you finish is kept on this phone."}` : "Sign in to count.";
    if (!tally && state === "no signal") return "No signal. Open this page once with a signal, signed in.";
    if (state === "no signal") return `No signal. ${also ? `${also} when there is a signal.` : "What you finish is kept on this phone."}`;
    if (state === "no answer") return `The server does not answer. ${also ? `${also} when it does.` : ""}`;
    return "";
  }

  /* What is true now; it goes when it is true no longer. */
  function showState() {
    const text = stateInWords();
    if ($("state").textContent !== text) $("state").textContent = text;
    $("state").classList.toggle("tally-unsafe", fails);
    $("sign-in").hidden = state !== "signed out";
  }

  /* A change is shown once it is kept, or is known not to be; each is asked of the disk once. */
  function change(make) {
    tally = make(tally);
    turn = turn.then(async () => {
      if (asked !== tally) {
        asked = tally;
        fails = !(await phone.setRunning(asked).then(() => true, () => false));
        if (!fails) kept = asked;
      }
      show();
    });
    return turn;
  }

  async function tap(button) {
    const { field } = button.dataset;
    const at = Date.now();
    await change((now) => ({ ...now, taps: [...now.taps, field], startedAt: now.startedAt || at, finishedAt: null }));
    const [safe, more] = counted(field);
    if (navigator.vibrate && !more) navigator.vibrate(15);
    say(`${words(button)}: ${safe}${more ? ` and ${more} not kept` : ""}`);
    document.dispatchEvent(new CustomEvent("counting"));
  }

  async function undo() {
    const field = tally.taps.at(-1);
    await change((now) => ({ ...now, taps: now.taps.slice(0, -1) }));
    const button = buttons().find((one) => one.dataset.field === field);
    if (button) say(`Undone. ${words(button)}: ${tallying.count(tally, field)}`);
  }

  const values = () => tallying.values(tally, buttons().map((button) => button.dataset.field));

  async function finish() {
    await turn;
    if (!tally.startedAt) return say("Nothing is counted yet. Tap a counter, or start the clock.");
    if (!tally.site) {
      say("Choose the site first.");
      return $("site").focus();
    }
    $("finish").disabled = true;
    try {
      const at = Date.now();
      await change((now) => ({ ...now, finishedAt: now.finishedAt || at }));
      say("Looking for a signal…");
      const now = await sender.ready("", QUICK).catch((error) => error.message);
      if (now && now.owner === tally.owner) location.assign(`/log/${tally.kind}/?${new URLSearchParams(values())}`);
      else await keep(typeof now === "string" ? now : "signed out");
    } finally {
      $("finish").disabled = false;
    }
  }

  async function keep(why) {
    state = why;
    const next = startAfresh(tally.owner, tally);
    const item = await phone.keep(tally.owner, tally.kind, values(), next).catch(() => null);
    if (!item) {
      showState();
      return say("Not finished: there is no signal, and this phone keeps nothing. Leave this page open, and press Finish again when there is a signal.");
    }
    tally = kept = asked = next;
    fails = false;
    say("");
    show();
    document.dispatchEvent(new CustomEvent("kept", { detail: { state: "kept", item } }));
    phone.lasting(true);
  }

  async function open(owner) {
    const running = await phone.running(owner).catch(() => undefined);
    const items = running ? await phone.waiting(owner).catch(() => []) : [];
    const isKept = items.some((item) => new Map(item.values).get("form_token") === running.token);
    tally = running && !isKept ? running : startAfresh(owner, running);
    kept = tally === running ? running : null;
    if (kept) show();
    else await change((now) => now);
  }

  /* What only the server knows: who is signed in, their usual site, whether the last one is saved. */
  async function ask() {
    const about = tally && tally.startedAt ? `&token=${tally.token}` : "";
    const now = await sender.ready(`?usual${about}`).catch((error) => ({ state: error.message }));
    state = now ? now.state || "looked" : "signed out";
    if (!now || now.state) return showState();
    if (!tally || tally.owner !== now.owner) await open(now.owner);
    const known = now.sites.map(String).find((site) => $("site").querySelector(`option[value="${CSS.escape(site)}"]`));
    await change((counting) => {
      const next = now.is_saved && about.endsWith(counting.token) ? startAfresh(counting.owner, counting) : counting;
      return { ...next, site: next.site || known || "" };
    });
    if (tally.finishedAt) say("Finished, but not saved yet.");
  }

  page.addEventListener("click", (event) => {
    const button = event.target.closest(".tally-counter");
    if (button) tap(button);
  });
  $("undo").addEventListener("click", undo);
  $("finish").addEventListener("click", finish);
  $("afresh").addEventListener("click", async () => {
    await change((now) => startAfresh(now.owner, now));
    say("");
  });
  $("clock").addEventListener("click", () => change((now) => ({ ...now, startedAt: now.startedAt || Date.now() })));
  for (const name of ["kind", "site"]) $(name).addEventListener("change", () => change((now) => ({ ...now, [name]: $(name).value })));
  setInterval(showClock, 1000);
  setInterval(() => fails && change((now) => ({ ...now })), AGAIN);
  document.addEventListener("kept", async ({ detail }) => {
    if (["looked", "signed out", "no signal", "no answer"].includes(detail.state)) state = detail.state;
    if (!tally && detail.state === "looked") await ask();
    if (tally) waiting = (await phone.waiting(tally.owner).catch(() => [])).length;
    showState();
  });
  // A page that the browser had put aside may have been saved, or signed out, meanwhile.
  addEventListener("pageshow", (event) => event.persisted && location.reload());

  (async () => {
    const owner = await phone.owner().catch(() => null);
    if (owner) await open(owner);
    await ask();
    sender.look();
  })();
})();
