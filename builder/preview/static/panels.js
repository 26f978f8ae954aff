// Problems, headings and clauses come in; the panels beside the pages show them.

import { $, element, folded, say } from "./words.js";

const MOST_FOUND = 60;
const SEVERITIES = ["error", "warning", "info"];
const HEADS = ["counted_errors", "counted_warnings", "counted_infos"];

let goTo = () => {};
let laying = null;
let told = "";

export function begin(go) {
  goTo = go;
  $("query").addEventListener("input", find);
  $("search").addEventListener("submit", (event) => {
    event.preventDefault();
    $("results").querySelector("button")?.click();
  });
  $("list").addEventListener("click", (event) => {
    const button = event.target.closest("button[data-place]");
    if (button) copy(button.dataset.place);
  });
}

export function toggle(name, open) {
  const panel = $(name);
  const opens = open ?? panel.hidden;
  if (opens && name !== "problems") for (const other of ["find", "contents"]) if (other !== name) toggle(other, false);
  if (opens && matchMedia("(max-width: 44rem)").matches) {
    for (const other of ["find", "contents", "problems"]) if (other !== name) toggle(other, false);
  }
  panel.hidden = !opens;
  $(`open-${name}`).setAttribute("aria-expanded", String(opens));
  return opens;
}

// --- contents and finding ------------------------------------------------------------------------

export function lay(given, visible) {
  const isNew = laying !== given;
  laying = given;
  if (isNew) {
    const entries = laying.contents.map((entry) => line(entry, entry[1]));
    $("entries").replaceChildren(...(entries.length ? entries : [element("li", { class: "quiet" }, say("no_contents"))]));
    find();
  }
  mark(visible);
}

export function mark(visible) {
  let latest = null;
  for (const button of $("entries").querySelectorAll("button")) {
    button.removeAttribute("aria-current");
    if (Number(button.dataset.page) <= visible.at(-1)) latest = button;
  }
  latest?.setAttribute("aria-current", "true");
}

function line([level, , anchor, page], words) {
  const button = element(
    "button",
    { type: "button", "data-level": level, "data-page": page },
    element("span", {}, words),
    element("span", { class: "quiet" }, say("on_page", laying.pages[page]?.label ?? "")),
  );
  button.addEventListener("click", () => goTo(page, anchor));
  return element("li", {}, button);
}

function find() {
  const query = $("query").value.trim();
  if (!laying || !query) {
    $("results").replaceChildren();
    $("found").textContent = "";
    return;
  }
  const hits = matches(laying, query);
  $("results").replaceChildren(...hits.slice(0, MOST_FOUND).map(({ entry, words }) => line(entry, words)));
  $("found").textContent = !hits.length
    ? say("found_none")
    : hits.length > MOST_FOUND
      ? say("found_more", hits.length, MOST_FOUND)
      : say("found", hits.length);
}

// Pages by their number, clauses by how they are cited or what they are about, headings; what fits best comes first.
export function matches(laid, query) {
  const wanted = terms(query);
  const hits = [];
  laid.pages.forEach((page, number) => {
    if (page.label && folded(page.label) === folded(query)) {
      hits.push({ entry: [0, "", "", number, ""], words: say("picture", page.label), worth: 0 });
    }
  });
  const clauses = new Set(laid.clauses.map((entry) => entry[2]));
  for (const entry of laid.clauses) {
    const worth = weighed(query, wanted, entry[4], entry[1]);
    if (worth) hits.push({ entry, words: [entry[4], entry[1]].filter(Boolean).join(". "), worth });
  }
  for (const entry of laid.contents.filter((each) => !clauses.has(each[2]))) {
    const worth = weighed(query, wanted, "", entry[1]);
    if (worth) hits.push({ entry, words: entry[1], worth });
  }
  return hits.map((hit, order) => ({ ...hit, order })).sort((a, b) => a.worth - b.worth || a.order - b.order);
}

function terms(text) {
  return folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

// 1: cited just so, letter by letter; 2: but for the marks; 3: cited so and more; 4: its words begin so; 5: it has all
// of them; 0: it does not fit. Numbers and single letters are whole ones: 1 is not 12, c is not chi.
function weighed(query, wanted, cited, words) {
  if (cited && cited.toLowerCase() === query.toLowerCase()) return 1;
  const own = terms(cited);
  if (cited && own.join(" ") === wanted.join(" ")) return 2;
  if (cited && ` ${own.join(" ")} `.startsWith(` ${wanted.join(" ")} `)) return 3;
  const all = [...own, ...terms(words)];
  const has = (term) => all.some((each) => (/^(\d+|\p{L})$/u.test(term) ? each === term : each.startsWith(term)));
  if (!wanted.length || !wanted.every(has)) return 0;
  return terms(words).join(" ").startsWith(wanted.join(" ")) ? 4 : 5;
}

// --- problems ------------------------------------------------------------------------------------

export function tell(standing) {
  const now = JSON.stringify([standing.problems, standing.count]);
  if (now === told) return false;
  const isFirst = told === "";
  told = now;
  const total = standing.count.reduce((sum, each) => sum + each, 0);
  const counted = standing.count.map((each, at) => (each ? say(HEADS[at], each) : "")).filter(Boolean).join(", ");
  $("count").textContent = total || "";
  $("count").classList.toggle("grave", standing.count[0] > 0);
  const groups = SEVERITIES.map((severity, at) => group(severity, standing.problems, standing.count[at], at));
  const held = $("list").contains(document.activeElement) ? document.activeElement.dataset.place : "";
  $("list").replaceChildren(...groups.filter(Boolean), ...(total ? [] : [element("p", {}, say("none"))]));
  // The keyboard stays where it was: on the same place, or in the panel. What was copied of old problems is said no more.
  if (held) ([...$("list").querySelectorAll("[data-place]")].find((each) => each.dataset.place === held) || $("problems").querySelector(".close")).focus();
  if (!$("copied").contains(document.activeElement)) $("copied").replaceChildren();
  if (!isFirst || total) $("said").textContent = counted || say("none");
  return true;
}

function group(severity, problems, count, at) {
  const found = problems.filter((each) => each.severity === severity);
  if (!count) return null;
  const more = count > found.length ? [element("p", { class: "quiet" }, say("more", count - found.length))] : [];
  return element(
    "div",
    {},
    element("h3", {}, say(HEADS[at], count)),
    element("ul", {}, ...found.map(problem)),
    ...more,
  );
}

function problem(each) {
  const place = each.place
    ? [element("p", {}, element("button", { type: "button", "data-place": each.place, title: say("copy", each.place) }, each.place))]
    : [];
  return element(
    "li",
    {},
    element("p", {}, element("span", { class: each.severity }, say(each.severity)), " ", element("span", { class: "code" }, each.code)),
    element("p", {}, each.sentence),
    element("p", { class: "quiet" }, say("way_out", each.way_out)),
    ...place,
  );
}

async function copy(place) {
  try {
    await navigator.clipboard.writeText(place);
    $("copied").replaceChildren(say("copied", place));
  } catch {
    const field = element("input", { readonly: true, value: place, "aria-label": say("copy_yourself") });
    $("copied").replaceChildren(say("copy_yourself"), field);
    field.focus();
    field.select();
  }
}
