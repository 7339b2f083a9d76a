/* Shows what waits on this phone until the server has it, and what is to be done about it. */

(() => {
  const section = document.getElementById("kept");
  const list = document.getElementById("kept-list");
  const heading = document.getElementById("kept-heading");
  const words = Object.fromEntries(
    Array.from(section.querySelectorAll("data"), (one) => [one.value, one.textContent]),
  );
  const sent = [];

  const make = (tag, text, attributes = {}) =>
    Object.assign(document.createElement(tag), { textContent: text, ...attributes });

  const day = (text) =>
    new Date(`${text}T12:00`).toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short" });

  function describe(item) {
    const values = new Map(item.values);
    const time = values.get("starts_at");
    return `${words[item.kind] || item.kind}, ${day(values.get("date"))}${time ? `, ${time}` : ""}`;
  }

  function mendAddress(item) {
    return `/log/${item.kind}/?${new URLSearchParams(item.values)}`;
  }

  function button(text, act) {
    return make("button", text, { type: "button", className: "button-quiet", onclick: act });
  }

  function throwAway(item) {
    return async () => {
      if (!confirm(`Throw away “${describe(item)}”? It has not reached the server.`)) return;
      await phone.drop(item.number);
      await show();
    };
  }

  function line(item) {
    const row = make("li", "");
    row.append(make("b", describe(item)));
    if (item.errors) {
      row.append(make("p", `Not saved: ${item.errors.join(" ")}`, { className: "kept-refused" }));
      row.append(make("a", "Mend it", { href: mendAddress(item), className: "button-quiet" }));
      row.append(button("Throw it away", throwAway(item)));
    } else if (sender.isOld(item) && !item.mayBeSent) {
      row.append(make("p", "This is older than 14 days. Shall it still be sent?"));
      row.append(
        button("Send it", async () => {
          await phone.change({ ...item, mayBeSent: true });
          await sender.look();
        }),
      );
      row.append(button("Throw it away", throwAway(item)));
    } else {
      row.append(make("span", "waiting", { className: "kept-state" }));
    }
    return row;
  }

  function sentLine({ item, saved, at }) {
    const row = make("li", "");
    row.append(make("a", describe(item), { href: `/activities/${saved}/` }));
    row.append(make("span", `sent ${at}`, { className: "kept-state" }));
    return row;
  }

  async function show() {
    const owner = await phone.owner();
    const waiting = owner ? await phone.waiting(owner) : [];
    list.replaceChildren(...waiting.map(line), ...sent.map(sentLine));
    heading.textContent = waiting.length ? `Kept on this phone, ${waiting.length} waiting` : "Kept on this phone, none waiting";
    section.hidden = !waiting.length && !sent.length;
  }

  document.addEventListener("kept", ({ detail }) => {
    if (detail.state === "sent") sent.push(detail);
    show();
  });
  show();
})();
