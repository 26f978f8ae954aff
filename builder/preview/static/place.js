// A place in the text and a laying come in; the page on which the place stands there goes out.
//
// A place is where a page began: the id of a block and how many of its letters stood before, with the ids of the blocks
// before it, the page's number and its label, for layings in which the block is not to be found.

export function placeOf(laying, number) {
  const page = laying.pages[number];
  if (!page) return null;
  const before = laying.pages.slice(0, number).map((each) => each.begins[0]).filter(Boolean);
  return { anchor: page.begins[0], letters: page.begins[1], before: before.reverse(), number, label: page.label };
}

export function pageOf(laying, place) {
  const last = laying.pages.length - 1;
  if (last < 0 || !place) return 0;
  if (place.anchor) {
    const found = pageWithin(laying, place.anchor, place.letters);
    if (found >= 0) return found;
  }
  if (place.label) {
    const same = laying.pages.findIndex((page) => page.label === place.label);
    if (same >= 0 && (!place.anchor || !place.foreign)) return same;
  }
  for (const anchor of place.before ?? []) {
    if (anchor in laying.spots) return laying.spots[anchor];
  }
  return Math.min(place.number ?? 0, last);
}

// The page on which so many letters of a block stand before: one that begins within it, or the one it begins on.
function pageWithin(laying, anchor, letters) {
  let found = laying.spots[anchor] ?? -1;
  laying.pages.forEach((page, number) => {
    if (page.begins[0] === anchor && page.begins[1] <= letters) found = Math.max(found, number);
  });
  return found;
}
