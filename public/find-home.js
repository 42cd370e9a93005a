// For the page that stands where nothing is: it is shown at any depth, so it looks for the way home.
(function () {
  var parts = location.pathname.split("/");
  function show(home) {
    var links = document.querySelectorAll('a[href^="./"]');
    for (var at = 0; at < links.length; at++) links[at].href = home + links[at].getAttribute("href").slice(2);
  }
  function look(depth) {
    if (depth < 1) return;
    var home = parts.slice(0, depth).join("/") + "/";
    fetch(home + "start.js").then(function (found) {
      if (found.ok && /javascript/.test(found.headers.get("content-type"))) show(home);
      else look(depth - 1);
    });
  }
  if (window.fetch) addEventListener("DOMContentLoaded", function () { look(parts.length - 1); });
})();
