/* Runs before a page's own script. In: the selector of its list of results (put in place of LIST), and after how many
   milliseconds without a change it is the last one (REST). Out: `benchWatch`: when keys went down, when the list was changed, when that had been painted (a frame after the change, then the next task), and which ten numbers it showed. A page
   that draws the same list again sets an attribute of it, which counts as a change. */

(() => {
  const keys = [];
  const paints = [];
  const waiting = new Set();
  const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));

  const numberOf = (item) => Number(item.dataset.number ?? item.querySelector(".no")?.textContent.replace(/\D/g, "")) || 0;
  const readNumbers = () => [...(document.querySelector("LIST")?.children ?? [])].slice(0, 10).map(numberOf);

  const wallClock = (time) => (performance.timeOrigin + time) / 1000;

  function stamp() {
    const changed = performance.now();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const at = performance.now();
        paints.push({ at, changed, wall: wallClock(at), changed_wall: wallClock(changed), numbers: readNumbers() });
        waiting.forEach((go) => go());
      };
      port2.postMessage(0);
    });
  }

  function nextPaint(after, longest) {
    if (paints.length > after) return paints[after];
    return new Promise((resolve) => {
      const timer = setTimeout(done, longest);
      function done() {
        clearTimeout(timer);
        waiting.delete(done);
        resolve(paints[after] ?? null);
      }
      waiting.add(done);
    });
  }

  /** What the page lists for a text, once the list has stood still. */
  async function ask(text) {
    const input = document.querySelector("#q");
    let seen = paints.length;
    input.value = text;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await nextPaint(seen, 2500);
    do {
      seen = paints.length;
      await sleep(REST);
    } while (paints.length > seen);
    return readNumbers();
  }

  addEventListener("keydown", ({ timeStamp }) => keys.push(timeStamp), true);
  new MutationObserver((_, finder) => {
    const list = document.querySelector("LIST");
    if (!list) return;
    finder.disconnect();
    new MutationObserver(stamp).observe(list, { childList: true, attributes: true, attributeFilter: ["class", "data-turn"] });
  }).observe(document, { childList: true, subtree: true });

  globalThis.benchWatch = { keys, paints, nextPaint, ask, readNumbers };
})();
