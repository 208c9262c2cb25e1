// Single keys press the buttons that say so. Without this the page works all the same.
"use strict";
const keys = document.getElementById("keys");
try { keys.checked = localStorage.getItem("keys") !== "off"; } catch { /* not stored */ }
keys.addEventListener("change", () => {
  try { localStorage.setItem("keys", keys.checked ? "on" : "off"); } catch { /* not stored */ }
});
document.querySelector("h1").focus();
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=radio],[type=checkbox]), select, textarea");
  if (event.key === "Escape" && typing) { document.querySelector("h1").focus(); return; }
  if (!keys.checked || typing || event.ctrlKey || event.altKey || event.metaKey) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.tagName === "INPUT") { target.focus(); target.select(); } else { target.click(); }
});
// An answer is sent once, however often a key is pressed.
document.addEventListener("submit", (event) => {
  if (document.body.dataset.sent) event.preventDefault();
  else if (event.target.method === "post") document.body.dataset.sent = "yes";
});
addEventListener("pageshow", () => { delete document.body.dataset.sent; });
