// Runs before the first paint, in any browser: classic, in old syntax.
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

  // What can be read is painted first; then the site's modules come, all at once.
  var modules = (page.getAttribute("data-modules") || "").split(" ");
  var begun = !young || modules[0] === "";
  function begin() {
    if (begun) return;
    begun = true;
    for (var at = 1; at < modules.length; at++) {
      var link = document.createElement("link");
      link.rel = "modulepreload";
      link.href = modules[at];
      document.head.appendChild(link);
    }
    var script = document.createElement("script");
    script.type = "module";
    script.src = modules[0];
    document.head.appendChild(script);
  }
  requestAnimationFrame(function () {
    setTimeout(begin);
  });
  // A page in the background is not painted.
  setTimeout(begin, 500);
})();
