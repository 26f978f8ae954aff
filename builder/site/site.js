// What the site's pages do besides being read. Without it the whole list, the contents and all files are there anyway.
"use strict";

// A visit to a place leads on to the place in the web edition: codes in printed books name `#id` or `?trang=12`.
(() => {
  const edition = document.documentElement.dataset.doc;
  if (!edition) return;
  const page = new URLSearchParams(location.search).get("trang");
  const place = location.hash.slice(1);
  if (page) location.replace(`${edition}?trang=${encodeURIComponent(page)}`);
  else if (place && !place.startsWith("_")) location.replace(`${edition}#${place}`);
})();

// The addresses of the catalogues as whoever is on a network has to type them.
(() => {
  if (!location.protocol.startsWith("http")) return;
  const told = document.querySelectorAll("[data-address]");
  for (const each of told) each.textContent = new URL(each.dataset.address, location.href.split(/[?#]/)[0]).href;
  const intro = document.querySelector("[data-networked]");
  if (intro) intro.textContent = intro.dataset.networked;
})();

// --- what is compared, and how ----------------------------------------------------------------------

// Letters without any mark, words parted by one space, no zero before a number: "Nghị quyết 05" is "nghi quyet 5".
const SEARCH = (() => {
  const TITLE = 16, REST = 4; // what a word weighs in the title, in what else is said of a publication
  const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
  const ZEROS = /^0+(?=\p{N}+$)/u;
  const split = (text) => text.normalize("NFKD").toLowerCase().split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean);
  const bare = (word) => word.replace(/\p{M}+/gu, "").replace(/đ/g, "d").replace(ZEROS, "");
  // A syllable's letters, then its tone: where the tone was written makes no difference, "hoà" is "hòa".
  const letters = (word) => word.replace(TONES, "").normalize("NFC").replace(ZEROS, "");
  const tones = (word) => (word.match(TONES) || []).join("");
  const line = (each, text) => ` ${split(text).map(each).filter(Boolean).join(" ")} `;
  const folded = (text) => line(bare, text);
  const exact = (text) => line((word) => letters(word) + tones(word), text);

  // What was typed, word by word; the last one may not be typed to its end.
  const asked = (text) => split(text).map((word, at, all) => {
    const [plain, base, tone] = [bare(word), letters(word), tones(word)];
    const open = at === all.length - 1 && !/\s$/.test(text) && !/^\p{N}+$/u.test(word);
    const marked = base !== plain || tone;
    return {
      part: ` ${plain}${open ? "" : " "}`,
      whole: ` ${plain} `,
      exact: marked ? new RegExp(` ${base}${open ? "[^ ]*" : ""}${tone} `, "u") : null,
    };
  }).filter((word) => word.part.trim());

  const has = (text, word) => text.includes(word.part);
  const sure = (text, words) => words.every((word) => !word.exact || word.exact.test(exact(text)));

  // How well a publication answers: by what is said of it, by headings of its contents; null where it does not.
  const weighed = (words, title) => {
    const lacking = words.filter((word) => !title.folded.some((text) => has(text, word)));
    const needed = lacking.length ? lacking : words;
    const inside = title.headings.filter((heading) => needed.every((word) => has(heading.folded, word)));
    if (lacking.length && !inside.length) return null;
    const weight = (word, text, one) => (has(text, word) ? one * (text.includes(word.whole) ? 2 : 1) : 0);
    const sum = words.reduce(
      (all, word) => all + Math.max(weight(word, title.folded[0], TITLE), weight(word, title.folded[1], REST)), 0);
    const met = words.filter((word) => !lacking.includes(word));
    const certain = inside.filter((heading) => sure(heading.text, needed));
    return {
      title,
      headings: [...certain, ...inside.filter((heading) => !certain.includes(heading))],
      sum: lacking.length ? 0 : sum,
      exact: sure(title.texts.join(" "), met) && (!lacking.length || certain.length > 0),
    };
  };

  return { folded, exact, asked, weighed };
})();

// --- the search of the front page -------------------------------------------------------------------

(() => {
  const form = document.getElementById("_tim");
  if (!form) return;
  const [field, told, results, list] = ["_chu", "_bao", "_ket-qua", "_danh-sach"].map((id) => document.getElementById(id));
  const found = results.querySelector("ol");
  const [more, deeper] = ["[data-more]", "[data-deeper]"].map((name) => results.querySelector(name));
  const choices = [...form.querySelectorAll("select")];
  const cards = new Map([...list.querySelectorAll("[data-slug]")].map((card) => [card.dataset.slug, card]));
  const say = form.dataset;
  const STEP = 30; // results shown at a time
  const LINES = 4; // headings shown of a publication
  const LIGHT = 600000; // bytes of headings that are looked into without being asked
  const PAUSE = 150; // milliseconds after a key

  // Loaded once they are needed: all publications, then the headings of their contents.
  const script = (address) => new Promise((done, fail) => {
    const element = document.createElement("script");
    element.src = address;
    element.onload = done;
    element.onerror = () => fail(new Error(address));
    document.head.append(element);
  });
  let publications;
  const known = () => (publications = publications || script(say.script).then(() =>
    SHELF.titles.map(([slug, title, rest, way]) => ({
      slug, way: way || "doc", texts: [title, rest], folded: [title, rest].map(SEARCH.folded), headings: [],
    }))));
  let opening = "not yet"; // then "looking", "done"
  const open = async (titles) => {
    opening = "looking";
    try {
      for (const name of SHELF.parts) {
        await script(name);
        const [first, each] = SHELF.found.pop();
        each.forEach((flat, at) => {
          for (let i = 0; i < flat.length; i += 2)
            titles[first + at].headings.push({ text: flat[i], anchor: flat[i + 1], folded: SEARCH.folded(flat[i]) });
        });
        if (!found.contains(document.activeElement)) show();
      }
      opening = "done";
      show();
    } catch (_) {
      opening = "done";
      told.textContent = say.failed;
    }
  };

  // What was found, drawn: the cards of the list again, with headings under them.
  const added = (parent, name, words) => {
    const made = document.createElement(name);
    if (words) made.textContent = words;
    parent.append(made);
    return made;
  };
  const drawn = ({ title, headings }) => {
    const card = cards.get(title.slug).cloneNode(true);
    if (!headings.length) return card;
    const within = added(card.lastElementChild, "div");
    within.className = "inside";
    added(within, "p", say.headings).className = "quiet";
    const lines = added(within, "ul"), folder = encodeURIComponent(title.slug);
    for (const { text, anchor } of headings.slice(0, LINES))
      added(added(lines, "li"), "a", text).href = `${folder}/${title.way}/index.html#${encodeURIComponent(anchor)}`;
    if (headings.length > LINES)
      added(added(lines, "li"), "a", say.others.replace("{count}", headings.length - LINES)).href =
        `${folder}/index.html#_muc-luc`;
    return card;
  };
  let hits = [], shown = 0;
  const further = () => {
    found.append(...hits.slice(shown, shown + STEP).map(drawn));
    shown = Math.min(shown + STEP, hits.length);
    more.hidden = shown === hits.length;
  };
  const tell = () => {
    const count = String(hits.length).replace(/\B(?=(\d{3})+$)/g, say.thousands);
    const looking = opening === "looking" && field.value.trim();
    const said = hits.length ? (hits.length === 1 ? say.one : say.many).replace("{count}", count) : looking ? "" : say.none;
    told.textContent = [said, looking && say.looking].filter(Boolean).join(" ");
  };

  const chosen = ({ slug }) => choices.every((choice) => {
    const index = choice.selectedOptions[0].dataset.index;
    return index === undefined || cards.get(slug).dataset[choice.dataset.by] === index;
  });
  const answers = async (words) => {
    const every = [...cards.keys()].map((slug) => ({ title: { slug }, headings: [], sum: 0, exact: true }));
    if (!words.length) return every;
    const titles = await known();
    const light = SHELF.size <= LIGHT && !(navigator.connection || {}).saveData;
    if (opening === "not yet" && light && SHELF.parts.length) open(titles);
    return titles.filter(({ slug }) => cards.has(slug)).map((title) => SEARCH.weighed(words, title)).filter(Boolean);
  };
  let turn = 0;
  const show = async () => {
    const mine = ++turn, words = SEARCH.asked(field.value);
    results.setAttribute("aria-busy", "true"); // what is shown is of before
    const idle = !words.length && choices.every((each) => !each.value);
    let all = [];
    try {
      if (!idle) all = await answers(words);
    } catch (_) {
      results.removeAttribute("aria-busy");
      told.textContent = say.failed;
      return;
    }
    if (mine !== turn) return;
    results.removeAttribute("aria-busy");
    hits = all.filter(({ title }) => chosen(title)).sort((one, two) => two.exact - one.exact || two.sum - one.sum);
    shown = 0;
    found.textContent = "";
    further();
    results.hidden = idle;
    results.querySelector("h2").hidden = !hits.length;
    list.hidden = !idle;
    deeper.hidden = !words.length || opening !== "not yet" || !SHELF.parts.length;
    if (!deeper.hidden) deeper.textContent = say.inside.replace("{size}", SHELF.said);
    if (idle) told.textContent = "";
    else tell();
  };

  const kept = () => {
    const state = new URLSearchParams();
    for (const each of [field, ...choices]) if (each.value.trim()) state.set(each.name, each.value);
    try {
      history.replaceState(null, "", String(state) ? `?${state}` : location.pathname);
    } catch (_) {
      // Some browsers keep the address of a file as it is.
    }
  };
  let waiting;
  const changed = (after) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { kept(); show(); }, after);
  };
  field.addEventListener("focus", () => known().catch(() => {}), { once: true });
  field.addEventListener("input", () => changed(PAUSE));
  for (const each of choices) each.addEventListener("change", () => changed(0));
  form.addEventListener("reset", () => { changed(0); field.focus(); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    kept();
    await show();
    if (!results.hidden) results.querySelector("h2").focus();
  });
  more.addEventListener("click", () => {
    const first = shown;
    further();
    found.children[first].querySelector("a").focus();
  });
  deeper.addEventListener("click", async () => {
    const titles = await known();
    results.querySelector("h2").focus();
    open(titles);
    show();
  });

  const state = new URLSearchParams(location.search);
  for (const each of [field, ...choices]) if (state.get(each.name)) each.value = state.get(each.name);
  show();
})();
