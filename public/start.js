// Runs before the first paint, in any browser: classic, old syntax, a file because the page allows no inline script.
(function () {
  var page = document.documentElement;
  try {
    var theme = localStorage.getItem("homeroom.theme");
    if (theme === "light" || theme === "dark") page.setAttribute("data-theme", theme);
  } catch (blocked) {
    // The system's theme then.
  }
  var young =
    window.CSS &&
    CSS.supports &&
    CSS.supports("color", "light-dark(red, blue)") &&
    "adoptedStyleSheets" in document &&
    window.Promise &&
    "withResolvers" in Promise &&
    "union" in Set.prototype;
  page.className += young ? " plays" : " too-old";
})();
