import { expect } from "chai";
import { checkProse, completeProse } from "../../../src/tutorial/format/check-prose.ts";
import { faultText } from "../../../src/tutorial/format/fault.ts";
import { proseHtml } from "../../../src/tutorial/format/markdown.ts";
import { parseProse } from "../../../src/tutorial/format/parse-prose.ts";
import { parseTutorial } from "../../../src/tutorial/format/parse-tutorial.ts";
import { writtenLogic, writtenProse } from "./written.ts";

const logic = parseTutorial(writtenLogic, "t.yaml");

/** What is wrong with a prose file, held against the small tutorial. */
function faultsOf(text: string, language = "en"): { faults: string[]; missing: string[] } {
  const read = parseProse(text, `${language}.md`, language);
  const check = checkProse(logic, read, `${language}.md`);
  return {
    faults: [...read.faults, ...check.faults].map(faultText),
    missing: check.missing.map(faultText),
  };
}

describe("prose", () => {
  it("becomes words by id", () => {
    const { prose, faults } = parseProse(writtenProse, "en.md", "en");
    expect(faults).to.deep.equal([]);
    expect(prose).to.deep.equal({
      language: "en",
      title: "Small",
      summary: "A small one.",
      say: { hello: "Hello, Bo." },
      steps: {
        begin: {
          headline: "A start",
          html: "<p>You live at <homeroom-address>{you.server}</homeroom-address>. Write to <homeroom-address>@bo:garden.example</homeroom-address>, <strong>please</strong>.</p>",
          goals: { account: "You have an account at {you.server}", wrote: "You wrote" },
          fields: { who: "Bo's address" },
          misses: { taken: "Taken.", elsewhere: "Bo is not there." },
          hints: ["First hint.", "Second hint, over two lines."],
          quizzes: {
            which: {
              question: "A or b?",
              answers: {
                a: { text: "This one", feedback: "No." },
                b: { text: "That one", feedback: "Yes | indeed." },
              },
            },
          },
          speaker: ["Say this. And this."],
        },
      },
    });
    expect(faultsOf(writtenProse)).to.deep.equal({ faults: [], missing: [] });
  });

  const broken: Record<string, { from: string; to: string; at: string; says: string }> = {
    "a step that the logic has not": {
      from: "## begin:",
      to: "## begun: Extra\n\nText.\n\n## begin:",
      at: "## begun",
      says: "found “begun”, expected a step of tutorial.yaml: begin; did you mean begin?",
    },
    "a heading without an id": {
      from: "## begin: A start",
      to: "## A start",
      at: "## A",
      says: "found the heading “A start”, expected a step's id before it: ## id: headline",
    },
    "a goal that the logic has not": {
      from: "- wrote: You wrote",
      to: "- wrote: You wrote\n- wrot: Again",
      at: "- wrot:",
      says: "found “wrot”, expected a goal of tutorial.yaml: account, wrote or which; did you mean wrote?",
    },
    "a near miss that the logic has not": {
      from: "- miss taken: Taken.",
      to: "- miss taken: Taken.\n- miss token: Taken.",
      at: "- miss token",
      says: "found “token”, expected a near miss of tutorial.yaml: taken or elsewhere; did you mean taken?",
    },
    "a near miss without words": {
      from: "- miss taken: Taken.\n",
      to: "",
      at: "## begin",
      says: "found no near miss “taken” in step “begin”, expected a line - miss taken: …",
    },
    "a goal without words": {
      from: "- wrote: You wrote\n",
      to: "",
      at: "## begin",
      says: "found no goal “wrote” in step “begin”, expected a line - wrote: …",
    },
    "a field without a label": {
      from: "- field who: Bo's\n  address\n",
      to: "",
      at: "## begin",
      says: "found no field “who” in step “begin”, expected a line - field who: its label",
    },
    "an answer without feedback": {
      from: "- a: This one | No.",
      to: "- a: This one",
      at: "## begin",
      says: "found no feedback to “a” of “which” in step “begin”, expected a line - a: answer | feedback",
    },
    "an answer that the logic has not": {
      from: "- a: This one | No.",
      to: "- a: This one | No.\n- c: What | Eh.",
      at: "- c: What",
      says: "found “c”, expected a answer of tutorial.yaml: a or b",
    },
    "two lines of one id": {
      from: "- wrote: You wrote",
      to: "- wrote: You wrote\n- wrote: Again",
      at: "- wrote: Again",
      says: "found a second “wrote”, expected each once",
    },
    "words that nobody says": {
      from: "  hello: Hello, Bo.",
      to: "  hello: Hello, Bo.\n  bye: Bye.",
      at: "  bye",
      says: "found “bye”, expected a say of tutorial.yaml: hello",
    },
    "a placeholder for nobody": {
      from: "- wrote: You wrote",
      to: "- wrote: {zed} wrote",
      at: "- wrote",
      says: "found {zed}, expected a placeholder such as {you}, {bo.server} or {room.chat}",
    },
    "HTML in the text": {
      from: "You live at",
      to: "You <b>live</b> at",
      at: "You <b>",
      says: "found HTML, expected paragraphs, lists, emphasis, code in a line, and links to https",
    },
    "a link to somewhere odd": {
      from: "You live at",
      to: "You [live](javascript:alert) at",
      at: "You [live]",
      says: "found a link that is not https, expected paragraphs, lists, emphasis, code in a line, and links to https",
    },
    "no summary": {
      from: "summary: A small one.\n",
      to: "",
      at: "title",
      says: "found no “summary”, expected summary: one sentence for its card",
    },
    "a title that is no text": {
      from: "title: Small",
      to: "title: [Small]",
      at: "[Small]",
      says: "found a list, expected the tutorial's title",
    },
  };
  for (const [what, { from, to, at, says }] of Object.entries(broken)) {
    it(`says where ${what} stands`, () => {
      expect(writtenProse).to.include(from);
      const text = writtenProse.replace(from, to);
      const before = text.slice(0, text.indexOf(at)).split("\n");
      expect(faultsOf(text).faults).to.include(
        `en.md:${before.length}:${before.at(-1)!.length + 1}: ${says}`,
      );
    });
  }

  it("says when the logic wants words that are not there", () => {
    const faults = faultsOf(writtenProse.replace("  hello: Hello, Bo.", "  hallo: Hallo, Bo.")).faults;
    expect(
      faults.some((fault) =>
        /^t\.yaml:\d+:\d+: found say: hello, expected a key of say in en\.md$/.test(fault),
      ),
    ).to.equal(true);
  });

  it("asks for front matter", () => {
    expect(faultsOf("## begin: A\n").faults[0]).to.equal(
      "en.md:1:1: found “## begin: A”, expected front matter between two lines of ---",
    );
  });

  it("lists what a translation lacks, and leaves it English, step by step", () => {
    const translated = "---\ntitle: Klein\nsummary: Ein kleines.\n---\n\n## begin: Anfang\n\nText.\n";
    const { faults, missing } = faultsOf(translated, "de");
    expect(faults).to.deep.equal([]);
    expect(missing).to.include(
      "de.md:6:1: found no goal “account” in step “begin”, expected a line - account: …",
    );
    expect(missing).to.include("de.md:1:1: found no “hello” in say, expected hello: what is said");
    const english = parseProse(writtenProse, "en.md", "en").prose;
    const whole = completeProse(logic.tutorial!, english, parseProse(translated, "de.md", "de").prose);
    expect(whole).to.deep.include({ language: "de", title: "Klein", say: { hello: "Hello, Bo." } });
    expect(whole.steps.begin).to.deep.equal({ ...english.steps.begin, fallback: "en" });
  });
});

describe("a step's HTML", () => {
  /** The elements and attributes that a browser finds in it. */
  function partsOf(html: string): string[] {
    const template = document.createElement("template");
    template.innerHTML = html;
    return [...template.content.querySelectorAll("*")].flatMap((element) => [
      element.localName,
      ...element.getAttributeNames().map((name) => `${element.localName}[${name}]`),
    ]);
  }

  it("has emphasis, lists, code, links and coloured addresses", () => {
    const html = proseHtml(
      "**Bold**, *soft*, `PUT`, [a page](https://matrix.org/).\n\n- one\n- @bo:harbor.example:\n\n1. first\n\n> said",
    );
    expect(html).to.equal(
      '<p><strong>Bold</strong>, <em>soft</em>, <code>PUT</code>, <a href="https://matrix.org/" target="_blank" rel="noopener">a page</a>.</p>' +
        "<ul><li>one</li><li><homeroom-address>@bo:harbor.example</homeroom-address>:</li></ul>" +
        "<ol><li>first</li></ol><blockquote><p>said</p></blockquote>",
    );
  });

  it("takes addresses and servers whole, and leaves what only looks like one", () => {
    const html = proseHtml(
      "Ask garden.example, {bo} or `#tea:harbor.example`. Not `sam@garden.example`, not matrix.to, not 12:30.",
    );
    expect(html).to.equal(
      "<p>Ask <homeroom-address>garden.example</homeroom-address>, <homeroom-address>{bo}</homeroom-address> or " +
        "<homeroom-address>#tea:harbor.example</homeroom-address>. Not <code>sam@garden.example</code>, not matrix.to, not 12:30.</p>",
    );
  });

  const hostile = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "text <svg/onload=alert(1)> text",
    "[x](javascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    '[x](https://a.example/"onmouseover="alert(1))',
    "![x](https://a.example/x.png)",
    "<homeroom-address onclick=alert(1)>x</homeroom-address>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "`<b>` **<i>** @a:<b>.example",
    "[a]: javascript:alert(1)\n\n[a]",
    "```html\n<script>alert(1)</script>\n```",
  ];
  for (const text of hostile) {
    it(`lets nothing through of ${text.slice(0, 40)}`, () => {
      const allowed = /^(p|strong|em|code|br|ul|ol|li|blockquote|a|homeroom-address|a\[(href|target|rel)\])$/;
      const html = proseHtml(text);
      expect(partsOf(html).filter((part) => !allowed.test(part))).to.deep.equal([]);
      const template = document.createElement("template");
      template.innerHTML = html;
      for (const link of template.content.querySelectorAll("a")) expect(link.protocol).to.equal("https:");
    });
  }
});
