// Everything works without this file; it adds copying, stepping with buttons and keys, and links to characters.
"use strict";

const wide = window.matchMedia("(min-width: 56rem)");
const all = (selector) => Array.from(document.querySelectorAll(selector));
const typing = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;

// Browsers that cannot style the inside of a closed <details>: open the panels where there is room for them.
if (wide.matches && !CSS.supports("selector(::details-content)")) {
  all("details.panel").forEach((panel) => { panel.open = true; });
}

// The strip of years shows the latest ones where it does not fit.
all(".years").forEach((strip) => { strip.scrollLeft = strip.scrollWidth; });

// Copy buttons.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}
all("[data-copy]").forEach((button) => {
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await copy(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.done;
    window.setTimeout(() => { button.textContent = label; }, 2000);
  });
});
all("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// Stepping through the matches of a report.
const stepper = document.querySelector(".stepper[data-total]");
const total = stepper ? Number(stepper.dataset.total) : 0;
let current = 0;

function show(number) {
  current = ((number - 1 + total) % total) + 1;
  all("mark.now").forEach((mark) => mark.classList.remove("now"));
  all(`mark[data-mark="${current}"]`).forEach((mark) => mark.classList.add("now"));
  stepper.querySelector("[data-place]").textContent = `${current} / ${total}`;
  document.getElementById(`m${current}`).scrollIntoView({ block: "center" });
}
if (total > 0) {
  stepper.classList.add("live");
  stepper.querySelector(".buttons").hidden = false;
  stepper.querySelector("[data-place]").textContent = `– / ${total}`;
  all("[data-step]").forEach((button) => button.addEventListener("click", () => show(current === 0 && button.dataset.step < 0 ? total : current + Number(button.dataset.step))));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "n") show(current + 1);
    if (event.key === "p") show(current === 0 ? total : current - 1);
  });
}

// Where the address points: a mark, a paragraph (its first mark becomes current), or characters (#c102-106).
function paint(start, end) {
  all("[data-start]").filter((p) => Number(p.dataset.start) < end && start < Number(p.dataset.end)).forEach((paragraph) => {
    let place = Number(paragraph.dataset.start);
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest(".step, .pin") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    nodes.forEach((node) => {
      const points = Array.from(node.data);
      const from = Math.max(0, start - place), to = Math.min(points.length, end - place);
      place += points.length;
      if (from >= to) return;
      const mark = document.createElement("mark");
      mark.className = "characters";
      mark.textContent = points.slice(from, to).join("");
      node.replaceWith(points.slice(0, from).join(""), mark, points.slice(to).join(""));
    });
  });
  const first = document.querySelector("mark.characters");
  if (first) first.scrollIntoView({ block: "center" });
}
const permalink = document.getElementById("permalink");
const pinned = permalink && { text: permalink.textContent, href: permalink.getAttribute("href") };
function arrive() {
  const anchor = decodeURIComponent(location.hash.slice(1));
  if (pinned) { // the link to copy leads to the place that is looked at
    const place = /^(s\d|t-|c\d)/.test(anchor) ? `#${anchor}` : "";
    permalink.textContent = pinned.text + place;
    permalink.href = pinned.href + place;
  }
  const characters = /^c(\d+)-(\d+)$/.exec(anchor);
  if (characters) { paint(Number(characters[1]), Number(characters[2])); return; }
  const place = anchor && document.getElementById(anchor);
  if (!place || total === 0) return;
  const mark = place.matches("mark") ? place : place.querySelector("mark[data-mark]");
  if (mark) show(Number(mark.dataset.mark));
}
window.addEventListener("hashchange", arrive);
arrive();

// Back to the results as they were, with their filters.
const back = document.querySelector("[data-back]");
if (back && document.referrer.startsWith(`${location.origin}/search?`)) back.href = document.referrer;

// "/" goes to the search box.
document.addEventListener("keydown", (event) => {
  const box = document.getElementById("q");
  if (event.key === "/" && box && !typing(event.target)) { event.preventDefault(); box.focus(); box.select(); }
});
