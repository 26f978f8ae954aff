// Layings come in; their pages are shown as spreads: folio 1 alone on the right, then two by two, or one by one.
//
// Pictures are asked for by what a page looks like, as wide as the screen's dots; one takes the place of another only
// when it is ready to be seen.

import { $, element, say } from "./words.js";

const NARROW = 640; // CSS pixels
const PHONE = 300; // points: pages of a telephone's size stand alone
const PADDING = 24;
const STEP = 1.2;
const SMALLEST = 120;
const WIDEST = 4000; // dots that the program draws at most
const NO_PAGE = -1;

let laying = null;
let current = 0;
let fit = "page";
let zoom = 1;
let turn = 0; // what was begun before the last turn is not shown any more
let warmed = new Map(); // pictures of pages next to those shown
const shown = new Map(); // what stands in each figure: "mark/width"

export function spreadOf(number, given = laying) {
  const pages = given?.pages ?? [];
  if (!pages.length) return [];
  if (isSingle(pages[number] ?? pages[0])) return [number];
  const left = number % 2 ? number : number - 1;
  return [left, left + 1].map((each) => (each in pages ? each : NO_PAGE));
}

function isSingle(page) {
  const stage = $("stage");
  const isWide = stage.clientWidth >= NARROW && stage.clientWidth > stage.clientHeight * 0.95;
  return !isWide || page.width < PHONE || page.width > page.height;
}

export function visible() {
  return spreadOf(current).filter((each) => each !== NO_PAGE);
}

export function now() {
  return current;
}

export function neighbour(by) {
  const spread = visible();
  const next = by > 0 ? spread.at(-1) + 1 : spread[0] - 1;
  return Math.max(0, Math.min(next, (laying?.pages.length ?? 1) - 1));
}

export function setFit(how) {
  fit = how;
  zoom = 1;
}

export function magnify(up) {
  zoom = Math.min(6, Math.max(0.3, zoom * (up ? STEP : 1 / STEP)));
}

export function fitting() {
  return zoom === 1 ? fit : "";
}

export async function show(given, number) {
  laying = given;
  current = number;
  const mine = ++turn;
  const slots = spreadOf(number);
  const measures = measured(slots);
  const figures = [...$("spread").querySelectorAll("figure")];
  const pictures = slots.map((slot, at) => (slot === NO_PAGE ? null : picture(laying.pages[slot], measures[at], figures[at])));
  await Promise.all(pictures.map((each) => each?.ready.catch(() => null)));
  if (mine !== turn) return false;
  const places = laid(slots.length);
  slots.forEach((slot, at) => put(places[at], slot, measures[at], pictures[at]));
  tellWords(slots, mine);
  warm(number, mine);
  return true;
}

// How wide and high each page is shown, in CSS pixels: whole dots, so that no picture is stretched.
function measured(slots) {
  const sample = laying.pages[slots.find((slot) => slot !== NO_PAGE)];
  if (!sample) return [];
  const stage = $("stage");
  const room = { width: stage.clientWidth - PADDING, height: stage.clientHeight - PADDING };
  const pages = slots.map((slot) => (slot === NO_PAGE ? sample : laying.pages[slot]));
  const across = pages.reduce((sum, page) => sum + page.width, 0);
  const down = Math.max(...pages.map((page) => page.height));
  const wide = room.width / across;
  const scale = (fit === "page" ? Math.min(wide, room.height / down) : wide) * zoom;
  const dots = window.devicePixelRatio || 1;
  return pages.map((page) => {
    const width = Math.min(WIDEST, Math.max(SMALLEST, Math.round(page.width * scale * dots)));
    return { dots: width, width: width / dots, height: (width * page.height) / page.width / dots };
  });
}

function picture(page, measure, figure) {
  const key = `${page.mark}/${measure.dots}`;
  if (figure && shown.get(figure) === key) return { key, image: figure.querySelector("img"), ready: Promise.resolve() };
  const kept = warmed.get(key);
  warmed.delete(key); // a picture stands in one place only, and two pages may look the same
  if (kept) return kept;
  const image = new Image();
  image.decoding = "async";
  image.src = `/pages/${key}.png`;
  return { key, image, ready: image.decode() };
}

function laid(count) {
  const spread = $("spread");
  if (spread.querySelectorAll("figure").length !== count) {
    spread.replaceChildren(...Array.from({ length: count }, () => element("figure")));
    shown.clear();
  }
  return [...spread.querySelectorAll("figure")];
}

function put(figure, slot, measure, made) {
  figure.style.width = `${measure.width}px`;
  figure.style.height = `${measure.height}px`;
  figure.classList.toggle("none", slot === NO_PAGE);
  if (slot === NO_PAGE) {
    figure.replaceChildren();
    shown.delete(figure);
    delete figure.dataset.label;
    return;
  }
  const page = laying.pages[slot];
  figure.dataset.label = page.label;
  figure.dataset.mark = page.mark;
  const name = say("picture", page.label) + (page.head ? `: ${page.head}` : "");
  if (shown.get(figure) !== made.key) {
    figure.replaceChildren(made.image, element("figcaption", { class: "unseen" }));
    shown.set(figure, made.key);
  }
  figure.querySelector("img").alt = name;
}

// For whoever does not see pictures: the words of the page.
async function tellWords(slots, mine) {
  for (const figure of $("spread").querySelectorAll("figure[data-label]")) {
    const caption = figure.querySelector("figcaption");
    if (!caption || caption.dataset.mark === figure.dataset.mark) continue;
    const answer = await fetch(`/pages/${figure.dataset.mark}.txt`).catch(() => null);
    if (mine !== turn) return;
    if (answer?.ok) {
      caption.textContent = (await answer.text()) || say("blank");
      caption.dataset.mark = figure.dataset.mark;
    }
  }
}

// Draw the spreads before and after, so that turning a page shows it at once.
function warm(number, mine) {
  setTimeout(() => {
    if (mine !== turn) return;
    const kept = new Map();
    for (const next of [neighbour(1), neighbour(-1)]) {
      const slots = spreadOf(next);
      const measures = measured(slots);
      slots.forEach((slot, at) => {
        if (slot === NO_PAGE || visible().includes(slot)) return;
        const made = picture(laying.pages[slot], measures[at]);
        made.ready.catch(() => kept.delete(made.key));
        kept.set(made.key, made);
      });
    }
    warmed = kept;
  }, 150);
}
