import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { catalogueFaults, untranslated } from "../../src/build/catalogue-check.ts";
import { trackedTree } from "../../src/build/tracked-tree.ts";

const faultsOf = (tree: Record<string, string>): string[] => catalogueFaults(new Map(Object.entries(tree)));
const words = (texts: Record<string, string>): string =>
  `export const app = ${JSON.stringify(texts)} as const;`;

describe("the catalogue of words", () => {
  it("is whole, and every text in it is said", () => {
    assert.equal(catalogueFaults(trackedTree()).join("\n"), "");
  });

  it("finds a text that nobody says", () => {
    const faults = faultsOf({
      "src/catalogue/en/app.ts": words({ "app.hello": "Hello", "app.theme-dark": "dark", "app.old": "Gone" }),
      // A key may also be made of parts, or come as data.
      "src/app/page.ts": 'say("app.hello"); say(`app.theme-${choice}`);',
    });
    assert.deepEqual(faults, ['src/catalogue/en/app.ts: nothing says "app.old"']);
  });

  it("takes a key that is named as data for used", () => {
    const faults = faultsOf({
      "src/catalogue/en/refusals.ts": words({ "auth/ban-needs-power": "You may not ban." }),
      "src/protocol/rules.ts": 'return { code: "auth/ban-needs-power", facts: {} };',
    });
    assert.deepEqual(faults, []);
  });

  it("finds a text that is said and missing", () => {
    const faults = faultsOf({
      "src/catalogue/en/app.ts": words({ "app.hello": "Hello" }),
      "src/app/page.ts": 'say("app.hello"); say("app.goodbye"); say(`app.time-${unit}`);',
    });
    assert.deepEqual(faults, [
      'src/app/page.ts: there is no text "app.goodbye"',
      'src/app/page.ts: there is no text "app.time-…"',
    ]);
  });

  it("finds a key that two areas have", () => {
    const faults = faultsOf({
      "src/catalogue/en/app.ts": words({ "app.hello": "Hello" }),
      "src/catalogue/en/log.ts": words({ "app.hello": "Hallo" }),
      "src/app/page.ts": 'say("app.hello");',
    });
    assert.deepEqual(faults, ['src/catalogue/en/log.ts: "app.hello" is there twice']);
  });

  const translated = {
    "src/catalogue/en/app.ts": words({ "app.a": "A {name}", "app.b": "{n|one|# many}", "app.c": "C" }),
    "src/catalogue/fr/app.ts": words({ "app.a": "A {nom}", "app.b": "{n|un|# beaucoup}", "app.d": "D" }),
    "src/app/page.ts": 'say("app.a"); say("app.b"); say("app.c");',
  };

  it("finds a translation that fills something else", () => {
    assert.deepEqual(faultsOf(translated), ['src/catalogue/fr/app.ts: "app.a" fills {nom}, English {name}']);
  });

  it("lists what is not translated, and what English has no more", () => {
    assert.deepEqual(untranslated(new Map(Object.entries(translated))), [
      'src/catalogue/fr: lacks "app.c"',
      'src/catalogue/fr/app.ts: there is no English text "app.d"',
    ]);
  });
});
