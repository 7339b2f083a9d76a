/* Shows what waits on this phone until the server has it, and what is to be done about it. */

(() => {
  const section = document.getElementById("kept");
  const list = document.getElementById("kept-list");
  const heading = document.getElementById("kept-heading");
  const { describe } = keptWords;
  const sent = [];
  const thrown = new Map();
  // Rows that are open, by number: {row, close}. They stay as they are while others come and go.
  const opened = new Map();

  const make = (tag, text, attributes = {}) =>
    Object.assign(document.createElement(tag), { textContent: text, ...attributes });
  const button = (text, onclick) => make("button", text, { type: "button", className: "button-quiet", onclick });
  const mendAddress = (item) => `/log/${item.kind}/?${new URLSearchParams(item.values)}`;

  /* What fails is said in the row, which stays. */
  const orSay = (row, act) => () =>
    act().catch(() => row.append(make("p", "That was not possible: the storage of this phone fails. Try again.", { className: "kept-refused" })));

  function line(item) {
    const row = make("li", "");
    const buttons = make("div", "", { className: "button-row" });
    row.append(make("b", describe(item)));
    if (item.errors) {
      row.append(make("p", `Not saved: ${item.errors.join(" ")}`, { className: "kept-refused" }));
      buttons.append(make("a", "Mend it", { href: mendAddress(item), className: "button-quiet" }));
    } else if (sender.isHeld(item)) {
      row.append(make("p", "This is older than 14 days. Shall it still be sent?"));
      buttons.append(button("Send it", orSay(row, () => phone.change({ ...item, mayBeSent: true }).then(sender.look))));
    } else {
      row.append(make("span", "waiting", { className: "kept-state" }));
    }
    buttons.append(button("Change", orSay(row, () => open(item))), button("Throw away", orSay(row, () => throwAway(item))));
    row.append(buttons);
    return row;
  }

  async function open(item) {
    const letGo = await sender.hold(item.number);
    const fresh = letGo && (await phone.item(item.number));
    // On its way, or gone already: the list says which.
    if (!fresh) {
      if (letGo) letGo();
      return show();
    }
    const row = make("li", "", { tabIndex: -1 });
    const head = make("b", describe(fresh));
    const close = async () => {
      opened.delete(item.number);
      letGo();
      await show();
      await sender.look();
    };
    let now = fresh;
    const changed = (next) => {
      now = next;
      head.textContent = describe(now);
    };
    const discard = async () => {
      await phone.drop(now.number);
      opened.delete(now.number);
      letGo();
      await showThrown(now);
    };
    const form = keptForm(fresh, changed, close);
    form.append(button("Throw away", orSay(row, discard)));
    row.append(head, form);
    opened.set(item.number, { row, close });
    await show();
    row.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  async function throwAway(item) {
    const letGo = await sender.hold(item.number);
    if (!letGo) return show();
    await phone.drop(item.number).finally(letGo);
    await showThrown(item);
  }

  const tellChanged = () => document.dispatchEvent(new CustomEvent("kept", { detail: { state: "changed" } }));

  async function showThrown(item) {
    thrown.set(item.number, item);
    tellChanged();
    await show();
    section.querySelector(`[data-back="${item.number}"]`).focus();
  }

  function thrownLine(item) {
    const row = make("li", "");
    const back = button("Undo", orSay(row, async () => {
      await phone.change(item);
      thrown.delete(item.number);
      tellChanged();
      await show();
      await sender.look();
    }));
    back.dataset.back = item.number;
    row.append(make("span", `Thrown away: ${describe(item)}`, { className: "kept-state" }), back);
    return row;
  }

  function sentLine({ item, saved, at }) {
    const row = make("li", "");
    row.append(make("a", describe(item), { href: `/activities/${saved}/` }));
    row.append(make("span", `sent ${at}`, { className: "kept-state" }));
    return row;
  }

  /* Puts the rows in order without touching one that is open: what is typed in it stays. */
  function place(rows) {
    for (const row of [...list.children]) if (!rows.includes(row)) row.remove();
    rows.forEach((row, place) => {
      if (list.children[place] !== row) list.insertBefore(row, list.children[place] || null);
    });
  }

  let turn = Promise.resolve();
  const show = () => (turn = turn.then(draw, draw));

  async function draw() {
    const owner = await phone.owner();
    const waiting = owner ? await phone.waiting(owner) : [];
    const here = [...waiting, ...thrown.values()].sort((one, other) => one.number - other.number);
    const rows = here.map((item) => {
      if (thrown.has(item.number)) return thrownLine(item);
      return opened.has(item.number) ? opened.get(item.number).row : line(item);
    });
    place([...rows, ...sent.map(sentLine)]);
    heading.textContent = waiting.length ? `Kept on this phone, ${waiting.length} waiting` : "Kept on this phone, none waiting";
    section.hidden = !rows.length && !sent.length;
    document.getElementById("kept-lasting").hidden = !waiting.length;
    if (waiting.length) document.getElementById("kept-how-long").textContent = await phone.lasting();
  }

  document.addEventListener("kept", async ({ detail }) => {
    // What the log form has mended is no longer as it was counted here.
    if (detail.state === "sent" && !detail.is_mended) sent.push(detail);
    if (detail.state === "kept") {
      await open(detail.item).catch(() => {});
      await sender.look();
    } else {
      await show().catch(() => {});
    }
  });
  // Whoever counts on is done with what is open.
  document.addEventListener("counting", () => {
    for (const { row, close } of [...opened.values()]) if (row.querySelector("form").checkValidity()) close().catch(() => {});
  });
  show().catch(() => {});
})();
