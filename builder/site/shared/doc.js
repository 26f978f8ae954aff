/* The web edition of a book: what needs a script. Without it the book is read all the same.
   ?trang=12 leads to where printed page 12 begins; sizes of type and the ground are kept, and the place where reading
   stopped, on this device alone. */
(() => {
  "use strict";

  const root = document.documentElement;
  const SIZES = [100, 125, 150, 200];
  const GROUNDS = ["device", "light", "dark", "ivory"];
  const PAUSE = 400; // milliseconds without scrolling until a place is kept

  /* Storage may be blocked, full or not there at all (a file on a USB stick): then nothing is kept. */
  const kept = (name) => {
    try {
      return localStorage.getItem(`doc:${name}`);
    } catch (error) {
      return null;
    }
  };
  const keep = (name, value) => {
    try {
      localStorage.setItem(`doc:${name}`, value);
    } catch (error) {
      /* then not */
    }
  };

  /* Before anything is shown: no flash of another ground. */
  const inked = (ground) => {
    if (ground === "device") root.removeAttribute("data-ground");
    else root.setAttribute("data-ground", ground);
  };
  const sized = (size) => root.setAttribute("data-size", String(size));
  let ground = GROUNDS.includes(kept("ground")) ? kept("ground") : "device";
  let size = SIZES.includes(Number(kept("size"))) ? Number(kept("size")) : SIZES[0];
  inked(ground);
  sized(size);

  document.addEventListener("DOMContentLoaded", () => {
    const find = (selector) => document.querySelector(selector);
    const bar = find(".web-bar");
    const main = find("main");
    const told = find("#_bao");
    const tools = find("#_cong-cu");
    const marks = Array.from(document.querySelectorAll("[data-page]"));

    const stuck = () => (getComputedStyle(bar).position === "sticky" ? bar.offsetHeight : 0);
    const measure = () => root.style.setProperty("--bar", `${stuck()}px`);
    measure();
    if (window.ResizeObserver) new ResizeObserver(measure).observe(bar);
    else addEventListener("resize", measure);

    /* Say something at the foot of the screen until it is put away. */
    const say = (...parts) => {
      const close = document.createElement("button");
      close.type = "button";
      close.textContent = "×";
      close.setAttribute("aria-label", told.dataset.close);
      close.addEventListener("click", hush);
      hush();
      told.append(...parts, close);
    };
    const hush = () => {
      told.textContent = "";
    };

    /* --- printed pages ------------------------------------------------------------------------- */

    const bare = (label) => label.trim().normalize("NFC").toLowerCase();
    const number = (label) => parseInt(label, 10);
    /* The page of that label; else the nearest by number, of two the one before; none for what is no number. */
    const nearest = (label) => {
      const exact = marks.find((mark) => bare(mark.dataset.page) === bare(label));
      if (exact) return exact;
      const wanted = number(label);
      const far = (mark) => Math.abs(number(mark.dataset.page) - wanted);
      const numbered = marks.filter((mark) => far(mark) >= 0);
      return numbered.reduce((best, mark) => (far(mark) < far(best) ? mark : best), numbered[0]);
    };
    const shown = (mark) => {
      mark.focus({ preventScroll: true });
      mark.scrollIntoView();
    };
    const go = (label, how) => {
      const mark = nearest(label);
      const wanted = label.trim().slice(0, 12);
      hush();
      if (!mark) {
        say(told.dataset.unknown.replace("{wanted}", () => wanted));
        return;
      }
      if (bare(mark.dataset.page) !== bare(label)) {
        say(told.dataset.missing.replace("{wanted}", () => wanted).replace("{nearest}", mark.dataset.page));
      }
      how(`#${mark.id}`);
      shown(mark);
    };

    /* --- type and ground ----------------------------------------------------------------------- */

    tools.hidden = false;
    const output = find("output[data-size]");
    const steps = Array.from(document.querySelectorAll("[data-step]"));
    const resized = () => {
      sized(size);
      output.textContent = `${size} %`;
      for (const step of steps) {
        const next = SIZES[SIZES.indexOf(size) + Number(step.dataset.step)];
        step.setAttribute("aria-disabled", String(next === undefined));
      }
    };
    resized();
    for (const step of steps) {
      step.addEventListener("click", () => {
        const place = spot();
        size = SIZES[SIZES.indexOf(size) + Number(step.dataset.step)] || size;
        keep("size", size);
        resized();
        if (place) place.scrollIntoView();
      });
    }
    for (const choice of document.querySelectorAll('input[name="ground"]')) {
      choice.checked = choice.value === ground;
      choice.addEventListener("change", () => {
        ground = choice.value;
        keep("ground", ground);
        inked(ground);
      });
    }
    const shut = (focus) => {
      if (!tools.open) return;
      tools.open = false;
      if (focus) tools.querySelector("summary").focus();
    };
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") shut(true);
    });
    document.addEventListener("click", (event) => {
      if (!tools.contains(event.target)) shut(false);
    });
    const form = find("[data-goto]");
    if (form) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        shut(false);
        go(form.elements.trang.value, (hash) => {
          location.hash = hash;
        });
      });
    }

    /* --- the place where reading stopped -------------------------------------------------------- */

    const spots = Array.from(main.querySelectorAll("[id]"));
    const top = (element) => element.getBoundingClientRect().top;
    /* The last thing with an id that begins above the top edge of what is read, or at it. */
    const spot = () => {
      const edge = stuck() + 48;
      let [low, high] = [0, spots.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (top(spots[middle]) <= edge) low = middle + 1;
        else high = middle;
      }
      return spots[low - 1];
    };
    const place = `place:${document.body.dataset.book}`;
    const last = document.getElementById(kept(place) || "");
    let waiting = 0;
    addEventListener("scroll", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const here = spot();
        keep(place, here ? here.id : "");
      }, PAUSE);
    });

    /* --- where to begin ------------------------------------------------------------------------- */

    const asked = new URLSearchParams(location.search).get("trang");
    if (asked && !location.hash) {
      go(asked, (hash) => location.replace(hash));
    } else if (last && main.contains(last) && !location.hash && scrollY < innerHeight && top(last) > innerHeight) {
      const link = document.createElement("a");
      link.href = `#${last.id}`;
      link.textContent = told.dataset.resume;
      link.addEventListener("click", hush);
      say(link);
    }
  });
})();
