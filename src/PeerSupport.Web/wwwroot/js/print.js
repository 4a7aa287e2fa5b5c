// The button needs a script, so it only shows where there is one; the browser's own print command always works.
const button = document.querySelector("[data-print]");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
