import { expect } from "chai";
import { loadTutorialFrom } from "../../src/tutorial/load-tutorial.ts";
import { writtenLogic, writtenProse } from "./format/written.ts";

/** A web server with these files and no others. */
function serving(files: Record<string, string>): { get: typeof fetch; asked: string[] } {
  const asked: string[] = [];
  const get: typeof fetch = async (input) => {
    const url = String(input);
    asked.push(url);
    const text = files[url];
    return text === undefined ? new Response("", { status: 404 }) : new Response(text);
  };
  return { get, asked };
}

const at = "https://lessons.example/small";

describe("a tutorial from an address", () => {
  it("is loaded with its words in the language asked for, or in English", async () => {
    const { get, asked } = serving({ [`${at}/tutorial.yaml`]: writtenLogic, [`${at}/en.md`]: writtenProse });
    const loaded = await loadTutorialFrom(`${at}/tutorial.yaml?x#y`, "fr", get);
    expect(asked).to.deep.equal([`${at}/tutorial.yaml`, `${at}/en.md`, `${at}/fr.md`]);
    expect(loaded.ok && loaded.tutorial.id).to.equal("small");
    expect(loaded.ok && loaded.prose.title).to.equal("Small");
    expect(loaded.ok && loaded.prose.steps.begin?.html).to.include(
      "<homeroom-address>{you.server}</homeroom-address>",
    );
  });

  it("takes the translation where there is one", async () => {
    const german = writtenProse.replace("title: Small", "title: Klein");
    const { get } = serving({
      [`${at}/tutorial.yaml`]: writtenLogic,
      [`${at}/en.md`]: writtenProse,
      [`${at}/de.md`]: german,
    });
    const loaded = await loadTutorialFrom(at, "de", get);
    expect(loaded.ok && loaded.prose.title).to.equal("Klein");
  });

  it("says all that is wrong with its files", async () => {
    const { get } = serving({
      [`${at}/tutorial.yaml`]: writtenLogic.replace("version: 1", "version: one"),
      [`${at}/en.md`]: writtenProse.replace("title: Small\n", ""),
    });
    const loaded = await loadTutorialFrom(at, "en", get);
    expect(
      !loaded.ok && loaded.why === "faults" && loaded.faults.map(({ file, line }) => `${file}:${line}`),
    ).to.deep.equal(["small/tutorial.yaml:2", "small/en.md:2"]);
  });

  it("says what could not be loaded", async () => {
    const { get } = serving({ [`${at}/tutorial.yaml`]: writtenLogic });
    expect(await loadTutorialFrom(at, "en", get)).to.deep.equal({
      ok: false,
      why: "not-there",
      url: `${at}/en.md`,
      status: 404,
    });
    const broken = () => Promise.reject(new TypeError("offline"));
    expect(await loadTutorialFrom(at, "en", broken)).to.deep.include({ ok: false, why: "not-reached" });
    const closed: typeof fetch = (_input, init) =>
      init?.mode === "no-cors" ? Promise.resolve(new Response()) : Promise.reject(new TypeError("blocked"));
    expect(await loadTutorialFrom(at, "en", closed)).to.deep.include({ ok: false, why: "not-allowed" });
    const { get: page } = serving({
      [`${at}/tutorial.yaml`]: "\n<!DOCTYPE html><title>Lessons</title>",
      [`${at}/en.md`]: writtenProse,
    });
    expect(await loadTutorialFrom(at, "en", page)).to.deep.include({ ok: false, why: "web-page" });
    expect(await loadTutorialFrom("javascript:alert(1)", "en", get)).to.deep.include({
      ok: false,
      why: "no-url",
    });
    expect(await loadTutorialFrom("https://", "en", get)).to.deep.include({ ok: false, why: "no-url" });
    const { get: large } = serving({
      [`${at}/tutorial.yaml`]: "#".repeat(600_000),
      [`${at}/en.md`]: writtenProse,
    });
    expect(await loadTutorialFrom(at, "en", large)).to.deep.include({ ok: false, why: "too-large" });
  });
});
