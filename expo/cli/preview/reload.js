// The preview's own script, served only by `build.py serve` and put into its pages: reloads the page after a rebuild
// and lays the problems of a failed one over it. It tells the server which page is open. Its words come with the event. No inline style or script (CSP).
const script = document.currentScript;
const buildOfThisPage = Number(script.dataset.build);
const events = new EventSource(`${script.dataset.events}?page=${encodeURIComponent(location.pathname)}`);

events.addEventListener("state", (event) => {
  const state = JSON.parse(event.data);
  if (state.build !== buildOfThisPage) {
    location.reload();
    return;
  }
  document.getElementById("expo-preview")?.remove();
  if (state.problems.length > 0) document.body.append(makePanel(state));
});

// Leaving the page closes the stream at once, so that a browser's few connections are not used up.
addEventListener("pagehide", () => events.close());
// A page that comes back from the browser's memory has a closed stream and may be old.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

function makePanel(state) {
  const panel = document.createElement("section");
  panel.id = "expo-preview";
  panel.setAttribute("role", "alert");
  panel.lang = state.lang;
  const heading = document.createElement("h2");
  heading.textContent = state.heading;
  const list = document.createElement("ol");
  for (const problem of state.problems) {
    const item = document.createElement("li");
    item.textContent = problem; // as text: a problem quotes what strangers wrote
    list.append(item);
  }
  const note = document.createElement("p");
  note.textContent = state.note;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = state.close;
  button.addEventListener("click", () => panel.remove());
  panel.append(heading, list, note, button);
  return panel;
}
