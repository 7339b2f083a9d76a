/* What a tally says: its counts, its clock, and the fields of the log form that they fill in. */

const tallying = (() => {
  const MOST_MINUTES = 960;
  const two = (number) => String(number).padStart(2, "0");

  const afresh = (owner, before) => ({
    owner,
    kind: before.kind,
    site: before.site || "",
    taps: [],
    startedAt: null,
    finishedAt: null,
    token: crypto.randomUUID(),
  });

  const count = (tally, field) => tally.taps.filter((tap) => tap === field).length;

  const elapsed = (tally) => (tally.startedAt ? (tally.finishedAt || Date.now()) - tally.startedAt : 0);

  function clock(tally) {
    const seconds = Math.floor(elapsed(tally) / 1000);
    const time = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
    return tally.finishedAt ? `${time} stopped` : time;
  }

  /* `fields` are those that the kind's counters count. */
  function values(tally, fields) {
    const start = new Date(tally.startedAt);
    const minutes = Math.min(MOST_MINUTES, Math.max(1, Math.round(elapsed(tally) / 60000)));
    const people = count(tally, "adults") + count(tally, "children");
    const hasPeople = fields.includes("adults") && (people || !fields.includes("conversations"));
    const counted = fields.filter((field) => hasPeople || !["adults", "children"].includes(field));
    return [
      ["form_token", tally.token],
      ["date", `${start.getFullYear()}-${two(start.getMonth() + 1)}-${two(start.getDate())}`],
      ["starts_at", `${two(start.getHours())}:${two(start.getMinutes())}`],
      ["site", tally.site],
      ["contact_minutes", String(minutes)],
      ...(hasPeople ? [["attendance", String(people)]] : []),
      ...counted.map((field) => [field, String(count(tally, field))]),
    ];
  }

  return { afresh, count, clock, values };
})();
