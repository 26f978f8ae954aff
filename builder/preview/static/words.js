// The words of the page's own sentences come in with the page; a sentence goes out, its slots filled.

const WORDS = JSON.parse(document.getElementById("words").textContent);

export const $ = (id) => document.getElementById(id);

export function say(key, ...values) {
  return values.reduce((text, value, number) => text.replaceAll(`{${number}}`, value), WORDS[key]);
}

// Letters as they are looked for: small, without tone marks and other signs (đ as d).
export function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");
}

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}
