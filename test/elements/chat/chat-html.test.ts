import { expect } from "chai";
import { safeHtml } from "../../../src/elements/chat/chat-html.ts";

function cleaned(source: string): string {
  const place = document.createElement("div");
  place.append(safeHtml(source) ?? "refused");
  return place.innerHTML;
}

const hostile = [
  `<img src=x onerror="window.harmed = true">`,
  `<img src="https://tracker.example/pixel.png">`,
  `<script>window.harmed = true</script>`,
  `<svg onload="window.harmed = true"><a xlink:href="javascript:window.harmed=1">x</a></svg>`,
  `<a href="javascript:window.harmed = true">x</a>`,
  `<a href="data:text/html,<script>window.harmed=1</script>">x</a>`,
  `<a href="/relative">x</a>`,
  `<iframe srcdoc="<script>parent.harmed = true</script>"></iframe>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.harmed=1&gt;">`,
  `<form action="https://evil.example"><input name=password><button>Sign in</button></form>`,
  `<div style="position:fixed;inset:0;background:red">x</div>`,
  `<span style="background:url(https://tracker.example/)" onmouseover="window.harmed=1">x</span>`,
  `<style>* { display: none }</style><link rel=stylesheet href=https://evil.example>`,
  `<base href="https://evil.example"><meta http-equiv=refresh content="0;url=https://evil.example">`,
  `<p id="title" name="body" class="unseen">x</p>`,
  `<details ontoggle="window.harmed = true" open>x</details>`,
  `<noscript><p title="</noscript><img src=x onerror=window.harmed=1>"></noscript>`,
  `<template><img src=x onerror=window.harmed=1></template>`,
  `<homeroom-chat></homeroom-chat>`,
];

describe("safeHtml", () => {
  it("lets nothing run, load, leave its place or imitate a form", async () => {
    const place = document.createElement("div");
    document.body.append(place);
    for (const source of hostile) {
      const content = safeHtml(source);
      place.replaceChildren(content ?? "");
      for (const element of place.querySelectorAll("*")) {
        expect(element.localName, source).to.match(/^(a|p|div|span|details|summary|table|tbody)$/);
        for (const name of element.getAttributeNames())
          expect(`${element.localName} ${name}`, source).to.match(/^a (href|target|rel)$/);
      }
      const links = [...place.querySelectorAll("a[href]")].map((link) => link.getAttribute("href"));
      expect(links, source).to.deep.equal([]);
    }
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect("harmed" in window).to.equal(false);
    place.remove();
  });

  it("keeps what the specification allows", () => {
    const kept =
      "<h3>Tea</h3><blockquote><p>a <strong>b</strong> <em>c</em> <del>d</del> <sup>e</sup></p></blockquote>" +
      '<ol start="3"><li>x</li></ol><pre><code class="language-ts">y</code></pre><hr><table><tbody><tr><td>z</td></tr></tbody></table>';
    expect(cleaned(kept)).to.equal(kept);
    expect(cleaned('<code class="language-ts evil">y</code>')).to.equal('<code class="language-ts">y</code>');
  });

  it("opens links outside, and only to where the specification lets them lead", () => {
    expect(cleaned('<a href="https://example.org/">x</a>')).to.equal(
      '<a href="https://example.org/" target="_blank" rel="noopener noreferrer">x</a>',
    );
    expect(cleaned('<a href="magnet:?xt=urn:x">x</a>')).to.contain("magnet:");
    expect(cleaned('<a href="matrix:u/bo:harbor.example">x</a>')).to.not.contain("href");
  });

  it("says a picture in its words, and drops the quote of an old reply", () => {
    expect(cleaned('<img src="mxc://a/b" alt="a cat">')).to.equal("a cat");
    expect(cleaned("<mx-reply><blockquote>old</blockquote></mx-reply>new")).to.equal("new");
  });

  it("hides a spoiler behind a control, and keeps colours readable", () => {
    expect(cleaned('<span data-mx-spoiler="the end">He did it</span>')).to.match(
      /^<details class="spoiler"><summary>the end<\/summary><span[^>]*>He did it<\/span><\/details>$/,
    );
    const place = document.createElement("div");
    place.append(safeHtml('<span data-mx-color="#ffff00" data-mx-bg-color="#ffffff">x</span>') ?? "");
    expect(place.querySelector("span")?.style.color).to.equal("rgb(0, 0, 0)");
    place.replaceChildren(safeHtml('<span data-mx-color="red; background: url(x)">x</span>') ?? "");
    expect(place.querySelector("span")?.getAttribute("style")).to.equal(null);
  });

  it("refuses what is nested deeper than a hundred", () => {
    expect(safeHtml(`${"<b>".repeat(90)}x`)).to.not.equal(undefined);
    expect(safeHtml(`${"<blockquote>".repeat(150)}x`)).to.equal(undefined);
  });
});
