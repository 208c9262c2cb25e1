/* Search without a server. The index comes as scripts, since a page on a disk can load no other. */
(() => {
  const form = document.querySelector(".search");
  const field = form.querySelector("input");
  const told = document.getElementById("told");
  const list = document.getElementById("results");
  const SHOWN = 25, AROUND = 80;
  const UNSPACED = "\u3040-\u30ff\u3400-\u9fff\u{20000}-\u{3ffff}";
  const WORD = new RegExp(`[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])+`, "gu");
  const PRINTED = new RegExp(`[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+`, "gu");
  const words = new Map(), parts = new Map(), loading = new Map();
  let texts = [], asked = 0;

  window.teiSearch = {
    texts: (all) => { texts = all; },
    words: (letters, found) => words.set(letters, found),
    text: (number, found) => parts.set(number, found),
  };

  const WRITTEN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };
  const bare = (said) => said.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "")
    .replace(/[^\0-\x7f]/g, (sign) => WRITTEN[sign] || sign);
  const folded = (said) => bare(said).match(WORD) || [];
  const letters = (word) => [...word].slice(0, 2).join("");
  const filed = (two) => "w" + [...two].map((c) => c.codePointAt(0).toString(16)).join("-");

  function load(name) {
    if (!loading.has(name)) {
      loading.set(name, new Promise((done) => {
        const script = document.createElement("script");
        script.src = `search/${name}.js`;
        script.onload = script.onerror = done;
        document.head.append(script);
      }));
    }
    return loading.get(name);
  }

  /* The word, or where no text has it as much of it as one does: its ending may be another there. */
  function known(word) {
    const there = Object.keys(words.get(letters(word)) || {});
    for (let end = word.length; end >= Math.max(4, word.length - 4); end--) {
      if (there.some((one) => one.startsWith(word.slice(0, end)))) return word.slice(0, end);
    }
    return word;
  }

  /* The texts that have a word, or one that begins with it, with how often. */
  function having(word) {
    const found = new Map();
    for (const [one, where] of Object.entries(words.get(letters(word)) || {})) {
      if (!one.startsWith(word)) continue;
      for (let i = 0; i < where.length; i += 2) {
        found.set(where[i], (found.get(where[i]) || 0) + where[i + 1]);
      }
    }
    return found;
  }

  function ranked(sought) {
    const each = sought.map(having);
    const all = [...each[0].keys()].filter((text) => each.every((one) => one.has(text)));
    const weight = (text) => Math.min(...each.map((one) => one.get(text)));
    return all.sort((a, b) => weight(b) - weight(a) || a - b);
  }

  /* The part of a text that has most of the words, cut to what stands around the first. */
  function excerpt(number, sought) {
    let best = null, most = 0;
    for (const [at, said] of parts.get(number) || []) {
      const met = new Map();
      for (const word of said.matchAll(PRINTED)) {
        const plain = bare(word[0]), one = sought.find((sign) => plain.startsWith(sign));
        if (one && !met.has(one)) met.set(one, word);
      }
      if (met.size > most) { most = met.size; best = [at, said, met.values().next().value]; }
    }
    return best && cut(...best);
  }

  function cut(at, said, word) {
    const start = Math.max(0, word.index - AROUND), end = word.index + word[0].length;
    return { at, before: (start ? "…" : "") + said.slice(start, word.index), word: word[0],
      after: said.slice(end, end + AROUND) + (end + AROUND < said.length ? "…" : "") };
  }

  function shown(number, sought) {
    const [href, title, date] = texts[number];
    const item = document.createElement("li"), link = document.createElement("a");
    const found = excerpt(number, sought);
    link.href = "../" + href.split("/").map(encodeURIComponent).join("/") + (found && found.at ? "#" + encodeURIComponent(found.at) : "");
    link.textContent = title;
    item.append(link, date ? ` (${date})` : "");
    if (found) {
      const words = document.createElement("p"), mark = document.createElement("mark");
      mark.textContent = found.word;
      words.append(found.before, mark, found.after);
      item.append(words);
    }
    return item;
  }

  async function search() {
    const turn = ++asked;
    const typed = folded(field.value);
    if (!typed.length) { list.replaceChildren(); told.textContent = ""; return; }
    await Promise.all([load("texts"), ...typed.map((word) => load(filed(letters(word))))]);
    if (turn !== asked) return;
    const sought = [...new Set(typed.map(known))];
    const found = ranked(sought), first = found.slice(0, SHOWN);
    await Promise.all(first.map((number) => load(`t${number}`)));
    if (turn !== asked) return;
    told.textContent = found.length ? form.dataset.found.replace("{}", found.length) : form.dataset.none;
    list.replaceChildren(...first.map((number) => shown(number, sought)));
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  let pause;
  field.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(search, 150); });
  const said = new URLSearchParams(location.search).get("q");
  if (said) { field.value = said; search(); }
})();
