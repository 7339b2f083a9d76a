/* While there is a signal: whose phone this is, and the pages that shall be there without one. */

(() => {
  const { owner, worker, scopes } = document.currentScript.dataset;
  if (owner) phone.remember(owner).catch(() => {});
  if (!worker || !("serviceWorker" in navigator)) return;
  addEventListener("load", () => {
    for (const scope of scopes.split(" ")) navigator.serviceWorker.register(worker, { scope }).catch(() => {});
  });
})();
