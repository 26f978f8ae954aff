// E-books come in; they are read in a frame, and the place is kept when one takes the place of another.
//
// No script runs in the frame. It is of the same origin, so that this page can see where it is read.

import { $, element } from "./words.js";

let number = 0;
let back = () => {};

export function begin(goBack) {
  back = goBack;
}

export function reset() {
  number = 0;
  $("frames").replaceChildren();
}

export function shownNumber() {
  return number;
}

// Show an e-book at a place: an id and how far (CSS pixels) above the top of the window it stands.
export function show(bound, place) {
  number = bound;
  const frames = $("frames");
  for (const coming of frames.querySelectorAll(".coming")) coming.remove();
  const frame = element("iframe", {
    title: frames.dataset.title,
    sandbox: "allow-same-origin",
    class: "coming",
    src: `/ebooks/${bound}/sach/doc/index.html`,
  });
  frame.addEventListener("load", () => {
    go(frame, place);
    for (const link of frame.contentDocument.querySelectorAll('a[href="#"]')) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        back();
      });
    }
    frame.classList.remove("coming");
    for (const other of frames.querySelectorAll("iframe")) if (other !== frame) other.remove();
  }, { once: true });
  frames.append(frame);
}

export function goTo(anchor) {
  const frame = frameShown();
  if (frame) go(frame, { anchor, above: 0 });
}

function frameShown() {
  return $("frames").querySelector("iframe:not(.coming)");
}

function go(frame, place) {
  const found = place?.anchors?.map((each) => frame.contentDocument.getElementById(each)).find(Boolean)
    ?? (place?.anchor ? frame.contentDocument.getElementById(place.anchor) : null);
  if (!found) return;
  const top = found.getBoundingClientRect().top + frame.contentWindow.scrollY;
  frame.contentWindow.scrollTo(0, top + (place.above ?? 0));
}

// Where the e-book is read: the ids at the head of the window and before it, the nearest first.
export function place() {
  const frame = frameShown();
  if (!frame?.contentDocument) return null;
  const before = [];
  let above = 0;
  for (const each of frame.contentDocument.querySelectorAll("[id]")) {
    const box = each.getBoundingClientRect();
    if (!box.height && !box.width) continue;
    if (box.top > 8 && before.length) break;
    above = -box.top;
    before.unshift(each.id);
    if (box.top > 8) break;
  }
  return before.length ? { anchors: before.slice(0, 200), above } : null;
}
