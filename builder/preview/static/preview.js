// News of a book come in over one long answer; the page shows the book as it stands now, where it was being read.

import { $, element, folded, say } from "./words.js";
import { pageOf, placeOf } from "./place.js";
import * as ebook from "./ebook.js";
import * as pages from "./pages.js";
import * as panels from "./panels.js";

const HIDDEN = 120_000; // milliseconds after which nothing is set for a window that nobody sees
const TYPING = "input, select, textarea, [contenteditable]";
const NO_SINGLE_KEYS = "anpham-no-single-keys";

const asked = new URLSearchParams(location.search);
const state = {
  edition: asked.get("edition") ?? "",
  part: asked.get("part") ?? "",
  view: asked.get("view") === "ebook" ? "ebook" : "pages",
  wanted: asked.get("page") ?? "", // a page asked for by the address, by its label
  place: null, // where the book is being read
  laying: null,
  standing: null,
};
let listening = null;
let fetching = 0;

// --- news ----------------------------------------------------------------------------------------

function listen() {
  listening?.close();
  const query = new URLSearchParams({ edition: state.edition, part: state.part, view: state.view });
  listening = new EventSource(`/events?${query}`);
  listening.addEventListener("message", (event) => stand(JSON.parse(event.data)));
  listening.addEventListener("error", () => {
    const isRefused = listening.readyState === EventSource.CLOSED;
    banner(say(isRefused ? "crowded" : "lost"));
  });
}

let leaving = 0;
document.addEventListener("visibilitychange", () => {
  clearTimeout(leaving);
  if (!document.hidden) {
    if (!listening) listen();
    return;
  }
  leaving = setTimeout(() => {
    listening?.close();
    listening = null;
  }, HIDDEN);
});

function stand(standing) {
  state.standing = standing;
  $("status").textContent = standing.working || standing.done;
  document.querySelector("footer").classList.toggle("working", Boolean(standing.working));
  panels.tell(standing);
  if (standing.failed && standing.laid) banner(say("failed", time(standing.at)));
  else if (standing.failed) waitFor("failed_first");
  else banner("");
  if (standing.laid && standing.laid !== state.laying?.number) fetchLaying(standing.laid);
  if (state.view === "ebook" && standing.bound && standing.bound !== ebook.shownNumber()) showEbook();
}

function time(seconds) {
  const language = document.documentElement.lang;
  return new Date(seconds * 1000).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

function banner(words) {
  if ($("banner").textContent !== words) $("banner").textContent = words;
  $("banner").hidden = !words;
}

// There are no pages yet: what stands in their way is shown instead, once, until there are some.
let opened = null;
function waitFor(key) {
  banner(say(key));
  $("spread").querySelector(".waiting")?.remove();
  opened ??= $("problems").hidden && panels.toggle("problems", true);
}

function waitNoMore() {
  if (opened) panels.toggle("problems", false);
  opened = false;
}

async function fetchLaying(number) {
  fetching = number;
  const answer = await fetch(`/layings/${number}.json`).catch(() => null);
  if (!answer?.ok || fetching !== number) return;
  const laying = await answer.json();
  if (fetching !== number) return;
  lay(laying);
}

// --- what is laid --------------------------------------------------------------------------------

function lay(laying) {
  const isFirst = state.laying === null;
  const place = state.place;
  waitNoMore();
  state.laying = laying;
  state.edition = laying.edition;
  state.part = laying.part;
  $("title").textContent = laying.title;
  $("title").title = laying.title;
  document.title = `${laying.title} · ${laying.edition}`;
  choose(laying);
  offer();
  if (!laying.pages.length && state.view === "pages") {
    changeView("ebook");
    return;
  }
  if (!chosen()?.ebook && state.view === "ebook") changeView("pages");
  const labelled = laying.pages.findIndex((page) => page.label === state.wanted);
  const number = isFirst && !place ? Math.max(0, labelled) : pageOf(laying, place);
  turnTo(number, { keep: Boolean(place) });
}

function chosen() {
  return state.laying?.choices.find((each) => each.name === state.edition);
}

function choose(laying) {
  options($("edition"), laying.choices.map((each) => [each.name, `${each.name} · ${each.trim}`]), laying.edition);
  const parts = chosen()?.parts ?? [];
  options($("part"), parts, laying.part);
  $("part-label").hidden = !parts.length;
  $("view-pages").disabled = !chosen()?.pages;
  $("view-ebook").disabled = !chosen()?.ebook;
  $("view-ebook").title = chosen()?.ebook ? "" : say("no_ebook");
}

function options(select, pairs, value) {
  const written = JSON.stringify(pairs);
  if (select.dataset.written !== written) {
    select.replaceChildren(...pairs.map(([key, words]) => element("option", { value: key }, words)));
    select.dataset.written = written;
  }
  select.value = value;
}

function offer() {
  const { laying, standing } = state;
  $("pdf").hidden = !laying.pages.length;
  $("pdf").href = `/files/${laying.number}/${laying.name}.pdf`;
  $("epub").hidden = !standing?.bound || state.view !== "ebook";
  if (standing?.bound) $("epub").href = `/files/${standing.bound}/${laying.name}.epub`;
}

// --- turning pages -------------------------------------------------------------------------------

async function turnTo(number, { keep = false, quietly = true, anchor = "" } = {}) {
  const { laying } = state;
  if (!laying?.pages.length) return;
  const inside = Math.max(0, Math.min(number, laying.pages.length - 1));
  state.place = { ...placeOf(laying, inside), ...placeKept(keep, anchor) };
  const moved = inside !== pages.now();
  const isShown = await pages.show(laying, inside);
  if (!isShown) return;
  if (moved && !keep) $("stage").scrollTop = 0;
  panels.lay(laying, pages.visible());
  tellPage(quietly);
  remember();
}

// What the place is more exactly than the page it is on: where it was before, or a clause that was gone to.
function placeKept(keep, anchor) {
  if (keep && state.place) return { anchor: state.place.anchor, letters: state.place.letters };
  return anchor ? { anchor, letters: 0 } : {};
}

function tellPage(quietly) {
  const labels = pages.visible().map((each) => state.laying.pages[each].label);
  // The number of the last page: what is inserted (12a, 12b) does not count where the book counts its pages.
  const total = state.laying.pages.at(-1)?.label || state.laying.pages.length;
  if (document.activeElement !== $("page")) $("page").value = state.place?.label ?? "";
  $("of").textContent = say("of", total);
  $("previous").disabled = pages.visible()[0] === 0;
  $("next").disabled = pages.visible().at(-1) === state.laying.pages.length - 1;
  $("fit-width").setAttribute("aria-pressed", String(pages.fitting() === "width"));
  if (!quietly) {
    const [first, last] = [labels[0], labels.at(-1)];
    $("said").textContent = first === last ? say("page_is", first, total) : say("pages_are", first, last, total);
  }
}

function remember() {
  const query = new URLSearchParams({ edition: state.edition });
  if (state.part) query.set("part", state.part);
  if (state.view === "ebook") query.set("view", "ebook");
  const label = state.place?.label;
  if (label) query.set("page", label);
  const address = `?${query}`;
  if (address !== location.search) history.replaceState(null, "", address);
}

function turn(by) {
  const next = pages.neighbour(by);
  turnTo(pages.spreadOf(next).find((each) => each >= 0) ?? next, { quietly: false });
}

function goTo(page, anchor) {
  if (state.view === "ebook") {
    ebook.goTo(anchor);
    state.place = { ...placeOf(state.laying, page), ...placeKept(false, anchor) };
  } else {
    turnTo(page, { quietly: false, anchor: anchor in state.laying.spots ? anchor : "" });
  }
  if (matchMedia("(max-width: 44rem)").matches) {
    panels.toggle("find", false);
    panels.toggle("contents", false);
    $("stage").focus();
  }
}

function jump() {
  const typed = $("page").value.trim();
  const number = state.laying?.pages.findIndex((page) => folded(page.label) === folded(typed)) ?? -1;
  if (number >= 0) {
    $("stage").focus();
    turnTo(number, { quietly: false });
  } else {
    $("said").textContent = say("no_page", typed);
    $("page").select();
  }
}

// --- choosing another book, another view ----------------------------------------------------------

function changeBook(edition, part) {
  rememberPlace();
  if (state.place) state.place.foreign = true;
  state.edition = edition;
  state.part = part;
  ebook.reset();
  listen();
}

// Where the e-book is being read is a place in the pages, too.
function rememberPlace() {
  const read = state.view === "ebook" ? ebook.place() : null;
  if (!read) return;
  const anchor = read.anchors.find((each) => each in (state.laying?.spots ?? {}));
  if (anchor) {
    const number = state.laying.spots[anchor];
    state.place = { ...placeOf(state.laying, number), anchor, letters: 0, read };
  }
}

function changeView(view) {
  rememberPlace();
  state.view = view;
  for (const each of document.querySelectorAll("[data-for]")) each.hidden = each.dataset.for !== view;
  $("view-pages").setAttribute("aria-pressed", String(view === "pages"));
  $("view-ebook").setAttribute("aria-pressed", String(view === "ebook"));
  if (view === "pages") ebook.reset();
  listen();
  remember();
  if (state.laying && view === "pages") turnTo(pageOf(state.laying, state.place), { keep: true });
}

function showEbook() {
  const read = ebook.place();
  const place = read ?? (state.place?.anchor ? { anchors: [state.place.anchor, ...(state.place.before ?? [])], above: 0 } : null);
  ebook.show(state.standing.bound, place);
  if (state.laying) {
    offer();
    panels.lay(state.laying, [pageOf(state.laying, state.place)]);
  }
}

// --- hands on the page ---------------------------------------------------------------------------

function sized(change) {
  change();
  if (state.laying) turnTo(pages.now(), { keep: true });
}

function open(name, field) {
  if (panels.toggle(name)) (field ?? $(name).querySelector("button:not(.close), .close"))?.focus();
  else $(`open-${name}`).focus();
  resized();
}

function closeSide() {
  for (const name of ["find", "contents", "problems"]) {
    if ($(name).contains(document.activeElement)) {
      panels.toggle(name, false);
      $(`open-${name}`).focus();
      resized();
      return true;
    }
  }
  return false;
}

let resizing = 0;
function resized() {
  cancelAnimationFrame(resizing);
  resizing = requestAnimationFrame(() => {
    if (state.laying && state.view === "pages") turnTo(pageOf(state.laying, state.place), { keep: true });
  });
}

const CHARACTERS = {
  g: () => $("page").focus(),
  t: () => open("find", $("query")),
  m: () => open("contents"),
  l: () => open("problems"),
  "?": () => $("help").showModal(),
  "+": () => sized(() => pages.magnify(true)),
  "=": () => sized(() => pages.magnify(true)),
  "-": () => sized(() => pages.magnify(false)),
  0: () => sized(() => pages.setFit("page")),
};

const KEYS = {
  ArrowRight: () => turn(1),
  ArrowLeft: () => turn(-1),
  PageDown: () => turn(1),
  PageUp: () => turn(-1),
  Home: () => turnTo(0, { quietly: false }),
  End: () => turnTo(state.laying.pages.length - 1, { quietly: false }),
};

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || $("help").open) return;
  if (event.key === "Escape") {
    closeSide();
    return;
  }
  if (event.target.closest(TYPING)) return;
  const does = KEYS[event.key];
  if (does && state.view === "pages" && state.laying && !event.target.closest(".side") && !scrolls(event.key)) {
    event.preventDefault();
    does();
  } else if (Object.hasOwn(CHARACTERS, event.key) && $("single-keys").checked) {
    event.preventDefault();
    CHARACTERS[event.key]();
  }
}

// A page larger than the window is scrolled to its end before the next one is turned up.
function scrolls(key) {
  const stage = $("stage");
  const rest = stage.scrollHeight - stage.clientHeight - stage.scrollTop;
  if (key === "PageDown" && rest > 2) stage.scrollBy(0, stage.clientHeight * 0.9);
  else if (key === "PageUp" && stage.scrollTop > 2) stage.scrollBy(0, -stage.clientHeight * 0.9);
  else return false;
  return true;
}

function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // the browser keeps nothing
  }
}

function begin() {
  panels.begin(goTo);
  ebook.begin(() => changeView("pages"));
  for (const name of ["contents", "problems"]) $(`open-${name}`).addEventListener("click", () => open(name));
  $("open-find").addEventListener("click", () => open("find", $("query")));
  for (const close of document.querySelectorAll(".side > .side-head .close")) {
    close.addEventListener("click", closeSide);
  }
  $("open-help").addEventListener("click", () => $("help").showModal());
  $("help").querySelector(".close").addEventListener("click", () => $("help").close());
  $("single-keys").checked = kept(NO_SINGLE_KEYS) === null;
  $("single-keys").addEventListener("change", () => {
    try {
      if ($("single-keys").checked) localStorage.removeItem(NO_SINGLE_KEYS);
      else localStorage.setItem(NO_SINGLE_KEYS, "1");
    } catch { /* the browser keeps nothing */ }
  });
  $("jump").addEventListener("submit", (event) => {
    event.preventDefault();
    jump();
  });
  $("page").addEventListener("focus", () => $("page").select());
  $("previous").addEventListener("click", () => turn(-1));
  $("next").addEventListener("click", () => turn(1));
  $("smaller").addEventListener("click", () => sized(() => pages.magnify(false)));
  $("larger").addEventListener("click", () => sized(() => pages.magnify(true)));
  $("fit-width").addEventListener("click", () => sized(() => pages.setFit(pages.fitting() === "width" ? "page" : "width")));
  $("edition").addEventListener("change", () => changeBook($("edition").value, ""));
  $("part").addEventListener("change", () => changeBook(state.edition, $("part").value));
  $("view-pages").addEventListener("click", () => state.view === "pages" || changeView("pages"));
  $("view-ebook").addEventListener("click", () => state.view === "ebook" || changeView("ebook"));
  document.addEventListener("keydown", pressed);
  new ResizeObserver(resized).observe($("stage"));
  changeView(state.view);
}

begin();
