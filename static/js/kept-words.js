/* A record that waits, in one line: "Playground, 12 conversations, 25 min, 08:35". */

const keptWords = (() => {
  const names = Object.fromEntries(
    Array.from(document.querySelectorAll("#kept data"), (one) => [one.value, one.textContent]),
  );
  const noon = (text) => new Date(`${text}T12:00`);
  const isToday = (text) => noon(text).toDateString() === new Date().toDateString();
  const day = (text) =>
    noon(text).toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short" }).replace(",", "");

  function describe(item) {
    const values = new Map(item.values);
    const number = (name) => Number(values.get(name) || 0);
    const conversations = number("conversations") || number("begun_by_family") + number("begun_by_worker");
    const hasTalks = ["conversations", "begun_by_family", "begun_by_worker"].some((name) => values.has(name));
    return [
      names[item.kind] || item.kind,
      hasTalks && `${conversations} ${conversations === 1 ? "conversation" : "conversations"}`,
      values.has("attendance") && `${number("attendance")} attended`,
      values.has("contact_minutes") && `${values.get("contact_minutes")} min`,
      !isToday(values.get("date")) && day(values.get("date")),
      values.get("starts_at"),
    ]
      .filter(Boolean)
      .join(", ");
  }

  return { describe };
})();
