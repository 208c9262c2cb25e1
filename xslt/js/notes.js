/* A callout is a link to its note. Where this runs, the note opens beside it instead. */
(() => {
  const close = document.currentScript.dataset.close;
  let open = null;

  function shut(back) {
    if (!open) return;
    open.box.remove();
    open.callout.removeAttribute("aria-expanded");
    if (back) open.callout.focus();
    open = null;
  }

  function copy(note) {
    const body = note.querySelector(".note-body").cloneNode(true);
    for (const link of body.querySelectorAll(".back")) link.remove();
    for (const named of body.querySelectorAll("[id]")) named.removeAttribute("id");
    return body;
  }

  /* Before it is shown: what is shown takes the focus, and the window goes where that is. */
  function place(box, at) {
    const width = document.documentElement.clientWidth;
    box.style.top = `${at.bottom + scrollY + 4}px`;
    box.style.left = `${Math.max(8, Math.min(at.left, width - box.offsetWidth - 8))}px`;
  }

  /* A note that is called in an open one takes its place, and leads back to where that was called. */
  function show(called, note) {
    const callout = open && open.box.contains(called) ? open.callout : called;
    const at = callout.getBoundingClientRect();
    shut(false);
    const box = document.createElement("dialog");
    const button = document.createElement("button");
    box.className = note.className.replace("footnote", "pop");
    box.setAttribute("aria-label", called.textContent);
    box.lang = note.lang || document.documentElement.lang;
    button.type = "button";
    button.textContent = "×";
    button.setAttribute("aria-label", close);
    button.addEventListener("click", () => shut(true));
    box.append(copy(note), button);
    document.body.append(box);
    place(box, at);
    box.show();
    callout.setAttribute("aria-expanded", "true");
    open = { box, callout };
    button.focus({ preventScroll: true });
    box.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("click", (event) => {
    const callout = event.target.closest("a[role=doc-noteref]");
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const note = callout && document.getElementById(decodeURIComponent(callout.hash.slice(1)));
    if (note && plain && note.querySelector(".note-body")) {
      event.preventDefault();
      show(callout, note);
    } else if (open && !open.box.contains(event.target)) {
      shut(false);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open) shut(true);
  });
})();
